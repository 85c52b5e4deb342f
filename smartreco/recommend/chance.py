"""A probability said in pieces: what each thing known adds to it, in log-odds."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import Final

import numpy as np

from smartreco.entities import ListName
from smartreco.recommend.logistic import logistic
from smartreco.recommend.model import Model
from smartreco.recommend.probability import LAST_PLACE, places, shop_features
from smartreco.recommend.scoring import Scored
from smartreco.recommend.standing import Standing

CONSTANT, SCORE, PLACE = "constant", "score", "place"
LATELY, SEASON, RANGE, SINCE, MEAN = "lately", "season", "range", "since", "mean"
FEATURES: Final = (CONSTANT, SCORE, PLACE, LATELY, SEASON, RANGE, SINCE, MEAN)
COUNTED: Final = {PLACE, LATELY, SEASON, RANGE, SINCE}  # logarithms of one and a count


@dataclass(frozen=True, slots=True)
class ChancePart:
    """What one thing adds.

    ``value`` : as counted: the place from 1, lines, products, days; scores in their units.
    ``adds`` : to the log-odds.
    """

    feature: str
    value: float
    adds: float


@dataclass(frozen=True)
class Chance:
    """How likely the product is ordered within 28 days, and on what that rests.

    ``error`` : how far such probabilities were off, on average, on the weeks they were learned
    from; None where that was not measured.
    """

    probability: float
    parts: tuple[ChancePart, ...]
    error: float | None

    @property
    def log_odds(self) -> float:
        """Their sum: the probability is its logistic."""
        return fsum(part.adds for part in self.parts)


def chance(model: Model, stands: Standing, name: ListName) -> Chance | None:
    """The probability of a product; None where the data support none."""
    calibration, habits = model.calibration, stands.shop.habits
    if calibration is None or not len(habits.product):
        return None
    scored, weights = stands.scored, (model.calibrated or model.blend).weights[name]
    if model.blend.weights[name] != weights:  # learned by other weights: told by those
        scored = Scored.of(scored.components, scored.mask, weights, model.floors[name])
    scores, mask = scored.without_basket(), scored.mask
    asked = scores[:, [stands.product]]
    place = int(places(scores, mask, asked)[0, 0])
    own = shop_features(model.market.as_of_day, habits, scores, mask)[0]
    known = np.array([1.0, float(asked[0, 0]), np.log1p(min(place, LAST_PLACE)), *own])
    adds = known * calibration.coefficients[name]
    parts = tuple(
        ChancePart(feature, _counted(feature, float(value)), float(added))
        for feature, value, added in zip(FEATURES, known, adds, strict=True)
    )
    errors = model.facts.get("calibration_error", {})
    found = float(logistic(np.array(adds.sum())))
    return Chance(found, parts, errors.get(name.value))


def _counted(feature: str, value: float) -> float:
    if feature not in COUNTED:
        return value
    return float(np.expm1(value)) + (1.0 if feature == PLACE else 0.0)
