"""An import by upload: looked at, rehearsed, done in the background, mended; nothing lost."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from smartreco.config import Settings
from smartreco.dataset.aliases import MENDING
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.entities import OPERATOR
from smartreco.errors import InputError, NotFoundError
from smartreco.workspace import Workspace
from smartreco.workspace.importing import limits
from smartreco.workspace.importing.views import Files, ImportOptions, ImportState

HEADER = "order_id,retailer_id,product_id,ordered_at,quantity,unit_price"
GOOD = [
    f"o{n},shop{n % 4},sku{n % 6},2026-0{1 + n % 6}-1{n % 9},{1 + n % 5},{2 + n % 6}.5"
    for n in range(40)
]
#: o1 has two lines of sku1: the second cannot be read.
BAD = [
    "o1,shop1,sku1,2026-02-11,many,3.5",
    "o3,shop3,,2026-04-13,4,5.5",
    "o90,=1+1,sku2,2026-03-03,zero,4.5",
]
COUNTS = ("orders", "order_lines", "products", "retailers", "import_batches", "quarantine")


def files(*rows: str, header: str = HEADER, name: str = "orders.csv") -> Files:
    return {"orders": (name, "\n".join([header, *rows]).encode())}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Workspace]:
    held = Workspace.open(Settings(db=tmp_path / "s.duckdb", first_data="none", refit_after=None))
    yield held
    held.close()


@pytest.fixture
def filled(empty: Workspace) -> Workspace:
    """A store that holds GOOD, and BAD in quarantine, as batch 1."""
    finished(empty, empty.imports.begin(OPERATOR, files(*GOOD, *BAD)))
    return empty


def finished(workspace: Workspace, job: int) -> ImportState:
    workspace.imports.close()
    state = workspace.imports.state(OPERATOR, job)
    assert state is not None
    assert not state.running
    return state


def content(workspace: Workspace) -> list[Any]:
    """Everything that an import may change."""
    with workspace.store.cursor() as cursor:
        counts = [cursor.execute(f"SELECT count(*) FROM {name}").fetchone() for name in COUNTS]
        lines = cursor.execute("SELECT * FROM order_lines ORDER BY ALL").fetchall()
        return [*counts, *lines, cursor.execute("SELECT * FROM dataset_info").fetchall()]


def csv(of: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(of), dtype="str")


def test_a_look_tells_what_the_file_is_and_which_column_is_which(empty: Workspace) -> None:
    text = HEADER.replace(",", ";") + ";note\n" + "\n".join(GOOD).replace(",", ";")
    (found,) = empty.imports.look(OPERATOR, {"orders": ("o.csv", text.encode("cp1252"))}).files
    assert (found.encoding, found.delimiter, found.rows) == ("utf-8", ";", 39 + 1)
    assert found.mapping["unit_price"] == "unit_price"
    assert found.ignored == ("note",)
    assert found.problem is None
    assert len(found.preview) == 20


def test_a_look_says_which_column_is_missing_and_takes_the_one_that_is_chosen(
    empty: Workspace,
) -> None:
    given = files(*GOOD, header=HEADER.replace("order_id", "Bon").replace("quantity", "Menge"))
    (found,) = empty.imports.look(OPERATOR, given).files
    assert "order_id, quantity" in str(found.problem)
    chosen = {**found.mapping, "order_id": "Bon", "quantity": "Menge"}
    looked = empty.imports.look(OPERATOR, given, {"orders": chosen})
    assert looked.ready
    done = empty.imports.dry_run(OPERATOR, given, {"orders": chosen})
    assert (done.report.read, done.added) == (40, 40)


def test_what_was_said_of_columns_is_proposed_for_the_next_file_like_it(empty: Workspace) -> None:
    given = files(*GOOD, header=HEADER.replace("order_id", "Bon"))
    (found,) = empty.imports.look(OPERATOR, given).files
    chosen = {"orders": {**found.mapping, "order_id": "Bon"}}
    finished(empty, empty.imports.begin(OPERATOR, given, chosen))
    (again,) = empty.imports.look(OPERATOR, given).files
    assert again.remembered
    assert again.problem is None


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"order_id": "nowhere"}, "nowhere"),
        ({"colour": "order_id"}, "colour"),
        ({"order_id": "order_id", "line_id": "order_id"}, "twice"),
    ],
)
def test_columns_that_there_are_not_are_refused(
    empty: Workspace, mapping: dict[str, str], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        empty.imports.dry_run(OPERATOR, files(*GOOD), {"orders": mapping})


def test_a_dry_run_says_what_the_import_then_does_and_writes_nothing(filled: Workspace) -> None:
    given = files(
        *GOOD[:5], "o1,shop1,sku1,2026-02-11,9,3.5", "o77,shop9,sku9,2026-06-30,3,1", "x,y,z,?,1,1"
    )
    before = content(filled)
    tried = filled.imports.dry_run(OPERATOR, given, options=ImportOptions(tolerant=True))
    assert content(filled) == before
    report = tried.report
    assert report.kept + report.fixed + report.quarantined == report.read == 8
    assert (tried.added, tried.replaced, tried.unchanged) == (2, 0, 5)
    assert (tried.new_products, tried.new_retailers, tried.batch) == (1, 1, None)
    state = finished(
        filled, filled.imports.begin(OPERATOR, given, options=ImportOptions(tolerant=True))
    )
    assert state.accounting is not None
    assert (state.accounting.added, state.accounting.batch) == (tried.added, 2)
    assert state.accounting.report == report


def test_rows_set_aside_are_mended_and_arrive_once(filled: Workspace) -> None:
    with filled.store.cursor() as cursor:
        good = cursor.execute("SELECT count(*) FROM order_lines").fetchone()
    rows = csv(filled.imports.quarantine_file(OPERATOR, 1))
    assert list(rows.columns) == [*HEADER.split(","), "line_id", MENDING]
    assert list(rows["line_id"]) == ["sku1#2", "mended-1-42", "sku2#1"]
    assert rows["retailer_id"][2] == "'=1+1"  # no formula for a spreadsheet
    rows.loc[0, "quantity"], rows.loc[1, "product_id"], rows.loc[2, "quantity"] = "7", "sku3", "2"
    mended: Files = {"orders": ("mended.csv", rows.to_csv(index=False).encode())}
    state = finished(filled, filled.imports.begin(OPERATOR, mended))
    assert state.accounting is not None
    assert (state.accounting.added, state.accounting.replaced) == (3, 0)
    again = finished(filled, filled.imports.begin(OPERATOR, mended))
    assert again.accounting is not None
    assert (again.accounting.added, again.accounting.unchanged) == (0, 3)
    with filled.store.cursor() as cursor:
        now = cursor.execute("SELECT count(*) FROM order_lines").fetchone()
        shops = cursor.execute("SELECT retailer_id FROM retailers").fetchall()
    assert good is not None
    assert now == (good[0] + 3,)
    assert ("=1+1",) in shops


def test_rows_of_demo_data_are_mended_too(workspace: Workspace) -> None:
    (batch,), _ = workspace.imports.batches(OPERATOR)
    orders = batch.files[0]
    assert orders.mendable > 0
    rows = csv(workspace.imports.quarantine_file(OPERATOR, 1))
    assert len(rows) == orders.mendable
    one = rows[rows[MENDING].str.startswith("No quantity")].head(3).assign(quantity="5")
    if one.empty:
        one = (
            rows[rows[MENDING].str.startswith("The date cannot")]
            .head(3)
            .assign(ordered_at="2026-05-05")
        )
    state = finished(
        workspace,
        workspace.imports.begin(OPERATOR, {"orders": ("m.csv", one.to_csv(index=False).encode())}),
    )
    assert state.error is None
    assert state.accounting is not None
    assert state.accounting.added + state.accounting.report.quarantined == len(one)


def test_replacing_asks_for_the_name_of_what_goes(filled: Workspace) -> None:
    before = content(filled)
    for wrong in (None, "", "something else"):
        with pytest.raises(InputError, match="orders"):
            filled.imports.begin(OPERATOR, files(*GOOD), replace=True, confirm=wrong)
        with pytest.raises(InputError, match="orders"):
            filled.imports.make_demo(OPERATOR, SyntheticSettings(), confirm=wrong)
    assert content(filled) == before
    state = finished(
        filled,
        filled.imports.begin(
            OPERATOR, files(*GOOD[:20], name="new.csv"), replace=True, confirm="orders"
        ),
    )
    assert state.accounting is not None
    assert state.accounting.added == 20
    info = filled.info()
    assert info is not None
    assert info.name == "new"


def test_a_refused_import_tells_why_and_changes_nothing(filled: Workspace) -> None:
    before = content(filled)
    state = finished(filled, filled.imports.begin(OPERATOR, files("o1,shop1,sku1,9999-01-01,1,1")))
    assert state.accounting is None
    assert "between 1990" in str(state.error)
    assert content(filled) == before


def test_what_is_too_large_is_refused_before_it_is_read(
    filled: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 100)
    with pytest.raises(InputError, match="MB"):
        filled.imports.begin(OPERATOR, files(*GOOD))
    (found,) = filled.imports.look(OPERATOR, files(*GOOD)).files
    assert "MB" in str(found.problem)
    monkeypatch.setattr(limits, "LARGEST_FILE", 10**6)
    monkeypatch.setattr(limits, "MOST_ROWS", 10)
    with pytest.raises(InputError, match="rows"):
        filled.imports.dry_run(OPERATOR, files(*GOOD))


def test_demo_data_are_made_in_the_background_and_fitted(empty: Workspace) -> None:
    small = SyntheticSettings(retailers=12, products=20, vendors=3, months=4, seed=3)
    state = finished(empty, empty.imports.make_demo(OPERATOR, small))
    assert state.error is None
    assert state.accounting is not None
    assert empty.models.ready
    info = empty.info()
    assert info is not None
    assert info.products == 20


def test_an_import_leaves_a_line_in_the_audit_log(filled: Workspace) -> None:
    with filled.store.cursor() as cursor:
        row = cursor.execute(
            "SELECT username, action FROM audit_log WHERE action LIKE 'data.%'"
        ).fetchall()
    assert row == [("operator", "data.imported")]


def test_reasons_and_rows_of_a_batch_can_be_read(filled: Workspace) -> None:
    reasons = filled.imports.reasons(OPERATOR, 1)
    assert {(one.reason, one.rows, one.mendable) for one in reasons} == {
        ("unreadable_quantity", 2, True), ("missing_product", 1, True),
    }  # fmt: skip
    rows, total = filled.imports.quarantine(OPERATOR, 1, "unreadable_quantity", 1)
    assert (len(rows), total) == (1, 2)
    assert rows["quantity"][0] == "many"
    with pytest.raises(NotFoundError):
        filled.imports.reasons(OPERATOR, 99)
    with pytest.raises(NotFoundError):
        filled.imports.quarantine_file(OPERATOR, 1, "stock")


def test_each_template_can_be_read_as_its_kind(empty: Workspace) -> None:
    kinds = ("products", "retailers", "vendors", "stock", "promotions", "calendar", "orders")
    given = {kind: (f"{kind}.csv", empty.imports.template(OPERATOR, kind)) for kind in kinds}
    looked = empty.imports.look(OPERATOR, given)
    assert looked.ready
    assert len(looked.files) == len(kinds)
    assert empty.imports.dry_run(OPERATOR, given).report.read == len(kinds)
