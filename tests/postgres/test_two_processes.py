"""One database, two processes: what one does is on the other's pages and in its lists."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from benchmarks.visiting import Tab, cookie_of
from pages import running
from smartreco.config import Settings
from smartreco.dataset.cleaning import CleaningOptions
from smartreco.entities import OPERATOR, ListName, Principal, Role
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from tests.browser.serving import serving
from tests.conftest import DEMO_PASSWORD
from tests.homes import copy_folder
from tests.pages.conftest import open_tab, signed_in, words
from tests.postgres.processes import begun
from tests.postgres.server import Server

KEEPERS = "plum-otter-violin-42"
PATIENCE = 30.0  # seconds; it takes two where the machine has nothing else to do


def orderable(workspace: Workspace) -> tuple[Principal, str]:
    """The demo shop, without limits, and a product that vendors have plenty of."""
    for sql in ("UPDATE vendors SET min_order_value = NULL",
                "UPDATE retailers SET credit_limit = NULL"):  # fmt: skip
        workspace.store.write(lambda cursor, sql=sql: cursor.execute(sql))  # type: ignore[misc]
    shop = signed_in(workspace, Role.RETAILER)
    catalogue = workspace.models.current.catalogue
    known = [catalogue.product(one) for one in catalogue.products["product_id"]]
    return shop, next(one.product_id for one in known if one.active and (one.on_hand or 0) >= 60)


def test_an_order_placed_by_one_process_is_on_the_page_of_the_other(carried: Settings) -> None:
    workspace = Workspace.open(replace(carried, demo_password=DEMO_PASSWORD))
    workspace.prepare()
    shop, product = orderable(workspace)
    running.use(workspace)
    try:
        before = open_tab(workspace, "orders", Role.RETAILER)
        assert "SR-000001" not in words(before)
        process = begun(carried, "order", str(shop.retailer_id), product, "6")
        said, trouble = process.communicate()
        assert said == "SR-000001\ndone\n", trouble
        before.run()  # the tab that was open all along
        assert not before.exception
        assert "SR-000001" in words(before)
    finally:
        running.use(None)
        workspace.close()


@dataclass(frozen=True)
class Two:
    """This process, and the application as it is started, on one database."""

    here: Workspace
    url: str

    @property
    def port(self) -> int:
        """Of the application."""
        return int(urlsplit(self.url).port or 0)

    def token(self, username: str, password: str = DEMO_PASSWORD) -> str:
        """Of an account, from the application."""
        given = {"username": username, "password": password}
        answer = httpx.post(f"{self.url}/api/v1/token", data=given, timeout=PATIENCE)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    def asked(self, path: str, token: str, **query: Any) -> Any:
        """What the application answers."""
        answer = httpx.get(
            f"{self.url}/api/v1{path}", params=query, timeout=PATIENCE,
            headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip
        answer.raise_for_status()
        return answer.json()

    def drawn(self, page: str, cookie: str) -> bytes:
        """A page of the application as a browser gets it."""

        async def draw() -> bytes:
            async with Tab(self.port, cookie) as tab:
                return b"".join((await tab.run(page)).messages)

        return asyncio.run(draw())


@pytest.fixture(scope="module")
def two(
    server: Server, kept: str, small_store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("two")
    copy_folder(small_store, folder)
    url = server.make("two", template=kept)
    settings = Settings(
        db=folder / "store.duckdb", store=url, refit_after=None,
        demo=True, demo_password=DEMO_PASSWORD,
    )  # fmt: skip
    ours = {
        "STORE": url, "DEMO": "1", "DEMO_PASSWORD": DEMO_PASSWORD, "REFIT_AFTER": "never",
    }  # fmt: skip
    with serving(settings.db, **{f"SMARTRECO_{name}": one for name, one in ours.items()}) as app:
        workspace = Workspace.open(settings)
        workspace.prepare()
        yield Two(workspace, app.url)
        workspace.close()


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds before patience ends."""
    until = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.full
def test_an_order_placed_here_is_on_the_applications_page(two: Two) -> None:
    shop, product = orderable(two.here)
    cookie = asyncio.run(cookie_of(two.port, shop.username, DEMO_PASSWORD))
    drafts, shop_id = two.here.drafts, str(shop.retailer_id)
    drafts.clear(shop, shop_id)
    drafts.add(shop, shop_id, product, 6)
    number = two.here.orders.place(shop, shop_id, "").summary.order_id.encode()
    assert number in two.drawn("orders", cookie)


@pytest.mark.full
def test_a_rule_added_here_holds_in_the_applications_lists(two: Two) -> None:
    shop, token = str(signed_in(two.here, Role.RETAILER).retailer_id), two.token("retailer")

    def listed() -> list[str]:
        found = two.asked(f"/retailers/{shop}/recommendations", token, list="discover", k=5)
        return [line["product"]["product_id"] for line in found["items"]]

    first = listed()[0]
    rule = two.here.rules.add(OPERATOR, RuleSpec("leave_out", "product", first))
    assert soon(lambda: first not in listed())
    two.here.rules.remove(OPERATOR, rule)
    assert soon(lambda: first in listed())


@pytest.mark.full
def test_a_blend_published_here_makes_the_applications_lists(two: Two) -> None:
    shop, token = signed_in(two.here, Role.RETAILER), two.token("retailer")
    shop_id = str(shop.retailer_id)
    recipe = two.here.models.current.recipe
    shares = {"peers": 0.8, "content": 0.2}
    other = replace(recipe, blend=recipe.blend.with_list(ListName.DISCOVER, shares))
    made = two.here.blends.publish(OPERATOR, other, "seen from elsewhere")
    ours = [one.product_id for one in two.here.lists.recommend(shop, shop_id, ListName.DISCOVER, 9)]

    def same() -> bool:
        path = f"/retailers/{shop_id}/recommendations"
        found = two.asked(path, token, list="discover", k=9)
        theirs = [line["product"]["product_id"] for line in found["items"]]
        return (found["blend_version"], theirs) == (made.version, ours)

    assert soon(same)


@pytest.mark.full
def test_what_is_imported_here_is_told_by_the_application(two: Two, tmp_path: Path) -> None:
    shop = str(signed_in(two.here, Role.RETAILER).retailer_id)
    two.here.people.add_account(  # demo accounts are bound anew with other data
        OPERATOR, "keeper", Role.ADMIN, password=KEEPERS, must_change=False
    )
    token = two.token("keeper", KEEPERS)
    with two.here.store.cursor() as cursor:
        known = cursor.execute(
            "SELECT product_id, category, (SELECT max(ordered_at)::DATE FROM orders) "
            "FROM products ORDER BY product_id LIMIT 1"
        ).fetchone()
    assert known is not None
    products, orders = tmp_path / "products.csv", tmp_path / "orders.csv"
    products.write_text(f"product_id,name,category\n{known[0]},Called anew,{known[1]}\n")
    orders.write_text(
        "order_id,retailer_id,product_id,ordered_at,quantity,unit_price\n"
        f"new-1,{shop},{known[0]},{known[2]},6,10.0\n"
    )
    two.here.store.write(  # files are not mixed into demo data
        lambda cursor: cursor.execute("UPDATE dataset_info SET provenance = 'imported'")
    )
    two.here.data.import_files(
        OPERATOR, {"orders": orders, "products": products}, CleaningOptions()
    )

    def name() -> str:
        return str(two.asked(f"/retailers/{shop}/products/{known[0]}", token)["product"]["name"])

    assert soon(lambda: name() == "Called anew")


@pytest.mark.full
def test_an_account_disabled_here_is_shut_out_of_the_application(two: Two) -> None:
    name = USERNAMES[Role.ANALYST]
    cookie = asyncio.run(cookie_of(two.port, name, DEMO_PASSWORD))
    assert b"Sign out" in two.drawn("scoreboard", cookie)
    two.here.people.disable_account(OPERATOR, name)
    page = two.drawn("scoreboard", cookie)
    assert b"Password" in page
    assert b"Sign out" not in page
    with pytest.raises(SystemExit, match="could not sign in"):
        asyncio.run(cookie_of(two.port, name, DEMO_PASSWORD))
    two.here.people.enable_account(OPERATOR, name)
    assert soon(lambda: bool(asyncio.run(cookie_of(two.port, name, DEMO_PASSWORD))))
