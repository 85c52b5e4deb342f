"""Which accounts are wanted: words, role and state, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import streamlit as st

from pages import address
from pages.account import roles
from pages.context import Context
from smartreco.entities import Role
from smartreco.workspace.accounts.views import AccountState

ALL: Final = "all"
STATES: Final[Mapping[AccountState, str]] = {
    AccountState.OPEN: "Can sign in",
    AccountState.INVITED: "Invited, no password yet",
    AccountState.MUST_CHANGE: "Has to change the password",
    AccountState.LOCKED: "Locked just now",
    AccountState.DISABLED: "Disabled",
}
LONGEST: Final = 100  # signs of a search


class Wanted(NamedTuple):
    """What the filters say."""

    search: str = ""
    role: Role | None = None
    state: AccountState | None = None


def draw(ctx: Context) -> Wanted:
    """The row of filters; answer what is chosen now."""
    t = ctx.t
    with st.container(key="sr-account-filters", horizontal=True, vertical_alignment="bottom",
                      gap="small"):  # fmt: skip
        st.session_state["accounts-search"] = said = "".join(address.values("search")[-1:])[
            :LONGEST
        ]
        st.text_input(
            t("Search"), key="accounts-search", type="search", max_chars=LONGEST,
            placeholder=t("Name, username or id"), icon=":material/search:", on_change=_take,
        )  # fmt: skip
        role = address.select(
            t("Role"), "role", [ALL, *Role],
            lambda one: t("All roles") if one == ALL else t(roles.ONE[Role(one)]),
        )  # fmt: skip
        kind = address.select(
            t("State"), "state", [ALL, *STATES],
            lambda one: t("Any state") if one == ALL else t(STATES[AccountState(one)]),
        )  # fmt: skip
    return Wanted(
        said.strip(),
        None if role == ALL else Role(role),
        None if kind == ALL else AccountState(kind),
    )


def clear() -> None:
    """Take every filter back; for a button's ``on_click``."""
    address.put({"search": [], "role": [], "state": []})


def _take() -> None:
    said = str(st.session_state.get("accounts-search") or "").strip()
    address.put({"search": [said] if said else []})
