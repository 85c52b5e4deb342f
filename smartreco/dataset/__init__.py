"""Data on its way in: made (`synthetic`) or imported, always cleaned, always accounted for."""
