"""A table of raw UCI lines, whose outcome is known row by row."""

from __future__ import annotations

import io
from datetime import date

import pandas as pd
import pytest

from smartreco.dataset.cleaning import Cleaned, CleaningOptions, clean
from smartreco.dataset.importing import read_files

TODAY = date(2012, 1, 1)
HEADER = [
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID",
    "Country",
]  # fmt: skip

ROWS = """
536365|85123A|WHITE HEART HOLDER|6|10-12-01 08:26|2.55|17850|UK = kept
536365|85123A|WHITE HEART HOLDER|6|10-12-01 08:26|2.55|17850|UK = quarantined duplicate
536365|85123a|WHITE HEART HOLDER|4|10-12-01 08:26|2.55|17850|UK = fixed merged_spelling
536366|22752|NESTING BOXES|10|10-12-02 09:00|7.65|13047|France = fixed reduced_by_return
536367|22752|NESTING BOXES|5|10-12-05 09:00|7.65|13047|France = quarantined cancelled_in_full
C536380|22752|NESTING BOXES|-8|10-12-06 09:00|7.65|13047|France = quarantined netted
C536381|84406B|CREAM HANGER|-2|10-12-06 09:05|2.75|13047|France = quarantined unmatched_return
541431|23166|STORAGE JAR|74215|11-01-18 10:01|1.04|12346|UK = quarantined cancelled_in_full
C541433|23166|STORAGE JAR|-74215|11-01-18 10:17|1.04|12346|UK = quarantined netted
536370|POST|POSTAGE|3|10-12-01 08:45|18.0|12583|France = quarantined service.postage
A563186|B|Adjust bad debt|1|11-08-12 14:51|-11062.06||UK = quarantined service.adjustment
536373|gift_0001_20|Gift Voucher £20|1|10-12-02 10:00|17.02||UK = quarantined service.voucher
536414|22139|RETRO TEA SET|56|10-12-01 11:52|4.25||UK = quarantined missing_retailer
536415|22139|RETRO TEA SET|1|10-12-01 11:55|0.0|12838|EIRE = quarantined zero_price
536416|22139|RETRO TEA SET|3|10-12-01 11:58|4.25|12838|EIRE = kept
"""  # a row as it came = what becomes of it


def table() -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """The raw frame, and outcome and reason of each row."""
    came, became = zip(*(line.split(" = ") for line in ROWS.strip().splitlines()), strict=True)
    frame = pd.DataFrame([line.split("|") for line in came], columns=HEADER)
    frame["InvoiceDate"] = pd.to_datetime("20" + frame["InvoiceDate"])
    for name, kind in (("Quantity", int), ("UnitPrice", float), ("CustomerID", float)):
        frame[name] = pd.to_numeric(frame[name]).astype(kind)
    return frame, [(*words.split(), "")[:2] for words in became]  # type: ignore[misc]


def as_workbook(frame: pd.DataFrame) -> tuple[str, bytes]:
    """The second edition's header on two sheets, cells typed as Excel types them."""
    frame = frame.rename(
        columns={"InvoiceNo": "Invoice", "UnitPrice": "Price", "CustomerID": "Customer ID"}
    )
    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="openpyxl") as book:
        frame[:9].to_excel(book, sheet_name="Year 2009-2010", index=False)
        frame[9:].to_excel(book, sheet_name="Year 2010-2011", index=False)
    return "online_retail_II.xlsx", stream.getvalue()


def as_text(frame: pd.DataFrame) -> tuple[str, bytes]:
    """Text as a German Excel writes it: byte order mark, semicolons, decimal commas."""
    frame = frame.assign(InvoiceDate=frame["InvoiceDate"].dt.strftime("%d.%m.%Y %H:%M"))
    text = frame.to_csv(sep=";", decimal=",", index=False)
    return "online_retail.csv", text.encode("utf-8-sig")


def as_american_text(frame: pd.DataFrame) -> tuple[str, bytes]:
    """Text as the set is passed around: month first, Windows' code page."""
    days = frame["InvoiceDate"].map(lambda at: f"{at.month}/{at.day}/{at.year} {at:%H:%M}")
    return "online_retail.csv", frame.assign(InvoiceDate=days).to_csv(index=False).encode("cp1252")


def as_parquet(frame: pd.DataFrame) -> tuple[str, bytes]:
    stream = io.BytesIO()
    frame.to_parquet(stream)
    return "online_retail.parquet", stream.getvalue()


@pytest.fixture(scope="module", params=[as_parquet, as_text, as_american_text, as_workbook])
def cleaned(request: pytest.FixtureRequest) -> Cleaned:
    raw = read_files({"orders": request.param(table()[0])})
    return clean(raw, CleaningOptions(), today=TODAY)


def test_every_row_ends_where_it_should(cleaned: Cleaned) -> None:
    marks = cleaned.changed[0].marks.set_index("row_number")
    ended = [(marks["outcome"].get(at, "kept"), marks["reason"].get(at, "")) for at in range(1, 16)]
    assert ended == table()[1]


def test_the_account_adds_up(cleaned: Cleaned) -> None:
    account = cleaned.report.file("orders")
    assert (account.read, account.kept, account.fixed, account.quarantined) == (15, 2, 2, 11)


def test_what_is_left_is_exact(cleaned: Cleaned) -> None:
    orders = cleaned.data.orders
    left = orders[["order_id", "line_id", "retailer_id", "product_id", "quantity", "unit_price"]]
    assert left.values.tolist() == [
        ["536365", "85123A#1", "17850", "85123A", 6, 2.55],
        ["536365", "85123A#2", "17850", "85123A", 4, 2.55],
        ["536366", "22752#1", "13047", "22752", 7, 7.65],
        ["536416", "22139#1", "12838", "22139", 3, 4.25],
    ]
    assert (orders["status"] == "delivered").all()


def test_products_and_shops_are_read_off_the_lines(cleaned: Cleaned) -> None:
    products = cleaned.data.products.set_index("product_id")
    assert products.loc["22752", "name"] == "Nesting Boxes"
    assert set(products.index) == {"85123A", "22752", "23166", "22139"}
    retailers = cleaned.data.retailers.set_index("retailer_id")
    assert retailers["region"].to_dict() == {
        "17850": "UK", "13047": "France", "12346": "UK", "12838": "EIRE",
    }  # fmt: skip


def test_the_header_brings_currency_and_locale(cleaned: Cleaned) -> None:
    assert (cleaned.data.info.currency, cleaned.data.info.locale) == ("GBP", "en_GB")
    assert cleaned.data.info.as_of == date(2010, 12, 3)


def test_each_changed_row_is_listed_as_it_came(cleaned: Cleaned) -> None:
    rows = cleaned.rows.set_index("row_number")
    assert rows.loc[11, "StockCode"] == "B"
    assert rows.loc[11, "also"] == "missing_retailer"
    assert str(rows.loc[4, "Quantity"]) == "10"
    assert rows["file"].str.startswith("online_retail").all()
