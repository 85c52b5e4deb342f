"""What a person who comes back has missed, and what a newcomer is shown around."""
