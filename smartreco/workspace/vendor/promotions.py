"""A vendor's promotions: planned, changed, ended; forecasts of what comes know of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from smartreco.entities import Principal
from smartreco.errors import InputError, NotFoundError
from smartreco.store import promotion_edits as store
from smartreco.store.connection import Cursor
from smartreco.store.promotion_edits import Promotion
from smartreco.workspace.core import permits
from smartreco.workspace.vendor.desk import ANYBODY, EDITORS, VendorDesk
from smartreco.workspace.vendor.desk_views import (
    PromotionChange,
    PromotionKey,
    PromotionRow,
    Promotions,
    PromotionState,
)

DEEPEST: Final = 0.9
LONGEST: Final = timedelta(days=366)


class VendorPromotions(VendorDesk):
    """Use cases on promotions.

    One promotion of a product at a time. What has begun keeps its start and its depth, which
    past sales are explained by; what has ended stays. See
    `vendor_desk_views.IMPORT_PROMOTIONS` for what an import does.
    """

    @permits(*ANYBODY)
    def promotions(self, principal: Principal, vendor_id: str) -> Promotions:
        """All of them: running, then planned by their start, then the last ended."""

        def work(cursor: Cursor) -> Promotions:
            today = self._stock.today(cursor)
            rows = [
                PromotionRow(PromotionKey(*one), name, _state(one, today), typed)
                for one, name, typed in store.every(cursor, vendor_id)
            ]
            return Promotions(today, tuple(sorted(rows, key=_place)))

        return self._read(principal, vendor_id, work)

    @permits(*EDITORS)
    def add_promotion(
        self, principal: Principal, vendor_id: str, wanted: PromotionKey
    ) -> PromotionChange:
        """Plan a promotion.

        Raises
        ------
        InputError
            Days or a depth that cannot be, or another of the product at the time.
        NotFoundError
            A product that is not his.
        """

        def work(cursor: Cursor) -> PromotionChange:
            after = self._checked(cursor, vendor_id, wanted)
            _require_start(after, self._stock.today(cursor))
            _require_alone(cursor, after, None)
            return self._put(cursor, principal, "promotion.added", None, after)

        return self._write(principal, vendor_id, work)

    @permits(*EDITORS)
    def change_promotion(
        self, principal: Principal, vendor_id: str, before: PromotionKey, after: PromotionKey
    ) -> PromotionChange:
        """Change days or depth of a planned promotion, or the end of a running one.

        Raises
        ------
        InputError
            As `add_promotion`, or it has begun or ended.
        NotFoundError
            There is no such promotion of his.
        """

        def work(cursor: Cursor) -> PromotionChange:
            today = self._stock.today(cursor)
            old = self._found(cursor, vendor_id, before)
            new = self._checked(cursor, vendor_id, after)
            if old.product_id != new.product_id:
                raise InputError(
                    "a promotion stays with its product", new.product_id, "add another one"
                )
            state = _state(old, today)
            if state is PromotionState.PLANNED:
                _require_start(new, today)
            else:
                _require_only_end(old, new, state, today)
            _require_alone(cursor, new, old)
            return self._put(cursor, principal, "promotion.changed", old, new)

        return self._write(principal, vendor_id, work)

    @permits(*EDITORS)
    def end_promotion(
        self, principal: Principal, vendor_id: str, wanted: PromotionKey
    ) -> PromotionChange:
        """Call a planned promotion off; let a running one end today.

        Raises
        ------
        InputError
            It has ended, or ends today anyway.
        NotFoundError
            There is no such promotion of his.
        """

        def work(cursor: Cursor) -> PromotionChange:
            today = self._stock.today(cursor)
            old = self._found(cursor, vendor_id, wanted)
            if _state(old, today) is PromotionState.PLANNED:
                return self._put(cursor, principal, "promotion.called_off", old, None)
            if old.ends_on <= today:
                raise InputError(
                    "a promotion that has not ended can be ended", f"one until {old.ends_on}",
                    "there is nothing to do",
                )  # fmt: skip
            new = old._replace(ends_on=today)
            return self._put(cursor, principal, "promotion.ended", old, new)

        return self._write(principal, vendor_id, work)

    @permits(*EDITORS)
    def undo_promotion(self, principal: Principal, vendor_id: str, change: PromotionChange) -> None:
        """Take back one act, if nothing was done to its promotion since.

        Raises
        ------
        InputError
            It was changed since, or another took its time.
        NotFoundError
            A product that is not his.
        """

        def work(cursor: Cursor) -> None:
            before, after = (
                None if one is None else self._checked(cursor, vendor_id, one)
                for one in (change.before, change.after)
            )
            if after is not None and not store.exists(cursor, after):
                raise InputError(
                    "an act is taken back before the next one", "a promotion changed since",
                    "look at it again",
                )  # fmt: skip
            if before is not None:
                if store.exists(cursor, before):
                    return
                _require_alone(cursor, before, after)
            self._put(cursor, principal, "promotion.undone", after, before)

        self._write(principal, vendor_id, work)

    def _checked(self, cursor: Cursor, vendor_id: str, wanted: PromotionKey) -> Promotion:
        self._stock.require_product(cursor, vendor_id, wanted.product_id)
        one = Promotion(wanted.product_id, wanted.starts_on, wanted.ends_on, float(wanted.depth))
        if not 0 < one.depth <= DEEPEST:
            raise InputError(
                f"a promotion takes off more than 0 % and up to {DEEPEST:.0%}",
                f"{one.depth:.0%}", "choose another depth",
            )  # fmt: skip
        if not one.starts_on <= one.ends_on <= one.starts_on + LONGEST:
            raise InputError(
                f"a promotion ends after it begins, within {LONGEST.days} days",
                f"{one.starts_on} to {one.ends_on}", "correct the days",
            )  # fmt: skip
        return one

    def _found(self, cursor: Cursor, vendor_id: str, wanted: PromotionKey) -> Promotion:
        self._stock.require_product(cursor, vendor_id, wanted.product_id)
        one = Promotion(wanted.product_id, wanted.starts_on, wanted.ends_on, wanted.depth)
        if not store.exists(cursor, one):
            raise NotFoundError(
                "a promotion is one of the list", f"{one.product_id} from {one.starts_on}",
                "look at the list again",
            )  # fmt: skip
        return one

    def _put(
        self, cursor: Cursor, principal: Principal, action: str, before: Promotion | None,
        after: Promotion | None,
    ) -> PromotionChange:  # fmt: skip
        store.replace(cursor, before, after, principal.username, self.core.now())
        which = after or before
        subject = "" if which is None else which.product_id
        self._record(cursor, principal, action, subject, was=before, now=after)
        return PromotionChange(
            None if before is None else PromotionKey(*before),
            None if after is None else PromotionKey(*after),
        )


def _state(one: Promotion, today: date) -> PromotionState:
    if one.starts_on > today:
        return PromotionState.PLANNED
    return PromotionState.RUNNING if one.ends_on >= today else PromotionState.ENDED


def _place(row: PromotionRow) -> tuple[object, ...]:
    """Running ones first, planned ones by start, ended ones from the last back."""
    rank = (PromotionState.RUNNING, PromotionState.PLANNED, PromotionState.ENDED).index(row.state)
    ended = row.state is PromotionState.ENDED
    day = -row.key.ends_on.toordinal() if ended else row.key.starts_on.toordinal()
    return rank, day, row.key.product_id


def _require_start(one: Promotion, today: date) -> None:
    if one.starts_on < today:
        raise InputError(
            f"a promotion begins today, {today}, or later", str(one.starts_on), "correct the day"
        )


def _require_only_end(old: Promotion, new: Promotion, state: PromotionState, today: date) -> None:
    if state is PromotionState.ENDED:
        raise InputError("a promotion that has ended stays", str(old.ends_on), "add another one")
    if (old.starts_on, old.depth) != (new.starts_on, new.depth) or new.ends_on < today:
        raise InputError(
            "of a promotion that has begun only the end changes, to today or later",
            f"{new.depth:.0%} from {new.starts_on} to {new.ends_on}",
            "end it and add another one",
        )  # fmt: skip


def _require_alone(cursor: Cursor, one: Promotion, but: Promotion | None) -> None:
    others = [other for other in store.overlapping(cursor, one) if other != but]
    if others:
        raise InputError(
            "a product has one promotion at a time",
            f"another of {others[0].depth:.0%} from {others[0].starts_on} to {others[0].ends_on}",
            "choose other days",
        )  # fmt: skip
