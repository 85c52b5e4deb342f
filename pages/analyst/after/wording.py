"""How versions, shares and differences are said on this page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pages.components.figures import points_words
from smartreco.language import Language, Message
from smartreco.workspace.after.views import Comparison, Outcome, Share, Verdict, VersionKey

OUTCOMES: Final[Mapping[str, str]] = {
    "ordered": "Ordered",
    "added": "Put on the order",
    "dismissed": "Not for me",
}
WITHIN: Final = Message("within {n} day", "within {n} days", "n")
WEEKS: Final = Message("within one week", "within {n} weeks", "n")
LINES: Final = Message("{n} line", "{n} lines", "n")
SHOPS: Final = Message("{n} shop", "{n} shops", "n")
VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.MORE: "beyond noise",
    Verdict.LESS: "beyond noise",
    Verdict.NOISE: "no more than noise",
    Verdict.UNEVEN: "cannot be compared, since lines of one were seen for longer",
    Verdict.FEW: "not enough data",
}


def version(key: VersionKey, language: Language) -> str:
    """What made a line."""
    if key.version is not None:
        return language.text("Version {n}", n=key.version)
    return language.text("Before versions (model {n})", n=key.model or 0)


def within(days: int, language: Language) -> str:
    """The time for which an act counts."""
    return language.say(WEEKS, {"n": days // 7})


def share(one: Share, language: Language) -> str:
    """A share with its interval, or that there is not enough data."""
    if one.share is None or one.low is None or one.high is None:
        return language.text("not enough data")
    return language.text(
        "{share} ({low} to {high})", share=language.percent(one.share, 1),
        low=language.percent(one.low, 1), high=language.percent(one.high, 1),
    )  # fmt: skip


def promised(one: Outcome, language: Language) -> str:
    """What the offline figures promised of an outcome's lines."""
    if one.said is not None:
        return language.text("{share} stated", share=language.percent(one.said, 1))
    if one.held_out is not None:
        return language.text(
            "{share} on held-out weeks", share=language.percent(one.held_out, 1)
        )  # fmt: skip
    return "–"


def difference(one: Comparison, language: Language) -> str:
    """A difference in points."""
    return points_words(one.gap.difference, language)


def likely(one: Comparison, language: Language) -> str:
    """Its interval and what it says."""
    verdict = language.text(VERDICTS[one.gap.verdict])
    if one.gap.low is None or one.gap.high is None:
        return verdict
    low, high = points_words(one.gap.low, language), points_words(one.gap.high, language)
    return language.text("{low} to {high}: {verdict}", low=low, high=high, verdict=verdict)
