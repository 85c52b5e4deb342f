"""The third step: add or replace, a dry run, and only then the import."""

from __future__ import annotations

import streamlit as st

from pages.admin.data_import import accounts, running
from pages.admin.data_import.upload import begin_anew
from pages.admin.data_import.upload import state as uploads
from pages.components import messages
from pages.components.markup import literal
from pages.context import Context
from pages.state import Slot
from smartreco.workspace.importing.views import ColumnMapping, ImportOptions, JobKind

HOW = {"add": "Add to the data held", "replace": "Take the place of the data held"}


class DecidingState:
    """What is kept for a browser tab."""

    tried = Slot[object](None)  # what the dry run was asked
    job = Slot(0)


state = DecidingState()


def draw(ctx: Context, mapping: ColumnMapping) -> None:
    """Options, the dry run with its account, and the button that imports."""
    t = ctx.t
    with st.container(key="sr-import-decide", gap="small"):
        st.header(t("3. Dry run"), anchor=False)
        replace, options = _options(ctx)
        asked = (uploads.seen, {kind: dict(names) for kind, names in mapping.items()}, options,
                 replace)  # fmt: skip
        st.button(
            t("Try it without writing"), key="import-try", icon=":material/science:",
            type="secondary" if state.tried == asked else "primary", on_click=_try,
            args=(ctx, mapping, options, replace, asked),
        )  # fmt: skip
        # the fields above stay while it runs: what is not drawn is forgotten
        running.running(ctx, JobKind.DRY_RUN)
        if state.tried == asked and state.job:
            _tried(ctx, mapping, options, replace)


def _options(ctx: Context) -> tuple[bool, ImportOptions]:
    t, info = ctx.t, ctx.workspace.info()
    how = "replace"
    if info is not None:
        how = st.radio(
            t("What happens to the data held ({name})", name=literal(info.name)), list(HOW),
            key="import-how", format_func=lambda one: t(HOW[one]),
        )  # fmt: skip
    tolerant = st.checkbox(
        t("Set impossible values aside, however many there are"), key="import-tolerant",
        help=t("Otherwise a file with dates or prices that cannot be is refused as a whole."),
    )  # fmt: skip
    name = currency = None
    if how == "replace":
        with st.container(horizontal=True):
            name = st.text_input(t("Name of the new data set"), key="import-name", max_chars=80)
            currency = st.text_input(t("Currency, such as INR"), key="import-currency", max_chars=3)
    options = ImportOptions(name or None, (currency or "").upper() or None, tolerant=tolerant)
    return how == "replace" and info is not None, options


def _tried(
    ctx: Context, mapping: ColumnMapping, options: ImportOptions, replace: bool
) -> None:  # fmt: skip
    """The account of the dry run, then the import."""
    t = ctx.t
    job = ctx.workspace.imports.state(ctx.principal, state.job)
    if job is None or job.running:
        return
    if job.error is not None:
        st.error(literal(messages.refusal(job.error, ctx.language)))
        return
    if job.accounting is None:
        return
    accounts.draw(ctx, job.accounting)
    st.header(t("4. Import"), anchor=False)
    confirm = None
    if replace:
        info = ctx.workspace.info()
        held = "" if info is None else info.name
        st.warning(t("All orders, products and shops of {name} go.", name=literal(held)))
        if any(
            one.username == ctx.principal.username for one in ctx.workspace.people.demo_accounts()
        ):
            st.warning(
                t("The demo accounts go too, and yours is one of them. Add an account of your own "
                  "on the page Accounts first.")
            )  # fmt: skip
        confirm = st.text_input(
            t("Type {name} to confirm", name=literal(held)), key="import-confirm"
        )
    st.button(
        t("Import"), key="import-begin", type="primary", icon=":material/upload:",
        on_click=_begin, args=(ctx, mapping, options, replace, confirm),
    )  # fmt: skip


def _try(
    ctx: Context, mapping: ColumnMapping, options: ImportOptions, replace: bool, asked: object
) -> None:
    with messages.told(ctx.language):
        state.job = ctx.workspace.imports.begin_dry_run(
            ctx.principal, uploads.files, mapping, options, replace=replace
        )
        state.tried = asked


def _begin(
    ctx: Context, mapping: ColumnMapping, options: ImportOptions, replace: bool,
    confirm: str | None,
) -> None:  # fmt: skip
    with messages.told(ctx.language):
        ctx.workspace.imports.begin(
            ctx.principal, uploads.files, mapping, options, replace=replace, confirm=confirm
        )
        begin_anew()
        state.tried = None
