"""An entry of the audit log as a sentence: a template an act, and one for acts not known here.

``{who}`` did it, ``{what}`` is to what; the other places are details of the entry. An entry
without a detail that its template names is told by the plain template.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from pages.account import roles
from smartreco.entities import OPERATOR, Role
from smartreco.language import Language
from smartreco.store.audit import Entry
from smartreco.workspace.accounts.usernames import NOBODY

PROGRAM: Final = "smartreco"
ROLES: Final = frozenset(role.value for role in Role)
TEMPLATES: Final[Mapping[str, str]] = {
    "signed in": "{who} signed in",
    "signed out": "{who} signed out",
    "sign-in failed": "{who} gave a wrong password at the sign-in",
    "sign-in locked": "{who} gave too many wrong passwords and was locked out for a while",
    "password change failed": "{who} gave a wrong present password to change it",
    "password change locked": "{who} gave too many wrong passwords to change it",
    "first admin set up": "{who} set up the first administrator’s account",
    "account added": "{who} added the account {what} ({role})",
    "account disabled": "{who} disabled the account {what}",
    "account enabled": "{who} enabled the account {what} again",
    "account changed": "{who} changed the account {what}",
    "account unlocked": "{who} let {what} try to sign in again before the lock-out ended",
    "password reset": "{who} made a one-time link for {what} to choose a new password",
    "password changed": "{who} changed the own password",
    "password chosen by link": "{who} chose a password by a one-time link",
    "sessions ended": "{who} signed {what} out in every browser",
    "session ended": "{who} ended a session in another browser",
    "signed out everywhere": "{who} signed out in every other browser",
    "API key made": "{who} made an API key for {what}",
    "API key revoked": "{who} revoked an API key of {what}",
    "backup made": "{who} made the backup {what} of {rows} rows",
    "store restored": "{who} restored the store from {what}",
    "shop exported": "{who} took away everything that is held on shop {what}",
    "shop erased": "{who} erased a shop’s identity; it is {what} now",
    "old rows forgotten": "{who} removed what is older than the settings keep",
    "demo account added": "{who} added the demo account {what} ({role})",
    "demo account renewed": "{who} renewed the demo account {what} ({role})",
    "demo account removed": "{who} removed the demo account {what} ({role})",
    "data.made": "{who} put demo data in place: {what}, {read} rows",
    "data.replaced": "{who} replaced the data by {what}: {read} rows read, {quarantined} set aside",
    "data.imported": "{who} imported into {what}: {read} rows read, {quarantined} set aside",
    "rule added": "{who} published {what} on shops’ lists",
    "rule changed": "{who} changed {what} on shops’ lists",
    "rule removed": "{who} took {what} off shops’ lists",
    "blend published": "{who} put {what} in force: {why}",
    "blend rolled back": "{who} went back to {what}: {why}",
    "blend learned": "{who} learned {what} from the orders",
    "blend altered": "{who} found {what} {is} and does not serve it",
    "blend proposed": "{who} proposed the blend of “{scenario}” to the analysts",
    "scenario saved": "{who} saved the what-if “{name}”",
    "scenario changed": "{who} changed {what}",
    "scenario renamed": "{who} renamed {what}",
    "scenario copied": "{who} copied scenario {of} as {what}",
    "scenario deleted": "{who} deleted the what-if “{name}”",
    "scenario fetched back": "{who} brought the what-if “{name}” back",
    "order.placed": "{who} placed order {what} with {lines} lines",
    "order.cancelled": "{who} called order {what} off",
    "order.confirmed": "{who} confirmed order {what}",
    "order.delivered": "{who} marked order {what} as delivered",
    "order.part_confirmed": "{who} confirmed vendor {vendor}’s part of order {what}",
    "order.part_delivered": "{who} delivered vendor {vendor}’s part of order {what}",
    "order.part_cancelled": "{who} refused vendor {vendor}’s part of order {what}: {reason}",
    "vendor.settings": "{who} set how vendor {what} restocks",
    "vendor.counted": "{who} counted the stock of {products} products of vendor {what}",
    "vendor.uncounted": "{who} took the count of {products} products of vendor {what} back",
    "vendor.changed": "{who} changed the terms of vendor {what}",
    "vendor.undone": "{who} took a change of vendor {what}’s terms back",
    "product.changed": "{who} changed product {what}",
    "product.undone": "{who} took a change of product {what} back",
    "promotion.added": "{who} added a promotion of {what}",
    "promotion.changed": "{who} changed a promotion of {what}",
    "promotion.called_off": "{who} called a promotion of {what} off",
    "promotion.ended": "{who} ended a promotion of {what} early",
    "promotion.undone": "{who} took a change of {what}’s promotion back",
    "shelf.counted": "{who} counted the stock of {products} products in shop {what}",
    "shelf.uncounted": "{who} took the count of {products} products in shop {what} back",
    "shelf.settings": "{who} set how shop {what} restocks",
}
PLAIN: Final = "{who}: {act} ({what})"
BARE: Final = "{who}: {act}"


def sentence(entry: Entry, language: Language) -> str:
    """The entry as a reader's sentence, without markup."""
    values = {
        **_shown_details(entry.detail, language),
        "who": person(entry.username, language), "what": entry.subject,
    }  # fmt: skip
    template = TEMPLATES.get(entry.action)
    if template is not None:
        with suppress(KeyError):
            return language.text(template, **values)
    act = entry.action.replace(".", " ").replace("_", " ")
    plain = PLAIN if entry.subject and entry.subject != entry.username else BARE
    return language.text(plain, act=act, **values)


def person(username: str, language: Language) -> str:
    """Who did it; the program and whoever sits at its machine have no account."""
    if username == PROGRAM:
        return language.text("The program")
    if username == NOBODY:
        return language.text("Somebody without an account")
    if username == OPERATOR.username:
        return language.text("The operator at the machine")
    return username


def details(entry: Entry, language: Language) -> tuple[tuple[str, str], ...]:
    """What else was written, as names and values in words; the same names as in the file."""
    return tuple(
        (name.replace("_", " "), _in_words(name, value, language))
        for name, value in entry.detail.items()
        if value is not None
    )


def _shown_details(detail: Mapping[str, object], language: Language) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for name, value in detail.items():
        if name in ("who", "what", "act", "message"):
            continue  # places of the templates' own
        plain = isinstance(value, int | float) and not isinstance(value, bool)
        shown[name] = value if plain else _in_words(name, value, language)
    return shown


def _in_words(name: str, value: object, language: Language) -> str:
    match value:
        case str() if name == "role" and value in ROLES:
            return language.text(roles.ONE[Role(value)]).lower()
        case None | "":
            return "–"
        case bool():
            return language.text("yes") if value else language.text("no")
        case dict():
            inner = (f"{key.replace('_', ' ')} {_in_words(key, one, language)}"
                     for key, one in value.items())  # fmt: skip
            return ", ".join(inner)
        case list():
            return " → ".join(_in_words("", one, language) for one in value) or "–"
        case _:
            return language.show(value)
