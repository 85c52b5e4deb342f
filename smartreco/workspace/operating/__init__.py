"""What keeps it running: the state of the program, of its data, and what was done."""
