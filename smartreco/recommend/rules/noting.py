"""Which rules moved which line: found by comparing, so that a note is true of its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from smartreco.recommend.rules.facts import Floats, Ints
from smartreco.recommend.rules.notes import CAP, FLOOR, PINNED, VARIED
from smartreco.recommend.rules.plan import Limits, Plan


def moved_by(
    plan: Plan,
    pinned: Ints,
    window: int,
    scores: Floats,
    lifted: Floats,
    keys: Floats,
    gone: Mapping[str, float],
    ranked: Ints,
) -> list[tuple[str, ...]]:
    """Names of the notes of each line of one shop's list.

    Parameters
    ----------
    scores, lifted, keys
        One entry a product: the mix, the mix with boosts, and what the list is sorted by.
    gone
        The best lifted score that each filter took away.
    """
    listed = [tuple(name for name, least in gone.items() if least > lifted[one]) for one in ranked]
    if plan.lift is not None:
        listed = [
            (*names, *_boosts(plan, scores, keys, int(product)))
            for names, product in zip(listed, ranked, strict=True)
        ]
    if plan.arranges:
        limits = plan.limits(window)
        listed = [
            (*names, *_places(plan, limits, window, keys, ranked, place))
            for place, names in enumerate(listed)
        ]
    return [
        (PINNED,) if product in pinned else names
        for product, names in zip(ranked, listed, strict=True)
    ]


def _boosts(plan: Plan, scores: Floats, keys: Floats, product: int) -> Iterator[str]:
    """Boosts of a product that changed places with another because of them."""
    moved = {name: lift[product] for name, lift in plan.lifts.items() if lift[product]}
    if not moved:
        return
    up = bool(((scores > scores[product]) & (keys < keys[product]) & np.isfinite(keys)).any())
    down = bool(((scores < scores[product]) & (keys > keys[product])).any())
    yield from (name for name, lift in moved.items() if (up if lift > 0 else down))


def _places(
    plan: Plan, limits: Limits | None, window: int, keys: Floats, ranked: Ints, place: int
) -> Iterator[str]:
    """What let a line pass products with a better key."""
    product = ranked[place]
    passed = keys > keys[product]
    better = int(passed.sum())
    passed[ranked[:place]] = False
    facts = plan.facts
    if facts is None or not passed.any():
        return
    if limits is not None:
        whose, start = facts.vendor[product], place // window * window
        above = facts.vendor[ranked[start:place]]
        if (above == whose).sum() < limits.least[whose] and better >= start + window:
            yield FLOOR
        full = np.bincount(above[above >= 0], minlength=len(limits.most))
        left = facts.vendor[np.flatnonzero(passed)]
        capped = full[left] >= limits.most[left]
        if capped.any():
            yield CAP
        if capped.all():
            return
    if plan.strength > 0:
        yield VARIED
