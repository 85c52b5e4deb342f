"""What is looked at: version, split, length, list."""

from __future__ import annotations

import streamlit as st

from pages import address
from pages.analyst.scoreboard import running
from pages.analyst.scoreboard.names import LISTS
from pages.analyst.scoreboard.visit import ScoreVisit
from smartreco.entities import ListName
from smartreco.evaluation.protocol import Split

SPLITS = {Split.TIME.value: "In time", Split.RANDOM.value: "At random (leaks the future)"}


def draw(visit: ScoreVisit) -> None:
    """One row of choices; all of them stand in the address."""
    t = visit.ctx.t
    with st.container(key="sr-score-picks", horizontal=True, gap="small",
                      vertical_alignment="top"):  # fmt: skip
        address.select(
            t("Version"), "version", list(visit.choices),
            lambda one: visit.version_name(visit.choices[one]),
        )  # fmt: skip
        address.select(t("Split"), "split", list(SPLITS), lambda one: t(SPLITS[one]))
        address.select(t("Places of a list"), "k", visit.lengths, lambda one: one)
        address.choose(
            t("List"), "list", [one.value for one in LISTS],
            lambda one: t(LISTS[ListName(one)]),
        )  # fmt: skip
        running.again(visit)
