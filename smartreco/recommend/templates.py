"""The words of every reason: a template id here, its values from the scorers.

Messages are English and at the same time the keys of the translation files. No
template holds a number of its own: each one comes from the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.entities import Reason
from smartreco.language import Language, Message

REASONS: Final[Mapping[str, Message]] = {
    "repurchase.rhythm": Message(
        "You ordered this {times} times, last on {last}; you reorder it about every day",
        "You ordered this {times} times, last on {last}; you reorder it about every {cadence} days",
        "cadence",
    ),
    "repurchase.bought": Message(
        "You ordered this once, on {last}",
        "You ordered this {times} times, last on {last}",
        "times",
    ),
    "repurchase.never": Message("You have not ordered this yet"),
    "collaborative.also_bought": Message(
        "You ordered {product} once, on {last}; {share} of its {buyers} other buyers buy this too",
        "You ordered {product} {times} times, last on {last};"
        " {share} of its {buyers} other buyers buy this too",
        "times",
    ),
    "collaborative.also_bought_one": Message(
        "You ordered {product} once, on {last}; its one other buyer buys this too",
        "You ordered {product} {times} times, last on {last}; its one other buyer buys this too",
        "times",
    ),
    "collaborative.resembles": Message(
        "Close to {product}, which you buy, by category, vendor or name"
    ),
    "collaborative.against": Message("Shops with your range order it less: this holds it back"),
    "collaborative.nothing": Message("There are no orders of yours to compare with yet"),
    "succession.followed": Message(
        "The one other shop that had {product} took this up later",
        "Taken up after {product}: {share} of the {shops} shops that had it"
        " and not yet this one went on to order it",
        "shops",
    ),
    "succession.pattern": Message("Fits what shops take up after {product}"),
    "succession.against": Message("Seldom the next step for shops with your range"),
    "succession.nothing": Message("There are no orders of yours to go on from yet"),
    "peers.neighbours": Message(
        "Ordered by the shop most like yours",
        "Ordered by {buyers} of the {shops} shops most like yours",
        "shops",
    ),
    "peers.everyone": Message(
        "Popular: {buyers} of {shops} shops ordered it in the last {days} days"
    ),
    "peers.segment+region": Message(
        "Popular with {first} shops in {second}:"
        " {buyers} of {shops} ordered it in the last {days} days"
    ),
    "peers.segment": Message(
        "Popular with {first} shops: {buyers} of {shops} ordered it in the last {days} days"
    ),
    "peers.region": Message(
        "Popular in {first}: {buyers} of {shops} shops ordered it in the last {days} days"
    ),
    "peers.city": Message(
        "Popular in {first}: {buyers} of {shops} shops ordered it in the last {days} days"
    ),
    "content.category": Message(
        "Like what you stock: one of your {products} products is {label}",
        "Like what you stock: {count} of your {products} products are {label}",
        "count",
    ),
    "content.subcategory": Message(
        "Like what you stock: one of your {products} products is {label}",
        "Like what you stock: {count} of your {products} products are {label}",
        "count",
    ),
    "content.vendor": Message(
        "From {label}, as one of your {products} products",
        "From {label}, as {count} of your {products} products",
        "count",
    ),
    "content.price": Message(
        "Priced like one of your {products} products",
        "Priced like {count} of your {products} products",
        "count",
    ),
    "content.word": Message(
        "“{label}” is in the name of one of your {products} products",
        "“{label}” is in the name of {count} of your {products} products",
        "count",
    ),
    "content.nothing": Message("Nothing you buy is like it"),
    "affinity.together": Message(
        "Bought together with {product} in your order:"
        " in {both} of its {orders} orders, {lift} times as often as in all orders"
    ),
    "affinity.apart": Message("Seldom bought together with {product} in your order"),
    "affinity.nothing": Message("Nothing in your order is bought together with it"),
}
"""Why a product is on a list: one sentence a component."""

ROWS: Final[Mapping[str, Message]] = {
    "row.habit": Message("How often you ordered it, lately above all"),
    "row.due": Message("Time since your last order, against your usual interval"),
    "row.product": Message("How often shops order it again, and how it sells now"),
    "row.purchase": Message("You buy {product}"),
    "row.followed": Message("What shops took up after {product}, which you buy"),
    "row.basket": Message("{product} in your order"),
    "row.peers": Message(
        "One shop like yours that orders it", "{count} shops like yours that order it", "count"
    ),
    "row.everyone": Message("What all {shops} shops order lately"),
    "row.segment+region": Message("What {shops} {first} shops in {second} order lately"),
    "row.segment": Message("What {shops} {first} shops order lately"),
    "row.region": Message("What {shops} shops in {first} order lately"),
    "row.city": Message("What {shops} shops in {first} order lately"),
    "row.category": Message("Category {label}"),
    "row.subcategory": Message("Sub-category {label}"),
    "row.vendor": Message("From {label}"),
    "row.price": Message("Price band {label}, counted from the cheapest"),
    "row.word": Message("“{label}” in its name"),
    "row.rest": Message("One smaller part", "{count} smaller parts", "count"),
}
"""What one addend of a score is called in the exact breakdown."""

WHAT_IF: Final[Mapping[str, Message]] = {
    "without.falls": Message(
        "Without your orders of {product} this would fall from rank {before} to {after}"
    ),
    "without.rises": Message(
        "Without your orders of {product} this would rise from rank {before} to {after}"
    ),
    "without.stays": Message(
        "Even without your orders of {product} this would stay at rank {before}"
    ),
    "without.new": Message(
        "Had you never ordered it, it would be number {after} among products new to you"
    ),
    "without.leaves": Message(
        "Without your orders of {product} this would not be on the list, where its rank is {before}"
    ),
}
"""What would be different, true when computed again."""

TEMPLATES: Final[Mapping[str, Message]] = {**REASONS, **ROWS, **WHAT_IF}


def render(reason: Reason, language: Language) -> str:
    """A reason, a row of a breakdown or a what-if in the words of a language."""
    return language.say(TEMPLATES[reason.template], reason.values)
