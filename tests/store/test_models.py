"""Model arrays are written whole and read back without running anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from smartreco.store import Store, models
from smartreco.store.models import ModelRow


def test_arrays_come_back_as_they_went(tmp_path: Path) -> None:
    arrays = {"a": np.arange(6.0).reshape(2, 3), "names": np.array(["x", "ü"])}
    models.save_arrays(tmp_path / "m" / "model-000001.npz", arrays)
    back = models.load_arrays(tmp_path / "m" / "model-000001.npz")
    np.testing.assert_array_equal(back["a"], arrays["a"])
    assert back["names"].tolist() == ["x", "ü"]


def test_objects_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"[Oo]bject"):
        models.save_arrays(tmp_path / "m.npz", {"a": np.array([{"x": 1}], dtype=object)})
    assert not (tmp_path / "m.npz").exists()


def test_the_latest_version_is_found(store: Store) -> None:
    with store.cursor() as cursor:
        assert models.latest(cursor) is None
        assert models.next_version(cursor) == 1
    now = datetime(2026, 5, 12)
    for version in (1, 2):
        row = ModelRow(version, 7, f"model-{version:06d}.npz", now, 1.5, {"x": version})
        store.write(lambda cursor, row=row: models.add(cursor, row))
    with store.cursor() as cursor:
        found = models.latest(cursor)
    assert found is not None
    assert (found.version, found.summary) == (2, {"x": 2})


def test_only_the_last_versions_stay_on_disk(tmp_path: Path) -> None:
    for version in range(1, 6):
        models.save_arrays(tmp_path / f"model-{version:06d}.npz", {"a": np.zeros(1)})
    models.remove_old(tmp_path, newest=5)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["model-000003.npz", "model-000004.npz", "model-000005.npz"]


@pytest.mark.parametrize("keep", [0, 20, 300])
def test_a_damaged_file_says_so(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "model-000001.npz"
    models.save_arrays(path, {"a": np.arange(500.0)})
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError):
        models.load_arrays(path)
