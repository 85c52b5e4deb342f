"""Files as no export should be, to try imports on: drawn, spoiled by a byte, or made on purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import strategies as st

from tests.workspace.test_imports import GOOD, HEADER

CELLS = st.one_of(
    st.sampled_from(
        ["", "o1", "shop1", "sku1", "2026-02-11", "31/31/2026", "9999-12-31", "1", "-5", "1e999",
         "NaN", "inf", "0", "1,5", "€3", "=1+1", "'", '"', "\x00", "é", "0001-01-01", "12 cs",
         "9" * 400, "2026-02-11T25:00", "None", "cancelled", "C1"]
    ),
    st.text(max_size=8),
    st.integers().map(str),
    st.floats().map(str),
)  # fmt: skip
NAMES = st.one_of(
    st.sampled_from([*HEADER.split(","), "line_id", "status", "", "note"]), st.text(max_size=6)
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=8)
FRAME: Final = pd.DataFrame([row.split(",") for row in GOOD], columns=HEADER.split(","))
Write = Callable[[io.BytesIO], object]


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """Text with a header that is mostly right and rows that are mostly not."""
    sign = draw(st.sampled_from(",;\t|"))
    header = draw(st.one_of(st.just(HEADER.split(",")), st.lists(NAMES, min_size=1, max_size=9)))
    good = [row.split(",") for row in draw(st.lists(st.sampled_from(GOOD), max_size=6))]
    rows = [header, *good, *draw(ROWS)]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(sign.join(cells) for cells in rows)
    return text.encode(draw(st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])), "surrogatepass")


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    """A sound Parquet file, workbook or text, cut or with a byte changed."""
    whole = draw(st.sampled_from(WHOLE))
    at = draw(st.integers(0, len(whole) - 1))
    if draw(st.booleans()):
        return whole[:at]
    return whole[:at] + bytes([draw(st.integers(0, 255))]) + whole[at + 1 :]


@st.composite
def typed(draw: st.DrawFn) -> bytes:
    """A sound Parquet file or workbook whose cells are of any type."""
    values = st.one_of(
        st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), CELLS,
        st.datetimes(), st.dates(), st.binary(max_size=4), st.timedeltas(), st.decimals(),
    )  # fmt: skip
    names = draw(st.lists(NAMES, min_size=1, max_size=7))
    if draw(st.booleans()):
        names = HEADER.split(",")
    kinds = [draw(values) for _ in names]
    rows = draw(st.integers(1, 5))
    if draw(st.booleans()):
        columns = [_array([kind] * rows) for kind in kinds]
        return written(lambda to: pq.write_table(pa.table(columns, names=names), to))
    return book([names, *[kinds] * rows])


def _array(values: list[object]) -> pa.Array:
    try:
        return pa.array(values)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        return pa.array([str(one) for one in values])


def written(write: Write) -> bytes:
    """What is written to a file."""
    to = io.BytesIO()
    write(to)
    return to.getvalue()


def book(rows: list[list[object]]) -> bytes:
    """A workbook of one sheet; what Excel cannot hold goes in as text."""
    import openpyxl
    from openpyxl.utils.exceptions import IllegalCharacterError

    whole = openpyxl.Workbook()
    sheet = whole.active
    assert sheet is not None
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            try:
                cell.value = value  # type: ignore[assignment]
            except (ValueError, TypeError, IllegalCharacterError):
                cell.value = repr(value)
    try:
        return written(whole.save)
    except (ValueError, TypeError, OverflowError, IllegalCharacterError):
        return book([[repr(value) for value in row] for row in rows])


def replaced(archive: bytes, part: str, content: bytes) -> bytes:
    """A workbook with one of its parts replaced."""
    to = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return to.getvalue()


TEXT: Final = "\n".join([HEADER, *GOOD])
PARQUET: Final = written(FRAME.to_parquet)
BOOK: Final = written(lambda to: FRAME.to_excel(to, index=False))
WHOLE: Final = [PARQUET, BOOK, TEXT.encode(), TEXT.encode("utf-16")]
SHEET: Final = "xl/worksheets/sheet1.xml"
_SHEET: Final = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
_LAUGHS: Final = (
    "<!DOCTYPE w ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def _archive(to: io.BytesIO, content: bytes) -> None:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", content)


def _line(**cells: str) -> bytes:
    """Sound lines, then one with other cells."""
    row = dict(zip(HEADER.split(","), GOOD[0].split(","), strict=True)) | cells
    return "\n".join([TEXT, ",".join(row.values())]).encode()


#: Made on purpose: what it is, the ending it comes under, its bytes.
HOSTILE: Final[dict[str, tuple[str, bytes]]] = {
    "nothing": (".csv", b""),
    "only a header": (".csv", HEADER.encode()),
    "only nought bytes": (".csv", b"\0" * 5000),
    "a nought byte within": (".csv", TEXT.replace("sku1", "sk\0u1", 1).encode()),
    "a sign cut in half": (".csv", TEXT.encode() + "é".encode()[:1]),
    "two encodings": (".csv", TEXT.encode() + "\nü".encode("utf-16-le")),
    "a mark of another encoding": (".csv", b"\xff\xfe" + TEXT.encode()),
    "an odd byte of UTF-16": (".csv", TEXT.encode("utf-16") + b"x"),
    "UTF-32": (".csv", TEXT.encode("utf-32")),
    "a quote never closed": (".csv", TEXT.replace("sku1", '"sku1', 1).encode()),
    "quotes within quotes": (".csv", TEXT.replace("sku1", '"s"k"u"1"', 1).encode()),
    "the header twice": (".csv", f"{HEADER},{HEADER}\n{GOOD[0]},{GOOD[1]}".encode()),
    "one column twice": (".csv", TEXT.replace("unit_price", "quantity", 1).encode()),
    "the header as a row": (".csv", f"{TEXT}\n{HEADER}".encode()),
    "no column of ours": (".csv", TEXT.replace(HEADER, "a,b,c,d,e,f").encode()),
    "columns without a name": (".csv", TEXT.replace(HEADER, ",,,,,").encode()),
    "ten thousand columns": (".csv", (HEADER + ",x" * 10_000 + "\n" + GOOD[0]).encode()),
    "a million separators": (".csv", TEXT.encode() + b"," * 1_000_000),
    "a cell of 300,000 signs": (".csv", _line(product_id="x" * 300_000)),
    "a quantity of 400 digits": (".csv", _line(quantity="9" * 400)),
    "a quantity beyond 32 bits": (".csv", _line(quantity="2147483648")),
    "a price beyond all": (".csv", _line(unit_price="1e308")),
    "a price of a thousand noughts": (".csv", _line(unit_price="1" + "0" * 1000)),
    "the year 0": (".csv", _line(ordered_at="0000-00-00")),
    "the year 9999": (".csv", _line(ordered_at="9999-12-31")),
    "the year 292277": (".csv", _line(ordered_at="292277-01-01")),
    "a moment beyond nanoseconds": (".csv", _line(ordered_at="1677-09-21T00:12:43")),
    "a formula": (".csv", _line(product_id='=HYPERLINK("http://x")')),
    "a command": (".csv", _line(retailer_id="@SUM(1+9)*cmd|' /C calc'!A0")),
    "SQL": (".csv", _line(order_id="'); DROP TABLE order_lines; --")),
    "markup": (".csv", _line(product_id="<img src=x onerror=alert(1)>")),
    "signs that turn the text": (".csv", _line(retailer_id="\u202eshop\u202c\u0007\u2028")),
    "half a surrogate": (".csv", _line(retailer_id="x").replace(b",x,", b",\xed\xa0\x80,")),
    "text named Parquet": (".parquet", TEXT.encode()),
    "Parquet named text": (".csv", PARQUET),
    "Parquet without its end": (".parquet", PARQUET[:-20]),
    "Parquet without a row": (".parquet", written(FRAME.head(0).to_parquet)),
    "Parquet of one column": (".parquet", written(FRAME[["quantity"]].to_parquet)),
    "Parquet of lists": (
        ".parquet",
        written(
            FRAME.assign(
                quantity=[[1, 2]] * len(FRAME), order_id=[{"a": 1}] * len(FRAME)
            ).to_parquet
        ),
    ),
    "Parquet of nothing but missing": (
        ".parquet",
        written(
            lambda to: pq.write_table(pa.table([pa.nulls(9) for _ in FRAME], names=list(FRAME)), to)
        ),
    ),
    "Parquet with one name twice": (
        ".parquet",
        written(lambda to: pq.write_table(pa.table([pa.array(["1"])] * 2, ["quantity"] * 2), to)),
    ),
    "Parquet of dates far off": (
        ".parquet",
        written(FRAME.assign(ordered_at=pd.Timestamp("9999-12-31").as_unit("s")).to_parquet),
    ),
    "a workbook that is text": (".xlsx", TEXT.encode()),
    "a workbook cut": (".xlsx", BOOK[: len(BOOK) // 2]),
    "an archive that is no workbook": (".xlsx", written(lambda to: _archive(to, b"x"))),
    "a zip bomb": (".xlsx", written(lambda to: _archive(to, b"0" * 60_000_000))),
    "a sheet that laughs a billion times": (
        ".xlsx",
        replaced(BOOK, SHEET, (_LAUGHS + _SHEET.format("&a9;")).encode()),
    ),
    "a sheet that reads a file": (
        ".xlsx",
        replaced(
            BOOK,
            SHEET,
            (
                '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _SHEET.format("&x;")
            ).encode(),
        ),
    ),
    "a cell at the far corner": (
        ".xlsx",
        replaced(
            BOOK,
            SHEET,
            _SHEET.format(
                '<row r="1"><c r="A1"><v>1</v></c></row>'
                '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            ).encode(),
        ),
    ),
    "a cell nowhere": (
        ".xlsx",
        replaced(BOOK, SHEET, _SHEET.format('<row r="-1"><c r="5"><v>x</v></c></row>').encode()),
    ),
    "a workbook of formulas": (
        ".xlsx",
        book([HEADER.split(","), ["=1+1", '=CMD("x")', "=A1", "=NOW()", "=1/0", "=2"]]),
    ),
    "a workbook of errors": (
        ".xlsx",
        book([HEADER.split(","), ["#REF!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!", "#####"]]),
    ),
    "a workbook without a row": (".xlsx", book([])),
    "a program": (".exe", b"MZ" + bytes(range(256))),
}


UPLOADS = st.one_of(
    texts(), texts(), broken(), broken(), typed(), st.binary(max_size=200),
    st.sampled_from([content for _, content in HOSTILE.values() if len(content) < 100_000]),
)  # fmt: skip
ENDINGS = st.sampled_from([".csv", ".csv", ".txt", ".parquet", ".parquet", ".xlsx", ".xlsx",
                           ".exe", ""])  # fmt: skip
