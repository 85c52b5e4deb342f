"""The truth says what orders were drawn from, and orders agree with it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from smartreco import columns as c
from smartreco.dataset.synthetic import Truth
from smartreco.dataset.world.draw import draw_lines
from smartreco.dataset.world.randomness import Randomness
from smartreco.errors import InputError
from tests.dataset.worlds import default_world, small_world


def test_sums_of_expected_demand_agree_with_the_whole() -> None:
    truth = small_world().truth
    whole = truth.expected_demand()
    assert whole.shape == (40, 80, truth.timeline.weeks)
    assert whole.dtype == np.float32
    np.testing.assert_allclose(truth.expected_demand(over="retailers"), whole.sum(0), rtol=1e-4)
    np.testing.assert_allclose(truth.expected_demand(over="products"), whole.sum(1), rtol=1e-4)
    some = truth.expected_demand(weeks=[3, 30], retailers=[7, 2], products=np.array([5, 0, 9]))
    np.testing.assert_array_equal(some, whole[[7, 2]][:, [5, 0, 9]][:, :, [3, 30]])


def test_the_truth_covers_the_weeks_after_the_end() -> None:
    truth = small_world().truth
    ahead = range(truth.timeline.weeks, truth.timeline.total)
    assert truth.expected_demand(weeks=ahead, over="products").sum() > 0


def test_censored_demand_is_zero_without_stock_and_full_with_it() -> None:
    truth = small_world().truth
    free, censored = (truth.expected_demand(over="retailers", censored=x) for x in (False, True))
    there = truth.in_stock[:, : truth.timeline.weeks]
    np.testing.assert_array_equal(censored[there], free[there])
    assert not censored[~there].any()
    assert free[~there].any()


def test_orders_agree_with_expected_demand_on_average() -> None:
    """Fresh luck on the same truth, many times: the mean is what the truth expects."""
    truth = small_world().truth
    expected = truth.expected_demand(over="retailers", censored=True)
    runs = [_pieces(truth, luck) for luck in range(60)]
    mean, deviation = np.mean(runs, axis=0), np.std(runs, axis=0) / 60**0.5
    total, error = mean.sum(), np.std([run.sum() for run in runs]) / 60**0.5
    assert abs(total - expected.sum()) < 4 * error
    assert error < 0.02 * total
    # Product by product: standardised differences are spread as luck spreads them.
    sold = expected.sum(axis=1) > 200
    gap = (mean - expected).sum(axis=1)[sold]
    z = gap / np.std([run.sum(axis=1)[sold] for run in runs], axis=0) * 60**0.5
    assert abs(z.mean()) < 0.6
    assert z.std() < 1.6
    assert not mean[expected == 0].any()
    assert np.isfinite(deviation).all()


def _pieces(truth: Truth, luck: int) -> np.ndarray:
    lines = draw_lines(truth, Randomness(luck))
    pieces = np.zeros((len(truth.products), truth.timeline.weeks))
    np.add.at(pieces, (lines.product, lines.week), lines.quantity)
    return pieces


def test_nothing_is_ordered_while_out_of_stock_or_off_the_market() -> None:
    world = default_world()
    truth, orders = world.truth, world.clean.orders
    week = (orders[c.ORDERED_AT] - pd.Timestamp(truth.timeline.start)).dt.days // 7
    product = pd.Series(range(600), index=truth.products[c.PRODUCT_ID])
    at = orders[c.PRODUCT_ID].map(product).to_numpy(), week.to_numpy()
    assert truth.in_stock[at].all()
    assert (truth.on_sale[at] > 0).all()
    assert 0.005 < truth.stock_outs.mean() < 0.06


def test_category_cadence_shows_in_what_is_ordered() -> None:
    """In a week in which a category is due, its share of the order is larger."""
    truth = small_world().truth
    rare = truth.due.max(axis=2) > 1.5
    for shop, category in np.argwhere(rare)[:10]:
        due = truth.due[shop, category]
        assert due.mean() == pytest.approx(1, abs=0.25)
    assert (truth.cadence_days >= 7 * truth.retailers["interval"].to_numpy()[:, None]).all()


def test_festivals_lift_demand_before_and_let_it_sag_after() -> None:
    from datetime import date

    from smartreco.dataset.world.festivals import FESTIVALS
    from smartreco.dataset.world.shelves import subcategories

    truth = default_world().truth
    near = truth.festival_approach[FESTIVALS.index("Diwali")]
    week = truth.timeline.week_of(date(2025, 10, 20))
    assert near[week - 2] > 0.7
    assert near[week + 1] < 0
    lights = [shelf.name for shelf in subcategories()].index("LED lighting")
    plain = truth.year_profile[lights]
    lifted = truth.season[0, lights] / plain
    assert lifted[week - 2] > 1.8
    assert lifted[week + 1] < 1


def test_regional_festivals_stay_in_their_region() -> None:
    from smartreco.dataset.world.festivals import FESTIVALS
    from smartreco.dataset.world.places import REGIONS

    strength = default_world().truth.festival_strength
    onam = strength[FESTIVALS.index("Onam")].sum(axis=1)
    assert {name for name, value in zip(REGIONS, onam, strict=True) if value > 0} == {"South"}


def test_elasticities_differ_by_category_and_are_all_negative() -> None:
    products = default_world().truth.products
    assert (products["elasticity"] < 0).all()
    means = products.groupby(c.CATEGORY)["elasticity"].mean()
    assert means["Electronics"] < means["FMCG"] < means["Essentials"]
    assert products.groupby(c.CATEGORY)["elasticity"].std().min() > 0.15


def test_products_of_one_need_come_into_one_order() -> None:
    """Lift of pairs of one need over pairs of others, both much bought."""
    world = default_world()
    orders = world.clean.orders
    top = orders[c.PRODUCT_ID].value_counts().index[:60]
    order, _ = pd.factorize(orders[c.ORDER_ID])
    product = pd.Index(top).get_indexer(orders[c.PRODUCT_ID])
    held = np.zeros((order.max() + 1, 60))
    held[order[product >= 0], product[product >= 0]] = 1
    # Only luck from order to order counts, not what a shop always buys: leave its mean out.
    shop = orders.drop_duplicates(c.ORDER_ID)[c.RETAILER_ID].to_numpy()
    frame = pd.DataFrame(held)
    together = (frame - frame.groupby(shop).transform("mean")).cov().to_numpy()
    need = world.truth.products.set_index(c.PRODUCT_ID)["need"].loc[top].to_numpy()
    same = (need[:, None] == need) & ~np.eye(60, dtype=bool)
    other = need[:, None] != need
    assert together[same].mean() > 1.3 * together[other].mean()


def test_peers_tell_more_than_popularity_of_what_a_shop_will_newly_buy() -> None:
    """EASE against popularity on products never bought, cut in time at 80 % of the lines."""
    orders = default_world().clean.orders
    shop, product = (orders[name].astype("category").cat for name in (c.RETAILER_ID, c.PRODUCT_ID))
    known = np.arange(len(orders)) < 0.8 * len(orders)
    bought, later = (np.zeros((len(shop.categories), len(product.categories))) for _ in range(2))
    rows, columns = shop.codes.to_numpy(), product.codes.to_numpy()
    bought[rows[known], columns[known]] = 1
    later[rows[~known], columns[~known]] = 1
    inverse = np.linalg.inv(bought.T @ bought + 100 * np.eye(bought.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    ease = _hits(bought @ weights, bought, later)
    popularity = _hits(np.tile(bought.sum(0), (len(bought), 1)), bought, later)
    assert ease > 1.2 * popularity


def _hits(scores: np.ndarray, bought: np.ndarray, later: np.ndarray) -> float:
    """Mean share of hits among the ten best products never bought."""
    masked = np.where(bought > 0, -np.inf, scores)
    best = np.argsort(-masked, axis=1, kind="stable")[:, :10]
    new = (later > 0) & (bought == 0)
    return float(np.take_along_axis(new, best, axis=1)[new.any(axis=1)].mean())


def test_the_truth_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    truth = small_world().truth
    truth.save(tmp_path / "truth")
    back = Truth.load(tmp_path / "truth")
    for part in fields(truth):
        before, after = getattr(truth, part.name), getattr(back, part.name)
        if isinstance(before, pd.DataFrame):
            pd.testing.assert_frame_equal(before, after)
        elif isinstance(before, np.ndarray):
            np.testing.assert_array_equal(before, after)
        else:
            assert before == after
    assert not any(path.suffix == ".pkl" for path in (tmp_path / "truth").iterdir())


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="truth"):
        Truth.load(tmp_path)
