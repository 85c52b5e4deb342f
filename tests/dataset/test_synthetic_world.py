"""The small parts of a world: random numbers, weeks, festivals, shelves."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from smartreco import columns as c
from smartreco.dataset.world.festivals import FESTIVALS, festival_days
from smartreco.dataset.world.names import words
from smartreco.dataset.world.places import REGIONS, cities
from smartreco.dataset.world.randomness import Randomness
from smartreco.dataset.world.season import MONTHLY, year_profile
from smartreco.dataset.world.segments import segments
from smartreco.dataset.world.shelves import (
    CATEGORIES,
    categories,
    interleave,
    neat_price,
    subcategories,
)
from smartreco.dataset.world.timeline import Timeline


def test_a_random_number_depends_on_its_own_indexes_only() -> None:
    random = Randomness(1)
    few = random.uniform("x", np.arange(5)[:, None], np.arange(3))
    many = random.uniform("x", np.arange(50)[:, None], np.arange(30))
    np.testing.assert_array_equal(few, many[:5, :3])
    assert random.uniform("x", 4, 2)[0] == few[4, 2]
    assert not np.isin(few, Randomness(2).uniform("x", np.arange(5)[:, None], np.arange(3))).any()
    assert not np.isin(few, random.uniform("y", np.arange(5)[:, None], np.arange(3))).any()


def test_random_numbers_are_uniform_and_neighbours_unrelated() -> None:
    grid = Randomness(7).uniform("grid", np.arange(300)[:, None], np.arange(300))
    assert stats.kstest(grid.ravel(), "uniform").pvalue > 0.001
    for a, b in ((grid[1:], grid[:-1]), (grid[:, 1:], grid[:, :-1]), (grid, grid.T)):
        assert abs(np.corrcoef(a.ravel(), b.ravel())[0, 1]) < 0.02
    # Each row and column on its own, too.
    assert abs(grid.mean(axis=0) - 0.5).max() < 0.09
    assert abs(grid.mean(axis=1) - 0.5).max() < 0.09


def test_choices_come_in_proportion_to_their_weights() -> None:
    picked = Randomness(3).choice((1, 2, 5), "pick", np.arange(40_000))
    share = np.bincount(picked, minlength=3) / 40_000
    np.testing.assert_allclose(share, [1 / 8, 2 / 8, 5 / 8], atol=0.01)


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_longer_interleaving_begins_with_the_shorter(one: int, other: int) -> None:
    shares = (30, 22, 18, 15, 15)
    short, long = sorted((one, other))
    np.testing.assert_array_equal(interleave(shares, long)[:short], interleave(shares, short))


def test_the_first_products_cover_all_categories() -> None:
    assert set(interleave([kind.share for kind in categories()], 5)) == set(range(5))


def test_a_week_counts_when_four_of_its_days_do() -> None:
    grid = Timeline(date(2026, 1, 5), weeks=4, horizon=2)
    assert grid.end == date(2026, 2, 2)
    covered = grid.covering(date(2026, 1, 9), date(2026, 1, 22))
    assert covered.tolist() == [False, True, True, False, False, False]
    assert grid.covering(date(2026, 1, 8), None).all()
    assert grid.week_of(date(2026, 1, 4)) == -1


@pytest.mark.parametrize(
    ("festival", "day"),
    [
        ("Diwali", date(2023, 11, 12)), ("Diwali", date(2026, 11, 8)),
        ("Holi", date(2025, 3, 14)), ("Eid al-Fitr", date(2024, 4, 11)),
        ("Eid al-Adha", date(2025, 6, 7)), ("Raksha Bandhan", date(2026, 8, 28)),
        ("Ganesh Chaturthi", date(2026, 9, 14)), ("Navratri", date(2026, 10, 11)),
        ("Durga Puja", date(2026, 10, 19)), ("Onam", date(2025, 9, 5)),
        ("Pongal", date(2026, 1, 14)), ("Christmas", date(2028, 12, 25)),
    ],
)  # fmt: skip
def test_festivals_fall_on_their_real_days(festival: str, day: date) -> None:
    table = festival_days()
    assert day in table.loc[table[c.FESTIVAL] == festival, c.DAY].dt.date.tolist()


def test_every_festival_falls_once_in_each_year_that_is_known() -> None:
    table = festival_days()
    counts = table.groupby([table[c.FESTIVAL], table[c.DAY].dt.year]).size()
    assert set(table[c.FESTIVAL]) == set(FESTIVALS)
    assert (counts == 1).all()
    assert len(counts) == len(FESTIVALS) * 11


def test_what_shelves_name_exists() -> None:
    assert tuple(kind.name for kind in categories()) == CATEGORIES
    for shelf in subcategories():
        assert set(shelf.festivals) <= set(FESTIVALS), shelf.name
        assert set(shelf.regions) <= set(REGIONS), shelf.name
        assert shelf.season in MONTHLY, shelf.name
        assert shelf.things, shelf.name
    for kind in categories():
        known = set(kind.brands)
        assert all(set(shelf.brands) <= known for shelf in kind.subcategories), kind.name


def test_a_year_of_any_season_has_mean_one() -> None:
    year = year_profile(Timeline(date(2025, 1, 6), weeks=52, horizon=0))
    np.testing.assert_allclose(year.mean(axis=1), 1, atol=0.02)
    cooler = [shelf.name for shelf in subcategories()].index("Coolers & cooling")
    assert year[cooler].argmax() in range(14, 24)


def test_names_and_segments_serve_every_region_and_category() -> None:
    assert set(words()["surnames"]) == set(words()["lucky"]) == set(REGIONS)
    assert set(cities()[c.REGION]) == set(REGIONS)
    assert cities()[c.CITY].is_unique
    assert all(len(kind.appeal) == len(subcategories()) for kind in segments())


def test_prices_are_rounded_as_people_write_them() -> None:
    given_prices = np.array([0.01, 8.13, 47.31, 463.4, 9853.0])
    np.testing.assert_array_equal(neat_price(given_prices), [0.25, 8.25, 47.5, 463.0, 9855.0])
