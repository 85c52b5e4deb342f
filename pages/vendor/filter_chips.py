"""What is filtered by now, said in words; each is taken back by one click."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages import address
from pages.components.markup import literal
from pages.context import Context
from pages.vendor import filter_words
from smartreco.workspace.vendor.views import CHOICES, DAYS, NAMES, PRICES, Facets, VendorFilter

MOST: Final = 6  # chips of one filter; more are one chip together


def draw(ctx: Context, facets: Facets, wanted: VendorFilter) -> None:
    """A chip for each value, and the way back to everything; nothing where nothing is set."""
    if not wanted.to_strings():
        return
    with st.container(key="sr-filterchips", horizontal=True, gap="xsmall"):
        if wanted.since is not None or wanted.until is not None:
            words = filter_words.in_words(ctx, facets, wanted)
            _chip(ctx, "time", words, {name: [] for name in DAYS})
        for name in CHOICES:
            _of_one(ctx, name, facets, wanted)
        if words := filter_words.price_in_words(ctx, wanted):
            _chip(ctx, "price", words, {name: [] for name in PRICES})
        st.button(
            ctx.t("Clear all"), key="filters-clear", type="tertiary",
            icon=":material/filter_list_off:", on_click=address.put,
            args=({name: [] for name in NAMES},),
        )  # fmt: skip


def _of_one(ctx: Context, name: str, facets: Facets, wanted: VendorFilter) -> None:
    chosen = list(getattr(wanted, CHOICES[name]))
    if len(chosen) > MOST:
        words = ctx.t("{n} of {all}", n=len(chosen), all=len(getattr(facets, CHOICES[name])))
        _chip(ctx, name, f"{ctx.t(name.capitalize())}: {words}", {name: []})
        return
    known = {one.value: one for one in getattr(facets, CHOICES[name])}
    for at, one in enumerate(chosen):
        left = [other for other in chosen if other != one]
        _chip(ctx, f"{name}-{at}", filter_words.named(ctx, known[one]), {name: left})


def _chip(ctx: Context, key: str, words: str, without: dict[str, list[str]]) -> None:
    st.button(
        f"{literal(words)} *{ctx.t('take this filter back')}*", key=f"chip-{key}",
        icon=":material/close:", icon_position="right", on_click=address.put, args=(without,),
    )  # fmt: skip
