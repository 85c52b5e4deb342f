"""The registry: a new scorer is one file and one line here."""

from __future__ import annotations

from typing import Any, Final

from smartreco.recommend.affinity import Affinity
from smartreco.recommend.collaborative import Collaborative
from smartreco.recommend.content import Content
from smartreco.recommend.peers import Peers
from smartreco.recommend.repurchase import Repurchase
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.succession import Succession

SCORERS: Final[dict[str, type[Scorer[Any]]]] = {
    scorer.name: scorer
    for scorer in (Repurchase, Collaborative, Succession, Peers, Content, Affinity)
}
