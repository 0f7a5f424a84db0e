"""Words that hurt, judge or promise: where they stand in a text, and what to say instead.

Why this module exists: a person may close the program over one word. Which words
these are is data, in `rules/words.yaml`, read by `pathfinder.ruletools.check.words_file`.

It must not hold a word of its own, read a file, or change a text.

    >>> word = AvoidedWord(("relapse",), "a return to use", "It judges.")
    >>> [(hit.start, hit.found, hit.say) for hit in WordList((word,)).found_in("After a relapse")]
    [(8, 'relapse', 'a return to use')]
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from pathfinder.engine.evidence import Grounds

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


class WordList(NamedTuple):
    """All words to avoid, and the names in which any of them may stand."""

    words: tuple[AvoidedWord, ...]
    names: tuple[str, ...] = ()

    def found_in(self, text: str) -> tuple[Hit, ...]:
        """Every word to avoid in `text`, in the order of the text, none overlapping another.

        Whole words alone count, in any case. A space of the list stands for any run of spaces,
        line breaks and hyphens, and a straight apostrophe for a curly one, too. Where two forms
        begin at the same place, the longer is found.
        """
        finder = _finder(self)
        hits: list[Hit] = []
        spared: dict[re.Pattern[str], list[tuple[int, int]]] = {}
        end = 0
        for first in _WORD.finditer(text):
            forms = finder.by_first.get(first.group().casefold())
            if forms is None or first.start() < end:
                continue
            match = forms.match(text, first.start())
            if match is None:
                continue
            # A few letters of other alphabets match one of ours without being it: "İ" and "i".
            word = finder.by_form.get(folded(match.group()))
            if word is not None and not any(
                left <= match.start() and match.end() <= right
                for pattern in (finder.names, finder.unless_in.get(word))
                if pattern is not None
                for left, right in _spans(pattern, text, spared)
            ):
                end = match.end()
                hits.append(Hit(match.start(), end, match.group(), word))
        return tuple(hits)


def folded(form: str) -> str:
    """Two forms that this gives the same text for are found in the same places."""
    return re.sub(r"[\s\-\u2010\u2011]+", " ", form.replace("\u2019", "'")).casefold()


def holds(phrase: str, form: str) -> bool:
    """Whether `form` stands in `phrase` as whole words."""
    return _pattern([form]).search(phrase) is not None


class _Finder(NamedTuple):
    """A list made ready for searching. `by_first`: first word of a form -> the forms it begins.

    Trying all forms at every letter of a text would take ten times as long.
    """

    by_first: dict[str, re.Pattern[str]]
    by_form: dict[str, AvoidedWord]
    names: re.Pattern[str] | None
    unless_in: dict[AvoidedWord, re.Pattern[str]]


@lru_cache(maxsize=4)
def _finder(listed: WordList) -> _Finder:
    by_form = {folded(form): word for word in listed.words for form in word.forms}
    begun: dict[str, list[str]] = {}
    for form in by_form:
        if first := _WORD.match(form):
            begun.setdefault(first.group(), []).append(form)
    return _Finder(
        by_first={first: _pattern(forms) for first, forms in begun.items()},
        by_form=by_form,
        names=_pattern(listed.names) if listed.names else None,
        unless_in={word: _pattern(word.unless_in) for word in listed.words if word.unless_in},
    )


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
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
