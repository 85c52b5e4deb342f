"""Vendors' places: nobody above the cap, nobody below the floor, as far as candidates go."""

from __future__ import annotations

import numpy as np

from smartreco.recommend.ranking import best
from smartreco.recommend.rules.facts import Floats, Ints
from smartreco.recommend.rules.plan import Limits

FIXED, KEPT, FREE, OUT = range(4)  # who goes first where places are short


def placed(
    keys: Floats, order: Ints, places: int, limits: Limits, vendor: Ints, pinned: Ints
) -> Ints:
    """Fill the places of each shop from its candidates: shops x places, -1 where none is left.

    A vendor's first candidates, as many as his floor, are on the list; those beyond
    his cap are not; the rest come in their order. The lines keep that order too.

    Parameters
    ----------
    order
        Shops x candidates: positions, best first, -1 beyond the end.
    vendor
        Place of each product's vendor; -1 where unknown.
    """
    order = np.hstack([order, *_missing(keys, order, limits, vendor)])
    return filled(order, places, limits, vendor, pinned)


def filled(order: Ints, places: int, limits: Limits, vendor: Ints, pinned: Ints) -> Ints:
    """The same where the candidates hold all that a floor may need."""
    whose = np.where(order >= 0, vendor[np.maximum(order, 0)], -1)
    nth = _count_before(whose)
    rank = np.where(nth < limits.least[whose], KEPT, FREE)
    rank[nth >= limits.most[whose]] = OUT
    if len(pinned):
        rank[np.isin(order, pinned)] = FIXED
    rank[order < 0] = OUT
    first = np.argsort(rank, axis=1, kind="stable")[:, :places]
    gone = np.take_along_axis(rank, first, axis=1) == OUT
    slots = np.sort(np.where(gone, order.shape[1], first), axis=1)
    ended = np.pad(order, ((0, 0), (0, 1)), constant_values=-1)
    found = np.take_along_axis(ended, slots, axis=1)
    return np.pad(found, ((0, 0), (0, places - found.shape[1])), constant_values=-1)


def _missing(keys: Floats, order: Ints, limits: Limits, vendor: Ints) -> list[Ints]:
    """The best products of vendors with a floor, where they are not among the candidates."""
    found = []
    for at in np.flatnonzero(limits.least[:-1]):
        own = np.flatnonzero(vendor == at)
        top = best(keys[:, own], min(int(limits.least[at]), len(own)))
        known = np.where(top >= 0, own[np.maximum(top, 0)], -1) if len(own) else top
        twice = (known[:, :, None] == order[:, None, :]).any(axis=2)
        found.append(np.where(twice, -1, known))
    return found


def _count_before(whose: Ints) -> Ints:
    """How many candidates of the same vendor stand before each; products without one count 0."""
    by_vendor = np.argsort(whose, axis=1, kind="stable")
    sorted_ = np.take_along_axis(whose, by_vendor, axis=1)
    at = np.broadcast_to(np.arange(whose.shape[1]), whose.shape)
    starts = np.ones(whose.shape, dtype=bool)
    starts[:, 1:] = sorted_[:, 1:] != sorted_[:, :-1]
    begin = np.maximum.accumulate(np.where(starts, at, 0), axis=1)
    nth = np.empty_like(whose)
    np.put_along_axis(nth, by_vendor, at - begin, axis=1)
    return np.where(whose < 0, 0, nth)
