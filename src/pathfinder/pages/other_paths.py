"""The paths beside the first one: the next best, the possible, and those set aside.

Why this module exists: a person may not like the first path, or not be able to
take it. Each of the others says in one line what puts it where it stands, and a
path that is set aside says what would open it. Never "not eligible".

It must not rank anything: the order is the decision's.
"""

from __future__ import annotations

from pathfinder.engine.decision import Decision, Ranked, Reason, SetAside
from pathfinder.engine.explain.contrast import weights
from pathfinder.engine.plan import barriers_before
from pathfinder.engine.ruleset import RuleSet
from pathfinder.pages import messages
from pathfinder.pages.best_path import explained_gates
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.phrases import (
    Cites,
    first_sentence,
    goes_beside,
    level_words,
    listed,
    names_of,
    opened_by,
    openings,
    said_again,
    stands_in,
    step_told,
    supports_told,
)

_LESS_CARE = {
    False: (messages.LESS_CARE, messages.LESS_CARE_MANY),
    True: (messages.LESS_CARE_TOO, messages.LESS_CARE_TOO_MANY),
}

MANY_THE_SAME = 3
"""From so many other paths on that all fit the same, that is said once for all of them."""


def if_not_possible(rules: RuleSet, decision: Decision) -> list[Block]:
    """What stands in the way of the first path, told as sentences."""
    blocked = decision.if_not_possible
    if blocked is None:
        return []
    titles = {id_: support.title for id_, support in supports_told(rules, decision).items()}
    blocks: list[Block] = [
        Heading(1, messages.NOT_POSSIBLE),
        Text(blocked.because),
    ]
    if blocked.helps:
        helps = listed(titles[support] for support in blocked.helps)
        blocks.append(Text(f"{helps}.", label=messages.WHAT_HELPS))
    begin = stands_in(rules, decision)
    if begin is None:
        return [*blocks, Text(messages.NO_COMPROMISE)]
    path = rules.path_by_id[begin]
    step = f"{path.name}. {level_words(rules, path.level)}."
    if barriers_before(rules, decision, begin):
        step += f" {messages.THE_SAME_BUT_LESS}"
    text = " ".join([step, *step_told(rules, decision, messages.COMPROMISE_LESS)])
    return [*blocks, Text(text, label=messages.COMPROMISE)]


def other_paths(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The other safe paths in their order, each with what puts it there."""
    top, *others = decision.ranked
    if not others:
        return []
    blocks: list[Block] = [Heading(1, messages.OTHERS)]
    if len(others) >= MANY_THE_SAME and all(entry.points == top.points for entry in others):
        return [*blocks, Text(messages.ALL_THE_SAME), *(_in_one_line(rules, e) for e in others)]
    told = {reason.because for reason in (*top.for_, *top.against)}
    for above, entry in zip(decision.ranked, others, strict=False):
        path = rules.path_by_id[entry.path]
        blocks.append(Heading(2, f"{entry.rank}. {path.name}"))
        blocks.append(Text(path.short))
        blocks.append(Text(f"{level_words(rules, path.level)}.", label=messages.LEVEL))
        blocks += _what_decides(rules, decision, above, entry, told, cite)
    return blocks


def _in_one_line(rules: RuleSet, entry: Ranked) -> Text:
    path = rules.path_by_id[entry.path]
    text = f"{path.short} {level_words(rules, path.level)}."
    return Text(text, label=f"{entry.rank}. {path.name}")


def also_in_the_way(rules: RuleSet, decision: Decision, entry: Ranked) -> list[str]:
    """What stands before another path and not before the first one, by name."""
    top = rules.path_by_id[decision.ranked[0].path]
    if ("goes_home", "true") not in top.traits:
        return []  # where all hours are spent away, what else asks for some of them is no news
    first = barriers_before(rules, decision, top.id)
    more = [q for q in barriers_before(rules, decision, entry.path) if q not in first]
    return list(names_of(rules, more))


def decisive(rules: RuleSet, top: Ranked, entry: Ranked) -> Reason | None:
    """The answer that does most to put a path below the first. None where no answer does.

    An answer that speaks for both paths, or against both, is named only where no
    other tells them apart: "a place to live counts" is no reason against a place to live. Nor
    are few hours one against care by day, beside a place where all hours are spent.
    """
    found = weights((*top.for_, *top.against), (*entry.for_, *entry.against))
    leaning = [weight for weight in found if weight.points > 0]
    if ("goes_home", "true") not in rules.path_by_id[top.path].traits:
        life = {each.question for each in rules.barriers if each.rules_out}
        leaning = [each for each in leaning if each.reason.question not in life]
    telling = [weight for weight in leaning if weight.ahead * weight.behind <= 0]
    # Of equals, what speaks most against the entry itself: "you can't go" before "home is fine".
    telling.sort(key=lambda weight: (-weight.points, weight.behind))
    return next((weight.reason for weight in (*telling, *leaning)), None)


def _what_decides(
    rules: RuleSet,
    decision: Decision,
    above: Ranked,
    entry: Ranked,
    told: set[str],
    cite: Cites,
) -> list[Block]:
    names = listed(also_in_the_way(rules, decision, entry))
    also = [messages.still_in_the_way(names)] if names else []
    if entry.above_need:  # all that stand below are so, too
        need = rules.texts.above_need
        if need.text in told:
            return [Text(each) for each in also]
        told.add(need.text)
        last = entry.rank == decision.ranked[-1].rank
        said = [cite(need.text, need.grounds), *([] if last else [messages.BELOW_TOO])]
        return [Text(" ".join([*said, *also]), label=messages.DECIDES)]
    top = decision.ranked[0]
    if entry.points == top.points:
        more_care = rules.level_rank[entry.level] > rules.level_rank[above.level]
        said = [messages.SAME_FIT_MORE_CARE if more_care else messages.SAME_FIT]
    elif (reason := decisive(rules, top, entry)) is None:
        said = [messages.AS_GOOD]
    else:
        lead = messages.FITS_BETTER if reason.points > 0 else messages.FITS_LESS
        if entry.about_equal_to_top:
            lead = messages.A_LITTLE_LESS
        again = reason.because in told
        said = [lead, said_again(reason) if again else cite(reason.because, reason.grounds)]
        told.add(reason.because)
    return [Text(" ".join([*said, *also]), label=messages.DECIDES)]


def set_aside(rules: RuleSet, decision: Decision, cite: Cites) -> list[Block]:
    """The paths for later, those with the same reasons together."""
    if not decision.set_aside:
        return []
    groups: dict[tuple[object, ...], list[SetAside]] = {}
    enough = explained_gates(rules, decision)
    level_rules = {gate.id for gate in rules.gates if gate.at_least is not None}
    for entry in (_by(enough, each) for each in decision.set_aside):
        own = tuple(rule for rule in entry.rules if rule not in level_rules)
        less_care = len(own) < len(entry.rules)
        key = (own, less_care, entry.opens_when, goes_beside(rules, decision, entry))
        groups.setdefault(key, []).append(entry)
    blocks: list[Block] = [Heading(1, messages.SET_ASIDE)]
    told: set[str] = set()
    for entries in groups.values():
        blocks += _group(rules, decision, entries, level_rules, told, cite)
    return blocks


def _by(enough: set[str], entry: SetAside) -> SetAside:
    """Who is shown that nothing here is for them needn't hear what else each path would ask for."""
    kept = [at for at, rule in enumerate(entry.rules) if rule in enough]
    if not kept:
        return entry
    return entry._replace(
        rules=tuple(entry.rules[at] for at in kept),
        because=tuple(entry.because[at] for at in kept),
        grounds=tuple(entry.grounds[at] for at in kept),
        opens_when="",
        alongside=False,
    )


def _group(
    rules: RuleSet,
    decision: Decision,
    entries: list[SetAside],
    level_rules: set[str],
    told: set[str],
    cite: Cites,
) -> list[Block]:
    """Paths with the same reasons. What is `told` above already is told here in short."""
    many = len(entries) > 1
    first = entries[0]
    names = listed(rules.path_by_id[entry.path].name for entry in entries)
    blocks: list[Block] = [Heading(2, names)]
    said = dict(zip(first.because, zip(first.rules, first.grounds, strict=True), strict=False))
    for because, (rule, grounds) in said.items():
        if rule not in level_rules:
            short = first_sentence(because) if because in told else because
            blocks.append(Text(cite(short, grounds)))
            told.add(because)
    opens = openings(rules, first)
    if not level_rules.isdisjoint(first.rules):
        later = rules.texts.level_opens_when.text
        one, more = _LESS_CARE[later in told]
        blocks.append(Text(more if many else one))
        if later in told:
            opens[opens.index(later)] = first_sentence(later)
        told.add(later)
    blocks += opened_by(opens, many=many)
    if goes_beside(rules, decision, first):
        blocks.append(
            Text(messages.BESIDE_MANY if many else messages.BESIDE, label=messages.MEANWHILE)
        )
    return blocks
