"""Counts of the shelf: typed, pasted or uploaded, with every problem named and one undo."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.components import header, messages
from pages.components.markup import place, tag
from pages.retailer.stock.desk import StockDesk, name, state
from smartreco.language import Message
from smartreco.workspace.shelf.counting import MOST_PIECES
from smartreco.workspace.shelf.stock_views import CountLine, CountsPreview

TAKE = Message("Keep {n} count", "Keep {n} counts", "n")
BAD = Message("{n} line cannot be taken", "{n} lines cannot be taken", "n")
SHOWN = 12  # lines of a preview
TALLEST = 420  # pixels of the table


def draw(desk: StockDesk) -> None:
    """The section: a table to type into, a place to paste or upload, a template."""
    t = desk.ctx.t
    header.section(
        t("Count your shelf"),
        "counts",
        t("What you enter is taken as counted today; it is carried on by what you use and order."),
    )
    if state.counted:
        with st.container(key="sr-counted", horizontal=True, vertical_alignment="center"):
            place(tag("p", t("Your counts are kept."), cls="there"), "content")
            st.button(
                t("Take the last counts back"), key="counts-undo", type="tertiary",
                icon=":material/undo:", on_click=desk.uncount,
            )  # fmt: skip
    if not desk.known:
        with st.container(key="sr-counts", gap="small"):
            _ways(desk)
        return
    opened = st.expander(
        t("Enter or upload counts"), icon=":material/edit_note:", key="counts-open",
        on_change="rerun",
    )  # fmt: skip
    if opened.open:  # a table costs as much as half the page
        with opened:
            _ways(desk)


def _ways(desk: StockDesk) -> None:
    typed, given = st.tabs(
        [desk.ctx.t("Type"), desk.ctx.t("Paste or upload")], key="counts-way", on_change="rerun"
    )
    if typed.open:
        with typed:
            _table(desk)
    if given.open:
        with given:
            _upload(desk)


def _table(desk: StockDesk) -> None:
    t, rows = desk.ctx.t, desk.view.rows
    if not rows:
        messages.note(t("Nothing is ordered regularly yet: paste or upload what you hold."))
        return
    frame = pd.DataFrame(
        {
            "id": [row.product.product_id for row in rows],
            "name": [name(row) for row in rows],
            "last": [None if row.counted is None else row.counted for row in rows],
            "pieces": pd.array([pd.NA] * len(rows), dtype="Float64"),
        }
    )
    edited = st.data_editor(
        frame, key=f"counts-table-{state.chart}", hide_index=True, height="auto",
        disabled=["name", "last"], column_order=["name", "pieces", "last"],
        placeholder="",
        column_config={
            "name": st.column_config.TextColumn(t("Product"), width="medium"),
            "last": st.column_config.NumberColumn(t("Last count"), format="%d"),
            # no bounds: the browser would drop the sign of -3 and keep 3
            "pieces": st.column_config.NumberColumn(t("Pieces now"), format="%g"),
        },
    )  # fmt: skip
    kept = edited[edited["pieces"].notna()]
    typed = list(zip(kept["id"].astype(str), kept["name"], kept["pieces"], strict=True))
    refused = [why for _, name_, n in typed if (why := _refused(desk, name_, float(n)))]
    _bad(desk, refused)
    counts = {one: int(n) for one, name_, n in typed if not _refused(desk, name_, float(n))}
    _take(desk, counts, "counts-keep-typed")


def _refused(desk: StockDesk, product: str, pieces: float) -> str:
    """Why so many pieces cannot be counted; "" where they can."""
    t, n = desk.ctx.t, f"{pieces:g}"
    if pieces < 0:
        return t("{product}: a count cannot be below 0, {n} is not kept", product=product, n=n)
    if not pieces.is_integer():
        return t("{product}: counts are in whole pieces, {n} is not kept", product=product, n=n)
    if pieces > MOST_PIECES:
        return t("{product}: a count is at most {most}", product=product, most=MOST_PIECES)
    return ""


def _bad(desk: StockDesk, why: Sequence[str]) -> None:
    if why:
        place(tag("p", desk.ctx.language.say(BAD, {"n": len(why)}), cls="warning"))
        place(tag("ul", *(tag("li", one) for one in why[:SHOWN]), cls="problems"))


def _upload(desk: StockDesk) -> None:
    t = desk.ctx.t
    text = st.text_area(
        t("Paste a list: product code, pieces"), key="counts-text", height=140, max_chars=200_000,
        placeholder="P0001, 24\nP0002, 6",
    )  # fmt: skip
    file = st.file_uploader(t("Or a CSV file"), type=["csv", "txt"], key="counts-file")
    st.download_button(
        t("Download a template with your products"), data=lambda: _template(desk),
        file_name="counts.csv", mime="text/csv", on_click="ignore", key="counts-template",
        icon=":material/download:", type="tertiary",
    )  # fmt: skip
    content: str | bytes = file.getvalue() if file is not None else text
    if not content:
        return
    with messages.told(desk.ctx.language):
        found = desk.ctx.workspace.stock.read_counts(
            desk.ctx.principal, desk.retailer_id, content, file.name if file else ""
        )
        _preview(desk, found)


def _preview(desk: StockDesk, found: CountsPreview) -> None:
    t = desk.ctx.t
    _bad(desk, [_problem(desk, one) for one in found.bad])
    if found.good:
        rows = [(one.product.product_id, one.product.name, one.pieces)
                for one in found.good if one.product is not None]  # fmt: skip
        frame = pd.DataFrame(rows, columns=[t("Code"), t("Product"), t("Pieces")])
        st.dataframe(frame, hide_index=True, height="auto", key="counts-preview")
    _take(desk, found.counts, "counts-keep-given")


def _problem(desk: StockDesk, line: CountLine) -> str:
    why = desk.ctx.t(line.problem or "", **dict(line.values or {}))
    return desk.ctx.t("Line {row}: {why} ({text})", row=line.row, why=why, text=line.text[:60])


def _take(desk: StockDesk, counts: dict[str, int], key: str) -> None:
    st.button(
        desk.ctx.language.say(TAKE, {"n": len(counts)}) if counts else desk.ctx.t("Keep counts"),
        key=key, type="primary",
        icon=":material/check:", disabled=not counts, on_click=_kept, args=(desk, counts),
    )  # fmt: skip


def _kept(desk: StockDesk, counts: dict[str, int]) -> None:
    desk.count(counts)
    state.chart += 1  # an empty table again


def _template(desk: StockDesk) -> bytes:
    return desk.ctx.workspace.stock.template(desk.ctx.principal, desk.retailer_id)
