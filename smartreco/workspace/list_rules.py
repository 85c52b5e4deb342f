"""What holds for a list whoever reads it, and what one shop and one reader add to it."""

from __future__ import annotations

from collections.abc import Sequence

from smartreco.recommend.rules import Plan, Rules
from smartreco.workspace.models import Fitted
from smartreco.workspace.rule_views import PLACES
from smartreco.workspace.views import ListFilter


def rules_for(
    fitted: Fitted,
    plan: Plan,
    hidden: Sequence[str] = (),
    wanted: ListFilter | None = None,
    ordered: Sequence[str] = (),
) -> Rules:
    """What holds for all, what the shop hid or has just ordered, what the reader filters by.

    Who asks for one vendor or a word sees all there is: nobody's places are counted then.
    """
    filtered = wanted is not None and wanted != ListFilter()
    return Rules(
        available=fitted.catalogue.orderable,
        eligible=fitted.catalogue.matching(wanted) if wanted and filtered else None,
        excluded=frozenset(hidden),
        ordered=frozenset(ordered),
        plan=plan.unplaced if filtered else plan,
        places=PLACES,
    )
