"""An order suggested to a shop: where it stands is read at once, then the order is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smartreco.columns import PRODUCT_ID
from smartreco.entities import ListName
from smartreco.recommend.rules import Plan
from smartreco.stock.builder import build
from smartreco.stock.enough import enough_for_something
from smartreco.stock.limits import Candidates, Limits
from smartreco.stock.suggesting import weigh
from smartreco.store import drafts as draft_store
from smartreco.store import free_stock, placing
from smartreco.store import shelf as shelf_store
from smartreco.store.connection import Cursor
from smartreco.workspace.models import Fitted
from smartreco.workspace.on_draft import OnDraft, on_draft
from smartreco.workspace.order.candidates import Offered, offered, wanted
from smartreco.workspace.order.views import Aim, OrderWish, SuggestedOrder
from smartreco.workspace.shelf.reading import Shelf
from smartreco.workspace.suggested_orders import suggested


@dataclass(frozen=True, slots=True)
class Standing:
    """What a shop may order, and the limits that its draft leaves.

    Attributes
    ----------
    credit
        Currency; None: no limit.
    minimum
        What is missing of each vendor's least order value, in currency.
    free
        Pieces that vendors have; products they have not counted are left out.
    """

    there: OnDraft
    credit: float | None
    minimum: dict[str, float]
    offer: Offered
    free: Mapping[str, int]


def standing(
    cursor: Cursor, fitted: Fitted, retailer_id: str, plans: Mapping[ListName, Plan]
) -> Standing:
    """Read where a shop stands."""
    hidden = draft_store.dismissed(cursor, retailer_id)
    there = on_draft(fitted.catalogue, draft_store.read(cursor, retailer_id))
    ordered = placing.ordered_since(cursor, retailer_id, fitted.data_version)
    offer = offered(fitted, retailer_id, plans, [*hidden, *there.product_ids], ordered)
    ids = fitted.catalogue.products[PRODUCT_ID].iloc[offer.product].tolist()
    return Standing(
        there,
        there.credit_left(shelf_store.credit(cursor, retailer_id).free),
        there.minimums_left(shelf_store.minimums(cursor)),
        offer,
        free_stock.free(cursor, ids),
    )


def suggest(
    fitted: Fitted, now: Standing, shelf: Shelf, wish: OrderWish, service: float, share: float,
    review: int,
) -> SuggestedOrder:  # fmt: skip
    """The best order within the limits.

    Parameters
    ----------
    service, share
        The service level as it is asked for, and the quantile that keeps it.
    review
        Days between orders.
    """
    asked = wanted(fitted, now.offer, shelf, now.free, review, wish.aim is Aim.MARGIN)
    weighed = weigh(asked, share)
    candidates = Candidates(
        asked.product_ids, asked.vendors, asked.unit_price * asked.step, weighed.lots,
        asked.discover,
    )  # fmt: skip
    limits = Limits(wish.budget, now.credit, now.minimum, wish.discovery_share)
    order, enough = build(candidates, limits), None
    if wish.budget is not None and not order.cases.any():
        enough = enough_for_something(candidates, limits)
    order = replace(order, limits=tuple(now.there.whole(one) for one in order.limits))
    return replace(suggested(fitted, asked, weighed, order, wish, service), enough=enough)
