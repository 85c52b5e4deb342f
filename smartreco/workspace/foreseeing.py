"""The panel forecaster as one that stock can play with."""

from __future__ import annotations

from smartreco.forecast.forecaster import FEWEST_WEEKS, forecast
from smartreco.forecast.panel import Panel
from smartreco.stock.arrays import Floats
from smartreco.stock.conformal import Foresee, mean_of_last


def panel_forecaster(panel: Panel) -> Foresee:
    """Foresee a panel's next weeks from as many of its weeks as are given.

    Before `FEWEST_WEEKS` the mean of 8 weeks stands in.
    """

    def foresee(past: Floats, ahead: int) -> Floats:
        weeks = past.shape[1]
        if weeks < FEWEST_WEEKS:
            return mean_of_last(8)(past, ahead)
        return forecast(panel.until(weeks), ahead).mean

    return foresee
