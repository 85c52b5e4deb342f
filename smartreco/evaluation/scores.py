"""What is measured on one list, as plain as a page, a file or the store needs it.

Figures that nothing supports are None, never NaN, so that all of it is JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from smartreco.entities import ListName
from smartreco.evaluation.curves import AtLength, Exposure
from smartreco.evaluation.each_shop import EachShop

Band = tuple[float, float]
"""Low and high end of a 95 % bootstrap interval over shops."""

OURS: Final = "smartreco"
FEWEST_SHOPS: Final = 5
"""Judged shops below which a segment's mean says more of the shops than of the model."""


@dataclass(frozen=True, slots=True)
class ModelScores:
    """One model on one list: means over the judged shops.

    Attributes
    ----------
    precision, recall, ndcg, map, hit_rate
        See `smartreco.measures.ranking`; 0..1, higher is better.
    coverage
        Share of the active catalogue that is on at least one list.
    novelty
        Bits (`measures.variety.novelty`); None where all lists are empty.
    diversity
        0..1 (`measures.variety.diversity`); None where no list has two products.
    vendor_gini
        How unevenly places are spread over the vendors of the catalogue, 0..1; None
        where no vendor is known.
    bands
        By measure that is a mean over shops; none in what older versions kept.
    """

    model: str
    ndcg: float
    precision: float
    recall: float
    map: float
    hit_rate: float
    coverage: float
    novelty: float | None
    diversity: float | None
    vendor_gini: float | None
    bands: Mapping[str, Band] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> ModelScores:
        """Read what `dataclasses.asdict` wrote."""
        return cls(**{**plain, "bands": _bands(plain)})


@dataclass(frozen=True, slots=True)
class DifferenceToPeer:
    """NDCG of ours minus a peer's over the same shops, with a 95 % bootstrap interval."""

    peer: str
    mean: float
    low: float
    high: float
    shops: int

    @property
    def beyond_noise(self) -> bool:
        """Whether the interval leaves out zero, on either side."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class SegmentScores:
    """A kind of shop: NDCG of each model there.

    ``by`` is segment | region | city | size | age. With fewer than `FEWEST_SHOPS` judged
    shops there is not enough data: ``ndcg`` is empty and ``gain`` None. ``gain`` is ours
    minus the strongest peer of the whole list, ``bands`` the intervals of ``ndcg``.
    """

    by: str
    segment: str
    shops: int
    ndcg: Mapping[str, float] = field(default_factory=dict)
    gain: DifferenceToPeer | None = None
    bands: Mapping[str, Band] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """Whether there are shops enough to speak of."""
        return self.shops >= FEWEST_SHOPS

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> SegmentScores:
        """Read what `dataclasses.asdict` wrote."""
        gain = plain["gain"]
        known = None if gain is None else DifferenceToPeer(**gain)
        return cls(**{**plain, "gain": known, "bands": _bands(plain)})


@dataclass(frozen=True, slots=True)
class CategoryScores:
    """Our lists within one category: places it got, how many hit, how many could have.

    ``peer_hits`` are those of the list's strongest peer. ``recall_band`` and ``gain_band`` (of
    our recall less the peer's) are over shops; None in what older versions kept.
    """

    category: str
    places: int
    hits: int
    relevant: int
    peer_hits: int | None = None
    recall_band: Band | None = None
    gain_band: Band | None = None

    @property
    def precision(self) -> float | None:
        """Share of the category's places that hit."""
        return self.hits / self.places if self.places else None

    @property
    def recall(self) -> float | None:
        """Share of what was ordered of the category that our lists held."""
        return self.hits / self.relevant if self.relevant else None

    @property
    def peer_recall(self) -> float | None:
        """The same of the list's strongest peer."""
        if self.peer_hits is None or not self.relevant:
            return None
        return self.peer_hits / self.relevant

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> CategoryScores:
        """Read what `dataclasses.asdict` wrote."""
        read = {name: _band(plain.get(name)) for name in ("recall_band", "gain_band")}
        return cls(**{**plain, **read})


@dataclass(frozen=True, slots=True)
class VendorShare:
    """A vendor's share of our places, of the active products, and of what was ordered."""

    vendor: str
    places: float
    products: float
    ordered: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Statements of about one probability: mean of it, share that came true, how many."""

    said: float
    happened: float
    cases: int


@dataclass(frozen=True, slots=True)
class CalibrationScores:
    """Stated probabilities of our listed products against the 28 days after the cut.

    Over all judged shops, also those that did not come back. ``error`` is the
    expected calibration error; empty bins are left out.
    """

    error: float
    said: float
    happened: float
    cases: int
    bins: tuple[CalibrationBin, ...]

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> CalibrationScores:
        """Read what `dataclasses.asdict` wrote."""
        return cls(**{**plain, "bins": tuple(CalibrationBin(**one) for one in plain["bins"])})


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """Milliseconds for one list with its reasons, in process."""

    calls: int
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class ListScores:
    """Everything measured on one list.

    Attributes
    ----------
    shops
        Judged shops with something relevant: what means are taken over.
    models
        Ours first, then the baselines. One that tells no product from another on
        this list is left out, as own frequency is on products never bought.
    vendors
        Those with the most places, at most `measuring.MOST_VENDORS`; empty where the
        data name no vendor.
    calibration
        None where ``calibration_note`` says why.
    lengths
        Every model at lists of other lengths; empty in what older versions kept, as is
        ``exposure``: how places are spread over products and vendors.
    each
        Our measures shop by shop, to hold two runs against each other; None in older ones.
    """

    list: ListName
    shops: int
    models: tuple[ModelScores, ...]
    differences: tuple[DifferenceToPeer, ...]
    segments: tuple[SegmentScores, ...]
    categories: tuple[CategoryScores, ...]
    vendors: tuple[VendorShare, ...]
    calibration: CalibrationScores | None
    calibration_note: str
    response: ResponseTimes
    lengths: tuple[AtLength, ...] = ()
    exposure: tuple[Exposure, ...] = ()
    each: EachShop | None = None

    @property
    def strongest_peer(self) -> str | None:
        """The baseline with the best NDCG of the whole list; None where there is none."""
        peers = [one for one in self.models if one.model != OURS]
        return max(peers, key=lambda one: one.ndcg).model if peers else None

    def of(self, model: str) -> ModelScores:
        """Scores of one model.

        Raises
        ------
        KeyError
            The model is not on this list.
        """
        return {one.model: one for one in self.models}[model]

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> ListScores:
        """Read what `dataclasses.asdict` wrote."""
        stated = plain["calibration"]
        return cls(
            list=ListName(plain["list"]),
            shops=plain["shops"],
            models=tuple(ModelScores.from_dict(one) for one in plain["models"]),
            differences=tuple(DifferenceToPeer(**one) for one in plain["differences"]),
            segments=tuple(SegmentScores.from_dict(one) for one in plain["segments"]),
            categories=tuple(CategoryScores.from_dict(one) for one in plain["categories"]),
            vendors=tuple(VendorShare(**one) for one in plain["vendors"]),
            calibration=None if stated is None else CalibrationScores.from_dict(stated),
            calibration_note=plain["calibration_note"],
            response=ResponseTimes(**plain["response"]),
            lengths=tuple(AtLength.from_dict(one) for one in plain.get("lengths", ())),
            exposure=tuple(Exposure.from_dict(one) for one in plain.get("exposure", ())),
            each=EachShop.from_dict(plain.get("each")),
        )


def _band(plain: Any) -> Band | None:
    return None if plain is None else (float(plain[0]), float(plain[1]))


def _bands(plain: Mapping[str, Any]) -> dict[str, Band]:
    """Intervals as JSON has them; none in what older versions kept."""
    return {name: (float(low), float(high)) for name, (low, high) in plain.get("bands", {}).items()}
