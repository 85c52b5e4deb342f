"""What a named table of a vendor is: rows, and sentences to say below them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from smartreco.entities import Principal
from smartreco.language import Language, Message
from smartreco.workspace.facade import Workspace
from smartreco.workspace.vendor.views import VendorFilter


@dataclass(frozen=True)
class VendorTable:
    """Rows, and sentences to say below them."""

    rows: pd.DataFrame
    notes: tuple[tuple[Message, dict[str, object]], ...] = ()

    def said(self, language: Language) -> list[str]:
        """The sentences in a language."""
        return [language.say(message, values) for message, values in self.notes]


Read = Callable[[Workspace, Principal, str, VendorFilter], VendorTable]


@dataclass(frozen=True)
class Listing:
    """A subject: its tables by name, the usual one first."""

    name: str
    help: str
    tables: Mapping[str, Read]
