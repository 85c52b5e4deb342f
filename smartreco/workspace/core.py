"""What every use case needs: the settings, the store, the clock, and one guard.

The guard is how permission stays a parameter: a use case names the roles it
serves, the guard checks the principal before a line of it runs, times it and
writes the request log.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from smartreco.accounts.permissions import require_own_password, require_role
from smartreco.config import Settings
from smartreco.entities import Principal, Role
from smartreco.store import Store
from smartreco.store.request_log import RequestLog

log = logging.getLogger("smartreco")

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Core:
    """One open store and what goes with it, shared by all use cases of a process."""

    settings: Settings
    store: Store
    requests: RequestLog

    @staticmethod
    def now() -> datetime:
        """The present in UTC without a zone, as the store keeps it."""
        return datetime.now(UTC).replace(tzinfo=None)


class UseCases(Protocol):
    """A class of use cases: it holds the core."""

    core: Core


S = TypeVar("S", bound=UseCases)


def permits(
    *roles: Role,
    before_change: bool = False,
) -> Callable[
    [Callable[Concatenate[S, Principal, P], R]], Callable[Concatenate[S, Principal, P], R]
]:
    """Declare the roles a use case serves; check, time and log each call.

    The decorated method takes the `Principal` first. ``__permits__`` on the
    result holds the roles, so that tests and the API can read them. An account that has
    to choose a password first reaches only what is declared with ``before_change``.
    """
    allowed = frozenset(roles)

    def declare(
        method: Callable[Concatenate[S, Principal, P], R],
    ) -> Callable[Concatenate[S, Principal, P], R]:
        name = method.__name__

        @wraps(method)
        def guarded(self: S, principal: Principal, *args: P.args, **kwargs: P.kwargs) -> R:
            started = time.perf_counter()
            outcome = "ok"
            try:
                require_role(principal, allowed, name.replace("_", " "))
                if not before_change:
                    require_own_password(principal)
                return method(self, principal, *args, **kwargs)
            except Exception as error:
                outcome = type(error).__name__
                raise
            finally:
                milliseconds = (time.perf_counter() - started) * 1000
                self.core.requests.note(
                    self.core.now(), principal.username, name, milliseconds, outcome
                )

        guarded.__permits__ = allowed  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[S, Principal, P], R], guarded)

    return declare


def permitted_roles(method: Callable[..., Any]) -> frozenset[Role]:
    """The roles a use case was declared for; empty where it was not declared."""
    return getattr(method, "__permits__", frozenset())
