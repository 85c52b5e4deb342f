"""How figures, settings and differences are said on this page; the answer in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pages.analyst.tune.desk import TuneDesk
from pages.components.charts.theme import signed
from pages.context import Context
from pages.list_names import COMPONENTS, LISTS
from smartreco.entities import ListName
from smartreco.evaluation.bench import words as bench_words
from smartreco.language import Language, Message, Percent, Sentence
from smartreco.recommend.habits import FOREVER
from smartreco.workspace.blend.views import Change, Origin
from smartreco.workspace.tuning.views import Gauge, ListGauges, Measured
from smartreco.workspace.tuning.words import say

LEAST: Final = 0.0005  # share of a figure, below which it is as it was
DAYS: Final = Message("{n} day", "{n} days", "n")
LISTS_OF: Final[Mapping[ListName, str]] = {
    ListName.DISCOVER: "lists of new products", ListName.REORDER: "lists to reorder",
    ListName.ALL: "mixed lists",
}  # fmt: skip
SETTINGS: Final[Mapping[str, str]] = {
    "half_life": "An order counts half after", "damping": "Best-sellers held back",
    "diversity": "Variety on the list",
}  # fmt: skip
ORIGINS: Final[Mapping[Origin, str]] = {
    Origin.LEARNED: "learned from the orders", Origin.TUNED: "tuned by hand",
    Origin.SEARCHED: "found by a search", Origin.SCENARIO: "proposed in a what-if",
}  # fmt: skip


class Kind(NamedTuple):
    """How a figure is shown; ``good`` : whether more is better, None where it is neither."""

    label: str
    meaning: str
    unit: str  # percent | number | bits
    good: bool | None


KINDS: Final[Mapping[str, Kind]] = {
    "precision": Kind("Precision", "Of the ten lines of a list, how many the shop ordered in the "
                      "weeks after.", "percent", True),
    "recall": Kind("Recall", "Of what the shop ordered in the weeks after, how much was on its "
                   "list.", "percent", True),
    "ndcg": Kind("NDCG", "Hits near the top count more; 1 is every hit in its best place.",
                 "number", True),
    "calibration": Kind("Calibration error", "How far the chances that are shown lie from how "
                        "often it came true; 0 is honest.", "percent", False),
    "coverage": Kind("Catalogue shown", "Share of the products on sale that are on the list of "
                     "any shop.", "percent", True),
    "novelty": Kind("Novelty", "How little known the products on lists are: one bit more is "
                    "bought by half as many shops.", "bits", None),
    "diversity": Kind("Diversity", "How unlike two lines of a list are: 0 alike, 1 nothing in "
                      "common.", "number", None),
}  # fmt: skip


def answer(desk: TuneDesk) -> str:
    """What the sliders come to, in one sentence."""
    if not desk.touched:
        return _in_force(desk)
    return desk.ctx.t(
        "Against version {n}, {what}", n=desk.current.version, what=said(desk.ctx, desk.gauges)
    )


def said(ctx: Context, of: ListGauges) -> str:
    """Hits and breadth of a list against the version in force."""
    t = ctx.t
    hits, seen = by_name(of, "precision"), by_name(of, "coverage")
    if hits is None or hits.value is None or hits.change is None:
        return t("{lists} cannot be judged: too few shops", lists=t(LISTS_OF[of.list]))
    if all(still(one) for one in of.gauges):
        return t("{lists} stay as they are", lists=t(LISTS_OF[of.list]))
    words = _more(ctx, hits, ("hit {share} more", "hit {share} less", "hit just as often"))
    if seen is None or seen.change is None:
        return t("{lists} {hit}", lists=t(LISTS_OF[of.list]), hit=words)
    return t(
        "{lists} {hit} and {show}", lists=t(LISTS_OF[of.list]), hit=words,
        show=_more(ctx, seen, ("show {share} more of the catalogue",
                               "show {share} less of the catalogue",
                               "show as much of the catalogue")),
    )  # fmt: skip


def _in_force(desk: TuneDesk) -> str:
    t, number = desk.ctx.t, desk.current.version
    hits, seen = by_name(desk.gauges, "precision"), by_name(desk.gauges, "coverage")
    if hits is None or hits.value is None:
        return t("Version {n} is in force; too few shops came back to judge it", n=number)
    return t(
        "Version {n} is in force: {hits} of what {lists} show is ordered, and they show {seen} of "
        "the catalogue", n=number, lists=t(LISTS_OF[desk.name]), hits=Percent(hits.value, 1),
        seen=Percent((seen.value if seen else None) or 0.0),
    )  # fmt: skip


def _more(ctx: Context, one: Gauge, words: tuple[str, str, str]) -> str:
    share = relative(one)
    if share is None or abs(share) < LEAST:
        return ctx.t(words[2])
    digits = 0 if abs(share) >= 0.0995 else 1
    told = ctx.t(words[0] if share > 0 else words[1], share=Percent(abs(share), digits))
    return told if one.told_apart else ctx.t("{said} (within noise)", said=told)


def relative(one: Gauge) -> float | None:
    """A change as a share of what it was; None: it was nothing, or nothing is known."""
    if one.value is None or one.change is None or one.value - one.change <= 0:
        return None
    return one.change / (one.value - one.change)


def by_name(of: ListGauges, name: str) -> Gauge | None:
    """One figure of a list."""
    return next((one for one in of.gauges if one.name == name), None)


def figure(ctx: Context, name: str, value: float | None) -> str:
    """A figure in its unit."""
    if value is None:
        return "–"
    match KINDS[name].unit:
        case "percent":
            return ctx.language.percent(value, 1)
        case "bits":
            return ctx.t("{n} bits", n=ctx.language.number(value, 1))
        case _:
            return ctx.language.number(value, 3)


def moved(ctx: Context, name: str, change: float, *, bare: bool = False) -> str:
    """A change in its unit, signed; ``bare`` : without the unit."""
    unit = KINDS[name].unit
    amount = 100 * change if unit == "percent" else change
    size = signed(amount, ctx.language, 4 if unit == "number" else 2)
    if not size.strip("+−0.,"):
        size = "±0"
    if bare or unit == "number":
        return size
    return ctx.t("{n} points", n=size) if unit == "percent" else ctx.t("{n} bits", n=size)


def still(one: Gauge) -> bool:
    """Whether a figure is exactly as published."""
    return one.change is not None and not (one.change or one.change_low or one.change_high)


def verdict(ctx: Context, one: Gauge) -> str:
    """What the change amounts to."""
    if one.change is None:
        return ctx.t("nothing to compare with")
    if still(one):
        return ctx.t("unchanged")
    if not one.told_apart:
        return ctx.t("within noise")
    good = KINDS[one.name].good
    if good is None:
        return ctx.t("more than noise")
    return ctx.t("better") if (one.change > 0) is good else ctx.t("worse")


def tone(one: Gauge) -> str:
    """The class that colours it."""
    good = KINDS[one.name].good
    if one.change is None or not one.told_apart or good is None:
        return ""
    return "better" if (one.change > 0) is good else "worse"


def between(ctx: Context, one: Gauge) -> str:
    """The interval of a change."""
    if one.change_low is None or one.change_high is None or still(one):
        return "–"
    low, high = (moved(ctx, one.name, end, bare=True) for end in (one.change_low, one.change_high))
    return ctx.t("{low} to {high}", low=low, high=high)


def interval(ctx: Context, one: Gauge) -> str:
    """The interval of a figure."""
    if one.low is None or one.high is None:
        return ""
    low, high = (figure(ctx, one.name, end) for end in (one.low, one.high))
    return ctx.t("{low} to {high}", low=low, high=high)


def half_life(ctx: Context, days: float | None) -> str:
    """A half-life in words."""
    if days is None:
        return ctx.t("as learned")
    if days == FOREVER:
        return ctx.t("never: every order counts whole")
    return ctx.language.say(DAYS, {"n": int(days)})


def setting(ctx: Context, one: Change) -> str:
    """What a change is about."""
    name = ctx.t(SETTINGS.get(one.setting) or COMPONENTS.get(one.setting, one.setting))
    return name if one.list is None else f"{ctx.t(LISTS[one.list])}: {name}"


def setting_value(ctx: Context, one: Change, value: float | None) -> str:
    """A setting's value in its unit."""
    if one.setting == "half_life":
        return half_life(ctx, value)
    if value is None:
        return ctx.t("as learned")
    if one.setting in SETTINGS:
        return ctx.language.number(value, 2)
    return ctx.language.percent(value, 1)


def upper(sentence: str) -> str:
    """A clause as a sentence begins."""
    return sentence[:1].upper() + sentence[1:]


def notes(ctx: Context, measured: Measured) -> list[str]:
    """What a reader must know of the figures."""
    return [f"{bench_words.say(one, ctx.language)}." for one in measured.notes]


def why(said: Sentence, language: Language) -> str:
    """A sentence of the bench."""
    return upper(say(said, language))


def why_short(said: Sentence, language: Language) -> str:
    """Why a line moved, in a few words; what its points are is said once below the lists."""
    component, points = said.values.get("component"), said.values.get("points")
    if not isinstance(component, str) or not isinstance(points, int | float):
        return why(said, language)
    sign = "−" if said.template == "why.down" else "+"
    return f"{language.text(COMPONENTS.get(component, component))} {sign}{language.number(points)}"


def why_said(said: Sentence | str, language: Language) -> str:
    """The same where it may be an error's own words."""
    return language.text(said) if isinstance(said, str) else why(said, language)
