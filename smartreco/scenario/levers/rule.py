"""A rule on lists: margin, a boost, diversity, a vendor's cap or floor, a pin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smartreco.entities import ListName
from smartreco.errors import InputError
from smartreco.recommend.rules import ALL, KINDS, Rule, Target
from smartreco.scenario.levers.checking import within
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.words import Sentence


@dataclass(frozen=True, kw_only=True)
class RuleLever(ListLever):
    """One more rule.

    Attributes
    ----------
    rule
        A kind of `smartreco.recommend.rules.KINDS`: boost, min_margin, diversity, vendor_cap, ...
    amount
        In the unit of the kind.
    target, target_id
        "all", "product", "category" or "vendor", and which.
    push
        Of min_margin: spreads that a product moves down instead of leaving the list.
    list
        The list that it is on; None: every list.
    """

    kind: ClassVar[str] = "rule"
    rule: str
    amount: float = 0.0
    target: str = ALL
    target_id: str = ""
    push: float | None = None
    list: str | None = None

    def __post_init__(self) -> None:
        if self.list is not None and self.list not in set(ListName):
            raise InputError(
                f"a list is one of {', '.join(ListName)}", repr(self.list), "choose one"
            )
        if self.rule not in KINDS:
            raise InputError(f"a rule is one of {', '.join(KINDS)}", repr(self.rule), "choose one")
        made = KINDS[self.rule]
        if self.target not in made.targets:
            raise InputError(
                f"a rule {self.rule} is about {', '.join(made.targets)}", repr(self.target),
                "choose one of them",
            )  # fmt: skip
        if (self.target == ALL) == bool(self.target_id):
            raise InputError(
                "a rule names what it is about, unless it is about all", repr(self.target_id),
                "set target and target_id together",
            )  # fmt: skip
        if made.most > made.least:
            within(self.amount, f"the amount of a rule {self.rule}", made.least, made.most)

    def speaks_of(self, name: ListName) -> bool:
        """Whether it is about this list."""
        return self.list in (None, name)

    def rules(self) -> tuple[Rule, ...]:
        """The rule itself."""
        target = Target(self.target, self.target_id)
        return (KINDS[self.rule](target, self.amount, self.push),)

    def describe(self) -> tuple[Sentence, ...]:
        """In words."""
        return (Sentence("lever.rule", {"kind": self.rule, "amount": self.amount}),)
