"""A vendor's tables: his own, with the filter of his pages, in pages."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from smartreco.entities import Role
from smartreco.workspace import Workspace
from smartreco.workspace.vendor.listing.registry import LISTINGS
from tests.api.test_routes import Bearers, principal_id

TABLES = [(one.name, name) for one in LISTINGS for name in one.tables]


@pytest.mark.parametrize(("part", "name"), TABLES)
def test_a_vendor_reads_his_own_tables_and_nobody_elses(
    api: TestClient, bearers: Bearers, api_workspace: Workspace, part: str, name: str
) -> None:
    own = principal_id(api_workspace, "vendor")
    path = f"/vendors/{{}}/{part}/{name}"
    answer = api.get(path.format(own), params={"limit": 2}, headers=bearers[Role.VENDOR])
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert len(found["items"]) <= 2
    columns = [one["name"] for one in found["columns"]]
    assert all(list(row) == columns for row in found["items"])
    assert (found["next"] is None) is (found["total"] <= 2)
    words = set()
    for other in (another(api_workspace, own), "no-such-vendor"):
        refused = api.get(path.format(other), headers=bearers[Role.VENDOR])
        assert refused.status_code == 403
        words.add(refused.json()["detail"])
    assert len(words) == 1


def test_the_filter_narrows_and_a_band_that_cannot_be_is_refused(
    api: TestClient, bearers: Bearers, api_workspace: Workspace
) -> None:
    own, head = principal_id(api_workspace, "vendor"), bearers[Role.VENDOR]
    choices = api.get(f"/vendors/{own}/filters", headers=head).json()
    one = choices["regions"][0]["value"]
    path = f"/vendors/{own}/demand/shops"
    found = api.get(path, params={"region": one}, headers=head).json()
    assert {row["region"] for row in found["items"]} == {one}
    wrong = api.get(path, params={"price_low": 9, "price_high": 1}, headers=head)
    assert wrong.status_code == 422
    assert wrong.json()["rule"] == "a price band begins below its end"


def another(workspace: Workspace, own: str) -> str:
    with workspace.store.cursor() as cursor:
        row = cursor.execute(
            "SELECT min(vendor_id) FROM vendors WHERE vendor_id <> ?", [own]
        ).fetchone()
    assert row is not None
    return str(row[0])
