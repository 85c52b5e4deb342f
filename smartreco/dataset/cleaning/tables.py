"""One file on its way through cleaning: rows as they came, header understood, ledger open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import CITY
from smartreco.dataset.aliases import EXTRA_CELLS, Header, recognise
from smartreco.dataset.cleaning.coded import (
    MISSING,
    Coded,
    code_column,
    no_column,
    plain_text,
)
from smartreco.dataset.cleaning.ledger import Ledger, Mask
from smartreco.dataset.cleaning.moments import Moments, read_moments
from smartreco.dataset.cleaning.numerals import Numbers, read_numbers
from smartreco.dataset.cleaning.spelling import one_case
from smartreco.dataset.cleaning.texts import broken, in_capitals, in_title, mend, readable
from smartreco.dataset.frames import RawData

EARLIEST: Final = np.datetime64("1990-01-01", "us")
_YES: Final = frozenset({"1", "true", "yes", "y", "t", "active", "on"})
_NO: Final = frozenset({"0", "false", "no", "n", "f", "inactive", "off", "discontinued"})


class Table:
    """A raw frame with its header and its ledger.

    Raises
    ------
    InputError
        A required column is missing.
    """

    def __init__(self, kind: str, raw: RawData) -> None:
        source = raw.sources.get(kind, kind)
        frame = raw.frames[kind].reset_index(drop=True)
        frame.columns = pd.Index(unique_names(frame.columns))
        self.kind = kind
        self.header: Header = recognise(kind, list(frame.columns), source, raw.mapping.get(kind))
        self.ledger = Ledger(kind, source, frame)
        if EXTRA_CELLS in frame.columns:
            self.ledger.mark("too_many_cells", frame[EXTRA_CELLS].notna().to_numpy(dtype=bool))

    def __len__(self) -> int:
        return len(self.ledger)

    def has(self, name: str) -> bool:
        """Whether the file holds a column."""
        return name in self.header.names

    def raw(self, name: str) -> pd.Series:
        """A column as it came."""
        return self.ledger.original[self.header.names[name]]

    def coded(self, name: str) -> Coded:
        """A column of ids or short texts; missing throughout where the file has none."""
        return code_column(self.raw(name)) if self.has(name) else no_column(len(self))

    def numbers(self, name: str, *, counts: bool = False) -> Numbers:
        """A column of numbers; missing throughout where the file has none."""
        return read_numbers(self._raw_or_missing(name), counts=counts)

    def moments(self, name: str, *, month_first: bool = False) -> Moments:
        """A column of dates; missing throughout where the file has none."""
        return read_moments(self._raw_or_missing(name), month_first=month_first)

    def _raw_or_missing(self, name: str) -> pd.Series:
        return self.raw(name) if self.has(name) else pd.Series(np.full(len(self), np.nan))

    def flags(self, name: str, default: bool) -> Mask:
        """A column of yes and no."""
        words = self.coded(name)
        said = words.values.str.casefold()
        yes = np.append(said.isin(_YES).to_numpy(dtype=bool), default)[words.codes]
        no = np.append(said.isin(_NO).to_numpy(dtype=bool), not default)[words.codes]
        return np.asarray(yes | (~no & default))

    def amount(
        self, name: str, least: float, most: float = np.inf, *, whole: bool = False
    ) -> npt.NDArray[np.float64]:
        """An optional number; one that cannot be right is left out and the row marked as fixed."""
        numbers = self.numbers(name)
        values = numbers.values.copy()
        wrong = (values < least) | (values > most) | numbers.unreadable
        if whole:
            wrong |= values != np.floor(values)
            wrong &= ~numbers.missing
        self.ledger.mark("dropped_value", wrong)
        values[wrong] = np.nan
        return values

    def day(self, name: str, latest: np.datetime64) -> npt.NDArray[np.datetime64]:
        """An optional date between 1990 and `latest`; others are left out and marked."""
        moments = self.moments(name)
        values = moments.values.copy()
        wrong = moments.unreadable | (values < EARLIEST) | (values > latest)
        self.ledger.mark("dropped_value", wrong)
        values[wrong] = np.datetime64("NaT")
        return values

    def named(self, name: str) -> tuple[Coded, Mask]:
        """A column of names: broken letters mended, spaces folded; and the rows mended."""
        if not self.has(name):
            return no_column(len(self)), np.zeros(len(self), dtype=bool)
        codes, distinct = pd.factorize(self.raw(name))
        came = plain_text(pd.Series(distinct))
        texts = came.map(mend).astype("str")  # before spaces are folded: one may be half a letter
        texts = texts.mask(texts.str.lower().isin(MISSING))
        hit = np.append(came.map(broken).to_numpy(dtype=bool), False)[codes]
        return Coded(codes.astype(np.intp), texts).renamed(texts), hit

    def label(self, name: str) -> pd.Series:
        """A column of names as `named` gives it; the mended rows are marked."""
        column, hit = self.named(name)
        self.ledger.mark("repaired_text", hit)
        return column.texts()

    def place(self, name: str) -> pd.Series:
        """A column of places or kinds: as `label`, each with one way of capitals."""
        texts = self.label(name)
        shown = spelled_places(texts, cities=name == CITY)
        self.ledger.mark("place_spelling", (shown != texts).to_numpy() & texts.notna().to_numpy())
        return shown


def spelled_places(texts: pd.Series, *, cities: bool) -> pd.Series:
    """Each place in the capitals it usually has; a city in none but capitals in title case."""
    usual = one_case(texts.dropna())
    if cities and not in_capitals(texts.dropna()):
        usual = {text: in_title(shown) for text, shown in usual.items()}
    return texts.map(usual).astype("str")


def titled(texts: pd.Series, ids: pd.Series | None = None) -> pd.Series:
    """Texts in title case if their column is written in capitals; those equal to ids stay."""
    known = (texts if ids is None else texts[texts != ids]).dropna()
    if not in_capitals(known):
        return texts
    names = {text: readable(text) for text in known.unique()}
    return texts.where(~texts.index.isin(known.index), texts.map(names)).astype("str")


def one_row_an_id(table: Table, name: str) -> tuple[pd.Series, Mask]:
    """Ids of a file that has one row each; the last row of an id stands.

    Marks rows without an id, the same row again, and rows that a later one
    supersedes. Returns the ids and the rows that stand.
    """
    ledger, ids = table.ledger, table.coded(name)
    ledger.mark("missing_id", ids.missing)
    copies = ledger.original.astype("str").duplicated().to_numpy() & ~ids.missing
    ledger.mark("duplicate", copies)
    alive = ledger.alive
    standing = pd.Series(ids.codes[alive])
    later = np.zeros(len(table), dtype=bool)
    later[np.flatnonzero(alive)[standing.duplicated(keep="last").to_numpy()]] = True
    ledger.mark("superseded_row", later)
    return ids.texts(), ledger.alive


def unique_names(names: Iterable[object]) -> list[str]:
    """Column names as text, one that comes again with a word after it."""
    seen: set[str] = set()
    unique = []
    for name in map(str, names):
        while name in seen:
            name += " (again)"
        seen.add(name)
        unique.append(name)
    return unique
