"""What a person who comes back is told: what concerns it, and nothing else."""

from __future__ import annotations

import pytest

from smartreco.entities import OPERATOR, Principal, Role
from smartreco.language import Language
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.visits.visits import ACTS
from smartreco.workspace.visits.words import NEWS
from tests.conftest import Cast


def visit(workspace: Workspace, who: Principal) -> str:
    return workspace.people.open_session(who).session_id


def test_a_first_visit_has_no_news(workspace: Workspace, cast: Cast) -> None:
    assert workspace.visits.news(cast.analyst, visit(workspace, cast.analyst)) is None


def test_what_nobody_did_is_no_news(workspace: Workspace, cast: Cast) -> None:
    visit(workspace, cast.analyst)
    assert workspace.visits.news(cast.analyst, visit(workspace, cast.analyst)) is None


def test_an_act_of_ones_own_is_no_news_and_anothers_is(workspace: Workspace) -> None:
    admins = [Principal(name, name, Role.ADMIN) for name in ("ana", "ben")]
    for one in admins:
        workspace.people.add_account(OPERATOR, one.username, Role.ADMIN, name=one.name)
    for one in admins:
        visit(workspace, one)
    workspace.people.add_account(admins[0], "cyd", Role.ADMIN, name="Cyd")
    assert workspace.visits.news(admins[0], visit(workspace, admins[0])) is None
    news = workspace.visits.news(admins[1], visit(workspace, admins[1]))
    assert news is not None
    assert [(one.template, one.values) for one in news.said] == [("account added", {"n": 1})]


def test_a_shop_learns_what_became_of_its_orders_and_a_vendor_that_one_came_in(
    workspace: Workspace, cast: Cast
) -> None:
    for who in (cast.retailer, cast.vendor):
        visit(workspace, who)
    keys = {
        "shop": ("retailers", "retailer_id", cast.retailer.retailer_id),
        "vendor": ("vendors", "vendor_id", cast.vendor.vendor_id),
    }
    later = workspace.core.now()

    def settle(cursor: Cursor) -> None:
        order, vendor = (
            cursor.execute(query, [keys[name][2]]).fetchone()
            for name, query in (
                ("shop", "SELECT order_key FROM orders JOIN retailers USING (retailer_key) "
                         "WHERE retailer_id = ? LIMIT 1"),
                ("vendor", "SELECT vendor_key FROM vendors WHERE vendor_id = ?"),
            )
        )  # fmt: skip
        for key, status in ((vendor[0], "placed"), (-1, "confirmed")):
            cursor.execute(
                "INSERT INTO order_parts VALUES (?, ?, ?, NULL, ?, 'somebody', NULL)",
                [order[0], key, status, later],
            )

    workspace.store.write(settle)
    told = {}
    for who in (cast.retailer, cast.vendor):
        news = workspace.visits.news(who, visit(workspace, who))
        assert news is not None
        told[who.role] = {one.template: one.values["n"] for one in news.said}
    assert told == {Role.RETAILER: {"shop.confirmed": 1}, Role.VENDOR: {"vendor.placed": 1}}


def test_another_session_id_than_ones_own_tells_nothing(workspace: Workspace, cast: Cast) -> None:
    visit(workspace, cast.admin)
    theirs = visit(workspace, cast.admin)
    assert workspace.visits.news(cast.analyst, theirs) is None


@pytest.mark.parametrize("name", NEWS)
def test_each_piece_of_news_has_words_for_one_and_for_many(name: str) -> None:
    message, _ = NEWS[name]
    assert all(Language().say(message, {"n": n}) for n in (1, 3))


def test_every_act_that_is_told_of_has_words() -> None:
    told = {act for acts in ACTS.values() for act in acts} - set(ACTS[Role.RETAILER])
    assert told <= set(NEWS)
