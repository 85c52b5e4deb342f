"""A panel says what was demand and what was an empty shelf."""

from __future__ import annotations

import numpy as np
import pytest

from smartreco.errors import InputError
from smartreco.forecast.panel import fill
from tests.forecast.panels import MONDAY, panel_of


def test_a_week_without_stock_is_filled_from_the_weeks_before() -> None:
    missing = np.array([[False, False, True, True, False]])
    panel = panel_of([[6, 2, 0, 9, 4]], missing=missing)
    assert panel.demand.tolist() == [[6, 2, 4, 9, 4]]  # 9 sold is more than the 4 expected
    assert panel.values.tolist() == [[6, 2, 0, 9, 4]]
    assert panel.observed.tolist() == [[True, True, False, False, True]]


def test_a_fill_does_not_know_what_came_later() -> None:
    missing = np.zeros((1, 12), dtype=bool)
    missing[0, [3, 4, 7]] = True
    values = np.arange(12.0)[None, :]
    later = values.copy()
    later[:, 8:] = 1000
    assert fill(values, missing)[0, :8].tolist() == fill(later, missing)[0, :8].tolist()


def test_only_eight_weeks_are_looked_back_on() -> None:
    values = np.array([[100.0] + [2.0] * 8 + [0.0]])
    missing = np.zeros_like(values, dtype=bool)
    missing[0, -1] = True
    assert fill(values, missing)[0, -1] == 2.0


def test_weeks_before_the_first_sale_are_not_demand() -> None:
    panel = panel_of([[0, 0, 3, 0], [1, 0, 0, 0], [0, 0, 0, 0]])
    assert panel.begins.tolist() == [2, 0, 2]


def test_an_earlier_panel_holds_nothing_of_what_came() -> None:
    panel = panel_of([[1, 2, 3]], missing=np.array([[False, True, False]]))
    past = panel.until(2)
    assert past.values.tolist() == [[1, 2]]
    assert past.missing is not None
    assert past.missing.tolist() == [[False, True]]
    assert past.ahead(2).tolist() == (MONDAY + np.array([14, 21])).tolist()


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_demand_is_finite_and_not_negative(bad: float) -> None:
    with pytest.raises(InputError, match="not negative"):
        panel_of([[1.0, bad]])
