"""The page "What if": ready questions, a composer of levers, what comes of them, saved ones."""
