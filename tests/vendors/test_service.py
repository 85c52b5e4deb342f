"""Service levels and lost sales against sums made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from smartreco.forecast.panel import fill
from smartreco.vendors.assortment import Weeks
from smartreco.vendors.service import by_product, by_region, recorded, served

PRICE = np.array([2.0, np.nan])
# tea: out in the third week, when 4 instead of the usual 10 were sold; tin: never out
SOLD = np.array([[10.0, 10.0, 4.0, 10.0], [5.0, 5.0, 5.0, 5.0]])
OUT = np.array([[False, False, True, False], [False] * 4])
WEEKS = Weeks(["tea", "tin"], SOLD, fill(SOLD, OUT), OUT)
BOTH = np.array([True, True])


def test_what_was_missed_is_the_weeks_before_less_what_was_sold() -> None:
    whole = served(WEEKS, PRICE, BOTH, by_week=False)
    assert [float(one[0]) for one in whole.figures] == [pytest.approx(54 / 60), 6.0, 12.0, 1.0]
    weeks = served(WEEKS, PRICE, BOTH, by_week=True)
    assert weeks.lost_pieces.tolist() == [0.0, 0.0, 6.0, 0.0]
    assert weeks.level.tolist() == pytest.approx([1.0, 1.0, 9 / 15, 1.0])


def test_only_products_that_count_are_added_up() -> None:
    tin = served(WEEKS, PRICE, np.array([False, True]), by_week=False)
    assert [float(one[0]) for one in tin.figures] == [1.0, 0.0, 0.0, 0.0]
    nothing = served(WEEKS, PRICE, np.array([False, False]), by_week=False)
    assert np.isnan(nothing.level[0])
    rows = by_product(WEEKS, PRICE, np.array([True, False]))
    assert rows["lost_pieces"].tolist()[0] == 6.0
    assert rows.loc[1, ["wanted", "lost_pieces", "level", "out_weeks"]].isna().all()
    assert rows["sold"].tolist() == [34.0, 20.0]


def test_stock_is_recorded_where_counts_tell_of_more_than_one_week() -> None:
    ever = np.array([True, False])
    assert recorded(ever, 1, 1).tolist() == [False, False]
    assert recorded(ever, 2, 0).tolist() == [True, False]
    assert recorded(ever, 0, 2).tolist() == [True, False]


def test_regions_share_what_was_missed_as_they_fall_short() -> None:
    # of the ten a week, six go north and four south; in the week out the north has its six
    # all the same, so all that was missed was missed in the south
    parts = np.array([[[6.0, 6.0, 6.0, 6.0]], [[4.0, 4.0, 0.0, 4.0]]])
    sold, out = parts.sum(axis=0), np.array([[False, False, True, False]])
    whole = Weeks(["tea"], sold, fill(sold, out), out)
    filled = np.stack([fill(one, out) for one in parts])
    rows = by_region(whole, parts, filled, np.array([2.0]))
    assert rows["lost_pieces"].tolist() == [0.0, 4.0]
    assert rows["lost_value"].tolist() == [0.0, 8.0]
    assert rows["level"].tolist() == pytest.approx([1.0, 12 / 16])


@given(
    parts=hnp.arrays(float, (3, 2, 6), elements=st.integers(0, 50).map(float)),
    out=hnp.arrays(bool, (2, 6)),
)
def test_regions_sum_to_the_whole(parts: np.ndarray, out: np.ndarray) -> None:
    sold = parts.sum(axis=0)
    whole = Weeks(["a", "b"], sold, fill(sold, out), out)
    filled = np.stack([fill(one, out) for one in parts])
    rows = by_region(whole, parts, filled, np.array([1.0, 3.0]))
    total = served(whole, np.array([1.0, 3.0]), BOTH, by_week=False)
    assert rows["lost_pieces"].sum() == pytest.approx(total.lost_pieces[0])
    assert rows["lost_value"].sum() == pytest.approx(total.lost_value[0])
    assert rows["sold"].sum() == sold.sum()
    assert (rows["lost_pieces"] >= -1e-9).all()
