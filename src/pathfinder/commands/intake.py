"""How an intake that is saved ends: the result, the counselor's judgement, the saving.

Why this module exists: `quiz --save` and `sessions resume` end alike. The result goes
to standard output, and all that concerns the session to standard error.

It must not ask a question of the quiz. It is imported by what saves, and by nothing else.
"""

import sys
from datetime import date
from typing import NamedTuple

import pathfinder.sessions as kept
from pathfinder.ask.interview import Ended, Outcome
from pathfinder.ask.session_autosave import InSession
from pathfinder.ask.terminal import Lines
from pathfinder.commands.preferences import read_config
from pathfinder.commands.sessions.shared import say
from pathfinder.commands.shared import print_page
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError, QuickExit
from pathfinder.sessions import Judgement, check_judgement, messages
from pathfinder.sessions.prompts import ask_judgement
from pathfinder.sessions.rejudge import JudgingAgain, ask_again
from pathfinder.vault import Vault


class Shown(NamedTuple):
    """How the result is shown: text, json, md or html; in plain lines; for which country; whole."""

    form: str
    plain: bool
    region: str
    full: bool = False


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
    draft, judgement, trouble = keeping.draft, None, None
    try:
        _show_result(rules, answers, decision, shown)
        if draft.base and save_as is None:  # what was judged then isn't judged today
            judgement = kept.judgement_that_still_holds(vault, draft.id, answers, decision)
        if decision.ranked and outcome.ended is not Ended.STOPPED_AT_ALERT:
            judgement = _ask(rules, decision, judgement)  # in danger, nothing more is asked
        if shown.form == "text":
            _show_record(rules, answers, decision, judgement, shown)
    except QuickExit:
        Lines.of_the_process().wipe()
        keeping.delete()
        raise
    except OSError as error:  # `| head`, or a full disk: the session is saved all the same
        trouble = error
    try:
        if save_as is None:
            saved = kept.save(vault, draft, decision, answers, notes, judgement, author(vault))
        else:
            saved = kept.save_as(
                vault, draft, save_as, decision, answers, notes, judgement, author(vault)
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


def author(vault: Vault) -> str:
    """What who saves calls themselves: their name on the list of access, or that of config.yaml.

    On one computer several people may share the settings; the list knows them by their keys.
    """
    return vault.name or read_config().author


def _show_result(rules: RuleSet, answers: Answers, decision: Decision, shown: Shown) -> None:
    explained = explain(rules, answers, decision)
    from pathfinder.commands.result import result_text, show_result

    if shown.form == "text":
        show_result(rules, decision, explained, plain=shown.plain, full=shown.full)
    else:
        print(result_text(rules, decision, explained, shown.form))
    sys.stdout.flush()  # the judgement is given on what stands there


def _ask(rules: RuleSet, decision: Decision, before: Judgement | None) -> Judgement | None:
    lines = Lines.of_the_process()
    lines.say("")
    again = JudgingAgain.ANEW if before is None else ask_again(lines, rules, before)
    if again is JudgingAgain.ANEW:
        judgement = ask_judgement(lines, rules, decision)
        judgement = judgement and check_judgement(rules, judgement)
    else:
        judgement = before if again is JudgingAgain.KEEP else None
    lines.say("")
    return judgement


def _show_record(
    rules: RuleSet,
    answers: Answers,
    decision: Decision,
    judgement: Judgement | None,
    shown: Shown,
) -> None:
    from pathfinder.pages.record import record
    from pathfinder.sessions import pages

    own = None if judgement is None else pages.judgement(rules, judgement)
    blocks = record(rules, decision, answers, date.today().isoformat(), own)
    print_page(blocks, plain=shown.plain)
    sys.stdout.flush()
