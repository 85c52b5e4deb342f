"""Demo data: how large, how long it takes, and whether what is held may go."""

from __future__ import annotations

import streamlit as st

from pages.admin.data_import import running
from pages.components import messages
from pages.components.header import page_header
from pages.components.markup import literal, place, tag
from pages.context import Context
from smartreco.dataset.world.settings import SyntheticSettings
from smartreco.workspace.importing.expecting import expected_lines, expected_seconds
from smartreco.workspace.importing.views import JobKind

USUAL = SyntheticSettings()


def render(ctx: Context) -> None:
    """Draw the page."""
    t, info = ctx.t, ctx.workspace.info()
    with st.container(key="sr-demo-data", gap="medium"):
        page_header(
            t("Demo data"),
            t("No data yet") if info is None else t("Held now: {name}", name=info.name),
        )
        place(tag("p", t("Made-up orders with a known truth, to look around and to grade forecasts "
                         "by. They go through the cleaning like any import.")))  # fmt: skip
        if not running.running(ctx, *JobKind):
            running.result(ctx, JobKind.DEMO)
            _form(ctx)


def _form(ctx: Context) -> None:
    t = ctx.t
    left, right = st.columns(2)
    shops = left.number_input(t("Shops"), 10, 3000, USUAL.retailers, 10, key="demo-shops")
    products = right.number_input(t("Products"), 10, 6000, USUAL.products, 10, key="demo-products")
    months = left.number_input(t("Months"), 3, 72, USUAL.months, 1, key="demo-months")
    seed = right.number_input(
        t("Seed"), 0, 2**31 - 1, USUAL.seed, 1, key="demo-seed",
        help=t("The same seed and sizes make the same data."),
    )  # fmt: skip
    settings = SyntheticSettings(
        retailers=int(shops), products=int(products), months=int(months), seed=int(seed),
        vendors=max(2, round(int(products) / 25)),
    )  # fmt: skip
    lines, seconds = expected_lines(settings), expected_seconds(settings)
    place(
        tag("p", t("About {lines} order lines; making and fitting them takes about {seconds} s.",
                   lines=lines, seconds=seconds))
    )  # fmt: skip
    info, confirm = ctx.workspace.info(), None
    if info is not None:
        st.warning(t("All orders, products and shops of {name} go.", name=literal(info.name)))
        confirm = st.text_input(
            t("Type {name} to confirm", name=literal(info.name)), key="demo-confirm"
        )
    st.button(
        t("Make demo data"), key="demo-make", type="primary", icon=":material/auto_awesome:",
        on_click=_make, args=(ctx, settings, confirm),
    )  # fmt: skip


def _make(ctx: Context, settings: SyntheticSettings, confirm: str | None) -> None:
    with messages.told(ctx.language):
        ctx.workspace.imports.make_demo(ctx.principal, settings, confirm=confirm)
