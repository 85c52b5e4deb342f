"""Import, data quality and demo data as an admin's browser tab sees them."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from smartreco.entities import OPERATOR, Role
from smartreco.workspace import Workspace
from smartreco.workspace.importing.views import JobKind
from tests.pages.conftest import Tab, is_sign_in_page, keys, seen

HEADER = "Bon,retailer_id,product_id,ordered_at,quantity,unit_price"
ROWS = [f"b{n},s{n % 3},p{n % 5},2026-05-1{n % 9},{1 + n % 4},2.5" for n in range(30)]
TEXT = "\n".join([HEADER, *ROWS, "b1,s1,p1,2026-05-11,many,2.5"]).encode()


def uploaded(at: AppTest, text: bytes = TEXT, name: str = "orders.csv") -> AppTest:
    at.file_uploader[0].set_value((name, text, "text/csv"))
    return at.run()


def box(at: AppTest, label: str):  # type: ignore[no-untyped-def]
    return next(one for one in at.selectbox if one.label == label)


def ended(workspace: Workspace, at: AppTest) -> AppTest:
    workspace.imports.close()
    return at.run()


def test_a_file_goes_from_columns_through_a_dry_run_into_the_store(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = own_tab("import", Role.ADMIN)
    assert "import-try" not in keys(at)
    uploaded(at)
    assert r"needs order\_id" in seen(at)
    assert "import-try" not in keys(at)  # not before each column is found
    box(at, "order_id *").set_value("Bon").run()
    at.radio(key="import-how").set_value("replace").run()
    assert "import-begin" not in keys(at)  # not before a dry run
    at.button(key="import-try").click().run()
    ended(workspace, at)
    assert "30 order lines are new" in seen(at)
    before = workspace.info()
    assert before is not None
    assert before.products == 80  # nothing was written
    at.text_input(key="import-confirm").set_value("wrong").run()
    at.button(key="import-begin").click().run()
    assert workspace.imports.state(OPERATOR).kind is JobKind.DRY_RUN  # type: ignore[union-attr]
    told = seen(at.text_input(key="import-confirm").set_value(before.name).run())
    at.button(key="import-begin").click().run()
    assert "demo accounts go too" in told
    ended(workspace, at)
    assert is_sign_in_page(at)  # demo accounts go with demo data
    after = workspace.info()
    assert after is not None
    assert (after.products, after.lines) == (5, 30)


def test_a_change_of_columns_asks_for_another_dry_run(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("import", Role.ADMIN)
    uploaded(at, TEXT.replace(b"Bon", b"order_id", 1))
    at.button(key="import-try").click().run()
    ended(workspace, at)
    assert "not mixed into it" in seen(at)  # the store holds demo data
    at.radio(key="import-how").set_value("replace").run()
    at.button(key="import-try").click().run()
    ended(workspace, at)
    assert "import-begin" in keys(at)
    box(at, "unit_price *").set_value("quantity").run()
    assert "import-begin" not in keys(at)


def test_a_broken_file_gets_a_sentence(tab: Tab) -> None:
    at = uploaded(tab("import", Role.ADMIN), b"\x00\x01\x02", "orders.csv")
    assert "which is not" in seen(at)
    assert "import-try" not in keys(at)


def test_rows_set_aside_are_shown_by_reason(tab: Tab) -> None:
    at = tab("import", Role.ADMIN)
    said = seen(at)
    assert "Imports so far (1)" in said
    assert "rows to mend (CSV)" in str([one.proto for one in at.get("download_button")])
    assert len(at.dataframe) == 1


def test_the_quality_page_answers_first_and_lists_what_each_check_found(tab: Tab) -> None:
    at = tab("quality", Role.ADMIN)
    said = seen(at)
    assert "Weeks with hardly an order" in said
    assert "not enough data" in said  # nothing has come since the fit
    for check in at.selectbox(key="address-check").options:
        at.selectbox(key="address-check").select(check).run()
        seen(at)


def test_demo_data_ask_for_the_name_and_are_made(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("demo-data", Role.ADMIN)
    at.number_input(key="demo-shops").set_value(12)
    at.number_input(key="demo-products").set_value(20)
    at.number_input(key="demo-months").set_value(4)
    at.run()
    at.button(key="demo-make").click().run()
    assert workspace.imports.state(OPERATOR) is None  # refused
    info = workspace.info()
    assert info is not None
    at.text_input(key="demo-confirm").set_value(info.name).run()
    at.button(key="demo-make").click().run()
    ended(workspace, at)
    assert "The rows are stored" in seen(at)
    made = workspace.info()
    assert made is not None
    assert made.products == 20
    at.button(key="import-done").click().run()
    assert "The rows are stored" not in seen(at)
