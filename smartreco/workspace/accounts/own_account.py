"""What everybody does with the own account: the password, and where it is signed in."""

from __future__ import annotations

from smartreco.accounts import passwords
from smartreco.accounts.lockout import LockedOutError
from smartreco.accounts.password_rules import WeakPasswordError, require_good_password
from smartreco.accounts.sessions import OpenedSession
from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError, SignInError
from smartreco.language import languages
from smartreco.store import accounts, audit, reset_tokens, sessions
from smartreco.store.connection import Cursor
from smartreco.store.sessions import SessionRow
from smartreco.workspace.accounts.opening import Opening
from smartreco.workspace.accounts.password_check import check
from smartreco.workspace.accounts.seen_sessions import SeenSessions, idle_since
from smartreco.workspace.accounts.views import SessionView
from smartreco.workspace.core import Core, permits


class OwnAccount:
    """Use cases on the own account; an account that must choose a password reaches them too."""

    core: Core
    _seen: SeenSessions
    _opening: Opening

    @permits(*Role, before_change=True)
    def must_change(self, principal: Principal) -> bool:
        """Whether somebody else knows the password, so that another has to be chosen first."""
        with self.core.store.cursor() as cursor:
            account = accounts.find(cursor, principal.username)
        return account is not None and account.must_change

    @permits(*Role, before_change=True)
    def change_password(
        self, principal: Principal, current: str, new: str, session_id: str | None = None
    ) -> OpenedSession | None:
        """Choose another password; all sessions end, and the one that asks gets a new id.

        Whoever knows the old cookie, also of this browser, is out with it.

        Returns
        -------
        OpenedSession or None
            What takes the place of `session_id`, with a ticket for the cookie; None where that
            is not an open session of this account.

        Raises
        ------
        SignInError
            The current password is wrong; `LockedOutError` after five within five minutes,
            counted together with those at signing in.
        WeakPasswordError
            The new one is easily guessed, or the same as before.
        InputError
            It is a demo account: they share one password.
        """
        name, now = principal.username, self.core.now()
        self._require_own(name, "its password is not changed here")
        require_good_password(new, name, principal.name)
        if new == current:
            raise WeakPasswordError(
                "a new password is another than before", action="choose another"
            )
        try:
            check(self.core.store, name, current, now, "password change", "page")
        except LockedOutError:
            raise
        except SignInError as error:
            wrong = SignInError("the current password is asked for first", "another one",
                                "type it again")  # fmt: skip
            wrong.tries_left = error.tries_left
            raise wrong from error
        hashed = passwords.hash_password(new)

        def work(cursor: Cursor) -> OpenedSession | None:
            accounts.set_password(cursor, name, hashed)
            reset_tokens.void(cursor, name)
            good = self._good(cursor, name)
            sessions.revoke_all(cursor, name, now)
            here = next((row for row in good if row.session_id == session_id), None)
            detail = {"sessions ended": len(good) - (here is not None)}
            audit.record(cursor, audit.Entry(now, name, "password changed", name, detail))
            if here is None:
                return None
            return self._opening.open(cursor, name, here.device, now, here.language)

        self._seen.flush()
        return self.core.store.write(work)

    @permits(*Role, before_change=True)
    def choose_language(self, principal: Principal, language: str, session_id: str) -> None:
        """Show the pages of an own session in another language; it is remembered.

        Raises
        ------
        InputError
            There are no words in that language.
        NotFoundError
            The account has no open session of that id.
        """
        if language not in languages():
            raise InputError(
                "pages are shown in a language that has a file", repr(language),
                f"choose one of {', '.join(languages())}",
            )  # fmt: skip

        def work(cursor: Cursor) -> None:
            if not sessions.set_language(cursor, session_id, principal.username, language):
                raise NotFoundError(
                    "the language is chosen for an open session of one's own", "none with that id",
                    "sign in again",
                )  # fmt: skip

        self.core.store.write(work)

    @permits(*Role, before_change=True)
    def own_sessions(
        self, principal: Principal, session_id: str | None = None
    ) -> tuple[SessionView, ...]:
        """Where the account is signed in; `session_id`, the one that asks, comes first.

        A demo account is everybody's: it sees its own browser only.
        """
        self._seen.flush()
        with self.core.store.cursor() as cursor:
            rows = self._good(cursor, principal.username)
            shared = _is_demo(cursor, principal.username)
        views = [
            SessionView(
                row.session_id, row.username, row.began_at, row.last_seen_at, row.ends_at,
                row.device, row.session_id == session_id,
            )
            for row in rows
        ]  # fmt: skip
        views.sort(key=lambda view: not view.here)
        return tuple(view for view in views if view.here or not shared)

    @permits(*Role, before_change=True)
    def end_session(self, principal: Principal, session_id: str) -> None:
        """Sign one browser out.

        Raises
        ------
        NotFoundError
            No session of this account has that id; the words are the same for another's.
        InputError
            It is a demo account, whose sessions are other visitors'.
        """
        name, now = principal.username, self.core.now()
        self._require_own(name, "other visitors stay signed in")

        def work(cursor: Cursor) -> None:
            if not sessions.revoke(cursor, session_id, now, name):
                raise NotFoundError(
                    "a session of your own is ended by its id", "none that is open",
                    "look at the list again",
                )  # fmt: skip
            audit.record(cursor, audit.Entry(now, name, "session ended", name))

        self.core.store.write(work)

    @permits(*Role, before_change=True)
    def sign_out_everywhere(self, principal: Principal, except_session: str | None = None) -> int:
        """End every session of the account but one; how many ended.

        Raises
        ------
        InputError
            It is a demo account, whose sessions are other visitors'.
        """
        name, now = principal.username, self.core.now()
        self._require_own(name, "other visitors stay signed in")

        def work(cursor: Cursor) -> int:
            good = self._good(cursor, name)
            sessions.revoke_all(cursor, name, now, except_session)
            ended = sum(row.session_id != except_session for row in good)
            detail = {"sessions ended": ended}
            audit.record(cursor, audit.Entry(now, name, "signed out everywhere", name, detail))
            return ended

        self._seen.flush()
        return self.core.store.write(work)

    def _good(self, cursor: Cursor, name: str) -> list[SessionRow]:
        now = self.core.now()
        return sessions.of(cursor, name, now, idle_since(self.core.settings, now))

    def _require_own(self, name: str, words: str) -> None:
        with self.core.store.cursor() as cursor:
            if _is_demo(cursor, name):
                raise InputError(
                    "a demo account is shared by all who try it", f"the demo account {name}", words
                )


def _is_demo(cursor: Cursor, username: str) -> bool:
    account = accounts.find(cursor, username)
    return account is not None and account.demo
