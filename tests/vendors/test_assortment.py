"""Classes and stock figures against a sheet of paper."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.vendors.assortment import Weeks, classes, stock_figures


def weeks(sold: list[list[float]], out: list[list[int]] | None = None,
          wanted: list[list[float]] | None = None) -> Weeks:  # fmt: skip
    table = np.array(sold, dtype=float)
    none = np.zeros(table.shape, dtype=bool)
    return Weeks(
        [f"p{at}" for at in range(len(table))],
        table,
        table if wanted is None else np.array(wanted, dtype=float),
        none if out is None else np.array(out, dtype=bool),
    )


def test_the_product_that_crosses_the_border_is_still_an_a() -> None:
    value = np.array([10.0, 70.0, 15.0, 5.0, 0.0])
    found = classes(value, weeks([[1.0] * 8] * 5))
    assert found["abc"].tolist()[:4] == ["B", "A", "A", "C"]
    assert found["abc"].isna().tolist() == [False] * 4 + [True]
    assert found["share"].tolist() == pytest.approx([0.1, 0.7, 0.15, 0.05, 0.0])


def test_one_product_is_an_a() -> None:
    assert classes(np.array([3.0]), weeks([[1.0] * 8]))["abc"].tolist() == ["A"]


def test_even_sales_are_x_uneven_ones_y_and_rare_ones_z() -> None:
    sold = [[4.0] * 12, [0, 8] * 6, [0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0], [1, 2] * 6]
    found = classes(np.ones(4), weeks([list(map(float, row)) for row in sold]))
    assert found["xyz"].tolist() == ["X", "Y", "Z", "X"]
    assert found["variability"][0] == 0.0
    assert found["variability"][3] == pytest.approx(np.std([1, 2] * 6, ddof=1) / 1.5)


def test_weeks_before_the_first_sale_and_out_of_stock_do_not_count() -> None:
    sold = [[0.0] * 4 + [5.0] * 8, [5.0] * 8 + [0.0] * 4]
    out = [[0] * 12, [0] * 8 + [1] * 4]
    assert classes(np.ones(2), weeks(sold, out))["xyz"].tolist() == ["X", "X"]


def test_too_few_weeks_say_nothing_of_evenness() -> None:
    assert classes(np.ones(1), weeks([[4.0] * 7]))["xyz"].isna().all()
    assert classes(np.zeros(1), weeks([[0.0] * 9]))["abc"].isna().all()


def test_stock_is_set_against_all_shops_and_losses_against_the_weeks_without() -> None:
    here = weeks([[2.0, 0.0, 0.0, 3.0]], [[0, 1, 1, 0]], [[2.0, 2.0, 1.5, 3.0]])
    whole = weeks([[10.0, 0.0, 0.0, 20.0]], wanted=[[10.0, 10.0, 10.0, 20.0]])
    found = stock_figures(here, whole, np.array([15.0]), np.array([4.0]), np.array([True])).iloc[0]
    assert found["sell_through"] == pytest.approx(30 / 45)
    assert found["cover_weeks"] == pytest.approx(15 / 12.5)
    assert (found["out_weeks"], found["lost_pieces"], found["lost_value"]) == (2, 3.5, 14.0)


def test_what_the_data_do_not_hold_is_missing_and_not_zero() -> None:
    table = weeks([[1.0] * 4, [0.0] * 4])
    found = stock_figures(
        table, table, np.array([np.nan, 5.0]), np.array([1.0, 1.0]), np.array([False, False])
    )
    assert found.loc[0, ["on_hand", "sell_through", "cover_weeks", "lost_pieces"]].isna().all()
    assert found.loc[1, "cover_weeks"] == np.inf
    assert found["lost_value"].isna().all()
