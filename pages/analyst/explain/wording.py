"""What addends, what-ifs and reasons for absence are called on this page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pages.components import cards
from pages.components.charts.theme import signed
from pages.list_names import LISTS
from smartreco.language import Language, Message, Percent
from smartreco.recommend.addends import ATTRIBUTE, GROUP, OWN, Addend
from smartreco.recommend.affinity import Affinity
from smartreco.recommend.templates import ROWS
from smartreco.workspace.explaining.views import Absent, Breakdown, Cause, Counterfactual

BECAUSE: Final[Mapping[str, str]] = {
    "repurchase": "because of its own orders of it",
    "collaborative": "because of what else it orders",
    "succession": "because shops take it up after what this one has",
    "peers": "because shops like it order it",
    "content": "because it resembles what it orders",
    "affinity": "because of what stands on its order",
}
OWN_ROWS: Final[Mapping[str, str]] = {
    "habit": "How often it ordered it, lately above all",
    "due": "Time since its last order, against its usual interval",
    "product": "How often shops order it again, and how it sells now",
}
ABSENT: Final[Mapping[Absent, str]] = {
    Absent.INACTIVE: "it is not sold any more",
    Absent.BOUGHT: "the shop orders it already",
    Absent.NEW: "the shop never ordered it",
    Absent.STOCK: "the vendor is out of it",
    Absent.HIDDEN: "the shop said that it is not for it",
    Absent.ORDERED: "it is in an order just placed",
    Absent.SILENT: "no component says anything of it",
    Absent.RULE: "a published rule leaves it out",
}
CAUSES: Final[Mapping[Cause, str]] = {
    Cause.PURCHASE: "Had it never ordered {what}",
    Cause.OWN: "Had it never ordered this product: among what is new for the shop",
    Cause.COMPONENT: "Without the component “{what}”",
    Cause.WITH: "With {what} on its order",
    Cause.OFF: "Without {what} on its order",
    Cause.RULES: "Without any rule",
    Cause.RULE: "Without the rule “{what}”",
}
FURTHER: Final = Message("{n} smaller one together", "{n} smaller ones together", "n")


def place(found: Breakdown, language: Language) -> str:
    """Where it stands: the first half of the answer."""
    name, shop = language.text(LISTS[found.list]), cards.calm(found.retailer.name)
    if found.rank is None:
        why = language.text(ABSENT[found.absent]) if found.absent else ""
        return language.text("Not on “{list}” of {shop}: {why}", list=name, shop=shop, why=why)
    return language.text("Rank {rank} on “{list}” of {shop}", rank=found.rank, list=name, shop=shop)


def answer(found: Breakdown, language: Language) -> str:
    """Where it stands, how likely it is ordered and what that is mostly for."""
    said = place(found, language)
    if found.rank is None:
        return said
    parts = []
    if found.chance is not None:
        share = Percent(found.chance.probability)
        parts.append(language.text("{share} likely in 4 weeks", share=share))
    leading = found.leading
    if leading is not None:
        because = language.text(BECAUSE[leading.name])
        how = "mostly {because}" if found.mostly else "first of all {because}"
        parts.append(language.text(how, because=because))
    return f"{said}: {', '.join(parts)}" if parts else said


def addend(one: Addend, language: Language) -> str:
    """What one addend is of."""
    match one.kind:
        case kind if kind == OWN:
            return language.text(OWN_ROWS.get(one.id, one.id))
        case kind if kind == ATTRIBUTE:
            what, label = one.label
            return language.say(ROWS[f"row.{what}"], {"label": cards.calm(label)})
        case kind if kind == GROUP:
            what, first, second, shops = one.label
            values = {"first": first, "second": second, "shops": int(shops)}
            return language.say(ROWS[f"row.{what}"], values)
        case _:
            name = cards.calm(one.label[0]) if one.label else one.id
            if one.component == Affinity.name:
                return language.text("{product}, on its order", product=name)
            return name


def what_if(one: Counterfactual, language: Language, names: Mapping[str, str]) -> str:
    """What is otherwise; ``names`` are those of the components."""
    what = names.get(one.what, one.what) if one.cause is Cause.COMPONENT else cards.calm(one.what)
    return language.text(CAUSES[one.cause], what=language.text(what) if what else "")


def points(value: float, language: Language) -> str:
    """Points of score, as many digits as tell it from nothing."""
    return signed(value, language, 2 if abs(value) >= 0.1 else 3)
