"""What was shown to a shop and what it did with it: the evidence of how well lists work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from smartreco.store.connection import Cursor
from smartreco.store.registered import insert


class EventKind(StrEnum):
    """What happened to a product on a shop's page."""

    SHOWN = "shown"
    ADDED = "added"
    REMOVED = "removed"
    DISMISSED = "dismissed"
    RESTORED = "restored"
    ORDERED = "ordered"


class Event(NamedTuple):
    """One row of the table ``events``.

    ``blend_version`` is of the list that showed the line, ``probability`` what was said of it
    then: its chance of being ordered within 28 days.
    """

    happened_at: datetime
    username: str
    retailer_id: str
    kind: str
    product_id: str
    list: str | None
    rank: int | None
    model_version: int | None
    blend_version: int | None = None
    probability: float | None = None


def record(cursor: Cursor, events: Sequence[Event]) -> None:
    """Append events."""
    insert(cursor, f"events ({', '.join(Event._fields)})", events)
