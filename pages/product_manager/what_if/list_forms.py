"""Levers on what shops are recommended: weights of a list, and one more rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from pages.analyst.rule_form import KIND_NAMES, LISTS, TARGET_NAMES
from pages.list_names import COMPONENTS
from pages.product_manager.what_if.fields import Fields
from smartreco.entities import ListName
from smartreco.recommend.rules import ALL
from smartreco.workspace.scenario.views import RuleKind, ScenarioChoices

#: What an amount starts at, in the unit of its rule.
AMOUNTS: Final[Mapping[str, float]] = {
    "boost": 0.5, "min_margin": 0.1, "vendor_floor": 2.0, "vendor_cap": 3.0, "diversity": 0.3,
}  # fmt: skip
PUSH: Final = 0.5


def start_blend(choices: ScenarioChoices) -> dict[str, Any]:
    """The discover list as it is published."""
    name = ListName.DISCOVER.value
    return {"list": name, "weights": dict(choices.weights.get(name, {}))}


def start_rule(_: ScenarioChoices) -> dict[str, Any]:
    """Margin first on the discover list."""
    return {
        "rule": "min_margin", "amount": AMOUNTS["min_margin"], "push": PUSH,
        "list": ListName.DISCOVER.value,
    }  # fmt: skip


def blend(fields: Fields) -> None:
    """A slider for each signal; what counts is each one's share of all."""
    t, choices = fields.desk.ctx.t, fields.desk.choices
    chosen = f"lever-{fields.lever.at}-list"
    st.session_state[chosen] = fields.value("list")
    st.segmented_control(
        t("List"), list(choices.weights), key=chosen, required=True,
        format_func=lambda one: t(LISTS.get(one, one)), on_change=_take_list,
        args=(fields, chosen),
    )  # fmt: skip
    published = choices.weights.get(str(fields.value("list")), {})
    weights = dict(fields.value("weights", {})) or dict(published)
    for name in published:
        key = f"lever-{fields.lever.at}-weight-{name}"
        st.session_state[key] = round(100 * float(weights.get(name, 0.0)))
        st.slider(
            t(COMPONENTS.get(name, name)), 0, 100, key=key, format="%d %%",
            on_change=_take_weight, args=(fields, name, key),
        )  # fmt: skip
    st.button(
        t("Back to the published weights"), key=f"lever-{fields.lever.at}-published",
        type="tertiary", icon=":material/restart_alt:",
        on_click=fields.desk.set, args=(fields.lever.at,), kwargs={"weights": dict(published)},
    )  # fmt: skip


def rule(fields: Fields) -> None:
    """What it does, what about, how far, on which list."""
    t, choices = fields.desk.ctx.t, fields.desk.choices
    kinds = {one.kind: one for one in choices.rules}
    chosen = str(fields.value("rule"))
    key = f"lever-{fields.lever.at}-rule"
    st.session_state[key] = chosen
    st.selectbox(
        t("What the rule does"), list(kinds), key=key,
        format_func=lambda one: t(KIND_NAMES.get(one, one)),
        on_change=_take_rule, args=(fields, key, kinds),
    )  # fmt: skip
    _target(fields, kinds[chosen])
    _amount(fields, chosen)
    names = {one: t(words) for one, words in LISTS.items() if one in set(ListName)}
    fields.choice("list", t("List"), list(names), names=names, plain=True,
                  every=t("Every list"))  # fmt: skip


def _target(fields: Fields, kind: RuleKind) -> None:
    """What it is about, and which of them."""
    t, choices = fields.desk.ctx.t, fields.desk.choices
    now = str(fields.value("target", ALL))
    if len(kind.targets) > 1:
        key = f"lever-{fields.lever.at}-target"
        st.session_state[key] = now
        st.segmented_control(
            t("About"), kind.targets, key=key, required=True,
            format_func=lambda one: t(TARGET_NAMES[one]), on_change=_take_target,
            args=(fields, key),
        )  # fmt: skip
    if now == ALL:
        return
    names = _named(choices, now)
    fields.choice("target_id", t(TARGET_NAMES[now]), list(names), names=names)


def _amount(fields: Fields, kind: str) -> None:
    t = fields.desk.ctx.t
    if kind == "boost":
        fields.amount("amount", t("How far, in spreads of a shop's scores"), -2.0, 2.0, 0.1,
                      t("Below 0 holds back."))  # fmt: skip
    elif kind == "min_margin":
        fields.percent("amount", t("Least margin, of the price"), 0, 60)
        fields.amount("push", t("How far others move down, in spreads of a shop's scores"),
                      0.1, 3.0, 0.1)  # fmt: skip
    elif kind == "diversity":
        fields.amount("amount", t("Strength, from 0 to 1"), 0.0, 1.0, 0.05)
    elif kind in ("vendor_floor", "vendor_cap"):
        fields.amount("amount", t("Places of every ten"), 1.0, 10.0, 1.0)


def _named(choices: ScenarioChoices, target: str) -> Mapping[str, str]:
    held = {"product": choices.names.products, "vendor": choices.names.vendors}
    return held.get(target) or {one: one for one in choices.categories}


def _take_weight(fields: Fields, name: str, key: str) -> None:
    published = fields.desk.choices.weights.get(str(fields.value("list")), {})
    weights = dict(fields.value("weights", {})) or dict(published)
    given = float(st.session_state[key])
    fields.desk.set(fields.lever.at, weights={**weights, name: given / 100})


def _take_list(fields: Fields, key: str) -> None:
    """Another list starts at its own weights."""
    name = str(st.session_state[key])
    weights = dict(fields.desk.choices.weights.get(name, {}))
    fields.desk.set(fields.lever.at, list=name, weights=weights)


def _take_rule(fields: Fields, key: str, kinds: Mapping[str, RuleKind]) -> None:
    """Another rule starts afresh: its amount is in another unit."""
    kind = str(st.session_state[key])
    target = ALL if ALL in kinds[kind].targets else kinds[kind].targets[0]
    fields.desk.set(
        fields.lever.at, rule=kind, amount=AMOUNTS.get(kind, 0.0), target=target,
        target_id=_first(fields, target), push=PUSH if kind == "min_margin" else None,
    )  # fmt: skip


def _take_target(fields: Fields, key: str) -> None:
    target = str(st.session_state[key])
    fields.desk.set(fields.lever.at, target=target, target_id=_first(fields, target))


def _first(fields: Fields, target: str) -> str | None:
    return None if target == ALL else next(iter(_named(fields.desk.choices, target)), None)
