"""How work in the background hears that the workspace closes."""

from __future__ import annotations


class ClosingError(Exception):
    """The workspace closes: work ends where it is, and nobody waits for its result."""
