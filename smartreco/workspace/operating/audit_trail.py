"""Reading what was done: the audit log by time, person, kind of act and words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from smartreco.entities import Principal, Role
from smartreco.errors import InputError
from smartreco.store import audit
from smartreco.store.audit import AuditFilter, Entry
from smartreco.workspace.core import Core, permits

MOST: Final = 50_000  # lines of one answer
WORDS: Final = 8  # of a search that are looked for


class AuditNames(NamedTuple):
    """Whom and what the log can be filtered by."""

    people: tuple[str, ...]
    actions: tuple[str, ...]


class AuditTrail:
    """Use cases of an admin on the audit log; nobody can change it."""

    core: Core

    @permits(Role.ADMIN)
    def audit_trail(
        self,
        principal: Principal,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        username: str | None = None,
        action: str | Collection[str] | None = None,
        search: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[tuple[Entry, ...], int]:
        """What was done, newest first, and how many lines there are in all.

        Parameters
        ----------
        since, until
            The first moment that counts and the first that does not any more, in UTC.
        action
            One kind of act or several; none: all.
        search
            Words that all stand in a line, in its name, act, subject or details.

        Raises
        ------
        InputError
            A stretch that cannot be.
        """
        if not 0 < limit <= MOST or offset < 0:
            raise InputError(
                f"an answer has 1 to {MOST} lines, from line 0 on",
                f"limit {limit}, offset {offset}", "ask for fewer, or begin later",
            )  # fmt: skip
        actions = (action,) if isinstance(action, str) else tuple(action or ())
        words = tuple((search or "").lower().split()[:WORDS])
        wanted = AuditFilter(since, until, username, actions, words)
        with self.core.store.cursor() as cursor:
            return audit.find(cursor, wanted, limit, offset)

    @permits(Role.ADMIN)
    def audit_names(self, principal: Principal) -> AuditNames:
        """Everybody and every kind of act that the log knows."""
        with self.core.store.cursor() as cursor:
            return AuditNames(*audit.names(cursor))
