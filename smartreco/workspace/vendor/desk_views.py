"""What a vendor edits and settles: counts, promotions, product data, his part of orders.

What he types holds against what an import repeats, and gives way to what an import says
anew: `IMPORT_STOCK`, `IMPORT_PROMOTIONS`, `IMPORT_PRODUCTS` say it in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from smartreco.language import Message

IMPORT_STOCK: Final = Message(
    "A count typed here stays for its day; an imported count of a later day takes its place"
)
IMPORT_PROMOTIONS: Final = Message(
    "An import adds promotions that are new, and does not bring back those changed or ended here"
)
IMPORT_PRODUCTS: Final = Message(
    "What you change here stays while imports repeat the old value; an import that says something "
    "new takes its place"
)


@dataclass(frozen=True, slots=True)
class StockTaken:
    """Counts entered in one act: what `undo_stock` takes back.

    ``before`` : product_id, pieces, on_order of the counts of the same day whose place they
    took, and who typed these when (None: they came with the data).
    """

    counts: tuple[tuple[str, int], ...]
    on_day: date
    entered_at: datetime
    before: tuple[tuple[str, int, int, str | None, datetime | None], ...]


class PromotionState(StrEnum):
    """Where a promotion stands on the day of the data."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PromotionKey:
    """What a promotion is: it is named by all of it.

    ``depth`` : share off the list price, above 0 and up to 0.9; both days are in.
    """

    product_id: str
    starts_on: date
    ends_on: date
    depth: float


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """A promotion with its product's name; ``typed`` : entered or changed here."""

    key: PromotionKey
    name: str
    state: PromotionState
    typed: bool


@dataclass(frozen=True, slots=True)
class Promotions:
    """A vendor's promotions: running ones, planned ones by their start, then the last ended."""

    today: date
    rows: tuple[PromotionRow, ...]

    def of(self, product_id: str) -> tuple[PromotionRow, ...]:
        """Those of one product."""
        return tuple(one for one in self.rows if one.key.product_id == product_id)


@dataclass(frozen=True, slots=True)
class PromotionChange:
    """What one act did: what `undo_promotion` takes back.

    ``before`` is None for one that was added, ``after`` for one that was called off.
    """

    before: PromotionKey | None
    after: PromotionKey | None


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that was changed here: ``old`` is what the data said, ``new`` what holds."""

    field: str
    old: object
    new: object
    username: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class ProductData:
    """A product's data, as the vendor may change them; None: not known.

    ``usual_price`` : what shops see where there is no list price. ``edits`` : fields that
    differ from what was imported.
    """

    product_id: str
    name: str
    category: str
    list_price: float | None
    usual_price: float | None
    case_size: int
    unit_cost: float | None
    active: bool
    edits: tuple[FieldEdit, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a vendor asks of shops: days to deliver, least order value in currency."""

    vendor_id: str
    name: str
    lead_time_days: int | None
    min_order_value: float | None
    edits: tuple[FieldEdit, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after an act."""

    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Edited:
    """What one act changed of a product, or of the vendor himself (`kind`): for `undo_product`.

    ``overlay`` is how the store knew of earlier edits; the page does not need it.
    """

    kind: str
    id: str
    changes: tuple[FieldChange, ...]
    overlay: tuple[tuple[str, str, str, str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class VendorOrderSummary:
    """A vendor's part of an order: only his lines count.

    Attributes
    ----------
    status
        Of his part: placed | confirmed | delivered | cancelled.
    retailer_id, retailer, city
        The shop, which buys from him.
    lines, pieces, value
        Of his part; as ordered where it was refused or cancelled.
    placed_here
        Placed in this application; what came with the data is settled by the next import.
    moves
        What can be done with it next: "confirm", "deliver", "refuse".
    reason
        Why he refused it, as the shop reads it; "" where he did not.
    """

    order_id: str
    retailer_id: str
    retailer: str
    city: str | None
    ordered_at: datetime
    status: str
    delivered_on: date | None
    lines: int
    pieces: int
    value: float
    placed_here: bool
    moves: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class VendorOrderLine:
    """A line of his part.

    ``on_hand`` : pieces of the product in his stock now, None where not known; ``unit_price``
    None where none was known when it was ordered.
    """

    product_id: str
    name: str
    case_size: int
    quantity: int
    unit_price: float | None
    on_hand: int | None

    @property
    def short(self) -> bool:
        """Whether there is less than the line asks for."""
        return self.on_hand is not None and self.on_hand < self.quantity


@dataclass(frozen=True, slots=True)
class VendorOrder:
    """A vendor's part of an order with its lines, the dearest first."""

    summary: VendorOrderSummary
    lines: tuple[VendorOrderLine, ...]


@dataclass(frozen=True, slots=True)
class VendorOrders:
    """A page of orders, newest first.

    ``total`` : how many there are of the statuses asked for; ``counts`` : of each status
    that has any, whatever was asked for.
    """

    rows: tuple[VendorOrderSummary, ...]
    total: int
    counts: tuple[tuple[str, int], ...]
