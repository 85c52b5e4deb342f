"""Every sentence that tells a what-if's outcome, by id, so that a language is a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Language, Message, Sentence
from smartreco.scenario.words import with_list

TOLD: Final[Mapping[str, Message]] = {
    "revenue.more": Message(
        "Revenue over {weeks} weeks rises by {size} ({share}) to {then}; in eight of ten"
        " futures by {low} to {high}."
    ),
    "revenue.less": Message(
        "Revenue over {weeks} weeks falls by {size} ({share}) to {then}; in eight of ten"
        " futures by {low} to {high}."
    ),
    "revenue.same": Message(
        "Revenue over {weeks} weeks cannot be told apart from today's {base}: the difference"
        " lies between {low} and {high}."
    ),
    "units.more": Message(
        "Sales over {weeks} weeks rise by {size} pieces ({share}) to {then}; in eight of ten"
        " futures by {low} to {high}."
    ),
    "units.less": Message(
        "Sales over {weeks} weeks fall by {size} pieces ({share}) to {then}; in eight of ten"
        " futures by {low} to {high}."
    ),
    "units.same": Message(
        "Sales over {weeks} weeks cannot be told apart from today's {base} pieces: the"
        " difference lies between {low} and {high}."
    ),
    "margin.more": Message("Margin rises by {size} to {then} ({low} to {high})."),
    "margin.less": Message("Margin falls by {size} to {then} ({low} to {high})."),
    "margin.same": Message(
        "Margin cannot be told apart from today's {base}: the difference lies between {low}"
        " and {high}."
    ),
    "margin.unknown": Message("What it does to margin is not known: the data hold no costs."),
    "lost.less": Message(
        "{size} fewer pieces are wanted and not there ({low} to {high}); today it would be {base}."
    ),
    "lost.more": Message(
        "{size} more pieces are wanted and not there ({low} to {high}); today it would be {base}."
    ),
    "lost.same": Message(
        "Pieces that are wanted and not there cannot be told apart from today's {base}: the"
        " difference lies between {low} and {high}."
    ),
    "served.more": Message("The share of demand that is served goes from {base} to {then}."),
    "served.less": Message("The share of demand that is served goes from {base} to {then}."),
    "served.same": Message(
        "The share of demand that is served cannot be told apart from today's {base}."
    ),
    "lost.unknown": Message("Whether shelves stand empty is not in the data."),
    "served.unknown": Message("What share of demand is served is not in the data."),
    "part.more": Message(
        "{name} sells {size} pieces more ({low} to {high}), {share} of what it sells today."
    ),
    "part.less": Message(
        "{name} sells {size} pieces less ({low} to {high}), {share} of what it sells today."
    ),
    "part.same": Message(
        "What {name} sells cannot be told apart from today's {base} pieces: the difference lies"
        " between {low} and {high}."
    ),
    "part.none": Message("No product's sales are touched."),
    "gains.more": Message("Most of what turns elsewhere goes to {name}: {size} ({low} to {high})."),
    "gains.none": Message("No other vendor's gain can be told apart from nothing."),
    "launch.sells": Message(
        "{name} itself sells {size} pieces for {money}; in eight of ten futures for {low} to"
        " {high}."
    ),
    "launch.shops": Message(
        "{count} shop bought at least half of the like products lately and may take it first.",
        "{count} shops bought at least half of the like products lately and may take it first.",
        "count",
    ),
    "launch.no_shops": Message(
        "No shop bought half of the like products lately; the likeliest bought {share} of them."
    ),
    "launch.unbought": Message("No shop bought a like product lately."),
    "list.margin.more": Message(
        "The mean margin of the {list} list rises from {base} to {then}; the rise lies between"
        " {low} and {high} points in nineteen of twenty draws of shops."
    ),
    "list.margin.less": Message(
        "The mean margin of the {list} list falls from {base} to {then}; the fall lies between"
        " {low} and {high} points in nineteen of twenty draws of shops."
    ),
    "list.margin.same": Message(
        "The mean margin of the {list} list cannot be told apart from today's {base}."
    ),
    "list.margin.unknown": Message("What the {list} list earns is not known: no costs."),
    "list.orders.more": Message(
        "A list is expected to bring {then} orders in four weeks in place of {base}"
        " (between {low} and {high} more)."
    ),
    "list.orders.less": Message(
        "A list is expected to bring {then} orders in four weeks in place of {base}"
        " (between {low} and {high} less)."
    ),
    "list.orders.same": Message(
        "Orders that a list brings cannot be told apart from today's {base} in four weeks."
    ),
    "list.orders.unknown": Message("How many orders a list brings is not known."),
    "list.changed": Message(
        "{share} of {shops} lists change; {name} enters most, {count} of them."
    ),
    "list.unchanged": Message("No product enters or leaves a list of {shops} shops looked at."),
}


def tell(story: tuple[Sentence, ...], language: Language) -> tuple[str, ...]:
    """Sentences of a story in a language."""
    return tuple(language.say(TOLD[one.template], with_list(one.values, language)) for one in story)
