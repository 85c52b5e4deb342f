"""The facade over everything: one method a use case, permission checked on each."""

from smartreco.workspace.facade import Workspace
from smartreco.workspace.status import Phase, Status

__all__ = ["Phase", "Status", "Workspace"]
