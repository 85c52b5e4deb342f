"""How many pieces of a product a shop orders at a time.

Every page names a quantity that the shop could order: whole cases, or parts of a case where the
shop's own orders are such parts.
"""

from __future__ import annotations

import numpy as np

from smartreco.stock.arrays import Floats, Ints


def order_step(usual: Floats | Ints, case_size: Ints) -> Ints:
    """The case, or the largest part of it that the shop's usual order is made of.

    >>> order_step(np.array([24, 18, 7]), np.array([12, 36, 12]))
    array([12, 18,  1])
    """
    pieces = np.maximum(np.rint(usual).astype(np.int64), 1)
    return np.asarray(np.gcd(pieces, np.maximum(case_size, 1)))
