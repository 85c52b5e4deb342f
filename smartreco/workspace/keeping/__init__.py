"""Keeping data, and letting them go: backups, one shop's data, what is forgotten with time."""
