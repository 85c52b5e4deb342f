"""What a shop holds, when it runs out, and an order that is suggested to it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.api.identity import Reader
from smartreco.api.paging import Page
from smartreco.api.routes.product_shapes import ProductAnswer, ShopId
from smartreco.api.shapes import VERSIONED, Answer, versioned
from smartreco.entities import ListName
from smartreco.language import Language
from smartreco.stock.sentences import say
from smartreco.workspace.order.views import Aim, OrderWish, SuggestedOrder
from smartreco.workspace.shelf.stock_views import LONGEST_REVIEW, Known, ShelfRow, ShelfWish
from smartreco.workspace.wording import words

Service = Annotated[
    float | None,
    Query(
        gt=0, lt=1, allow_inf_nan=False,
        description="Chance that stock lasts until the next order arrives; else the shop's own.",
        examples=[0.95],
    ),
]  # fmt: skip
Review = Annotated[
    int | None,
    Query(ge=1, le=LONGEST_REVIEW, description="Days until the shop orders again; else its own."),
]


class Shelf(Answer):
    """One product of a shop; pieces, null where its stock is not known."""

    product: ProductAnswer
    known: Known = Field(description="How its stock is known.")
    counted: int | None = Field(description="Pieces of the last count.", examples=[40])
    counted_on: date | None
    on_hand: float | None = Field(examples=[36.5])
    on_order: float | None = Field(description="On the way.", examples=[0.0])
    weekly: float = Field(description="Expected use in the coming week.", examples=[12.0])
    weekly_low: float = Field(description="Of its 80 % band.", examples=[7.0])
    weekly_high: float = Field(examples=[18.0])
    days_of_cover: float | None = Field(examples=[21.3])
    runs_out_on: date | None = Field(description="As likely as not by this day.")
    runs_out_chance: float | None = Field(
        description="That it runs out before an order of today could arrive.", examples=[0.12]
    )
    level: float = Field(description="To order up to.", examples=[48.0])
    needed: float | None = Field(description="Before rounding to cases.", examples=[11.5])
    pieces: int | None = Field(description="To order, in whole cases.", examples=[12])
    why: str | None = Field(description="Which way it was rounded.", examples=[None])
    excess: float | None = Field(description="Above the level by a case or more.", examples=[None])
    tied_up: float | None = Field(description="The money in it.", examples=[None])
    lead_days: float = Field(description="From order to delivery.", examples=[3.0])
    late: bool = Field(description="Whether it runs out before a delivery could arrive.")


class ShelfAnswer(Answer):
    """A shop's shelf on a day, what runs out first on top."""

    retailer_id: str = Field(examples=["R0001"])
    today: date
    service: float = Field(examples=[0.95])
    review_days: int = Field(examples=[7])
    stock_known: int = Field(description="Products whose stock is known.", examples=[20])
    running_out: int = Field(description="Products that are late.", examples=[2])
    tied_up: float = Field(description="Money in stock above its level.", examples=[130.0])
    to_order: int = Field(description="Products with something to order.", examples=[6])
    order_value: float = Field(description="What they cost.", examples=[410.0])
    items: list[Shelf]
    total: int = Field(ge=0, examples=[20])
    next: str | None = Field(description="Address of the next page.", examples=[None])


class SuggestedLine(Answer):
    """One product of a suggested order, and why so much of it."""

    product: ProductAnswer
    quantity: int = Field(examples=[24])
    cases: float = Field(examples=[2.0])
    unit_price: float = Field(examples=[4.2])
    value: float = Field(examples=[100.8])
    source: ListName
    why: list[str] = Field(examples=[["Ordered up to 40 pieces for a 95 % service level"]])


class LimitAnswer(Answer):
    """What holds the order back, and what one more unit of it would bring."""

    name: str = Field(examples=["budget"])
    bound: float = Field(examples=[500.0])
    used: float = Field(examples=[498.2])
    worth: float = Field(description="Of one unit more; 0 where it does not bind.", examples=[0.2])
    vendor_id: str | None = Field(examples=[None])
    text: list[str]


class Suggested(Answer):
    """An order for a shop, the dearest line first."""

    retailer_id: str = Field(examples=["R0001"])
    value: float = Field(examples=[498.2])
    candidates: int = Field(description="Products that were weighed.", examples=[60])
    stock_known: int = Field(description="Of those whose shelf and pace are known.", examples=[20])
    gap: float = Field(description="By which a better order could bring more.", examples=[0.0])
    enough: float | None = Field(
        description="A budget that would be enough where this one brings nothing.", examples=[None]
    )
    lines: list[SuggestedLine]
    limits: list[LimitAnswer]


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["stock"], prefix="/retailers/{retailer_id}")

    @router.get(
        "/stock", response_model=ShelfAnswer, responses=VERSIONED, summary="Stock and what to order"
    )
    def shelf(
        request: Request,
        caller: Reader,
        retailer_id: ShopId,
        page: Page,
        service: Service = None,
        review_days: Review = None,
    ) -> Response:
        """What the shop holds, when it runs out and how much to order, what runs out first."""
        view = caller.workspace.stock.shelf(
            caller.principal, retailer_id, ShelfWish(service, review_days)
        )
        language = words(caller.workspace)
        rows = view.rows[page.offset : page.offset + page.limit]
        body = ShelfAnswer(
            retailer_id=retailer_id, today=view.today, service=view.service,
            review_days=view.review_days, stock_known=view.stock_known,
            running_out=view.running_out, tied_up=view.tied_up, to_order=view.to_order,
            order_value=view.order_value, items=[_row(one, language) for one in rows],
            total=len(view.rows), next=page.next(len(view.rows)),
        )  # fmt: skip
        return versioned(request, body)

    @router.get(
        "/suggested-order", response_model=Suggested, responses=VERSIONED,
        summary="A suggested order",
    )  # fmt: skip
    def suggested(
        request: Request,
        caller: Reader,
        retailer_id: ShopId,
        budget: Annotated[
            float | None,
            Query(gt=0, le=1e12, allow_inf_nan=False, description="The most it may cost."),
        ] = None,
        aim: Annotated[
            Aim, Query(description="stock: fewest stock-outs; margin: for staff only.")
        ] = Aim.STOCK,
        service: Service = None,
        review_days: Review = None,
        discovery_share: Annotated[
            float, Query(ge=0, le=1, description="Part of the money for new products.")
        ] = 0.1,
    ) -> Response:
        """In whole cases, within budget, credit and vendors' minimums, beside the draft."""
        wish = OrderWish(budget, aim, service, review_days, discovery_share)
        order = caller.workspace.stock.suggest_order(caller.principal, retailer_id, wish)
        return versioned(request, _suggested(retailer_id, order, words(caller.workspace)))

    return router


def _row(row: ShelfRow, language: Language) -> Shelf:
    return Shelf(
        product=ProductAnswer.of(row.product), known=row.known, counted=row.counted,
        counted_on=row.counted_on, on_hand=row.on_hand, on_order=row.on_order,
        weekly=row.weekly, weekly_low=row.weekly_low, weekly_high=row.weekly_high,
        days_of_cover=row.days_of_cover, runs_out_on=row.runs_out_on,
        runs_out_chance=row.runs_out_chance, level=row.level, needed=row.needed,
        pieces=row.pieces, why=None if row.why is None else say(row.why, language),
        excess=row.excess, tied_up=row.tied_up, lead_days=row.lead_days, late=row.late,
    )  # fmt: skip


def _suggested(retailer_id: str, order: SuggestedOrder, language: Language) -> Suggested:
    return Suggested(
        retailer_id=retailer_id, value=order.value, candidates=order.candidates,
        stock_known=order.stock_known, gap=order.gap, enough=order.enough,
        lines=[
            SuggestedLine(
                product=ProductAnswer.of(line.product), quantity=line.quantity, cases=line.cases,
                unit_price=line.unit_price, value=line.value, source=line.source,
                why=[say(one, language) for one in line.why],
            )
            for line in order.lines
        ],
        limits=[
            LimitAnswer(
                name=limit.name, bound=limit.bound, used=limit.used, worth=limit.worth,
                vendor_id=limit.vendor, text=[say(one, language) for one in told],
            )
            for limit, told in order.limits
        ],
    )  # fmt: skip
