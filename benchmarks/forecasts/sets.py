"""The three data sets as weekly demand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from benchmarks.forecasts.demand import Demand, weekly
from benchmarks.sets.complete_journey import BUYERS, frames
from benchmarks.sets.imported import TODAY
from benchmarks.sets.iowa import FOLDER
from smartreco.columns import STATUS
from smartreco.dataset.cleaning import CleaningOptions, clean
from smartreco.dataset.importing import read_files

CHOSEN_WEEKS = pd.Timedelta(weeks=32)
VOLUME = ("FUEL", "MISCELLANEOUS")  # departments that hold petrol, whose quantity is no count


def load(name: str, uci_file: Path | None) -> Demand:
    """Load one set; UCI needs its file."""
    if name == "complete_journey":
        return _complete_journey()
    if name == "iowa":
        kinds = ("orders", "products", "retailers")
        return _imported({kind: FOLDER / f"iowa_{kind}.parquet" for kind in kinds})
    if uci_file is None:
        raise SystemExit("The set uci is read from your file: name it with --uci FILE.")
    return _imported({"orders": uci_file})


def _imported(files: dict[str, Path]) -> Demand:
    """As the application imports them."""
    data = clean(read_files(files), CleaningOptions(), today=TODAY).data
    orders = data.orders[data.orders[STATUS] != "cancelled"]
    return weekly(orders, data.products, data.retailers)


def _complete_journey() -> Demand:
    """Products that `BUYERS` households bought in `CHOSEN_WEEKS`, before all that is reported."""
    orders, products, retailers = frames()
    products = products[~products["category"].isin(VOLUME)]
    early = orders[orders["ordered_at"] < orders["ordered_at"].min() + CHOSEN_WEEKS]
    buyers = early.groupby("product_id")["retailer_id"].nunique()
    products = products[products["product_id"].isin(buyers.index[buyers >= BUYERS])]
    orders = orders[orders["product_id"].isin(products["product_id"])]
    return weekly(orders, products.rename(columns={"vendor": "vendor_id"}), retailers)
