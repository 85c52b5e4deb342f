"""The form of one rule: what it does first, then only the fields that this needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from pages import list_names
from pages.components import cards
from pages.context import Context
from smartreco.recommend.rules import KINDS
from smartreco.store.rules import RuleSpec
from smartreco.workspace.rule_checks import LONGEST_NOTE
from smartreco.workspace.rule_views import PLACES, RuleChoices

KIND_NAMES: Mapping[str, str] = {
    "boost": "Promote or hold back",
    "vendor_floor": "Keep places for a vendor",
    "vendor_cap": "Limit a vendor's places",
    "min_margin": "Ask for a minimum margin",
    "diversity": "Keep lists varied",
    "leave_out": "Leave out",
    "pin": "Pin to the top",
}
TARGET_NAMES: Mapping[str, str] = {
    "product": "Product", "category": "Category", "vendor": "Vendor", "all": "All",
}  # fmt: skip
EVERY = "every"
LISTS: Mapping[str, str] = {
    EVERY: "Every list",
    **{name.value: words for name, words in list_names.LISTS.items()},
}
FEW = 300  # so many names fit into one list; more are searched first


@dataclass(frozen=True)
class Amount:
    """What the fields of an amount answer."""

    amount: float
    push: float | None = None


def draw(ctx: Context, choices: RuleChoices) -> RuleSpec | None:
    """Draw the fields; None while a name is still missing."""
    t = ctx.t
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        kind = st.selectbox(
            t("What the rule does"), list(KIND_NAMES), key="rule-kind",
            format_func=lambda one: t(KIND_NAMES[one]),
        )  # fmt: skip
        target_kind = _target_kind(ctx, kind)
        target_id = _target(ctx, target_kind, choices)
    found = AMOUNTS.get(kind, _no_amount)(ctx, choices)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            t("Holds on"), list(LISTS), key="rule-list",
            format_func=lambda one: t(LISTS[one]),
        )  # fmt: skip
        note = st.text_input(
            t("Why (optional)"), key="rule-note", max_chars=LONGEST_NOTE,
            placeholder=t("For whoever asks later"),
        )  # fmt: skip
    if target_id is None:
        return None
    return RuleSpec(
        kind,
        target_kind,
        target_id,
        None if chosen == EVERY else chosen,
        found.amount,
        found.push,
        note=str(note or "").strip(),
    )


def switched(spec: RuleSpec, active: bool) -> RuleSpec:
    """The same rule, on or off."""
    return replace(spec, active=active)


def _target_kind(ctx: Context, kind: str) -> str:
    targets = KINDS[kind].targets
    if len(targets) == 1:
        return targets[0]
    names = dict(TARGET_NAMES) | ({"all": "Any vendor"} if kind == "vendor_cap" else {})
    chosen = st.segmented_control(
        ctx.t("About"), targets, default=targets[-1] if kind == "boost" else targets[0],
        key=f"rule-about-{kind}", required=True, format_func=lambda one: ctx.t(names[one]),
    )  # fmt: skip
    return chosen or targets[0]


def _target(ctx: Context, target_kind: str, choices: RuleChoices) -> str | None:
    """Id of what the rule is about: "" for everything, None while it is not chosen."""
    if target_kind == "all":
        return ""
    names = choices.of(target_kind)
    ids = list(names)
    if len(ids) > FEW:
        word = st.text_input(
            ctx.t("Search"), key=f"rule-search-{target_kind}", type="search", max_chars=80,
            placeholder=ctx.t("Part of the name"),
        )  # fmt: skip
        words = str(word or "").lower().split()
        ids = [one for one in ids if all(part in names[one].lower() for part in words)][:FEW]
    return st.selectbox(
        ctx.t(TARGET_NAMES[target_kind]), ids, index=None, key=f"rule-target-{target_kind}",
        format_func=lambda one: cards.calm(names[one]), placeholder=ctx.t("Choose one"),
    )  # fmt: skip


def _boost(ctx: Context, _: RuleChoices) -> Amount:
    amount = st.slider(
        ctx.t("How far, in spreads of a shop's scores"), -2.0, 2.0, 0.5, 0.1, key="rule-boost",
        help=ctx.t("In spreads of a shop's scores, the unit of the recommender's weights: 0.5 "
                   "moves a product as far as a signal with half of the pull. Below 0 holds back."),
    )  # fmt: skip
    return Amount(float(amount))


def _margin(ctx: Context, choices: RuleChoices) -> Amount:
    percent = st.slider(
        ctx.t("Least margin, % of the price"), 0, 60, 10, 1, key="rule-margin",
        help=ctx.t("(price − cost) / price. Products whose cost is unknown are kept; the cost is "
                   "known for {share} of the products.",
                   share=ctx.language.percent(choices.costs_known)),
    )  # fmt: skip
    soft = st.toggle(ctx.t("Only move them down"), key="rule-soft")
    if not soft:
        return Amount(percent / 100)
    push = st.slider(
        ctx.t("How far down, in spreads of a shop's scores"), 0.1, 3.0, 1.0, 0.1, key="rule-push"
    )
    return Amount(percent / 100, float(push))


def _floor(ctx: Context, _: RuleChoices) -> Amount:
    label = ctx.t("At least so many of every {n} places", n=PLACES)
    return Amount(float(st.slider(label, 1, PLACES, 2, key="rule-floor")))


def _cap(ctx: Context, _: RuleChoices) -> Amount:
    label = ctx.t("At most so many of every {n} places", n=PLACES)
    meaning = ctx.t("A list gets shorter where other vendors have nothing to offer.")
    return Amount(float(st.slider(label, 1, PLACES, 3, key="rule-cap", help=meaning)))


def _variety(ctx: Context, _: RuleChoices) -> Amount:
    amount = st.slider(
        ctx.t("Strength, from 0 to 1"), 0.0, 1.0, 0.3, 0.05, key="rule-variety",
        help=ctx.t("0 changes nothing; at 1 only being different from the lines above counts. "
                   "Products are alike by category, vendor and words of their names."),
    )  # fmt: skip
    return Amount(float(amount))


def _no_amount(_: Context, __: RuleChoices) -> Amount:
    return Amount(0.0)


AMOUNTS: Mapping[str, Callable[[Context, RuleChoices], Amount]] = {
    "boost": _boost,
    "min_margin": _margin,
    "vendor_floor": _floor,
    "vendor_cap": _cap,
    "diversity": _variety,
}
