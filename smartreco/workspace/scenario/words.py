"""Levers, causes and results in a reader's words: names instead of ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Language, Message, Money, Percent, Sentence
from smartreco.scenario.levers.base import Lever
from smartreco.scenario.levers.choosing import SHOWN, OnProducts
from smartreco.scenario.levers.rule import RuleLever
from smartreco.scenario.outcome import Compared, Contribution, Measure, Unit, Verdict
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.words import list_word, say_all
from smartreco.store.rules import RuleSpec
from smartreco.workspace.rule_views import rule_words
from smartreco.workspace.scenario.views import Names

MEASURE_WORDS: Final[Mapping[Measure, str]] = {
    Measure.UNITS: "Pieces sold",
    Measure.LINES: "Order lines",
    Measure.REVENUE: "Revenue",
    Measure.MARGIN: "Margin",
    Measure.LOST_UNITS: "Pieces wanted and not there",
    Measure.LOST_REVENUE: "Revenue lost to empty shelves",
    Measure.SERVICE: "Share of demand served",
    Measure.STOCK_OUTS: "Weeks of products with an empty shelf",
}
VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.MORE: "more",
    Verdict.LESS: "less",
    Verdict.CANNOT_TELL: "cannot tell apart from no change",
}
POINTS: Final = Message("{points} point", "{points} points", "points")


def lever_words(lever: Lever, names: Names, language: Language) -> str:
    """One lever in one line."""
    if isinstance(lever, RuleLever):
        return _rule(lever, names, language)
    named: dict[str, object] = {}
    if isinstance(lever, OnProducts) and lever.products:
        shown = [names.products.get(one, one) for one in lever.products[:SHOWN]]
        named["names"] = ", ".join(shown) + (", …" if len(lever.products) > SHOWN else "")
    vendor = getattr(lever, "vendor", None)
    if vendor:
        named["vendor"] = names.vendors.get(vendor, vendor)
    sentences = (
        Sentence(one.template, {name: named.get(name, value) for name, value in one.values.items()})
        for one in lever.describe()
    )
    return say_all(tuple(sentences), language)


def cause_words(cause: Contribution, scenario: Scenario, names: Names, language: Language) -> str:
    """What a bar of the tornado stands for."""
    if cause.lever is None:
        return say_all(cause.cause, language)
    return lever_words(scenario.levers[cause.lever], names, language)


def figure(value: float, unit: Unit, language: Language, *, signed: bool = False) -> str:
    """A figure of a measure; shares as per cent, differences of shares as points."""
    sign = "+" if signed and value > 0 else ""
    match unit:
        case Unit.MONEY:
            return sign + language.show(Money(value, compact=True))
        case Unit.SHARE if signed:
            return sign + language.say(POINTS, {"points": language.number(100 * value, 2)})
        case Unit.SHARE:
            return language.show(Percent(value, 1))
        case _:
            return sign + language.compact(value)


def band(one: Compared, unit: Unit, language: Language) -> str:
    """The band of a difference."""
    if unit is Unit.SHARE:
        return points(one.low, one.high, language)
    low, high = (figure(value, unit, language, signed=True) for value in (one.low, one.high))
    return language.text("{low} to {high}", low=low, high=high)


def points(low: float, high: float, language: Language) -> str:
    """The band of a difference of shares."""
    low_said, high_said = (
        ("+" if value > 0 else "") + language.number(100 * value, 2) for value in (low, high)
    )
    return language.text("{low} to {high} points", low=low_said, high=high_said)


def _rule(lever: RuleLever, names: Names, language: Language) -> str:
    spec = RuleSpec(lever.rule, lever.target, lever.target_id, lever.list, lever.amount, lever.push)
    target: Mapping[str, str] = {"product": names.products, "vendor": names.vendors}.get(
        lever.target, {lever.target_id: lever.target_id}
    )
    said = rule_words(spec, target.get(lever.target_id), language)
    if lever.list is None:
        return language.text("{rule}, on every list", rule=said)
    return language.text(
        "{rule}, on the {list} list", rule=said, list=list_word(lever.list, language)
    )
