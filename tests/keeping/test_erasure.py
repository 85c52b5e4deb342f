"""A shop that was erased is nowhere in the store, and everybody else's figures are as before."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.store import login_attempts
from smartreco.workspace import Workspace
from tests.keeping import trade
from tests.keeping.test_backup import here

SHOP, USER, NAME = "shop-3", "lakshmi", "Lakshmi Stores"
VENDORS_FIGURES = """
    SELECT week, product_key, r.region, sum(quantity), round(sum(value), 6), sum(lines),
           count(DISTINCT retailer_key)
    FROM weekly_sales JOIN retailers r USING (retailer_key) GROUP BY ALL ORDER BY ALL
"""


@pytest.fixture
def lived_in(workspace: Workspace, folder: Path) -> Workspace:
    """The shop has a name, a place, a keeper, orders, a draft, counts, and bad rows in a file."""
    shops = pd.DataFrame(
        [(each, f"The {each}", "Pune", "West", 18.5, 73.8) for each in trade.SHOPS],
        columns=["retailer_id", "name", "city", "region", "lat", "lon"],
    )
    shops.loc[shops.retailer_id == SHOP, ["name", "city"]] = [NAME, "Bhor"]
    shops.to_csv(folder / "shops.csv", index=False)
    frame = trade.orders("second", np.random.default_rng(4), 30)
    frame.loc[len(frame)] = ["bad-1", SHOP, "product-1", date(2026, 3, 1), 0, 11.0]
    trade.take(workspace, frame, folder / "in.csv", retailers=folder / "shops.csv")
    workspace.models.start()
    keeper = Principal(USER, "Lakshmi", Role.RETAILER, retailer_id=SHOP)
    workspace.people.add_account(
        OPERATOR, USER, Role.RETAILER, retailer_id=SHOP, password="a-long-Sentence-4-her"
    )
    workspace.store.write(
        lambda cursor: login_attempts.record(cursor, USER, workspace.core.now(), succeeded=False)
    )
    workspace.drafts.add_many(keeper, SHOP, [("product-1", 5, None)])
    placed = workspace.orders.place(keeper, SHOP, note="ring Lakshmi at the back door")
    workspace.orders.cancel(keeper, SHOP, placed.summary.order_id)
    workspace.drafts.add_many(keeper, SHOP, [("product-2", 5, None)])
    workspace.drafts.dismiss(keeper, SHOP, "product-3")
    workspace.stock.set_counts(keeper, SHOP, {"product-1": 3})
    return workspace


def mentions(workspace: Workspace, words: list[str]) -> dict[str, int]:
    """Columns of text in which a word of these stands, with how many rows."""
    found = {}
    columns = here(
        workspace,
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal "
        "AND data_type IN ('VARCHAR', 'JSON')",
    )
    for table, column in columns:
        # whole words: shop-3 is not in shop-30
        asked = " OR ".join(
            rf"""regexp_matches("{column}"::VARCHAR, '(^|\W){word}(\W|$)', 'i')""" for word in words
        )
        ((rows,),) = here(workspace, f"SELECT count(*) FROM {table} WHERE {asked}")
        if rows:
            found[f"{table}.{column}"] = int(rows)
    return found


def test_nothing_names_it_any_more(lived_in: Workspace) -> None:
    words = [SHOP, USER, NAME, "Bhor", login_attempts.attempted(USER)]
    assert len(mentions(lived_in, words)) > 8  # the test looks where something was
    erased = lived_in.keeping.erase_retailer(OPERATOR, SHOP, "asked for it")
    lived_in.core.requests.flush()
    assert mentions(lived_in, words) == {}
    assert (erased.retailer_id, erased.name) == ("erased-1", "Erased shop 1")
    assert erased.removed["accounts"] == 1
    row = here(
        lived_in, "SELECT name, city, lat, lon, region, active, open_to_vendors FROM retailers "
                  "WHERE retailer_id = 'erased-1'"
    )  # fmt: skip
    assert row == [("Erased shop 1", None, None, None, "West", False, False)]


def test_vendors_figures_stay_as_they_were(lived_in: Workspace) -> None:
    before = here(lived_in, VENDORS_FIGURES)
    lines = here(lived_in, "SELECT count(*), sum(quantity) FROM order_lines")
    lived_in.keeping.erase_retailer(OPERATOR, SHOP, "asked for it")
    assert here(lived_in, VENDORS_FIGURES) == before
    assert here(lived_in, "SELECT count(*), sum(quantity) FROM order_lines") == lines


def test_other_shops_keep_everything(lived_in: Workspace) -> None:
    sql = "SELECT * FROM retailers WHERE retailer_id NOT IN ('shop-3', 'erased-1') ORDER BY ALL"
    before = here(lived_in, sql)
    (quarantined,) = here(lived_in, "SELECT count(*) FROM quarantine")
    lived_in.keeping.erase_retailer(OPERATOR, SHOP, "asked for it")
    assert here(lived_in, sql) == before
    assert here(lived_in, "SELECT count(*) FROM quarantine") == [quarantined]


def test_the_audit_log_says_why_and_names_nobody(lived_in: Workspace) -> None:
    lived_in.keeping.erase_retailer(OPERATOR, SHOP, " asked for it ")
    ((who, what, detail),) = here(
        lived_in, "SELECT username, subject, detail FROM audit_log WHERE action = 'shop erased'"
    )
    assert (who, what) == ("operator", "erased-1")
    assert '"reason": "asked for it"' in detail


def test_it_is_done_once(lived_in: Workspace) -> None:
    lived_in.keeping.erase_retailer(OPERATOR, SHOP, "asked for it")
    for name in (SHOP, "erased-1"):
        with pytest.raises(InputError, match="erased once"):
            lived_in.keeping.erase_retailer(OPERATOR, name, "asked for it")
    with pytest.raises(NotFoundError):
        lived_in.keeping.erase_retailer(OPERATOR, "nobody", "asked for it")
    with pytest.raises(InputError, match="has a reason"):
        lived_in.keeping.erase_retailer(OPERATOR, "shop-1", "  ")


def test_an_export_that_names_it_again_does_not_bring_it_back(
    lived_in: Workspace, folder: Path
) -> None:
    before = here(lived_in, VENDORS_FIGURES)
    lived_in.keeping.erase_retailer(OPERATOR, SHOP, "asked for it")
    again = pd.read_csv(folder / "in.csv")
    outcome = trade.take(lived_in, again, folder / "again.csv", retailers=folder / "shops.csv")
    assert outcome
    assert mentions(lived_in, [SHOP, NAME, "Bhor"]) == {}
    assert here(lived_in, VENDORS_FIGURES) == before


def test_a_shop_that_waits_for_goods_is_not_erased(lived_in: Workspace) -> None:
    keeper = Principal(USER, "Lakshmi", Role.RETAILER, retailer_id=SHOP)
    lived_in.orders.place(keeper, SHOP)
    with pytest.raises(InputError, match="on its way"):
        lived_in.keeping.erase_retailer(OPERATOR, SHOP, "asked for it")


def test_pages_go_on_after_the_next_fit(lived_in: Workspace) -> None:
    lived_in.keeping.erase_retailer(OPERATOR, SHOP, "asked for it")
    lived_in.models.refresh()
    shops = lived_in.models.current.catalogue.retailers
    assert SHOP not in set(shops["retailer_id"])
    admin = Principal("adi", "Adi", Role.ADMIN)
    assert lived_in.orders.history(admin, "erased-1")[1] > 0


def test_the_export_is_whole_and_holds_no_secret(lived_in: Workspace) -> None:
    packed = lived_in.keeping.export_retailer(OPERATOR, SHOP)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files: dict[str, Any] = {
            name: pd.read_csv(io.BytesIO(archive.read(name))) for name in archive.namelist()
        }
    lines = here(
        lived_in, "SELECT count(*) FROM order_lines JOIN retailers USING (retailer_key) "
                  f"WHERE retailer_id = '{SHOP}'"
    )  # fmt: skip
    assert [(len(files["order_lines.csv"]),)] == lines
    assert files["shop.csv"]["name"].tolist() == [NAME]
    assert files["accounts.csv"]["username"].tolist() == [USER]
    assert files["draft.csv"]["product_id"].tolist() == ["product-2"]
    assert "ring Lakshmi at the back door" in set(files["orders.csv"]["note"].dropna())
    assert len(files["cancelled_lines.csv"]) == 1
    assert len(files["shelf_counts.csv"]) == 1
    assert len(files["acts.csv"]) > 1
    assert len(files["sign_ins.csv"]) == 1
    secrets = here(lived_in, "SELECT password_hash FROM accounts")
    everything = "".join(frame.to_csv() for frame in files.values())
    assert not [secret for (secret,) in secrets if secret in everything]
    assert not {c for frame in files.values() for c in frame.columns if "hash" in c}


def test_an_export_of_nobody_is_refused(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.keeping.export_retailer(OPERATOR, "nobody")
