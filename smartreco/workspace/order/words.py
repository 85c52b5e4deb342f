"""The words about orders: a template here, its values from the figures themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.language import Language, Message, Sentence

#: What an order goes through, in this order, and the words of each.
STATUS_WORDS: Final[Mapping[str, str]] = {
    "placed": "Placed",
    "confirmed": "Confirmed",
    "delivered": "Delivered",
    "cancelled": "Cancelled",
}
STATUSES: Final = tuple(STATUS_WORDS)

#: Why a vendor refuses his part of an order: what is usual; he may use words of his own.
REFUSALS: Final = (
    "Not enough in stock",
    "The order is too small to deliver",
    "We do not deliver there",
    "The price was wrong",
)
LONGEST_REASON: Final = 200  # signs

TEMPLATES: Final[Mapping[str, Message]] = {
    "draft.empty": Message("There is nothing on the order yet"),
    "draft.closed": Message("This shop no longer takes part: nothing can be ordered for it"),
    "draft.inactive": Message("{product} is no longer sold: take it off the order"),
    "draft.none_left": Message("{product}: the vendor has none left"),
    "draft.too_many": Message(
        "{product}: the vendor has one piece left, the order asks for {wanted}",
        "{product}: the vendor has {left} pieces left, the order asks for {wanted}",
        "left",
    ),
    "draft.minimum": Message(
        "{vendor} takes orders from {minimum}: {missing} more is needed, or take its products off"
    ),
    "draft.credit": Message("The order is {over} above your free credit of {free}"),
    "draft.no_price": Message("{product}: price on request"),
    "draft.part_case": Message("{product} comes in cases of {case_size}; the last one is not full"),
    "paste.no_quantity": Message("No quantity in this row"),
    "paste.bad_quantity": Message("A quantity is a whole number from {least} to {most}"),
    "paste.unread": Message(
        "{text} cannot be read as a quantity: write a whole number such as 12 or 1,200"
    ),
    "paste.several_numbers": Message(
        "More than one number may be the quantity: keep one, or put a row of headings above"
    ),
    "paste.unknown": Message("No product has the code or name {code}"),
    "paste.unknown_like": Message("No product has the code or name {code}; did you mean {like}?"),
    "paste.several": Message("{code} may mean any of {many} products, such as {names}"),
    "paste.inactive": Message("{product} is no longer sold"),
    "paste.added_up": Message("Added up from rows {rows}"),
    "paste.cases": Message(
        "One case of {case_size} pieces", "{cases} cases of {case_size} pieces", "cases"
    ),
}


def refusal(reason: str, language: Language) -> str:
    """A vendor's reason: what is usual in the words of a language, his own as they are."""
    return language.text(reason) if reason in REFUSALS else reason


def say(sentence: Sentence, language: Language) -> str:
    """A sentence in the words of a language."""
    return language.say(TEMPLATES[sentence.template], sentence.values)
