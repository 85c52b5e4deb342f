"""Which rows a signed-in account may see. Roles are checked where a method is declared."""

from __future__ import annotations

from smartreco.entities import Principal, Role
from smartreco.errors import NotAllowedError

EVERYONE = frozenset(Role)
STAFF = frozenset({Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})
SHOPPERS = STAFF | {Role.RETAILER}


def require_role(principal: Principal, roles: frozenset[Role], what: str) -> None:
    """Refuse a role that is not among `roles`.

    Raises
    ------
    NotAllowedError
        The role may not do `what`.
    """
    if principal.role not in roles:
        allowed = ", ".join(sorted(role.value.replace("_", " ") for role in roles))
        raise NotAllowedError(
            f"{what} is for {allowed}", f"the role {principal.role.value.replace('_', ' ')}",
            "sign in with another account or ask your administrator",
        )  # fmt: skip


def require_own_password(principal: Principal) -> None:
    """Refuse an account whose password somebody else has chosen.

    Raises
    ------
    NotAllowedError
        It has to choose another first.
    """
    if principal.must_change:
        raise NotAllowedError(
            "an account is used with a password that only its owner knows",
            "one that somebody else has chosen",
            "sign in to the page and choose a new password",
        )


def require_retailer(principal: Principal, retailer_id: str) -> None:
    """Refuse a retailer that is not the account's own; staff may see every one.

    Raises
    ------
    NotAllowedError
        The retailer is another's. The words do not say whether it exists.
    """
    if principal.role in STAFF:
        return
    if principal.role is Role.RETAILER and principal.retailer_id == retailer_id:
        return
    raise NotAllowedError(
        "an account sees its own shop only", "another shop's id", "open your own page"
    )


def require_vendor(principal: Principal, vendor_id: str) -> None:
    """Refuse a vendor that is not the account's own; staff may see every one.

    Raises
    ------
    NotAllowedError
        The vendor is another. The words do not say whether it exists.
    """
    if principal.role in STAFF:
        return
    if principal.role is Role.VENDOR and principal.vendor_id == vendor_id:
        return
    raise NotAllowedError(
        "an account sees its own products only", "another vendor's id", "open your own page"
    )
