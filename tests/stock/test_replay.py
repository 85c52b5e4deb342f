"""Rules played on the past keep what they promise, and know only their own past."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartreco.errors import NotEnoughDataError
from smartreco.stock.attaining import UNTRIED, attained
from smartreco.stock.conformal import mean_of_last
from smartreco.stock.outlook import Outlook, outlook_of_weeks
from smartreco.stock.replay import ReplaySettings, replay
from smartreco.stock.rules import Moment, min_max_rule, moving_average_rule, quantile_rule


def looked(demand: np.ndarray, span: int = 2) -> Outlook:
    return outlook_of_weeks(demand, mean_of_last(8), span)


def lumpy(n: int, weeks: int, seed: int = 0) -> np.ndarray:
    """Demand that comes in lumps, differently for each product."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(2.0, 1.5, (n, 1))
    return rng.poisson(rate * rng.gamma(2.0, 0.5, (n, weeks))).astype(float)


def test_certain_demand_is_served_to_the_last_piece_without_idle_stock() -> None:
    found = replay(looked(np.full((3, 60), 5.0)), {"q": quantile_rule(0.9)}).iloc[0]
    assert (found["fill_rate"], found["cycle_service"]) == (1.0, 1.0)
    assert found["weeks_of_stock"] == pytest.approx(0.0, abs=0.05)  # it comes as it is needed


@pytest.mark.parametrize("lead", [1, 2])
def test_the_service_asked_for_is_kept_within_three_points(lead: int) -> None:
    demand, settings = lumpy(250, 130), ReplaySettings(lead=lead)
    past = demand[:, :78]
    targets = (0.9, 0.95, 0.98)
    tried = attained(looked(past, settings.span), settings)
    rules = {str(one): quantile_rule(tried.share(one)) for one in targets}
    later = ReplaySettings(lead=lead, warm_up=78)
    found = replay(looked(demand, settings.span), rules, later)
    np.testing.assert_allclose(found["cycle_service"], targets, atol=0.03)


def test_our_rule_needs_less_stock_than_rules_of_thumb_that_serve_no_better() -> None:
    demand = lumpy(250, 120, seed=1)
    rules = {"ma8": moving_average_rule(2.0), "min max": min_max_rule(1.0, 2.0)}
    rules |= {str(share): quantile_rule(share) for share in (0.7, 0.8, 0.85, 0.9, 0.95, 0.98)}
    found = replay(looked(demand), rules).set_index("rule")
    ours = found.drop(index=["ma8", "min max"])
    for thumb in ("ma8", "min max"):
        at = found.loc[thumb]
        stock = np.interp(at["fill_rate"], ours["fill_rate"], ours["weeks_of_stock"])
        assert stock < at["weeks_of_stock"]


def test_a_rule_sees_only_its_past() -> None:
    demand = lumpy(20, 60)
    seen: list[float] = []

    def watching(moment: Moment) -> np.ndarray:
        seen.append(float(moment.usual(1).sum()))
        return quantile_rule(0.9)(moment)

    later = demand.copy()
    later[:, 50:] *= 7
    orders: list[list[np.ndarray]] = []
    for values in (demand, later):
        made: list[np.ndarray] = []

        def keeping(moment: Moment, made: list[np.ndarray] = made) -> np.ndarray:
            made.append(watching(moment))
            return made[-1]

        replay(looked(values), {"one": keeping})
        orders.append(made)
    np.testing.assert_allclose(seen[:34], demand[:, 25:59].sum(axis=0))
    for week in range(26, 51):
        np.testing.assert_array_equal(orders[0][week - 26], orders[1][week - 26])
    assert (orders[0][-1] != orders[1][-1]).any()


def test_reviews_further_apart_order_less_often_and_keep_more() -> None:
    demand, orders = lumpy(50, 100), [0]

    def counting(moment: Moment) -> np.ndarray:
        orders[0] += 1
        return quantile_rule(0.95)(moment)

    found = replay(looked(demand, 5), {"q": counting}, ReplaySettings(review=4)).iloc[0]
    assert orders[0] == 19
    often = replay(looked(demand), {"q": quantile_rule(0.95)}).iloc[0]
    assert found["weeks_of_stock"] > often["weeks_of_stock"]


def test_orders_in_cases_are_whole() -> None:
    demand = lumpy(20, 80)
    loose = replay(looked(demand), {"q": quantile_rule(0.9)}).iloc[0]
    whole = replay(looked(demand), {"q": quantile_rule(0.9)}, case_size=np.full(20, 24.0)).iloc[0]
    assert whole["weeks_of_stock"] > loose["weeks_of_stock"]
    assert whole["fill_rate"] > loose["fill_rate"]


def test_too_short_a_history_is_refused_and_promises_the_plain_quantile() -> None:
    with pytest.raises(NotEnoughDataError, match="38 weeks"):
        replay(looked(lumpy(3, 20)), {"q": quantile_rule(0.9)})
    assert attained(looked(lumpy(3, 20))) == UNTRIED
    assert UNTRIED.share(0.9) == 0.9


def test_what_is_not_known_is_neither_kept_nor_missed() -> None:
    demand = lumpy(30, 80, seed=2)
    gone = demand.copy()
    gone[10:, 40:] = np.nan
    rules = {"q": quantile_rule(0.9)}
    found = replay(looked(demand[:10]), rules).iloc[0]
    outlook = looked(demand)
    half = replay(replace(outlook, asked=gone), rules).iloc[0]
    assert abs(half["cycle_service"] - found["cycle_service"]) < 0.1
    assert half["weeks_of_stock"] < 3 * found["weeks_of_stock"]


def test_products_of_which_nothing_is_foreseen_at_first_are_left_out() -> None:
    outlook = looked(lumpy(30, 80, seed=2))
    foreseen = outlook.foreseen.copy()
    foreseen[20:, :27] = np.nan
    rules = {"q": quantile_rule(0.9)}
    part = replay(replace(outlook, foreseen=foreseen), rules)
    only = replay(outlook.take(np.arange(30) < 20), rules)
    assert part.equals(only)
