"""Our measures shop by shop in a few kilobytes, so that two kept runs can be held against
each other over the same shops.

A measure lies in 0..1 and is kept in steps of 1/65534, a thousandth of what any mean is
shown to; which shops and orders were judged is kept as a fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Floats = npt.NDArray[np.float64]

MOST: Final = 65534
UNKNOWN: Final = 65535  # no measure


@dataclass(frozen=True, slots=True)
class EachShop:
    """Measures of the judged shops, in their order.

    Attributes
    ----------
    judged
        Fingerprint of the shops and of what each of them ordered: the same for two runs
        that asked the same question.
    packed
        By measure (`pack`).
    """

    judged: str
    packed: Mapping[str, str]

    def values(self, measure: str) -> Floats:
        """One measure, an entry a shop; NaN where a shop has none."""
        return unpack(self.packed[measure])

    @classmethod
    def of(cls, judged: str, values: Mapping[str, Floats]) -> EachShop:
        """Pack measures."""
        return cls(judged, {name: pack(one) for name, one in values.items()})

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any] | None) -> EachShop | None:
        """Read what `dataclasses.asdict` wrote; None for none."""
        return None if plain is None else cls(plain["judged"], dict(plain["packed"]))


def pack(values: Floats) -> str:
    """Shares of 1 as text.

    >>> unpack(pack(np.array([0.0, 0.5, 1.0, np.nan]))).tolist()
    [0.0, 0.5, 1.0, nan]
    """
    known = np.isfinite(values)
    steps = np.where(known, np.round(np.where(known, values, 0.0) * MOST), UNKNOWN)
    return base64.b64encode(zlib.compress(steps.astype("<u2").tobytes(), 9)).decode("ascii")


def unpack(packed: str) -> Floats:
    """What `pack` wrote, to within half a step."""
    steps = np.frombuffer(zlib.decompress(base64.b64decode(packed)), dtype="<u2")
    return np.where(steps == UNKNOWN, np.nan, steps / MOST)


def fingerprint(shops: Sequence[str], products: npt.NDArray[Any], relevant: sp.csr_array) -> str:
    """The same only for the same shops with the same orders.

    Parameters
    ----------
    shops
        Ids of the judged shops.
    products
        Ids of all products, of which ``relevant`` (judged shops x products) names some.
    """
    ordered = sp.csr_array(relevant, copy=True)
    ordered.sort_indices()
    made = hashlib.sha256("\n".join(shops).encode())
    made.update(ordered.indptr.astype("<i8").tobytes())
    made.update("\n".join(products[ordered.indices]).encode())
    return made.hexdigest()[:32]
