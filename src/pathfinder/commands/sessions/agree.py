"""`pathfinder sessions agree`: what counselor and client agreed, kept with a session.

Why this module exists: an appointment is often made after the intake, and what was done when it
was stopped for safety is written down when there is time. Each makes a new revision; answers,
judgement and the tool's result stay as they were given.

Nothing of a client stands in an option: a script gives a file, or a pipe.
"""

import sys
from typing import Annotated

import typer

from pathfinder.commands.sessions.shared import (
    PassphraseFdOption,
    SessionArgument,
    older_told,
    opened,
    say,
    the_session,
)
from pathfinder.commands.shared import RulesOption, load
from pathfinder.errors import PathfinderError, Stopped


def agree(
    context: typer.Context,
    session: SessionArgument,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan", metavar="FILE|-",
            help="Take it from this YAML file instead of asking. - is standard input.",
            show_default=False,
        ),
    ] = None,
    passphrase_fd: PassphraseFdOption = None,
    rules: RulesOption = None,
) -> None:  # fmt: skip
    from pathfinder.sessions.plan_file import read_plan

    if plan == "-" and passphrase_fd == 0:
        raise PathfinderError("Standard input can't hold the passphrase and the plan.")
    rule_set = load(context, rules)
    given = None if plan is None else read_plan(rule_set, plan)
    vault = opened(passphrase_fd)
    from pathfinder.ask.terminal import Lines
    from pathfinder.commands.intake import author
    from pathfinder.sessions import Beside, amend, held_of, messages, read
    from pathfinder.sessions.agreeing import ask_agreed, ask_done, ask_steps
    from pathfinder.sessions.conflicts import unfinished

    id_ = the_session(vault, session, passphrase_fd)
    say(*older_told(vault, id_))
    if vault.has("drafts", id_):
        raise unfinished(id_)  # nobody should be asked in vain
    found = read(vault, id_)
    before = found.newest
    held = held_of(found)
    if given is not None:
        if given.done and held is None:
            raise PathfinderError('This session wasn\'t stopped for safety: leave out "done".')
        steps = {step.step: step for step in (*before.steps, *given.steps)}
        beside = Beside(
            tuple(steps.values()),
            given.agreed or before.agreed,
            held and held._replace(done={**held.done, **given.done}),
        )
    else:
        lines = Lines.of_the_process()
        if held is not None:
            held = ask_done(lines, held)
        decision = found.given
        steps_now = ask_steps(lines, rule_set, decision, before.steps)
        beside = Beside(steps_now, ask_agreed(lines, id_, before.agreed), held)
    if beside == before.beside:
        raise Stopped(f"Nothing changed, so nothing was saved. Session {id_} is as it was.")
    saved = amend(vault, found, beside, before.judgement, author(vault))
    say("", messages.saved(id_, saved.newest.number)[0], *messages.after_agreeing(id_))
    sys.stdout.flush()
