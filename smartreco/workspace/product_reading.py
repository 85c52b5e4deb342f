"""From the model and the store to what the catalogue and a product's page show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import ON_HAND
from smartreco.entities import ListName, Product, Suggestion
from smartreco.recommend import beside
from smartreco.recommend.peers import Peers
from smartreco.recommend.rules import Rules
from smartreco.store import product_facts as fact_store
from smartreco.store.connection import Cursor
from smartreco.store.product_facts import OwnOrder, Promotion
from smartreco.store.product_search import Hits
from smartreco.workspace.models import Fitted
from smartreco.workspace.page_lists import suggestion
from smartreco.workspace.product_views import (
    AlikeView,
    Found,
    MarketView,
    OwnHistory,
    PriceView,
    TogetherView,
)

ALIKE, TOGETHER = 6, 6  # neighbours of a product that are shown
MARKET_WEEKS: Final = 52
FEWEST_OTHERS: Final = 5  # shops whose sum may be shown without showing one of them


def liked(fitted: Fitted, retailer_id: str) -> npt.NDArray[np.floating]:
    """How much the shops most like this one order each product of the catalogue."""
    model = fitted.model
    peers = model.scorers.get(Peers.name)
    if peers is None:
        return np.zeros(model.market.shape[1])
    return np.asarray(peers.score(model.shops([retailer_id]))[0])


def found(fitted: Fitted, retailer_id: str, hits: Hits, today: date) -> tuple[Found, ...]:
    """Hits as cards show them."""
    catalogue = fitted.catalogue
    ids = [str(catalogue.products["product_id"].iat[hit.at]) for hit in hits.hits]
    pieces = usual(fitted, retailer_id, ids)
    return tuple(
        Found(
            catalogue.product(one), quantity, hit.orders,
            None if hit.last_on is None else (today - hit.last_on).days,
        )
        for one, quantity, hit in zip(ids, pieces, hits.hits, strict=True)
    )  # fmt: skip


def usual(fitted: Fitted, retailer_id: str, product_ids: Sequence[str]) -> list[int]:
    """Pieces of a usual order of products, a whole case where nothing else is known."""
    catalogue, known = fitted.catalogue, fitted.model.market.product_positions
    at = [known[one] for one in product_ids if one in known]
    pieces = iter(fitted.model.usual_quantity(retailer_id, np.array(at, dtype=np.int64)))
    return [
        next(pieces) if one in known else catalogue.product(one).case_size for one in product_ids
    ]


def stock_known(fitted: Fitted) -> bool:
    """Whether the data hold any vendor's stock."""
    return bool(fitted.catalogue.products[ON_HAND].notna().any())


def line(
    fitted: Fitted, retailer_id: str, product_id: str, basket: tuple[str, ...], today: date
) -> Suggestion | None:
    """A product as the one line of the list that it belongs to, whatever rules say of it."""
    model = fitted.model
    at = model.market.product_positions.get(product_id)
    if at is None:
        return None
    only = np.zeros(model.market.shape[1], dtype=bool)
    only[at] = True
    bought = bool((model.shops([retailer_id]).habits.product == at).any())
    name = ListName.REORDER if bought else ListName.DISCOVER
    others = tuple(one for one in basket if one != product_id)
    made = model.recommend(retailer_id, name, 1, basket=others, rules=Rules(eligible=only))
    due = bool(model.due(retailer_id)[at])
    return suggestion(fitted, made[0], today, due) if made else None


def price(product: Product, own: Sequence[OwnOrder], promotion: Promotion | None) -> PriceView:
    """Today's price beside the last one that the shop paid."""
    paid = next((order for order in own if order.unit_price > 0), None)
    return PriceView(
        product.unit_price, paid.unit_price if paid else None, paid.ordered_on if paid else None,
        promotion,
    )  # fmt: skip


def history(own: tuple[OwnOrder, ...], line: Suggestion | None, today: date) -> OwnHistory:
    """The shop's orders with their rhythm."""
    interval = None if line is None else line.recommendation.cadence_days
    return OwnHistory(own, interval, (today - own[0].ordered_on).days if own else None)


def alike(fitted: Fitted, retailer_id: str, product_id: str) -> tuple[AlikeView, ...]:
    """Products like one."""
    if product_id not in fitted.model.market.product_positions:
        return ()
    near = beside.alike(fitted.model, product_id, ALIKE)
    pieces = usual(fitted, retailer_id, [one.product_id for one in near])
    return tuple(
        AlikeView(fitted.catalogue.product(one.product_id), one.likeness, one.shared, quantity)
        for one, quantity in zip(near, pieces, strict=True)
    )


def together(fitted: Fitted, retailer_id: str, product_id: str) -> tuple[TogetherView, ...]:
    """Products ordered with one."""
    if product_id not in fitted.model.market.product_positions:
        return ()
    near = beside.together(fitted.model, product_id, TOGETHER)
    pieces = usual(fitted, retailer_id, [one.product_id for one in near])
    return tuple(
        TogetherView(
            fitted.catalogue.product(one.product_id), one.both, one.orders, one.lift, quantity
        )
        for one, quantity in zip(near, pieces, strict=True)
    )


def market(cursor: Cursor, retailer_id: str, product_id: str, today: date) -> MarketView:
    """All shops together over the last full weeks, where they are enough.

    Weeks in which some other shops ordered, but too few, are left blank for good: shown
    later within a longer sum, they could be had by taking the weeks beside them off.
    """
    until = today - timedelta(days=today.weekday())
    first = until - timedelta(days=7 * MARKET_WEEKS)
    others = fact_store.other_shops(cursor, retailer_id, product_id, first)
    starts = pd.date_range(first, periods=MARKET_WEEKS, freq="7D")
    if others < FEWEST_OTHERS:
        starts = starts[:0]
        sold = np.zeros(0)
    else:
        weeks = fact_store.all_shops(cursor, retailer_id, product_id, first).set_index("week")
        weeks.index = pd.DatetimeIndex(weeks.index)
        weeks = weeks.reindex(starts, fill_value=0)
        sold = weeks["quantity"].where(~weeks["others"].between(1, FEWEST_OTHERS - 1)).to_numpy()
    frame = pd.DataFrame({"period_start": starts, "sold": sold, "demand": sold, "missing": False})
    return MarketView(frame, others, FEWEST_OTHERS)
