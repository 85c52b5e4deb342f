"""Every reason for which a row is changed or set aside, with the sentence people read.

The code is kept with the row in the store and never changes its meaning; the
sentence is a translation key. Which rule comes first decides under which reason
a row that breaks several is counted: it is the order in which the rules run
(`smartreco.dataset.cleaning`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from smartreco.language import Language


class Outcome(StrEnum):
    """What became of a row."""

    KEPT = "kept"
    FIXED = "fixed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Rule:
    """Why rows of one kind are fixed or quarantined."""

    code: str
    outcome: Outcome
    sentence: str


def _rules(outcome: Outcome, sentences: Iterable[tuple[str, str]]) -> dict[str, Rule]:
    return {code: Rule(code, outcome, sentence) for code, sentence in sentences}


_QUARANTINED: Final = _rules(
    Outcome.QUARANTINED,
    (
        ("too_many_cells", "The row has more cells than the header."),
        ("duplicate", "The same row again; the first copy is kept."),
        ("missing_order", "No order number, so the line belongs to no order."),
        ("missing_product", "No product, so nobody can tell what was ordered."),
        ("missing_retailer", "No customer, so the line cannot be counted for anybody."),
        ("service.postage", "Postage or carriage, not a product."),
        ("service.discount", "A discount booked as a line, not a product."),
        ("service.fee", "A fee or commission, not a product."),
        ("service.adjustment", "A correction of the books, not a product."),
        ("service.manual", "A manual entry without a product."),
        ("service.sample", "Samples, not an order."),
        ("service.voucher", "A gift voucher, not a product."),
        ("service.padding", "A filler line without a price of its own."),
        ("service.test", "A test entry."),
        ("missing_date", "No date."),
        ("unreadable_date", "The date cannot be read."),
        ("impossible_date", "The date lies before 1990 or more than two years ahead."),
        ("future_date", "The date lies ahead of the day of the import."),
        ("missing_quantity", "No quantity."),
        ("unreadable_quantity", "The quantity cannot be read as a number."),
        ("fractional_quantity", "The quantity is no whole number of pieces."),
        ("zero_quantity", "The quantity is zero."),
        ("absurd_quantity", "More than a million pieces on one line."),
        ("missing_price", "No price."),
        ("unreadable_price", "The price cannot be read as a number."),
        ("zero_price", "A price of zero: a giveaway or a correction of stock, not a sale."),
        ("negative_price", "The price is below zero."),
        ("cancelled_status", "The line's own status says cancelled or returned."),
        ("superseded_line", "A later row of the file corrects this line."),
        ("netted", "A return; its pieces were taken off earlier lines of the same shop."),
        (
            "netted_in_part",
            "A return of more pieces than the shop's earlier lines hold; what they hold was "
            "taken off.",
        ),
        ("unmatched_return", "A return without an earlier line of that product by that shop."),
        ("cancelled_in_full", "The shop returned every piece of this line."),
        ("missing_id", "No id, so the row names nothing."),
        ("superseded_row", "A later row of the file speaks of the same id."),
        ("unknown_product", "No product of this data set has this id."),
        ("unknown_holder", "No shop or vendor of this data set has this id."),
        ("missing_value", "A value that the row needs is missing or cannot be read."),
        ("ends_before_it_starts", "The period ends before it starts."),
    ),
)

_FIXED: Final = _rules(
    Outcome.FIXED,
    (
        ("repaired_quantity", "The quantity was read out of other characters around it."),
        ("repaired_price", "The price was read out of other characters around it."),
        ("repaired_date", "The date was written unlike the rest of its column."),
        ("merged_spelling", "The same id was written in capital and small letters."),
        ("split_order", "One order number held two customers; each got an order of its own."),
        ("unknown_status", "The status is none that is known; taken as delivered."),
        ("counted_in_cases", "The quantity was given in cases; turned into pieces."),
        ("price_per_case", "The price was that of a case; turned into the price of a piece."),
        ("price_in_hundredths", "The price was in hundredths of the currency; divided by 100."),
        ("reduced_by_return", "Pieces that the shop returned later were taken off."),
        ("named_by_id", "No name; the id stands for it."),
        ("repaired_text", "Letters broken by a wrong encoding were mended."),
        ("category_spelling", "The category was spelled unlike the rest; the usual name is used."),
        ("category_synonym", "Another word for a category that the data set uses."),
        ("missing_category", "No category; put under Uncategorised."),
        ("place_spelling", "A city, region or segment in other capitals than elsewhere."),
        ("vendor_spelling", "The vendor was spelled unlike the rest; the usual name is used."),
        ("dropped_value", "A value that cannot be right was left out; the row is kept."),
    ),
)

RULES: Final[dict[str, Rule]] = _QUARANTINED | _FIXED

#: Reasons that a change of the row puts right. The others tell of rows that are where they
#: belong: copies, returns, service lines, and rows that a later one corrects.
MENDABLE: Final = frozenset(
    {
        "too_many_cells", "missing_order", "missing_product", "missing_retailer", "missing_date",
        "unreadable_date", "impossible_date", "future_date", "missing_quantity",
        "unreadable_quantity", "fractional_quantity", "zero_quantity", "absurd_quantity",
        "missing_price", "unreadable_price", "zero_price", "negative_price", "missing_id",
        "unknown_product", "unknown_holder", "missing_value", "ends_before_it_starts",
    }
)  # fmt: skip


def sentence(code: str, language: Language) -> str:
    """The reason in words."""
    return language.text(RULES[code].sentence)
