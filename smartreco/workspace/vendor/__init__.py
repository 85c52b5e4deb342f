"""Use cases of vendors: demand, reach, stock and service."""
