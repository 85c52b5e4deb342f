"""Numbers and dates as people and programs write them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smartreco.dataset.cleaning.moments import read_moments
from smartreco.dataset.cleaning.numerals import read_numbers


def column(*cells: object) -> pd.Series:
    return pd.Series(list(cells), dtype=object)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", 1234.5), ("1,23,456.50", 123456.5), ("₹ 120", 120.0), ("Rs. 99.90", 99.9),
        ("$12", 12.0), ("12.50 €", 12.5), ("120/-", 120.0), ("(12.50)", -12.5), ("12-", -12.0),
        ("-3", -3.0), ("−3", -3.0), ("1'200", 1200.0), ("1,234", 1234.0), ("12,5", 12.5),
        (" 7 ", 7.0), ("1e3", 1000.0), (".5", 0.5), ("INR 45", 45.0),
    ],
)  # fmt: skip
def test_a_price_is_read(cell: str, value: float) -> None:
    prices = read_numbers(column(cell, "10", "11", "12"))
    assert prices.values.tolist() == [value, 10, 11, 12]
    assert not prices.unreadable.any()


@pytest.mark.parametrize(
    ("cell", "value", "in_cases"),
    [("12 pcs", 12, False), ("3 dozen", 36, False), ("2 cases", 2, True), ("2 Ctn.", 2, True)],
)
def test_a_quantity_is_read_with_its_unit(cell: str, value: float, in_cases: bool) -> None:
    read = read_numbers(column(cell, "1", "2", "3"), counts=True)
    assert read.values[0] == value
    assert read.in_cases.tolist() == [in_cases, False, False, False]
    assert read.repaired.tolist() == [True, False, False, False]


@pytest.mark.parametrize("cell", ["twelve", "12 kg", "1.2.3", "inf", "12/13", "9 lives", "∞"])
def test_what_is_no_number_is_unreadable_not_guessed(cell: str) -> None:
    read = read_numbers(column(cell, "1", "2"), counts=True)
    assert read.unreadable.tolist() == [True, False, False]


@pytest.mark.parametrize("cell", [None, "", "  ", "nan", "N/A", "-", "NULL"])
def test_what_is_empty_is_missing(cell: object) -> None:
    read = read_numbers(column(cell, "1"))
    assert read.missing.tolist() == [True, False]
    assert not read.unreadable.any()


def test_a_column_with_decimal_commas_reads_dots_as_thousands() -> None:
    read = read_numbers(column("12,50", "1.234,00", "1.234", "7", "3,5"))
    assert read.values.tolist() == [12.5, 1234, 1234, 7, 3.5]
    assert read.comma
    assert not read.repaired.any()


def test_signs_that_most_cells_carry_are_the_columns_own_form() -> None:
    read = read_numbers(column("₹ 10", "₹ 20", "₹ 30", "40"))
    assert read.own_form
    assert not read.repaired.any()


def test_numbers_stay_as_they_are() -> None:
    read = read_numbers(pd.Series([1.5, np.nan, np.inf]))
    assert read.missing.tolist() == [False, True, False]
    assert read.unreadable.tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-04-12", "2026-04-12"), ("2026-04-12T09:30:00", "2026-04-12T09:30"),
        ("2026-04-12 09:30:00+05:30", "2026-04-12T09:30"), ("2026/4/12 9:30", "2026-04-12T09:30"),
        ("20260412", "2026-04-12"), ("12 Apr 2026", "2026-04-12"), ("12-Apr-26", "2026-04-12"),
        ("April 12, 2026", "2026-04-12"), ("Sun, 12 April 2026", "2026-04-12"),
        ("13.04.2026 09:30", "2026-04-13T09:30"), ("4/13/2026 9:30 PM", "2026-04-13T21:30"),
        ("9999-12-31", "9999-12-31"), ("46124", "2026-04-12"),
    ],
)  # fmt: skip
def test_a_date_is_read(cell: str, moment: str) -> None:
    read = read_moments(column(cell))
    assert read.values[0] == np.datetime64(moment, "us")


@pytest.mark.parametrize(
    "cell", ["yesterday", "12", "2026", "31/31/2026", "2026-02-30", "0000-00-00", "12:30", "12 pcs"]
)
def test_what_names_no_day_is_unreadable_whatever_today_is(cell: str) -> None:
    assert read_moments(column(cell)).unreadable.tolist() == [True]


def test_one_sure_cell_decides_for_the_column() -> None:
    assert read_moments(column("3/4/2026", "25/4/2026")).values[0] == np.datetime64("2026-04-03")
    assert read_moments(column("3/4/2026", "4/25/2026")).values[0] == np.datetime64("2026-03-04")


def test_rows_that_follow_each_other_decide_where_no_cell_is_sure() -> None:
    read = read_moments(column("12/1/2010 8:26", "12/1/2010 9:00", "12/2/2010 7:00"))
    assert read.day_first is False
    assert read.values[2] == np.datetime64("2010-12-02T07:00")


def test_the_sources_habit_decides_where_nothing_else_does() -> None:
    assert read_moments(column("3/4/2026"), month_first=True).day_first is False
    assert read_moments(column("3/4/2026")).day_first is True


def test_a_cell_unlike_its_column_is_repaired() -> None:
    read = read_moments(column("2026-04-12", "2026-04-13", "14/04/2026"))
    assert read.repaired.tolist() == [False, False, True]
    assert read.values[2] == np.datetime64("2026-04-14")


@pytest.mark.parametrize(
    ("numbers", "moment"),
    [([46124.5], "2026-04-12T12:00"), ([20260412], "2026-04-12"), ([1775952000], "2026-04-12")],
)
def test_numbers_that_stand_for_days_are_read(numbers: list[float], moment: str) -> None:
    assert read_moments(pd.Series(numbers)).values[0] == np.datetime64(moment, "us")


def test_zones_are_dropped_and_local_time_stays() -> None:
    zoned = pd.Series(pd.to_datetime(["2026-04-12 23:30"]).tz_localize("Asia/Kolkata"))
    assert read_moments(zoned).values[0] == np.datetime64("2026-04-12T23:30")
