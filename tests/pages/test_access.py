"""Every page for every role and for a stranger: who sees it, who is refused, and how."""

from __future__ import annotations

from html import escape

import pytest

from pages.account import roles
from pages.context import Context, SignedIn, nobody
from pages.registry import PAGES, PageSpec, pages_of
from smartreco.entities import OPERATOR, Role
from smartreco.errors import NotAllowedError
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from tests.pages.conftest import Tab, go, is_sign_in_page, open_tab, seen, signed_in, words

SCOPED = {Role.RETAILER, Role.VENDOR}
EVERY_PAGE = pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.url)


#: Whom each page serves, said again here: a new page has to be added, a wider one is seen.
SERVED = {
    "for-you order orders catalogue product stock": {Role.RETAILER},
    "demand reach stock-service": {Role.VENDOR},
    "tune scoreboard after-publishing explain-model": {Role.ANALYST},
    "what-if series": {Role.ANALYST, Role.PRODUCT_MANAGER},
    "system import quality demo-data accounts audit": {Role.ADMIN},
    "list-rules": {Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN},
    "account": set(Role),
}


def test_every_page_serves_the_roles_of_the_table_and_no_other() -> None:
    table = {url: allowed for urls, allowed in SERVED.items() for url in urls.split()}
    assert {spec.url: set(spec.roles) for spec in PAGES} == table


#: Names under which an address might be thought to say whose rows are wanted.
WHOSE = ("retailer", "retailer_id", "shop", "shop_id", "vendor", "vendor_id", "account", "user",
         "username", "as")  # fmt: skip


@pytest.mark.parametrize("spec", [spec for spec in PAGES if spec.roles <= SCOPED and spec.roles],
                         ids=lambda spec: spec.url)  # fmt: skip
def test_no_address_opens_anothers_rows(
    tab: Tab, shared_workspace: Workspace, spec: PageSpec
) -> None:
    (role,) = spec.roles
    own = signed_in(shared_workspace, role)
    with shared_workspace.store.cursor() as cursor:
        others = cursor.execute(
            f"SELECT {role.value}_id, name FROM {role.value}s WHERE {role.value}_id <> ? "
            "ORDER BY 1 LIMIT 1",
            [own.retailer_id or own.vendor_id],
        ).fetchall()
    for other, name in others:
        at = open_tab(shared_workspace, spec.url, role, **dict.fromkeys(WHOSE, other))
        shown = seen(at)
        assert own.name in shown
        assert name not in shown
        assert other not in shown


@EVERY_PAGE
@pytest.mark.parametrize("role", Role)
def test_a_page_is_drawn_for_its_roles_and_refused_to_others(
    tab: Tab, spec: PageSpec, role: Role
) -> None:
    at = tab(spec.url, role)
    assert not at.exception
    if role in spec.roles:
        assert "This page is for" not in words(at)
        assert len(at.title) == 1
    else:
        audience = [roles.MANY[one] for one in Role if one in spec.roles]
        assert any(f"This page is for {', '.join(audience)}." in str(w.value) for w in at.warning)


@EVERY_PAGE
def test_a_stranger_sees_the_sign_in_page_and_nothing_else(tab: Tab, spec: PageSpec) -> None:
    at = tab(spec.url)
    assert not at.exception
    assert is_sign_in_page(at)


@pytest.mark.parametrize("role", Role)
def test_the_root_leads_to_the_first_page_of_the_role(tab: Tab, role: Role) -> None:
    at = tab("", role)
    assert not at.exception
    assert go(tab("", role), pages_of(role)[0].url).title[0].value == at.title[0].value


@pytest.mark.parametrize("address", ["registry", "entry", "nowhere", "pages", "x" * 500])
@pytest.mark.parametrize("role", [None, Role.RETAILER])
def test_an_address_that_is_no_page_shows_nothing_new(
    tab: Tab, address: str, role: Role | None
) -> None:
    at = tab(address, role)
    assert not at.exception
    assert at.title[0].value == tab("", role).title[0].value


def test_addresses_are_unique_and_everyone_has_a_home() -> None:
    assert len({spec.url for spec in PAGES}) == len(PAGES)
    assert all(spec.roles for spec in PAGES)
    assert all(pages_of(role) for role in Role)


def test_a_disabled_account_is_out_at_its_next_click(own_tab: Tab, workspace: Workspace) -> None:
    at = own_tab("account", Role.ANALYST)
    workspace.people.disable_account(OPERATOR, USERNAMES[Role.ANALYST])
    assert is_sign_in_page(at.run())


def test_what_outlives_a_run_stops_acting_once_the_session_has_ended(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.context.FRESH", 0.0)
    people = workspace.people
    opened = people.open_session(OPERATOR.__class__(USERNAMES[Role.ANALYST], "", Role.ANALYST))
    who = people.principal_of_session(opened.session_id)
    assert who is not None
    ctx = Context.of(workspace, SignedIn(workspace, opened.session_id, who))
    assert ctx.principal == who
    people.sign_out(opened.session_id)
    with pytest.raises(NotAllowedError):
        ctx.principal  # noqa: B018 - reading it is the test


def test_a_context_without_a_session_has_no_principal(shared_workspace: Workspace) -> None:
    with pytest.raises(NotAllowedError):
        Context.of(shared_workspace, nobody).principal  # noqa: B018


def test_every_page_says_who_is_signed_in(tab: Tab, shared_workspace: Workspace) -> None:
    demo = {account.role: account for account in shared_workspace.people.demo_accounts()}
    shop = demo[Role.RETAILER].bound_to
    assert shop is not None
    assert escape(shop) in words(tab("order", Role.RETAILER))
