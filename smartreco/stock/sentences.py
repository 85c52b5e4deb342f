"""The words of stock advice: a template here, its values from the figures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from smartreco.language import Language, Message

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
        "up to one whole case: {cheaper} cheaper in expectation than none",
        "up to {cases} whole cases: {cheaper} cheaper in expectation than one fewer",
        "cases",
    ),
    "rounding.down": Message(
        "down to one whole case: {cheaper} cheaper in expectation than one more",
        "down to {cases} whole cases: {cheaper} cheaper in expectation than one more",
        "cases",
    ),
    "rounding.pieces": Message("in single pieces"),
    "cut.limit": Message("{wanted} would be worth ordering if more could be spent"),
    "filled.minimum": Message("more than is needed now, to reach the vendor's minimum order"),
    "limit.budget": Message("The budget of {bound} is spent"),
    "limit.credit": Message("The free credit of {bound} is used"),
    "limit.discovery": Message("{share} of the order is kept for products new to you"),
    "limit.vendor": Message("The minimum order of {vendor}, {bound}, is just reached"),
    "limit.vendor_left_out": Message(
        "Nothing from {vendor}: what is worth ordering comes to {used},"
        " its minimum order is {bound}"
    ),
    "limit.worth": Message("easing it by {unit} would bring {worth} more"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template and its values, so that a language is a file."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)


def say(sentence: Sentence, language: Language) -> str:
    """A sentence in the words of a language."""
    return language.say(TEMPLATES[sentence.template], sentence.values)
