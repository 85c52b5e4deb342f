"""An import by upload: looked at, rehearsed, written in the background, and mended."""
