"""Fields of products and vendors that were changed here, and what later imports do to them.

An import that repeats the value that was there before the edit changes nothing; one that says
something else is news and takes the edit's place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from smartreco.store import dataset
from smartreco.store.connection import Cursor
from smartreco.store.registered import count, insert

#: Table, column of the id, and the fields that may be changed, by kind.
KINDS: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {
    "product": (
        "products", "product_id", ("name", "list_price", "case_size", "unit_cost", "active"),
    ),
    "vendor": ("vendors", "vendor_id", ("lead_time_days", "min_order_value")),
}  # fmt: skip
SAME: Final = 1e-9
Overlay = tuple[str, str, str, str, datetime]  # field, old and new as JSON, username, changed_at


@dataclass(frozen=True, slots=True)
class Edit:
    """A field as the data had it, and as it is."""

    field: str
    old: object
    new: object
    username: str
    changed_at: datetime


def read(cursor: Cursor, kind: str, one: str) -> dict[str, object]:
    """The fields that may be changed, as they are; empty where there is no such thing."""
    table, key, fields = KINDS[kind]
    asked = f"SELECT {', '.join(fields)} FROM {table} WHERE {key} = ?"
    row = cursor.execute(asked, [one]).fetchone()
    return {} if row is None else dict(zip(fields, row, strict=True))


def overlay(cursor: Cursor, kind: str, one: str) -> tuple[Overlay, ...]:
    """Edits that hold, as they are stored."""
    rows = cursor.execute(
        "SELECT field, old, new, username, changed_at FROM data_edits WHERE kind = ? AND id = ? "
        "ORDER BY field",
        [kind, one],
    ).fetchall()
    return tuple(rows)


def edits(cursor: Cursor, kind: str, one: str) -> tuple[Edit, ...]:
    """Edits that hold."""
    return tuple(
        Edit(field, json.loads(old), json.loads(new), who, at)
        for field, old, new, who, at in overlay(cursor, kind, one)
    )


def all_of_vendor(cursor: Cursor, vendor_id: str) -> dict[str, tuple[Edit, ...]]:
    """Edits of a vendor's products, by product."""
    rows = cursor.execute(
        "SELECT e.id, e.field, e.old, e.new, e.username, e.changed_at FROM data_edits e "
        "JOIN products p ON p.product_id = e.id JOIN vendors v USING (vendor_key) "
        "WHERE e.kind = 'product' AND v.vendor_id = ? ORDER BY e.id, e.field",
        [vendor_id],
    ).fetchall()
    found: dict[str, tuple[Edit, ...]] = {}
    for one, field, old, new, who, at in rows:
        edit = Edit(field, json.loads(old), json.loads(new), who, at)
        found[one] = (*found.get(one, ()), edit)
    return found


def write(
    cursor: Cursor, kind: str, one: str, values: Mapping[str, object], username: str, now: datetime
) -> None:
    """Change fields; the data have changed."""
    known = {field: (old, at) for field, old, _, _, at in overlay(cursor, kind, one)}
    present = read(cursor, kind, one)
    rows = []
    for field, new in values.items():
        old = json.loads(known[field][0]) if field in known else present[field]
        if not same(old, new):
            rows.append((kind, one, field, json.dumps(old), json.dumps(new), username, now))
    _forget(cursor, kind, one, list(values))
    insert(cursor, "data_edits", rows)
    _set(cursor, kind, one, values)


def put_back(
    cursor: Cursor, kind: str, one: str, values: Mapping[str, object], before: Sequence[Overlay]
) -> None:
    """Give fields their earlier values, and what was known of their edits."""
    _forget(cursor, kind, one, list(values))
    insert(cursor, "data_edits", [(kind, one, *row) for row in before if row[0] in values])
    _set(cursor, kind, one, values)


def kept(
    cursor: Cursor, kind: str, incoming: pd.DataFrame, silent: Sequence[str] = ()
) -> pd.DataFrame:
    """An import's rows with the edits that they do not speak against; others are forgotten.

    ``silent`` : fields of which the import says nothing.
    """
    rows = cursor.execute(
        "SELECT id, field, old, new FROM data_edits WHERE kind = ?", [kind]
    ).fetchall()
    if not rows or incoming.empty:
        return incoming
    found = incoming.reset_index(drop=True)
    row_of = {name: at for at, name in enumerate(found[KINDS[kind][1]])}
    for one, field, old, new in rows:
        at = row_of.get(one)
        if at is None or field in silent or field not in found or _derived(found, at):
            continue
        said = found[field].iloc[at]
        if found[field].isna().iloc[at]:  # it says nothing
            continue
        if same(said, json.loads(old)):
            found.loc[at, field] = json.loads(new)
        elif not same(said, json.loads(new)):
            _forget(cursor, kind, one, [field])
    return found


def same(one: object, other: object) -> bool:
    """Whether two values say the same; numbers by their amount."""
    if one is None or other is None:
        return one is None and other is None
    if isinstance(one, str) or isinstance(other, str):
        return str(one) == str(other)
    return abs(float(one) - float(other)) <= SAME * max(abs(float(one)), 1.0)  # type: ignore[arg-type]


def _derived(frame: pd.DataFrame, at: int) -> bool:
    """Rows read off orders only do not overwrite anything."""
    return bool("derived" in frame.columns and frame.at[at, "derived"])


def _forget(cursor: Cursor, kind: str, one: str, fields: list[str]) -> int:
    return count(
        cursor,
        "DELETE FROM data_edits WHERE kind = ? AND id = ? AND list_contains(?, field)",
        [kind, one, fields],
    )


def _set(cursor: Cursor, kind: str, one: str, values: Mapping[str, object]) -> None:
    table, key, fields = KINDS[kind]
    for field in fields:
        if field in values:
            cursor.execute(f"UPDATE {table} SET {field} = ? WHERE {key} = ?", [values[field], one])
    dataset.changed(cursor)
