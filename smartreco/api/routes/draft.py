"""The order that a shop is putting together."""

from __future__ import annotations

from datetime import date
from typing import Final

from fastapi import APIRouter
from pydantic import Field

from smartreco.api.identity import Orderer, Reader
from smartreco.api.routes.product_shapes import LONGEST_ID, ProductAnswer, ProductId, ShopId
from smartreco.api.shapes import Answer, Instant, Question
from smartreco.entities import ListName
from smartreco.language import Language
from smartreco.workspace.draft_items import MOST_PIECES, DraftItem
from smartreco.workspace.order.book_views import Blocker, DraftCheck
from smartreco.workspace.order.words import say
from smartreco.workspace.views import Draft
from smartreco.workspace.wording import words

MOST_LINES: Final = 500


class DraftLineAnswer(Answer):
    """A line of a draft."""

    product: ProductAnswer
    quantity: int = Field(examples=[24])
    value: float | None = Field(description="Null where no price is known.", examples=[100.8])
    source: ListName | None = Field(description="The list it came from; null: typed in.")
    added_at: Instant


class DraftAnswer(Answer):
    """A draft."""

    lines: list[DraftLineAnswer]
    pieces: int = Field(examples=[24])
    total: float = Field(description="Of lines whose price is known.", examples=[100.8])
    unpriced: int = Field(description="Lines whose price is not.", examples=[0])
    can_undo: bool

    @classmethod
    def of(cls, draft: Draft) -> DraftAnswer:
        """The same, made of what the workspace answers with."""
        lines = [
            DraftLineAnswer(
                product=ProductAnswer.of(line.product), quantity=line.quantity, value=line.value,
                source=line.source, added_at=line.added_at,
            )
            for line in draft.lines
        ]  # fmt: skip
        return cls(
            lines=lines, pieces=draft.pieces, total=draft.total, unpriced=draft.unpriced,
            can_undo=draft.can_undo,
        )  # fmt: skip


class Standing(Answer):
    """Something about a draft that its reader should know."""

    kind: Blocker
    text: str = Field(examples=["Northern Mills: 40.00 more to reach the minimum"])
    product_id: str | None = Field(description="The line it is about.", examples=[None])
    vendor_id: str | None = Field(description="The vendor it is about.", examples=["V01"])
    blocking: bool = Field(description="Whether it stands in the way of placing.")
    room: int | None = Field(description="Pieces that can be had.", examples=[None])


class Check(Answer):
    """Whether a draft can be placed."""

    can_place: bool
    total: float = Field(examples=[100.8])
    unpriced: int = Field(examples=[0])
    credit_free: float | None = Field(description="Null: no limit is known.", examples=[900.0])
    dated: date = Field(description="The day that the order would carry.")
    problems: list[Standing]


class Addition(Question):
    """A product to put on the draft."""

    product_id: str = Field(min_length=1, max_length=LONGEST_ID, examples=["P0001"])
    quantity: int = Field(ge=1, le=MOST_PIECES, description="Pieces.", examples=[24])
    source: ListName | None = Field(default=None, description="The list it came from.")


class Additions(Question):
    """Products to put on the draft in one act."""

    lines: list[Addition] = Field(min_length=1, max_length=MOST_LINES)


class Pieces(Question):
    """How much of a product."""

    quantity: int = Field(ge=1, le=MOST_PIECES, description="Pieces.", examples=[24])


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["orders"], prefix="/retailers/{retailer_id}/draft")

    @router.get("", summary="The draft")
    def read(caller: Reader, retailer_id: ShopId) -> DraftAnswer:
        """What is on it."""
        return DraftAnswer.of(caller.workspace.drafts.read(caller.principal, retailer_id))

    @router.get("/check", summary="Whether the draft can be placed")
    def check(caller: Reader, retailer_id: ShopId) -> Check:
        """What it comes to, and what stands in the way."""
        found = caller.workspace.orders.check(caller.principal, retailer_id)
        return _check(found, words(caller.workspace))

    @router.post("/lines", summary="Put products on the draft")
    def add(caller: Orderer, retailer_id: ShopId, wanted: Additions) -> DraftAnswer:
        """All in one act, or none; what is on it already is added to."""
        items = [DraftItem(one.product_id, one.quantity, one.source) for one in wanted.lines]
        drafts = caller.workspace.drafts
        return DraftAnswer.of(drafts.add_many(caller.principal, retailer_id, items))

    @router.put("/lines/{product_id}", summary="Set the pieces of a product")
    def set_quantity(
        caller: Orderer, retailer_id: ShopId, product_id: ProductId, wanted: Pieces
    ) -> DraftAnswer:
        """The same again changes nothing."""
        drafts = caller.workspace.drafts
        changed = drafts.set_quantity(caller.principal, retailer_id, product_id, wanted.quantity)
        return DraftAnswer.of(changed)

    @router.delete("/lines/{product_id}", summary="Take a product off")
    def remove(caller: Orderer, retailer_id: ShopId, product_id: ProductId) -> DraftAnswer:
        """Nothing happens where it is not on the draft."""
        drafts = caller.workspace.drafts
        return DraftAnswer.of(drafts.remove(caller.principal, retailer_id, product_id))

    @router.delete("", summary="Empty the draft")
    def clear(caller: Orderer, retailer_id: ShopId) -> DraftAnswer:
        """One undo brings it back."""
        return DraftAnswer.of(caller.workspace.drafts.clear(caller.principal, retailer_id))

    @router.post("/undo", summary="Take back the last change")
    def undo(caller: Orderer, retailer_id: ShopId) -> DraftAnswer:
        """Of those that this process made."""
        return DraftAnswer.of(caller.workspace.drafts.undo(caller.principal, retailer_id))

    return router


def _check(found: DraftCheck, language: Language) -> Check:
    return Check(
        can_place=found.can_place, total=found.total, unpriced=found.unpriced,
        credit_free=found.credit_free, dated=found.dated,
        problems=[
            Standing(
                kind=one.blocker, text=say(one.sentence, language), product_id=one.product_id,
                vendor_id=one.vendor_id, blocking=one.blocking, room=one.room,
            )
            for one in found.problems
        ],
    )  # fmt: skip
