"""What a shop should order now: its lists, its shelf and its means in one order."""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.accounts.permissions import require_retailer
from smartreco.entities import ListName, Principal, Recommendation, Role
from smartreco.errors import InputError, NotAllowedError
from smartreco.language import Percent
from smartreco.recommend.trial import HORIZON
from smartreco.stock.builder import build
from smartreco.stock.limits import Candidates, Limits, Order
from smartreco.stock.outcomes import check_service
from smartreco.stock.sentences import Sentence
from smartreco.stock.suggesting import Wanted, Weighed, weigh
from smartreco.store import shelf as shelf_store
from smartreco.workspace.core import Core, permits
from smartreco.workspace.lists import Lists
from smartreco.workspace.models import Fitted, Models
from smartreco.workspace.order_views import (
    Aim,
    OrderLine,
    OrderWish,
    SuggestedOrder,
    limit_sentences,
)
from smartreco.workspace.shelves import ShelfFacts, shelf_facts

REORDER_K, DISCOVER_K = 400, 200
LONGEST_REVIEW: Final = 28


class Stock:
    """Use cases on stock."""

    def __init__(self, core: Core, models: Models, lists: Lists) -> None:
        self.core = core
        self._models = models
        self._lists = lists

    @permits(Role.RETAILER, Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def suggest_order(
        self, principal: Principal, retailer_id: str, wish: OrderWish | None = None
    ) -> SuggestedOrder:
        """An order within budget, credit and vendors' minimums.

        Raises
        ------
        NotAllowedError
            Another's shop; or a shop that asks for the distributor's margin.
        InputError
            A wish that cannot be.
        NotFoundError
            No such shop.
        """
        require_retailer(principal, retailer_id)
        wish = wish or OrderWish()
        _check(principal, wish)
        fitted = self._models.current
        lines = [
            line
            for name, k in ((ListName.REORDER, REORDER_K), (ListName.DISCOVER, DISCOVER_K))
            for line in self._lists.recommend(principal, retailer_id, name, k)
            if (fitted.catalogue.product(line.product_id).unit_price or 0.0) > 0
        ]
        with self.core.store.cursor() as cursor:
            facts = shelf_facts(
                cursor, retailer_id, [line.product_id for line in lines], wish.review_days
            )
            credit = shelf_store.credit(cursor, retailer_id).free
        wanted = _wanted(fitted, lines, facts, wish)
        weighed = weigh(wanted, wish.service)
        limits = Limits(wish.budget, credit, dict(facts.minimum), wish.discovery_share)
        order = build(
            Candidates(
                wanted.product_ids, wanted.vendors, wanted.unit_price * wanted.case_size,
                weighed.lots, wanted.discover,
            ),
            limits,
        )  # fmt: skip
        return _suggested(fitted, lines, wanted, weighed, order, wish)


def _check(principal: Principal, wish: OrderWish) -> None:
    check_service(wish.service)
    if not 1 <= wish.review_days <= LONGEST_REVIEW:
        raise InputError(
            f"a shop orders again within 1 to {LONGEST_REVIEW} days", str(wish.review_days),
            "choose another number",
        )  # fmt: skip
    if wish.aim is Aim.MARGIN and principal.role is Role.RETAILER:
        raise NotAllowedError(
            "what vendors pay is not a shop's to see", "an order by margin",
            "ask for the fewest stock-outs",
        )  # fmt: skip


def _wanted(
    fitted: Fitted, lines: list[Recommendation], facts: ShelfFacts, wish: OrderWish
) -> Wanted:
    products = [fitted.catalogue.product(line.product_id) for line in lines]
    at = [fitted.catalogue.position[line.product_id] for line in lines]
    price = np.array([one.unit_price for one in products], dtype=float)
    cost = fitted.catalogue.products["unit_cost"].to_numpy(dtype=float, na_value=np.nan)[at]
    margin = np.where(np.isfinite(cost), np.maximum(price - cost, 0.0), 0.0)
    return Wanted(
        product_ids=np.array([one.product_id for one in products], dtype=str),
        vendors=np.array([one.vendor_id or "" for one in products], dtype=str),
        unit_price=price,
        unit_value=margin if wish.aim is Aim.MARGIN else price,
        case_size=np.array([one.case_size for one in products], dtype=np.int64),
        available=np.array(
            [np.inf if one.on_hand is None else one.on_hand for one in products], dtype=float
        ),
        probability=np.array([line.probability or 0.0 for line in lines], dtype=float),
        usual=np.array([line.quantity for line in lines], dtype=float),
        discover=np.array([line.list is ListName.DISCOVER for line in lines], dtype=bool),
        position=facts.position,
        span=facts.span,
    )


def _suggested(
    fitted: Fitted, lines: list[Recommendation], wanted: Wanted, weighed: Weighed, order: Order,
    wish: OrderWish,
) -> SuggestedOrder:  # fmt: skip
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
                fitted.catalogue.product(lines[at].product_id),
                int(order.cases[at] * wanted.case_size[at]),
                int(order.cases[at]),
                float(wanted.unit_price[at]),
                lines[at].list,
                _why(at, wanted, weighed, order, wish),
            )
            for at in chosen[np.argsort(-value[chosen], kind="stable")].tolist()
        ),
        limits=tuple(
            (one, limit_sentences(one, str(names.get(one.vendor, "")), wish.discovery_share))
            for one in order.limits
        ),
        candidates=len(lines),
        stock_known=int(wanted.by_shelf.sum()),
        gap=order.gap,
    )


def _why(
    at: int, wanted: Wanted, weighed: Weighed, order: Order, wish: OrderWish
) -> tuple[Sentence, ...]:
    """What it is needed for, and which way it was rounded or cut."""
    if wanted.by_shelf[at]:
        need = Sentence(
            "need.shelf",
            {
                "position": round(float(wanted.position[at])),
                "service": Percent(wish.service),
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
