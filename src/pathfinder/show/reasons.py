"""What speaks for a path, what against it, and what isn't known: every reason, by its strength.

Why this module exists: a person can follow every step from their own words to the
ranking. Strength is told in words; points are shown only to those who ask.

It must not leave a reason out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pathfinder.explain.weighing import Weight
from pathfinder.logic import View
from pathfinder.model import RuleSet
from pathfinder.ranking import Fit
from pathfinder.result import Reason
from pathfinder.show import words
from pathfinder.show.blocks import Block, Bullet, Heading, Mark, Text
from pathfinder.show.naming import Cites, listed, question_words, you_said, you_said_again

STRENGTH: Final = {3: words.STRONGLY, 2: words.CLEARLY, 1: words.A_LITTLE}
"""In words: how much one answer counts. A row of a fit table gives from -3 to 3 points."""


class Teller:
    """How reasons are told on one page: with or without sources, with or without points.

    A reason is told in full the first time. Where it comes back for another path, the
    person's own answer brings it to mind: the same sentence six times is read no more.
    """

    def __init__(self, rules: RuleSet, view: View, cite: Cites, *, numbers: bool) -> None:
        self.rules = rules
        self.view = view
        self.cite = cite
        self.numbers = numbers
        self._told: set[str] = set()

    def reason(self, reason: Reason, points: int) -> str:
        if reason.because in self._told:
            text = you_said_again(self.rules, self.view, reason)
        else:
            text = self.cite(you_said(self.rules, self.view, reason), reason.grounds)
            self._told.add(reason.because)
        return f"{text} {words.points(points)}" if self.numbers else text


def for_and_against(teller: Teller, fit: Fit) -> list[Block]:
    """Everything that one path's answers say, strongest first, under headings of level 2."""
    blocks: list[Block] = []
    if fit.for_():
        blocks += [Heading(2, words.SPEAKS_FOR), *by_strength(teller, fit.for_(), "plus")]
    if fit.against():
        blocks += [Heading(2, words.AGAINST), *by_strength(teller, fit.against(), "minus")]
    if not blocks:
        blocks.append(Text(words.NOTHING_ABOUT_IT))
    if fit.unknown:
        names = listed(dict.fromkeys(question_words(r.question) for r in fit.unknown))
        blocks += [Heading(2, words.NOT_KNOWN), Text(f"{words.COULD_CHANGE} {names}.")]
    if teller.numbers:
        blocks.append(Text(words.points_in_all(fit.points)))
    return blocks


def by_strength(teller: Teller, reasons: Sequence[Reason], mark: Mark) -> list[Block]:
    """The reasons in groups: strongly, clearly, a little."""
    blocks: list[Block] = []
    for points, title in STRENGTH.items():
        group = [reason for reason in reasons if abs(reason.points) == points]
        if group:
            blocks.append(Text("", label=title))
            blocks += [Bullet(teller.reason(r, r.points), mark=mark) for r in group]
    return blocks


def weighed(teller: Teller, weights: Sequence[Weight]) -> list[Block]:
    """Answers that tell two paths apart, each from the side where it has a say."""
    return [Bullet(teller.reason(weight.reason, weight.points)) for weight in weights]
