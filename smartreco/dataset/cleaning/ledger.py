"""The ledger of one file: which rule touched which row.

Rules mark whole masks of rows; nothing is deleted until all have run, so that
the account always adds up: a row is quarantined if any rule set it aside, else
fixed if any rule changed it, else kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.dataset.reasons import RULES, Outcome
from smartreco.dataset.report import FileAccount, ReasonCount

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class ChangedRows:
    """Rows of one file that were fixed or quarantined, with the row as it came.

    ``marks`` has row_number (1-based below the header), outcome, reason (the
    first rule) and also (further rules, comma-separated); ``original`` the
    file's own columns. Both share one index. ``line_ids`` are the ids that order lines have
    within their order, missing where a row has none; None for other files.
    """

    kind: str
    source: str
    marks: pd.DataFrame
    original: pd.DataFrame
    line_ids: pd.Series | None = None


class Ledger:
    """Marks on the rows of one file.

    Parameters
    ----------
    kind, source
        Which file it is, and its name.
    original
        The rows as they came.
    """

    def __init__(self, kind: str, source: str, original: pd.DataFrame) -> None:
        self.kind = kind
        self.source = source
        self.original = original
        self._marks: dict[str, Mask] = {}
        self._line_ids: pd.Series | None = None

    def __len__(self) -> int:
        return len(self.original)

    def mark(self, code: str, rows: Mask) -> Mask:
        """Fix or quarantine rows under a rule; returns the rows it applies to."""
        if code not in RULES:
            raise KeyError(code)
        if rows.any():
            known = self._marks.get(code)
            self._marks[code] = rows.copy() if known is None else known | rows
        return rows

    def name_lines(self, line_ids: pd.Series) -> None:
        """Keep what each row is called within its order; missing where it has no name."""
        self._line_ids = line_ids

    def marked(self, code: str) -> Mask:
        """Rows that a rule applies to."""
        return self._marks.get(code, self._none())

    @property
    def alive(self) -> Mask:
        """Rows that no rule has set aside so far."""
        return ~self._any(Outcome.QUARANTINED)

    def alive_but_for(self, code: str) -> Mask:
        """Rows that one rule has set aside and no other."""
        others = self._none()
        for other, rows in self._marks.items():
            if other != code and RULES[other].outcome is Outcome.QUARANTINED:
                others |= rows
        return self.marked(code) & ~others

    def account(self, ignored_columns: tuple[str, ...] = ()) -> FileAccount:
        """Count the rows by what became of them."""
        first, codes = self._first()
        aside = self._any(Outcome.QUARANTINED)
        changed = self._any(Outcome.FIXED) & ~aside
        rows = np.bincount(first[first >= 0], minlength=len(codes))
        reasons = tuple(
            ReasonCount(code, int(rows[at]), int(self._marks[code].sum()))
            for at, code in enumerate(codes)
        )
        n, n_aside, n_changed = len(self), int(aside.sum()), int(changed.sum())
        return FileAccount(
            self.kind, self.source, read=n, kept=n - n_aside - n_changed, fixed=n_changed,
            quarantined=n_aside, reasons=reasons, ignored_columns=ignored_columns,
        )  # fmt: skip

    def changed_rows(self) -> ChangedRows:
        """The rows that were fixed or quarantined."""
        first, codes = self._first()
        at = np.flatnonzero(first >= 0)
        outcome = [RULES[code].outcome.value for code in codes]
        marks = pd.DataFrame(
            {
                "row_number": at + 1,
                "outcome": pd.Series(outcome, dtype="str").take(first[at]).array,
                "reason": pd.Series(codes, dtype="str").take(first[at]).array,
                "also": self._also(at, first[at], codes),
            }
        )
        original = self.original.take(at).reset_index(drop=True)
        line_ids = self._line_ids
        if line_ids is not None:
            line_ids = line_ids.take(at).reset_index(drop=True)
        return ChangedRows(self.kind, self.source, marks, original, line_ids)

    def _first(self) -> tuple[npt.NDArray[np.int16], list[str]]:
        """Position of each row's first rule, quarantine before fix; -1 where kept."""
        codes = sorted(self._marks, key=lambda code: RULES[code].outcome is Outcome.FIXED)
        first = np.full(len(self), -1, dtype=np.int16)
        for at, code in enumerate(codes):
            first[(first < 0) & self._marks[code]] = at
        return first, codes

    def _also(
        self, at: npt.NDArray[np.intp], first: npt.NDArray[np.int16], codes: list[str]
    ) -> pd.Series:
        also = np.full(len(at), "", dtype=object)
        for position, code in enumerate(codes):
            more = self._marks[code][at] & (first != position)
            also[more] = [f"{held},{code}" if held else code for held in also[more]]
        return pd.Series(also, dtype="str")

    def _any(self, outcome: Outcome) -> Mask:
        mask = self._none()
        for code, rows in self._marks.items():
            if RULES[code].outcome is outcome:
                mask |= rows
        return mask

    def _none(self) -> Mask:
        return np.zeros(len(self), dtype=bool)
