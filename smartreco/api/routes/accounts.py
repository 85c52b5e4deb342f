"""Accounts, for an admin: who may sign in. A secret is in an answer once and nowhere else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Administrator
from smartreco.api.later import created
from smartreco.api.paging import Page, Paged
from smartreco.api.shapes import Answer, Instant, Question
from smartreco.entities import Role
from smartreco.workspace.accounts.views import AccountState, OneTimeLink

LONGEST: Final = 200
LONGEST_PASSWORD: Final = 1000

Username = Annotated[str, Path(max_length=LONGEST, description="The account's.", examples=["asha"])]


class AddQuestion(Question):
    """A new account."""

    username: str = Field(max_length=LONGEST, examples=["asha"])
    role: Role
    name: str | None = Field(default=None, max_length=LONGEST, examples=["Asha Rao"])
    retailer_id: str | None = Field(
        default=None, max_length=LONGEST, description="The shop of a retailer's account.",
        examples=["R0001"],
    )  # fmt: skip
    vendor_id: str | None = Field(
        default=None, max_length=LONGEST, description="The vendor of a vendor's account."
    )
    password: str | None = Field(
        default=None, max_length=LONGEST_PASSWORD,
        description="To be changed at the first sign-in; null: the answer holds a one-time link.",
    )  # fmt: skip


class ChangeQuestion(Question):
    """What is to change; null stays as it is."""

    name: str | None = Field(default=None, max_length=LONGEST)
    role: Role | None = None
    retailer_id: str | None = Field(default=None, max_length=LONGEST)
    vendor_id: str | None = Field(default=None, max_length=LONGEST)


class Account(Answer):
    """An account; times are UTC."""

    username: str = Field(examples=["asha"])
    name: str = Field(examples=["Asha Rao"])
    role: Role
    retailer_id: str | None = Field(examples=["R0001"])
    vendor_id: str | None = Field(examples=[None])
    demo: bool = Field(description="One of the demo's.")
    disabled: bool
    must_change: bool = Field(description="Has to choose a new password first.")
    invited: bool = Field(description="Has no password until its link is used.")
    created_at: Instant
    last_signed_in_at: Instant | None
    locked_until: datetime | None = Field(description="After too many wrong passwords.")
    sessions: int = Field(description="That are good now.", examples=[1])


class Link(Answer):
    """A link that lets its reader choose the password: once, for 24 hours."""

    username: str = Field(examples=["asha"])
    path: str = Field(description="Below the application's address.", examples=["/?reset=…"])


class Added(Answer):
    """A new account."""

    account: Account
    link: Link | None = Field(description="null where a password was given.")


class Ended(Answer):
    """How many sessions were ended."""

    sessions: int = Field(examples=[2])


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/accounts", tags=["administration"])
    _reading(router)
    _changing(router)
    _acting(router)
    return router


def _reading(router: APIRouter) -> None:
    @router.get("", summary="Accounts")
    def every(
        asked: Administrator, page: Page,
        search: Annotated[str, Query(max_length=LONGEST, description="In name or id.")] = "",
        role: Role | None = None, state: AccountState | None = None,
    ) -> Paged[Account]:  # fmt: skip
        """By username."""
        found, total = asked.workspace.people.accounts(
            asked.principal, search, role, state, page.limit, page.offset
        )
        return page.of([Account.model_validate(one) for one in found], total)

    @router.get("/{username}", summary="One account")
    def read(asked: Administrator, username: Username) -> Account:
        """As it is now."""
        return Account.model_validate(asked.workspace.people.account(asked.principal, username))


def _changing(router: APIRouter) -> None:
    @router.post("", status_code=201, summary="Add an account", response_model=Added)
    def add(request: Request, asked: Administrator, question: AddQuestion) -> Response:
        """With a link by which its owner chooses a password, or with a password."""
        people = asked.workspace.people
        made = people.add_account(
            asked.principal, question.username, question.role, name=question.name,
            retailer_id=question.retailer_id, vendor_id=question.vendor_id,
            password=question.password,
        )  # fmt: skip
        account = Account.model_validate(people.account(asked.principal, question.username))
        link = None if made is None else _link(made)
        return created(request, Added(account=account, link=link), f"/accounts/{account.username}")

    @router.patch("/{username}", summary="Change an account")
    def change(asked: Administrator, username: Username, question: ChangeQuestion) -> Account:
        """Its name, role, shop or vendor; it acts at once."""
        people = asked.workspace.people
        people.change_account(
            asked.principal, username, name=question.name, role=question.role,
            retailer_id=question.retailer_id, vendor_id=question.vendor_id,
        )  # fmt: skip
        return Account.model_validate(people.account(asked.principal, username))


def _acting(router: APIRouter) -> None:
    @router.post("/{username}/disable", status_code=204, summary="Shut an account out")
    def disable(asked: Administrator, username: Username) -> None:
        """No more signing in; open sessions end at once."""
        asked.workspace.people.disable_account(asked.principal, username)

    @router.post("/{username}/enable", status_code=204, summary="Let an account in again")
    def enable(asked: Administrator, username: Username) -> None:
        """It has to sign in anew."""
        asked.workspace.people.enable_account(asked.principal, username)

    @router.post("/{username}/unlock", status_code=204, summary="Open a locked name")
    def unlock(asked: Administrator, username: Username) -> None:
        """That too many wrong passwords have locked."""
        asked.workspace.people.unlock_account(asked.principal, username)

    @router.post("/{username}/reset", summary="Give an account a one-time link")
    def reset(asked: Administrator, username: Username) -> Link:
        """The old password and all sessions end at once."""
        return _link(asked.workspace.people.reset_account(asked.principal, username))

    @router.delete("/{username}/sessions", summary="Sign an account out everywhere")
    def sign_out(asked: Administrator, username: Username) -> Ended:
        """In every browser."""
        return Ended(sessions=asked.workspace.people.end_sessions_of(asked.principal, username))


def _link(made: OneTimeLink) -> Link:
    return Link(username=made.username, path=made.path)
