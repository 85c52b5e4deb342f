"""The benches of one state of the data, made in the background one piece after the other.

First what a slider needs: the inner split, its model and its pools. Then, while somebody already
uses them: points for the plane, the other half-lives, the baselines, and the held-out bench.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from smartreco.entities import ListName
from smartreco.evaluation.bench.bench import Bench
from smartreco.evaluation.bench.objectives import Goods
from smartreco.evaluation.protocol import Cut, Split, cut
from smartreco.recommend.engine import fit_model
from smartreco.recommend.history import History
from smartreco.recommend.recipe import HALF_LIFE_CHOICES, Recipe
from smartreco.recommend.rules import ProductFacts
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.status import Report, portion
from smartreco.workspace.tuning.planes import Point, baseline_points, swept

SEED = 20260  # of splits, fits and draws: the same data give the same figures


@dataclass
class Held:
    """Benches and what goes with them.

    Attributes
    ----------
    inner
        Bench of the inner split: for sliders and searches.
    facts, goods
        Of its products.
    swept, baselines
        Points of the plane by list; empty until they are worked out.
    """

    history: History
    outer_cut: Cut
    inner: Bench
    facts: ProductFacts
    goods: Goods
    swept: dict[ListName, tuple[Point, ...]] = field(default_factory=dict)
    baselines: dict[ListName, tuple[Point, ...]] = field(default_factory=dict)
    _outer: Bench | None = None
    _making: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def make(
        cls, history: History, catalogue: Catalogue, in_force: Recipe, progress: Report
    ) -> Held:
        """What a slider needs.

        Raises
        ------
        NotEnoughDataError
            The history is too short to be cut twice.
        """
        rng = np.random.default_rng(SEED)
        outer = cut(history, Split.TIME, rng)
        inner = cut(outer.training, Split.TIME, rng)
        model = fit_model(
            inner.training, rng=np.random.default_rng(SEED), progress=portion(progress, 0.0, 0.7)
        )
        progress(0.7, "Scoring shops on the past window")
        bench = Bench.of(inner, model, rng=np.random.default_rng(SEED))
        if in_force.half_life is not None:
            progress(0.9, "Scoring shops with the published half-life")
            bench.prepare(in_force.half_life)
        bench.measure(in_force)  # what is made once is made before somebody waits for it
        facts = ProductFacts.of_products(catalogue.products, model.market.attributes)
        earned = (facts.price - facts.cost) * model.market.typical_quantity
        progress(1.0, "Ready")
        return cls(history, outer, bench, facts, Goods(earned, facts.vendor))

    def outer(self, half_life: float | None, progress: Report | None = None) -> Bench:
        """The held-out bench, able to measure a half-life; made when first asked for."""
        with self._making:
            if self._outer is None:
                model = fit_model(
                    self.outer_cut.training, rng=np.random.default_rng(SEED), progress=progress
                )
                self._outer = Bench.of(
                    self.outer_cut, model, rng=np.random.default_rng(SEED),
                    likeness=self.inner.window.likeness,
                )  # fmt: skip
        self._outer.prepare(half_life)
        return self._outer

    def finish(self, in_force: Recipe, go_on: Callable[[], None]) -> None:
        """All the rest; ``go_on`` raises where it is to end."""
        go_on()
        self.swept = swept(self.inner, in_force)
        for half_life in HALF_LIFE_CHOICES:
            go_on()
            self.inner.prepare(half_life)
        go_on()
        self.outer(in_force.half_life, lambda *_: go_on())
        self.baselines = baseline_points(self.inner.window.cut, go_on)
