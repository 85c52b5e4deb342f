"""A suggested order in a few lines, for whoever has no page to look at."""

from __future__ import annotations

from smartreco.language import Language
from smartreco.stock.sentences import say
from smartreco.workspace.order.views import SuggestedOrder


def told(order: SuggestedOrder, language: Language) -> tuple[str, ...]:
    """How much of what was looked at it takes, then what holds it back."""
    head = (
        f"{len(order.lines):,} of {order.candidates:,} candidates, {language.money(order.value)}; "
        f"shelf and pace known of {order.stock_known:,}"
    )
    return head, *("; ".join(say(one, language) for one in limit) for _, limit in order.limits)
