"""What a click does in the catalogue and on a product's page."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import streamlit as st

from pages.components import cards, messages
from pages.components.markup import literal, place, tag
from pages.context import Context
from pages.retailer import draft_steps
from pages.retailer.draft_acts import DraftActs
from smartreco.entities import Product
from smartreco.language import Message
from smartreco.workspace.views import Draft

PRODUCTS = Message("{n} product", "{n} products", "n")


class Part(StrEnum):
    """Parts of these pages that can be drawn again alone."""

    BUY = "buy"
    RESULTS = "results"
    TOGETHER = "together"
    ALIKE = "alike"
    ORDER = "order-bar"


class CatalogueVisit(DraftActs):
    """A shop's draft and what it dismissed, beside the products on the page."""

    def __init__(
        self, ctx: Context, retailer_id: str, draft: Draft, dismissed: Sequence[str]
    ) -> None:
        super().__init__(ctx, retailer_id, draft)
        self.dismissed = set(dismissed)
        self.places: dict[Part, set[str]] = {}

    def order_changed(self, product_ids: set[str]) -> None:
        """The order's bar, and the parts that show one of these products."""
        self.redraw(Part.ORDER, *(part for part, ids in self.places.items() if ids & product_ids))

    def count_changed(self, product_id: str) -> None:
        """As on every page; here the card's own words change too."""
        self.order_changed({product_id})

    def restore(self, product: Product) -> None:
        """Let a dismissed product back onto the lists."""
        with messages.told(self.ctx.language):
            self.ctx.workspace.drafts.restore(
                self.ctx.principal, self.retailer_id, product.product_id
            )
            self.dismissed.discard(product.product_id)
            messages.done(self.ctx.t("{name} is back", name=cards.calm(product.name)))
        self.order_changed({product.product_id})


def buying(
    visit: CatalogueVisit, product: Product, pieces: int, *, where: str = "", first: bool = False,
    out: bool = False,
) -> None:  # fmt: skip
    """Add a usual order of a product, or change what is on the order already.

    ``where`` tells apart places of one page that show the same product; ``first`` marks
    what the page is for; ``out``: the vendor has none of it.
    """
    t, product_id, name = visit.ctx.t, product.product_id, literal(cards.calm(product.name))
    line = next((one for one in visit.draft.lines if one.product.product_id == product_id), None)
    if line is not None and where:
        place(tag("p", t("In your order"), cls="there"), "content")
    elif line is not None:
        draft_steps.stepper(visit, line)
        draft_steps.remove(visit, line)
    elif not product.active:
        place(tag("p", t("No longer sold"), cls="small"))
    else:
        packs = cards.Packs(pieces, product.case_size).words(visit.ctx.language)
        out = out or product.on_hand == 0
        words = t("Out of stock") if out else t("Add {packs}", packs=packs)
        st.button(
            f"{words} *{name}*", key=f"add-{where}{product_id}", disabled=out,
            icon=None if out else ":material/add:", width="stretch",
            type="primary" if first else "secondary",
            on_click=visit.put, args=([(product_id, pieces, None)],),
        )  # fmt: skip


def bring_back(visit: CatalogueVisit, product: Product) -> None:
    """The way back for a product that was "not for me"."""
    if product.product_id in visit.dismissed:
        st.button(
            f"{visit.ctx.t('Suggest it again')} *{literal(cards.calm(product.name))}*",
            key=f"back-{product.product_id}", type="tertiary", icon=":material/undo:",
            on_click=visit.restore, args=(product,),
        )  # fmt: skip


def order_bar(visit: CatalogueVisit) -> None:
    """How far the order is, and the way to it; on a phone at the foot of the screen."""
    t, draft = visit.ctx.t, visit.draft
    if not draft.lines:
        return
    count = visit.ctx.language.say(PRODUCTS, {"n": len(draft.lines)})
    amount = tag("span", tag("b", visit.ctx.language.money(draft.total)), f" · {count}")
    with st.container(key="sr-orderbar"):
        place(tag("div", amount, tag("a", t("View order"), href="order"), cls="bar"))
