"""`pathfinder rules check`: everything that doesn't hold in a rule set, in one run.

Why this package exists: whoever changes a rule should find each slip at its line, with
the way out, before a person meets it. The loader refuses what can't be used; the checks
here also find what can be used and still shouldn't be.

One module in `rules` holds one check. Its docstring is its manual page (`pathfinder rules
explain CODE`), and its `GOOD` and `BAD` are its example and its test. What the loader itself
finds is described in `loader_codes.toml`, with the same parts.

    registry    codes, their pages, findings in text, json, github
    words_file  words to avoid                  satisfiable  whether a condition can hold
    context     what a check may look at        written      texts, conditions and reasons
    collect     files -> context
    run         context -> diagnostics, less what comments allow

It must not decide what a rule should say, or change a file.
"""

from pathfinder.ruletools.check.context import Finding, Findings, Severity
from pathfinder.ruletools.check.run import run_checks

__all__ = ["Finding", "Findings", "Severity", "run_checks"]
