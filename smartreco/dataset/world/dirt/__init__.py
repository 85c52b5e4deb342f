"""The dirty twin of clean data: as it would come out of somebody's system.

Every defect is written down with its file and row, so that a cleaner can be graded. Defects
are drawn so that each is alone in its row and, by other rows, can be told for what it is.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smartreco.columns import VENDOR, VENDOR_ID
from smartreco.dataset.frames import CleanData, RawData
from smartreco.dataset.world.dirt.lines import soil_orders
from smartreco.dataset.world.dirt.shares import KINDS, DirtShares
from smartreco.dataset.world.dirt.words import soil_products, soil_retailers

__all__ = ["KINDS", "DirtShares", "dirty"]


def dirty(
    clean: CleanData, seed: int = 0, shares: DirtShares | None = None
) -> tuple[RawData, pd.DataFrame]:
    """The same data with defects, and where they are.

    Parameters
    ----------
    clean
        Data that `generate` made; not changed.
    seed
        Same seed, same defects.
    shares
        How much of each kind; None: the usual amounts.

    Returns
    -------
    RawData, frame
        The frames with the headers of an import, and one row a defect: file ("orders",
        "products", "retailers"), row_number (1-based, below the header), kind (of `KINDS`).
    """
    amounts, rng = shares or DirtShares(), np.random.default_rng(seed)
    orders, in_orders = soil_orders(clean.orders, clean.products, amounts, rng)
    products, in_products = soil_products(_with_vendor_names(clean), amounts, rng)
    retailers, in_retailers = soil_retailers(clean.retailers, amounts, rng)
    frames = {"orders": orders, "products": products, "retailers": retailers,
              "vendors": clean.vendors.copy()}  # fmt: skip
    for kind in ("stock", "promotions", "calendar"):
        frame = getattr(clean, kind)
        if frame is not None:
            frames[kind] = frame.copy()
    found = pd.concat(
        [
            in_orders.assign(file="orders"),
            in_products.assign(file="products"),
            in_retailers.assign(file="retailers"),
        ],
        ignore_index=True,
    )
    return RawData(frames, {kind: f"{kind}.csv" for kind in frames}), found[
        ["file", "row_number", "kind"]
    ]


def _with_vendor_names(clean: CleanData) -> pd.DataFrame:
    """Products as a file holds them: the vendor by name."""
    name = clean.vendors.set_index(VENDOR_ID)["name"]
    products = clean.products
    vendor = products[VENDOR_ID].map(name)
    at = list(products.columns).index(VENDOR_ID)
    bare = products.drop(columns=VENDOR_ID)
    bare.insert(at, VENDOR, vendor)
    return bare
