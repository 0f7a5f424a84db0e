"""Opening a page in the person's own browser, where there is one.

Why this module exists: a handout is meant to be looked at. But a browser that runs in
the terminal would take it over in the middle of an intake, and on a machine without a
screen there is none: both must end in a plain "no", not in a crash.

It must not fetch anything: it hands a file's address to a program and is done.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

NO_BROWSER: Final = "No browser was found here. Open the file in one yourself."

_IN_THE_TERMINAL: Final = frozenset(
    ("www-browser", "lynx", "links", "links2", "elinks", "w3m", "browsh", "carbonyl")
)


def open_in_browser(path: str) -> bool:
    """Show a file in the browser that the person uses. False where none could be started."""
    if not has_screen(sys.platform, os.environ):
        return False
    # Here, because it looks through all of PATH when it is imported.
    import webbrowser

    try:
        browser = webbrowser.get()
        if Path(getattr(browser, "name", "")).stem in _IN_THE_TERMINAL:
            return False
        return browser.open(Path(path).resolve().as_uri())
    except (webbrowser.Error, OSError):
        return False


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window could open at all. macOS and Windows always have one."""
    if platform in ("darwin", "win32"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
