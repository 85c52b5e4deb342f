"""Every sentence that levers and results say, by id, so that a language is a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Language, Message, Sentence, noted

__all__ = ["TEMPLATES", "Sentence", "list_word", "say", "say_all", "with_list"]

LISTS: Final = {"reorder": noted("reorder"), "discover": noted("discover"), "all": noted("mixed")}
TEMPLATES: Final[Mapping[str, Message]] = {
    # when
    "when.all": Message("in all weeks looked at"),
    "when.from": Message("from week {first} on"),
    "when.between": Message("in weeks {first} to {last}"),
    "when.one": Message("in week {first}"),
    # what
    "what.products": Message("{count} product: {names}", "{count} products: {names}", "count"),
    "what.category": Message("everything in {category}"),
    "what.vendor": Message("everything of vendor {vendor}"),
    "what.category_vendor": Message("everything in {category} of vendor {vendor}"),
    # levers
    "lever.price": Message("Prices move by {change}"),
    "lever.promotion": Message("A promotion takes {depth} off"),
    "lever.stock_out": Message("Vendors have none"),
    "lever.restored": Message("Vendors never run out"),
    "lever.product_exit": Message("Taken off the market"),
    "lever.vendor_exit": Message("Vendor {vendor} leaves with all products"),
    "lever.demand": Message("Demand moves by {change}"),
    "lever.demand_region": Message("Demand moves by {change} in {region}"),
    "lever.launch": Message("{name} is launched in {category} at {price}"),
    "lever.lead_time": Message(
        "Deliveries to vendors take {count} week longer",
        "Deliveries to vendors take {count} weeks longer",
        "count",
    ),
    "lever.lead_time_shorter": Message(
        "Deliveries to vendors take {count} week less",
        "Deliveries to vendors take {count} weeks less",
        "count",
    ),
    "lever.festival_later": Message(
        "{festival} falls {count} day later", "{festival} falls {count} days later", "count"
    ),
    "lever.festival_earlier": Message(
        "{festival} falls {count} day earlier", "{festival} falls {count} days earlier", "count"
    ),
    "lever.new_retailers": Message(
        "{count} new shop opens in {region}", "{count} new shops open in {region}", "count"
    ),
    "lever.new_retailers_segment": Message(
        "{count} new shop of the kind {segment} opens in {region}",
        "{count} new shops of the kind {segment} open in {region}",
        "count",
    ),
    "lever.blend": Message("The {list} list is mixed by other weights: {weights}"),
    "lever.rule": Message("A rule on lists: {kind}, {amount}"),
    # what to know before trusting a figure
    "flag.beyond": Message(
        "The price of {count} product leaves the range that was ever seen.",
        "The prices of {count} products leave the range that was ever seen.",
        "count",
    ),
    "flag.borrowed": Message(
        "{count} product has too few prices of its own; its category's response is used.",
        "{count} products have too few prices of their own; their category's response is used.",
        "count",
    ),
    "flag.no_promotions": Message(
        "The data show no promotion, so a promotion is taken to work as a price cut does."
    ),
    "flag.substitution_learned": Message(
        "{share} of what is lost is taken as something like it (learned from {weeks} weeks with"
        " empty shelves; between {low} and {high})."
    ),
    "flag.substitution_assumed": Message(
        "{share} of what is lost is taken as something like it: an assumption, between {low}"
        " and {high}; the data hold too few empty shelves to tell."
    ),
    "flag.no_stock": Message("The data hold no empty shelves, so all shelves are taken as full."),
    "flag.no_cost": Message(
        "The cost of {count} product is unknown; margin leaves it out.",
        "The cost of {count} products is unknown; margin leaves them out.",
        "count",
    ),
    "flag.no_price": Message(
        "The price of {count} product is unknown; revenue leaves it out.",
        "The price of {count} products is unknown; revenue leaves them out.",
        "count",
    ),
    "flag.launch": Message(
        "A new product is taken to sell as one of {count} like products did in its first weeks."
    ),
    "flag.new_shops": Message(
        "A new shop is taken to order about as one of {count} like shops does; whether it starts"
        " slowly is open."
    ),
    "flag.festival": Message(
        "What a festival does to demand was learned from {count} product; it may do nothing, or"
        " twice as much.",
        "What a festival does to demand was learned from {count} products; it may do nothing, or"
        " twice as much.",
        "count",
    ),
    "flag.shelves": Message(
        "Vendors are taken to order every week, up to what covers demand in nineteen cases of"
        " twenty until the delivery."
    ),
    "flag.lumps": Message("What changes comes or goes in whole order lines of the usual size."),
    # what a tornado's bars are
    "cause.response": Message("How strongly demand answers prices"),
    "cause.substitution": Message("How much is taken as something like it"),
    "cause.demand": Message("How much will be asked for anyway"),
    "cause.promotion": Message("How much a promotion is noticed beyond its price"),
    "cause.festival": Message("How strong the festival is"),
    "cause.launch": Message("How well the new product is taken up"),
    "cause.interplay": Message("What levers do to each other"),
    # where an assumption comes from
    "source.demand": Message(
        "the forecast's own range for {count} product",
        "the forecast's own range for {count} products together",
        "count",
    ),
    "source.response": Message(
        "the own prices of {count} product of {all}, the rest from their category",
        "the own prices of {count} products of {all}, the rest from their category",
        "count",
    ),
    "source.promotion": Message("promotions in the data"),
    "source.substitution_learned": Message("{weeks} weeks with empty shelves in the data"),
    "source.substitution_assumed": Message(
        "an assumption; the data hold too few empty shelves to tell"
    ),
    "source.festival": Message(
        "past festivals in the data; that it may do nothing or twice as much is assumed"
    ),
    "source.launch": Message("the sales of {count} like products"),
    # assumptions that a reader moved
    "moved.demand": Message(
        "What will be asked for anyway is held at {at} beside the forecast, today as well"
        " (learned: {low} to {high})."
    ),
    "moved.response": Message(
        "How strongly demand answers prices is held at an elasticity of {at} (learned: {low} to"
        " {high})."
    ),
    "moved.promotion": Message(
        "That a promotion is noticed is held to add {at} to demand beyond its price (learned:"
        " {low} to {high})."
    ),
    "moved.substitution": Message(
        "What is taken as something like it is held at {at} of what is lost (learned: {low} to"
        " {high})."
    ),
    "moved.festival": Message(
        "The festival is held at {at} of its learned strength (likely: {low} to {high})."
    ),
    "moved.launch": Message(
        "The new product is held to sell {at} pieces (like products sell {low} to {high})."
    ),
}


def say(sentence: Sentence, language: Language) -> str:
    """A sentence in the words of a language."""
    return language.say(TEMPLATES[sentence.template], with_list(sentence.values, language))


def with_list(values: Mapping[str, object], language: Language) -> Mapping[str, object]:
    """The values of a sentence; a list that is among them goes by its word."""
    if "list" not in values:
        return values
    return {**values, "list": list_word(str(values["list"]), language)}


def list_word(name: str, language: Language) -> str:
    """What a list is called within a sentence."""
    return language.text(LISTS[name])


def say_all(sentences: tuple[Sentence, ...], language: Language) -> str:
    """Parts of one sentence, one after the other."""
    return ", ".join(say(one, language) for one in sentences)
