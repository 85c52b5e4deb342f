"""One look at the page: which product of which shop's list, and what was read of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from pages.components.markup import Html, tag
from pages.context import Context
from smartreco.entities import ListName
from smartreco.workspace.explaining.views import Breakdown, Changes, Near
from smartreco.workspace.views import ExplanationView

URL = "explain-model"
SHOP, PRODUCT, LIST, VIEW = "retailer", "product", "list", "view"  # names in the address


@dataclass(frozen=True)
class ExplainVisit:
    """What one run of the page looks at."""

    ctx: Context
    retailer_id: str
    product_id: str
    list: ListName

    @cached_property
    def found(self) -> Breakdown:
        """The score, taken apart."""
        return self.ctx.workspace.explaining.breakdown(self.ctx.principal, *self._which)

    @cached_property
    def shown(self) -> ExplanationView:
        """The same as the shop may read it."""
        return self.ctx.workspace.lists.explain(self.ctx.principal, *self._which, self.ctx.language)

    @cached_property
    def changes(self) -> Changes:
        """What would change the rank."""
        return self.ctx.workspace.explaining.changes(
            self.ctx.principal, *self._which, self.ctx.language
        )

    @cached_property
    def near(self) -> Near:
        """Shops and products that the score draws on."""
        return self.ctx.workspace.explaining.near(self.ctx.principal, *self._which)

    def file(self, table: str) -> str:
        """The name of a downloaded table."""
        return f"{table}-{self.retailer_id}-{self.product_id}-{self.list.value}"

    def to_product(self, product_id: str, name: str) -> Html:
        """A product's name that leads to its own explanation for the same shop."""
        where = address(self.retailer_id, product_id, self.list)
        return tag("a", name, href=where, cls="to-product")

    @property
    def _which(self) -> tuple[str, str, ListName]:
        return self.retailer_id, self.product_id, self.list


def address(retailer_id: str, product_id: str, name: ListName) -> str:
    """The address of an explanation, for every place that names a line of a list.

    >>> address("R 1", "P1", ListName.DISCOVER)
    'explain-model?retailer=R+1&product=P1&list=discover'
    """
    query = {SHOP: retailer_id, PRODUCT: product_id, LIST: name.value}
    return f"{URL}?{urlencode(query)}"
