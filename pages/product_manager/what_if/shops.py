"""Shops that may take a product that is launched."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import messages
from pages.components.data_table import Column, data_table
from pages.components.markup import place, tag
from pages.product_manager.what_if.desk import WhatIfDesk
from smartreco.language import Percent
from smartreco.scenario.levers.launch import Launch
from smartreco.scenario.outcome import Outcome

MOST: Final = 20


def draw(desk: WhatIfDesk, outcome: Outcome) -> None:
    """A table a launch, likeliest first."""
    t, language = desk.ctx.t, desk.ctx.language
    launched = [one for one in outcome.scenario.levers if isinstance(one, Launch)]
    for at, (launch, found) in enumerate(zip(launched, outcome.likely_shops, strict=True)):
        place(tag("h2", t("Shops that may take {name}", name=launch.name), cls="finding"))
        columns = (
            Column(t("Shop")), Column(t("Bought of the like products"), number=True),
            Column(t("Pieces a week of those"), number=True),
        )  # fmt: skip
        rows = [
            [tag("span", desk.shop_name(one.retailer_id), cls="name"),
             language.show(Percent(one.likelihood)), language.number(one.units, 1)]
            for one in found[:MOST]
        ]  # fmt: skip
        with st.container(key=f"sr-data-shops-{at}"):
            place(data_table(t("Likely shops"), columns, rows))
    messages.note(t("By what they bought lately of the products that this one is like."))
