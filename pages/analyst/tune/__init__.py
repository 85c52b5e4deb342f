"""The page on which an analyst moves weights, searches, publishes and goes back."""
