"""What is said beside the figures of a bench."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Language, Message, Sentence

TEMPLATES: Final[Mapping[str, Message]] = {
    "note.floors": Message(
        "Places kept for a vendor are filled from his products near the top of a list only"
    ),
    "note.short": Message(
        "Rules take so much away that {shops} list may be shorter here than it would be",
        "Rules take so much away that {shops} lists may be shorter here than they would be",
        "shops",
    ),
    "note.stock": Message("What vendors have in stock today is not held against a past window"),
    "note.seen": Message(
        "The blend in force was learned from all orders, this window among them: it has an "
        "advantage here"
    ),
}
"""Notes of `gauges.Measured`."""


def say(sentence: Sentence, language: Language) -> str:
    """A note in a language."""
    return language.say(TEMPLATES[sentence.template], sentence.values)
