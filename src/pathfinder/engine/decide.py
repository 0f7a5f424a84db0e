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

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from pathfinder._version import __version__
from pathfinder.engine.conditions import View
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
from pathfinder.engine.fit import fits_of_all
from pathfinder.engine.flow import Sight, fire, see, to_check
from pathfinder.engine.gates import Gates, gates_above, work_out_gates
from pathfinder.engine.plan import if_not_possible, ranked_paths
from pathfinder.engine.question import Answers
from pathfinder.engine.ready import Ready, firing
from pathfinder.engine.rules import MoveRule, NoteRule, Rule, SupportRule
from pathfinder.engine.ruleset import HelpLine, Path, Region, RuleSet, lines_for, region_of

_R = TypeVar("_R", bound=Rule)
_T = TypeVar("_T", SupportRule, NoteRule, MoveRule)


def decide(rules: RuleSet, answers: Answers, *, region: str | None = None) -> Decision:
    """What these answers lead to under these rules.

    `answers` have been checked: question ids to an answer id, or for a `many` question
    to several; `unsure`, `skip` and a missing question are unknown. (The public
    `pathfinder.decide` checks them first.) `region` chooses the help lines and nothing
    else (default: the rule set's).

    Raises `RulesError` if the rules leave no path for these answers.
    """
    sight = see(rules, answers)
    view = sight.view
    place = region_of(rules, region or rules.default_region)
    passport = _passport(rules)
    alerts, open_alerts = _alerts(rules, sight, place)
    lines = _lines_in_order(alerts, _lines_for(place, view))
    hold = bool(alerts) and not {a.id for a in rules.alerts if a.hold}.isdisjoint(
        [alert.id for alert in alerts]
    )

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
    gates = work_out_gates(rules, sight)
    fits = fits_of_all(rules, answers, view, sight.facts)
    ranked = ranked_paths(rules, gates, fits)
    ranked_ids, top = _called_for(ranked), rules.path_by_id[ranked[0].path]
    supports = _supports(rules, sight, ranked_ids)
    warnings = _warnings(sight)
    notes = _notes(rules, sight, ranked_ids)
    return Decision(
        passport=passport,
        scope=ADULT,
        hold=hold,
        safe_level=rules.levels[gates.safe_rank].id,
        alerts=alerts,
        first=first,
        ranked=ranked,
        set_aside=_set_aside(rules, sight, gates),
        supports=supports,
        to_check=(*open_alerts, *open_first, *gates.open, *gates.readings),
        notes=notes,
        if_not_possible=if_not_possible(
            rules, sight, ranked, fits, gates.closed, supports, gates.safe_rank
        ),
        next_moves=_next_moves(rules, sight, alerts, first, ranked_ids, top, warnings, notes),
        help_lines=lines,
        region=place.id,
        view=view,
        warnings=warnings,
        assumed=sight.assumed,
    )


@lru_cache(maxsize=8)
def _passport(rules: RuleSet) -> Passport:
    return Passport(rules.id, rules.version, rules.sha256, __version__)


# --- alerts and first steps -----------------------------------------------------


def _alerts(
    rules: RuleSet, sight: Sight, region: Region
) -> tuple[tuple[Fired, ...], tuple[ToCheck, ...]]:
    ready, (true, can), (sure, may) = sight.ready, sight.facts, sight.plain_facts
    on = ready.alerts_rest_on
    key = (region.id, true & on, can & on, sure & on, may & on)
    known = ready.alerted.get(key)
    return known or ready.alerted.keep(key, _found_alerts(rules, sight, region))


def _found_alerts(
    rules: RuleSet, sight: Sight, region: Region
) -> tuple[tuple[Fired, ...], tuple[ToCheck, ...]]:
    fired, open_ = fire(sight.ready.alerts, sight)
    by_id = _by_id(fired, lambda rule: rule.alert)
    alerts = tuple(
        [
            _fired(alert.id, by_id[alert.id], lines_for(rules, region, alert.lines))
            for alert in rules.alerts
            if alert.id in by_id
        ]
    )
    return alerts, tuple([to_check(each, "alert", each.rule.alert, sight) for each in open_])


def _first_steps(rules: RuleSet, sight: Sight) -> tuple[tuple[Fired, ...], tuple[ToCheck, ...]]:
    fired, open_ = fire(sight.ready.first, sight)
    key = tuple([rule.id for rule in fired])
    steps = sight.ready.asked_for.get(key)
    if steps is None:
        by_id = _by_id(fired, lambda rule: rule.first)
        steps = tuple([_shared(s.id, by_id[s.id], sight) for s in rules.steps if s.id in by_id])
        sight.ready.asked_for.keep(key, steps)
    return steps, tuple([to_check(each, "first", each.rule.first, sight) for each in open_])


def _by_id(fired: Iterable[_R], asked_for: Callable[[_R], str]) -> dict[str, list[_R]]:
    by_id: dict[str, list[_R]] = {}
    for rule in fired:
        by_id.setdefault(asked_for(rule), []).append(rule)
    return by_id


def _shared(id_: str, rules: Sequence[Rule], sight: Sight) -> Fired:
    """The same rules ask for the same again and again: one record serves every decision."""
    key = (id_, *[rule.id for rule in rules])
    known = sight.ready.fired.get(key)
    return known or sight.ready.fired.keep(key, _fired(id_, rules))


def _fired(
    id_: str,
    rules: Sequence[Rule],
    lines: Sequence[HelpLine] = (),
) -> Fired:
    return Fired(
        id=id_,
        rules=tuple([rule.id for rule in rules]),
        because=tuple([rule.because for rule in rules]),
        grounds=tuple([rule.grounds for rule in rules]),
        lines=tuple([line.id for line in lines]),
    )


# --- paths ----------------------------------------------------------------------


def _set_aside(rules: RuleSet, sight: Sight, gates: Gates) -> tuple[SetAside, ...]:
    fired, known_of_all = gates.fired, sight.ready.all_set_aside
    found = known_of_all.get(fired)
    if found is not None:
        return found
    entries, memory = [], sight.ready.set_aside
    for path, bearing in sight.ready.bearing:
        if key := fired & bearing:
            known = memory.get((path.id, key))
            entries.append(known or memory.keep((path.id, key), _entry(rules, gates, path)))
    return known_of_all.keep(fired, tuple(entries))


def _entry(rules: RuleSet, gates: Gates, path: Path) -> SetAside:
    below = gates_above(rules, gates).get(rules.level_rank[path.level], ())
    closing = gates.closed.get(path.id, ())
    opens = [gate.opens_when for gate in closing]
    if below:
        opens.append(rules.texts.level_opens_when.text)
    return SetAside(
        path=path.id,
        level=path.level,
        rules=tuple(gate.id for gate in (*closing, *below)),
        because=tuple(gate.because for gate in (*closing, *below)),
        grounds=tuple(gate.grounds for gate in (*closing, *below)),
        opens_when=" ".join(dict.fromkeys(opens)),
        # A gate that closes a path for its own sake also says whether it helps beside.
        alongside=any(gate.alongside for gate in closing) if closing else path.alongside,
    )


# --- what goes beside the paths ---------------------------------------------------


def _called_for(ranked: Sequence[Ranked]) -> frozenset[str]:
    return frozenset([entry.path for entry in ranked if not entry.above_need])


def _told(rules: Iterable[Ready[_T]], sight: Sight, ranked: frozenset[str]) -> list[_T]:
    """The texts for this person: they fire, and what they speak of is called for."""
    return [
        rule
        for rule in firing(rules, sight.facts)
        if not rule.about or not ranked.isdisjoint(rule.about)
    ]


def _supports(rules: RuleSet, sight: Sight, ranked: frozenset[str]) -> tuple[Fired, ...]:
    told = _told(sight.ready.supports, sight, ranked)
    key = tuple([rule.id for rule in told])
    known = sight.ready.asked_for.get(key)
    if known is None:
        by_id = _by_id(told, lambda rule: rule.support)
        found = [_shared(s.id, by_id[s.id], sight) for s in rules.supports if s.id in by_id]
        known = sight.ready.asked_for.keep(key, tuple(found))
    return known


def _notes(rules: RuleSet, sight: Sight, ranked: frozenset[str]) -> tuple[Note, ...]:
    told = _told(sight.ready.notes, sight, ranked)
    key = tuple([rule.id for rule in told])
    known = sight.ready.noted.get(key)
    if known is None:
        notes = [Note(rule.id, rule.because, rule.headline) for rule in told]
        notes.sort(key=lambda note: not note.headline)
        known = sight.ready.noted.keep(key, (*notes, *_standing(rules)))
    return known


@lru_cache(maxsize=8)
def _standing(rules: RuleSet) -> tuple[Note, ...]:
    texts = rules.texts
    standing = (texts.not_a_diagnosis, texts.assessment, texts.review, texts.evidence)
    each = zip(STANDING_NOTES, standing, strict=True)
    return tuple([Note(id_, passage.text) for id_, passage in each])


def _warnings(sight: Sight) -> tuple[Warned, ...]:
    ready, facts = sight.ready, sight.facts
    key = (facts.true & ready.warnings_rest_on, facts.can & ready.warnings_rest_on)
    known = ready.warned.get(key)
    if known is None:
        found = [Warned(rule.id, rule.because) for rule in firing(ready.warnings, facts)]
        known = ready.warned.keep(key, tuple(found))
    return known


def _next_moves(
    rules: RuleSet,
    sight: Sight,
    alerts: Sequence[Fired],
    first: Sequence[Fired],
    ranked_ids: frozenset[str],
    top: Path,
    warnings: Sequence[Warned],
    notes: Sequence[Note],
) -> tuple[str, ...]:
    """What to do now, most urgent first, each move once.

    Who is told in a headline that nothing points to a problem isn't pushed onto a path.
    """
    ready, facts = sight.ready, sight.facts
    moves = [*_alert_moves(rules, alerts), *[warning.because for warning in warnings]]
    if first:
        steps = [step.id for step in first]
        for step in rules.steps:
            if step.id in steps:
                moves += ready.told(step.moves, facts)
    own = _told(ready.moves, sight, ranked_ids)
    moves += [rule.because for rule in own if not rule.in_the_call]
    if not any(note.headline for note in notes):  # else all is calm
        moves += ready.told(top.first_moves, facts)
    moves += [rule.because for rule in own if rule.in_the_call]
    return tuple(dict.fromkeys(moves))


def _alert_moves(rules: RuleSet, alerts: Sequence[Fired]) -> tuple[str, ...]:
    if not alerts:
        return ()
    firing = {alert.id for alert in alerts}
    return tuple(alert.text for alert in rules.alerts if alert.id in firing)


def _lines_for(region: Region, view: View) -> tuple[HelpLine, ...]:
    return tuple(
        [line for line in region.lines if line.told_when is None or line.told_when.holds(view)]
    )


def _lines_in_order(alerts: Sequence[Fired], lines: Sequence[HelpLine]) -> tuple[HelpLine, ...]:
    """The region's help lines; those that an alert names come first."""
    urgent = [line for alert in alerts for line in alert.lines]
    if not urgent:
        return tuple(lines)
    return tuple(
        sorted(lines, key=lambda line: urgent.index(line.id) if line.id in urgent else len(urgent))
    )
