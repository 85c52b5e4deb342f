"""Empty files with the right header, for people who start from nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from smartreco import columns as c
from smartreco.errors import InputError, NotFoundError

#: Header and one example row a kind; required columns first.
EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "orders": {
        c.ORDER_ID: "A-1001", c.RETAILER_ID: "shop-17", c.PRODUCT_ID: "SKU-42",
        c.ORDERED_AT: "2026-04-12 09:30", c.QUANTITY: "24", c.UNIT_PRICE: "18.50",
        c.LINE_ID: "1", c.STATUS: "delivered",
    },
    "products": {
        c.PRODUCT_ID: "SKU-42", c.NAME: "Basmati Rice 1 kg", c.CATEGORY: "Essentials",
        c.SUBCATEGORY: "Rice", c.VENDOR: "Ganga Foods", c.CASE_SIZE: "12", c.UNIT_COST: "14.20",
        c.LIST_PRICE: "18.50", c.LAUNCHED_ON: "2024-01-15",
    },
    "retailers": {
        c.RETAILER_ID: "shop-17", c.NAME: "Sharma General Store", c.CITY: "Pune",
        c.REGION: "Maharashtra", c.SEGMENT: "Grocery", c.LAT: "18.52", c.LON: "73.86",
        c.CREDIT_LIMIT: "50000",
    },
    "vendors": {
        c.VENDOR_ID: "ganga-foods", c.NAME: "Ganga Foods", c.CITY: "Nagpur",
        c.REGION: "Maharashtra", c.LEAD_TIME_DAYS: "3", c.MIN_ORDER_VALUE: "2000",
    },
    "stock": {
        c.HOLDER_KIND: "vendor", c.HOLDER_ID: "ganga-foods", c.PRODUCT_ID: "SKU-42",
        c.AT: "2026-04-12", c.ON_HAND: "480", c.ON_ORDER: "0",
    },
    "promotions": {
        c.PRODUCT_ID: "SKU-42", c.STARTS_ON: "2026-10-01", c.ENDS_ON: "2026-10-15",
        c.DEPTH: "0.1",
    },
    "calendar": {c.FESTIVAL: "Diwali", c.DAY: "2026-11-08"},
}  # fmt: skip


def write_templates(folder: Path) -> list[Path]:
    """Write one CSV file a kind, with its header and one example row to replace.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / f"{kind}.csv", row) for kind, row in EXAMPLES.items()]
    except OSError as error:
        raise InputError(
            "templates are written to a folder", f"{error.strerror} at {folder}",
            "name a folder that can be written",
        ) from error  # fmt: skip


def template(kind: str) -> bytes:
    """One kind's file as `write_templates` writes it, for who takes it from a page.

    Raises
    ------
    NotFoundError
        There is no such kind.
    """
    if kind not in EXAMPLES:
        raise NotFoundError("a file to import is one of " + ", ".join(EXAMPLES), kind, "name one")
    text = io.StringIO(newline="")
    csv.writer(text).writerows([list(EXAMPLES[kind]), list(EXAMPLES[kind].values())])
    return text.getvalue().encode("utf-8")


def _write(path: Path, row: Mapping[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([list(row), list(row.values())])
    return path
