"""What comes out for a whole crowd, part by part.

Why this module exists: two rule sets are compared over a million answer sets, and `decide`
takes them one by one. The proofs hold the same decisions as a circuit (`proof.reckoning`);
here the crowd is sent through it. Tests hold what comes out equal to `decide`, person by
person, also with changed rules.

It must not compare: that is `compare`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pathfinder.engine.rules import Rule
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.population import Crowd, Mask
from pathfinder.ruletools.verify.circuit import Circuit, Wire
from pathfinder.ruletools.verify.encoding import Reckoning
from pathfinder.ruletools.verify.inputs import everybody

NO_PATH: Final = "no path"
"""The first path of people to whom the gates leave none."""

OUT_OF_SCOPE: Final = "out of scope"
"""The first path and the safe level of people for whom the rules aren't made."""

SHOWN: Final = "shown at once"
WAITS: Final = "waits for an alert"
"""What becomes of the list of paths, out of scope too: an alert with `hold` makes it wait."""


class Outcomes(NamedTuple):
    """For each part of a result: id -> who gets it. People who get nothing of it are in none.

    `first_path`, `safe_level` and `hold` give everybody one. `alerts` and `first` stand in
    the order in which they are told. `told` are the rules that speak for them, `to_check`
    the rules and readings that unknown answers leave open.
    """

    first_path: Mapping[str, Mask]
    safe_level: Mapping[str, Mask]
    hold: Mapping[str, Mask]
    alerts: Mapping[str, Mask]
    first: Mapping[str, Mask]
    paths: Mapping[str, Mask]
    told: Mapping[str, Mask]
    to_check: Mapping[str, Mask]


def outcomes(rules: RuleSet, crowd: Crowd) -> Outcomes:
    """What these rules come to for everybody.

    A question that the crowd wasn't given, or an answer that the rules don't know, counts as
    left out.
    """
    net = Circuit()
    out = Reckoning(net, rules, everybody(net, rules))
    age = out.view[rules.scope_question].chosen
    minor = net.any_of([wire for answer, wire in age.items() if answer in rules.scope_out])
    adult = minor ^ 1
    wires = _wires(out, net, adult, minor)
    carried = iter(_carried(net, [w for part in wires for w in part.values()], rules, crowd))
    return Outcomes(*({name: next(carried) for name in part} for part in wires))


def asked_of(rules: RuleSet, crowd: Crowd) -> dict[str, Mask]:
    """Question id -> who is asked it."""
    net = Circuit()
    view = Reckoning(net, rules, everybody(net, rules)).view
    wires = [slot.asked for slot in view.values()]
    return dict(zip(view, _carried(net, wires, rules, crowd), strict=True))


def _wires(out: Reckoning, net: Circuit, adult: Wire, minor: Wire) -> Outcomes:
    """The outcomes as wires in place of masks. Who is out of scope gets alerts alone."""
    rules = out.rules

    def adults(wires: Mapping[str, Wire]) -> dict[str, Wire]:
        return {name: net.all_of([adult, wire]) for name, wire in wires.items()}

    held = net.any_of([out.alert(alert.id) for alert in rules.alerts if alert.hold])
    open_: tuple[Rule, ...] = (*rules.alert_rules, *rules.first_rules, *rules.gates)
    up_to = [out.safe_level(rank) for rank in range(len(rules.levels) + 1)]
    return Outcomes(
        first_path={
            **adults({path.id: out.first(path) for path in rules.paths}),
            OUT_OF_SCOPE: minor,
            NO_PATH: net.all_of([adult, net.any_of(out.ranked.values()) ^ 1]),
        },
        safe_level={
            **adults({
                level.id: net.all_of([up_to[rank], up_to[rank + 1] ^ 1])
                for rank, level in enumerate(rules.levels)
            }),
            OUT_OF_SCOPE: minor,
        },
        hold={SHOWN: held ^ 1, WAITS: held},
        alerts={alert.id: out.alert(alert.id) for alert in rules.alerts},
        first=adults({step.id: out.step(step.id) for step in rules.steps}),
        paths=adults(out.ranked),
        told={
            **{rule.id: out.fired[rule.id].true for rule in rules.alert_rules},
            **adults({rule.id: out.fired[rule.id].true for rule in rules.first_rules}),
        },
        to_check=adults({
            **{rule.id: out.to_check(rule) for rule in open_},
            **out.gate_views.used,
        }),
    )  # fmt: skip


def _carried(net: Circuit, wires: Iterable[Wire], rules: RuleSet, crowd: Crowd) -> list[Mask]:
    inputs: dict[object, Mask] = {
        ("", question.id, answer): who
        for question in rules.questions
        for answer, who in crowd.gave.get(question.id, {}).items()
    }
    return net.evaluate(list(wires), inputs, crowd.size)
