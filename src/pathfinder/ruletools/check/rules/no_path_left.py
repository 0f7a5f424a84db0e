"""The check `no-path-left`: its manual page, an example, and what looks for it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from pathfinder.engine.explain.firmness import MOST_TRIED, kinds_of_answers
from pathfinder.engine.flow import view_of, walk
from pathfinder.engine.gates import behind, gate_truth, gate_views
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.cases.examples import NoPath, gates_in_words, leave_none, no_path
from pathfinder.ruletools.check.context import Book, Found, Needs, Severity

FAMILY = "cases"
PAGE = """Gates that together leave no path to a person in `cases/`.

Nobody may go away without a path. Deciding for this person ends in an error, or would, once
a question that they left open is answered as the finding says. The finding names the gates
that it takes, and stands at the last one without which a path is left.

To put it right, take a path out of `set_aside` of one of the gates that the finding names,
or make the condition of one of them narrower. Begin with the one that you changed.
"""
CODE = "no-path-left"
SEVERITY = Severity.ERROR
NEEDS = Needs.ALL
FILE = "factors/home.yaml"
GOOD = "set_aside: [stay]"
BAD = "set_aside: [stay, talks, groups]"


def check(book: Book) -> Iterator[Found]:
    people: dict[str, list[tuple[NoPath, str]]] = defaultdict(list)
    rests_on = [behind(book.rules, (gate.when, gate.unless)) for gate in book.rules.gates]
    for case, view, first in zip(book.cases, book.case_views, book.case_firsts, strict=True):
        if first is None and (found := no_path(book.rules, view)) is not None:
            people[found.last.id].append((found, f"the person in {case.file}"))
        elif first:
            for found, given in _once_known(book.rules, case.answers, rests_on):
                people[found.last.id].append((found, f"the person in {case.file}, {given}"))
    for gate, ((found, who), *others) in people.items():
        entry = book.by_id[gate]
        key = "at_least" if found.last.at_least else "set_aside"
        message = gates_in_words(found, who)
        if others:
            message += f". Nor does {gate} leave one for {len(others)} more"
        yield book.found(entry.file, entry.at(key), message)


def _once_known(
    rules: RuleSet, answers: Answers, rests_on: Sequence[Collection[str]]
) -> Iterator[tuple[NoPath, str]]:
    """Answers to the questions that are still open which leave no path, and in which words.

    `rests_on`: the questions that each gate rests on, in the order of the rules.
    """
    walked = walk(rules, answers)
    views = gate_views(rules, walked.view, walked.assumed)
    truths = [gate_truth(gate, views) for gate in rules.gates]
    if not leave_none(
        rules, [g for g, t in zip(rules.gates, truths, strict=True) if t is not False]
    ):
        return  # whatever is answered
    for question in walked.asked:
        if walked.view[question.id] is not None and question.id not in walked.assumed:
            continue
        might = [
            gate
            for gate, truth, names in zip(rules.gates, truths, rests_on, strict=True)
            if truth is True or question.id in names
        ]
        if not leave_none(rules, might):
            continue  # whatever is answered to this one
        for answer in islice(kinds_of_answers(rules, question), MOST_TRIED):
            if question.id == rules.scope_question and answer in rules.scope_out:
                continue
            found = no_path(rules, view_of(rules, {**answers, question.id: answer}))
            if found is not None:
                named = answer if isinstance(answer, str) else " and ".join(answer)
                yield found, f"once {question.id} is known to be {named}"
                break
