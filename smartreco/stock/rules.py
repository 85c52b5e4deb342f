"""Rules by which stock is ordered: ours by a quantile of demand, and two that shops use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from smartreco.stock.arrays import Floats
from smartreco.stock.outcomes import Outcomes, check_service


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known when an order is due.

    Attributes
    ----------
    usual
        Pieces a week over so many last weeks, as known now.
    position
        Pieces on hand and on order.
    span
        Weeks until what is ordered at the next review arrives: lead time + review.
    ahead
        What may be asked for in that span.
    """

    usual: Callable[[int], Floats]
    position: Floats
    span: int
    ahead: Outcomes


#: Pieces to order at a moment, one number a product.
Rule = Callable[[Moment], Floats]


def quantile_rule(service: float) -> Rule:
    """Order up to the amount that covers the span with this chance."""
    check_service(service)

    def rule(moment: Moment) -> Floats:
        return np.asarray(np.maximum(moment.ahead.at(service) - moment.position, 0.0))

    return rule


def min_max_rule(low: float = 1.0, high: float = 2.0, weeks: int = 26) -> Rule:
    """Below a minimum order up to a maximum, both multiples of the span's usual demand."""

    def rule(moment: Moment) -> Floats:
        usual = moment.span * moment.usual(weeks)
        due = moment.position <= low * usual
        return np.where(due, np.maximum(high * usual - moment.position, 0.0), 0.0)

    return rule


def moving_average_rule(factor: float = 1.5, weeks: int = 8) -> Rule:
    """Order up to a multiple of the span's demand as the last weeks had it."""

    def rule(moment: Moment) -> Floats:
        usual = moment.span * moment.usual(weeks)
        return np.asarray(np.maximum(factor * usual - moment.position, 0.0))

    return rule
