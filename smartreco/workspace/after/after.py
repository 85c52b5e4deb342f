"""After publishing: what shops did with the lines they were shown, version by version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from smartreco.entities import ListName, Principal, Role
from smartreco.errors import InputError
from smartreco.store import dataset as dataset_store
from smartreco.store import list_events
from smartreco.store.connection import Cursor
from smartreco.workspace.after.summing import HeldOut, summed
from smartreco.workspace.after.views import AfterPublishing
from smartreco.workspace.blend.blends import Blends
from smartreco.workspace.core import Core, permits
from smartreco.workspace.made_once import MadeOnce

CHOICES: Final = (28, 7)  # days for which an act counts after a line was shown
KEPT: Final = 4
MANY: Final = 100_000  # events, from which on figures are made anew every `FRESH` minutes
FRESH: Final = 10


class After:
    """Use cases on what came of published lists."""

    def __init__(self, core: Core, blends: Blends) -> None:
        self.core = core
        self._blends = blends
        self._made: MadeOnce[tuple[object, ...], AfterPublishing] = MadeOnce(KEPT)

    @permits(Role.ANALYST, Role.ADMIN)
    def read(self, principal: Principal, days: int = CHOICES[0]) -> AfterPublishing:
        """What became of every line shown.

        Parameters
        ----------
        days
            For which an act counts; one of `CHOICES`.

        Raises
        ------
        InputError
            Another number of days.
        """
        if days not in CHOICES:
            some = " or ".join(str(one) for one in CHOICES)
            raise InputError(f"an act counts for {some} days", str(days), "choose one of them")
        now = self.core.now()
        with self.core.store.cursor() as cursor:
            mark = list_events.mark(cursor)
            data = dataset_store.data_version(cursor)
        versions = self._blends.all(principal)
        held_out = _held_out({one.version: one.metrics for one in versions if one.whole})
        known: object = (mark, data) if mark.events < MANY else _rounded(now)
        key = (known, now.date(), days, tuple(sorted(held_out.items())))

        def make() -> AfterPublishing:
            with self.core.store.cursor() as cursor:
                return _read(cursor, now, days, held_out)

        return self._made.get(key, make)


def _read(cursor: Cursor, now: datetime, days: int, held_out: HeldOut) -> AfterPublishing:
    return summed(list_events.lines(cursor, now, days), now, days, held_out)


def _held_out(metrics: Mapping[int, Mapping[str, Any]]) -> HeldOut:
    """Precision on held-out weeks, of the versions that were published with one."""
    found: dict[tuple[int, ListName], float] = {}
    for version, said in metrics.items():
        lists = said.get("held_out")
        for name in ListName:
            figures = lists.get(name.value) if isinstance(lists, Mapping) else None
            figure = figures.get("precision") if isinstance(figures, Mapping) else None
            value = figure.get("value") if isinstance(figure, Mapping) else figure
            if isinstance(value, int | float):
                found[version, name] = float(value)
    return found


def _rounded(now: datetime) -> datetime:
    return now.replace(minute=now.minute - now.minute % FRESH, second=0, microsecond=0)
