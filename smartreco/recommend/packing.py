"""Frozen dataclasses to plain arrays and back: no pickle, nothing that could run.

Arrays stay arrays, sparse matrices become three, everything else (settings,
names) becomes JSON. Field names are the keys, so a file can be looked into.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, get_args, get_type_hints

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Arrays = dict[str, npt.NDArray[Any]]
T = TypeVar("T")

SPARSE = ("data", "indices", "indptr", "shape")


def pack(given: Any, prefix: str = "", leave_out: tuple[str, ...] = ()) -> Arrays:
    """All fields of a dataclass as arrays, keys joined by dots."""
    packed: Arrays = {f"{prefix}class": np.array(type(given).__name__)}
    for field in dataclasses.fields(given):
        if field.name in leave_out:
            continue
        key, value = f"{prefix}{field.name}", getattr(given, field.name)
        if isinstance(value, np.ndarray):
            packed[key] = value
        elif isinstance(value, sp.csr_array):
            packed |= {f"{key}.{part}": np.asarray(getattr(value, part)) for part in SPARSE}
        elif dataclasses.is_dataclass(value):
            packed |= pack(value, f"{key}.")
        else:
            packed[key] = np.array(json.dumps(value))
    return packed


def unpack(kind: type[T], arrays: Mapping[str, Any], prefix: str = "", **given: Any) -> T:
    """Make a dataclass from what `pack` wrote; fields left out there are `given`.

    Raises
    ------
    KeyError
        A field is missing: the arrays are of another version.
    """
    hints = get_type_hints(kind)
    values: dict[str, Any] = dict(given)
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if field.name in values:
            continue
        key = f"{prefix}{field.name}"
        hint = _chosen(hints[field.name], arrays.get(f"{key}.class"))
        if dataclasses.is_dataclass(hint):
            values[field.name] = unpack(hint, arrays, f"{key}.")  # type: ignore[arg-type]
        elif f"{key}.indptr" in arrays:
            values[field.name] = sp.csr_array(
                tuple(arrays[f"{key}.{part}"] for part in SPARSE[:3]),
                shape=tuple(arrays[f"{key}.shape"]),
            )
        elif hint in (int, float, str, bool):
            values[field.name] = json.loads(str(arrays[key]))
        else:
            values[field.name] = arrays[key]
    return kind(**values)


def signature(*kinds: type[Any]) -> str:
    """A short text that changes when a field of these dataclasses, or of one inside, does."""
    told: dict[str, dict[str, str]] = {}
    waiting: list[Any] = list(kinds)
    while waiting:
        kind = waiting.pop()
        name = f"{kind.__module__}.{kind.__qualname__}"
        if name in told:
            continue
        hints = get_type_hints(kind)
        fields = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
        told[name] = {field: str(hint) for field, hint in fields.items()}
        members = [one for hint in fields.values() for one in (get_args(hint) or (hint,))]
        waiting += [one for one in members if dataclasses.is_dataclass(one)]
    plain = json.dumps(told, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def _chosen(hint: Any, name: Any) -> Any:
    """The member of a union that was packed."""
    if not isinstance(hint, UnionType):
        return hint
    return {member.__name__: member for member in get_args(hint)}[str(name)]
