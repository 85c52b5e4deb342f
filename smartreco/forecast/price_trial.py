"""Whether prices have served: past weeks forecast again with and without them.

Prices that hardly move, or that demand does not answer, only add noise to a forecast. A
panel itself says whether its prices are worth knowing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.forecast.accuracy import rmsse
from smartreco.forecast.arrays import Floats
from smartreco.forecast.forecaster import FEWEST_WEEKS, forecast
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.price_known import Prices
from smartreco.forecast.priced import priced
from smartreco.forecast.scale import step_scale

ORIGINS: Final = 3
LONGEST_TRIAL: Final = 8  # weeks ahead on which the trial is judged
SURE: Final = 1.645  # standard errors that the saving must lie above nought
LEAST_SAVING: Final = 0.003  # share of the error, below which prices are not worth their noise
FEWEST: Final = 10  # series, below which a saving proves nothing
MOST: Final = 400  # products, those sold in most weeks, on which prices are tried
NO_PRICES: Final = "The data hold no prices"
STILL: Final = "Prices hardly moved, or over too few weeks"
NO_GAIN: Final = "Prices did not make past forecasts better"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether prices are used in a panel's forecasts.

    Attributes
    ----------
    used
        They are.
    why
        Where they are not: `NO_PRICES`, `STILL` or `NO_GAIN`; else empty.
    saved
        Share of the error that they took off past forecasts; None where none was made.
    """

    used: bool
    why: str = ""
    saved: float | None = None


def judge(panel: Panel, prices: Prices | None, horizon: int) -> Verdict:
    """Forecast products from past weeks with and without prices; prices must have served.

    Only what was known at each of these weeks is used, response to prices among it.
    """
    rows = np.flatnonzero(panel.levels == Level.PRODUCT.value)
    if prices is None or not len(rows):
        return Verdict(False, NO_PRICES)
    ahead = min(horizon, LONGEST_TRIAL)
    cuts = [panel.weeks - ahead * back for back in range(1, ORIGINS + 1)]
    cuts = [cut for cut in cuts if cut >= 2 * FEWEST_WEEKS]
    sold = (panel.demand[rows] > 0).sum(axis=1)
    most = np.sort(np.argsort(-sold, kind="stable")[:MOST])
    products, prices = panel.take(rows[most]), prices.take(most)
    moved = prices.regular[:, : panel.weeks].std(axis=1) + prices.depth.max(axis=1)
    if not cuts or (moved > 0).sum() < FEWEST:
        return Verdict(False, STILL)
    errors = np.stack([_errors(products, prices, cut, ahead) for cut in cuts])
    judged = np.isfinite(errors).any(axis=(0, 1))
    if judged.sum() < FEWEST:
        return Verdict(False, NO_GAIN)
    plain, with_prices = np.nanmean(errors[:, :, judged], axis=0)
    less = plain - with_prices
    doubt = float(less.std()) / np.sqrt(len(less))
    saved = float(less.mean() / plain.mean())
    used = bool(less.mean() > SURE * doubt and saved >= LEAST_SAVING)
    return Verdict(used, "" if used else NO_GAIN, saved)


def _errors(products: Panel, prices: Prices, cut: int, ahead: int) -> Floats:
    """Error without and with prices of one origin: 2 x products, NaN where not judged."""
    known = products.until(cut)
    actual = products.values[:, cut : cut + ahead]
    observed = products.observed[:, cut : cut + ahead]
    since = np.arange(cut)[None, :] >= known.begins[:, None]
    unit = step_scale(known.demand, since, np.zeros(len(known)))
    counts = observed.all(axis=1) & (unit > 1e-4)
    unit = np.maximum(unit, 1e-9)
    both = (forecast(known, ahead), priced(known, None, prices.until(cut, ahead), ahead))
    return np.where(counts, np.stack([rmsse(actual, one.mean, unit) for one in both]), np.nan)
