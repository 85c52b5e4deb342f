"""All settings of a model in one place; each component documents its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from smartreco.recommend.affinity import AffinitySettings
from smartreco.recommend.blend import DEFAULT_BLEND, Blend
from smartreco.recommend.collaborative import CollaborativeSettings
from smartreco.recommend.content import ContentSettings
from smartreco.recommend.peers import PeersSettings
from smartreco.recommend.repurchase import RepurchaseSettings
from smartreco.recommend.succession import SuccessionSettings


@dataclass(frozen=True)
class ModelSettings:
    """What `fitting.fit_model` starts from; with ``learn`` off it also ends there."""

    repurchase: RepurchaseSettings = field(default_factory=RepurchaseSettings)
    collaborative: CollaborativeSettings = field(default_factory=CollaborativeSettings)
    succession: SuccessionSettings = field(default_factory=SuccessionSettings)
    peers: PeersSettings = field(default_factory=PeersSettings)
    content: ContentSettings = field(default_factory=ContentSettings)
    affinity: AffinitySettings = field(default_factory=AffinitySettings)
    blend: Blend = DEFAULT_BLEND
    learn: bool = True
    """Choose settings and weights on an inner time split, and calibrate probabilities there."""
