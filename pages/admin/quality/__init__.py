"""How sound the data are, for an admin."""
