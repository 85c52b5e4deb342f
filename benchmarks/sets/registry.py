"""All data sets by the name they have on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from benchmarks.sets import complete_journey, iowa, uci
from benchmarks.sets.prepared import Prepared

SETS: Final = {
    "iowa": "Iowa wholesale",
    "uci": "UCI Online Retail, raw",
    "complete_journey": "Complete Journey",
}


def load(name: str, uci_file: Path | None) -> Prepared:
    """Load one set; UCI needs its file."""
    if name == "iowa":
        return iowa.load()
    if name == "complete_journey":
        return complete_journey.load()
    if uci_file is None:
        raise SystemExit("The set uci is read from your file: name it with --uci FILE.")
    return uci.load(uci_file)
