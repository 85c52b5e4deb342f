"""The command ``replenish``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.cli.conftest import Run


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """Sixty weeks of orders of three products by four shops."""
    rng = np.random.default_rng(4)
    grid = pd.MultiIndex.from_product([range(60), range(4), ("rice", "tea", "dal")])
    frame = grid.to_frame(index=False, name=["week", "shop", "product_id"])
    frame = frame[rng.uniform(size=len(frame)) < 0.7]
    days = pd.to_timedelta(7 * frame["week"] + frame["shop"], unit="D")
    frame = frame.assign(
        order_id=frame["week"].astype(str) + "-" + frame["shop"].astype(str),
        retailer_id="shop-" + frame["shop"].astype(str),
        ordered_at=pd.Timestamp("2025-01-06") + days,
        quantity=rng.poisson(8, len(frame)) + 1,
        unit_price=10.0,
    ).drop(columns=["week", "shop"])
    path = tmp_path / "year.csv"
    frame.to_csv(path, index=False)
    return path


@pytest.mark.parametrize("level", ["product", "retailer_product"])
def test_rules_are_written_with_the_columns_promised(
    run: Run, year: Path, tmp_path: Path, level: str
) -> None:
    assert run("import", "--orders", year).code == 0
    out = tmp_path / "rules.csv"
    answer = run("replenish", "--level", level, "--weeks", "8", "--out", out)
    assert answer.code == 0, answer.err
    found = pd.read_csv(out)
    assert list(found.columns)[:4] == ["rule", "target", "share", "fill_rate"]
    assert found["rule"].str.startswith("ours").sum() == 3
    assert "Forecaster" in answer.out
    shown = run("replenish", "--level", level, "--weeks", "8").out
    assert "cycle service" in shown
    assert "95%" in shown


def test_a_past_that_is_too_short_is_named(run: Run, year: Path) -> None:
    assert run("import", "--orders", year).code == 0
    answer = run("replenish", "--level", "product", "--weeks", "50")
    assert answer.code == 2
    assert "full weeks of orders" in answer.err
    assert run("replenish", "--level", "vendor").code == 2
