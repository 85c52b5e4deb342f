"""Lines that are no products: postage, discounts, fees, corrections, vouchers.

They ride in the same export as products and would be recommended to shops. A
known source names its own codes; elsewhere a line counts as a service only if
its code holds no digit and its name says so, because products are called
"Postage Scale" too.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from smartreco.dataset.aliases import SourceFormat

_WORDS: Final = {
    "postage": r"(?:.*\b)?(?:postage|shipping|freight|carriage|delivery|courier)",
    "discount": r"(?:.*\b)?(?:discount|rebate)",
    "fee": r"(?:.*\b)?(?:fees?|bank charges?|commission|surcharge|service charge)",
    "adjustment": r"(?:.*\b)?(?:adjust|adjustment|bad debt|write[- ]?off|rounding)",
    "manual": r"manual(?: entry| line)?",
    "sample": r"(?:.*\b)?(?:free )?samples?",
    "voucher": r"(?:.*\b)?(?:gift voucher|gift card|voucher)",
    "test": r"(?:this is a )?test(?: product)?",
}
_TAIL: Final = r"(?: charges?| costs?| fees?| amount)?[\s\d%.()£$€-]*"
_VOUCHER_CODE: Final = r"gift_\d.*"


def service_kinds(ids: pd.Series, names: pd.Series, source: SourceFormat | None) -> pd.Series:
    """The kind of service each product id stands for; missing where it is a product.

    Parameters
    ----------
    ids, names
        Products' ids and most frequent names, row by row; names may be missing.
    source
        The known source the file came from.
    """
    kinds = pd.Series([None] * len(ids), index=ids.index, dtype="str")
    wordy = ~ids.str.contains(r"\d", regex=True)
    said = names[wordy].fillna("").str.lower()
    code = ids[wordy].str.lower().str.replace("_", " ")
    for kind, words in _WORDS.items() if wordy.any() else ():
        hit = said.str.fullmatch(words + _TAIL) | code.str.fullmatch(words)
        kinds = kinds.mask(hit.reindex(kinds.index, fill_value=False) & kinds.isna(), kind)
    if source is not None:
        codes = ids.str.upper()
        kinds = kinds.mask(codes.isin(list(source.service_codes)), codes.map(source.service_codes))
        kinds = kinds.mask(ids.str.fullmatch(_VOUCHER_CODE, case=False), "voucher")
    return kinds
