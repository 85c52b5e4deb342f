"""Two classical models of one series: exponential smoothing and unobserved components.

Which form of each is taken (with or without trend, with or without a year) is chosen by
the information criterion on what is known, never by what comes after.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import pandas as pd
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.statespace.structural import UnobservedComponents

from smartreco.forecast.arrays import Floats

YEAR_OF_WEEKS: Final = 52.18
HARMONICS: Final = 2  # of the year
WEEKS_FOR_A_YEAR: Final = 62  # as the pooled season asks for
BANDS: Final = (0.05, 0.2)  # what lies outside of them: 95 % and 80 %

ETS, UCM = "ets", "ucm"

#: Form of a model -> what statsmodels is asked for.
FORMS: Final[Mapping[str, Mapping[str, Mapping[str, Any]]]] = MappingProxyType(
    {
        ETS: {
            "level": {"error": "add", "trend": None},
            "damped trend": {"error": "add", "trend": "add", "damped_trend": True},
        },
        UCM: {
            "level": {"level": "local level"},
            "trend": {"level": "local linear trend"},
            "level and year": {
                "level": "local level",
                "freq_seasonal": [{"period": YEAR_OF_WEEKS, "harmonics": HARMONICS}],
                "stochastic_freq_seasonal": [False],
            },
        },
    }
)


@dataclass(frozen=True, slots=True)
class Fit:
    """One model on one past.

    Attributes
    ----------
    form
        Key of `FORMS` that was taken.
    criterion
        AICc; less is better, comparable within a model only.
    mean, quantiles
        Ahead: weeks, weeks x 5 (`smartreco.forecast.quantiles.PROBABILITIES`); 0 or more.
    residuals
        Errors one week ahead, in pieces; the first, on which the model starts, left out.
    level, season
        What the model takes for level and for the year, by week of the past; None where
        the form has no year.
    """

    form: str
    criterion: float
    mean: Floats
    quantiles: Floats
    residuals: Floats
    level: Floats
    season: Floats | None


def fit(model: str, demand: Floats, horizon: int, form: str | None = None) -> Fit:
    """Fit `ETS` or `UCM`.

    Parameters
    ----------
    demand
        Pieces of each week, nothing missing.
    form
        None: the one with the least criterion.
    """
    forms = FORMS[model]
    if form is None:
        useful = [one for one in forms if "year" not in one or len(demand) >= WEEKS_FOR_A_YEAR]
        return min((fit(model, demand, horizon, one) for one in useful), key=_criterion)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a search that stopped early: its fit is judged below
        return _FITS[model](demand, horizon, form)


def _criterion(fitted: Fit) -> float:
    return fitted.criterion if np.isfinite(fitted.criterion) else np.inf


def _ets(demand: Floats, horizon: int, form: str) -> Fit:
    series = pd.Series(demand)  # get_prediction fails on arrays (statsmodels 0.15)
    found = ETSModel(series, **FORMS[ETS][form]).fit(disp=False)
    ahead = found.get_prediction(start=len(demand), end=len(demand) + horizon - 1)
    frames = [ahead.summary_frame(alpha=one) for one in BANDS]
    bounds = [frame[["pi_lower", "pi_upper"]].to_numpy() for frame in frames]
    level = np.asarray(found.level, dtype=float)
    return Fit(
        form, float(found.aicc), *_ahead(frames[0]["mean"].to_numpy(), bounds),
        np.asarray(found.resid, dtype=float)[1:], level, None,
    )  # fmt: skip


def _ucm(demand: Floats, horizon: int, form: str) -> Fit:
    found = UnobservedComponents(demand, **FORMS[UCM][form]).fit(disp=False, maxiter=200)
    ahead = found.get_forecast(horizon)
    bounds = [np.asarray(ahead.conf_int(alpha=one)) for one in BANDS]
    burnt = max(int(found.loglikelihood_burn), 1)
    season = found.freq_seasonal[0].smoothed if "year" in form else None
    return Fit(
        form, float(found.aicc), *_ahead(np.asarray(ahead.predicted_mean), bounds),
        np.asarray(found.resid, dtype=float)[burnt:],
        np.asarray(found.level.smoothed, dtype=float),
        None if season is None else np.asarray(season, dtype=float),
    )  # fmt: skip


def _ahead(mean: Floats, bounds: list[Floats]) -> tuple[Floats, Floats]:
    """Demand is not negative: what lies below nothing is nothing."""
    wide, narrow = bounds
    five = [wide[:, 0], narrow[:, 0], mean, narrow[:, 1], wide[:, 1]]
    return np.maximum(mean, 0.0), np.maximum(np.stack(five, axis=1), 0.0)


_FITS: Final[Mapping[str, Callable[[Floats, int, str], Fit]]] = {ETS: _ets, UCM: _ucm}
