"""Shops and vendors that an account can be bound to, found by name or id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from smartreco.store.connection import Cursor

#: Where a kind's names are, and what else tells two of one name apart.
KINDS: Final = {
    "retailer": "SELECT retailer_id AS id, name, concat_ws(', ', city, region) AS place "
                "FROM retailers",
    "vendor": "SELECT vendor_id AS id, name, '' AS place FROM vendors",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bindable:
    """A shop or a vendor; ``place`` is "" where the data hold none."""

    id: str
    name: str
    place: str


def search(
    cursor: Cursor, kind: str, words: Sequence[str], limit: int
) -> tuple[tuple[Bindable, ...], int]:
    """Those in whose id, name or place all words (lower case) stand, and how many there are."""
    found = (
        f"FROM ({KINDS[kind]}) WHERE len(list_filter($words, lambda word: NOT contains("
        "lower(concat_ws(' ', id, name, place)), word))) = 0"
    )
    rows = cursor.execute(
        f"SELECT id, name, place {found} ORDER BY lower(name), id LIMIT $limit",
        {"words": list(words), "limit": limit},
    ).fetchall()
    counted = cursor.execute(f"SELECT count(*) {found}", {"words": list(words)}).fetchone()
    return tuple(Bindable(*row) for row in rows), counted[0] if counted else 0


def named(cursor: Cursor, kind: str, ids: Collection[str]) -> dict[str, Bindable]:
    """Those of some ids by id; an id that the data set does not know is left out."""
    rows = cursor.execute(
        f"SELECT id, name, place FROM ({KINDS[kind]}) WHERE list_contains($ids, id)",
        {"ids": sorted(ids)},
    ).fetchall()
    return {row[0]: Bindable(*row) for row in rows}
