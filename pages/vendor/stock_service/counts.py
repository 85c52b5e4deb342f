"""A vendor's stock: typed, pasted or uploaded, looked through before it is taken, one undo."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import header, messages
from pages.components.cards import calm
from pages.components.markup import place, tag
from pages.vendor.stock_service.desk import SupplyDesk, state
from smartreco.language import Message
from smartreco.workspace.shelf.stock_views import CountLine, CountsPreview
from smartreco.workspace.vendor.desk_views import IMPORT_STOCK

TAKE = Message("Keep {n} count", "Keep {n} counts", "n")
COUNTED = Message("{n} count is kept", "{n} counts are kept", "n")
GONE = Message("{n} count is taken back", "{n} counts are taken back", "n")
BAD = Message("{n} line cannot be taken", "{n} lines cannot be taken", "n")
SHOWN = 12  # lines of a preview
MOST = 10_000_000  # pieces
LONGEST = 200_000  # characters


def draw(desk: SupplyDesk) -> None:
    """Ways to enter stock, and what becomes of it."""
    t = desk.ctx.t
    header.section(
        t("What lies in your warehouse"), "counts",
        t("Pieces that are there on {day}, with those that open orders will take: they are "
          "counted off by themselves.", day=desk.today),
    )  # fmt: skip
    if state.counted is not None:
        with st.container(key="sr-counted", horizontal=True, vertical_alignment="center"):
            place(tag("p", t("Your counts are kept."), cls="there", role="status"), "content")
            st.button(
                t("Take the last counts back"), key="counts-undo", type="tertiary",
                icon=":material/undo:", on_click=_uncount, args=(desk,),
            )  # fmt: skip
    typed, given = st.tabs([t("Type"), t("Paste or upload")], key="supply-way", on_change="rerun")
    if typed.open:
        with typed:
            _table(desk)
    if given.open:
        with given:
            _upload(desk)
    messages.note(f"{desk.ctx.language.say(IMPORT_STOCK, {})}.")


def _table(desk: SupplyDesk) -> None:
    t, rows = desk.ctx.t, desk.whole.rows
    if not rows:
        messages.note(t("You have no product on offer."))
        return
    frame = pd.DataFrame(
        {
            "id": [row.product_id for row in rows],
            "name": [calm(row.name) for row in rows],
            "pieces": pd.array([pd.NA] * len(rows), dtype="Int64"),
            "coming": pd.array([pd.NA] * len(rows), dtype="Int64"),
            "here": pd.array([row.on_hand for row in rows], dtype="Int64"),
            "day": [desk.counted_on(row) for row in rows],
        }
    )
    edited = st.data_editor(
        frame, key=f"supply-table-{state.table}", hide_index=True,
        height=min(36 * (len(rows) + 1) + 2, 440), disabled=["name", "here", "day"],
        column_order=["name", "pieces", "coming", "here", "day"], placeholder="",
        alt=t("Your products, with room for the pieces that are there now"),
        column_config={
            "name": st.column_config.TextColumn(t("Product"), width="medium"),
            "pieces": st.column_config.NumberColumn(
                t("Pieces now"), min_value=0, max_value=MOST, step=1, format="localized"
            ),
            "coming": st.column_config.NumberColumn(
                t("On the way to you"), min_value=0, max_value=MOST, step=1,
                format="localized", help=t("Ordered or being produced; taken only with a count."),
            ),
            "here": st.column_config.NumberColumn(t("Known so far"), format="localized"),
            "day": st.column_config.DateColumn(t("Last count"), format="D MMM YYYY"),
        },
    )  # fmt: skip
    _take(desk, _pieces(edited, "pieces"), "supply-keep-typed", _pieces(edited, "coming"))


def _pieces(edited: pd.DataFrame, column: str) -> dict[str, int]:
    """What was typed into a column, by product."""
    kept = edited[edited[column].notna()]
    return {str(one): int(n) for one, n in zip(kept["id"], kept[column], strict=True)}


def _upload(desk: SupplyDesk) -> None:
    t = desk.ctx.t
    text = st.text_area(
        t("Paste a list: product code, pieces"), key="supply-text", height=140,
        max_chars=LONGEST, placeholder="P0001, 240\nP0002, 60",
    )  # fmt: skip
    file = st.file_uploader(t("Or a file (CSV, TXT or XLSX)"), type=["csv", "txt", "xlsx"],
                            key="supply-file")  # fmt: skip
    st.download_button(
        t("Download a template with your products"), data=lambda: desk.template(),
        file_name="stock.csv", mime="text/csv", on_click="ignore", key="supply-template",
        icon=":material/download:", type="tertiary",
    )  # fmt: skip
    content: str | bytes = file.getvalue() if file is not None else str(text or "")
    if not content:
        return
    with messages.told(desk.ctx.language):
        _preview(desk, desk.read_counts(content, file.name if file else ""))


def _preview(desk: SupplyDesk, found: CountsPreview) -> None:
    t, language = desk.ctx.t, desk.ctx.language
    if found.bad:
        place(tag("p", language.say(BAD, {"n": len(found.bad)}), cls="warning", role="status"))
        items = [tag("li", _problem(desk, one)) for one in found.bad[:SHOWN]]
        place(tag("ul", *items, cls="problems"))
        if len(found.bad) > SHOWN:
            messages.note(t("and {n} more", n=len(found.bad) - SHOWN))
    if found.good:
        known = {row.product_id: row.on_hand for row in desk.whole.rows}
        rows = [(one.product.product_id, calm(one.product.name),
                 known.get(one.product.product_id), one.pieces)
                for one in found.good if one.product is not None]  # fmt: skip
        frame = pd.DataFrame(
            rows, columns=[t("Code"), t("Product"), t("Known so far"), t("Pieces now")]
        )
        st.dataframe(frame, hide_index=True, height="auto", key="supply-preview",
                     alt=t("What was understood"))  # fmt: skip
    _take(desk, found.counts, "supply-keep-given")


def _problem(desk: SupplyDesk, line: CountLine) -> str:
    why = desk.ctx.t(line.problem or "", **dict(line.values or {}))
    return desk.ctx.t("Line {row}: {why} ({text})", row=line.row, why=why, text=line.text[:60])


def _take(
    desk: SupplyDesk, counts: dict[str, int], key: str, coming: dict[str, int] | None = None
) -> None:
    st.button(
        desk.ctx.language.say(TAKE, {"n": len(counts)}) if counts else desk.ctx.t("Keep counts"),
        key=key, type="primary", icon=":material/check:", disabled=not counts,
        on_click=_count, args=(desk, counts, coming),
    )  # fmt: skip


def _count(desk: SupplyDesk, counts: dict[str, int], coming: dict[str, int] | None) -> None:
    with messages.told(desk.ctx.language):
        state.counted = desk.take_stock(counts, coming)
        state.table += 1  # an empty table again
        if "supply-text" in st.session_state:
            st.session_state["supply-text"] = ""
        messages.done(desk.ctx.language.say(COUNTED, {"n": len(counts)}))


def _uncount(desk: SupplyDesk) -> None:
    taken, state.counted = state.counted, None
    if taken is None:
        return
    with messages.told(desk.ctx.language):
        gone = desk.undo_stock(taken)
        messages.done(desk.ctx.language.say(GONE, {"n": gone}))
