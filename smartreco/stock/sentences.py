"""The words of stock advice: a template here, its values from the figures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Language, Message, Sentence

TEMPLATES: Final[Mapping[str, Message]] = {
    "need.shelf": Message(
        "{position} on hand and on the way;"
        " to be safe in {service} of cases until the next delivery you need {level}"
    ),
    "need.habit": Message(
        "{probability} likely to be needed within {days} days; you usually take {usual}"
    ),
    "need.discover": Message(
        "New to you: {probability} likely to be taken up within {days} days;"
        " shops start with {usual}"
    ),
    "rounding.exact": Message("exactly one case", "exactly {cases} cases", "cases"),
    "rounding.up": Message(
        "up to one whole case: ordering none would cost about {cheaper} more",
        "up to {cases} whole cases: one fewer would cost about {cheaper} more",
        "cases",
    ),
    "rounding.down": Message(
        "down to one whole case: one more would cost about {cheaper} more",
        "down to {cases} whole cases: one more would cost about {cheaper} more",
        "cases",
    ),
    "rounding.exact_part": Message("exactly {pieces} pieces; you order {step} at a time"),
    "rounding.up_part": Message(
        "up to {pieces} pieces, as you order {step} at a time:"
        " {step} fewer would cost about {cheaper} more"
    ),
    "rounding.down_part": Message(
        "down to {pieces} pieces, as you order {step} at a time:"
        " {step} more would cost about {cheaper} more"
    ),
    "rounding.pieces": Message("in single pieces"),
    "cut.budget": Message("{wanted} would be worth ordering with a higher budget"),
    "cut.credit": Message("{wanted} would be worth ordering with more free credit"),
    "cut.kept": Message(
        "{wanted} would be worth ordering; {share} of the money is kept for products new to you"
    ),
    "cut.discovery": Message(
        "{wanted} would be worth ordering; new products make up at most {share} of an order"
    ),
    "filled.minimum": Message("more than is needed now, to reach the vendor's minimum order"),
    "limit.budget": Message("The budget of {bound} is spent"),
    "limit.budget_too_little": Message("Nothing worth ordering fits the budget of {bound}"),
    "limit.credit": Message("The free credit of {bound} is used"),
    "limit.credit_too_little": Message("Nothing worth ordering fits the free credit of {bound}"),
    "limit.discovery": Message("Products new to you make up at most {share} of the order"),
    "limit.kept": Message("{share} of the money is kept for products new to you"),
    "limit.vendor": Message("The minimum order of {vendor}, {bound}, is just reached"),
    "limit.vendor_left_out": Message(
        "Nothing from {vendor}: what is worth ordering comes to {used},"
        " its minimum order is {bound}"
    ),
    "limit.worth_more": Message("every {unit} more would be worth about {worth}"),
    "limit.worth_less": Message("every {unit} less would be worth about {worth}"),
}


def say(sentence: Sentence, language: Language) -> str:
    """A sentence in the words of a language."""
    return language.say(TEMPLATES[sentence.template], sentence.values)
