"""The command line run in this process, on a store of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from smartreco.cli import main


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
    for name in ("SMARTRECO_DB", "SMARTRECO_DEMO", "SMARTRECO_DATA"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str | Path) -> Answer:
        try:
            code = main(["--db", str(db), *map(str, words)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        caught = capsys.readouterr()
        return Answer(code, caught.out, caught.err)

    return call


@pytest.fixture
def orders() -> pd.DataFrame:
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
def orders_file(orders: pd.DataFrame, tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    orders.to_csv(path, index=False)
    return path
