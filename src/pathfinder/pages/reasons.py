"""What speaks for a path and against it, and which of it is argued with.

Why this module exists: a person can follow every step from their own words to the
ranking. Strength is told in words; points are shown only to those who ask. An answer that a
warning doubts argues for no path and against none.

It must not leave a reason out, or work anything out: `explain` has tried it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from pathfinder.engine.conditions import Leaf, View
from pathfinder.engine.decision import Decision, Reason
from pathfinder.engine.explain.contrast import Weight
from pathfinder.engine.fit import Fit
from pathfinder.engine.question import NONE, Reading
from pathfinder.engine.ruleset import RuleSet, Support
from pathfinder.pages import answer_messages, messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Mark, Text
from pathfinder.pages.phrases import Cites, help_comes_first, listed, name_of, sentence, was_derived
from pathfinder.pages.plain_names import in_brief

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


def calm(decision: Decision) -> bool:
    """Whether nothing points to a problem: that is said first, and no path is argued for."""
    return any(note.headline for note in decision.notes)


def differ_in_approach_alone(rules: RuleSet, first: str, second: str) -> bool:
    """Two paths of one level, of which each has an approach of its own."""
    one, other = rules.path_by_id[first], rules.path_by_id[second]
    both = {one.approach, other.approach}
    return one.level == other.level and both == answer_messages.CHOOSABLE


def headline_of(rules: RuleSet, decision: Decision) -> tuple[str, str]:
    """The first path; where two fit alike and differ in approach alone, what both are."""
    top = rules.path_by_id[decision.ranked[0].path]
    if len(decision.ranked) > 1 and decision.ranked[1].about_equal_to_top:
        second = rules.path_by_id[decision.ranked[1].path]
        if differ_in_approach_alone(rules, top.id, second.id):
            level = rules.levels[rules.level_rank[top.level]]
            equal = sum(entry.about_equal_to_top for entry in decision.ranked)
            headline = f"{level.name}, {answer_messages.WITH_OR_WITHOUT}."
            return headline, answer_messages.your_choice(equal)
    return sentence(top.name), ""


def argued(rules: RuleSet, decision: Decision) -> list[Reason]:
    """What speaks for the first path, without an answer by which less care would do where the page
    itself doubts it, or where somebody must be seen first."""
    return [each for each in decision.ranked[0].for_ if not not_argued(rules, decision, each)]


def by_its_signs(rules: RuleSet, decision: Decision, reason: Reason) -> Reason:
    """A reason as it is told: of an answer that was counted, with what it was counted from."""
    question = rules.question_by_id[reason.question]
    if reason.answer is None or not was_derived(question, decision.view):
        return reason
    assert question.derived is not None
    marked = decision.view[question.derived.source]
    number = len(marked - {NONE}) if isinstance(marked, frozenset) else 0
    told = answer_messages.by_signs(number, reason.because, reason.does)
    return reason._replace(because=told)


def said_by_path(rules: RuleSet, decision: Decision, id_: str, support: Support) -> bool:
    """Whether the answer that asks for a support is told already: it speaks for the first path.

    What an article claims is shown all the same.
    """
    if support.stands_for == decision.ranked[0].path:
        return True
    rule = next(each for each in rules.support_rules if each.id == id_)
    if not isinstance(rule.when, Leaf):
        return False
    asked, accepts = rule.when.question, rule.when.accepts
    claims = {each.claim for each in rule.grounds.sources if each.claim}
    return any(
        r.question == asked
        and r.answer in accepts
        and claims <= {each.claim for each in r.grounds.sources}
        for r in argued(rules, decision)
    )


def rests_on_doubt(rules: RuleSet, decision: Decision) -> list[str]:
    """What speaks for the first path and isn't argued, as it is told."""
    found = (each for each in decision.ranked[0].for_ if not_argued(rules, decision, each))
    return answers_quoted(rules, decision, {each.question for each in found})


def more_may_be_right(rules: RuleSet, decision: Decision, *, but: Container[str] = ()) -> list[str]:
    """What speaks against paths of more care and isn't argued, as it is told, `but` for answers
    that a warning speaks of."""
    rank = rules.level_rank
    now = rank[decision.ranked[0].level]
    against = (r for each in decision.ranked if rank[each.level] > now for r in each.against)
    found = (each for each in against if not_argued(rules, decision, each))
    return answers_quoted(rules, decision, {e.question for e in found if e.question not in but})


def answers_quoted(rules: RuleSet, decision: Decision, questions: Container[str]) -> list[str]:
    """Answers in the words in which they were given, to be looked at again."""
    quoted = []
    for question in (q for q in rules.questions if q.id in questions):
        answer = decision.view.get(question.id)
        if was_derived(question, decision.view) or not isinstance(answer, str):
            quoted += answers_told(rules, decision, {question.id})
        else:
            quoted.append(answer_messages.quoted(in_brief(question.label(answer))))
    return quoted


def answers_told(rules: RuleSet, decision: Decision, questions: Container[str]) -> list[str]:
    """Answers by the names of their questions; one that was counted is none, and its signs were
    told in its place."""
    asked = [question for question in rules.questions if question.id in questions]
    return [
        answer_messages.SIGNS
        if was_derived(question, decision.view)
        else answer_messages.your_answer(name_of(rules, question.id))
        for question in asked
    ]


def doubted(rules: RuleSet, decision: Decision) -> set[str]:
    """The questions that a warning rests on, or whose answer gates read as another one."""
    clash = warned_of(rules, decision)
    for question in rules.questions:
        if read_otherwise(question.readings, decision.view) is not None:
            clash.add(question.id)
    return clash


def warned_of(rules: RuleSet, decision: Decision) -> set[str]:
    """The questions that a warning rests on."""
    warned = {each.id for each in decision.warnings}
    whens = [rule.when for rule in rules.move_rules if rule.id in warned]
    return {leaf.question for each in whens for leaf in each.leaves() if leaf.holds(decision.view)}


def read_otherwise(readings: Sequence[Reading], view: View) -> Reading | None:
    """The reading by which gates take an answer as another one; None where they take it as it is,
    or read what isn't known."""
    taken = next((each for each in readings if each.when.holds(view)), None)
    return None if taken is None or taken.of_unknown else taken


def shaky(rules: RuleSet, decision: Decision) -> set[str]:
    """The questions whose answers can't be built on: those in doubt, and, where somebody must be
    helped or seen first, all that gates may read otherwise."""
    found = doubted(rules, decision)
    if help_comes_first(rules, decision):
        found |= {question.id for question in rules.questions if question.readings}
    return found


def not_argued(rules: RuleSet, decision: Decision, reason: Reason) -> bool:
    """Whether the page doubts the answer of a reason by which less care than that of the first path
    would do, or somebody must be seen before it can be believed: it may count, and it is argued
    with neither for a path nor against one."""
    return reason.question in shaky(rules, decision) and _for_less(
        rules, reason, decision.ranked[0].level
    )


def _for_less(rules: RuleSet, reason: Reason, level: str) -> bool:
    """Whether the answer of a reason speaks against more care than that of the level, and for none
    of it: "no nurse is there at night" is said of day treatment, and asks for more."""
    rows = {table.id: table.rows for table in rules.reasons}
    row = rows.get(reason.rule, {}).get(reason.answer or "")
    rank = rules.level_rank
    points = [row.most(p.id) for p in rules.paths if row and rank[p.level] > rank[level]]
    return any(each < 0 for each in points) and not any(each > 0 for each in points)
