"""What each further case of a product is worth: the first most, each next one less."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats, Ints
from smartreco.stock.outcomes import Outcomes
from smartreco.stock.rounding import Costs

LOTS: Final = 6  # steps in which a product's cases are weighed


@dataclass(frozen=True, slots=True)
class Lots:
    """Cases in each step of a product, and the expected currency each case of it brings.

    Both are products x lots; a step without cases brings nothing; steps never bring more
    than the one before.
    """

    cases: Ints
    worth: Floats


def make_lots(ahead: Outcomes, position: Floats, case_size: Ints, costs: Costs, most: Ints) -> Lots:
    """Weigh up to `most` cases of every product.

    The worth of a case is what it lowers the expected cost of stock by: pieces that would
    be asked for in vain, less pieces that would be left over.

    Parameters
    ----------
    most
        Cases that may be ordered: those that could be of use, and that the vendor has.
    """
    edges = np.ceil(most[:, None] * (np.arange(1, LOTS + 1) / LOTS) ** 1.5 - 1e-9).astype(np.int64)
    edges = np.concatenate([np.zeros((len(most), 1), dtype=np.int64), edges], axis=1)
    cases = np.diff(edges, axis=1)
    cost = np.stack(
        [costs.of(position + edges[:, at] * case_size, ahead) for at in range(LOTS + 1)], axis=1
    )
    gain = -np.diff(cost, axis=1) / np.maximum(cases, 1)
    return Lots(cases, np.where(cases > 0, gain, 0.0))
