"""Subjects of a vendor's tables; a new one is a file and a line here."""

from __future__ import annotations

from typing import Final

from smartreco.workspace.vendor.listing.demand import DEMAND
from smartreco.workspace.vendor.listing.listing import Listing
from smartreco.workspace.vendor.listing.reach import REACH
from smartreco.workspace.vendor.listing.stock import STOCK

LISTINGS: Final[tuple[Listing, ...]] = (DEMAND, REACH, STOCK)
