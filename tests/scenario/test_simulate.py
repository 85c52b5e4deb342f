"""A market of which everything is known for sure, whose scenarios are computed by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartreco.errors import InputError, NotFoundError, NotReadyError
from smartreco.scenario.effects import FlagKind
from smartreco.scenario.levers.registry import lever_from_dict
from smartreco.scenario.market import Market
from smartreco.scenario.outcome import Measure, Outcome, Part, Verdict
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from tests.scenario.markets import MEAN, PRICE, WEEKS, certain, learned, uncertain


def run(market: Market, *levers: dict[str, object], horizon: int = WEEKS) -> Outcome:
    made = tuple(lever_from_dict(one) for one in levers)
    return simulate(market, Scenario("a question", made, horizon, seed=4, draws=40))


def named(parts: tuple[Part, ...], id_: str) -> Part:
    return next(one for one in parts if one.id == id_)


def test_today_is_what_is_forecast_at_the_price_it_is_paid() -> None:
    outcome = run(certain())
    assert outcome.of(Measure.UNITS).baseline == pytest.approx(MEAN.sum() * WEEKS)
    assert outcome.of(Measure.REVENUE).baseline == pytest.approx((MEAN * PRICE).sum() * WEEKS)
    # The shirt's cost is unknown: 10 x 40 + 30 x 10 + 20 x 10 a week.
    assert outcome.of(Measure.MARGIN).baseline == pytest.approx(900 * WEEKS)
    assert outcome.of(Measure.LINES).baseline == pytest.approx((2 + 3 + 2 + 5) * WEEKS)
    assert all(one.compared.verdict is Verdict.CANNOT_TELL for one in outcome.measures)
    assert outcome.flags == ()


def test_a_price_moves_demand_by_its_elasticity_in_its_weeks() -> None:
    outcome = run(certain(), {"kind": "price", "change": -0.1, "products": ["P0"], "weeks": 2})
    sold = 10 * 0.9**-2
    assert outcome.of(Measure.UNITS).difference == pytest.approx(2 * (sold - 10))
    assert outcome.of(Measure.REVENUE).difference == pytest.approx(2 * (sold * 90 - 1000))
    assert outcome.of(Measure.MARGIN).difference == pytest.approx(2 * (sold * 30 - 400))
    weeks = [one.units.difference for one in outcome.by_week]
    assert weeks == pytest.approx([sold - 10, sold - 10, 0, 0])
    assert [one.name for one in outcome.by_week][:2] == ["2026-01-05", "2026-01-12"]
    assert outcome.of(Measure.UNITS).verdict is Verdict.MORE
    assert outcome.of(Measure.MARGIN).verdict is Verdict.LESS


def test_a_promotion_is_noticed_beyond_its_price() -> None:
    outcome = run(certain(), {"kind": "promotion", "depth": 0.2, "products": ["P1"], "weeks": 1})
    sold = 30 * 0.8**-1 * np.exp(0.1)
    assert outcome.of(Measure.UNITS).difference == pytest.approx(sold - 30)
    assert outcome.of(Measure.REVENUE).difference == pytest.approx(sold * 40 - 1500)


def test_a_promotion_already_planned_is_part_of_today() -> None:
    market = certain()
    depth = market.depth.copy()
    depth[1, 0] = 0.3
    planned = replace(market, depth=depth)
    outcome = run(planned, {"kind": "promotion", "depth": 0.2, "products": ["P1"], "weeks": 1})
    assert outcome.of(Measure.UNITS).difference == 0.0


def test_what_an_empty_shelf_loses_turns_to_what_stands_in_for_it() -> None:
    outcome = run(
        certain(share=0.4), {"kind": "stock_out", "products": ["P0"], "from_week": 2, "weeks": 1}
    )
    assert outcome.of(Measure.UNITS).difference == pytest.approx(-10 + 4)
    assert named(outcome.by_product, "P0").units.difference == pytest.approx(-10)
    assert named(outcome.by_product, "P1").units.difference == pytest.approx(4)
    assert named(outcome.by_vendor, "V1").revenue.difference == pytest.approx(-1000)
    assert named(outcome.by_vendor, "V2").revenue.difference == pytest.approx(200)
    assert outcome.of(Measure.LOST_UNITS).difference == pytest.approx(10)
    assert outcome.of(Measure.STOCK_OUTS).difference == pytest.approx(1)
    service = outcome.of(Measure.SERVICE)
    assert service.baseline == 1.0
    assert service.difference == pytest.approx(-10 / (MEAN.sum() * WEEKS))


def test_what_leaves_is_not_missing_but_gone() -> None:
    outcome = run(certain(share=0.4), {"kind": "product_exit", "products": ["P0"], "from_week": 3})
    assert outcome.of(Measure.UNITS).difference == pytest.approx(2 * (-10 + 4))
    assert Measure.LOST_UNITS not in [one.measure for one in outcome.measures]


def test_a_vendor_leaves_with_everything_and_his_share() -> None:
    outcome = run(certain(), {"kind": "vendor_exit", "vendor": "V2"})
    assert outcome.of(Measure.UNITS).difference == pytest.approx(-50 * WEEKS)
    share = named(outcome.by_vendor, "V2").share
    assert share is not None
    assert share.baseline == pytest.approx((30 * 50 + 20 * 20) / (MEAN * PRICE).sum())
    assert share.scenario == pytest.approx(0.0)
    others = [one.share.difference for one in outcome.by_vendor if one.share and one.id != "V2"]
    assert min(others) > 0


def test_demand_of_one_region_moves_that_region_only() -> None:
    outcome = run(certain(), {"kind": "demand", "change": 0.5, "region": "East", "weeks": 1})
    east = 0.5 * 10 + 1.0 * 30 + 0.25 * 20
    assert outcome.of(Measure.UNITS).difference == pytest.approx(0.5 * east)
    assert named(outcome.by_region, "East").units.difference == pytest.approx(0.5 * east)
    assert named(outcome.by_region, "West").units.difference == pytest.approx(0.0)


def test_new_shops_order_as_shops_there_do() -> None:
    outcome = run(certain(), {"kind": "new_retailers", "count": 3, "region": "East"})
    ramp = np.minimum((np.arange(WEEKS) + 1) / 8, 1.0)
    # From at once to as slowly as that, whichever: on average the middle.
    expected = 3 * 8 * ((1 + ramp) / 2).sum()
    assert outcome.of(Measure.UNITS).difference == pytest.approx(expected, rel=0.05)
    assert named(outcome.by_region, "West").units.difference == pytest.approx(0.0)


def test_a_launch_takes_from_its_kind_what_it_sells() -> None:
    launch = {"kind": "launch", "name": "mint", "category": "Food", "subcategory": "hot",
              "price": 100.0, "cost": 60.0, "vendor": "V1"}  # fmt: skip
    alone, taking = (run(certain(share), launch) for share in (0.0, 0.5))
    new = named(alone.by_product, "new: mint").units.difference
    assert alone.of(Measure.UNITS).difference == pytest.approx(new)
    assert alone.of(Measure.MARGIN).difference == pytest.approx(40 * new)
    assert new > 0
    # Lines come in lumps, so that forty draws are near the half, not on it.
    assert taking.of(Measure.UNITS).difference == pytest.approx(new / 2, rel=0.1)
    shops = alone.likely_shops[0]
    assert [(one.retailer_id, one.likelihood) for one in shops] == [("R1", 1.0), ("R2", 0.5)]


def test_levers_together_add_up_to_the_whole_with_what_they_do_to_each_other() -> None:
    both = run(
        certain(share=0.4),
        {"kind": "price", "change": -0.1, "category": "Food"},
        {"kind": "stock_out", "products": ["P1"]},
    )
    bars = [one for one in both.contributions if not one.cause[0].template.startswith("cause.")]
    interplay = [one for one in both.contributions if one.cause[0].template == "cause.interplay"]
    assert sorted(one.lever for one in bars if one.lever is not None) == [0, 1]
    total = sum(one.units_low for one in [*bars, *interplay])
    assert total == pytest.approx(both.of(Measure.UNITS).difference)


def test_prices_beyond_those_seen_and_borrowed_response_are_marked() -> None:
    outcome = run(certain(), {"kind": "price", "change": -0.4, "category": "Care"})
    kinds = {one.kind: one.products for one in outcome.flags}
    assert kinds[FlagKind.EXTRAPOLATION] == ("P2",)
    assert kinds[FlagKind.BORROWED] == ("P2",)
    near = run(certain(), {"kind": "price", "change": -0.1, "category": "Wear"})
    assert not {FlagKind.EXTRAPOLATION, FlagKind.BORROWED} & {one.kind for one in near.flags}


def test_what_is_uncertain_beyond_seen_prices_makes_the_band_wider() -> None:
    seen = replace(certain().response, lowest=np.full(4, np.log(0.5)))
    wide = run(certain(), {"kind": "price", "change": -0.45, "products": ["P0"]})
    known = replace(certain(), response=seen)
    sure = run(known, {"kind": "price", "change": -0.45, "products": ["P0"]})
    width = [one.of(Measure.UNITS).high - one.of(Measure.UNITS).low for one in (wide, sure)]
    assert width[0] > 10
    assert width[1] == pytest.approx(0)


def test_a_longer_way_serves_less_and_a_vendor_who_knows_serves_more() -> None:
    market = uncertain()
    figures = []
    for planned in (False, True):
        lever = {"kind": "lead_time", "added": 2, "category": "Food", "planned": planned}
        figures.append(run(market, lever).of(Measure.SERVICE).difference)
    assert figures[0] < 0
    assert figures[0] <= figures[1] + 1e-12
    sooner = run(market, {"kind": "lead_time", "added": -1, "category": "Food"})
    assert sooner.of(Measure.SERVICE).difference >= 0


def test_a_festival_that_moves_moves_demand_between_weeks() -> None:
    outcome = run(learned(), {"kind": "festival", "festival": "Diwali", "days": 14}, horizon=8)
    weeks = [one.units.difference for one in outcome.by_week]
    assert min(weeks) < 0 < max(weeks)


def test_a_band_of_what_is_uncertain_has_a_width_and_holds_its_mean() -> None:
    outcome = run(uncertain(), {"kind": "price", "change": -0.15, "category": "Food"})
    units = outcome.of(Measure.UNITS)
    assert units.low < units.difference < units.high
    table = outcome.table()
    assert list(table) == [
        "measure", "baseline", "scenario", "difference", "low", "high", "verdict",
    ]  # fmt: skip
    shown = table.scenario - table.baseline
    assert shown.to_numpy() == pytest.approx(table.difference.to_numpy(), abs=1e-6)


def test_a_market_that_is_not_known_so_far_is_refused() -> None:
    with pytest.raises(InputError, match="4 weeks"):
        run(certain(), horizon=5)


def test_a_refusal_says_which_lever_it_is_about() -> None:
    levers = tuple(
        lever_from_dict(one)
        for one in (
            {"kind": "demand", "change": 0.1},
            {"kind": "blend", "list": "reorder", "weights": {"peers": 1.0}},
            {"kind": "price", "category": "Nowhere", "change": 0.1},
        )
    )
    with pytest.raises(NotFoundError) as unknown:
        simulate(certain(), Scenario("x", levers, 4))
    assert unknown.value.place == 2
    with pytest.raises(NotReadyError) as early:
        simulate(certain(), Scenario("x", levers[:2], 4))
    assert early.value.place == 1
    with pytest.raises(InputError) as far:
        simulate(certain(), Scenario("x", levers[:1], 20))
    assert far.value.place is None
