"""Checks of the data: sound data pass them, and each kind of spoiling is seen by its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smartreco.config import Settings
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.entities import OPERATOR
from smartreco.store.connection import Cursor
from smartreco.store.placing import PLACED_HERE
from smartreco.workspace import Workspace
from smartreco.workspace.importing.expecting import expected_lines, expected_seconds
from smartreco.workspace.operating.quality import Check, DataQuality, Quality, Verdict
from tests import homes

LAST_MONTH = "ordered_on > (SELECT max(ordered_on) FROM order_lines) - 28"
#: How data go wrong: the check that sees it, and what is done to them.
SPOILED = {
    "an export of two weeks that never came": (
        Check.EMPTY_WEEKS, Verdict.LOOK,
        ["DELETE FROM order_lines WHERE ordered_on BETWEEN "
         "(SELECT max(ordered_on) FROM order_lines) - 70 AND "
         "(SELECT max(ordered_on) FROM order_lines) - 57 AND line_id <> 'P0001#1'"],
    ),
    "an export imported again under new numbers": (
        Check.REPEATED_ORDERS, Verdict.ACT,
        [f"INSERT INTO orders SELECT * REPLACE (order_key + 1000000 AS order_key, "
         f"'again-' || order_id AS order_id) FROM orders WHERE order_key IN "
         f"(SELECT order_key FROM order_lines WHERE {LAST_MONTH})",
         f"INSERT INTO order_lines SELECT * REPLACE (order_key + 1000000 AS order_key) "
         f"FROM order_lines WHERE {LAST_MONTH}"],
    ),
    "most shops lost": (
        Check.QUIET_SHOPS, Verdict.ACT,
        ["DELETE FROM order_lines WHERE retailer_key % 3 <> 0 AND ordered_on > "
         "(SELECT max(ordered_on) FROM order_lines) - 100"],
    ),
    "one quantity in fifty mistyped": (
        Check.ODD_QUANTITIES, Verdict.ACT,
        ["UPDATE order_lines SET quantity = quantity * 1000 "
         "WHERE hash(order_key, line_id) % 50 = 0"],
    ),
    "one price in fifty a case's": (
        Check.ODD_PRICES, Verdict.ACT,
        ["UPDATE order_lines SET unit_price = unit_price * 12 "
         "WHERE hash(order_key, line_id) % 50 = 0"],
    ),
}  # fmt: skip
#: What came after the fit is spoiled.
MOVED = {
    Check.QUANTITIES_MOVED: f"UPDATE order_lines SET quantity = quantity * 12 WHERE {LAST_MONTH}",
    Check.PRICES_MOVED: f"UPDATE order_lines SET unit_price = unit_price * 80 WHERE {LAST_MONTH}",
}


@pytest.fixture
def opened(small_store: Path, tmp_path: Path) -> Iterator[Workspace]:
    folder = homes.copy_folder(small_store, tmp_path / "own")
    held = Workspace.open(
        Settings(db=folder / "store.duckdb", demo_password="demo-for-tests", refit_after=None)
    )
    yield held
    held.close()


def looked(workspace: Workspace, *changes: str) -> Quality:
    """What is said of the data after changes; nothing is remembered from before."""

    def change(cursor: Cursor) -> None:
        for one in changes:
            cursor.execute(one)

    workspace.store.write(change)
    return DataQuality(workspace.quality.core).overview(OPERATOR)


def verdict(quality: Quality, check: Check) -> Verdict:
    return next(one.verdict for one in quality.findings if one.check is check)


def lately_arrived(workspace: Workspace) -> list[str]:
    """The last four weeks as an import after the fit."""
    batch = PLACED_HERE + 1000
    return [
        f"INSERT INTO import_batches SELECT * REPLACE ({batch} AS batch_id, "
        "imported_at + INTERVAL 99 YEAR AS imported_at) FROM import_batches LIMIT 1",
        f"UPDATE order_lines SET batch_id = {batch} WHERE {LAST_MONTH}",
    ]


def test_sound_data_deserve_no_look(opened: Workspace) -> None:
    quality = looked(opened, *lately_arrived(opened))
    said = {one.check: one for one in quality.findings}
    # the month holds whatever was launched in it, and that is for a fit to learn
    assert {check for check, one in said.items() if one.verdict is Verdict.ACT} == set()
    for check in Check:
        if check not in (Check.NEW_PRODUCTS, Check.NEW_SHOPS, Check.MIX):
            assert said[check].verdict is Verdict.GOOD, said[check]


@pytest.mark.parametrize("what", list(SPOILED))
def test_spoiled_data_are_seen_by_the_check_for_it(opened: Workspace, what: str) -> None:
    check, expected, changes = SPOILED[what]
    assert verdict(looked(opened), check) is Verdict.GOOD
    quality = looked(opened, *changes)
    assert verdict(quality, check) is expected
    rows, total = DataQuality(opened.quality.core).listed(OPERATOR, check)
    found = next(one.found for one in quality.findings if one.check is check)
    assert total == len(rows.index) if total < 500 else len(rows.index) == 500
    assert total == found > 0


@pytest.mark.parametrize("check", list(MOVED))
def test_a_change_of_unit_after_the_fit_is_seen(opened: Workspace, check: Check) -> None:
    assert verdict(looked(opened, *lately_arrived(opened)), check) is Verdict.GOOD
    assert verdict(looked(opened, MOVED[check]), check) is Verdict.ACT


def test_a_large_shop_that_takes_much_of_everything_is_no_mistake(opened: Workspace) -> None:
    largest = "SELECT retailer_key FROM order_lines GROUP BY ALL ORDER BY count(*) DESC LIMIT 1"
    quality = looked(
        opened, f"UPDATE order_lines SET quantity = quantity * 300 WHERE retailer_key = ({largest})"
    )
    assert verdict(quality, Check.ODD_QUANTITIES) is Verdict.GOOD


@pytest.mark.parametrize(
    ("shops", "products", "months", "lines", "seconds"),
    [(50, 100, 12, 8_080, 4.7), (120, 300, 24, 67_697, 10.3), (300, 600, 24, 205_084, 22.9),
     (600, 1200, 24, 416_845, 43.5), (300, 600, 48, 411_092, 38.4)],
)  # fmt: skip
def test_what_is_said_of_demo_data_is_near_what_was_measured(
    shops: int, products: int, months: int, lines: int, seconds: float
) -> None:
    settings = SyntheticSettings(retailers=shops, products=products, months=months)
    assert expected_lines(settings) == pytest.approx(lines, rel=0.15)
    assert expected_seconds(settings) == pytest.approx(seconds, rel=0.2)
