"""What a product manager sees: the future as it may be, and how sure that is."""
