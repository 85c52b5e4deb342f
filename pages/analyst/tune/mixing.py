"""Moves of a recipe's sliders: weights are shares of one whole, so one that grows takes from all.

Other lists and settings stay as they are to the last bit: what nobody moved is no change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from smartreco.entities import ListName
from smartreco.recommend.blend import COMPONENTS, Blend, Weights
from smartreco.recommend.recipe import Recipe

#: What a list has no use for: a shop has never bought what is new to it.
SILENT: Final[Mapping[ListName, frozenset[str]]] = {ListName.DISCOVER: frozenset({"repurchase"})}


def components(name: ListName, weights: Weights) -> tuple[str, ...]:
    """Components that a list can be made of, and any other that has a weight all the same."""
    silent = SILENT.get(name, frozenset())
    return tuple(one for one in COMPONENTS if one not in silent or weights.get(one, 0.0))


def whole_shares(weights: Weights, of: Sequence[str]) -> dict[str, int]:
    """Shares in whole per cent that sum to 100: the largest remainders are rounded up.

    >>> whole_shares({"a": 1, "b": 1, "c": 1}, ["a", "b", "c"])
    {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(weights.get(one, 0.0) for one in of) or 1.0
    exact = {one: 100 * weights.get(one, 0.0) / total for one in of}
    found = {one: int(share) for one, share in exact.items()}
    short = round(sum(exact.values())) - sum(found.values())
    for one in sorted(of, key=lambda each: found[each] - exact[each])[:short]:
        found[one] += 1
    return found


def with_share(
    recipe: Recipe, name: ListName, component: str, share: float, usual: Weights
) -> Recipe:
    """One component gets a share, the others keep their proportions in what is left.

    ``usual`` : proportions to go by where the others have nothing.
    """
    now = recipe.blend.weights[name]
    others = [one for one in components(name, now) if one != component]
    for held in (now, usual, dict.fromkeys(others, 1.0)):
        total = sum(held.get(one, 0.0) for one in others)
        if total > 0:
            break
    weights = dict.fromkeys(COMPONENTS, 0.0)
    weights.update({one: (1.0 - share) * held.get(one, 0.0) / total for one in others})
    weights[component] = share
    mixed = {**recipe.blend.weights, name: MappingProxyType(weights)}
    return replace(recipe, blend=Blend(MappingProxyType(mixed)))


def with_diversity(recipe: Recipe, name: ListName, strength: float) -> Recipe:
    """Another strength of diversity on a list."""
    kept = {one: value for one, value in recipe.diversity.items() if one is not name and value}
    return replace(
        recipe, diversity=MappingProxyType({**kept, name: strength} if strength else kept)
    )


def same(one: Recipe, other: Recipe) -> bool:
    """Whether both say the same, however they are written."""
    return one.to_dict() == other.to_dict()
