"""Where the answer goes that a person goes on from: the screen, and files that they name.

Why this module exists: whoever sits at a terminal looks behind the answer before the quiz is
over, for themselves or as a counselor. What is asked there doesn't know of streams and files.

It must not decide what is shown, or when. It imports what it needs when that is needed.
"""

import sys
from typing import TYPE_CHECKING

from pathfinder.terminal import is_terminal

if TYPE_CHECKING:
    from pathfinder.pages.answer import Answer
    from pathfinder.pages.behind import Result


def at_a_terminal() -> bool:
    """Whether a person sits there who sees the result and can go on from it."""
    return is_terminal(sys.stdin) and is_terminal(sys.stdout) and is_terminal(sys.stderr)


class ScreenAndFiles:
    """Where an answer goes. `plain`: in words."""

    def __init__(self, *, plain: bool) -> None:
        self._plain = plain
        self.shown = False

    def show(self, told: "Answer") -> None:
        from pathfinder.render import print_answer

        print_answer(told, plain=self._plain, stream=sys.stdout)
        sys.stdout.flush()
        self.shown = True

    def write(self, result: "Result", form: str, file: str) -> None:
        """Raises CantWrite."""
        from pathfinder.commands.result import handout_text, whole_page

        if form == "text":
            text = whole_page(result.rules, result.decision, result.explained, result.found)
        else:
            text = handout_text(
                result.rules, result.decision, result.explained, form, found=result.found
            )
        from pathfinder.output import result_stream

        with result_stream(file) as stream:
            stream.write(text.rstrip("\n") + "\n")
