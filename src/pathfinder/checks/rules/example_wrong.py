"""A `fires` or `quiet` whose answers don't lead where it says.

The rule must fire for its `fires` and must not for its `quiet`. An answer that the example
leaves out is unknown, and an unknown answer never makes a rule fire.

To put it right, look at which is wrong, the rule or the example. If the example lacks an
answer, add it; a question is only asked, and so only counts, where its `ask_when` holds.
"""

from collections.abc import Iterator

from pathfinder.answers import check_answers
from pathfinder.checks.book import Book
from pathfinder.checks.catalogue import Needs
from pathfinder.checks.finding import Found, Severity
from pathfinder.interview import view_of
from pathfinder.loading.conditions import conjuncts
from pathfinder.logic import NOT_ASKED, Leaf, View, questions_in, unknown_in
from pathfinder.trials.firing import Safety, truth_of

CODE = "example-wrong"
SEVERITY = Severity.ERROR
NEEDS = Needs.QUESTIONS
FILE = "factors/home.yaml"
GOOD = "fires: {substances: [alcohol], severity: severe, home: none}"
BAD = "fires: {substances: [alcohol], severity: mild, home: none}"


def check(book: Book) -> Iterator[Found]:
    rules = book.rules
    tried: tuple[Safety, ...] = (*rules.alert_rules, *rules.first_rules, *rules.gates)
    for rule in tried:
        entry = book.by_id.get(rule.id)
        if entry is None or not book.sound(entry.file, entry.node):
            continue
        for kind, answers in (("fires", rule.fires), ("quiet", rule.quiet)):
            if answers is None:
                continue
            view = view_of(rules, check_answers(rules, answers))
            truth = truth_of(rules, rule, view)
            if (truth is True) != (kind == "fires"):
                yield book.found(entry.file, entry.at(kind), _said(rule, kind, view))


def _said(rule: Safety, kind: str, view: View) -> str:
    if kind == "quiet":
        return f"{rule.id} fires for these answers, and should be quiet"
    return f"{rule.id} doesn't fire for these answers: {_why(rule, view)}"


def _why(rule: Safety, view: View) -> str:
    failing = [part for part in conjuncts(rule.when) if part.holds(view) is False]
    for question in questions_in(*failing):
        if view.get(question, NOT_ASKED) is NOT_ASKED:
            return f"{question} isn't asked then (see its ask_when)"
    for part in failing:
        if isinstance(part, Leaf):
            return f"the rule asks for {_asked(part)}; here {part.question} {_is(view, part)}"
    if failing:
        return f"look at {', '.join(questions_in(*failing))}"
    if rule.unless is not None and rule.unless.holds(view) is True:
        return "its exception (unless) holds"
    missing = ", ".join(unknown_in(view, rule.when)) or "an answer"
    return f"not known here: {missing}; add the answer"


def _asked(leaf: Leaf) -> str:
    names = " or ".join(leaf.names)
    said = {"at_least": "at least ", "at_most": "at most ", "alone": "nothing but "}
    if leaf.op == "answered":
        return (
            f"an answer to {leaf.question}" if names == "true" else f"no answer to {leaf.question}"
        )
    return f"{leaf.question}: {said.get(leaf.op, '')}{names}"


def _is(view: View, leaf: Leaf) -> str:
    value = view[leaf.question]
    if isinstance(value, frozenset):
        return f"is {', '.join(sorted(value))}"
    return f"is {value}" if isinstance(value, str) else "isn't known"
