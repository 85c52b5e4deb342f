"""What three shops would see: what came onto their lists, left or moved, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from pages.analyst.tune import wording
from pages.analyst.tune.desk import TuneDesk, state
from pages.components import messages
from pages.components.cards import calm
from pages.components.markup import place, tag
from pages.components.trial_cards import trial_card
from smartreco.language import Message
from smartreco.workspace.tuning.views import TrialList

MANY: Final = 3
FEW: Final = 300  # so many names fit into one list; more are searched first
KEY: Final = "tune-shops"
DIFFER: Final = Message("{n} of three lists is another", "{n} of three lists are others", "n")


def draw(desk: TuneDesk) -> None:
    """The lists of today side by side, rules applied."""
    t = desk.ctx.t
    suggested = dict(desk.tuning.suggested_shops(desk.ctx.principal))
    names = _names(desk) | suggested
    chosen = [one for one in state.shops if one in names] or list(suggested)
    if not chosen:
        messages.empty_state(t("There is no shop to show a list of"), t("Import orders first."),
                             "basket", key="trial")  # fmt: skip
        return
    found = desk.tuning.compare_lists(desk.ctx.principal, chosen[:MANY], desk.recipe, desk.name)
    with st.container(key="sr-trial", gap="small"):
        place(tag("h2", _finding(desk, found), cls="finding"))
        _choice(desk, names, chosen)
        place(tag("div", *(trial_card(one, desk.ctx.language, wording.why_short) for one in found),
                  cls="trials"))  # fmt: skip
        messages.note(
            t("Lists of today, with the rules as they hold. A number says how many points more or "
              "less the signal speaks for the product, against the last line of the list; a "
              "hundred points are the spread of a shop's scores.")
        )  # fmt: skip


def _finding(desk: TuneDesk, found: tuple[TrialList, ...]) -> str:
    t = desk.ctx.t
    if not desk.touched:
        return t("These are the lists of today; move a slider to see what changes")
    changed = [one for one in found if _differs(one)]
    if not changed:
        return t("None of these lists would be another")
    came = sum(len(one.entered) for one in found)
    return t("{some} of {n} lists would be others, {came} products are new on them",
             some=len(changed), n=len(found), came=came)  # fmt: skip


def _differs(one: TrialList) -> bool:
    return [line.product_id for line in one.before] != [line.product_id for line in one.after]


def _choice(desk: TuneDesk, names: Mapping[str, str], chosen: list[str]) -> None:
    t, ids = desk.ctx.t, list(names)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if len(ids) > FEW:
            word = st.text_input(
                t("Search shops"), key=f"{KEY}-search", type="search", max_chars=80,
                placeholder=t("Part of the name"), label_visibility="collapsed",
            )  # fmt: skip
            words = str(word or "").lower().split()
            ids = [one for one in ids if all(part in names[one].lower() for part in words)][:FEW]
        st.session_state[KEY] = chosen[:MANY]
        st.multiselect(
            t("Shops"), [*dict.fromkeys([*chosen, *ids])], key=KEY, max_selections=MANY,
            format_func=lambda one: calm(names.get(one, one)), on_change=_take,
            label_visibility="collapsed",
        )  # fmt: skip


def _names(desk: TuneDesk) -> dict[str, str]:
    shops = desk.ctx.workspace.models.current.catalogue.retailers
    return dict(zip(shops["retailer_id"], shops["name"], strict=True))


def _take() -> None:
    state.shops = tuple(str(one) for one in st.session_state.get(KEY) or ())
