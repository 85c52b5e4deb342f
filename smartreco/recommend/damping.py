"""Best-sellers held back, as far as it costs next to no accuracy: a wider catalogue is seen.

What shops share speaks loudest for what everybody buys. Dividing a product's score
by a power of its buyers brings the rest of the catalogue up; the power is raised on the
inner cut while the lists for discovery stay as good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.measures.ranking import coverage
from smartreco.recommend.blend import Blend, blended, candidates, factors
from smartreco.recommend.collaborative import Collaborative
from smartreco.recommend.ranking import best
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.succession import Succession
from smartreco.recommend.trial import DEPTH, Trial, quality

Scores = npt.NDArray[np.float64]

POWERS: Final = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
GIVEN = 0.02  # of the NDCG that a wider catalogue may cost
DAMPED: Final = (Collaborative.name, Succession.name)


def choose_damping(
    trial: Trial, scorers: Mapping[str, Scorer[Any]], scores: Mapping[str, Scores], blend: Blend
) -> dict[str, Scorer[Any]]:
    """The scorers with the strongest damping that the lists for discovery can bear.

    Parameters
    ----------
    scorers, scores
        Not damped yet; scores of the components that need no basket, for the trial's shops.
    """
    name, market = ListName.DISCOVER, trial.market
    bought = market.habits.of(trial.shops).bought(market.shape[1])
    mask = candidates(name, bought, market.active)

    def keys(power: float) -> Scores:
        damped = {
            one: values * market.damping(power) if one in DAMPED else values
            for one, values in scores.items()
        }
        return blended(damped, factors(damped, mask, blend.weights[name], {}))

    plain = keys(0.0)
    before = quality(plain, trial.truth, mask)
    if np.isnan(before).all():
        return dict(scorers)
    least = (1 - GIVEN) * np.nanmean(before)
    chosen, seen = 0.0, _seen(plain, mask)
    for power in POWERS:
        tried = keys(power)
        if np.nanmean(quality(tried, trial.truth, mask)) < least or _seen(tried, mask) <= seen:
            break
        chosen, seen = power, _seen(tried, mask)
    return {
        one: replace(scorer, settings=replace(scorer.settings, damping=chosen))
        if one in DAMPED
        else scorer
        for one, scorer in scorers.items()
    }


def _seen(keys: Scores, mask: npt.NDArray[np.bool_]) -> float:
    return coverage(best(np.where(mask, keys, -np.inf), DEPTH), keys.shape[1])
