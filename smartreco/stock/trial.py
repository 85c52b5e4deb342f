"""Replenishment tried on the past: ours at chosen service levels beside rules of thumb.

Everything that is chosen (forecaster, and which quantile keeps which service) is chosen
on the weeks before the first one that is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from smartreco.stock.arrays import Floats
from smartreco.stock.attaining import LEAST_WARM_UP, TRIED, Attained, attained
from smartreco.stock.outlook import Outlook
from smartreco.stock.replay import FILL_RATE, RULE, WEEKS_OF_STOCK, ReplaySettings, replay, reviews
from smartreco.stock.rules import Rule, min_max_rule, moving_average_rule, quantile_rule

TARGETS: Final = (0.9, 0.95, 0.98)
TARGET, SHARE, OURS_AT_FILL = "target", "share", "ours_at_equal_fill"
THUMB: Final[Mapping[str, Rule]] = {
    "MA8 x 1": moving_average_rule(1.0),
    "MA8 x 1.5": moving_average_rule(1.5),
    "MA8 x 2": moving_average_rule(2.0),
    "min/max 1 to 2": min_max_rule(1.0, 2.0),
    "min/max 1.5 to 2.5": min_max_rule(1.5, 2.5),
}
JUDGED_WEEKS: Final = 26  # before the window, on which forecasters are compared


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it.

    Attributes
    ----------
    rules
        Columns rule, target (missing for rules of thumb), share (the quantile that keeps the
        target), fill_rate, cycle_service, weeks_of_stock, ours_at_equal_fill (weeks of stock
        that our rule needs for the same fill rate; missing beyond what it was played at).
    forecaster
        The one of least loss before the window.
    losses
        Mean quantile loss of each, beside demand; less is better.
    products, weeks
        How many were played, and for how long.
    """

    rules: pd.DataFrame
    forecaster: str
    losses: Mapping[str, float]
    products: int
    weeks: int


def trial(outlooks: Mapping[str, Outlook], first: int, settings: ReplaySettings) -> Trial:
    """Choose on the weeks before `first`, and report from there on.

    Parameters
    ----------
    outlooks
        By the name of the forecaster, all on the same demand.

    Raises
    ------
    NotEnoughDataError
        Too few weeks lie before the first one, or after it.
    """
    before = {name: one.until(first) for name, one in outlooks.items()}
    losses = {name: _loss(one, settings) for name, one in before.items()}
    best = min(losses, key=lambda name: losses[name])
    tried = attained(before[best], settings)
    lead_in = replace(settings, warm_up=first - settings.judge_from)
    whole = outlooks[best]
    played = replay(whole, _rules(tried), lead_in)
    shown = [*(_name(one) for one in TARGETS), *THUMB]
    found = played.set_index(RULE).loc[shown].reset_index()
    found.insert(1, TARGET, [*TARGETS, *[np.nan] * len(THUMB)])
    found.insert(2, SHARE, [*(tried.share(one) for one in TARGETS), *[np.nan] * len(THUMB)])
    found[OURS_AT_FILL] = _at_equal_fill(played)
    known = np.isfinite(whole.foreseen[:, lead_in.warm_up])
    return Trial(found, best, losses, int(known.sum()), whole.asked.shape[1] - first)


def _rules(tried: Attained) -> dict[str, Rule]:
    ours = {_name(one): quantile_rule(tried.share(one)) for one in TARGETS}
    return {**ours, **THUMB, **{f"q{share}": quantile_rule(share) for share in TRIED}}


def _name(target: float) -> str:
    return f"ours at {target:.0%}"


def _at_equal_fill(played: pd.DataFrame) -> Floats:
    """Weeks of stock that quantiles need for each shown rule's fill rate."""
    ours = played[played[RULE].str.startswith("q")].sort_values(FILL_RATE)
    shown = played[~played[RULE].str.startswith("q")]
    found = np.interp(
        shown[FILL_RATE], ours[FILL_RATE], ours[WEEKS_OF_STOCK], left=np.nan, right=np.nan
    )
    return np.asarray(found, dtype=np.float64)


def _loss(outlook: Outlook, settings: ReplaySettings) -> float:
    """Mean quantile loss of the span's demand at `TARGETS`, beside mean demand."""
    weeks = outlook.asked.shape[1]
    settings = replace(settings, warm_up=max(LEAST_WARM_UP, weeks - JUDGED_WEEKS), review=1)
    total, asked = 0.0, 0.0
    for came, ahead in reviews(outlook, settings):
        known = np.isfinite(came)
        if ahead is None or not known.any():
            continue
        for target in TARGETS:
            missed = (came - ahead.at(target))[known]
            total += float(np.maximum(target * missed, (target - 1) * missed).sum())
        asked += float(came[known].sum())
    return total / max(asked * len(TARGETS), 1e-9)
