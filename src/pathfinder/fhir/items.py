"""The items of a response, each taken apart: which question, and which codes are chosen there.

Why this module exists: items lie in each other as deep as the sender likes, and each of their
parts may be missing, doubled, or of another type. Each slip is noted where it stands.

It must not know which answers a question takes, or which edition of the rules it is of.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.fields import SNAKE, Reader
from pathfinder.loader.syntax.nodes import Kind, MapNode, Node, ScalarNode, SeqNode
from pathfinder.sanitize import quoted

_ITEM: Final = ("id", "extension", "linkId", "definition", "text", "answer", "item", "subject")
_ANSWER: Final = ("id", "extension", "item")
_CODING: Final = ("id", "extension", "system", "version", "code", "display", "userSelected")


class AnsweredItem(NamedTuple):
    """What one item says: the words that are chosen, each with its place. Never none."""

    at: Node
    words: tuple[tuple[str, Node], ...]


class HeldTo(NamedTuple):
    """What a response is held to. `version`: that of its codes, where one is said.

    `todays`: it answers today's form, so `links` (link id -> type, group) must hold.
    """

    rules: RuleSet
    system: str
    version: str
    todays: bool
    links: Mapping[str, tuple[str, str]]


def given_in(reader: Reader, node: Node | None, wanted: HeldTo) -> dict[str, AnsweredItem]:
    """Every answered item by its link id. Slips are noted with `reader`, and cost their item."""
    walker = _Walker(reader, wanted)
    if node is not None:
        walker.items(node, "")
    return walker.found


class _Walker:
    def __init__(self, reader: Reader, wanted: HeldTo) -> None:
        self.reader = reader
        self.wanted = wanted
        self.found: dict[str, AnsweredItem] = {}
        self.seen: dict[str, int] = {}

    def items(self, node: Node, parent: str) -> None:
        for item in self.reader.items(node, "a list of items"):
            if isinstance(item, MapNode):
                self.item(item, parent)
            else:
                self.reader.wrong(item, "an item")

    def item(self, item: MapNode, parent: str) -> None:
        self.keys(item, _ITEM, "an item")
        link = self.text(item, "linkId", "an item")
        if not link:
            return
        if link in self.seen:
            message = f"the link id {quoted(link)} stands twice; it was on line {self.seen[link]}"
            self.reader.note(item, "duplicate-link", message)
            return
        self.seen[link] = item.line
        answers, inside = item.get("answer"), item.get("item")
        if not self.stands_right(item, link, parent, answers):
            return
        if answers is not None:
            self.answers(item, link, answers)
        if inside is not None:
            self.items(inside, link)

    def stands_right(self, item: MapNode, link: str, parent: str, answers: Node | None) -> bool:
        if not self.wanted.todays:
            if answers is not None and not SNAKE[0].fullmatch(link):
                self.reader.note(item, "unknown-link", f"{quoted(link)} is no question of ours")
                return False
            return True
        links = self.wanted.links
        if link not in links:
            asked = [each for each, (kind, _) in links.items() if kind not in ("group", "display")]
            self.reader.unknown(item.get("linkId") or item, "link", link, asked)
            return False
        kind, group = links[link]
        if group != parent:
            where = f"inside of {quoted(group)}" if group else "at the top"
            message = f"the item {quoted(link)} belongs {where}"
            self.reader.note(item, "misplaced", message)
            return False
        if answers is not None and kind in ("group", "display"):
            self.reader.note(answers, "no-question", f"{quoted(link)} takes no answer")
            return False
        return True

    def answers(self, item: MapNode, link: str, node: Node) -> None:
        slips = len(self.reader.problems)
        words: list[tuple[str, Node]] = []
        for answer in self.reader.items(node, f"a list of answers of {link}"):
            if not isinstance(answer, MapNode):
                self.reader.wrong(answer, f"an answer of {link}")
                continue
            self.keys(answer, (*_ANSWER, "valueCoding"), f"an answer of {link}")
            if "item" in answer.entries:
                message = f"nothing is asked inside of an answer of {quoted(link)}"
                self.reader.note(answer.entries["item"][0], "unknown-link", message)
            word = self.word(answer, link)
            if word is not None:
                words.append(word)
        if len(self.reader.problems) == slips and words:
            self.found[link] = AnsweredItem(item, tuple(words))

    def word(self, answer: MapNode, link: str) -> tuple[str, Node] | None:
        """The answer's id that a coding stands for: its code without the question before it."""
        coding = answer.get("valueCoding")
        what = f"an answer of {link}"
        if coding is None:
            if not any(key.startswith("value") for key in answer.entries):  # else it is noted
                self.reader.note(answer, "missing-key", f'{what} needs the key "valueCoding"')
            return None
        if not isinstance(coding, MapNode):
            self.reader.wrong(coding, "a coding, with a system and a code")
            return None
        self.keys(coding, _CODING, "a coding")
        system, code = self.text(coding, "system", what), self.text(coding, "code", what)
        if not (system and code):
            return None
        at = coding.get("code") or coding
        if system != self.wanted.system:
            self.reader.note(
                coding, "another-system", f"{quoted(system)} isn't our system of codes"
            )
            return None
        version = coding.get("version")
        if version is not None and self.wanted.version:
            said = self.text(coding, "version", what)
            if said and said != self.wanted.version:
                message = f"the code is of the version {quoted(said)}, and the form of another"
                self.reader.note(version, "another-version", message)
                return None
        question, dot, word = code.partition(".")
        if question != link or not dot or not SNAKE[0].fullmatch(word):
            message = f"{quoted(code)} is no code of an answer of {quoted(link)}"
            self.reader.note(at, "unknown-answer", message)
            return None
        return word, at

    def text(self, node: MapNode, key: str, what: str) -> str:
        found = node.get(key)
        if found is None:
            self.reader.note(node, "missing-key", f"{what} needs the key {quoted(key)}")
            return ""
        if isinstance(found, ScalarNode) and found.kind is Kind.TEXT and found.value.strip():
            return found.value
        self.reader.wrong(found, f"a text for {quoted(key)}")
        return ""

    def keys(self, node: MapNode, allowed: tuple[str, ...], what: str) -> None:
        """Note what FHIR doesn't know there, and what may change what the rest means."""
        for key, (at, value) in node.entries.items():
            if key.removeprefix("_") not in allowed:
                self.reader.unknown(at, "key", key, allowed, of=what)
            elif key == "extension" and not isinstance(value, SeqNode):
                self.reader.wrong(value, "a list of extensions")
