"""Who can sign in: the number first, then each account, and the way to invite another."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.admin.accounts import adding, filters, lines, once
from pages.admin.accounts.filters import Wanted
from pages.admin.accounts.kept import state
from pages.components import header, messages
from pages.components.markup import place, tag
from pages.context import Context
from smartreco.language import Message
from smartreco.workspace.accounts.views import AccountState

SHOWN: Final = 25  # accounts of one page
COUNTED: Final = Message("{n} account", "{n} accounts", "n")
FOUND: Final = Message("{n} account fits", "{n} accounts fit", "n")
#: States worth a word at the top, and the words.
NAMED: Final = {
    AccountState.INVITED: Message("{n} invited", "{n} invited", "n"),
    AccountState.MUST_CHANGE: Message("{n} has to change the password",
                                      "{n} have to change the password", "n"),
    AccountState.LOCKED: Message("{n} locked just now", "{n} locked just now", "n"),
    AccountState.DISABLED: Message("{n} disabled", "{n} disabled", "n"),
}  # fmt: skip


def render(ctx: Context) -> None:
    """Draw the page."""
    with st.container(key="sr-accounts"):
        _answer(ctx)
        wanted = filters.draw(ctx)
        _list(ctx, wanted)
        adding.draw(ctx)


def _answer(ctx: Context) -> None:
    people, who = ctx.workspace.people, ctx.principal
    _, total = people.accounts(who, limit=1)
    counts = {kind: people.accounts(who, state=kind, limit=1)[1] for kind in NAMED}
    parts = [
        ctx.language.say(words, {"n": counts[kind]})
        for kind, words in NAMED.items() if counts[kind]
    ]  # fmt: skip
    header.page_header(
        ", ".join([ctx.language.say(COUNTED, {"n": total}), *parts]),
        ctx.t("Who can sign in, as what. Every change here is in the audit log and acts at once."),
    )


def _list(ctx: Context, wanted: Wanted) -> None:
    t, people = ctx.t, ctx.workspace.people
    key = f"accounts-page-{hash(wanted)}"
    asked = st.session_state.get(key, 1)
    at = asked if isinstance(asked, int) and asked > 0 else 1
    found, total = people.accounts(
        ctx.principal, wanted.search, wanted.role, wanted.state, SHOWN, (at - 1) * SHOWN
    )
    if not total:
        messages.empty_state(
            t("No account fits"), t("Take the filters back, or invite somebody below."), "user",
            key="accounts", action=t("Take the filters back"), on_click=filters.clear,
        )  # fmt: skip
        return
    if wanted != Wanted():
        place(tag("p", ctx.language.say(FOUND, {"n": total}), cls="small"))
    if state.link and not state.invited and state.opened not in {one.username for one in found}:
        once.draw(ctx)  # the filters hide the account that it is of
    lines.draw(ctx, found)
    if total > SHOWN:
        with st.container(key="sr-account-pages", horizontal_alignment="center"):
            st.pagination(-(-total // SHOWN), key=key)
