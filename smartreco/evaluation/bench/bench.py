"""Measure recipes on a past window in milliseconds: what a slider asks for.

The model of a bench is fitted on the training part of a cut alone. Its component scores are
held for the products near the top of each judged shop (`pool`), so that another recipe is a
weighted sum, a sort and a few means. Half-lives change the scores themselves: their scorers
are fitted one after the other (`Bench.prepare`), and a recipe waits for its own.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from smartreco.entities import ListName
from smartreco.errors import NotReadyError
from smartreco.evaluation.bench.figures import Figures, Lists, figures
from smartreco.evaluation.bench.gathering import LISTS, gather
from smartreco.evaluation.bench.gauges import Measured
from smartreco.evaluation.bench.gauging import gauged
from smartreco.evaluation.bench.likeness import Likeness
from smartreco.evaluation.bench.pool import Mixed, Pool, mixed
from smartreco.evaluation.bench.ruled import Ruled
from smartreco.evaluation.bench.window import MOST_SHOPS, Window, likeness_of
from smartreco.evaluation.protocol import Cut
from smartreco.recommend.blend import Blend
from smartreco.recommend.collaborative import Collaborative
from smartreco.recommend.fitting import one_thread
from smartreco.recommend.model import Model
from smartreco.recommend.probability import shop_features
from smartreco.recommend.recent import Recent
from smartreco.recommend.recipe import HALF_LIFE_CHOICES, Recipe
from smartreco.recommend.rules import NO_PLAN, Plan
from smartreco.recommend.serving import with_half_life

Floats = npt.NDArray[np.float64]
Plans = Mapping[ListName, Plan]

K: Final = 10  # places of a list that are judged
NO_PLANS: Final[Plans] = {}
HELD: Final = 48  # lists whose figures are kept, 0.2 MB each: what is compared with stays


@dataclass(frozen=True)
class Bench:
    """One window, one model, and the pools of each half-life.

    Memory is bounded: `MOST_SHOPS` x about 220 products x 2 lists x 26 bytes and the spreads,
    14 MB a half-life, beside the model and two tables of likeness, up to 150 MB together
    (`likeness.MOST_PRODUCTS`), which benches of the same products share.

    Attributes
    ----------
    model
        Fitted on the training part of the window's cut.
    pools
        By half-life; None: as the model learned.
    """

    window: Window
    model: Model
    pools: dict[float | None, Mapping[ListName, Pool]] = field(default_factory=dict)
    _held: Recent[tuple[object, ...], Figures] = field(default_factory=lambda: Recent(HELD))
    _ruled: Recent[tuple[object, ...], Ruled] = field(default_factory=lambda: Recent(HELD))
    _making: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(
        cls,
        cut: Cut,
        model: Model,
        *,
        rng: np.random.Generator,
        likeness: Likeness | None = None,
        shops: int = MOST_SHOPS,
    ) -> Bench:
        """Score the judged shops of a cut once.

        Parameters
        ----------
        model
            Of `fit_model(cut.training)`: it may know nothing of what came after.
        rng
            Draws shops where there are more than ``shops``, and the draws of the bootstrap.
        likeness
            Saves a second table where another bench has the same products.
        """
        window = Window.of(cut, likeness or likeness_of(cut), rng, shops)
        bench = cls(window, model)
        bench.prepare(None)
        return bench

    @property
    def half_lives(self) -> tuple[float, ...]:
        """Those that can be measured by now."""
        return tuple(one for one in HALF_LIFE_CHOICES if one in self.pools)

    def prepare(self, half_life: float | None) -> None:
        """Fit what a half-life speaks of and fill its pools, once; takes as long as a fit."""
        with self._making:
            if half_life in self.pools:
                return
            aged = self.model if half_life is None else with_half_life(self.model, half_life)
            with one_thread, threadpool_limits(1, user_api="blas"):
                self.pools[half_life] = gather(
                    self.window.cut, aged.market, aged.scorers, [self.model.blend]
                )

    def measure(
        self, recipe: Recipe, against: Recipe | None = None, plans: Plans = NO_PLANS
    ) -> Measured:
        """Every figure of a recipe, and its change.

        Parameters
        ----------
        against
            What changes are counted from; None: what the bench's own model learned.
        plans
            Published rules by list, for the products of the window.

        Raises
        ------
        NotReadyError
            The half-life of a recipe is still being made.
        """
        base = against or self.learned
        found = []
        for name in LISTS:
            now, then = (self.figures(name, one, plans) for one in (recipe, base))
            found.append(gauged(name, now, then, self.window))
        notes = [
            one for name in LISTS for one in self._rules(name, recipe.half_life, plans).notes(K)
        ]
        return Measured(recipe, tuple(found), tuple({one.template: one for one in notes}.values()))

    @property
    def learned(self) -> Recipe:
        """What the bench's own model learned from its training part."""
        return Recipe(self.model.blend)

    def figures(self, name: ListName, recipe: Recipe, plans: Plans = NO_PLANS) -> Figures:
        """Figures of one list with what each shop does to them; the latest are held."""
        plan = plans.get(name, NO_PLAN)
        key = (name, json.dumps(recipe.to_dict(), sort_keys=True), plan)
        return self._held.get(key, lambda: figures(self.lists(name, recipe, plans), self.window))

    def lists(self, name: ListName, recipe: Recipe, plans: Plans = NO_PLANS) -> Lists:
        """One list of every drawn shop."""
        ruled = self._rules(name, recipe.half_life, plans)
        pool, power = ruled.pool, self.power(recipe)
        mix = self._mixed(pool, recipe.blend, name, power)
        places = ruled.ranked(mix, K, recipe.varied(name), self.window.likeness)
        at, there = np.maximum(places, 0), places >= 0
        return Lists(
            ranked=np.where(there, np.take_along_axis(pool.at, at, axis=1), -1),
            hits=np.take_along_axis(pool.truth, at, axis=1) & there,
            soon=None if pool.soon is None else np.take_along_axis(pool.soon, at, axis=1) & there,
            chances=self._chances(ruled, name, mix, recipe, at),
            relevant=pool.relevant,
        )

    def power(self, recipe: Recipe) -> float:
        """How far a recipe holds best-sellers back."""
        if recipe.damping is not None:
            return recipe.damping
        return float(self.model.scorers[Collaborative.name].settings.damping)

    def _mixed(self, pool: Pool, blend: Blend, name: ListName, power: float) -> Mixed:
        damping = self.model.market.damping(power).astype(np.float32)
        return mixed(pool, blend.weights[name], power, damping)

    def _rules(self, name: ListName, half_life: float | None, plans: Plans) -> Ruled:
        pools = self.pools.get(half_life)
        if pools is None:
            raise NotReadyError(
                "a half-life can be measured once its scores are made",
                f"{half_life:g} days, being made", "wait a moment, or choose another",
            )  # fmt: skip
        plan = plans.get(name, NO_PLAN)
        return self._ruled.get(
            (name, half_life, plan), lambda: Ruled.of(pools[name], plan, self.window.cut, name)
        )

    def _chances(
        self, ruled: Ruled, name: ListName, mix: Mixed, recipe: Recipe, places: npt.NDArray[Any]
    ) -> Floats | None:
        """By the learned weights, as lists state them; NaN where a pin's score is unknown."""
        calibration, pool = self.model.calibration, ruled.pool
        if calibration is None or pool.soon is None:
            return None
        if self.model.blend.weights[name] != recipe.blend.weights[name]:
            mix = self._mixed(pool, self.model.blend, name, self.power(recipe))
        scores = np.where(pool.at[:, : ruled.scored] >= 0, mix.totals[:, : ruled.scored], -np.inf)
        asked = np.take_along_axis(mix.totals, places, axis=1)
        above = (scores[:, None, :] > asked[:, :, None]).sum(axis=2)
        features = np.column_stack([self._of_shops, mix.mean])
        stated = calibration.probability(name, asked.astype(np.float64), above, features)
        return np.where(places < ruled.scored, stated, np.nan)

    @cached_property
    def _of_shops(self) -> Floats:
        """Features of each drawn shop that no mix changes."""
        habits = self.model.market.shops(self.window.cut.shops).habits
        nothing = np.zeros((len(habits), 1))
        day = self.model.market.as_of_day
        return shop_features(day, habits, nothing, nothing > 0)[:, :-1]
