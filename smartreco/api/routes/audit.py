"""What was done, by whom and when; nobody can change it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import Field

from smartreco.api.identity import Administrator
from smartreco.api.paging import Page, Paged
from smartreco.api.shapes import Answer, Instant

LONGEST: Final = 200


class Line(Answer):
    """One line of the audit log."""

    at: Instant = Field(description="In UTC.")
    username: str = Field(description="Who did it.", examples=["admin"])
    action: str = Field(examples=["account added"])
    subject: str = Field(description="To what it was done.", examples=["asha"])
    detail: dict[str, Any] = Field(description="Never a secret.", examples=[{"role": "retailer"}])


Moment = Annotated[datetime | None, Query(description="UTC where no zone is given.")]
Text = Annotated[str | None, Query(max_length=LONGEST)]


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/audit", tags=["administration"])

    @router.get("", summary="What was done")
    def read(
        asked: Administrator, page: Page, since: Moment = None, until: Moment = None,
        username: Text = None, action: Text = None, search: Text = None,
    ) -> Paged[Line]:  # fmt: skip
        """Newest first; `since` counts, `until` does not."""
        found, total = asked.workspace.people.audit_trail(
            asked.principal, since=_plain(since), until=_plain(until), username=username,
            action=action, search=search, limit=page.limit, offset=page.offset,
        )  # fmt: skip
        lines = [
            Line(at=one.at, username=one.username, action=one.action, subject=one.subject,
                 detail=dict(one.detail))
            for one in found
        ]  # fmt: skip
        return page.of(lines, total)

    return router


def _plain(moment: datetime | None) -> datetime | None:
    """UTC without a zone, as the store keeps it."""
    if moment is None or moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # within hours of the first or last moment there is
        return moment.replace(tzinfo=None)
