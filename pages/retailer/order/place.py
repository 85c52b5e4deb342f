"""The one act this page is for: placing the order, said once more before it is done."""

from __future__ import annotations

import streamlit as st

from pages.components import messages
from pages.components.markup import Html, literal, place, tag
from pages.components.order_cards import PRODUCTS, VENDORS
from pages.retailer.order import problems as order_problems
from pages.retailer.order import sheets as order_sheets
from pages.retailer.order.desk import Desk, state
from smartreco.language import Money

ANCHOR = "place-order"
NOTE = "order-note"
LONGEST_NOTE = 500


def draw(desk: Desk) -> None:
    """What it comes to, a note to go with it, and the button."""
    t, check, language = desk.ctx.t, desk.check, desk.ctx.language
    with st.container(key="sr-order-card", gap="small"):
        st.header(t("Place your order"), anchor=ANCHOR)
        _sums(desk)
        st.text_area(
            t("Note to the order"), key=NOTE, max_chars=LONGEST_NOTE, height=80,
            placeholder=t("Such as a day or a gate for the delivery"),
        )  # fmt: skip
        if st.button(
            t("Place order"), key="place", type="primary", width="stretch",
            icon=":material/send:", disabled=not check.can_place,
        ):  # fmt: skip
            _confirm(desk)
        if state.refused:
            place(tag("p", state.refused, cls="in-the-way", role="alert"))
        if not check.can_place:
            messages.note(t("Settle what stands in its way first."))
        order_sheets.draw(desk.ctx, desk.retailer_id, None, "stretch")
        messages.note(t("Kept for you until you place it, also when you sign out."))
    with st.container(key="sr-orderbar"):
        place(tag("div", tag("b", language.money(check.total)), _next(desk), cls="bar"))


def _next(desk: Desk) -> Html:
    """On a phone, the way to what is to be done next: settling, or else placing."""
    t, open_ = desk.ctx.t, sum(problem.blocking for problem in desk.check.problems)
    if open_:
        return tag("a", t("Settle {n}", n=open_), href=f"#{order_problems.ANCHOR}", cls="settle")
    return tag("a", t("Place order"), href=f"#{ANCHOR}")


def _sums(desk: Desk) -> None:
    t, check, language = desk.ctx.t, desk.check, desk.ctx.language
    rows = [(t("Total"), language.money(check.total), "total")]
    if check.credit_free is not None:
        left = check.credit_free - check.total
        words = t("Credit left after it") if left >= 0 else t("Above your free credit by")
        rows.append((words, language.money(abs(left)), "sum" if left >= 0 else "sum short"))
    rows.append((t("Dated"), language.day(check.dated), "sum"))
    place(
        tag("div", *(tag("div", tag("span", name), tag("b", value), cls=cls)
                     for name, value, cls in rows))
    )  # fmt: skip
    if check.stands_still:
        messages.note(t("These data end on that day; orders placed here carry it."))


def _confirm(desk: Desk) -> None:
    """Total and date once more; it is sent with the second button and not before."""

    def body() -> None:
        t, check, language = desk.ctx.t, desk.check, desk.ctx.language
        count = language.say(PRODUCTS, {"n": len(desk.draft.lines)})
        vendors = language.say(VENDORS, {"n": len(check.parts)})
        words = t(
            "{count} from {vendors} for {total}, dated {day}.",
            count=count, vendors=vendors, total=Money(check.total), day=check.dated,
        )  # fmt: skip
        note = str(st.session_state.get(NOTE) or "")[:LONGEST_NOTE].strip()
        with st.container(key="sr-confirm", gap="medium"):
            st.markdown(f"**{literal(words)}**")
            if note:
                st.markdown(literal(t("Your note: {note}", note=note)))
            if check.available:  # the stock of some vendor is known
                st.markdown(literal(t("Stock is set aside for you.")))
            st.markdown(literal(t("You can cancel while it is not confirmed.")))
            with st.container(horizontal=True, gap="small"):
                st.button(
                    t("Place order for {total}", total=literal(language.money(check.total))),
                    key="place-sure", type="primary", on_click=desk.place,
                    args=(note, desk.seen(), desk.draft.total),
                )  # fmt: skip
                st.button(t("Not yet"), key="place-not", on_click=desk.drawn_anew)

    st.dialog(desk.ctx.t("Place this order?"))(body)()
