"""What some series ask for together: means that add up, with bands of the sum's own errors."""

from __future__ import annotations

import numpy as np

from smartreco.forecast.forecaster import Forecast
from smartreco.forecast.parts import PARTS, Parts


def together(own: Forecast, members: Forecast) -> Forecast:
    """One series for many.

    Quantiles of parts do not add up; so the bands come from a forecast of the summed
    series and are moved to where the means of the members put it.

    Parameters
    ----------
    own
        Forecast of the one summed series.
    members
        Of the series in it, over the same periods.
    """
    summed = Parts(
        *(getattr(members.parts, name).sum(axis=0, keepdims=True) for name in PARTS)
    ).moved_to(members.mean.sum(axis=0, keepdims=True))
    made = own.moved_to(np.asarray(summed.total()), members.reconciled)
    return Forecast(
        own.ids, own.levels, own.starts, made.mean, made.quantiles, summed, members.reconciled
    )
