"""After publishing: what came of the lines that shops were shown, beside what was promised."""

from __future__ import annotations

import streamlit as st

from pages import address
from pages.analyst.after import course, limits, versions, wording
from pages.components import header, messages
from pages.components.markup import place, tag
from pages.context import Context
from pages.list_names import SHOWN
from smartreco.entities import ListName
from smartreco.evaluation.after import FEWEST_LINES, FEWEST_SHOPS
from smartreco.workspace.after.after import CHOICES
from smartreco.workspace.after.views import AfterPublishing, Outcome, Verdict

DAYS, LIST = "days", "list"  # names in the address


def render(ctx: Context) -> None:
    """Draw the page."""
    with st.container(key="sr-after", gap="medium"):
        top = st.container()
        days = int(address.value(DAYS, [str(one) for one in CHOICES]))
        with st.spinner(ctx.t("Counting what shops did with their lists")):
            found = ctx.workspace.after.read(ctx.principal, days)
        if not found.shown:
            with top:
                _answer(ctx, ctx.t("No shop has opened a list yet"), ctx.t("After publishing"))
            _nothing(ctx)
            limits.counting(ctx, found)
            return
        name = _choices(ctx)
        with top:
            about = _about(ctx, found, name)
            _answer(ctx, _said(ctx, found, name), about, _second(ctx, found, name))
        versions.draw(ctx, found, name)
        if found.settled:
            course.draw(ctx, found, name)
        limits.counting(ctx, found)


def _choices(ctx: Context) -> ListName:
    t = ctx.t
    with st.container(key="sr-after-choice", horizontal=True, gap="medium"):
        chosen = address.choose(
            t("List"), LIST, [one.value for one in SHOWN],
            lambda one: t(SHOWN[ListName(one)]),
        )  # fmt: skip
        address.choose(
            t("What counts"), DAYS, [str(one) for one in CHOICES],
            lambda one: wording.within(int(one), ctx.language),
        )  # fmt: skip
    return ListName(chosen)


def _answer(ctx: Context, said: str, about: str, second: str = "") -> None:
    with st.container(key="sr-answer"):
        header.page_header(
            said, about,
            ctx.t(
                "Shares are of lines whose time has passed. Intervals are of 95 %, by drawing "
                "shops: lines of one shop are not independent of each other."
            ),
        )  # fmt: skip
        if second:
            place(tag("p", second))


def _said(ctx: Context, found: AfterPublishing, name: ListName) -> str:
    """What came of the version shown last of which enough is known."""
    t, language = ctx.t, ctx.language
    told = _told(found, name)
    if told is not None and told.ordered.share is not None:
        return t(
            "{share} of the lines of {version} were ordered {within}",
            share=language.percent(told.ordered.share, 1), within=_within(ctx, found),
            version=_calm(wording.version(told.key, language)),
        )  # fmt: skip
    shown = language.say(wording.LINES, {"n": sum(one.shown for one in found.of(name))})
    if found.first_figures_on is not None:
        return t("{lines} shown so far: first shares on {day}", lines=shown,
                 day=found.first_figures_on)  # fmt: skip
    return t("{lines} shown so far: not enough data for a share", lines=shown)


def _second(ctx: Context, found: AfterPublishing, name: ListName) -> str:
    """How that stands against what was promised, and against the version before."""
    told, t, language = _told(found, name), ctx.t, ctx.language
    if told is None:
        return t(
            "A share takes at least {lines} lines of {shops} shops whose time has passed.",
            lines=FEWEST_LINES, shops=FEWEST_SHOPS,
        )  # fmt: skip
    parts = []
    low, high = told.ordered.low, told.ordered.high
    if found.promised_for and None not in (told.said, low, high):
        parts.append(_kept(ctx, told.said or 0.0, low or 0.0, high or 0.0))
    against = next(
        (one for one in found.compared(name) if one.after == told.key and one.outcome == "ordered"),
        None,
    )
    if against is not None:
        parts.append(
            t("Against {version}: {difference}, {verdict}.",
              version=_calm(wording.version(against.before, language)),
              difference=wording.difference(against, language),
              verdict=t(wording.VERDICTS[against.gap.verdict]))
            if against.gap.verdict is not Verdict.FEW
            else t("Of {version} not enough is known to compare with.",
                   version=_calm(wording.version(against.before, language)))
        )  # fmt: skip
    return " ".join(parts)


def _kept(ctx: Context, said: float, low: float, high: float) -> str:
    t, share = ctx.t, ctx.language.percent(said, 1)
    if low <= said <= high:
        return t("{share} was promised: kept, as far as can be told.", share=share)
    if said > high:
        return t("{share} was promised: fewer came than that.", share=share)
    return t("{share} was promised: more came than that.", share=share)


def _told(found: AfterPublishing, name: ListName) -> Outcome | None:
    return next((one for one in found.of(name) if one.ordered.share is not None), None)


def _about(ctx: Context, found: AfterPublishing, name: ListName) -> str:
    return ctx.t("“{list}” · as of {moment} (UTC)", list=ctx.t(SHOWN[name]),
                 moment=found.as_of)  # fmt: skip


def _within(ctx: Context, found: AfterPublishing) -> str:
    return wording.within(found.days, ctx.language)


def _calm(words: str) -> str:
    """A name inside a sentence."""
    return words[:1].lower() + words[1:]


def _nothing(ctx: Context) -> None:
    t = ctx.t
    messages.empty_state(
        t("What shops do with their lists will appear here"),
        t(
            "As soon as a shop opens “For you”, each line it sees is counted, with the version "
            "that made it. Shares of lines ordered follow once the first lines have had their "
            "{days} days, from {lines} lines of {shops} shops on.",
            days=CHOICES[0], lines=FEWEST_LINES, shops=FEWEST_SHOPS,
        ),
        "sparkles", key="after",
    )  # fmt: skip
