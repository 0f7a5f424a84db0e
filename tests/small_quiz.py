"""The small rule set as a program of its own, run by tests in pipes and pseudo-terminals.

`python small_quiz.py [--plain] [--for-client] [--region R] [--draft FILE] [--resume FILE]
[--answers FILE]` asks and prints the answers as JSON, with the exit codes of the real command.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from small_rules import small_rules

from pathfinder.ask import run_quiz
from pathfinder.ask.autosave import starting_point
from pathfinder.errors import PathfinderError, QuickExit


def main(words: list[str]) -> int:
    def after(option: str) -> str | None:
        return words[words.index(option) + 1] if option in words else None

    rules = small_rules()
    try:
        start = starting_point(
            rules,
            answers=after("--answers"),
            draft=after("--draft"),
            resume=after("--resume"),
            folder=Path(__file__).parent,  # the small rules have no older edition
        )
        outcome = run_quiz(
            rules,
            start,
            plain="--plain" in words,
            for_client="--for-client" in words,
            region=after("--region") or "us",
        )
    except QuickExit:
        return 0
    except PathfinderError as error:
        if sys.stderr is not None:
            print(error, file=sys.stderr)
        return error.exit_code
    print(json.dumps({"ended": outcome.ended, "answers": dict(outcome.answers)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
