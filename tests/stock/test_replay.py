"""Rules played on the past keep what they promise, and know only their own past."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.errors import NotEnoughDataError
from smartreco.stock.attaining import share_for
from smartreco.stock.conformal import mean_of_last
from smartreco.stock.replay import ReplaySettings, replay
from smartreco.stock.rules import Moment, min_max_rule, moving_average_rule, quantile_rule

FORESEE = mean_of_last(8)


def lumpy(n: int, weeks: int, seed: int = 0) -> np.ndarray:
    """Demand that comes in lumps, differently for each product."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(2.0, 1.5, (n, 1))
    return rng.poisson(rate * rng.gamma(2.0, 0.5, (n, weeks))).astype(float)


def test_certain_demand_is_served_to_the_last_piece_without_idle_stock() -> None:
    found = replay(np.full((3, 60), 5.0), {"q": quantile_rule(0.9)}, FORESEE).iloc[0]
    assert (found["fill_rate"], found["cycle_service"]) == (1.0, 1.0)
    assert found["weeks_of_stock"] == pytest.approx(0.0, abs=0.05)  # it comes as it is needed


@pytest.mark.parametrize("lead", [1, 2])
def test_the_service_asked_for_is_kept_within_three_points(lead: int) -> None:
    demand, settings = lumpy(250, 130), ReplaySettings(lead=lead)
    past = demand[:, :78]
    targets = (0.9, 0.95, 0.98)
    rules = {str(one): quantile_rule(share_for(past, one, FORESEE, settings)) for one in targets}
    found = replay(demand, rules, FORESEE, ReplaySettings(lead=lead, warm_up=78))
    np.testing.assert_allclose(found["cycle_service"], targets, atol=0.03)


def test_our_rule_needs_less_stock_than_rules_of_thumb_that_serve_no_better() -> None:
    demand = lumpy(250, 120, seed=1)
    rules = {"ma8": moving_average_rule(2.0), "min max": min_max_rule(1.0, 2.0)}
    rules |= {str(share): quantile_rule(share) for share in (0.7, 0.8, 0.85, 0.9, 0.95, 0.98)}
    found = replay(demand, rules, FORESEE).set_index("rule")
    ours = found.drop(index=["ma8", "min max"])
    for thumb in ("ma8", "min max"):
        at = found.loc[thumb]
        stock = np.interp(at["fill_rate"], ours["fill_rate"], ours["weeks_of_stock"])
        assert stock < at["weeks_of_stock"]


def test_a_rule_sees_only_its_past() -> None:
    demand = lumpy(20, 60)
    seen: list[int] = []

    def watching(moment: Moment) -> np.ndarray:
        seen.append(moment.past.shape[1])
        return quantile_rule(0.9)(moment)

    later = demand.copy()
    later[:, 50:] *= 7
    orders: list[list[np.ndarray]] = []
    for values in (demand, later):
        made: list[np.ndarray] = []

        def keeping(moment: Moment, made: list[np.ndarray] = made) -> np.ndarray:
            made.append(watching(moment))
            return made[-1]

        replay(values, {"one": keeping}, FORESEE)
        orders.append(made)
    assert seen[:34] == list(range(26, 60))
    for week in range(26, 51):
        np.testing.assert_array_equal(orders[0][week - 26], orders[1][week - 26])
    assert (orders[0][-1] != orders[1][-1]).any()


def test_reviews_further_apart_order_less_often_and_keep_more() -> None:
    demand, orders = lumpy(50, 100), [0]

    def counting(moment: Moment) -> np.ndarray:
        orders[0] += 1
        return quantile_rule(0.95)(moment)

    found = replay(demand, {"q": counting}, FORESEE, ReplaySettings(review=4)).iloc[0]
    assert orders[0] == 19
    often = replay(demand, {"q": quantile_rule(0.95)}, FORESEE).iloc[0]
    assert found["weeks_of_stock"] > often["weeks_of_stock"]


def test_orders_in_cases_are_whole() -> None:
    demand = lumpy(20, 80)
    loose = replay(demand, {"q": quantile_rule(0.9)}, FORESEE).iloc[0]
    whole = replay(demand, {"q": quantile_rule(0.9)}, FORESEE, case_size=np.full(20, 24.0)).iloc[0]
    assert whole["weeks_of_stock"] > loose["weeks_of_stock"]
    assert whole["fill_rate"] > loose["fill_rate"]


def test_too_short_a_history_is_refused_and_promises_the_plain_quantile() -> None:
    with pytest.raises(NotEnoughDataError, match="38 weeks"):
        replay(lumpy(3, 20), {"q": quantile_rule(0.9)}, FORESEE)
    assert share_for(lumpy(3, 20), 0.9, FORESEE) == 0.9
