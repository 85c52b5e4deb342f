"""Reasons as chips: a handful of words on a card, the full sentence one click away.

Each template of `smartreco.recommend.templates.REASONS` has a short form over
the same values, so that a chip can say nothing that its sentence does not. What
does not speak for a product has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartreco.entities import Reason
from smartreco.language import Language, Message

SHORT: Mapping[str, Message | None] = {
    "repurchase.rhythm": Message("Ordered once", "Ordered {times} times", "times"),
    "repurchase.bought": Message("Ordered once", "Ordered {times} times", "times"),
    "repurchase.never": None,
    "collaborative.also_bought": Message("Goes with {product}"),
    "collaborative.also_bought_one": Message("Goes with {product}"),
    "collaborative.resembles": Message("Much like {product}"),
    "collaborative.against": None,
    "collaborative.nothing": None,
    "succession.followed": Message("Taken up after {product}"),
    "succession.pattern": Message("Fits after {product}"),
    "succession.against": None,
    "succession.nothing": None,
    "peers.neighbours": Message(
        "The shop most like yours orders it", "{buyers} of {shops} shops like yours", "shops"
    ),
    "peers.everyone": Message("{buyers} of {shops} shops order it"),
    "peers.segment+region": Message("{buyers} of {shops} {first} shops in {second}"),
    "peers.segment": Message("{buyers} of {shops} {first} shops"),
    "peers.region": Message("{buyers} of {shops} shops in {first}"),
    "peers.city": Message("{buyers} of {shops} shops in {first}"),
    "content.category": Message("You stock {label}", "You stock {count} × {label}", "count"),
    "content.subcategory": Message("You stock {label}", "You stock {count} × {label}", "count"),
    "content.vendor": Message(
        "You buy from {label}", "You buy {count} products from {label}", "count"
    ),
    "content.price": Message("In your price range"),
    "content.word": Message(
        "“{label}”, as in one you buy", "“{label}”, as in {count} you buy", "count"
    ),
    "content.nothing": None,
    "affinity.together": Message("Fits {product} in your order"),
    "affinity.apart": None,
    "affinity.nothing": None,
}


def chips(reasons: Sequence[Reason], most: int, language: Language) -> list[str]:
    """The strongest reasons that speak for a product, in a few words each."""
    found: dict[str, None] = {}  # a set that keeps its order
    for reason in sorted(reasons, key=lambda reason: -reason.contribution):
        short = SHORT.get(reason.template)
        if len(found) == most or reason.contribution <= 0:
            break
        if short is not None:
            found[language.say(short, reason.values)] = None
    return list(found)
