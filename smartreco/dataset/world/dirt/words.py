"""Defects of products and retailers: letters, spelling, encoding, rows twice."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, CITY, LAUNCHED_ON, NAME, VENDOR
from smartreco.dataset.world.dirt.rows import Added, Rows, weave
from smartreco.dataset.world.dirt.shares import DirtShares
from smartreco.dataset.world.randomness import Ints
from smartreco.dataset.world.timeline import Mask

#: Misspellings that people type; one of a category's is taken.
_MISSPELLED = {
    "Electronics": ("Electornics", "Elctronics", "Electronic s"),
    "FMCG": ("FMGC", "F.M.C.G.", "FMCGG"),
    "Apparel": ("Apparell", "Aparel", "Appparel"),
    "Durables": ("Durabels", "Durabes", "Durrables"),
    "Essentials": ("Essentails", "Esentials", "Essentialls"),
}
_FORMS: tuple[Callable[[str], str], ...] = (str.upper, str.lower)
Soiled = tuple[pd.DataFrame, pd.DataFrame]


def soil_products(products: pd.DataFrame, shares: DirtShares, rng: np.random.Generator) -> Soiled:
    """Products with defects, and one row a defect: row_number, kind."""
    frame, rows = products.copy(), Rows(len(products), shares, rng)
    frame[LAUNCHED_ON] = frame[LAUNCHED_ON].dt.strftime("%Y-%m-%d")
    copies = _copies(frame, rows)
    marks = [
        _rewrite(frame, CATEGORY, "category_case", rows, _recased),
        _rewrite(frame, CATEGORY, "category_misspelled", rows, _misspelled),
        _rewrite(frame, VENDOR, "vendor_case", rows, _recased),
        _rewrite(frame, NAME, "name_encoding", rows, _misread, ~_ascii(frame[NAME])),
        _rewrite(frame, NAME, "name_no_break_space", rows, _pasted, _ascii(frame[NAME])),
    ]
    return weave(frame, [copies], marks)


def soil_retailers(retailers: pd.DataFrame, shares: DirtShares, rng: np.random.Generator) -> Soiled:
    """Retailers with defects, and one row a defect: row_number, kind."""
    frame, rows = retailers.copy(), Rows(len(retailers), shares, rng)
    copies = _copies(frame, rows)
    marks = [
        _rewrite(frame, CITY, "city_case", rows, _recased),
        _rewrite(frame, NAME, "name_encoding", rows, _misread, ~_ascii(frame[NAME])),
        _rewrite(frame, NAME, "name_no_break_space", rows, _pasted, _ascii(frame[NAME])),
    ]
    return weave(frame, [copies], marks)


def _copies(frame: pd.DataFrame, rows: Rows) -> Added:
    """Rows that come again a little below, the same in every cell."""
    twice = rows.take("row_twice")
    behind = twice + 0.5 + rows.rng.integers(0, 20, len(twice))
    return "row_twice", frame.iloc[twice], np.asarray(behind, dtype=np.float64)


Rewriter = Callable[[str, np.random.Generator], str]


def _rewrite(
    frame: pd.DataFrame, column: str, kind: str, rows: Rows, rewriter: Rewriter,
    among: Mask | None = None,
) -> tuple[str, Ints]:  # fmt: skip
    """Change the texts of some rows; a text that stays the same is no defect."""
    chosen = rows.take(kind, among)
    texts = frame[column].to_numpy(dtype=object).copy()
    before = texts[chosen].copy()
    texts[chosen] = [rewriter(text, rows.rng) for text in before]
    frame[column] = pd.array(texts, dtype="str")
    return kind, chosen[texts[chosen] != before]


def _recased(text: str, rng: np.random.Generator) -> str:
    """All capitals or all small letters, whichever is another text."""
    other = [form(text) for form in _FORMS if form(text) != text]
    return other[rng.integers(len(other))] if other else text


def _misspelled(text: str, rng: np.random.Generator) -> str:
    """One of the usual slips."""
    slips = _MISSPELLED[text]
    return slips[rng.integers(len(slips))]


def _misread(text: str, rng: np.random.Generator) -> str:
    """UTF-8 read as Windows-1252: "Café" becomes "CafÃ©"."""
    return text.encode("utf-8").decode("cp1252", errors="replace")


def _pasted(text: str, rng: np.random.Generator) -> str:
    """The no-break space of a copied web page, read the same way: "Â" before a blank."""
    return _misread(text.replace(" ", "\u00a0", 1), rng)


def _ascii(texts: pd.Series) -> Mask:
    """Which texts hold plain letters only."""
    return np.array([text.isascii() for text in texts], dtype=np.bool_)
