"""How much care is safe: what asks for it, what less care would do by itself, and what of it
rests on answers that aren't known.

Why this module exists: the short answer, the whole page, the counselor's view and the explanation
give the same reasons for a level of care, and call open what is open, each once.

It must not decide: the gates did.
"""

from __future__ import annotations

from collections.abc import Sequence

from pathfinder.engine.conditions import View, fires, questions_in
from pathfinder.engine.decision import Decision, Reason
from pathfinder.engine.question import Grounds, Reading
from pathfinder.engine.rules import Gate
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.phrases import Cites, in_truth_open, level_words, listed, names_of, seen_first
from pathfinder.pages.reasons import doubted, read_otherwise


def level_gates(
    rules: RuleSet, decision: Decision, level: str | None = None
) -> list[tuple[Gate, str, Grounds]]:
    """Why no less care than the safe level: what the gates that ask for just that level say, or for
    just another `level`."""
    level = level or decision.safe_level
    asking = {gate.id: gate for gate in rules.gates if gate.at_least == level}
    found: dict[str, tuple[Gate, str, Grounds]] = {}
    for entry in decision.set_aside:
        for rule, because, grounds in zip(entry.rules, entry.because, entry.grounds, strict=True):
            if rule in asking:
                found[rule] = (asking[rule], because, grounds)
    return [found[gate.id] for gate in rules.gates if gate.id in found]


def why_level(rules: RuleSet, decision: Decision) -> str:
    """What stands above the reasons for the safe level."""
    perhaps = by_what_is_open(rules, decision)
    return messages.WHY_LEVEL_PERHAPS if perhaps else messages.WHY_LEVEL


def surely_too_little(rules: RuleSet, decision: Decision, level: str) -> bool:
    """Whether some gate asks for more care than that of a level by what is known."""
    rank = rules.level_rank
    # As the gates take them: an answer that they read as another is known, too.
    at_work = {rule for entry in decision.set_aside for rule in entry.rules}
    return any(
        gate.id in at_work and not not_known(rules, gate, decision)
        for gate in rules.gates
        if gate.at_least and rank[gate.at_least] > rank[level]
    )


def by_what_is_open(rules: RuleSet, decision: Decision) -> bool:
    """Whether all that asks for the safe level rests on answers that aren't known."""
    gates = level_gates(rules, decision)
    return bool(gates) and all(not_known(rules, gate, decision) for gate, _, _ in gates)


def level_reasons(
    rules: RuleSet, decision: Decision, cite: Cites, *, of: str | None = None
) -> list[Block]:
    """Why no less care would be safe, and how much that is, where it isn't the level `of` the path
    that stands above."""
    gates = level_gates(rules, decision)
    if not gates or decision.safe_level is None:
        return []
    label = messages.SAFE_LEVEL_ONCE_SAFE if decision.hold else messages.SAFE_LEVEL
    if not decision.hold and seen_first(rules, decision):
        label = messages.SAFE_LEVEL_ONCE_SEEN
    blocks: list[Block] = [Heading(2, why_level(rules, decision))]
    # After an emergency that the calm answers don't fit, a lowest level would be taken for enough.
    if of != decision.safe_level and not (decision.hold and doubted(rules, decision)):
        blocks.append(Text(f"{level_words(rules, decision.safe_level)}.", label=label))
    # Where one thing alone asks for the most care there is, it must not look like all that does.
    below = rules.level_rank[decision.safe_level] - 1
    if below == len(rules.levels) - 2:
        gates += level_gates(rules, decision, rules.levels[below].id)
    told: set[str] = set()
    for gate, because, grounds in gates:
        text = with_care(rules, gate, cite(because, grounds), decision, told=told)
        blocks.append(Bullet(text))
    return blocks


def asked_for_more(rules: RuleSet) -> set[str]:
    """The questions by which gates ask for more care. No liking decides how much is right."""
    return set(questions_in(*(gate.when for gate in rules.gates if gate.at_least)))


def overruled(rules: RuleSet, decision: Decision) -> list[Reason]:
    """The reasons against the first path by which less care would do, while other answers ask
    for this much.

    Such a one answers a question that gates of a level ask, speaks against every path of the safe
    level, and its answer for none above.
    """
    if not level_gates(rules, decision) or decision.safe_level is None:
        return []
    asked = asked_for_more(rules)
    rank = {path.id: rules.level_rank[path.level] for path in rules.paths}
    safe = rules.level_rank[decision.safe_level]
    at = {path for path in rank if rank[path] == safe}
    rows = {table.id: table.rows for table in rules.reasons}
    found = []
    for reason in decision.ranked[0].against:
        row = rows.get(reason.rule, {}).get(reason.answer or "")
        if row is None or reason.question not in asked:
            continue
        against = {p for each in row.arguments if each.because == reason.does for p in each.paths}
        for_more = any(row.most(path) > 0 for path in rank if rank[path] > safe)
        if at <= against and not for_more:
            found.append(reason)
    return found


def with_care(
    rules: RuleSet,
    gate: Gate,
    text: str,
    decision: Decision,
    *,
    short: bool = False,
    told: set[str] | None = None,
) -> str:
    """What a gate says. Where the answers themselves don't say it, why one of them is read
    otherwise, or which of them aren't known. In `short`, the former stands on the full page alone.
    Where one counts as another answer says, the gate may hang on it, too. `told` holds what stands
    above of either, and gets what is told now.
    """
    told = set() if told is None else told
    open_, taken = _rests_on(rules, gate, decision)
    for reading in taken:
        if not short and reading.id not in told:
            text = f"{text} {reading.because}"
            told.add(reading.id)
    risks = [] if short else list(names_of(rules, _risks(rules, gate, decision, open_)))
    return in_doubt(rules, decision, open_, text, told, short=short, risks=risks)


def _risks(rules: RuleSet, gate: Gate, decision: Decision, open_: Sequence[str]) -> list[str]:
    """The other answers by which what isn't known is read so that a gate asks for its level, where
    no gate would ask for as much of anybody who leaves the same open."""
    view, rank = decision.view, rules.level_rank
    least = rank[gate.at_least] if gate.at_least else 0
    as_much = [each for each in rules.gates if each.at_least and rank[each.at_least] >= least]
    readings = {
        question: [
            reading
            for reading in rules.question_by_id[question].readings
            if reading.of_unknown and reading.when.holds(view)
        ]
        for question in open_
    }
    taken = {question: found[0] for question, found in readings.items() if found}
    read = {**view, **{question: reading.value for question, reading in taken.items()}}
    risks: dict[str, None] = {}
    for question, reading in taken.items():
        anybodys = {**read, question: readings[question][-1].value}
        if not any(fires(each.when, each.unless, anybodys) is True for each in as_much):
            risks |= {leaf.question: None for leaf in reading.when.leaves() if leaf.holds(view)}
    return [question for question in risks if question not in open_]


def not_known(rules: RuleSet, gate: Gate, decision: Decision) -> list[str]:
    """The questions on which a gate hangs and to which nobody knows the answer."""
    return list(in_truth_open(rules, decision, _rests_on(rules, gate, decision)[0]))


def _rests_on(rules: RuleSet, gate: Gate, decision: Decision) -> tuple[list[str], list[Reading]]:
    """The open questions on which a gate hangs, and the readings by which it takes answers that
    were given as others."""
    view = decision.view
    if fires(gate.when, gate.unless, view) is True:
        return [each for each in decision.assumed if _hangs_on(rules, gate, view, each)], []
    read = {question.id: question.readings for question in rules.questions if question.readings}
    truths = [(leaf.question, leaf.holds(view)) for leaf in gate.when.leaves()]
    unsure = dict.fromkeys(q for q, truth in truths if truth is None or (q in read and not truth))
    taken = {question: read_otherwise(read.get(question, ()), view) for question in unsure}
    return (
        [question for question, reading in taken.items() if reading is None],
        [reading for reading in taken.values() if reading is not None],
    )


def in_doubt(
    rules: RuleSet,
    decision: Decision,
    questions: Sequence[str],
    text: str,
    told: set[str],
    *,
    short: bool = False,
    risks: Sequence[str] = (),
) -> str:
    """What rests on answers that aren't known, with their names; each such line once. Of one that
    was given, and is in doubt since another isn't known by which it is asked, that other is told.
    """
    names = listed(names_of(rules, in_truth_open(rules, decision, questions)))
    careful = messages.with_care(names) if names else ""
    if not careful or careful in told:
        return text
    told.add(careful)
    return f"{text} {careful}" if short else messages.with_care(names, text, risks)


def _hangs_on(rules: RuleSet, gate: Gate, view: View, question: str) -> bool:
    """Whether one of the answers to a question would leave the gate open."""
    if question not in questions_in(gate.when, gate.unless):
        return False
    answers = rules.question_by_id[question].answers
    views = ({**view, question: answer} for answer in answers)
    return any(fires(gate.when, gate.unless, each) is not True for each in views)


def step_too_little(rules: RuleSet, decision: Decision, path: str, said: Sequence[str]) -> str:
    """Of the words for a step that may be too little, and for one that surely is, those that are
    true of a path."""
    return said[surely_too_little(rules, decision, rules.path_by_id[path].level)]
