"""Ids that mean the same thing written in capital and in small letters."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from smartreco.dataset.cleaning.coded import Coded
from smartreco.dataset.cleaning.ledger import Mask


def merge_cases(column: Coded, names: Callable[[Coded], pd.Series]) -> tuple[Coded, Mask]:
    """Make ``85123a`` and ``85123A`` one id, spelled in capitals.

    Ids that mix both kinds of letters inside (``aB3x``) may tell each other
    apart by them, so these are merged only if they carry the same name.

    Parameters
    ----------
    column
        The ids.
    names
        Finds the name of each distinct id; asked only if spellings clash.

    Returns
    -------
    tuple
        The column with merged ids, and the rows whose spelling changed.
    """
    values = column.values
    upper = values.str.upper()
    clash = upper.duplicated(keep=False)
    if not clash.any():
        return column, np.zeros(len(column), dtype=bool)
    one_kind = (values == upper) | (values == values.str.lower())
    together = one_kind.groupby(upper).transform("all")
    said = names(column).fillna("").str.casefold().str.replace(r"\W+", " ", regex=True)
    together |= said.groupby(upper).transform("nunique").eq(1) & said.ne("")
    merged = values.where(~(clash & together), upper)
    changed = (merged != values).to_numpy(dtype=bool)
    return column.renamed(merged), np.append(changed, False)[column.codes]
