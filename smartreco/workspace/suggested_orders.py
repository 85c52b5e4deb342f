"""A suggested order from candidates, limits and what became of them."""

from __future__ import annotations

import numpy as np

from smartreco.entities import ListName
from smartreco.language import Percent, Sentence
from smartreco.recommend.trial import HORIZON
from smartreco.stock.limits import (
    BUDGET,
    CREDIT,
    DISCOVERY,
    KEPT,
    VENDOR,
    Limit,
    Order,
)
from smartreco.stock.suggesting import Wanted, Weighed
from smartreco.workspace.models import Fitted
from smartreco.workspace.order.views import OrderLine, OrderWish, SuggestedOrder, limit_sentences


def suggested(
    fitted: Fitted, wanted: Wanted, weighed: Weighed, order: Order, wish: OrderWish, service: float
) -> SuggestedOrder:
    """The order as it is shown, the dearest line first."""
    chosen = np.flatnonzero(order.cases > 0)
    step = wanted.step
    value = order.cases * step * wanted.unit_price
    names = dict(
        zip(
            fitted.catalogue.products["vendor_id"], fitted.catalogue.products["vendor"], strict=True
        )
    )
    return SuggestedOrder(
        lines=tuple(
            OrderLine(
                fitted.catalogue.product(str(wanted.product_ids[at])),
                int(order.cases[at] * step[at]),
                float(wanted.unit_price[at]),
                ListName.DISCOVER if wanted.discover[at] else ListName.REORDER,
                _why(at, wanted, weighed, order, service, wish.discovery_share),
            )
            for at in chosen[np.argsort(-value[chosen], kind="stable")].tolist()
        ),
        limits=tuple(
            (one, limit_sentences(one, str(names.get(one.vendor, "")), wish.discovery_share))
            for one in _told(order.limits)
        ),
        candidates=len(wanted.product_ids),
        stock_known=int(wanted.by_shelf.sum()),
        gap=order.gap,
    )


def _told(limits: tuple[Limit, ...]) -> list[Limit]:
    """The limits as they are told: the share for new products binds in two ways and is one."""
    both = [one for one in limits if one.name in (DISCOVERY, KEPT)]
    return [one for one in limits if one not in both[1:]]


def _why(
    at: int, wanted: Wanted, weighed: Weighed, order: Order, service: float, share: float
) -> tuple[Sentence, ...]:
    """What it is needed for, and which way it was rounded, cut or filled up."""
    need = _need(at, wanted, weighed, service)
    taken, ideal = int(order.cases[at]), int(weighed.rounded.cases[at])
    if taken < ideal:
        held = _held_back(bool(wanted.discover[at]), order.limits)
        values: dict[str, object] = {"wanted": round(ideal * float(wanted.step[at]))}
        if held in (DISCOVERY, KEPT):
            values["share"] = Percent(share)
        return (need, Sentence(f"cut.{held}", values)) if held else (need,)
    if taken > ideal:
        vendor = str(wanted.vendors[at])
        filled = any(one.name == VENDOR and one.vendor == vendor for one in order.limits)
        return (need, Sentence("filled.minimum")) if filled else (need,)
    if wanted.discover[at]:  # its left-overs are not weighed, so its rounding says nothing
        return (need,)
    return need, weighed.rounded.sentence(at)


def _need(at: int, wanted: Wanted, weighed: Weighed, service: float) -> Sentence:
    """What a product is needed for: by its shelf, else by habit, else as a first try."""
    if wanted.by_shelf[at] and not wanted.discover[at]:
        return Sentence(
            "need.shelf",
            {
                "position": round(float(wanted.position[at])),
                "service": Percent(service),
                "level": round(float(weighed.level[at])),
            },
        )
    likely = {
        "probability": Percent(float(wanted.probability[at])),
        "days": HORIZON,
        "usual": round(float(wanted.usual[at])),
    }
    return Sentence("need.discover" if wanted.discover[at] else "need.habit", likely)


def _held_back(new: bool, limits: tuple[Limit, ...]) -> str:
    """The limit that keeps a line on the order from being longer; "": none that is known.

    A vendor's minimum never does: it makes his lines longer, or takes all of them off.
    """
    binds = {one.name for one in limits}
    mine = (DISCOVERY, BUDGET, CREDIT) if new else (BUDGET, CREDIT, KEPT)
    return next((name for name in mine if name in binds), "")
