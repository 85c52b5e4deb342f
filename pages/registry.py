"""Every page there is: its address, who may open it, and what draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.account import me
from pages.admin import demo_data
from pages.admin.accounts import page as accounts
from pages.admin.audit import page as audit
from pages.admin.data_import import page as data_import
from pages.admin.quality import page as quality
from pages.admin.system import page as system
from pages.analyst import rules, series
from pages.analyst.after import page as after
from pages.analyst.explain import page as explain
from pages.analyst.scoreboard import page as scoreboard
from pages.analyst.tune import page as tune
from pages.context import Context
from pages.product_manager.what_if import page as what_if
from pages.retailer import for_you, orders
from pages.retailer.catalogue import page as catalogue
from pages.retailer.order import page as order
from pages.retailer.product import page as product
from pages.retailer.stock import page as stock
from pages.vendor.demand import page as demand
from pages.vendor.reach import page as reach
from pages.vendor.stock_service import page as stock_service
from smartreco.accounts.permissions import ADMINS, EVERYONE
from smartreco.entities import Role

RETAILERS = frozenset({Role.RETAILER})
VENDORS = frozenset({Role.VENDOR})
ANALYSTS = frozenset({Role.ANALYST})
RULE_READERS = frozenset({Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN})
FORESEERS = frozenset({Role.ANALYST, Role.PRODUCT_MANAGER})


@dataclass(frozen=True)
class PageSpec:
    """One page.

    ``url`` is its address below the root, ``icon`` a Material symbol; with
    ``waits`` it is drawn only once a model answers, and progress until then. A
    ``hidden`` one is reached by links, not through the navigation.
    """

    url: str
    title: str
    icon: str
    roles: frozenset[Role]
    render: Callable[[Context], None]
    waits: bool = False
    hidden: bool = False


#: In the order of the navigation; the first that a role may open is its home.
PAGES: tuple[PageSpec, ...] = (
    PageSpec("for-you", "For you", "recommend", RETAILERS, for_you.render, waits=True),
    PageSpec("order", "Order", "shopping_cart", RETAILERS, order.render, waits=True),
    PageSpec("orders", "Your orders", "receipt_long", RETAILERS, orders.render, waits=True),
    PageSpec("catalogue", "Catalogue", "storefront", RETAILERS, catalogue.render, waits=True),
    PageSpec("product", "Product", "package_2", RETAILERS, product.render, waits=True, hidden=True),
    PageSpec("stock", "Stock and forecast", "inventory_2", RETAILERS, stock.render, waits=True),
    PageSpec("demand", "Demand", "monitoring", VENDORS, demand.render, waits=True),
    PageSpec("reach", "Reach", "travel_explore", VENDORS, reach.render, waits=True),
    PageSpec("stock-service", "Stock and service", "local_shipping", VENDORS, stock_service.render,
             waits=True),
    PageSpec("tune", "Tune", "instant_mix", ANALYSTS, tune.render, waits=True),
    PageSpec("scoreboard", "Scoreboard", "leaderboard", ANALYSTS, scoreboard.render, waits=True),
    PageSpec("after-publishing", "After publishing", "published_with_changes", ANALYSTS,
             after.render, waits=True),
    PageSpec("explain-model", "Explain the model", "account_tree", ANALYSTS, explain.render,
             waits=True),
    PageSpec("what-if", "What if", "tune", FORESEERS, what_if.render, waits=True),
    PageSpec("series", "One series", "ssid_chart", FORESEERS, series.render, waits=True),
    PageSpec("system", "System", "dns", ADMINS, system.render),
    PageSpec("import", "Import", "upload_file", ADMINS, data_import.render),
    PageSpec("quality", "Data quality", "rule", ADMINS, quality.render),
    PageSpec("demo-data", "Demo data", "auto_awesome", ADMINS, demo_data.render),
    PageSpec("accounts", "Accounts", "group", ADMINS, accounts.render),
    PageSpec("audit", "Audit log", "history", ADMINS, audit.render),
    PageSpec("list-rules", "List rules", "checklist", RULE_READERS, rules.render, waits=True),
    PageSpec("account", "Your account", "account_circle", EVERYONE, me.render),
)  # fmt: skip


def pages_of(role: Role) -> tuple[PageSpec, ...]:
    """What a role may open, its home first."""
    return tuple(spec for spec in PAGES if role in spec.roles)
