"""Proofs over every set of answers that the quiz can reach.

Why this package exists: what keeps people safe must hold for everybody, not for a sample.
`checks.yaml` says what must hold, and `prove` looks for one person for whom it doesn't:

    statements = read_statements(rules)
    verdicts = prove(rules, statements)

    statements      what checks.yaml may say  statements_file  checks.yaml
    circuit         ands, nots, sums; and z3  inputs           everybody: answers, how many
    encoding        `decide`, for everybody   violations       who would break it
    prove           who does                  workers          on every core
    counterexample  what `decide` says        report           verdicts in words, as data, a case
    promises        dropped, or of others     firsts           who has which path first

It must not decide: whoever is found is decided again by `decide`. z3 (the extra `verify`)
is imported when `prove` runs, and not before.
"""

from pathfinder.ruletools.verify.inputs import answer_sets
from pathfinder.ruletools.verify.prove import prove, verdicts
from pathfinder.ruletools.verify.statements import Statement, Verdict
from pathfinder.ruletools.verify.statements_file import read_statements

__all__ = ["Statement", "Verdict", "answer_sets", "prove", "read_statements", "verdicts"]
