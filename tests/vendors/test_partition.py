"""The partition keeps every difference of two views at no shop or at five and more."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from smartreco.vendors.partition import FEWEST, partition

REGIONS = ("North", "South", "East", None)
CITIES = {"North": ("Delhi", "Agra"), "South": ("Pune", "Goa"), "East": ("Puri",), None: (None,)}
SEGMENTS = ("kirana", "pharmacy", None)


def shops(seed: int, n: int) -> pd.DataFrame:
    """Shops at random places, some of them rare."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.full(len(REGIONS), 0.4))
    rows = []
    for at in range(n):
        region = REGIONS[rng.choice(len(REGIONS), p=weights)]
        cities = CITIES[region]
        city = cities[int(rng.random() ** 3 * len(cities))]
        rows.append((f"s{at}", region, city, SEGMENTS[int(rng.random() ** 2 * 3)]))
    return pd.DataFrame(rows, columns=["retailer_id", "region", "city", "segment"])


def choices() -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    places = [(), ("North",), ("South", "North"), ("unknown",), ("East",)]
    cities = [(), ("Delhi",), ("Delhi", "Agra"), ("Goa", "Puri")]
    kinds = [(), ("kirana",), ("pharmacy",), ("kirana", "unknown")]
    return list(product(places, cities, kinds))


@pytest.mark.parametrize("seed", range(40))
def test_no_cell_is_small_unless_there_are_no_more_shops(seed: int) -> None:
    n = int(np.random.default_rng(seed).integers(1, 90))
    found = partition(shops(seed, n))
    assert found.cells["shops"].sum() == n
    assert found.cells["shops"].min() >= min(FEWEST, n)
    counted = found.shops["cell"].value_counts().sort_index()
    assert counted.tolist() == found.cells["shops"].tolist()


@pytest.mark.parametrize("seed", range(25))
def test_two_choices_differ_by_no_shop_or_by_five(seed: int) -> None:
    found = partition(shops(seed, 60))
    seen = [
        set(found.shops.loc[found.shops["cell"].isin(found.within(*choice)), "retailer_id"])
        for choice in choices()
    ]
    for one, other in product(seen, seen):
        assert len(one - other) == 0 or len(one - other) >= FEWEST


@pytest.mark.parametrize("seed", range(10))
def test_cells_depend_on_the_shops_alone_and_not_on_their_order(seed: int) -> None:
    frame = shops(seed, 70)
    one, other = partition(frame), partition(frame.sample(frac=1, random_state=seed))
    pd.testing.assert_frame_equal(one.shops, other.shops)
    pd.testing.assert_frame_equal(one.cells, other.cells)


def test_small_cells_lose_their_city_then_their_segment() -> None:
    rows = (
        [("North", "Delhi", "kirana")] * 6
        + [("North", "Agra", "kirana")] * 3
        + [("North", "Agra", "pharmacy")] * 2
        + [("North", "Delhi", "pharmacy")] * 1
        + [("North", "Mathura", "kirana")] * 2
        + [("South", "Goa", "kirana")] * 2
        + [("South", "Pune", "kirana")] * 2
        + [("East", "Puri", "kirana")] * 7
        + [("West", "Surat", "kirana")] * 2
    )
    frame = pd.DataFrame(rows, columns=["region", "city", "segment"])
    frame["retailer_id"] = [f"s{at:02d}" for at in range(len(frame))]
    cells = partition(frame).cells.fillna("*")
    rows = cells[["region", "city", "segment", "shops"]].to_numpy().tolist()
    found = {(region, city, segment): n for region, city, segment, n in rows}
    assert found == {
        ("North", "Delhi", "kirana"): 6,
        ("North", "*", "*"): 8,  # three pharmacies are too few: with five kirana of small towns
        ("East", "Puri", "kirana"): 7,
        ("*", "*", "*"): 6,  # South and West
    }


def test_a_region_is_chosen_whole() -> None:
    frame = shops(3, 80)
    found = partition(frame)
    for region in ("North", "South", "East"):
        n = int((frame["region"] == region).sum())
        if n >= FEWEST and region in set(found.cells["region"]):
            assert found.cells.loc[found.within([region]), "shops"].sum() == n
            assert found.left_out([region]) == 0


def test_a_city_too_small_to_be_shown_is_counted_as_left_out() -> None:
    rows = [("North", "Delhi")] * 8 + [("North", "Agra")] * 6 + [("North", "Simla")] * 2
    frame = pd.DataFrame(rows, columns=["region", "city"]).assign(segment=None)
    frame["retailer_id"] = [f"s{at:02d}" for at in range(len(frame))]
    found = partition(frame)
    assert len(found.within(cities=["Simla"])) == 0
    assert found.left_out(cities=["Simla"]) == 2
    assert found.left_out(cities=["Delhi"]) == 0
    # Agra took Simla in: alone it would tell what Simla's two buy
    assert len(found.within(cities=["Agra"])) == 0
    assert len(found.within(cities=["Agra", "Simla"])) == 1


def test_no_shops_make_no_cells() -> None:
    found = partition(shops(1, 1).iloc[:0])
    assert len(found.cells) == 0
    assert len(found.within(["North"])) == 0
