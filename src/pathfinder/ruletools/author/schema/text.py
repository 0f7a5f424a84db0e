"""The schema of the rule set in a folder, as the text of its `schema.json`.

Why this module exists: the command and the working copy must give the same text.

It must not describe anything: `whole` does.
"""

from __future__ import annotations

from pathlib import Path

from pathfinder.loader.load import load_rules
from pathfinder.ruletools.author.files import folder_of, shared_passages
from pathfinder.ruletools.author.schema.whole import rule_schema, written


def schema_text(directory: Path | None) -> str:
    """JSON with a line feed at its end; None stands for the built-in rules.

    Raises RulesError if the rule set doesn't hold: its names aren't sure then.
    """
    rules = load_rules(directory)
    return written(rule_schema(rules, shared_passages(folder_of(directory)))) + "\n"
