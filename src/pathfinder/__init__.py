"""Pathfinder: which recovery paths may fit, explained, on your own machine.

The public library face is two functions:

    >>> from pathfinder import decide, load_rules
    >>> decision = decide(load_rules(), {"severity": "mild", "home": "steady"})
    >>> decision.safe_level
    'support'

They import what they need when they are called, so that `pathfinder --version` doesn't
pay for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathfinder._version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pathfinder.engine.decision import Decision
    from pathfinder.engine.ruleset import RuleSet

__all__ = ["__version__", "decide", "load_rules"]


def load_rules(directory: Path | None = None) -> RuleSet:
    """The rule set in `directory`, or the one that comes with Pathfinder.

    Raises `pathfinder.errors.RulesError` with every problem of every file, in the order
    of the files; `FileProblem` if there is no folder to read.
    """
    from pathfinder.loader.compiled import rules_in

    return rules_in(directory)


def decide(rules: RuleSet, answers: Mapping[str, object], *, region: str | None = None) -> Decision:
    """What these answers lead to under these rules.

    `answers` maps question ids to an answer id, or for a `many` question to a
    sequence of them; `unsure`, `skip` and a missing question are unknown.
    `region` chooses the help lines and nothing else (default: the rule set's).

    Raises `pathfinder.errors.AnswersError` if an answer doesn't fit its question, and
    `RulesError` if the rules leave no path for these answers.
    """
    from pathfinder.engine.decide import decide as decide_checked
    from pathfinder.loader.answers_file import check_answers

    return decide_checked(rules, check_answers(rules, answers), region=region)
