"""A forecast said in pieces: so much is the level, so much the season, and it adds up."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from smartreco.forecast.forecaster import FORECAST, ID, PERIOD_START, Forecast
from smartreco.forecast.parts import PARTS

COLUMNS: Final = (ID, PERIOD_START, *PARTS, FORECAST)


def explained(forecast: Forecast) -> pd.DataFrame:
    """Parts of each period.

    Returns
    -------
    Columns `COLUMNS`; ``level + trend + season + festival + price``, added in this
    order, is ``forecast``.
    """
    n, horizon = forecast.mean.shape
    parts = {name: getattr(forecast.parts, name).ravel() for name in PARTS}
    return pd.DataFrame(
        {
            ID: np.repeat(forecast.ids, horizon),
            PERIOD_START: np.tile(forecast.starts.astype("datetime64[s]"), n),
            **parts,
            FORECAST: forecast.parts.total().ravel(),
        }
    )
