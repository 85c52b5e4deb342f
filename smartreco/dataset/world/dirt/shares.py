"""Which defects there are and how many of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DirtShares:
    """Share of a file's rows that get each defect; every kind that may occur does once.

    Attributes
    ----------
    duplicate
        Lines that come a second time, the same in every cell.
    returned
        Lines of which a later line with a negative quantity takes some or all back.
    missing_retailer, missing_product, missing_order
        Lines without the id.
    date_text, date_far
        Dates that say "n/a", and dates in the year 9999.
    date_day_first, date_month_first
        Dates such as 25/10/2025 and 10/25/2025 among ISO ones, days above 12.
    price_per_case, price_in_paise
        Prices of a case, and in hundredths of a rupee.
    quantity_in_cases
        Cases and a case's price where pieces and a piece's price belong.
    service
        Freight and bank charges booked as lines.
    category_case, category_misspelled
        Categories in other letters, and with letters dropped or swapped (products).
    vendor_case
        Vendors' names in capitals or small letters (products).
    name_encoding
        Names with accents, dashes or curly apostrophes read in the wrong encoding
        (products, retailers).
    name_no_break_space
        Plain names in which a no-break space was read so (products, retailers).
    city_case
        Cities in capitals or small letters (retailers).
    row_twice
        Products or retailers that come a second time, the same in every cell.
    """

    duplicate: float = 0.008
    returned: float = 0.012
    missing_retailer: float = 0.005
    missing_product: float = 0.003
    missing_order: float = 0.001
    date_text: float = 0.002
    date_far: float = 0.001
    date_day_first: float = 0.006
    date_month_first: float = 0.004
    price_per_case: float = 0.004
    price_in_paise: float = 0.004
    quantity_in_cases: float = 0.003
    service: float = 0.006
    category_case: float = 0.02
    category_misspelled: float = 0.015
    vendor_case: float = 0.015
    name_encoding: float = 0.01
    name_no_break_space: float = 0.008
    city_case: float = 0.02
    row_twice: float = 0.006


KINDS = tuple(DirtShares.__dataclass_fields__)
