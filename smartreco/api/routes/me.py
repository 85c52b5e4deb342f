"""Who the caller is, as the server sees it."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from smartreco.api.identity import Caller
from smartreco.api.shapes import Answer
from smartreco.entities import Role


class Me(Answer):
    """The account behind a token or key."""

    username: str = Field(examples=["asha"])
    name: str = Field(examples=["Asha"])
    role: Role = Field(description="What the account may do.")
    retailer_id: str | None = Field(description="Its own shop.", examples=["R0001"])
    vendor_id: str | None = Field(description="Its own vendor.", examples=[None])
    scopes: list[str] = Field(
        description="What this token or key may do.", examples=[["order", "read"]]
    )
    key_id: str | None = Field(
        description="Names the API key; null for a token by password.", examples=[None]
    )


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["identity"])

    @router.get("/me", summary="Who am I")
    async def me(caller: Caller) -> Me:
        """The account behind the token or key, its row scope and its scopes."""
        who = caller.principal
        return Me(
            username=who.username, name=who.name, role=who.role, retailer_id=who.retailer_id,
            vendor_id=who.vendor_id, scopes=sorted(caller.scopes), key_id=caller.key_id,
        )  # fmt: skip

    return router
