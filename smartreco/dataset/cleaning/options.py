"""What an import may be told; everything else is read off the data."""

from __future__ import annotations

from dataclasses import dataclass

from smartreco.entities import Provenance


@dataclass(frozen=True)
class CleaningOptions:
    """Settings of one import. Unset ones come from the source's format, or stay unknown.

    Attributes
    ----------
    name
        What the data set is called; unset: the sample's name, or the orders file's.
    currency, locale
        ISO 4217 code and CLDR name.
    provenance
        Unset: `SAMPLE` for the shipped sample, else `IMPORTED`.
    strict
        Refuse the import at any impossible value (see `refusal`).
    tolerant
        Set impossible values aside however many there are. Demo data always are:
        their dirt is made on purpose.
    """

    name: str | None = None
    currency: str | None = None
    locale: str | None = None
    provenance: Provenance | None = None
    credit: str | None = None
    strict: bool = False
    tolerant: bool = False
