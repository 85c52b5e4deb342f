"""What the page keeps for a browser tab."""

from __future__ import annotations

from pages.state import Slot
from smartreco.workspace.accounts.views import OneTimeLink


class AccountsState:
    """The link waits here until its reader has taken it; the store holds none."""

    link = Slot[OneTimeLink | None](None)
    invited = Slot(False)  # whether the link is of a new account
    opened = Slot[str | None](None)  # username of the account whose acts are shown
    added = Slot(0)  # how many were added: an empty form for the next


state = AccountsState()
