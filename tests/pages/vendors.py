"""The vendor of the demo account, and how tests change his data under his pages."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from smartreco.entities import Role
from smartreco.store import dataset as dataset_store
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from tests.pages.conftest import seen, signed_in

OF_VENDOR = "vendor_key = (SELECT vendor_key FROM vendors WHERE vendor_id = ?)"


def vendor_of(workspace: Workspace) -> str:
    """The vendor that the demo account is bound to."""
    return str(signed_in(workspace, Role.VENDOR).vendor_id)


def change(workspace: Workspace, sql: str, *values: object) -> None:
    """Change the data under the page."""

    def work(cursor: Cursor) -> None:
        cursor.execute(sql, list(values))
        dataset_store.changed(cursor)

    workspace.store.write(work)


def bind(workspace: Workspace, vendor_id: str) -> None:
    """Bind the demo vendor's account to another vendor."""
    change(workspace, "UPDATE accounts SET vendor_id = ? WHERE role = 'vendor'", vendor_id)


def without_products(workspace: Workspace) -> None:
    """Take all products from the demo vendor."""
    sql = f"UPDATE products SET vendor_key = NULL WHERE {OF_VENDOR}"
    change(workspace, sql, vendor_of(workspace))


def numbers(at: AppTest) -> list[str]:
    """Figures on the page's cards."""
    return [part.split("</p>")[0] for part in seen(at).split('<p class="number">')[1:]]
