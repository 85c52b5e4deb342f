"""How processes that share one store notice what another one changed.

There is no table for it: what changes has a number already, which grows with it. Rules and
accounts are not here, since every use reads those (or their number) from the store.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from smartreco.store import settings
from smartreco.store.connection import Cursor

_DATA_SET: Final = "data_set_number"  # setting: grows when other data take the place of all


class Signals(NamedTuple):
    """Numbers that grow with a change; 0 before the first.

    ``data_set`` : other data took the place of all there were; ``data_version`` : the data
    changed; ``model_version`` : a fit was kept; ``publication`` : another blend holds.
    """

    data_set: int
    data_version: int
    model_version: int
    publication: int


def read(cursor: Cursor) -> Signals:
    """How things stand."""
    row = cursor.execute(
        f"""
        SELECT (SELECT value::INTEGER FROM settings WHERE name = '{_DATA_SET}'),
               (SELECT max(data_version) FROM dataset_info),
               (SELECT max(version) FROM models),
               (SELECT max(number) FROM blend_publications)
        """
    ).fetchone()
    return Signals(*(int(number or 0) for number in row or (0, 0, 0, 0)))


def other_data_set(cursor: Cursor) -> None:
    """Say that other data take the place of all there are, inside the running transaction."""
    number = int(settings.get(cursor, _DATA_SET) or 0)
    settings.put(cursor, _DATA_SET, str(number + 1))
