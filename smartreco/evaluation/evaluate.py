"""One evaluation from beginning to end: cut, fit, list, measure."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from smartreco.entities import ListName
from smartreco.evaluation.baselines.registry import BASELINES, Fit
from smartreco.evaluation.comparing import Resample, by_segment, differences, strongest_peer
from smartreco.evaluation.curves import LENGTHS
from smartreco.evaluation.listing import Listed, list_baseline, list_ours
from smartreco.evaluation.measuring import Judge, calibration
from smartreco.evaluation.protocol import Cut, Split, cut, with_buyers
from smartreco.evaluation.published import NO_RULES, RulesByList, as_published
from smartreco.evaluation.responding import Stopwatch, response_times, stopwatch
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS, ListScores
from smartreco.evaluation.segments import segments
from smartreco.recommend.engine import Model, ModelSettings, fit_model
from smartreco.recommend.history import History
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.trial import HORIZON

Report = Callable[[float, str], None]
Lists = dict[ListName, Listed]

RANDOM_NOTE = "a random split has no days after the cut that a probability could be held against"
SHORT_NOTE = f"not enough data: fewer than {HORIZON} days lie after the cut"
UNSTATED_NOTE = "not enough data before the cut: the model states no probability"


def evaluate(
    history: History,
    *,
    split: Split = Split.TIME,
    k: int = 10,
    rng: np.random.Generator,
    settings: ModelSettings | None = None,
    recipe: Recipe | None = None,
    baselines: Mapping[str, Fit] = BASELINES,
    min_buyers: int = 1,
    progress: Report | None = None,
    watch: Stopwatch = stopwatch,
) -> Scoreboard:
    """Fit our model and the baselines on one part of a history, judge them on the other.

    Nothing after the cut reaches a model. What a history says of its products and
    shops without a date (prices, segments, what is active) is as it is today.

    Parameters
    ----------
    k
        Places of a list that are judged.
    rng
        Draws the random split, then the fit's samples, then the bootstrap, so that more
        baselines change neither the split nor our lists.
    settings
        Where our model starts; it learns on a cut inside the training part.
    recipe
        Weights and settings that somebody chose; None: as learned. What it leaves out stays
        as learned on the training part.
    baselines
        Name -> fit; fitted one after another, so that only one is in memory.
    min_buyers
        Leave out products with fewer buyers (`protocol.with_buyers`); 1 keeps all.
    watch
        Seconds since some moment, for fits and response times.

    Raises
    ------
    NotEnoughDataError
        The history is too short to be cut.
    """
    report = progress or (lambda fraction, doing: None)
    parted = cut(with_buyers(history, min_buyers), split, rng)
    started = watch()
    model = fit_model(
        parted.training, settings, rng=rng,
        progress=lambda fraction, doing: report(0.38 * fraction, doing),
    )  # fmt: skip
    rules = NO_RULES
    if recipe is not None:
        report(0.38, "Applying the recipe")
        model, rules = as_published(model, recipe, parted.training, k)
    seconds = {OURS: watch() - started}
    longest = max(k, *LENGTHS)
    lists = {OURS: list_ours(model, parted, longest, k, rules)}
    for at, (name, fit) in enumerate(baselines.items()):
        report(0.4 + 0.4 * at / len(baselines), f"Fitting {name}")
        lists[name], seconds[name] = _baseline(fit, parted, longest, watch)
    resample = _again(rng)
    measured = []
    for at, one in enumerate(ListName):
        report(0.8 + 0.2 * at / len(ListName), f"Measuring {one.value}")
        measured.append(
            _measured(
                one,
                model,
                parted,
                lists,
                k=k,
                rng=rng,
                resample=resample,
                watch=watch,
                rules=rules,
            )
        )
    report(1.0, "Measured")
    return Scoreboard(
        split=split,
        k=k,
        known_until=parted.training.as_of,
        ends_on=history.as_of,
        train_purchases=len(parted.training.purchases),
        test_purchases=parted.test_purchases,
        shops=len(parted.shops),
        products=int(parted.active.sum()),
        min_buyers=min_buyers,
        fit_seconds=seconds,
        chosen=model.summary(),
        lists=tuple(measured),
        recipe=None if recipe is None else recipe.to_dict(),
    )


def _again(rng: np.random.Generator) -> Resample:
    """A child of `rng`, from its start at each call; `rng` itself goes on as it would have."""
    seed = int(rng.spawn(1)[0].integers(2**62))
    return lambda: np.random.default_rng(seed)


def _baseline(fit: Fit, parted: Cut, k: int, watch: Stopwatch) -> tuple[Lists, float]:
    """Lists of a baseline, and the seconds of its fit; what it fitted is let go."""
    started = watch()
    ranker = fit(parted.training)
    seconds = watch() - started
    return list_baseline(ranker, parted, k), seconds


def _measured(
    name: ListName,
    model: Model,
    parted: Cut,
    lists: Mapping[str, Lists],
    *,
    k: int,
    rng: np.random.Generator,
    resample: Resample,
    watch: Stopwatch,
    rules: RulesByList,
) -> ListScores:
    """Every figure of one list."""
    judge = Judge.of(parted, name, model.market.attributes.matrix)
    long = {key: one[name] for key, one in lists.items() if name in one}
    listed = {key: one.top(k) for key, one in long.items()}
    ours = listed[OURS]
    if not judge.measured.any():
        listed = long = {}
    ndcg = {key: judge.ndcg(one) for key, one in listed.items()}
    peer = strongest_peer(ndcg)
    stated = None if parted.soon is None else calibration(ours, parted.soon)
    asked = model.market.retailer_ids[parted.shops].tolist()
    return ListScores(
        list=name,
        shops=int(judge.measured.sum()),
        models=tuple(judge.scores(key, one, resample()) for key, one in listed.items()),
        differences=differences(ndcg, rng),
        segments=by_segment(segments(parted), ndcg, rng, resample) if ndcg else (),
        categories=judge.categories(ours, listed[peer] if peer else None, resample()),
        vendors=judge.vendors(ours),
        calibration=stated,
        calibration_note=_why_not(parted) if stated is None else "",
        response=response_times(model, asked, name, k, watch, rules),
        lengths=tuple(
            at for key, one in long.items() for at in judge.lengths(key, one, resample())
        ),
        exposure=tuple(at for key, one in listed.items() for at in judge.exposure(key, one)),
        each=judge.kept(ours) if listed else None,
    )


def _why_not(parted: Cut) -> str:
    if parted.split is Split.RANDOM:
        return RANDOM_NOTE
    return SHORT_NOTE if parted.soon is None else UNSTATED_NOTE
