"""A folder of rules as many times the size of ours as one likes, where each promise still holds.

Why this module exists: a state may have five times our rules, and a tool that can't be used
there isn't one. `write_bigger(times, folder)` writes such a set from the built-in rules, with
people and statements, for the commands that read folders. `bigger_rules` makes copies that are
strangers to each other, without a folder; nothing that is promised holds across those.

Everything is there once more for each time: questions, alerts, first steps, gates, tables of
reasons, supports, notes, moves, paths and statements. Everybody is asked all of it, so no part
can be looked at on its own:

- The copies of a path differ in one question alone: which of them is the place one would like.
- A table of reasons speaks to every copy of a path, so points add up over all tables.
- A gate that asks for a level is there once a copy; the highest one counts.
- A gate that sets paths aside does so where all of its copies agree, so a path is always left.

It must not know what a rule says.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

RULES: Final = Path(__file__).parent.parent / "rules"
GROUPS: Final = ("all", "any", "none")
CONDITIONS: Final = ("when", "unless", "ask_when")
SECTIONS: Final = ("alerts", "first", "gates", "supports", "notes", "moves", "barriers")
TARGETS: Final = ("alert", "first", "support")
NAMING_PATHS: Final = ("paths", "set_aside", "about")
LIKED: Final = "likes"

Node = Any
"""What stands in YAML: mappings, lists and plain values."""


def write_bigger(times: int, folder: Path, rules: Path = RULES) -> Path:
    """Write a rule set `times` as large as `rules` into `folder`, which must not be there."""
    made = _Bigger(times, rules)
    (folder / "factors").mkdir(parents=True)
    (folder / "cases").mkdir()
    for name, text in made.files().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class _Bigger:
    """The built-in rules as plain data, and how a part of them is written once more."""

    def __init__(self, times: int, rules: Path) -> None:
        self.copies = range(1, times + 1)
        self.rules = rules
        self.ruleset = _read(rules / "ruleset.yaml")
        self.fixed = self.ruleset["scope"]["question"]
        self.questions = {name for name in self.ruleset["order"] if name != self.fixed}
        self.paths = _read(rules / "paths.yaml")

    def files(self) -> dict[str, str]:
        untouched = ("help_lines.yaml", "migrations.yaml", "sources.yaml", "words.yaml")
        files = {name: (self.rules / name).read_text(encoding="utf-8") for name in untouched}
        made: dict[str, Node] = {
            "ruleset.yaml": self._ruleset(),
            "paths.yaml": {**self.paths, "paths": list(self._path_copies())},
            "steps.yaml": self._named(_read(self.rules / "steps.yaml"), "alerts", "steps"),
            "supports.yaml": self._named(_read(self.rules / "supports.yaml"), "supports"),
            "checks.yaml": self._checks(_read(self.rules / "checks.yaml")),
        }
        for file in sorted((self.rules / "factors").glob("*.yaml")):
            for copy in self.copies:
                factor = self._factor(_read(file), copy)
                made[f"factors/{factor['factor']}.yaml"] = factor
        for file in sorted((self.rules / "cases").glob("*.yaml")):
            made[f"cases/{file.name}"] = self._case(_read(file))
        files.update((name, _written(node)) for name, node in made.items())
        return files

    # --- names -------------------------------------------------------------------------

    def _question(self, name: str, copy: int) -> str:
        return f"{name}_{copy}" if copy > 1 and name in self.questions else name

    def _every_path(self, named: Node) -> Node:
        """All copies of the paths; what names them by their traits means all copies already."""
        if not isinstance(named, list):
            return named
        return [_id(path, copy) for path in named for copy in self.copies]

    def _condition(self, node: Node, copy: int) -> Node:
        made = {}
        for key, value in node.items():
            if key in GROUPS:
                made[key] = [self._condition(part, copy) for part in value]
            elif key == "holds":
                made[key] = _id(value, copy)
            else:
                made[self._question(key, copy)] = value
        return made

    def _answers(self, answers: Mapping[str, Node], copies: Iterable[int]) -> dict[str, Node]:
        return {
            self._question(name, copy): answer
            for copy in copies
            for name, answer in answers.items()
        }

    # --- files -------------------------------------------------------------------------

    def _ruleset(self) -> Node:
        order = [
            self._question(name, copy) for copy in self.copies for name in self.ruleset["order"]
        ]
        order += [f"{LIKED}_{copy}" for copy in self.copies if copy > 1]
        return {
            **self.ruleset,
            "id": f"{self.ruleset['id']}-{len(self.copies)}",
            "factors": [
                {**factor, "id": _name(factor["id"], copy)}
                for copy in self.copies
                for factor in self.ruleset["factors"]
            ],
            "order": list(dict.fromkeys(order)),
            "conditions": [
                self._rule(each, copy)
                for copy in self.copies
                for each in self.ruleset["conditions"]
            ],
        }

    def _path_copies(self) -> Iterable[Node]:
        for path in self.paths["paths"]:
            for copy in self.copies:
                more = f" ({copy})" if copy > 1 else ""
                names = {key: path[key] + more for key in ("name", "brief") if key in path}
                yield {**path, **names, "id": _id(path["id"], copy)}

    def _named(self, file: Node, *sections: str) -> Node:
        """A file of texts, in which each entry of some sections is there once a copy."""
        return {
            **file,
            **{
                section: [
                    {**each, "id": _id(each["id"], copy)}
                    for copy in self.copies
                    for each in file[section]
                ]
                for section in sections
            },
        }

    def _factor(self, file: Node, copy: int) -> Node:
        made = {"factor": _name(file["factor"], copy), "questions": []}
        for question in file["questions"]:
            if question["id"] != self.fixed or copy == 1:
                made["questions"].append(self._asked(question, copy))
        for section in SECTIONS:
            rules = [
                self._agreed(rule) if "set_aside" in rule else self._rule(rule, copy)
                for rule in file.get(section, ())
                if "set_aside" not in rule or copy == 1
            ]
            if rules:
                made[section] = rules
        reasons = [self._reasons(table, copy) for table in file.get("reasons", ())]
        if file["factor"] == "spirituality" and copy > 1:
            made["questions"].append(_liked(copy))
            reasons.append(self._reasons_to_like(copy))
        if reasons:
            made["reasons"] = reasons
        return made

    def _asked(self, question: Node, copy: int) -> Node:
        made = self._conditions(question, copy) | {"id": self._question(question["id"], copy)}
        if "derived" in made:
            derived = self._conditions(made["derived"], copy)
            made["derived"] = derived | {"from": self._question(derived["from"], copy)}
        if "readings" in made:
            made["readings"] = [self._rule(reading, copy) for reading in made["readings"]]
        if "could_be" in made:
            made["could_be"] = [self._conditions(each, copy) for each in made["could_be"]]
        return made

    def _conditions(self, node: Node, copy: int) -> dict[str, Node]:
        found = {key: self._condition(node[key], copy) for key in CONDITIONS if key in node}
        return {**node, **found}

    def _rule(self, rule: Node, copy: int) -> Node:
        made = self._conditions(rule, copy) | {"id": _id(rule["id"], copy)}
        for key in NAMING_PATHS:
            if key in made:
                made[key] = self._every_path(made[key])
        for key in TARGETS:
            if key in made:
                made[key] = _id(made[key], copy)
        if "helps" in made:
            made["helps"] = [_id(support, copy) for support in made["helps"]]
        if "question" in made:
            made["question"] = self._question(made["question"], copy)
        for key in ("fires", "quiet"):
            if key in made:
                made[key] = self._answers(made[key], (copy,))
        return made

    def _agreed(self, gate: Node) -> Node:
        """A gate that sets paths aside where all copies of its condition hold."""
        made = self._rule(gate, 1)
        made["when"] = {"all": [self._condition(gate["when"], copy) for copy in self.copies]}
        if "unless" in gate:
            made["unless"] = {
                "any": [self._condition(gate["unless"], copy) for copy in self.copies]
            }
        for key in ("fires", "quiet"):
            made[key] = self._answers(gate[key], self.copies)
        return made

    def _reasons(self, table: Node, copy: int) -> Node:
        rows = {answer: self._row(row, copy) for answer, row in table["answers"].items()}
        names = {"id": _id(table["id"], copy), "by": self._question(table["by"], copy)}
        return {**table, **names, "answers": rows}

    def _row(self, row: Node, copy: int) -> Node:
        made = dict(row)
        for side in ("for", "against"):
            if side in row:
                made[side] = [
                    {**self._conditions(each, copy), "paths": self._every_path(each["paths"])}
                    for each in row[side]
                ]
        return made

    def _reasons_to_like(self, copy: int) -> Node:
        paths = [_id(path["id"], copy) for path in self.paths["paths"]]
        because = "and this is that place."
        liked = {
            "says": "You like that place",
            "for": [{"paths": paths, "weight": 3, "because": because}],
        }
        judgement = "A place that one likes is easier to go to."
        return {
            "id": f"{LIKED}-reasons-{copy}",
            "by": f"{LIKED}_{copy}",
            "judgement": judgement,
            "answers": {"this_one": liked, "another": {}},
        }

    def _case(self, case: Node) -> Node:
        """The same person in each copy. Where points are alike, the first copy stands first."""
        kept = ("scope", "safe_level", "first_path")
        expect = {key: case["expect"][key] for key in kept if key in case["expect"]}
        answers = self._answers(case["answers"], self.copies)
        return {"story": case["story"], "answers": answers, "expect": expect or {"scope": "adult"}}

    # --- statements ----------------------------------------------------------------------

    def _checks(self, file: Node) -> Node:
        made = []
        for copy in self.copies:
            for statement in file["statements"]:
                musts = [held for must in statement["must"] if (held := self._must(must, copy))]
                if musts:
                    made.append({**statement, "id": _id(statement["id"], copy), "must": musts})
        return {"statements": made}

    def _must(self, must: Node, copy: int) -> Node | None:
        if "then" in must:
            return self._implied(must, copy)
        if "somebody_for_each" in must:
            return must if copy == 1 else None
        made = self._conditions(must, copy)
        for key in ("one_step_worse", "adding", "with"):
            if key in made:
                made[key] = self._answers(made[key], (copy,))
        for key in ("changing", "not_known"):
            if key in made:
                made[key] = [self._question(name, copy) for name in made[key]]
        return made

    def _implied(self, must: Node, copy: int) -> Node | None:
        """What one copy promises of itself; or, of the paths that all share, all together."""
        then = dict(must["then"])
        together = {"first_path", "not_ranked", "at_most", "not_first_path"} & {*then}
        if copy > 1 and (together or not must.get("when")):
            return None
        for key in ("first_path", "not_ranked", "not_first_path"):
            if key in then:
                named = [then[key]] if isinstance(then[key], str) else then[key]
                then[key] = self._every_path(named)
        for key in (
            "alerts",
            "first",
            "not_first",
            "supports",
            "not_supports",
            "notes",
            "warnings",
        ):
            if key in then:
                then[key] = [_id(name, copy) for name in then[key]]
        if copy > 1 and "first_of_first" in then:  # the other copies' steps may stand before it
            then["first"] = [_id(then.pop("first_of_first"), copy)]
        if not together:
            return self._conditions({**must, "then": then}, copy)
        when = {"all": [self._condition(must["when"], each) for each in self.copies]}
        return {**must, "when": when, "then": then}


def _liked(copy: int) -> Node:
    return {
        "id": f"{LIKED}_{copy}",
        "kind": "one",
        "ask": f"Is there a place in town {copy} that you would like to go to?",
        "why": "A place that you like is easier to go to.",
        "cue": f"a place in town {copy}",
        "answers": {"this_one": "I would like the one there", "another": "No, or another one"},
    }


def _id(name: str, copy: int) -> str:
    return f"{name}-{copy}" if copy > 1 else name


def _name(name: str, copy: int) -> str:
    return f"{name}_{copy}" if copy > 1 else name


def _read(file: Path) -> Node:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


class _Plain(yaml.SafeDumper):
    """Rule sets have no anchors: what stands there twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _written(node: Node) -> str:
    return yaml.dump(node, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write a rule set so many times the size of ours.")
    parser.add_argument("times", type=int)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    print(write_bigger(asked.times, asked.folder))
