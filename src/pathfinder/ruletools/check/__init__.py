"""`pathfinder rules check`: everything that doesn't hold in a rule set, in one run.

Why this package exists: whoever changes a rule should find each slip at its line, with
the way out, before a person meets it. The loader refuses what can't be used; the checks
here also find what can be used and still shouldn't be.

One module holds one check, in the folder of its family. Its docstring is its manual page
(`pathfinder rules explain CODE`), and its `GOOD` and `BAD` are its example and its test.
A module without a function `check` describes what the loader itself finds.

    catalogue   which checks there are          search    whether a condition can hold
    book        what a check may look at        grade     how hard a text is to read
    gather      files -> book                   texts     which texts people read
    run         book -> findings                silence   comments that allow a finding
    formats     findings -> text, json, github  manual    the page of one check

It must not decide what a rule should say, or change a file.
"""

from pathfinder.ruletools.check.diagnostic import Finding, Findings, Severity
from pathfinder.ruletools.check.run import run_checks

__all__ = ["Finding", "Findings", "Severity", "run_checks"]
