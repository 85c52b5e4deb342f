"""How likely a product is to be ordered within 28 days, learned from what happened.

The score ranks products within a shop; it says nothing of how often that shop
orders at all. So the chance is a logistic function of the score (Platt 1999) and
of features of the shop beside it: its activity, and the mean score of what the
list could hold. It rises with the score, so within one list it never
contradicts the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.recommend.habits import HALF_LIVES, Habits

Floats = npt.NDArray[np.float64]
STEPS = 30  # of Newton's method, which ends long before
RIDGE = 1e-3  # keeps coefficients finite where the cases could be told apart perfectly


@dataclass(frozen=True)
class Calibration:
    """Coefficients of each list: constant, score, then the shop's features."""

    coefficients: Mapping[ListName, Floats]

    def probability(self, name: ListName, score: Floats, features: Floats) -> Floats:
        """Chance of an order, shops x products, from scores and `shop_features`."""
        found = self.coefficients[name]
        shop = features @ found[2:] + found[0]
        return np.asarray(_logistic(found[1] * score + shop[:, None]))


def shop_features(habits: Habits, scores: Floats, mask: npt.NDArray[np.bool_]) -> Floats:
    """What is known of each shop beside the score: shops x 3.

    Log of lines ordered lately, log of products ever ordered, and the mean score
    of the list's candidates: a shop's scores say how far a product stands out
    only against that.
    """
    lately = np.bincount(habits.shop, habits.counts(HALF_LIVES[0]), minlength=len(habits))
    mean = np.einsum("sp,sp->s", scores, mask) / np.maximum(mask.sum(axis=1), 1)
    return np.column_stack([np.log1p(lately), np.log1p(np.diff(habits.start)), mean])


def fit_logistic(score: Floats, shop: Floats, ordered: npt.NDArray[np.bool_]) -> Floats:
    """Coefficients from past offers and their outcome; the score's is 0 or above.

    Parameters
    ----------
    score, ordered
        One entry an offer.
    shop
        Offers x features: `shop_features` of the shop of each offer.
    """
    features = np.column_stack([np.ones(len(score)), score, shop])
    found = _newton(features, ordered)
    if found[1] < 0:
        features[:, 1] = 0.0
        found = _newton(features, ordered)
    return found


def _newton(features: Floats, ordered: npt.NDArray[np.bool_]) -> Floats:
    found = np.zeros(features.shape[1])
    for _ in range(STEPS):
        chance = _logistic(features @ found)
        slope = features.T @ (ordered - chance) - RIDGE * found
        curve = (features * (chance * (1 - chance))[:, None]).T @ features
        step = np.linalg.solve(curve + RIDGE * np.eye(len(found)), slope)
        found = found + np.clip(step, -3.0, 3.0)
        if np.abs(step).max() < 1e-8:
            break
    return found


def _logistic(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -40.0, 40.0))))
