"""From parts to reasons: what each component adds, why in words, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any, Final

import numpy as np

from smartreco.entities import Evidence, Reason
from smartreco.recommend.scorer import IntArray, Part, Scorer, Words
from smartreco.recommend.shops import Shops

NAMED: Final = 4
"""Pieces of evidence that a reason names; the rest are one piece of kind ``other``."""


@dataclass(frozen=True)
class Component:
    """What one scorer says about some products of one shop, in score units."""

    name: str
    parts: tuple[Part, ...]
    words: list[Words]


def explained(
    scorers: Mapping[str, Scorer[Any]], shops: Shops, products: IntArray, by: Mapping[str, float]
) -> list[Component]:
    """Ask each scorer that pulls at all; ``by`` is `blend.factors` of the one shop."""
    found = []
    for name, scorer in scorers.items():
        if not by.get(name):
            continue
        parts = scorer.explain(shops, products)
        if any(part.values.any() for part in parts):
            words = scorer.words(shops, products, parts)
            found.append(Component(name, tuple(_scaled(part, by[name]) for part in parts), words))
    return found


def reasons(components: Iterable[Component], products: int) -> list[tuple[Reason, ...]]:
    """For each product one reason a component that moves it, the strongest first."""
    listed: list[list[Reason]] = [[] for _ in range(products)]
    for component in components:
        for column, evidence in enumerate(_evidence(component.parts)):
            if evidence:
                template, filled = component.words[column]
                contribution = fsum(one.value for one in evidence)
                listed[column].append(
                    Reason(component.name, contribution, template, filled, evidence)
                )
    return [tuple(sorted(one, key=lambda r: -r.contribution)) for one in listed]


def score_of(given: Iterable[Reason]) -> float:
    """The score that reasons add up to; it is the score that is reported."""
    return fsum(reason.contribution for reason in given)


def _scaled(part: Part, by: float) -> Part:
    return Part(part.kind, part.keys, part.ids, part.values * by)


def _evidence(parts: tuple[Part, ...]) -> list[tuple[Evidence, ...]]:
    """The largest addends of each product by name, and what is left as ``other``."""
    values = np.concatenate([part.values.T for part in parts], axis=1)
    rows = values.shape[1]
    named = min(NAMED, rows)
    if not named:
        return [()] * len(values)
    size = np.abs(values)
    np.negative(size, out=size)
    largest = np.argpartition(size, named - 1, axis=1)[:, :named]
    row = np.arange(len(values))[:, None]  # as `take_along_axis` would, in a third of the time
    largest = largest[row, np.argsort(size[row, largest], axis=1, kind="stable")]
    chosen = values[row, largest]
    more = np.count_nonzero(values, axis=1) > named
    rest = np.where(more, values.sum(axis=1) - chosen.sum(axis=1), 0.0)
    kinds, ids = _names(parts, largest)
    found = []
    for kind, key, addends, other in zip(kinds, ids, chosen.tolist(), rest.tolist(), strict=True):
        pieces = [Evidence(*one) for one in zip(kind, key, addends, strict=True) if one[2]]
        if other and pieces:
            pieces.append(Evidence("other", "", other))
        found.append(tuple(pieces))
    return found


def _names(parts: tuple[Part, ...], rows: IntArray) -> tuple[list[list[str]], list[list[str]]]:
    """Kinds and ids of rows of all parts, one below the other."""
    if len(parts) == 1:
        (part,) = parts
        return [[part.kind] * rows.shape[1]] * len(rows), part.ids[rows].tolist()
    ends = np.cumsum([len(part.keys) for part in parts])
    kinds = np.array([part.kind for part in parts])
    ids = np.concatenate([part.ids for part in parts])
    return kinds[np.searchsorted(ends, rows, side="right")].tolist(), ids[rows].tolist()
