"""How good the lists are: runs that were kept, and a new one in the background."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Analyser
from smartreco.api.later import ACCEPTED, accepted, place
from smartreco.api.paging import Page, Paged
from smartreco.api.shapes import JSON, Answer, Instant, Question
from smartreco.errors import NotFoundError
from smartreco.evaluation.protocol import Split
from smartreco.workspace.lists import LONGEST_LIST
from smartreco.workspace.scoreboard.jobs import Job, Kind

LARGEST: Final = 2**31 - 1
STATE: Final = "/evaluations/running"

Number = Annotated[int, Path(ge=1, le=LARGEST, description="The run's number.", examples=[1])]


class EvaluateQuestion(Question):
    """What to measure."""

    k: int = Field(default=10, ge=1, le=LONGEST_LIST, description="Places that are judged.")
    split: Split = Field(
        default=Split.TIME,
        description="time: what comes after one day; random leaks the future.",
    )
    version: int | None = Field(
        default=None, ge=1, le=LARGEST, examples=[None],
        description="Judge this published version of the recipe; null: as learned.",
    )  # fmt: skip


class RunLine(Answer):
    """A run in one line."""

    number: int = Field(examples=[1])
    version: int | None = Field(description="null: as learned.", examples=[None])
    split: Split
    k: int = Field(examples=[10])
    evaluated_at: Instant
    data_version: int = Field(examples=[12])


class Run(Answer):
    """A run as it is kept; the figures by list and model are in `lists`."""

    number: int = Field(examples=[1])
    evaluated_at: Instant
    data_version: int = Field(examples=[12])
    model_version: int | None
    blend_version: int | None
    username: str = Field(examples=["meera"])
    seconds: float = Field(examples=[31.5])
    split: Split
    k: int = Field(examples=[10])
    lists: list[dict[str, Any]] = Field(
        description="Of each list: models with their measures and intervals, differences, "
        "calibration, response, vendors, segments.",
        examples=[[]],
    )  # fmt: skip


class Measuring(Answer):
    """A measurement that runs, or the last that ran."""

    running: bool
    fraction: float = Field(ge=0, le=1, examples=[0.4])
    doing: str = Field(examples=["Scoring"])
    kind: Kind
    split: Split
    k: int = Field(examples=[10])
    version: int | None = Field(description="null: as learned.")
    username: str = Field(examples=["meera"])
    started_at: Instant
    stopped: bool = Field(description="Somebody asked it to stop.")
    number: int | None = Field(description="Of the run that it kept; null until then.")
    problem: str | None = Field(description="Why there is none.")

    @classmethod
    def of(cls, job: Job) -> Measuring:
        """The same of a workspace's job."""
        asked = job.question
        return cls(
            running=job.running, fraction=min(max(job.fraction, 0.0), 1.0), doing=job.doing,
            kind=asked.kind, split=asked.split, k=asked.k, version=asked.version,
            username=job.username, started_at=job.started_at, stopped=job.stopped,
            number=job.number, problem=None if job.problem is None else str(job.problem),
        )  # fmt: skip


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/evaluations", tags=["analysis"])
    _measuring(router)
    _reading(router)
    return router


def _measuring(router: APIRouter) -> None:
    @router.post("", status_code=202, summary="Measure how good the lists are",
                 response_model=Measuring, responses=ACCEPTED)  # fmt: skip
    def measure(request: Request, asked: Analyser, question: EvaluateQuestion) -> Response:
        """In the background, one at a time; the run is kept when it ends."""
        job = asked.workspace.scoreboard.measure(
            asked.principal, question.version, question.split, question.k
        )
        return accepted(request, Measuring.of(job), STATE)

    @router.get("/running", summary="How far a measurement is")
    def running(asked: Analyser) -> Measuring:
        """What is being measured, else what was last."""
        job = asked.workspace.scoreboard.job(asked.principal)
        if job is None:
            raise NotFoundError(
                "something is or was being measured", "nothing since the start",
                "begin with POST /evaluations",
            )  # fmt: skip
        return Measuring.of(job)

    @router.delete("/running", status_code=204, summary="Stop a measurement")
    def stop(asked: Analyser) -> None:
        """It ends at its next step; nothing of it is kept."""
        asked.workspace.scoreboard.stop(asked.principal)


def _reading(router: APIRouter) -> None:
    @router.get("", summary="Runs that were kept")
    def every(asked: Analyser, page: Page) -> Paged[RunLine]:
        """Newest first."""
        runs = asked.workspace.scoreboard.shelf(asked.principal).runs
        part = runs[page.offset : page.offset + page.limit]
        return page.of([RunLine.model_validate(one) for one in part], len(runs))

    @router.get("/latest", summary="The newest run", status_code=303, response_class=Response,
                responses={303: {"description": "Its address is in `Location`."}})  # fmt: skip
    def latest(
        request: Request, asked: Analyser, split: Split = Split.TIME,
        k: Annotated[int | None, Query(ge=1, le=LONGEST_LIST)] = None,
    ) -> Response:  # fmt: skip
        """Of a split, and of one list length."""
        found = asked.workspace.evaluations.latest(asked.principal, split, k)
        if found is None:
            raise NotFoundError("a run was kept", "none of this kind", "begin one")
        there = place(request, f"/evaluations/{found.number}")
        return Response(status_code=303, headers={"Location": there})

    @router.get("/{number}", summary="One run, whole", response_model=Run)
    def read(asked: Analyser, number: Number) -> Response:
        """Every figure that was measured."""
        found = asked.workspace.scoreboard.document(asked.principal, number)
        return Response(json.dumps(found, allow_nan=False), media_type=JSON)
