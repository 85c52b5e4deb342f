"""Refusals that levers share: names that the data do not know, numbers that cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from smartreco.errors import InputError, NotFoundError

NAMED: Final = 6  # choices that an error names


def known(what: str, names: Iterable[str], among: Iterable[str]) -> None:
    """Refuse a name that the data do not know.

    Raises
    ------
    NotFoundError
        One of `names` is not among those known.
    """
    choices = {str(one) for one in among}
    for name in names:
        if name not in choices:
            some = ", ".join(sorted(choices)[:NAMED]) + (", …" if len(choices) > NAMED else "")
            raise NotFoundError(
                f"a lever needs {what} of this data", repr(name), f"choose one of {some}"
            )


def within(value: float, what: str, low: float, high: float) -> None:
    """Refuse a number outside its range, or none at all.

    Raises
    ------
    InputError
        It is.
    """
    fine = isinstance(value, int | float) and not isinstance(value, bool)
    if not (fine and low <= value <= high):
        raise InputError(
            f"{what} lies between {low:g} and {high:g}", repr(value), "choose one within"
        )


def whole(value: int, what: str, low: int, high: int = 10_000) -> None:
    """Refuse what is not a whole number within its range.

    Raises
    ------
    InputError
        It is not.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise InputError(
            f"{what} is a whole number from {low} to {high}", repr(value), "choose one"
        )
