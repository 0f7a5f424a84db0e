"""Where the program starts: the `pathfinder` command, and `python -m pathfinder`.

Why this module exists: a person waits for every import. The version is told
without the command line's, and the garbage collector rests (see `collector`).

It must not parse anything else.
"""

import gc
import sys
from typing import NoReturn

from pathfinder._version import __version__


def run() -> NoReturn:
    """Run the command line of this process, and exit."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        try:
            print(f"pathfinder {__version__}", flush=True)
            sys.exit()
        except OSError:
            pass  # the command line says what is wrong
    gc.disable()
    from pathfinder.cli import main

    try:
        main()
    finally:
        gc.freeze()  # at exit Python would look through everything once more


if __name__ == "__main__":
    run()
