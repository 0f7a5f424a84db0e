"""The result page: what is said, in which order, and the parts around the paths.

Why this module exists: one page for everybody who reads a result, whatever draws it. What can't
wait comes first, in the same words on every page about a person: alerts, help lines, first steps;
no page may rank paths above it. Then the path that fits best with its reasons, then all the rest,
which is the same for every path: whoever stops reading before it has missed nothing urgent. The
plan says it again in short, because the end is what a scrolling terminal leaves on the screen.
`tests/test_plan.py` holds it to one screen of 80 by 24.

It must not know a screen, and it must not decide: every fact comes from the decision, every
sentence from the rules or from `messages`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathfinder.engine.conditions import questions_in
from pathfinder.engine.decision import UNDER_18, Decision
from pathfinder.engine.explain import Explanation
from pathfinder.engine.plan import refused
from pathfinder.engine.question import told
from pathfinder.engine.ruleset import HelpLine, RuleSet
from pathfinder.pages import messages
from pathfinder.pages.best_path import best_path, explaining_notes
from pathfinder.pages.blocks import Block, Bullet, Heading, Text
from pathfinder.pages.how_firm import what_would_change
from pathfinder.pages.how_much_care import in_doubt
from pathfinder.pages.if_not_possible import if_not_possible, life
from pathfinder.pages.open_answers import may_be_danger, to_check
from pathfinder.pages.other_paths import other_paths
from pathfinder.pages.paths_set_aside import set_aside
from pathfinder.pages.phrases import (
    Cites,
    alerts_to_read,
    call_comes_first,
    cited,
    help_line,
    seen_first,
    seen_lines,
    sentences,
    steps_assumed,
    supports_told,
    unknown_place,
)
from pathfinder.pages.plan_page import plan_page
from pathfinder.pages.reasons import calm, doubted, rests_on_doubt, said_by_path
from pathfinder.pages.views import if_you_wait

if TYPE_CHECKING:
    from pathfinder.programs.matching import NamedPrograms


def page(
    rules: RuleSet,
    decision: Decision,
    explained: Explanation | None = None,
    found: NamedPrograms | None = None,
) -> tuple[Block, ...]:
    """The whole result as blocks. Under 18 it is short: kind words and help lines.

    With `explained`, it also says how firm the first place is and what would change it; with
    `found`, whom of the agency's list to call.
    """
    cite = Cites(rules)
    if decision.scope == UNDER_18:
        return (
            *alerts(rules, decision, cite),
            *under_18(rules, decision),
            *help_now(rules, decision),
            *numbers_seen(rules, decision),
            Text(messages.A_SLIP),
        )
    return (
        *alerts(rules, decision, cite),
        *if_in_danger(rules, decision),
        *careful(rules, decision, cite),
        *first_steps(rules, decision, cite),
        *(held(rules, decision) if decision.hold else []),
        *if_young(rules, decision),
        *best_path(rules, decision, cite, explained),
        *if_not_possible(rules, decision),
        *programs(rules, decision, found),
        *(
            []
            if explained is None
            else what_would_change(rules, decision, _beside(rules, decision, explained))
        ),
        *other_paths(rules, decision, cite),
        # Who needs no program is not told what each would ask.
        *([] if calm(decision) else set_aside(rules, decision, cite)),
        *supports(rules, decision, cite),
        *to_check(rules, decision),
        *good_to_know(rules, decision, cite, about=decision.ranked[0].path),
        *if_you_wait(rules, decision, cite),
        *([] if decision.hold else help_now(rules, decision)),
        *about_result(rules, cite),
        *where_from(rules, decision, cite),
        *numbers_seen(rules, decision),
        *plan_page(rules, decision),
    )


def programs(rules: RuleSet, decision: Decision, found: NamedPrograms | None) -> Iterable[Block]:
    if found is None:
        return ()
    from pathfinder.pages.programs import programs_page  # only who has a list pays for it

    return programs_page(rules, decision, found)


def alerts(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    lines = _known_lines(rules, decision)
    blocks: list[Block] = []
    for alert, fired in alerts_to_read(rules, decision):
        blocks.append(Heading(1, alert.title, role="alert"))
        why: list[Block] = [
            Text(cite(because, grounds), role="strong")
            for because, grounds in zip(fired.because, fired.grounds, strict=True)
        ]
        call: list[Block] = [Text(cite(alert.worded(decision.view), alert.grounds))]
        call += [help_line(lines[id_], with_seen=False) for id_ in fired.lines]
        blocks += [*call, *why] if call_comes_first(alert) else [*why, *call]
    return blocks


def _known_lines(rules: RuleSet, decision: Decision) -> dict[str, HelpLine]:
    """An alert may fall back on the line for "elsewhere", so all regions are looked through."""
    regions = (*rules.regions, rules.elsewhere)
    everywhere = {line.id: line for region in regions for line in region.lines}
    return everywhere | {line.id: line for line in decision.help_lines}


def _beside(rules: RuleSet, decision: Decision, explained: Explanation) -> Explanation:
    """Without the changes that take away what "If this path can't be done now" names already, those
    by which more time would lead to less care (no reason to find any), any that opens less care, or
    leads to less where somebody must see the person first or an answer is doubted, and any that
    leads to no more where the first place rests on doubt."""
    blocked = decision.if_not_possible
    named = set(blocked.barriers) if blocked else set()
    lived = life(rules)
    no_less = seen_first(rules, decision) or bool(doubted(rules, decision))
    top, rank = decision.ranked[0], rules.level_rank
    rests, now = rests_on_doubt(rules, decision), rank[top.level]
    firsts = [each.changes.items() for each in explained.would_change if each.effect == "top"]
    left = (
        each
        for each in explained.would_change
        if (each.effect != "obstacle" or not named.intersection(each.changes))
        # One change of life is held out as a step down, and not as two.
        and not (each.effect == "top" and now - rank[rules.path_by_id[each.path].level] > 1)
        and not (
            each.less_care and (no_less or each.effect == "opens" or set(each.changes) <= lived)
        )
        and not (rests and each.effect == "top" and rank[rules.path_by_id[each.path].level] <= now)
        # Once part of it puts another path first, the page would be another one.
        and not (each.effect == "opens" and any(f < each.changes.items() for f in firsts))
    )
    return explained._replace(would_change=tuple(left))


def careful(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """What could harm today, before any step: as on the short page."""
    grounds = {rule.because: rule.grounds for rule in rules.move_rules}
    lines = [Bullet(cite(each.because, grounds[each.because])) for each in decision.warnings]
    return [Heading(1, messages.CAREFUL_FIRST), *lines] if lines else []


def first_steps(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    if not decision.first:
        return []
    steps = {step.id: step for step in rules.steps}
    title = messages.FIRST_WITH_HELP if decision.hold else messages.FIRST
    blocks: list[Block] = [Heading(1, title)]
    doubts = steps_assumed(decision)
    for place, fired in enumerate(decision.first, start=1):
        step = steps[fired.id]
        title = step.titled(decision.view)
        title = title if len(decision.first) == 1 else f"{place}. {title}"
        blocks.append(Heading(2, title))
        said: set[str] = set()
        for rule, because, grounds in zip(fired.rules, fired.because, fired.grounds, strict=True):
            news = [each for each in sentences(because) if each not in said]
            said.update(news)
            text = cite(" ".join(news) or because, grounds)
            blocks.append(Text(in_doubt(rules, decision, doubts.get(rule, ()), text, said)))
        for move in told(step.moves, decision.view):
            blocks.append(Bullet(cite(move.text, move.grounds)))
    return blocks


def before_one_path(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """Alerts in full, first steps in one line: a page about one path must not hide them."""
    blocks = [*alerts(rules, decision, cite), *careful(rules, decision, cite)]
    if decision.first:
        steps = {step.id: step.titled(decision.view) for step in rules.steps}
        titles = "; ".join(steps[fired.id] for fired in decision.first)
        blocks += [Heading(1, messages.BEFORE_ANY_PATH), Text(f"{titles}.")]
    return [*blocks, *(held(rules, decision) if decision.hold else [])]


def under_18(rules: RuleSet, decision: Decision) -> list[Block]:
    blocks: list[Block] = [Text(passage.text) for passage in rules.texts.under_18]
    said = {passage.text for passage in rules.texts.under_18}
    said |= {alert.text for alert in rules.alerts}
    moves = [move for move in decision.next_moves if move not in said]
    return blocks + [Text(move) for move in moves]


def help_now(rules: RuleSet, decision: Decision) -> list[Block]:
    lines = [help_line(line, with_seen=False) for line in decision.help_lines]
    blocks: list[Block] = [Heading(1, messages.HELP), *lines]
    if decision.region == rules.elsewhere.id:
        blocks += unknown_place(rules)
    return blocks


def numbers_seen(rules: RuleSet, decision: Decision) -> list[Block]:
    """Where the numbers were read, for the end of a page: whoever calls can't care now."""
    lines = _known_lines(rules, decision)
    shown = {id_: lines[id_] for fired in decision.alerts for id_ in fired.lines}
    shown |= {line.id: line for line in decision.help_lines}
    read = seen_lines(list(shown.values()))
    return [Heading(1, messages.NUMBERS_SEEN), *read] if read else []


def held(rules: RuleSet, decision: Decision) -> list[Block]:
    """While there is danger: the help lines that no alert has named, and that the paths wait. What
    to do first makes safe, so it stands above and doesn't wait."""
    shown = {id_ for fired in decision.alerts for id_ in fired.lines}
    rest = [line for line in decision.help_lines if line.id not in shown]
    more: list[Block] = [help_line(line, with_seen=False) for line in rest]
    return [
        *([Heading(1, messages.MORE_HELP), *more] if more else []),
        Heading(1, rules.texts.once_safe.text),
        Text(messages.CAN_WAIT),
    ]


def supports(
    rules: RuleSet, decision: Decision, cite: Cites, *, every_reason: bool = False
) -> list[Block]:
    if not decision.supports:
        return []
    texts = supports_told(rules, decision)
    lived = life(rules)
    blocks: list[Block] = [Heading(1, messages.SUPPORTS)]
    for fired in decision.supports:
        support = texts[fired.id]
        blocks.append(Heading(2, support.title))
        for rule, because, grounds in zip(fired.rules, fired.because, fired.grounds, strict=True):
            if every_reason or not said_by_path(rules, decision, rule, support):
                blocks.append(Bullet(cite(because, grounds)))
        own_words = support not in rules.supports  # true beside this path, or of this person
        if own_words or not refused(support, decision.view):
            blocks.append(Text(cite(support.text, support.grounds)))
        elif support.refused_when and lived.intersection(questions_in(support.refused_when)):
            blocks.append(Text(messages.FOR_LATER))
    return blocks


def good_to_know(
    rules: RuleSet, decision: Decision, cite: Cites, *, about: str | None = None
) -> list[Block]:
    """The notes for this person, but those that stand above the path. With `about` a path, none of
    other paths alone: the page tells what it is like of the first one."""
    told = {note.id for note in decision.notes if not note.headline}
    told -= explaining_notes(rules, decision)
    notes = [
        Bullet(cite(rule.because, rule.grounds))
        for rule in rules.note_rules
        if rule.id in told and (about is None or not rule.about or about in rule.about)
    ]
    return [Heading(1, messages.GOOD_TO_KNOW), *notes] if notes else []


def if_young(rules: RuleSet, decision: Decision) -> list[Block]:
    """Where the age isn't known: what a young person would read, since "not sure" is never "no"."""
    if decision.view.get(rules.scope_question) is not None:
        return []
    text = " ".join(passage.text for passage in rules.texts.under_18)
    return [Text(text, label=messages.IF_YOUNG)]


def if_in_danger(rules: RuleSet, decision: Decision) -> list[Block]:
    """The number to call before all else, where the question of danger is open."""
    said = may_be_danger(rules, decision)
    return [Text(said, role="strong")] if said else []


def about_result(rules: RuleSet, cite: Cites) -> list[Block]:
    said = rules.texts
    texts = (said.not_a_diagnosis, said.assessment, said.review, said.who_paid)
    return [
        Heading(1, messages.ABOUT_RESULT),
        *(Text(cite(passage.text, passage.grounds)) for passage in texts if passage),
    ]


def rules_used(rules: RuleSet, decision: Decision) -> Text:
    """Which rules made the result, and when they were and will be looked at."""
    passport, policy = decision.passport, rules.texts.update_policy
    text = messages.passport(
        f"{passport.ruleset} {passport.version}",
        passport.sha256[:12],
        passport.app,
        rules.reviewed_on,
        "" if policy is None else policy.text,
        rules.review_next,
    )
    return Text(text, label=messages.RULES)


def where_from(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """Every source that a number on the page names, with what its publisher may gain."""
    evidence = rules.texts.evidence
    text = cite(evidence.text, evidence.grounds)
    return [
        Heading(1, messages.SOURCES),
        Text(text),
        Text(messages.NUMBERS),
        *cited(rules, cite),
        Text(messages.NO_GAIN_NAMED),
        Text(messages.ALL_SOURCES),
        rules_used(rules, decision),
    ]
