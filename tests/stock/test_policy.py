"""How much is enough, how long it lasts, and which way a case is rounded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.stock.conformal import Errors, outcomes
from smartreco.stock.outcomes import Outcomes
from smartreco.stock.policy import Ahead, Held, advise, ahead_of_use
from smartreco.stock.rounding import Costs, to_cases
from smartreco.stock.running_out import likely
from smartreco.stock.sentences import say
from smartreco.stock.usage import use_of


def steady(weekly: float, weeks: int = 8, draws: int = 100) -> Ahead:
    """One product that is asked for the same every week, for certain."""
    grown = weekly * np.arange(1, weeks + 1)
    return Ahead(np.repeat(grown[None, :, None], draws, axis=2).astype(float))


def held(on_hand: float, *coming: tuple[int, float], case: int = 12, cost: float = 5.0) -> Held:
    """One product; ``coming`` : the day from today on which pieces arrive, and how many."""
    days = np.zeros((1, max((day for day, _ in coming), default=1)))
    for day, pieces in coming:
        days[0, day - 1] += pieces
    return Held(np.array([on_hand]), days, np.array([case]), np.array([cost]))


def regular_orders(rng: np.random.Generator, products: int, weeks: int) -> pd.DataFrame:
    """An order of each product every week, of as many pieces as chance has it."""
    pieces = rng.negative_binomial(2.0, 0.1, (products, weeks)) + 1.0
    return pd.DataFrame(
        {
            "product_id": np.repeat([f"p{at:03}" for at in range(products)], weeks),
            "ordered_on": np.tile((7 * np.arange(weeks)).astype("datetime64[D]"), products),
            "quantity": pieces.ravel(),
        }
    )


def test_steady_demand_gives_figures_that_can_be_done_by_hand() -> None:
    advice = advise(held(35.0), steady(14.0), lead_days=14, review_days=7, service=0.9).iloc[0]
    assert advice["level"] == pytest.approx(42.0)
    assert advice["needed"] == pytest.approx(7.0)
    assert advice["days_of_cover"] == pytest.approx(17.5)
    assert advice["runs_out_day"] == pytest.approx(17.5)
    assert advice["runs_out_chance"] == 0.0
    assert advise(held(27.0), steady(14.0), 14, 7, 0.9)["runs_out_chance"].iloc[0] == 1.0
    assert advice["excess"] == 0.0


def test_what_is_on_its_way_counts_from_its_delivery_on() -> None:
    late = advise(held(7.0, (6, 100.0)), steady(14.0), 14, 7, 0.9).iloc[0]
    assert late["runs_out_day"] == pytest.approx(3.5)
    assert late["runs_out_chance"] == 1.0  # empty for two days, long before an order of today
    assert late["needed"] == 0.0
    early = advise(held(7.0, (3, 100.0)), steady(14.0), 14, 7, 0.9).iloc[0]
    assert early["runs_out_day"] == pytest.approx(53.5)
    assert early["runs_out_chance"] == 0.0
    empty = advise(held(0.0, (1, 100.0)), steady(14.0), 14, 7, 0.9).iloc[0]
    assert (empty["runs_out_day"], empty["runs_out_chance"]) == (0.0, 1.0)
    assert np.isnan(advise(held(1000.0), steady(14.0), 14, 7, 0.9)["runs_out_day"].iloc[0])
    assert advise(held(0.0), steady(14.0), 14, 7, 0.9)["runs_out_day"].iloc[0] == 0.0


def test_money_is_tied_up_only_beyond_the_level_and_a_case() -> None:
    assert advise(held(53.0), steady(14.0), 14, 7, 0.9)["tied_up"].iloc[0] == 0.0
    assert advise(held(62.0), steady(14.0), 14, 7, 0.9)["tied_up"].iloc[0] == pytest.approx(100.0)


@pytest.mark.parametrize("service", [0.0, 1.0, 1.5, float("nan")])
def test_an_impossible_service_level_is_refused(service: float) -> None:
    with pytest.raises(InputError, match="service level"):
        advise(held(1.0), steady(1.0), 7, 7, service)


def test_more_days_than_are_known_ahead_are_refused() -> None:
    with pytest.raises(InputError, match="8 weeks ahead"):
        advise(held(1.0), steady(1.0), 60, 7, 0.9)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), low=st.floats(0.05, 0.9), more=st.floats(0.01, 0.09))
def test_a_higher_service_level_never_needs_less(seed: int, low: float, more: float) -> None:
    rng = np.random.default_rng(seed)
    ahead = ahead_of_use(use_of(regular_orders(rng, 4, 40)), 7 * 40, 4)
    stock = Held(rng.uniform(0, 20, 4), np.zeros((4, 1)), np.ones(4, dtype=np.int64), np.ones(4))
    few, many = (advise(stock, ahead, 7, 7, share) for share in (low, low + more))
    assert (many["needed"] >= few["needed"]).all()
    assert ((few["runs_out_chance"] >= 0) & (few["runs_out_chance"] <= 1)).all()
    assert (few["days_of_cover"] >= 0).all()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), lead=st.integers(1, 20), half=st.booleans())
def test_day_and_chance_agree_on_what_runs_out_before_a_delivery(
    seed: int, lead: int, half: bool
) -> None:
    rng = np.random.default_rng(seed)
    ahead = ahead_of_use(use_of(regular_orders(rng, 6, 40)), 7 * 40, 4)
    coming = np.where(rng.random((6, 12)) < 0.1, rng.integers(1, 40, (6, 12)), 0.0)
    stock = Held(np.floor(rng.uniform(0, 40, 6)), coming, np.ones(6, dtype=np.int64), np.ones(6))
    days = lead - 0.5 * half
    advice = advise(stock, ahead, days, 7, 0.9)
    by_chance = [likely(one) for one in advice["runs_out_chance"]]
    assert by_chance == (np.ceil(advice["runs_out_day"]) <= np.ceil(days)).tolist()


def test_quantiles_of_sums_hold_on_use_they_have_not_seen() -> None:
    rng = np.random.default_rng(1)
    lines = regular_orders(rng, 400, 110)
    use, now = use_of(lines), 7 * 100
    ahead = ahead_of_use(use_of(lines, before=now), now, 2)
    came = use.used(np.full((len(use), 1), now), 14)[:, 0]
    for share in (0.1, 0.5, 0.9, 0.95):
        kept = (came <= ahead.over(14).at(share)).mean()
        assert kept == pytest.approx(share, abs=0.06)


def test_without_errors_nothing_is_certain() -> None:
    nothing = np.full((2, 1), np.nan)
    made = outcomes(np.array([10.0, 0.0]), Errors(nothing, nothing))
    assert np.isfinite(made.draws).all()
    assert (made.draws >= 0).all()


def test_the_case_goes_the_way_that_costs_less() -> None:
    ahead = Outcomes(np.tile(np.linspace(0, 40, 200), (2, 1)))
    asked, position, case = np.array([14.0, 22.0]), np.zeros(2), np.array([12, 12])
    rounded = to_cases(asked, position, case, ahead, Costs(np.ones(2), 3 * np.ones(2)))
    assert rounded.cases.tolist() == [1, 1]  # a quarter of outcomes is below 10: 12 is nearer
    dear = to_cases(asked, position, case, ahead, Costs(9 * np.ones(2), np.ones(2)))
    assert dear.cases.tolist() == [2, 2]
    words = [say(dear.sentence(at), Language()) for at in range(2)]
    assert words[0].startswith("up to 2 whole cases")
    assert say(rounded.sentence(0), Language()).startswith("down to one whole case")


@settings(max_examples=60, deadline=None)
@given(
    tenths=st.integers(0, 5000), case=st.integers(1, 50), position=st.floats(0, 100),
    service=st.floats(0.05, 0.99), seed=st.integers(0, 100),
)  # fmt: skip
def test_rounding_is_whole_near_and_never_dearer_than_the_other_way(
    tenths: int, case: int, position: float, service: float, seed: int
) -> None:
    asked, rng = tenths / 10, np.random.default_rng(seed)
    ahead = Outcomes(np.sort(rng.gamma(1.0, 60.0, (1, 100)), axis=1))
    costs = Costs.at_service(np.array([3.0]), service)
    at, cases = np.array([position]), np.array([case])
    rounded = to_cases(np.array([asked]), at, cases, ahead, costs)
    assert abs(rounded.pieces[0] - asked) < case + 1e-6
    assert rounded.pieces[0] == rounded.cases[0] * case
    mine = costs.of(at + rounded.pieces, ahead)[0]
    for other in (np.floor(asked / case), np.ceil(asked / case)):
        assert mine <= costs.of(at + other * case, ahead)[0] + 1e-6
    assert say(rounded.sentence(0), Language())


@settings(max_examples=40, deadline=None)
@given(service=st.floats(0.3, 0.97), seed=st.integers(0, 1000))
def test_the_level_of_a_service_is_the_cheapest_stock_at_its_costs(
    service: float, seed: int
) -> None:
    ahead = Outcomes(np.sort(np.random.default_rng(seed).gamma(2.0, 30.0, (1, 200)), axis=1))
    costs, level = Costs.at_service(np.array([2.0]), service), ahead.at(service)
    assert costs.balance[0] == pytest.approx(service)
    for step in (0.9, 1.1):
        assert costs.of(level, ahead)[0] <= costs.of(level * step, ahead)[0] * (1 + 1e-3)
