"""Every column name that crosses a module border, written once.

Frames are validated where data enters (`smartreco.dataset`); after that a
column means the same thing everywhere.
"""

from __future__ import annotations

from typing import Final

# identity
ORDER_ID: Final = "order_id"
LINE_ID: Final = "line_id"
RETAILER_ID: Final = "retailer_id"
PRODUCT_ID: Final = "product_id"
VENDOR_ID: Final = "vendor_id"

# order lines
ORDERED_AT: Final = "ordered_at"  # timestamp, local time of the retailer
QUANTITY: Final = "quantity"  # pieces, whole
UNIT_PRICE: Final = "unit_price"  # currency of the data set, for one piece
STATUS: Final = "status"  # placed | confirmed | delivered | cancelled

# products
NAME: Final = "name"
CATEGORY: Final = "category"
SUBCATEGORY: Final = "subcategory"
VENDOR: Final = "vendor"  # the vendor's name
CASE_SIZE: Final = "case_size"  # pieces in a case
UNIT_COST: Final = "unit_cost"  # currency, for one piece
LIST_PRICE: Final = "list_price"  # currency, for one piece
LAUNCHED_ON: Final = "launched_on"
ACTIVE: Final = "active"  # may still be ordered

# retailers
CITY: Final = "city"
REGION: Final = "region"
SEGMENT: Final = "segment"
LAT: Final = "lat"
LON: Final = "lon"
CREDIT_LIMIT: Final = "credit_limit"  # currency
OPEN_TO_VENDORS: Final = "open_to_vendors"

# vendors
LEAD_TIME_DAYS: Final = "lead_time_days"
MIN_ORDER_VALUE: Final = "min_order_value"  # currency

# stock
HOLDER_KIND: Final = "holder_kind"  # retailer | vendor
HOLDER_ID: Final = "holder_id"
AT: Final = "at"
ON_HAND: Final = "on_hand"  # pieces
ON_ORDER: Final = "on_order"  # pieces

# promotions and calendar
STARTS_ON: Final = "starts_on"
ENDS_ON: Final = "ends_on"
DEPTH: Final = "depth"  # share taken off the list price, 0..1
REGULAR_PRICE: Final = "regular_price"  # without the promotion that runs today
REDUCED_UNTIL: Final = "reduced_until"  # its last day
FESTIVAL: Final = "festival"
DAY: Final = "day"

# positions: integers that stand for ids inside one model
RETAILER: Final = "retailer"
PRODUCT: Final = "product"

# lists
LIST: Final = "list"
RANK: Final = "rank"
SCORE: Final = "score"
PROBABILITY: Final = "probability"
REASONS: Final = "reasons"

RECOMMENDATION_COLUMNS: Final = (
    RETAILER_ID, LIST, RANK, PRODUCT_ID, SCORE, PROBABILITY, REASONS,
)  # fmt: skip
