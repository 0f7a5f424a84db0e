"""The codes of names that don't exist, by the kind of name.

Why this module exists: a code is what people allow, look up and filter by, so it must stay
when the words of a message change. Any other code stands where its problem is noted; all
are described in one table, `ruletools/check/loader_codes.toml`.

It must not hold the words of a message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

UNKNOWN: Final[Mapping[str, str]] = {
    "key": "unknown-key",
    "question": "unknown-question",
    "answer": "unknown-answer",
    "kind of question": "unknown-kind-of-question",
    "factor": "unknown-factor",
    "level": "unknown-level",
    "path": "unknown-path",
    "approach": "unknown-approach",
    "compare row": "unknown-compare-row",
    "shared passage": "unknown-shared-passage",
    "alert": "unknown-alert",
    "first step": "unknown-first-step",
    "support": "unknown-support",
    "source": "unknown-source",
    "kind of help line": "unknown-kind-of-help-line",
    "region": "unknown-region",
    "scope": "unknown-scope",
    "alert rule": "unknown-alert-rule",
    "first-step rule": "unknown-first-step-rule",
    "rule or reading": "unknown-rule-or-reading",
    "note": "unknown-note",
    "warning": "unknown-warning",
    "trait": "unknown-trait",
    "test": "unknown-test",
    "named condition": "unknown-condition",
    "effect": "unknown-effect",
    "target": "unknown-target",
    "direction": "unknown-direction",
    "part of a result": "unknown-part-of-a-result",
    "thing to be reached": "unknown-thing-to-be-reached",
}
"""What a message calls a kind of name -> the code where such a name doesn't exist."""
