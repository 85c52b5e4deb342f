"""``backup``, ``restore`` and ``retailer`` from the command line."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cli.conftest import Run


def test_backup_list_check_and_restore(filled: Run, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    made = filled("backup", "--to", folder)
    assert made.code == 0, made.err
    (file,) = folder.glob("*.duckdb")
    assert str(file) in made.out
    assert file.name in filled("backup", "--to", folder, "--list").out
    assert "is whole" in filled("backup", "--to", folder, "--check", file.name).out
    erased = filled("retailer", "erase", "shop-1", "--reason", "asked for it")
    assert "Erased shop 1" in erased.out
    restored = filled("restore", file)
    assert restored.code == 0, restored.err
    assert "erased again    1 shops" in restored.out
    assert "before-restore" in restored.out
    assert filled("recommend", "--retailer", "shop-2").code == 0


def test_a_damaged_backup_is_one_sentence(filled: Run, tmp_path: Path) -> None:
    assert filled("backup", "--to", tmp_path / "b").code == 0
    (file,) = (tmp_path / "b").glob("*.duckdb")
    file.write_bytes(file.read_bytes()[:-1])
    for words in (("restore", file), ("backup", "--to", tmp_path / "b", "--check", file.name)):
        said = filled(*words)
        assert said.code == 2
        assert "bytes instead of" in said.err
        assert said.err.count("\n") == 1


def test_without_a_folder_the_setting_is_named(filled: Run) -> None:
    for words in (("backup",), ("backup", "--list")):
        said = filled(*words)
        assert said.code == 2
        assert "SMARTRECO_BACKUP_DIR" in said.err


def test_export_of_a_shop(filled: Run, tmp_path: Path) -> None:
    said = filled("retailer", "export", "shop-1", "--out", tmp_path / "shop.zip")
    assert said.code == 0, said.err
    assert "orders.csv" in zipfile.ZipFile(tmp_path / "shop.zip").namelist()
    assert filled("retailer", "export", "nobody").code == 2
    assert filled("retailer", "export", "shop-1", "--out", tmp_path / "no" / "x.zip").code == 2
