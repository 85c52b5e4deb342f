"""What a newcomer is shown, page by page: a handful of sentences a role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from smartreco.entities import Role


@dataclass(frozen=True, slots=True)
class Step:
    """A stop of the tour: the page's address, and the one thing to know there."""

    url: str
    said: str


STEPS: Final[Mapping[Role, tuple[Step, ...]]] = {
    Role.RETAILER: (
        Step("for-you", "At the top: what is due, and one button that puts all of it on your "
                        "order. Below each product stands why it is here; “Why?” shows the sum."),
        Step("order", "Your order waits here until you place it. What stands in its way is named, "
                      "with the click that settles it."),
        Step("stock", "Enter what you have on the shelf, and this page says what runs out first "
                      "and how many cases to order."),
    ),
    Role.VENDOR: (
        Step("demand", "What changed and why, taken apart. The filters on top stay in the address: "
                       "send the link, and a colleague sees the same view."),
        Step("reach", "Shops that do not buy from you yet and most likely would, the largest "
                      "expected value first."),
        Step("stock-service", "What runs out when, how much of what shops asked for was there, and "
                              "orders that wait for you."),
    ),
    Role.PRODUCT_MANAGER: (
        Step("what-if", "Choose a ready question or move levers yourself. Every difference has a "
                        "band: how far off it may be."),
        Step("series", "Any product or place on its own: what was ordered, what is expected, and "
                       "how well such forecasts did in the past."),
    ),
    Role.ANALYST: (
        Step("tune", "Move a slider and watch every figure of quality follow. Nothing changes for "
                     "shops until you publish, and one click takes it back."),
        Step("scoreboard", "How good the lists are on orders they had not seen, beside known "
                           "methods."),
        Step("explain-model", "Any line of any shop, taken apart to its last addend."),
    ),
    Role.ADMIN: (
        Step("system", "Whether all is well, and what to do where it is not."),
        Step("import", "Upload orders as they are. A rehearsal shows what would be read, mended "
                       "and set aside before anything is written."),
        Step("accounts", "Invite people by a link that works once."),
    ),
}  # fmt: skip
