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
    "paths": "browse:paths",
    "compare": "browse:compare",
    "sources": "browse:sources",
    "help-lines": "browse:help_lines",
    "sessions": SESSIONS,
    "rules": RULES,
    "help": "help:help_",
}
