"""A suggested order from candidates, limits and what became of them."""

from __future__ import annotations

import numpy as np

from smartreco.entities import ListName
from smartreco.language import Percent
from smartreco.recommend.trial import HORIZON
from smartreco.stock.limits import Order
from smartreco.stock.sentences import Sentence
from smartreco.stock.suggesting import Wanted, Weighed
from smartreco.workspace.models import Fitted
from smartreco.workspace.order_views import OrderLine, OrderWish, SuggestedOrder, limit_sentences


def suggested(
    fitted: Fitted, wanted: Wanted, weighed: Weighed, order: Order, wish: OrderWish, service: float
) -> SuggestedOrder:
    """The order as it is shown, the dearest line first."""
    chosen = np.flatnonzero(order.cases > 0)
    value = order.cases * wanted.case_size * wanted.unit_price
    names = dict(
        zip(
            fitted.catalogue.products["vendor_id"], fitted.catalogue.products["vendor"], strict=True
        )
    )
    return SuggestedOrder(
        lines=tuple(
            OrderLine(
                fitted.catalogue.product(str(wanted.product_ids[at])),
                int(order.cases[at] * wanted.case_size[at]),
                int(order.cases[at]),
                float(wanted.unit_price[at]),
                ListName.DISCOVER if wanted.discover[at] else ListName.REORDER,
                _why(at, wanted, weighed, order, service),
            )
            for at in chosen[np.argsort(-value[chosen], kind="stable")].tolist()
        ),
        limits=tuple(
            (one, limit_sentences(one, str(names.get(one.vendor, "")), wish.discovery_share))
            for one in order.limits
        ),
        candidates=len(wanted.product_ids),
        stock_known=int(wanted.by_shelf.sum()),
        gap=order.gap,
    )


def _why(
    at: int, wanted: Wanted, weighed: Weighed, order: Order, service: float
) -> tuple[Sentence, ...]:
    """What it is needed for, and which way it was rounded or cut."""
    if wanted.by_shelf[at]:
        need = Sentence(
            "need.shelf",
            {
                "position": round(float(wanted.position[at])),
                "service": Percent(service),
                "level": round(float(weighed.level[at])),
            },
        )
    else:
        likely = {
            "probability": Percent(float(wanted.probability[at])),
            "days": HORIZON,
            "usual": round(float(wanted.usual[at])),
        }
        need = Sentence("need.discover" if wanted.discover[at] else "need.habit", likely)
    taken, ideal = int(order.cases[at]), int(weighed.rounded.cases[at])
    if taken < ideal:
        whole = round(ideal * float(wanted.case_size[at]))
        return need, Sentence("cut.limit", {"wanted": whole})
    if taken > ideal:
        return need, Sentence("filled.minimum")
    return need, weighed.rounded.sentence(at)
