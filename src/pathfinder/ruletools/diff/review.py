"""All that is known of a change before it is told, and the same as data for programs.

Why this module exists: the page and the data tell the same things, and both begin here. People
who are real come first as examples: a case that somebody wrote down, or one line of an agency's
own answers, says more than somebody who was drawn. An agency may keep its own record of each
change, or refuse one that takes care or a promise away: its keys are part of the contract.

It must not word anything, keep an answer of a real person anywhere, or tell one that isn't
needed to show a kind of change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shlex import quote
from typing import Any, Final, NamedTuple

from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, FileProblem, Problem
from pathfinder.files import told
from pathfinder.loader.answers_file import iter_jsonl
from pathfinder.loader.rule_files import built_in
from pathfinder.ruletools.cases.case_file import FOLDER, read_cases
from pathfinder.ruletools.cases.judge import judge
from pathfinder.ruletools.cases.report import CaseChange
from pathfinder.ruletools.diff.before_after import WrittenChange, before_and_after
from pathfinder.ruletools.diff.changed_rules import REWORDED, TEXTS, Item
from pathfinder.ruletools.diff.compare import Difference, TwoRuleSets
from pathfinder.ruletools.diff.outcomes import readers
from pathfinder.ruletools.diff.population import PARTS, Asked, PartRow, Tally, drawn
from pathfinder.ruletools.diff.promises import (
    LOOKED_AT,
    PromisesTold,
    broken,
    changed_promises,
    promises_in,
)
from pathfinder.ruletools.diff.witnesses import Kind, Worked, kind_of, plainest
from pathfinder.ruletools.verify.statements import FILE
from pathfinder.sanitize import clean

_BESIDE_THE_RULES: Final = ("migrations.yaml", "record.yaml", "words.yaml")
_MOST_PROBLEMS: Final = 20
MOST_WORKED: Final = 100
"""For so many kinds, a person is worked out in full: each takes a tenth of a second."""
BUILT_IN: Final = "built-in"
_EACH_A_LINE: Final = "Name a file with one person's answers as JSON on each line."


class RuleFolder(NamedTuple):
    """A rule set and where it was read from; None for the built-in one."""

    rules: RuleSet
    folder: Path | None

    @property
    def place(self) -> Path:
        return built_in() if self.folder is None else self.folder


class RealPeople(NamedTuple):
    """Real people by where they come from, and what the change does to them."""

    title: str
    tally: Tally


class ChangeKind(NamedTuple):
    """One kind of change: for how many drawn sets, for how many of each crowd of real people.

    `row` holds the person who stands for it.
    """

    row: PartRow
    drawn: int
    real: tuple[int, ...]


class Review(NamedTuple):
    difference: Difference
    changes: tuple[WrittenChange, ...]
    files: tuple[str, ...]
    promises: PromisesTold
    real: tuple[RealPeople, ...]
    kinds: tuple[ChangeKind, ...]
    cases: tuple[CaseChange, ...] = ()
    to_verify: str = ""
    readers: Mapping[Item, int] = {}
    case_files: tuple[tuple[str, str], ...] = ()

    @property
    def reworded(self) -> list[str]:
        """The questions of both that are put in other words: people may answer them otherwise."""
        return [
            each.id
            for each in self.changes
            if (each.kind, each.what) == ("question", "changed")
            and any(field.field in REWORDED and field.before for field in each.fields)
        ]


def review(
    old: RuleFolder, new: RuleFolder, *, sample: int, seed: int, people: Path | None = None
) -> Review:
    """Everything about a change from one rule set to another.

    Raises RulesError if promises or cases can't be read, AnswersError if people can't.
    """
    comparison = TwoRuleSets(old.rules, new.rules)
    promises = _promises(old, new, bool(comparison.items.deciding), seed)
    real = [RealPeople(FOLDER, comparison.over(_cases(old, new)))]
    if people is not None:
        own = comparison.over(_lines(old.rules, new.rules, people))
        real.append(RealPeople(people.name, own))
    real = [each for each in real if each.tally.sets]
    difference = comparison.over_everybody(sample, seed)
    changes = before_and_after(old.rules, new.rules)
    return Review(
        difference=difference,
        changes=changes,
        files=tuple(_other_files(old.place, new.place)),
        promises=promises,
        real=tuple(real),
        kinds=tuple(kinds_of(difference.tally, [each.tally for each in real])),
        cases=tuple(_case_changes(old, new)),
        to_verify=_to_verify(old, new),
        readers=_readers(new.rules, changes, seed),
        case_files=tuple(_case_files(old.place, new.place)),
    )


def worked(review: Review, kinds: Iterable[ChangeKind]) -> dict[Kind, tuple[Worked, str]]:
    """A worked person for each of these kinds, and whose answers they are, if they are real.

    Who shows several of them stands for all.
    """
    found: dict[Kind, tuple[Worked, str]] = {}
    for kind in kinds:
        if kind_of(kind.row) not in found:
            person = plainest(review.difference, kind.row)
            for shown in person.shows:
                found.setdefault(shown, (person, kind.row.whose))
    return found


def _readers(rules: RuleSet, changes: Iterable[WrittenChange], seed: int) -> dict[Item, int]:
    """How many who were drawn read a text that changed, where a part of the result tells."""
    changed = [
        (each.kind, each.id)
        for each in changes
        if each.what == "changed" and any(field.field in TEXTS for field in each.fields)
    ]
    if not changed:
        return {}
    asked = [Asked(each.id, each.kind == "many", each.answers) for each in rules.questions]
    return readers(rules, changed, drawn(asked, LOOKED_AT, seed))


def _to_verify(old: RuleFolder, new: RuleFolder) -> str:
    """The command that proves the promises of both on the new rules."""
    before, now = (each.folder and quote(clean(str(each.folder))) for each in (old, new))
    return f"pathfinder rules verify {f'{now} ' if now else ''}--against {before or BUILT_IN}"


def _other_files(old: Path, new: Path) -> Iterator[str]:
    """Files beside the rules, and cases, that aren't what they were. They decide nothing here."""
    for name in _BESIDE_THE_RULES:
        if _bytes(old / name) != _bytes(new / name):
            yield name
    if changed := len(list(_case_files(old, new))):
        yield cases_changed(changed)


def _case_files(old: Path, new: Path) -> Iterator[tuple[str, str]]:
    """Each case whose file is new, deleted, or not what it was."""
    names = sorted({file.name for each in (old, new) for file in (each / FOLDER).glob("*.yaml")})
    for name in names:
        was, now = _bytes(old / FOLDER / name), _bytes(new / FOLDER / name)
        if was != now:
            what = "new" if was is None else "deleted" if now is None else "changed"
            yield name.removesuffix(".yaml"), what


def cases_changed(number: int) -> str:
    return f"{number} of the files in {FOLDER}"


def _bytes(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _promises(old: RuleFolder, new: RuleFolder, differ: bool, seed: int) -> PromisesTold:
    was = promises_in(old.rules, old.folder)
    now = promises_in(new.rules, new.folder)
    sha256 = hashlib.sha256((new.place / FILE).read_bytes()).hexdigest() if any(now) else ""
    changed = changed_promises(new.rules, was, now, old.rules) if was != now or now.dropped else ()
    every = {each.id: each for each in (*was.statements, *now.statements)}
    looked = differ or was != now
    found = broken(new.rules, every.values(), seed) if looked else ()
    made = {each.id: each for each in was.statements}
    again = [made[each.id] for each in found if each.id in made]
    sets = {each.id: each.sets for each in broken(old.rules, again, seed)}
    told = tuple(b._replace(before=sets.get(b.id, 0) if b.id in made else None) for b in found)
    return PromisesTold(len(was.statements), len(now.statements), changed, sha256, told, looked)


def kinds_of(drawn: Tally, real: Sequence[Tally]) -> Iterator[ChangeKind]:
    """Every kind that anybody shows. Of who shows it, an agency's own come before cases, and
    these before who was drawn."""
    tallies = [drawn, *real]
    by_kind = [{kind_of(row): row for row in tally.rows} for tally in tallies]
    every = {kind: row for rows in by_kind for kind, row in rows.items()}
    order = {part: place for place, part in enumerate(PARTS)}
    counted = [
        ChangeKind(
            row,
            by_kind[0][kind].sets if kind in by_kind[0] else 0,
            tuple(rows[kind].sets if kind in rows else 0 for rows in by_kind[1:]),
        )
        for kind, row in every.items()
    ]
    key = lambda each: (order[each.row.part], each.row.care, -each.drawn)  # noqa: E731
    yield from sorted(counted, key=key)


# --- real people --------------------------------------------------------------------


def _case_changes(old: RuleFolder, new: RuleFolder) -> Iterator[CaseChange]:
    """Which cases come out otherwise than they ask for now, then which ask for something else."""
    if not (new.place / FOLDER).is_dir():
        return
    now = read_cases(new.rules, new.place)
    was = read_cases(old.rules, old.place) if (old.place / FOLDER).is_dir() else ()
    for case in now:
        for miss in judge(new.rules, case).missed:
            asked = miss.expected
            yield CaseChange(case.id, True, asked.key, asked.names, miss.got)
    before = {case.id: {each.key: each.names for each in case.expect} for case in was}
    for case in now:
        wanted = {each.key: each.names for each in case.expect}
        earlier = before.get(case.id, wanted)
        for key in {**earlier, **wanted}:
            if earlier.get(key) != wanted.get(key):
                asked_before, asked_now = earlier.get(key, ()), wanted.get(key, ())
                yield CaseChange(case.id, False, key, asked_before, asked_now)


def _cases(old: RuleFolder, new: RuleFolder) -> Iterator[tuple[str, Answers]]:
    """The cases of both: as they are now, where both have one of this name."""
    by_name: dict[str, Answers] = {}
    for each in (old, new):
        if (each.place / FOLDER).is_dir():
            by_name.update({c.id: c.answers for c in read_cases(each.rules, each.place)})
    yield from by_name.items()


def _lines(old: RuleSet, new: RuleSet, path: Path) -> Iterator[tuple[str, Answers]]:
    """Each line of answers, read as either rule set would. What neither can read is an error."""
    problems: list[Problem] = []
    if path.exists() and not path.is_file():  # a pipe can't be read twice
        raise FileProblem(f"{clean(str(path))} isn't an ordinary file. {_EACH_A_LINE}")
    with told(clean(str(path)), _EACH_A_LINE), path.open("rb") as now, path.open("rb") as before:
        both = zip(iter_jsonl(new, now), iter_jsonl(old, before), strict=True)
        for (number, answers), (_, older) in both:
            read = older if isinstance(answers, Problem) else answers
            if not isinstance(read, Problem):
                yield f"line {number}", read
                continue
            assert isinstance(answers, Problem)
            problems.append(answers._replace(file=str(path)))
            if len(problems) == _MOST_PROBLEMS:
                break
    if problems:
        raise AnswersError(problems)


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
            "broken": [{**each._asdict(), "of": LOOKED_AT} for each in review.promises.broken],
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
        "readers": [
            {"kind": kind, "id": name, "sets": sets, "of": LOOKED_AT}
            for (kind, name), sets in review.readers.items()
        ],
        "questions_reworded": review.reworded,
        "other_files": list(review.files),
        "case_files": [{"id": name, "what": what} for name, what in review.case_files],
        "cases": [
            {
                "id": each.id,
                "comes_out_otherwise": each.otherwise,
                "key": each.key,
                "before": list(each.before),
                "after": list(each.after),
            }
            for each in review.cases
        ],
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
