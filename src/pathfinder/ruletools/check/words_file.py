"""words.yaml: words that hurt, judge or promise, where they stand in a text, and field terms.

Why this module exists: a person may close the program over one word. Which words these are
is known to counselors, not to code: they are data, each with what to say instead. The list
stands apart from the rule set, since no decision rests on it: the program never reads it
while it talks to a person, and the passport doesn't cover it.

It must not hold a word of its own, or change a text.

    >>> word = AvoidedWord(("relapse",), "a return to use", "It judges.")
    >>> [(hit.start, hit.found, hit.say) for hit in WordList((word,)).found_in("After a relapse")]
    [(8, 'relapse', 'a return to use')]
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Final, NamedTuple

from pathfinder.engine.question import Grounds
from pathfinder.errors import Problem, RulesError
from pathfinder.files import read_bytes
from pathfinder.loader.fields import Form, Reader
from pathfinder.loader.ids_and_answers import Names, gather
from pathfinder.loader.rule_files import built_in
from pathfinder.loader.sources_and_steps import grounds
from pathfinder.loader.syntax.nodes import MapNode, Node
from pathfinder.loader.syntax.text import MOST_BYTES
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.sanitize import clean, quoted

WORDS_FILE: Final = "words.yaml"
_SOURCES_FILE: Final = "sources.yaml"

WORDS: Final = Form(
    WORDS_FILE,
    {
        "words": ("a word to avoid+", "Words that no text for people may hold."),
        "names?": ("form of a word+", "Names in which any of the words may stand."),
        "field_terms?": (
            "form of a word+",
            "Words that can't be avoided; the reading grade takes each for one plain word.",
        ),
        "sources?": ("a citation+", "Grounds of every word without its own."),
        "judgement?": ("text", "Grounds of every word without its own."),
    },
)
WORD: Final = Form(
    "a word to avoid",
    {
        "avoid": ("form of a word+", "Every form, written out; a form may be several words."),
        "say": ("text", "What to say instead; it holds no word to avoid itself."),
        "because": ("text", "Why, for whoever keeps the rules."),
        "unless_in?": ("form of a word+", "Phrases in which one of these forms does no harm."),
        "sources?": ("a citation+", "Where this is from."),
        "judgement?": ("text", "What we decided ourselves, and why, in one sentence."),
    },
)
_SHAPE: Final = re.compile(r"\w+(?:[ '\u2019-]\w+)*")
_SHAPE_WORDS: Final = "letters and digits, with one space, hyphen or apostrophe between them"
_EXPECTED: Final = "A file of words to avoid should stand there."


def read_words(directory: Path | None = None) -> WordList:
    """The list of the rule set in `directory`, or of the one that comes with Pathfinder.

    A rule set without words.yaml is held to the built-in list. Raises RulesError with every
    problem of the file, in the order of its lines; FileProblem if it can't be read.
    """
    folder = built_in() if directory is None else Path(directory)
    if directory is not None and folder.is_dir() and not (folder / WORDS_FILE).exists():
        folder = built_in()
    problems: list[Problem] = []
    file = clean(str(folder / WORDS_FILE))
    root, found = read_yaml(_bytes(folder / WORDS_FILE), file)
    problems.extend(found)
    sources = None
    if (folder / _SOURCES_FILE).exists():  # its own problems are the loader's to tell
        sources, _ = read_yaml(_bytes(folder / _SOURCES_FILE), _SOURCES_FILE)
    words = words_file(Reader(file, problems), root, gather({_SOURCES_FILE: sources}))
    if problems:
        problems.sort(key=lambda problem: (problem.line, problem.column))
        raise RulesError(problems)
    return words


def words_file(reader: Reader, root: MapNode | None, names: Names) -> WordList:
    """words.yaml in the order of the file; `sources` and `judgement` on top are the default."""
    fields = reader.fields(root, WORDS)
    default: Grounds | None = None
    if root is not None and ("sources" in fields or "judgement" in fields):
        default = grounds(reader, fields, root, names)
    taken: dict[str, str] = {}
    listed: list[AvoidedWord] = []
    replacements: list[tuple[Node, str]] = []
    for item in reader.items(fields.get("words"), "a list of words to avoid"):
        entry = reader.fields(item, WORD)
        forms = _forms(reader, entry.get("avoid"), taken)
        say = reader.text(entry.get("say"))
        if say and "say" in entry:
            replacements.append((entry["say"], say))
        listed.append(
            AvoidedWord(
                forms=forms,
                say=say,
                because=reader.text(entry.get("because")),
                unless_in=_spared(reader, entry.get("unless_in"), forms, "its own avoid"),
                grounds=grounds(reader, entry, item, names, default=default),
            )
        )
    every_form = tuple(form for word in listed for form in word.forms)
    spared = _spared(reader, fields.get("names"), every_form, "any avoid")
    terms = fields.get("field_terms")
    words = WordList(tuple(listed), spared, () if terms is None else _forms(reader, terms, {}))
    for node, say in replacements:
        for hit in words.found_in(say):
            message = f"{quoted(hit.found)} is itself a word to avoid; say {quoted(hit.say)}"
            reader.note(node, "avoided-word", message)
    return words


def _forms(reader: Reader, node: Node | None, taken: dict[str, str]) -> tuple[str, ...]:
    """The forms to find. `taken`: form -> where it stands already; these are added there."""
    forms = []
    for item in reader.items(node, "a list of words, each form written out"):
        form = _phrase(reader, item)
        if not form:
            continue
        if folded(form) in taken:
            message = f"{quoted(form)} is listed already, at {taken[folded(form)]}; keep one"
            reader.note(item, "repeated", message)
            continue
        taken[folded(form)] = f"{reader.file}:{item.line}"
        forms.append(form)
    return tuple(forms)


def _spared(reader: Reader, node: Node | None, forms: tuple[str, ...], of: str) -> tuple[str, ...]:
    """Phrases in which a form may stand. One that holds no form would spare nothing."""
    phrases = []
    for item in reader.items(node, "a list of names or phrases"):
        phrase = _phrase(reader, item)
        if not phrase:
            continue
        if forms and not any(holds(phrase, form) for form in forms):
            message = f"{quoted(phrase)} holds no form of {of}; take it out, or look at its words"
            reader.note(item, "spares-nothing", message)
        phrases.append(phrase)
    return tuple(phrases)


def _phrase(reader: Reader, node: Node) -> str:
    text = reader.text(node)
    if text and not _SHAPE.fullmatch(text):
        reader.note(node, "word-form", f"expected {_SHAPE_WORDS}; found {quoted(text)}")
        return ""
    return text


def _bytes(path: Path) -> bytes:
    return read_bytes(str(path), clean(str(path)), MOST_BYTES, _EXPECTED)


_WORD = re.compile(r"\w+")


class AvoidedWord(NamedTuple):
    """One entry of words.yaml. `forms`: every inflection, written out; a form may be a phrase.

    `unless_in` holds phrases of which a form may be a part and does no harm.
    `because` is for whoever keeps the rules; people are never shown it.
    """

    forms: tuple[str, ...]
    say: str
    because: str
    unless_in: tuple[str, ...] = ()
    grounds: Grounds = Grounds()


class Hit(NamedTuple):
    """A word to avoid in a text: `text[start:end]` is `found`, as it was written there."""

    start: int
    end: int
    found: str
    word: AvoidedWord

    @property
    def say(self) -> str:
        """What to say instead."""
        return self.word.say


class WordList:
    """All words to avoid, the names in which any of them may stand, and words of the field."""

    def __init__(
        self,
        words: tuple[AvoidedWord, ...],
        names: tuple[str, ...] = (),
        field_terms: tuple[str, ...] = (),
    ) -> None:
        self.words = words
        self.names = names
        self.field_terms = field_terms

    def found_in(self, text: str) -> tuple[Hit, ...]:
        """Every word to avoid in `text`, in the order of the text, none overlapping another.

        Whole words alone count, in any case. A space of the list stands for any run of spaces,
        line breaks and hyphens, and a straight apostrophe for a curly one, too. Where two forms
        begin at the same place, the longer is found.
        """
        hits: list[Hit] = []
        spared: dict[re.Pattern[str], list[tuple[int, int]]] = {}
        end = 0
        for first in _WORD.finditer(text):
            forms = self._by_first.get(first.group().casefold())
            if forms is None or first.start() < end:
                continue
            match = _pattern(forms).match(text, first.start())
            if match is None:
                continue
            # A few letters of other alphabets match one of ours without being it: "İ" and "i".
            word = self._by_form.get(folded(match.group()))
            if word is not None and not any(
                left <= match.start() and match.end() <= right
                for phrases in (self.names, word.unless_in)
                if phrases
                for left, right in _spans(_pattern(phrases), text, spared)
            ):
                end = match.end()
                hits.append(Hit(match.start(), end, match.group(), word))
        return tuple(hits)

    def plain(self, text: str) -> str:
        """The text as its difficulty is measured: each word of the field is one plain word."""
        return self._terms.sub("care", text)

    @cached_property
    def _by_form(self) -> dict[str, AvoidedWord]:
        return {folded(form): word for word in self.words for form in word.forms}

    @cached_property
    def _by_first(self) -> dict[str, tuple[str, ...]]:
        """First word of a form -> the forms that it begins.

        Trying all forms at every letter of a text would take ten times as long. Most of them
        are never met, so a pattern is made where its first word stands.
        """
        begun: dict[str, list[str]] = {}
        for form in self._by_form:
            if first := _WORD.match(form):
                begun.setdefault(first.group(), []).append(form)
        return {first: tuple(forms) for first, forms in begun.items()}

    @cached_property
    def _terms(self) -> re.Pattern[str]:
        return _pattern(tuple(form for term in self.field_terms for form in (term, f"{term}s")))


def folded(form: str) -> str:
    """Two forms that this gives the same text for are found in the same places."""
    return re.sub(r"[\s\-\u2010\u2011]+", " ", form.replace("\u2019", "'")).casefold()


def holds(phrase: str, form: str) -> bool:
    """Whether `form` stands in `phrase` as whole words."""
    return _pattern((form,)).search(phrase) is not None


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words; the longest that fits. None of them: no match at all."""
    longest_first = sorted(map(folded, phrases), key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    either = "|".join(
        re.escape(phrase).replace(r"\ ", r"[\s\-\u2010\u2011]+").replace("'", "['\u2019]")
        for phrase in longest_first
    )
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _spans(
    pattern: re.Pattern[str], text: str, known: dict[re.Pattern[str], list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    if pattern not in known:
        known[pattern] = [match.span() for match in pattern.finditer(text)]
    return known[pattern]
