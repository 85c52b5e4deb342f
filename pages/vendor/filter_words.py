"""What a vendor's filter is called: values, times and prices in the reader's words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from pages.components import cards
from pages.context import Context
from smartreco.language import Message, Money
from smartreco.vendors.partition import UNKNOWN
from smartreco.vendors.periods import USUAL_WEEKS
from smartreco.workspace.vendor.views import Facet, Facets, VendorFilter

SPANS: Final = (4, 13, USUAL_WEEKS, 52)  # weeks that are offered
LAST: Final = Message("Last {n} week", "Last {n} weeks", "n")


def named(ctx: Context, one: Facet) -> str:
    """A value as it is shown."""
    return ctx.t("not known") if one.value == UNKNOWN else cards.calm(one.label)


def span_of(facets: Facets, wanted: VendorFilter) -> int | None:
    """How many of the last weeks are looked at; None where the time is another."""
    if facets.last_week is None or wanted.until is not None:
        return None
    if wanted.since is None:
        return USUAL_WEEKS
    return next((n for n in SPANS if since_weeks(facets, n) == wanted.since), None)


def in_words(ctx: Context, facets: Facets, wanted: VendorFilter) -> str:
    """The time that is looked at."""
    weeks = span_of(facets, wanted)
    if weeks is not None:
        return ctx.language.say(LAST, {"n": weeks})
    day = ctx.language.day
    if wanted.until is None and wanted.since is not None:
        return ctx.t("Since {day}", day=wanted.since)
    if wanted.since is None and wanted.until is not None:
        return ctx.t("Up to {day}", day=wanted.until)
    return f"{day(wanted.since)} – {day(wanted.until)}" if wanted.since and wanted.until else ""


def price_in_words(ctx: Context, wanted: VendorFilter) -> str:
    """The price band; "" where there is none."""
    low, high = wanted.price_low, wanted.price_high
    if low is not None and high is not None:
        return f"{ctx.language.show(Money(low))} – {ctx.language.show(Money(high))}"
    if low is not None:
        return ctx.t("from {price}", price=Money(low))
    return "" if high is None else ctx.t("up to {price}", price=Money(high))


def since_weeks(facets: Facets, weeks: int) -> date | None:
    """The Monday so many weeks before the end of what is known."""
    last = facets.last_week
    return None if last is None else last - timedelta(weeks=weeks - 1)
