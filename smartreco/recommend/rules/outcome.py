"""What the lists of some shops are like under some rules: the figures a preview compares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.recommend.blend import Blend
from smartreco.recommend.model import Model
from smartreco.recommend.rules.facts import Floats, Ints, ProductFacts
from smartreco.recommend.rules.request import Rules
from smartreco.recommend.scoring_model import SHOPS_AT_ONCE


@dataclass(frozen=True)
class Outcome:
    """Lists of some shops, and one figure a shop; NaN where a list supports none.

    Attributes
    ----------
    ranked
        Shops x k product positions, -1 beyond the end.
    score
        Sum of the scores of a list.
    orders
        Expected orders within 28 days: the sum of the probabilities of a list.
    margin
        Mean margin of the lines whose cost and price are known.
    variety
        One less the mean likeness of two lines of a list.
    """

    ranked: Ints
    score: Floats
    orders: Floats
    margin: Floats
    variety: Floats

    def held(self, products: int) -> sp.csr_array:
        """1 where a list holds a product: shops x products."""
        return _held(self.ranked, products)


def outcomes(
    model: Model,
    retailer_ids: Sequence[str],
    name: ListName,
    k: int,
    by: Mapping[str, Rules],
    facts: ProductFacts,
    blends: Mapping[str, Blend] | None = None,
) -> dict[str, Outcome]:
    """The lists under each set of rules; shops are scored once for all of them.

    Parameters
    ----------
    blends
        Other weights that some sets rank by. Scores and orders stay those of the model's own
        weights, so that weights do not grade themselves.
    """
    blends = blends or {}
    resolved = {one: rules.resolve(model.market.product_positions) for one, rules in by.items()}
    parts: dict[str, list[tuple[Ints, Floats, Floats]]] = {one: [] for one in by}
    for start in range(0, len(retailer_ids), SHOPS_AT_ONCE):
        shops = model.shops(retailer_ids[start : start + SHOPS_AT_ONCE])
        scored = model.score(shops, name)
        for one, rules in resolved.items():
            by_blend = model.score(shops, name, blends[one]) if one in blends else scored
            ranked = rules.ranked(by_blend.totals, by_blend.offers, k)
            score = np.take_along_axis(scored.totals, np.maximum(ranked, 0), axis=1)
            chance = np.array(model.chances(scored, shops, name, ranked), dtype=np.float64)
            parts[one].append((ranked, _total(score, ranked), _total(chance, ranked)))
    return {one: _outcome(found, k, facts) for one, found in parts.items()}


def _outcome(parts: list[tuple[Ints, Floats, Floats]], k: int, facts: ProductFacts) -> Outcome:
    none = (np.zeros((0, k), dtype=np.int64), np.zeros(0), np.zeros(0))
    ranked, score, orders = (np.concatenate(one) for one in zip(*(parts or [none]), strict=True))
    margin = np.where(ranked >= 0, facts.margin[np.maximum(ranked, 0)], np.nan)
    known = np.isfinite(margin).sum(axis=1)
    mean = np.where(known > 0, np.nansum(margin, axis=1) / np.maximum(known, 1), np.nan)
    return Outcome(ranked, score, orders, mean, variety(ranked, facts))


def _total(values: Floats, ranked: Ints) -> Floats:
    return np.asarray(np.where(ranked >= 0, values, 0.0).sum(axis=1))


def variety(ranked: Ints, facts: ProductFacts) -> Floats:
    """One less the mean likeness of two lines of a list, by `ProductFacts.features`.

    The mean over pairs follows from the length of the lines' sum, so that no pair is
    looked at: |sum|^2 = lines + 2 x likeness of all pairs.
    """
    held = _held(ranked, len(facts))
    total = held @ facts.features
    square = np.asarray(total.multiply(total).sum(axis=1)).ravel()
    own = held @ np.asarray(facts.features.multiply(facts.features).sum(axis=1)).ravel()
    lines = (ranked >= 0).sum(axis=1)
    pairs = lines * (lines - 1)
    return np.where(pairs > 0, 1.0 - (square - own) / np.maximum(pairs, 1), np.nan)


def _held(ranked: Ints, products: int) -> sp.csr_array:
    row, place = np.nonzero(ranked >= 0)
    cells = (np.ones(len(row)), (row, ranked[row, place]))
    return sp.csr_array(cells, shape=(len(ranked), products))
