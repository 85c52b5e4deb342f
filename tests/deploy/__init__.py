"""What the image and its neighbours promise, and how the process ends."""
