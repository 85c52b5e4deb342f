"""Fitted models on disk: their arrays, their rows, and scorers of another half-life beside them."""

from __future__ import annotations

from collections.abc import Callable

from smartreco.recommend.engine import Model
from smartreco.recommend.serving import aged_arrays, with_aged
from smartreco.store import models as model_store
from smartreco.store.connection import Cursor
from smartreco.store.models import ModelRow
from smartreco.workspace.core import Core, log


class ModelFiles:
    """Reads and writes beside the store; what cannot be read is as good as not there."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._folder = core.settings.model_dir

    def latest(self) -> ModelRow | None:
        """The newest version."""
        with self._core.store.cursor() as cursor:
            return model_store.latest(cursor)

    def next_version(self) -> int:
        """The number the next version gets."""
        with self._core.store.cursor() as cursor:
            return model_store.next_version(cursor)

    def there(self, row: ModelRow) -> bool:
        """Whether a version's arrays were kept."""
        return (self._folder / row.file).exists()

    def load(self, row: ModelRow) -> Model | None:
        """A version from its arrays; None where they cannot be read, whatever the reason."""
        try:
            return Model.from_arrays(model_store.load_arrays(self._folder / row.file))
        except Exception as error:  # damaged, of another release, gone: a fit mends them all
            log.warning("model %d cannot be read (%s): fitting again", row.version, error)
            return None

    def save(self, model: Model, data_version: int, seconds: float) -> ModelRow:
        """Write a new version's arrays; its row is for the caller to register."""
        version = self.next_version()
        row = ModelRow(
            version, data_version, f"model-{version:06d}.npz", self._core.now(), seconds,
            model.summary(),
        )  # fmt: skip
        model_store.save_arrays(self._folder / row.file, model.to_arrays())
        return row

    def register(self, cursor: Cursor, row: ModelRow) -> None:
        """Write its row, inside the running transaction."""
        model_store.add(cursor, row)

    def aged(self, version: int, model: Model, half_life: float, fit: Callable[[], Model]) -> Model:
        """A version with another half-life: from disk, else fitted and kept there."""
        path = self._folder / model_store.aged_file(version, half_life)
        try:
            return with_aged(model, model_store.load_arrays(path))
        except FileNotFoundError:
            pass
        except Exception as error:
            log.warning("%s cannot be read (%s): fitting again", path.name, error)
        made = fit()
        try:
            model_store.save_arrays(path, aged_arrays(made))
        except OSError as error:  # a full disk: lists answer all the same
            log.warning("%s cannot be kept: %s", path.name, error)
        return made

    def remove_old(self, newest: int) -> None:
        """Delete what is older than the versions kept."""
        model_store.remove_old(self._folder, newest)

    def remove_all(self) -> None:
        """Delete every version's arrays: the data under them are gone."""
        model_store.remove_old(self._folder, self.next_version() - 1 + model_store.KEPT)
