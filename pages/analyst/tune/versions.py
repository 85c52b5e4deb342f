"""Every version there ever was, what each changed, and the way back to any of them."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.analyst.tune import differences, evidence, history, wording
from pages.analyst.tune.desk import VIEW, TuneDesk, go, state
from pages.components import header, messages
from pages.components.markup import literal, place, tag
from smartreco.errors import SmartRecoError
from smartreco.language import Message
from smartreco.workspace.blend.views import BlendVersion

SHOWN: Final = 10
KEPT: Final = Message("{n} version is kept", "{n} versions are kept", "n")


def draw(desk: TuneDesk, head: DeltaGenerator) -> None:
    """What holds, the way back, the list, and the course of it all."""
    ctx, t = desk.ctx, desk.ctx.t
    log = desk.blends.publications(ctx.principal)
    with head:
        header.page_header(
            t("Version {n} decides what shops see", n=desk.current.version), t("Versions"),
            t("A version is never changed or removed: going back puts it in force as it was."),
        )  # fmt: skip
        place(tag("p", ctx.language.say(KEPT, {"n": len(desk.versions)}), ". ",
                  t("In force since {when} UTC.",
                    when=desk.current.published_at or desk.current.made_at)))  # fmt: skip
        _back(desk, log[0].replaced if log else None)
    whole = bool(st.session_state.get("versions-all"))
    with st.container(key="sr-lines", gap=None):
        for one in desk.versions if whole else desk.versions[:SHOWN]:
            _line(desk, one)
    if len(desk.versions) > SHOWN:
        st.toggle(t("Show all {n}", n=len(desk.versions)), key="versions-all")
    history.draw(desk, log)


def _back(desk: TuneDesk, version: int | None) -> None:
    """The last step taken back: one click, its reason there to be changed."""
    known = {one.version: one for one in desk.versions}
    if version not in known or version == desk.current.version or not known[version].whole:
        return
    with st.container(key="sr-tune-back", horizontal=True, gap="small",
                      vertical_alignment="bottom"):  # fmt: skip
        _reason_and_go(desk, version, "back")


def _reason_and_go(desk: TuneDesk, version: int, where: str) -> None:
    t, key = desk.ctx.t, f"reason-{where}-{version}-{desk.current.version}"
    usual = t("Back from version {now} to version {then}", now=desk.current.version, then=version)
    st.text_input(t("Why"), value=usual, key=key, max_chars=500)
    if st.button(t("Roll back to version {n}", n=version), key=f"roll-{where}-{version}",
                 icon=":material/history:"):  # fmt: skip
        _roll_back(desk, version, key)


def _roll_back(desk: TuneDesk, version: int, key: str) -> None:
    ctx = desk.ctx
    try:
        with st.spinner(ctx.t("Putting version {n} in force", n=version)):
            desk.blends.roll_back(ctx.principal, version, str(st.session_state.get(key) or ""))
    except SmartRecoError as error:
        place(tag("p", messages.refusal(error, ctx.language), cls="warning", role="alert"))
        return
    desk.settle()
    messages.done(ctx.t("Version {n} decides every shop's lists again", n=version))
    st.rerun()


def _line(desk: TuneDesk, one: BlendVersion) -> None:
    ctx, t, number = desk.ctx, desk.ctx.t, one.version
    name = t("version {n}", n=number)
    chips = [tag("span", t("in force"), cls="chip good")] if one.in_force else []
    if not one.whole:
        chips = [tag("span", t("altered"), cls="chip warm")]
    elif one.published_at is None:
        chips.append(tag("span", t("never published"), cls="chip"))
    about = [t(wording.ORIGINS[one.origin]), one.author, ctx.language.moment(one.made_at)]
    with st.container(key=f"sr-line-version-{number}", horizontal=True,
                      vertical_alignment="center"):  # fmt: skip
        place(tag(
            "article", tag("h3", t("Version {n}", n=number), " ", *chips),
            tag("p", one.reason, cls="small does"), tag("p", " · ".join(about), cls="small"),
            *(tag("p", said, cls="small") for said in evidence.in_words(ctx, one.metrics)),
            None if one.whole else tag("p", t("The stored version was altered: it is not served."),
                                       cls="small warning", role="alert"), cls="rule",
        ))  # fmt: skip
        is_open = state.opened == number
        st.button(
            f"{t('Close') if is_open else t('Open')} *{literal(name)}*",
            key=f"open-version-{number}", on_click=_toggle, args=(number,),
        )  # fmt: skip
    if is_open:
        with st.container(key="sr-opened", gap="small"):
            _opened(desk, one)


def _opened(desk: TuneDesk, one: BlendVersion) -> None:
    """What it changed, and what can be done with it."""
    _changes(desk, one)
    if not one.whole:
        return
    with st.container(key="sr-tune-again", horizontal=True, gap="small",
                      vertical_alignment="bottom"):  # fmt: skip
        if not one.in_force:
            _reason_and_go(desk, one.version, "line")
        st.button(desk.ctx.t("Load into the sliders"), key=f"load-version-{one.version}",
                  icon=":material/tune:", on_click=_load, args=(desk, one))  # fmt: skip


def _changes(desk: TuneDesk, one: BlendVersion) -> None:
    """Against the version before."""
    t, known = desk.ctx.t, [each.version for each in desk.versions]
    before = max((number for number in known if number < one.version), default=None)
    if before is None:
        place(tag("p", t("The first version: there is none before it.")))
    else:
        found = desk.blends.changes(desk.ctx.principal, before, one.version)
        if found:
            with st.container(key=f"sr-data-version-{one.version}"):
                place(differences.table(desk, found, t("Version {n}", n=before),
                                        t("Version {n}", n=one.version)))  # fmt: skip
        else:
            place(tag("p", t("Nothing differs from version {n}.", n=before)))


def _load(desk: TuneDesk, one: BlendVersion) -> None:
    desk.load(one.recipe, one.origin)
    go(**{VIEW: ""})


def _toggle(number: int) -> None:
    state.opened = None if state.opened == number else number
