"""A forecast that knows prices: what they moved is taken out, forecast without, and put back.

A week of promotion is not a higher level, and a promotion that is planned is no surprise.
Past demand is brought to today's regular price, forecast, and brought to the prices that
are known ahead; what that adds or takes is the price part of the forecast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats
from smartreco.forecast.coherent import Structure, with_newcomers
from smartreco.forecast.elasticity import quick_response
from smartreco.forecast.forecaster import FOLLOWS, Forecast, forecast
from smartreco.forecast.hierarchy import reconcile, sums
from smartreco.forecast.panel import Level, Panel
from smartreco.forecast.price_known import Prices
from smartreco.forecast.price_panel import panel_of_known
from smartreco.forecast.price_wholes import FARTHEST, Wholes

STEEPEST: Final = (-6.0, 0.0)  # elasticities that are believed
LARGEST_LIFT: Final = 0.7

#: Panel, horizon -> forecast of all its series.
Make = Callable[[Panel, int], Forecast]


def priced(
    panel: Panel,
    structure: Structure | None,
    prices: Prices,
    horizon: int,
    make: Make = forecast,
) -> Forecast:
    """Forecast a panel at the prices that are known ahead.

    Parameters
    ----------
    structure
        How products add up to wholes; None: the panel holds products only.
    prices
        Known before the panel's end, planned for `horizon` weeks after it.
    make
        The forecaster of demand at a steady price.

    Returns
    -------
    A forecast whose ``price`` part is what known prices add to that of today's regular price.
    """
    rows = np.flatnonzero(panel.levels == Level.PRODUCT.value)
    T = panel.weeks
    effect = _effect(panel.take(rows), prices, horizon)
    steady = panel.demand[rows] / effect[:, :T]
    wholes = Wholes.of(panel, structure)
    factor = wholes.spread(len(panel), rows, effect[:, :T], steady)
    held = None if panel.held is None else panel.held / factor
    made = make(replace(panel, values=panel.values / factor, held=held), horizon)
    ahead = wholes.spread(len(panel), rows, effect[:, T:], made.mean[rows])
    return _at_prices(made, ahead)


def _effect(products: Panel, prices: Prices, horizon: int) -> Floats:
    """Demand beside that at today's regular price: products x (weeks + horizon)."""
    T = products.weeks
    known = prices.until(T, horizon)
    paid = known.regular + np.log1p(-np.clip(known.depth, 0.0, 0.95))
    response = quick_response(
        panel_of_known(
            products.ids, products.groups, products.values, paid[:, :T], known.depth[:, :T],
            products.observed,
        )
    )  # fmt: skip
    slope = np.clip(response.elasticity, *STEEPEST)[:, None]
    lift = np.clip(response.lift, 0.0, LARGEST_LIFT)[:, None]
    moved = slope * (paid - known.regular[:, [T - 1]]) + lift * (known.depth > 0)
    return np.asarray(np.clip(np.exp(moved), *FARTHEST))


def coherent_at_prices(
    panel: Panel, structure: Structure, prices: Prices, horizon: int
) -> Forecast:
    """All levels at the prices that are known, newcomers among them, all sums agreeing."""
    each = priced(panel, structure, prices, horizon)
    each, unsold = with_newcomers(each, panel, structure.products)
    return reconcile(each, sums(panel.levels, panel.ids, structure.links), keep=unsold)


def _at_prices(made: Forecast, factor: Floats) -> Forecast:
    """The forecast times a factor, all of the change being its price part."""
    parts = replace(made.parts, price=made.mean * (factor - 1))
    bands = made.quantiles * np.clip(factor, *FOLLOWS)[:, :, None]
    return replace(made, mean=parts.total(), quantiles=bands, parts=parts)
