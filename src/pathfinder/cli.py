"""The `pathfinder` command: parse, call, show. It decides nothing.

Why this module exists: one place that knows streams and exit codes. The commands
stand in `commands`, alike ones together, and are imported when they are called.
"""

import contextlib
import os
import sys
from typing import Annotated, NoReturn

import typer

from pathfinder._version import __version__
from pathfinder.commands.lazy import SETTINGS, LazyGroup
from pathfinder.commands.shared import RulesOption
from pathfinder.errors import (
    AnswersError,
    ExitCode,
    PathfinderError,
    ProgramsError,
    QuickExit,
    RulesError,
)
from pathfinder.process import Refused, handled, named_streams

app = typer.Typer(
    **SETTINGS,
    cls=LazyGroup,
    name="pathfinder",
    help=(
        "Find out which recovery paths may fit you, and what to do first.\n\n"
        "Start with: pathfinder quiz\n\n"
        "It asks in your terminal. Nothing is sent, and nothing is stored.\n\n"
        "It is not a diagnosis. In danger right now? Run: pathfinder help-lines"
    ),
)


def main() -> NoReturn:
    """Run the command and exit. Errors for people are a sentence; anything else is our fault."""
    if sys.stdout is None:
        # Closed by the shell (`>&-`). One that refuses every word is told apart from a full disk.
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A letter that the terminal can't show must not cost the person the result.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    with named_streams():
        try:
            code = _run()
            sys.stdout.flush()
            sys.exit(code)
        except PathfinderError as error:
            _say(_told(error))
            sys.exit(error.exit_code)
        except QuickExit:
            _leave_no_word()
            sys.exit(ExitCode.DONE)
        except KeyboardInterrupt:
            _say("Stopped.")
            sys.exit(ExitCode.STOPPED)
        except BrokenPipeError:
            # The reader has what it wanted (`| head`).
            _drop_stdout()
            sys.exit(ExitCode.DONE)
        except Refused as refused:
            _drop_stdout()
            what = "The result" if refused.stream == "output" else "What there is to say"
            _say(f"{what} can't be written: {refused.strerror}.")
            sys.exit(ExitCode.CANT_WRITE)
        except Exception as error:
            if _is_nowhere(error):
                _say("The folder you are in isn't there any more. Go to another one first.")
                sys.exit(ExitCode.NO_INPUT)
            import traceback

            traceback.print_exc()
            _say("This is a fault in Pathfinder, not in your answers.")
            sys.exit(ExitCode.FAULT)


def _run() -> int:
    """Run the command. Its exit code comes back: words may still wait to be written."""
    try:
        with handled() if _handles_signals() else contextlib.nullcontext():
            app()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None  # click makes it an exit code that is taken: 1
        return int(end.code or 0)
    return ExitCode.DONE


def _handles_signals() -> bool:
    """Where people type, the terminal is left clean; and a container's first process must end.

    Elsewhere the system ends the program sooner than Python could, as in a long proof.
    """
    return os.getpid() == 1 or any(word in ("quiz", "sessions") for word in sys.argv[1:4])


def _leave_no_word() -> None:
    """Empty the screen, and let no second press of the key reach the shell."""
    from pathfinder.ask.terminal import Lines

    lines = Lines.of_the_process()
    lines.wipe()
    lines.forget_keys()


def _is_nowhere(error: Exception) -> bool:
    """Whether it fails because the folder that the program was started in is gone."""
    if not isinstance(error, FileNotFoundError) or error.filename is not None:
        return False
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _drop_stdout() -> None:
    """Keep Python from writing what is left once more at exit, and complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _told(error: PathfinderError) -> str:
    if isinstance(error, RulesError | AnswersError | ProgramsError) and "--all" not in sys.argv:
        return error.told()
    return str(error)


def _say(text: str) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):  # nobody hears it; the exit code still counts
            print(text, file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"pathfinder {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    rules: RulesOption = None,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Options before the command hold for the command."""
    context.obj = rules
