"""From the lists of the judged shops to figures, and what each shop does to each of them.

Every figure comes with its influence: how far it moves, per shop, when a shop counts once more.
A mean's influence is the distance of a shop's value from it; coverage has its jackknife's
(what only one shop's list shows is gone without that shop); the error of chances is taken with
the signs it has. So one product with the bootstrap's draws gives the interval of every figure,
every change and every segment at once (Efron 1982, "The jackknife, the bootstrap and other
resampling plans").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from smartreco.evaluation.bench.window import Window
from smartreco.measures import ranking

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NAMES: Final = (
    "precision", "recall", "ndcg", "coverage", "novelty", "diversity", "calibration",
)  # fmt: skip
BINS: Final = 10  # of stated chances, as `measures.calibration`


class Figure(NamedTuple):
    """A figure and its influence, one entry a drawn shop; NaN and zeros: not measured."""

    value: float
    influence: Floats


@dataclass(frozen=True)
class Lists:
    """One list of every drawn shop.

    Attributes
    ----------
    ranked
        Shops x k positions of products, -1 beyond the end.
    hits, soon
        Shops x k: ordered in the window, in its first 28 days (None: it is shorter).
    chances
        Shops x k: stated chances, NaN where none; None: the model states none.
    relevant
        Products of each shop that the list could have hit.
    """

    ranked: Ints
    hits: Mask
    soon: Mask | None
    chances: Floats | None
    relevant: npt.NDArray[np.integer]

    @property
    def measured(self) -> Mask:
        """Shops with something to hit."""
        return self.relevant > 0


@dataclass(frozen=True)
class Figures:
    """Every figure of one list; ``ndcg`` holds one entry a shop, NaN where none."""

    shops: int
    named: Mapping[str, Figure]
    ndcg: Floats
    lists: Lists


def figures(lists: Lists, window: Window) -> Figures:
    """Measure the lists of the drawn shops."""
    ndcg = ranking.ndcg(lists.hits, lists.relevant)
    shown = np.where(lists.measured[:, None], lists.ranked, -1)
    listed = shown >= 0
    many = listed.sum(axis=1)
    bits = np.where(listed, window.bits[np.maximum(shown, 0)], 0.0).sum(axis=1)
    with np.errstate(invalid="ignore"):
        named = {
            "precision": average(ranking.precision(lists.hits, lists.relevant)),
            "recall": average(ranking.recall(lists.hits, lists.relevant)),
            "ndcg": average(ndcg),
            "coverage": coverage(shown, window.active),
            "novelty": average(np.where(many > 0, bits / np.maximum(many, 1), np.nan)),
            "diversity": average(window.likeness.diversity(shown)),
            "calibration": _calibration(lists, window.weight),
        }
    return Figures(int(lists.measured.sum()), named, ndcg, lists)


def average(values: Floats) -> Figure:
    """Mean over the shops that have a value; its influence over all drawn ones."""
    known = np.isfinite(values)
    if not known.any():
        return unmeasured(len(values))
    mean = float(values[known].mean())
    away = np.where(known, values - mean, 0.0)
    return Figure(mean, away * (len(values) / known.sum()))


def coverage(ranked: Ints, products: int) -> Figure:
    """Share of the products that some list shows.

    The jackknife stands in for the bootstrap, which draws some shops twice and so never sees
    all that the lists show.
    """
    row, place = np.nonzero(ranked >= 0)
    if not products:
        return unmeasured(len(ranked))
    if not len(row):
        return Figure(0.0, np.zeros(len(ranked)))
    product = ranked[row, place]
    lists = np.bincount(product)
    alone = np.bincount(row[lists[product] == 1], minlength=len(ranked))
    shown = np.bincount(row, minlength=len(ranked)) > 0
    shops = int(shown.sum())
    away = np.where(shown, alone - alone[shown].mean(), 0.0) * (shops - 1) / products
    return Figure(int((lists > 0).sum()) / products, away * (len(ranked) / shops))


def unmeasured(shops: int) -> Figure:
    """Nothing to say."""
    return Figure(float("nan"), np.zeros(shops))


def _calibration(lists: Lists, weight: Floats) -> Figure:
    """Expected calibration error of the chances of the listed products."""
    if lists.chances is None or lists.soon is None:
        return unmeasured(len(weight))
    stated = (lists.ranked >= 0) & np.isfinite(lists.chances)
    row, place = np.nonzero(stated)
    if not len(row):
        return unmeasured(len(weight))
    said = lists.chances[row, place]
    gap = (said - lists.soon[row, place]) * weight[row]
    at = np.clip((said * BINS).astype(np.int64), 0, BINS - 1)
    total = np.bincount(at, gap, minlength=BINS)
    cases = float(weight[row].sum())
    error = float(np.abs(total).sum()) / cases
    by_shop = np.bincount(row, np.sign(total)[at] * gap, minlength=len(weight))
    counted = np.bincount(row, weight[row], minlength=len(weight))
    return Figure(error, len(weight) * (by_shop - error * counted) / cases)
