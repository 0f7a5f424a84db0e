"""The answer that convinces: how firm it is, what would change it, and why not another.

Why this package exists: a ranked list persuades nobody. A person wants to see how
sure it is, and what they could do about it; a counselor wants to see which answers
decide. Everything here is found by asking `decide` again with other answers, so an
explanation can't say what the decision doesn't hold.

It must not decide anything itself, and it knows no screen: what is found here is
put into sentences by `pages`.

    >>> from pathfinder import decide, load_rules
    >>> rules, answers = load_rules(), {"severity": "moderate", "home": "none"}
    >>> explain(rules, answers, decide(rules, answers)).would_change[0].changes
    {'home': 'steady'}
"""

from __future__ import annotations

from typing import NamedTuple

from pathfinder.engine.decision import Decision
from pathfinder.engine.explain.firmness import Change, Firmness, firmness, would_change
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet


class Explanation(NamedTuple):
    """What stands beside a decision: how firm its first path is, and what would change it."""

    firmness: Firmness
    would_change: tuple[Change, ...]


def explain(rules: RuleSet, answers: Answers, decision: Decision) -> Explanation | None:
    """Explain the decision that `decide` made of these checked answers.

    None where no path is ranked.
    """
    if not decision.ranked:
        return None
    return Explanation(firmness(rules, answers, decision), would_change(rules, answers, decision))
