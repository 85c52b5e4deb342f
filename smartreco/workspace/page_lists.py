"""The lists of the page "For you": both lists of a shop, with the products they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartreco.entities import ListName, Recommendation, Suggestion
from smartreco.recommend.due_first import due_first, due_now, marked
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
    today: date,
    reorder: tuple[int, Rules],
    discover: tuple[int, Rules],
) -> Both:
    """Both lists of a shop, each so many lines long and under its rules."""
    due, lines = reorder_list(fitted, retailer_id, reorder[0], basket, today, reorder[1])
    new = fitted.model.recommend(
        retailer_id, ListName.DISCOVER, discover[0], basket=basket, rules=discover[1]
    )
    return Both(due, lines, tuple(suggestion(fitted, line, today) for line in new))


def reorder_list(
    fitted: Fitted, retailer_id: str, k: int, basket: tuple[str, ...], today: date, rules: Rules
) -> tuple[tuple[DueLine, ...], tuple[Suggestion, ...]]:
    """All that is due, the likeliest first, and the first ``k`` lines of the reorder list.

    Parameters
    ----------
    basket
        Ids on the draft: they draw the lines that are not due.
    """
    model = fitted.model
    ranked = due_now(model, retailer_id, rules)
    product = fitted.catalogue.product
    due = tuple(
        DueLine(product(str(model.market.product_ids[at])), quantity)
        for at, quantity in zip(ranked, model.usual_quantity(retailer_id, ranked), strict=True)
    )
    ids = {line.product.product_id for line in due}
    lines = due_first(model, retailer_id, k, marked(ranked, model.market.shape[1]), basket, rules)
    return due, tuple(suggestion(fitted, line, today, line.product_id in ids) for line in lines)


def suggestion(fitted: Fitted, line: Recommendation, today: date, due: bool = False) -> Suggestion:
    """A line with its product and the days since its last order."""
    since = None if line.last_on is None else (today - line.last_on).days
    return Suggestion(line, fitted.catalogue.product(line.product_id), since, due)
