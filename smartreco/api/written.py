"""Answers written out as JSON once, for as long as what they are made of is the very same.

What a route speaks of never changes in place, so that an answer written of the same objects is
the same to the last sign: no version has to be believed for that.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import to_json

from smartreco.recommend.recent import Recent

MOST_BYTES: Final = 32_000_000  # of all answers that are held


@dataclass(frozen=True, slots=True)
class _Text:
    """An answer and the objects it was made of, held so that no other takes their place."""

    of: Sequence[object]
    text: bytes


class Written:
    """Answers that were asked for lately."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._held: Recent[Hashable, _Text] = Recent(most, lambda held: 1 + len(held.text))

    def get(self, key: Hashable, work: Callable[[], Any], *of: object) -> bytes:
        """The answer for a key; ``work`` makes its plain values where it is not held.

        Parameters
        ----------
        of
            The objects that the answer is made of, none of which is ever changed.
        """
        held = self._held.get(key, lambda: _Text((), b""))
        if len(held.of) == len(of) and all(
            one is other for one, other in zip(held.of, of, strict=True)
        ):
            return held.text
        text = to_json(work(), inf_nan_mode="null")
        self._held.put(key, _Text(of, text))
        return text
