"""Lines in the wrong unit: a case's price, hundredths of the currency, cases for pieces.

The product's other lines give it away. The test is strict, since a false repair
is worse than none: the product must have a usual price, the line must lie a
whole factor above it, and the divided price must be one that the product has
really been sold at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.dataset.cleaning.coded import Codes
from smartreco.dataset.cleaning.ledger import Mask

Floats = npt.NDArray[np.float64]

FEWEST_LINES: Final = 5  # a product with fewer has no usual price
NEAR: Final = 2.0  # a usual price lies within this factor of the median
USUAL_SHARE: Final = 0.75  # share of lines that must be near the median
SAME_PRICE: Final = 0.02  # relative; a divided price this near to a real one is that price
SMALLEST_CASE: Final = 3  # below this a case's price is no sure sign
WHOLE_CASES: Final = 0.8  # share of a product's lines, for it to go out in whole cases
LOUDLY: Final = 0.8  # of log(case size): how much nearer cases must be against a whole case
ROUNDS: Final = 4  # a repair can make a further one visible


@dataclass(frozen=True)
class UnitRepairs:
    """Prices and quantities after the repair, and the rows each rule changed."""

    price: Floats
    quantity: Floats
    per_case: Mask
    hundredths: Mask
    in_cases: Mask


def repair_units(
    product: Codes, retailer: Codes, price: Floats, quantity: Floats, case_size: Floats, rows: Mask
) -> UnitRepairs:
    """Find and turn lines in the wrong unit.

    Parameters
    ----------
    product, retailer
        Codes of each row.
    price, quantity
        Currency a piece, and pieces; below 0 for a return.
    case_size
        Pieces in a case by product code; NaN where unknown.
    rows
        Rows to look at.
    """
    price, quantity = price.copy(), quantity.copy()
    none = np.zeros(len(price), dtype=bool)
    per_case, hundredths, in_cases = none.copy(), none.copy(), none.copy()
    at = np.flatnonzero(rows)
    for _ in range(ROUNDS):
        case = case_size[product[at]]
        by_case, by_hundred = _wrong_prices(product[at], price[at], case)
        if not (by_case.any() or by_hundred.any()):
            break
        counts = by_case & _counted_in_cases(product[at], retailer[at], quantity[at], case, by_case)
        price[at] = np.round(price[at] / np.where(by_case, case, np.where(by_hundred, 100, 1)), 6)
        quantity[at] = quantity[at] * np.where(counts, case, 1)
        per_case[at] |= by_case
        hundredths[at] |= by_hundred
        in_cases[at] |= counts
    return UnitRepairs(price, quantity, per_case, hundredths, in_cases)


def _wrong_prices(product: Codes, price: Floats, case: Floats) -> tuple[Mask, Mask]:
    """Rows priced for a case, and rows priced in hundredths."""
    by_product = pd.Series(price).groupby(product)
    ratio = price / by_product.transform("median").to_numpy()
    near = (ratio > 1 / NEAR) & (ratio < NEAR)
    suspect = ratio >= NEAR
    none = np.zeros(len(price), dtype=bool)
    if not suspect.any():
        return none, none
    usual = pd.Series(near).groupby(product)
    steady = (usual.transform("size") >= FEWEST_LINES) & (usual.transform("mean") >= USUAL_SHARE)
    suspect &= steady.to_numpy()
    cased = suspect & (case >= SMALLEST_CASE)
    by_case = cased & _was_paid(product, price, price / np.where(cased, case, 1), near, cased)
    rest = suspect & ~by_case
    by_hundred = rest & _was_paid(product, price, price / 100, near, rest)
    return by_case, by_hundred


def _was_paid(product: Codes, price: Floats, asked: Floats, near: Mask, rows: Mask) -> Mask:
    """Rows whose asked price lies close to one at which the product's usual lines were sold."""
    found = np.zeros(len(price), dtype=bool)
    if not rows.any():
        return found
    paid = pd.DataFrame({"product": product[near], "paid": price[near]}).drop_duplicates()
    wanted = pd.DataFrame(
        {"product": product[rows], "asked": asked[rows], "row": np.flatnonzero(rows)}
    )
    nearest = pd.merge_asof(
        wanted.sort_values("asked"), paid.sort_values("paid"), left_on="asked", right_on="paid",
        by="product", direction="nearest",
    )  # fmt: skip
    close = (nearest["paid"] / nearest["asked"] - 1).abs() <= SAME_PRICE
    found[nearest["row"][close.to_numpy()].to_numpy()] = True
    return found


def _counted_in_cases(
    product: Codes, retailer: Codes, quantity: Floats, case: Floats, rows: Mask
) -> Mask:
    """Rows with a case's price whose quantity counts cases too.

    Where a product goes out in whole cases, a quantity that is none counts cases,
    and one that is counts pieces unless the shop's usual quantity speaks loudly
    against it. Elsewhere the nearer of both to the usual quantity counts.
    """
    size = np.abs(quantity)
    known = pd.Series(np.where(rows, np.nan, size))
    own = known.groupby([retailer, product]).transform("median").to_numpy()
    usual = np.where(np.isnan(own), known.groupby(product).transform("median").to_numpy(), own)
    whole = pd.Series(np.where(rows, np.nan, size % case == 0)).groupby(product)
    cased = (whole.transform("mean") >= WHOLE_CASES).to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        nearer = np.abs(np.log(size / usual)) - np.abs(np.log(size * case / usual))
        loud = np.where(size % case == 0, LOUDLY * np.log(case), -np.inf)
    return nearer > np.where(cased, loud, 0)
