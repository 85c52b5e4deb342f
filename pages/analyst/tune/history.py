"""Which version held from when on, by whom and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from pages.analyst.tune.desk import TuneDesk
from pages.components import header
from pages.components.download import csv_button
from pages.components.markup import Html, place, tag
from smartreco.workspace.blend.views import Publication

SHOWN: Final = 20


def draw(desk: TuneDesk, log: Sequence[Publication]) -> None:
    """The newest on top."""
    t = desk.ctx.t
    header.section(t("What held when"), "log")
    with st.container(key="sr-tune-log", gap="small"):
        place(tag("ol", *(_moment(desk, one) for one in log[:SHOWN]), cls="timeline"))
        csv_button(t("Download as CSV"), "publications",
                   lambda: pd.DataFrame([
                       {"number": one.number, "version": one.version, "replaced": one.replaced,
                        "by": one.username, "at": one.happened_at, "reason": one.reason}
                       for one in log
                   ]), "versions-csv")  # fmt: skip


def _moment(desk: TuneDesk, one: Publication) -> Html:
    t = desk.ctx.t
    said = t("Version {n}", n=one.version)
    if one.replaced is not None:
        back = one.version < one.replaced
        said = t("Back to version {n}, from version {before}" if back
                 else "Version {n} in place of version {before}", n=one.version,
                 before=one.replaced)  # fmt: skip
    return tag(
        "li", tag("p", said, cls="name"), tag("p", one.reason, cls="small does"),
        tag("p", t("{who}, {when} UTC", who=one.username, when=one.happened_at), cls="small"),
    )  # fmt: skip
