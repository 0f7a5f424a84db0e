"""No gate can be taken out or lowered unseen: a statement breaks, whatever people there are.

A gate that asks for a level is also lowered by one, and one that sets paths aside forgets
each of them in turn. Whole-person cases and examples don't count here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from built_in import RULES

from pathfinder.engine.rules import Gate
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.verify import read_statements, verdicts
from pathfinder.ruletools.verify.statements import Implies

pytest.importorskip("z3")

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]


ELSEWHERE = {("no-drinking-or-drug-use-named", "continuing-care")}
"""Whoever isn't in one of the stages named is without continuing care by another gate."""


def weaker(rules: RuleSet, gate: Gate) -> Iterator[Gate | None]:
    """The gate taken out, lowered by one level, and without each of its paths."""
    yield None
    if gate.at_least is not None:
        rank = rules.level_rank[gate.at_least]
        yield gate._replace(at_least=rules.levels[rank - 1].id)
    elif len(gate.set_aside) > 1:
        for path in gate.set_aside:
            if (gate.id, path) not in ELSEWHERE:
                rest = tuple(each for each in gate.set_aside if each != path)
                yield gate._replace(set_aside=rest)


@pytest.mark.parametrize("name", [gate.id for gate in RULES.gates])
def test_a_weaker_gate_breaks_a_statement(rules: RuleSet, name: str) -> None:
    promises = [
        statement
        for statement in read_statements(rules)
        if all(isinstance(must, Implies) for must in statement.must)
    ]
    (gate,) = (each for each in rules.gates if each.id == name)
    for other in weaker(rules, gate):
        gates = [made for each in rules.gates if (made := other if each is gate else each)]
        found = verdicts(rules._replace(gates=tuple(gates)), promises, smallest=False)
        catcher = next((each.statement for each in found if each.holds is False), None)
        assert catcher is not None, other
        promises.sort(key=lambda each, catcher=catcher: each.id != catcher)
