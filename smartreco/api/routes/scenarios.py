"""What would happen if: levers, a run, and saved questions. Nothing here trades."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Analyser, Asked
from smartreco.api.later import created
from smartreco.api.paging import Page, Paged
from smartreco.api.routes.scenario_shapes import (
    LeverKind,
    Outcome,
    SavedQuestion,
    SavedScenario,
    ScenarioQuestion,
    lever_kinds,
    outcome,
    saved,
)
from smartreco.api.shapes import sent
from smartreco.scenario.scenario import Scenario
from smartreco.workspace.scenario.scenarios import Which
from smartreco.workspace.scenario.story_words import tell
from smartreco.workspace.wording import words

LARGEST: Final = 2**31 - 1
MEDIA: Final = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"text/html": {}, "application/pdf": {}}}
}

Number = Annotated[int, Path(ge=1, le=LARGEST, description="The saved one's number.", examples=[1])]
Kind = Annotated[Literal["html", "pdf"], Query(description="Form of the report.")]


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/scenarios", tags=["analysis"])
    _asking(router)
    _keeping(router)
    return router


def _asking(router: APIRouter) -> None:
    @router.get("/levers", summary="What can be moved")
    def levers(asked: Analyser) -> list[LeverKind]:
        """Kinds of levers with their settings, and why these data cannot answer some."""
        return lever_kinds(asked.workspace.scenarios.choices(asked.principal))

    @router.post("/run", summary="Play a scenario beside today", response_model=Outcome)
    def run(asked: Analyser, question: ScenarioQuestion) -> Response:
        """Today and the scenario on the same draws; every difference has its 80 % band."""
        return _played(asked, question.scenario())

    @router.post("/report", summary="A scenario as a page", responses=FILES,
                 response_class=Response)  # fmt: skip
    def report(asked: Analyser, question: ScenarioQuestion, kind: Kind = "html") -> Response:
        """What is assumed, what came of it and how far to trust it, as html or pdf."""
        return _reported(asked, question.scenario(), kind)

    @router.post("/{scenario_id}/run", summary="Play a saved scenario", response_model=Outcome)
    def run_saved(asked: Analyser, scenario_id: Number) -> Response:
        """A saved question on the data as they are."""
        return _played(asked, scenario_id)

    @router.post("/{scenario_id}/report", summary="A saved scenario as a page", responses=FILES,
                 response_class=Response)  # fmt: skip
    def report_saved(asked: Analyser, scenario_id: Number, kind: Kind = "html") -> Response:
        """A saved question as html or pdf."""
        return _reported(asked, scenario_id, kind)


def _keeping(router: APIRouter) -> None:
    @router.get("", summary="Saved scenarios")
    def every(asked: Analyser, page: Page) -> Paged[SavedScenario]:
        """Of everybody, changed last first."""
        found = asked.workspace.scenarios.all(asked.principal)
        part = found[page.offset : page.offset + page.limit]
        return page.of([saved(one) for one in part], len(found))

    @router.post("", status_code=201, summary="Keep a scenario", response_model=SavedScenario)
    def save(request: Request, asked: Analyser, question: SavedQuestion) -> Response:
        """Keep a question for everybody; what cannot be answered is not kept."""
        made = asked.workspace.scenarios.save(
            asked.principal, question.scenario.scenario(), question.note
        )
        return created(request, saved(made), f"/scenarios/{made.scenario_id}")

    @router.get("/{scenario_id}", summary="One saved scenario")
    def read(asked: Analyser, scenario_id: Number) -> SavedScenario:
        """Whoever saved it."""
        return saved(asked.workspace.scenarios.read(asked.principal, scenario_id))

    @router.put("/{scenario_id}", summary="Change a saved scenario")
    def change(asked: Analyser, scenario_id: Number, question: SavedQuestion) -> SavedScenario:
        """Only its author, or an admin, changes one."""
        made = asked.workspace.scenarios.save(
            asked.principal, question.scenario.scenario(), question.note, scenario_id
        )
        return saved(made)

    @router.delete("/{scenario_id}", status_code=204, summary="Put a scenario away")
    def delete(asked: Analyser, scenario_id: Number) -> None:
        """It can be fetched back on the page."""
        asked.workspace.scenarios.delete(asked.principal, scenario_id)


def _played(asked: Asked, which: Which) -> Response:
    scenarios, language = asked.workspace.scenarios, words(asked.workspace)
    played = scenarios.run(asked.principal, which)
    story = tell(scenarios.story(asked.principal, which), language)
    return sent(outcome(played, story, language))


def _reported(asked: Asked, which: int | Scenario, kind: Literal["html", "pdf"]) -> Response:
    language = words(asked.workspace)
    made = asked.workspace.scenarios.report(asked.principal, which, kind, language)
    headers = {"Content-Disposition": f'attachment; filename="scenario.{kind}"'}
    return Response(made, media_type=MEDIA[kind], headers=headers)
