"""Backups of the running store, and one shop's data: handed out, or erased."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Administrator
from smartreco.api.later import created
from smartreco.api.paging import Page, Paged
from smartreco.api.shapes import Answer, Instant, Question

LONGEST: Final = 200
ZIP: Final = "application/zip"
FILES: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {ZIP: {}}}}

Name = Annotated[str, Path(max_length=LONGEST, description="As it is listed.")]
RetailerId = Annotated[str, Path(max_length=LONGEST, description="The shop.", examples=["R0001"])]


class Backup(Answer):
    """One backup; times are UTC."""

    name: str = Field(examples=["smartreco-20261123-210000.duckdb"])
    bytes: int = Field(examples=[52_000_000])
    made_at: Instant
    tables: int = Field(examples=[40])
    rows: int = Field(examples=[450_000])
    seconds: float = Field(examples=[1.4])
    data_set: str = Field(description="Name of the data set in it.", examples=["Iowa"])
    problem: str = Field(description='Why it cannot be restored; "": it can.', examples=[""])


class Checked(Answer):
    """A backup after every row of it was read."""

    backup: Backup
    good: bool = Field(description="It can be restored.")
    problems: list[str] = Field(examples=[[]])


class EraseQuestion(Question):
    """Why a shop is to be forgotten."""

    reason: str = Field(max_length=500, examples=["Asked for by the shop on 2 May"])


class Erased(Answer):
    """A shop without its identity."""

    retailer_id: str = Field(description="That it has now.")
    name: str = Field(description="That it has now.")
    removed: dict[str, int] = Field(description="Rows by table.", examples=[{"order_drafts": 1}])
    anonymised: dict[str, int] = Field(description="Rows by table.", examples=[{"orders": 40}])


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["administration"])
    _backups(router)
    _shops(router)
    return router


def _backups(router: APIRouter) -> None:
    @router.get("/backups", summary="Backups")
    def every(asked: Administrator, page: Page) -> Paged[Backup]:
        """Newest first."""
        found = asked.workspace.keeping.backups(asked.principal)
        part = found[page.offset : page.offset + page.limit]
        return page.of([Backup.model_validate(one) for one in part], len(found))

    @router.post("/backups", status_code=201, summary="Make a backup", response_model=Backup)
    def make(request: Request, asked: Administrator) -> Response:
        """Answers once it is whole; the application serves meanwhile. The oldest ones go."""
        made = Backup.model_validate(asked.workspace.keeping.backup(asked.principal))
        return created(request, made, f"/backups/{made.name}")

    @router.get("/backups/{name}", summary="Check a backup")
    def check(asked: Administrator, name: Name) -> Checked:
        """Read the whole of it and hold it against its manifest."""
        found = asked.workspace.keeping.check_backup(asked.principal, name)
        return Checked(
            backup=Backup.model_validate(found.backup), good=found.good,
            problems=list(found.problems),
        )  # fmt: skip


def _shops(router: APIRouter) -> None:
    @router.get("/retailers/{retailer_id}/export", summary="Everything on one shop",
                response_class=Response, responses=FILES)  # fmt: skip
    def export(asked: Administrator, retailer_id: RetailerId) -> Response:
        """A zip of CSV files."""
        made = asked.workspace.keeping.export_retailer(asked.principal, retailer_id)
        headers = {"Content-Disposition": 'attachment; filename="retailer.zip"'}
        return Response(made, media_type=ZIP, headers=headers)

    @router.post("/retailers/{retailer_id}/erase", summary="Forget who a shop is")
    def erase(asked: Administrator, retailer_id: RetailerId, question: EraseQuestion) -> Erased:
        """Its orders stay, without a name; there is no way back."""
        found = asked.workspace.keeping.erase_retailer(
            asked.principal, retailer_id, question.reason
        )
        return Erased(
            retailer_id=found.retailer_id, name=found.name, removed=dict(found.removed),
            anonymised=dict(found.anonymised),
        )  # fmt: skip
