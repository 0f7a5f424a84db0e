"""The interview: which question comes next, what an answer changes, when alerts ring; and notes.

Why this module exists: menus, numbered lines and a script in a test are led by one
conversation, on the walk of `engine.flow`, so that none can ask in another order. A counselor
may write a short note to any question, apart from the answers: in the same words everywhere, and
on the disk before it is said to be kept.

It must not know a screen, a file or a terminal, or where notes are kept. It decides nothing
about care, and never shows a note that wasn't asked for: a client may be looking, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, StrEnum
from typing import Final, NamedTuple, Protocol

from pathfinder.engine.conditions import fires, questions_in
from pathfinder.engine.flow import applicable, view_of
from pathfinder.engine.gates import questions_of_care
from pathfinder.engine.question import Answer, Answers, Question
from pathfinder.engine.ruleset import Alert, RuleSet
from pathfinder.sanitize import clean


class Move(Enum):
    """What a person may do at a question instead of answering it."""

    BACK = "back"
    REVIEW = "review"
    SAVE = "save"


class Ended(StrEnum):
    """How an interview ended."""

    FINISHED = "finished"
    STOPPED_AT_ALERT = "stopped_at_alert"
    OUT_OF_SCOPE = "out_of_scope"


class AskedQuestion(NamedTuple):
    """One question as it is put: where it stands on the current path, and the old answer."""

    question: Question
    number: int
    total: int
    part: str
    old: Answer | None
    can_go_back: bool


class ReviewRow(NamedTuple):
    """One line of the review: a question of the current path, and its answer, if there is one."""

    question: Question
    answer: Answer | None


def answers_head(*, finished: bool, in_session: bool) -> tuple[str, ...]:
    """What stands over the answers. What no question asks is for a talk: it changes nothing."""
    if not finished:
        return ("Your answers so far.",)
    missing = () if in_session else (IS_SOMETHING_MISSING,)  # a counselor writes a note
    return ("These are all your answers.", *missing)


class Prompter(Protocol):
    """A way of asking: menus, numbered lines, or a script.

    Any of its methods may raise `QuickExit`.
    """

    def ask(self, step: AskedQuestion) -> Answer | Move:
        """Put one question. A `many` is answered with its ids, or with `unsure` or `skip`."""

    def alert(self, alerts: Sequence[Alert]) -> bool | Move:
        """Show alerts that have just become due. False: the person wants to stop here.

        The choice is offered only where one of the alerts has `hold`. `Move.BACK` leads to the
        question whose answer called for it: a slip of a key must not end an interview.
        """

    def review(self, rows: Sequence[ReviewRow], *, finished: bool) -> str | None:
        """Show every answer. The id of the question to change, or None to go on.

        `finished`: nothing is left to ask, so that going on leads to the result.
        """


class Outcome(NamedTuple):
    """The answers, with those that are off the path, and how the interview ended."""

    answers: Answers
    ended: Ended


Keep = Callable[[Answers], None]
"""Told the answers: after each one, or when the person asks for them to be saved."""

Enough = Callable[[Answers], bool]
"""Told the answers once all that settles how much care is safe is known. False: back."""


def conduct(
    rules: RuleSet,
    prompter: Prompter,
    answers: Answers | None = None,
    *,
    review: bool = False,
    keep: Keep | None = None,
    save: Keep | None = None,
    enough: Enough | None = None,
) -> Outcome:
    """Ask what `answers` leaves open, and say how it ended.

    Going back leads to the question before on the path, also to one that `answers`
    has answered already. From there the questions are walked again, each with its
    old answer.

    With `review`, all answers are shown before the end, and one can be picked to
    change: then only what newly applies is asked. `keep` is told the answers after
    each one, `save` when the person asks for it, and `enough` once, before the first of
    the questions that choose only among kinds of care.
    """
    return _Conversation(rules, prompter, answers or {}, keep, save, enough).hold(review)


class _Conversation:
    """The state of one interview: the answers, and which questions have been put."""

    def __init__(
        self,
        rules: RuleSet,
        prompter: Prompter,
        answers: Answers,
        keep: Keep | None,
        save: Keep | None,
        enough: Enough | None,
    ) -> None:
        self._rules = rules
        self._prompter = prompter
        self._kept: dict[str, Answer] = dict(answers)
        self._settled = set(self._kept)
        self._bell = _Bell(rules)
        self._keep = keep
        self._save = save
        self._enough = enough
        self._care = questions_of_care(rules) if enough is not None else frozenset()
        self._care_was_put = False

    def hold(self, review: bool) -> Outcome:
        if self._next() is not None and not self._ring():
            return self._end(Ended.STOPPED_AT_ALERT)
        while True:
            while (question := self._next()) is not None:
                if self._has_told_enough():
                    self._pause(question)
                elif not self._put(question):
                    return self._end(Ended.STOPPED_AT_ALERT)
            # Also where an answer is out of scope: it may have been a key pressed once too often.
            chosen = self._look(finished=True) if review else None
            if chosen is None:
                age = view_of(self._rules, self._kept).get(self._rules.scope_question)
                out = age in self._rules.scope_out
                return self._end(Ended.OUT_OF_SCOPE if out else Ended.FINISHED)
            if not self._change(chosen):
                return self._end(Ended.STOPPED_AT_ALERT)

    # --- one question ---

    def _put(self, question: Question) -> bool:
        """Ask the next open question. False: the person stops at an alert."""
        path = [each.id for each in applicable(self._rules, self._kept)]
        behind = path[: path.index(question.id)]
        self._care_was_put |= question.id in self._care
        given = self._prompter.ask(self._step(question, path, can_go_back=bool(behind)))
        if given is Move.BACK:
            self._settled.discard(behind[-1] if behind else question.id)
        elif given is Move.REVIEW:
            while (chosen := self._look(finished=False)) is not None:
                if not self._change(chosen):
                    return False
        elif isinstance(given, Move):
            self._saved()
        else:
            return self._take(question, given)
        return True

    def _has_told_enough(self) -> bool:
        """Only questions that choose among kinds of care are open, and one of care was put now."""
        open_ = {q.id for q in applicable(self._rules, self._kept)} - self._settled
        return self._enough is not None and self._care_was_put and not open_ & self._care

    def _pause(self, question: Question) -> None:
        assert self._enough is not None
        if self._enough(dict(self._kept)):
            self._enough = None
        else:
            path = [each.id for each in applicable(self._rules, self._kept)]
            self._settled.discard(path[path.index(question.id) - 1])

    def _change(self, chosen: str) -> bool:
        """Ask one question again, from the review. Going back leaves the answer as it was."""
        question = self._rules.question_by_id[chosen]
        path = [each.id for each in applicable(self._rules, self._kept)]
        while True:
            given = self._prompter.ask(self._step(question, path, can_go_back=True))
            if given is Move.SAVE:
                self._saved()
            elif isinstance(given, Move):
                return True
            else:
                return self._take(question, given)

    def _step(self, question: Question, path: Sequence[str], *, can_go_back: bool) -> AskedQuestion:
        number = path.index(question.id) + 1
        old = self._kept.get(question.id)
        return AskedQuestion(
            question, number, len(path), _part(self._rules, question), old, can_go_back
        )

    def _take(self, question: Question, given: Answer) -> bool:
        old = self._kept.get(question.id)
        self._kept[question.id] = given
        self._settled.add(question.id)
        if self._keep is not None:
            self._keep(dict(self._kept))
        changed = question.id if old is not None and _ids(old) != _ids(given) else None
        return self._ring(question.id, changed)

    # --- around the questions ---

    def _next(self) -> Question | None:
        for question in applicable(self._rules, self._kept):
            if question.id not in self._settled:
                return question
        return None

    def _look(self, *, finished: bool) -> str | None:
        rows = [
            ReviewRow(question, self._kept.get(question.id))
            for question in applicable(self._rules, self._kept)
            if finished or question.id in self._kept
        ]
        return self._prompter.review(rows, finished=finished)

    def _saved(self) -> None:
        if self._save is not None:
            self._save(dict(self._kept))

    def _ring(self, asked: str | None = None, changed: str | None = None) -> bool:
        """False: the person stops here. Going back puts the question again, and rings again."""
        alerts = self._bell.due(self._kept, changed)
        if not alerts:
            return True
        given = self._prompter.alert(alerts)
        if given is Move.BACK:
            self._settled.discard(asked or self._bell.called_by(self._rules, self._kept, alerts))
            self._bell.unring()
            return True
        return given is True

    def _end(self, how: Ended) -> Outcome:
        return Outcome(self._kept, how)


def _part(rules: RuleSet, question: Question) -> str:
    return next(factor.title for factor in rules.factors if factor.id == question.factor)


def _ids(answer: Answer) -> frozenset[str]:
    return frozenset((answer,) if isinstance(answer, str) else answer)


class _Bell:
    """Which alert rules have rung already. A rule rings again only for a changed answer."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._rung: set[str] = set()
        self._before: set[str] = set()

    def due(self, kept: Answers, changed: str | None) -> tuple[Alert, ...]:
        view = view_of(self._rules, kept)
        now: set[str] = set()
        new: set[str] = set()
        for rule in self._rules.alert_rules:
            if fires(rule.when, rule.unless, view) is not True:
                continue
            now.add(rule.id)
            if rule.id not in self._rung or changed in questions_in(rule.when):
                new.add(rule.alert)
        self._before, self._rung = self._rung, now
        return tuple(alert for alert in self._rules.alerts if alert.id in new)

    def unring(self) -> None:
        """What rang last rings again, also for the same answer."""
        self._rung = self._before

    def called_by(self, rules: RuleSet, kept: Answers, alerts: Sequence[Alert]) -> str:
        """The last question on the path whose answer calls for one of these alerts."""
        ids = {alert.id for alert in alerts}
        view = view_of(rules, kept)
        calling = {
            question
            for rule in rules.alert_rules
            if rule.alert in ids and fires(rule.when, rule.unless, view) is True
            for question in questions_in(rule.when)
        }
        return [each.id for each in applicable(rules, kept) if each.id in calling][-1]


NOTE_LABEL: Final = "Your note:"
HOW_TO_NOTE: Final = "A short note. It stays in the session, and no handout shows it."
HOW_TO_NOTE_IN_A_MENU: Final = (
    "Enter keeps it. An empty one takes it away. Esc leaves it as it was."
)
HOW_TO_NOTE_IN_LINES: Final = "Enter alone leaves it as it is. A hyphen (-) takes it away."
THERE_IS_A_NOTE: Final = "There is a note."
NO_ANSWER_YET: Final = "Not answered yet."
IS_SOMETHING_MISSING: Final = "Is something missing? Tell it to the professional."
THERE_WAS_A_NOTE: Final = "There is a note of an earlier day."
NOTE_HINT: Final = "Type note to write a note to a question."
NOTES_NEED_SAVE: Final = "Notes are kept in a session: pathfinder quiz --for client --save"
NO_NOTE: Final = "There is no note."
NOTE_LEFT: Final = "The note is as it was."
NOTE_KEPT: Final = "Note kept."
NOTE_GONE: Final = "The note is gone."
NOTE_NOT_YET: Final = "The note can't be saved yet. It is tried again after the next answer."
TAKE_NOTE_AWAY: Final = "-"


class Notes:
    """Notes by question. `write` brings them to the disk and gives what must be told, or ""."""

    def __init__(
        self,
        kept: Mapping[str, str],
        write: Callable[[], str],
        before: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """`before`: notes of earlier days, question id -> the words of its day -> note."""
        self._kept = dict(kept)
        self._write = write
        self._before = before or {}

    @property
    def kept(self) -> Mapping[str, str]:
        """Question id -> note. None of them is empty."""
        return dict(self._kept)

    def of(self, question: str) -> str:
        """The note to this question, fit to be shown. "" where there is none."""
        return clean(self._kept.get(question, ""))

    def before(self, question: str) -> tuple[str, ...]:
        """Notes of earlier days to this question, each with its day: shown before a new one."""
        dated = self._before.get(question, {})
        return tuple(f"{clean(day)}: {clean(note)}" for day, note in dated.items())

    def mark(self, question: str) -> str:
        """That there is a note, now or of an earlier day, without its words; or ""."""
        if self._kept.get(question):
            return THERE_IS_A_NOTE
        return THERE_WAS_A_NOTE if question in self._before else ""

    def put(self, question: str, text: str) -> str:
        """Take a note, on one line; an empty one takes it away. Gives what is said back."""
        # Here, and not above: only a session has notes.
        from pathfinder.errors import PathfinderError
        from pathfinder.sessions.choices import check_note

        before = self._kept.pop(question, "")
        try:
            note = check_note(clean(" ".join(text.split())))
        except PathfinderError as error:
            if before:
                self._kept[question] = before
            return str(error)
        if note:
            self._kept[question] = note
        if note == before:
            return NOTE_LEFT if note else NO_NOTE
        return self._write() or (NOTE_KEPT if note else NOTE_GONE)
