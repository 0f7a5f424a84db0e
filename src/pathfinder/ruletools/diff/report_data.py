"""What `rules diff` tells programs: the same as the page in full.

Why this module exists: an agency may keep its own record of each change, or refuse one that
takes care or a promise away. Keys are part of the contract.

It must not count anything, or hold an answer that isn't needed to show a kind of change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.broken import LOOKED_AT
from pathfinder.ruletools.diff.changed_rules import Item
from pathfinder.ruletools.diff.report import MOST_WORKED
from pathfinder.ruletools.diff.review import Review, worked
from pathfinder.ruletools.diff.tally import PARTS, Tally
from pathfinder.ruletools.diff.witnesses import Worked


def as_data(review: Review) -> dict[str, Any]:
    """Everything that is known of the change."""
    difference = review.difference
    counted, items = difference.counted, difference.items
    people = worked(review, review.kinds[:MOST_WORKED])
    once = {id(person): (person, whose) for person, whose in people.values()}
    return {
        "old": _passport(difference.old),
        "new": {**_passport(difference.new), "promises_sha256": review.promises.sha256 or None},
        "deciding_rules_are_the_same": difference.same_rules,
        "rules": {
            "added": _items(items.added),
            "removed": _items(items.removed),
            "changed": _items(items.changed),
        },
        "promises": {
            "before": review.promises.before,
            "now": review.promises.now,
            "changed": [
                {"id": each.id, "fate": each.fate, "says": each.says, "details": list(each.details)}
                for each in review.promises.changed
            ],
            "broken": [
                {"id": each.id, "says": each.says, "sets": each.sets, "of": LOOKED_AT}
                for each in review.promises.broken
            ],
        },
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "what": change.what,
                "fields": [
                    {"field": f.field, "before": list(f.before), "after": list(f.after)}
                    for f in change.fields
                ],
                "met": list(change.met),
            }
            for change in review.changes
        ],
        "other_files": list(review.files),
        "questions": {"only_old": list(difference.only_old), "only_new": list(difference.only_new)},
        "counted": counted
        and {
            "how": "all" if counted.seed is None else "sample",
            "sets": counted.sets,
            "seed": counted.seed,
            "questions": list(counted.questions),
            "in_scope_only": counted.in_scope_only,
        },
        **_tally(difference.tally),
        "real": [
            {"from": each.title, "people": each.tally.sets, **_tally(each.tally)}
            for each in review.real
        ],
        "people": [_person(person, whose) for person, whose in once.values()],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "changed_sets": tally.any,
        "directions": dict(tally.directions),
        "parts": {
            part: {
                "changed_sets": tally.touched.get(part, 0),
                "kinds": [
                    {"from": row.old, "to": row.new, "sets": row.sets}
                    for row in tally.rows
                    if row.part == part
                ],
            }
            for part in PARTS
        },
    }


def _passport(rules: RuleSet) -> dict[str, str]:
    return {"ruleset": rules.id, "version": rules.version, "sha256": rules.sha256}


def _items(items: tuple[Item, ...]) -> list[dict[str, str]]:
    return [{"kind": kind, "id": name} for kind, name in items]


def _person(person: Worked, whose: str) -> dict[str, Any]:
    return {
        "whose": whose or None,
        "shows": [
            {"part": part, "from": old, "to": new}
            for part, old, new in sorted(person.shows, key=lambda kind: tuple(map(str, kind)))
        ],
        "answers": {
            name: answer if isinstance(answer, str) else list(answer)
            for name, answer in person.answers.items()
        },
        "before": _parts(person.before),
        "after": _parts(person.after),
    }


def _parts(parts: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {part: list(ids) for part, ids in parts.items()}
