"""The answer: what a tired person needs of a result, on one screen.

Why this module exists: nobody reads four hundred lines at two in the morning. The answer
says what to do first, what fits best and why, what stands in the way, and whom to call.
All else is one key away (`ask.behind`), or comes with `--full`.

It must not know a width, and it must not decide: every fact comes from the decision, every
sentence from the rules or from `answer_messages`. What it leaves out stands in the full page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from pathfinder.engine.decision import Decision, Reason
from pathfinder.engine.explain import Explanation
from pathfinder.engine.question import told
from pathfinder.engine.ruleset import HelpLine, RuleSet
from pathfinder.pages import answer_messages as words
from pathfinder.pages.best_path import cons_told, explaining_notes
from pathfinder.pages.how_firm import little_known, not_all_tried
from pathfinder.pages.how_much_care import (
    in_doubt,
    level_gates,
    not_known,
    with_care,
)
from pathfinder.pages.if_not_possible import first_in_the_way
from pathfinder.pages.open_answers import line_if_hurt, may_be_danger
from pathfinder.pages.path_rows import PathRow, not_now, path_rows
from pathfinder.pages.phrases import (
    BETWEEN_SENTENCES,
    alerts_to_read,
    call_comes_first,
    first_sentence,
    helping,
    listed,
    lower_first,
    name_and_number,
    name_of,
    own_lines,
    seen_first,
    sentence,
    steps_assumed,
)
from pathfinder.pages.reasons import (
    argued,
    by_its_signs,
    calm,
    headline_of,
    more_may_be_right,
    rests_on_doubt,
    warned_of,
)
from pathfinder.pages.today_moves import WHAT_NOT, emergency_told, move_for_today

if TYPE_CHECKING:
    from pathfinder.pages.programs import ToCall
    from pathfinder.programs.matching import NamedPrograms

NAMED = 3
"""So many open answers are named where a result is close; the rest are counted."""


class Urgent(NamedTuple):
    """An alert: what is the matter, what to do, and whom to call."""

    title: str
    text: str
    lines: tuple[str, ...]


class StepShown(NamedTuple):
    title: str
    why: str


class Answer(NamedTuple):
    """What is said, in the order of the screen. An empty text isn't shown.

    With `hold` there is danger: alerts and help alone are shown. `lead` is what must be known
    before any path, such as that nothing points to a problem: then the answer is `calm`.
    """

    hold: bool
    alerts: tuple[Urgent, ...]
    warnings: tuple[str, ...]
    lead: tuple[str, ...]
    calm: bool
    first: tuple[StepShown, ...]
    emergency: str
    headline: str
    choice: str
    rows: tuple[PathRow, ...]
    set_aside: tuple[str, ...]
    beside: tuple[str, ...]
    pros: tuple[str, ...]
    cons: tuple[str, ...]
    safe: str
    how_sure: str
    in_the_way: str
    until_then: str
    today: str
    help: tuple[str, ...]
    caution: str = words.NOT_A_DIAGNOSIS
    danger: str = ""
    starts: bool = False
    to_call: ToCall | None = None
    until_label: str = words.UNTIL_THEN


def answer(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None,
    found: NamedPrograms | None = None,
) -> Answer:
    """The answer of a decision that ranks a path. `found`: programs of the agency's list."""
    top = decision.ranked[0]
    cons = cons_told(rules, decision)[:1]
    way = first_in_the_way(rules, decision, cons)
    guessed = explained is not None and little_known(decision, explained.firmness)
    where_to_ask = bool(explaining_notes(rules, decision))
    starts = guessed or where_to_ask or (not top.for_ and not top.against)
    headline, choice = headline_of(rules, decision)
    danger = may_be_danger(rules, decision)
    whom = _whom(rules, decision, found)
    today = _today(rules, decision, named=whom is not None and not whom.after)
    beside = tuple(rules.path_by_id[path].in_a_row for path in helping(rules, decision))
    made = Answer(
        hold=decision.hold,
        alerts=tuple(_alerts(rules, decision)),
        warnings=tuple(_first_two(each.because) for each in decision.warnings),
        lead=tuple(_lead(rules, decision)),
        calm=calm(decision),
        first=tuple(_first(rules, decision)),
        emergency=emergency_told(rules, decision),
        headline=headline,
        choice=choice,
        rows=tuple(path_rows(rules, decision)),
        set_aside=tuple(not_now(rules, decision)),
        beside=beside,
        pros=tuple(_told(rules, decision, _telling(rules, decision))),
        cons=tuple(_told(rules, decision, cons)),
        safe=_safe(rules, decision),
        how_sure=_how_sure(rules, decision, explained),
        in_the_way=way.barriers,
        until_then=way.step,
        until_label=way.label,
        today=today,
        help=tuple(_help(rules, decision)),
        caution=f"{words.IN_SHORT_NO_DIAGNOSIS} {danger}" if danger else words.NOT_A_DIAGNOSIS,
        danger=danger,
        starts=starts,
        # Under a label of its own, "call" is said already.
        to_call=whom if whom is None or not today or whom.after else whom._replace(lead=""),
    )
    return _without_push(made) if made.calm else made


def _without_push(made: Answer) -> Answer:
    """Who has no problem hears no reasons, no level, and nothing of what is set aside."""
    rows = tuple(row._replace(decides="") for row in made.rows)
    return made._replace(rows=rows, pros=(), cons=(), safe="", set_aside=(), beside=())


def _first_two(text: str) -> str:
    return " ".join(BETWEEN_SENTENCES.split(text, 2)[:2])


def _lead(rules: RuleSet, decision: Decision) -> Iterable[str]:
    """Headlines, and the first word of what tells why paths were taken out."""
    explaining = explaining_notes(rules, decision)
    for note in decision.notes:
        if note.headline:
            yield note.because
        elif note.id in explaining:
            yield first_sentence(note.because)


# --- before any path ------------------------------------------------------------


def _alerts(rules: RuleSet, decision: Decision) -> Iterable[Urgent]:
    """Each number once, with the first alert that names it."""
    regions = (*rules.regions, rules.elsewhere)
    lines = {line.id: line for region in regions for line in region.lines}
    lines |= {line.id: line for line in decision.help_lines}
    named: set[str] = set()
    for alert, fired in alerts_to_read(rules, decision):
        calls = tuple(_call(lines[id_]) for id_ in fired.lines if id_ not in named)
        named.update(fired.lines)
        why = [*map(first_sentence, fired.because)]
        call = [alert.worded(decision.view)]
        whole = " ".join([*call, *why] if call_comes_first(alert) else [*why, *call])
        text = whole if decision.hold else sentence(alert.in_short or alert.text)
        yield Urgent(alert.title, text, calls)


def _call(line: HelpLine) -> str:
    """Its short name and its number; whoever is hurt by someone is told from which phone."""
    call = name_and_number(line._replace(name=line.name.split(",")[0]))
    return f"{call} ({words.SAFE_PHONE})" if "violence" in line.kinds[:1] else call


def _help(rules: RuleSet, decision: Decision) -> Iterable[str]:
    """The nearest lines, and those of first steps and of alerts that an open answer may hide.

    What an alert or the line on danger has named already isn't named again.
    """
    named = {id_ for fired in decision.alerts for id_ in fired.lines}
    if (hurt := line_if_hurt(rules, decision)) is not None:
        named.add(hurt.id)
    emergency, drugs = (
        next((line for line in decision.help_lines if kind in line.kinds), None)
        for kind in ("emergency", "drugs")
    )
    if explaining_notes(rules, decision):  # who names no drink or drug needs no line for them
        drugs = None
    for line in (emergency, *own_lines(rules, decision), drugs):
        if line is not None and line.id not in named:
            named.add(line.id)
            yield _call(line)


def _first(rules: RuleSet, decision: Decision) -> Iterable[StepShown]:
    steps = {step.id: step for step in rules.steps}
    doubts = steps_assumed(decision)
    for fired in decision.first:
        open_ = doubts.get(fired.rules[0], ())
        why = in_doubt(rules, decision, open_, first_sentence(fired.because[0]), set(), short=True)
        yield StepShown(steps[fired.id].titled(decision.view), why)


def _telling(rules: RuleSet, decision: Decision) -> list[Reason]:
    """What speaks for the first path, the heaviest first; of equals, what sets it apart."""
    second = decision.ranked[1:2]
    shared = {reason.because for other in second for reason in other.for_}
    found = sorted(argued(rules, decision), key=lambda each: (-each.points, each.because in shared))
    if headline_of(rules, decision)[1]:  # it is said of both
        return [each for each in found if each.because in shared] or found
    return found


def _told(rules: RuleSet, decision: Decision, reasons: Iterable[Reason]) -> Iterable[str]:
    return dict.fromkeys(sentence(by_its_signs(rules, decision, e).because) for e in reasons)


# --- about the first path -------------------------------------------------------


def _safe(rules: RuleSet, decision: Decision) -> str:
    assert decision.safe_level is not None
    level = rules.levels[rules.level_rank[decision.safe_level]].name
    if seen_first(rules, decision):
        offered = {entry.level for entry in decision.ranked}
        return words.once_seen(level) if decision.safe_level in offered else ""
    if not (gates := level_gates(rules, decision)):
        return ""  # nothing asks for more than the least that there is
    gate, text, _ = gates[0]
    because = with_care(rules, gate, first_sentence(text), decision, short=True)
    less = words.LESS_IS_NOT_SAFE[bool(not_known(rules, gate, decision))]
    return words.safe(level, f"{less} {lower_first(because)}")


def _how_sure(rules: RuleSet, decision: Decision, explained: Explanation | None) -> str:
    """Nothing where the result is firm, others will advise, or all that is left is where to ask."""
    if explained is None or seen_first(rules, decision) or explaining_notes(rules, decision):
        return ""
    if explained.firmness.firm:
        # What a warning says already isn't said again, and beside an alert there is no room for it.
        doubt = rests_on_doubt(rules, decision)
        if not (doubt or decision.alerts):
            doubt = more_may_be_right(rules, decision, but=warned_of(rules, decision))
        return words.doubted(doubt) if doubt else ""
    hangs_on = explained.firmness.hangs_on
    if not hangs_on:  # that two fit alike stands in the headline or in their rows already
        firmness = explained.firmness
        return "" if firmness.about_equal else not_all_tried(rules, firmness)
    names = listed(name_of(rules, each.question) for each in hangs_on[:NAMED])
    more, guessed = len(hangs_on[NAMED:]), little_known(decision, explained.firmness)
    return words.could_change(names, more, little_known=guessed)


def _today(rules: RuleSet, decision: Decision, *, named: bool) -> str:
    """The first move that isn't told above as an alert or a warning.

    With `named`, names to call stand below: then to call somebody is no news of its own."""
    said = {alert.text for alert in rules.alerts} | {each.because for each in decision.warnings}
    steps = {step.id: step for step in rules.steps}
    # A step with a help line of its own is the one for today, whatever else a doctor is asked.
    first = sorted(decision.first, key=lambda each: not steps[each.id].lines)
    moves = [move.text for each in first for move in told(steps[each.id].moves, decision.view)]
    if moves := [each for each in moves if not each.startswith(WHAT_NOT)]:
        return words.under_today(first_sentence(move_for_today(moves)))
    moves = [text for text in decision.next_moves if text not in said]
    next_move = move_for_today(moves)
    path = rules.path_by_id[decision.ranked[0].path]
    own = {passage.text for passage in path.first_moves}
    if named and next_move in own and ("family", "after") not in path.traits:
        return ""
    return words.under_today(first_sentence(next_move))


def _whom(rules: RuleSet, decision: Decision, found: NamedPrograms | None) -> ToCall | None:
    if found is None:
        return None
    from pathfinder.pages.programs import to_call  # only who has a list pays for it

    return to_call(rules, decision, found)
