"""What two recipes differ in, and which recipe may be published at all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from smartreco.entities import ListName
from smartreco.errors import InputError
from smartreco.recommend.blend import COMPONENTS, Blend
from smartreco.recommend.recipe import Recipe
from smartreco.store.sealing import canonical
from smartreco.workspace.blend.views import Change

LONGEST_REASON: Final = 500
SHORTEST_REASON: Final = 3
LONGEST_EVIDENCE: Final = 200_000  # signs of JSON: figures of a few lists, not a data set
EXACT: Final = 1e-9  # weights that sum to 1 so closely are left to the bit


def changes(before: Recipe, after: Recipe) -> tuple[Change, ...]:
    """Differences, weights first; nothing for what stays."""
    return tuple(one for one in _all(before, after) if one.before != one.after)


def _all(before: Recipe, after: Recipe) -> Iterator[Change]:
    for name in ListName:
        old, new = (one.blend.weights.get(name, {}) for one in (before, after))
        for component in COMPONENTS:
            yield Change(name, component, old.get(component, 0.0), new.get(component, 0.0))
    yield Change(None, "half_life", before.half_life, after.half_life)
    yield Change(None, "damping", before.damping, after.damping)
    for name in ListName:
        yield Change(name, "diversity", before.varied(name), after.varied(name))


def plain_changes(found: tuple[Change, ...]) -> list[dict[str, Any]]:
    """The same for the audit log."""
    return [
        {
            "list": None if one.list is None else one.list.value,
            "setting": one.setting,
            "before": _number(one.before),
            "after": _number(one.after),
        }
        for one in found
    ]


def publishable(recipe: Recipe, learned: Recipe) -> Recipe:
    """The recipe with weights of every list, each summing to 1; lists left out as learned.

    Raises
    ------
    InputError
        Weights are of unknown components, below 0, or all 0.
    """
    given = recipe.blend.weights
    checked = Blend.of(given).weights
    kept = {name: one if _exact(one) else checked[name] for name, one in given.items()}
    weights = {name: kept.get(name, learned.blend.weights[name]) for name in ListName}
    return replace(recipe, blend=Blend.from_dict({one.value: weights[one] for one in ListName}))


def check_reason(reason: str) -> str:
    """A reason without space around it.

    Raises
    ------
    InputError
        It is too short or too long.
    """
    kept = "".join(sign for sign in reason if sign.isprintable() or sign == "\n").strip()
    if not SHORTEST_REASON <= len(kept) <= LONGEST_REASON:
        raise InputError(
            f"a reason has {SHORTEST_REASON} to {LONGEST_REASON} signs", f"{len(kept)}",
            "say why, for those who read it later",
        )  # fmt: skip
    return kept


def check_evidence(metrics: Mapping[str, Any] | None) -> dict[str, Any]:
    """Evidence as plain values.

    Raises
    ------
    InputError
        It holds what cannot be kept.
    """
    kept = dict(metrics or {})
    try:
        size = len(canonical(kept))
    except (ValueError, TypeError) as error:
        raise InputError(
            "evidence is plain numbers and words", str(error), "leave out what is not known"
        ) from error
    if size > LONGEST_EVIDENCE:
        raise InputError(
            f"evidence has at most {LONGEST_EVIDENCE:,} signs", f"{size:,}", "leave some out"
        )
    return kept


def _exact(weights: Mapping[str, float]) -> bool:
    return set(weights) == set(COMPONENTS) and abs(math.fsum(weights.values()) - 1.0) <= EXACT


def _number(value: float | None) -> float | str | None:
    return value if value is None or math.isfinite(value) else "forever"
