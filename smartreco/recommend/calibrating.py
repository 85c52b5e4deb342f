"""Offers of the past and what became of them: where probabilities are learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.measures.calibration import reliability
from smartreco.recommend.blend import Blend, Weights, candidates
from smartreco.recommend.probability import Calibration, fit_logistic, shop_features
from smartreco.recommend.ranking import best
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.scoring import Scored, component_scores
from smartreco.recommend.trial import Trial

OFFERS = 50  # best products of each shop that are looked at: what a list can show
SHOPS_AT_ONCE = 128


@dataclass(frozen=True)
class Offers:
    """The best products of a list for many shops, one row an offer."""

    score: npt.NDArray[np.float64]
    place: npt.NDArray[np.int64]
    shop: npt.NDArray[np.float64]
    ordered: npt.NDArray[np.bool_]


def calibrate(
    trial: Trial,
    scorers: Mapping[str, Scorer[Any]],
    blend: Blend,
    floors: Mapping[ListName, Weights],
) -> tuple[Calibration, dict[str, float]]:
    """Learn the probability of each list; also how far off it is where it was learned."""
    coefficients, errors = {}, {}
    for name, offers in _offers(trial, scorers, blend, floors).items():
        found = fit_logistic(offers.score, offers.place, offers.shop, offers.ordered)
        coefficients[name] = found
        chance = Calibration({name: found}).probability(
            name, offers.score[:, None], offers.place[:, None], offers.shop
        )
        errors[name.value] = reliability(chance[:, 0], offers.ordered).error
    return Calibration(coefficients), errors


def _offers(
    trial: Trial,
    scorers: Mapping[str, Scorer[Any]],
    blend: Blend,
    floors: Mapping[ListName, Weights],
) -> dict[ListName, Offers]:
    """Score the shops block by block and keep the best of each list."""
    found: dict[ListName, list[Offers]] = {name: [] for name in blend.weights}
    for start in range(0, len(trial.shops), SHOPS_AT_ONCE):
        at = trial.shops[start : start + SHOPS_AT_ONCE]
        shops = replace(trial.market.shops(at), changed=True)  # weights may be older
        components = component_scores(scorers, shops)
        bought = shops.habits.bought(trial.market.shape[1])
        soon = trial.later[at].toarray() > 0
        for name, weights in blend.weights.items():
            mask = candidates(name, bought, trial.market.active)
            totals = Scored.of(components, mask, weights, floors[name]).totals
            features = shop_features(trial.market.as_of_day, shops.habits, totals, mask)
            ranked = best(np.where(mask, totals, -np.inf), OFFERS)
            row, place = np.nonzero(ranked >= 0)
            product = ranked[row, place]
            found[name].append(
                Offers(totals[row, product], place, features[row], soon[row, product])
            )
    return {
        name: Offers(
            np.concatenate([one.score for one in blocks]),
            np.concatenate([one.place for one in blocks]),
            np.vstack([one.shop for one in blocks]),
            np.concatenate([one.ordered for one in blocks]),
        )
        for name, blocks in found.items()
    }
