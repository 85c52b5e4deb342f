"""What shops are recommended before and after other weights and rules.

Nothing is published: lists of the same shops are made twice and held side by side. Orders
that a list may bring are the sum of its calibrated probabilities, by the model's own
weights in both, so that a change of weights cannot grade itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from smartreco.entities import ListName
from smartreco.errors import NotReadyError
from smartreco.recommend.blend import Blend
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Plan, ProductFacts, Rules
from smartreco.recommend.rules.comparing import compared
from smartreco.recommend.rules.effects import RulesPreview
from smartreco.recommend.rules.outcome import Outcome, outcomes
from smartreco.recommend.rules.preview import drawn_shops
from smartreco.scenario.levers.base import blaming
from smartreco.scenario.levers.lists import ListLever

SAMPLE: Final = 150  # shops whose lists are made
PLACES: Final = 10
LISTS: Final = (ListName.REORDER, ListName.DISCOVER, ListName.ALL)


@dataclass(frozen=True)
class ListMarket:
    """What lists are made from today.

    Attributes
    ----------
    model, facts
        The fitted model, and its products as rules know them.
    blend
        The published weights.
    rules
        Published rules and availability, by list.
    retailer_ids
        Shops that are looked at, all of them.
    """

    model: Model
    facts: ProductFacts
    blend: Blend
    rules: Mapping[ListName, Rules]
    retailer_ids: Sequence[str]


@dataclass(frozen=True)
class Exposure:
    """Mean places of a list that a vendor or a category has, before and after."""

    name: str
    before: float
    after: float


@dataclass(frozen=True)
class ListOutcome:
    """One list, today and in the scenario.

    ``preview`` holds orders expected, margin, coverage, variety, products that enter and
    leave, and places by vendor; ``categories`` adds places by category.
    """

    list: ListName
    preview: RulesPreview
    categories: tuple[Exposure, ...]


def list_outcomes(
    lists: ListMarket | None, levers: Mapping[int, ListLever], seed: int
) -> tuple[ListOutcome, ...]:
    """Lists that levers are about, before and after.

    Parameters
    ----------
    levers
        By their place in the scenario, which a refusal names.

    Raises
    ------
    NotReadyError
        There are levers on lists and no model to make lists with.
    """
    if not levers:
        return ()
    if lists is None:
        with blaming(min(levers)):
            raise NotReadyError("a lever on lists needs a fitted model", "none", "fit a model")
    for at, lever in levers.items():
        with blaming(at):
            lever.blend(lists.blend)
            Plan.of(lever.rules(), lists.facts)
    rng = np.random.default_rng(seed)
    shops = drawn_shops(lists.retailer_ids, rng, SAMPLE)
    found = []
    for name in LISTS:
        own = [one for one in levers.values() if one.speaks_of(name)]
        if own:
            found.append(_one(lists, name, own, shops, rng))
    return tuple(found)


def _one(
    lists: ListMarket, name: ListName, levers: Sequence[ListLever], shops: list[str],
    rng: np.random.Generator,
) -> ListOutcome:  # fmt: skip
    blend, rules = lists.blend, lists.rules[name]
    for lever in levers:
        blend = lever.blend(blend)
    added = [rule for lever in levers for rule in lever.rules()]
    plan = Plan.of((*rules.plan.rules, *added), lists.facts)
    by = {"before": rules, "after": replace(rules, plan=plan)}
    blends = {"before": lists.blend, "after": blend}
    made = outcomes(lists.model, shops, name, PLACES, by, lists.facts, blends)
    before, after = made["before"], made["after"]
    known = len(lists.retailer_ids)
    preview = compared(before, after, lists.model, name, PLACES, lists.facts, rng, known)
    return ListOutcome(name, preview, _categories(lists.facts, before, after))


def _categories(facts: ProductFacts, before: Outcome, after: Outcome) -> tuple[Exposure, ...]:
    shops = max(len(before.ranked), 1)
    had, has = (
        np.bincount(
            facts.category[one.ranked[one.ranked >= 0]] + 1, minlength=len(facts.categories) + 1
        ) / shops
        for one in (before, after)
    )  # fmt: skip
    names = ("", *facts.categories)
    order = np.lexsort((-has, -np.abs(has - had)))
    return tuple(
        Exposure(names[at], float(had[at]), float(has[at])) for at in order if had[at] or has[at]
    )
