"""``python -m smartreco``: the command line."""

import sys

from smartreco.cli import main

sys.exit(main())
