"""Earlier states of drafts, for undo: kept in memory, changed only together with the store.

A step that is taken or left a moment before or after the write it belongs to lets two
acts at once bring back a draft that has become an order. So `add`, `drop_last` and the
others are called by `Store.write` itself, once the write is kept and before the next.
"""

from __future__ import annotations

from typing import Final

from smartreco.store.drafts import DraftRow

UNDO_STEPS: Final = 20
Step = list[DraftRow]


class DraftSteps:
    """What each shop's draft was before its last changes."""

    def __init__(self) -> None:
        self._steps: dict[str, tuple[Step, ...]] = {}

    def last(self, retailer_id: str) -> Step | None:
        """The draft before its last change; None where nothing can be undone."""
        steps = self._steps.get(retailer_id)
        return steps[-1] if steps else None

    def add(self, retailer_id: str, before: Step) -> None:
        """Remember the draft before a change."""
        self._steps[retailer_id] = (*self._steps.get(retailer_id, ()), before)[-UNDO_STEPS:]

    def drop_last(self, retailer_id: str) -> None:
        """The last change has been undone."""
        self._steps[retailer_id] = self._steps.get(retailer_id, ())[:-1]

    def forget(self, retailer_id: str) -> None:
        """The draft has become an order: undo must not bring it back as a draft."""
        self._steps.pop(retailer_id, None)

    def forget_all(self) -> None:
        """The shops are others now."""
        self._steps.clear()
