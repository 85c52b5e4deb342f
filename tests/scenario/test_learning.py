"""What a market learns of a synthetic world is what the world was made of."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from smartreco.dataset.synthetic import SyntheticSettings, generate
from smartreco.errors import InputError
from smartreco.evaluation.scenario_world import realised, told
from smartreco.forecast.panel import Level
from smartreco.scenario.learning import Known, market
from smartreco.scenario.levers.registry import lever_from_dict
from smartreco.scenario.market import Market
from smartreco.scenario.outcome import Measure
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from tests.scenario.markets import learned


@pytest.fixture(scope="module")
def known() -> Known:
    data = generate(SyntheticSettings(retailers=40, products=80, vendors=8, months=16, seed=3))
    found = told(data, data.truth.timeline.weeks - 8, 8)
    return Known(**{one.name: getattr(found, one.name) for one in fields(found)})


def test_parts_are_shares_and_prices_are_what_is_paid(known: Known) -> None:
    made = market(known)
    assert made.goods.places.sum(axis=1) == pytest.approx(1.0)
    sold = known.recent.groupby("product_id")[["value", "units"]].sum()
    paid = (sold["value"] / sold["units"]).reindex(made.goods.ids).to_numpy()
    many = sold["units"].reindex(made.goods.ids).to_numpy() > 100
    assert made.price[many] == pytest.approx(paid[many], rel=0.35)
    assert (made.goods.lump >= made.goods.line).all()
    assert (made.goods.loose <= made.goods.lump).all()
    assert made.goods.loose.mean() < made.goods.lump.mean()
    assert 0 < made.out.mean() < 0.1
    assert made.stock_known


def test_today_is_near_what_was_ordered() -> None:
    data = generate(SyntheticSettings(retailers=40, products=80, vendors=8, months=16, seed=3))
    units, value = realised(data, data.truth.timeline.weeks - 8)
    outcome = simulate(learned(), Scenario("today"))
    assert outcome.of(Measure.UNITS).baseline == pytest.approx(units, rel=0.3)
    assert outcome.of(Measure.REVENUE).baseline == pytest.approx(value, rel=0.3)


def test_data_without_prices_stock_or_segments_still_answer(known: Known) -> None:
    panel = replace(known.panel, missing=None, calendar=None)
    shops = known.retailers.assign(segment=None, region=None)
    bare = market(replace(known, panel=panel, prices=None, belief=None, retailers=shops))
    assert not bare.stock_known
    outcome = ask(bare, {"kind": "stock_out", "category": str(bare.categories[0])})
    measures = [one.measure for one in outcome.measures]
    assert Measure.REVENUE not in measures
    assert outcome.of(Measure.UNITS).difference < 0
    assert {one.sentence.template for one in outcome.flags} >= {"flag.no_stock", "flag.no_price"}


def test_the_parts_add_up_to_the_whole() -> None:
    made = learned()
    outcome = ask(made, {"kind": "price", "change": -0.1, "category": str(made.categories[1])})
    for parts in (outcome.by_week, outcome.by_category, outcome.by_region, outcome.by_vendor):
        for measure, name in ((Measure.UNITS, "units"), (Measure.REVENUE, "revenue")):
            whole = outcome.of(measure)
            each = [getattr(one, name) for one in parts]
            assert sum(one.baseline for one in each) == pytest.approx(whole.baseline)
            assert sum(one.difference for one in each) == pytest.approx(whole.difference)


def test_a_column_that_is_missing_is_named(known: Known) -> None:
    with pytest.raises(InputError, match="squares"):
        market(replace(known, recent=known.recent.drop(columns="squares")))


def test_only_products_are_simulated(known: Known) -> None:
    assert len(market(known)) == (known.panel.levels == Level.PRODUCT.value).sum()
    assert np.isfinite(learned().mean).all()


def ask(today: Market, lever: dict[str, object]):  # type: ignore[no-untyped-def]
    return simulate(today, Scenario("a question", (lever_from_dict(lever),), 8, draws=80))
