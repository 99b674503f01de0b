"""``python -m onex_tools``: the same as ``onex``, with the current folder never imported from."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # -m put the current folder there: it may be the one to be checked
    from onex_tools.cli import main

    sys.exit(main())
