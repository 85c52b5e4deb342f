"""What this store holds, how its last rows came in, and which model answers, for an admin."""

from __future__ import annotations

import streamlit as st

from pages.components.markup import literal
from pages.context import Context
from smartreco.entities import DatasetInfo, Provenance
from smartreco.store.import_batches import ImportBatch
from smartreco.store.models import ModelRow

SOURCE = {
    Provenance.DEMO: "Made by the program, to look around",
    Provenance.SAMPLE: "A real sample that comes with the program",
    Provenance.IMPORTED: "Imported",
}


def render(ctx: Context) -> None:
    """Draw the system page."""
    overview = ctx.workspace.system.overview(ctx.principal)
    st.title(ctx.t("System"), anchor=False)
    if overview.info is None:
        st.info(ctx.t("There are no data yet."))
    else:
        _data(ctx, overview.info)
    if overview.last_import is not None:
        _import(ctx, overview.last_import)
    if overview.model is not None:
        _model(ctx, overview.model)
    megabytes = overview.size / 1e6
    st.header(ctx.t("Program"), anchor=False)
    st.write(
        ctx.t("Version {version}; the store's file holds {size} MB.",
              version=overview.version, size=ctx.language.number(megabytes, 1))
    )  # fmt: skip


def _data(ctx: Context, info: DatasetInfo) -> None:
    st.header(ctx.t("Data set"), anchor=False)
    st.write(f"**{literal(info.name)}** · {ctx.t(SOURCE[info.provenance])}")
    if info.credit:
        st.write(literal(info.credit))
    _figures(
        ctx,
        {
            ctx.t("Retailers"): info.retailers,
            ctx.t("Products"): info.products,
            ctx.t("Order lines"): info.lines,
        },
    )


def _import(ctx: Context, batch: ImportBatch) -> None:
    st.header(ctx.t("Last import"), anchor=False)
    st.write(
        ctx.t("{moment} UTC, by {who}: {files}", moment=batch.imported_at,
              who=literal(batch.username), files=literal(batch.files))
    )  # fmt: skip
    _figures(
        ctx,
        {
            ctx.t("Rows read"): batch.read,
            ctx.t("Kept as they came"): batch.kept,
            ctx.t("Fixed"): batch.fixed,
            ctx.t("Set aside"): batch.quarantined,
        },
    )
    _figures(
        ctx,
        {
            ctx.t("Order lines added"): batch.lines_added,
            ctx.t("Replaced"): batch.lines_replaced,
            ctx.t("Known already"): batch.lines_unchanged,
        },
    )


def _model(ctx: Context, model: ModelRow) -> None:
    st.header(ctx.t("Model"), anchor=False)
    st.write(
        ctx.t("Version {version}, fitted {moment} UTC in {seconds} s.", version=model.version,
              moment=model.fitted_at, seconds=ctx.language.number(model.seconds, 1))
    )  # fmt: skip


def _figures(ctx: Context, figures: dict[str, int]) -> None:
    with st.container(horizontal=True, gap="large"):
        for label, count in figures.items():
            st.metric(label, ctx.language.number(count), width="content")
