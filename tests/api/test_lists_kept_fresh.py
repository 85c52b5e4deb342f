"""A list that is held is answered from memory, and each change shows at the next request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from smartreco.api.routes.recommendations import Lines
from smartreco.entities import OPERATOR, ListName, Principal, Role
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from smartreco.workspace.lists import Lists
from smartreco.workspace.rules import RuleBook
from tests.api.conftest import bearers_of, client_of
from tests.conftest import opened_copy
from tests.homes import only_in_a_file

Bearers = dict[Role, dict[str, str]]
SHOP = "R0001"
KEEPER = Principal("retailer", "Retailer", Role.RETAILER, retailer_id=SHOP)


@pytest.fixture(scope="module")
def busy(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace in which things change, one test after another."""
    workspace = opened_copy(small_store, tmp_path_factory.mktemp("busy"))
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def api(busy: Workspace) -> TestClient:
    return client_of(busy)


@pytest.fixture(scope="module")
def mine(busy: Workspace) -> dict[str, str]:
    return bearers_of(busy)[Role.ANALYST]


def asked(api: TestClient, headers: dict[str, str], name: str = "all", k: int = 12) -> Lines:
    answer = api.get(
        f"/retailers/{SHOP}/recommendations", params={"list": name, "k": k}, headers=headers
    )
    assert answer.status_code == 200
    return Lines.model_validate_json(answer.content)


def made_anew(workspace: Workspace, name: str = "all", k: int = 12) -> list[tuple[str, float]]:
    """Products and scores of a list for which nothing is held."""
    rules = RuleBook(workspace.core, workspace.models)
    lists = Lists(workspace.core, workspace.models, workspace.drafts, rules)
    found = lists.recommend(OPERATOR, SHOP, ListName(name), k)
    return [(one.product_id, one.score) for one in found]


def shown(lines: Lines) -> list[tuple[str, float]]:
    return [(one.product.product_id, one.score) for one in lines.items]


def first_of(workspace: Workspace) -> str:
    return made_anew(workspace)[0][0]


def draft(workspace: Workspace) -> None:
    workspace.drafts.add(KEEPER, SHOP, first_of(workspace), 600)


def order(workspace: Workspace) -> None:
    workspace.orders.place(KEEPER, SHOP)


def dismiss(workspace: Workspace) -> None:
    workspace.drafts.dismiss(KEEPER, SHOP, first_of(workspace))


def leave_out(workspace: Workspace) -> None:
    workspace.rules.add(OPERATOR, RuleSpec("leave_out", "product", first_of(workspace)))


def drop_rules(workspace: Workspace) -> None:
    for rule in workspace.rules.all(OPERATOR):
        workspace.rules.remove(OPERATOR, rule.rule_id)


def publish(workspace: Workspace) -> None:
    recipe = workspace.models.current.recipe
    other = recipe.blend.with_list(ListName.ALL, {"peers": 0.8, "content": 0.2})
    workspace.blends.publish(OPERATOR, replace(recipe, blend=other), "tried with a test")


def roll_back(workspace: Workspace) -> None:
    workspace.blends.roll_back(OPERATOR, 1, "tried with a test")


def sell_out(workspace: Workspace) -> None:
    product = workspace.models.current.catalogue.product(first_of(workspace))
    vendor = Principal("v", "V", Role.VENDOR, vendor_id=product.vendor_id)
    workspace.vendor_supply.take_stock(vendor, str(product.vendor_id), {product.product_id: 0})


def cancel(workspace: Workspace) -> None:
    ((placed, *_), _) = workspace.orders.history(KEEPER, SHOP)
    workspace.orders.cancel(KEEPER, SHOP, placed.order_id)


CHANGES = (draft, order, dismiss, leave_out, drop_rules, publish, roll_back, sell_out, cancel)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_shows_at_the_next_request(
    busy: Workspace, api: TestClient, mine: dict[str, str], change: Callable[[Workspace], None]
) -> None:
    before = asked(api, mine)
    assert asked(api, mine) == before
    change(busy)
    after = asked(api, mine)
    assert shown(after) == made_anew(busy) != shown(before)
    assert after.blend_version == busy.models.current.blend_version


def test_a_price_edited_shows_at_the_next_request(
    busy: Workspace, api: TestClient, mine: dict[str, str]
) -> None:
    line = asked(api, mine).items[0]
    vendor = Principal("v", "V", Role.VENDOR, vendor_id=line.product.vendor_id)
    busy.vendor_supply.change_product(
        vendor, str(line.product.vendor_id), line.product.product_id, {"name": "New name"}
    )
    again = asked(api, mine).items
    assert [one.product.name for one in again if one.product.product_id == line.product.product_id]
    assert "New name" in {one.product.name for one in again}


@only_in_a_file("a database is asked each time, since others write to it")
def test_a_list_that_is_held_asks_the_store_nothing(
    busy: Workspace, api: TestClient, mine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asked(api, mine)

    def refused() -> None:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(busy.store, "cursor", refused)
    assert asked(api, mine) == before


@only_in_a_file("there others write in earnest: see tests/postgres")
def test_what_another_process_writes_shows_at_the_next_request(
    busy: Workspace, api: TestClient, mine: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(busy.store._place, "shared", True, raising=False)
    first = asked(api, mine).items[0].product.product_id
    with busy.store.cursor() as elsewhere:  # past `write`, as from elsewhere
        elsewhere.execute("INSERT INTO dismissals VALUES (?, ?, now()::TIMESTAMP)", [SHOP, first])
    assert first not in {one.product.product_id for one in asked(api, mine).items}


def test_an_answer_is_written_as_its_model_would(
    busy: Workspace, api: TestClient, mine: dict[str, str]
) -> None:
    for name in ListName:
        answer = api.get(
            f"/retailers/{SHOP}/recommendations", params={"list": name, "k": 30}, headers=mine
        )
        assert json.loads(answer.content)["items"]
        assert (
            Lines.model_validate_json(answer.content).model_dump_json().encode() == answer.content
        )


def test_a_disabled_account_is_refused_at_the_next_request(
    busy: Workspace, api: TestClient
) -> None:
    shop = bearers_of(busy)[Role.RETAILER]
    assert api.get("/me", headers=shop).status_code == 200
    busy.people.disable_account(OPERATOR, "retailer")
    assert api.get("/me", headers=shop).status_code == 401


def test_what_an_erased_shop_said_is_forgotten_at_the_next_request(
    busy: Workspace, api: TestClient, mine: dict[str, str]
) -> None:
    dismiss(busy)
    before = asked(api, mine)
    busy.keeping.erase_retailer(OPERATOR, SHOP, "it was asked for")
    assert shown(asked(api, mine)) == made_anew(busy) != shown(before)
