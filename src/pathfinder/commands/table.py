"""All commands: what each is called, and where it stands.

Why this module exists: `pathfinder --help`, the start of every command and the
tests of the README read the same list.

It must not import a command.
"""

from typing import Final, NamedTuple


class Group(NamedTuple):
    """Commands under one word, such as `pathfinder rules check`."""

    help: str
    commands: dict[str, str]


RULES: Final = Group(
    "For those who keep the rules: find slips, try, prove and compare rule sets.",
    {
        "check": "rules.check:check",
        "test": "rules.test:test_",
        "verify": "rules.verify:verify",
        "diff": "rules.diff:diff",
        "graph": "rules.graph:graph",
        "schema": "rules.schema:schema",
        "copy": "rules.copy:copy",
        "explain": "rules.explain:explain_code",
    },
)

SESSIONS: Final = Group(
    "For counselors: sessions that are kept encrypted on this computer.",
    {
        "list": "sessions.list:list_",
        "show": "sessions.show:show",
        "resume": "sessions.resume:resume",
        "compare": "sessions.compare:compare",
        "export": "sessions.export:export",
        "forget": "sessions.forget:forget",
        "passphrase": "sessions.passphrase:passphrase",
    },
)

COMMANDS: Final[dict[str, str | Group]] = {
    "quiz": "quiz:quiz",
    "recommend": "recommend:recommend",
    "explain": "explain:explain",
    "paths": "paths:paths",
    "compare": "compare:compare",
    "sources": "sources:sources",
    "help-lines": "help_lines:help_lines",
    "sessions": SESSIONS,
    "rules": RULES,
    "help": "help:help_",
}

HELP: Final[dict[str, str]] = {
    "quiz:quiz": "Ask, then show which paths may fit and what to do first.",
    "recommend:recommend": "Recommend from a file of answers, without questions.",
    "explain:explain": ("Explain the result: for and against, how firm, and what would change it."),
    "paths:paths": "List the paths, or tell everything about one.",
    "compare:compare": "Put two paths side by side.",
    "sources:sources": "List every source, and what its publisher may gain.",
    "help_lines:help_lines": "Numbers to call right now, by country.",
    "sessions.list:list_": "List the sessions, newest first.",
    "sessions.show:show": "Show one session, or make a handout of it for the client.",
    "sessions.resume:resume": "Go on with a session, and save it as a new revision.",
    "sessions.compare:compare": "Compare two sessions of one person, or one under two rule sets.",
    "sessions.export:export": "Write sessions as CSV or JSON lines. They aren't encrypted then.",
    "sessions.forget:forget": "Remove a session, its draft and its leftovers, after asking.",
    "sessions.passphrase:passphrase": (
        "Change the passphrase. With --passphrase-fd: the old one, then the new one, a line each."
    ),
    "rules.check:check": "Find every slip in a rule set. Errors exit with 1; warnings never do.",
    "rules.test:test_": (
        "Try the examples and the people of a rule set, and name what nobody tries."
    ),
    "rules.verify:verify": (
        "Prove the statements of checks.yaml for every set of answers.\n"
        "\n"
        "Needs the extra [verify], which brings the solver z3."
    ),
    "rules.diff:diff": "Tell what a change of rules does to people.",
    "rules.graph:graph": "Show which question leads where, and what each factor feeds.",
    "rules.schema:schema": "Print a JSON Schema for the rule files, with their own ids as choices.",
    "rules.copy:copy": (
        "Make a working copy of the rules to change, with a README for counselors."
    ),
    "rules.explain:explain_code": (
        "Tell what a code of `rules check` means, and how to put it right."
    ),
    "help:help_": "Tell about a topic: accessibility, privacy, environment, exit-codes.",
}
"""What each command says of itself. Not in docstrings, which `python -OO` leaves out."""
