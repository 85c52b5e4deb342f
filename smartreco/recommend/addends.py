"""A score taken apart to its last addend, none summed up: for who has to check the model.

A shop reads a few rows and how many shops stand behind one of them; here each shop, each
purchase and each attribute is a row of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.recommend.market import Market
from smartreco.recommend.model import Model
from smartreco.recommend.reasons import explained
from smartreco.recommend.scorer import Part
from smartreco.recommend.standing import Standing

PRODUCT, RETAILER, ATTRIBUTE, OWN, GROUP = "product", "retailer", "attribute", "own", "group"
KINDS: Final = (PRODUCT, RETAILER, ATTRIBUTE, OWN, GROUP)


@dataclass(frozen=True, slots=True)
class Addend:
    """One addend of a score, in score units.

    ``kind``, ``id`` : what it is of (`KINDS`); ``label`` : its name where the model knows one
    beside the id; of attributes kind and name, of groups kind, both names and how many shops.
    """

    component: str
    kind: str
    id: str
    label: tuple[str, ...]
    contribution: float


def addends(model: Model, stands: Standing) -> tuple[Addend, ...]:
    """All that moves the score, by component as the model lists them, the largest first."""
    components = explained(
        model.scorers, stands.shop, np.array([stands.product]), stands.scored.factor_of(0)
    )
    found: list[Addend] = []
    for component in components:
        rows = [one for part in component.parts for one in _rows(component.name, part, model)]
        found += sorted(rows, key=lambda one: -abs(one.contribution))
    return tuple(found)


def _rows(component: str, part: Part, model: Model) -> list[Addend]:
    values = part.values[:, 0]
    return [
        Addend(
            component, part.kind, str(part.ids[at]),
            _label(part.kind, int(part.keys[at]), model.market), float(values[at]),
        )
        for at in np.flatnonzero(values)
    ]  # fmt: skip


def _label(kind: str, key: int, market: Market) -> tuple[str, ...]:
    if kind == PRODUCT:
        return (str(market.product_names[key]),)
    if kind == ATTRIBUTE:
        return str(market.attributes.kind[key]), str(market.attributes.label[key])
    if kind == GROUP:
        first, second = map(str, market.groups.label[key])
        return str(market.groups.kind[key]), first, second, str(len(market.members(key)))
    return ()
