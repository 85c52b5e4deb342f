"""The order lines themselves: what a shop orders, how many pieces, at what price.

A line occurs with chance 1 - exp(-h) for a hazard h, and its mean quantity is the expected
pieces divided by that chance, so that the pieces expected are exactly the product of
factors in `Truth`. Every random multiplier (the order's mood, a shared need, a product's
good or bad week, a line's quantity) has mean one, which keeps that so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from smartreco.columns import CASE_SIZE, PRODUCT, RETAILER
from smartreco.dataset.world.expectation import swing
from smartreco.dataset.world.pressure import Pressure, make_pressure
from smartreco.dataset.world.randomness import (
    Floats,
    Ints,
    Randomness,
    extend,
    to_uniform,
    unit_mean,
)
from smartreco.dataset.world.truth import Truth
from smartreco.dataset.world.visits import Visits, draw_visits

#: Spread of a line's quantity (log).
QUANTITY_SPREAD = 0.5
#: With this chance an order is about a need: its products are this much likelier, others less.
NEED_SHARE, NEED_LIFT = 0.25, 2.8
NEED_LOSS = (1 - NEED_SHARE * NEED_LIFT) / (1 - NEED_SHARE)
#: Whole cases from which a line is cheaper, and the factor on its price below and above.
BREAKS, BREAK_FACTORS = (5, 10), (1.0, 0.985, 0.97)
#: Visits x products looked at together: bounds memory.
_BLOCK = 1_000_000


@dataclass(frozen=True)
class Lines:
    """Order lines as arrays: positions, day since 1970-01-01, minute, pieces, rupees."""

    retailer: Ints
    product: Ints
    week: Ints
    day: Ints
    minute: Ints
    quantity: Ints
    unit_price: Floats


def draw_lines(truth: Truth, random: Randomness) -> Lines:
    """All order lines of the known past that the vendors could serve."""
    visits = draw_visits(truth, random)
    pressure = make_pressure(truth, random, visits)
    first = np.searchsorted(truth.pairs[RETAILER].to_numpy(), np.arange(len(truth.retailers) + 1))
    counts = np.diff(first)[visits.retailer]
    found = [
        _accept(truth, random, visits, pressure, *_crossed(part, first, counts, visits))
        for part in _parts(counts)
    ]
    visit, pair, pieces = (np.concatenate(some) for some in zip(*found, strict=True))
    return _priced(truth, random, visits, visit, pair, pieces)


def _parts(counts: Ints) -> Iterator[Ints]:
    """Runs of visits whose pairs fit into a block; at least one run."""
    run = np.cumsum(counts) // _BLOCK
    edges = np.flatnonzero(np.diff(run)) + 1
    yield from np.split(np.arange(len(counts)), edges)


def _crossed(part: Ints, first: Ints, counts: Ints, visits: Visits) -> tuple[Ints, Ints]:
    """Every visit of the part with every pair of its shop: visit and pair positions."""
    many = counts[part]
    visit = np.repeat(part, many)
    within = np.arange(len(visit)) - np.repeat(np.cumsum(many) - many, many)
    return visit, first[visits.retailer[visit]] + within


def _accept(
    truth: Truth, random: Randomness, visits: Visits, pressure: Pressure, visit: Ints, pair: Ints
) -> tuple[Ints, Ints, Floats]:
    """The candidates that become lines, and the mean pieces of each."""
    product = truth.pairs[PRODUCT].to_numpy()[pair]
    shelf = truth.products["shelf"].to_numpy()[product]
    number = truth.timeline.numbers[visits.week]
    luck = to_uniform(extend(random.keys("line", visits.retailer, number)[visit], product))
    rate = truth.pairs["rate"].to_numpy()[pair].astype(np.float64)
    hazard = rate * pressure.visit_often[visit, shelf]
    hazard *= pressure.product_often[product, visits.week[visit]]
    # 1 - exp(-h) is at most h: most candidates are out before needs and lists are looked at.
    most = np.maximum(NEED_LIFT * visits.mood, 1)[:, None] * np.maximum(pressure.due, 1)
    near = np.flatnonzero(luck < hazard * most[visit, shelf])
    visit, pair, product, shelf = visit[near], pair[near], product[near], shelf[near]
    week = visits.week[visit]
    topic = random.keys("need", visits.retailer, number)[visit]
    about = to_uniform(extend(topic, truth.products["need"].to_numpy()[product])) < NEED_SHARE
    urge = visits.mood[visit] * np.where(about, NEED_LIFT, NEED_LOSS)
    wanted = swing(rate[near], urge) * swing(rate[near], pressure.due[visit, shelf])
    wanted *= (truth.pairs["listed_from"].to_numpy()[pair] <= week) & (
        week < truth.pairs["listed_until"].to_numpy()[pair]
    )
    demand = rate[near] * truth.pairs["pieces"].to_numpy()[pair] * wanted
    demand *= pressure.visit_much[visit, shelf] * pressure.product_much[product, week]
    unit = truth.pairs["unit"].to_numpy()[pair]
    chance = np.minimum(-np.expm1(-hazard[near] * wanted), demand / unit)
    taken = luck[near] < chance
    return visit[taken], pair[taken], demand[taken] / chance[taken]


def _priced(
    truth: Truth, random: Randomness, visits: Visits, visit: Ints, pair: Ints, pieces: Floats
) -> Lines:
    """Whole units around the mean pieces, and what the shop pays for one piece."""
    product = truth.pairs[PRODUCT].to_numpy()[pair].astype(np.int64)
    unit = truth.pairs["unit"].to_numpy()[pair].astype(np.int64)
    week, retailer = visits.week[visit], visits.retailer[visit]
    at = retailer, truth.timeline.numbers[week], product
    spread = unit_mean(random.normal("quantity", *at), QUANTITY_SPREAD)
    # Rounding up with the chance of the fraction keeps the mean.
    units = np.floor(1 + (pieces / unit - 1) * spread + random.uniform("rounding", *at))
    quantity = units.astype(np.int64) * unit
    paid = truth.list_price[product, week] * (1.0 - truth.depth[product, week])
    cases = quantity // truth.products[CASE_SIZE].to_numpy()[product]
    factor = np.array(BREAK_FACTORS)[np.searchsorted(BREAKS, cases, side="right")]
    return Lines(
        retailer=retailer,
        product=product,
        week=week,
        day=visits.day[visit],
        minute=visits.minute[visit],
        quantity=quantity,
        unit_price=np.round(paid.astype(np.float64) * factor, 2),
    )
