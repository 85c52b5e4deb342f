"""The yearly season: what the same week of another year says, as far as the pool can be trusted.

Two years hold each week twice, far too little to fit 52 effects a series. So three
signals (the same week, its neighbours, the group's same week) get one small vector
of coefficients, learned over the whole pool and shrunk to it series by series; how
hard, and how much of the outcome is kept, is what served the latest weeks. A signal
never uses the week it explains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask, Texts
from smartreco.forecast.scale import step_scale
from smartreco.forecast.summing import summed

YEAR: Final = 52
SHORTEST_OVERLAP: Final = 10  # weeks beyond a year, below which no season is fitted
YEARS_BACK: Final = 3
FEWEST_INNER: Final = 6  # weeks to learn from, and to choose on


@dataclass(frozen=True, slots=True)
class SeasonSettings:
    """How much is believed.

    Attributes
    ----------
    pulls
        Observations that the pool's coefficients may be worth; the first where there is
        too little to choose from.
    inner_share
        Share of the overlap, the latest, on which they are chosen.
    damping
        Weeks of overlap at which half of the season is kept.
    peak
        Standard errors that a single week must stand out by to be kept whole.
    group_pull
        Series that the profile of all is worth in a group's profile.
    """

    pulls: tuple[float, ...] = (12.0, 3.0, 50.0, 200.0)
    inner_share: float = 0.4
    damping: float = 2.0
    peak: float = 2.0
    peak_power: int = 3
    group_pull: float = 5.0


def season(
    values: Floats, groups: Texts, horizon: int, settings: SeasonSettings | None = None
) -> Floats:
    """Seasonal deviation in pieces: series x (weeks + horizon); zeros under 62 weeks of history.

    Parameters
    ----------
    values
        Demand, series x weeks.
    groups
        Series of one group share a profile.
    """
    settings = settings or SeasonSettings()
    n, T = values.shape
    overlap = T - YEAR
    if overlap < SHORTEST_OVERLAP or not n:
        return np.zeros((n, T + horizon))
    unit = step_scale(values, np.ones(values.shape, dtype=bool), values.mean(axis=1))[:, None]
    deviation = _detrended(values / unit)
    signals, known = _signals(deviation, groups, horizon, settings.group_pull)
    weight = _coefficients(signals, deviation, settings) * overlap / (overlap + settings.damping)
    explained = np.einsum("ntk,nk->nt", signals, weight)
    error = _spread(signals, deviation, weight)
    explained += _peaks(signals[:, :, 0], weight.sum(axis=1, keepdims=True), error, settings)
    return np.asarray(explained * known * unit)


def _detrended(scaled: Floats) -> Floats:
    """Take off mean and growth; growth is a year's change, shrunk where the overlap is short."""
    overlap = scaled.shape[1] - YEAR
    change = scaled[:, YEAR:] - scaled[:, :-YEAR]
    typical = 0.5 * np.median(change, axis=1) + 0.5 * change.mean(axis=1)
    slope = overlap / (overlap + YEAR / 2) * typical / YEAR
    weeks = np.arange(scaled.shape[1])
    flat = scaled - slope[:, None] * (weeks - scaled.shape[1] / 2)
    return np.asarray(flat - flat.mean(axis=1, keepdims=True))


def other_years(deviation: Floats, horizon: int, shift: int) -> tuple[Floats, Mask]:
    """Mean deviation in the same week (moved by `shift`) of earlier years, else of the next.

    Returns
    -------
    series x (weeks + horizon), and for which weeks there is one.
    """
    T = deviation.shape[1]
    total, count = np.zeros((len(deviation), T + horizon)), np.zeros(T + horizon)
    for back in (*range(1, YEARS_BACK + 1), -1):
        later = YEAR * back - shift
        first, last = max(later, 0), min(T + later, T + horizon)
        if back < 0 and count.any():
            last = min(last, int(np.flatnonzero(count)[0]))
        if first < last:
            total[:, first:last] += deviation[:, first - later : last - later]
            count[first:last] += 1
    return total / np.maximum(count, 1), count > 0


def _signals(
    deviation: Floats, groups: Texts, horizon: int, group_pull: float
) -> tuple[Floats, Mask]:
    """Same week, its neighbours, the group's week: series x (weeks + horizon) x 3."""
    same, known = other_years(deviation, horizon, 0)
    before, after = (other_years(deviation, horizon, shift)[0] for shift in (-1, 1))
    profiles, member = _profiles(deviation, groups, group_pull)
    shared = 0.5 * other_years(profiles, horizon, 0)[0]
    for shift in (-1, 1):
        shared += 0.25 * other_years(profiles, horizon, shift)[0]
    stacked = np.stack([same, 0.5 * (before + after), shared[member]], axis=2)
    return stacked * known[None, :, None], known


def _profiles(deviation: Floats, groups: Texts, pull: float) -> tuple[Floats, Ints]:
    """Mean deviation of each group, pulled to that of all; and each series' group."""
    member = np.asarray(np.unique(groups, return_inverse=True)[1])
    sums, size = summed(deviation, member), np.bincount(member)[:, None]
    return (sums + pull * deviation.mean(axis=0)) / (size + pull), member


def _centred(signals: Floats, deviation: Floats) -> tuple[Floats, Floats]:
    """Signals and deviations over the weeks that have a year before them, means taken off."""
    T = deviation.shape[1]
    x = signals[:, YEAR:T] - signals[:, YEAR:T].mean(axis=1, keepdims=True)
    y = deviation[:, YEAR:] - deviation[:, YEAR:].mean(axis=1, keepdims=True)
    return x, y


def _coefficients(signals: Floats, deviation: Floats, settings: SeasonSettings) -> Floats:
    """Least squares a series, pulled to the pool's as served its latest weeks best: series x 3."""
    x, y = _centred(signals, deviation)
    variance = np.maximum((deviation[:, YEAR:] ** 2).mean(axis=1), 1e-9)
    pull, kept = _belief(x, y, variance, settings)
    return np.asarray(_pulled(x, y, variance, pull) * kept)


def _pulled(x: Floats, y: Floats, variance: Floats, pull: float) -> Floats:
    """Coefficients of centred `y` on `x`, `pull` observations' worth towards the pool's."""
    across = x.transpose(0, 2, 1)
    gram, moment = across @ x, (across @ y[:, :, None])[:, :, 0]
    trust = 1 / np.maximum((y**2).sum(axis=1), 1e-9)
    pooled = np.tensordot(trust, gram, 1)
    ridge = (1e-3 * np.trace(pooled) + 1e-12) * np.eye(3)
    common = np.linalg.solve(pooled + ridge, trust @ moment)
    noise = pull * variance
    pulled = gram + noise[:, None, None] * np.eye(3)
    solved = np.linalg.solve(pulled, (moment + noise[:, None] * common)[:, :, None])
    return np.asarray(solved[:, :, 0])


def _belief(
    x: Floats, y: Floats, variance: Floats, settings: SeasonSettings
) -> tuple[float, float]:
    """Which pull, and how much of the season, served the latest weeks when learned before them.

    The share to keep has a closed form: the slope of what came on what was foretold.
    """
    weeks = y.shape[1]
    cut = weeks - max(FEWEST_INNER, int(weeks * settings.inner_share))
    if cut < FEWEST_INNER:
        return settings.pulls[0], 1.0
    learned = _recentred(x[:, :cut]), _recentred(y[:, :cut])
    later, came = _recentred(x[:, cut:]), _recentred(y[:, cut:])
    trust = 1 / variance
    best = (0.0, settings.pulls[0], 0.0)
    for pull in settings.pulls:
        foretold = np.einsum("ntk,nk->nt", later, _pulled(*learned, variance, pull))
        along = float(trust @ np.einsum("nt,nt->n", foretold, came))
        size = float(trust @ np.einsum("nt,nt->n", foretold, foretold))
        kept = min(max(along / max(size, 1e-12), 0.0), 1.0)
        gained = 2 * kept * along - kept**2 * size
        best = max(best, (gained, pull, kept))
    return best[1], best[2]


def _recentred(array: Floats) -> Floats:
    return np.asarray(array - array.mean(axis=1, keepdims=True))


def _spread(signals: Floats, deviation: Floats, weight: Floats) -> Floats:
    """Standard deviation of what the signals leave unexplained: series x 1."""
    x, y = _centred(signals, deviation)
    left = y - np.einsum("ntk,nk->nt", x, weight)
    return np.asarray(np.sqrt(np.maximum((left**2).mean(axis=1, keepdims=True), 1e-9)))


def _peaks(same: Floats, believed: Floats, error: Floats, settings: SeasonSettings) -> Floats:
    """Give back to outstanding weeks what shrinking took, if the season is reliable at all."""
    sure = np.maximum(1 - (settings.peak * error) ** 2 / np.maximum(same**2, 1e-9), 0)
    lost = np.maximum(1 - believed, 0)
    return np.asarray(sure * lost * same * np.clip(believed, 0, 1) ** settings.peak_power)
