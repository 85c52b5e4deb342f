"""What lists, and the components of a score, are called wherever a page speaks of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from smartreco.entities import ListName

SHOWN: Final[Mapping[ListName, str]] = {
    ListName.DISCOVER: "New for the shop",
    ListName.REORDER: "Time to reorder",
}
"""The lists of a shop's page."""

LISTS: Final[Mapping[ListName, str]] = {**SHOWN, ListName.ALL: "Mixed list"}

COMPONENTS: Final[Mapping[str, str]] = {
    "repurchase": "What the shop buys and is due",
    "collaborative": "What shops with such orders buy",
    "succession": "What is bought after it",
    "content": "Likeness of products",
    "peers": "What similar shops order",
    "affinity": "What goes with the order",
}
