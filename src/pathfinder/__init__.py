"""Pathfinder: which recovery paths may fit, explained, on your own machine.

The public library face is two functions:

    >>> from pathfinder import decide, load_rules
    >>> decision = decide(load_rules(), {"severity": "mild", "home": "steady"})
    >>> decision.safe_level
    'support'

They are looked up on first use, so that `pathfinder --version` doesn't pay for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder._version import __version__

if TYPE_CHECKING:
    from pathfinder.engine.decide import decide
    from pathfinder.loader.load import load_rules

__all__ = ["__version__", "decide", "load_rules"]


def __getattr__(name: str) -> object:
    # Without this, `import pathfinder` would read the YAML library for every command.
    if name == "load_rules":
        from pathfinder.loader.load import load_rules

        return load_rules
    if name == "decide":
        from pathfinder.engine.decide import decide

        return decide
    raise AttributeError(f"module 'pathfinder' has no attribute {name!r}")
