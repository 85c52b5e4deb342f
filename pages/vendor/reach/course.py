"""How far a vendor reached, week by week."""

from __future__ import annotations

import streamlit as st

from pages.components import charts
from pages.components.charts.distribution import (
    ReachWeek,
    course_of_reach_in_words,
    reach_course,
)
from pages.components.figures import points_words
from pages.components.markup import place, tag
from pages.vendor.reach.visit import ReachVisit


def draw(visit: ReachVisit) -> None:
    """Both shares over the time that is looked at."""
    t, head, language = visit.ctx.t, visit.headline, visit.ctx.language
    weeks = tuple(
        ReachWeek(*one)
        for one in zip(head.starts, head.numeric.weeks, head.weighted.weeks, strict=True)
    )
    known = [one.numeric for one in weeks if one.numeric is not None]
    if len(known) < 3:
        return
    points = points_words(known[-1] - known[0], language)
    title = t("Over these {n} weeks: {points} of shops", n=len(weeks), points=points)
    with st.container(key="sr-figure-reach-course", gap="small"):
        place(tag("h2", title, cls="finding"))
        place(tag("p", t("Shops that bought in the {n} weeks up to each week", n=head.window),
                  cls="small"))  # fmt: skip
        charts.draw_kept(
            ("reach course", weeks, language), lambda: reach_course(weeks, language),
            course_of_reach_in_words(weeks, title, language),
        )  # fmt: skip
