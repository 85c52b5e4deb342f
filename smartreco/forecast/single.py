"""One series looked at closely: its parts, classical models beside ours, and their errors.

The panel forecaster serves every page; this is for whoever wants to know what a single
series is like, and whether a textbook model would have done better on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.errors import NotEnoughDataError
from smartreco.forecast.accuracy import covered, pinball, rmsse
from smartreco.forecast.arrays import Floats, Mask
from smartreco.forecast.scale import step_scale
from smartreco.forecast.single_models import ETS, UCM, Fit, fit
from smartreco.forecast.single_parts import Components, take_apart
from smartreco.forecast.single_residuals import Diagnostics, diagnose

OURS, NAIVE, MEAN_OF_8 = "smartreco", "naive", "mean_of_8_weeks"
FEWEST_WEEKS: Final = 26  # for a model of its own
FEWEST_SOLD: Final = 12  # weeks with sales among them
FEWEST_KNOWN: Final = 26  # weeks before an origin on which a model is judged
ORIGINS: Final = 4

#: How far the work is, 0..1.
Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A forecast: weeks, and weeks x 5 quantiles."""

    mean: Floats
    quantiles: Floats


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Errors of a method on weeks that it did not know, means over origins.

    ``rmsse`` and ``pinball`` in naive steps, less is better; both None without quantiles
    or origins; ``covered_80``: share of weeks inside the band that should hold 80 %.
    """

    method: str
    rmsse: float
    pinball: float | None
    covered_80: float | None


@dataclass(frozen=True, slots=True)
class Study:
    """What is known of one series.

    Attributes
    ----------
    components
        The series taken apart.
    ahead
        Coming weeks by method, ours first.
    forms
        Which form of each classical model was taken.
    diagnostics
        By classical model; one that could not be looked at is left out.
    held_out
        The least error first; empty where the past is too short to hold anything out.
    origins
        Weeks of the past at which forecasts were made again.
    """

    components: Components
    ahead: Mapping[str, Ahead]
    forms: Mapping[str, str]
    diagnostics: Mapping[str, Diagnostics]
    held_out: tuple[HeldOut, ...]
    origins: tuple[int, ...]


def require_enough(demand: Floats) -> None:
    """Refuse a series that says too little.

    Raises
    ------
    NotEnoughDataError
        Under `FEWEST_WEEKS` weeks, or under `FEWEST_SOLD` with sales.
    """
    sold = int((demand > 0).sum())
    if len(demand) < FEWEST_WEEKS or sold < FEWEST_SOLD:
        raise NotEnoughDataError(
            f"a model of one series needs {FEWEST_WEEKS} weeks, {FEWEST_SOLD} of them with sales",
            f"{len(demand)} weeks, {sold} with sales", "choose a larger series",
        )  # fmt: skip


def origins_of(weeks: int, horizon: int, most: int = ORIGINS) -> tuple[int, ...]:
    """Weeks to forecast from again: half a horizon apart, the last a horizon before the end.

    >>> origins_of(100, 8)
    (80, 84, 88, 92)
    >>> origins_of(36, 8)
    (28,)
    """
    apart = max(1, horizon // 2)
    cuts = [weeks - horizon - apart * back for back in range(most)][::-1]
    return tuple(cut for cut in cuts if cut >= FEWEST_KNOWN)


def study(
    demand: Floats,
    observed: Mask,
    ours: Ahead,
    ours_then: Sequence[Ahead],
    tell: Tell = lambda share: None,
) -> Study:
    """Look at one series.

    Parameters
    ----------
    demand
        Pieces of each week, weeks without stock filled.
    observed
        Weeks that a forecast may be judged by.
    ours
        Our forecast of the coming weeks.
    ours_then
        Ours as it would have been at each of `origins_of`.

    Raises
    ------
    NotEnoughDataError
        Under `FEWEST_WEEKS` weeks, or nearly nothing sold in them.
    """
    require_enough(demand)
    horizon = len(ours.mean)
    fits: dict[str, Fit] = {}
    for at, model in enumerate((ETS, UCM)):
        fits[model] = fit(model, demand, horizon)
        tell((at + 1) / 4)
    cuts = origins_of(len(demand), horizon)
    found = _held_out(demand, observed, cuts, dict(zip(cuts, ours_then, strict=True)), tell)
    looked_at = {model: diagnose(one.residuals) for model, one in fits.items()}
    return Study(
        components=take_apart(demand, fits[UCM]),
        ahead={OURS: ours} | {m: Ahead(one.mean, one.quantiles) for m, one in fits.items()},
        forms={model: one.form for model, one in fits.items()},
        diagnostics={model: one for model, one in looked_at.items() if one is not None},
        held_out=found,
        origins=cuts,
    )


def _held_out(
    demand: Floats, observed: Mask, cuts: Sequence[int], ours: Mapping[int, Ahead], tell: Tell
) -> tuple[HeldOut, ...]:
    """Every method at every origin; the form of a model is chosen at the first and kept."""
    measured: dict[str, list[tuple[float, float, float]]] = {}
    forms: dict[str, str | None] = {ETS: None, UCM: None}
    for at, cut in enumerate(cuts):
        known, horizon = demand[:cut], len(ours[cut].mean)
        actual = demand[cut : cut + horizon]
        if not observed[cut : cut + horizon].all():
            continue
        made = {OURS: ours[cut]} | _simple(known, horizon)
        for model in (ETS, UCM):
            fitted = fit(model, known, horizon, forms[model])
            forms[model] = fitted.form
            made[model] = Ahead(fitted.mean, fitted.quantiles)
        for name, ahead in made.items():
            measured.setdefault(name, []).append(_errors(known, actual, ahead))
        tell(0.5 + (at + 1) / (2 * len(cuts)))
    rows = [_row(name, np.array(values)) for name, values in measured.items()]
    return tuple(sorted(rows, key=lambda row: row.rmsse))


def _simple(known: Floats, horizon: int) -> dict[str, Ahead]:
    """What every model must beat: the last week again, and the mean of eight."""
    none = np.full((horizon, 5), np.nan)
    return {
        NAIVE: Ahead(np.full(horizon, known[-1]), none),
        MEAN_OF_8: Ahead(np.full(horizon, known[-8:].mean()), none),
    }


def _errors(known: Floats, actual: Floats, ahead: Ahead) -> tuple[float, float, float]:
    since = np.arange(len(known))[None, :] >= int((known > 0).argmax())
    unit = step_scale(known[None, :], since, np.array([max(float(known.mean()), 1e-9)]))
    bands = ahead.quantiles[None, :, :]
    return (
        float(rmsse(actual[None, :], ahead.mean[None, :], unit)[0]),
        float(pinball(actual[None, :], bands, unit)[0]),
        float(covered(actual[None, :], bands[:, :, 1], bands[:, :, 3])[0]),
    )


def _row(method: str, values: Floats) -> HeldOut:
    mean = values.mean(axis=0)
    judged = bool(np.isfinite(mean[1]))
    return HeldOut(
        method, float(mean[0]), float(mean[1]) if judged else None,
        float(mean[2]) if judged else None,
    )  # fmt: skip
