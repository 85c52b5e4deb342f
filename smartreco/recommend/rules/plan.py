"""Rules that hold for every shop, made ready once: masks and lifts instead of targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from typing import NamedTuple

import numpy as np

from smartreco.recommend.rules.facts import Floats, Ints, ProductFacts
from smartreco.recommend.rules.notes import BOOSTED, HELD_BACK, LEFT_OUT
from smartreco.recommend.rules.rule import Mask, Rule

UNLIMITED = np.iinfo(np.int64).max


class Limits(NamedTuple):
    """Places of each vendor among so many; the last entry is of products without a vendor."""

    least: Ints
    most: Ints


@dataclass(frozen=True, eq=False)
class Plan:
    """What some rules do together; `of` makes it.

    Attributes
    ----------
    rules
        The rules, in the order in which they were given.
    facts
        None where there are no rules.
    keeps
        Masks of products that stay, by the note that they cause.
    lifts
        How far keys move, in spreads, by the note that it causes.
    lift
        Their sum; None where none moves any.
    pinned
        Ids that go to the top.
    strength
        Of diversity; several rules count once, the strongest.
    counts_places
        Whether a rule speaks of the places of a vendor.
    """

    rules: tuple[Rule, ...] = ()
    facts: ProductFacts | None = None
    keeps: Mapping[str, Mask] = field(default_factory=dict)
    lifts: Mapping[str, Floats] = field(default_factory=dict)
    lift: Floats | None = None
    pinned: tuple[str, ...] = ()
    strength: float = 0.0
    counts_places: bool = False

    @classmethod
    def of(cls, rules: Sequence[Rule], facts: ProductFacts) -> Plan:
        """Make rules ready for these products."""
        if not rules:
            return NO_PLAN
        kept = [keeps for rule in rules if (keeps := rule.keeps(facts)) is not None]
        moved = [(rule, lift) for rule in rules if (lift := rule.lift(facts)) is not None]
        lifts: dict[str, Floats] = {}
        for rule, lift in moved:
            for name, part in _parts(rule, lift):
                lifts[name] = lifts.get(name, 0.0) + part
        return cls(
            rules=tuple(rules),
            facts=facts,
            keeps={LEFT_OUT: reduce(np.logical_and, kept)} if kept else {},
            lifts=lifts,
            lift=reduce(np.add, lifts.values()) if lifts else None,
            pinned=tuple(one for rule in rules if (one := rule.pinned()) is not None),
            strength=max(rule.strength for rule in rules),
            counts_places=any(rule.floor(facts, 1) or rule.cap(facts, 1) for rule in rules),
        )

    @property
    def arranges(self) -> bool:
        """Whether a list is more than its best keys in order."""
        return self.counts_places or self.strength > 0

    @cached_property
    def unplaced(self) -> Plan:
        """The same without the rules that look at a list as a whole."""
        if self.facts is None or not self.arranges:
            return self
        return Plan.of([rule for rule in self.rules if not rule.arranges], self.facts)

    def limits(self, places: int) -> Limits | None:
        """Least and most of so many places for each vendor; None where no rule counts them."""
        if self.facts is None or not self.counts_places:
            return None
        least = np.zeros(len(self.facts.vendors) + 1, dtype=np.int64)
        most = np.full(len(self.facts.vendors) + 1, UNLIMITED)
        for rule in self.rules:
            if (cap := rule.cap(self.facts, places)) is not None:
                at = slice(0, -1) if cap.vendor < 0 else slice(cap.vendor, cap.vendor + 1)
                most[at] = np.minimum(most[at], cap.places)
        for rule in self.rules:
            if (floor := rule.floor(self.facts, places)) is not None:
                least[floor.vendor] = max(int(least[floor.vendor]), floor.places)
        return Limits(np.minimum(least, most), most)

    def without(self, number: int) -> Plan:
        """The same without one of its rules."""
        if self.facts is None:
            return self
        return Plan.of([*self.rules[:number], *self.rules[number + 1 :]], self.facts)


def _parts(rule: Rule, lift: Floats) -> list[tuple[str, Floats]]:
    up, down = np.maximum(lift, 0.0), np.minimum(lift, 0.0)
    named = ((BOOSTED.get(rule.target.kind, HELD_BACK), up), (HELD_BACK, down))
    return [(name, part) for name, part in named if part.any()]


NO_PLAN = Plan()
