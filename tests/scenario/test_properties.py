"""What economics says must hold, whatever the numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.scenario.draws import Draws
from smartreco.scenario.effects import Effects
from smartreco.scenario.levers.registry import lever_from_dict
from smartreco.scenario.outcome import Measure, Outcome
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import effects_of, simulate
from smartreco.scenario.turning import turned
from smartreco.scenario.world import Worlds, play
from tests.scenario.markets import uncertain

QUICK = settings(max_examples=25, deadline=None)
MARKET = uncertain()
changes = st.floats(-0.5, 0.5)


def world(*levers: dict[str, object], seed: int = 1) -> Worlds:
    effects = effects_of(MARKET, tuple(lever_from_dict(one) for one in levers))
    return play(effects, Draws(seed, 30), np.arange(len(MARKET)))


def outcome(*levers: dict[str, object]) -> Outcome:
    made = tuple(lever_from_dict(one) for one in levers)
    return simulate(MARKET, Scenario("a question", made, horizon=4, seed=1, draws=60))


@QUICK
@given(changes, changes, st.integers(0, 1000))
def test_a_lower_price_is_never_asked_for_less(one: float, other: float, seed: int) -> None:
    low, high = sorted((one, other))
    asked = [
        world({"kind": "price", "change": change, "category": "Food"}, seed=seed).scenario.asked
        for change in (low, high)
    ]
    assert (asked[0] >= asked[1] - 1e-9).all()


@QUICK
@given(st.floats(0, 0.9), st.floats(0, 0.9), st.integers(0, 1000))
def test_a_deeper_promotion_is_never_asked_for_less(one: float, other: float, seed: int) -> None:
    low, high = sorted((one, other))
    asked = [
        world({"kind": "promotion", "depth": depth, "category": "Food"}, seed=seed).scenario.asked
        for depth in (low, high)
    ]
    assert (asked[1] >= asked[0] - 1e-9).all()


@QUICK
@given(st.integers(1, 4), st.integers(0, 1000))
def test_an_empty_shelf_never_sells_and_never_sells_others_less(weeks: int, seed: int) -> None:
    made = world({"kind": "stock_out", "products": ["P0"], "weeks": weeks}, seed=seed)
    change = made.scenario.sold - made.today.sold
    assert (made.scenario.sold[0, :weeks] == 0).all()
    assert (change[0] <= 0).all()
    assert (change[1:] >= 0).all()
    assert (change.sum(axis=0) <= 1e-9).all()


@QUICK
@given(st.integers(1, 3))
def test_a_longer_stock_out_is_never_better(weeks: int) -> None:
    found = [
        outcome({"kind": "stock_out", "vendor": "V2", "weeks": some}).of(Measure.REVENUE)
        for some in (weeks, weeks + 1)
    ]
    assert found[1].difference < found[0].difference <= 0


@QUICK
@given(st.floats(-0.9, 3.0))
def test_demand_moves_what_is_sold_its_own_way(change: float) -> None:
    moved = outcome({"kind": "demand", "change": change}).of(Measure.UNITS).difference
    assert abs(moved) < 1e-9 or np.sign(moved) == np.sign(change) or abs(change) < 0.02


@QUICK
@given(st.integers(0, 2**31))
def test_nothing_moved_differs_by_exactly_nothing(seed: int) -> None:
    made = play(Effects(MARKET), Draws(seed, 10), np.arange(len(MARKET)))
    assert np.array_equal(made.scenario.sold, made.today.sold)
    assert np.array_equal(made.scenario.asked, made.today.asked)


@QUICK
@given(st.integers(0, 2**31), st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True))
def test_a_product_has_the_same_luck_whoever_is_beside_it(seed: int, rows: list[int]) -> None:
    effects, draws = Effects(MARKET), Draws(seed, 12)
    whole = play(effects, draws, np.arange(len(MARKET)))
    some = play(effects, draws, np.array(sorted(rows)))
    assert np.allclose(some.today.sold, whole.today.sold[sorted(rows)])


@QUICK
@given(
    st.lists(st.floats(-5, 20), min_size=2, max_size=6),
    st.lists(st.floats(0.1, 30), min_size=6, max_size=6),
    st.floats(0, 0.9),
)
def test_what_turns_elsewhere_is_a_share_of_what_is_lost(
    lost: list[float], sells: list[float], share: float
) -> None:
    gone = np.array(lost)[:, None, None]
    there = np.array(sells[: len(lost)])[:, None, None]
    gain = turned(np.array(["a"] * len(lost)), gone, there, np.array([share]))
    assert (gain >= -0.9 * there - 1e-9).all()
    free = gain > -0.9 * there + 1e-9
    if free.all():
        assert np.isclose(gain.sum(), share * gone.sum())
