"""One shop's data: handed out whole, or taken out of the store for good."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotFoundError
from smartreco.store import audit, erasure, retailer_export
from smartreco.store.connection import Cursor
from smartreco.store.erasure import Counts, Erasure
from smartreco.store.registered import count
from smartreco.workspace.cells import inert_frame
from smartreco.workspace.core import Core, log, permits
from smartreco.workspace.draft_steps import DraftSteps
from smartreco.workspace.keeping.views import Erased
from smartreco.workspace.models import Models

LONGEST_REASON: Final = 500  # characters


class Erasing:
    """Use cases of an admin on all that is known of one shop."""

    core: Core
    _models: Models
    _steps: DraftSteps

    @permits(Role.ADMIN)
    def export_retailer(self, principal: Principal, retailer_id: str) -> bytes:
        """A zip of CSV files with all that the store holds of a shop and its people, no secret.

        Raises
        ------
        NotFoundError
            There is no such shop.
        """

        def work(cursor: Cursor) -> bytes:
            asked = "SELECT count(*) FROM retailers WHERE retailer_id = ?"
            if not count(cursor, asked, [retailer_id]):
                raise NotFoundError("a shop is named by its id", repr(retailer_id), "check the id")
            packed = _packed(cursor, retailer_id)
            entry = audit.Entry(
                self.core.now(), principal.username, "shop exported", retailer_id,
                {"bytes": len(packed)},
            )  # fmt: skip
            audit.record(cursor, entry)
            return packed

        return self.core.store.write(work)

    @permits(Role.ADMIN)
    def erase_retailer(self, principal: Principal, retailer_id: str, reason: str) -> Erased:
        """Remove a shop's identity, its people and what they did; what was ordered stays.

        Vendors' figures are as before, under "Erased shop N". An import that names the shop
        again finds it erased. Backups made before hold it until they are replaced; a restored
        one is erased again if the store that it replaces knows of it.

        Parameters
        ----------
        reason
            Why, for the audit log; it must not name anybody.

        Raises
        ------
        NotFoundError
            There is no such shop.
        InputError
            It was erased before, waits for goods, or no reason is given.
        """
        why = reason.strip()
        if not 3 <= len(why) <= LONGEST_REASON:
            raise InputError(
                f"an erasure has a reason of 3 to {LONGEST_REASON} characters",
                f"{len(why)} characters", "say why, without naming anybody",
            )  # fmt: skip
        now = self.core.now()

        def work(cursor: Cursor) -> tuple[Erasure, Counts]:
            erasure.require_erasable(cursor, retailer_id)
            done, counts = erasure.erase(cursor, retailer_id, principal.username, now, why)
            detail = {"reason": why, "removed": counts.removed, "anonymised": counts.anonymised}
            audit.record(
                cursor,
                audit.Entry(now, principal.username, "shop erased", done.retailer_id, detail),
            )
            return done, counts

        self.core.requests.flush()  # timings that wait in memory name its people
        done, counts = self.core.store.write(work, lambda _: self._steps.forget(retailer_id))
        self._models.refresh_soon()  # the model in place knows the shop by its old name
        log.info("%s: erased", done.retailer_id)
        return Erased(done.retailer_id, done.name, counts.removed, counts.anonymised)


def _packed(cursor: Cursor, retailer_id: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, frame in retailer_export.frames(cursor, retailer_id).items():
            archive.writestr(f"{name}.csv", inert_frame(frame).to_csv(index=False).encode())
    return packed.getvalue()
