"""What can be done with a question that is open: save it, share it, take it away as a file."""

from __future__ import annotations

from functools import partial
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from pages import address
from pages.components import messages
from pages.components.download import as_csv
from pages.components.markup import place, tag
from pages.product_manager.what_if.desk import NOWHERE, SAVED, WhatIfDesk
from smartreco.scenario.outcome import Outcome

FILES: tuple[tuple[Literal["pdf", "html"], str, str, str], ...] = (
    ("pdf", "PDF", ":material/picture_as_pdf:", "application/pdf"),
    ("html", "Page to print", ":material/print:", "text/html"),
)
NAME, NOTE = "what-if-name", "what-if-note"


def draw(desk: WhatIfDesk, outcome: Outcome | None) -> None:
    """One row of acts."""
    t = desk.ctx.t
    with st.container(key="sr-whatif-acts", horizontal=True, gap="small",
                      vertical_alignment="center"):  # fmt: skip
        st.button(t("All questions"), key="what-if-back", type="tertiary",
                  icon=":material/arrow_back:", on_click=address.put, args=(NOWHERE,))  # fmt: skip
        if outcome is not None and outcome.scenario.levers:
            _save(desk)
            _share(desk)
            _take_away(desk, outcome)


def _save(desk: WhatIfDesk) -> None:
    t, kept = desk.ctx.t, desk.saved
    changed = kept is None or desk.touched
    if kept is not None and kept.mine and changed:
        st.button(t("Save the change"), key="what-if-save", type="primary",
                  icon=":material/save:", on_click=desk.keep,
                  args=(kept.name, kept.note, kept.scenario_id))  # fmt: skip
    words = t("Save") if kept is None else t("Save as a new one")
    opened = st.popover(words, key="what-if-save-as", icon=":material/save:", on_change="rerun",
                        type="primary" if kept is None else "secondary")  # fmt: skip
    if not opened.open:
        return
    with opened, st.container(key="sr-why-save", gap="small", width=320):
        st.text_input(t("Name"), value=desk.suggested_name, key=NAME,
                      max_chars=120)  # fmt: skip
        st.text_input(t("Note (optional)"), key=NOTE, max_chars=200,
                      placeholder=t("For whoever reads it later"))  # fmt: skip
        st.button(t("Save it"), key="what-if-save-it", type="primary", on_click=_kept,
                  args=(desk,))  # fmt: skip


def _kept(desk: WhatIfDesk) -> None:
    name, note = (str(st.session_state.get(key) or "") for key in (NAME, NOTE))
    desk.keep(name, note, None)


def _share(desk: WhatIfDesk) -> None:
    t, kept = desk.ctx.t, desk.saved
    opened = st.popover(t("Share"), key="what-if-share", icon=":material/link:",
                        on_change="rerun")  # fmt: skip
    if not opened.open:
        return
    with opened, st.container(key="sr-why-share", gap="small", width=340):
        if kept is None:
            messages.note(t("Save it first: the link leads to what is saved."))
            return
        if desk.touched:
            messages.note(t("What you changed is not saved yet and is not behind this link."))
        place(tag("p", t("Opens the same for every product manager and analyst:")))
        st.code(link(kept.scenario_id), language=None, wrap_lines=True)


def link(number: int) -> str:
    """The address of a saved question, as this reader's browser would write it."""
    here = st.context.url
    parts = urlsplit(here) if isinstance(here, str) else urlsplit("/what-if")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, f"{SAVED}={number}", ""))


def _take_away(desk: WhatIfDesk, outcome: Outcome) -> None:
    t = desk.ctx.t
    opened = st.popover(t("Report"), key="what-if-report", icon=":material/download:",
                        on_change="rerun")  # fmt: skip
    if not opened.open:
        return
    name = file_name(outcome.scenario.name)
    with opened, st.container(key="sr-why-report", gap="small", width=320):
        messages.note(t("One page: what is moved, what comes of it, what is assumed."))
        with st.container(horizontal=True, gap="small"):
            for kind, label, icon, mime in FILES:
                st.download_button(
                    t(label), partial(_report, desk, outcome, kind), f"{name}.{kind}", mime,
                    icon=icon, key=f"report-{kind}", on_click="ignore",
                )  # fmt: skip
            st.download_button(
                t("Table as CSV"), lambda: as_csv(outcome.table()), f"{name}.csv", "text/csv",
                icon=":material/table:", key="report-csv", on_click="ignore",
            )  # fmt: skip


def _report(desk: WhatIfDesk, outcome: Outcome, kind: Literal["pdf", "html"]) -> bytes:
    return desk.scenarios.report(
        desk.ctx.principal, outcome.scenario, kind, desk.ctx.language, desk.preset
    )


def file_name(name: str) -> str:
    """A name that every system takes for a file's.

    >>> file_name("−10% on prices of Tea / Coffee")
    'what-if-10-on-prices-of-tea-coffee'
    """
    plain = "".join(sign if sign.isalnum() else " " for sign in name.lower())
    return "-".join(["what-if", *plain.split()])[:80]
