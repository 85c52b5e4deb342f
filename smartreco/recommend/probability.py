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
RIDGE = 1.0  # against hundreds of offers: keeps chances off 0 and 1 where data are few


@dataclass(frozen=True)
class Calibration:
    """Coefficients of each list: constant, score, then the shop's features."""

    coefficients: Mapping[ListName, Floats]

    def probability(self, name: ListName, score: Floats, features: Floats) -> Floats:
        """Chance of an order, shops x products, from scores and `shop_features`."""
        found = self.coefficients[name]
        shop = features @ found[2:] + found[0]
        return np.asarray(_logistic(found[1] * score + shop[:, None]))

    def chances(
        self,
        name: ListName,
        habits: Habits,
        scores: Floats,
        mask: npt.NDArray[np.bool_],
        products: npt.NDArray[np.integer],
    ) -> list[list[float | None]]:
        """Probabilities of some products of each shop; None for shops without any order.

        Parameters
        ----------
        scores, mask
            Shops x products: the mix, and what the list may hold.
        products
            Shops x k positions; what stands at -1 has no meaning.
        """
        asked = np.take_along_axis(scores, np.maximum(products, 0), axis=1)
        found = self.probability(name, asked, shop_features(habits, scores, mask))
        return [
            row.tolist() if size else [None] * len(row)
            for row, size in zip(found, np.diff(habits.start), strict=True)
        ]


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
