"""What is put on a draft or taken off: checked, added up, and recorded as what somebody did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from smartreco.entities import ListName, Principal
from smartreco.errors import InputError
from smartreco.language import Language
from smartreco.store.drafts import DraftRow
from smartreco.store.events import Event, EventKind

MOST_PIECES: Final = 1_000_000  # on a line


class DraftItem(NamedTuple):
    """A product to be put on the draft.

    ``source`` is the list it came from, ``blend_version`` the version that showed it there.
    """

    product_id: str
    quantity: int = 0
    source: ListName | None = None
    blend_version: int | None = None

    @property
    def list_name(self) -> str | None:
        """Name of the list as the store keeps it."""
        return None if self.source is None else self.source.value


Put = DraftItem | tuple[str, int, ListName | None]


def stamped(items: Sequence[Put], blend_version: int) -> list[DraftItem]:
    """Items of a list that do not say which version showed them get the one in force."""
    found = [DraftItem(*item) for item in items]
    return [
        item._replace(blend_version=blend_version)
        if item.source is not None and item.blend_version is None
        else item
        for item in found
    ]


def of_lines(rows: Sequence[DraftRow], product_ids: Collection[str]) -> list[DraftItem]:
    """Lines of a draft that go off it, with where they came from."""
    there = {row.product_id: row for row in rows}
    return [
        DraftItem(one, 0, ListName(row.source) if row.source else None, row.blend_version)
        if (row := there.get(one)) is not None
        else DraftItem(one)
        for one in product_ids
    ]


def check_quantity(quantity: int, locale: str) -> None:
    """Refuse a quantity that no line can have.

    Raises
    ------
    InputError
        It is not 1 to `MOST_PIECES`.
    """
    if not 0 < quantity <= MOST_PIECES:
        number = Language(locale).number
        rule = f"a quantity is between 1 and {number(MOST_PIECES)} pieces"
        raise InputError(rule, number(quantity), "correct it")


def added_up(items: Sequence[DraftItem]) -> list[DraftItem]:
    """One item a product, with the pieces of all and the source of the first."""
    found: dict[str, DraftItem] = {}
    for item in items:
        known = found.get(item.product_id)
        pieces = item.quantity + (0 if known is None else known.quantity)
        found[item.product_id] = (known or item)._replace(quantity=pieces)
    return list(found.values())


def events_of(
    items: Sequence[DraftItem], kind: EventKind, principal: Principal, retailer_id: str,
    now: datetime, model_version: int,
) -> list[Event]:  # fmt: skip
    """What an account did with some products of a shop, one event each."""
    return [
        Event(
            now, principal.username, retailer_id, kind.value, item.product_id, item.list_name, None,
            model_version, item.blend_version,
        )
        for item in items
    ]  # fmt: skip
