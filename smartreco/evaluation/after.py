"""What came of published lists: shares with intervals, and which differences are more than noise.

Lines of one shop are not independent of each other, so shops are what is drawn: 95 %
intervals come from drawing shops with replacement, the same draw for all that is compared
(cluster bootstrap). Nothing here compares at random: versions hold one after the other, in
other weeks and for other shops, and a difference has more causes than the version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.measures.bootstrap import shop_weights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEWEST_SHOPS: Final = 10  # below, a handful of shops would speak for all
FEWEST_LINES: Final = 100
DRAWS: Final = 1000
Z: Final = 1.959963984540054  # of a 95 % interval
EVEN: Final = 1.1  # times that the lines of one version may have been seen longer than another's
BINS: Final = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0)  # of stated chances


@dataclass(frozen=True, slots=True)
class Share:
    """A share of lines with its 95 % interval over shops.

    ``share`` is None below `FEWEST_SHOPS` shops or `FEWEST_LINES` lines: not enough data.
    """

    hits: int
    lines: int
    shops: int
    share: float | None
    low: float | None
    high: float | None


class Verdict(StrEnum):
    """What a difference between two versions says."""

    MORE = "more"  # beyond noise
    LESS = "less"
    NOISE = "noise"
    UNEVEN = "uneven"  # one's lines were seen for longer: shares cannot be compared
    FEW = "few"  # not enough data for one of them


@dataclass(frozen=True, slots=True)
class Gap:
    """The share of one group less that of another, the same shops drawn for both."""

    difference: float | None
    low: float | None
    high: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Promise:
    """What was said of some lines and what came true of the same ones."""

    low: float
    high: float
    said: float
    came: Share


@dataclass(frozen=True)
class Lines:
    """Lines whose time has passed, one entry a line.

    Attributes
    ----------
    shop
        Codes from 0 to ``shops``.
    days
        For which each could be seen to be acted on.
    said
        Probability stated when it was shown; NaN: none.
    done
        For each outcome whether it happened.
    """

    shop: Ints
    shops: int
    days: Floats
    said: Floats
    done: dict[str, npt.NDArray[np.bool_]]
    seed: int = 20260

    @classmethod
    def of(cls, frame: pd.DataFrame, outcomes: Sequence[str]) -> Lines:
        """From columns shop, days, said and one a outcome."""
        codes, names = pd.factorize(frame["shop"], sort=True)
        return cls(
            codes.astype(np.int64), len(names), frame["days"].to_numpy(dtype=np.float64),
            frame["said"].to_numpy(dtype=np.float64),
            {name: frame[name].to_numpy(dtype=bool) for name in outcomes},
        )  # fmt: skip

    def only(self, some: npt.NDArray[np.bool_]) -> Lines:
        """Some of them; draws stay those of all shops, so that parts can be compared."""
        done = {name: one[some] for name, one in self.done.items()}
        part = Lines(self.shop[some], self.shops, self.days[some], self.said[some], done, self.seed)
        part.__dict__["_weights"] = self._weights
        return part

    @staticmethod
    def nothing() -> Share:
        """The share of no line."""
        return Share(0, 0, 0, None, None, None)

    def shares(self, outcome: str, group: Sequence[Any] | npt.NDArray[Any]) -> dict[Any, Share]:
        """Share of each group's lines with an outcome.

        Parameters
        ----------
        group
            One entry a line: what it belongs to.
        """
        codes, names = pd.factorize(pd.Series(group), sort=True)
        hits, lines = self._counts(outcome, codes, len(names))
        drawn = _ratio(self._weights @ hits, self._weights @ lines)
        return {
            name: _share(hits[:, at], lines[:, at], drawn[:, at]) for at, name in enumerate(names)
        }

    def gap(self, outcome: str, after: npt.NDArray[np.bool_], before: npt.NDArray[np.bool_]) -> Gap:
        """Share among some lines less that among others."""
        either = after | before
        hits, lines = self.only(either)._counts(outcome, after[either].astype(np.int64), 2)
        drawn = _ratio(self._weights @ hits, self._weights @ lines)
        ends = [_share(hits[:, at], lines[:, at], drawn[:, at]) for at in (0, 1)]
        if ends[0].share is None or ends[1].share is None:
            return Gap(None, None, None, Verdict.FEW)
        difference = ends[1].share - ends[0].share
        low, high = _interval(drawn[:, 1] - drawn[:, 0])
        seen = [float(self.days[some].mean()) for some in (before, after)]
        if max(seen) > EVEN * min(seen):
            return Gap(difference, low, high, Verdict.UNEVEN)
        sure = Verdict.MORE if low > 0 else Verdict.LESS if high < 0 else Verdict.NOISE
        return Gap(difference, low, high, sure)

    def promises(self, outcome: str) -> tuple[Promise, ...]:
        """Lines by their stated chance, in bins of `BINS`: what was said and what came true."""
        stated = np.isfinite(self.said)
        at = np.clip(np.searchsorted(BINS, self.said, side="right") - 1, 0, len(BINS) - 2)
        found = self.shares(outcome, np.where(stated, at, -1))
        return tuple(
            Promise(BINS[one], BINS[one + 1], float(self.said[stated & (at == one)].mean()), share)
            for one, share in found.items()
            if one >= 0
        )

    @cached_property
    def _weights(self) -> Floats:
        """How often each draw took each shop, draws x shops."""
        rng = np.random.default_rng(self.seed)
        blocks = list(shop_weights(self.shops, rng, DRAWS))
        return np.vstack(blocks) if blocks else np.zeros((DRAWS, 0))

    def _counts(self, outcome: str, codes: npt.NDArray[Any], groups: int) -> tuple[Floats, Floats]:
        """Lines with the outcome and all lines, shops x groups."""
        cell, shape = self.shop * groups + codes, (self.shops, groups)
        size = self.shops * groups
        done = self.done[outcome].astype(np.float64)
        hits = np.bincount(cell, done, minlength=size).reshape(shape)
        return np.asarray(hits), np.bincount(cell, minlength=size).reshape(shape).astype(np.float64)


def wilson(hits: float, of: float) -> tuple[float, float]:
    """Interval of a share by Wilson (1927), for shares at an end, where draws all agree.

    >>> [round(one, 3) for one in wilson(0, 20)]
    [0.0, 0.161]
    """
    share, square = hits / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z / (1 + square / of) * np.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return max(float(middle - half), 0.0), min(float(middle + half), 1.0)


def _ratio(hits: Floats, lines: Floats) -> Floats:
    return np.divide(hits, lines, out=np.full_like(hits, np.nan), where=lines > 0)


def _share(hits: Floats, lines: Floats, drawn: Floats) -> Share:
    """From one group's counts by shop and its share in each draw."""
    some, every, shops = int(hits.sum()), int(lines.sum()), int((lines > 0).sum())
    if shops < FEWEST_SHOPS or every < FEWEST_LINES:
        return Share(some, every, shops, None, None, None)
    if some in (0, every):  # every draw says the same: shops count as one line each
        low, high = wilson(some / every * shops, shops)
    else:
        low, high = _interval(drawn)
    return Share(some, every, shops, some / every, low, high)


def _interval(drawn: Floats) -> tuple[float, float]:
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return float(low), float(high)
