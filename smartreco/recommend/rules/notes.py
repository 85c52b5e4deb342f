"""Words for the rules that moved a line: every rule that changed a list says so.

A note is a name; its words are filled in from the product that it stands on. They
never give a margin away: a shop may read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.entities import Product
from smartreco.language import Language, Message
from smartreco.recommend.rules.rule import CATEGORY, PRODUCT, VENDOR

AVAILABLE: Final = "available"
EXCLUDED: Final = "excluded"
ORDERED: Final = "ordered"
ELIGIBLE: Final = "eligible"
PINNED: Final = "pinned"
LEFT_OUT: Final = "left_out"
BOOSTED: Final[Mapping[str, str]] = {
    PRODUCT: "boosted_product",
    CATEGORY: "boosted_category",
    VENDOR: "boosted_vendor",
}
HELD_BACK: Final = "held_back"
VARIED: Final = "varied"
FLOOR: Final = "vendor_floor"
CAP: Final = "vendor_cap"

NOTES: Final[Mapping[str, Message]] = {
    AVAILABLE: Message("Moved up: a product above it cannot be ordered now"),
    EXCLUDED: Message("Moved up: you hid a product above it"),
    ORDERED: Message("Moved up: a product above it is in an order you have just placed"),
    ELIGIBLE: Message("Moved up: your filters leave out a product above it"),
    PINNED: Message("Pinned to the top"),
    LEFT_OUT: Message("Moved up: a rule leaves out a product above it"),
    BOOSTED[PRODUCT]: Message("Moved up by a rule: this product is promoted"),
    BOOSTED[CATEGORY]: Message("Moved up by a rule: {category} is promoted"),
    BOOSTED[VENDOR]: Message("Moved up by a rule: {vendor} is promoted"),
    HELD_BACK: Message("Moved down by a rule: others are promoted"),
    VARIED: Message("Moved up by a rule: it keeps the list varied"),
    FLOOR: Message("Moved up by a rule: {vendor} has places of its own"),
    CAP: Message("Moved up by a rule: a vendor above it has its share of places"),
}


def note_words(name: str, product: Product, language: Language) -> str:
    """A note on a product's line in the words of a language."""
    values = {"vendor": product.vendor or "", "category": product.category}
    return language.say(NOTES[name], values)
