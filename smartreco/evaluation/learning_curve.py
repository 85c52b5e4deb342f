"""Whether more orders would make better lists: the same test, less and less history before it.

Only the latest weeks are kept, as if the shop had come to the platform later. The test
window, the judged shops and what counts as a hit stay those of the whole history: a product
that a shop bought before the weeks that are kept is still not new to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np

from smartreco.entities import ListName
from smartreco.errors import NotEnoughDataError
from smartreco.evaluation.baselines.registry import BASELINES
from smartreco.evaluation.evaluate import Report
from smartreco.evaluation.listing import Listed, list_baseline, list_ours
from smartreco.evaluation.measuring import Judge, Measured, mean
from smartreco.evaluation.protocol import Cut, Split, cut, knowing_only
from smartreco.evaluation.published import NO_RULES, as_published
from smartreco.evaluation.scores import OURS
from smartreco.measures.bootstrap import bands, paired_difference
from smartreco.recommend.attributes import Attributes
from smartreco.recommend.engine import ModelSettings, fit_model
from smartreco.recommend.history import DAY, History
from smartreco.recommend.recipe import Recipe

SHARES: Final = (0.2, 0.4, 0.6, 0.8, 1.0)
FEWEST_DAYS: Final = 28  # of orders, below which a model learns nothing worth a point
BESIDE: Final = ("popularity", "own_frequency")  # quick to fit, and a floor for any model
Ndcg = dict[tuple[ListName, str], Measured]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """NDCG of a model that knew the latest ``days`` before the cut, with its 95 % interval.

    ``more`` is what the next larger share of the history adds, paired over the same shops
    (mean, low, high); None for the largest.
    """

    list: ListName
    model: str
    share: float
    days: int
    purchases: int
    ndcg: float
    low: float
    high: float
    more: tuple[float, float, float] | None = None

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> CurvePoint:
        """Read what `dataclasses.asdict` wrote."""
        more = plain["more"]
        return cls(**{
            **plain, "list": ListName(plain["list"]), "more": None if more is None else tuple(more),
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """How good lists of ``k`` places are by how much history they rest on.

    Attributes
    ----------
    shops
        Judged, by list: the same at every point.
    points
        By list and model, the shortest history first.
    """

    k: int
    known_until: date
    ends_on: date
    shops: Mapping[ListName, int]
    points: tuple[CurvePoint, ...]
    recipe: Mapping[str, Any] | None = field(default=None)

    def of(self, name: ListName, model: str = OURS) -> tuple[CurvePoint, ...]:
        """The points of one list and model."""
        return tuple(one for one in self.points if (one.list, one.model) == (name, model))

    def models(self, name: ListName) -> tuple[str, ...]:
        """Models of a list, ours first."""
        return tuple(dict.fromkeys(one.model for one in self.points if one.list is name))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; `from_dict` reads them back."""
        dates = {"known_until": self.known_until, "ends_on": self.ends_on}
        return asdict(self) | {name: day.isoformat() for name, day in dates.items()}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> LearningCurve:
        """Read what `to_dict` wrote, also after a trip through JSON."""
        read = {
            "known_until": date.fromisoformat(plain["known_until"]),
            "ends_on": date.fromisoformat(plain["ends_on"]),
            "shops": {ListName(name): many for name, many in plain["shops"].items()},
            "points": tuple(CurvePoint.from_dict(one) for one in plain["points"]),
        }
        return cls(**{**plain, **read})


def learning_curve(
    history: History,
    *,
    k: int = 10,
    rng: np.random.Generator,
    shares: Sequence[float] = SHARES,
    settings: ModelSettings | None = None,
    recipe: Recipe | None = None,
    progress: Report | None = None,
) -> LearningCurve:
    """Fit on growing shares of the weeks before the cut in time, judge all on what follows.

    Parameters
    ----------
    rng
        Draws the fits' samples, each time from the same start, then the bootstrap.
    shares
        Rising; those that leave under `FEWEST_DAYS` are left out.
    settings, recipe
        As in `smartreco.evaluation.evaluate.evaluate`.

    Raises
    ------
    NotEnoughDataError
        The history is too short for two points.
    """
    report = progress or (lambda fraction, doing: None)
    whole = cut(history, Split.TIME, rng)
    seed = int(rng.integers(2**62))
    known = [(one, part) for one in shares if (part := _latest(whole.training, one)) is not None]
    if len(known) < 2:
        raise NotEnoughDataError(
            f"a learning curve needs two lengths of at least {FEWEST_DAYS} days before the cut",
            "fewer", "import more orders",
        )  # fmt: skip
    judges = _judges(whole)
    found: list[Ndcg] = []
    for at, (share, (_, known_part)) in enumerate(known):
        report(at / len(known), f"Learning from {share:.0%} of the weeks")
        lists = _lists(knowing_only(whole, known_part), k, seed, settings, recipe)
        found.append({
            (name, model): judges[name].ndcg(one)
            for model, by in lists.items() for name, one in by.items()
        })  # fmt: skip
    report(1.0, "Measured")
    return LearningCurve(
        k, whole.training.as_of, history.as_of,
        {name: int(judge.measured.sum()) for name, judge in judges.items()},
        _points(known, found, seed), None if recipe is None else recipe.to_dict(),
    )  # fmt: skip


def _latest(training: History, share: float) -> tuple[int, History] | None:
    """The latest share of the days; None where they are too few."""
    day = training.purchases[DAY].to_numpy()
    days = round((training.as_of_day - int(day.min())) * share)
    if days < FEWEST_DAYS:
        return None
    kept = training.purchases[day >= training.as_of_day - days].reset_index(drop=True)
    return days, replace(training, purchases=kept)


def _judges(whole: Cut) -> dict[ListName, Judge]:
    kinds = Attributes.of_products(whole.training.products).matrix
    return {name: Judge.of(whole, name, kinds) for name in ListName}


def _lists(
    parted: Cut, k: int, seed: int, settings: ModelSettings | None, recipe: Recipe | None
) -> dict[str, dict[ListName, Listed]]:
    """Ours and the baselines beside it, for the shops of the whole history."""
    model = fit_model(parted.training, settings, rng=np.random.default_rng(seed))
    rules = NO_RULES
    if recipe is not None:
        model, rules = as_published(model, recipe, parted.training, k)
    found = {OURS: list_ours(model, parted, k, 0, rules)}
    for name in BESIDE:
        found[name] = list_baseline(BASELINES[name](parted.training), parted, k)
    found["own_frequency"].pop(ListName.DISCOVER, None)  # its ties there are popularity again
    return found


def _points(
    known: Sequence[tuple[float, tuple[int, History]]], found: Sequence[Ndcg], seed: int
) -> tuple[CurvePoint, ...]:
    made = []
    for name, model in found[-1]:
        for at, (share, (days, part)) in enumerate(known):
            here = found[at].get((name, model))
            if here is None or not np.isfinite(here).any():
                continue
            ((low, high),) = bands(here[:, None], np.random.default_rng(seed))
            after = found[at + 1].get((name, model)) if at + 1 < len(found) else None
            made.append(CurvePoint(
                name, model, share, days, len(part.purchases), mean(here), float(low), float(high),
                None if after is None else _gain(after, here, seed),
            ))  # fmt: skip
    return tuple(made)


def _gain(after: Measured, before: Measured, seed: int) -> tuple[float, float, float]:
    one = paired_difference(after, before, np.random.default_rng(seed))
    return one.mean, one.low, one.high
