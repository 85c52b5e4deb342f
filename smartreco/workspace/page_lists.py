"""The lists of the page "For you": what is due first, the same whatever is on the draft.

The draft draws what goes with it up the lists. A reader who works through what is due must
not see lines come and go with each one added, so those are ranked without the draft.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName, Recommendation, Suggestion
from smartreco.recommend.engine import Model
from smartreco.recommend.rules import Rules
from smartreco.workspace.models import Fitted
from smartreco.workspace.views import DueLine


@dataclass(frozen=True)
class Both:
    """See `views.ForYou`."""

    due: tuple[DueLine, ...]
    reorder: tuple[Suggestion, ...]
    discover: tuple[Suggestion, ...]


def both_lists(
    fitted: Fitted,
    retailer_id: str,
    basket: tuple[str, ...],
    reorder: tuple[int, Rules],
    discover: tuple[int, Rules],
) -> Both:
    """Both lists of a shop, each so many lines long and under its rules."""
    due, lines = reorder_list(fitted, retailer_id, reorder[0], basket, reorder[1])
    new = fitted.model.recommend(
        retailer_id, ListName.DISCOVER, discover[0], basket=basket, rules=discover[1]
    )
    return Both(due, lines, tuple(suggestion(fitted, line) for line in new))


def reorder_list(
    fitted: Fitted, retailer_id: str, k: int, basket: tuple[str, ...], rules: Rules
) -> tuple[tuple[DueLine, ...], tuple[Suggestion, ...]]:
    """All that is due, the likeliest first, and the first ``k`` lines of the reorder list.

    Parameters
    ----------
    basket
        Ids on the draft: they draw the lines that are not due.
    """
    model = fitted.model
    ranked = _due(model, retailer_id, rules)
    is_due = np.zeros(model.market.shape[1], dtype=bool)
    is_due[ranked] = True
    first = replace(rules, only=is_due)
    product = fitted.catalogue.product
    due = tuple(
        DueLine(product(str(model.market.product_ids[at])), quantity)
        for at, quantity in zip(ranked, model.usual_quantity(retailer_id, ranked), strict=True)
    )
    lines: list[Recommendation] = []
    if due:
        lines += model.recommend(retailer_id, ListName.REORDER, min(k, len(due)), rules=first)
    if k > len(due):
        rest = model.recommend(
            retailer_id, ListName.REORDER, k - len(due), basket=basket,
            rules=replace(rules, only=~is_due),
        )  # fmt: skip
        lines += [replace(line, rank=line.rank + len(due)) for line in rest]
    shown = (suggestion(fitted, line, due=line.rank <= len(due)) for line in lines)
    return due, tuple(shown)


def _due(model: Model, retailer_id: str, rules: Rules) -> npt.NDArray[np.int64]:
    """Products whose interval has passed, the likeliest first, as many as will be ordered.

    A shop with a long range has hundreds of them and will not order them all: the sum of
    their probabilities is how many it is expected to order in four weeks, so that many are due.
    """
    passed = model.due(retailer_id)
    most = max(int(passed.sum()), 1)
    first = replace(rules, only=passed)
    ranked = model.rank([retailer_id], ListName.REORDER, most, rules=first)[0]
    ranked = ranked[ranked >= 0]
    shop = model.shops([retailer_id])
    scored = model.score(shop, ListName.REORDER)
    (chances,) = model.chances(scored, shop, ListName.REORDER, ranked[None, :])
    known = [chance for chance in chances if chance is not None]
    return np.asarray(ranked[: ceil(sum(known))] if known else ranked)


def suggestion(fitted: Fitted, line: Recommendation, due: bool = False) -> Suggestion:
    """A line with its product and the days since its last order."""
    as_of = fitted.catalogue.info.as_of
    since = None if line.last_on is None or as_of is None else (as_of - line.last_on).days
    return Suggestion(line, fitted.catalogue.product(line.product_id), since, due)
