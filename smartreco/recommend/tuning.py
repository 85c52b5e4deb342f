"""Settings of the scorers, chosen on the inner cut.

A setting leaves its default only for a gain above the noise of the gain: with
few shops almost any change looks good somewhere, and what looks best by a hair
is worse next time. Time is bounded: a sample of shops, the best-sold products,
and one step at a time over short lists of values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from smartreco.entities import ListName
from smartreco.measures.bootstrap import standard_error
from smartreco.recommend.blend import Blend, blended, candidates, factors
from smartreco.recommend.collaborative import CollaborativeSettings, pseudo_shops, tastes
from smartreco.recommend.ease import ShopEase, fit_ease
from smartreco.recommend.peers import Peers
from smartreco.recommend.succession import Succession, SuccessionSettings
from smartreco.recommend.trial import Trial, quality

Measured = npt.NDArray[np.float64]

PRODUCTS = 1500  # best-sold products that the collaborative settings are tried on
COLLABORATIVE_STEPS: Final[Sequence[tuple[str, Sequence[float]]]] = (
    ("half_life", (60.0, 180.0)),
    ("recency", (0.5,)),
    ("ridge", (400.0, 800.0)),
    ("ridge", (100.0, 50.0)),
    ("attributes", (8.0,)),
)
"""Values of a setting in one direction; the walk ends at the first that brings nothing."""

CROWDS: Final = (1.0, 25.0)
SUCCESSORS = 1000  # products that the half-life of successions is tried on
HALF_LIVES_OF_SUCCESSION: Final = (360.0,)


def surely_better(new: Measured, old: Measured) -> bool:
    """Whether the mean gain over shops exceeds its own standard error."""
    gain = (new - old)[np.isfinite(new - old)]
    return len(gain) > 1 and bool(gain.mean() > standard_error(gain))


def tune_collaborative(trial: Trial, start: CollaborativeSettings) -> CollaborativeSettings:
    """Choose the settings by discovery, one after the other."""
    market = trial.market
    buyers = market.buyer_counts
    shown = np.sort(np.argsort(-buyers, kind="stable")[:PRODUCTS])
    bought = market.habits.of(trial.shops).bought(market.shape[1])[:, shown]
    mask = candidates(ListName.DISCOVER, bought, market.active[shown])
    truth = sp.csr_array(trial.truth[:, shown])

    def measure(settings: CollaborativeSettings) -> Measured:
        purchases = sp.csr_array(tastes(market, market.habits, settings)[:, shown])
        narrow = replace(market.attributes, matrix=market.attributes.matrix[shown])
        ease = fit_ease(purchases, pseudo_shops(narrow, settings), settings.ridge)
        asked = sp.csr_array(purchases[trial.shops])
        scores = (
            ease.score_fitted(trial.shops, asked.toarray())
            if isinstance(ease, ShopEase)
            else ease.score(asked)
        )
        return quality(scores, truth, mask)

    return _step_by_step(start, COLLABORATIVE_STEPS, measure)


def tune_succession(trial: Trial, start: SuccessionSettings) -> SuccessionSettings:
    """Choose how fast what follows what changes, by discovery."""
    shops = trial.market.shops(trial.shops)
    bought = shops.habits.bought(trial.market.shape[1])
    mask = candidates(ListName.DISCOVER, bought, trial.market.active)

    def measure(settings: SuccessionSettings) -> Measured:
        few = replace(settings, products=min(settings.products, SUCCESSORS))
        scorer = Succession.fit(trial.market, trial.history, few)
        return quality(scorer.score(shops), trial.truth, mask)

    chosen, held = start, measure(start)
    for half_life in HALF_LIVES_OF_SUCCESSION:
        other = replace(start, half_life=half_life)
        tried = measure(other)
        if surely_better(tried, held):
            chosen, held = other, tried
    return chosen


def tune_crowd(trial: Trial, peers: Peers, scores: Mapping[str, Measured], blend: Blend) -> Peers:
    """Choose how loud the crowd speaks, by both lists in the starting blend.

    Parameters
    ----------
    scores
        Scores of every component for the trial's shops; those of peers are redone.
    """
    shops = trial.market.shops(trial.shops)
    bought = shops.habits.bought(trial.market.shape[1])
    voices = peers.voices(shops)
    rest = {name: values for name, values in scores.items() if name != peers.name}
    lists = []
    for name in (ListName.REORDER, ListName.DISCOVER):
        mask, weights = candidates(name, bought, trial.market.active), blend.weights[name]
        lists.append((mask, weights, blended(rest, factors(rest, mask, weights, {}))))

    def measure(crowd: float) -> Measured:
        mixed = {peers.name: voices.mix(crowd)}
        return np.concatenate([
            quality(others + blended(mixed, factors(mixed, mask, weights, {})), trial.truth, mask)
            for mask, weights, others in lists
        ])  # fmt: skip

    chosen, held = peers.settings.crowd, measure(peers.settings.crowd)
    for crowd in CROWDS:
        tried = measure(crowd)
        if surely_better(tried, held):
            chosen, held = crowd, tried
    return replace(peers, settings=replace(peers.settings, crowd=chosen))


def _step_by_step(
    start: CollaborativeSettings,
    steps: Sequence[tuple[str, Sequence[float]]],
    measure: Callable[[CollaborativeSettings], Measured],
) -> CollaborativeSettings:
    """Walk one setting after the other, moving only for a sure gain."""
    chosen, held = start, measure(start)
    for name, values in steps:
        for value in values:
            changed: dict[str, Any] = {name: value}
            other = replace(chosen, **changed)
            tried = measure(other)
            if not surely_better(tried, held):
                break
            chosen, held = other, tried
    return chosen
