"""A what-if handed on as one page, for those who do not sign in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from smartreco.errors import InputError
from smartreco.evaluation.scenario_grading import SHIPPED, Grading
from smartreco.language import Language
from smartreco.scenario.outcome import Outcome
from smartreco.workspace.scenario.html import as_html
from smartreco.workspace.scenario.pdf import as_pdf
from smartreco.workspace.scenario.report import ReportContent, report_of
from smartreco.workspace.scenario.stories import story
from smartreco.workspace.scenario.views import Names

Kind = Literal["html", "pdf"]
WRITERS: Final[Mapping[str, Callable[[ReportContent, Language], bytes]]] = MappingProxyType(
    {"html": as_html, "pdf": as_pdf}
)


def require_kind(kind: str) -> None:
    """Refuse what cannot be written.

    Raises
    ------
    InputError
        It is neither html nor pdf.
    """
    if kind not in WRITERS:
        raise InputError("a report is html or pdf", repr(kind), "choose one of them")


def document(
    outcome: Outcome, names: Names, preset: str | None, author: tuple[str, date],
    kind: Kind, words: Language,
) -> bytes:  # fmt: skip
    """What is assumed, what came of it, how far to trust it.

    Parameters
    ----------
    preset
        `Preset.key` of a ready question, which tells its own story.
    author
        Who asks, and on which day.
    """
    told = story(outcome, names, preset)
    content = report_of(outcome, told, names, trust(), *author, words)
    return WRITERS[kind](content, words)


def trust() -> Grading | None:
    """How often bands and signs were right where the truth is known; None: not graded yet."""
    return Grading.shipped() if SHIPPED.exists() else None
