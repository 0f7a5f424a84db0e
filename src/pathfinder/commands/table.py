"""All commands: what each is called, what it is for, and where it stands.

Why this module exists: `pathfinder --help`, the start of every command, shell completion,
the manual page and the tests of the README read the same list. What a command is for
stands here and not in its docstring: `python -OO` drops docstrings, and a list of commands
must import none of them.

It must not import a command before somebody asks for it: each has a small function that
does. So a reader, and a tool that follows imports, sees where it leads.
"""

from typing import Final

from pathfinder.commands.entry import Command, Function, Group
from pathfinder.commands.programs import PROGRAMS
from pathfinder.commands.sessions import SESSIONS


def _quiz() -> Function:
    from pathfinder.commands.quiz import quiz

    return quiz


def _recommend() -> Function:
    from pathfinder.commands.recommend import recommend

    return recommend


def _explain() -> Function:
    from pathfinder.commands.recommend import explain

    return explain


def _paths() -> Function:
    from pathfinder.commands.reference import paths

    return paths


def _compare() -> Function:
    from pathfinder.commands.reference import compare

    return compare


def _sources() -> Function:
    from pathfinder.commands.reference import sources

    return sources


def _help_lines() -> Function:
    from pathfinder.commands.reference import help_lines

    return help_lines


def _fhir_questionnaire() -> Function:
    from pathfinder.commands.fhir import questionnaire

    return questionnaire


def _fhir_response() -> Function:
    from pathfinder.commands.fhir import response

    return response


def _fhir_bundle() -> Function:
    from pathfinder.commands.fhir import bundle

    return bundle


def _fhir_page() -> Function:
    from pathfinder.commands.fhir import page

    return page


def _fhir_import() -> Function:
    from pathfinder.commands.fhir import import_

    return import_


def _rules_check() -> Function:
    from pathfinder.commands.rules.checking import check

    return check


def _rules_test() -> Function:
    from pathfinder.commands.rules.checking import test_

    return test_


def _rules_verify() -> Function:
    from pathfinder.commands.rules.verify import verify

    return verify


def _rules_diff() -> Function:
    from pathfinder.commands.rules.checking import diff

    return diff


def _rules_graph() -> Function:
    from pathfinder.commands.rules.checking import graph

    return graph


def _rules_schema() -> Function:
    from pathfinder.commands.rules.checking import schema

    return schema


def _rules_copy() -> Function:
    from pathfinder.commands.rules.checking import copy

    return copy


def _rules_explain() -> Function:
    from pathfinder.commands.rules.checking import explain_code

    return explain_code


def _completion() -> Function:
    from pathfinder.commands.outline import completion

    return completion


def _help() -> Function:
    from pathfinder.commands.reference import help_

    return help_


RULES: Final = Group(
    "For those who keep the rules: check, try, prove, compare.",
    {
        "check": Command(
            "Find every slip in a rule set.", _rules_check, "Errors exit with 1; warnings never do."
        ),
        "test": Command(
            "Try the examples and the people of a rule set.",
            _rules_test,
            "Names the rules, answers and paths that nobody reaches.",
        ),
        "verify": Command(
            "Prove the statements of checks.yaml for every set of answers.",
            _rules_verify,
            "\n\nNeeds the extra [verify], which brings the solver z3.",
        ),
        "diff": Command("Tell what a change of rules does to people.", _rules_diff),
        "graph": Command(
            "Show which question leads where, and what each factor feeds.", _rules_graph
        ),
        "schema": Command("Print a JSON Schema that holds this rule set's own ids.", _rules_schema),
        "copy": Command(
            "Make a working copy of the rules to change.",
            _rules_copy,
            "It holds a README for counselors.",
        ),
        "explain": Command(
            "Tell what a code of `rules check` means, and how to mend it.", _rules_explain
        ),
    },
)

FHIR: Final = Group(
    "In and out of other systems: the questions, the answers, a note.",
    {
        "questionnaire": Command(
            "The rule set as a form: a FHIR Questionnaire.", _fhir_questionnaire
        ),
        "response": Command("Answers as a FHIR QuestionnaireResponse.", _fhir_response),
        "bundle": Command("A session for a record: answers, note, recommendation.", _fhir_bundle),
        "import": Command(
            "A QuestionnaireResponse as answers, or as a session.",
            _fhir_import,
            "It is taken whole, or not at all.",
        ),
        "page": Command("One HTML file that asks the questions on a tablet, offline.", _fhir_page),
    },
)

COMMANDS: Final[dict[str, Command | Group]] = {
    "quiz": Command("Ask, then show which paths may fit and what to do first.", _quiz),
    "recommend": Command("Recommend from a file of answers, without questions.", _recommend),
    "explain": Command("Tell what speaks for a result, and what would change it.", _explain),
    "paths": Command("List the paths, or tell everything about one.", _paths),
    "compare": Command("Put two paths side by side.", _compare),
    "sources": Command("List every source, and what its publisher may gain.", _sources),
    "help-lines": Command("Numbers to call right now, by country.", _help_lines),
    "programs": PROGRAMS,
    "sessions": SESSIONS,
    "fhir": FHIR,
    "rules": RULES,
    "completion": Command(
        "Print what makes the Tab key complete, in bash, zsh or fish.",
        _completion,
        "\n\nFor bash, in .bashrc:"
        '\n\neval "$(pathfinder completion bash)"'
        "\n\nFor zsh, in .zshrc and after compinit:"
        '\n\neval "$(pathfinder completion zsh)"'
        "\n\nFor fish, in config.fish:"
        "\n\npathfinder completion fish | source",
    ),
    "help": Command("Tell about a topic, such as privacy or exit-codes.", _help),
}


def every_command(table: "dict[str, Command | Group] | None" = None) -> dict[str, Command]:
    """Every command by all its words, such as `sessions access add`."""
    found: dict[str, Command] = {}
    for name, entry in (COMMANDS if table is None else table).items():
        if isinstance(entry, Group):
            inside = every_command(entry.commands)
            found |= {f"{name} {words}": command for words, command in inside.items()}
        else:
            found[name] = entry
    return found
