"""Times that are set beside each other are whole weeks that the data know."""

from __future__ import annotations

from datetime import date, timedelta

from smartreco.vendors.periods import USUAL_WEEKS, Period, periods

MONDAY = date(2025, 12, 29)


def known(weeks: int) -> Period:
    return Period(MONDAY - timedelta(weeks=weeks), MONDAY)


def test_the_last_half_year_is_meant_where_nothing_is_said() -> None:
    found = periods(None, None, known(120))
    assert found is not None
    assert found.now == Period(MONDAY - timedelta(weeks=USUAL_WEEKS), MONDAY)
    assert found.before == found.now.back(26)
    assert found.last_year == found.now.back(52)
    assert found.now.first.weekday() == 0


def test_days_stand_for_their_whole_weeks() -> None:
    found = periods(date(2025, 10, 1), date(2025, 10, 14), known(120))
    assert found is not None
    assert found.now == Period(date(2025, 9, 29), date(2025, 10, 20))
    assert found.now.weeks == 3
    assert found.now.last_day == date(2025, 10, 19)


def test_a_time_that_the_data_do_not_reach_back_to_is_not_compared_with() -> None:
    found = periods(None, None, known(60))
    assert found is not None
    assert found.before is not None
    assert found.last_year is None


def test_three_weeks_of_data_are_looked_at_alone() -> None:
    found = periods(None, None, known(3))
    assert found is not None
    assert (found.now.weeks, found.before, found.last_year) == (3, None, None)


def test_weeks_after_the_data_are_cut_off_and_none_at_all_is_nothing() -> None:
    found = periods(date(2025, 12, 22), date(2026, 6, 1), known(60))
    assert found is not None
    assert found.now == Period(date(2025, 12, 22), MONDAY)
    assert periods(date(2026, 2, 1), None, known(60)) is None
    assert periods(None, date(2020, 2, 1), known(60)) is None
