"""Vendors: from their own file, else from what products say."""

from __future__ import annotations

import unicodedata

import pandas as pd

from smartreco import columns as c
from smartreco.dataset.cleaning.tables import Table, one_row_an_id, titled

COLUMNS = [c.VENDOR_ID, c.NAME, c.CITY, c.REGION, c.LEAD_TIME_DAYS, c.MIN_ORDER_VALUE]


def slug(name: str) -> str:
    """A stable id out of a name: its letters and digits, small, joined by hyphens.

    >>> slug("SAZERAC COMPANY  INC"), slug("Sazerac Company, Inc.")
    ('sazerac-company-inc', 'sazerac-company-inc')
    """
    text = unicodedata.normalize("NFKC", name).casefold().replace("'", "").replace("’", "")
    return "-".join("".join(s if s.isalnum() else " " for s in text).split())


def clean_vendors(table: Table | None) -> pd.DataFrame:
    """The vendors of their own file; an empty frame where there is none."""
    if table is None:
        return pd.DataFrame({name: pd.Series([], dtype="str") for name in COLUMNS}).astype(
            {c.LEAD_TIME_DAYS: float, c.MIN_ORDER_VALUE: float}
        )
    ids, stands = one_row_an_id(table, c.VENDOR_ID)
    name = table.label(c.NAME)
    table.ledger.mark("named_by_id", (name.isna() & ids.notna()).to_numpy())
    frame = pd.DataFrame(
        {
            c.VENDOR_ID: ids,
            c.NAME: name.fillna(ids),
            c.CITY: table.place(c.CITY),
            c.REGION: table.place(c.REGION),
            c.LEAD_TIME_DAYS: table.amount(c.LEAD_TIME_DAYS, 0, 1000),
            c.MIN_ORDER_VALUE: table.amount(c.MIN_ORDER_VALUE, 0),
        }
    )
    return frame[stands].reset_index(drop=True)


def vendor_ids(
    names: pd.Series, given: pd.Series, vendors: pd.DataFrame
) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    """Find each product's vendor, adding those that no file of vendors names.

    Parameters
    ----------
    names, given
        The vendor's name and id as each product says; either may be missing.
    vendors
        The vendors known so far.

    Returns
    -------
    tuple
        The vendor id of each product, all vendors, and which products spell the
        vendor's name unlike most.
    """
    nowhere = pd.Series(False, index=names.index)
    if names.isna().all() and given.isna().all():
        return given.astype("str"), vendors, nowhere
    known_ids = dict(zip(vendors[c.VENDOR_ID].str.casefold(), vendors[c.VENDOR_ID], strict=True))
    by_name = dict(zip(vendors[c.NAME].map(slug), vendors[c.VENDOR_ID], strict=True))
    said = names.dropna()
    slugs = said.map(slug)
    slugs = slugs.where(slugs != "", said)
    # a vendor may be named by his id as well as by his name
    by_id = said.str.casefold().map(known_ids)
    found = slugs.map(by_name).fillna(by_id).fillna(slugs)
    ids = given.map(lambda i: known_ids.get(i.casefold(), i), na_action="ignore")
    ids = ids.fillna(found).astype("str")
    usual = _usual_names(ids[said.index], said)
    new = pd.Index(ids.dropna().unique()).difference(vendors[c.VENDOR_ID], sort=True)
    shown = pd.Series([usual.get(i, i) for i in new], dtype="str")
    added = pd.DataFrame({c.VENDOR_ID: pd.Series(new, dtype="str"), c.NAME: shown})
    everyone = pd.concat([vendors, added], ignore_index=True)[COLUMNS] if len(new) else vendors
    odd = said[by_id.isna() & (said != ids[said.index].map(usual))]
    everyone = everyone.assign(
        **{c.NAME: titled(everyone[c.NAME], everyone[c.VENDOR_ID])},
        **{name: titled(everyone[name].astype("str")) for name in (c.CITY, c.REGION)},
    )
    return ids, everyone, nowhere | names.index.isin(odd.index)


def _usual_names(ids: pd.Series, said: pd.Series) -> dict[str, str]:
    """The spelling of each vendor's name that most of his products carry."""
    counts = pd.DataFrame({"id": ids, "said": said}).value_counts().reset_index()
    counts = counts.sort_values(["id", "count", "said"], ascending=[True, False, True])
    first = counts.drop_duplicates("id")
    return dict(zip(first["id"], first["said"], strict=True))
