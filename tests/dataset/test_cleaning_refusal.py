"""Impossible values stop a small or a rotten file, not a large one with a few."""

from __future__ import annotations

import pandas as pd
import pytest

from smartreco.dataset.cleaning import CleaningOptions
from smartreco.entities import Provenance
from smartreco.errors import InputError
from tests.dataset.frames import cleaned, good

ASKED = CleaningOptions()


def bad(n: int, rows: int, column: str = "unit_price", value: object = -5) -> pd.DataFrame:
    frame = good(rows)
    frame.loc[frame.index[:n], column] = value
    return frame


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (bad(1, 1), "a price is not below zero"),
        (bad(1, 999), "a price is not below zero"),
        (bad(21, 2000), "20 more rows"),
        (bad(1, 50, "ordered_at", "9999-01-01"), "9999-01-01 in column ordered_at, row 1 of"),
        (bad(300, 1400, "quantity", "lots"), "a column of quantities holds numbers"),
    ],
    ids=["only row", "small file", "over one per cent", "year 9999", "unreadable column"],
)
def test_the_import_is_refused_with_rule_row_and_action(frame: pd.DataFrame, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        cleaned(frame, ASKED)
    assert "orders.csv" in caught.value.found
    assert "--tolerant" in caught.value.action


@pytest.mark.parametrize(
    "frame",
    [bad(1, 1000), bad(20, 2000), bad(5, 50, "quantity", "lots"), bad(1, 3, "unit_price", 0)],
    ids=["large file", "one per cent", "a few unreadable", "zero price"],
)
def test_few_bad_rows_are_set_aside(frame: pd.DataFrame) -> None:
    result = cleaned(frame, ASKED)
    assert result.report.quarantined > 0


def test_strict_refuses_a_single_bad_value_in_a_large_file() -> None:
    for frame in (bad(1, 5000), bad(1, 5000, "quantity", "lots")):
        with pytest.raises(InputError, match="--strict"):
            cleaned(frame, CleaningOptions(strict=True))


def test_tolerant_and_demo_data_set_everything_aside() -> None:
    demo = CleaningOptions(provenance=Provenance.DEMO)
    for options in (CleaningOptions(tolerant=True), demo):
        assert cleaned(bad(30, 60), options).report.quarantined == 30


def test_a_negative_price_of_a_service_line_refuses_nothing() -> None:
    frame = good(3).assign(description=["Rice", "Rice", "Discount"])
    frame.loc[2, ["product_id", "unit_price"]] = ["DISC", -5]
    assert cleaned(frame, ASKED).report.file("orders").rows("service.") == 1


def test_an_import_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(InputError, match="at least one order line"):
        cleaned(bad(3, 3, "retailer_id", None))
