"""A small trade without limits: any shop may order any product at any time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from smartreco.config import Settings
from smartreco.dataset.cleaning import CleaningOptions
from smartreco.entities import OPERATOR
from smartreco.workspace import Workspace

SHOPS = [f"shop-{at}" for at in range(8)]
PRODUCTS = [f"product-{at}" for at in range(15)]
PRICES = {product: 10.0 + at for at, product in enumerate(PRODUCTS)}
COLUMNS = ["order_id", "retailer_id", "product_id", "ordered_at", "quantity", "unit_price"]


def settings(folder: Path) -> Settings:
    """Of a store in a folder, with its backups beside it."""
    return Settings(
        db=folder / "store.duckdb", demo=False, refit_after=None, backup_dir=folder / "backups"
    )


def orders(tag: str, rng: np.random.Generator, count: int, weeks: int = 20) -> pd.DataFrame:
    """Orders that no other tag has, a few lines each."""
    rows: list[tuple[object, ...]] = []
    for at in range(count):
        shop = SHOPS[int(rng.integers(len(SHOPS)))]
        day = pd.Timestamp("2026-01-05") + pd.Timedelta(days=int(rng.integers(7 * weeks)))
        chosen = rng.choice(PRODUCTS, size=int(rng.integers(1, 6)), replace=False)
        rows += [(f"{tag}-{at}", shop, p, day, int(rng.integers(1, 40)), PRICES[p]) for p in chosen]
    return pd.DataFrame(rows, columns=COLUMNS)


def take(workspace: Workspace, frame: pd.DataFrame, file: Path, **kinds: Path) -> int:
    """Import orders from a file written for it; the number of the batch."""
    frame.to_csv(file, index=False)
    imported = workspace.data.import_files(
        OPERATOR, {"orders": file, **kinds}, CleaningOptions(tolerant=True)
    )
    return imported.outcome.batch_id


def make(folder: Path) -> None:
    """A closed store with the trade and a fitted model."""
    workspace = Workspace.open(settings(folder))
    take(workspace, orders("first", np.random.default_rng(1), 300), folder / "first.csv")
    workspace.models.refresh()
    workspace.close()
