"""The sliders: what a list is made of, and what holds for all lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from pages import address
from pages.analyst.tune import wording
from pages.analyst.tune.desk import LIST, TUNED, VIEW, TuneDesk, go, state
from pages.analyst.tune.mixing import components, whole_shares, with_diversity, with_share
from pages.components import header, messages
from pages.components.gauge_cards import share_bar
from pages.components.markup import place, tag
from pages.list_names import COMPONENTS, LISTS
from smartreco.entities import ListName
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.recipe import HALF_LIFE_CHOICES, MOST_DAMPING
from smartreco.workspace.blend.views import Origin

MEANINGS: Final = {
    "repurchase": "Its own rhythm: what it orders again and again, and when that is due.",
    "collaborative": "What shops order together with what this shop orders.",
    "succession": "What shops take up after products that this shop has.",
    "content": "Same kind, vendor, price and words of the name as what it buys.",
    "peers": "What the shops most like it order.",
    "affinity": "What is ordered together with what stands on the order just now. Where no order "
                "is begun, its last one speaks.",
}  # fmt: skip
LEARNED: Final = 0.0  # days that no half-life has: as learned
HALF_LIFE, DAMPING, DIVERSITY = "tune-half-life", "tune-damping", "tune-diversity"


def draw(desk: TuneDesk) -> None:
    """The whole column."""
    t = desk.ctx.t
    header.section(t("What a list is made of"), "mix")
    address.choose(t("List"), LIST, [one.value for one in TUNED],
                   lambda one: t(LISTS[ListName(one)]), bare=True)  # fmt: skip
    _shares(desk)
    header.section(t("How it is used"), "settings")
    _half_life(desk)
    _damping(desk)
    _diversity(desk)
    address.choose(
        t("Rules of the list"), "rules", ("on", "off"),
        lambda one: t("As they hold") if one == "on" else t("Left out"),
    )  # fmt: skip
    _ways_back(desk)


def _shares(desk: TuneDesk) -> None:
    """A slider a component; together they are 100 %."""
    t, name = desk.ctx.t, desk.name
    weights, published = (one.blend.weights[name] for one in (desk.recipe, desk.current.recipe))
    shown = components(name, {**published, **{k: v for k, v in weights.items() if v}})
    now, then = whole_shares(weights, shown), whole_shares(published, shown)
    colours = {one: f"part-{at}" for at, one in enumerate(COMPONENTS)}
    bars = [share_bar([(colours[one], then[one]) for one in shown], t("Published"))]
    if now != then:
        bars.append(share_bar([(colours[one], now[one]) for one in shown], t("Now")))
    place(tag("div", *bars, cls="share-rows"))
    for one in shown:
        key = f"tune-share-{name.value}-{one}"
        st.session_state[key] = now[one]
        words = t(COMPONENTS[one])
        if now[one] != then[one]:
            words = t("{setting} (was\N{NO-BREAK SPACE}{value})", setting=words,
                      value=f"{then[one]}\N{NO-BREAK SPACE}%")  # fmt: skip
        with st.container(key=f"sr-signal-{colours[one]}-{name.value}"):
            st.slider(words, 0, 100, key=key, format="%d %%", help=t(MEANINGS[one]),
                      on_change=_take_share, args=(desk, name, one, key))  # fmt: skip


def _half_life(desk: TuneDesk) -> None:
    t, ctx = desk.ctx.t, desk.ctx
    ready = desk.tuning.half_lives(ctx.principal)
    now = desk.recipe.half_life
    offered = [LEARNED, *(one for one in HALF_LIFE_CHOICES if one in ready or one == now)]
    learned = sorted(set(desk.settings.half_life.values()))
    words = wording.half_life(ctx, learned[0]) if len(learned) == 1 else t(
        "{days} days", days=", ".join("∞" if one == FOREVER else f"{one:g}" for one in learned)
    )  # fmt: skip
    st.session_state[HALF_LIFE] = LEARNED if now is None else now
    st.selectbox(
        t(wording.SETTINGS["half_life"]), offered, key=HALF_LIFE,
        format_func=lambda one: wording.half_life(ctx, one) if one != LEARNED
        else t("As learned: {value}", value=words),
        help=t("How fast old orders fade in what shops have in common. Holds for all lists."),
        on_change=_take_half_life, args=(desk,),
    )  # fmt: skip
    waiting = [one for one in HALF_LIFE_CHOICES if one not in ready]
    if waiting:
        missing = "; ".join(wording.half_life(ctx, one) for one in waiting)
        messages.note(t("Still being prepared, not to be chosen yet: {which}.", which=missing))


def _damping(desk: TuneDesk) -> None:
    t = desk.ctx.t
    learned = max(desk.settings.damping.values(), default=0.0)
    given = desk.recipe.damping
    st.session_state[DAMPING] = learned if given is None else given
    words = t(wording.SETTINGS["damping"])
    if given is not None:
        words = t("{setting} (learned: {value})", setting=words,
                  value=desk.ctx.language.number(learned, 2))  # fmt: skip
    st.slider(
        words, 0.0, MOST_DAMPING, step=0.05, key=DAMPING, format="%.2f",
        help=t("A power of a product's buyers that its score is divided by: 0 leaves best-sellers "
               "where they are. Holds for all lists."),
        on_change=_take_damping, args=(desk, learned),
    )  # fmt: skip


def _diversity(desk: TuneDesk) -> None:
    t, name = desk.ctx.t, desk.name
    key = f"{DIVERSITY}-{name.value}"
    st.session_state[key] = desk.recipe.varied(name)
    published = desk.current.recipe.varied(name)
    words = t(wording.SETTINGS["diversity"])
    if published != desk.recipe.varied(name):
        words = t("{setting} (was {value})", setting=words,
                  value=desk.ctx.language.number(published, 2))  # fmt: skip
    st.slider(
        words, 0.0, 1.0, step=0.05, key=key, format="%.2f",
        help=t("0 orders by score alone; at 1 only being unlike the lines above counts."),
        on_change=_take_diversity, args=(desk, name, key),
    )  # fmt: skip


def _ways_back(desk: TuneDesk) -> None:
    t = desk.ctx.t
    place(tag("p", t("Put the sliders back to"), cls="small"))
    with st.container(horizontal=True, gap="small", key="sr-tools-tune"):
        st.button(t("Undo"), key="tune-undo", icon=":material/undo:", disabled=not state.before,
                  on_click=desk.undo)  # fmt: skip
        st.button(t("Published"), key="tune-published",
                  disabled=not desk.touched, on_click=desk.follow,
                  help=t("Back to version {n}", n=desk.current.version))  # fmt: skip
        st.button(t("Learned"), key="tune-learned",
                  help=t("What the last fit learned by itself"),
                  on_click=desk.load, args=(desk.learned, Origin.LEARNED))  # fmt: skip
    if desk.touched:
        st.button(t("Publish …"), key="tune-publish", type="primary", icon=":material/publish:",
                  width="stretch", on_click=go, kwargs={VIEW: "publish"})  # fmt: skip
    messages.note(t("Nothing changes for any shop until it is published."))


def _take_share(desk: TuneDesk, name: ListName, component: str, key: str) -> None:
    share = min(max(int(st.session_state[key]), 0), 100) / 100
    usual = desk.current.recipe.blend.weights[name]
    desk.move(with_share(desk.recipe, name, component, share, usual))


def _take_half_life(desk: TuneDesk) -> None:
    given = float(st.session_state[HALF_LIFE])
    desk.move(replace(desk.recipe, half_life=None if given == LEARNED else given))


def _take_damping(desk: TuneDesk, learned: float) -> None:
    """What was learned is left open, so that it follows the next fit."""
    given = float(st.session_state[DAMPING])
    open_ = abs(given - learned) < 1e-9 and desk.current.recipe.damping is None
    desk.move(replace(desk.recipe, damping=None if open_ else given))


def _take_diversity(desk: TuneDesk, name: ListName, key: str) -> None:
    desk.move(with_diversity(desk.recipe, name, float(st.session_state[key])))
