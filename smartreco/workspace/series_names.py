"""What a series is called, by level."""

from __future__ import annotations

from smartreco.columns import NAME, RETAILER_ID, VENDOR, VENDOR_ID
from smartreco.forecast.panel import Level
from smartreco.workspace.catalogue import Catalogue


def name_of(catalogue: Catalogue, level: Level, series_id: str) -> str:
    """Words for an id; the id itself where nothing better is known."""
    if level is Level.TOTAL:
        return catalogue.info.name
    if level is Level.PRODUCT and series_id in catalogue.position:
        return catalogue.product(series_id).name
    frame, key, name = (
        (catalogue.retailers, RETAILER_ID, NAME) if level is Level.RETAILER
        else (catalogue.products, VENDOR_ID, VENDOR)
    )  # fmt: skip
    if level in (Level.RETAILER, Level.VENDOR):
        found = frame.loc[frame[key] == series_id, name]
        return str(found.iloc[0]) if len(found) else series_id
    return series_id
