"""When bad rows stop an import, and when they are only set aside.

Two wishes meet here. A person who imports a file with a price of -5 or a date
in the year 9999 wants to be told, and nothing changed; a person who imports
half a million lines wants two such lines set aside, not the import stopped. So:

- *impossible* values (a date before 1990 or more than two years ahead, a
  negative price on a line that is no service) refuse the import where somebody
  can be expected to look at each row (fewer than `SMALL_FILE` rows), and where
  they are more than `IMPOSSIBLE_SHARE` of the rows: then the column is wrong,
  not the row;
- *unreadable* values (no date, no number) are ordinary dirt and set aside,
  unless they are more than `UNREADABLE_SHARE` of the rows: then the column is
  not what its header says;
- an import of which nothing is left, neither an order line nor a return, is
  refused.

``strict`` refuses at the first impossible or unreadable value, ``tolerant``
never.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from smartreco.dataset.cleaning.ledger import Ledger, Mask
from smartreco.dataset.cleaning.options import CleaningOptions
from smartreco.entities import Provenance
from smartreco.errors import InputError

SMALL_FILE: Final = 1_000  # rows
IMPOSSIBLE_SHARE: Final = 0.01
UNREADABLE_SHARE: Final = 0.20

IMPOSSIBLE: Final = {
    "impossible_date": "an order's date lies between 1990 and two years from now",
    "negative_price": "a price is not below zero",
}
UNREADABLE: Final = {
    "unreadable_date": "a column of dates holds dates",
    "unreadable_quantity": "a column of quantities holds numbers",
    "unreadable_price": "a column of prices holds numbers",
}
_COLUMN: Final = {"date": "ordered_at", "quantity": "quantity", "price": "unit_price"}


def judge(ledger: Ledger, options: CleaningOptions, columns: dict[str, str]) -> None:
    """Refuse the orders if their bad values are too many to be set aside.

    Parameters
    ----------
    ledger
        The orders' ledger, its value rules run.
    options
        Whether to be strict or tolerant.
    columns
        Our column names to the file's.

    Raises
    ------
    InputError
        Naming the rule, the first row that breaks it, and what to do.
    """
    if options.tolerant or options.provenance is Provenance.DEMO:
        return
    rows = len(ledger)
    for code, rule in (IMPOSSIBLE | UNREADABLE).items():
        share = IMPOSSIBLE_SHARE if code in IMPOSSIBLE else UNREADABLE_SHARE
        bad = ledger.marked(code)
        small = code in IMPOSSIBLE and rows < SMALL_FILE
        if bad.any() and (options.strict or small or bad.sum() > share * rows):
            column = columns[_COLUMN[code.partition("_")[2]]]
            raise _refused(rule, ledger, bad, column, options.strict)


def _refused(rule: str, ledger: Ledger, bad: Mask, column: str, strict: bool) -> InputError:
    first = int(np.flatnonzero(bad)[0])
    value = ledger.original[column].iloc[first]
    count = int(bad.sum())
    others = f" and {count - 1:,} more rows" if count > 1 else ""
    return InputError(
        rule,
        f"{value} in column {column}, row {first + 1:,} of {ledger.source}{others}",
        "correct the file, or import it without --strict"
        if strict
        else "correct the file, or set such rows aside with --tolerant",
    )


def refuse_nothing_left(ledger: Ledger) -> None:
    """Refuse orders of which no line can be used.

    Raises
    ------
    InputError
        Naming the reason that took most rows.
    """
    account = ledger.account()
    most = max(account.reasons, key=lambda reason: reason.touched)
    raise InputError(
        "an import leaves at least one order line",
        f"{account.read:,} rows in {ledger.source}, all set aside, {most.touched:,} of them by "
        f"the rule {most.code}",
        "check that the columns hold what their names say",
    )
