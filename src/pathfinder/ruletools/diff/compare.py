"""Two rule sets, one crowd: who gets something else, and in which direction.

Why this module exists: the numbers of `rules diff`, and the test whether a change of rules
changes anything at all. What both rule sets share is one wire, so only what hangs on a
difference is drawn and worked out, some people at a time: a set of many times our size needs
no more memory than ours.

It must not word anything, or read files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple

from pathfinder.engine.question import SKIP, UNSURE, Answers
from pathfinder.engine.ruleset import RuleSet
from pathfinder.ruletools.diff.changed_rules import (
    SCOPE,
    Differing,
    age_changes_nothing,
    differing,
    named_by,
    with_what_leads_there,
)
from pathfinder.ruletools.diff.outcomes import (
    NO_NEED,
    NO_PATH,
    NONE_LEFT,
    OF_RANKING,
    OUT_OF_SCOPE,
    CarriedWires,
    Ranking,
    Wired,
    warned,
    wires_of,
    worked_out,
)
from pathfinder.ruletools.diff.population import (
    ANOTHER,
    AS_BEFORE,
    BEGIN,
    BEGINS_LESS,
    BELOW,
    DIRECTIONS,
    LESS_CARE,
    LOSES,
    MORE_BUT_LESS,
    MORE_CARE,
    MOVES,
    ORDER,
    ORDERED,
    PIECE,
    STILL_SAFE,
    Asked,
    Change,
    Crowd,
    Mask,
    PartRow,
    Tally,
    added,
    comings,
    drawn_in_pieces,
    everyone,
    gathered,
    lowest,
    moves,
    turns,
    ways,
)
from pathfinder.ruletools.verify.circuit import Circuit, Wire

SAMPLE: Final = 1_000_000
LEAST_SAMPLE: Final = 100_000
SEED: Final = 1
MOST_WAYS: Final = 1 << 20
"""Up to here, each way to answer is looked at instead of a sample."""

Real = Sequence[tuple[str, Answers]]
"""Real people: each with a name."""


class Counted(NamedTuple):
    """What was looked at. `seed` is None where each way to answer `questions` was."""

    sets: int
    seed: int | None
    questions: tuple[str, ...]
    in_scope_only: bool


class Difference(NamedTuple):
    """What a change does. `counted` is None where the two come to the same for everybody."""

    old: RuleSet
    new: RuleSet
    items: Differing
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]
    counted: Counted | None
    tally: Tally

    @property
    def same_rules(self) -> bool:
        """The rules that decide are the same: nobody at all can get something else."""
        return not self.items.deciding

    @property
    def rows(self) -> tuple[PartRow, ...]:
        return self.tally.rows

    @property
    def touched(self) -> Mapping[str, int]:
        return self.tally.touched

    @property
    def any(self) -> int:
        return self.tally.any


def compare(old: RuleSet, new: RuleSet, *, sample: int = SAMPLE, seed: int = SEED) -> Difference:
    """What changes for people between two rule sets: see `TwoRuleSets.over_everybody`."""
    return TwoRuleSets(old, new).over_everybody(sample, seed)


class TwoRuleSets:
    """Two rule sets in one circuit, and what of it differs."""

    def __init__(self, old: RuleSet, new: RuleSet) -> None:
        self.old, self.new = old, new
        self.items = differing(old, new)
        net = Circuit()
        self._was, self._is = Wired(net, old), Wired(net, new)

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The parts whose wires aren't all the same."""
        was, now = self._was, self._is
        ordered = [part for part in ORDERED if list(was.parts[part]) != list(now.parts[part])]
        parts = [part for part in was.parts if was.parts[part] != now.parts[part]]
        if SCOPE in self.items.changed and was.minor != now.minor:
            parts = [*was.parts]
        ranking = was.ranking != now.ranking or len(parts) == len(was.parts)
        return (*dict.fromkeys([*parts, *ordered]), *(OF_RANKING if ranking else ()))

    @cached_property
    def _carried(self) -> CarriedWires:
        wires = [*wires_of(self._was, self._parts), *wires_of(self._is, self._parts)]
        return CarriedWires(self._was.net, [*wires, *self._warnings.values()])

    @cached_property
    def _warnings(self) -> dict[tuple[str, str], Wire]:
        """The alerts and first steps that hang on nothing but what changed support rules look at:
        a guard that is gone shows in who is told of a danger and offered the support."""
        rules = [item for item in self.items.deciding if item[0] == "support rule"]
        seen = named_by(self.old, self.new, rules) & self._cone.questions
        return {
            (part, name): wire
            for part in ("alerts", "first")
            for name, wire in (self._is.parts[part].items() if seen else ())
            if CarriedWires(self._is.net, [wire]).questions <= seen
        }

    @cached_property
    def _cone(self) -> CarriedWires:
        """What a difference hangs on. Only who is in scope is looked at, where nobody else can
        come out otherwise, so that age is left out of it."""
        wires = [
            wire
            for one, other in ((self._was, self._is), (self._is, self._was))
            for part in self._parts
            if part not in OF_RANKING
            for name, wire in one.parts[part].items()
            if other.parts[part].get(name) != wire or part in ORDERED
        ]
        if OF_RANKING[0] in self._parts:
            wires += [*self._was.of_ranking(), *self._is.of_ranking()]
        if SCOPE in self.items.changed:
            wires += [self._was.minor, self._is.minor]
        return CarriedWires(self._was.net, wires)

    @cached_property
    def _asked_wires(self) -> CarriedWires:
        return CarriedWires(self._was.net, [*self._was.asked.values(), *self._is.asked.values()])

    @cached_property
    def _named(self) -> frozenset[str]:
        return named_by(self.old, self.new, self.items.deciding)

    def over_everybody(self, sample: int = SAMPLE, seed: int = SEED) -> Difference:
        """What changes, over each way to answer the questions that the change hangs on.

        Where these are too many, over `sample` answer sets drawn with `seed`.
        """
        old, new = self.old, self.new
        only_old = tuple(q.id for q in old.questions if q.id not in new.question_by_id)
        only_new = tuple(q.id for q in new.questions if q.id not in old.question_by_id)

        def difference(counted: Counted | None, tally: Tally) -> Difference:
            return Difference(old, new, self.items, only_old, only_new, counted, tally)

        if not self._parts:
            return difference(None, added([]))
        named = with_what_leads_there(old, self._cone.questions)
        named |= with_what_leads_there(new, self._cone.questions)
        few = [asked for asked in self._asked(all_ages=True) if asked.id in named]
        if ways(few) <= MOST_WAYS:
            pieces = everyone(few).pieces()
            tally = added([self._counted(each, self._different(each)) for each in pieces])
            names = tuple(asked.id for asked in few)
            return difference(Counted(tally.sets, None, names, False), tally)
        in_scope_only = age_changes_nothing(old, new)
        many = [a for a in self._asked(all_ages=not in_scope_only) if a.id in named]
        drawn = drawn_in_pieces(many, sample, seed)
        tally = added([self._counted(each, each.all) for each in drawn])
        names = tuple(asked.id for asked in many)
        return difference(Counted(sample, seed, names, in_scope_only), tally)

    def over(self, people: Iterable[tuple[str, Answers]]) -> Tally:
        """What changes for these people, each with a name. They are taken some at a time."""
        waiting = iter(people)
        tallies: list[Tally] = []
        asked = self._asked(all_ages=True)
        while some := sorted(islice(waiting, PIECE), key=lambda person: len(person[1])):
            crowd = gathered(asked, [answers for _, answers in some])
            tallies.append(self._counted(crowd, crowd.all, some))
        return added(tallies)

    def _asked(self, *, all_ages: bool) -> list[Asked]:
        """The questions of both, those of the old one first. Of a question that both ask, the
        answers of both; where one takes several answers and the other doesn't, it takes one."""
        old, new = self.old, self.new
        asked: list[Asked] = []
        added = (q for q in new.questions if q.id not in old.question_by_id)
        for question in (*old.questions, *added):
            mine, other = old.question_by_id.get(question.id), new.question_by_id.get(question.id)
            given = (a for each in (mine, other) if each for a in each.answers)
            answers = tuple(dict.fromkeys(given))
            if question.id == old.scope_question and not all_ages:
                answers = tuple(answer for answer in answers if answer not in old.scope_out)
            many = all(each.kind == "many" for each in (mine, other) if each)
            asked.append(Asked(question.id, many, answers))
        return asked

    def _different(self, crowd: Crowd) -> Mask:
        """One of those who differ only in answers to questions that aren't put to them."""
        who = crowd.all
        carried = self._asked_wires.of(crowd)
        for question in crowd.questions:
            asked = 0
            for one in (self._was, self._is):
                if question.id in one.asked:
                    asked |= carried[one.asked[question.id]]
            who &= asked | crowd.gave[question.id][SKIP]
        return who

    def _counted(self, crowd: Crowd, who: Mask, real: Real = ()) -> Tally:
        carried = self._carried.of(crowd)
        ranking = Ranking(carried, crowd.all)
        ranked = OF_RANKING[0] in self._parts
        parts = dict.fromkeys((*self._parts, *(("safe_level",) if ranked else ())))
        before = worked_out(self._was, parts, carried, ranking, crowd.all)
        after = worked_out(self._is, parts, carried, ranking, crowd.all)
        found: list[tuple[str, str | None, str | None, Mask]] = []
        for part in self._parts:
            old, new = before[part], after[part]
            same = [name for name in old if name in new and old[name] == new[name]]
            if part == BEGIN:  # who can begin the first path is told with it
                mine = self._less_to_begin(old, new, who & ~after["compromise"][NO_NEED])
            else:
                mine = moves(old, new, who) if part in MOVES else comings(old, new, same, who)
            places = turns(old, new, who) if part in ORDERED else ()
            found += [(part, *each) for each in (*mine, *places)]
        if ranked:
            other = ranking.otherwise(self._was, self._is, who)
            found += [(ORDER, AS_BEFORE, ANOTHER, other)] if other else []
        safe = self._still_safe(before, after) if ranked else 0
        tally = self._summed(crowd, who, found, real, after.get("paths"), safe)
        if not self._warnings or "supports" not in self._parts:
            return tally
        told = {what: carried[wire] & who for what, wire in self._warnings.items()}
        both = before["supports"], after["supports"]
        return tally._replace(rows=tuple(warned(row, *both, told) for row in tally.rows))

    def _summed(
        self,
        crowd: Crowd,
        who: Mask,
        found: Iterable[tuple[str, str | None, str | None, Mask]],
        real: Real,
        open_now: Mapping[str, Mask] | None,
        safe: Mask,
    ) -> Tally:
        parts: dict[str, Mask] = {}
        ways_to = dict.fromkeys(DIRECTIONS, 0)
        rows: list[PartRow] = []
        moved = 0
        for part, _, _, mask in found:
            moved |= mask if part == "safe_level" else 0
        for part, old, new, mask in found:
            parts[part] = parts.get(part, 0) | mask
            care = self._care(part, old, new)
            if part == BEGIN:
                ways_to[BEGINS_LESS] |= mask
            elif care:
                ways_to[LESS_CARE if care < 0 else MORE_CARE] |= mask
            elif part in LOSES and new is None:
                ways_to[LOSES[part]] |= mask
            seen = mask
            if part == BEGIN:  # who gets more by name shows best that it can't be begun
                seen = mask & ways_to[MORE_CARE] or mask
            place = lowest(seen if real else self._answering(crowd, seen))
            whose, person = real[place] if real else ("", crowd.person(place))
            shut = 0
            if part == "first_path" and open_now is not None:
                shut = (mask & ~open_now.get(old or "", 0) & ~moved).bit_count()
            rows.append(PartRow(part, old, new, mask.bit_count(), whose, person, care, shut))
        ways_to[MORE_CARE] &= ~ways_to[LESS_CARE]
        any_ = 0
        for mask in parts.values():
            any_ |= mask
        return Tally(
            sets=who.bit_count(),
            any=any_.bit_count(),
            touched={part: mask.bit_count() for part, mask in parts.items()},
            directions={name: mask.bit_count() for name, mask in ways_to.items()},
            rows=tuple(rows),
            of_these={
                STILL_SAFE: (ways_to[LESS_CARE] & safe).bit_count(),
                MORE_BUT_LESS: (ways_to[MORE_CARE] & ways_to[BEGINS_LESS]).bit_count(),
            },
        )

    def _less_to_begin(
        self, old: Mapping[str, Mask], new: Mapping[str, Mask], who: Mask
    ) -> Iterator[Change]:
        return (each for each in moves(old, new, who) if self._care(BEGIN, *each[:2]) < 0)

    def _still_safe(
        self, before: Mapping[str, Mapping[str, Mask]], after: Mapping[str, Mapping[str, Mask]]
    ) -> Mask:
        """Whose first path now is at or above their safe level before."""
        safe = 0
        for path, who in after["first_path"].items():
            rank = self._rank(level_of(self.new, path))
            for level, need in before["safe_level"].items():
                if level != OUT_OF_SCOPE and self._rank(level) <= rank:
                    safe |= who & need
        return safe

    def _answering(self, crowd: Crowd, who: Mask) -> Mask:
        """Those of them who know the answers that the changed rules speak of, as far as any do:
        who left them open would show what blanks lead to, and not the rule."""
        known = who
        for asked in crowd.questions:
            if asked.id in self._named:
                gave = crowd.gave[asked.id]
                known = known & ~(gave[UNSURE] | gave[SKIP]) or known
        return known

    def _care(self, part: str, old: str | None, new: str | None) -> int:
        """-1 where this is a change to less care, 1 where to more, else 0."""
        if part == "safe_level":
            was, now = self._rank(old), self._rank(new)
        elif part == "first_path":
            was = self._rank(level_of(self.old, old))
            now = self._rank(level_of(self.new, new))
        elif part == BEGIN:
            was, now = self._begins(old), self._begins(new)
            if self._too_low(new) and not self._too_low(old):
                return -1
        else:
            return 0
        return (now > was) - (now < was)

    def _begins(self, name: str | None) -> int:
        """Where the level to begin with stands; nothing that can be begun stands below all."""
        level = (name or "").removesuffix(BELOW)
        return -1 if level == NONE_LEFT else self._rank(level)

    def _too_low(self, name: str | None) -> bool:
        return name == NONE_LEFT or (name or "").endswith(BELOW)

    def _rank(self, level: str | None) -> int:
        """Where a level stands among those of the new rules; nothing at all stands below."""
        if level is None or level in (NO_PATH, OUT_OF_SCOPE):
            return -1
        ranks = self.new.level_rank
        return ranks[level] if level in ranks else self.old.level_rank[level]


def level_of(rules: RuleSet, path: str | None) -> str | None:
    found = rules.path_by_id.get(path) if path else None
    return found.level if found else None
