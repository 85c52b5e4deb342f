"""What becomes of a recipe that a fit learned, and who hears of rows that were altered."""

from __future__ import annotations

from datetime import datetime

from smartreco.recommend.model import Model
from smartreco.recommend.recipe import Recipe
from smartreco.store import audit, blends, rules
from smartreco.store.connection import Cursor
from smartreco.store.models import ModelRow
from smartreco.workspace.blend.book import Book, read_book
from smartreco.workspace.blend.documents import Draught, same
from smartreco.workspace.blend.views import Origin, Publication
from smartreco.workspace.core import Core, log

PROGRAM = "smartreco"
"""Who publishes what a fit learned."""

PUBLISHED, ALTERED = "blend published", "blend altered"


def learned_recipe(model: Model) -> Recipe:
    """What a fit learned, as a recipe: its weights; all else as each scorer learned it."""
    return Recipe(model.calibrated or model.blend)


def needs_settling(cursor: Cursor) -> bool:
    """Whether a kept model has to say what it learned: nothing was published of these data."""
    return blends.of_other_data(cursor) or blends.newest_publication(cursor) == 0


def settle(cursor: Cursor, model: Model, row: ModelRow, why: str, now: datetime) -> None:
    """Keep what a fit learned where it is new, inside the running transaction.

    It is published where a learned version holds, where none does, and where the data are
    others than those of the versions so far. What an analyst has published stays.
    """
    book, recipe = read_book(cursor), learned_recipe(model)
    force, last = book.in_force, book.newest_learned
    afresh = force is None or blends.of_other_data(cursor)
    if not afresh and last is not None and same(last.recipe, recipe):
        return
    made = book.add(
        cursor,
        Draught(
            recipe, Origin.LEARNED, {}, row.data_version, row.version, rules.version(cursor),
            PROGRAM, why, now,
        ),
    )  # fmt: skip
    detail: dict[str, object] = {"origin": Origin.LEARNED.value, "why": why}
    if afresh or (force is not None and force.origin is Origin.LEARNED):
        asked = Publication(0, made.version, None, PROGRAM, why, now)
        done = book.publish(cursor, made.version, asked)
        detail |= {"publication": done.number, "replaced": done.replaced}
        action = PUBLISHED
    else:
        action = "blend learned"
    subject = f"blend version {made.version}"
    audit.record(cursor, audit.Entry(now, PROGRAM, action, subject, detail))
    blends.settled(cursor)


def report_troubles(core: Core, book: Book) -> None:
    """Log rows that are not what was kept, and note each once in the audit log."""
    for subject, what in book.troubles.items():
        log.error("%s is %s: it is not served", subject, what)

    def work(cursor: Cursor) -> None:
        for subject, what in book.troubles.items():
            if not audit.noted(cursor, ALTERED, subject):
                entry = audit.Entry(core.now(), PROGRAM, ALTERED, subject, {"is": what})
                audit.record(cursor, entry)

    if book.troubles:
        core.store.write(work)
