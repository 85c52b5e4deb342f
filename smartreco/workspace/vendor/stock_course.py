"""One product of a vendor, week by week: what was sold and missed, what comes, what stock does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from smartreco.forecast.forecaster import Forecast
from smartreco.workspace.vendor.outlook import HIGH, LOW
from smartreco.workspace.vendor.stock import Past
from smartreco.workspace.vendor.supplied import Supplied
from smartreco.workspace.vendor.supply_views import CourseWeek, OutlookRow, StockCourse

SHOWN_WEEKS: Final = 26
Q10, Q90 = 1, 3  # places among `smartreco.forecast.quantiles.PROBABILITIES`


def course_of(
    known: Supplied, row: OutlookRow, past: Past | None, ahead: Forecast | None,
    promotions: pd.DataFrame, lead_days: int,
) -> StockCourse:  # fmt: skip
    """Past weeks, then those ahead.

    Parameters
    ----------
    ahead
        The product's own forecast by calendar weeks; None where there is none.
    promotions
        Of the product: columns starts_on, ends_on, depth.
    """
    back = [] if past is None else _past(past, row.product_id, promotions)
    at = int(np.flatnonzero(known.goods["product_id"] == row.product_id)[0])
    return StockCourse(
        row, known.today, (*back, *_coming(known, at, row, ahead, promotions, lead_days))
    )


def _past(past: Past, product_id: str, promotions: pd.DataFrame) -> list[CourseWeek]:
    at = past.ids.index(product_id)
    depths = _depths(promotions, past.weeks.first, past.weeks.weeks)
    made = []
    for week in range(max(past.weeks.weeks - SHOWN_WEEKS, 0), past.weeks.weeks):
        if np.isnan(past.demand[at, week]):
            continue
        begins = past.weeks.first + timedelta(weeks=week)
        made.append(
            CourseWeek(
                begins, False, sold=float(past.sold[at, week]), wanted=float(past.demand[at, week]),
                out=bool(past.out[at, week]), depth=depths[week],
            )
        )  # fmt: skip
    return made


def _coming(
    known: Supplied, at: int, row: OutlookRow, ahead: Forecast | None, promotions: pd.DataFrame,
    lead_days: int,
) -> list[CourseWeek]:  # fmt: skip
    if ahead is None:
        return []
    draws = known.ahead.by_week[at]
    coming = known.coming(lead_days)[0][at]
    skip = (known.starts - known.today).days - 1
    depths = _depths(promotions, known.starts, len(draws))
    made = []
    for week in range(len(draws)):
        begins = known.starts + timedelta(weeks=week)
        until = skip + 7 * (week + 1)
        forecast, low, high = _forecast(known, at, ahead, week)
        stock, least, most = _stock(draws[week], float(coming[:until].sum()), row)
        made.append(
            CourseWeek(
                begins, True, forecast=forecast, low=low, high=high, stock=stock, stock_low=least,
                stock_high=most, arrives=float(coming[until - 7 : until].sum()),
                depth=depths[week],
            )
        )  # fmt: skip
    return made


def _forecast(known: Supplied, at: int, ahead: Forecast, week: int) -> tuple[float, float, float]:
    """Expected pieces of a week ahead, in agreement with all other pages, and its band."""
    sums = known.cumulative[at]
    mean = float(sums[week] - (sums[week - 1] if week else 0.0))
    own = min(week, ahead.horizon - 1)
    whole = float(ahead.mean[0, own])
    grown = mean / whole if whole > 0 else 1.0  # weeks that begin on another day than Monday
    band = ahead.quantiles[0, own] * grown
    return mean, float(band[Q10]), float(band[Q90])


def _stock(
    draws: np.ndarray, arrived: float, row: OutlookRow
) -> tuple[float | None, float | None, float | None]:
    """Median and 80 % band of what is free at a week's end, with nothing more ordered."""
    if row.free is None:
        return None, None, None
    left = np.maximum(row.free + arrived - draws, 0.0)
    middle, low, high = np.quantile(left, (0.5, LOW, HIGH))
    return float(middle), float(low), float(high)


def _depths(promotions: pd.DataFrame, first: date, weeks: int) -> list[float]:
    """Of each week from a day on: the deepest promotion that holds on one of its days."""
    begins = np.datetime64(first, "D") + 7 * np.arange(weeks)[:, None]
    starts, ends = (promotions[name].to_numpy().astype("datetime64[D]")
                    for name in ("starts_on", "ends_on"))  # fmt: skip
    inside = (starts < begins + 7) & (ends >= begins)
    depth = np.where(inside, promotions["depth"].to_numpy(dtype=float), 0.0)
    return [float(one) for one in depth.max(axis=1, initial=0.0)]
