"""Which quantile keeps a service level, found on the past.

Ordering up to the 90 % quantile keeps more than 90 % of weeks free of stock-outs: what was
asked for in vain is not asked for again, and a week without demand cannot fail. So the
past is played with several quantiles, and the one that would have kept what is wanted is
taken. It is one number for all products: too few weeks tell of a single one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats
from smartreco.stock.conformal import Foresee
from smartreco.stock.outcomes import check_service
from smartreco.stock.replay import CYCLE_SERVICE, ReplaySettings, replay
from smartreco.stock.rules import quantile_rule

#: Shares that are tried.
TRIED: Final = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99)
LEAST_WARM_UP: Final = 12


def share_for(
    demand: Floats, service: float, foresee: Foresee, settings: ReplaySettings | None = None
) -> float:
    """The share whose quantile, ordered up to, would have kept `service`.

    Where history is too short to play, `service` itself, which keeps more than is wanted.

    Parameters
    ----------
    demand
        Pieces asked for: products x weeks, all before the time of the question.

    Raises
    ------
    InputError
        The service level is not above 0 and below 1.
    """
    check_service(service)
    settings = settings or ReplaySettings()
    if demand.shape[1] < settings.fewest_weeks:
        settings = replace(settings, warm_up=LEAST_WARM_UP)
    if demand.shape[1] < settings.fewest_weeks or not len(demand):
        return service
    rules = {str(share): quantile_rule(share) for share in TRIED}
    kept = replay(demand, rules, foresee, settings)[CYCLE_SERVICE].to_numpy()
    kept = np.maximum.accumulate(kept) + 1e-9 * np.arange(len(kept))
    found = np.interp(service, np.append(kept, max(1.0, kept[-1])), [*TRIED, 0.995])
    return float(min(found, max(service, TRIED[0])))
