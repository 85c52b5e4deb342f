"""Files as people have them are read; files that are none get one sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from smartreco.dataset import workbook
from smartreco.dataset.aliases import EXTRA_CELLS
from smartreco.dataset.reading import read_table
from smartreco.errors import InputError

TEXT = "order;shop;city\nA1;17;Zürich\nA2;18;Orléans\n"


def text_file(folder: Path, content: bytes, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_read_in_the_encoding_it_is_in(tmp_path: Path, encoding: str) -> None:
    frame = read_table(text_file(tmp_path, TEXT.encode(encoding)))
    assert list(frame.columns) == ["order", "shop", "city"]
    assert frame["city"].tolist() == ["Zürich", "Orléans"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, sign: str) -> None:
    frame = read_table(text_file(tmp_path, TEXT.replace(";", sign).encode()))
    assert frame.shape == (2, 3)


def test_a_semicolon_file_with_decimal_commas_is_not_cut_at_the_commas(tmp_path: Path) -> None:
    content = b"order_id;quantity;unit_price;date\n1;2,5;1,50;x\n2;3;2,25;y\n"
    frame = read_table(text_file(tmp_path, content))
    assert frame["unit_price"].tolist() == ["1,50", "2,25"]


def test_cells_stay_as_they_were_written(tmp_path: Path) -> None:
    content = b'sku,name,qty\n007,"Rice, 1 kg",\n1e5,"two\nlines",3\n'
    frame = read_table(text_file(tmp_path, content))
    assert frame["sku"].tolist() == ["007", "1e5"]
    assert frame["name"].tolist() == ["Rice, 1 kg", "two\nlines"]
    assert frame["qty"].isna().tolist() == [True, False]


def test_rows_with_too_few_or_too_many_cells_are_kept(tmp_path: Path) -> None:
    frame = read_table(text_file(tmp_path, b"sku,name,qty\n1,a\n2,b,3,4,5\n3,c,6\n"))
    assert frame["sku"].tolist() == ["1", "2", "3"]
    assert frame["qty"].isna().tolist() == [True, False, False]
    assert frame[EXTRA_CELLS].fillna("").tolist() == ["", "4,5", ""]


def test_a_workbook_is_read_sheet_below_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in (["sku", "sold"], ["A1", 3], [None, None], [71053, 2.5]):
        first.append(row)
    second = book.create_sheet("2011")
    for row in (["sku", "sold"], ["B2", 4]):
        second.append(row)
    book.create_sheet("notes").append(["made by", "Ana"])
    path = tmp_path / "sales.xlsx"
    book.save(path)
    frame = read_table(path)
    assert frame.values.tolist() == [["A1", 3], [71053, 2.5], ["B2", 4]]


def test_an_upload_is_read_from_its_bytes() -> None:
    stream = io.BytesIO()
    pd.DataFrame({"sku": ["A1"]}).to_parquet(stream)
    assert read_table(("sales.parquet", stream.getvalue()))["sku"].tolist() == ["A1"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty.csv, which is empty"),
        ("blank.csv", b" \n\n", "blank.csv, which is empty"),
        ("header.csv", b"sku,name\n", "no row in header.csv"),
        ("picture.csv", b"\x89PNG\r\n\x00\x01\x02", "picture.csv, which is not"),
        ("renamed.parquet", b"sku,name\n1,2\n", "renamed.parquet, which is none"),
        ("cut.parquet", b"PAR1 and then nothing PAR1", "cut.parquet, which is none"),
        ("renamed.xlsx", b"sku,name\n1,2\n", "renamed.xlsx, which is none"),
        ("orders.pdf", b"%PDF", "orders.pdf"),
        ("orders", b"sku\n1\n", "CSV, Parquet or XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_table(text_file(tmp_path, content, name))
    assert caught.value.action


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing at"):
        read_table(tmp_path / "orders.csv")
    with pytest.raises(InputError, match="a folder at"):
        read_table(tmp_path)


def test_a_parquet_file_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    pd.DataFrame({"sku": pd.Series([], dtype="str")}).to_parquet(path)
    with pytest.raises(InputError, match=r"no row in none\.parquet"):
        read_table(path)


def test_a_zip_that_holds_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(InputError, match="Excel workbook"):
        read_table(path)


def test_a_workbook_that_unfolds_to_too_much_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "LARGEST_UNFOLDED", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    with pytest.raises(InputError, match="unfolds"):
        read_table(path)
