"""How likely a product is to be ordered within 28 days, learned from what happened.

The score ranks products within a shop; it says nothing of how often that shop
orders at all. So the chance is a logistic function of the score (Platt 1999), of its
place on the shop's list, and of features of the shop beside them: its activity, and
the mean score of what the list could hold. It rises with the score and falls with the
place, so within one list it never contradicts the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.recommend.habits import HALF_LIVES, Habits
from smartreco.recommend.logistic import fit_coefficients, logistic

Floats = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]

RIDGE = 1.0  # against hundreds of offers: keeps chances off 0 and 1 where data are few
LAST_PLACE = 200  # beyond, all places are equally far down
SCORE, PLACE = 1, 2  # columns of the features, after the constant
SIGNS: Final = {SCORE: 1.0, PLACE: -1.0}
"""What a coefficient must be: a chance may not fall with the score, nor rise with the place."""


@dataclass(frozen=True)
class Calibration:
    """Coefficients of each list: constant, score, log place, then the shop's features."""

    coefficients: Mapping[ListName, Floats]

    def probability(self, name: ListName, score: Floats, place: IntArray, shop: Floats) -> Floats:
        """Chance of an order, shops x products.

        Parameters
        ----------
        score, place
            Shops x products: the mix, and the place on the shop's list from 0.
        shop
            `shop_features`.
        """
        found = self.coefficients[name]
        own = shop @ found[PLACE + 1 :] + found[0]
        return np.asarray(
            logistic(found[SCORE] * score + found[PLACE] * _log(place) + own[:, None])
        )

    def chances(
        self,
        name: ListName,
        as_of_day: int,
        habits: Habits,
        scores: Floats,
        mask: Mask,
        products: IntArray,
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
        features = shop_features(as_of_day, habits, scores, mask)
        found = self.probability(name, asked, places(scores, mask, asked), features)
        return [
            row.tolist() if size else [None] * len(row)
            for row, size in zip(found, np.diff(habits.start), strict=True)
        ]


def places(scores: Floats, mask: Mask, asked: Floats) -> IntArray:
    """How many candidates of each shop score higher than each asked score, shops x asked.

    Counted up to `LAST_PLACE`.
    """
    best_first = np.where(mask, -scores, np.inf)
    if best_first.shape[1] > LAST_PLACE:
        best_first = np.partition(best_first, LAST_PLACE - 1, axis=1)[:, :LAST_PLACE]
    ordered = np.sort(best_first, axis=1)
    return np.stack([np.searchsorted(*one) for one in zip(ordered, -asked, strict=True)])


def shop_features(as_of_day: int, habits: Habits, scores: Floats, mask: Mask) -> Floats:
    """What is known of each shop beside the score: shops x 5.

    Log of lines ordered lately and in the last months, of products ever ordered, of
    days since the last order, and the mean score of the list's candidates: a shop's
    scores say how far a product stands out only against that.
    """
    lately, season = (
        np.bincount(habits.shop, habits.counts(half_life), minlength=len(habits))
        for half_life in HALF_LIVES[:2]
    )
    last = np.zeros(len(habits), dtype=np.int64)
    np.maximum.at(last, habits.shop, habits.last)
    mean = np.einsum("sp,sp->s", scores, mask) / np.maximum(mask.sum(axis=1), 1)
    return np.column_stack(
        [
            np.log1p(lately), np.log1p(season), np.log1p(np.diff(habits.start)),
            np.log1p(as_of_day - last), mean,
        ]
    )  # fmt: skip


def fit_logistic(
    score: Floats, place: IntArray, shop: Floats, ordered: npt.NDArray[np.bool_]
) -> Floats:
    """Coefficients from past offers and their outcome.

    Parameters
    ----------
    score, place, ordered
        One entry an offer.
    shop
        Offers x features: `shop_features` of the shop of each offer.
    """
    features = np.column_stack([np.ones(len(score)), score, _log(place), shop])
    found = fit_coefficients(features, ordered, strength=RIDGE)
    for column, sign in SIGNS.items():
        if found[column] * sign < 0:
            features[:, column] = 0.0
            found = fit_coefficients(features, ordered, strength=RIDGE)
    return found


def _log(place: IntArray) -> Floats:
    return np.log1p(np.minimum(place, LAST_PLACE)).astype(np.float64)
