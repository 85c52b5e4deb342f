"""What came of published lists, told from what shops saw and did."""
