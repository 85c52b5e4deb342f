"""Accounts one below the other: who, as what, bound to whom, and in what state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.account import roles
from pages.admin.accounts import acts, once
from pages.admin.accounts.kept import state
from pages.components.markup import Html, literal, place, tag
from pages.context import Context
from smartreco.entities import Role
from smartreco.language import Message
from smartreco.store.bindable import Bindable
from smartreco.workspace.accounts.views import AccountView

SESSIONS = Message("in {n} browser now", "in {n} browsers now", "n")
Names = Mapping[str, Bindable]


def draw(ctx: Context, accounts: Sequence[AccountView]) -> None:
    """A line each; the opened one with what can be done."""
    names = {role: _names(ctx, accounts, role) for role in (Role.RETAILER, Role.VENDOR)}
    with st.container(key="sr-lines", gap=None):
        for one in accounts:
            _line(ctx, one, names.get(one.role, {}))


def _names(ctx: Context, accounts: Sequence[AccountView], role: Role) -> Names:
    ids = {one.retailer_id if role is Role.RETAILER else one.vendor_id
           for one in accounts if one.role is role} - {None}  # fmt: skip
    found = [one for one in ids if one is not None]
    return ctx.workspace.people.bound_to(ctx.principal, role, found) if found else {}


def _line(ctx: Context, one: AccountView, names: Names) -> None:
    t = ctx.t
    with st.container(key=f"sr-line-account-{_key(one.username)}", horizontal=True,
                      vertical_alignment="center"):  # fmt: skip
        place(tag(
            "article", tag("h3", one.name, " ", *_chips(ctx, one)),
            tag("p", " · ".join(_what(ctx, one, names)), cls="small does"),
            tag("p", " · ".join(_when(ctx, one)), cls="small"), cls="rule",
        ))  # fmt: skip
        is_open = state.opened == one.username
        st.button(
            f"{t('Close') if is_open else t('Open')} *{literal(one.username)}*",
            key=f"open-account-{one.username}", on_click=_toggle, args=(one.username,),
        )  # fmt: skip
    if is_open:
        with st.container(key="sr-opened", gap="small"):
            if state.link is not None and not state.invited:
                once.draw(ctx)
            acts.draw(ctx, one)


def _chips(ctx: Context, one: AccountView) -> list[Html]:
    t, chips = ctx.t, []
    if one.disabled:
        chips.append(tag("span", t("disabled"), cls="chip"))
    elif one.invited:
        chips.append(tag("span", t("invited"), cls="chip cool"))
    elif one.must_change:
        chips.append(tag("span", t("has to change the password"), cls="chip warm"))
    if one.locked_until is not None:
        until = f"{one.locked_until:%H:%M}"
        chips.append(tag("span", t("locked until {time} UTC", time=until), cls="chip warm"))
    if one.demo:
        chips.append(tag("span", t("demo"), cls="chip"))
    if one.username == ctx.principal.username:
        chips.append(tag("span", t("you"), cls="chip good"))
    return chips


def _what(ctx: Context, one: AccountView, names: Names) -> list[str]:
    bound = one.retailer_id or one.vendor_id
    held = names.get(bound or "")
    said = [one.username, ctx.t(roles.ONE[one.role])]
    if bound is not None:
        said.append(f"{held.name}" + (f", {held.place}" if held.place else "") if held
                    else ctx.t("{id}, which the data do not hold", id=bound))  # fmt: skip
    return said


def _when(ctx: Context, one: AccountView) -> list[str]:
    t, said = ctx.t, []
    if one.sessions:
        said.append(ctx.language.say(SESSIONS, {"n": one.sessions}))
    if one.last_signed_in_at is not None:
        said.append(t("last signed in {moment} UTC", moment=one.last_signed_in_at))
    else:
        said.append(t("has not signed in yet"))
    return [*said, t("added {day}", day=one.created_at.date())]


def _key(username: str) -> str:
    """A username as the name of a class: letters, digits and lines."""
    return "".join(sign if sign.isalnum() else "-" for sign in username)


def _toggle(username: str) -> None:
    state.opened = None if state.opened == username else username
    state.link = None  # who turns to another account has taken it
