"""What can be done with one account; what shuts somebody out is asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from pages.account import roles
from pages.admin.accounts import binding
from pages.admin.accounts.kept import state
from pages.components import messages
from pages.components.markup import literal
from pages.context import Context
from smartreco.entities import Role
from smartreco.workspace.accounts.bindings import BOUND
from smartreco.workspace.accounts.views import AccountView

ASKED: Final = {
    "disable": ("Disable this account?", "Disable",
                "{who} is signed out at once everywhere and cannot sign in again until the "
                "account is enabled. What was done stays in the audit log."),
    "reset": ("Make a new link?", "Make the link",
              "The password of {who} and all sessions end now. You get a link by which a new "
              "password is chosen."),
    "end": ("End all sessions?", "End them",
            "{who} is signed out in every browser, and can sign in again."),
}  # fmt: skip


def draw(ctx: Context, one: AccountView) -> None:
    """The buttons, and the form of what the account is."""
    t, own = ctx.t, one.username == ctx.principal.username
    with st.container(key="sr-account-acts", horizontal=True, gap="small"):
        if one.locked_until is not None:
            _button(t("Unlock"), "unlock", one, ":material/lock_open:", _unlock, (ctx, one))
        if one.disabled:
            _button(t("Enable"), "enable", one, ":material/person_check:", _enable, (ctx, one))
        if not (one.disabled or own or one.demo):
            _button(t("New one-time link"), "reset", one, ":material/link:", _ask,
                    (ctx, one, "reset", _reset))  # fmt: skip
        if one.sessions and not own:
            _button(t("End sessions"), "end", one, ":material/logout:", _ask,
                    (ctx, one, "end", _end))  # fmt: skip
        if not (one.disabled or own):
            _button(t("Disable"), "disable", one, ":material/person_off:", _ask,
                    (ctx, one, "disable", _disable))  # fmt: skip
    if own:
        messages.note(t("This is your own account: its password and sessions are on the page "
                        "“Your account”, and another administrator can disable it."))  # fmt: skip
    if one.demo:
        messages.note(t("A demo account stays as it is: it goes when data of your own come."))
    else:
        _form(ctx, one)


def _button(
    label: str, act: str, one: AccountView, icon: str, call: Callable[..., None],
    args: tuple[object, ...],
) -> None:  # fmt: skip
    st.button(f"{label} *{literal(one.username)}*", key=f"account-{act}", icon=icon,
              on_click=call, args=args)  # fmt: skip


def _form(ctx: Context, one: AccountView) -> None:
    t, key = ctx.t, one.username
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        name = st.text_input(t("Name"), one.name, key=f"name-{key}", max_chars=100)
        role = st.selectbox(
            t("Role"), list(Role), index=list(Role).index(one.role), key=f"role-{key}",
            format_func=lambda each: t(roles.ONE[each]),
        )  # fmt: skip
    present = one.retailer_id if role is Role.RETAILER else one.vendor_id
    bound = binding.pick(ctx, role, f"change-{key}", present)
    changed = (name or "").strip() != one.name or role is not one.role or bound != present
    ready = changed and (role not in BOUND or bound is not None) and bool((name or "").strip())
    st.button(t("Keep the change"), key="account-change", disabled=not ready,
              icon=":material/check:", on_click=_change,
              args=(ctx, one, str(name or "").strip(), role, bound))  # fmt: skip


def _ask(
    ctx: Context, one: AccountView, act: str, call: Callable[[Context, AccountView], None]
) -> None:
    title, sure, words = ASKED[act]

    def body() -> None:
        with st.container(key="sr-confirm", gap="medium"):
            st.markdown(literal(ctx.t(words, who=one.username)))
            with st.container(horizontal=True, gap="small"):
                st.button(ctx.t(sure), key="account-sure", type="primary", on_click=call,
                          args=(ctx, one))  # fmt: skip
                st.button(ctx.t("Leave it"), key="account-not", on_click=st.rerun)

    st.dialog(ctx.t(title))(body)()


def _change(ctx: Context, one: AccountView, name: str, role: Role, bound: str | None) -> None:
    with messages.told(ctx.language):
        ctx.workspace.people.change_account(
            ctx.principal, one.username, name=name, role=role,
            retailer_id=bound if role is Role.RETAILER else None,
            vendor_id=bound if role is Role.VENDOR else None,
        )  # fmt: skip
        messages.done(ctx.t("{who} is changed, from the next click on", who=one.username))


def _reset(ctx: Context, one: AccountView) -> None:
    with messages.told(ctx.language):
        state.link = ctx.workspace.people.reset_account(ctx.principal, one.username)
        state.invited, state.opened = False, one.username
    st.rerun()


def _disable(ctx: Context, one: AccountView) -> None:
    with messages.told(ctx.language):
        ctx.workspace.people.disable_account(ctx.principal, one.username)
        messages.done(ctx.t("{who} is disabled", who=one.username))
    st.rerun()


def _end(ctx: Context, one: AccountView) -> None:
    with messages.told(ctx.language):
        ended = ctx.workspace.people.end_sessions_of(ctx.principal, one.username)
        messages.done(ctx.t("{n} sessions of {who} have ended", n=ended, who=one.username))
    st.rerun()


def _enable(ctx: Context, one: AccountView) -> None:
    with messages.told(ctx.language):
        ctx.workspace.people.enable_account(ctx.principal, one.username)
        messages.done(ctx.t("{who} can sign in again", who=one.username))


def _unlock(ctx: Context, one: AccountView) -> None:
    with messages.told(ctx.language):
        ctx.workspace.people.unlock_account(ctx.principal, one.username)
        messages.done(ctx.t("{who} can try again", who=one.username))
