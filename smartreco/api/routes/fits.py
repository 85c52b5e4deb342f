"""Fit the model on all orders: begun here, asked after until it answers."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Analyser
from smartreco.api.later import ACCEPTED, accepted
from smartreco.api.shapes import Answer, Instant, Question
from smartreco.workspace.fit_jobs import FitState

LARGEST: Final = 2**31 - 1


class FitQuestion(Question):
    """How to fit."""

    full: bool = Field(
        default=False,
        description="Learn settings and weights anew, also where those of the last would do.",
    )


class FitMade(Answer):
    """What a fit came to."""

    version: int = Field(description="Of the model, which answers now.", examples=[4])
    seconds: float = Field(examples=[2.4])
    learning: str = Field(
        description="Whether settings were learned anew.", examples=["of an earlier fit"]
    )
    retailers: int = Field(examples=[300])
    products: int = Field(examples=[800])
    bytes: int = Field(description="Of the arrays that are kept.", examples=[1_500_000])


class FitAnswer(Answer):
    """How far a fit is."""

    job: int = Field(examples=[1])
    full: bool
    username: str = Field(examples=["meera"])
    started_at: Instant
    running: bool
    fraction: float = Field(ge=0, le=1, examples=[0.6])
    doing: str = Field(examples=["Reading orders"])
    made: FitMade | None = Field(description="null while it runs, and where it failed.")
    problem: str | None = Field(description="Why it failed.", examples=[None])

    @classmethod
    def of(cls, state: FitState) -> FitAnswer:
        """The same of a workspace's state."""
        return cls(
            job=state.job, full=state.full, username=state.username,
            started_at=state.started_at, running=state.running,
            fraction=min(max(state.fraction, 0.0), 1.0), doing=state.doing,
            made=None if state.made is None else FitMade.model_validate(state.made),
            problem=None if state.problem is None else str(state.problem),
        )  # fmt: skip


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/fits", tags=["administration"])

    @router.post("", status_code=202, summary="Fit a new model", response_model=FitAnswer,
                 responses=ACCEPTED)  # fmt: skip
    def begin(request: Request, asked: Analyser, question: FitQuestion) -> Response:
        """In the background; lists are of the model before until it ends."""
        state = asked.workspace.fits.begin(asked.principal, full=question.full)
        return accepted(request, FitAnswer.of(state), f"/fits/{state.job}")

    @router.get("/{job}", summary="How far a fit is")
    def state(
        asked: Analyser, job: Annotated[int, Path(ge=1, le=LARGEST, examples=[1])]
    ) -> FitAnswer:
        """And what it came to."""
        return FitAnswer.of(asked.workspace.fits.state(asked.principal, job))

    return router
