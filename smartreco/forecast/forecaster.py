"""The whole forecast of a panel: season, festivals, level, bands; all series at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd

from smartreco.errors import InputError, NotEnoughDataError
from smartreco.forecast.arrays import Days, Floats, Ints, Mask, Texts
from smartreco.forecast.error_pools import SMALL, Judged
from smartreco.forecast.festivals import FestivalSettings, festival_effect
from smartreco.forecast.level import Levels, LevelSettings, levels
from smartreco.forecast.panel import Panel
from smartreco.forecast.parts import Parts
from smartreco.forecast.quantiles import QuantileSettings, quantiles
from smartreco.forecast.scale import step_scale
from smartreco.forecast.season import SeasonSettings, season

FEWEST_WEEKS: Final = 12
FOLLOWS: Final = (0.5, 2.0)  # how far bands follow a mean that is moved
ENOUGH: Final = 50  # series of a level, from which on it learns how to weigh its smoothers
OWN_POOL: Final = 30  # series of a level, from which on they are a pool of their own
LEVEL, ID, PERIOD_START, FORECAST = "level", "id", "period_start", "forecast"
QUANTILE_COLUMNS: Final = ("q025", "q10", "q50", "q90", "q975")
COLUMNS: Final = (LEVEL, ID, PERIOD_START, FORECAST, *QUANTILE_COLUMNS)


@dataclass(frozen=True, slots=True)
class ForecastSettings:
    """Settings of every part."""

    season: SeasonSettings = field(default_factory=SeasonSettings)
    festivals: FestivalSettings = field(default_factory=FestivalSettings)
    level: LevelSettings = field(default_factory=LevelSettings)
    quantiles: QuantileSettings = field(default_factory=QuantileSettings)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a panel will ask for.

    Attributes
    ----------
    ids, levels
        Of each series.
    starts
        First day of each period ahead.
    mean
        Expected pieces: series x horizon; means of parts sum to the mean of the whole.
    quantiles
        At `smartreco.forecast.quantiles.PROBABILITIES`: series x horizon x 5.
    parts
        What the mean is made of.
    reconciled
        Whether means agree across levels.
    """

    ids: Texts
    levels: Texts
    starts: Days
    mean: Floats
    quantiles: Floats
    parts: Parts
    reconciled: bool = False

    @property
    def horizon(self) -> int:
        """Periods ahead."""
        return int(self.mean.shape[1])

    def take(self, rows: Ints | Mask) -> Forecast:
        """Forecasts of some series."""
        return replace(
            self, ids=self.ids[rows], levels=self.levels[rows], mean=self.mean[rows],
            quantiles=self.quantiles[rows], parts=self.parts.take(rows),
        )  # fmt: skip

    def at(self, level: str) -> Forecast:
        """Forecasts of one level."""
        return self.take(np.flatnonzero(self.levels == level))

    def moved_to(self, mean: Floats, reconciled: bool) -> Forecast:
        """The forecast around another mean: bands widen and narrow with it, within `FOLLOWS`.

        A mean of nearly nothing may grow a thousandfold and still be nearly nothing;
        its band must not.
        """
        ratio = np.divide(mean, self.mean, out=np.ones_like(mean), where=self.mean > 0)
        bands = self.quantiles * np.clip(ratio, *FOLLOWS)[:, :, None]
        parts = self.parts.moved_to(mean)
        return replace(self, mean=mean, quantiles=bands, parts=parts, reconciled=reconciled)

    def frame(self) -> pd.DataFrame:
        """Columns `COLUMNS`, a row a series and period."""
        n, horizon = self.mean.shape
        columns = {
            LEVEL: np.repeat(self.levels, horizon),
            ID: np.repeat(self.ids, horizon),
            PERIOD_START: np.tile(self.starts.astype("datetime64[s]"), n),
            FORECAST: self.mean.ravel(),
        }
        bands = {name: self.quantiles[:, :, at].ravel() for at, name in enumerate(QUANTILE_COLUMNS)}
        return pd.DataFrame({**columns, **bands})


def forecast(panel: Panel, horizon: int, settings: ForecastSettings | None = None) -> Forecast:
    """Forecast every series of a panel, each on its own: levels need not agree yet.

    Parameters
    ----------
    horizon
        Weeks ahead.

    Raises
    ------
    InputError
        The horizon is not positive.
    NotEnoughDataError
        The panel has under `FEWEST_WEEKS` weeks.
    """
    settings = settings or ForecastSettings()
    if horizon < 1:
        raise InputError("a horizon is one period or more", str(horizon), "choose a longer one")
    if panel.weeks < FEWEST_WEEKS:
        raise NotEnoughDataError(
            f"a forecast needs {FEWEST_WEEKS} full weeks of orders", f"{panel.weeks}",
            "import more orders, or choose a later day",
        )  # fmt: skip
    if not len(panel):
        raise NotEnoughDataError("a forecast needs a series", "none with this name")
    demand, begins = panel.demand, panel.begins
    T = panel.weeks
    unit = _unit(demand, begins)
    festival = festival_effect(panel, horizon, settings.festivals)
    seasonal = _season(demand - festival[:, :T], panel, horizon, settings.season)
    moving = seasonal + festival
    pools = pools_of(panel.levels)
    few = few_in_level(panel.levels)
    fitted = levels(demand - moving[:, :T], begins, unit, pools, horizon, settings.level, few)

    def past(weeks: Ints, step: int) -> Floats:
        return np.maximum(fitted.ahead(weeks, step) + moving[:, weeks + step], 0.0)

    parts = _parts(fitted, seasonal[:, T:], festival[:, T:])
    judged = Judged(demand, panel.observed, begins, unit, pools, few)
    mean = parts.total()
    bands = quantiles(judged, past, mean, settings.quantiles)
    return Forecast(panel.ids, panel.levels, panel.ahead(horizon), mean, bands, parts)


def _unit(demand: Floats, begins: Ints) -> Floats:
    known = np.arange(demand.shape[1])[None, :] >= begins[:, None]
    mean = demand.sum(axis=1) / np.maximum(known.sum(axis=1), 1)
    return step_scale(demand, known, mean)


def _season(demand: Floats, panel: Panel, horizon: int, settings: SeasonSettings) -> Floats:
    """Season by pools: each level of `OWN_POOL` series, and all smaller levels together.

    A total moves with the year far more than its noise, a product far less; in one
    pool the products' doubt would flatten the total.
    """
    found = np.zeros((len(panel), panel.weeks + horizon))
    pool = pools_of(panel.levels)
    for at in np.unique(pool):
        rows = np.flatnonzero(pool == at)
        found[rows] = season(demand[rows], panel.groups[rows], horizon, settings)
    return found


def pools_of(levels: Texts) -> Ints:
    """Each level of `OWN_POOL` series is a pool, and all smaller levels together are one."""
    _, member, size = np.unique(levels, return_inverse=True, return_counts=True)
    return np.asarray(np.where(size >= OWN_POOL, np.arange(len(size)), SMALL)[member])


def few_in_level(levels: Texts) -> Mask:
    """Series of levels with fewer than `ENOUGH`."""
    _, member, size = np.unique(levels, return_inverse=True, return_counts=True)
    return np.asarray((size < ENOUGH)[member])


def _parts(fitted: Levels, seasonal: Floats, festival: Floats) -> Parts:
    """Level is what is reached now, trend all that drift adds to it."""
    steps = np.arange(seasonal.shape[1])[None, :]
    level = np.repeat(fitted.flat[:, [-1]], seasonal.shape[1], axis=1)
    trend = fitted.base[:, [-1]] - fitted.flat[:, [-1]] + fitted.slope[:, [-1]] * steps
    return Parts(level, trend, seasonal, festival, np.zeros_like(level)).floored()
