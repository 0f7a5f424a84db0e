"""How many people a second, and beside it other rule engines on the same gates and points.

Run it with the Python of an installed Pathfinder:

    python tests/benchmarks/streams.py [people …]

Without a number, files of 20,000 and of 60,000 people go through, and one of one: what a start
costs is a part of all of them.

Peers are used where they are installed, and named where they aren't: json-logic-qubit,
datalogic-py (JSON-logic in Rust), rule-engine, zen-engine, cel-python, cel-expr-python (C++).
Nothing here asserts but that all come to the same: times depend on the machine, and on who else
uses it, so each round runs everything once and what is told is the ratio to the plain Python
functions of that round.

The peers get the easier half: people whose every answer is known, each answer as a flag that is
worked out beforehand, conditions of two values, and no sentence. Ours reads the answers, walks
the questions, takes readings into account, and knows three values.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import contract

from pathfinder import load_rules
from pathfinder.engine.brief import brief
from pathfinder.engine.conditions import All, AnyOf, Condition, Leaf, NoneOf, View, fires
from pathfinder.engine.decide import decide
from pathfinder.engine.fit import points_of
from pathfinder.engine.flow import see
from pathfinder.engine.gates import work_out_gates
from pathfinder.engine.plan import ranking
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.answers_file import check_answers
from pathfinder.render.parts_json import brief_line
from pathfinder.render.result_json import dumps

SAMPLE = 300
ROUNDS = 7
PATHFINDER = [sys.executable, "-m", "pathfinder"]

Flags = dict[str, bool]
Engine = Callable[[Flags], list[bool]]
"""Every condition of gates and reasons, for one person."""


# --- the same conditions for everybody ------------------------------------------------------


def conditions(rules: RuleSet) -> list[Condition]:
    """When each gate fires, and when each argument of a reason counts."""
    found = [_unless(gate.when, gate.unless) for gate in rules.gates]
    for table in rules.reasons:
        many = rules.question_by_id[table.question].kind == "many"
        for answer, row in table.rows.items():
            if answer not in rules.question_by_id[table.question].answers:
                continue  # not sure, or skipped
            given = Leaf(table.question, "includes_any" if many else "is", (answer,),
                         frozenset({answer}))  # fmt: skip
            found += [
                All((given, *((_unless(each.when or given, each.unless)),)))
                for each in row.arguments
            ]
    return found


def _unless(when: Condition, unless: Condition | None) -> Condition:
    return when if unless is None else All((when, NoneOf((unless,))))


def flags(rules: RuleSet, view: View) -> Flags:
    """Each answer of a person as a flag."""
    found = {}
    for question in rules.questions:
        value = view.get(question.id)
        given = value if isinstance(value, frozenset) else {value}
        found |= {f"{question.id}__{answer}": answer in given for answer in question.answers}
        found[f"{question.id}__known"] = isinstance(value, str | frozenset)
    return found


class Words:
    """How an engine writes and, or, not, and a flag."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules

    def flag(self, name: str) -> Any: ...
    def every(self, parts: list[Any]) -> Any: ...
    def some(self, parts: list[Any]) -> Any: ...
    def no(self, part: Any) -> Any: ...

    def of(self, condition: Condition) -> Any:
        if isinstance(condition, Leaf):
            return self._leaf(condition)
        parts = [self.of(part) for part in condition.parts]
        if isinstance(condition, All):
            return self.every(parts)
        return self.some(parts) if isinstance(condition, AnyOf) else self.no(self.some(parts))

    def _leaf(self, leaf: Leaf) -> Any:
        question = self.rules.question_by_id[leaf.question]
        known = self.flag(f"{question.id}__known")
        here = {a: self.flag(f"{question.id}__{a}") for a in question.answers}
        if leaf.op == "answered":
            return known if "true" in leaf.accepts else self.no(known)
        accepted = [here[answer] for answer in question.answers if answer in leaf.accepts]
        if leaf.op == "exactly":
            others = [self.no(here[a]) for a in question.answers if a not in leaf.accepts]
            return self.every([*accepted, *others])
        if leaf.op == "two_with":
            return self.some([self.every(list(two)) for two in combinations(accepted, 2)])
        return self.some(accepted)


class Text(Words):
    """Engines whose conditions are text."""

    AND, OR, NOT = " and ", " or ", "not "

    def flag(self, name: str) -> str:
        return name

    def every(self, parts: list[str]) -> str:
        return f"({self.AND.join(parts)})"

    def some(self, parts: list[str]) -> str:
        return f"({self.OR.join(parts)})"

    def no(self, part: str) -> str:
        return f"({self.NOT}{part})"


class Symbols(Text):
    AND, OR, NOT = " && ", " || ", "!"


class Looked(Text):
    """Python, that looks flags up in a dictionary."""

    def flag(self, name: str) -> str:
        return f"f[{name!r}]"


class Tree(Words):
    """JSON-logic."""

    def flag(self, name: str) -> Any:
        return {"var": name}

    def every(self, parts: list[Any]) -> Any:
        return {"and": parts}

    def some(self, parts: list[Any]) -> Any:
        return {"or": parts}

    def no(self, part: Any) -> Any:
        return {"!": [part]}


# --- the engines ----------------------------------------------------------------------------


def plain_python(rules: RuleSet, wanted: list[Condition]) -> Engine:
    words = Looked(rules)
    text = f"lambda f: [{', '.join(map(words.of, wanted))}]"
    return eval(text)  # type: ignore[no-any-return]  # our own rules, and nobody's input


def json_logic_qubit(rules: RuleSet, wanted: list[Condition]) -> Engine:
    from json_logic import jsonLogic

    trees = list(map(Tree(rules).of, wanted))
    return lambda f: [bool(jsonLogic(tree, f)) for tree in trees]


def datalogic(rules: RuleSet, wanted: list[Condition]) -> Engine:
    from datalogic_py import Engine as Logic

    made = Logic().compile(json.dumps(list(map(Tree(rules).of, wanted))))
    return lambda f: list(map(bool, json.loads(made.evaluate_str(json.dumps(f)))))


def rule_engine(rules: RuleSet, wanted: list[Condition]) -> Engine:
    from rule_engine import Rule

    made = [Rule(text) for text in map(Text(rules).of, wanted)]
    return lambda f: [rule.matches(f) for rule in made]


def zen(rules: RuleSet, wanted: list[Condition]) -> Engine:
    from zen import compile_expression

    made = compile_expression(f"[{', '.join(map(Text(rules).of, wanted))}]")
    return lambda f: list(made.evaluate(f))


def cel_python(rules: RuleSet, wanted: list[Condition]) -> Engine:
    import celpy

    environment = celpy.Environment()
    text = f"[{', '.join(map(Symbols(rules).of, wanted))}]"
    made = environment.program(environment.compile(text))
    return lambda f: [
        bool(each) for each in made.evaluate({k: celpy.celtypes.BoolType(v) for k, v in f.items()})
    ]


def cel_in_c(rules: RuleSet, wanted: list[Condition]) -> Engine:
    from cel_expr_python import cel

    names = flags(rules, {})
    environment = cel.NewEnv(variables=dict.fromkeys(names, cel.Type.BOOL))
    made = environment.compile(f"[{', '.join(map(Symbols(rules).of, wanted))}]")
    return lambda f: [bool(each) for each in made.eval(data=f).plain_value()]


PLAIN = "plain Python functions"
PEERS: Mapping[str, Callable[[RuleSet, list[Condition]], Engine]] = {
    PLAIN: plain_python,
    "JSON-logic (json-logic-qubit)": json_logic_qubit,
    "JSON-logic (datalogic-py, Rust)": datalogic,
    "rule-engine": rule_engine,
    "ZEN (zen-engine, Rust)": zen,
    "CEL (cel-python)": cel_python,
    "CEL (cel-expr-python, C++)": cel_in_c,
}


def installed(rules: RuleSet, views: list[View]) -> dict[str, Callable[[], object]]:
    """The peers that are here, after each came to what our own conditions say."""
    wanted = conditions(rules)
    people = [flags(rules, view) for view in views]
    expected = [[fires(each, None, view) is True for each in wanted] for view in views]
    found: dict[str, Callable[[], object]] = {}
    for name, make in PEERS.items():
        try:
            engine = make(rules, wanted)
        except ImportError as error:
            print(f"{name}: not here ({error})")
            continue
        assert [engine(each) for each in people] == expected, name
        found[name] = lambda engine=engine: [engine(each) and None for each in people]  # type: ignore[misc]
    return found


# --- ours -----------------------------------------------------------------------------------


def gates_and_points(rules: RuleSet, answers: Answers) -> object:
    sight = see(rules, answers)
    gates = work_out_gates(rules, sight)
    return ranking(rules, gates, points_of(rules, answers, sight.view, sight.facts))


def drawn(number: int, unknown: float) -> Iterator[dict[str, Any]]:
    dice = random.Random(20261128)
    return (contract.random_answers(dice, unknown) for _ in range(number))


def one_by_one(rules: RuleSet) -> None:
    known = [check_answers(rules, each) for each in drawn(SAMPLE, 0.0)]
    usual = [check_answers(rules, each) for each in drawn(SAMPLE, 0.12)]
    # What was found for one person is partly remembered, so the same ones again are easier.
    others = iter([check_answers(rules, a) for a in drawn(SAMPLE * (ROUNDS + 1), 0.12)][SAMPLE:])
    ours = {
        "ours: gates, points and order": lambda: [
            gates_and_points(rules, a) and None for a in known
        ],
        "ours: --brief, written": lambda: [brief_line(1, brief(rules, a)) and None for a in usual],
        "ours: decide, every reason": lambda: [decide(rules, a) and None for a in usual],
        "ours: decide, people not met before": lambda: [
            decide(rules, a) and None for a in islice(others, SAMPLE)
        ],
        "ours: decide, and written": lambda: [dumps(decide(rules, a)) and None for a in usual],
    }
    everything = {**ours, **installed(rules, [see(rules, answers).view for answers in known])}
    took: dict[str, list[float]] = {name: [] for name in everything}
    for _ in range(ROUNDS):
        for name, work in everything.items():
            start = time.process_time()
            work()
            took[name].append((time.process_time() - start) / SAMPLE * 1e6)
    print(f"\nmicroseconds a person, of one core; {len(conditions(rules))} conditions")
    print(f"{'':36}{'least':>9}{'middle':>9}  times plain Python")
    for name, times in sorted(took.items(), key=lambda each: statistics.median(each[1])):
        ratio = statistics.median(a / b for a, b in zip(times, took[PLAIN], strict=True))
        print(f"{name:36}{min(times):9.1f}{statistics.median(times):9.1f}  {ratio:7.2f}")


def whole_streams(number: int) -> None:
    print(f"\n{number:,} people in a file of JSONL, start included")
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, "people.jsonl"), Path(folder, "out.jsonl")
        file.write_text("".join(json.dumps(each) + "\n" for each in drawn(number, 0.12)))
        cores = sorted(os.sched_getaffinity(0))
        for form in ([], ["--brief"]):
            written: list[bytes] = []
            clock: list[float] = []
            for some in (cores[:1], cores):
                command = [*PATHFINDER, "recommend", str(file), *form, "--output", str(out)]
                start, before = time.perf_counter(), os.times()
                subprocess.run(
                    command, check=True, preexec_fn=lambda some=some: os.sched_setaffinity(0, some)
                )
                took, after = time.perf_counter() - start, os.times()
                used = (after.children_user - before.children_user) + (
                    after.children_system - before.children_system
                )
                written.append(out.read_bytes())
                clock.append(took)
                size = len(written[-1]) / number
                print(
                    f"{' '.join(form) or 'every reason':14} {len(some)} core(s): "
                    f"{number / took:7.0f} people/s; {used / number * 1e6:4.0f} µs of a core a "
                    f"person, so {len(some) * number / used:7.0f}/s where nobody else "
                    f"works; {size:6.0f} bytes a person"
                )
            assert written[0] == written[1], "the same lines in the same order"
            print(f"{'':14} by the clock, {clock[0] / clock[1]:.2f} times as fast on {len(cores)}")


def start() -> None:
    took = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "one.jsonl")
        file.write_text("{}\n")
        command = [*PATHFINDER, "recommend", str(file), "--output", str(Path(folder, "out.jsonl"))]
        for _ in range(ROUNDS):
            before = time.perf_counter()
            subprocess.run(command, check=True)
            took.append(time.perf_counter() - before)
    print(f"\na start with one person: {statistics.median(took) * 1000:.0f} ms")


def main() -> None:
    rules = load_rules()
    one_by_one(rules)
    start()
    for number in map(int, sys.argv[1:] or (20_000, 60_000)):
        whole_streams(number)


if __name__ == "__main__":
    main()
