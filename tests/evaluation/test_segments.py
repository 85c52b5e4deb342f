"""Kinds of shops by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.evaluation.protocol import Split, cut
from smartreco.evaluation.segments import segments
from smartreco.recommend.history import History
from tests.evaluation.conftest import make_history


def found(history: History) -> dict[tuple[str, str], list[int]]:
    """Positions of the shops of each segment."""
    parted = cut(history, Split.TIME, np.random.default_rng(0))
    return {(one.by, one.name): parted.shops[one.shops].tolist() for one in segments(parted)}


def growing() -> list[tuple[int, int, int, float]]:
    """Shop u has 2 (u + 1) purchases before day 80 ago; all order after it."""
    rows = [(u, 0, 100 + 3 * at, 1.0) for u in range(6) for at in range(2 * (u + 1))]
    return rows + [(u, 0, ago, 1.0) for u in range(6) for ago in (80, 40)]


def test_size_is_the_third_by_purchases_before_the_cut() -> None:
    by = found(make_history(growing(), shops=6))
    assert by["size", "small"] == [0, 1]
    assert by["size", "middle"] == [2, 3]
    assert by["size", "large"] == [4, 5]


def test_a_shop_on_the_border_of_a_third_belongs_to_the_smaller_ones() -> None:
    by = found(make_history([row for row in growing() if row[0] < 4]))
    assert [by["size", name] for name in ("small", "middle", "large")] == [[0, 1], [2], [3]]


def test_a_shop_is_new_if_its_first_order_is_at_most_four_weeks_before_the_cut() -> None:
    old = [(0, at % 3, 100 + at, 1.0) for at in range(13)]
    rows = [*old, (1, 0, 50, 1.0), (2, 0, 49, 1.0), *((0, 0, at, 1.0) for at in (1, 5, 10, 21))]
    by = found(make_history(rows))  # the cut is 21 days ago
    assert by["age", "new"] == [2]
    assert by["age", "established"] == [0, 1]


def test_segment_and_region_are_named_where_known() -> None:
    by = found(
        make_history(
            growing(), shops=6,
            region=["West"] * 4 + ["East", None], segment=["kirana"] * 6, city=["Pune"] * 6,
        )
    )  # fmt: skip
    assert by["region", "West"] == [0, 1, 2, 3]
    assert by["region", "East"] == [4]
    assert by["segment", "kirana"] == [0, 1, 2, 3, 4, 5]
    assert not [name for name in by if name[0] == "city"]


def test_the_city_stands_for_a_region_that_no_shop_has() -> None:
    by = found(make_history(growing(), shops=6, city=["Pune", pd.NA, "Agra"] * 2))
    assert by["city", "Pune"] == [0, 3]
    assert not [name for name in by if name[0] in ("region", "segment")]
