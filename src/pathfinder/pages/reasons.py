"""What speaks for a path, what against it, and what isn't known: every reason, by its strength.

Why this module exists: a person can follow every step from their own words to the
ranking. Strength is told in words; points are shown only to those who ask.

It must not leave a reason out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pathfinder.engine.conditions import View
from pathfinder.engine.decision import Reason
from pathfinder.engine.explain.contrast import Weight
from pathfinder.engine.fit import Fit
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Mark, Text
from pathfinder.pages.phrases import Cites, listed, name_of

STRENGTH: Final = {3: messages.STRONGLY, 2: messages.CLEARLY, 1: messages.A_LITTLE}
"""In words: how much one reason counts, from 1 to 3 points for a path or against it."""


TOLD_OF_EACH: Final = 3
"""So many weights are told with their reasons; the rest are named in one line."""

SPELLED_OUT: Final = 4
"""Up to so many unknown answers are told with why they matter; more are named in one line."""


class Teller:
    """How reasons are told on one page: with or without sources, with or without points.

    A reason is told whole, once for a path and once against one. Where it comes back, its
    question is named: the same sentence under six paths is read no more, and "nobody stands by
    you" alone, under what speaks for a path, says nothing of the path and hurts.
    """

    def __init__(self, rules: RuleSet, view: View, cite: Cites, *, numbers: bool) -> None:
        self.rules = rules
        self.view = view
        self.cite = cite
        self.numbers = numbers
        self._told: set[tuple[str, bool]] = set()
        self._asked: set[str] = set()

    def was_told(self, reason: Reason) -> bool:
        """Whether this page has told it, in the same direction. With points, each is told."""
        return not self.numbers and (reason.because, reason.points > 0) in self._told

    def first_asks(self, question: str) -> bool:
        """Whether this page hasn't told yet why the answer to this question could count."""
        first = question not in self._asked
        self._asked.add(question)
        return first

    def reason(self, reason: Reason, points: int) -> str:
        self._told.add((reason.because, reason.points > 0))
        text = self.cite(reason.because, reason.grounds)
        return f"{text} {messages.points(points)}" if self.numbers else text


def for_and_against(teller: Teller, path: str, fit: Fit, *, aside: bool = False) -> list[Block]:
    """Everything that one path's answers say, strongest first, under headings of level 2.

    Of a path that is `aside`, open answers aren't told: no such answer counts until it is open.
    """
    blocks: list[Block] = []
    if fit.for_():
        blocks += [Heading(2, messages.SPEAKS_FOR), *by_strength(teller, fit.for_(), "plus")]
    if fit.against():
        blocks += [Heading(2, messages.AGAINST), *by_strength(teller, fit.against(), "minus")]
    if not blocks:
        blocks.append(Text(messages.NOTHING_ABOUT_IT))
    if fit.unknown and not aside:
        blocks += [Heading(2, messages.NOT_KNOWN), *_not_known(teller, path, fit.unknown)]
    if teller.numbers:
        blocks.append(Text(messages.points_in_all(fit.points)))
    return blocks


def by_strength(teller: Teller, reasons: Sequence[Reason], mark: Mark) -> list[Block]:
    """The reasons in groups: strongly, clearly, a little. Those told before by name alone."""
    blocks: list[Block] = []
    again = [reason for reason in reasons if teller.was_told(reason)]
    for points, title in STRENGTH.items():
        group = [r for r in reasons if abs(r.points) == points and r not in again]
        if group:
            blocks.append(Text("", label=title))
            blocks += [Bullet(teller.reason(r, r.points), mark=mark) for r in group]
    if again:
        names = listed(dict.fromkeys(name_of(teller.rules, reason.question) for reason in again))
        blocks.append(Text(f"{names}.", label=messages.SAID_ABOVE))
    return blocks


def weighed(teller: Teller, weights: Sequence[Weight]) -> list[Block]:
    """Answers that tell two paths apart: those against the one, and those for the other."""
    against = [weight for weight in weights if weight.against]
    in_favour = [weight for weight in weights if not weight.against]
    return [
        *_some(teller, messages.SPEAK_AGAINST, against),
        *_some(teller, messages.SPEAK_MORE_FOR, in_favour),
    ]


def _some(teller: Teller, title: str, weights: Sequence[Weight]) -> list[Block]:
    """The strongest in full, the rest by name: nine reasons convince less than three."""
    if not weights:
        return []
    told, more = weights[:TOLD_OF_EACH], weights[TOLD_OF_EACH:]
    blocks: list[Block] = [
        Text("", label=title),
        *(Bullet(teller.reason(weight.reason, weight.points)) for weight in told),
    ]
    if more:
        names = listed(
            dict.fromkeys(name_of(teller.rules, weight.reason.question) for weight in more)
        )
        blocks.append(Text(f"{names}.", label=messages.AND_ALSO))
    return blocks


def _not_known(teller: Teller, path: str, reasons: Sequence[Reason]) -> list[Block]:
    """Open answers by how much they could count for this path, with why where they are few.

    Why an answer could count is told once on a page, since it is the same for every path.
    """
    why = {reason.question: reason.because for reason in reasons}
    groups: dict[str, list[str]] = {title: [] for title in STRENGTH.values()}
    for question in why:
        # One answer can bring several reasons: together they still count "strongly" at most.
        most = max(1, min(_most(teller.rules, question, path), max(STRENGTH)))
        groups[STRENGTH[most]].append(question)
    blocks: list[Block] = []
    for title, questions in groups.items():
        new = [q for q in questions if len(why) <= SPELLED_OUT and teller.first_asks(q)]
        again = listed(name_of(teller.rules, q) for q in questions if q not in new)
        if new:
            blocks.append(Text("", label=messages.COULD_COUNT[title]))
            blocks += [Bullet(why[q], label=name_of(teller.rules, q).capitalize()) for q in new]
        if again:
            label = messages.SAID_ABOVE if new else messages.COULD_COUNT[title]
            blocks.append(Text(f"{again}.", label=label))
    return blocks


def _most(rules: RuleSet, question: str, path: str) -> int:
    """The most points that one answer could give this path, or take from it."""
    tables = [table for table in rules.reasons if table.question == question]
    return max(abs(row.most(path)) for table in tables for row in table.rows.values())
