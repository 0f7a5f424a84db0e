"""The help topics: `pathfinder help accessibility|privacy|environment|exit-codes`.

Why this module exists: some things can't stand in the help of one command. What
is said here is held to the program by `tests/test_topics.py`: every switch,
variable and exit code that the code knows stands here, and no other.

It must not know a screen: a topic is blocks, like any page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pathfinder.errors import ExitCode
from pathfinder.pages.blocks import Block, Bullet, Heading, Text

EXIT_CODES: Final[Mapping[ExitCode, str]] = {
    ExitCode.DONE: "The command did its work. An alert doesn't change this: it is in the result.",
    ExitCode.RULES: "The rule set has problems. Nothing was decided.",
    ExitCode.USAGE: "Wrong use: an option, a command or a format that isn't there.",
    ExitCode.DATA: "The answers don't hold: each problem is named with its line.",
    ExitCode.NO_INPUT: "A file isn't there, is a folder, or can't be read.",
    ExitCode.FAULT: "A fault of ours. A traceback is shown.",
    ExitCode.CANT_WRITE: "The result or a draft can't be written.",
    ExitCode.WRONG_PASSPHRASE: "The passphrase doesn't open the sessions.",
    ExitCode.STOPPED: "You stopped: Ctrl-C, Ctrl-D, quit, or the end of the input.",
}

VARIABLES: Final[Mapping[str, str]] = {
    "ACCESSIBLE": "Set to anything but 0 or false: everything comes in plain lines.",
    "CLICOLOR_FORCE": "As FORCE_COLOR.",
    "COLUMNS": "The width of a page that goes to a file or a pipe.",
    "DISPLAY": "Where windows open; without it and WAYLAND_DISPLAY, --open finds no browser.",
    "FORCE_COLOR": "Set to anything but 0 or false: colors also in a pipe.",
    "GITHUB_ACTIONS": "If true, rules check writes its findings for GitHub.",
    "HOME": "Your home folder: it is what ~ stands for, and where your settings and sessions are.",
    "NO_COLOR": "Set to anything: no colors. It is stronger than FORCE_COLOR.",
    "PATHFINDER_CONFIG_DIR": "The folder of config.yaml, your preferences: a whole path, or ~/…",
    "PATHFINDER_DATA": "The folder of the counselor's encrypted sessions: a whole path, or ~/…",
    "PATHFINDER_PROGRAMS": "The list of programs to call, as with --programs.",
    "PATHFINDER_RULES": "The folder of another rule set, as with --rules.",
    "TERM": "If it is dumb, everything comes in plain lines.",
    "WAYLAND_DISPLAY": "As DISPLAY, on newer desktops.",
    "XDG_CONFIG_HOME": "The folder for the settings of all programs: a whole path.",
    "XDG_DATA_HOME": "The folder for the data of all programs: a whole path.",
}


def _accessibility() -> tuple[Block, ...]:
    return (
        Heading(1, "Accessibility"),
        Text(
            "Plain mode asks in numbered lines. Nothing is redrawn, and no color or sign carries "
            "a meaning. It is made for screen readers, braille displays and old terminals."
        ),
        Heading(2, "How to switch it on"),
        Bullet("pathfinder quiz --plain"),
        Bullet("Set ACCESSIBLE=1. With 0 or false it stays off."),
        Bullet("Write plain: true into config.yaml. See: pathfinder help environment"),
        Bullet(
            "It comes by itself when TERM is dumb, when the window is under 30 columns or 12 rows, "
            "when the questions can't be shown in UTF-8, and when the answers don't come from a "
            "terminal or the questions (standard error) don't go to one."
        ),
        Text("The first line says that plain mode is on, and why."),
        Heading(2, "What you can type in plain mode"),
        Bullet("A number, the start of an answer, or several with commas between them."),
        Bullet("Where an amount is asked for: the amount, or the letter of an answer."),
        Bullet("not sure, or skip: both are fine at every question."),
        Bullet("back: the question before. review: all answers, to change one."),
        Bullet("why: why we ask. list: the answers again. keep: the answer as it was."),
        Bullet("note: with a counselor's saved session, a note to the question."),
        Bullet(
            "save: keep a draft. quit: stop. exit!: leave at once and clear the screen. "
            "Ctrl-X does so without Enter."
        ),
        Text(
            "A number may stand in brackets or quotes, or with its label. What your terminal "
            "sends into a line by itself is no part of it. From a pipe, the first line that is "
            "no answer ends the quiz, and is named."
        ),
        Text(
            "Enter alone never answers. No question has a time limit. A line that was typed "
            "before a question or an alert was shown doesn't answer it."
        ),
        Heading(2, "In menus"),
        Text(
            "The cursor stands on the choice, so that magnifiers, braille displays and screen "
            "readers can follow. Arrows move. Numbers and letters move too; where several answers "
            "may fit, they mark, as Space does. Esc, Shift-Tab or Left goes back. ? or F1 tells "
            "why we ask. Ctrl-R shows all your answers. Ctrl-S saves them. Ctrl-C stops. "
            "Ctrl-Z pauses, and fg comes back. With --for client, n writes a note. "
            "Ctrl-X leaves at once."
        ),
        Heading(2, "Keys that are held down, or come by themselves"),
        Text(
            "A key that is held down answers one question and no more. On alerts, in the review "
            "and on the last page, Enter counts after half a second without keys. Pasted text, "
            "Alt with a letter, and what a terminal sends by itself do nothing in menus. Keys "
            "typed before a question is shown are forgotten."
        ),
        Text(
            "Colors never carry a meaning alone. With 256 colors there is one accent, one color "
            "for warnings and a gray; with 16 there is bold alone. NO_COLOR switches them off."
        ),
    )


def _privacy() -> tuple[Block, ...]:
    return (
        Heading(1, "Privacy"),
        Bullet("Your answers stay on this computer. The program opens no connection."),
        Bullet(
            "Nothing is stored unless you ask: --draft, --resume, --output, save, when you stop, "
            "or a counselor's --save, which is encrypted."
        ),
        Bullet(
            "A draft is a plain text file, and so is what --output writes. Its mode is 0600: other "
            "users of this computer can't read it, but whoever runs the computer can, and some "
            "USB sticks know no modes. Whoever can read the file can read your answers."
        ),
        Bullet(
            "A save that is cut off, as by a power cut, can leave a hidden part of the draft "
            "beside it. The next quiz with that draft takes it away as it starts. So do the next "
            "save and a quick exit. A result that is cut off while it goes to a file can leave "
            "such a part, too. The next result that goes to the same file takes it away."
        ),
        Bullet("Answers are never taken from options, since those stay in a shell's history."),
        Bullet(
            "The page for a tablet (pathfinder fhir page) sends and stores nothing. What it hands "
            "over, a file or a code, can be read by whoever has it, unless it was made with --key. "
            "What pathfinder fhir gives out of a session isn't encrypted any more."
        ),
        Bullet(
            "Menus are drawn on a screen of their own, where the terminal has one. They leave "
            "nothing to scroll back to. The result does, and so does plain mode."
        ),
        Heading(2, "Quick exit"),
        Text(
            "Ctrl-X, or exit! in plain mode, leaves the quiz at once and says nothing. It clears "
            "the screen and what can be scrolled back to, where the terminal lets us. "
            "It deletes the draft, with any hidden part of it, and a session begun in this run. "
            "A draft that can't be deleted, since its folder is shut, is emptied. "
            "Ctrl-X needs no Enter, also where a line or a passphrase is typed; exit! does."
        ),
        Text(
            "Ctrl-Z is no quick exit: the quiz waits with your answers, and whoever types fg sees "
            "them."
        ),
        Text(
            "It can't undo everything. Your shell may keep the line that started the quiz. "
            "A program that records the terminal, a screen reader's history, a backup, or someone "
            "who watches may still know. If you aren't safe, use a computer that nobody else sees."
        ),
    )


def _environment() -> tuple[Block, ...]:
    return (
        Heading(1, "Environment"),
        *(Bullet(text, label=name) for name, text in VARIABLES.items()),
        Text(
            "A folder that depends on where you are is not taken, so that there is one place for "
            "sessions. Times of sessions are shown by the clock of this computer, in its zone."
        ),
        Heading(2, "Signals"),
        Text(
            "TERM, HUP and QUIT end the quiz: it leaves the screen as it was, says what is kept, "
            "and ends by that signal. TSTP pauses it, as Ctrl-Z does, and fg brings it back. "
            "Where no shell could bring it back, Ctrl-Z does nothing. While menus are open "
            "the keyboard's special protocols, mouse and focus reports are off."
        ),
        Heading(2, "Preferences"),
        Text(
            "config.yaml may hold plain: true; region: us or another country; and programs: with "
            "the name of a list of programs, beside it or as a whole path. language: es (or "
            "Spanish) and near: a town, or a postal code in quotes, say which programs to name. "
            "For counselors "
            "also author: and a name, which stands in each session they save; keep_years: how "
            "long sessions are kept; smallest_count: the least number that a report says. "
            "It is read, never written. It stands in your platform's folder for settings, in a "
            "folder named pathfinder, or where PATHFINDER_CONFIG_DIR says."
        ),
    )


def _exit_codes() -> tuple[Block, ...]:
    return (
        Heading(1, "Exit codes"),
        *(Bullet(text, label=str(code.value)) for code, text in EXIT_CODES.items()),
        Text("Quick exit ends with 0."),
    )


TOPICS: Final[Mapping[str, Callable[[], tuple[Block, ...]]]] = {
    "accessibility": _accessibility,
    "privacy": _privacy,
    "environment": _environment,
    "exit-codes": _exit_codes,
}

_ABOUT: Final[Mapping[str, str]] = {
    "accessibility": "Screen readers, plain mode, keys.",
    "privacy": "What is kept, what is not, and what quick exit can't undo.",
    "environment": "Variables, and your preferences.",
    "exit-codes": "What the program tells the shell.",
}


def all_topics() -> tuple[Block, ...]:
    """The list of topics, each with the command that tells it."""
    return (
        Heading(1, "Help"),
        *(Bullet(text, label=f"pathfinder help {name}") for name, text in _ABOUT.items()),
        Text("Each command has help of its own: pathfinder quiz --help"),
    )
