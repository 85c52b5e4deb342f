"""All contenders: the key on the command line, the name in the table."""

from __future__ import annotations

from typing import Final

from benchmarks.rivals.implicit_models import IMPLICIT
from benchmarks.rivals.ours import OURS
from benchmarks.rivals.published import PUBLISHED
from benchmarks.rivals.rusket_models import RUSKET
from benchmarks.rivals.served import Contender

CONTENDERS: Final[dict[str, Contender]] = {**OURS, **PUBLISHED, **IMPLICIT, **RUSKET}

NAMES: Final = {
    "ours": "**SmartReco**",
    "popularity": "Popularity",
    "own_frequency": "Own frequency",
    "item_knn": "ItemKNN",
    "ease": "EASE",
    "up_cf": "UP-CF",
    "tifu_knn": "TIFU-KNN",
    "implicit_als": "implicit ALS",
    "implicit_bm25": "implicit BM25",
    "implicit_bpr": "implicit BPR",
    "rusket_ease": "rusket EASE",
}
