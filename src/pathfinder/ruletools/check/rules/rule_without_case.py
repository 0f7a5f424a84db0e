"""The check `rule-without-case`: its manual page, an example, and what looks for it."""

from collections.abc import Iterator

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.flow import view_of
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.examples import at_work
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "cases"
PAGE = """A rule that fires for no person in `cases/`.

Such a rule could be turned around without anybody noticing. A case is a whole person: a
story, the answers, and what must come out.

To put it right, add a case for which the rule fires, or add the answers to one that is
there. `pathfinder rules test` shows what no case reaches.

A gate that sets paths aside does so for those whose answer is known. Who leaves the
question open, or isn't sure, still sees these paths, and is told what to find out. Where
that isn't safe, let its `when` take in {answered: false}, too.
"""
CODE = "rule-without-case"
SEVERITY = Severity.WARNING
NEEDS = Needs.ALL
FILE = "cases/opioids-every-day.yaml"
GOOD = "frequency: every_day"
BAD = "frequency: some_days"


def _not_kept_out(rules: RuleSet, gate_id: str) -> str:
    """The question whose answer a gate needs in order to set its paths aside; else nothing."""
    for gate in rules.gates:
        if gate.id == gate_id and gate.set_aside:
            for question in questions_in(gate.when):
                others = {
                    name: said for name, said in (gate.fires or {}).items() if name != question
                }
                if gate.id not in at_work(rules, view_of(rules, others)).fired:
                    return question
    return ""


def check(book: Book) -> Iterator[Found]:
    fired: set[str] = set()
    for view in book.case_views:
        fired |= at_work(book.rules, view).fired
    for entry in book.rule_entries():
        if entry.id not in fired:
            message = f"{entry.id} fires for no person in cases/; add one for whom it does"
            if still_open := _not_kept_out(book.rules, entry.id):
                message += f". Who leaves {still_open} open isn't kept out"
            yield book.found(entry.file, entry.at(), message)
