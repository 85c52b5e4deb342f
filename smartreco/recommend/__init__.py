"""What to order: scorers, their blend, rules after scoring, and exact reasons."""
