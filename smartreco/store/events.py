"""What was shown to a shop and what it did with it: the evidence of how well lists work."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import pandas as pd

from smartreco.store.connection import Cursor


class EventKind(StrEnum):
    """What happened to a product on a shop's page."""

    SHOWN = "shown"
    ADDED = "added"
    REMOVED = "removed"
    DISMISSED = "dismissed"
    RESTORED = "restored"
    ORDERED = "ordered"


class Event(NamedTuple):
    """One row of the table ``events``."""

    happened_at: datetime
    username: str
    retailer_id: str
    kind: str
    product_id: str
    list: str | None
    rank: int | None
    model_version: int | None


def record(cursor: Cursor, events: Sequence[Event]) -> None:
    """Append events."""
    if not events:
        return
    frame = pd.DataFrame(events, columns=list(Event._fields))
    frame["rank"] = frame["rank"].astype("Int32")
    frame["model_version"] = frame["model_version"].astype("Int32")
    cursor.register("new_events", frame)
    cursor.execute("INSERT INTO events SELECT * FROM new_events")
    cursor.unregister("new_events")
