"""What a vendor sees: where his products are in demand, who stocks them, how he serves."""
