"""What the page holds for a browser tab, and every act on it: moves, undo, what is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from pages import address
from pages.analyst.tune.mixing import same
from pages.context import Context
from pages.state import Slot
from smartreco.entities import ListName
from smartreco.recommend.recipe import Recipe
from smartreco.workspace.blend.blends import Blends
from smartreco.workspace.blend.views import BlendVersion, LearnedSettings, Origin
from smartreco.workspace.tuning.tuning import Tuning
from smartreco.workspace.tuning.views import ListGauges, Measured

STEPS: Final = 100  # that can be taken back
VIEW, LIST, LOOK, JOB = "view", "list", "look", "job"  # names in the address
TUNED: Final = (ListName.DISCOVER, ListName.REORDER)


class Held(NamedTuple):
    """What the sliders hold; ``recipe`` None: what is in force, whatever that is."""

    recipe: Recipe | None = None
    origin: Origin = Origin.TUNED


class Checked(NamedTuple):
    """A held-out check: of which recipe against which version."""

    recipe: Recipe
    version: int
    found: Measured


class TuneState:
    """What is kept for a browser tab."""

    held = Slot(Held())
    before = Slot[tuple[Held, ...]](())  # what undo leads back to
    loads = Slot(0)  # how often a point was picked: a chart with a new key has none picked
    checked = Slot[Checked | None](None)
    opened = Slot[int | None](None)  # the version whose changes are shown
    shops = Slot[tuple[str, ...]](())  # whose lists are shown


state = TuneState()


@dataclass(frozen=True)
class TuneDesk:
    """One run of the page."""

    ctx: Context

    @property
    def tuning(self) -> Tuning:
        """Recipes tried on the past."""
        return self.ctx.workspace.tuning

    @property
    def blends(self) -> Blends:
        """Recipes that are published."""
        return self.ctx.workspace.blends

    @cached_property
    def current(self) -> BlendVersion:
        """The version that decides the lists now."""
        return self.blends.current(self.ctx.principal)

    @cached_property
    def versions(self) -> tuple[BlendVersion, ...]:
        """All of them, newest first."""
        return self.blends.all(self.ctx.principal)

    @cached_property
    def learned(self) -> Recipe:
        """What the present model learned."""
        return self.blends.learned(self.ctx.principal)

    @cached_property
    def settings(self) -> LearnedSettings:
        """Half-life and damping as learned."""
        return self.blends.settings(self.ctx.principal)

    @property
    def recipe(self) -> Recipe:
        """What the sliders hold."""
        return state.held.recipe or self.current.recipe

    @property
    def touched(self) -> bool:
        """Whether it is anything else than what is in force."""
        return state.held.recipe is not None and not same(self.recipe, self.current.recipe)

    @property
    def name(self) -> ListName:
        """The list that is looked at."""
        return ListName(address.value(LIST, [one.value for one in TUNED]))

    @property
    def rules(self) -> bool:
        """Whether the rules in force are applied to what is measured."""
        return address.value("rules", ("on", "off")) == "on"

    @cached_property
    def measured(self) -> Measured:
        """Figures of the sliders on the inner split."""
        return self.tuning.measure(self.ctx.principal, self.recipe, self.rules)

    @property
    def gauges(self) -> ListGauges:
        """Those of the list that is looked at."""
        return self.measured.of(self.name)

    @property
    def checked(self) -> Measured | None:
        """The held-out check of what the sliders hold, if one was made."""
        made = state.checked
        if made is None or made.version != self.current.version:
            return None
        return made.found if same(made.recipe, self.recipe) else None

    def move(self, recipe: Recipe, origin: Origin = Origin.TUNED) -> None:
        """Put another recipe on the sliders; undo leads back."""
        if not same(recipe, self.recipe):
            state.before = (*state.before, state.held)[-STEPS:]
            state.held = Held(recipe, origin)

    def load(self, recipe: Recipe, origin: Origin = Origin.TUNED) -> None:
        """The same from elsewhere than a slider: charts forget what was picked."""
        self.move(recipe, origin)
        state.loads += 1

    def follow(self) -> None:
        """Let the sliders show what is in force."""
        if state.held.recipe is not None:
            state.before = (*state.before, state.held)[-STEPS:]
            state.held = Held()
            state.loads += 1

    def undo(self) -> None:
        """Take the last move back."""
        if state.before:
            state.held, state.before = state.before[-1], state.before[:-1]
            state.loads += 1

    def settle(self) -> None:
        """After publishing or going back: the sliders show what is in force from here on."""
        state.held, state.before, state.checked = Held(), (), None


def go(**where: str) -> None:
    """Show another part of the page."""
    address.put({name: [value] if value else [] for name, value in where.items()})
