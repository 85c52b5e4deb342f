"""Products that a shop's order could hold, as arrays: what it reorders and what it may discover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.columns import CASE_SIZE, PRODUCT_ID, UNIT_COST, UNIT_PRICE, VENDOR_ID
from smartreco.entities import ListName
from smartreco.recommend.rules import Plan, Rules
from smartreco.stock.arrays import Floats, Ints, Mask, Texts
from smartreco.stock.outcomes import DRAWS
from smartreco.stock.suggesting import Wanted
from smartreco.workspace.models import Fitted
from smartreco.workspace.shelf.reading import Shelf

REORDER_K, DISCOVER_K = 400, 200
LISTS: Final = ((ListName.REORDER, REORDER_K), (ListName.DISCOVER, DISCOVER_K))


@dataclass(frozen=True, slots=True)
class Offered:
    """Places in the catalogue, chances and usual pieces, and which list each comes from."""

    product: Ints
    probability: Floats
    usual: Floats
    discover: Mask


def offered(
    fitted: Fitted,
    retailer_id: str,
    plans: Mapping[ListName, Plan],
    hidden: Sequence[str],
    ordered: Sequence[str],
) -> Offered:
    """The best of both lists that have a price and were not ordered since the model was fitted.

    Rules that count a list's places decide what a list shows, not what may be ordered.
    """
    model, shop = fitted.model, fitted.model.shops([retailer_id])
    price = fitted.catalogue.products[UNIT_PRICE].to_numpy(dtype=float, na_value=np.nan)
    priced = fitted.catalogue.orderable & (price > 0)
    products, chances = [], []
    for name, most in LISTS:
        rules = Rules(
            available=priced, excluded=frozenset(hidden), ordered=frozenset(ordered),
            plan=plans[name].unplaced,
        ).resolve(model.market.product_positions)  # fmt: skip
        scored = model.score(shop, name)
        ranked = rules.ranked(scored.totals, scored.offers, most)
        ranked = ranked[:, ranked[0] >= 0]
        (found,) = model.chances(scored, shop, name, ranked)
        products.append(ranked[0])
        chances.append(np.array([chance or 0.0 for chance in found], dtype=float))
    together = np.concatenate(products)
    return Offered(
        together,
        np.concatenate(chances),
        np.array(model.usual_quantity(retailer_id, together), dtype=float),
        np.arange(len(together)) >= len(products[0]),
    )


def wanted(
    fitted: Fitted,
    offer: Offered,
    shelf: Shelf,
    free: Mapping[str, int],
    review_days: float,
    by_margin: bool,
) -> Wanted:
    """Candidates with their prices, their shelf and what may be used until the next delivery.

    Parameters
    ----------
    free
        Pieces that vendors have and no open order takes; others are taken as many enough.
    """
    goods = fitted.catalogue.products.iloc[offer.product]
    ids = goods[PRODUCT_ID].to_numpy(dtype=str)
    price = goods[UNIT_PRICE].to_numpy(dtype=float, na_value=np.nan)
    cost = goods[UNIT_COST].to_numpy(dtype=float, na_value=np.nan)
    margin = np.where(np.isfinite(cost), np.maximum(price - cost, 0.0), 0.0)
    position, span = _shelf(ids, shelf, review_days)
    return Wanted(
        product_ids=ids,
        vendors=goods[VENDOR_ID].fillna("").to_numpy(dtype=str),
        unit_price=price,
        unit_value=margin if by_margin else price,
        case_size=goods[CASE_SIZE].to_numpy(dtype=np.int64),
        available=np.array([free.get(one, np.inf) for one in ids], dtype=float),
        probability=offer.probability,
        usual=offer.usual,
        discover=offer.discover,
        position=position,
        span=span,
    )


def _shelf(ids: Texts, shelf: Shelf, review_days: float) -> tuple[Floats, Floats]:
    """Position and coming use of each candidate, NaN where not known."""
    row = shelf.rows_of(ids.tolist())
    position, span = np.full(len(ids), np.nan), np.full((len(ids), DRAWS), np.nan)
    if not (row >= 0).any():
        return position, span
    here = row[row >= 0]
    position[row >= 0] = shelf.position[here]
    draws = shelf.ahead.over(shelf.lead + review_days).draws[here]
    span[row >= 0] = np.where(shelf.paced[here][:, None], draws, np.nan)
    return position, span
