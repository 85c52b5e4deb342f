"""Component scores of a past window held as arrays, so that another blend is arithmetic."""
