"""One visit to "Stock and service": what was read, what the tab keeps, what each click does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from pages.components.cards import calm
from pages.context import Context
from pages.state import Slot
from smartreco.workspace.shelf.stock_views import CountsPreview
from smartreco.workspace.vendor.desk_views import (
    Edited,
    ProductData,
    PromotionChange,
    PromotionKey,
    Promotions,
    StockTaken,
    Terms,
    VendorOrder,
    VendorOrders,
)
from smartreco.workspace.vendor.supply import VendorSupply
from smartreco.workspace.vendor.supply_views import (
    Outlook,
    OutlookRow,
    Service,
    StockCourse,
    SupplyWish,
)
from smartreco.workspace.vendor.views import VendorFilter

MOST_OPEN: Final = 200  # orders that are looked through for what waits


class SupplyState:
    """What this page keeps for a browser tab; what can be taken back is the last act of a kind."""

    length = Slot(12)  # lines of the outlook that are open
    over = Slot(False)  # whether all of what is too much is open
    old = Slot(False)  # whether all promotions are open
    table = Slot(0)  # fields that are emptied are others
    ticks = Slot(0)  # boxes that are emptied are others
    counted = Slot[StockTaken | None](None)
    promotion = Slot[PromotionChange | None](None)
    edited = Slot[Edited | None](None)


state = SupplyState()


class SupplyDesk:
    """What one run of the page reads from the workspace, each thing once, and its acts.

    Acts raise `SmartRecoError` where the workspace refuses them; nothing has changed then.
    """

    def __init__(self, ctx: Context, vendor_id: str, wanted: VendorFilter) -> None:
        self.ctx = ctx
        self.vendor_id = vendor_id
        self.wanted = wanted

    @property
    def supply(self) -> VendorSupply:
        """The use cases."""
        return self.ctx.workspace.vendor_supply

    @cached_property
    def outlook(self) -> Outlook:
        """What runs out and what to order, of what is filtered."""
        return self.supply.outlook(self.ctx.principal, self.vendor_id, self.wanted)

    @cached_property
    def whole(self) -> Outlook:
        """The same of all products, whatever is filtered."""
        return self.supply.outlook(self.ctx.principal, self.vendor_id)

    @cached_property
    def service(self) -> Service:
        """What was served and what was lost."""
        return self.supply.service(self.ctx.principal, self.vendor_id, self.wanted)

    @cached_property
    def promotions(self) -> Promotions:
        """All promotions."""
        return self.supply.promotions(self.ctx.principal, self.vendor_id)

    @cached_property
    def terms(self) -> Terms:
        """What the vendor asks of shops."""
        return self.supply.terms(self.ctx.principal, self.vendor_id)

    @cached_property
    def open_orders(self) -> VendorOrders:
        """Orders that are not delivered; those that he can settle stand first."""
        return self.supply.orders(self.ctx.principal, self.vendor_id, limit=MOST_OPEN)

    @property
    def today(self) -> date:
        """The day of the data."""
        return self.whole.today

    def counted_on(self, row: OutlookRow) -> date | None:
        """The day of a product's last count.

        Data may hold the stock that their last day ended with as that of the next morning.
        """
        return None if row.counted_on is None else min(row.counted_on, self.today)

    @property
    def product_names(self) -> dict[str, str]:
        """Id to name of all products, by name."""
        return {product_id: calm(one.name) for product_id, one in self.goods.items()}

    @cached_property
    def goods(self) -> dict[str, ProductData]:
        """Products by id, in the order of their names."""
        rows = self.supply.goods(self.ctx.principal, self.vendor_id)
        return {one.product_id: one for one in rows}

    def course(self, product_id: str) -> StockCourse:
        """One product week by week."""
        return self.supply.course(self.ctx.principal, self.vendor_id, product_id)

    def keep_wish(self, wish: SupplyWish) -> None:
        """Keep what stock is for."""
        self.supply.keep_wish(self.ctx.principal, self.vendor_id, wish)

    def waiting(self, move: str) -> int:
        """Orders that wait for an act: "confirm" or "deliver"."""
        return sum(move in one.moves for one in self.open_orders.rows)

    def orders(self, statuses: Sequence[str], limit: int, offset: int) -> VendorOrders:
        """Some orders, what he can settle first."""
        return self.supply.orders(self.ctx.principal, self.vendor_id, statuses, limit, offset)

    def order(self, order_id: str) -> VendorOrder:
        """One order with its lines."""
        return self.supply.order(self.ctx.principal, self.vendor_id, order_id)

    def confirm(self, order_id: str) -> None:
        """Take his part of an order on."""
        self.supply.confirm(self.ctx.principal, self.vendor_id, order_id)

    def deliver(self, order_id: str, on: date | None) -> None:
        """Say that his part has arrived on a day (None: today)."""
        self.supply.deliver(self.ctx.principal, self.vendor_id, order_id, on)

    def refuse(self, order_id: str, reason: str) -> None:
        """Call his part of an order off, and say why."""
        self.supply.refuse(self.ctx.principal, self.vendor_id, order_id, reason)

    def template(self) -> bytes:
        """A sheet to count with."""
        return self.supply.template(self.ctx.principal, self.vendor_id)

    def read_counts(self, content: str | bytes, name: str) -> CountsPreview:
        """What a list of counts says; nothing is changed."""
        return self.supply.read_counts(self.ctx.principal, self.vendor_id, content, name)

    def take_stock(
        self, counts: Mapping[str, int], coming: Mapping[str, int] | None = None
    ) -> StockTaken:
        """Enter counts, and what is on its way."""
        return self.supply.take_stock(self.ctx.principal, self.vendor_id, counts, coming)

    def undo_stock(self, taken: StockTaken) -> int:
        """Take an act of counting back; how many products."""
        return self.supply.undo_stock(self.ctx.principal, self.vendor_id, taken)

    def add_promotion(self, wanted: PromotionKey) -> PromotionChange:
        """Plan a promotion."""
        return self.supply.add_promotion(self.ctx.principal, self.vendor_id, wanted)

    def change_promotion(self, before: PromotionKey, after: PromotionKey) -> PromotionChange:
        """Change days or depth of one."""
        return self.supply.change_promotion(self.ctx.principal, self.vendor_id, before, after)

    def end_promotion(self, wanted: PromotionKey) -> PromotionChange:
        """Call a planned one off, let a running one end today."""
        return self.supply.end_promotion(self.ctx.principal, self.vendor_id, wanted)

    def undo_promotion(self, change: PromotionChange) -> None:
        """Take one act back."""
        self.supply.undo_promotion(self.ctx.principal, self.vendor_id, change)

    def change_product(self, product_id: str, changes: Mapping[str, object]) -> Edited:
        """Change a product's data."""
        return self.supply.change_product(self.ctx.principal, self.vendor_id, product_id, changes)

    def change_terms(self, changes: Mapping[str, object]) -> Edited:
        """Change what the vendor asks of shops."""
        return self.supply.change_terms(self.ctx.principal, self.vendor_id, changes)

    def undo_edit(self, edited: Edited) -> int:
        """Take one act on data back; how many fields."""
        return self.supply.undo_product(self.ctx.principal, self.vendor_id, edited)
