"""How large demo data become and how long they take, said before they are made: roughly.

Lines: what 60, 120, 300 and 600 shops came to over 12 to 48 months and 20 to 3,000 products. A
shop orders more lines from a larger catalogue, up to what it has use for; the formula is within
15 % of each of these.

Time: processor seconds of two cores to make, clean, store and fit 8,000, 68,000, 205,000, 411,000
and 417,000 lines (two or three runs each: 4.7, 10, 23, 38 and 44 s). The formula is within 20 % of
each. A busier or smaller machine takes longer, and what is shown is rounded to say so.
"""

from __future__ import annotations

from math import exp
from typing import Final

from smartreco.dataset.world.settings import SyntheticSettings

MOST_LINES_A_SHOP_MONTH: Final = 31.0
PRODUCTS_OF_HABIT: Final = 190.0  # a catalogue of so many gives 63 % of those lines
SECONDS_ALWAYS: Final = 4.0
LINES_A_SECOND: Final = 11_000.0


def expected_lines(settings: SyntheticSettings) -> int:
    """Order lines that such data hold, to two digits."""
    share = 1.0 - exp(-settings.products / PRODUCTS_OF_HABIT)
    return _rounded(settings.retailers * settings.months * MOST_LINES_A_SHOP_MONTH * share)


def expected_seconds(settings: SyntheticSettings) -> int:
    """Seconds to make, clean, store and fit them, on an idle machine: in fives."""
    seconds = SECONDS_ALWAYS + expected_lines(settings) / LINES_A_SECOND
    return max(5, 5 * round(seconds / 5))


def _rounded(lines: float) -> int:
    return int(float(f"{lines:.1e}"))
