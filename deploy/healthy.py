"""Whether the application in this container answers: exit 0 or 1; the image has no curl."""

from __future__ import annotations

import os
import sys
import urllib.request

PORT = int(os.environ.get("STREAMLIT_SERVER_PORT", "8501"))

if __name__ == "__main__":
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=4) as answer:
            sys.exit(0 if answer.status == 200 else 1)
    except OSError as error:
        sys.exit(f"no answer: {error}")
