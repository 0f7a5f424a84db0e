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
from datetime import datetime
from typing import Any, Final

from pathfinder.engine.conditions import Condition, Value
from pathfinder.engine.flow import applicable, view_of
from pathfinder.engine.question import NONE, SKIP, UNSURE, Answer, Answers, Reading
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.record_file import ANSWER, OtherWords, RecordPart, RecordWords
from pathfinder.pages.phrases import (
    ALONE,
    is_known,
    known_today,
    listed,
    name_of,
    sentence,
    several,
    was_derived,
    worked_out,
)
from pathfinder.sanitize import clean
from pathfinder.sessions.choices import CHART_REASONS, CLINICAL
from pathfinder.sessions.model import TO

CLIENT = "Client"
NOT_SURE = 'Answered "not sure" on'
NOT_SAID = "Preferred not to say"
FROM_SIGNS = "taken from a list of signs."
SIGNS_COUNT_AS = "reports signs that the tool counts as"
_LAST = " and "


class Reported:
    """What a client reported, under the rules in use."""

    def __init__(
        self, rules: RuleSet, words: RecordWords, answers: Answers, follow_up: bool = False
    ) -> None:
        self._rules, self._answers, self._follow_up = rules, answers, follow_up
        self._told = {id_: told for part in words.parts for id_, told in part.questions.items()}
        self._parts, self._short = words.parts, words.short
        known = known_today(rules, answers)
        self.view: Mapping[str, Value] = view_of(rules, known)
        self._asked = {question.id for question in applicable(rules, known)}

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

    def not_used(self) -> str:
        """Names of questions that a later answer took away: what was said there isn't told."""
        given = [id_ for id_, each in self._answers.items() if self._knows(id_, each)]
        left = [name_of(self._rules, id_) for id_ in given if id_ not in self._asked]
        return f"{listed(left)}." if left else ""

    def worked_out(self) -> Mapping[str, str]:
        """Answers that were counted from others: question -> answer."""
        return worked_out(self._rules, self._answers)

    def counts(self) -> Iterator[tuple[str, str]]:
        """Those, each with how many signs that was."""
        for id_, answer in self.worked_out().items():
            source = self._rules.question_by_id[id_].derived
            assert source is not None
            signs = self.view[source.source]
            count = len(signs - {NONE}) if isinstance(signs, frozenset) else 0
            of = len({*self._rules.question_by_id[source.source].answers} - {NONE})
            by = f"by the tool's count of self-reported signs ({count} of {of})."
            yield id_, f"{self.words(id_, answer)}, {by}"

    def words(self, question: str, answer: str) -> str:
        """An answer alone, in the third person. Of one that was counted, its name: what the answer
        says of a life ("it runs much of it") is nothing that the client has said."""
        told = self._told.get(question)
        whole = told.answers.get(answer, answer) if told is not None else answer
        if told is not None and self._follow_up:
            whole = told.follow_up.get(answer, whole)
        return whole.partition(":")[0] if question in self.worked_out() else whole

    def sentence(self, question: str, answers: Sequence[str], apart: str = " or ") -> str:
        """What follows "Client", for these answers. Where a word holds `apart`, ";" parts them."""
        told = self._told[question]
        record = next((o.record for o in told.other if self._gave(o)), told.record)
        return record.replace(ANSWER, _and([self.words(question, each) for each in answers], apart))

    def _gave(self, other: OtherWords) -> bool:
        return bool(other.answers & {*several(self._answers.get(other.question))})

    def about(self, alert_rules: Iterable[str]) -> Iterator[str]:
        """What an alert is about, in a few words: by the answers for which it came."""
        for rule in self._rules.alert_rules:
            for question, given in self._that_hold([rule.when] if rule.id in alert_rules else ()):
                for answer in sorted(given):
                    yield self._short(question, answer) or self.words(question, answer)

    def readings(self, to_check: Iterable[Mapping[str, Any]]) -> Iterator[Reading]:
        """What unknown answers were taken as, of what a decision says is to be checked."""
        known = {each.id: each for q in self._rules.questions for each in q.readings}
        for check in to_check:
            if check["effect"] == "reading" and check["rule"] in known:
                yield known[check["rule"]]

    def read_as(self, reading: Reading) -> tuple[str, str]:
        """What gates read, and what the client chose ("" where that isn't known)."""
        said = self._answers.get(reading.question)
        told = (
            ""
            if reading.of_unknown or said is None
            else self.words(reading.question, _joined(said))
        )
        value = self.words(reading.question, reading.value)
        return value.partition(":")[0], told.partition(":")[0]

    def taken(self, whens: Iterable[Condition], to_check: Any) -> str:
        """What these conditions rest on, too, without the client having said it."""
        used = {leaf.question for when in whens for leaf in when.leaves()}
        told = [
            f"{name_of(self._rules, each.question)} as {self.read_as(each)[0]}"
            for each in self.readings(to_check)
            if each.question in used
        ]
        return f"{TAKEN}: {'; '.join(told)}." if told else ""

    def last_asked(self) -> int:
        """The place of the last question that has an answer; 0 where none has."""
        asked = enumerate(applicable(self._rules, self._answers), start=1)
        return max((at for at, question in asked if question.id in self._answers), default=0)

    def because(self, *whens: Condition) -> tuple[str, ...]:
        """The answers by which conditions hold, each as what follows "Client"."""
        found: list[str] = []
        for id_, given in self._that_hold(whens):
            question = self._rules.question_by_id[id_]
            chosen = [answer for answer in question.answers if answer in given]
            if was_derived(question, self.view):  # the client never said it
                found.append(f"{SIGNS_COUNT_AS} {self.words(question.id, chosen[0])}")
            else:
                found.append(self.sentence(question.id, chosen, ";"))
        return tuple(dict.fromkeys(found))

    def _that_hold(self, whens: Iterable[Condition]) -> Iterator[tuple[str, frozenset[str]]]:
        """The questions by which conditions hold, each with the answers that they accept."""
        for leaf in (leaf for when in whens for leaf in when.leaves()):
            if leaf.op != "answered" and leaf.holds(self.view) is True:
                value = self.view[leaf.question]
                given = value if isinstance(value, frozenset) else frozenset({value})
                yield leaf.question, leaf.accepts & given

    def _sentences(self, part: RecordPart) -> Iterator[str]:
        first = True
        for id_ in part.questions:
            given = self._answers.get(id_)
            if given is None or not self._knows(id_, given) or id_ not in self._asked:
                continue
            chosen = _in_order(self._rules.question_by_id[id_].answers, given)
            if not chosen:
                continue
            told = self.sentence(id_, chosen)
            yield f"{CLIENT} {told}." if first else f"{told[:1].upper()}{told[1:]}."
            first = False

    def _open(self, part: RecordPart) -> Iterator[str]:
        for label, answer in ((NOT_SURE, UNSURE), (NOT_SAID, SKIP)):
            ids = [
                id_
                for id_ in part.questions
                if id_ in self._asked and answer in several(self._answers.get(id_))
            ]
            counted = [id_ for id_ in ids if answer == UNSURE and id_ in self.worked_out()]
            for id_ in counted:  # "not sure" opened the list: it isn't what was said of the use
                yield f"{sentence(name_of(self._rules, id_))[:-1]}: {FROM_SIGNS}"
            if names := [name_of(self._rules, id_) for id_ in ids if id_ not in counted]:
                yield f"{label}: {listed(names)}."

    def _knows(self, id_: str, answer: Answer) -> bool:
        return id_ in self._told and is_known(self._rules, id_, answer)


def _in_order(order: Iterable[str], given: Answer) -> list[str]:
    """In the order of the question, whatever order they were given in."""
    chosen = [each for each in several(given) if each not in ALONE]
    return [*(each for each in order if each in chosen), *({"none"} & {*chosen} - {*order})]


def _joined(answer: Answer) -> str:
    return ", ".join(several(answer))


def _and(words: Sequence[str], apart: str) -> str:
    """Several things as a sentence takes them: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    if any(sign in word for word in words for sign in (",", ";", apart)):
        return f"{'; '.join(words[:-1])};{_LAST}{words[-1]}"  # each can be counted
    return f"{', '.join(words[:-1])}{_LAST}{words[-1]}"


BLANK: Final = "____________________"
"""A line to fill by hand, or in the chart: what the tool can't know."""
NOTES: Final = "Counselor's notes"
RECORD: Final = "Record"
ALERT: Final = "Alert"
DONE: Final = "What was done"
NOTHING_WRITTEN: Final = f"not written down yet. {BLANK}"
WHEN_DONE: Final = "When this was done"
OLDER_QUESTIONS: Final = "Answers to questions of an earlier rule set"
UNKNOWN: Final = "Unknown, and it matters"
UNKNOWN_TOO: Final = "Also unknown, and it matters"
TARGETS: Final = {"alert": "alert: ", "first": "first step: "}
NOTHING_OPEN: Final = "no open question of the tool would change its level, first steps or alerts."
TOOL: Final = "Tool result, for reference"
LEVEL: Final = "Level of care by the tool, at least"
NO_LEVEL: Final = "No level of care worked out: the questions are made for adults."
LEVEL_OF_CARE: Final = "level of care"
NO_RULE: Final = "No rule asks for more."
FOR_UNKNOWN: Final = "For what is unknown, taken on the safe side."
CAME_OF: Final = "Agreed last time"
NOT_ASKED: Final = "Not asked, since the session stopped"
FROM_HERE: Final = "From here on"
OR: Final = " or "
WHICH: Final = f" Which of these: {BLANK}"
DONE_BEFORE: Final = "Done already"
DONE_SINCE: Final = "Done since last time"
HELD_FROM: Final = "Held from"
FROM_TO: Final = f"{BLANK} to {BLANK}"
CONSENT: Final = "Consent to share information (with whom, what, until when)"
RANKING: Final = "Ranking by the tool"
PUT_FIRST: Final = "A questionnaire (Pathfinder) put first"
ABOUT_EQUAL: Final = "The first ones fit about equally well."
JUDGEMENT: Final = "Counselor's judgement"
RISK: Final = "Counselor's judgement of the danger"
OTHERWISE: Final = "Counselor's judgement, other than the tool's"
LEFT_OPEN: Final = "left open."
STEP: Final = "First step"
STEPS: Final = "First steps"
STEP_OPEN: Final = "Not decided yet."
BECAME: Final = "With the client"
NO_STEPS: Final = "none called for by the tool."
FROM_THE_LIST: Final = "On the agency's list"
PLAN: Final = "Plan"
PLAN_OPEN: Final = f"nothing agreed in writing yet. {BLANK}"
NOTHING_NEW: Final = f"nothing new agreed in writing. {BLANK}"
PROGRAM_NOW: Final = "Program now"
UNTIL_APPOINTMENT: Final = "Until the appointment (who is near, whom to call, what was agreed)"
UNTIL_CONTACT: Final = "Until the next contact (who is near, whom to call, what was agreed)"
HOW: Final = "How this session was held (in person, by phone, by video)"
PRESENT: Final = "Who was present or on the line"
AUTHOR: Final = "Author, credential"
SESSION: Final = "Session"
FOLLOWS: Final = "Follow-up of session"
BEGUN: Final = "Begun"
SAVED: Final = "Saved"
RULES: Final = "The tool, and the rules it used"
DECIDED: Final = "Rules that decided"
READ_AS: Final = "for safety taken as"
TAKEN: Final = "Taken for safety"
NOT_USED: Final = "Answered, then no longer asked, and not used"
NO_PATH: Final = "none"
NOT_A_DIAGNOSIS: Final = (
    "Answers are options of a questionnaire, in the tool's words: none quotes the client, and "
    'where one joins things by "or", at least one of them applies. The tool\'s result is no '
    "diagnosis and no ASAM assessment; the judgement is the counselor's."
)


def sentence_case(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def title(client: str, *, follow_up: bool) -> str:
    what = "Follow-up note" if follow_up else "Intake note"
    return f"{what}, client {clean(client)}" if client else what


def stopped(number: int, why: str) -> str:
    at = f" at question {number}" if number else ""
    because = f": {why}" if why else ""
    return f"Stopped for safety{at}{because}. No level of care worked out."


def on_its_day(clock: str, begun: str, written: str) -> str:
    """A time of day, or from one to another, with its day, where it lies between beginning and
    writing; else a blank."""
    start, to, end = clock.partition(TO)
    if " " in start:
        return clock
    first, last = _on_the_clock_there(begun), _on_the_clock_there(written)
    day = first[:10]
    since, until = (f"{day} {each.rjust(5, '0')}" for each in (start, end or start))
    known = day and day == last[:10] and first <= since <= until <= last
    return f"{since}{to}{end}" if known else f"{clock}, on {BLANK}"


def _on_the_clock_there(kept: str) -> str:
    """By the clock of the place, as `clock` was typed: not by that of whoever reads it."""
    try:
        return f"{datetime.fromisoformat(kept):%Y-%m-%d %H:%M}"
    except ValueError:  # an import may hold a year alone
        return ""


def because(clauses: Sequence[str]) -> str:
    return f"{CLIENT} {'; '.join(clauses)}." if clauses else ""


def read_as(words: str, said: str) -> str:
    return f"{f'the client chose {said}' if said else 'not known'}; {READ_AS} {words}."


def could_bring(
    rules: RuleSet, told: RecordWords, given: Mapping[str, Any], targets: Iterable[tuple[str, str]]
) -> str:
    """The highest level among the targets, and first steps and alerts that don't stand yet."""
    rank = rules.level_rank
    top = max((rank[each] for what, each in targets if what == "gate" and each in rank), default=0)
    brings = []
    if top > rank.get(given["safe_level"] or "", 0):
        level = rules.levels[top].name
        brings.append(f"at least {level[:1].lower()}{level[1:]}")
    for effect, names in (("alert", told.alerts), ("first", told.first_steps)):
        stand = {each["id"] for each in given["alerts" if effect == "alert" else "first"]}
        ids = dict.fromkeys(id_ for what, id_ in targets if what == effect and id_ not in stand)
        brings += [TARGETS[effect] + names.get(id_, id_) for id_ in ids]
    return f"could bring {'; '.join(brings)}." if brings else ""


def not_asked(what: str, *, here: bool, there: str) -> str:
    """What no answer tells, so that nobody takes silence for a no, or the tool for a reader."""
    see = ["the counselor's notes below"] if here else []
    see += [f"the notes of session {there}"] if there else []
    where = f"; see {_LAST.join(see)}" if see else ", and the tool reads no notes"
    return f"{what}. The answers don't say{where}. Asked directly: {BLANK}"


def agrees(path: str, level: str, line: str, *, among: bool) -> str:
    """Agreement, true to what was a choice: with a level alone, or with one path among equals."""
    if level:
        return _with_line(
            f"agrees with the level: {level}; which kind is the client's choice.", line
        )
    equals = " (first among paths that fit about equally well)" if among else ""
    return _with_line(f"agrees with the tool: {path}{equals}.", line)


def differs(care: str, reason: str, line: str, blank: str) -> str:
    """Other care and why, in the counselor's words where there are any: they are the reason."""
    why = CHART_REASONS.get(reason, reason)
    if reason != CLINICAL:
        return _with_line(f"{care}. Reason: {why}.", line)
    if line:
        return f"{care}. Reason, in the counselor's words: {line}"
    return f"{care}. Reason: {why}{f': {blank}' if blank else '.'}"


def _with_line(text: str, line: str) -> str:
    return f"{text} In the counselor's words: {line}" if line else text


def ranking(paths: Sequence[str], *, equal: bool) -> str:
    if len(paths) == 1:
        return f"{paths[0]} alone; every other path was set aside."
    told = "; ".join(f"{place}. {path}" for place, path in enumerate(paths, start=1))
    return f"{told}.{f' {ABOUT_EQUAL}' if equal else ''}"


def signed(author: str) -> Mapping[str, str]:
    """The lines where a note is signed; who made it stands there where they said so."""
    known = author if "," in author else f"{author}, {BLANK}"  # a credential stands after a comma
    return {AUTHOR: known if author else BLANK, "Signature": BLANK, "Date": BLANK}


def of_session(id_: str, number: int, of: int) -> str:
    return f"{id_}, revision {number} of {of}"
