"""A plan from a file, for scripts, and in a chart: what was agreed, first steps, what was done.

Why this module exists: what is told of a client never stands in an option, where everyone on
the computer could read it. So a script writes it to a file or a pipe, and each slip in it is
told at its line: a day that is wrong by a month is worse than none. A chart tells the same things
in lines of its own, each with its day and place: "the appointment" is none to its reader.

It must not keep anything, or ask.

    program: Harbor House
    date: "2026-12-03"
    time: "14:30"
    bring: [ID, list of medicines]
    next_contact: "2026-12-05"
    then: evening program
    steps: {medical-evaluation: agreed, safe-place: cost}
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import AnswersError, PathfinderError, Problem
from pathfinder.files import read_bytes
from pathfinder.loader.fields import Form, Reader
from pathfinder.loader.syntax.nodes import MapNode, Node, ScalarNode
from pathfinder.loader.syntax.yaml import read_yaml
from pathfinder.pages.phrases import sentence
from pathfinder.sanitize import clean
from pathfinder.sessions.choices import (
    CHART_REASONS,
    CLINICAL,
    DONE,
    REASONS,
    STEP_WORDS,
    check_clock,
    check_day,
    check_line,
    check_step,
    check_when,
)
from pathfinder.sessions.model import CONTACT, CONTACTS, NEXT, VISIT, Agreed, StepWord
from pathfinder.sessions.third_person import BLANK, STEP_OPEN

_MOST_BYTES: Final = 64 * 1024
_NAME_ONE: Final = "Name a plan: a YAML file, or - for standard input."
_LINES: Final = ("program", "calls", "phone", "place", "then")

PLAN: Final = Form(
    "a plan",
    {
        **{f"{key}?": ("text", "A line.") for key in _LINES},
        "date?": ("day", "The day of the appointment."),
        "time?": ("text", "Its time."),
        "bring?": ("text+", "What to bring."),
        "next_contact?": ("day", "The day of the next contact."),
        "with_ranking?": ("truth", "Whether Pathfinder's own result stands behind it."),
        "steps?": ("words", "First step: agreed, done, or the reason why it isn't taken."),
        "done?": ("words", "What was done after an intake was stopped for safety."),
    },
)


class PlanRead(NamedTuple):
    """What a file says. `agreed` is None where it says nothing of that.

    `ranks`: it says whether Pathfinder's own result stands behind what was agreed.
    """

    agreed: Agreed | None
    steps: tuple[StepWord, ...]
    done: dict[str, str]
    ranks: bool = False

    def agreed_beside(self, *, otherwise: bool) -> Agreed | None:
        """What was agreed. Behind a judgement other than the tool's its result is left out,
        unless the file says that it stands there."""
        if self.agreed is None or self.ranks or not otherwise:
            return self.agreed
        return self.agreed._replace(with_ranking=False)


class PlanProblems(AnswersError):
    """A plan doesn't hold: nothing of it is kept."""

    how_to_see_all = "Put these right first."


def read_plan(rules: RuleSet, name: str) -> PlanRead:
    """The plan in a file, `-` for standard input.

    Raises `PlanProblems` with every slip at its line, and FileProblem.
    """
    label = "standard input" if name == "-" else clean(name)
    if name == "-":
        data = sys.stdin.buffer.read(_MOST_BYTES + 1)[: _MOST_BYTES + 1]
    else:
        data = read_bytes(name, label, _MOST_BYTES, _NAME_ONE)
    root, problems = read_yaml(data, label)
    plan = _plan(Reader(label, problems), root, rules) if root is not None else None
    if problems or plan is None:
        nothing = Problem(label, 1, 1, "empty", "no plan stands in this file")
        raise PlanProblems(sorted(problems, key=lambda each: each[1:3]) or [nothing])
    return plan


def _plan(reader: Reader, root: MapNode, rules: RuleSet) -> PlanRead:
    fields = reader.fields(root, PLAN)

    def line(key: str, check: Callable[[str], str]) -> str:
        return _checked(reader, fields.get(key), check)

    bring = tuple(
        _checked(reader, item, _plain)
        for item in reader.items(fields.get("bring"), "a list of things to bring", least=0)
    )
    ranking = fields.get("with_ranking")
    if ranking is not None and _word(ranking) not in ("true", "false"):
        reader.wrong(ranking, "true or false")
    agreed = Agreed(
        program=line("program", _plain),
        calls=line("calls", _plain),
        phone=line("phone", _plain),
        date=line("date", check_day),
        time=line("time", check_clock),
        place=line("place", _plain),
        bring=bring,
        next_contact=line("next_contact", check_day),
        with_ranking=ranking is None or _word(ranking) == "true",
        then=line("then", _plain),
    )
    if agreed.time and not agreed.date:
        reader.note(fields["time"], "time-without-day", "there is a time and no date; write both")
    said = any(key in fields for key in (*_LINES, "date", "bring", "next_contact", "with_ranking"))
    steps = tuple(_steps(reader, fields.get("steps"), rules))
    done = _done(reader, fields.get("done"))
    return PlanRead(agreed if said else None, steps, done, ranking is not None)


def _plain(text: str) -> str:
    return check_line("line", text)


def _word(node: Node) -> str:
    return node.value if isinstance(node, ScalarNode) else ""


def _checked(reader: Reader, node: Node | None, check: Callable[[str], str]) -> str:
    text = reader.text(node) if node is not None else ""
    try:
        return check(text)
    except PathfinderError as error:
        assert node is not None
        reader.note(node, "not-a-value", str(error))
        return ""


def _steps(reader: Reader, node: Node | None, rules: RuleSet) -> list[StepWord]:
    if node is None:
        return []
    if not isinstance(node, MapNode):
        reader.wrong(node, "a mapping (a first step: what became of it)")
        return []
    found = []
    for key, (_, value) in node.entries.items():
        text = reader.text(value)
        word = StepWord(key, "declined", text) if text in REASONS else StepWord(key, text)
        try:
            found.append(check_step(rules, word))
        except PathfinderError as error:
            reader.note(value, "not-a-value", str(error))
    return found


def _done(reader: Reader, node: Node | None) -> dict[str, str]:
    if node is None:
        return {}
    if not isinstance(node, MapNode):
        reader.wrong(node, f"a mapping ({', '.join(DONE)})")
        return {}
    found = {}
    for key, (_, value) in node.entries.items():
        if key not in DONE:
            reader.note(value, "unknown-key", f"expected one of {', '.join(DONE)}")
        check = check_when if key == "time" else _plain
        found[key] = _checked(reader, value, check)
    return found


# --- in a chart ---------------------------------------------------------------------------


def plan(agreed: Agreed, now: str = "") -> Iterator[tuple[str, str]]:
    """What was agreed, as lines of a chart: label and text. What is open has none, but the next
    contact: a chart without it reads as if nobody were to call. `now`: the program that the client
    has gone to, which is no referral any more."""
    when = f"{agreed.date} {agreed.time}".strip()
    contact = f"{agreed.next_contact}, by whom, how: {BLANK}" if agreed.next_contact else BLANK
    for label, text in (
        ("Referral", agreed.program if agreed.program.casefold() != now.casefold() else ""),
        ("Who calls", agreed.calls),
        ("Phone", agreed.phone),
        ("Appointment", ", ".join(filter(None, (when, agreed.place)))),
        ("To bring", "; ".join(agreed.bring)),
        (THEN, agreed.then),
        ("Next contact", contact),
    ):
        if text:
            yield label, text


def came_about(
    came: Iterable[tuple[str, str]], names: Mapping[str, str], before: Agreed
) -> Iterator[str]:
    """What became of each thing that was agreed, by day and place. `before`: what was agreed."""
    when = f"{CONTACTS[VISIT]} {before.date} {before.time}".strip()
    visit = ", ".join(filter(None, (when, before.program, before.place)))
    contact = f"{CONTACTS[NEXT]} {before.next_contact}".strip()
    both = [visit] * bool(before.date) + [contact] * bool(before.next_contact)
    names = {**names, VISIT: visit, NEXT: contact, CONTACT: "; ".join(both) or CONTACTS[CONTACT]}
    for id_, word in came:
        seen = id_ == VISIT or (id_ == CONTACT and both == [visit])
        became = (KEPT if seen else CAME_ABOUT).get(word, word)
        outcome = f" {OUTCOME}: {BLANK}" if word == "yes" else ""
        name = names.get(id_, id_)
        yield f"{name[:1].upper()}{name[1:]}: {became}.{outcome}"


def gone_to(before: Agreed, came: Iterable[tuple[str, str]]) -> str:
    """The program whose appointment was kept, as the counselor told; "" for none. That the client
    is in it, and since when, is more than an appointment says."""
    kept = (VISIT, "yes") in came or ((CONTACT, "yes") in came and not before.next_contact)
    if not (kept and before.program):
        return ""
    visit = f"{CONTACTS[VISIT]} {before.date}".strip()
    return f"{before.program} ({visit} {KEPT['yes']}). {IN_IT}: {BLANK}"


IN_IT: Final = "Since when, and still there"
THEN: Final = "After this program"
OUTCOME: Final = "Outcome"
KEPT: Final = {"yes": "kept", "no": "not kept", "unsure": "not known whether it was kept"}
CAME_ABOUT: Final = {"yes": "came about", "no": "did not come about", "unsure": "not known"}


def became(said: StepWord | None) -> str:
    """What became of a first step, with the client."""
    if said is None:
        return STEP_OPEN
    if said.reason is None:
        return sentence(STEP_WORDS.get(said.word, said.word))
    if said.reason == "clients-choice":
        return "Not wanted now, by the client's choice."
    theirs = said.reason == CLINICAL  # it isn't "mine" in a chart
    why = (CHART_REASONS if theirs else REASONS).get(said.reason, said.reason)
    return sentence(f"Not possible now: {why}")
