"""What a shop should order, how likely it is to, and why."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.accounts.permissions import STAFF
from smartreco.api.identity import Reader
from smartreco.api.routes.product_shapes import (
    ProductAnswer,
    ProductId,
    ShopId,
    product_values,
)
from smartreco.api.shapes import VERSIONED, Answer, stamped, versioned
from smartreco.api.written import Written
from smartreco.entities import Evidence, ListName, Principal, Reason, Recommendation
from smartreco.language import Language
from smartreco.recommend.templates import render
from smartreco.workspace.lists import LONGEST_LIST
from smartreco.workspace.models import Fitted
from smartreco.workspace.views import ExplanationView
from smartreco.workspace.wording import words

List = Annotated[
    ListName,
    Query(
        alias="list",
        description="reorder: bought already and due; discover: never bought; all: both.",
    ),
]


class EvidenceAnswer(Answer):
    """One thing that can be named and checked; values of a reason sum to its contribution."""

    kind: str = Field(description="product, retailer, attribute, own or group.", examples=["own"])
    id: str = Field(description="Empty for another shop, unless staff asks.", examples=["P0001"])
    value: float = Field(examples=[0.12])


class ReasonAnswer(Answer):
    """One part of a score; contributions sum to it."""

    component: str = Field(examples=["repurchase"])
    contribution: float = Field(examples=[0.41])
    text: str = Field(examples=["You order it about every 14 days, last 15 days ago"])
    evidence: tuple[EvidenceAnswer, ...]


class Line(Answer):
    """One line of a list."""

    rank: int = Field(ge=1, examples=[1])
    list: ListName
    product: ProductAnswer
    score: float = Field(description="Sum of the reasons' contributions.", examples=[0.63])
    probability: float | None = Field(
        description="Chance that it is ordered within 28 days; null where nothing supports one.",
        examples=[0.64],
    )
    quantity: int = Field(description="Usual pieces.", examples=[24])
    last_on: date | None = Field(description="The shop's last order of it.")
    cadence_days: float | None = Field(description="Usual days between two.", examples=[14.0])
    notes: tuple[str, ...] = Field(description="Rules that moved this line.", examples=[[]])
    reasons: tuple[ReasonAnswer, ...]


class Lines(Answer):
    """A list, best first, and the versions that made it."""

    retailer_id: str = Field(examples=["R0001"])
    list: ListName
    model_version: int = Field(examples=[3])
    blend_version: int = Field(examples=[1])
    items: tuple[Line, ...]


class Row(Answer):
    """One addend of a score, in words."""

    component: str = Field(examples=["collaborative"])
    label: str = Field(examples=["because of Basmati Rice 5 kg"])
    contribution: float = Field(examples=[0.12])
    rest: bool = Field(description="Stands for many addends too small to be named.")
    evidence: tuple[EvidenceAnswer, ...]


class Explanation(Answer):
    """Every addend of a product's score: rows sum to it."""

    retailer_id: str = Field(examples=["R0001"])
    list: ListName
    product: ProductAnswer
    score: float = Field(examples=[0.63])
    rank: int | None = Field(description="Null where the list may not hold it.", examples=[3])
    counterfactual: str | None = Field(
        description="What would change the rank, found by ranking again.", examples=[None]
    )
    blend_version: int | None = Field(examples=[1])
    rows: tuple[Row, ...]


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["recommendations"], prefix="/retailers/{retailer_id}/recommendations")
    written = Written()

    @router.get("", response_model=Lines, responses=VERSIONED, summary="What a shop should order")
    def recommend(
        request: Request,
        caller: Reader,
        retailer_id: ShopId,
        list_name: List = ListName.ALL,
        k: Annotated[int, Query(ge=1, le=LONGEST_LIST, description="Lines in the list.")] = 10,
    ) -> Response:
        """One list of one shop, best first: each line with probability and reasons.

        What is on the shop's draft, dismissed or ordered a moment ago is taken into account,
        and so are the published rules.
        """
        workspace, reader = caller.workspace, caller.principal
        found = workspace.lists.recommend(reader, retailer_id, list_name, k)
        fitted, language = workspace.models.current, words(workspace)
        named = reader.role in STAFF
        text = written.get(
            (retailer_id, list_name, k, named),
            lambda: _lines(retailer_id, list_name, found, fitted, language, named),
            found, fitted, language,
        )  # fmt: skip
        return stamped(request, text, fitted.version, fitted.blend_version)

    @router.get(
        "/{product_id}", response_model=Explanation, responses=VERSIONED,
        summary="Why a product stands where it stands",
    )  # fmt: skip
    def explain(
        request: Request,
        caller: Reader,
        retailer_id: ShopId,
        product_id: ProductId,
        list_name: List = ListName.ALL,
    ) -> Response:
        """Every addend of a product's score for a shop, and what would change its rank."""
        workspace = caller.workspace
        found = workspace.lists.explain(
            caller.principal, retailer_id, product_id, list_name, words(workspace)
        )
        body = _explanation(retailer_id, list_name, found, caller.principal)
        return versioned(request, body, workspace.models.current.version, found.blend_version)

    return router


def _lines(
    retailer_id: str, list_name: ListName, found: tuple[Recommendation, ...], fitted: Fitted,
    language: Language, named: bool,
) -> dict[str, Any]:  # fmt: skip
    """`Lines` as plain values: to check what we have made ourselves takes longer than to make it.

    A test holds that they are what the model would have written.
    """
    product = fitted.catalogue.product
    return {
        "retailer_id": retailer_id,
        "list": list_name,
        "model_version": fitted.version,
        "blend_version": fitted.blend_version,
        "items": [
            {
                "rank": one.rank,
                "list": one.list,
                "product": product_values(product(one.product_id)),
                "score": one.score,
                "probability": one.probability,
                "quantity": one.quantity,
                "last_on": one.last_on,
                "cadence_days": one.cadence_days,
                "notes": one.notes,
                "reasons": [_reason(reason, language, named) for reason in one.reasons],
            }
            for one in found
        ],
    }


def _reason(reason: Reason, language: Language, named: bool) -> dict[str, Any]:
    return {
        "component": reason.component,
        "contribution": reason.contribution,
        "text": render(reason, language),
        "evidence": reason.evidence if named else tuple(map(_unnamed, reason.evidence)),
    }


def _explanation(
    retailer_id: str, list_name: ListName, view: ExplanationView, reader: Principal
) -> Explanation:
    return Explanation(
        retailer_id=retailer_id, list=list_name, product=ProductAnswer.of(view.product),
        score=view.score, rank=view.rank, counterfactual=view.counterfactual,
        blend_version=view.blend_version,
        rows=tuple(
            Row(
                component=row.component, label=row.label, contribution=row.contribution,
                rest=row.rest, evidence=_evidence(row.evidence, reader),
            )
            for row in view.rows
        ),
    )  # fmt: skip


def _evidence(found: tuple[Evidence, ...], reader: Principal) -> tuple[EvidenceAnswer, ...]:
    seen = found if reader.role in STAFF else map(_unnamed, found)
    return tuple(EvidenceAnswer(kind=one.kind, id=one.id, value=one.value) for one in seen)


def _unnamed(one: Evidence) -> Evidence:
    """What can be checked; to a shop, other shops count but have no name."""
    return Evidence(one.kind, "", one.value) if one.kind == "retailer" else one
