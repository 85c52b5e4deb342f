"""Iowa wholesale: 199 shops, two years, shipped with the project (data/iowa/README.md)."""

from __future__ import annotations

from pathlib import Path

from benchmarks.sets.imported import imported
from benchmarks.sets.prepared import Prepared

FOLDER = Path(__file__).resolve().parents[2] / "data" / "iowa"
BUYERS = 5


def load(folder: Path = FOLDER) -> Prepared:
    """Import the three files."""
    kinds = ("orders", "products", "retailers")
    return imported({kind: folder / f"iowa_{kind}.parquet" for kind in kinds}, BUYERS)
