"""Sessions as pages of blocks: the list, one session, two compared.

Why this module exists: the tool's word and the counselor's stand side by side, in
the words of the rules where they still know them, and by their ids where they don't.

It must not print, or show a note that wasn't asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pathfinder.engine.conditions import View
from pathfinder.engine.flow import view_of
from pathfinder.engine.question import Answer
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.older_answers import Carried
from pathfinder.pages.blocks import Block, Bullet, Heading, Row, SideBySide, Text
from pathfinder.pages.counselor import alert_told
from pathfinder.pages.phrases import kind_open, level_words, name_of, worked_out
from pathfinder.sessions import messages
from pathfinder.sessions.agreeing import SINCE, came_about, told
from pathfinder.sessions.choices import DONE, OTHER_CARE, REASONS, STEP_WORDS
from pathfinder.sessions.compare import AnswerEffect, SessionDifference, top
from pathfinder.sessions.model import (
    Draft,
    Given,
    Held,
    Judgement,
    Revision,
    Session,
    StepWord,
    held_of,
    time,
)
from pathfinder.sessions.store import first_with


def one(
    rules: RuleSet,
    session: Session,
    revision: Revision,
    carried: Carried,
    *,
    with_notes: bool,
    has_draft: bool,
    until: date | None = None,
    titles: Mapping[str, str],
) -> tuple[Block, ...]:
    """One revision of a session, and what today's rules make of its answers.

    `until`: the last day on which the agency keeps it, if it ever said. `titles`: what was said
    of a first step tells of, as `step_titles` has it.
    """
    given = session.decision(revision)
    blocks: list[Block] = [
        Heading(1, f"{messages.SESSION} {session.id}"),
        Text(session.client, label=messages.CLIENT),
        Text(time(session.begun), label=messages.BEGUN),
        Text(time(revision.saved), label=messages.SAVED),
        Text(messages.revision(revision.number, len(session.revisions)), label=messages.REVISION),
    ]
    beside = {
        messages.KEPT_UNTIL: until.isoformat() if until is not None else "",
        messages.AUTHOR: revision.author,
        messages.FOLLOWS: session.follows,
        messages.COPY_OF: session.copy_of,
    }
    blocks += [Text(text, label=label) for label, text in beside.items() if text]
    if has_draft:
        blocks.append(Text(f"{messages.DRAFT_TOO} {session.id}"))
    blocks += [Heading(1, messages.ANSWERS), *_answers(rules, revision.answers)]
    blocks += _notes(rules, revision.notes, with_notes=with_notes)
    held = held_of(session, revision)
    blocks += [
        Heading(1, messages.TOOL),
        *_given(rules, given, view_of(rules, carried.answers), held),
    ]
    if held is None or revision.judgement is not None:  # in danger nobody is asked for one
        blocks += [Heading(1, messages.OWN), *judgement(rules, revision.judgement)]
    if revision.judgement is not None:
        blocks.append(_written(session, revision, lambda each: each.judgement))
    blocks += steps_said(titles, revision.steps)
    blocks += [Text(text, label=label) for label, text in came_about(titles, revision.came).items()]
    blocks += [Text(revision.since, label=SINCE)] if revision.since else []
    if revision.agreed is not None:
        rows = told(revision.agreed).items()
        blocks += [Heading(1, messages.AGREED), *(Text(text, label=label) for label, text in rows)]
        blocks.append(_written(session, revision, lambda each: each.agreed))
    if held is not None:  # what was never asked is no slip, and a list of it no help
        blocks.append(Text(f"{messages.GO_ON_ONCE_SAFE} {session.id}"))
        carried = carried._replace(ask=())
    return (*blocks, *_since(rules, carried, session.id))


def _written(session: Session, shown: Revision, part: Callable[[Revision], object]) -> Text:
    """Since when a part of the revision that is shown stands as it does, and who wrote it."""
    at = first_with(session._replace(revisions=session.revisions[: shown.number]), part)
    return Text(", ".join(filter(None, (time(at.saved), at.author))), label=messages.WRITTEN)


def unfinished(rules: RuleSet, draft: Draft, *, with_notes: bool) -> tuple[Block, ...]:
    """A session that was only begun."""
    return (
        Heading(1, f"{messages.SESSION} {draft.id}"),
        Text(draft.client, label=messages.CLIENT),
        Text(time(draft.begun), label=messages.BEGUN),
        Text(time(draft.saved), label=messages.SAVED),
        Text(f"{messages.UNFINISHED} {draft.id}"),
        Heading(1, messages.ANSWERS),
        *_answers(rules, draft.answers),
        *_notes(rules, draft.notes, with_notes=with_notes),
    )


def what_carrying_did(rules: RuleSet, carried: Carried) -> tuple[str, ...]:
    """What changed with the rules, and what must be asked: sentences to tell before a quiz."""
    ask = "; ".join(name_of(rules, question) for question in carried.ask)
    return (*carried.told, *([f"{messages.ASK_AGAIN}: {ask}."] if ask else []))


def compared(
    rules: RuleSet,
    names: tuple[str, str],
    found: SessionDifference,
    by_rules: SessionDifference | None = None,
    *,
    cause: str = messages.CHANGED_RESULT,
    told: Sequence[str] = (),
    effects: Sequence[AnswerEffect] = (),
    own: Sequence[Block] = (),
    since: Sequence[Block] = (),
) -> tuple[Block, ...]:
    """Two sittings side by side. `by_rules`: what the rules alone did to the earlier one.

    `effects`: what each changed answer did; told where several changed. `own` and
    `since`: of `judging`.
    """
    blocks: list[Block] = [Heading(1, messages.COMPARED), *map(Text, told), *since]
    if found.nothing and by_rules is None:
        return (*blocks, Text(messages.SAME), *own)
    before, after = found.counted
    rows = tuple(
        Row(
            name_of(rules, change.question).capitalize(),
            _answer(rules, change.question, change.before, before.get(change.question)),
            _answer(rules, change.question, change.after, after.get(change.question)),
        )
        for change in found.answers
    )
    answers = SideBySide(*names, rows) if rows else Text(messages.SAME_ANSWERS)
    blocks += [Heading(1, messages.CHANGED_ANSWERS), answers]
    if by_rules is not None:
        blocks += [Heading(1, messages.CHANGED_BY_RULES), Text(messages.TWO_CAUSES)]
        blocks += _result(rules, (messages.THEN_RULES, messages.NOW_RULES), by_rules)
    blocks += [Heading(1, cause), *_result(rules, names, found)]
    if len(found.answers) > 1 and effects:
        blocks += [Heading(1, messages.WHICH_DID_WHAT), *_effects(rules, found, effects)]
    return (*blocks, *own)


# --- parts ------------------------------------------------------------------------------


def _result(rules: RuleSet, names: tuple[str, str], found: SessionDifference) -> list[Block]:
    if not found.result_changed:
        return [Text(messages.SAME_RESULT)]
    rows = (
        Row(messages.TOOL_LEVEL, *(_level(rules, level) for level in found.level)),
        Row(messages.TOOL_PATH, *(path_name(rules, path) for path in found.top)),
    )
    blocks: list[Block] = [SideBySide(*names, rows)]
    steps = {step.id: step.title for step in rules.steps}
    alerts = {alert.id: alert.title for alert in rules.alerts}
    for title, lists, known in (
        (messages.TOOL_FIRST, found.first, steps),
        (messages.TOOL_ALERTS, found.alerts, alerts),
    ):
        told = [
            Bullet("; ".join(known.get(id_, id_) for id_ in ids), label=label)
            for label, ids in (
                (messages.CAME, lists.came),
                (messages.WENT, lists.went),
                (messages.STAYED, lists.stayed),
            )
            if ids
        ]
        if told:
            blocks += [Heading(2, title), *told]
    if found.moved:
        blocks.append(Heading(2, messages.RANKING))
        blocks += [
            Bullet(messages.moved(place.before, place.after), label=path_name(rules, place.path))
            for place in found.moved
        ]
    return blocks


def _effects(
    rules: RuleSet, found: SessionDifference, effects: Sequence[AnswerEffect]
) -> list[Block]:
    blocks: list[Block] = []
    for effect in effects:
        label = name_of(rules, effect.question).capitalize()
        if not effect.alone:
            label = f"{label}, {messages.BESIDE_OTHERS}"
        blocks.append(Bullet("; ".join(_did(rules, effect.did)) + ".", label=label))
    known = {effect.question for effect in effects}
    idle = [each.question for each in found.answers if each.question not in known]
    if idle:
        names = "; ".join(name_of(rules, question) for question in idle)
        blocks.append(Bullet(f"{names}.", label=messages.DID_NOTHING))
    return blocks


def _did(rules: RuleSet, did: SessionDifference) -> list[str]:
    steps = {step.id: step.title for step in rules.steps}
    alerts = {alert.id: alert.title for alert in rules.alerts}
    said = [
        f"{word}: {known.get(id_, id_)}"
        for word, ids, known in (
            (messages.NEW_ALERT, did.alerts.came, alerts),
            (messages.NO_ALERT, did.alerts.went, alerts),
            (messages.NEW_STEP, did.first.came, steps),
            (messages.NO_STEP, did.first.went, steps),
        )
        for id_ in ids
    ]
    for label, (before, after), worded in (
        (messages.TOOL_LEVEL, did.level, _level),
        (messages.TOOL_PATH, did.top, path_name),
    ):
        if before != after:
            small = f"{label[0].lower()}{label[1:]}"
            said.append(f"{small}: {worded(rules, before)}, now {worded(rules, after)}")
    return said


def _answers(rules: RuleSet, answers: object) -> list[Block]:
    assert isinstance(answers, dict)
    known = [question.id for question in rules.questions if question.id in answers]
    counted = worked_out(rules, answers)
    return [
        Text(
            _answer(rules, question, answers[question], counted.get(question)),
            name_of(rules, question).capitalize(),
        )
        for question in (*known, *(key for key in answers if key not in known))
    ]


def _answer(
    rules: RuleSet, question: str, answer: Answer | None, counted: str | None = None
) -> str:
    """An answer in the person's words. `counted`: what it was worked out to be."""
    if counted is not None:
        said = "" if answer is None else f"{_answer(rules, question, answer)}; "
        label = rules.question_by_id[question].label(counted)
        return f"{said}{messages.COUNTED}: {label}"
    if answer is None:
        return messages.NOT_ANSWERED
    parts = (answer,) if isinstance(answer, str) else answer
    asked = rules.question_by_id.get(question)
    known = {*asked.answers, "unsure", "skip"} if asked else set()
    return "; ".join(asked.label(part) if asked and part in known else part for part in parts)


def _notes(rules: RuleSet, notes: object, *, with_notes: bool) -> list[Block]:
    assert isinstance(notes, dict)
    if not notes:
        return []
    if not with_notes:
        return [Heading(1, messages.NOTES), Text(messages.notes_kept(len(notes)))]
    return [
        Heading(1, messages.NOTES),
        *(Text(note, label=name_of(rules, key).capitalize()) for key, note in notes.items()),
    ]


def steps_said(titles: Mapping[str, str], said: Sequence[StepWord]) -> list[Text]:
    """What became of the first steps, in the counselor's part. `titles`: of `step_titles`."""
    return [
        Text(
            STEP_WORDS.get(each.word, each.word)
            + (f": {REASONS.get(each.reason, each.reason)}" if each.reason else ""),
            label=titles.get(each.step, each.step),
        )
        for each in said
    ]


def _given(rules: RuleSet, given: Given, view: View, held: Held | None = None) -> list[Block]:
    passport = given["passport"]
    steps = {step.id: step.titled(view) for step in rules.steps}
    first = "; ".join(steps.get(step["id"], step["id"]) for step in given["first"])
    fired = "; ".join(
        alert_told(rules, view, alert["id"], alert.get("rules", ())) for alert in given["alerts"]
    )
    rule_set = f"{passport['ruleset']} {passport['version']}, {passport['sha256'][:12]}"
    if held is not None:  # what a few answers came to is no finding
        done = [Text(held.done[key], label=DONE[key]) for key in DONE if held.done.get(key)]
        return [
            Text(messages.HELD_LONG),
            *done,
            Text(fired or messages.NOTHING, label=messages.TOOL_ALERTS),
            Text(rule_set, label=messages.RULES),
        ]
    return [
        Text(fired or messages.NOTHING, label=messages.TOOL_ALERTS),
        Text(first or messages.NOTHING, label=messages.TOOL_FIRST),
        Text(_level(rules, given["safe_level"]), label=messages.TOOL_LEVEL),
        Text(path_name(rules, top(given)), label=messages.TOOL_PATH),
        Text(rule_set, label=messages.RULES),
    ]


def judgement(rules: RuleSet, judgement: Judgement | None, first: str = "") -> list[Text]:
    """The counselor's own judgement, or that it was left open. `first`: the path then put first."""
    if judgement is None:
        return [Text(messages.OWN_OPEN)]
    blocks: list[Text] = []
    if judgement.agrees and judgement.level is not None:
        level = kind_open(_level(rules, judgement.level))
        return [Text(level, label=messages.OWN_AGREES_LEVEL), *_own_line(judgement)]
    if judgement.agrees:
        blocks.append(Text(f"{messages.OWN_AGREES} {first}".strip()))
    if judgement.path is not None:
        blocks.append(Text(path_name(rules, judgement.path), label=messages.OWN_PATH))
    if judgement.level is not None:
        level = OTHER_CARE.get(judgement.level) or _level(rules, judgement.level)
        blocks.append(Text(level, label=messages.OWN_LEVEL))
    if judgement.reason is not None:
        reason = REASONS.get(judgement.reason, judgement.reason)
        blocks.append(Text(reason, label=messages.OWN_REASON))
    return [*blocks, *_own_line(judgement)]


def _own_line(judgement: Judgement) -> list[Text]:
    return [Text(judgement.line, label=messages.OWN_LINE)] if judgement.line else []


def _since(rules: RuleSet, carried: Carried, id_: str) -> list[Block]:
    told = what_carrying_did(rules, carried)
    if not told:
        return []
    end = [Text(f"{messages.GO_ON} {id_}")] if carried.ask else []
    return [Heading(1, messages.SINCE), *map(Bullet, told), Text(messages.AS_GIVEN), *end]


def _level(rules: RuleSet, level: str | None) -> str:
    if level is None:
        return messages.NOTHING
    return level_words(rules, level) if level in rules.level_rank else level


def path_name(rules: RuleSet, path: str | None) -> str:
    if path is None:
        return messages.NO_PATH
    known = rules.path_by_id.get(path)
    return known.name if known else path
