"""How strongly demand answers a product's own price, and how sure that is.

Elasticity is the per cent by which demand moves when the price moves one per cent.
Own prices move seldom, so a product is fitted with what its category has in common as a
prior; one whose price barely moves is given the category's value, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import PRODUCT_ID
from smartreco.forecast.arrays import Floats, Mask
from smartreco.forecast.price_category import by_category
from smartreco.forecast.price_fit import Data, Fit, Prior, fit
from smartreco.forecast.price_instrument import cost_moves, unexplained
from smartreco.forecast.price_jackknife import inflation, left_out
from smartreco.forecast.price_panel import PricePanel, price_panel

ELASTICITY, LOW, HIGH, N_PRICES, BASIS = "elasticity", "low", "high", "n_prices", "basis"
COLUMNS: Final = (PRODUCT_ID, ELASTICITY, LOW, HIGH, N_PRICES, BASIS)
OWN, CATEGORY_BASIS = "own", "category"
Z90: Final = 1.6449


@dataclass(frozen=True, slots=True)
class ElasticitySettings:
    """What counts as enough, and how much is believed beforehand.

    Attributes
    ----------
    fewest_prices, least_spread, fewest_weeks
        Prices seen, standard deviation of the log price, and weeks, below which a product
        is given its category's value.
    ridge
        Precision of the first, free fit's prior at zero.
    blocks
        Runs of weeks that the jackknife leaves out in turn.
    instrument
        Whether the purchase cost stands in for the price where it moves.
    """

    fewest_prices: int = 3
    least_spread: float = 0.02
    fewest_weeks: int = 20
    ridge: float = 0.005
    blocks: int = 8
    instrument: bool = False


def elasticities(weeks: pd.DataFrame, settings: ElasticitySettings | None = None) -> pd.DataFrame:
    """Own-price elasticity of every product with its 90 % interval.

    Parameters
    ----------
    weeks
        As `smartreco.forecast.price_panel.price_panel` takes it.

    Returns
    -------
    pandas.DataFrame
        Columns product_id, elasticity, low, high, n_prices, basis ("own" or "category"),
        sorted by product_id.

    Raises
    ------
    InputError, NotEnoughDataError
        See `price_panel`.
    """
    settings = settings or ElasticitySettings()
    panel = price_panel(weeks)
    own = _tells(panel, settings)
    value, deviation = _estimate(panel, own, settings)
    return pd.DataFrame(
        {
            PRODUCT_ID: panel.ids,
            ELASTICITY: value,
            LOW: value - Z90 * deviation,
            HIGH: value + Z90 * deviation,
            N_PRICES: panel.n_prices,
            BASIS: np.where(own, OWN, CATEGORY_BASIS),
        }
    )


def _tells(panel: PricePanel, settings: ElasticitySettings) -> Mask:
    return np.asarray(
        (panel.n_prices >= settings.fewest_prices)
        & (panel.spread >= settings.least_spread)
        & (panel.counts.sum(axis=1) >= settings.fewest_weeks)
    )


def _estimate(panel: PricePanel, own: Mask, settings: ElasticitySettings) -> tuple[Floats, Floats]:
    """Elasticity and its standard deviation."""
    data = Data(panel.units, _design(panel, settings), panel.counts)
    code = np.unique(panel.categories, return_inverse=True)[1]
    n, _, k = data.design.shape
    vague = Prior(np.zeros((n, k)), np.full((n, k), settings.ridge))
    free = fit(data, vague)
    without = left_out(data, vague, free, settings.blocks)
    wider = inflation(without, free, own)
    variances = np.maximum(free.variances * wider[:, None], 1e-4)
    mean, mean_variance, between = by_category(free.slopes, variances, own, code, without.slopes)
    final = fit(data, Prior(mean, 1 / between), free.dispersion * wider, free.coefficients)
    return _settled(final, own, mean[:, 0], mean_variance[:, 0], between[:, 0])


def _settled(
    final: Fit, own: Mask, mean: Floats, mean_variance: Floats, between: Floats
) -> tuple[Floats, Floats]:
    """Own estimates where they tell something, else the category's.

    An own estimate leans on the category's mean by variance / spread, and carries that
    share of the mean's own uncertainty.
    """
    variance = final.variances[:, 0]
    leaning = np.clip(variance / between, 0.0, 1.0)
    spread = np.where(own, variance + leaning**2 * mean_variance, between + mean_variance)
    return np.where(own, final.slopes[:, 0], mean), np.sqrt(spread)


def _design(panel: PricePanel, settings: ElasticitySettings) -> Floats:
    """Regressors, the price first: products x weeks x k, centred over weeks that count."""
    n, weeks = panel.units.shape
    columns = [panel.price, panel.others]
    if weeks >= 2 * settings.fewest_weeks:
        columns.append(np.tile(np.linspace(-1.0, 1.0, weeks), (n, 1)))
    if panel.depth.any():
        columns.append((panel.depth > 0).astype(float))
    design = _centred(np.stack(columns, axis=2), panel.counts)
    if settings.instrument and panel.cost is not None and cost_moves(panel.cost, panel.counts):
        cost = _centred(panel.cost[:, :, None], panel.counts)
        told = np.concatenate([cost, design[:, :, 1:]], axis=2)
        left = unexplained(design[:, :, 0], told, panel.counts)
        design = np.concatenate([design, left[:, :, None]], axis=2)
    return design


def _centred(columns: Floats, counts: Floats) -> Floats:
    many = np.maximum(counts.sum(axis=1), 1)
    mean = np.einsum("ntk,nt->nk", columns, counts) / many[:, None]
    return np.asarray(columns - mean[:, None, :])
