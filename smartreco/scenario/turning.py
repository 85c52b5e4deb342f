"""Where those turn who could not have what they wanted, or found it too dear.

Of what a product loses a share goes to products of its kind, in proportion to what each of
them sells; of what it gains the same share is taken from them. A product is no substitute
for itself.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy import sparse

from smartreco.forecast.arrays import Floats, Texts

MOST_TAKEN: Final = 0.9  # of what a product sells, that another can draw off it
NOTHING: Final = 1e-9


def turned(like: Texts, lost: Floats, sells: Floats, share: Floats) -> Floats:
    """What each product gains (below 0: loses) by what happened to others of its kind.

    Parameters
    ----------
    like
        Kind of each product.
    lost
        Pieces that it lost (below 0: gained) by its own doing: products x weeks x draws.
    sells
        What it sells without the others' customers; same shape.
    share
        Of lost pieces that turn to like products: one a draw.

    Returns
    -------
    products x weeks x draws. Of 10 lost, of which 0.5 turn to two others that sell 3 and 1:

    >>> lost, sells = np.array([10.0, 0, 0]), np.array([0.0, 3, 1])
    >>> like, share = np.array(["a", "a", "a"]), np.array([0.5])
    >>> turned(like, lost[:, None, None], sells[:, None, None], share).ravel()[1:]
    array([3.75, 1.25])
    """
    _, code = np.unique(like, return_inverse=True)
    n, weeks, draws = lost.shape
    member = sparse.csr_array((np.ones(n), (code, np.arange(n))), shape=(int(code.max()) + 1, n))

    def over_kind(values: Floats) -> Floats:
        made = member @ values.reshape(n, weeks * draws)
        return np.asarray(made).reshape(-1, weeks, draws)[code]

    others = over_kind(sells) - sells
    of_others = np.divide(lost, others, out=np.zeros_like(lost), where=others > NOTHING)
    gain = share * sells * (over_kind(of_others) - of_others)
    return np.asarray(np.maximum(gain, -MOST_TAKEN * sells))
