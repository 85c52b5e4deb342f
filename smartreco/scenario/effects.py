"""What levers do to a market: arrays that each lever pushes a little further.

Levers never draw and never simulate. They say what changes, so that several of them make
one world, and that world is played once, beside today, on the same draws.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np

from smartreco.forecast.arrays import Floats, Ints, Mask
from smartreco.language import Sentence
from smartreco.scenario.market import Market
from smartreco.scenario.market_parts import Goods

AS_TODAY, EMPTY, FULL = -1, 0, 1
DEEPEST: Final = 0.95


class FlagKind(StrEnum):
    """What a reader should know before trusting a figure."""

    EXTRAPOLATION = "extrapolation"
    BORROWED = "borrowed"
    ASSUMPTION = "assumption"
    MISSING = "missing"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Flag:
    """One warning, with the products it is about (empty: the scenario as a whole)."""

    kind: FlagKind
    sentence: Sentence
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Swing:
    """Demand times exp(``log``), products x weeks; ``doubt`` : standard deviation of its strength,
    as a share of it; ``name`` : of the stream that draws it."""

    log: Floats
    doubt: float
    name: str


@dataclass(frozen=True, slots=True)
class Launched:
    """New products.

    Attributes
    ----------
    goods
        As of any product.
    price
        Currency for one piece.
    curves
        What each might sell: products x possible courses x weeks, equally likely.
    spread
        Spread (log) around a course: like products are few, and none of them is this one.
    """

    goods: Goods
    price: Floats
    curves: Floats
    spread: float


@dataclass(frozen=True, slots=True)
class Joined:
    """New shops in a region.

    Attributes
    ----------
    name
        Of the stream that draws them.
    region
        Place of the region.
    count
        How many.
    like
        Pieces a week of shops that they may turn out like.
    spread
        Spread (log) around each of these: like shops are few, and none of them is this one.
    mix
        What a piece of theirs is: products x weeks, a whole of 1 in a usual week.
    start
        Share of what they order later, week by week, if they start slowly.
    """

    name: str
    region: int
    count: int
    like: Floats
    spread: float
    mix: Floats
    start: Floats


@dataclass
class Effects:
    """All that differs from today; a fresh one changes nothing.

    Attributes
    ----------
    moved
        Added to the log of the price without promotion: products x weeks.
    depth
        Share that promotions take off, in place of the planned: products x weeks.
    swings, regional
        Demand multiplied everywhere, and in a region (place -> products x weeks).
    offered
        Whether a product is sold at all: products x weeks.
    shelf
        `AS_TODAY`, `EMPTY` or `FULL`: products x weeks.
    lead
        Weeks added to the vendor's lead time: one a product.
    planned
        Whether its vendor orders with the new lead time in mind: one a product.
    """

    market: Market
    moved: Floats = field(init=False)
    depth: Floats = field(init=False)
    swings: list[Swing] = field(default_factory=list)
    regional: dict[int, Floats] = field(default_factory=dict)
    offered: Mask = field(init=False)
    shelf: Ints = field(init=False)
    lead: Floats = field(init=False)
    planned: Mask = field(init=False)
    launches: list[Launched] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def __post_init__(self) -> None:
        shape = self.market.mean.shape
        self.moved = np.zeros(shape)
        self.depth = self.market.depth.copy()
        self.offered = np.ones(shape, dtype=bool)
        self.shelf = np.full(shape, AS_TODAY, dtype=np.int64)
        self.lead = np.zeros(len(self.market))
        self.planned = np.zeros(len(self.market), dtype=bool)

    def promote(self, cells: tuple[Mask, Mask], depth: float) -> None:
        """A deeper promotion that is planned already stays."""
        self.depth[cells] = np.maximum(self.depth[cells], min(depth, DEEPEST))

    def in_region(self, region: int) -> Floats:
        """The multiplier of a region, to be pushed in place."""
        return self.regional.setdefault(region, np.ones(self.market.mean.shape))

    def priced(self) -> Mask:
        """Products whose price differs from today's in a week, promotions among it."""
        return np.asarray(((self.moved != 0) | (self.depth != self.market.depth)).any(axis=1))

    def own(self) -> Mask:
        """Products that something happens to which drives shops to or from like products."""
        shut = ~self.offered.all(axis=1) | (self.shelf != AS_TODAY).any(axis=1)
        return np.asarray(self.priced() | shut | (self.lead != 0))

    def touched(self) -> Mask:
        """Products whose sales may differ, those that stand in for others among them."""
        like = self.market.goods.like
        found = self.own()
        groups = set(like[found]) | {one for new in self.launches for one in new.goods.like}
        found |= np.isin(like, list(groups)) if groups else False
        for swing in self.swings:
            found |= (swing.log != 0).any(axis=1)
        for factor in self.regional.values():
            found |= (factor != 1).any(axis=1)
        for one in self.joined:
            found |= (one.mix > 0).any(axis=1)
        return found
