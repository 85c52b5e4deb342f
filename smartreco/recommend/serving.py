"""What a published recipe makes of a fitted model: other weights, damping and half-life.

Everything else stays as it was fitted, chances among them: they were learned by the
model's own weights, so they go on being worked out by those. A recipe that says what was
learned gives the model's own lists, to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, Final

from threadpoolctl import threadpool_limits

from smartreco.recommend.collaborative import Collaborative
from smartreco.recommend.damping import DAMPED
from smartreco.recommend.fitting import AT_ONCE, floors_of, one_thread
from smartreco.recommend.model import Model
from smartreco.recommend.packing import Arrays, pack, unpack
from smartreco.recommend.peers import Peers
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.scorers import SCORERS
from smartreco.recommend.succession import Succession

Scorers = Mapping[str, Scorer[Any]]

AGEING: Final[Mapping[str, Any]] = {kind.name: kind for kind in (Collaborative, Succession, Peers)}
"""Scorers of what shops have in common: the half-life of a recipe is theirs. What the crowd of
a group buys now keeps its own."""


def served(model: Model, recipe: Recipe) -> Model:
    """The model that answers by a recipe.

    Parameters
    ----------
    model
        As its fit left it, or as `with_half_life` made it.

    Notes
    -----
    A half-life that the model does not have takes a fit of three scorers; all else is quick.
    """
    aged = model if recipe.half_life is None else with_half_life(model, recipe.half_life)
    damped = aged if recipe.damping is None else with_damping(aged, recipe.damping)
    return replace(damped, blend=recipe.blend, calibrated=model.calibrated or model.blend)


def with_half_life(model: Model, half_life: float) -> Model:
    """The model with three scorers fitted anew; itself where it has that half-life already.

    The same model and half-life always give the same scorers: one thread a fit.
    """
    stale = {name: one for name, one in model.scorers.items() if _ages_otherwise(one, half_life)}
    if not stale:
        return model
    with one_thread, threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(AT_ONCE) as pool:
        fits = {
            name: pool.submit(
                AGEING[name].of_market, model.market, replace(one.settings, half_life=half_life)
            )
            for name, one in stale.items()
        }
        return _with_scorers(model, {name: fit.result() for name, fit in fits.items()})


def with_damping(model: Model, power: float) -> Model:
    """The model with best-sellers held back otherwise; itself where nothing changes."""
    return _with_scorers(
        model,
        {
            name: replace(one, settings=replace(one.settings, damping=power))
            for name, one in model.scorers.items()
            if name in DAMPED and one.settings.damping != power
        },
    )


def ages_otherwise(model: Model, half_life: float | None) -> bool:
    """Whether a half-life takes a fit."""
    return half_life is not None and any(
        _ages_otherwise(one, half_life) for one in model.scorers.values()
    )


def aged_arrays(model: Model) -> Arrays:
    """What `with_half_life` fitted, as plain arrays."""
    arrays: Arrays = {}
    for name in AGEING:
        arrays |= pack(model.scorers[name], f"{name}.", leave_out=("market",))
    return arrays


def with_aged(model: Model, arrays: Arrays) -> Model:
    """The model with the scorers that `aged_arrays` kept.

    Raises
    ------
    KeyError, ValueError
        The arrays are of another version of the program.
    """
    return _with_scorers(
        model,
        {name: unpack(SCORERS[name], arrays, f"{name}.", market=model.market) for name in AGEING},
    )


def _ages_otherwise(scorer: Scorer[Any], half_life: float) -> bool:
    return scorer.name in AGEING and scorer.settings.half_life != half_life


def _with_scorers(model: Model, others: Scorers) -> Model:
    """Other scorers in their places, and the floors that follow from them."""
    if not others:
        return model
    scorers = {name: others.get(name, one) for name, one in model.scorers.items()}
    return replace(model, scorers=scorers, floors=floors_of(model.market, scorers))
