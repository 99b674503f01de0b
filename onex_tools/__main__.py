"""``python -m onex_tools``: the same as ``onex``, with the current folder never imported from."""

import sys

if __name__ == "__main__":
    sys.path[:] = [folder for folder in sys.path if folder]
    from onex_tools.cli import main

    sys.exit(main())
