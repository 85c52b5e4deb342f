"""From a what-if's proposal to a recipe that can be published."""

from __future__ import annotations

from dataclasses import replace

from smartreco.errors import InputError, NotFoundError
from smartreco.recommend.recipe import Recipe
from smartreco.scenario.levers.blend import BlendWeights
from smartreco.scenario.scenario import Scenario
from smartreco.store import blend_proposals
from smartreco.store.connection import Cursor
from smartreco.workspace.blend.views import ProposedRecipe


def carried(cursor: Cursor, proposal_id: int, base: Recipe) -> ProposedRecipe:
    """The proposal's weights over a recipe, and the levers that no recipe holds.

    Raises
    ------
    InputError
        It moves no weights.
    NotFoundError
        There is no such proposal.
    """
    rows = {row.proposal_id: row for row in blend_proposals.every(cursor)}
    if proposal_id not in rows:
        raise NotFoundError(
            "a proposal is named by its number", str(proposal_id), "list the proposals"
        )
    levers = Scenario.from_dict(rows[proposal_id].content).levers
    blend = base.blend
    for lever in levers:
        if isinstance(lever, BlendWeights):
            blend = lever.blend(blend)
    left_out = tuple(lever for lever in levers if not isinstance(lever, BlendWeights))
    if len(left_out) == len(levers):
        raise InputError(
            "a recipe comes of weights", "a proposal without any", "add its rules by hand"
        )
    said = tuple(sentence for lever in left_out for sentence in lever.describe())
    return ProposedRecipe(replace(base, blend=blend), said)
