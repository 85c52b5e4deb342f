"""UCI Online Retail, raw: a British gift wholesaler's lines of one year, dirt and returns included.

Chen, Sain & Guo 2012, https://doi.org/10.24432/C5BW33. The file is the user's: as
Parquet, XLSX or CSV with the columns of the repository.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.sets.imported import imported
from benchmarks.sets.prepared import Prepared

BUYERS = 5


def load(file: Path) -> Prepared:
    """Import the raw file; products and retailers are read off its lines."""
    return imported({"orders": file}, BUYERS)
