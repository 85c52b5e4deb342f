"""The page "After publishing": what shops did with the lines they were shown."""
