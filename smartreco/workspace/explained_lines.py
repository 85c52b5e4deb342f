"""Why a product stands where it does on a shop's list, as the page that lists it would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from smartreco.entities import ListName, Product
from smartreco.language import Language
from smartreco.recommend.due_first import due_now, marked
from smartreco.recommend.rules import Rules
from smartreco.recommend.templates import render
from smartreco.workspace.models import Fitted
from smartreco.workspace.views import ExplanationRow, ExplanationView

RANKED: Final = 50  # lines of the list that the rank is of: more than any page shows


def explained_line(
    fitted: Fitted, retailer_id: str, product: Product, list_name: ListName,
    basket: Sequence[str], rules: Rules, language: Language,
) -> ExplanationView:  # fmt: skip
    """Every addend of a product's score, and what would change its rank.

    Parameters
    ----------
    basket
        Ids on the shop's draft.
    rules
        As the list is made with.
    """
    others = tuple(one for one in basket if one != product.product_id)
    if list_name is ListName.REORDER:  # as the page lists it: what is due first
        first = due_now(fitted.model, retailer_id, rules)
        due = marked(first, len(fitted.catalogue.products))
        rules = replace(rules, ahead=due)
        others = () if due[fitted.catalogue.position[product.product_id]] else others
    answer = fitted.model.explain(
        retailer_id, product.product_id, list_name, basket=others, rules=rules, k=RANKED
    )
    return ExplanationView(
        product=product,
        blend_version=fitted.blend_version,
        rows=tuple(
            ExplanationRow(
                reason.component,
                render(reason, language),
                reason.contribution,
                reason.evidence,
                rest=reason.template == "row.rest",
            )
            for reason in answer.reasons
        ),
        score=answer.score,
        rank=answer.rank,
        counterfactual=(
            None if answer.counterfactual is None else render(answer.counterfactual, language)
        ),
    )
