"""What a shop's lists depend on now, read again only where it may have changed.

Five small reads take longer than the list that follows from them. A store with one process says
by a number that nothing was written since; any other is read each time. What is read and found
the same stays the same object, so that whoever keeps a list beside it knows that it still holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from smartreco.entities import ListName
from smartreco.recommend.recent import Recent
from smartreco.recommend.rules import Plan
from smartreco.store import drafts as draft_store
from smartreco.store import placing
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core
from smartreco.workspace.models import Fitted, Models
from smartreco.workspace.rules import RuleBook

SHOPS_HELD: Final = 4096  # a few ids each


@dataclass(frozen=True, eq=False, slots=True)
class ListState:
    """The state of model, rules and shop that a list follows from; compared by identity.

    Attributes
    ----------
    plans
        Published rules of each list.
    hidden
        Ids of products that the shop does not want to see, the latest first.
    basket
        Ids on its draft, the oldest first.
    ordered
        Ids in its open orders that the model has not seen.
    """

    fitted: Fitted
    plans: Mapping[ListName, Plan]
    hidden: tuple[str, ...]
    basket: tuple[str, ...]
    ordered: tuple[str, ...]

    def same(self, other: ListState) -> bool:
        """Whether a list that follows from one follows from the other."""
        return (
            self.fitted is other.fitted
            and self.plans is other.plans
            and (self.hidden, self.basket, self.ordered)
            == (other.hidden, other.basket, other.ordered)
        )


@dataclass(frozen=True, slots=True)
class _OfAll:
    """What all shops share; ``late`` are those with orders that the model has not seen."""

    changes: int | None
    fitted: Fitted
    plans: Mapping[ListName, Plan]
    late: frozenset[str]


@dataclass(slots=True)
class _Read:
    """A state as it was read at a number of the store's changes."""

    changes: int | None = None
    state: ListState | None = None


class ListStates:
    """Hands out the present state of a shop."""

    def __init__(self, core: Core, models: Models, rules: RuleBook) -> None:
        self._core = core
        self._models = models
        self._rules = rules
        self._all: _OfAll | None = None
        self._held: Recent[str, _Read] = Recent(SHOPS_HELD)

    def of(self, retailer_id: str) -> ListState:
        """How things stand for a shop.

        Raises
        ------
        NotFoundError
            The data have no such shop.
        NotReadyError
            No model has been fitted yet.
        """
        changes = self._core.store.changes  # before anything is read
        held = self._held.get(retailer_id, _Read)
        state = held.state
        unchanged = changes is not None and held.changes == changes
        if state is not None and unchanged and state.fitted is self._models.current:
            return state
        found = self._read(retailer_id, changes)
        if state is None or not found.same(state):
            state = found
        self._held.put(retailer_id, _Read(changes, state))
        return state

    def _read(self, retailer_id: str, changes: int | None) -> ListState:
        with self._core.store.cursor() as cursor:
            common = self._of_all(cursor, changes)
            fitted = common.fitted
            fitted.catalogue.retailer(retailer_id)
            hidden, basket = draft_store.said(cursor, retailer_id)
            late = retailer_id in common.late
            ordered = (
                placing.ordered_since(cursor, retailer_id, fitted.data_version) if late else []
            )
        return ListState(fitted, common.plans, tuple(hidden), tuple(basket), tuple(ordered))

    def _of_all(self, cursor: Cursor, changes: int | None) -> _OfAll:
        held = self._all
        unchanged = held is not None and changes is not None and held.changes == changes
        if held is not None and unchanged and held.fitted is self._models.current:
            return held
        fitted = self._models.latest(cursor)
        plans = self._rules.published(cursor, fitted)
        late = placing.shops_since(cursor, fitted.data_version)
        self._all = _OfAll(changes, fitted, plans, frozenset(late))
        return self._all
