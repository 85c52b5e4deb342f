"""From parts to reasons: what each component adds, why in words, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any, Final

import numpy as np
import numpy.typing as npt

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
        kinds = np.repeat([part.kind for part in component.parts], [
            len(part.keys) for part in component.parts
        ])  # fmt: skip
        ids = np.concatenate([part.ids for part in component.parts])
        values = np.vstack([part.values for part in component.parts])
        for column, evidence in enumerate(_evidence(kinds, ids, values)):
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


def _evidence(
    kinds: npt.NDArray[np.str_], ids: npt.NDArray[np.str_], values: npt.NDArray[np.float64]
) -> list[tuple[Evidence, ...]]:
    """The largest addends of each column by name, and what is left as ``other``."""
    named = min(NAMED, len(values))
    largest = np.argpartition(-np.abs(values), named - 1, axis=0)[:named]
    chosen = np.take_along_axis(values, largest, axis=0)
    order = np.argsort(-np.abs(chosen), axis=0, kind="stable")
    largest = np.take_along_axis(largest, order, axis=0)
    chosen = np.take_along_axis(chosen, order, axis=0)
    rest = values.sum(axis=0) - chosen.sum(axis=0) if len(values) > named else np.zeros(
        values.shape[1]
    )  # fmt: skip
    names = zip(kinds[largest].T.tolist(), ids[largest].T.tolist(), strict=True)
    found = []
    for (kind, key), column, other in zip(names, chosen.T.tolist(), rest.tolist(), strict=True):
        pieces = [Evidence(*piece) for piece in zip(kind, key, column, strict=True) if piece[2]]
        if other and pieces:
            pieces.append(Evidence("other", "", other))
        found.append(tuple(pieces))
    return found
