"""Which column of a file is which: header names people use, folded to ours.

Case, spaces, underscores and other signs do not count, so ``Customer ID`` and
``customerid`` are one. The first alias of a list that a file holds wins; what
no list knows is ignored and named in the report. A header that gives away its
source brings that source's currency, locale and habits.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from smartreco import columns as c
from smartreco.errors import InputError

# columns that only files hold: what an orders file says about product and shop
PRODUCT_NAME: Final = "product_name"
RETAILER_NAME: Final = "retailer_name"
VOLUME: Final = "volume"  # tells apart products that share one name
EXTRA_CELLS: Final = "(cells beyond the header)"
#: Column of a file of rows set aside, to be mended and imported again: why each was.
MENDING: Final = "set_aside_because"

_PRODUCT = (
    "productid productcode stockcode sku skuid itemid itemno itemnumber itemcode articleid "
    "articleno product item article"
)
_RETAILER = (
    "retailerid customerid customerno customernumber customercode shopid storeid storenumber "
    "storecode outletid buyerid clientid accountid retailer customer shop store outlet"
)
_VENDOR = "vendor vendorname supplier suppliername brand manufacturer"
_CATEGORY = "category categoryname productcategory productgroup department family"
_REGION = "region state province territory zone country"
_SEGMENT = "segment customersegment customertype shoptype storetype channel"
_PLACE = {c.CITY: "city town", c.REGION: _REGION}

ALIASES: Final[Mapping[str, Mapping[str, str]]] = {
    "orders": {
        c.ORDER_ID: (
            "orderid orderno ordernumber invoiceno invoiceid invoicenumber transactionid "
            "order invoice"
        ),
        c.LINE_ID: "lineid lineno linenumber orderlineid orderline",
        c.RETAILER_ID: _RETAILER,
        c.PRODUCT_ID: _PRODUCT,
        c.ORDERED_AT: (
            "orderedat orderdate orderedon invoicedate transactiondate purchasedate date datetime "
            "timestamp createdat"
        ),
        c.QUANTITY: "quantity qty pieces units orderqty orderedqty quantityordered",
        c.UNIT_PRICE: (
            "unitprice priceperunit price unitrate rate itemprice sellingprice salesprice"
        ),
        c.STATUS: "status orderstatus",
        PRODUCT_NAME: (
            "productname description productdescription itemname itemdescription title "
            "product item article"
        ),
        c.CATEGORY: _CATEGORY,
        c.SUBCATEGORY: "subcategory",
        c.VENDOR: _VENDOR,
        RETAILER_NAME: (
            "retailername customername shopname storename outletname "
            "retailer customer shop store outlet"
        ),
        **_PLACE,
        c.SEGMENT: _SEGMENT,
    },
    "products": {
        c.PRODUCT_ID: _PRODUCT + " id code",
        c.NAME: "name productname description productdescription itemname itemdescription title",
        c.CATEGORY: _CATEGORY,
        c.SUBCATEGORY: "subcategory productsubcategory subdepartment",
        c.VENDOR: _VENDOR,
        c.VENDOR_ID: "vendorid supplierid",
        c.CASE_SIZE: "casesize packsize pack unitspercase piecespercase caseqty casequantity",
        c.UNIT_COST: "unitcost cost costprice purchaseprice",
        c.LIST_PRICE: "listprice price unitprice mrp rrp sellingprice",
        c.LAUNCHED_ON: "launchedon launchdate launched",
        c.ACTIVE: "active isactive",
        VOLUME: "volumeml volume bottlevolumeml",
    },
    "retailers": {
        c.RETAILER_ID: _RETAILER + " id code",
        c.NAME: "name retailername customername shopname storename outletname",
        **_PLACE,
        c.SEGMENT: _SEGMENT,
        c.LAT: "lat latitude",
        c.LON: "lon lng long longitude",
        c.CREDIT_LIMIT: "creditlimit credit",
        c.OPEN_TO_VENDORS: "opentovendors",
        c.ACTIVE: "active isactive",
    },
    "vendors": {
        c.VENDOR_ID: "vendorid supplierid id code vendor supplier",
        c.NAME: "name vendorname suppliername",
        **_PLACE,
        c.LEAD_TIME_DAYS: "leadtimedays leadtime",
        c.MIN_ORDER_VALUE: "minordervalue minimumordervalue minimumorder",
    },
    "stock": {
        c.HOLDER_KIND: "holderkind",
        c.HOLDER_ID: "holderid",
        c.PRODUCT_ID: _PRODUCT,
        c.AT: "at date day countedon",
        c.ON_HAND: "onhand stock quantity qty",
        c.ON_ORDER: "onorder",
    },
    "promotions": {
        c.PRODUCT_ID: _PRODUCT,
        c.STARTS_ON: "startson start startdate from",
        c.ENDS_ON: "endson end enddate to until",
        c.DEPTH: "depth discount share",
    },
    "calendar": {c.FESTIVAL: "festival name event holiday", c.DAY: "day date on"},
}

REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "orders": (
        c.ORDER_ID, c.RETAILER_ID, c.PRODUCT_ID, c.ORDERED_AT, c.QUANTITY, c.UNIT_PRICE,
    ),
    "products": (c.PRODUCT_ID, c.NAME, c.CATEGORY),
    "retailers": (c.RETAILER_ID, c.NAME),
    "vendors": (c.VENDOR_ID, c.NAME),
    "stock": (c.HOLDER_KIND, c.HOLDER_ID, c.PRODUCT_ID, c.AT, c.ON_HAND),
    "promotions": (c.PRODUCT_ID, c.STARTS_ON, c.ENDS_ON, c.DEPTH),
    "calendar": (c.FESTIVAL, c.DAY),
}  # fmt: skip


@dataclass(frozen=True)
class SourceFormat:
    """A known source: how its header gives it away and what it brings along."""

    name: str
    header: frozenset[str]
    currency: str
    locale: str
    month_first: bool
    cancelled_prefix: str
    service_codes: Mapping[str, str]


#: Service codes of the UCI Online Retail data (Chen 2012, both editions), by kind.
_UCI_CODES = {
    "POST": "postage", "DOT": "postage", "C2": "postage", "C3": "postage",
    "M": "manual", "D": "discount", "S": "sample", "PADS": "padding", "B": "adjustment",
    "ADJUST": "adjustment", "ADJUST2": "adjustment", "BANK CHARGES": "fee", "AMAZONFEE": "fee",
    "CRUK": "fee", "TEST001": "test", "TEST002": "test", "GIFT": "voucher",
}  # fmt: skip

UCI: Final = SourceFormat(
    name="UCI Online Retail",
    header=frozenset({"stockcode", "invoicedate", "customerid", "quantity", "description"}),
    currency="GBP",
    locale="en_GB",
    month_first=True,
    cancelled_prefix="C",
    service_codes=_UCI_CODES,
)

FORMATS: Final = (UCI,)


@dataclass(frozen=True)
class Header:
    """How a file's columns are understood."""

    names: Mapping[str, str]  # ours -> the file's
    ignored: tuple[str, ...]
    source: SourceFormat | None


def fold(header: object) -> str:
    """A header's letters and digits, small."""
    text = unicodedata.normalize("NFKC", str(header)).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def propose(kind: str, header: Iterable[object]) -> dict[str, str]:
    """Our columns to the file's, as far as their names tell."""
    given = {fold(name): str(name) for name in reversed(list(header))}
    names: dict[str, str] = {}
    for ours, aliases in ALIASES[kind].items():
        for alias in aliases.split():
            if alias in given and given[alias] not in names.values():
                names[ours] = given[alias]
                break
    return names


def check_choice(kind: str, header: Iterable[object], chosen: Mapping[str, str]) -> None:
    """Refuse a mapping of columns that the file does not allow.

    Raises
    ------
    InputError
        It names a column of ours or of the file that there is not, or one of the file twice.
    """
    held = {str(name) for name in header}
    action = "choose the columns again"
    rule = f"columns of a file of {kind} are matched with columns that there are"
    for ours, theirs in chosen.items():
        if ours not in ALIASES[kind]:
            raise InputError(rule, f"{ours}, which such a file does not have", action)
        if theirs not in held:
            raise InputError(rule, f"{theirs}, which the file does not hold", action)
    used = list(chosen.values())
    twice = sorted({name for name in used if used.count(name) > 1})
    if twice:
        raise InputError(
            "a column of a file stands for one of ours", f"{', '.join(twice)} chosen twice", action
        )


def recognise(
    kind: str, header: Iterable[object], source: str, chosen: Mapping[str, str] | None = None
) -> Header:
    """Tell which of a file's columns is which of ours.

    Parameters
    ----------
    kind
        orders, products, retailers, vendors, stock, promotions or calendar.
    header
        The file's column names.
    source
        The file's name, for the message.
    chosen
        Our columns to the file's, where somebody said so; else their names tell.

    Raises
    ------
    InputError
        A required column is missing, or `chosen` does not fit the file.
    """
    header = list(header)
    given = [fold(name) for name in header]
    if chosen:
        check_choice(kind, header, chosen)
    names = dict(chosen) if chosen else propose(kind, header)
    missing = [name for name in REQUIRED[kind] if name not in names]
    if missing:
        raise InputError(
            f"{source}: a file of {kind} needs the columns {', '.join(missing)}"
            if len(missing) > 1
            else f"{source}: a file of {kind} needs the column {missing[0]}",
            "the columns " + ", ".join(str(name) for name in header),
            "rename the columns, or see `import --template DIR`",
        )  # fmt: skip
    known = {*names.values(), EXTRA_CELLS}
    ignored = tuple(name for name in map(str, header) if name not in known)
    return Header(names, ignored, _source_of(given) if kind == "orders" else None)


def _source_of(folded: Iterable[str]) -> SourceFormat | None:
    held = frozenset(folded)
    return next((known for known in FORMATS if known.header <= held), None)
