"""A shop's shelf: what runs out first, what to order, what is too much, what will be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.components import cards, header, links
from pages.components.markup import place, tag
from pages.context import Context
from pages.retailer.stock import counts as stock_counts
from pages.retailer.stock import lines as stock_lines
from pages.retailer.stock import outlook as stock_outlook
from pages.retailer.stock.desk import Part, StockDesk
from smartreco.language import Message, Money, Percent
from smartreco.workspace.shelf.stock_views import ShelfRow, ShelfView, ShelfWish

SERVICES: Final = (0.8, 0.9, 0.95, 0.98)
REVIEWS: Final = (7, 14, 28)  # days until the shop orders again
RUNS_OUT = Message(
    "{n} product runs out before your next delivery could arrive",
    "{n} products run out before your next delivery could arrive",
    "n",
)
RUNS_OUT_OF = Message(
    "{n} product of {category} runs out before your next delivery could arrive",
    "{n} products of {category} run out before your next delivery could arrive",
    "n",
)
NONE_OF = Message("Nothing of {category} runs out before your next delivery could arrive")
WORTH = Message(
    "One product is worth ordering to be {sure} sure until the delivery after that.",
    "{n} products are worth ordering to be {sure} sure until the delivery after that:"
    " {late} of those that run out, and what would follow.",
    "n",
)
NEEDED = Message("Add the one worth ordering", "Add all {n} worth ordering", "n")
EVERY = Message("every {n} week", "every {n} weeks", "n")
TIED = Message(
    "{value} is tied up in {n} product that you have more of than you need",
    "{value} is tied up in {n} products that you have more of than you need",
    "n",
)


def render(ctx: Context) -> None:
    """Draw the page for the shop that is signed in."""
    who = ctx.principal
    shop = str(who.retailer_id)
    with st.spinner(ctx.t("Looking at your shelf …")):
        view = ctx.workspace.stock.shelf(who, shop)
    desk = StockDesk(ctx, shop, view, ctx.workspace.drafts.read(who, shop))
    with st.container(key="sr-stock", gap="medium"):
        top = st.container()
        if not desk.known:
            stock_counts.draw(desk)
        category = _controls(desk)
        with top:
            desk.part(Part.ANSWER, _answer, category)
        desk.part(Part.SHELF, stock_lines.draw, category)
        desk.part(Part.OUTLOOK, stock_outlook.draw, category)
        if desk.known:
            stock_lines.too_much(desk, category)
            stock_counts.draw(desk)


def _answer(desk: StockDesk, category: str | None) -> None:
    """Headline, money and button, all of the category that is chosen below."""
    t, rows = desk.ctx.t, desk.rows(category)
    with st.container(key="sr-answer"):
        header.page_header(
            _said(desk, rows, category), _about(desk),
            t(
                "A product runs out when it is as likely as not that its stock is used up before "
                "an order of today could be delivered."
            ),
        )  # fmt: skip
        if not desk.known:
            words = t(
                "These data hold no stock of your shelf. Enter what you counted, or upload it: "
                "then this page says what runs out first and how much to order."
            )
            place(tag("p", words))
            return
        over = [row for row in rows if row.excess]
        tied_up = sum(row.tied_up or 0.0 for row in over)
        if tied_up > 0:
            place(tag("p", desk.ctx.language.say(TIED, {"value": Money(tied_up), "n": len(over)})))
        _add_needed(desk, rows)


def _said(desk: StockDesk, rows: Sequence[ShelfRow], category: str | None) -> str:
    if not desk.known:
        return desk.ctx.t("Count your shelf to see what runs out first")
    out = sum(row.late for row in rows)
    if category is not None:
        return desk.ctx.language.say(
            RUNS_OUT_OF if out else NONE_OF, {"n": out, "category": cards.calm(category)}
        )
    if not out:
        return desk.ctx.t("Nothing runs out before your next delivery could arrive")
    return desk.ctx.language.say(RUNS_OUT, {"n": out})


def _about(desk: StockDesk) -> str:
    shop = desk.ctx.workspace.models.current.catalogue.retailer(desk.retailer_id)
    parts = [cards.calm(shop.name), cards.calm(shop.city or "")]
    parts.append(desk.ctx.t("as of {day}", day=desk.view.today))
    return " · ".join(part for part in parts if part)


def _add_needed(desk: StockDesk, rows: Sequence[ShelfRow]) -> None:
    t, needed = desk.ctx.t, desk.needed(rows)
    there = sum(desk.on_order(row) for row in rows)
    if needed:
        values = {"n": len(needed), "late": sum(row.late for row in needed),
                  "sure": Percent(desk.view.service)}  # fmt: skip
        place(tag("p", desk.ctx.language.say(WORTH, values)))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if needed:
            label = desk.ctx.language.say(NEEDED, {"n": len(needed)})
            value = sum((row.product.unit_price or 0.0) * (row.pieces or 0) for row in needed)
            st.button(
                t("{label} · {value}", label=label, value=Money(value)), key="add-needed",
                type="primary", icon=":material/playlist_add:", on_click=desk.add_needed,
                args=(needed,),
            )  # fmt: skip
        if there:
            links.to_page("order", t("Your order"), ":material/shopping_cart:")
        elif not needed:
            place(tag("p", t("Nothing has to be ordered now"), cls="there"), "content")
        if desk.draft.can_undo:
            st.button(
                t("Undo"), key="stock-undo", type="tertiary", icon=":material/undo:",
                on_click=desk.undo,
            )  # fmt: skip


def _controls(desk: StockDesk) -> str | None:
    """How sure the shop wants to be, how often it orders, and which category is shown."""
    t, view = desk.ctx.t, desk.view
    categories = sorted({row.product.category for row in view.rows})
    with st.container(key="sr-stock-controls", horizontal=True, gap="medium",
                      vertical_alignment="bottom"):  # fmt: skip
        st.segmented_control(
            t("How sure to be that it lasts"), _with(SERVICES, view.service), key="stock-service",
            default=view.service, required=True, on_change=_keep, args=(desk,),
            format_func=lambda share: desk.ctx.language.show(Percent(share)),
            help=t("The chance that a product lasts until the next order arrives. Higher means "
                   "more stock. It is kept for your shop."),
        )  # fmt: skip
        st.segmented_control(
            t("You order"), _with(REVIEWS, view.review_days), key="stock-review",
            default=view.review_days, required=True, on_change=_keep, args=(desk,),
            format_func=lambda days: _every(desk.ctx, view, days),
        )  # fmt: skip
        chosen = st.selectbox(
            t("Category"), categories, index=None, key="stock-category", width=220,
            placeholder=t("All categories"), bind="query-params",
        )  # fmt: skip
    return chosen if chosen in categories else None


def _with(choices: tuple[float, ...], kept: float) -> list[float]:
    """The usual choices, and the one that is kept."""
    return sorted({*choices, kept})


def _every(ctx: Context, view: ShelfView, days: float) -> str:
    if days % 7:
        return ctx.t("every {n} days", n=int(days))
    return ctx.language.say(EVERY, {"n": int(days // 7)}) if days > 7 else ctx.t("every week")


def _keep(desk: StockDesk) -> None:
    service = st.session_state.get("stock-service") or desk.view.service
    review = st.session_state.get("stock-review") or desk.view.review_days
    desk.keep(ShelfWish(service=float(service), review_days=int(review)))
