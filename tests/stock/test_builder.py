"""An order keeps to every limit, brings as much as can be, and says what holds it back."""

from __future__ import annotations

from dataclasses import replace
from itertools import product as every

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.errors import InputError
from smartreco.stock.builder import build
from smartreco.stock.limits import (
    BUDGET,
    CREDIT,
    KEPT,
    VENDOR,
    VENDOR_LEFT_OUT,
    Candidates,
    Limits,
)
from smartreco.stock.lots import LOTS, Lots, make_lots
from smartreco.stock.outcomes import Outcomes
from smartreco.stock.programme import make_programme
from smartreco.stock.rounding import Costs
from smartreco.stock.solving import divisible


def candidates(
    value: list[float], worth: list[float], most: list[int], vendors: str = "", discover: str = ""
) -> Candidates:
    """Products whose every case brings the same."""
    n = len(value)
    cases, gain = np.zeros((n, LOTS), dtype=np.int64), np.zeros((n, LOTS))
    cases[:, 0], gain[:, 0] = most, worth
    return Candidates(
        np.array([f"p{at}" for at in range(n)]),
        np.array(list(vendors or "v" * n)),
        np.array(value),
        Lots(cases, gain),
        np.array([one == "n" for one in (discover or "-" * n)]),
    )


def random_candidates(rng: np.random.Generator, n: int, vendors: int) -> Candidates:
    ahead = Outcomes(np.sort(rng.gamma(1.0, 40.0, (n, 100)), axis=1))
    price, case = rng.lognormal(3, 1, n), rng.choice([1, 6, 12, 24], n)
    costs, position = Costs.at_service(price, 0.95), rng.uniform(0, 60, n)
    most = np.ceil(np.maximum(ahead.at(0.99) - position, 0) / case).astype(np.int64)
    lots = make_lots(ahead, position, case, costs, most)
    names = np.array([f"v{at}" for at in rng.integers(0, vendors, n)])
    return Candidates(
        np.array([f"p{at}" for at in range(n)]),
        names,
        price * case,
        lots,
        rng.uniform(size=n) < 0.3,
    )


def test_without_limits_all_that_brings_something_is_ordered() -> None:
    order = build(candidates([10, 10, 10], [2, -1, 0.5], [3, 3, 1]), Limits())
    assert order.cases.tolist() == [3, 0, 1]
    assert (order.value, order.limits) == (40.0, ())
    assert order.worth == pytest.approx(6.5)


def test_the_budget_goes_where_it_brings_most_and_its_next_unit_has_a_price() -> None:
    offer = candidates([10, 10, 10], [5, 3, 1], [2, 2, 2])
    order = build(offer, Limits(budget=30, credit=100))
    assert order.cases.tolist() == [2, 1, 0]
    assert [(one.name, one.used) for one in order.limits] == [(BUDGET, 30.0)]
    assert order.limits[0].worth == pytest.approx(0.3)
    richer = build(offer, Limits(budget=40, credit=100))
    assert richer.worth - order.worth == pytest.approx(10 * order.limits[0].worth)


def test_the_lower_of_budget_and_credit_is_the_one_named() -> None:
    order = build(candidates([10, 10], [5, 3], [2, 2]), Limits(budget=100, credit=30))
    assert [one.name for one in order.limits] == [CREDIT]


def test_a_vendor_below_whose_minimum_nothing_is_worth_it_is_left_out_and_named() -> None:
    offer = candidates([10, 10, 10], [5, 3, 4], [2, 2, 1], vendors="aab")
    order = build(offer, Limits(vendor_minimum={"a": 30.0, "b": 30.0}))
    assert order.cases.tolist() == [2, 2, 0]
    found = order.limits[0]
    assert (found.name, found.vendor, found.bound, found.used) == (VENDOR_LEFT_OUT, "b", 30.0, 10.0)


def test_a_minimum_is_filled_where_the_whole_is_still_worth_it() -> None:
    offer = candidates([10, 10], [5, -1], [2, 5], vendors="aa")
    order = build(offer, Limits(vendor_minimum={"a": 40.0}))
    assert order.cases.tolist() == [2, 2]
    assert order.limits[0].vendor == "a"
    assert order.limits[0].worth == pytest.approx(0.1)
    assert build(offer, Limits(vendor_minimum={"a": 1000.0})).cases.sum() == 0


def test_a_share_is_kept_for_what_is_new() -> None:
    offer = candidates([10, 10], [5, 1], [10, 10], discover="-n")
    order = build(offer, Limits(budget=100, discovery_share=0.2))
    assert order.cases.tolist() == [8, 2]
    assert build(offer, Limits(budget=100, discovery_share=0.0)).cases.tolist() == [10, 0]


def test_what_only_fills_an_order_up_makes_no_room_for_what_is_new() -> None:
    offer = candidates([10, 10, 10], [5, -0.001, 100], [2, 50, 1], vendors="aab", discover="--n")
    order = build(offer, Limits(vendor_minimum={"a": 10.0}, discovery_share=0.1))
    assert order.cases.tolist() == [2, 0, 0]  # nine cases of the second would let the third in


def test_nothing_to_order_is_an_order_of_nothing() -> None:
    assert build(candidates([10], [-1], [3]), Limits()).cases.tolist() == [0]
    empty = build(candidates([], [], []), Limits(budget=5))
    assert (len(empty.cases), empty.value) == (0, 0.0)
    assert build(candidates([10], [1], [3]), Limits(budget=0)).value == 0.0


@pytest.mark.parametrize(
    ("limits", "name", "bound"),
    [
        (Limits(budget=0), BUDGET, 0.0),
        (Limits(credit=0), CREDIT, 0.0),
        (Limits(budget=9, credit=500), BUDGET, 9.0),
        (Limits(budget=500, credit=9), CREDIT, 9.0),
        (Limits(credit=15, vendor_minimum={"v": 20.0}), CREDIT, 15.0),
    ],
)
def test_money_within_which_nothing_fits_is_named(limits: Limits, name: str, bound: float) -> None:
    order = build(candidates([10, 10], [5, 3], [2, 2]), limits)
    assert not order.cases.any()
    assert [(one.name, one.bound, one.used) for one in order.limits] == [(name, bound, 0.0)]


def test_money_is_not_named_where_more_of_it_would_buy_nothing_either() -> None:
    assert build(candidates([10], [-1], [3]), Limits(budget=0)).limits == ()
    far = Limits(budget=15, vendor_minimum={"v": 1000.0})
    order = build(candidates([10], [5], [3]), far)
    assert [one.name for one in order.limits] == [VENDOR_LEFT_OUT]


def test_a_budget_that_is_spent_is_named_also_where_the_share_for_new_bears_its_price() -> None:
    offer = candidates([10, 10], [5, 1], [10, 10], discover="-n")
    names = {one.name for one in build(offer, Limits(budget=100, discovery_share=0.2)).limits}
    assert BUDGET in names


def test_the_share_for_new_is_named_where_the_rest_could_buy_more_of_the_old() -> None:
    offer = candidates([10, 10], [5, 0.1], [10, 1], discover="-n")
    found = build(offer, Limits(budget=50, discovery_share=0.2)).limits
    assert KEPT in {one.name for one in found}


@pytest.mark.parametrize("limits", [{"budget": -1.0}, {"credit": -1.0}, {"discovery_share": 1.0}])
def test_impossible_limits_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(InputError):
        Limits(**limits)  # type: ignore[arg-type]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000), budget=st.floats(50, 20_000), share=st.floats(0, 0.5),
    least=st.floats(0, 3000),
)  # fmt: skip
def test_every_limit_holds(seed: int, budget: float, share: float, least: float) -> None:
    rng = np.random.default_rng(seed)
    offer = random_candidates(rng, 30, 4)
    minimum = {f"v{at}": least for at in range(4)}
    order = build(offer, Limits(budget, 1.5 * budget, minimum, share))
    spent = order.cases * offer.case_value
    assert (order.cases >= 0).all()
    assert (order.cases <= offer.lots.cases.sum(axis=1)).all()
    assert spent.sum() <= budget * (1 + 1e-6) + 1e-6
    if offer.discover.any() and not offer.discover.all():
        assert spent[offer.discover].sum() <= share * spent.sum() + 1e-6 * budget
    for vendor in minimum:
        ordered = spent[offer.vendors == vendor].sum()
        assert ordered == 0 or ordered >= least - 1e-6 * budget
    assert order.worth >= -1e-9
    assert order.value == pytest.approx(spent.sum())


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_no_other_order_brings_more(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value, worth = rng.uniform(5, 30, 5), rng.uniform(-1, 8, 5)
    offer = candidates(value.tolist(), worth.tolist(), [2] * 5, vendors="aabbb")
    limits = Limits(budget=80.0, vendor_minimum={"a": 25.0, "b": 40.0})
    best = 0.0
    for cases in every(range(3), repeat=5):
        spent = np.array(cases) * value
        a, b = spent[:2].sum(), spent[2:].sum()
        if spent.sum() <= 80 and (a == 0 or a >= 25) and (b == 0 or b >= 40):
            best = max(best, float(np.array(cases) @ worth))
    order = build(offer, limits)
    assert order.worth <= best + 1e-6
    assert order.worth >= 0.9 * best - 1e-6
    assert order.worth * (1 + order.gap) >= best - 1e-6


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.sampled_from([0.0, 0.1]))
def test_what_one_more_unit_of_a_limit_brings_is_what_solving_again_finds(
    seed: int, share: float
) -> None:
    offer = random_candidates(np.random.default_rng(seed), 40, 4)
    full = float((offer.lots.cases.sum(axis=1) * offer.case_value).sum())
    least = {f"v{at}": 0.05 * full for at in range(4)}
    limits = Limits(0.3 * full, 0.35 * full, least, share)
    order = build(offer, limits)
    chosen = [one for one in np.unique(offer.vendors) if order.cases[offer.vendors == one].any()]

    def brings(**changed: object) -> float:
        programme = make_programme(offer, replace(limits, **changed))  # type: ignore[arg-type]
        return -float(divisible(programme, np.isin(programme.vendors, chosen)).fun)

    for limit in order.limits[:3]:
        by = 1e-3 * limit.bound
        if limit.name == BUDGET:
            more = brings(budget=limit.bound + by)
        elif limit.name == VENDOR:
            more = brings(vendor_minimum={**least, str(limit.vendor): limit.bound - by})
        else:
            continue
        assert limit.worth * by == pytest.approx(more - brings(), rel=1e-5, abs=1e-7 * full)


def test_more_cases_never_bring_more_each() -> None:
    offer = random_candidates(np.random.default_rng(3), 200, 3)
    cases, worth = offer.lots.cases, offer.lots.worth
    for at in range(1, LOTS):
        both = (cases[:, at] > 0) & (cases[:, at - 1] > 0)
        assert (worth[both, at] <= worth[both, at - 1] + 1e-9).all()


def test_six_hundred_candidates_are_settled_close_to_the_best() -> None:
    offer = random_candidates(np.random.default_rng(5), 600, 24)
    full = float((offer.lots.cases.sum(axis=1) * offer.case_value).sum())
    order = build(offer, Limits(0.2 * full, full, {f"v{at}": full / 100 for at in range(24)}))
    assert order.worth > 0
    assert order.gap < 0.05
    assert order.limits
