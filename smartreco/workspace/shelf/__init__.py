"""Use cases on a shop's shelf: counts, what runs out, what to order."""
