"""What ends a session, and with it the cookie that a browser holds and the account's tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from smartreco.entities import OPERATOR, Principal
from smartreco.workspace.accounts.people import People

OLD: Final = "amber-kettle-river-42"
NEW: Final = "violet-harbor-comet-17"
Act = Callable[[People, Principal, str], object]

#: Of this browser, or of another one that is named.
ONE: Final[dict[str, Act]] = {
    "signing out": lambda people, who, session: people.sign_out(session),
    "ending it from elsewhere": lambda people, who, session: people.end_session(who, session),
}
#: Of the account as a whole, its tokens of the API among them.
ALL: Final[dict[str, Act]] = {
    "signing out everywhere": lambda people, who, _: people.sign_out_everywhere(who),
    "another password": lambda people, who, _: people.change_password(who, OLD, NEW),
    "another password, chosen in this browser": (
        lambda people, who, session: people.change_password(who, OLD, NEW, session)
    ),
    "an admin's reset": lambda people, who, _: people.reset_account(OPERATOR, who.username),
    "an admin who ends it": lambda people, who, _: people.end_sessions_of(OPERATOR, who.username),
    "a disabled account": lambda people, who, _: people.disable_account(OPERATOR, who.username),
}
ENDINGS: Final[dict[str, Act]] = {**ONE, **ALL}
