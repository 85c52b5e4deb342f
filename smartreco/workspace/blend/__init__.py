"""Published recipes: immutable versions, what holds from when, and how to go back."""
