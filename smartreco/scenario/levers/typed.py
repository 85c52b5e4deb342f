"""Whether a setting of a lever has its type: said once for all levers, from their type hints.

Settings come from files and saved text, where anything may stand. A lever's own checks are
about ranges and names; they may rely on the types.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from smartreco.errors import InputError

LONGEST: Final = 60  # characters of a value that an error repeats

#: By the origin of a type hint: what it is called, and how one is written.
WORDS: Final[Mapping[Any, tuple[str, str]]] = {
    str: ("a text", 'write it in quotes, as "rice"'),
    bool: ("true or false", "write one of them, without quotes"),
    int: ("a whole number", "write digits only, as 3"),
    float: ("a number", "write it without quotes, as 0.1"),
    tuple: ("a list of texts", 'write it in brackets, as ["rice"]'),
    Mapping: ("a table of numbers", "write it as {name = 0.5}"),
}


def typed(lever: type, name: str, value: object) -> Any:
    """The value of a setting as the lever holds it: a list becomes a tuple.

    Parameters
    ----------
    lever
        A dataclass with a ``kind``.

    Raises
    ------
    InputError
        It is not of the type that the lever declares.
    """
    hint = _hints(lever)[name]
    if _fits(value, hint):
        return tuple(value) if isinstance(value, list) else value
    said, action = WORDS[_outer(hint)]
    found = repr(value)
    raise InputError(
        f"{name} of a {lever.kind} lever is {said}",  # type: ignore[attr-defined]
        found if len(found) <= LONGEST else f"{found[:LONGEST]}…",
        action,
    )


def _outer(hint: Any) -> Any:
    """What a hint is, whatever it is of and whether or not it may be left open."""
    if isinstance(hint, UnionType):
        (hint,) = (one for one in get_args(hint) if one is not NoneType)
    origin = get_origin(hint) or hint
    return Mapping if isinstance(origin, type) and issubclass(origin, Mapping) else origin


def _fits(value: object, hint: Any) -> bool:
    if isinstance(hint, UnionType):
        return any(_fits(value, one) for one in get_args(hint))
    match get_origin(hint) or hint:
        case origin if origin is tuple:
            one = get_args(hint)[0]
            return isinstance(value, list | tuple) and all(_fits(each, one) for each in value)
        case origin if isinstance(origin, type) and issubclass(origin, Mapping):
            key, one = get_args(hint)
            return isinstance(value, Mapping) and all(
                _fits(name, key) and _fits(each, one) for name, each in value.items()
            )
        case origin if origin is float:
            return _is_number(value)
        case origin if origin is int:
            return isinstance(value, int) and not isinstance(value, bool)
        case origin:
            return isinstance(value, origin)


def _is_number(value: object) -> bool:
    """Whether it is one that can be reckoned with: true, false, and infinity are none."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond all others
        return False


@cache
def _hints(lever: type) -> Mapping[str, Any]:
    return get_type_hints(lever)
