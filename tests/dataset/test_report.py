"""The account of an import in words and numbers."""

from __future__ import annotations

import json

import pytest

from smartreco.dataset.reasons import RULES
from smartreco.dataset.report import FileAccount, ImportReport, Note, ReasonCount
from smartreco.language import Language, Message

ORDERS = FileAccount(
    "orders", "march.csv", read=1200, kept=1190, fixed=2, quarantined=8,
    reasons=(
        ReasonCount("duplicate", 3, 3), ReasonCount("missing_retailer", 4, 5),
        ReasonCount("service.postage", 1, 1), ReasonCount("repaired_price", 2, 3),
        ReasonCount("repaired_date", 0, 1),
    ),
    ignored_columns=("colour", "shelf"),
)  # fmt: skip
PRODUCTS = FileAccount("products", "items.csv", read=10, kept=10, fixed=0, quarantined=0)
REPORT = ImportReport(
    (ORDERS, PRODUCTS),
    notes=(Note(Message("{n} shop added.", "{n} shops added.", "n"), {"n": 2}),),
    absent=("The data hold no stock.",),
)


@pytest.fixture
def lines() -> tuple[str, ...]:
    return REPORT.text(Language("en"))


def test_the_first_line_is_the_sum(lines: tuple[str, ...]) -> None:
    assert lines[0] == "march.csv: 1,200 rows read = 1,190 kept + 2 fixed + 8 quarantined"


def test_reasons_are_listed_with_counts_most_frequent_first(lines: tuple[str, ...]) -> None:
    at = {words.split()[0]: n for n, words in enumerate(lines) if words.startswith("   ")}
    assert at["4"] < at["3"] < at["1"] < at["2"]


def test_rows_that_break_several_rules_are_told(lines: tuple[str, ...]) -> None:
    line = next(line for line in lines if "No customer" in line)
    assert line.endswith("(in all 5 rows)")


def test_a_fix_of_rows_that_went_anyway_is_not_told(lines: tuple[str, ...]) -> None:
    assert not any("unlike the rest" in line for line in lines)


def test_notes_and_gaps_follow(lines: tuple[str, ...]) -> None:
    assert "  Columns ignored: colour, shelf" in lines
    assert lines[-2:] == ("2 shops added.", "The data hold no stock.")


def test_numbers_take_the_form_of_the_language() -> None:
    assert "1.200" in REPORT.text(Language("de_DE"))[0]


def test_totals_cover_all_files() -> None:
    assert (REPORT.read, REPORT.kept, REPORT.fixed, REPORT.quarantined) == (1210, 1200, 2, 8)
    assert REPORT.sources == "march.csv, items.csv"
    assert REPORT.file("products") is PRODUCTS
    assert ORDERS.rows("service.") == 1
    assert ORDERS.touched("missing_") == 5


def test_the_account_goes_into_json() -> None:
    held = json.loads(json.dumps(REPORT.as_dict()))
    assert held["files"][0]["reasons"][1] == {"code": "missing_retailer", "rows": 4, "touched": 5}


def test_every_rule_says_why_in_a_sentence() -> None:
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.sentence.endswith(".")
