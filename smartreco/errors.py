"""The one tree of errors, each able to say what went wrong in a user's words.

A message has three parts: the rule that was broken, what was found instead,
and what to do about it. Pages, the API and the command line each turn a class
into their own words (a notice, a status code, an exit code) in one place.
"""

from __future__ import annotations


class SmartRecoError(Exception):
    """Base of every error that this package raises on purpose.

    Parameters
    ----------
    rule
        What must hold, as a full clause: "an orders file needs a column product_id".
    found
        What was there instead: "columns date, amount".
    action
        What the reader can do: "rename the column or see `import --template`".

    Attributes
    ----------
    place
        Which part of what was asked it is about, from 0, such as the lever of a scenario; None:
        the whole.
    """

    exit_code = 2
    place: int | None = None

    def __init__(self, rule: str, found: str = "", action: str = "") -> None:
        self.rule = rule
        self.found = found
        self.action = action
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.rule}; found {self.found}" if self.found else self.rule
        return f"{head}: {self.action}" if self.action else head


class InputError(SmartRecoError):
    """A file, value or option that the user gave does not hold to the rule."""


class NotFoundError(InputError):
    """An identifier that this data set does not know."""


class NotEnoughDataError(SmartRecoError):
    """The question is fine, but the data cannot answer it honestly."""


class NotReadyError(SmartRecoError):
    """Data or model are still being made; ask again later."""


class NotAllowedError(SmartRecoError):
    """The signed-in account may not do or see this."""


class SignInError(SmartRecoError):
    """The credentials were refused; the words never say which part was wrong.

    ``tries_left`` : how many more before the name is locked for a while, where it is counted.
    """

    tries_left: int | None = None


class StoreError(SmartRecoError):
    """The store cannot be opened, read or written."""


class StoreLockedError(StoreError):
    """Another process holds the store's file."""


class StoreAwayError(StoreError):
    """The store's database gives no answer now; it may in a moment."""
