"""What an admin wants to know of the program itself: data, last import, model."""

from __future__ import annotations

from dataclasses import dataclass

from smartreco import __version__
from smartreco.entities import DatasetInfo, Principal, Role
from smartreco.store import dataset, import_batches, models
from smartreco.store.import_batches import ImportBatch
from smartreco.store.models import ModelRow
from smartreco.workspace.core import Core, permits


@dataclass(frozen=True)
class Overview:
    """The state of a store; None where there is nothing yet."""

    version: str
    size: int  # bytes of the store's file
    info: DatasetInfo | None
    last_import: ImportBatch | None
    model: ModelRow | None


class System:
    """Use cases on the program itself."""

    def __init__(self, core: Core) -> None:
        self.core = core

    @permits(Role.ADMIN)
    def overview(self, principal: Principal) -> Overview:
        """What this store holds, how its rows came in, and which model answers."""
        path = self.core.store.path
        with self.core.store.cursor() as cursor:
            return Overview(
                version=__version__,
                size=path.stat().st_size if path.is_file() else 0,
                info=dataset.read(cursor),
                last_import=import_batches.latest(cursor),
                model=models.latest(cursor),
            )
