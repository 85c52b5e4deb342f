"""Every use case refuses every role it was not declared for, and every other shop."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smartreco.entities import ListName, Principal, Role
from smartreco.errors import NotAllowedError
from smartreco.language import Language
from smartreco.workspace import Workspace
from smartreco.workspace.core import permitted_roles
from smartreco.workspace.order.book_views import Pasted
from smartreco.workspace.product_views import Wanted
from tests.conftest import Cast
from tests.workspace.use_cases import SCOPED_OTHERWISE, UNGUARDED, USE_CASES

TABLE = {
    (subject, name): roles
    for subject, by_roles in USE_CASES.items()
    for roles, names in by_roles.items()
    for name in names.split()
}
Method = Callable[..., Any]
#: What has to read as something before a use case asks whose rows are meant.
WRITTEN: dict[str, object] = {"reason": "sold out", "counts": {"p1": 1}}


def methods(workspace: Workspace, subject: str) -> Iterator[tuple[str, Method]]:
    """Public methods of a subject, bound to it."""
    use_cases = getattr(workspace, subject)
    for name, _ in inspect.getmembers(type(use_cases), inspect.isfunction):
        if not name.startswith("_"):
            yield name, getattr(use_cases, name)


def scoped_by(workspace: Workspace, role: Role, key: str) -> Iterator[tuple[str, Method]]:
    """Use cases open to a role that take the id of a shop or a vendor."""
    for subject in USE_CASES:
        if subject in SCOPED_OTHERWISE and subject != "series":
            continue
        for name, method in methods(workspace, subject):
            if role in permitted_roles(method) and key in inspect.signature(method).parameters:
                yield f"{subject}.{name}", method


def call(method: Method, who: Principal, key: str, value: str) -> object:
    """Ask for the rows of `value`; what else is needed is nothing, or what reads as something."""
    others = {
        name: WRITTEN.get(name)
        for name, one in list(inspect.signature(method).parameters.items())[1:]
        if name != key and one.default is one.empty
    }
    return method(who, **{key: value}, **others)


def test_every_subject_of_the_workspace_is_tried(shared_workspace: Workspace) -> None:
    guarded = {
        subject
        for subject in vars(shared_workspace)
        if any(permitted_roles(method) for _, method in methods(shared_workspace, subject))
    }
    assert guarded == USE_CASES.keys()


def test_every_use_case_serves_the_roles_of_the_table_and_no_other(
    shared_workspace: Workspace,
) -> None:
    declared = {
        (subject, name): permitted_roles(method)
        for subject in USE_CASES
        for name, method in methods(shared_workspace, subject)
        if permitted_roles(method)
    }
    assert declared == TABLE


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_only_what_the_table_says(
    shared_workspace: Workspace, cast: Cast, role: Role
) -> None:
    tried = 0
    for (subject, name), allowed in TABLE.items():
        if role in allowed:
            continue
        tried += 1
        with pytest.raises(NotAllowedError):
            getattr(getattr(shared_workspace, subject), name)(cast.of(role))
    assert tried


@pytest.mark.parametrize("subject", USE_CASES)
def test_a_use_case_without_a_guard_is_known_by_name(
    shared_workspace: Workspace, subject: str
) -> None:
    open_ones = {
        name for name, method in methods(shared_workspace, subject) if not permitted_roles(method)
    }
    assert open_ones == set(UNGUARDED.get(subject, "").split())


@pytest.mark.parametrize(
    ("role", "key", "said"),
    [(Role.RETAILER, "retailer_id", "own shop"), (Role.VENDOR, "vendor_id", "own products")],
)
def test_every_use_case_that_takes_an_id_refuses_anothers_in_the_words_for_none(
    shared_workspace: Workspace, cast: Cast, role: Role, key: str, said: str
) -> None:
    products = shared_workspace.models.current.catalogue.products["vendor_id"].dropna()
    vendor = next(one for one in products if one != cast.vendor.vendor_id)
    theirs = {"retailer_id": cast.other.retailer_id, "vendor_id": str(vendor)}[key]
    assert theirs is not None
    words, tried = set(), 0
    for name, method in scoped_by(shared_workspace, role, key):
        for other in (theirs, "none-such"):
            with pytest.raises(NotAllowedError, match=said) as caught:
                call(method, cast.of(role), key, other)
            words.add(str(caught.value))
        tried += 1
        assert name
    assert tried > 10
    assert len(words) == 1


@pytest.mark.parametrize(
    ("role", "key"), [(Role.RETAILER, "retailer_id"), (Role.VENDOR, "vendor_id")]
)
def test_a_use_case_open_to_shops_or_vendors_names_whose_rows_it_reads(
    shared_workspace: Workspace, role: Role, key: str
) -> None:
    found = {
        subject
        for subject, name in TABLE
        if role in TABLE[subject, name]
        and key
        not in inspect.signature(getattr(getattr(shared_workspace, subject), name)).parameters
    }
    assert found <= SCOPED_OTHERWISE.keys()


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
