"""Where results go: a table on the screen, or a file whose ending names its form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from smartreco.errors import InputError
from smartreco.workspace.cells import inert_frame

ENDINGS = (".csv", ".parquet", ".json")
WHOLE = (".json",)  # of what is no table


def check_out(out: Path | None, endings: Sequence[str] = ENDINGS) -> None:
    """Refuse a file that could not be written, before any work is done.

    Raises
    ------
    InputError
        The ending names none of the forms, or the folder does not exist.
    """
    if out is None:
        return
    if out.suffix.lower() not in endings:
        raise InputError(
            f"--out ends in {_either(endings)}", f"{out.name!r}", "choose such an ending"
        )
    if not out.parent.is_dir():
        raise InputError("--out is in a folder that exists", f"{out.parent}", "make it first")


def _either(endings: Sequence[str]) -> str:
    *first, last = endings
    return f"{', '.join(first)} or {last}" if first else last


def write(
    frames: Iterable[pd.DataFrame], out: Path | None, show: Callable[[pd.DataFrame], str]
) -> int:
    """Write frames one after another, never all at once in memory; return the rows.

    Without `out` each frame is printed by `show`.
    """
    if out is None:
        rows = 0
        for frame in frames:
            print(show(frame))
            rows += len(frame)
        return rows
    unfinished = out.with_name(out.name + ".part")
    writers = {".csv": _csv, ".parquet": _parquet, ".json": _json}
    rows = writers[out.suffix.lower()](frames, unfinished)
    unfinished.replace(out)
    return rows


def write_json(found: object, out: Path) -> None:
    """Write one thing as a whole: no reader ever finds half of it."""
    unfinished = out.with_name(out.name + ".part")
    unfinished.write_text(
        json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8"
    )
    unfinished.replace(out)


def _csv(frames: Iterable[pd.DataFrame], path: Path) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        for at, frame in enumerate(frames):
            inert_frame(frame).to_csv(file, index=False, header=at == 0)
            rows += len(frame)
    return rows


def _parquet(frames: Iterable[pd.DataFrame], path: Path) -> int:
    rows = 0
    writer: pq.ParquetWriter | None = None
    try:
        for frame in frames:
            table = pa.Table.from_pandas(frame, preserve_index=False)
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema)
            writer.write_table(table.cast(writer.schema))
            rows += len(frame)
    finally:
        if writer is not None:
            writer.close()
    return rows


def _json(frames: Iterable[pd.DataFrame], path: Path) -> int:
    records: list[dict[str, object]] = []
    for frame in frames:
        rows = json.loads(frame.to_json(orient="records", date_format="iso"))
        for row in rows:
            if "reasons" in row:
                row["reasons"] = json.loads(row["reasons"])
        records += rows
    path.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
    return len(records)
