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
        "check": "rules_check:check",
        "test": "rules_test:test_",
        "verify": "rules_verify:verify",
        "diff": "rules_diff:diff",
        "graph": "rules_graph:graph",
        "schema": "rules_schema:schema",
        "copy": "rules_copy:copy",
        "explain": "rules_explain:explain_code",
    },
)

SESSIONS: Final = Group(
    "For counselors: sessions that are kept encrypted on this computer.",
    {
        "list": "sessions_list:list_",
        "show": "sessions_show:show",
        "resume": "sessions_resume:resume",
        "compare": "sessions_compare:compare",
        "export": "sessions_export:export",
        "forget": "sessions_forget:forget",
        "passphrase": "sessions_passphrase:passphrase",
    },
)

COMMANDS: Final[dict[str, str | Group]] = {
    "quiz": "quiz:quiz",
    "recommend": "recommend:recommend",
    "explain": "explain:explain",
    "paths": "look:paths",
    "compare": "look:compare",
    "sources": "look:sources",
    "help-lines": "look:help_lines",
    "sessions": SESSIONS,
    "rules": RULES,
    "help": "help:help_",
}
