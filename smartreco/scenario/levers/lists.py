"""Levers on what shops are recommended: they move lists, not demand."""

from __future__ import annotations

from dataclasses import dataclass

from smartreco.entities import ListName
from smartreco.recommend.blend import Blend
from smartreco.recommend.rules import Rule
from smartreco.scenario.levers.base import Lever


@dataclass(frozen=True, kw_only=True)
class ListLever(Lever):
    """A lever on lists; this one moves nothing."""

    def speaks_of(self, name: ListName) -> bool:
        """Whether it is about this list."""
        return False

    def blend(self, blend: Blend) -> Blend:
        """The weights with the change."""
        return blend

    def rules(self) -> tuple[Rule, ...]:
        """Rules that are added."""
        return ()
