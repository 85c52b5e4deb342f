"""Which shops order in which weeks, on what day and in what mood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smartreco.dataset.world.randomness import Floats, Ints, Randomness, unit_mean
from smartreco.dataset.world.truth import Truth

#: Spread of an order's size (log) around what the shop usually orders.
MOOD_SPREAD = 0.85
#: An order falls on the shop's weekday but for this share.
OTHER_DAY_SHARE = 0.08


@dataclass(frozen=True)
class Visits:
    """Orders that may be placed, sorted by retailer, then week.

    ``day`` counts from 1970-01-01, ``minute`` from midnight; ``mood`` multiplies what is
    wanted and has mean one.
    """

    retailer: Ints
    week: Ints
    day: Ints
    minute: Ints
    mood: Floats


def draw_visits(truth: Truth, random: Randomness) -> Visits:
    """Orders of the known past: at most one a shop and week."""
    weeks, shops = truth.timeline.weeks, truth.retailers
    number = truth.timeline.numbers[:weeks]
    luck = random.uniform("visit", np.arange(len(shops))[:, None], number)
    retailer, week = np.nonzero(luck < truth.visit[:, :weeks])
    at = retailer, number[week]
    weekday = shops["weekday"].to_numpy()[retailer]
    other = random.uniform("other day", *at) < OTHER_DAY_SHARE
    weekday = np.where(other, (random.uniform("weekday", *at) * 6).astype(np.int64), weekday)
    first = truth.timeline.first_days[week]
    # 1970-01-01 was a Thursday, weekday 3.
    day = first + (weekday - (first + 3)) % 7
    minute = 540 + (random.uniform("minute", *at) * 600).astype(np.int64)
    return Visits(retailer, week, day, minute, unit_mean(random.normal("mood", *at), MOOD_SPREAD))
