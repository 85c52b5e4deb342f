"""The row of filters that a vendor's pages share: what is looked at, kept in the address.

A link with filters restores the view for another account of the same vendor. Values that a
vendor does not have are dropped before anything is read with them, so a link shows nothing of
the vendor it came from. The filter goes along from one vendor's page to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from pages import address
from pages.context import Context
from pages.state import Slot
from pages.vendor import filter_chips, filter_choices
from smartreco.errors import InputError
from smartreco.workspace.vendor.views import CHOICES, DAYS, NAMES, PRICES, Facets, VendorFilter

ANY_WIDGET: Final = "vf-since"  # gone once another page was drawn
WEEK: Final = timedelta(days=6)  # from a Monday to its Sunday


class FilterState:
    """What the filter keeps for a browser tab."""

    whose = Slot("")  # the vendor it was chosen for
    page = Slot("")  # the page it was drawn on last
    kept = Slot[dict[str, list[str]]]({})  # as the address held it


state = FilterState()


def draw(ctx: Context, vendor_id: str) -> VendorFilter:
    """The row of filters; answer what is chosen now.

    Raises
    ------
    NotFoundError
        The data know no such vendor.
    """
    facets = ctx.workspace.vendor_demand.facets(ctx.principal, vendor_id)
    _bring_along(vendor_id)
    wanted = read(facets)
    address.put({name: wanted.to_strings().get(name, []) for name in NAMES})
    state.kept = wanted.to_strings()
    with st.container(key="sr-filterbar", gap="small"):
        filter_choices.draw(ctx, facets, wanted)
        filter_chips.draw(ctx, facets, wanted)
    return wanted


def read(facets: Facets) -> VendorFilter:
    """The filter that the address asks for, as far as this vendor has it."""
    said: dict[str, list[str]] = {}
    for name, field in CHOICES.items():
        known = {one.value for one in getattr(facets, field)}
        said[name] = [one for one in address.values(name) if one in known]
    for name in (*DAYS, *PRICES):
        with suppress(InputError):  # no day, no price, or one that goes against those before
            VendorFilter.from_strings({**said, name: address.values(name)})
            said[name] = address.values(name)
    found = VendorFilter.from_strings(said)
    return _in_time(found, facets)


def put(name: str, values: Sequence[str]) -> None:
    """Set one filter (a name of `NAMES`), for a chart's choice or a drill-down; empty: all."""
    put_all({name: values})


def put_all(changes: Mapping[str, Sequence[str]]) -> None:
    """Set several filters at once; going back takes all of them back."""
    address.put(changes)


def clear() -> None:
    """Take every filter back."""
    put_all({name: [] for name in NAMES})


def _in_time(wanted: VendorFilter, facets: Facets) -> VendorFilter:
    """Without days of which nothing is known."""
    first, last = facets.first_week, facets.last_week
    if first is None or last is None:
        return replace(wanted, since=None, until=None)
    since, until = wanted.since, wanted.until
    since = None if since is None or since > last + WEEK else max(since, first)
    until = None if until is None or until < first or until >= last + WEEK else until
    if since is not None and until is not None and since > until:
        since = until = None
    return replace(wanted, since=since, until=until)


def _bring_along(vendor_id: str) -> None:
    """Take the filter from the page before to this one; never from another vendor."""
    here = urlsplit(_where()).path
    arrived = here != state.page or ANY_WIDGET not in st.session_state
    if state.whose != vendor_id:
        state.kept = {}
    elif arrived and not any(address.values(name) for name in NAMES):
        address.put(state.kept)
    state.whose, state.page = vendor_id, here


def _where() -> str:
    url = st.context.url
    return url if isinstance(url, str) else ""
