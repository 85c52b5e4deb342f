"""A shop's home: what to order now, what else would sell, and the order so far."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from pages.components import cards, filters, header, messages
from pages.components.markup import literal, place, tag
from pages.context import Context
from pages.retailer import suggestions
from pages.retailer.order import panel as order_panel
from pages.retailer.visit import Part, Visit
from pages.state import Slot
from smartreco.language import Message, Money
from smartreco.workspace.views import Facets, ForYou, ListFilter

DISCOVER_READ = 12
DUE = Message("{n} product is due", "{n} products are due", "n")
DUE_HERE = Message(
    "{n} product in this selection is due", "{n} products in this selection are due", "n"
)
IN_ORDER = Message("{n} of them is in your order", "{n} of them are in your order", "n")
OTHER = Message("Add the other one to my order", "Add the other {n} to my order", "n")


class ForYouState:
    """What this page keeps for a browser tab."""

    facets = Slot[Facets | None](None)
    seen = Slot[tuple[object, ...]](())


state = ForYouState()


def render(ctx: Context) -> None:
    """Draw the page for the shop that is signed in."""
    with st.container(key="sr-page", horizontal=True, gap="medium"):
        main, side = st.container(key="sr-main"), st.container(key="sr-side", height="stretch")
    with main:
        top = st.container()
        shown, chosen = _read(ctx)
        visit = Visit(ctx, shown)
        with top:
            visit.part(Part.ANSWER, _answer, filters.active(chosen) > 0)
        _lists(visit, filters.active(chosen) > 0)
    with side:
        visit.part(Part.ORDER, order_panel.draw)
    _note_seen(visit)


def _read(ctx: Context) -> tuple[ForYou, ListFilter]:
    """Filters and lists in one read; the first run of a tab has to learn the choices first."""
    facets, shown = state.facets, None
    if facets is None:
        shown = _ask(ctx, ListFilter())
        facets = shown.facets
    chosen = filters.product_filters(facets, ctx.language)
    if shown is None or filters.active(chosen):
        shown = _ask(ctx, chosen)
    state.facets = shown.facets
    return shown, chosen


def _ask(ctx: Context, chosen: ListFilter) -> ForYou:
    principal = ctx.principal
    return ctx.workspace.lists.for_you(
        principal, str(principal.retailer_id), chosen,
        reorder_k=suggestions.length.reorder, discover_k=DISCOVER_READ,
    )  # fmt: skip


def _answer(visit: Visit, filtered: bool) -> None:
    with st.container(key="sr-answer"):
        header.page_header(
            _said(visit, filtered), _about(visit),
            visit.ctx.t(
                "A product is due when about as many days have passed since your last order of it "
                "as usually lie between two. The value is your usual quantity at today's price."
            ),
        )  # fmt: skip
        if visit.due:
            _add_all(visit)


def _said(visit: Visit, filtered: bool) -> str:
    t, due = visit.ctx.t, visit.due
    if not due and filtered:
        return t("Nothing is due in this selection")
    if not due and not visit.shown.reorder:
        return t("Welcome: start your first order below")
    if not due:
        return t("Nothing is due today")
    answer = visit.ctx.language.say(DUE_HERE if filtered else DUE, {"n": len(due)})
    value = sum(
        line.quantity * line.product.unit_price
        for line in due
        if line.product.unit_price is not None
    )
    return t("{answer}\u00a0— {value}", answer=answer, value=Money(value)) if value else answer


def _add_all(visit: Visit) -> None:
    t, missing = visit.ctx.t, visit.missing()
    there = sum(visit.ordered(line.product.product_id) for line in visit.due)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if missing:
            label = t("Add all due to my order")
            if there:
                label = visit.ctx.language.say(OTHER, {"n": len(missing)})
            st.button(
                label, key="add-all-due", type="primary", icon=":material/playlist_add:",
                on_click=visit.add_due, args=(missing,),
            )  # fmt: skip
        if there:
            some = visit.ctx.language.say(IN_ORDER, {"n": there})
            words = some if missing else t("All of it is in your order")
            place(tag("p", words, cls="there"), "content")


def _about(visit: Visit) -> str:
    shop, info = visit.shown.retailer, visit.shown.info
    parts = [cards.calm(shop.name), cards.calm(shop.city or "")]
    if info.as_of is not None:
        until = info.as_of - timedelta(days=1)
        parts.append(visit.ctx.t("Orders known until {day}", day=until))
    return " · ".join(part for part in parts if part)


def _lists(visit: Visit, filtered: bool) -> None:
    t, shown = visit.ctx.t, visit.shown
    if filtered and not shown.reorder and not shown.discover:
        _no_match(visit, t("No product matches these filters"), "lists")
        visit.part(Part.NOT_FOR_ME, _not_for_me)
        return
    if shown.reorder:
        visit.part(Part.REORDER, suggestions.reorder)
    else:
        header.section(t("Time to reorder"), "reorder")
        if filtered:
            _no_match(visit, t("None of your products match these filters"), "reorder")
        else:
            _first_order(visit)
    if shown.discover:
        visit.part(Part.DISCOVER, suggestions.discover)
    else:
        header.section(t("New for your shop"), "discover")
        if filtered:
            _no_match(visit, t("Nothing new matches these filters"), "discover")
        else:
            _nothing_new(visit)
    visit.part(Part.NOT_FOR_ME, _not_for_me)


def _no_match(visit: Visit, title: str, key: str) -> None:
    t = visit.ctx.t
    messages.empty_state(
        title, t("Take a filter back to see more."), "basket", key=key,
        action=t("Clear filters"), on_click=filters.clear,
    )  # fmt: skip


def _first_order(visit: Visit) -> None:
    t = visit.ctx.t
    messages.empty_state(
        t("Your reorder list starts with your first order"),
        t("Until then, the products below rest on what shops like yours in your region order."),
        "basket", key="reorder",
    )  # fmt: skip


def _nothing_new(visit: Visit) -> None:
    t = visit.ctx.t
    messages.empty_state(
        t("You order all there is"), t("New products will appear here."), "package", key="discover"
    )


def _not_for_me(visit: Visit) -> None:
    t = visit.ctx.t
    if not visit.dismissed:
        return
    label = t("Not for me ({n})", n=len(visit.dismissed))
    with st.popover(label, type="tertiary", icon=":material/visibility_off:", key="sr-dismissed"):
        for product in visit.dismissed:
            name = literal(cards.calm(product.name))
            with st.container(
                key=f"sr-back-{product.product_id}", horizontal=True, vertical_alignment="center"
            ):
                st.markdown(name)
                st.button(
                    f"{t('Bring back')} *{name}*", key=f"back-{product.product_id}",
                    on_click=visit.restore, args=(product,),
                )  # fmt: skip


def _note_seen(visit: Visit) -> None:
    """Record what was shown, once for each state of the lists."""
    shown = visit.shown
    lines = [*shown.reorder[: suggestions.REORDER_SHOWN],
             *shown.discover[: suggestions.DISCOVER_SHOWN]]  # fmt: skip
    now = (shown.model_version, shown.blend_version, *(line.product.product_id for line in lines))
    if lines and state.seen != now:
        state.seen = now
        visit.ctx.workspace.lists.seen(
            visit.ctx.principal, visit.retailer_id, lines, shown.model_version,
            shown.blend_version,
        )  # fmt: skip
