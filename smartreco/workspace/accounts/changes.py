"""What holds for an account whatever an admin does to it."""

from __future__ import annotations

from dataclasses import replace

from smartreco.entities import Role
from smartreco.errors import InputError, NotFoundError
from smartreco.store import accounts
from smartreco.store.accounts import Account
from smartreco.store.connection import Cursor


def changed(
    before: Account, name: str | None, role: Role | None, retailer_id: str | None,
    vendor_id: str | None,
) -> Account:  # fmt: skip
    """An account with what is not None in place; a binding that the role does not have goes."""
    after = role or before.role
    shop = retailer_id or (before.retailer_id if after is Role.RETAILER else None)
    vendor = vendor_id or (before.vendor_id if after is Role.VENDOR else None)
    called = (name or "").strip() or before.name
    return replace(before, name=called, role=after, retailer_id=shop, vendor_id=vendor)


def require_another_admin(cursor: Cursor, account: Account) -> None:
    """Refuse to shut out or demote the last admin who can sign in.

    Raises
    ------
    InputError
        No other admin is there who is neither disabled nor without a password.
    """
    able = {
        one.username
        for one in accounts.every(cursor)
        if one.role is Role.ADMIN and not one.disabled and one.has_password
    }
    if able == {account.username}:
        raise InputError(
            "one admin stays", f"{account.username}, the last one", "add another admin first"
        )


def require_row_scope(cursor: Cursor, account: Account) -> None:
    """Refuse a binding that does not fit the role or the data set.

    A retailer's account names a shop, a vendor's a vendor, others neither.

    Raises
    ------
    InputError
        The role's shop or vendor is missing, or one is named that the role does not have.
    NotFoundError
        The shop or vendor is not in this data set.
    """
    wants_shop, wants_vendor = account.role is Role.RETAILER, account.role is Role.VENDOR
    if bool(account.retailer_id) != wants_shop or bool(account.vendor_id) != wants_vendor:
        raise InputError(
            "a retailer's account names its shop, a vendor's its vendor, and no other names one",
            f"role {account.role.value}, shop {account.retailer_id}, vendor {account.vendor_id}",
            "give the one that fits the role",
        )
    if account.retailer_id and accounts.retailer_name(cursor, account.retailer_id) is None:
        raise NotFoundError(
            "a shop of this data set is needed", account.retailer_id, "check the retailer's id"
        )
    if account.vendor_id and accounts.vendor_name(cursor, account.vendor_id) is None:
        raise NotFoundError(
            "a vendor of this data set is needed", account.vendor_id, "check the vendor's id"
        )
