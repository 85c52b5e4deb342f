"""Figures for Prometheus: how many requests, how long, and which model answers; no names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.types import Scope

from smartreco.workspace import Phase, Workspace

TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Measured:
    """Counts of this process."""

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "smartreco_api_requests", "Requests of the API by route and status.",
            ["method", "route", "status"], registry=self._registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "smartreco_api_seconds", "Seconds that requests of the API took, by route.",
            ["method", "route"], buckets=BUCKETS, registry=self._registry,
        )  # fmt: skip
        self._registry.register(_Standing(workspace))

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one request; an address that is no route's counts under one name."""
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if route != "none" else "any"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def text(self) -> bytes:
        """All figures in the text format of Prometheus."""
        return generate_latest(self._registry)


class _Standing(Collector):
    """What is read when somebody looks."""

    def __init__(self, workspace: Callable[[], Workspace]) -> None:
        self._workspace = workspace

    def collect(self) -> Iterator[Metric]:
        """Readiness, and size and versions of data and model."""
        workspace = self._workspace()
        ready = workspace.status().phase is Phase.READY
        yield GaugeMetricFamily("smartreco_ready", "1: a model answers.", float(ready))
        info = workspace.info()
        if info is not None:
            yield GaugeMetricFamily("smartreco_retailers", "Shops.", float(info.retailers))
            yield GaugeMetricFamily("smartreco_products", "Products.", float(info.products))
            yield GaugeMetricFamily("smartreco_order_lines", "Order lines.", float(info.lines))
        if workspace.models.ready:
            held = workspace.models.current
            yield GaugeMetricFamily("smartreco_model_version", "Model.", float(held.version))
            yield GaugeMetricFamily("smartreco_fit_seconds", "Its fit took.", held.seconds)

    def describe(self) -> Iterator[Metric]:
        """Nothing ahead of time: the workspace may not be open yet."""
        return iter(())
