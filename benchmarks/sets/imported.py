"""Files as the application would import them: read, cleaned, then prepared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from benchmarks.sets.prepared import Prepared, prepare
from smartreco.columns import NAME, STATUS, VENDOR, VENDOR_ID
from smartreco.dataset.cleaning import CleaningOptions, clean
from smartreco.dataset.importing import read_files

TODAY: Final = date(2025, 1, 1)  # later than all orders of the sets, and the same in every run


def imported(files: Mapping[str, Path], buyers: int) -> Prepared:
    """Read and clean files by kind (orders, products, ...), then prepare them."""
    data = clean(read_files(files), CleaningOptions(), today=TODAY).data
    vendors = data.vendors.rename(columns={NAME: VENDOR})[[VENDOR_ID, VENDOR]]
    products = data.products.merge(vendors, on=VENDOR_ID, how="left")
    orders = data.orders[data.orders[STATUS] != "cancelled"]
    return prepare(orders, products, data.retailers, buyers)
