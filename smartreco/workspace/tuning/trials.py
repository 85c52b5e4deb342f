"""A shop's list by two recipes, line by line, and what moved each line most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.language import Sentence
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Rules
from smartreco.recommend.scoring import Scored
from smartreco.workspace.tuning.views import TrialLine, TrialList

TOLD = 0.005  # of a spread: below that a score has not moved


@dataclass(frozen=True)
class Side:
    """One shop's list by one recipe; ``ranked`` holds positions, best first."""

    scored: Scored
    ranked: npt.NDArray[np.int64]

    @classmethod
    def of(cls, model: Model, retailer_id: str, name: ListName, k: int, rules: Rules) -> Side:
        """Make the list as it is served, with nothing in the order yet."""
        scored = model.score(model.shops([retailer_id]), name)
        resolved = rules.resolve(model.market.product_positions)
        (ranked,) = resolved.ranked(scored.totals, scored.offers, k)
        return cls(scored, ranked[ranked >= 0])

    def rank(self, product: int) -> int | None:
        """From 1; None where it is not on the list."""
        (at,) = np.nonzero(self.ranked == product)
        return int(at[0]) + 1 if len(at) else None

    def lead(self, product: int) -> dict[str, float]:
        """What each component adds to a product's score over that of the list's last line."""
        last = int(self.ranked[-1]) if len(self.ranked) else product
        by = self.scored.factor_of(0)
        return {
            name: by[name] * float(scores[0, product] - scores[0, last])
            for name, scores in self.scored.components.items()
        }


def compared(
    retailer_id: str, called: str, name: ListName, model: Model, before: Side, after: Side
) -> TrialList:
    """Both lists with the ranks and reasons of each line."""
    lines = {
        int(product): _line(model, int(product), before, after)
        for product in dict.fromkeys([*before.ranked.tolist(), *after.ranked.tolist()])
    }
    old = tuple(lines[one] for one in before.ranked.tolist())
    new = tuple(lines[one] for one in after.ranked.tolist())
    return TrialList(
        retailer_id, called, name, old, new,
        entered=tuple(line for line in new if line.rank_before is None),
        left=tuple(line for line in old if line.rank is None),
    )  # fmt: skip


def _line(model: Model, product: int, before: Side, after: Side) -> TrialLine:
    now, then = after.rank(product), before.rank(product)
    why = None if now == then else _why(product, before, after, now, then)
    market = model.market
    return TrialLine(
        str(market.product_ids[product]), str(market.product_names[product]), now, then, why
    )


def _why(product: int, before: Side, after: Side, now: int | None, then: int | None) -> Sentence:
    """The component whose addend moved most the way the line went."""
    old, new = before.lead(product), after.lead(product)
    moved = {name: new.get(name, 0.0) - old.get(name, 0.0) for name in {**old, **new}}
    if not any(abs(one) > TOLD for one in moved.values()):
        return Sentence("why.rules")
    up = then is None or (now is not None and now < then)
    most = max(moved, key=lambda name: moved[name] if up else -moved[name])
    points = round(100 * abs(moved[most]))
    if (moved[most] > 0) is not up or not points:
        return Sentence("why.others")
    return Sentence("why.up" if up else "why.down", {"component": most, "points": points})
