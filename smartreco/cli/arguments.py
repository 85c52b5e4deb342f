"""Types of arguments that several commands take."""

from __future__ import annotations

import argparse


def whole(low: int, high: int) -> type[int]:
    """A whole number between `low` and `high`."""

    def parse(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(
                f"takes a whole number from {low:,} to {high:,}, found {text!r}"
            )
        return value

    return parse  # type: ignore[return-value]
