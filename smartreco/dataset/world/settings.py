"""What the size and time of a synthetic data set are, written once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smartreco.errors import InputError

#: Festival dates are known in these years; a window may not leave them.
FIRST_YEAR, LAST_YEAR = 2019, 2029


@dataclass(frozen=True)
class SyntheticSettings:
    """Size, time and seed of a synthetic data set."""

    retailers: int = 300
    """Shops that ever order; some join within the window."""

    products: int = 600
    """Products that are ever sold; some are launched within the window."""

    vendors: int = 24
    """Vendors that the products are spread over, each within one category."""

    months: int = 24
    """Length of the known past."""

    seed: int = 7
    """Same seed and settings, same data, byte for byte."""

    end: date = date(2026, 10, 12)
    """First day that is not known: a Monday, four weeks before Diwali."""

    horizon_weeks: int = 13
    """Weeks after `end` that plans (promotions) and the truth also cover."""

    def __post_init__(self) -> None:
        """Refuse what cannot be made.

        Raises
        ------
        InputError
            A size below one, or a window outside the years of known festivals.
        """
        for name in ("retailers", "products", "vendors", "months"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} is at least 1", str(getattr(self, name)), "raise it")
        if self.horizon_weeks < 0:
            raise InputError("horizon_weeks is at least 0", str(self.horizon_weeks), "raise it")
        first = self.end.year - (self.months + 11) // 12
        if first < FIRST_YEAR or self.end.year >= LAST_YEAR:
            raise InputError(
                f"synthetic data lies between {FIRST_YEAR} and {LAST_YEAR}",
                f"{self.months} months before {self.end}",
                "choose fewer months or another end",
            )

    @property
    def weeks(self) -> int:
        """Whole weeks of the known past."""
        return max(1, round(self.months * 365.25 / 12 / 7))
