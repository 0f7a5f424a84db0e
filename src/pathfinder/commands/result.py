"""A result or an explanation, written in the form that was asked for, or opened in a browser.

Why this module exists: `recommend` and `explain` end alike, whatever they began with. A
handout is meant to be looked at; but a browser that runs in the terminal would take it over in
the middle of an intake, and on a machine without a screen there is none: both end in a plain
"no", not in a crash.

It must not fetch anything: a browser is handed a file's address.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pathfinder.engine.decide import decide
from pathfinder.errors import PathfinderError
from pathfinder.output import result_stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from typing import TextIO

    from pathfinder.engine.decision import Decision
    from pathfinder.engine.explain import Explanation
    from pathfinder.engine.question import Answers
    from pathfinder.engine.ruleset import RuleSet
    from pathfinder.pages.blocks import Block
    from pathfinder.pages.explanation import Wanted
    from pathfinder.pages.sheet import Opening
    from pathfinder.programs.matching import NamedPrograms

    Find = Callable[[Decision], NamedPrograms | None]


class HandoutOptions(NamedTuple):
    """How a handout is made: in full, saying nothing to who finds it, in large print."""

    full: bool = False
    discreet: bool = False
    large: bool = False
    opening: Opening | None = None
    """What counselor and client agreed, where there is a session."""

    def fits(self, form: str) -> None:
        """Raise PathfinderError for what doesn't go together."""
        if (self.discreet or self.large) and form not in ("html", "md"):
            raise PathfinderError(
                "--discreet and --large-print are for a handout: --format html or md."
            )
        if self.large and form != "html":
            raise PathfinderError("--large-print needs --format html.")
        if self.full and (self.discreet or self.large):
            raise PathfinderError(
                "--full is the whole handout: leave out --discreet and --large-print."
            )


ONE_SHEET = HandoutOptions()

TITLE = "Pathfinder"
"""Over a page in Markdown: a file needs one first heading."""


def write_result(
    rules: RuleSet,
    answers: Answers,
    form: str,
    output: str | None,
    region: str | None,
    *,
    in_browser: bool = False,
    sheet: HandoutOptions = ONE_SHEET,
    find: Find | None = None,
) -> None:
    """Decide, and write the result: the answer (text), data (json), or a handout (html, md).

    `sheet.full`: not the answer alone, but all that there is to say. `find` names programs.
    `in_browser` shows the file that was written, and says so where there is no browser.
    """
    from pathfinder.engine.explain import explain

    decision = decide(rules, answers, region=region)
    explained = explain(rules, answers, decision)
    found = None if find is None else find(decision)
    if form == "text":
        with result_stream(output) as stream:
            show_result(
                rules,
                decision,
                explained,
                plain=output is not None,
                full=sheet.full,
                stream=stream,
                found=found,
            )
    else:
        _write(result_text(rules, decision, explained, form, sheet, found), output)
    if in_browser and output is not None:
        show_in_browser(output)


def show_result(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None,
    *,
    plain: bool,
    full: bool,
    stream: TextIO | None = None,
    last: str | None = None,
    found: NamedPrograms | None = None,
) -> None:
    """The answer with one last line that tells where the rest is, or, with `full`, all of it.

    `last` is another last line. Under 18 there is no path to shorten.
    """
    to = sys.stdout if stream is None else stream
    if full or not decision.ranked:
        from pathfinder.pages.result import page
        from pathfinder.render import print_blocks

        print_blocks(page(rules, decision, explained, found), plain=plain, stream=to)
        return
    from pathfinder.pages import answer_messages as words
    from pathfinder.pages.answer import answer
    from pathfinder.render import print_answer

    told = answer(rules, decision, explained, found)
    if last is None:
        last = words.ONCE_SAFE if told.hold else words.MORE
    print_answer(told, plain=plain, stream=to, last=last)


def whole_page(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None,
    found: NamedPrograms | None = None,
) -> str:
    """All that there is to say, as text for a file."""
    from pathfinder.pages.result import page
    from pathfinder.render.layout import plain_text
    from pathfinder.terminal import WIDEST

    return plain_text(page(rules, decision, explained, found), WIDEST)


def show_in_browser(file: str) -> None:
    """Open the file that was written, or say on standard error that there is no browser."""
    if not open_in_browser(file):
        print(NO_BROWSER, file=sys.stderr)


def result_text(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None,
    form: str,
    sheet: HandoutOptions = ONE_SHEET,
    found: NamedPrograms | None = None,
) -> str:
    """The result as data (json) or as a handout with today's date (html, md)."""
    if form == "json":
        from pathfinder.render.result_json import dumps_pretty, explained_data

        more = explained_data(rules, decision, explained)
        if found is not None:
            from pathfinder.render.parts_json import programs_data

            more["programs"] = programs_data(found)
        return dumps_pretty(decision, more)
    return handout_text(rules, decision, explained, form, sheet=sheet, found=found)


def handout_text(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None,
    form: str,
    *,
    answered: str | None = None,
    sheet: HandoutOptions = ONE_SHEET,
    found: NamedPrograms | None = None,
) -> str:
    """The handout (html, md) with today's date, and with the day of the answers.

    `answered`: the time of the answers as it is kept, such as 2026-03-04T10:00:00+01:00.
    """
    from datetime import date

    written = _in_words(date.today())
    if answered is not None:
        from pathfinder.sessions.model import day

        if (of_answers := day(answered)) is not None:
            written += f", with answers of {_in_words(of_answers)},"
    return _made(rules, decision, explained, form, written, sheet, found).rstrip("\n")


def _made(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None,
    form: str,
    date: str,
    how: HandoutOptions,
    found: NamedPrograms | None,
) -> str:
    from pathfinder.pages.sheet import NO_OPENING
    from pathfinder.render import handout as made

    opening = how.opening or NO_OPENING
    if how.full or not decision.ranked:
        whole = made.handout_html if form == "html" else made.handout_md
        return whole(rules, decision, date=date, explained=explained, found=found, opening=opening)
    if form == "html":
        return made.sheet_html(
            rules,
            decision,
            date=date,
            explained=explained,
            discreet=how.discreet,
            large=how.large,
            found=found,
            opening=opening,
        )
    return made.sheet_md(
        rules,
        decision,
        date=date,
        explained=explained,
        discreet=how.discreet,
        found=found,
        opening=opening,
    )


def needs_a_file(in_browser: bool, form: str, output: str | None) -> None:
    """Raise PathfinderError where `--open` has nothing to open."""
    if in_browser and (form != "html" or output in (None, "-")):
        raise PathfinderError("--open shows a handout: it needs --format html and --output FILE.")


def write_explanation(
    rules: RuleSet,
    answers: Answers,
    form: str,
    output: str | None,
    region: str | None,
    asked: Wanted,
) -> None:
    """Decide, and write the explanation that was asked for, as a page or as data."""
    decision = decide(rules, answers, region=region)
    if form == "json":
        from pathfinder.render.parts_json import dumps_explanation

        _write(dumps_explanation(rules, answers, decision, asked), output)
        return
    from pathfinder.pages.explanation import explanation

    _write_page(explanation(rules, answers, decision, asked), form, output)


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _write(text: str, output: str | None) -> None:
    with result_stream(output) as stream:
        stream.write(text + "\n")


def _write_page(blocks: Iterable[Block], form: str, output: str | None) -> None:
    if form == "md":
        from pathfinder.render.layout import markdown

        _write(markdown(blocks, title=TITLE).rstrip("\n"), output)
        return
    from pathfinder.render import print_blocks

    with result_stream(output) as stream:
        print_blocks(blocks, plain=output is not None, stream=stream)


NO_BROWSER: Final = "No browser was found here. Open the file in one yourself."

_IN_THE_TERMINAL: Final = frozenset(
    ("www-browser", "lynx", "links", "links2", "elinks", "w3m", "browsh", "carbonyl")
)


def open_in_browser(path: str) -> bool:
    """Show a file in the browser that the person uses. False where none could be started."""
    if not has_screen(sys.platform, os.environ):
        return False
    # Here, because it looks through all of PATH when it is imported.
    import webbrowser

    try:
        browser = webbrowser.get()
        if Path(getattr(browser, "name", "")).stem in _IN_THE_TERMINAL:
            return False
        return browser.open(Path(path).resolve().as_uri())
    except (webbrowser.Error, OSError):
        return False


def has_screen(platform: str, environ: Mapping[str, str]) -> bool:
    """Whether a window could open at all. macOS and Windows always have one."""
    if platform in ("darwin", "win32"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
