"""Other weights for a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from smartreco.entities import ListName
from smartreco.errors import InputError
from smartreco.language import Percent
from smartreco.recommend.blend import Blend
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.words import Sentence


@dataclass(frozen=True, kw_only=True)
class BlendWeights(ListLever):
    """The weights of ``list``; they are brought to a sum of 1, what is not named gets 0."""

    kind: ClassVar[str] = "blend"
    list: str
    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        if self.list not in set(ListName):
            raise InputError(
                f"a list is one of {', '.join(ListName)}", repr(self.list), "choose one"
            )
        Blend.of({ListName(self.list): self.weights})

    def __hash__(self) -> int:
        return hash((self.list, tuple(sorted(self.weights.items()))))

    def speaks_of(self, name: ListName) -> bool:
        """Whether it is about this list."""
        return self.list == name

    def blend(self, blend: Blend) -> Blend:
        """The blend with these weights."""
        return blend.with_list(ListName(self.list), self.weights)

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        shares = Blend.of({ListName(self.list): self.weights}).weights[ListName(self.list)]
        words = ", ".join(
            f"{name} {Percent(share).share:.0%}" for name, share in shares.items() if share
        )
        return (Sentence("lever.blend", {"list": self.list, "weights": words}),)
