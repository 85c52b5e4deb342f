"""The scoreboard: the answer first, then seven ways to look at what is behind it.

Whatever is chosen stands in the address. Figures are read from the last run that was kept;
a new one is made in the background, since it takes from seconds to a minute.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.analyst.scoreboard import (
    answer,
    exposure,
    learning,
    lengths,
    overview,
    picks,
    response,
    running,
    shops,
    splits,
)
from pages.analyst.scoreboard.visit import ScoreVisit
from pages.context import Context

VIEWS: Final = {
    "overview": ("Overview", overview.draw),
    "shops": ("By kind of shop", shops.draw),
    "lengths": ("By length", lengths.draw),
    "exposure": ("Coverage and exposure", exposure.draw),
    "learning": ("Learning curve", learning.draw),
    "response": ("Response times", response.draw),
    "splits": ("Time or random split", splits.draw),
}
ALONE: Final = ("learning", "response", "splits")  # say themselves what a list leaves to say


def render(ctx: Context) -> None:
    """Draw the page."""
    with st.container(key="sr-scoreboard", gap="medium"):
        visit = ScoreVisit(ctx)
        top = st.container()
        picks.draw(visit)
        with top:
            answer.draw(visit)
        running.draw(visit)
        if visit.standing.run is None:
            running.nothing_yet(visit)
        else:
            _views(visit)


def _views(visit: ScoreVisit) -> None:
    t = visit.ctx.t
    with st.container(key="sr-views-scoreboard"):
        chosen = address.choose(
            t("What to look at"), "view", list(VIEWS), lambda one: t(VIEWS[one][0]), bare=True
        )
    with st.container(key=f"sr-score-{chosen}", gap="medium"):
        if chosen not in ALONE and not visit.scores.models:
            answer.nothing_to_find(visit)
        else:
            VIEWS[chosen][1](visit)
