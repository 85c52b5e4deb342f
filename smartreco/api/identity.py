"""Who asks: the bearer of a token or a key, and what he may do.

A browser's cookie means nothing here, so no other site can make a signed-in browser ask.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request

from smartreco.accounts.scopes import Scope
from smartreco.accounts.sessions import digest
from smartreco.api.problems import ApiError
from smartreco.api.rates import Rates
from smartreco.entities import Principal
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.keys import Bearer

__all__ = ["Administrator", "Analyser", "Asked", "Caller", "Orderer", "Reader", "Scope", "needs"]

Change = tuple[int, int | None]  # numbers of keys ended and of the store's changes

HELD_SECONDS: Final = 1.0  # what another process revokes is refused that much later at most
MOST_HELD: Final = 4096
LONGEST_SECRET: Final = 200
_NOBODY: Final = (0.0, (-1, None), None)

bearer = HTTPBearer(
    auto_error=False,
    scheme_name="Bearer",
    description="A token of `POST /token` (30 minutes) or an API key (`sr_…`).",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A caller whose token or key is good now. ``key_id`` is None for a token by password."""

    principal: Principal
    scopes: frozenset[Scope]
    workspace: Workspace
    key_id: str | None


class Identities:
    """Bearers seen within the last second, so that a burst of requests reads the store once.

    What this process writes meanwhile, such as a disabled account, ends all that is held.
    """

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        self._workspace = workspace
        self._held: dict[str, tuple[float, Change, Bearer | None]] = {}

    async def of(self, secret: str) -> Asked | None:
        """Who holds a token or key; None where it is good no more."""
        workspace = self._workspace()
        keys, now = workspace.keys, time.monotonic()
        held = digest(secret)  # no secret stays in memory
        until, change, found = self._held.get(held, _NOBODY)
        present = (keys.changes, workspace.store.changes)
        if found is None or until < now or change != present:
            found = await run_in_threadpool(keys.identify, secret)
            if found is None:
                self._held.pop(held, None)
                return None
            if len(self._held) >= MOST_HELD:
                self._held.clear()
            self._held[held] = (now + HELD_SECONDS, present, found)
        return Asked(found.principal, found.scopes, workspace, found.key_id)


async def identified(request: HTTPConnection, secret: str | None) -> Asked:
    """The caller of a request, counted against his rate.

    Raises
    ------
    ApiError
        401 without a good token, 429 where he asks too often.
    """
    state = request.app.state
    identities: Identities = state.identities
    rates: Rates = state.rates
    found = await identities.of(secret) if secret and len(secret) <= LONGEST_SECRET else None
    if found is None:
        rates.spend(f"nobody {address(request)}")
        raise ApiError(
            401, "a request bears a token or an API key that is good now",
            "none" if secret is None else "one that is not",
            "get a token at POST /api/v1/token",
            {"WWW-Authenticate": 'Bearer realm="SmartReco"'},
        )  # fmt: skip
    allowance = rates.spend(found.key_id or f"user {found.principal.username}")
    request.scope.setdefault("state", {})["rate"] = allowance.headers()
    request.scope["state"]["username"] = found.principal.username
    return found


def address(request: HTTPConnection) -> str:
    """Where a request comes from, as the server sees it (behind a proxy: as the server trusts)."""
    return request.client.host if request.client else "unknown"


async def asked(
    request: Request,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)],
) -> Asked:
    """The caller, whatever his scopes."""
    alone = len(request.headers.getlist("authorization")) == 1
    secret = credentials.credentials if credentials is not None and alone else None
    return await identified(request, secret)


Caller = Annotated[Asked, Depends(asked)]


def require(caller: Asked, scope: Scope) -> Asked:
    """Refuse a caller whose token or key was not made for this.

    Raises
    ------
    ApiError
        403.
    """
    if scope not in caller.scopes:
        raise ApiError(
            403, f"this needs a token or key with the scope {scope.value}",
            ", ".join(sorted(one.value for one in caller.scopes)) or "none",
            "use another key or ask your administrator",
        )  # fmt: skip
    return caller


def needs(scope: Scope) -> Callable[..., Awaitable[Asked]]:
    """A dependency: the caller, whose token or key was made for this.

    ``asked: Annotated[Asked, Depends(needs(Scope.READ))]``, or the aliases below.
    """

    async def scoped(caller: Caller) -> Asked:
        return require(caller, scope)

    scoped.__scope__ = scope  # type: ignore[attr-defined]
    return scoped


def scope_of(dependency: Callable[..., Any] | None) -> Scope | None:
    """The scope that a dependency made by `needs` asks for; None for another."""
    found: Scope | None = getattr(dependency, "__scope__", None)
    return found


Reader = Annotated[Asked, Depends(needs(Scope.READ))]
Orderer = Annotated[Asked, Depends(needs(Scope.ORDER))]
Analyser = Annotated[Asked, Depends(needs(Scope.ANALYSE))]
Administrator = Annotated[Asked, Depends(needs(Scope.ADMIN))]
