"""Fitted models: a row that says what each was fitted on, and its arrays beside the store.

Arrays are kept without pickle, so that a model file can hold numbers and
nothing that runs.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from smartreco.store.connection import Cursor
from smartreco.store.registered import count

KEPT = 3  # versions whose arrays stay on disk


@dataclass(frozen=True)
class ModelRow:
    """One fitted version. ``data_version`` is the state of the data it knows."""

    version: int
    data_version: int
    file: str
    fitted_at: datetime
    seconds: float
    summary: Mapping[str, Any]


def latest(cursor: Cursor) -> ModelRow | None:
    """The newest version."""
    row = cursor.execute(
        "SELECT version, data_version, file, fitted_at, seconds, summary "
        "FROM models ORDER BY version DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    version, data_version, file, fitted_at, seconds, summary = row
    return ModelRow(version, data_version, file, fitted_at, seconds, json.loads(summary))


def next_version(cursor: Cursor) -> int:
    """The number the next version gets."""
    return count(cursor, "SELECT max(version) FROM models") + 1


def add(cursor: Cursor, row: ModelRow) -> None:
    """Register a version whose arrays are written."""
    cursor.execute(
        "INSERT INTO models VALUES (?, ?, ?, ?, ?, ?)",
        [
            row.version, row.data_version, row.file, row.fitted_at, row.seconds,
            json.dumps(row.summary),
        ],
    )  # fmt: skip


def save_arrays(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Write arrays so that a reader finds either the whole file or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def load_arrays(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Read arrays written by `save_arrays`.

    Raises
    ------
    OSError, ValueError
        The file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (zipfile.BadZipFile, EOFError) as error:
        raise ValueError(f"{path.name} is damaged: {error}") from error


def aged_file(version: int, half_life: float) -> str:
    """Name of the arrays of a version's scorers with another half-life (days)."""
    return f"aged-{version:06d}-{half_life:g}.npz"


def remove_old(folder: Path, newest: int) -> None:
    """Delete arrays of all but the last `KEPT` versions."""
    for path in [*folder.glob("model-*.npz"), *folder.glob("aged-*.npz")]:
        number = path.stem.split("-")[1]
        if number.isdigit() and int(number) <= newest - KEPT:
            path.unlink(missing_ok=True)
