"""What makes shops order a product again, learned from what they ordered after the inner cut."""

from __future__ import annotations

import numpy as np

from smartreco.recommend.logistic import fit_coefficients
from smartreco.recommend.repurchase import Repurchase, RepurchaseSettings
from smartreco.recommend.trial import Trial

FEWEST = 200  # pairs of shop and product of either outcome: below, the defaults stand
STRENGTH = 20.0  # of the belief in the defaults, against thousands of pairs


def learn_repurchase(trial: Trial, settings: RepurchaseSettings) -> RepurchaseSettings:
    """Log-odds of ordering again, over those of products that a shop never ordered.

    Pairs of the trial's shops and what they had bought are the cases; a case comes
    true when the shop ordered the product after the cut.
    """
    market, shops = trial.market, trial.market.shops(trial.shops)
    truth = trial.truth.toarray() > 0
    habits = shops.habits
    offered = market.active[habits.product]
    again = truth[habits.shop, habits.product][offered]
    if min(again.sum(), (~again).sum()) < FEWEST:
        return settings
    scorer = Repurchase.fit(market, trial.history, settings)
    base = _log_odds_of_new(trial, truth)
    believed = settings.coefficients
    believed[0] += base
    found = fit_coefficients(
        scorer.features(shops)[offered], again, believed=believed, strength=STRENGTH
    )
    found[0] -= base
    return RepurchaseSettings.of(found)


def _log_odds_of_new(trial: Trial, truth: np.ndarray) -> float:
    """Of a product that the shop had never bought, half an order added for safety."""
    bought = trial.market.habits.of(trial.shops).bought(trial.market.shape[1])
    new = ~bought & trial.market.active
    ordered = float((truth & new).sum()) + 0.5
    return float(np.log(ordered / (new.sum() - ordered + 1.0)))
