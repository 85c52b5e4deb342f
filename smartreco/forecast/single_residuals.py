"""Whether a model has left something in its errors that it could have used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox, het_arch
from statsmodels.tsa.stattools import acf

from smartreco.forecast.arrays import Floats, Ints

FEWEST_RESIDUALS: Final = 20
MOST_LAGS: Final = 26  # half a year
TESTED_LAGS: Final = 10
CLUSTER_LAGS: Final = 4
SURPRISES: Final = 3
FAR: Final = 3.0  # robust standard deviations, from which on a week is a surprise


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Tests on errors one week ahead; a p below .05 speaks against the assumption.

    Attributes
    ----------
    bias
        Mean error in pieces, and ``bias_p`` that it is 0 (t test).
    related_p
        That errors do not depend on earlier ones (Ljung-Box 1978, `TESTED_LAGS` lags).
    normal_p
        That they are normal (Jarque-Bera 1987); the model's bands take them to be.
    steady_p
        That calm and wild weeks do not come in clusters (Engle 1982).
    autocorrelation, band
        By lag from 1 on, and the half width within which chance alone keeps 95 %.
    surprises
        Places of the weeks that were furthest off, the furthest first.
    """

    n: int
    bias: float
    bias_p: float
    related_p: float
    normal_p: float
    steady_p: float
    autocorrelation: Floats
    band: float
    surprises: Ints


def diagnose(residuals: Floats) -> Diagnostics | None:
    """Look at errors; None where there are under `FEWEST_RESIDUALS`, or nothing varies."""
    n = len(residuals)
    if n < FEWEST_RESIDUALS or not np.isfinite(residuals).all() or np.ptp(residuals) == 0:
        return None
    lags = min(TESTED_LAGS, n // 5)
    away = residuals - residuals.mean()
    related = acorr_ljungbox(residuals, lags=[lags])["lb_pvalue"].iloc[0]
    correlation = acf(residuals, nlags=min(MOST_LAGS, n // 2 - 1), fft=False)[1:]
    return Diagnostics(
        n=n,
        bias=float(residuals.mean()),
        bias_p=float(stats.ttest_1samp(residuals, 0.0).pvalue),
        related_p=float(related),
        normal_p=float(stats.jarque_bera(residuals).pvalue),
        steady_p=float(het_arch(away, nlags=CLUSTER_LAGS, result_object=False)[1]),
        autocorrelation=np.asarray(correlation, dtype=float),
        band=float(stats.norm.ppf(0.975) / np.sqrt(n)),
        surprises=_surprises(residuals),
    )


def _surprises(residuals: Floats) -> Ints:
    away = np.abs(residuals - np.median(residuals))
    scale = max(float(stats.median_abs_deviation(residuals, scale="normal")), 1e-9)
    furthest = np.argsort(-away, kind="stable")[:SURPRISES]
    return np.asarray(furthest[away[furthest] > FAR * scale])
