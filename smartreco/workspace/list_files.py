"""Lists as files and programs take them: a row a line, reasons as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pandas as pd

from smartreco.columns import RECOMMENDATION_COLUMNS
from smartreco.entities import Reason, Recommendation
from smartreco.language import Language
from smartreco.recommend.templates import render


def list_frame(lines: Sequence[Recommendation], language: Language) -> pd.DataFrame:
    """Columns `RECOMMENDATION_COLUMNS`; a probability that nothing supports is missing."""
    rows = [
        (
            line.retailer_id, line.list.value, line.rank, line.product_id, line.score,
            np.nan if line.probability is None else line.probability,
            reasons_json(line.reasons, language),
        )
        for line in lines
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(RECOMMENDATION_COLUMNS))


def reasons_json(reasons: Sequence[Reason], language: Language) -> str:
    """Reasons as the files and the API give them: component, contribution, text, evidence."""
    return json.dumps(
        [
            {
                "component": reason.component,
                "contribution": reason.contribution,
                "text": render(reason, language),
                "evidence": [
                    {"kind": one.kind, "id": one.id, "value": one.value} for one in reason.evidence
                ],
            }
            for reason in reasons
        ],
        ensure_ascii=False,
    )
