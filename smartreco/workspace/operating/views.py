"""What an admin gets to see of the program itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from smartreco.entities import DatasetInfo
from smartreco.store.home import Home
from smartreco.store.import_batches import ImportBatch
from smartreco.store.models import ModelRow


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of a store; None where there is nothing yet.

    ``size`` in bytes where it lies, ``free`` bytes left on this machine's disk for it; times
    are UTC. ``packages`` are versions by name.
    """

    version: str
    python: str
    packages: Mapping[str, str]
    started_at: datetime
    home: Home
    size: int
    free: int
    schema: int
    schema_at: datetime | None
    data_version: int
    blend_version: int | None
    info: DatasetInfo | None
    last_import: ImportBatch | None
    model: ModelRow | None
    sessions: int
    people: int  # accounts with a session


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an admin should know.

    ``kind`` names a sentence of the page, ``values`` fill it in. ``urgent`` : all is not well
    until somebody acts; else it is for knowing.
    """

    kind: str
    urgent: bool
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobView:
    """Work in the background: its kind, its state (idle, running, done, failed, stopped)."""

    kind: str
    state: str
    at: datetime | None = None
    fraction: float | None = None
    doing: str = ""
