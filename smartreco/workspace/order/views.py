"""A suggested order as pages and the command line show it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pandas as pd

from smartreco.columns import PRODUCT_ID, QUANTITY, UNIT_PRICE
from smartreco.entities import ListName, Product
from smartreco.language import Language, Money, Percent, Sentence
from smartreco.stock.limits import DISCOVERY, KEPT, MONEY, VENDOR, Limit
from smartreco.stock.sentences import say

CASES, VALUE, REASON = "cases", "value", "reason"
ORDER_COLUMNS: Final = (PRODUCT_ID, QUANTITY, CASES, UNIT_PRICE, VALUE, REASON)


class Aim(StrEnum):
    """What an order is to bring most of."""

    STOCK = "stock"  # least expected stock-out, in value
    MARGIN = "margin"  # most expected margin of the distributor


@dataclass(frozen=True, slots=True)
class OrderWish:
    """What the reader asks of an order.

    Attributes
    ----------
    budget
        Currency; None: as the shop's credit allows.
    service
        Chance that a product lasts until the next order arrives; None: as the shop has it kept.
    review_days
        Days until the shop orders again; None: likewise.
    discovery_share
        Part of the money that is kept for products new to the shop.
    """

    budget: float | None = None
    aim: Aim = Aim.STOCK
    service: float | None = None
    review_days: int | None = None
    discovery_share: float = 0.1


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of the order, and why so much of it."""

    product: Product
    quantity: int
    unit_price: float
    source: ListName
    why: tuple[Sentence, ...]

    @property
    def cases(self) -> float:
        """Cases; a part of one where the shop orders such parts."""
        return round(self.quantity / self.product.case_size, 2)

    @property
    def value(self) -> float:
        """Currency."""
        return self.quantity * self.unit_price


@dataclass(frozen=True, slots=True)
class SuggestedOrder:
    """An order for a shop.

    Attributes
    ----------
    lines
        The dearest first.
    limits
        What holds it back, see `smartreco.stock.limits.Limit`; with their sentences.
    stock_known
        Products among the candidates whose shelf and pace were known.
    gap
        The most by which a better order could bring more, as a share.
    enough
        A budget that would be enough, where the one asked for brings nothing; None: it is,
        or no budget would be.
    """

    lines: tuple[OrderLine, ...]
    limits: tuple[tuple[Limit, tuple[Sentence, ...]], ...]
    candidates: int
    stock_known: int
    gap: float
    enough: float | None = None

    @property
    def value(self) -> float:
        """Currency."""
        return sum(line.value for line in self.lines)

    def frame(self, language: Language) -> pd.DataFrame:
        """Columns `ORDER_COLUMNS`, a row a line."""
        rows = [
            (
                line.product.product_id, line.quantity, line.cases, line.unit_price,
                round(line.value, 2), "; ".join(say(one, language) for one in line.why),
            )
            for line in self.lines
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(ORDER_COLUMNS))


def limit_sentences(limit: Limit, vendor: str, share: float) -> tuple[Sentence, ...]:
    """What a limit is, and what one more unit of it would bring where that is known."""
    values: dict[str, object] = {"bound": Money(limit.bound), "used": Money(limit.used)}
    values |= {"vendor": vendor} if limit.vendor is not None else {}
    if limit.name in (DISCOVERY, KEPT):
        return (Sentence(f"limit.{limit.name}", {"share": Percent(share)}),)
    too_little = limit.name in MONEY and limit.used == 0
    what = Sentence(f"limit.{limit.name}" + ("_too_little" if too_little else ""), values)
    if limit.worth <= 0 or too_little:
        return (what,)
    way = "less" if limit.name == VENDOR else "more"
    eased = {"unit": Money(1.0, 0), "worth": Money(limit.worth, 2)}
    return what, Sentence(f"limit.worth_{way}", eased)
