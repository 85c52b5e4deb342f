"""The ladder holds: a module imports lower levels and its own package, nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# each may import those before it
LEVEL_0 = ["errors", "columns", "entities", "config", "language", "logs", "messages"]
LEVELS = {
    **dict.fromkeys(LEVEL_0, 0),
    **dict.fromkeys(["measures", "store"], 1),
    **dict.fromkeys(["dataset", "recommend", "forecast", "stock", "vendors", "accounts"], 2),
    **dict.fromkeys(["scenario", "evaluation"], 3),
    "workspace": 4,
    **dict.fromkeys(["api", "cli", "__main__"], 5),
}
PURE = {"recommend", "forecast", "stock", "vendors", "scenario", "evaluation", "measures"}
PACKAGE = sorted((ROOT / "smartreco").rglob("*.py"))
PAGES = [*sorted((ROOT / "pages").rglob("*.py")), ROOT / "app.py"]


def imports(path: Path) -> set[str]:
    """Full dotted names that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def subject(path: Path) -> str:
    """The level-bearing name of a module: smartreco/store/x.py -> store."""
    parts = path.relative_to(ROOT / "smartreco").with_suffix("").parts
    return parts[0]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [p for p in PACKAGE if subject(p) != "__init__"], ids=name)
def test_a_module_imports_only_lower_levels_and_its_own_package(path: Path) -> None:
    own = subject(path)
    assert own in LEVELS, f"{own} has no level: give it one here"
    for imported in imports(path):
        parts = imported.split(".")
        if parts[0] in ("pages", "app", "tests"):
            pytest.fail(f"the package imports {imported}")
        if parts[0] != "smartreco" or len(parts) < 2 or parts[1] in (own, "__version__"):
            continue
        other = parts[1]
        if own in LEVEL_0 and other in LEVEL_0:
            assert LEVEL_0.index(other) < LEVEL_0.index(own), f"{own} imports {other}"
            continue
        if own == "__main__" and other == "cli":
            continue
        assert LEVELS[other] < LEVELS[own], f"{own} (level {LEVELS[own]}) imports {imported}"


@pytest.mark.parametrize("path", PACKAGE, ids=name)
def test_streamlit_and_altair_stay_out_of_the_package(path: Path) -> None:
    heads = {imported.split(".")[0] for imported in imports(path)}
    assert not heads & {"streamlit", "altair", "streamlit_authenticator"}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_altair_is_drawn_with_in_components_only(path: Path) -> None:
    if "components" not in path.parts:
        assert not {i for i in imports(path) if i.split(".")[0] == "altair"}


@pytest.mark.parametrize("path", [*PACKAGE, *PAGES], ids=name)
def test_only_the_store_speaks_to_duckdb(path: Path) -> None:
    if path.is_relative_to(ROOT / "smartreco" / "store"):
        return
    assert not {i for i in imports(path) if i.split(".")[0] == "duckdb"}


@pytest.mark.parametrize("path", [*PACKAGE, *PAGES], ids=name)
def test_only_config_reads_the_environment(path: Path) -> None:
    if path == ROOT / "smartreco" / "config.py":
        return
    source = path.read_text(encoding="utf-8")
    assert "os.environ" not in source
    assert "getenv" not in source


@pytest.mark.parametrize("path", [p for p in PACKAGE if subject(p) in PURE], ids=name)
def test_models_know_neither_store_nor_clock(path: Path) -> None:
    assert not {i for i in imports(path) if i.startswith("smartreco.store")}
    source = path.read_text(encoding="utf-8")
    for clock in (".now(", ".today(", "time.time(", "utcnow("):
        assert clock not in source, f"{clock} in {path}"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_hold_no_sql(path: Path) -> None:
    assert "SELECT " not in path.read_text(encoding="utf-8")
