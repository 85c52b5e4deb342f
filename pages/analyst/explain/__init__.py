"""The page "Explain the model": all that stands behind one line of one shop's list."""
