"""What a result as JSON says of itself: how firm it is, and what would change it.

Why this module exists: results are written by the thousand, and few readers want the
whole explanation. The keys are those of docs/result.schema.json.

It must not import a page: this is on the way of every result as JSON.
"""

from __future__ import annotations

import json
from typing import Any

from pathfinder.engine.explain import Explanation
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages.changes import change_told


def explained_data(rules: RuleSet, explained: Explanation | None) -> dict[str, Any]:
    """`firmness` and `would_change`, as a result carries them. Nothing where no path is ranked."""
    if explained is None:
        return {}
    return {
        "firmness": "firm" if explained.firmness.firm else "close",
        "would_change": [
            {
                "changes": dict(change.changes),
                "top": change.top,
                "because": change_told(rules, change),
            }
            for change in explained.would_change
        ],
    }


def explained_text(rules: RuleSet, explained: Explanation | None) -> str:
    """The same as JSON text that stands inside a result on one line."""
    data = explained_data(rules, explained)
    return "".join(f"{json.dumps(key)}: {json.dumps(value)}, " for key, value in data.items())
