"""Rule sets of many times our size: made whole, and deciding as ours do."""

from __future__ import annotations

from bigger_rules import bigger

from pathfinder.engine.decide import decide
from pathfinder.engine.decision import part_ids
from pathfinder.engine.ruleset import RuleSet

SEVERE = {"age_group": "adult", "severity": "severe", "staying_stopped": "hours", "home": "unsafe"}


def test_a_copy_brings_its_own_questions_rules_and_paths(rules: RuleSet) -> None:
    big = bigger(rules, 3)
    assert len(big.questions) == 3 * (len(rules.questions) - 1) + 1, "age is asked once"
    assert len(big.paths) == 3 * len(rules.paths)
    assert len(big.every_rule) == 3 * len(rules.every_rule)
    assert len({rule.id for rule in big.every_rule}) == len(big.every_rule)


def test_who_answers_one_copy_alone_is_as_safe_as_under_our_rules(rules: RuleSet) -> None:
    ours, theirs = decide(rules, SEVERE), decide(bigger(rules, 2), SEVERE)
    for part in ("safe_level", "alerts", "first"):
        assert part_ids(ours, part) == part_ids(theirs, part)
    later = {name if name == "age_group" else f"{name}-copy-2": a for name, a in SEVERE.items()}
    assert decide(bigger(rules, 2), later).safe_level == ours.safe_level
