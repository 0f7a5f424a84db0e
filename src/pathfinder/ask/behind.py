"""The conversation behind the answer: which page is shown, and what a changed answer does.

Why this module exists: in menus and in plain lines a person goes the same ways: to a page and
back, through the review to a new answer, to a file, and out. The answer is never lost on any.

It must not know a key or a screen: a desk shows and asks. It decides nothing about care.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pathfinder.ask import menu_messages as words
from pathfinder.ask.interview import Ended, Outcome
from pathfinder.ask.phrases import Left
from pathfinder.engine.decide import decide
from pathfinder.engine.decision import Decision
from pathfinder.engine.explain import explain
from pathfinder.engine.flow import applicable
from pathfinder.engine.question import Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import CantWrite, FileProblem, ProgramsError
from pathfinder.pages import behind as pages
from pathfinder.pages.answer import Answer, answer
from pathfinder.pages.behind import Result
from pathfinder.pages.blocks import Block
from pathfinder.pages.phrases import listed

if TYPE_CHECKING:
    from pathfinder.programs.matching import Finder


class Choice(NamedTuple):
    id: str
    label: str


class Desk(Protocol):
    """A way of showing and asking: menus, numbered lines, or a script in a test.

    Any of its methods may raise `QuickExit`, or what says that the person is done.
    """

    def answer(self, told: Answer, notice: str, choices: Sequence[Choice]) -> str:
        """Show the answer and what stands behind it; the id of what is picked."""

    def page(self, blocks: Sequence[Block]) -> None:
        """Show a page until the person goes back."""

    def pick(self, title: str, choices: Sequence[Choice]) -> str | None:
        """One of several, or None to go back."""

    def line(self, title: str, label: str, old: str) -> str | None:
        """A line that the person types behind `label`, or None to go back."""


class Behind(NamedTuple):
    """What the conversation needs. `again` leads through the review to new answers; `write`
    writes a result to a file, in the form `html`, `md` or `text`; `find` names programs."""

    rules: RuleSet
    region: str
    again: Callable[[Answers], Outcome]
    write: Callable[[Result, str, str], None]
    find: Finder | None = None


def look_behind(desk: Desk, behind: Behind, outcome: Outcome) -> Outcome:
    """Show the answer until the person is done. Gives the answers that stand then."""
    return _Conversation(desk, behind, outcome).hold()


def told_enough(desk: Desk, rules: RuleSet, region: str, answers: Answers) -> bool:
    """Before the questions that choose among kinds: go on, or see the answer so far, and go on.

    False: the person wants to go back to the question before.
    """
    ways = [Choice("on", words.GO_ON_ASKING), Choice("so far", words.SO_FAR)]
    picked = desk.pick(words.ENOUGH, ways)
    if picked == "so far":
        decision = decide(rules, answers, region=region)
        told = answer(rules, decision, explain(rules, answers, decision))
        open_ = {q.factor for q in applicable(rules, answers) if q.id not in answers}
        parts = listed(each.title.lower() for each in rules.factors if each.id in open_)
        desk.answer(told, words.so_far(parts), ways[:1])
    return picked is not None


class _Conversation:
    def __init__(self, desk: Desk, behind: Behind, outcome: Outcome) -> None:
        self._desk = desk
        self._behind = behind
        self._outcome = outcome
        self._safe = False
        self._notice = ""

    def hold(self) -> Outcome:
        """Until the person is done, or stops by any other way: the answer stays all the same."""
        with suppress(KeyboardInterrupt, EOFError, Left):
            self._talk()
        return self._outcome

    def _talk(self) -> None:
        while self._outcome.ended is Ended.FINISHED and (result := self._result()) is not None:
            told = answer(result.rules, result.decision, result.explained, result.found)
            if self._safe:
                told = told._replace(hold=False)
            picked = self._desk.answer(told, self._notice, choices(result, safe=not told.hold))
            self._notice = ""
            if picked == "done":
                break
            self._open(result, picked)

    def _result(self) -> Result | None:
        """None where no path is ranked: there is nothing behind what is said then."""
        rules, answers = self._behind.rules, self._outcome.answers
        decision = decide(rules, answers, region=self._behind.region)
        explained = explain(rules, answers, decision)
        if explained is None:
            return None
        found = None if self._behind.find is None else self._behind.find(decision)
        return Result(rules, answers, decision, explained, found)

    def _open(self, result: Result, picked: str) -> None:
        if picked == "safe":
            self._safe = True
        elif picked == "answers":
            self._change(result)
        elif picked == "save":
            self._save(result)
        elif picked == "two":
            self._two(result)
        elif picked == "others":
            self._others(result)
        elif picked == "programs":
            self._programs()
        else:
            self._desk.page(pages.page_of(result, picked))

    def _change(self, before: Result) -> None:
        self._outcome = self._behind.again(before.answers)
        now = self._result()
        if now is not None:
            self._safe = False
            told = changed(before.rules, before.decision, now.decision)
            self._notice = " ".join(told) or words.NOTHING_CHANGED

    def _others(self, result: Result) -> None:
        """All the others in short, or why not one of them."""
        rows = [Choice("all", words.ALL_OTHERS), *_paths(result)[1:]]
        while (picked := self._desk.pick(words.WHICH, rows)) is not None:
            if picked == "all":
                self._desk.page(pages.page_of(result, "others"))
            else:
                self._desk.page(pages.why_not_this(result, picked))

    def _programs(self) -> None:
        """Whom to call, and what no answer tells: the language, the place, and the way there."""
        find = self._behind.find
        assert find is not None, "there is such a page only where a list is in use"
        while (picked := self._desk.pick(words.WHOM, _program_choices(find))) is not None:
            asked = find.asked
            if picked == "see":
                result = self._result()
                assert result is not None, "the answers are those that ranked a path"
                self._desk.page(pages.page_of(result, "programs"))
            elif picked == "language":
                spoken = [Choice(code, name) for code, name in find.languages]
                code = self._desk.pick(words.WHICH_LANGUAGE, [Choice("any", words.ANY), *spoken])
                if code is not None:
                    find.ask(asked._replace(language="" if code == "any" else code))
            elif picked == "near":
                near = self._desk.line(words.WHERE_YOU_ARE, words.PLACE_LABEL, asked.near)
                if near is not None and (trouble := _moved(find, near)):
                    self._notice = trouble
                    return
            elif picked == "anywhere":
                find.ask(asked._replace(near=""))
            else:
                find.ask(asked._replace(from_home=not asked.from_home))

    def _two(self, result: Result) -> None:
        every = _paths(result)
        if pages.offers_the_approach(result):
            first, second = every[0].id, every[1].id
        else:
            one = self._desk.pick(words.WHICH_FIRST, every)
            if one is None:
                return
            rest = [each for each in every if each.id != one]
            other = self._desk.pick(words.WHICH_BESIDE, rest)
            if other is None:
                return
            first, second = one, other
        self._desk.page(pages.side_by_side(result, first, second))

    def _save(self, result: Result) -> None:
        forms = [
            Choice("html", words.SHEET),
            Choice("md", words.MARKDOWN),
            Choice("text", words.TEXT),
        ]
        form = self._desk.pick(words.SAVE_AS, forms)
        name = form and self._desk.line(
            f"{words.NAME} {words.READABLE}", words.NAME_LABEL, words.ENDINGS[form]
        )
        if form and name:
            try:
                self._behind.write(result, form, name)
            except CantWrite as error:
                self._notice = str(error)
            else:
                self._notice = words.saved(name)


def choices(result: Result, *, safe: bool) -> list[Choice]:
    """What can be picked, what helps most first. While there is danger, what to do first and whom
    to call are offered, and the paths are one step further away."""
    end = [Choice("answers", words.ANSWERS), Choice("save", words.SAVE), Choice("done", words.DONE)]
    offered = [Choice(each.id, each.title) for each in pages.pages_of(result)]
    if not safe:
        more = result.decision.first or result.decision.warnings  # than the alerts that stand there
        now = [each for each in offered if each.id == "help" or (more and each.id == "first")]
        return [*now, Choice("safe", words.ONCE_SAFE), *end]
    if pages.offers_the_approach(result):
        return [Choice("two", words.APPROACHES), *offered, *end]
    if len(_paths(result)) > 1:
        place = next(n for n, each in enumerate(offered) if each.id == "like") + 1
        offered.insert(place, Choice("two", words.TWO))
    return [*offered, *end]


def _moved(find: Finder, near: str) -> str:
    """Look near there from now on; what to tell where the list's table of places doesn't hold."""
    try:
        find.ask(find.asked._replace(near=near))
    except ProgramsError as error:
        return str(error.problems[0])
    except FileProblem as error:
        return str(error)
    return ""


def _program_choices(find: Finder) -> list[Choice]:
    """The page, and each circumstance with what it is now."""
    asked, spoken = find.asked, dict(find.languages)
    found = [Choice("see", words.SEE_WHOM)]
    if spoken:
        found.append(Choice("language", words.language(spoken.get(asked.language, ""))))
    found.append(Choice("near", words.place(asked.near)))
    if asked.near:
        found.append(Choice("anywhere", words.ANYWHERE))
    return [*found, Choice("home", words.ALL_OF_THEM if asked.from_home else words.FROM_HOME)]


def changed(rules: RuleSet, before: Decision, now: Decision) -> list[str]:
    """What a changed answer has done, in sentences: steps, level, the first path, the order."""
    told = []
    steps = {step.id: step for step in rules.steps}
    old, new = ({f.id: steps[f.id].titled(d.view) for f in d.first} for d in (before, now))
    come, gone = ([a[s] for s in a if s not in b] for a, b in ((new, old), (old, new)))
    told += [words.come("; ".join(come))] if come else []
    told += [words.gone("; ".join(gone))] if gone else []
    if before.safe_level != now.safe_level:
        levels = {level.id: level.name for level in rules.levels}
        told.append(words.now_safe(levels[str(now.safe_level)], levels[str(before.safe_level)]))
    ranks = {entry.path: entry.rank for entry in before.ranked}
    if now.ranked[0].path != before.ranked[0].path:
        names = [rules.path_by_id[each.ranked[0].path].name for each in (now, before)]
        told.append(words.now_first(*names))
    else:
        moved = [e for e in now.ranked if e.path in ranks and ranks[e.path] != e.rank]
        told += [
            words.order(rules.path_by_id[e.path].name, e.rank, ranks[e.path]) for e in moved[:1]
        ]
    return told


def _paths(result: Result) -> list[Choice]:
    """Every path, ranked ones first and in order."""
    decision = result.decision
    ids = [entry.path for entry in decision.ranked]
    ids += [entry.path for entry in decision.set_aside]
    return [Choice(id_, result.rules.path_by_id[id_].name) for id_ in ids]
