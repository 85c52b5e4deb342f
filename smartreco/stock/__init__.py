"""How much to order when: what may be asked for, what stock is kept for, and one whole order."""
