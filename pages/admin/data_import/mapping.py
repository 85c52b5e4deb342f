"""The second step: which column of a file is which of ours, and the first rows."""

from __future__ import annotations

import streamlit as st

from pages.admin.data_import.upload import KINDS, state
from pages.components import messages
from pages.components.markup import literal, place, tag
from pages.context import Context
from smartreco.workspace.importing.reading import column_problem
from smartreco.workspace.importing.views import Looked, LookedFile

NONE = ""


def draw(ctx: Context, looked: Looked) -> tuple[dict[str, dict[str, str]], bool]:
    """The choice of columns by kind, and whether nothing is in its way."""
    with st.container(key="sr-import-columns", gap="small"):
        st.header(ctx.t("2. Columns"), anchor=False)
        chosen, fine = {}, looked.problem is None
        for file in looked.files:
            names, good = _file(ctx, file)
            chosen[file.kind] = names
            fine &= good
        if looked.problem is not None:
            st.error(literal(messages.refusal(looked.problem, ctx.language)))
    return chosen, fine


def _file(ctx: Context, file: LookedFile) -> tuple[dict[str, str], bool]:
    t = ctx.t
    with st.container(border=True, key=f"sr-import-file-{file.kind}"):
        st.subheader(literal(f"{t(KINDS[file.kind].split(' (')[0])}: {file.name}"), anchor=False)
        place(tag("p", _about(ctx, file), cls="small"))
        if not file.columns:
            if file.problem is not None:
                st.error(literal(messages.refusal(file.problem, ctx.language)))
            return {}, False
        names = _choose(ctx, file, file.required)
        optional = tuple(name for name in file.ours if name not in file.required)
        with st.expander(t("Further columns ({n} found)",
                           n=sum(name in file.mapping for name in optional))):  # fmt: skip
            names |= _choose(ctx, file, optional)
        problem = column_problem(file.kind, file.columns, names)
        if problem is not None:
            st.error(literal(messages.refusal(problem, ctx.language)))
        left = [name for name in file.columns if name not in names.values()]
        if left:
            place(tag("p", t("Not used: {names}", names=", ".join(left)), cls="small"))
        with st.expander(t("The first {n} rows as they came", n=len(file.preview))):
            st.dataframe(file.preview.astype("str").fillna(""), hide_index=True)
    return names, problem is None


def _about(ctx: Context, file: LookedFile) -> str:
    t = ctx.t
    words = [t("{n} rows", n=file.rows), t("{n} columns", n=len(file.columns))]
    if file.encoding:
        sign = {"\t": t("tab"), ",": t("comma"), ";": t("semicolon")}.get(
            file.delimiter, file.delimiter
        )
        words.append(t("{encoding}, cut by {sign}", encoding=file.encoding, sign=sign))
    if file.remembered:
        words.append(t("columns as an earlier import had them"))
    return " · ".join(words)


def _choose(ctx: Context, file: LookedFile, ours: tuple[str, ...]) -> dict[str, str]:
    """A select box for each of our columns."""
    chosen = {}
    columns = [NONE, *file.columns]
    for start in range(0, len(ours), 3):
        for place_of, name in zip(st.columns(3), ours[start : start + 3], strict=False):
            proposed = file.mapping.get(name, NONE)
            picked = place_of.selectbox(
                name + (" *" if name in file.required else ""), columns,
                index=columns.index(proposed) if proposed in columns else 0,
                key=f"import-column-{state.turn}-{file.kind}-{name}-{hash(file.columns)}",
                format_func=lambda one: one or ctx.t("(none)"),
            )  # fmt: skip
            if picked:
                chosen[name] = picked
    return chosen
