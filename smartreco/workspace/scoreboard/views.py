"""What the scoreboard page shows beside the figures themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from smartreco.errors import NotFoundError
from smartreco.evaluation.protocol import Split
from smartreco.evaluation.two_runs import Between
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.evaluations import Evaluation


@dataclass(frozen=True, slots=True)
class Judged:
    """A run in one line: what it was of and when."""

    number: int
    version: int | None
    split: Split
    k: int
    evaluated_at: datetime
    data_version: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A version that can be looked at; ``version`` None: as learned, without a version."""

    version: int | None
    origin: Origin | None
    author: str
    made_at: datetime | None
    in_force: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is to look at, read at one moment.

    Attributes
    ----------
    choices
        Versions, the one in force first, then the newest first.
    runs
        Every run that was kept, newest first.
    data_version
        State of the data.
    orders_until
        Last day with an order; None: there is none.
    """

    choices: tuple[Choice, ...]
    runs: tuple[Judged, ...]
    data_version: int
    orders_until: date | None


@dataclass(frozen=True)
class Standing:
    """What is known of one version, split and length.

    Attributes
    ----------
    run
        The last that was kept; None: never measured.
    data_changed
        Orders, products or stock are not what they were at that run.
    orders_until
        Last day with an order now.
    """

    choice: Choice
    split: Split
    k: int
    run: Evaluation | None
    data_changed: bool
    orders_until: date | None

    @property
    def found(self) -> Evaluation:
        """The run, for what is shown only where there is one.

        Raises
        ------
        NotFoundError
            It was never measured.
        """
        if self.run is None:
            raise NotFoundError("figures come from a run", "none yet", "measure it")
        return self.run


@dataclass(frozen=True, slots=True)
class Against:
    """Two runs held against each other.

    ``gains`` is None where they did not judge the same shops by the same orders.
    """

    one: Judged
    other: Judged
    gains: tuple[Between, ...] | None
