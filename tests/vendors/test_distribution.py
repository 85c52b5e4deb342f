"""Distribution against sums made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.vendors.distribution import course, reached, rolling


def test_distribution_is_what_a_sheet_of_paper_says() -> None:
    """Five shops that buy 40, 30, 20, 6 and 4 of the category a period of four weeks.

    The first two buy the brand, for 12 and 8, six and two pieces.
    """
    bought = pd.DataFrame(
        {"thing": [0, 0], "weight": [40.0, 30.0], "quantity": [6, 2], "value": [12.0, 8.0]}
    )
    found = reached(bought, np.array([5, 3]), np.array([100.0, 0.0]), weeks=4)
    first = found.iloc[0]
    assert first["shops"] == 2
    assert first["numeric"] == pytest.approx(2 / 5)
    assert first["weighted"] == pytest.approx(70 / 100)
    assert first["velocity"] == pytest.approx(20 / 2 / 4)
    assert first["velocity_pieces"] == pytest.approx(8 / 2 / 4)
    nobody = found.iloc[1]  # nobody bought there, nor anything of the category
    assert (nobody["shops"], nobody["numeric"]) == (0, 0)
    assert np.isnan(nobody["weighted"])
    assert np.isnan(nobody["velocity"])


def test_sales_are_shops_times_velocity_times_weeks() -> None:
    rng = np.random.default_rng(1)
    bought = pd.DataFrame(
        {"thing": rng.integers(0, 4, 60), "weight": rng.random(60),
         "quantity": rng.integers(1, 9, 60), "value": rng.random(60) * 50}
    )  # fmt: skip
    found = reached(bought, np.full(4, 60), np.full(4, 60.0), weeks=13)
    assert (found["shops"] * found["velocity"] * 13).to_numpy() == pytest.approx(found["value"])


def test_a_trend_counts_who_bought_in_the_window_up_to_each_week() -> None:
    pieces = np.array([[4.0, 0, 0, 0, 0], [0, 0, 2.0, 0, 2.0], [0, 0, 0, 0, 0]])
    weight = np.full((3, 5), 1.0)
    found = course(pieces, pieces * 3, weight, weeks=4, window=2)
    assert found["shops"].tolist() == [1, 1, 1, 1]
    assert found["numeric"].to_numpy() == pytest.approx([1 / 3] * 4)
    assert found["velocity_pieces"].tolist() == [2.0, 1.0, 1.0, 1.0]
    assert found["value"].tolist() == [12.0, 6.0, 6.0, 6.0]


def test_the_first_weeks_have_shorter_windows() -> None:
    assert rolling(np.ones((1, 4)), 3).tolist() == [[1, 2, 3, 3]]
    found = course(np.ones((2, 3)), np.ones((2, 3)), np.ones((2, 3)), weeks=3, window=8)
    assert found["velocity"].tolist() == [1.0, 1.0, 1.0]
