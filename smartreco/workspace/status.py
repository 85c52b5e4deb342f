"""How far the workspace is: what pages show while data or model are being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from smartreco.entities import Progress

Report = Callable[[float, str], None]


class Phase(StrEnum):
    """States of a workspace, in the order in which a first start passes them."""

    EMPTY = "empty"  # no data, and none is being made
    MAKING = "making"  # first data are being made or imported
    FITTING = "fitting"  # data are there, the first model is not
    READY = "ready"  # a model answers (a newer one may be on its way)
    FAILED = "failed"  # the last background work failed and nothing can answer


@dataclass(frozen=True)
class Status:
    """The phase, with the progress of background work where some is under way."""

    phase: Phase
    progress: Progress | None = None
    message: str = ""


def silent(fraction: float, doing: str) -> None:
    """A progress report that nobody reads."""


def portion(report: Report, start: float, end: float) -> Report:
    """Show a part's own progress 0..1 as the stretch `start`..`end` of the whole."""

    def part(fraction: float, doing: str) -> None:
        report(start + (end - start) * min(max(fraction, 0.0), 1.0), doing)

    return part
