"""Shops of one kind: whom a newcomer is compared with before it has ordered anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import CITY, REGION, SEGMENT

EVERYONE: Final = "everyone"
LADDER: Final = ((SEGMENT, REGION), (SEGMENT,), (REGION,), (CITY,))
"""Ways to group shops, the closest first; everyone comes last."""

FEWEST = 12  # ordering shops that a group needs before it speaks for its members


@dataclass(frozen=True)
class Groups:
    """Each shop's closest group that is large enough.

    Attributes
    ----------
    of_shop
        Group of each shop; group 0 is everyone.
    kind
        One a group: everyone, or the columns joined by "+", such as ``segment+region``.
    label
        Groups x 2: values of those columns, "" beyond.
    """

    of_shop: npt.NDArray[np.int64]
    kind: npt.NDArray[np.str_]
    label: npt.NDArray[np.str_]

    @classmethod
    def of_retailers(cls, retailers: pd.DataFrame, ordering: npt.NDArray[np.bool_]) -> Groups:
        """Walk the ladder from everyone to the closest group.

        Parameters
        ----------
        retailers
            Columns of `History.retailers`.
        ordering
            Whether each shop has ordered anything: only those make a group large.
        """
        of_shop = np.zeros(len(retailers), dtype=np.int64)
        kinds, labels = [EVERYONE], [("", "")]
        for columns in reversed(LADDER):
            known = retailers[list(columns)].reset_index(drop=True).dropna().astype(str)
            for values, rows in known.groupby(list(columns)).indices.items():
                members = known.index.to_numpy()[rows]
                if ordering[members].sum() < FEWEST:
                    continue
                of_shop[members] = len(kinds)
                kinds.append("+".join(columns))
                names = values if isinstance(values, tuple) else (values,)
                labels.append((*names, "")[:2])
        return cls(of_shop, np.array(kinds), np.array(labels, dtype=np.str_).reshape(-1, 2))

    def __len__(self) -> int:
        return len(self.kind)
