"""Rules made ready for many decisions say what their conditions say, of everybody."""

from __future__ import annotations

import random

import contract
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathfinder.engine import ready as ready_module
from pathfinder.engine.conditions import NOT_ASKED, All, AnyOf, Condition, Leaf, NoneOf, fires
from pathfinder.engine.decide import decide
from pathfinder.engine.flow import see, view_of, walk
from pathfinder.engine.gates import gate_truth, gate_views, work_out_gates
from pathfinder.engine.question import told
from pathfinder.engine.ready import Memory, firing, made_ready
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import check_answers
from pathfinder.render import result_json
from pathfinder.render.result_json import dumps

VALUES = {"home": ["none", "unsafe", "steady"], "use": ["alcohol", "opioids", "other"]}
leaves = st.one_of(
    st.builds(
        lambda names: Leaf("home", "is", tuple(names), frozenset(names)),
        st.lists(st.sampled_from(VALUES["home"]), min_size=1, unique=True),
    ),
    st.builds(
        lambda op, names: Leaf("use", op, tuple(names), frozenset(names)),
        st.sampled_from(["includes_any", "two_with", "exactly"]),
        st.lists(st.sampled_from(VALUES["use"]), min_size=1, unique=True),
    ),
    st.sampled_from(
        [Leaf(q, "answered", (w,), frozenset((w,))) for q in VALUES for w in ("true", "false")]
    ),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda group, parts: group(tuple(parts)),
        st.sampled_from([All, AnyOf, NoneOf]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)
values = st.fixed_dictionaries(
    {
        "home": st.sampled_from([*VALUES["home"], None, NOT_ASKED]),
        "use": st.sampled_from([None, NOT_ASKED])
        | st.sets(st.sampled_from(VALUES["use"]), min_size=1).map(frozenset),
    }
)


def with_rule(rules: RuleSet, when: Condition, unless: Condition | None) -> RuleSet:
    """The rules with these two questions alone, and one gate."""
    made = tuple(
        rules.question_by_id["home"]._replace(id=name, ask_when=None, derived=None, readings=())
        for name in VALUES
    )
    gate = rules.gates[0]._replace(when=when, unless=unless)
    empty = dict.fromkeys(
        ("alert_rules", "first_rules", "support_rules", "note_rules", "move_rules"), ()
    )
    return rules._replace(
        questions=made, gates=(gate,), barriers=(), reasons=(), steps=(), paths=(), **empty
    )


@given(conditions, st.none() | conditions, values)
def test_a_ready_rule_is_as_true_as_its_condition(
    rules: RuleSet, when: Condition, unless: Condition | None, view: dict[str, object]
) -> None:
    ready = ready_module.ReadyRules(with_rule(rules, when, unless))
    facts = ready.facts(view)  # type: ignore[arg-type]
    (gate,) = ready.gates
    wanted = fires(when, unless, view)  # type: ignore[arg-type]
    assert gate.truth(facts) is wanted
    assert firing(ready.gates, facts) == ([gate.rule] if wanted is True else [])
    if wanted is not False:
        assert facts.can & gate.needs == gate.needs


def somebody(rules: RuleSet, seed: int) -> dict[str, object]:
    return check_answers(rules, contract.random_answers(random.Random(seed), 0.3))  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(40))
def test_the_facts_of_a_walk_are_those_of_its_view(rules: RuleSet, seed: int) -> None:
    answers = somebody(rules, seed)
    walked = walk(rules, answers)  # type: ignore[arg-type]
    assert walked.facts == made_ready(rules).facts(view_of(rules, answers))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(40))
def test_gates_come_to_what_each_gate_says(rules: RuleSet, seed: int) -> None:
    sight = see(rules, somebody(rules, seed))  # type: ignore[arg-type]
    gates = work_out_gates(rules, sight)
    views = gate_views(rules, sight.view, sight.assumed)
    wanted = [gate for gate in rules.gates if gate_truth(gate, views) is True]
    assert list(gates.levels) == [gate for gate in wanted if gate.at_least]
    assert {g.id for of_it in gates.closed.values() for g in of_it} == {
        gate.id for gate in wanted if gate.set_aside
    }
    assert {g.id for g in rules.gates if gate_truth(g, views) is None} <= {
        each.rule for each in gates.open
    }


@pytest.mark.parametrize("seed", range(20))
def test_moves_are_told_as_their_passages_are(rules: RuleSet, seed: int) -> None:
    sight = see(rules, somebody(rules, seed))  # type: ignore[arg-type]
    for passages in (*(step.moves for step in rules.steps), *(p.first_moves for p in rules.paths)):
        wanted = [passage.text for passage in told(passages, sight.view)]
        assert sight.ready.told(passages, sight.facts) == wanted


def test_what_was_remembered_of_others_changes_nobodys_decision(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [somebody(rules, seed) for seed in range(60)]
    at_once = [decide(rules, each) for each in people]  # type: ignore[arg-type]
    monkeypatch.setattr(ready_module, "MOST_REMEMBERED", 1)
    made_ready.cache_clear()
    for before, each in zip(at_once, people, strict=True):
        assert decide(rules, each) == before  # type: ignore[arg-type]
    assert all(len(memory) == 1 for memory in made_ready(rules).remembered.values())
    made_ready.cache_clear()


def test_a_memory_that_is_full_begins_anew() -> None:
    memory: Memory[int, str] = Memory()
    for number in range(3 * ready_module.MOST_REMEMBERED):
        assert memory.keep(number, str(number)) == str(number)
        assert len(memory) <= ready_module.MOST_REMEMBERED


def test_no_memory_grows_with_the_number_of_people(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready_module, "MOST_REMEMBERED", 5)
    made_ready.cache_clear()
    for seed in range(60):
        decide(rules, somebody(rules, seed))  # type: ignore[arg-type]
    kept = vars(made_ready(rules))
    memories = {name: each for name, each in kept.items() if isinstance(each, Memory)}
    assert {"all_set_aside", "noted", "set_aside", "open_rules"} <= memories.keys()
    assert max(map(len, memories.values())) == 5
    made_ready.cache_clear()


def test_a_person_met_before_costs_few_conditions_and_no_new_text(
    rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [somebody(rules, seed) for seed in range(40)]
    before = [dumps(decide(rules, each)) for each in people]  # type: ignore[arg-type]
    asked, written = 0, []
    holds = Leaf.holds

    def counted(leaf: Leaf, view: object) -> object:
        nonlocal asked
        asked += 1
        return holds(leaf, view)  # type: ignore[arg-type]

    monkeypatch.setattr(Leaf, "holds", counted)
    for store in (result_json._REASONS, result_json._STEPS, result_json._SUPPORTS,
                  result_json._SET_ASIDE, result_json._HELP_LINES):  # fmt: skip
        monkeypatch.setattr(store, "_write", written.append)
    assert [dumps(decide(rules, each)) for each in people] == before  # type: ignore[arg-type]
    assert written == []
    assert asked < 25 * len(people)  # of some 140 conditions; all else is looked up
