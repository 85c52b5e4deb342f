"""One look at the reach page: who looks at what, and the words that its parts share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pages.components import cards
from pages.context import Context
from smartreco.language import Message
from smartreco.vendors.partition import UNKNOWN
from smartreco.vendors.periods import Periods
from smartreco.workspace.vendor.reach import VendorReach
from smartreco.workspace.vendor.reach_views import ReachHeadline, WhiteSpace
from smartreco.workspace.vendor.reach_white import WAITING
from smartreco.workspace.vendor.views import Facets, VendorFilter

BEFORE: Final = Message("on the week before", "on the {n} weeks before", "n")


@dataclass(frozen=True)
class ReachVisit:
    """What one run of the page reads from the workspace, through one vendor and one filter."""

    ctx: Context
    vendor_id: str
    facets: Facets
    wanted: VendorFilter
    headline: ReachHeadline
    space: WhiteSpace

    @property
    def reach(self) -> VendorReach:
        """The use cases."""
        return self.ctx.workspace.vendor_reach

    @property
    def when(self) -> Periods:
        """The times that are compared."""
        return self.headline.periods

    @property
    def product(self) -> str | None:
        """The name of the one product that is looked at; None where there are several."""
        if len(self.facets.products) == 1:
            return cards.calm(self.facets.products[0].label)
        if len(self.wanted.products) != 1:
            return None
        named = {one.value: one.label for one in self.facets.products}
        return cards.calm(named[self.wanted.products[0]])

    @property
    def waiting(self) -> bool:
        """Whether shops to win are still being worked out."""
        return self.space.why is not None and self.space.why[0] == WAITING

    def since_before(self) -> str:
        """What a change is a change on."""
        return self.ctx.language.say(BEFORE, {"n": self.when.now.weeks})

    def region(self, name: str | None) -> str:
        """A region as it is shown; None are several that were put together."""
        return self.ctx.t("other places") if name is None else self._named(name)

    def city(self, name: str | None) -> str:
        """A city as it is shown; None are several."""
        return self.ctx.t("several towns") if name is None else self._named(name)

    def segment(self, name: str | None) -> str:
        """A kind of shop as it is shown; None are several."""
        return self.ctx.t("several kinds of shop") if name is None else self._named(name)

    def goods(self, name: str) -> str:
        """A product or category as it is shown."""
        return cards.calm(name)

    def shop_line(self, city: str | None, region: str | None, segment: str | None) -> str:
        """Where a shop is and of what kind, what nobody knows left out."""
        known = [one for one in (city, region, segment) if one is not None and one != UNKNOWN]
        return " · ".join(dict.fromkeys(cards.calm(one) for one in known))

    def file(self, table: str) -> str:
        """The name of a downloaded table, its time in it."""
        now = self.when.now
        return f"{table}-{now.first.isoformat()}-{now.last_day.isoformat()}"

    def _named(self, name: str) -> str:
        return self.ctx.t("not known") if name == UNKNOWN else cards.calm(name)


def present(value: object) -> str | None:
    """A name out of a frame; None where it is missing there."""
    return value if isinstance(value, str) else None
