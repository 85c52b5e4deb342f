"""Everything that is kept: DuckDB, its migrations and all SQL of the product."""

from smartreco.store.connection import Store

__all__ = ["Store"]
