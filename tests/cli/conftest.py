"""The command line run in this process, on a store of the test's own.

``run`` begins without a store; ``filled`` runs on the orders below, imported, and ``trading``
on a trade of four vendors. Both are made once and copied for each test.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from smartreco.cli import main
from tests.workspace.vendor_world import make

OWN = ("SMARTRECO_DB", "SMARTRECO_DEMO", "SMARTRECO_DATA")  # settings of whoever runs the tests


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


@pytest.fixture
def run(db: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in OWN:
        monkeypatch.delenv(name, raising=False)

    def call(*words: str | Path) -> Answer:
        try:
            code = main(["--db", str(db), *map(str, words)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        caught = capsys.readouterr()
        return Answer(code, caught.out, caught.err)

    return call


@pytest.fixture(scope="session")
def sixteen_weeks() -> pd.DataFrame:
    """Two shops that order rice every week, one of them tea as well; dal is new at the end."""
    days = pd.date_range("2026-01-05", periods=16, freq="7D")
    rows = [
        (f"o-{shop}-{at}", shop, product, day, 12, price)
        for at, day in enumerate(days)
        for shop, product, price in (
            ("shop-1", "rice", 50.0),
            ("shop-1", "tea", 120.0),
            ("shop-2", "rice", 50.0),
            ("shop-3", "tea", 118.0),
            ("shop-3", "dal", 90.0),
        )
    ]
    columns = ["order_id", "retailer_id", "product_id", "ordered_at", "quantity", "unit_price"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def orders(sixteen_weeks: pd.DataFrame) -> pd.DataFrame:
    """The same, to change."""
    return sixteen_weeks.copy()


@pytest.fixture
def orders_file(orders: pd.DataFrame, tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    orders.to_csv(path, index=False)
    return path


@pytest.fixture(scope="session")
def imported(sixteen_weeks: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a closed store with the orders, as a first import leaves it."""
    folder = tmp_path_factory.mktemp("imported")
    file = tmp_path_factory.mktemp("orders") / "orders.csv"
    sixteen_weeks.to_csv(file, index=False)
    with pytest.MonkeyPatch.context() as patch:
        for name in OWN:
            patch.delenv(name, raising=False)
        assert main(["--db", str(folder / "store.duckdb"), "import", "--orders", str(file)]) == 0
    return folder


@pytest.fixture(scope="session")
def trade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a closed store with `tests.workspace.vendor_world`."""
    folder = tmp_path_factory.mktemp("trade")
    make(folder / "store.duckdb").close()
    return folder


@pytest.fixture
def filled(run: Run, db: Path, imported: Path) -> Run:
    """The command line on a store of three shops, three products and sixteen weeks.

    The first week begins on Monday 2026-01-05; the last order falls on Monday 2026-04-20.
    """
    shutil.copytree(imported, db.parent, dirs_exist_ok=True)
    return run


@pytest.fixture
def trading(run: Run, db: Path, trade: Path) -> Run:
    """The command line on the trade of four vendors."""
    shutil.copytree(trade, db.parent, dirs_exist_ok=True)
    return run
