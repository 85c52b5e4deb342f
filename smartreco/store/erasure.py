"""A shop's identity taken out of the store, while what was ordered stays as it was.

Vendors' figures rest on order lines, so those stay under a shop that says nothing of whose it
was: a number instead of its id and name, no place but its region, nobody who acted for it.
The table ``erasures`` keeps a checksum of the old id, by which an import recognises the shop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import pandas as pd

from smartreco.errors import InputError, NotFoundError
from smartreco.store import dataset
from smartreco.store.connection import Cursor
from smartreco.store.login_attempts import attempted
from smartreco.store.registered import count

ALIKE: Final = 5  # shops of a city, from which on the city alone tells nobody apart

#: Rows that go, by the column that says whose they are.
BY_SHOP: Final = ("order_drafts", "dismissals", "events", "shelf_counts", "shop_settings")
BY_PERSON: Final = {
    "login_attempts": "list_contains($attempted, username)",
    "sessions": "list_contains($people, username)",
    "reset_tokens": "list_contains($people, username)",
    "api_keys": "list_contains($people, username) OR retailer_id = $shop",
}
#: Columns that say who acted; a number takes the place of the name.
ACTORS: Final = (
    ("placements", "username"), ("placements", "cancelled_by"), ("order_parts", "settled_by"),
    ("request_log", "username"), ("audit_log", "username"), ("audit_log", "subject"),
)  # fmt: skip

_SHOP: Final = f"""
    UPDATE retailers SET retailer_id = $new, name = $name, lat = NULL, lon = NULL,
        credit_limit = NULL, open_to_vendors = false, active = false,
        city = CASE WHEN (SELECT count(*) FROM retailers o WHERE o.city = retailers.city)
                         >= {ALIKE} THEN city END
    WHERE retailer_id = $old
"""
_OPEN: Final = """
    SELECT count(DISTINCT order_key) FROM order_parts JOIN orders USING (order_key)
    JOIN retailers USING (retailer_key)
    WHERE retailer_id = ? AND order_parts.status IN ('placed', 'confirmed')
"""


@dataclass(frozen=True, slots=True)
class Erasure:
    """A shop that was erased; ``id_hash`` of the id it had."""

    number: int
    id_hash: str
    erased_at: datetime
    username: str
    reason: str

    @property
    def retailer_id(self) -> str:
        """The id the shop has now."""
        return f"erased-{self.number}"

    @property
    def name(self) -> str:
        """The name the shop has now."""
        return f"Erased shop {self.number}"


@dataclass(slots=True)
class Counts:
    """Rows that were removed, and rows that no longer say who acted, by table."""

    removed: dict[str, int] = field(default_factory=dict)
    anonymised: dict[str, int] = field(default_factory=dict)


def every(cursor: Cursor) -> list[Erasure]:
    """All erasures, first ones first."""
    rows = cursor.execute(
        "SELECT number, id_hash, erased_at, username, reason FROM erasures ORDER BY number"
    ).fetchall()
    return [Erasure(*row) for row in rows]


def fingerprint(retailer_id: str) -> str:
    """What is kept of an id."""
    return hashlib.sha256(retailer_id.encode()).hexdigest()


def require_erasable(cursor: Cursor, retailer_id: str) -> None:
    """Refuse a shop that is not there, was erased, or waits for goods.

    Raises
    ------
    NotFoundError, InputError
        As said.
    """
    for one in every(cursor):
        if retailer_id == one.retailer_id or fingerprint(retailer_id) == one.id_hash:
            raise InputError(
                "a shop is erased once", f"{one.name}, erased on {one.erased_at:%Y-%m-%d}",
                "there is nothing left to erase",
            )  # fmt: skip
    if not count(cursor, "SELECT count(*) FROM retailers WHERE retailer_id = ?", [retailer_id]):
        raise NotFoundError("a shop is named by its id", repr(retailer_id), "check the id")
    if waiting := count(cursor, _OPEN, [retailer_id]):
        raise InputError(
            "a shop is erased when nothing is on its way to it", f"{waiting} open orders",
            "deliver or cancel them first",
        )  # fmt: skip


def erase(
    cursor: Cursor, retailer_id: str, username: str, now: datetime, reason: str,
    number: int | None = None,
) -> tuple[Erasure, Counts]:  # fmt: skip
    """Erase a shop that is there, inside the running transaction.

    Parameters
    ----------
    username, now, reason
        Who does it, when and why.
    number
        The one it got before, where a restored backup brought the shop back.
    """
    if number is None:
        number = 1 + count(cursor, "SELECT max(number) FROM erasures")
    done = Erasure(number, fingerprint(retailer_id), now, username, reason)
    people = _people(cursor, retailer_id)
    counts = Counts()
    _forget_words(cursor, retailer_id, people, counts)
    _remove(cursor, retailer_id, people, counts)
    _rename_actors(cursor, [retailer_id, *people], done.retailer_id, counts)
    named = {"new": done.retailer_id, "name": done.name, "old": retailer_id}
    cursor.execute(
        "UPDATE returned_lines SET retailer_id = $new WHERE retailer_id = $old",
        {"new": done.retailer_id, "old": retailer_id},
    )
    cursor.execute(_SHOP, named)
    cursor.execute(
        "INSERT INTO erasures VALUES (?, ?, ?, ?, ?) ON CONFLICT (number) DO NOTHING",
        [done.number, done.id_hash, done.erased_at, done.username, done.reason],
    )
    dataset.changed(cursor)
    return done, counts


def forget_all(cursor: Cursor) -> None:
    """Other shops may bear the ids from here on."""
    cursor.execute("DELETE FROM erasures")


def known_again(cursor: Cursor, retailer_ids: Collection[str]) -> dict[str, Erasure]:
    """Those of the ids under which an import brings back shops that were erased."""
    erased = {one.id_hash: one for one in every(cursor)}
    if not erased:
        return {}
    marks = {each: fingerprint(each) for each in retailer_ids}
    return {each: erased[mark] for each, mark in marks.items() if mark in erased}


def names_in(cursor: Cursor, retailers: pd.DataFrame) -> list[str]:
    """Ids and names by which a file of shops speaks of erased ones."""
    erased = known_again(cursor, retailers["retailer_id"])
    gone = retailers[retailers["retailer_id"].isin(list(erased))]
    return [*map(str, gone["retailer_id"]), *map(str, gone["name"].dropna())]


def blank_rows(cursor: Cursor, names: Collection[str]) -> int:
    """Empty rows that an import kept as they came, where a value in them is one of the names."""
    if not names:
        return 0
    return count(
        cursor,
        "UPDATE quarantine SET original = '{\"erased\": true}' "
        "WHERE list_has_any(json_extract_string(original, '$.*'), $names)",
        {"names": [*names, *(f"{name}.0" for name in names)]},
    )


def without_identity(retailers: pd.DataFrame, erased: dict[str, Erasure]) -> pd.DataFrame:
    """A frame of shops in which erased ones say nothing of whose they are."""
    gone = retailers["retailer_id"].isin(list(erased))
    if not gone.any():
        return retailers
    ids = retailers.loc[gone, "retailer_id"]
    plain = retailers.copy()
    plain.loc[gone, "name"] = ids.map(lambda each: erased[each].name)
    plain.loc[gone, "retailer_id"] = ids.map(lambda each: erased[each].retailer_id)
    nothing: dict[str, Any] = {"city": None, "lat": None, "lon": None, "credit_limit": None}
    for name, value in {**nothing, "open_to_vendors": False, "active": False}.items():
        if name in plain:
            plain.loc[gone, name] = value
    return plain


def _people(cursor: Cursor, retailer_id: str) -> list[str]:
    rows = cursor.execute(
        "SELECT username FROM accounts WHERE retailer_id = ? ORDER BY username", [retailer_id]
    ).fetchall()
    return [str(username) for (username,) in rows]


def _remove(cursor: Cursor, retailer_id: str, people: list[str], counts: Counts) -> None:
    for table in BY_SHOP:
        gone = count(cursor, f"DELETE FROM {table} WHERE retailer_id = ?", [retailer_id])
        counts.removed[table] = gone
    given: dict[str, object] = {
        "people": people, "attempted": [attempted(each) for each in people], "shop": retailer_id,
    }  # fmt: skip
    for table, whose in BY_PERSON.items():
        used = {name: value for name, value in given.items() if f"${name}" in whose}
        counts.removed[table] = count(cursor, f"DELETE FROM {table} WHERE {whose}", used)
    counts.removed["accounts"] = count(
        cursor, "DELETE FROM accounts WHERE retailer_id = ?", [retailer_id]
    )
    counts.removed["stock_levels"] = count(
        cursor,
        "DELETE FROM stock_levels WHERE holder_kind = 'retailer' AND holder_key IN "
        "(SELECT retailer_key FROM retailers WHERE retailer_id = ?)",
        [retailer_id],
    )


def _rename_actors(cursor: Cursor, names: list[str], new: str, counts: Counts) -> None:
    for table, column in ACTORS:
        changed = count(
            cursor, f"UPDATE {table} SET {column} = $new WHERE list_contains($names, {column})",
            {"new": new, "names": names},
        )  # fmt: skip
        counts.anonymised[table] = counts.anonymised.get(table, 0) + changed


def _forget_words(cursor: Cursor, retailer_id: str, people: list[str], counts: Counts) -> None:
    """Empty what was typed, rows as files had them, and details that name the shop."""
    shop = "(SELECT retailer_key FROM retailers WHERE retailer_id = ?)"
    counts.anonymised["placements"] = count(
        cursor,
        f"UPDATE placements SET note = '' WHERE note <> '' AND order_key IN "
        f"(SELECT order_key FROM orders WHERE retailer_key = {shop})",
        [retailer_id],
    )
    names = _own_names(cursor, retailer_id)
    counts.anonymised["quarantine"] = blank_rows(cursor, names)
    counts.anonymised["audit_log"] = count(
        cursor,
        "UPDATE audit_log SET detail = '{}' "
        "WHERE list_has_any(json_extract_string(detail, '$.*'), $names)",
        {"names": [*names, *people]},
    )


def _own_names(cursor: Cursor, retailer_id: str) -> list[str]:
    """Id and name; a name that another shop bears as well names neither."""
    rows = cursor.execute(
        "SELECT name FROM retailers r WHERE retailer_id = ? "
        "AND (SELECT count(*) FROM retailers o WHERE o.name = r.name) = 1",
        [retailer_id],
    ).fetchall()
    return [retailer_id, *(str(name) for (name,) in rows)]
