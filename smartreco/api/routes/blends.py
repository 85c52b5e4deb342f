"""Recipes of the lists: what was published, by whom and why; publish, go back, propose."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Analyser
from smartreco.api.later import created
from smartreco.api.paging import Page, Paged
from smartreco.api.routes.blend_shapes import (
    Change,
    Proposed,
    ProposedRecipe,
    Publication,
    PublishQuestion,
    RollBackQuestion,
    Version,
    change,
    proposed,
    proposed_recipe,
    version,
)
from smartreco.api.routes.scenario_shapes import LONGEST_NOTE, ScenarioQuestion
from smartreco.api.shapes import Question
from smartreco.errors import InputError
from smartreco.workspace.scenario.scenarios import Which
from smartreco.workspace.wording import words

LARGEST: Final = 2**31 - 1

Number = Annotated[int, Path(ge=1, le=LARGEST, description="A version's number.", examples=[3])]


class ProposeQuestion(Question):
    """A what-if to hand to the analyst: whole, or a saved one by its number."""

    scenario: ScenarioQuestion | None = None
    scenario_id: int | None = Field(default=None, ge=1, le=LARGEST, examples=[1])
    note: str = Field(default="", max_length=LONGEST_NOTE, examples=["Better for newcomers"])

    def which(self) -> Which:
        """The one that was named.

        Raises
        ------
        InputError
            Both were, or none.
        """
        if self.scenario is not None and self.scenario_id is None:
            return self.scenario.scenario()
        if self.scenario is None and self.scenario_id is not None:
            return self.scenario_id
        raise InputError("a proposal is of one scenario", "two or none", "give one of the two")


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(prefix="/blends", tags=["analysis"])
    _proposing(router)
    _reading(router)
    _publishing(router)
    return router


def _reading(router: APIRouter) -> None:
    @router.get("", summary="Every version")
    def every(asked: Analyser, page: Page) -> Paged[Version]:
        """Newest first."""
        found = asked.workspace.blends.all(asked.principal)
        part = found[page.offset : page.offset + page.limit]
        return page.of([version(one) for one in part], len(found))

    @router.get("/current", summary="The version in force")
    def current(asked: Analyser) -> Version:
        """What decides every list now."""
        return version(asked.workspace.blends.current(asked.principal))

    @router.get("/publications", summary="Which version held from when on")
    def publications(asked: Analyser, page: Page) -> Paged[Publication]:
        """Newest first."""
        found = asked.workspace.blends.publications(asked.principal)
        part = found[page.offset : page.offset + page.limit]
        return page.of([Publication.model_validate(one) for one in part], len(found))

    @router.get("/{number}", summary="One version")
    def read(asked: Analyser, number: Number) -> Version:
        """As it was kept."""
        return version(asked.workspace.blends.read(asked.principal, number))

    @router.get("/{number}/changes", summary="What a version changed")
    def changes(
        asked: Analyser, number: Number,
        since: Annotated[
            int, Query(ge=1, le=LARGEST, description="The version before.", examples=[2])
        ],
    ) -> list[Change]:  # fmt: skip
        """Every setting in which it differs from another version."""
        found = asked.workspace.blends.changes(asked.principal, since, number)
        return [change(one) for one in found]


def _publishing(router: APIRouter) -> None:
    @router.post("", status_code=201, summary="Publish a recipe", response_model=Version)
    def publish(request: Request, asked: Analyser, question: PublishQuestion) -> Response:
        """It decides every list from the next one on. Another half-life takes as long as a fit."""
        made = asked.workspace.blends.publish(
            asked.principal, question.recipe.recipe(), question.reason
        )
        return created(request, version(made), f"/blends/{made.version}")

    @router.post("/{number}/rollback", summary="Let an earlier version hold again")
    def roll_back(asked: Analyser, number: Number, question: RollBackQuestion) -> Publication:
        """From the next list on."""
        done = asked.workspace.blends.roll_back(asked.principal, number, question.reason)
        return Publication.model_validate(done)


def _proposing(router: APIRouter) -> None:
    @router.get("/proposals", summary="What was proposed")
    def proposals(asked: Analyser, page: Page) -> Paged[Proposed]:
        """Newest first."""
        found = asked.workspace.scenarios.proposals(asked.principal)
        part = found[page.offset : page.offset + page.limit]
        return page.of([proposed(one) for one in part], len(found))

    @router.post("/proposals", status_code=201, summary="Propose weights to the analyst")
    def propose(asked: Analyser, question: ProposeQuestion) -> Proposed:
        """Hand a scenario's weights and rules on with what they were found to do."""
        made = asked.workspace.scenarios.propose_blend(
            asked.principal, question.which(), question.note
        )
        return proposed(made)

    @router.get("/proposals/{number}", summary="What of a proposal can be published")
    def proposal(asked: Analyser, number: Number) -> ProposedRecipe:
        """Its weights over the recipe in force."""
        found = asked.workspace.blends.from_proposal(asked.principal, number)
        return proposed_recipe(found, words(asked.workspace))
