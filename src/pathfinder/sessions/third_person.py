"""What a chart says in the third person: answers, by which a rule fired, and the words around them.

Why this module exists: a chart tells what a client reports, in words that stand in record.yaml,
and a level of care or a first step stands there with the answers that called for it. The rules
say these in the second person, to the client; a chart can't. The words around them are read aloud
and translated here: they are for clinicians, short, and nothing that a court or a client would
read as blame.

It must not say what was not answered as if it were, or know the forms of a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pathfinder.engine.conditions import Condition, Value
from pathfinder.engine.flow import view_of
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.record_file import ANSWER, OtherWords, RecordPart, RecordWords
from pathfinder.pages.phrases import listed, name_of, was_derived
from pathfinder.sanitize import clean

CLIENT = "Client"
NOT_SURE = "Not sure"
NOT_SAID = "Preferred not to say"
SIGNS_COME_TO = "reports signs that come to"
_LAST = " and "


class Reported:
    """What a client reported, under the rules in use."""

    def __init__(self, rules: RuleSet, words: RecordWords, answers: Answers) -> None:
        self._rules, self._answers = rules, answers
        self._told = {id_: told for part in words.parts for id_, told in part.questions.items()}
        self._parts = words.parts
        self.view: Mapping[str, Value] = view_of(rules, known_today(rules, answers))

    def parts(self) -> Iterator[tuple[RecordPart, str]]:
        """Each part that something was asked of, as a paragraph."""
        for part in self._parts:
            told = [*self._sentences(part), *self._open(part)]
            if told:
                yield part, " ".join(told)

    def unlike_today(self) -> str:
        """Answers to what today's rules don't ask, as they were given."""
        old = {id_: each for id_, each in self._answers.items() if not self._knows(id_, each)}
        return "; ".join(f"{clean(id_)}: {clean(_joined(each))}" for id_, each in old.items())

    def worked_out(self) -> Mapping[str, str]:
        """Answers that were counted from others: question -> answer."""
        return worked_out(self._rules, self._answers)

    def words(self, question: str, answer: str) -> str:
        """An answer alone, in the third person. Of one that was counted, its name: what the answer
        says of a life ("it runs much of it") is nothing that the client has said."""
        told = self._told.get(question)
        whole = told.answers.get(answer, answer) if told is not None else answer
        return whole.partition(":")[0] if question in self.worked_out() else whole

    def sentence(self, question: str, answers: Sequence[str]) -> str:
        """What follows "Client", for these answers."""
        told = self._told[question]
        record = next((o.record for o in told.other if self._gave(o)), told.record)
        return record.replace(ANSWER, _and([self.words(question, each) for each in answers]))

    def _gave(self, other: OtherWords) -> bool:
        return bool(other.answers & {*_several(self._answers.get(other.question))})

    def because(self, when: Condition) -> tuple[str, ...]:
        """The answers by which a condition holds, each as what follows "Client"."""
        found: list[str] = []
        for leaf in when.leaves():
            if leaf.op == "answered" or leaf.holds(self.view) is not True:
                continue
            question = self._rules.question_by_id[leaf.question]
            value = self.view[question.id]
            given = leaf.accepts & (value if isinstance(value, frozenset) else {value})
            chosen = [answer for answer in question.answers if answer in given]
            if was_derived(question, self.view):  # the client never said it
                found.append(f"{SIGNS_COME_TO} {self.words(question.id, chosen[0])}")
            else:
                found.append(self.sentence(question.id, chosen))
        return tuple(dict.fromkeys(found))

    def _sentences(self, part: RecordPart) -> Iterator[str]:
        first = True
        for id_ in part.questions:
            given = self._answers.get(id_)
            if given is None or not self._knows(id_, given):
                continue
            chosen = _in_order(self._rules.question_by_id[id_].answers, given)
            if not chosen:
                continue
            told = self.sentence(id_, chosen)
            yield f"{CLIENT} {told}." if first else f"{told[:1].upper()}{told[1:]}."
            first = False

    def _open(self, part: RecordPart) -> Iterator[str]:
        for label, answer in ((NOT_SURE, UNSURE), (NOT_SAID, SKIP)):
            names = [
                name_of(self._rules, id_)
                for id_ in part.questions
                if answer in _several(self._answers.get(id_))
            ]
            if names:
                yield f"{label}: {listed(names)}."

    def _knows(self, id_: str, answer: Answer) -> bool:
        return id_ in self._told and is_known(self._rules, id_, answer)


_ALONE = (UNSURE, SKIP)


def worked_out(rules: RuleSet, answers: Answers) -> Mapping[str, str]:
    """Answers that are counted from others, as today's rules do: question -> answer."""
    view = view_of(rules, known_today(rules, answers))
    return {
        question.id: value
        for question in rules.questions
        if was_derived(question, view) and isinstance(value := view[question.id], str)
    }


def known_today(rules: RuleSet, answers: Answers) -> dict[str, Answer]:
    """An answer of older rules isn't read as one of today's."""
    return {id_: answer for id_, answer in answers.items() if is_known(rules, id_, answer)}


def is_known(rules: RuleSet, id_: str, answer: Answer) -> bool:
    question = rules.question_by_id.get(id_)
    if question is None:
        return False
    if isinstance(answer, str) is (question.kind == "many") and answer not in (*_ALONE, NONE):
        return False
    return all(each in (*question.answers, NONE, *_ALONE) for each in _several(answer))


def _several(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(answer)


def _in_order(order: Iterable[str], given: Answer) -> list[str]:
    """In the order of the question, whatever order they were given in."""
    chosen = [each for each in _several(given) if each not in _ALONE]
    return [*(each for each in order if each in chosen), *({"none"} & {*chosen} - {*order})]


def _joined(answer: Answer) -> str:
    return ", ".join(_several(answer))


def _and(words: Sequence[str]) -> str:
    """Several things as a sentence takes them: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    between = "; " if any("," in word or ";" in word for word in words) else ", "
    return f"{between.join(words[:-1])}{_LAST}{words[-1]}"


NOTES: Final = "Counselor's notes"
RECORD: Final = "Record"
ALERT: Final = "Alert"
DONE: Final = "What was done"
NOTHING_WRITTEN: Final = "not written down yet"
OLDER_QUESTIONS: Final = "Answers to questions of an earlier rule set"
UNKNOWN: Final = "Unknown, and it matters"
UNKNOWN_TOO: Final = "Also unknown, and it matters"
TARGETS: Final = {"alert": "alert: ", "first": "first step: "}
NOTHING_OPEN: Final = "nothing that would change level, first steps or alerts."
IN_PERSON: Final = "To ask in person"
LEVEL: Final = "Least care that is safe, by the tool"
NO_LEVEL: Final = "No level of care worked out: the questions are made for adults."
NO_RULE: Final = "No rule asks for more."
RANKING: Final = "Ranking by the tool"
ABOUT_EQUAL: Final = "The first ones fit about equally well."
LEFT_OPEN: Final = "Left open."
LINE: Final = "Counselor's line"
STEP: Final = "First step"
STEPS: Final = "First steps"
STEP_OPEN: Final = "not decided yet"
BECAME: Final = "With the client"
NO_STEPS: Final = "none."
FROM_THE_LIST: Final = "On the agency's list"
PLAN: Final = "Plan"
PLAN_OPEN: Final = "nothing agreed in writing yet."
REFERRAL: Final = "Referral"
CALLS: Final = "Who calls"
PHONE: Final = "Phone"
APPOINTMENT: Final = "Appointment"
BRING: Final = "To bring"
NEXT_CONTACT: Final = "Next contact"
AUTHOR: Final = "Author"
BLANK: Final = "____________________"
SESSION: Final = "Session"
FOLLOWS: Final = "Follow-up of session"
BEGUN: Final = "Begun"
SAVED: Final = "Saved"
RULES: Final = "Rules used"
NO_PATH: Final = "none"
NOT_A_DIAGNOSIS: Final = (
    "Answers are as the client gave them. The tool's result is no diagnosis and no ASAM "
    "assessment; the judgement is the counselor's."
)


CLINICAL: Final = "clinical judgement"


def title(client: str) -> str:
    return f"Intake note, client {clean(client)}" if client else "Intake note"


def stopped(number: int, why: str) -> str:
    at = f" at question {number}" if number else ""
    because = f": {why}" if why else ""
    return f"Stopped for safety{at}{because}. No level of care worked out."


def because(clauses: str, rules: str) -> str:
    return f"Client {clauses} ({rules})."


def by_rule(rules: str) -> str:
    return f"({rules})"


def set_by(rule: str, clauses: str) -> str:
    return (
        f"Set by {rule}: client {clauses}." if clauses else f"Set by {rule}, for what is unknown."
    )


def counted(words: str, number: int, source: str) -> str:
    signs = "1 answer" if number == 1 else f"{number} answers"
    return f"{words}. Counted from {signs} on {source}; not said by the client."


def read_as(words: str, rule: str) -> str:
    return f"not known; for safety taken as: {words} ({rule})."


def could_bring(targets: str) -> str:
    return f"could bring {targets}."


def no_question(what: str) -> str:
    """What no answer tells, so that nobody takes silence for a no."""
    return f"{what}. The answers don't tell."


def declined(reason: str, *, by_choice: bool) -> str:
    return "Not wanted now, by the client's choice" if by_choice else f"Not possible now: {reason}"


def at_least(level: str) -> str:
    return f"at least {level[:1].lower()}{level[1:]}"


def agrees(path: str) -> str:
    return f"Counselor agrees with the tool: {path}."


def differs(care: str, first: str, reason: str) -> str:
    return f"Counselor judges otherwise: {care}. The tool put first: {first}. Reason: {reason}."


def of_session(id_: str, number: int, of: int) -> str:
    return f"{id_}, revision {number} of {of}"
