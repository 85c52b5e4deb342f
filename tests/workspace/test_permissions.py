"""Every use case refuses every role it was not declared for, and every other shop."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smartreco.entities import ListName, Role
from smartreco.errors import NotAllowedError
from smartreco.language import Language
from smartreco.workspace import Workspace
from smartreco.workspace.core import permitted_roles
from smartreco.workspace.order.book_views import Pasted
from smartreco.workspace.product_views import Wanted
from tests.conftest import Cast

SUBJECTS = (
    "people",
    "system",
    "data",
    "models",
    "lists",
    "drafts",
    "orders",
    "rules",
    "blends",
    "evaluations",
    "scoreboard",
    "forecasts",
    "series",
    "pricing",
    "vendor_demand",
    "vendor_reach",
    "vendor_supply",
    "scenarios",
    "stock",
    "products",
    "replenishment",
    "explaining",
    "after",
    "tuning",
)
# What a use case needs before anybody has signed in, or what only the program itself calls.
UNGUARDED = {
    "data": {"make_first", "settle_accounts"},
    "models": {
        "refit",
        "refresh",
        "reread",
        "start",
        "refresh_soon",
        "forget",
        "close",
        "latest",
        "follow",
        "make_ready",
    },
    "lists": {"words"},
    "drafts": {"draft"},
    "rules": {"published"},
    "blends": {"in_force"},
    "evaluations": {"measure", "measure_curve", "recipe_of"},
    "scoreboard": {"close"},
    "forecasts": {"warm", "together"},
    "scenarios": {"warm"},
    "vendor_reach": {"warm", "close"},
    "tuning": {"close", "wait"},
}


def methods(workspace: Workspace, subject: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, method in inspect.getmembers(getattr(workspace, subject), callable):
        if not name.startswith("_"):
            yield name, method


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_only_what_was_declared_for_it(
    shared_workspace: Workspace, cast: Cast, subject: str, role: Role
) -> None:
    tried = 0
    for name, method in methods(shared_workspace, subject):
        allowed = permitted_roles(method)
        if not allowed or role in allowed:
            continue
        tried += 1
        with pytest.raises(NotAllowedError):
            method(cast.of(role))
        assert name
    if role is Role.VENDOR:
        open_to_vendors = subject == "people" or subject.startswith("vendor_")
        assert tried or open_to_vendors, f"no guarded use case found on {subject}"


@pytest.mark.parametrize("subject", [s for s in SUBJECTS if s in UNGUARDED])
def test_a_use_case_without_a_guard_is_known_by_name(
    shared_workspace: Workspace, subject: str
) -> None:
    open_ones = {
        name for name, method in methods(shared_workspace, subject) if not permitted_roles(method)
    } - {"core"}
    assert open_ones == UNGUARDED[subject]


def test_a_retailer_cannot_name_another_shop(shared_workspace: Workspace, cast: Cast) -> None:
    theirs = cast.other.retailer_id
    assert theirs is not None
    product = shared_workspace.models.current.catalogue.products["product_id"].iloc[0]
    words = Language()
    lists, drafts = shared_workspace.lists, shared_workspace.drafts
    orders = shared_workspace.orders
    attempts: list[Callable[[], object]] = [
        lambda: lists.for_you(cast.retailer, theirs),
        lambda: lists.recommend(cast.retailer, theirs, ListName.REORDER),
        lambda: lists.explain(cast.retailer, theirs, product, ListName.DISCOVER, words),
        lambda: lists.seen(cast.retailer, theirs, [], 1),
        lambda: drafts.read(cast.retailer, theirs),
        lambda: drafts.add(cast.retailer, theirs, product, 1),
        lambda: drafts.add_many(cast.retailer, theirs, [(product, 1, None)]),
        lambda: drafts.set_quantity(cast.retailer, theirs, product, 1),
        lambda: drafts.set_many(cast.retailer, theirs, {product: 0}),
        lambda: drafts.remove(cast.retailer, theirs, product),
        lambda: drafts.clear(cast.retailer, theirs),
        lambda: drafts.undo(cast.retailer, theirs),
        lambda: drafts.dismiss(cast.retailer, theirs, product),
        lambda: drafts.restore(cast.retailer, theirs, product),
        lambda: shared_workspace.products.search(cast.retailer, theirs, Wanted()),
        lambda: shared_workspace.products.product(cast.retailer, theirs, product),
        lambda: orders.check(cast.retailer, theirs),
        lambda: orders.place(cast.retailer, theirs),
        lambda: orders.history(cast.retailer, theirs),
        lambda: orders.counts(cast.retailer, theirs),
        lambda: shared_workspace.stock.wish(cast.retailer, theirs),
        lambda: orders.read(cast.retailer, theirs, "SR-000001"),
        lambda: orders.cancel(cast.retailer, theirs, "SR-000001"),
        lambda: orders.repeat(cast.retailer, theirs),
        lambda: orders.paste(cast.retailer, theirs, "a 1"),
        lambda: orders.upload(cast.retailer, theirs, "a.csv", b"a,1"),
        lambda: orders.take(cast.retailer, theirs, Pasted(())),
        lambda: orders.sheet(cast.retailer, theirs, "csv"),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowedError, match="own shop"):
            attempt()


def test_the_refusal_does_not_say_whether_a_shop_exists(
    shared_workspace: Workspace, cast: Cast
) -> None:
    words = []
    for shop in (cast.other.retailer_id, "no such shop"):
        assert shop is not None
        with pytest.raises(NotAllowedError) as caught:
            shared_workspace.lists.for_you(cast.retailer, shop)
        words.append(str(caught.value))
    assert words[0] == words[1]


def test_every_call_is_timed_with_its_outcome(workspace: Workspace, cast: Cast) -> None:
    assert cast.retailer.retailer_id is not None
    workspace.lists.for_you(cast.retailer, cast.retailer.retailer_id)
    with pytest.raises(NotAllowedError):
        workspace.lists.for_you(cast.vendor, cast.retailer.retailer_id)
    workspace.core.requests.flush()
    with workspace.store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT username, outcome, milliseconds > 0 FROM request_log WHERE name = 'for_you'"
        ).fetchall()
    assert rows == [("asha", "ok", True), ("vik", "NotAllowedError", True)]
