"""The two shapes in which data travels: as it came (`RawData`) and clean (`CleanData`).

Columns are those of `smartreco.columns`. A clean frame holds every column listed
here, of the stated type, with missing values only where "may be missing" is said.

orders
    order_id, line_id, retailer_id, product_id, status : str; ordered_at : datetime64[us];
    quantity : int64 pieces, above 0; unit_price : float64 currency a piece, not below 0.
    One row a line; (order_id, line_id) is unique; ``line_id`` is ``product_id#occurrence``
    where the source has none.
products
    product_id, name, category : str; subcategory, vendor_id : str, may be missing;
    derived : bool, true where no product file names it and the orders had to (may be absent);
    case_size : int64, at least 1; unit_cost, list_price : float64, may be missing;
    launched_on : datetime64[us], may be missing; active : bool.
retailers
    retailer_id, name : str; city, region, segment : str, may be missing;
    derived : bool, as for products (may be absent);
    lat, lon, credit_limit : float64, may be missing; open_to_vendors, active : bool.
vendors
    vendor_id, name : str; city, region : str, may be missing;
    lead_time_days, min_order_value : float64, may be missing.
stock
    holder_kind ("retailer" | "vendor"), holder_id, product_id : str; at : datetime64[us];
    on_hand, on_order : int64 pieces.
promotions
    product_id : str; starts_on, ends_on : datetime64[us]; depth : float64 in 0..1.
calendar
    festival : str; day : datetime64[us].
returns
    What shops sent back, already taken off ``orders``. order_id, line_id, retailer_id,
    product_id : str; ordered_at : datetime64[us]; quantity : int64 pieces, above 0.
as_ordered
    Lines as they were before returns took pieces off; columns as in ``orders``. One whose
    (order_id, line_id) is not in ``orders`` was returned in full, or cancelled by its own
    status, which is then "cancelled".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from smartreco.dataset.samples import Sample
from smartreco.entities import DatasetInfo


@dataclass(frozen=True)
class RawData:
    """Frames as their files hold them: any header, any type, any dirt.

    ``frames`` maps a kind (orders, products, retailers, vendors, stock,
    promotions, calendar) to its frame; ``sources`` maps the kind to the words
    that name where it came from (a file's name) for messages and accounting;
    ``sample`` is the shipped sample that the orders were recognised as; ``mapping`` is
    what somebody said of columns (kind -> ours -> the file's); ``mended`` are the kinds
    whose file holds rows of an earlier import that had been set aside.
    """

    frames: Mapping[str, pd.DataFrame]
    sources: Mapping[str, str] = field(default_factory=dict)
    sample: Sample | None = None
    mapping: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mended: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CleanData:
    """Frames that hold to the rules of this module's docstring, ready for the store."""

    info: DatasetInfo
    orders: pd.DataFrame
    products: pd.DataFrame
    retailers: pd.DataFrame
    vendors: pd.DataFrame
    stock: pd.DataFrame | None = None
    promotions: pd.DataFrame | None = None
    calendar: pd.DataFrame | None = None
    returns: pd.DataFrame | None = None
    as_ordered: pd.DataFrame | None = None
