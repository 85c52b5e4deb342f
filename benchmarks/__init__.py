"""Ours against libraries and published methods, on real orders."""
