"""How good the lists are: cut the past, fit on one part, measure on the other."""
