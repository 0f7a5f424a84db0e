"""The small rule set as a program of its own, run by tests in pipes and pseudo-terminals.

`python small_quiz.py [--plain] [--for-client] [--region R]` asks and prints the
answers as JSON, with the exit codes of the real command.
"""

from __future__ import annotations

import json
import sys

from small_rules import small_rules

from pathfinder.ask import run_quiz
from pathfinder.errors import PathfinderError


def main(words: list[str]) -> int:
    region = words[words.index("--region") + 1] if "--region" in words else "us"
    try:
        outcome = run_quiz(
            small_rules(),
            answers={},
            plain="--plain" in words,
            for_client="--for-client" in words,
            region=region,
        )
    except PathfinderError as error:
        if sys.stderr is not None:
            print(error, file=sys.stderr)
        return error.exit_code
    print(json.dumps({"ended": outcome.ended, "answers": dict(outcome.answers)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
