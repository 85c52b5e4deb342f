"""A shop's orders: placed from the draft, looked back on, taken back."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import Field
from starlette.responses import Response

from smartreco.api.identity import Orderer, Reader
from smartreco.api.paging import Page, Paged
from smartreco.api.routes.product_shapes import LONGEST_ID, ProductAnswer, ShopId
from smartreco.api.shapes import Answer, Instant, Question, sent
from smartreco.workspace.draft_items import MOST_PIECES
from smartreco.workspace.order.book_views import OrderLineView, OrderSummary, OrderView
from smartreco.workspace.order.placing import LONGEST_NOTE

OrderId = Annotated[
    str, Path(min_length=1, max_length=LONGEST_ID, description="The order.", examples=["SR-000001"])
]


class OrderStatus(StrEnum):
    """What became of an order."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class OrderHead(Answer):
    """An order without its lines; money in the data set's currency."""

    order_id: str = Field(examples=["SR-000001"])
    ordered_at: Instant
    status: OrderStatus
    delivered_on: date | None
    lines: int = Field(examples=[6])
    pieces: int = Field(examples=[96])
    value: float = Field(examples=[412.5])
    placed_here: bool = Field(description="Else it came with the data.")
    note: str = Field(examples=["Back door, please"])
    can_cancel: bool


class OrderLineAnswer(Answer):
    """A line of an order."""

    product: ProductAnswer
    quantity: int = Field(examples=[24])
    unit_price: float | None = Field(examples=[4.2])
    value: float | None = Field(examples=[100.8])


class OrderPartAnswer(Answer):
    """What became of one vendor's part."""

    vendor: str | None = Field(examples=["Northern Mills"])
    status: str = Field(examples=["confirmed"])
    delivered_on: date | None
    reason: str = Field(description="Why he refused it; empty where he did not.", examples=[""])


class OrderAnswer(OrderHead):
    """An order with its lines, the dearest first."""

    items: list[OrderLineAnswer]
    parts: list[OrderPartAnswer]
    refused: list[OrderLineAnswer] = Field(description="Lines that a vendor called off.")


class SeenLine(Question):
    """A line as its reader saw it."""

    product_id: str = Field(min_length=1, max_length=LONGEST_ID, examples=["P0001"])
    quantity: int = Field(ge=1, le=MOST_PIECES, examples=[24])


class Placing(Question):
    """What the caller knows of the draft; a draft that differs is not placed."""

    note: str = Field(
        default="", max_length=LONGEST_NOTE, description="For the distributor.",
        examples=["Back door, please"],
    )  # fmt: skip
    seen: list[SeenLine] | None = Field(
        default=None, max_length=5000, description="Its lines; null: whatever is on it."
    )
    total: float | None = Field(
        default=None, ge=0, allow_inf_nan=False, description="What it came to.", examples=[412.5]
    )


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["orders"], prefix="/retailers/{retailer_id}/orders")

    @router.get("", summary="Orders")
    def history(
        caller: Reader,
        retailer_id: ShopId,
        page: Page,
        status: Annotated[OrderStatus | None, Query(description="Only these.")] = None,
    ) -> Paged[OrderHead]:
        """The shop's orders, newest first."""
        wanted = None if status is None else status.value
        found, total = caller.workspace.orders.history(
            caller.principal, retailer_id, page.limit, page.offset, wanted
        )
        return page.of([_head(one) for one in found], total)

    @router.post("", status_code=201, response_model=OrderAnswer, summary="Place the draft")
    def place(caller: Orderer, retailer_id: ShopId, wanted: Placing) -> Response:
        """Make the draft an order and empty it: all of it, or nothing.

        Say in `seen` and `total` what you saw: the order is refused where the draft or its
        prices have changed meanwhile.
        """
        seen = None if wanted.seen is None else [(one.product_id, one.quantity)
                                                 for one in wanted.seen]  # fmt: skip
        made = caller.workspace.orders.place(
            caller.principal, retailer_id, wanted.note, seen, wanted.total
        )
        place = f"/api/v1/retailers/{retailer_id}/orders/{made.summary.order_id}"
        return sent(_order(made), status=201, headers={"Location": place})

    @router.get("/{order_id}", summary="One order")
    def read(caller: Reader, retailer_id: ShopId, order_id: OrderId) -> OrderAnswer:
        """With its lines and what became of each vendor's part."""
        return _order(caller.workspace.orders.read(caller.principal, retailer_id, order_id))

    @router.post("/{order_id}/cancel", summary="Take an order back")
    def cancel(caller: Orderer, retailer_id: ShopId, order_id: OrderId) -> OrderAnswer:
        """While nobody has confirmed it."""
        return _order(caller.workspace.orders.cancel(caller.principal, retailer_id, order_id))

    return router


def _head(one: OrderSummary) -> OrderHead:
    return OrderHead.model_validate(one)


def _order(view: OrderView) -> OrderAnswer:
    return OrderAnswer(
        **_head(view.summary).model_dump(),
        items=[_line(one) for one in view.lines],
        parts=[OrderPartAnswer.model_validate(one) for one in view.parts],
        refused=[_line(one) for one in view.refused],
    )


def _line(line: OrderLineView) -> OrderLineAnswer:
    return OrderLineAnswer(
        product=ProductAnswer.of(line.product), quantity=line.quantity,
        unit_price=line.unit_price, value=line.value,
    )  # fmt: skip
