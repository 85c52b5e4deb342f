"""Rules on every shop's lists: which hold, what each does, and what another would do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import streamlit as st

from pages.analyst import rule_effect, rule_form
from pages.components import header, messages
from pages.components.markup import literal, place, tag
from pages.context import Context
from pages.state import Slot
from smartreco.entities import ListName, Role
from smartreco.language import Message
from smartreco.recommend.rules.effects import RulesPreview
from smartreco.store.rules import RuleSpec
from smartreco.workspace.rule_views import RuleChange, RuleView, rule_words

CHANGERS = frozenset({Role.ANALYST, Role.ADMIN})
HOLD = Message("{n} rule holds on the lists", "{n} rules hold on the lists", "n")
OFF = Message("{n} is switched off", "{n} are switched off", "n")


class Tried(NamedTuple):
    """What a preview is of; rules that change meanwhile make it another question."""

    spec: RuleSpec
    list: ListName
    among: tuple[tuple[int, datetime], ...]


class RulesState:
    """What this page keeps for a browser tab."""

    tried = Slot[Tried | None](None)  # what the preview on the page is of
    effect = Slot[RulesPreview | None](None)
    removed = Slot[RuleSpec | None](None)  # can be brought back
    each = Slot[ListName | None](None)  # the list whose rules show what they do


state = RulesState()


def render(ctx: Context) -> None:
    """Draw the page; a product manager sees the same without the means to change anything."""
    rules = ctx.workspace.rules.all(ctx.principal)
    may_change = ctx.principal.role in CHANGERS
    with st.container(key="sr-rules"):
        header.page_header(
            _answer(ctx, rules),
            ctx.t("Rules come after scoring: they change which products a list shows and in what "
                  "order, never a score or its reasons."),
        )  # fmt: skip
        _list(ctx, rules, may_change)
        _try(ctx, rules, may_change)


def _answer(ctx: Context, rules: tuple[RuleView, ...]) -> str:
    on = sum(rule.spec.active for rule in rules)
    off = len(rules) - on
    if not rules:
        return ctx.t("No rule holds on the lists")
    answer = ctx.language.say(HOLD, {"n": on}) if on else ctx.t("No rule holds on the lists")
    return f"{answer}, {ctx.language.say(OFF, {'n': off})}" if off else answer


def _list(ctx: Context, rules: tuple[RuleView, ...], may_change: bool) -> None:
    _undo(ctx)
    if not rules:
        messages.empty_state(
            ctx.t("Lists are ordered by score alone"),
            ctx.t("Try a rule below: you see what it changes and costs before it holds."),
            "sparkles", key="rules",
        )  # fmt: skip
        return
    does = _what_each_does(ctx)
    with st.container(key="sr-lines", gap=None):
        for rule in rules:
            _line(ctx, rule, does.get(rule.rule_id), may_change)
    if any(rule.spec.active for rule in rules):
        rule_effect.list_choice(ctx, ctx.t("What each rule does to"), "rules-each", _each_chosen)


def _line(ctx: Context, rule: RuleView, does: str | None, may_change: bool) -> None:
    words = rule_words(rule.spec, rule.target, ctx.language)
    about = [
        ctx.t(rule_form.LISTS[rule.spec.list or rule_form.EVERY]),
        rule.spec.note,
        ctx.t("{who}, {day}", who=rule.username, day=rule.changed_at.date()),
    ]
    with st.container(
        key=f"sr-line-rule-{rule.rule_id}", horizontal=True, vertical_alignment="center"
    ):
        small = tag("p", " · ".join(part for part in about if part), cls="small")
        effect = tag("p", does, cls="small does") if does else None
        place(tag("article", tag("h3", words), small, effect, cls="rule"))
        key = f"rule-on-{rule.rule_id}"
        st.toggle(
            f"{ctx.t('On')} *{literal(words)}*", rule.spec.active, key=key,
            disabled=not may_change,
            on_change=_switch, args=(ctx, rule, key),
        )  # fmt: skip
        if may_change:
            st.button(
                f"{ctx.t('Remove')} *{literal(words)}*", key=f"rule-off-{rule.rule_id}",
                type="tertiary", on_click=_remove, args=(ctx, rule),
            )  # fmt: skip


def _what_each_does(ctx: Context) -> Mapping[int, str]:
    if state.each is None:
        return {}
    with st.spinner(ctx.t("Making lists with and without each rule")):
        effects = ctx.workspace.rules.effects(ctx.principal, state.each)
    return {one.rule.rule_id: rule_effect.answer(ctx, one.effect) for one in effects}


def _undo(ctx: Context) -> None:
    spec = state.removed
    if spec is None:
        return
    with st.container(key="sr-gone-rule", horizontal=True, vertical_alignment="center"):
        place(tag("p", ctx.t("The rule is gone from every list.")), "content")
        st.button(ctx.t("Undo"), key="rule-undo", on_click=_bring_back, args=(ctx, spec))


def _try(ctx: Context, rules: tuple[RuleView, ...], may_change: bool) -> None:
    header.section(
        ctx.t("Try a rule"), "try",
        ctx.t("Nothing changes for any shop until it is published.")
        if may_change else ctx.t("You can see what a rule would do; an analyst publishes it."),
    )  # fmt: skip
    with st.container(key="sr-ruleform", gap="small"):
        spec = rule_form.draw(ctx, ctx.workspace.rules.choices(ctx.principal))
        name = ListName(spec.list) if spec and spec.list else _list_of_preview(ctx)
        asked = None if spec is None else Tried(spec, name, _stamp(rules))
        st.button(
            ctx.t("See what it changes"), key="rule-preview",
            type="secondary" if spec and state.tried == asked else "primary",
            icon=":material/compare_arrows:", disabled=spec is None,
            on_click=_preview, args=(ctx, asked),
        )  # fmt: skip
        if spec is None:
            messages.note(ctx.t("Choose first what the rule is about."))
    effect = state.effect
    if spec is None or effect is None or state.tried != asked:
        return
    rule_effect.draw(ctx, effect, ctx.workspace.rules.choices(ctx.principal))
    if may_change:
        with st.container(key="sr-publish", horizontal=True):
            st.button(
                ctx.t("Publish this rule"), key="rule-publish", type="primary",
                icon=":material/check:", on_click=_publish, args=(ctx, spec),
            )  # fmt: skip


def _list_of_preview(ctx: Context) -> ListName:
    return rule_effect.list_choice(
        ctx, ctx.t("Show its effect on"), "rule-preview-list", default=ListName.DISCOVER
    )


def _each_chosen() -> None:
    chosen = st.session_state.get("rules-each")
    state.each = ListName(chosen) if chosen else None


def _stamp(rules: tuple[RuleView, ...]) -> tuple[tuple[int, datetime], ...]:
    return tuple((rule.rule_id, rule.changed_at) for rule in rules)


def _preview(ctx: Context, asked: Tried) -> None:
    with messages.told(ctx.language):
        change = RuleChange(None, asked.spec)
        state.effect = ctx.workspace.rules.preview(ctx.principal, [change], asked.list)
        state.tried = asked


def _publish(ctx: Context, spec: RuleSpec) -> None:
    with messages.told(ctx.language):
        ctx.workspace.rules.add(ctx.principal, spec)
        state.tried = state.effect = state.removed = None
        messages.done(ctx.t("The rule holds from the next list on"))


def _switch(ctx: Context, rule: RuleView, key: str) -> None:
    active = bool(st.session_state.get(key))
    with messages.told(ctx.language):
        spec = rule_form.switched(rule.spec, active)
        ctx.workspace.rules.change(ctx.principal, rule.rule_id, spec)
        messages.done(ctx.t("The rule is on") if active else ctx.t("The rule is off"))
        return
    st.session_state[key] = rule.spec.active  # refused: the switch goes back


def _remove(ctx: Context, rule: RuleView) -> None:
    with messages.told(ctx.language):
        state.removed = ctx.workspace.rules.remove(ctx.principal, rule.rule_id)


def _bring_back(ctx: Context, spec: RuleSpec) -> None:
    with messages.told(ctx.language):
        ctx.workspace.rules.add(ctx.principal, spec)
        state.removed = None
        messages.done(ctx.t("The rule is back"))
