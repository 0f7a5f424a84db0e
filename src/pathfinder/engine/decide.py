"""decide(rules, answers) -> Decision: the one pure function that everything else calls.

Why this module exists: the quiz, files, streams, reports and proofs must all come
to the same decision, so there is one place where it is made. It reads the rule
set and the answers, and nothing else: no files, no clock, no chance, no screen.

How it decides (docs/decisions/0002): alerts and first steps from the answers;
gates set the least level of care that is safe; points rank the paths that are
left; supports are added to any path. "Not sure" is never "no".

    >>> from pathfinder import decide, load_rules
    >>> decide(load_rules(), {"home": "none", "severity": "moderate"}).first[0].id
    'safe-place'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from pathfinder._version import __version__
from pathfinder.engine.compromise import if_not_possible
from pathfinder.engine.conditions import View, fires, unknown_in
from pathfinder.engine.decision import Decision, Fired, Note, Passport, Ranked, SetAside, ToCheck
from pathfinder.engine.evidence import told
from pathfinder.engine.fit import Fit, fit_paths
from pathfinder.engine.flow import view_of
from pathfinder.engine.gates import Gates, gates_above, work_out_gates
from pathfinder.engine.help_lines import lines_for, region_of
from pathfinder.engine.question import Answers
from pathfinder.engine.rules import AlertRule, FirstRule, Rule
from pathfinder.engine.ruleset import HelpLine, Region, RuleSet
from pathfinder.errors import Problem, RulesError

_R = TypeVar("_R", bound=Rule)


def decide(rules: RuleSet, answers: Answers, *, region: str | None = None) -> Decision:
    """What these answers lead to under these rules.

    `answers` have been checked: question ids to an answer id, or for a `many` question
    to several; `unsure`, `skip` and a missing question are unknown. (The public
    `pathfinder.decide` checks them first.) `region` chooses the help lines and nothing
    else (default: the rule set's).

    Raises `RulesError` if the rules leave no path for these answers.
    """
    view = view_of(rules, answers)
    place = region_of(rules, region or rules.default_region)
    passport = Passport(rules.id, rules.version, rules.sha256, __version__)
    alerts, open_alerts = _alerts(rules, view, place)
    lines = _lines_in_order(alerts, place.lines)
    hold_ids = {alert.id for alert in rules.alerts if alert.hold}
    hold = any(alert.id in hold_ids for alert in alerts)

    if view.get(rules.scope_question) in rules.scope_out:
        return Decision(
            passport=passport,
            scope="under_18",
            hold=hold,
            safe_level=None,
            alerts=alerts,
            first=(),
            ranked=(),
            set_aside=(),
            supports=(),
            to_check=(),
            notes=(),
            if_not_possible=None,
            next_moves=(
                *_alert_moves(rules, alerts),
                *(passage.text for passage in rules.texts.under_18),
                rules.texts.not_a_diagnosis.text,
            ),
            help_lines=lines,
            region=place.id,
            view=view,
        )

    first, open_first = _first_steps(rules, view)
    gates = work_out_gates(rules, view)
    fits = fit_paths(rules, answers, view)
    ranked = _rank(rules, gates, fits)
    supports = _supports(rules, view)
    return Decision(
        passport=passport,
        scope="adult",
        hold=hold,
        safe_level=rules.levels[gates.safe_rank].id,
        alerts=alerts,
        first=first,
        ranked=ranked,
        set_aside=_set_aside(rules, gates),
        supports=supports,
        to_check=(*open_alerts, *open_first, *gates.open, *gates.readings),
        notes=_notes(rules, view),
        if_not_possible=if_not_possible(
            rules, view, ranked, fits, gates.closed, supports, gates.safe_rank
        ),
        next_moves=_next_moves(rules, view, alerts, first, ranked[0]),
        help_lines=lines,
        region=place.id,
        view=view,
    )


# --- alerts and first steps -----------------------------------------------------


def _alerts(
    rules: RuleSet, view: View, region: Region
) -> tuple[tuple[Fired, ...], tuple[ToCheck, ...]]:
    fired, open_ = _fire(rules.alert_rules, view)
    alerts = tuple(
        _fired(alert.id, mine, lines_for(rules, region, alert.lines))
        for alert in rules.alerts
        if (mine := [rule for rule in fired if rule.alert == alert.id])
    )
    checks = tuple(_check(rule, "alert", (rule.alert,), view) for rule in open_)
    return alerts, checks


def _first_steps(rules: RuleSet, view: View) -> tuple[tuple[Fired, ...], tuple[ToCheck, ...]]:
    fired, open_ = _fire(rules.first_rules, view)
    steps = tuple(
        _fired(step.id, mine)
        for step in rules.steps
        if (mine := [rule for rule in fired if rule.first == step.id])
    )
    return steps, tuple(_check(rule, "first", (rule.first,), view) for rule in open_)


def _fire(rules: Sequence[_R], view: View) -> tuple[list[_R], list[_R]]:
    """The rules that fire, and those that an unknown answer leaves open."""
    fired: list[_R] = []
    open_: list[_R] = []
    for rule in rules:
        truth = fires(rule.when, rule.unless, view)
        if truth is True:
            fired.append(rule)
        elif truth is None:
            open_.append(rule)
    return fired, open_


def _fired(
    id_: str,
    rules: Sequence[Rule],
    lines: Sequence[HelpLine] = (),
) -> Fired:
    return Fired(
        id=id_,
        rules=tuple(rule.id for rule in rules),
        because=tuple(rule.because for rule in rules),
        grounds=tuple(rule.grounds for rule in rules),
        lines=tuple(line.id for line in lines),
    )


def _check(
    rule: AlertRule | FirstRule, effect: str, target: tuple[str, ...], view: View
) -> ToCheck:
    questions = unknown_in(view, rule.when, rule.unless)
    return ToCheck(rule.id, effect, target, questions, rule.check)


# --- paths ----------------------------------------------------------------------


def _rank(rules: RuleSet, gates: Gates, fits: Mapping[str, Fit]) -> tuple[Ranked, ...]:
    """The safe paths, best fit first. Ties go to the lower level of care, then to file order.

    Raises RulesError if the gates leave none: nobody may go away without a path.
    """
    safe = [
        path
        for path in rules.paths
        if path.id not in gates.closed and rules.level_rank[path.level] >= gates.safe_rank
    ]
    if not safe:
        closing = dict.fromkeys(gate.id for closed in gates.closed.values() for gate in closed)
        message = f"these gates together leave no path for some answers: {', '.join(closing)}"
        raise RulesError([Problem(rules.id, 0, 0, "no-path-left", message)])
    safe.sort(key=lambda path: (-fits[path.id].points, rules.level_rank[path.level]))
    top = fits[safe[0].id].points
    return tuple(
        Ranked(
            path=path.id,
            level=path.level,
            rank=rank,
            points=fits[path.id].points,
            about_equal_to_top=fits[path.id].points >= top - 1,
            for_=fits[path.id].for_(),
            against=fits[path.id].against(),
            unknown=fits[path.id].unknown,
        )
        for rank, path in enumerate(safe, start=1)
    )


def _set_aside(rules: RuleSet, gates: Gates) -> tuple[SetAside, ...]:
    entries = []
    above = gates_above(rules, gates)
    for path in rules.paths:
        below = above.get(rules.level_rank[path.level], ())
        closing = gates.closed.get(path.id, ())
        if not below and not closing:
            continue
        opens = [gate.opens_when for gate in closing]
        if below:
            opens.append(rules.texts.level_opens_when.text)
        entries.append(
            SetAside(
                path=path.id,
                level=path.level,
                rules=tuple(gate.id for gate in (*closing, *below)),
                because=tuple(gate.because for gate in (*closing, *below)),
                grounds=tuple(gate.grounds for gate in (*closing, *below)),
                opens_when=" ".join(dict.fromkeys(opens)),
                # A gate that closes a path for its own sake also says whether it helps beside.
                alongside=any(gate.alongside for gate in closing) if closing else path.alongside,
            )
        )
    return tuple(entries)


# --- what goes beside the paths ---------------------------------------------------


def _supports(rules: RuleSet, view: View) -> tuple[Fired, ...]:
    fired, _ = _fire(rules.support_rules, view)
    return tuple(
        _fired(support.id, mine)
        for support in rules.supports
        if (mine := [rule for rule in fired if rule.support == support.id])
    )


def _notes(rules: RuleSet, view: View) -> tuple[Note, ...]:
    texts = rules.texts
    return (
        *(
            Note(rule.id, rule.because)
            for rule in rules.note_rules
            if fires(rule.when, rule.unless, view) is True
        ),
        Note("not-a-diagnosis", texts.not_a_diagnosis.text),
        Note("get-an-assessment", texts.assessment.text),
        Note("who-reviewed-this", texts.review.text),
        Note("who-wrote-the-sources", texts.evidence.text),
    )


def _next_moves(
    rules: RuleSet, view: View, alerts: Sequence[Fired], first: Sequence[Fired], top: Ranked
) -> tuple[str, ...]:
    """What to do now, most urgent first, each move once."""
    firing = {step.id for step in first}
    moves = [
        *_alert_moves(rules, alerts),
        *(
            passage.text
            for step in rules.steps
            if step.id in firing
            for passage in told(step.moves, view)
        ),
        *(rule.because for rule in rules.move_rules if fires(rule.when, rule.unless, view) is True),
        *(passage.text for passage in told(rules.path_by_id[top.path].first_moves, view)),
    ]
    return tuple(dict.fromkeys(moves))


def _alert_moves(rules: RuleSet, alerts: Sequence[Fired]) -> tuple[str, ...]:
    firing = {alert.id for alert in alerts}
    return tuple(alert.text for alert in rules.alerts if alert.id in firing)


def _lines_in_order(alerts: Sequence[Fired], lines: Sequence[HelpLine]) -> tuple[HelpLine, ...]:
    """The region's help lines; those that an alert names come first."""
    urgent = [line for alert in alerts for line in alert.lines]
    return tuple(
        sorted(lines, key=lambda line: urgent.index(line.id) if line.id in urgent else len(urgent))
    )
