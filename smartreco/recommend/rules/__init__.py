"""What moves a product on a list after it was scored, and says so.

A rule never changes a score, so the reasons stay true; it changes which products
a list holds and in what order. Rules are applied in this order:

1. filters: availability, the reader's filters, what the shop hid, what is left
   out, minimum margin;
2. boosts, which move the key that the list is sorted by;
3. diversity, on the best few candidates;
4. places: vendor floors and caps;
5. pins. They take their places first, so that floors and caps count them, and
   win where they contradict a cap.
"""

from smartreco.recommend.rules.facts import ProductFacts
from smartreco.recommend.rules.notes import (
    AVAILABLE,
    ELIGIBLE,
    EXCLUDED,
    NOTES,
    PINNED,
    note_words,
)
from smartreco.recommend.rules.plan import NO_PLAN, Plan
from smartreco.recommend.rules.registry import KINDS
from smartreco.recommend.rules.request import Rules
from smartreco.recommend.rules.resolved import Resolved
from smartreco.recommend.rules.rule import ALL, CATEGORY, PRODUCT, VENDOR, Rule, Target

__all__ = [
    "ALL",
    "AVAILABLE",
    "CATEGORY",
    "ELIGIBLE",
    "EXCLUDED",
    "KINDS",
    "NOTES",
    "NO_PLAN",
    "PINNED",
    "PRODUCT",
    "VENDOR",
    "Plan",
    "ProductFacts",
    "Resolved",
    "Rule",
    "Rules",
    "Target",
    "note_words",
]
