"""People: signing in, sessions, accounts, the demo's accounts and the first admin."""

from __future__ import annotations

from collections.abc import Callable

from smartreco.workspace.accounts.administration import Administration
from smartreco.workspace.accounts.bindings import Bindings
from smartreco.workspace.accounts.demo import DemoAccounts
from smartreco.workspace.accounts.first_admin import FirstAdmin
from smartreco.workspace.accounts.listing import AccountList
from smartreco.workspace.accounts.one_time_links import OneTimeLinks
from smartreco.workspace.accounts.own_account import OwnAccount
from smartreco.workspace.accounts.signing_in import SigningIn
from smartreco.workspace.core import Core
from smartreco.workspace.operating.audit_trail import AuditTrail


class People(
    SigningIn, OwnAccount, OneTimeLinks, AccountList, Administration, DemoAccounts, FirstAdmin,
    Bindings, AuditTrail,
):  # fmt: skip
    """Use cases on accounts and sessions, one file a subject.

    ``announce_setup`` is what the application does with a fresh set-up token
    (log its link); the command line leaves it None, since whoever runs it can
    add an admin there.
    """

    def __init__(self, core: Core) -> None:
        super().__init__(core)
        self.announce_setup: Callable[[str], None] | None = None

    def data_changed(self, demo: bool, retailer_id: str | None, vendor_id: str | None) -> None:
        """Follow the data set: demo accounts exist exactly while it may be shown to anyone.

        Parameters
        ----------
        demo
            Whether demo accounts may exist.
        retailer_id, vendor_id
            The shop and the vendor that they are bound to; None where there is none.
        """
        if demo:
            self.ensure_demo_accounts(retailer_id, vendor_id)
            return
        self.remove_demo_accounts()
        if self.announce_setup is not None and self.needs_first_admin():
            self.announce_setup(self.offer_setup())
