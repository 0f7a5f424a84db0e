"""When Python's garbage collector rests, and when it works again.

Why this module exists: nothing made during the start is garbage, and looking
through it again and again took a tenth of the start. So `__main__` switches the
collector off, and whatever may run for long switches it on here.

It must not do anything in a process that never switched it off, such as a test
or a program that uses the library.
"""

from __future__ import annotations

import gc


def start_is_over() -> None:
    """What was made until now stays until the end; from here on memory must not grow."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
