"""Every sentence about recipes on trial, by id, so that a language is a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Language, Message, Sentence

COMPONENTS: Final[Mapping[str, str]] = {
    "repurchase": "what the shop buys and is due",
    "collaborative": "what shops with such orders buy",
    "succession": "what is bought after it",
    "content": "likeness of products",
    "peers": "what similar shops order",
    "affinity": "what goes with the order",
}
"""What the components are called inside a sentence."""

TEMPLATES: Final[Mapping[str, Message]] = {
    # why a line moved: points are hundredths of a spread, the unit of scores
    "why.up": Message(
        "{component} speaks {points} point more for it, against the last line of the list",
        "{component} speaks {points} points more for it, against the last line of the list",
        "points",
    ),
    "why.down": Message(
        "{component} speaks {points} point less for it, against the last line of the list",
        "{component} speaks {points} points less for it, against the last line of the list",
        "points",
    ),
    "why.rules": Message("variety or a rule moved it, its score did not"),
    "why.others": Message("others moved past it"),
    # how a search ended
    "found.better": Message("on orders it has never seen it is better than where the search began"),
    "found.not_sure": Message(
        "on orders it has never seen the difference cannot be told from noise"
    ),
    "found.no_better": Message("on orders it has never seen it is no better, do not publish it"),
    "found.nothing": Message(
        "no better blend was found: of {trials} recipe none beat the start by more than luck",
        "no better blend was found: of {trials} recipes none beat the start by more than luck",
        "trials",
    ),
    # what a search does
    "search.waiting": Message("getting ready"),
    "search.trying": Message("trying recipes"),
    "search.checking": Message("checking the best one on orders it has never seen"),
    "search.done": Message("done"),
    "search.closed": Message("the application closed"),
    "search.failed": Message("it could not be carried out; the log has the details"),
}


def say(sentence: Sentence, language: Language) -> str:
    """A sentence in a language; it begins small, to stand inside another."""
    values = dict(sentence.values)
    component = values.get("component")
    if isinstance(component, str):
        values["component"] = language.text(COMPONENTS.get(component, component))
    return language.say(TEMPLATES[sentence.template], values)
