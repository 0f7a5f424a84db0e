"""An intake that is saved: how it begins, perhaps as a follow-up, and how it ends.

Why this module exists: weeks later most of a life may be the same, and none of it may be taken
for granted. So in a follow-up, a new session of the same client, every question is asked, and what
was said then is shown, with its day. And `quiz --save` and `sessions resume` end alike: with the
result, which goes to standard output, the counselor's judgement and the saving, all of which goes
to standard error.

It must not ask a question of the quiz or answer one from what was said before, or change the
session of before. It is imported by what saves, and by nothing else.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pathfinder.sessions as kept
from pathfinder.ask.interview import Ended, Outcome
from pathfinder.ask.phrases import READ_OUT, Earlier
from pathfinder.ask.session_autosave import InSession
from pathfinder.ask.terminal import Lines
from pathfinder.commands.sessions.shared import author, say, the_session, written_on
from pathfinder.commands.shared import rules_folder
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, QuickExit, Stopped
from pathfinder.loader.migrations import read_migrations
from pathfinder.loader.older_answers import carry
from pathfinder.sessions import Judgement, check_judgement, index, messages, of_client, read
from pathfinder.sessions.agreeing import NO_CONTACT, Agreeing, Steps, WhatWasDone, later
from pathfinder.sessions.compare import top
from pathfinder.sessions.index import session_or_none
from pathfinder.sessions.judging import JudgedBefore, Judging, LastTime
from pathfinder.sessions.model import NOTHING_BESIDE, day_or_text, judged_otherwise, step_titles
from pathfinder.sessions.prompts import ask_client, follow_up_of, from_the_first, in_turn
from pathfinder.vault import Vault

if TYPE_CHECKING:
    import typer

    from pathfinder.programs.matching import Finder
    from pathfinder.sessions.model import Draft, Session


class Intake(NamedTuple):
    """Whose intake it is, and which session it follows up; "" and None for none."""

    client: str
    follows: str
    earlier: Earlier | None
    notes: Mapping[str, Mapping[str, str]] = {}

    @property
    def told(self) -> tuple[str, ...]:
        """What is said before the first question."""
        return (messages.following_up(self.follows),) if self.follows else ()


def intake(
    context: "typer.Context",
    rules: str | None,
    rule_set: "RuleSet",
    vault: "Vault",
    lines: "Lines",
    from_: str | None,
    passphrase_fd: int | None,
) -> Intake:
    """Ask for the client's code, and where sessions stand under it, whether to follow one up.

    `from_` names the session to follow up: then nothing is asked. Raises what finding it raises.
    """
    if from_ is not None:
        session = read(vault, the_session(vault, from_, passphrase_fd))
        client = session.client
    else:
        client = ask_client(lines)
        lines.forget_keys()  # what was typed ahead must not choose
        follows = follow_up_of(lines, client, of_client(vault, client))
        if not follows:
            return Intake(client, "", None)
        session = read(vault, follows)
        client = session.client
    earlier = _earlier(context, rules, rule_set, session)
    return Intake(client, session.id, earlier, notes_of(session))


@contextmanager
def noting_how_far(vault: "Vault") -> Iterator[None]:
    """Where the asking is stopped, the list notes how far the draft came: an older one that is put
    back in its place is told then.
    """
    try:
        yield
    except Stopped:
        with suppress(PathfinderError, OSError):
            index.lines(vault)
        raise


def earlier_of(
    context: "typer.Context", rules: str | None, rule_set: "RuleSet", vault: "Vault", follows: str
) -> Earlier | None:
    """The answers of the session that an unfinished one follows up, if it is still there."""
    session = session_or_none(vault, follows) if follows else None
    return _earlier(context, rules, rule_set, session) if session is not None else None


def notes_before(vault: "Vault", draft: "Draft") -> Mapping[str, Mapping[str, str]]:
    """Notes of earlier days: of the session gone on with, and of the one that it follows up."""
    found: dict[str, Mapping[str, str]] = {}
    for id_ in (draft.follows, draft.id if draft.base else ""):
        session = session_or_none(vault, id_) if id_ else None
        for question, dated in (notes_of(session) if session else {}).items():
            found[question] = {**found.get(question, {}), **dated}
    return found


def notes_of(session: "Session") -> Mapping[str, Mapping[str, str]]:
    """Each note of a session with its day and author: question id -> words of the day -> note."""

    def since(question: str) -> str:
        words = written_on(session, lambda revision: revision.notes.get(question))
        return f"{words[:1].upper()}{words[1:]}"

    return {question: {since(question): note} for question, note in session.newest.notes.items()}


def _earlier(
    context: "typer.Context", rules: str | None, rule_set: "RuleSet", session: "Session"
) -> Earlier:
    migrations = read_migrations(rule_set, rules_folder(context, rules))
    newest, passport = session.newest, session.given["passport"]
    carried = carry(rule_set, migrations, newest.answers, {}, passport)
    return Earlier(day_or_text(newest.saved) or messages.NO_DAY, carried.answers)


class Shown(NamedTuple):
    """How the result is shown: text, json, md or html; in plain lines; for which country; whole.

    `folder`: that of the rules, None for the built-in ones; the words of the note stand there.
    `already`: it stands there, since the menu behind it was in lines. `find` names programs.
    """

    form: str
    plain: bool
    region: str
    full: bool = False
    folder: Path | None = None
    already: bool = False
    find: "Finder | None" = None


def finish(
    rules: RuleSet,
    vault: Vault,
    keeping: InSession,
    outcome: Outcome,
    shown: Shown,
    *,
    save_as: str | None = None,
) -> None:
    """Show the result, ask for the judgement, and save a new revision.

    `save_as`: a client code; another session is saved under it, and the old one stays.
    Raises `Stale` and `CantWrite`: the result has been shown then, and the draft stays.
    """
    answers, notes = outcome.answers, keeping.notes.kept
    decision = decide(rules, answers, region=shown.region)
    draft, trouble = keeping.draft, None
    asked = _Asked()
    try:
        if not shown.already:
            stopped = outcome.ended is Ended.STOPPED_AT_ALERT
            if stopped:
                say("", READ_OUT)
            more = "" if stopped or save_as is not None else messages.more_of(draft.id)
            _show_result(rules, answers, decision, shown, more)
        if save_as is None:
            asked = _from_before(rules, vault, draft, answers, decision)
        if outcome.ended is Ended.STOPPED_AT_ALERT:  # in danger, nothing more is asked
            held = kept.held_now(rules, answers)
            asked = asked._replace(beside=asked.beside._replace(held=held))
        elif decision.ranked:
            asked = _ask(rules, vault, draft, decision, asked, shown.folder)
        if shown.form == "text":
            before = kept.Revision(
                draft.base + 1, kept.now(), answers, notes, asked.judgement, 0, author(vault),
                *asked.beside,
            )  # fmt: skip
            followed = kept.session_or_none(vault, draft.follows) if draft.follows else None
            _show_note(rules, draft, decision, before, save_as, shown, followed)
    except QuickExit:
        Lines.of_the_process().wipe()
        keeping.delete()
        raise
    except OSError as error:  # `| head`, or a full disk: the session is saved all the same
        trouble = error
    judgement, beside = asked.judgement, asked.beside
    try:
        if save_as is None:
            saved = kept.save(
                vault, draft, decision, answers, notes, judgement, author(vault), beside
            )
        else:
            saved = kept.save_as(
                vault, draft, save_as, decision, answers, notes, judgement, author(vault), beside
            )
    except PathfinderError as error:
        if judgement is not None and not isinstance(error, kept.Gone):
            say("", messages.JUDGEMENT_NOT_KEPT)
        raise
    say("", *messages.saved(saved.id, saved.newest.number))
    if left := len(notes) - len(saved.newest.notes):
        say(messages.notes_stay(left, draft.id))
    if trouble is not None:
        raise trouble
    if beside.held is not None:
        _ask_what_was_done(vault, saved, beside, author(vault))


def _show_result(
    rules: RuleSet, answers: Answers, decision: Decision, shown: Shown, more: str
) -> None:
    """`more`: where the rest is told. After a stop there is none: no path follows from it."""
    explained = explain(rules, answers, decision)
    from pathfinder.commands.result import result_text, show_result

    found = None if shown.find is None else shown.find(decision)
    if shown.form == "text":
        show_result(
            rules, decision, explained, plain=shown.plain, full=shown.full, last=more, found=found
        )
    else:
        print(result_text(rules, decision, explained, shown.form, found=found))
    sys.stdout.flush()  # the judgement is given on what stands there


def _ask(
    rules: RuleSet,
    vault: Vault,
    draft: kept.Draft,
    decision: Decision,
    now: "_Asked",
    folder: Path | None,
) -> "_Asked":
    """The judgement, what became of the first steps, and what was agreed: back and forth."""
    lines = Lines.of_the_process()
    lines.say("")
    given = {"first": [{"id": step.id} for step in decision.first]}
    agreed, written = now.beside.agreed, now.written
    earlier, before = None, NOTHING_BESIDE
    session = kept.session_or_none(vault, draft.follows) if draft.follows else None
    if session is not None:
        before = session.newest.beside
        if agreed is None:
            earlier, written = before.agreed, written_on(session, lambda each: each.agreed)
    judging = Judging(lines, rules, decision, now.judged)
    from pathfinder.loader.record_file import read_record

    titles = step_titles(rules, read_record(rules, folder).first_steps)
    steps = Steps(lines, rules, given, now.beside.steps, titles)
    plan = Agreeing(
        lines,
        draft.id,
        agreed,
        written,
        earlier,
        otherwise=lambda: judged_otherwise(judging.judgement),
    )
    last = LastTime(lines, rules, before, now.beside, follows=session is not None, titles=titles)
    from_the_first(lines, in_turn(last, judging, steps, plan))
    lines.say("")
    judgement = judging.judgement and check_judgement(rules, judging.judgement)
    said = now.beside._replace(
        steps=steps.words, agreed=plan.agreed, came=last.came, since=last.since
    )
    return _Asked(judgement, said)


class _Asked(NamedTuple):
    """What a counselor says of a result; before it is asked, what stands from before.

    `written`: the day of what was agreed, and by whom."""

    judgement: Judgement | None = None
    beside: kept.Beside = NOTHING_BESIDE
    judged: JudgedBefore | None = None
    written: str = ""


def _from_before(
    rules: RuleSet, vault: Vault, draft: kept.Draft, answers: Answers, decision: Decision
) -> _Asked:
    """What was judged of other answers isn't judged today: it is shown, and asked anew."""
    judgement, beside, written = None, kept.Beside(), ""
    if draft.base:
        judgement = kept.judgement_that_still_holds(vault, draft.id, answers, decision)
        beside = kept.beside_that_stays(vault, draft.id)
        if (session := kept.session_or_none(vault, draft.id)) is not None:
            written = written_on(session, lambda each: each.agreed)
    judged = None
    last = kept.judged_last(vault, draft)
    if last is not None and (given := last[1].judgement) is not None:
        session, revision = last
        first = top(session.decision(revision))
        known = rules.path_by_id.get(first or "")
        judged = JudgedBefore(
            given,
            day_or_text(revision.saved),
            revision.author,
            known.name if known else "",
            judgement is not None,
        )
    return _Asked(judgement, beside, judged, written)


def _ask_what_was_done(vault: Vault, saved: kept.Session, beside: kept.Beside, author: str) -> None:
    """Only now: the session is saved, whatever becomes of this."""
    lines = Lines.of_the_process()
    lines.say("")
    assert beside.held is not None
    before = beside.agreed or kept.Agreed()
    asked = WhatWasDone(lines, beside.held, before)
    from_the_first(lines, asked)
    agreed = beside.agreed if asked.agreed == before else asked.agreed
    if asked.held.done or agreed != beside.agreed:
        now = beside._replace(held=asked.held, agreed=agreed)
        again = kept.amend(vault, saved, now, None, author)
        say("", messages.saved(again.id, again.newest.number)[0])
    if agreed is None or not agreed.next_contact:
        say(f"{NO_CONTACT} {later(saved.id)}")


def _show_note(
    rules: RuleSet,
    draft: kept.Draft,
    decision: Decision,
    revision: kept.Revision,
    save_as: str | None,
    shown: Shown,
    followed: kept.Session | None,
) -> None:
    """The note, before it is saved: a full disk costs nobody the words."""
    from pathfinder.commands.programs.using import named_in
    from pathfinder.commands.sessions.record import show
    from pathfinder.loader.record_file import read_record
    from pathfinder.render.result_json import result
    from pathfinder.sessions.note import note

    session = kept.Session(
        draft.id, "", draft.begun, "", (revision,), (result(decision),), draft.follows
    )  # the code stays off the result: that may be printed, or looked at together
    if save_as is not None:  # its id comes with the saving
        session = session._replace(id="", follows="")
    told = read_record(rules, shown.folder)
    whom = named_in(None if shown.find is None else shown.find(decision))
    page = note(rules, told, session, revision, "plain", whom=whom, followed=followed)
    show(page, wrapped=True)
