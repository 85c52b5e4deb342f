"""What the parts of ``vendor`` have in common: the filter's options and how a table is shown."""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

from smartreco.workspace.vendor.views import CHOICES, DAYS, NAMES, PRICES, VendorFilter


def add_filter(parser: argparse.ArgumentParser) -> None:
    """``--vendor``, the options of a filter, ``--out``."""
    parser.add_argument("--vendor", required=True, metavar="ID", help="the vendor's id")
    for name, help_ in zip(DAYS, ("a day in the first week", "a day in the last week"),
                           strict=True):  # fmt: skip
        parser.add_argument(f"--{name}", metavar="DATE", help=f"{help_}, as 2026-03-31")
    for name in CHOICES:
        parser.add_argument(
            f"--{name}", nargs="+", action="extend", default=[], metavar="ID" if name == "product"
            else "NAME", help=f"only this {name}, or these",
        )  # fmt: skip
    for name in PRICES:
        parser.add_argument(
            f"--{name.replace('_', '-')}", metavar="X", help=f"{name.split('_')[1]}est price"
        )
    parser.add_argument("--out", type=Path, metavar="FILE", help="a .csv, .parquet or .json file")


def filter_of(arguments: argparse.Namespace) -> VendorFilter:
    """The filter that was asked for.

    Raises
    ------
    InputError
        A day, a price or a band that cannot be.
    """
    given = {name: getattr(arguments, name) for name in NAMES}
    return VendorFilter.from_strings({name: value for name, value in given.items() if value})


def table(frame: pd.DataFrame) -> str:
    """A table on the screen."""
    if frame.empty:
        return "Nothing in this view"
    shown = frame.astype(dict.fromkeys(frame.select_dtypes("object"), "str"))
    return shown.to_string(index=False, float_format="{:,.2f}".format, na_rep="-")
