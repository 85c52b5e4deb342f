"""From frames as their files hold them to clean data, every row accounted for.

Pure: frames in, frames and an account out; the day of the import comes in as
``today``. Reading a value is not fixing it: trimmed spaces, a number in the
form of its column, an id stored as ``17850.0`` leave a row *kept*. A row is
*fixed* if its value had to be changed, *quarantined* if it cannot be used.
Cleaning clean data changes nothing.
"""

from smartreco.dataset.cleaning.ledger import ChangedRows
from smartreco.dataset.cleaning.netting import net_returns
from smartreco.dataset.cleaning.options import CleaningOptions
from smartreco.dataset.cleaning.pipeline import Cleaned, clean

__all__ = ["ChangedRows", "Cleaned", "CleaningOptions", "clean", "net_returns"]
