"""How rules, answers and help lines are put into words on every page.

Why this module exists: the page, the record and the views must call the same
thing by the same name, and number the same source with the same number.

It must not choose what is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pathfinder.engine.conditions import View, questions_in
from pathfinder.engine.decision import Decision, Fired, SetAside
from pathfinder.engine.flow import view_of
from pathfinder.engine.plan import left_open_by_life, refused
from pathfinder.engine.question import (
    NONE,
    SKIP,
    UNSURE,
    Answer,
    Answers,
    Grounds,
    Passage,
    Question,
    told,
)
from pathfinder.engine.ruleset import Alert, HelpLine, RuleSet, Support
from pathfinder.pages import messages
from pathfinder.pages.blocks import Block, Bullet, Heading, Text, firm
from pathfinder.pages.messages import name_of as name_of
from pathfinder.pages.messages import names_of as names_of

BETWEEN_SENTENCES: Final = re.compile(r"(?<=[.?!]) (?=[A-Z])")


def openings(rules: RuleSet, entry: SetAside) -> list[str]:
    """What would open a path that is set aside: one sentence or two for each thing in its way."""
    gates = [gate for gate in rules.gates if gate.id in entry.rules]
    own = [gate for gate in gates if gate.at_least is None]
    texts = [gate.opens_when for gate in own]
    if len(own) < len(gates):
        texts.append(rules.texts.level_opens_when.text)
    return list(dict.fromkeys(texts))


def opened_by(texts: Sequence[str]) -> list[Block]:
    """Openings under their title. Where there are several, it says that each is needed."""
    if len(texts) == 1:
        return [Text(texts[0], label=messages.OPENS)]
    return [Text("", label=messages.OPENS_TOGETHER), *map(Bullet, texts)] if texts else []


def goes_beside(rules: RuleSet, decision: Decision, entry: SetAside) -> bool:
    """Whether a path that is set aside is called good beside another one: a meeting may be, and
    nine hours a week of a second program aren't, whatever the gate allows.

    Never against the person's own "no": that is told in the reasons, not argued with.
    """
    standing = [support for support in rules.supports if support.stands_for == entry.path]
    no = any(refused(each, decision.view) for each in standing)
    return entry.alongside and bool(standing) and not no


def helping(rules: RuleSet, decision: Decision) -> tuple[str, ...]:
    """The paths that are set aside and called good beside the first one, by id."""
    good = (each for each in decision.set_aside if goes_beside(rules, decision, each))
    return tuple(each.path for each in good)


def lower_first(text: str) -> str:
    """As it stands within a sentence."""
    return text[:1].lower() + text[1:]


def steps_to_be_seen(rules: RuleSet, decision: Decision) -> set[str]:
    """The first steps by which somebody must see the person today: they have a help line."""
    fired = {each.id for each in decision.first}
    return {step.id for step in rules.steps if step.lines and step.id in fired}


def seen_first(rules: RuleSet, decision: Decision) -> bool:
    """Whether somebody must see the person today: no path is firm, or enough, before that."""
    return bool(steps_to_be_seen(rules, decision))


def help_comes_first(rules: RuleSet, decision: Decision) -> bool:
    """Whether the person must be helped, or seen, before any path is enough."""
    return decision.hold or seen_first(rules, decision)


def stands_in(rules: RuleSet, decision: Decision) -> str | None:
    """The path to begin with while something stands before the first one: the next safe path
    that the person's life leaves open, else the compromise, but not to who must be helped or seen
    before any path is enough. None where there is neither."""
    blocked = decision.if_not_possible
    if blocked is None:
        return None
    possible = left_open_by_life(rules, decision)
    less = None if help_comes_first(rules, decision) else blocked.compromise
    if decision.ranked[0].path in possible:  # only money is in the way, as it is of others
        return less
    return next(iter(possible), less)


def instead_of_home(rules: RuleSet, decision: Decision, path: str) -> str:
    """On what a path hangs that asks to live there, where the first one is gone to."""
    lives = ("goes_home", "false")
    top = rules.path_by_id[decision.ranked[0].path]
    if lives not in rules.path_by_id[path].traits or lives in top.traits:
        return ""
    asked = {each.question for each in rules.barriers if each.rules_out and path in each.paths}
    known = all(decision.view.get(question) is not None for question in asked)
    return f", {messages.AS_YOU_COULD_LIVE_AWAY if known else messages.IF_YOU_LIVE_AWAY}"


def is_more_care(rules: RuleSet, decision: Decision, path: str) -> bool:
    """Whether a path that stands in for the first one asks for more than that: no stopgap."""
    level = rules.path_by_id[path].level
    return rules.level_rank[level] > rules.level_rank[decision.ranked[0].level]


def step_told(rules: RuleSet, decision: Decision, less: str) -> list[str]:
    """What to say of the step that stands in for the first path: `less` where it is less care
    than is or may be safe, and then what it doesn't give. Nothing of it hides behind a name.
    """
    path = stands_in(rules, decision)
    if not path:
        return []
    rank = rules.level_rank
    below = rank[rules.path_by_id[path].level] < rank[decision.safe_level or ""]
    left = left_open_told(rules, decision, path)
    return [*([less] if below else []), *(each.text for each in left)]


def steps_assumed(decision: Decision) -> Mapping[str, Sequence[str]]:
    """The rules of first steps that are open; of one that fires, what was assumed."""
    return {each.rule: each.questions for each in decision.to_check if each.effect == "first"}


def in_truth_open(rules: RuleSet, decision: Decision, questions: Sequence[str]) -> Iterable[str]:
    """Of answers that a rule isn't sure of those that aren't known. One may have been given, and be
    in doubt since another isn't known by which it is asked: then it is that other."""
    found: dict[str, None] = {}
    for name in questions:
        asked_by = questions_in(rules.question_by_id[name].ask_when)
        behind = [each for each in asked_by if decision.view.get(each) is None]
        found |= dict.fromkeys(behind if behind and name in decision.assumed else [name])
    return found


def left_open_told(rules: RuleSet, decision: Decision, path: str) -> Sequence[Passage]:
    """What a path from home doesn't give this person: where to sleep, and be safe, meanwhile."""
    goes_home = ("goes_home", "true") in rules.path_by_id[path].traits
    return told(rules.texts.left_open, decision.view) if goes_home else ()


def left_open_beside(rules: RuleSet, decision: Decision) -> dict[str, list[str]]:
    """The same of the other paths, where the first one gives a place to sleep: each with the first
    path of which it is news. What a step that stands in is told with, or an answer that speaks
    against the path argues, isn't."""
    if ("goes_home", "true") in rules.path_by_id[decision.ranked[0].path].traits:
        return {}
    begin = stands_in(rules, decision)
    known = set(left_open_told(rules, decision, begin) if begin is not None else ())
    found: dict[str, list[str]] = {}
    for entry in decision.ranked[1:]:
        argued = {reason.question for reason in entry.against}
        left = [
            passage
            for passage in left_open_told(rules, decision, entry.path)
            if passage not in known and argued.isdisjoint(questions_in(passage.when))
        ]
        known.update(left)
        found[entry.path] = [passage.text for passage in left]
    return found


def alerts_to_read(rules: RuleSet, decision: Decision) -> list[tuple[Alert, Fired]]:
    """The alerts in the order in which they are read: whoever may be watched learns first how to
    close the screen, unless somebody must be called before all else."""
    texts = {alert.id: alert for alert in rules.alerts}
    alerts = [(texts[fired.id], fired) for fired in decision.alerts]
    return sorted(alerts, key=lambda each: (not each[0].hold, not each[0].read_first))


def call_comes_first(alert: Alert) -> bool:
    """Whether to call the emergency number is all there is to do: it stands before the reasons."""
    return alert.hold and alert.lines == ("emergency",)


def supports_told(rules: RuleSet, decision: Decision) -> dict[str, Support]:
    """Every support by its id, in the words that are true beside the first path."""
    first = decision.ranked[0].path
    return {each.id: each.told_beside(first, decision.view) for each in rules.supports}


def own_lines(rules: RuleSet, decision: Decision) -> Iterable[HelpLine]:
    """The lines that not everybody is told: of first steps, of alerts left open, of a trouble."""
    yield from lines_of_steps(rules, decision)
    yield from lines_of_open_alerts(rules, decision)
    yield from (line for line in decision.help_lines if line.told_when is not None)


def lines_of_steps(rules: RuleSet, decision: Decision) -> Iterable[HelpLine]:
    """Help lines that first steps name, and those of their moves that are for this person.

    Of each kind the line that is made for it: the emergency line takes everything.
    """
    steps = {step.id: step for step in rules.steps}
    for step in (steps[fired.id] for fired in decision.first):
        for kinds in (step.lines, *(move.lines for move in told(step.moves, decision.view))):
            for kind in kinds:
                fitting = [line for line in decision.help_lines if kind in line.kinds]
                made = [line for line in fitting if line.kinds[0] == kind]
                yield from (made or fitting)[:1]


def kinds_of_open_alerts(rules: RuleSet, decision: Decision) -> list[str]:
    """The first kind of line of each alert that isn't known to be needless, the gravest first."""
    open_ = {each.target[0] for each in decision.to_check if each.effect == "alert"}
    return [alert.lines[0] for alert in rules.alerts if alert.id in open_]


def lines_of_open_alerts(rules: RuleSet, decision: Decision) -> Iterable[HelpLine]:
    """A line for the gravest alert that isn't known to be needless: "not sure" is not "no".

    One, for want of room, and not the emergency line, which stands there for everybody.
    """
    kinds = kinds_of_open_alerts(rules, decision)
    made = (line for kind in kinds for line in decision.help_lines if line.kinds[0] == kind)
    yield from [line for line in made if "emergency" not in line.kinds[:1]][:1]


class Cites:
    """Numbers for sources: those of `pathfinder sources`, so that [3] is the same everywhere."""

    def __init__(self, rules: RuleSet, *, shown: bool = True) -> None:
        self._shown = shown
        self._number = {source.id: place for place, source in enumerate(rules.sources, start=1)}
        self.used: set[str] = set()

    def __call__(self, text: str, *grounds: Grounds) -> str:
        """The text with the numbers of its sources. A judgement of ours carries no number."""
        names = {citation.id for ground in grounds for citation in ground.sources}
        self.used |= names
        numbers = sorted(self._number[name] for name in names)
        return f"{text} [{firm(', '.join(map(str, numbers)))}]" if numbers and self._shown else text

    def number(self, source: str) -> str:
        return f"[{self._number[source]}]"


NOT_STATED = "not stated"
NONE_STATED = "none stated"


def cited(rules: RuleSet, cite: Cites) -> list[Block]:
    """The sources that a page has named, one line each; what isn't stated is left out."""
    blocks: list[Block] = []
    for source in rules.sources:
        if source.id in cite.used:
            facts = [fact for fact in (source.publisher, source.year) if fact != NOT_STATED]
            text = f"{cite.number(source.id)} {sentence(source.title)}"
            if facts:
                text += f" {sentence(', '.join(facts))}"
            if source.interest != NONE_STATED:
                text += f" {messages.INTEREST}: {source.interest}."
            blocks.append(Bullet(text))
    return blocks


def level_words(rules: RuleSet, level: str) -> str:
    """A level of care in words, with its hours."""
    found = rules.levels[rules.level_rank[level]]
    return f"{found.name}, {found.hours}"


def kind_open(level: str) -> str:
    """A level of care that was agreed with, and not yet which kind of it."""
    return f"{level}; which kind is open"


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def first_sentence(text: str) -> str:
    """A text up to the end of its first sentence."""
    return BETWEEN_SENTENCES.split(text, 1)[0]


def sentences(text: str) -> list[str]:
    return BETWEEN_SENTENCES.split(text)


def was_derived(question: Question, view: View) -> bool:
    """Whether the answer was counted from another question, and not given by the person."""
    # The other question is asked only where this one has no answer of its own.
    return question.derived is not None and isinstance(view.get(question.derived.source), frozenset)


ALONE: Final = (UNSURE, SKIP)


def worked_out(rules: RuleSet, answers: Answers) -> Mapping[str, str]:
    """Answers that are counted from others, as today's rules do: question -> answer."""
    view = view_of(rules, known_today(rules, answers))
    return {
        question.id: value
        for question in rules.questions
        if was_derived(question, view) and isinstance(value := view[question.id], str)
    }


def known_today(rules: RuleSet, answers: Answers) -> dict[str, Answer]:
    """An answer of older rules isn't read as one of today's."""
    return {id_: answer for id_, answer in answers.items() if is_known(rules, id_, answer)}


def is_known(rules: RuleSet, id_: str, answer: Answer) -> bool:
    question = rules.question_by_id.get(id_)
    if question is None:
        return False
    if isinstance(answer, str) is (question.kind == "many") and answer not in (*ALONE, NONE):
        return False
    return all(each in (*question.answers, NONE, *ALONE) for each in several(answer))


def several(answer: Answer | None) -> tuple[str, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else tuple(answer)


def passages(title: str, texts_told: Iterable[Passage], cite: Cites) -> list[Block]:
    """Passages under their title; one alone needs no list."""
    texts = [cite(passage.text, passage.grounds) for passage in texts_told]
    if not texts:
        return []
    if len(texts) == 1:
        return [Heading(2, title), Text(texts[0])]
    return [Heading(2, title), *map(Bullet, texts)]


def help_lines(lines: Sequence[HelpLine]) -> list[Block]:
    """Numbers to call, and how far they can be relied on."""
    read = [Text(messages.HELP_SEEN)] if any(map(_is_number, lines)) else []
    return [*map(help_line, lines), *read]


def seen_lines(lines: Sequence[HelpLine]) -> list[Block]:
    """Where each number was read, for pages that name it further up without that."""
    read = [
        Bullet(messages.seen(line.seen_on, line.seen_at), label=line.name)
        for line in lines
        if _is_number(line)
    ]
    return [*read, Text(messages.HELP_SEEN)] if read else []


def unknown_place(rules: RuleSet) -> list[Block]:
    """That we know no numbers there, and where we do."""
    known = listed(f"{place.name} ({place.id})" for place in rules.regions)
    return [Text(messages.UNKNOWN_REGION), Text(f"{known}.", label=messages.KNOWN_REGIONS)]


def help_line(line: HelpLine, *, with_seen: bool = True) -> Bullet:
    """A number to call. No page leaves out where it was read, but that may stand further down."""
    if not _is_number(line):
        return Bullet(messages.call(line.number))
    seen = f" {messages.seen(line.seen_on, line.seen_at)}" if with_seen else ""
    return Bullet(f"{number(line)}. {sentence(line.when)}{seen}", label=line.name)


def name_and_number(line: HelpLine) -> str:
    return f"{line.name}, {number(line)}" if _is_number(line) else line.name


def _is_number(line: HelpLine) -> bool:
    """ "Your local emergency number" is advice, not a number that was read somewhere."""
    return line.number.casefold() != line.name.casefold()


def number(line: HelpLine) -> str:
    return firm(line.number)


def sentence(text: str) -> str:
    """A text that begins with a capital and ends with one mark."""
    text = text.strip()
    end = "" if text.endswith((".", "?", "!")) else "."
    return f"{text[:1].upper()}{text[1:]}{end}" if text else ""
