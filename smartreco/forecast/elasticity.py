"""How strongly demand answers a product's own price, and how sure that is.

Elasticity is the per cent by which demand moves when the price moves one per cent.
Own prices move seldom, so a product is fitted with what its category has in common as a
prior; one whose price barely moves is given the category's value, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from smartreco.columns import PRODUCT_ID
from smartreco.forecast.arrays import Floats, Ints, Mask, Texts
from smartreco.forecast.price_category import Common, common, posterior, spreads
from smartreco.forecast.price_fit import Data, Prior, Told, fit
from smartreco.forecast.price_instrument import cost_moves, unexplained
from smartreco.forecast.price_jackknife import inflation
from smartreco.forecast.price_panel import PricePanel, price_panel

ELASTICITY, LOW, HIGH, N_PRICES, BASIS, WHY = (
    "elasticity", "low", "high", "n_prices", "basis", "why",
)  # fmt: skip
COLUMNS: Final = (PRODUCT_ID, ELASTICITY, LOW, HIGH, N_PRICES, BASIS, WHY)
OWN, CATEGORY_BASIS = "own", "category"
YEAR: Final = 52.18
FIRST_SPREAD: Final = 0.3  # between products, before any is measured
FIRST_PRECISION: Final = 0.25  # of the first belief, that slopes are about nought
QUICK_ROUNDS: Final = 5
TURNS: Final = 4  # of fitting and of finding what is common


class Why(StrEnum):
    """Why a product shows its category's value."""

    NONE = ""
    FEW_PRICES = "few prices"
    STILL = "price hardly moves"
    FEW_WEEKS = "few weeks"


@dataclass(frozen=True, slots=True)
class Response:
    """How demand answers prices, of each product.

    Attributes
    ----------
    elasticity
        Own, or the category's.
    lift
        Log of what a promotion adds by being one, its price taken off.
    evidence
        Products whose own prices tell something.
    """

    elasticity: Floats
    lift: Floats
    evidence: int


@dataclass(frozen=True, slots=True)
class ElasticitySettings:
    """What counts as enough, and how much is believed beforehand.

    Attributes
    ----------
    fewest_prices, least_spread, fewest_weeks
        Prices seen, standard deviation of the log price, and weeks, below which a product
        is given its category's value.
    blocks
        Runs of weeks that the jackknife leaves out in turn.
    season_weeks
        Weeks from which on the time of year is taken out of the demand.
    instrument
        Whether the purchase cost stands in for the price where it moves.
    """

    fewest_prices: int = 3
    least_spread: float = 0.02
    fewest_weeks: int = 20
    blocks: int = 13
    season_weeks: int = 78
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
        why (a `Why`, not empty where the basis is the category), sorted by product_id.

    Raises
    ------
    InputError, NotEnoughDataError
        See `price_panel`.
    """
    settings = settings or ElasticitySettings()
    panel = price_panel(weeks)
    why = borrowing(panel, settings)
    own = why == Why.NONE
    value, deviation = _estimate(panel, own, settings)
    # How wide is known from the jackknife's blocks only, so Student's t and not the normal.
    half = deviation * float(stdtrit(settings.blocks - 1, 0.95))
    return pd.DataFrame(
        {
            PRODUCT_ID: panel.ids,
            ELASTICITY: value,
            LOW: value - half,
            HIGH: value + half,
            N_PRICES: panel.n_prices,
            BASIS: np.where(own, OWN, CATEGORY_BASIS),
            WHY: why,
        }
    )


def borrowing(panel: PricePanel, settings: ElasticitySettings) -> Texts:
    """What keeps a product from a value of its own, a `Why` each."""
    return np.select(
        [
            panel.n_prices < settings.fewest_prices,
            panel.spread < settings.least_spread,
            panel.counts.sum(axis=1) < settings.fewest_weeks,
        ],
        [Why.FEW_PRICES.value, Why.STILL.value, Why.FEW_WEEKS.value],
        Why.NONE.value,
    )


def _estimate(panel: PricePanel, own: Mask, settings: ElasticitySettings) -> tuple[Floats, Floats]:
    """Elasticity and its standard deviation."""
    told, known, code = learned(panel, own, settings)
    return _settled(told, known, own, code)


def learned(
    panel: PricePanel, own: Mask, settings: ElasticitySettings
) -> tuple[Told, Common, Ints]:
    """What products' own weeks tell, what their categories have in common, each one's category.

    Fit and common values lean on each other, so both are found in turns; how far
    intervals must widen is measured once the values have settled.
    """
    data = Data(panel.units, _design(panel, settings), panel.counts)
    code = np.unique(panel.categories, return_inverse=True)[1]
    n, _, k = data.design.shape
    prior = Prior(np.zeros((n, k)), np.full((n, k), FIRST_PRECISION))
    spread, wider, start = np.full(k, FIRST_SPREAD), 1.0, None
    for turn in range(TURNS):
        made = fit(data, prior, None, start)
        if turn == TURNS - 1:
            wider = inflation(data, prior, made, spread, own, code, settings.blocks)
        told, start = made.told(prior).calmed(wider), made.coefficients
        spread = spreads(told, prior.mean, spread, own, code)
        known = common(told, spread, own, code)
        prior = Prior(known.mean[code], np.tile(spread**-2.0, (n, 1)))
    return told, known, code


def _settled(told: Told, known: Common, own: Mask, code: Ints) -> tuple[Floats, Floats]:
    """Own values where they tell something, else the category's."""
    slopes, variances = posterior(told, known, code)
    value, variance = slopes[:, 0], variances[:, 0]
    borrowed = known.spread[0] ** 2 + known.covariance[code, 0, 0]
    variance = np.where(own, variance, borrowed)
    return np.where(own, value, known.mean[code, 0]), np.sqrt(variance)


def quick_response(panel: PricePanel, settings: ElasticitySettings | None = None) -> Response:
    """What a forecast needs of price response: the same fit in one turn, without intervals."""
    settings = settings or ElasticitySettings()
    own = borrowing(panel, settings) == Why.NONE
    data = Data(panel.units, _design(panel, settings), panel.counts)
    code = np.unique(panel.categories, return_inverse=True)[1]
    n, _, k = data.design.shape
    prior = Prior(np.zeros((n, k)), np.full((n, k), FIRST_PRECISION))
    told = fit(data, prior, rounds=QUICK_ROUNDS).told(prior)
    known = common(told, np.full(k, FIRST_SPREAD), own, code)
    slopes = np.where(own[:, None], posterior(told, known, code)[0], known.mean[code])
    lift = slopes[:, -1] if panel.depth.any() else np.zeros(n)
    return Response(slopes[:, 0], lift, int(own.sum()))


def _design(panel: PricePanel, settings: ElasticitySettings) -> Floats:
    """Regressors, the price first: products x weeks x k, centred over weeks that count."""
    n, weeks = panel.units.shape
    columns = [panel.price, panel.others]
    if weeks >= 2 * settings.fewest_weeks:
        columns.append(np.tile(np.linspace(-1.0, 1.0, weeks), (n, 1)))
    if weeks >= settings.season_weeks:
        turn = 2 * np.pi * np.arange(weeks) / YEAR
        columns += [np.tile(wave, (n, 1)) for wave in (np.sin(turn), np.cos(turn))]
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
