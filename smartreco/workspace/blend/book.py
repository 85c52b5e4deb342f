"""Everything that was ever published, read and verified at once: few rows, small ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from smartreco.entities import ListName
from smartreco.errors import InputError
from smartreco.recommend.recipe import Recipe
from smartreco.store import blends
from smartreco.store.connection import Cursor
from smartreco.store.sealing import FIRST, SealedRow, sealed, verified
from smartreco.workspace.blend.documents import (
    Draught,
    plain_publication,
    publication_of,
    version_of,
)
from smartreco.workspace.blend.views import BlendVersion, Origin, Publication

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, InputError)


@dataclass(frozen=True)
class Book:
    """Versions and publications, oldest first.

    Attributes
    ----------
    versions
        All that can be read; `BlendVersion.whole` says which may be served.
    publications
        Those whose seals hold.
    newest
        Number of the newest publication, whole or not; 0: none.
    troubles
        Subject and what was found, of rows that are not what was kept.
    """

    versions: tuple[BlendVersion, ...]
    publications: tuple[Publication, ...]
    newest: int
    troubles: Mapping[str, str]
    _rows: tuple[Sequence[SealedRow], Sequence[SealedRow]]
    _noted: Mapping[int, str]

    @property
    def in_force(self) -> BlendVersion | None:
        """The version that decides; None where there is none that may."""
        return next((one for one in self.versions if one.in_force), None)

    @property
    def newest_learned(self) -> BlendVersion | None:
        """The last one that a fit learned."""
        learned = [one for one in self.versions if one.whole and one.origin is Origin.LEARNED]
        return learned[-1] if learned else None

    def find(self, version: int) -> BlendVersion | None:
        """One version; None where there is none."""
        return next((one for one in self.versions if one.version == version), None)

    def add(self, cursor: Cursor, draught: Draught) -> BlendVersion:
        """Keep a version; a number is used once, also where its row was taken away."""
        rows, _ = self._rows
        number = 1 + max([row.number for row in rows] + list(self._noted), default=0)
        row = sealed(number, draught.plain(number), rows[-1].seal if rows else FIRST)
        blends.add_version(cursor, row)
        return version_of(row, whole=True, in_force=False, published_at=None)

    def publish(self, cursor: Cursor, version: int, asked: Publication) -> Publication:
        """Let a version hold; of ``asked``, number and what it replaces are found here.

        The version may be one that `add` has kept since this was read.
        """
        before, rows = self.in_force, self._rows[1]
        made = replace(
            asked, number=self.newest + 1, version=version,
            replaced=None if before is None else before.version,
        )  # fmt: skip
        seal = next(row.seal for row in blends.versions(cursor) if row.number == version)
        plain = plain_publication(made, seal)
        blends.add_publication(cursor, sealed(made.number, plain, rows[-1].seal if rows else FIRST))
        return made


def read_book(cursor: Cursor) -> Book:
    """Read and verify all there is."""
    rows, spoken = blends.versions(cursor), blends.publications(cursor)
    published, noted, broken = _publications(spoken)
    found = verified(rows, noted)
    troubles = {
        **broken,
        **{f"blend version {one}": "altered" for one in sorted(found.altered)},
        **{f"blend version {one}": "gone" for one in sorted(found.missing)},
    }
    last = {one.version: one.happened_at for one in published}
    versions = []
    for row in rows:
        one = _version(row, row.number not in found.altered, last.get(row.number))
        if one is None:
            troubles.setdefault(f"blend version {row.number}", "unreadable")
        else:
            versions.append(one)
    newest = max((row.number for row in spoken), default=0)
    return Book(
        _with_force(versions, published), published, newest, troubles, (rows, spoken), noted
    )


def _version(row: SealedRow, whole: bool, published_at: datetime | None) -> BlendVersion | None:
    """One version; None where its body is not one, or says nothing of a list."""
    try:
        one = version_of(row, whole=whole, in_force=False, published_at=published_at)
    except UNREADABLE:
        return None
    return one if set(ListName) <= set(one.recipe.blend.weights) else None


def _publications(
    rows: Sequence[SealedRow],
) -> tuple[tuple[Publication, ...], dict[int, str], dict[str, str]]:
    """Whole ones, the seals of versions that they note, and what is wrong with the others."""
    found = verified(rows)
    troubles = {f"blend publication {one}": "gone" for one in sorted(found.missing)}
    published, noted = [], dict[int, str]()
    for row in rows:
        try:
            if row.number in found.altered:
                raise ValueError("its seal does not hold")
            one, seal = publication_of(row)
        except UNREADABLE:
            troubles[f"blend publication {row.number}"] = "altered"
            continue
        published.append(one)
        noted.setdefault(one.version, seal)
    return tuple(published), noted, troubles


def _with_force(
    versions: Sequence[BlendVersion], published: Sequence[Publication]
) -> tuple[BlendVersion, ...]:
    """The newest whole publication of a whole version holds."""
    whole = {one.version for one in versions if one.whole}
    holds = next((one.version for one in reversed(published) if one.version in whole), None)
    return tuple(replace(one, in_force=one.version == holds) for one in versions)


def recipe_in_force(book: Book, learned: Recipe) -> tuple[int, Recipe]:
    """The recipe that decides, with its version; what was learned, as version 0, without one."""
    force = book.in_force
    return (0, learned) if force is None else (force.version, force.recipe)
