"""How good the recommender is, on orders it had not seen."""
