"""A model's parts as plain arrays and back, so that a restart need not fit again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, TypedDict

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName
from smartreco.recommend.blend import Blend, Weights
from smartreco.recommend.market import Market
from smartreco.recommend.packing import Arrays, pack, signature, unpack
from smartreco.recommend.probability import Calibration
from smartreco.recommend.scorer import Scorer
from smartreco.recommend.scorers import SCORERS

FORMAT: Final = signature(Market, Calibration, *SCORERS.values())
"""Of the arrays: follows from the fields of everything that is kept, so that a changed
class never reads what an older one wrote."""


class Parts(TypedDict):
    """What makes a `model.Model`."""

    market: Market
    scorers: Mapping[str, Scorer[Any]]
    blend: Blend
    floors: Mapping[ListName, Weights]
    calibration: Calibration | None
    facts: Mapping[str, Any]
    calibrated: Blend | None


def to_arrays(parts: Parts) -> Arrays:
    """Everything as arrays for `numpy.savez`; small things as JSON, nothing pickled."""
    plain = {
        "format": FORMAT,
        "blend": parts["blend"].to_dict(),
        "floors": {name.value: dict(one) for name, one in parts["floors"].items()},
        "facts": dict(parts["facts"]),
        "calibrated": None if parts["calibrated"] is None else parts["calibrated"].to_dict(),
    }
    arrays: Arrays = {"model": np.array(json.dumps(plain))}
    arrays |= pack(parts["market"], "market.")
    for name, scorer in parts["scorers"].items():
        arrays |= pack(scorer, f"{name}.", leave_out=("market",))
    if parts["calibration"] is not None:
        for one, found in parts["calibration"].coefficients.items():
            arrays[f"calibration.{one.value}"] = found
    return arrays


def from_arrays(arrays: Mapping[str, npt.NDArray[Any]]) -> Parts:
    """Read what `to_arrays` wrote.

    Raises
    ------
    ValueError, KeyError
        The arrays are of another version.
    """
    plain = json.loads(str(arrays["model"]))
    if plain["format"] != FORMAT:
        raise ValueError(f"model arrays have format {FORMAT}; found {plain['format']}")
    market = unpack(Market, arrays, "market.")
    found = {
        name: arrays[f"calibration.{name.value}"]
        for name in ListName
        if f"calibration.{name.value}" in arrays
    }
    return Parts(
        market=market,
        scorers={
            name: unpack(kind, arrays, f"{name}.", market=market) for name, kind in SCORERS.items()
        },
        blend=Blend.from_dict(plain["blend"]),
        floors={ListName(name): one for name, one in plain["floors"].items()},
        calibration=Calibration(found) if found else None,
        facts=plain["facts"],
        calibrated=Blend.from_dict(plain["calibrated"]) if plain.get("calibrated") else None,
    )
