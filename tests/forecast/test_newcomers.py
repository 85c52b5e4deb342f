"""A new product is forecast from those it is like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.forecast.coherent import Structure, coherent
from smartreco.forecast.hierarchy import sums
from smartreco.forecast.linking import links
from smartreco.forecast.newcomers import Catalogue, NewcomerSettings, newcomers
from tests.forecast.panels import MONDAY, panel_of

WEEKS = 30


def world() -> tuple[np.ndarray, Catalogue]:
    """Launched: 0 sells 10 a week from week 5, 1 sells 40 from week 8, 2 (other category) 99."""
    demand = np.zeros((5, WEEKS))
    demand[0, 5:], demand[1, 8:], demand[2, 5:] = 10, 40, 99
    demand[4, 28:] = 30
    catalogue = Catalogue(
        np.array(["tea", "tea", "tin", "tea", "tea"]),
        np.array([1.0, 9.0, 1.0, 1.1, np.nan]),
        np.array([5, 8, 5, WEEKS, 28]),
    )
    return demand, catalogue


def test_a_product_not_sold_yet_starts_as_like_products_did() -> None:
    demand, catalogue = world()
    found = newcomers(demand, catalogue, 4)
    assert found.rows.tolist() == [3, 4]
    assert found.mean[0] == pytest.approx([25.0] * 4)  # two like products, 10 and 40
    assert found.quantiles[0, 0, 0] >= 10
    assert found.quantiles[0, 0, 4] <= 40


def test_the_nearest_in_price_come_first() -> None:
    demand, catalogue = world()
    found = newcomers(demand, catalogue, 4, NewcomerSettings(likes=1))
    assert found.mean[0] == pytest.approx([10.0] * 4)


def test_own_first_weeks_weigh_in() -> None:
    """Two own weeks of 30 where others sold 25 on average: a third of the way to 30 / 25."""
    demand, catalogue = world()
    found = newcomers(demand, catalogue, 4)
    assert found.mean[1] == pytest.approx([25 * (2 / 3 + 1 / 3 * 30 / 25)] * 4)


def test_a_product_like_no_other_gets_no_guess() -> None:
    demand, catalogue = world()
    alone = Catalogue(
        np.array(["tea", "tea", "tin", "new", "tea"]), catalogue.price, catalogue.first
    )
    assert newcomers(demand, alone, 4).rows.tolist() == [4]


@pytest.mark.parametrize("there", [True, False])
def test_a_newcomer_counts_in_the_total_once_it_is_launched(there: bool) -> None:
    launched = MONDAY + 7 * WEEKS + (0 if there else 21)
    values = np.random.default_rng(3).poisson(20, size=(4, WEEKS)).astype(float)
    values[1, :10] = values[2, :] = 0
    values[0] = values[1:].sum(axis=0)
    products = pd.DataFrame(
        {
            "product_id": ["s1", "s2", "s3"], "category": "tea", "vendor_id": "v",
            "list_price": [1.0, 1.0, 1.0], "launched_on": launched,
            "first_week": [MONDAY + 70, np.datetime64("NaT"), MONDAY],
        }
    )  # fmt: skip
    retailers = pd.DataFrame({"retailer_id": ["r"], "region": ["n"]})
    panel = panel_of(values, ["total", "product", "product", "product"])
    renamed = type(panel)(
        values, np.array(["total", "s1", "s2", "s3"]), panel.levels, panel.groups, panel.starts
    )
    structure = Structure(links(products, retailers), products)
    found = coherent(renamed, structure, 4)
    assert (found.mean[2].min() > 5) == there
    assert sums(found.levels, found.ids, structure.links).gap(found.mean) < 1e-6
    assert found.parts.total() == pytest.approx(found.mean)
