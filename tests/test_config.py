"""Settings come from the environment, and a wrong one is named."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from itertools import pairwise
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
        ("SMARTRECO_LOG_FORMAT", "xml"),
        ("SMARTRECO_LOG_LEVEL", "LOUD"),
        ("SMARTRECO_ORIGINS", "*"),
        ("SMARTRECO_ORIGINS", "https://shop.example/path"),
        ("SMARTRECO_MEMORY_LIMIT", "lots"),
        ("SMARTRECO_MEMORY_LIMIT", "4"),
        ("SMARTRECO_MEMORY_LIMIT", "-1GB"),
        ("SMARTRECO_MEMORY_LIMIT", "1KB"),
        ("SMARTRECO_STORE", "mysql://shop.example"),
        ("SMARTRECO_URL", "http://shop.example:many"),
        ("SMARTRECO_URL", "http://[::1"),
        ("SMARTRECO_TOKEN", "schlüssel"),
        ("SMARTRECO_API_RATE", "often"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(InputError, match=name):
        Settings.from_environment({name: value})


NUMBERS = (
    "THREADS",
    "JOBS",
    "KEEP_BACKUPS",
    "KEEP_DAYS",
    "SESSION_DAYS",
    "IDLE_HOURS",
    "REFIT_AFTER",
)
NO_NUMBERS = ("nan", "inf", "1e400", "-1", "0", "1e18", "two", "9" * 5000, "0x10")


@pytest.mark.parametrize("raw", NO_NUMBERS, ids=lambda raw: raw[:8])
@pytest.mark.parametrize("name", NUMBERS)
def test_what_is_no_number_or_beyond_all_bounds_is_refused(name: str, raw: str) -> None:
    with pytest.raises(InputError, match=f"SMARTRECO_{name}") as refused:
        Settings.from_environment({f"SMARTRECO_{name}": raw})
    assert len(str(refused.value)) < 200


def test_every_setting_takes_a_blank_for_unset() -> None:
    assert Settings.from_environment(dict.fromkeys(told_settings(), "")) == Settings()


def test_bytes_that_are_no_text_are_refused_by_every_setting() -> None:
    for name in told_settings():
        with pytest.raises(InputError, match=name):
            Settings.from_environment({name: "postgres://u:p@h/\udcff"})


def test_a_store_that_would_be_gone_with_the_process_is_refused() -> None:
    with pytest.raises(InputError, match="the store is a file"):
        Settings.from_environment({"SMARTRECO_DB": ":memory:"})


def test_what_a_refusal_says_holds_no_secret() -> None:
    for name, value in (
        ("SMARTRECO_STORE", "mysql://me:hunter2@shop.example"),
        ("SMARTRECO_URL", "http://me:hunter2@shop.example"),
        ("SMARTRECO_TOKEN", "hunter2 ü"),
    ):
        with pytest.raises(InputError) as refused:
            Settings.from_environment({name: value})
        assert "hunter2" not in str(refused.value)


def test_a_password_is_not_shown() -> None:
    assert "hunter2" not in repr(Settings(demo_password="hunter2"))


def told_settings() -> dict[str, str]:
    """Variable -> field, by the docstring that follows each field of `Settings`."""
    source = (PROJECT / "smartreco" / "config.py").read_text(encoding="utf-8")
    (settings,) = (
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    )
    told = {}
    for declared, said in pairwise(settings.body):
        if isinstance(declared, ast.AnnAssign) and isinstance(declared.target, ast.Name):
            assert isinstance(said, ast.Expr), f"{declared.target.id} is not told"
            words = ast.literal_eval(said.value)
            told[re.match(r"(SMARTRECO_\w+): ", words)[1]] = declared.target.id  # type: ignore[index]
    return told


def test_every_setting_tells_its_variable_and_is_read_from_it() -> None:
    told = told_settings()
    assert sorted(told.values()) == sorted(field.name for field in fields(Settings))
    source = (PROJECT / "smartreco" / "config.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"(SMARTRECO_[A-Z_]+)"', source))
    assert read == set(told)


def test_the_table_of_the_readme_holds_every_setting_and_nothing_else() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(SMARTRECO_\w+)` \| (.+) \| (.+) \|$", readme, re.MULTILINE)
    assert sorted(name for name, _, _ in rows) == sorted(told_settings())
    defaults = {name: default for name, _, default in rows}
    for name, field in told_settings().items():
        plain = getattr(Settings(), field)
        if isinstance(plain, str | float | int) and not isinstance(plain, bool):
            shown = f"`{plain:g}`" if isinstance(plain, float) else f"`{plain}`"
            assert defaults[name] == shown
