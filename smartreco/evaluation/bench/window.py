"""A cut's judged shops and its products, as a bench needs them: drawn once, then only read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.evaluation.bench.likeness import Likeness
from smartreco.evaluation.protocol import Cut
from smartreco.evaluation.segments import Segment, segments
from smartreco.recommend.attributes import Attributes

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

MOST_SHOPS: Final = 1000
MOST_AWAY: Final = 0.2
"""Share of the drawn shops that ordered nothing in the window: only chances speak of them."""

DRAWS: Final = 1000
LEVELS: Final = (0.025, 0.975)


@dataclass(frozen=True)
class Window:
    """What is known of a cut's judged shops beside their scores.

    Attributes
    ----------
    cut
        Narrowed to the drawn shops.
    weight
        Judged shops that each drawn one stands for.
    resampled
        Draws x shops: how much more or less than once each shop is drawn, over their number.
        The same for every recipe, so that all are compared on the same draws.
    """

    cut: Cut
    weight: Floats
    likeness: Likeness
    resampled: Singles

    @classmethod
    def of(
        cls, cut: Cut, likeness: Likeness, rng: np.random.Generator, most: int = MOST_SHOPS
    ) -> Window:
        """Draw the judged shops, and the draws of the bootstrap."""
        rows, weight = _drawn(np.diff(cut.later.indptr) > 0, most, rng)
        narrowed = replace(
            cut, shops=cut.shops[rows], bought=cut.bought[rows], later=cut.later[rows],
            soon=None if cut.soon is None else cut.soon[rows],
        )  # fmt: skip
        counts = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=DRAWS)
        resampled = ((counts - 1.0) / len(rows)).astype(np.float32)
        return cls(narrowed, weight, likeness, resampled)

    def bounds(self, influence: npt.NDArray[np.floating]) -> Floats:
        """Limits of each column's 95 % interval, less its figure: 2 x columns.

        Parameters
        ----------
        influence
            Shops x columns: how far a figure moves for each shop, per shop (mean 0).
        """
        moved = self.resampled @ influence.astype(np.float32)
        ordered = np.sort(moved, axis=0)
        at = [round(level * (len(moved) - 1)) for level in LEVELS]
        return ordered[at].astype(np.float64)

    @cached_property
    def bits(self) -> Floats:
        """Novelty of each product: -log2 of the share of judged shops that bought it before."""
        buyers = np.bincount(self.cut.bought.indices, minlength=self.cut.bought.shape[1])
        return np.asarray(-np.log2(np.maximum(buyers, 1) / max(len(self.cut.shops), 1)))

    @cached_property
    def active(self) -> int:
        """Products that a list may hold."""
        return int(self.cut.active.sum())

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Kinds of the drawn shops."""
        return tuple(segments(self.cut))


def likeness_of(cut: Cut) -> Likeness:
    """Of the products of a cut: the same before and after it."""
    return Likeness(Attributes.of_products(cut.training.products))


def _drawn(
    back: npt.NDArray[np.bool_], most: int, rng: np.random.Generator
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Positions of the drawn shops, mostly of those that came back, and what each stands for."""
    came, away = np.flatnonzero(back), np.flatnonzero(~back)
    if len(back) <= most:
        return np.arange(len(back)), np.ones(len(back))
    absent = min(len(away), max(round(MOST_AWAY * most), most - len(came)))
    present = min(len(came), most - absent)
    rows = np.concatenate(
        [rng.choice(came, present, replace=False), rng.choice(away, absent, replace=False)]
    )
    weight = np.repeat([len(came) / max(present, 1), len(away) / max(absent, 1)], [present, absent])
    order = np.argsort(rows)
    return rows[order], weight[order]
