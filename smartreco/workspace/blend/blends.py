"""Publishing what decides every shop's lists, and going back: who may, why, and what is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.recommend.damping import DAMPED
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.serving import AGEING
from smartreco.store import audit, rules
from smartreco.store.connection import Cursor
from smartreco.workspace.blend.book import Book, read_book
from smartreco.workspace.blend.carrying import carried
from smartreco.workspace.blend.differences import (
    changes,
    check_evidence,
    check_reason,
    plain_changes,
    publishable,
)
from smartreco.workspace.blend.documents import Draught, same
from smartreco.workspace.blend.settling import PUBLISHED, learned_recipe, report_troubles
from smartreco.workspace.blend.views import (
    BlendVersion,
    Change,
    LearnedSettings,
    Origin,
    ProposedRecipe,
    Publication,
)
from smartreco.workspace.core import Core, permits
from smartreco.workspace.models import Models
from smartreco.workspace.status import Report, silent

ROLLED_BACK = "blend rolled back"


class Blends:
    """Use cases on published recipes."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def current(self, principal: Principal) -> BlendVersion:
        """The version that decides the lists now.

        Raises
        ------
        NotFoundError
            None can be read: lists are as learned, until a fit publishes that.
        """
        force = self._book().in_force
        if force is None:
            raise NotFoundError(
                "lists are made by a published version", "none that is whole", "fit again"
            )
        return force

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def all(self, principal: Principal) -> tuple[BlendVersion, ...]:
        """Every version, newest first."""
        return self._book().versions[::-1]

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def read(self, principal: Principal, version: int) -> BlendVersion:
        """One version.

        Raises
        ------
        NotFoundError
            There is no such version.
        """
        return _known(self._book(), version)

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def learned(self, principal: Principal) -> Recipe:
        """What the present model learned: its weights; all else as each scorer learned it."""
        return learned_recipe(self._models.current.learned)

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def settings(self, principal: Principal) -> LearnedSettings:
        """Half-life and damping as the present model learned them, by component."""
        scorers = self._models.current.learned.scorers
        return LearnedSettings(
            half_life={name: scorers[name].settings.half_life for name in AGEING},
            damping={name: scorers[name].settings.damping for name in DAMPED},
        )

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def publications(self, principal: Principal) -> tuple[Publication, ...]:
        """Which version held from when on, newest first."""
        return self._book().publications[::-1]

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def changes(
        self, principal: Principal, before: int | Recipe, after: int | Recipe
    ) -> tuple[Change, ...]:
        """What two recipes or versions differ in.

        Raises
        ------
        NotFoundError
            There is no such version.
        """
        book = self._book()
        old, new = (
            _known(book, one).recipe if isinstance(one, int) else one for one in (before, after)
        )
        return changes(old, new)

    @permits(Role.ANALYST, Role.ADMIN)
    def from_proposal(self, principal: Principal, proposal_id: int) -> ProposedRecipe:
        """What a what-if spoke for, over the recipe in force.

        Raises
        ------
        InputError
            It moves no weights.
        NotFoundError
            There is no such proposal.
        """
        with self.core.store.cursor() as cursor:
            return carried(cursor, proposal_id, self._models.latest(cursor).recipe)

    @permits(Role.ANALYST, Role.ADMIN)
    def publish(
        self,
        principal: Principal,
        recipe: Recipe,
        reason: str,
        origin: Origin = Origin.TUNED,
        metrics: Mapping[str, Any] | None = None,
        progress: Report = silent,
    ) -> BlendVersion:
        """Keep a recipe as a new version and let it decide every list from the next one on.

        Parameters
        ----------
        reason
            Why, in 3 to 500 signs.
        metrics
            Evidence that is kept with it, plain values.
        progress
            Told how far it is: another half-life takes a fit.

        Raises
        ------
        InputError
            The recipe is in force already, or something of it cannot be; nothing has changed.
        """
        reason, evidence = check_reason(reason), check_evidence(metrics)
        held = self._models.current
        wanted = publishable(recipe, learned_recipe(held.learned))
        self._models.make_ready(wanted, progress)

        def work(cursor: Cursor) -> int:
            book, now = read_book(cursor), self.core.now()
            if book.in_force is not None and same(book.in_force.recipe, wanted):
                raise _no_change(book.in_force)
            draught = Draught(
                wanted, origin, evidence, held.data_version, held.version, rules.version(cursor),
                principal.username, reason, now,
            )  # fmt: skip
            made = book.add(cursor, draught)
            asked = Publication(0, made.version, None, principal.username, reason, now)
            self._publish(cursor, book, made, asked, PUBLISHED)
            return made.version

        version = self.core.store.write(work, lambda _: self._models.follow())
        return _known(self._book(), version)

    @permits(Role.ANALYST, Role.ADMIN)
    def roll_back(
        self, principal: Principal, version: int, reason: str, progress: Report = silent
    ) -> Publication:
        """Let an earlier version decide again, from the next list on.

        Raises
        ------
        InputError
            The version is in force, or its row was altered; nothing has changed.
        NotFoundError
            There is no such version.
        """
        reason = check_reason(reason)
        self._models.make_ready(_served(self._book(), version).recipe, progress)

        def work(cursor: Cursor) -> Publication:
            book = read_book(cursor)
            wanted = _served(book, version)
            asked = Publication(0, version, None, principal.username, reason, self.core.now())
            return self._publish(cursor, book, wanted, asked, ROLLED_BACK)

        return self.core.store.write(work, lambda _: self._models.follow())

    def in_force(self, cursor: Cursor) -> int:
        """Number of the version that decides now; for the program itself."""
        return self._models.latest(cursor).blend_version

    def _publish(
        self, cursor: Cursor, book: Book, made: BlendVersion, asked: Publication, action: str
    ) -> Publication:
        """Write who lets which version hold, and what that changes."""
        done = book.publish(cursor, made.version, asked)
        before = self._models.current.recipe if book.in_force is None else book.in_force.recipe
        detail = {
            "publication": done.number,
            "replaced": done.replaced,
            "origin": made.origin.value,
            "why": asked.reason,
            "changes": plain_changes(changes(before, made.recipe)),
        }
        subject = f"blend version {made.version}"
        audit.record(
            cursor, audit.Entry(asked.happened_at, asked.username, action, subject, detail)
        )
        return done

    def _book(self) -> Book:
        with self.core.store.cursor() as cursor:
            book = read_book(cursor)
        report_troubles(self.core, book)
        return book


def _known(book: Book, version: int) -> BlendVersion:
    found = book.find(version)
    if found is None:
        raise NotFoundError("a version is named by its number", str(version), "list the versions")
    return found


def _served(book: Book, version: int) -> BlendVersion:
    """A version that may be gone back to."""
    found = _known(book, version)
    if not found.whole:
        raise InputError(
            "a version that was altered is never served", f"version {version}", "choose another"
        )
    if found.in_force:
        raise _no_change(found)
    return found


def _no_change(held: BlendVersion) -> InputError:
    return InputError(
        "a publication changes something", f"the recipe of version {held.version}, in force now",
        "change a weight or a setting first",
    )  # fmt: skip
