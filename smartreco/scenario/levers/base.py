"""What every lever is, and how it is written down and read again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, Final, Self

from smartreco.errors import InputError, SmartRecoError
from smartreco.scenario.effects import Effects
from smartreco.scenario.levers.typed import typed
from smartreco.scenario.market import Market
from smartreco.scenario.words import Sentence

KIND: Final = "kind"

Plain = str | int | float | bool | list[str] | dict[str, float]


@contextmanager
def blaming(place: int) -> Iterator[None]:
    """A refusal inside says which lever of the scenario it is about."""
    try:
        yield
    except SmartRecoError as error:
        error.place = place
        raise


@dataclass(frozen=True, kw_only=True)
class Lever:
    """One thing that is moved; this one moves nothing.

    A kind sets ``kind``, checks its own values in `__post_init__`, names against the
    market in `check`, and pushes `Effects` in `apply`.
    """

    kind: ClassVar[str] = ""

    def check(self, market: Market) -> None:
        """Refuse what this market cannot answer.

        Raises
        ------
        NotFoundError
            A name that the data do not know.
        NotEnoughDataError
            The data cannot tell what the lever does.
        InputError
            Weeks beyond those looked at.
        """

    def apply(self, effects: Effects) -> None:
        """Push the effects, in place."""

    def describe(self) -> tuple[Sentence, ...]:
        """What is moved, what on, and when, in this order."""
        return ()

    def to_dict(self) -> dict[str, Plain]:
        """Plain form for TOML and JSON; what is left open is left out."""
        plain: dict[str, Plain] = {KIND: self.kind}
        for one in fields(self):
            value = getattr(self, one.name)
            if value is None or value == () or value == {}:
                continue
            if isinstance(value, tuple):
                value = list(value)
            plain[one.name] = dict(value) if isinstance(value, Mapping) else value
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Self:
        """Read what `to_dict` wrote.

        Raises
        ------
        InputError
            A setting is unknown, missing, of another type or cannot be.
        """
        known = {one.name: one for one in fields(cls)}
        extra = [name for name in plain if name not in known and name != KIND]
        if extra:
            raise InputError(
                f"a {cls.kind} lever has the settings {', '.join(known)}", ", ".join(extra),
                "take it out",
            )  # fmt: skip
        open_ones = [
            name for name, one in known.items()
            if one.default is MISSING and one.default_factory is MISSING and name not in plain
        ]  # fmt: skip
        if open_ones:
            raise InputError(
                f"a {cls.kind} lever says its {', '.join(open_ones)}", "nothing", "add it"
            )
        return cls(**{name: typed(cls, name, plain[name]) for name in known if name in plain})
