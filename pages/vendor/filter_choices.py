"""What a vendor can filter by: one small button a filter, what is chosen behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from pages import address
from pages.components.filters import price_steps
from pages.context import Context
from pages.vendor.filter_words import LAST, SPANS, in_words, named, since_weeks, span_of
from smartreco.language import Money
from smartreco.vendors.periods import USUAL_WEEKS
from smartreco.workspace.vendor.views import Facet, Facets, VendorFilter

FEW: Final = 8  # so many values are shown side by side; more go into a list to search


def draw(ctx: Context, facets: Facets, wanted: VendorFilter) -> None:
    """The buttons, left to right; what leaves no choice has none."""
    with st.container(key="sr-filterchoices", horizontal=True, gap="xsmall"):
        _time(ctx, facets, wanted)
        _choice(ctx, "region", "Region", facets.regions, wanted.regions)
        _choice(ctx, "city", "City", _within(facets.cities, wanted.regions, wanted.cities),
                wanted.cities)  # fmt: skip
        _choice(ctx, "category", "Category", facets.categories, wanted.categories)
        products = _within(facets.products, wanted.categories, wanted.products)
        _choice(ctx, "product", "Product", products, wanted.products)
        _more(ctx, facets, wanted)


def _time(ctx: Context, facets: Facets, wanted: VendorFilter) -> None:
    first, last = facets.first_week, facets.last_week
    if first is None or last is None:
        return
    until = last + timedelta(days=6)
    offered = [n for n in SPANS if (since_weeks(facets, n) or first) >= first]
    now = span_of(facets, wanted)
    with st.popover(in_words(ctx, facets, wanted), icon=":material/date_range:", key="vf-time"):
        if offered:
            _set("vf-weeks", now if now in offered else None)
            st.pills(
                ctx.t("Full weeks"), offered, key="vf-weeks",
                format_func=lambda n: ctx.language.say(LAST, {"n": n}),
                on_change=_take_weeks, args=(facets,),
            )  # fmt: skip
        _day(ctx.t("From"), "since", wanted.since, first, wanted.until or until)
        _day(ctx.t("To"), "until", wanted.until, wanted.since or first, until)


def _day(label: str, name: str, chosen: date | None, first: date, last: date) -> None:
    key = f"vf-{name}"
    _set(key, chosen)
    st.date_input(
        label, value=None, min_value=first, max_value=last, key=key, format="YYYY-MM-DD",
        on_change=_take_day, args=(name,),
    )  # fmt: skip


def _choice(
    ctx: Context, name: str, label: str, values: Sequence[Facet], chosen: Sequence[str]
) -> None:
    if len(values) < 2 and not chosen:
        return
    with st.popover(ctx.t(label), key=f"vf-{name}-open"):
        _pick(ctx, name, label, values, chosen)


def _pick(
    ctx: Context, name: str, label: str, values: Sequence[Facet], chosen: Sequence[str]
) -> None:
    key, names = f"vf-{name}", {one.value: named(ctx, one) for one in values}
    _set(key, [one for one in names if one in chosen])
    given: dict[str, Any] = {
        "format_func": lambda one: names.get(one, one), "key": key, "on_change": _take,
        "args": (name,),
    }  # fmt: skip
    if len(names) <= FEW:
        st.pills(ctx.t(label), list(names), selection_mode="multi", wrap=True, **given)
    else:
        # all of them is no filter: the browser need not offer to choose them one by one
        st.multiselect(
            ctx.t(label), list(names), placeholder=ctx.t("All"), select_all=False, **given
        )


def _more(ctx: Context, facets: Facets, wanted: VendorFilter) -> None:
    steps = price_steps(facets.price_low or 0.0, facets.price_high or 0.0)
    priced = facets.price_high is not None and len(steps) > 2
    segments = len(facets.segments) > 1 or bool(wanted.segments)
    if not priced and not segments:
        return
    with st.popover(ctx.t("More filters"), icon=":material/tune:", key="vf-more"):
        if segments:
            _pick(ctx, "segment", "Kind of shop", facets.segments, wanted.segments)
        if priced:
            _price(ctx, steps, wanted)


def _price(ctx: Context, steps: list[float], wanted: VendorFilter) -> None:
    low = min(steps, key=lambda step: abs(step - (wanted.price_low or steps[0])))
    high = min(steps, key=lambda step: abs(step - (wanted.price_high or steps[-1])))
    whole, band = (steps[0], steps[-1]), (min(low, high), high)
    if st.session_state.get("vf-price", whole) != band:
        st.session_state["vf-price"] = band
    st.select_slider(
        ctx.t("Price of one piece"), steps, value=whole, key="vf-price", on_change=_take_price,
        args=(steps,), format_func=lambda step: ctx.language.show(Money(step, digits=0)),
    )  # fmt: skip


def _within(values: Sequence[Facet], groups: Sequence[str], chosen: Sequence[str]) -> list[Facet]:
    """Values of the groups that are chosen already, and those that are chosen themselves."""
    return [one for one in values if not groups or one.within in groups or one.value in chosen]


def _set(key: str, value: object) -> None:
    """Show what the address says: it is the one that knows."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _take(name: str) -> None:
    address.put({name: [str(one) for one in st.session_state.get(f"vf-{name}") or ()]})


def _take_day(name: str) -> None:
    day = st.session_state.get(f"vf-{name}")
    address.put({name: [day.isoformat()] if isinstance(day, date) else []})


def _take_weeks(facets: Facets) -> None:
    weeks = st.session_state.get("vf-weeks")
    since = since_weeks(facets, weeks) if weeks in SPANS and weeks != USUAL_WEEKS else None
    address.put({"since": [since.isoformat()] if since else [], "until": []})


def _take_price(steps: list[float]) -> None:
    low, high = st.session_state["vf-price"]
    address.put(
        {
            "price_low": [repr(float(low))] if low > steps[0] else [],
            "price_high": [repr(float(high))] if high < steps[-1] else [],
        }
    )
