"""``python -m safethird`` is the command line."""

from safethird.apps.cli import main

main()
