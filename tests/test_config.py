"""Settings come from the environment, and a wrong one is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from smartreco.config import PROJECT, Settings
from smartreco.errors import InputError


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_the_command_line_wins_over_the_environment() -> None:
    settings = Settings.from_environment({"SMARTRECO_DB": "a.duckdb"}, db=Path("b.duckdb"))
    assert settings.db == Path("b.duckdb")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMARTRECO_DEMO", "perhaps"),
        ("SMARTRECO_DATA", "everything"),
        ("SMARTRECO_THREADS", "two"),
        ("SMARTRECO_THREADS", "0"),
        ("SMARTRECO_SESSION_DAYS", "-1"),
        ("SMARTRECO_JOBS", "many"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        Settings.from_environment({name: value})


def test_a_password_is_not_shown() -> None:
    assert "hunter2" not in repr(Settings(demo_password="hunter2"))


def test_every_setting_is_in_the_readme() -> None:
    source = (PROJECT / "smartreco" / "config.py").read_text(encoding="utf-8")
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    names = {word.strip('":.,()') for word in source.split() if word.startswith('"""SMARTRECO_')}
    names = {name for name in names if name}
    assert len(names) == len(fields(Settings))
    assert not {name for name in names if f"`{name}`" not in readme}
