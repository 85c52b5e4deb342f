"""API keys: made for a program, shown once, revoked by themselves."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from smartreco.api.identity import Caller, Scope
from smartreco.api.paging import Page, Paged
from smartreco.api.problems import ApiError
from smartreco.api.shapes import Answer, Instant, Question, sent
from smartreco.workspace.accounts.keys import LONGEST_LIFE, LONGEST_NAME, KeyView

LONGEST_ID: Final = 200


class KeyQuestion(Question):
    """A key that is wished for."""

    name: str = Field(
        min_length=1, max_length=LONGEST_NAME, description="What it is for.",
        examples=["Nightly order robot"],
    )  # fmt: skip
    scopes: list[Scope] = Field(
        min_length=1, max_length=len(Scope), description="What it may do.", examples=[["read"]]
    )
    days: int | None = Field(
        default=90, ge=1, le=LONGEST_LIFE, description="Until it ends; null: until it is revoked."
    )
    retailer_id: str | None = Field(
        default=None, min_length=1, max_length=LONGEST_ID, examples=[None],
        description="For an admin: it acts as this shop and sees nothing else.",
    )  # fmt: skip
    vendor_id: str | None = Field(
        default=None, min_length=1, max_length=LONGEST_ID, examples=[None],
        description="For an admin: it acts as this vendor and sees nothing else.",
    )  # fmt: skip


class Key(Answer):
    """A key as it may be shown; times in UTC."""

    key_id: str = Field(examples=["k0123456789abcdef"])
    username: str = Field(description="Whose it is.", examples=["retailer"])
    name: str = Field(examples=["Nightly order robot"])
    scopes: list[Scope]
    retailer_id: str | None = Field(examples=[None])
    vendor_id: str | None = Field(examples=[None])
    created_at: Instant
    expires_at: Instant | None
    last_used_at: Instant | None = Field(description="To five minutes.")
    revoked_at: Instant | None

    @classmethod
    def of(cls, view: KeyView) -> Key:
        """The same, made of what the workspace answers with."""
        return cls(
            key_id=view.key_id, username=view.username, name=view.name,
            scopes=sorted(view.scopes), retailer_id=view.retailer_id, vendor_id=view.vendor_id,
            created_at=view.created_at, expires_at=view.expires_at,
            last_used_at=view.last_used_at, revoked_at=view.revoked_at,
        )  # fmt: skip


class NewKey(Answer):
    """A new key with its secret, shown this once."""

    secret: str = Field(description="Send it as `Authorization: Bearer …`.")
    key: Key


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["identity"], prefix="/keys")

    @router.get("", summary="API keys")
    def listed(
        caller: Caller,
        page: Page,
        everybody: Annotated[bool, Query(description="For an admin: all accounts' keys.")] = False,
    ) -> Paged[Key]:
        """One's own keys, the newest first; those that ended as well."""
        if everybody and Scope.ADMIN not in caller.scopes:
            raise ApiError(
                403, "keys of all accounts are for administrators", "another caller",
                "leave everybody out to see your own",
            )  # fmt: skip
        keys = caller.workspace.keys
        read = keys.every if everybody else keys.own
        found, total = read(caller.principal, page.limit, page.offset)
        return page.of([Key.of(one) for one in found], total)

    @router.post("", status_code=201, response_model=NewKey, summary="Make an API key")
    def make(caller: Caller, wanted: KeyQuestion) -> Response:
        """A key of one's own. The secret is in this answer and nowhere else.

        Made with a token by password only, so that no key can make itself a successor.
        """
        _by_password(caller.key_id)
        made = caller.workspace.keys.make(
            caller.principal, wanted.name, wanted.scopes, days=wanted.days,
            retailer_id=wanted.retailer_id, vendor_id=wanted.vendor_id,
        )  # fmt: skip
        return sent(NewKey(secret=made.secret, key=Key.of(made.key)), status=201)

    @router.delete("/{key_id}", status_code=204, summary="Revoke an API key")
    def revoke(
        caller: Caller, key_id: Annotated[str, Path(max_length=LONGEST_ID, examples=["k01"])]
    ) -> None:
        """End a key of one's own, or as an admin anybody's."""
        _by_password(caller.key_id)
        caller.workspace.keys.revoke(caller.principal, key_id)

    return router


def _by_password(key_id: str | None) -> None:
    if key_id is not None:
        raise ApiError(
            403, "keys are made and revoked with a token by password", "an API key",
            "get a token at POST /api/v1/token",
        )  # fmt: skip
