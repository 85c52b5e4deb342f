"""The exact arithmetic behind one product of one list, and one true what-if."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from smartreco.entities import ListName, Reason
from smartreco.recommend.affinity import Affinity
from smartreco.recommend.market import Market
from smartreco.recommend.reasons import Component
from smartreco.recommend.scorer import IntArray, Part
from smartreco.recommend.succession import Succession

ROWS_NAMED = 4  # addends of one part that get a row each; the rest share one


@dataclass(frozen=True)
class Explanation:
    """Why a product stands where it stands for a shop.

    Attributes
    ----------
    rank
        From 1; None where the list may not hold the product.
    reasons
        One row an addend, the largest first; their contributions sum to ``score``.
    counterfactual
        What removing the purchase that counts most would do; None where no
        purchase counts.
    """

    retailer_id: str
    product_id: str
    list: ListName
    score: float
    rank: int | None
    probability: float | None
    reasons: tuple[Reason, ...]
    counterfactual: Reason | None


def rows(components: list[Component], market: Market) -> tuple[Reason, ...]:
    """Lay out the parts of one product as rows that sum to its score."""
    found = [
        row
        for component in components
        for part in component.parts
        for row in _part_rows(component.name, part, market)
    ]
    return tuple(sorted(found, key=lambda row: -abs(row.contribution)))


def loudest_purchase(components: list[Component], product: int) -> int | None:
    """The product whose purchase adds most to this one's score; it may be itself."""
    adds: dict[int, float] = {}
    for component in components:
        for part in component.parts:
            values = part.values[:, 0]
            if part.kind == "own":
                adds[product] = adds.get(product, 0.0) + float(values.sum())
            elif part.kind == "product" and component.name != Affinity.name:
                for key, value in zip(part.keys.tolist(), values.tolist(), strict=True):
                    adds[key] = adds.get(key, 0.0) + value
    loudest = max(adds, key=lambda key: adds[key], default=None)
    return loudest if loudest is not None and adds[loudest] > 0 else None


def what_if(purchase: str, before: int, after: int | None, own: bool) -> Reason:
    """Words for the rank with and without the orders of a product.

    ``own``: it is the explained product itself, which then is new to the shop.
    """
    if own:
        outcome = "new"
    elif after is None:
        outcome = "leaves"
    elif after == before:
        outcome = "stays"
    else:
        outcome = "falls" if after > before else "rises"
    values = {"product": purchase, "before": before, "after": after}
    return Reason("what-if", 0.0, f"without.{outcome}", values)


def _part_rows(component: str, part: Part, market: Market) -> Iterator[Reason]:
    values = part.values[:, 0]
    used = np.flatnonzero(values)
    if part.kind == "retailer":  # other shops are counted, never named to a competitor
        if len(used):
            count = {"count": len(used)}
            yield Reason(component, float(values[used].sum()), "row.peers", count)
        return
    order = used[np.argsort(-np.abs(values[used]), kind="stable")]
    for at in order[:ROWS_NAMED]:
        template, filled = _label(component, part, int(at), market)
        yield Reason(component, float(values[at]), template, filled)
    rest: IntArray = order[ROWS_NAMED:]
    if len(rest):
        yield Reason(component, float(values[rest].sum()), "row.rest", {"count": len(rest)})


def _label(component: str, part: Part, at: int, market: Market) -> tuple[str, dict[str, object]]:
    key = int(part.keys[at])
    if part.kind == "own":
        return f"row.{part.ids[at]}", {}
    if part.kind == "product":
        kind = {Affinity.name: "basket", Succession.name: "followed"}.get(component, "purchase")
        return f"row.{kind}", {"product": str(market.product_names[key])}
    if part.kind == "attribute":
        label = str(market.attributes.label[key])
        return f"row.{market.attributes.kind[key]}", {"label": label}
    first, second = map(str, market.groups.label[key])
    shops = len(market.members(key))
    return f"row.{market.groups.kind[key]}", {"first": first, "second": second, "shops": shops}
