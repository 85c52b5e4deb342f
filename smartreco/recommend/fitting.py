"""From a history to a model: choose on an inner cut, then fit on everything."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from threadpoolctl import threadpool_limits

from smartreco.entities import ListName
from smartreco.recommend.affinity import Affinity
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.baskets import learn_affinity
from smartreco.recommend.blend import Weights, candidates, spread
from smartreco.recommend.calibrating import calibrate
from smartreco.recommend.collaborative import Collaborative
from smartreco.recommend.damping import choose_damping
from smartreco.recommend.history import History
from smartreco.recommend.market import Market
from smartreco.recommend.model import Model
from smartreco.recommend.peers import Peers
from smartreco.recommend.probability import Calibration
from smartreco.recommend.repeating import learn_repurchase
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.scorers import SCORERS
from smartreco.recommend.scoring import component_scores
from smartreco.recommend.settings import ModelSettings
from smartreco.recommend.succession import Succession
from smartreco.recommend.trial import Trial, latest_trial, long_trial
from smartreco.recommend.tuning import tune_collaborative, tune_crowd, tune_succession
from smartreco.recommend.weights import learn_blend

Report = Callable[[float, str], None]

AT_ONCE = 2  # scorers fitted side by side
one_thread = threading.RLock()  # limits that overlap would not be lifted in their order

KEPT = (Collaborative.name, Succession.name, Affinity.name)
"""Scorers learned from the long cut that also serve the calibration: fits that are saved."""

MOST_FOR_FLOORS = 64  # shops that a median spread is taken over
FLOOR = 0.25  # of the median spread: a component flatter than that for a shop stays quiet
AFFINITY_FLOOR = 0.25  # the spread of four lines in the order (Iowa, UCI): fewer speak more softly


@dataclass(frozen=True)
class Learned:
    """What the inner cut taught."""

    settings: ModelSettings
    calibration: Calibration | None = None
    errors: Mapping[str, float] | None = None


def fit_model(
    history: History,
    settings: ModelSettings | None = None,
    *,
    rng: np.random.Generator,
    progress: Report | None = None,
) -> Model:
    """Fit the recommender on all purchases of a history.

    Parameters
    ----------
    history
        May be empty: lists are then empty or by content alone.
    rng
        Draws the shops and orders that settings and weights are judged by.
    progress
        Told the fraction done and what is being done.

    Notes
    -----
    Linear algebra runs on one thread each while it lasts, and scorers are fitted side by
    side: BLAS threads of several callers wait for each other, ten times as long as they work.
    """
    with one_thread, threadpool_limits(1, user_api="blas"):
        return _fit(history, settings or ModelSettings(), rng, progress or _silent)


def _fit(
    history: History, settings: ModelSettings, rng: np.random.Generator, report: Report
) -> Model:
    report(0.0, "Learning from the past")
    attributes = Attributes.of_products(history.products)
    learned = Learned(settings)
    if settings.learn:
        learned = _learn(history, attributes, settings, rng, report)
    report(0.6, "Summing up orders")
    market = Market.of_history(history, attributes)
    report(0.7, "Fitting the scorers")
    scorers = _fit_scorers(market, history, learned.settings)
    floors = floors_of(market, scorers)
    report(1.0, "Fitted")
    return Model(
        market, scorers, learned.settings.blend, floors, learned.calibration,
        facts={
            "retailers": market.shape[0],
            "products": market.shape[1],
            "settings": _plain(learned.settings),
            "blend": learned.settings.blend.to_dict(),
            "calibration_error": dict(learned.errors or {}),
        },
    )  # fmt: skip


def _learn(
    history: History,
    attributes: Attributes,
    settings: ModelSettings,
    rng: np.random.Generator,
    report: Report,
) -> Learned:
    """Choose settings and weights on one inner cut, learn probabilities on a later one."""
    long = long_trial(history, attributes, rng)
    earlier: dict[str, Scorer[Any]] = {}
    if long is not None:
        settings, scorers = _choose(long, history, settings, rng, report)
        earlier = {name: scorers[name] for name in KEPT}
    latest = latest_trial(history, attributes, rng)
    if latest is None:
        return Learned(settings)
    report(0.5, "Learning probabilities")
    scorers = _fit_scorers(latest.market, latest.history, settings, earlier)
    floors = floors_of(latest.market, scorers)
    calibration, errors = calibrate(latest, scorers, settings.blend, floors)
    return Learned(settings, calibration, errors)


def _choose(
    trial: Trial,
    history: History,
    settings: ModelSettings,
    rng: np.random.Generator,
    report: Report,
) -> tuple[ModelSettings, dict[str, Scorer[Any]]]:
    """Settings of the scorers first, then how much each of them weighs."""
    report(0.1, "Choosing settings")
    settings = replace(
        settings,
        repurchase=learn_repurchase(trial, settings.repurchase),
        collaborative=tune_collaborative(trial, settings.collaborative),
        succession=tune_succession(trial, settings.succession),
    )
    report(0.3, "Learning weights")
    scorers = _fit_scorers(trial.market, trial.history, settings)
    shops = trial.market.shops(trial.shops)
    scores = component_scores(scorers, shops)
    peers = tune_crowd(trial, cast(Peers, scorers[Peers.name]), scores, settings.blend)
    scorers[Peers.name], scores[Peers.name] = peers, peers.score(shops)
    blend = learn_blend(trial, scores, settings.blend)
    scorers = choose_damping(trial, scorers, scores, blend)
    blend = learn_affinity(trial, history, scorers, blend, rng)
    learned = {name: scorer.settings for name, scorer in scorers.items()}
    return replace(settings, **learned, blend=blend), scorers


def _fit_scorers(
    market: Market,
    history: History,
    settings: ModelSettings,
    earlier: Mapping[str, Scorer[Any]] = MappingProxyType({}),
) -> dict[str, Scorer[Any]]:
    """Fit the registry; each scorer's settings bear its name.

    ``earlier`` saves fits: what was learned from an earlier part of the same
    history is applied to the purchases of `market`. The others are fitted side by side:
    most of their time goes into solvers that leave the interpreter free.
    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        fits = {
            name: pool.submit(kind.fit, market, history, getattr(settings, name))
            for name, kind in SCORERS.items()
            if name not in earlier
        }
    return {
        name: fits[name].result() if name in fits else replace(earlier[name], market=market)
        for name in SCORERS
    }


def floors_of(market: Market, scorers: Mapping[str, Scorer[Any]]) -> dict[ListName, Weights]:
    """Least spread of each component on each list, from shops with orders, evenly drawn."""
    ordering = np.flatnonzero(market.ordering)
    some = ordering[:: 1 + len(ordering) // MOST_FOR_FLOORS]
    shops = replace(market.shops(some), changed=True)
    scores = component_scores(scorers, shops)
    bought = shops.habits.bought(market.shape[1])
    return {
        name: {
            component: FLOOR * float(np.median(spread(values, mask))) if len(some) else 0.0
            for component, values in scores.items()
        }
        | {Affinity.name: AFFINITY_FLOOR}
        for name, mask in ((one, candidates(one, bought, market.active)) for one in ListName)
    }


def _silent(fraction: float, doing: str) -> None:
    """Tell nobody."""


def _plain(settings: ModelSettings) -> dict[str, Any]:
    """Settings of the scorers for JSON."""
    return {name: asdict(getattr(settings, name)) for name in SCORERS}
