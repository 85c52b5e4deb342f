"""What a search tries next: weights and variety of each list, and what both share.

Both lists add up to the objective, so each has a study of its own, and the settings that both
share (half-life, damping) belong to the one of discovery, whose components they speak of. A
short round of one change at a time around the start comes first; then the sampler learns
(tree-structured Parzen estimators, Bergstra et al. 2011, as Optuna has them), and now and then
the best parts found so far are put together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, cast

import optuna

from smartreco.entities import ListName
from smartreco.evaluation.bench.gathering import LISTS
from smartreco.recommend.affinity import Affinity
from smartreco.recommend.blend import COMPONENTS, Blend
from smartreco.recommend.damping import POWERS
from smartreco.recommend.recipe import Recipe

JUDGED: Final = tuple(name for name in COMPONENTS if name != Affinity.name)
"""Components that speak without an open order; the others keep their share."""

DAMPINGS: Final = (0.0, *POWERS)
VARIETIES: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
SHARED: Final = ListName.DISCOVER
STARTING: Final = 24  # tries before the sampler learns
MOVES: Final = (0.0, 0.3, 1.0)  # of one component, where the largest has 1
TOGETHER: Final = 12  # tries between two that put the best parts together
BEST: Final = 5  # parts that are averaged

Params = Mapping[str, Any]


@dataclass
class Proposals:
    """Asked for the next recipe, told what became of it; the same seed asks the same.

    Parameters
    ----------
    start
        Where it begins.
    half_lives
        That can be measured now.
    """

    start: Recipe
    half_lives: Sequence[float]
    seed: int
    _studies: dict[ListName, optuna.Study] = field(init=False)
    _asked: dict[ListName, optuna.Trial] = field(init=False, default_factory=dict)
    _told: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        optuna.logging.set_verbosity(optuna.logging.WARNING)
        self._studies = {
            name: optuna.create_study(
                direction="maximize",
                sampler=optuna.samplers.TPESampler(
                    seed=self.seed + at, n_startup_trials=STARTING, multivariate=True
                ),
            )
            for at, name in enumerate(LISTS)
        }
        for name, study in self._studies.items():
            own = self._params(name)
            study.enqueue_trial(own)
            for component in JUDGED:
                for share in MOVES:
                    if abs(own[component] - share) > 0.05:
                        moved = {**own, component: share}
                        if any(moved[one] for one in JUDGED):
                            study.enqueue_trial(moved)

    def ask(self) -> Recipe:
        """The next recipe to try."""
        if self._told and self._told % TOGETHER == 0:
            self._put_together()
        self._asked = {name: study.ask() for name, study in self._studies.items()}
        blend = self.start.blend
        diversity = {}
        for name, trial in self._asked.items():
            weights = {one: trial.suggest_float(one, 0.0, 1.0) for one in JUDGED}
            if sum(weights.values()) <= 0:
                weights = dict.fromkeys(JUDGED, 1.0)
            blend = _with_weights(blend, name, weights)
            diversity[name] = trial.suggest_categorical("variety", self._varieties(name))
        shared = self._asked[SHARED]
        return Recipe(
            blend,
            self._half_life(shared.suggest_categorical("half_life", self._choices)),
            cast("float | None", shared.suggest_categorical("damping", self._dampings)),
            MappingProxyType(diversity),
        )

    def tell(self, worth: Mapping[ListName, float]) -> None:
        """What the last recipe was worth on each list, more being better."""
        for name, trial in self._asked.items():
            self._studies[name].tell(trial, worth[name])
        self._told += 1

    def _put_together(self) -> None:
        """Try the best part of each list together, then the mean of the best few."""
        for study in self._studies.values():
            best = sorted(study.trials, key=lambda one: -_value(one))[:BEST]
            mean = {one: sum(t.params[one] for t in best) / len(best) for one in JUDGED}
            study.enqueue_trial(best[0].params)
            study.enqueue_trial({**best[0].params, **mean})

    @property
    def _choices(self) -> tuple[str, ...]:
        """Half-lives as text: the start's own first."""
        found = dict.fromkeys([_named(self.start.half_life), *map(_named, self.half_lives)])
        return tuple(found)

    @property
    def _dampings(self) -> tuple[float | None, ...]:
        return tuple(dict.fromkeys([self.start.damping, *DAMPINGS]))

    def _varieties(self, name: ListName) -> tuple[float, ...]:
        return tuple(dict.fromkeys([self.start.varied(name), *VARIETIES]))

    def _half_life(self, named: str) -> float | None:
        known = {_named(one): one for one in (self.start.half_life, *self.half_lives)}
        return known[named]

    def _params(self, name: ListName) -> dict[str, Any]:
        weights = self.start.blend.weights[name]
        most = max(weights.get(one, 0.0) for one in JUDGED) or 1.0
        found: dict[str, Any] = {one: weights.get(one, 0.0) / most for one in JUDGED}
        found["variety"] = self.start.varied(name)
        if name is SHARED:
            found |= {"half_life": _named(self.start.half_life), "damping": self.start.damping}
        return found


def _with_weights(blend: Blend, name: ListName, weights: Mapping[str, float]) -> Blend:
    """Judged components share what the others leave."""
    old = blend.weights[name]
    kept = {one: share for one, share in old.items() if one not in JUDGED}
    room = (1.0 - sum(kept.values())) / sum(weights.values())
    if room <= 0:
        return blend
    return blend.with_list(name, {**kept, **{one: w * room for one, w in weights.items()}})


def _named(half_life: float | None) -> str:
    return "as learned" if half_life is None else f"{half_life:g}"


def _value(trial: optuna.trial.FrozenTrial) -> float:
    return trial.value if trial.value is not None else float("-inf")
