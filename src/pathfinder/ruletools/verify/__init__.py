"""Proofs over every set of answers that the quiz can reach.

Why this package exists: what keeps people safe must hold for everybody, not for a sample.
`checks.yaml` says what must hold, and `prove` looks for one person for whom it doesn't:

    statements = read_statements(rules)
    verdicts = prove(rules, statements)

    statements  the records          reading   checks.yaml
    circuit     ands, nots and sums  kleene    conditions, true, false or not known
    people      everybody's answers  reckoning `decide`, said for everybody at once
    doubts      who would break it   solver    z3
    prove       who does             judge     what `decide` says of them
    count       how many there are        deadline  how long may be looked

It must not decide: whoever is found is decided again by `decide`. z3 (the extra `verify`)
is imported when `prove` runs, and not before.
"""

from pathfinder.ruletools.verify.count import answer_sets
from pathfinder.ruletools.verify.prove import prove, verdicts
from pathfinder.ruletools.verify.statements import Statement, Verdict
from pathfinder.ruletools.verify.statements_file import read_statements

__all__ = ["Statement", "Verdict", "answer_sets", "prove", "read_statements", "verdicts"]
