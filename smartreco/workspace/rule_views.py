"""Published rules as pages and the command line show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smartreco.language import Language, Message, Percent
from smartreco.recommend.rules.boost import Boost
from smartreco.recommend.rules.diversity import Diversity
from smartreco.recommend.rules.effects import RulesPreview
from smartreco.recommend.rules.leave_out import LeaveOut
from smartreco.recommend.rules.min_margin import MinMargin
from smartreco.recommend.rules.pin import Pin
from smartreco.recommend.rules.vendor_cap import VendorCap
from smartreco.recommend.rules.vendor_floor import VendorFloor
from smartreco.store.rules import RuleSpec

PLACES = 10
"""Rules that count places count every ten places of a list, whatever its length."""


@dataclass(frozen=True)
class RuleView:
    """One published rule; ``target`` is a name, None where this data set does not know it."""

    rule_id: int
    spec: RuleSpec
    target: str | None
    username: str
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class RuleChange:
    """A change to try: ``rule_id`` None adds a rule, ``spec`` None takes one away."""

    rule_id: int | None
    spec: RuleSpec | None


@dataclass(frozen=True)
class RuleChoices:
    """What a rule can be about: names by id; ``costs_known`` is a share of active products."""

    products: dict[str, str]
    vendors: dict[str, str]
    categories: dict[str, str]
    costs_known: float

    def of(self, target_kind: str) -> dict[str, str]:
        """Names by id of one kind of target."""
        held = {"product": self.products, "vendor": self.vendors, "category": self.categories}
        return held.get(target_kind, {})


@dataclass(frozen=True)
class RuleEffect:
    """What one rule does among the others: the lists without it against those with all."""

    rule: RuleView
    effect: RulesPreview


WORDS = {
    Boost.kind: Message("Promote {target} by {amount} spreads of a shop's scores"),
    "held_back": Message("Hold {target} back by {amount} spreads of a shop's scores"),
    LeaveOut.kind: Message("Leave out {target}"),
    MinMargin.kind: Message("Leave out {target} with a margin below {share}"),
    "soft_margin": Message("Move {target} with a margin below {share} down by {push} spreads"),
    Diversity.kind: Message("Keep lists varied, strength {amount} of 1"),
    Pin.kind: Message("Pin {target} to the top"),
    VendorFloor.kind: Message("Keep at least {places} for {target}"),
    VendorCap.kind: Message("Give {target} at most {places}"),
}
NUMBER_OF_PLACES = Message("{n} of {of} places", "{n} of {of} places", "n")


def rule_words(spec: RuleSpec, target: str | None, language: Language) -> str:
    """A rule as one sentence with names."""
    form = spec.kind
    if spec.kind == Boost.kind and spec.amount < 0:
        form = "held_back"
    if spec.kind == MinMargin.kind and spec.push is not None:
        form = "soft_margin"
    if form not in WORDS:
        return spec.kind
    return language.say(
        WORDS[form],
        {
            "target": _target(spec, target, language),
            "amount": language.number(abs(spec.amount), 2),
            "push": language.number(spec.push or 0.0, 2),
            "share": Percent(spec.amount),
            "places": _places(spec.amount, language),
        },
    )


def _target(spec: RuleSpec, name: str | None, language: Language) -> str:
    if spec.target_kind == "all":
        any_vendor = spec.kind == VendorCap.kind
        return language.text("any vendor") if any_vendor else language.text("products")
    if name is None:
        return language.text("{id} (not in this data set)", id=spec.target_id)
    return name


def _places(amount: float, language: Language) -> str:
    if amount < 1:
        return language.text("{share} of the places", share=Percent(amount))
    return language.say(NUMBER_OF_PLACES, {"n": int(amount), "of": PLACES})
