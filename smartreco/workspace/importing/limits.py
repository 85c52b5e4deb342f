"""How much an upload may hold: a page must not be able to fill the machine's memory."""

from __future__ import annotations

from typing import Final

from smartreco.dataset.importing import KINDS
from smartreco.errors import InputError
from smartreco.workspace.importing.views import Files

LARGEST_FILE: Final = 50_000_000  # bytes; about a million lines as text, five as Parquet
LARGEST_IN_ALL: Final = 120_000_000
MOST_ROWS: Final = 5_000_000
LONGEST_NAME: Final = 120  # signs of a file's name

_OTHERWISE: Final = "save it as Parquet, or import it with the command `python -m smartreco import`"


def check_sizes(files: Files) -> None:
    """Refuse what is more than an upload may hold.

    Raises
    ------
    InputError
        A kind is unknown, or a file or all of them are too large.
    """
    unknown = sorted(set(files) - set(KINDS))
    if unknown:
        raise InputError(
            "a file to import is one of " + ", ".join(KINDS), ", ".join(unknown), "name its kind"
        )
    for name, content in files.values():
        if len(content) > LARGEST_FILE:
            raise InputError(
                f"an upload holds at most {LARGEST_FILE / 1e6:.0f} MB",
                f"{len(content) / 1e6:.0f} MB in {short(name)}", _OTHERWISE,
            )  # fmt: skip
    whole = sum(len(content) for _, content in files.values())
    if whole > LARGEST_IN_ALL:
        raise InputError(
            f"the files of one import hold at most {LARGEST_IN_ALL / 1e6:.0f} MB together",
            f"{whole / 1e6:.0f} MB", _OTHERWISE,
        )  # fmt: skip


def check_rows(name: str, rows: int) -> None:
    """Refuse a file of too many rows.

    Raises
    ------
    InputError
        It has more than `MOST_ROWS`.
    """
    if rows > MOST_ROWS:
        raise InputError(
            f"an upload holds at most {MOST_ROWS:,} rows", f"{rows:,} in {short(name)}",
            "cut it into several, or import it with the command `python -m smartreco import`",
        )  # fmt: skip


def short(name: str) -> str:
    """A file's name without its folders, not longer than a line, of signs that can be seen."""
    seen = "".join(
        sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable()
    )
    return seen if len(seen) <= LONGEST_NAME else f"{seen[: LONGEST_NAME - 20]}…{seen[-15:]}"


def shortened(files: Files) -> dict[str, tuple[str, bytes]]:
    """Files under names that can be shown."""
    return {kind: (short(name), content) for kind, (name, content) in files.items()}
