"""Which quantile keeps a service level, found on the past.

Ordering up to the 90 % quantile keeps more than 90 % of weeks free of stock-outs: what was
asked for in vain is not asked for again, and a week without demand cannot fail. So the
past is played with several quantiles, and the one that would have kept what is wanted is
taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats
from smartreco.stock.outcomes import check_service
from smartreco.stock.outlook import Outlook
from smartreco.stock.replay import CYCLE_SERVICE, ReplaySettings, replay
from smartreco.stock.rules import quantile_rule

#: Shares that are tried.
TRIED: Final = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995)
LEAST_WARM_UP: Final = 12
HIGHEST: Final = 0.9975  # the outermost of 200 equally likely amounts


@dataclass(frozen=True, slots=True)
class Attained:
    """What quantiles would have kept: `kept` of each `tried` share, both rising."""

    tried: Floats
    kept: Floats

    def share(self, service: float) -> float:
        """The share whose quantile, ordered up to, would have kept `service`.

        Raises
        ------
        InputError
            The service level is not above 0 and below 1.
        """
        check_service(service)
        if not len(self.tried):
            return service
        kept = np.append(self.kept, max(1.0, self.kept[-1] + 1e-9))
        found = np.interp(service, kept, np.append(self.tried, HIGHEST))
        return float(min(max(found, self.tried[0]), HIGHEST))


#: Where history is too short to play: the quantile itself, which keeps more than is wanted.
UNTRIED: Final = Attained(np.zeros(0), np.zeros(0))


def attained(outlook: Outlook, settings: ReplaySettings | None = None) -> Attained:
    """Play all of `TRIED` on a past that ends before the time of the question.

    One number serves all products: too few weeks tell of a single one.
    """
    settings = settings or ReplaySettings()
    weeks = outlook.asked.shape[1]
    if weeks < settings.fewest_weeks:
        settings = replace(settings, warm_up=LEAST_WARM_UP)
    if weeks < settings.fewest_weeks or not len(outlook.asked):
        return UNTRIED
    rules = {str(share): quantile_rule(share) for share in TRIED}
    kept = replay(outlook, rules, settings)[CYCLE_SERVICE].to_numpy()
    rising = np.maximum.accumulate(kept) + 1e-9 * np.arange(len(kept))
    return Attained(np.array(TRIED), rising)
