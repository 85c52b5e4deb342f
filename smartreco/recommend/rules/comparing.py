"""Two outcomes side by side: every difference is paired by shop."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.measures.bootstrap import paired_difference
from smartreco.recommend.model import Model
from smartreco.recommend.rules.effects import Change, Moved, Places, RulesPreview
from smartreco.recommend.rules.facts import Floats, ProductFacts
from smartreco.recommend.rules.outcome import Outcome

MOST_NAMED = 10  # products that enter or leave


def compared(
    before: Outcome,
    after: Outcome,
    model: Model,
    name: ListName,
    k: int,
    facts: ProductFacts,
    rng: np.random.Generator,
    known: int,
) -> RulesPreview:
    shops = len(before.ranked)
    entering, leaving = _moved(before, after, model)
    with_line = after.ranked >= 0
    with_margin = with_line & np.isfinite(facts.margin[np.maximum(after.ranked, 0)])
    total = np.abs(before.score).sum()
    differ = (before.ranked != after.ranked).any(axis=1)
    return RulesPreview(
        retailers=shops,
        known=known,
        list=name,
        k=k,
        changed=float(differ.mean()) if shops else 0.0,
        lines=_change(_lines(before), _lines(after), rng),
        orders=_change(before.orders, after.orders, rng),
        margin=_change(before.margin, after.margin, rng),
        margin_known=float(with_margin.sum() / max(int(with_line.sum()), 1)),
        score_lost=float((before.score.sum() - after.score.sum()) / total) if total else 0.0,
        coverage=(_coverage(before, model), _coverage(after, model)),
        variety=_change(before.variety, after.variety, rng),
        entering=entering,
        leaving=leaving,
        vendors=_vendors(before, after, facts),
    )


def _change(before: Floats, after: Floats, rng: np.random.Generator) -> Change:
    """Over shops where both are known, so that the difference is that of the means."""
    both = np.isfinite(before) & np.isfinite(after)
    had, has = (float(one[both].mean()) if both.any() else np.nan for one in (before, after))
    return Change(had, has, paired_difference(after, before, rng))


def _lines(outcome: Outcome) -> Floats:
    return np.asarray((outcome.ranked >= 0).sum(axis=1), dtype=np.float64)


def _coverage(outcome: Outcome, model: Model) -> float:
    shown = len(np.unique(outcome.ranked[outcome.ranked >= 0]))
    return shown / max(int(model.market.active.sum()), 1)


def _moved(
    before: Outcome, after: Outcome, model: Model
) -> tuple[tuple[Moved, ...], tuple[Moved, ...]]:
    products = model.market.shape[1]
    change = after.held(products) - before.held(products)
    came = np.bincount(change.indices, change.data > 0, minlength=products)
    went = np.bincount(change.indices, change.data < 0, minlength=products)
    return _most(came, model), _most(went, model)


def _most(lists: npt.NDArray[np.number[Any]], model: Model) -> tuple[Moved, ...]:
    market = model.market
    order = np.argsort(-lists, kind="stable")[:MOST_NAMED]
    return tuple(
        Moved(str(market.product_ids[at]), str(market.product_names[at]), int(lists[at]))
        for at in order
        if lists[at] > 0
    )


def _vendors(before: Outcome, after: Outcome, facts: ProductFacts) -> tuple[Places, ...]:
    shops = max(len(before.ranked), 1)
    had, has = (
        np.bincount(
            facts.vendor[one.ranked[one.ranked >= 0]] + 1, minlength=len(facts.vendors) + 1
        ) / shops
        for one in (before, after)
    )  # fmt: skip
    names = ("", *facts.vendors)
    order = np.lexsort((-has, -np.abs(has - had)))
    return tuple(
        Places(names[at], float(had[at]), float(has[at])) for at in order if had[at] or has[at]
    )
