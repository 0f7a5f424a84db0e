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
from typing import NamedTuple, TypeVar

from pathfinder._version import __version__
from pathfinder.engine.conditions import View, fires, unknown_in
from pathfinder.engine.decision import (
    ADULT,
    STANDING_NOTES,
    UNDER_18,
    Decision,
    Fired,
    Note,
    Passport,
    Ranked,
    SetAside,
    ToCheck,
    Warned,
)
from pathfinder.engine.evidence import told
from pathfinder.engine.fit import Fit, fit_paths
from pathfinder.engine.flow import walk, without
from pathfinder.engine.gates import Gates, gates_above, work_out_gates
from pathfinder.engine.plan import if_not_possible
from pathfinder.engine.question import Answers
from pathfinder.engine.rules import (
    AlertRule,
    FirstRule,
    MoveRule,
    NoteRule,
    Rule,
    SupportRule,
)
from pathfinder.engine.ruleset import HelpLine, Region, RuleSet, lines_for, region_of
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
    walked = walk(rules, answers)
    view = walked.view
    sight = _Sight(view, without(view, walked.assumed), walked.assumed)
    place = region_of(rules, region or rules.default_region)
    passport = Passport(rules.id, rules.version, rules.sha256, __version__)
    alerts, open_alerts = _alerts(rules, sight, place)
    lines = _lines_in_order(alerts, _lines_for(place, view))
    hold_ids = {alert.id for alert in rules.alerts if alert.hold}
    hold = any(alert.id in hold_ids for alert in alerts)

    if view.get(rules.scope_question) in rules.scope_out:
        return Decision(
            passport=passport,
            scope=UNDER_18,
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

    first, open_first = _first_steps(rules, sight)
    gates = work_out_gates(rules, view, walked.assumed)
    fits = fit_paths(rules, answers, view)
    ranked = _rank(rules, gates, fits)
    ranked_ids = _called_for(ranked)
    supports = _supports(rules, view, ranked_ids)
    warnings = _warnings(rules, view)
    notes = _notes(rules, view, ranked_ids)
    return Decision(
        passport=passport,
        scope=ADULT,
        hold=hold,
        safe_level=rules.levels[gates.safe_rank].id,
        alerts=alerts,
        first=first,
        ranked=ranked,
        set_aside=_set_aside(rules, gates),
        supports=supports,
        to_check=(*open_alerts, *open_first, *gates.open, *gates.readings),
        notes=notes,
        if_not_possible=if_not_possible(
            rules, view, ranked, fits, gates.closed, supports, gates.safe_rank
        ),
        next_moves=_next_moves(rules, view, alerts, first, ranked, warnings, notes),
        help_lines=lines,
        region=place.id,
        view=view,
        warnings=warnings,
        assumed=walked.assumed,
    )


# --- alerts and first steps -----------------------------------------------------


class _Sight(NamedTuple):
    """What alerts and first steps see: `view`, and `plain`, where what is assumed isn't known."""

    view: View
    plain: View
    assumed: tuple[str, ...]


def _alerts(
    rules: RuleSet, sight: _Sight, region: Region
) -> tuple[tuple[Fired, ...], tuple[ToCheck, ...]]:
    fired, open_ = _fire(rules.alert_rules, sight)
    alerts = tuple(
        _fired(alert.id, mine, lines_for(rules, region, alert.lines))
        for alert in rules.alerts
        if (mine := [rule for rule in fired if rule.alert == alert.id])
    )
    checks = tuple(_check(rule, "alert", (rule.alert,), sight) for rule in open_)
    return alerts, checks


def _first_steps(rules: RuleSet, sight: _Sight) -> tuple[tuple[Fired, ...], tuple[ToCheck, ...]]:
    fired, open_ = _fire(rules.first_rules, sight)
    steps = tuple(
        _fired(step.id, mine)
        for step in rules.steps
        if (mine := [rule for rule in fired if rule.first == step.id])
    )
    return steps, tuple(_check(rule, "first", (rule.first,), sight) for rule in open_)


def _fire(rules: Sequence[_R], sight: _Sight) -> tuple[list[_R], list[_R]]:
    """The rules that fire, and those that an unknown answer leaves open.

    A rule that fires, or is quiet, only for what is assumed is open, too.
    """
    fired: list[_R] = []
    open_: list[_R] = []
    for rule in rules:
        truth = fires(rule.when, rule.unless, sight.view)
        surely = fires(rule.when, rule.unless, sight.plain) if sight.assumed else truth
        if truth is True:
            fired.append(rule)
            if surely is not True:
                open_.append(rule)
        elif truth is None or surely is not False:
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
    rule: AlertRule | FirstRule, effect: str, target: tuple[str, ...], sight: _Sight
) -> ToCheck:
    questions = unknown_in(sight.plain, rule.when, rule.unless) or unknown_in(
        sight.view, rule.when, rule.unless
    )
    return ToCheck(rule.id, effect, target, questions, rule.check)


# --- paths ----------------------------------------------------------------------


def _rank(rules: RuleSet, gates: Gates, fits: Mapping[str, Fit]) -> tuple[Ranked, ...]:
    """The safe paths, best fit first. Ties go to the lower level of care, then to file order.

    Paths two levels or more above what is safe come last: their points never lead a person
    to far more care than the answers call for.

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
    above = {path.id for path in safe if rules.level_rank[path.level] > gates.safe_rank + 1}
    safe.sort(
        key=lambda path: (
            path.id in above, -fits[path.id].points, rules.level_rank[path.level]
        )
    )  # fmt: skip
    near = fits[safe[0].id].points - rules.about_equal_within
    return tuple(
        Ranked(
            path=path.id,
            level=path.level,
            rank=rank,
            points=fits[path.id].points,
            about_equal_to_top=path.id not in above and fits[path.id].points >= near,
            for_=fits[path.id].for_(),
            against=fits[path.id].against(),
            unknown=fits[path.id].unknown,
            above_need=path.id in above,
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


def _called_for(ranked: Sequence[Ranked]) -> frozenset[str]:
    return frozenset(entry.path for entry in ranked if not entry.above_need)


def _tells(rule: SupportRule | NoteRule | MoveRule, view: View, ranked: frozenset[str]) -> bool:
    """Whether a text is for this person: it fires, and what it speaks of is called for."""
    if rule.about and ranked.isdisjoint(rule.about):
        return False
    return fires(rule.when, rule.unless, view) is True


def _supports(rules: RuleSet, view: View, ranked: frozenset[str]) -> tuple[Fired, ...]:
    fired = [rule for rule in rules.support_rules if _tells(rule, view, ranked)]
    return tuple(
        _fired(support.id, mine)
        for support in rules.supports
        if (mine := [rule for rule in fired if rule.support == support.id])
    )


def _notes(rules: RuleSet, view: View, ranked: frozenset[str]) -> tuple[Note, ...]:
    texts = rules.texts
    standing = (texts.not_a_diagnosis, texts.assessment, texts.review, texts.evidence)
    told_ones = [
        Note(rule.id, rule.because, rule.headline)
        for rule in rules.note_rules
        if _tells(rule, view, ranked)
    ]
    told_ones.sort(key=lambda note: not note.headline)
    return (
        *told_ones,
        *(Note(id_, passage.text) for id_, passage in zip(STANDING_NOTES, standing, strict=True)),
    )


def _warnings(rules: RuleSet, view: View) -> tuple[Warned, ...]:
    return tuple(
        Warned(rule.id, rule.because)
        for rule in rules.move_rules
        if rule.warns and fires(rule.when, rule.unless, view) is True
    )


def _next_moves(
    rules: RuleSet,
    view: View,
    alerts: Sequence[Fired],
    first: Sequence[Fired],
    ranked: Sequence[Ranked],
    warnings: Sequence[Warned],
    notes: Sequence[Note],
) -> tuple[str, ...]:
    """What to do now, most urgent first, each move once.

    Who is told in a headline that nothing points to a problem isn't pushed onto a path.
    """
    firing = {step.id for step in first}
    ranked_ids = _called_for(ranked)
    top = rules.path_by_id[ranked[0].path]
    calm = any(note.headline for note in notes)
    moves = [
        *_alert_moves(rules, alerts),
        *(warning.because for warning in warnings),
        *(
            passage.text
            for step in rules.steps
            if step.id in firing
            for passage in told(step.moves, view)
        ),
        *(rule.because for rule in rules.move_rules if _tells(rule, view, ranked_ids)),
        *(passage.text for passage in told(top.first_moves, view) if not calm),
    ]
    return tuple(dict.fromkeys(moves))


def _alert_moves(rules: RuleSet, alerts: Sequence[Fired]) -> tuple[str, ...]:
    firing = {alert.id for alert in alerts}
    return tuple(alert.text for alert in rules.alerts if alert.id in firing)


def _lines_for(region: Region, view: View) -> tuple[HelpLine, ...]:
    return tuple(
        line for line in region.lines if line.told_when is None or line.told_when.holds(view)
    )


def _lines_in_order(alerts: Sequence[Fired], lines: Sequence[HelpLine]) -> tuple[HelpLine, ...]:
    """The region's help lines; those that an alert names come first."""
    urgent = [line for alert in alerts for line in alert.lines]
    return tuple(
        sorted(lines, key=lambda line: urgent.index(line.id) if line.id in urgent else len(urgent))
    )
