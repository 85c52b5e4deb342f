"""Where on the list, when, and how true what was said came: shares of all versions together."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.analyst.after import wording
from pages.components import charts, header, messages
from pages.components.charts import SharePoint
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.entities import ListName
from smartreco.workspace.after.views import AfterPublishing, Share


def draw(ctx: Context, found: AfterPublishing, name: ListName) -> None:
    """By place, over time, and by what was said."""
    t = ctx.t
    within = wording.within(found.days, ctx.language)
    header.section(
        t("By place, over time, and by what was said"), "course",
        t("Shares of lines ordered {within}, of all versions together, with 95 % intervals.",
          within=within),
    )  # fmt: skip
    with st.container(key="sr-after-charts", horizontal=True, gap="medium"):
        _chart(
            ctx, "ranks", t("By place on the list"),
            [
                SharePoint(str(one.rank), *_of(one.share), one.share.lines)
                for one in found.ranks[name]
            ],
        )  # fmt: skip
        _chart(
            ctx, "weeks", t("By the week in which it was first shown"),
            [SharePoint(one.week, *_of(one.share), one.share.lines) for one in found.weeks[name]],
        )  # fmt: skip
        _promises(ctx, found, name)


def _promises(ctx: Context, found: AfterPublishing, name: ListName) -> None:
    t, language = ctx.t, ctx.language
    points = [
        SharePoint(
            f"{language.percent(one.low)}–{language.percent(one.high)}", *_of(one.came),
            one.came.lines, one.said,
        )
        for one in found.promises[name]
    ]  # fmt: skip
    about = t("Orange: what was said, on average, of lines with such a chance of an order in "
              "four weeks.")  # fmt: skip
    if not found.promised_for:
        about = f"{about} {t('Here less time was given than it was said of.')}"
    _chart(ctx, "promises", t("By the chance that was stated"), points, about)


def _chart(
    ctx: Context, key: str, title: str, points: Sequence[SharePoint], about: str = ""
) -> None:
    language = ctx.language
    with st.container(key=f"sr-figure-{key}", gap="small"):
        place(tag("h3", title))
        if not any(one.share is not None for one in points):
            messages.note(ctx.t("Not enough data yet."))
            return
        charts.draw_kept(
            ("after", key, tuple(points), language),
            lambda: charts.share_points(points, language),
            charts.shares_in_words(points, title, language),
        )
        few = sum(one.share is None for one in points)
        if few:
            messages.note(ctx.t("{n} with too few lines or shops are left out.", n=few))
        if about:
            messages.note(about)


def _of(share: Share) -> tuple[float | None, float | None, float | None]:
    return share.share, share.low, share.high
