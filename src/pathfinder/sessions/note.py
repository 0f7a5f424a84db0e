"""The counselor's note: one session for a chart, in the third person, in the form it asks for.

Why this module exists: what a counselor keeps must be one they can sign. So it tells what the
client reports apart from what was worked out, names the answers behind each first step and the
level, puts the judgement beside the tool's result, and says first that an intake was stopped for
safety: then nothing that three answers came to is told as a finding.

It is the only account of a session for a chart. It must not print, or tell a note that wasn't
asked for; the forms are data (record.yaml).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pathfinder.engine.conditions import Condition
from pathfinder.engine.flow import applicable
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.record_file import RecordWords
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.phrases import level_words, listed, name_of, names_of, sentence
from pathfinder.sessions import third_person as words
from pathfinder.sessions.agreeing import came_about
from pathfinder.sessions.choices import DONE, OTHER_CARE, REASONS, STEP_WORDS
from pathfinder.sessions.compare import top
from pathfinder.sessions.model import Held, Revision, Session, held_of, time
from pathfinder.sessions.third_person import Reported

_RANKED: Final = 3
_OPEN: Final = 5


def note(
    rules: RuleSet,
    told: RecordWords,
    session: Session,
    revision: Revision,
    style: str,
    *,
    with_notes: bool = False,
    whom: Sequence[str] = (),
) -> tuple[Block, ...]:
    """One revision as a note. `style` is one of `told.styles`.

    `whom`: programs with their numbers, from the agency's own list.
    """
    made = _Note(rules, told, session, revision, whom)
    blocks: list[Block] = [Heading(1, words.title(session.client)), *made.held_lines()]
    for section in told.styles[style]:
        inside = [block for name in section.holds for block in made.blocks(name)]
        if inside:
            blocks += [Heading(1, section.title), *inside]
    if with_notes and revision.notes:
        blocks.append(Heading(1, words.NOTES))
        for question, text in revision.notes.items():
            label = sentence_case(name_of(rules, question))
            blocks += [Text(line, label=label) for line in text.split("\n") if line.strip()]
    return (*blocks, Heading(1, words.RECORD), *made.passport())


def blocks_of(
    rules: RuleSet, told: RecordWords, session: Session, revision: Revision, name: str
) -> Iterable[Block]:
    """One block of the note alone, by the name that styles call it. The counselor's line stays out.

    It is for their own chart, and this goes elsewhere.
    """
    found = _Note(rules, told, session, revision).blocks(name)
    return [block for block in found if not (isinstance(block, Text) and block.label == words.LINE)]


def _reason(id_: str) -> str:
    """A reason in the words that a counselor picks; their own judgement isn't "mine" in a chart."""
    return words.CLINICAL if id_ == "clinical-judgement" else REASONS.get(id_, id_)


def sentence_case(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


class _Note:
    """The blocks of one note, by the names that styles call them."""

    def __init__(
        self,
        rules: RuleSet,
        told: RecordWords,
        session: Session,
        revision: Revision,
        whom: Sequence[str] = (),
    ) -> None:
        self._rules, self._told, self._whom = rules, told, whom
        self._session, self._revision = session, revision
        self._given = session.decision(revision)
        self._held = held_of(session, revision)
        self._reported = Reported(rules, told, revision.answers)
        self._by_name: Mapping[str, Callable[[], Iterable[Block]]] = {
            "reported": self._reports,
            "parts": self._parts,
            "alerts": self._alerts,
            "worked_out": self._worked_out,
            "unknown": self._unknown,
            "level": self._level,
            "ranking": self._ranking,
            "judgement": self._judgement,
            "steps": self._steps,
            "agreed": self._agreed,
        }

    def blocks(self, name: str) -> Iterable[Block]:
        # What three answers came to is no finding: neither a level, a ranking, nor what is open.
        if self._held is not None and name in ("worked_out", "unknown", "ranking"):
            return ()
        return self._by_name[name]()

    # --- stopped for safety -------------------------------------------------------------

    def held_lines(self) -> Iterator[Block]:
        if self._held is None:
            return
        yield Text(self.stopped(self._held), role="strong")
        done = [(id_, self._held.done[id_]) for id_ in DONE if self._held.done.get(id_)]
        for id_, text in done:
            yield Text(text, label=DONE[id_])
        if not done:
            yield Text(words.NOTHING_WRITTEN, label=words.DONE)

    def stopped(self, held: Held) -> str:
        holding = {alert.id for alert in self._rules.alerts if alert.hold}
        alerts = [alert for alert in self._given["alerts"] if alert["id"] in holding]
        why = "; ".join(dict.fromkeys(word for alert in alerts for word in self._short(alert)))
        return words.stopped(held.number or self._last_asked(), why)

    def _short(self, alert: Mapping[str, Any]) -> Iterator[str]:
        """What an alert is about, in a few words: by the answers for which it came."""
        for rule in self._rules.alert_rules:
            for leaf in rule.when.leaves() if rule.id in alert["rules"] else ():
                if leaf.holds(self._reported.view) is not True:
                    continue
                value = self._reported.view[leaf.question]
                given = leaf.accepts & (value if isinstance(value, frozenset) else {value})
                for answer in sorted(given):
                    short = self._told.short(leaf.question, answer)
                    yield short or self._reported.words(leaf.question, answer)

    def _last_asked(self) -> int:
        asked = applicable(self._rules, self._revision.answers)
        places = [
            place
            for place, question in enumerate(asked, start=1)
            if question.id in self._revision.answers
        ]
        return max(places, default=0)

    # --- what the client reports --------------------------------------------------------

    def _reports(self) -> Iterator[Block]:
        for part, text in self._reported.parts():
            yield Text(text, label=part.title)
        yield from self._unlike_today()

    def _parts(self) -> Iterator[Block]:
        for part, text in self._reported.parts():
            yield Heading(2, part.title)
            yield Text(text)
        yield from self._unlike_today()

    def _unlike_today(self) -> Iterator[Block]:
        if old := self._reported.unlike_today():
            yield Text(old, label=words.OLDER_QUESTIONS)

    # --- what the tool made of it -------------------------------------------------------

    def _alerts(self) -> Iterator[Block]:
        rules = {rule.id: rule for rule in self._rules.alert_rules}
        for alert in self._given["alerts"]:
            about = "; ".join(dict.fromkeys(self._short(alert)))
            title = about or self._told.alerts.get(alert["id"], alert["id"])
            yield Text(
                f"{sentence_case(title)}. {self._because(alert, rules)}".strip(), label=words.ALERT
            )

    def _because(self, fired: Mapping[str, Any], rules: Mapping[str, Any]) -> str:
        """The answers by which something fired, and its rules."""
        clauses: list[str] = []
        for id_ in fired["rules"]:
            if id_ in rules:
                clauses += self._reported.because(rules[id_].when)
        names = ", ".join(fired["rules"])
        if not clauses:
            return words.by_rule(names)
        return words.because("; ".join(dict.fromkeys(clauses)), names)

    def _worked_out(self) -> Iterator[Block]:
        for id_, answer in self._reported.worked_out().items():
            source = self._rules.question_by_id[id_].derived
            assert source is not None
            signs = self._reported.view[source.source]
            count = len(signs - {"none"}) if isinstance(signs, frozenset) else 0
            text = words.counted(
                self._reported.words(id_, answer), count, name_of(self._rules, source.source)
            )
            yield Text(text, label=sentence_case(name_of(self._rules, id_)))
        readings = {each.id: each for q in self._rules.questions for each in q.readings}
        for check in self._given["to_check"]:
            reading = readings.get(check["rule"])
            if check["effect"] == "reading" and reading is not None:
                value = self._reported.words(reading.question, reading.value)
                yield Text(
                    words.read_as(value, reading.id),
                    label=sentence_case(name_of(self._rules, reading.question)),
                )

    def _unknown(self) -> Iterator[Block]:
        """Open answers that could bring more care, another first step or an alert."""
        found: dict[str, list[tuple[str, str]]] = {}
        for check in self._given["to_check"]:
            for question in check["questions"]:
                targets = [(check["effect"], each) for each in check["target"]]
                found.setdefault(question, []).extend(targets)
        told = [(question, self._could_bring(each)) for question, each in found.items()]
        told = [(question, brings) for question, brings in told if brings]
        for question, brings in told[:_OPEN]:
            yield Text(words.could_bring(brings), label=self._open_name(question))
        if more := [question for question, _ in told[_OPEN:]]:
            yield Text(f"{listed(names_of(self._rules, more))}.", label=words.UNKNOWN_TOO)
        if not told:
            yield Text(words.NOTHING_OPEN, label=words.UNKNOWN)
        first = {step["id"] for step in self._given["first"]}
        for each in self._told.in_person:
            if first & {*each.steps}:
                yield Text(words.no_question(each.record), label=words.IN_PERSON)

    def _open_name(self, question: str) -> str:
        return f"{words.UNKNOWN}: {name_of(self._rules, question)}"

    def _could_bring(self, targets: Sequence[tuple[str, str]]) -> str:
        """The highest level among the targets, first steps, and alerts."""
        rank = self._rules.level_rank
        now = rank.get(self._given["safe_level"] or "", 0)
        levels = [rank[each] for effect, each in targets if effect == "gate" and each in rank]
        brings = []
        if max(levels, default=0) > now:
            brings.append(words.at_least(self._rules.levels[max(levels)].name))
        for effect, names in (("alert", self._told.alerts), ("first", self._told.first_steps)):
            ids = dict.fromkeys(each for what, each in targets if what == effect)
            brings += [words.TARGETS[effect] + names.get(id_, id_) for id_ in ids]
        return "; ".join(brings)

    def _level(self) -> Iterator[Block]:
        level = self._given["safe_level"]
        if self._held is not None:
            return
        if level is None:
            yield Text(words.NO_LEVEL)
            return
        yield Text(f"{self._in_words(level)}. {self._set_by(level)}", label=words.LEVEL)

    def _in_words(self, level: str) -> str:
        """A level with its hours, where these are a number: the rest is said to the client."""
        if level not in self._rules.level_rank:
            return level
        found = self._rules.levels[self._rules.level_rank[level]]
        counted = any(sign.isdigit() for sign in found.hours)
        return level_words(self._rules, level) if counted else found.name

    def _set_by(self, level: str) -> str:
        """The rules that ask for just this level, with the answers that they go by."""
        asking = {gate.id: gate for gate in self._rules.gates if gate.at_least == level}
        named = [
            rule for entry in self._given["set_aside"] for rule in entry["rules"] if rule in asking
        ]
        if not named:
            return words.NO_RULE
        return " ".join(
            words.set_by(rule, "; ".join(self._clauses(asking[rule].when)))
            for rule in dict.fromkeys(named)
        )

    def _clauses(self, when: Condition) -> Sequence[str]:
        return self._reported.because(when)

    def _ranking(self) -> Iterator[Block]:
        ranked = self._given["ranked"]
        if not ranked:
            return
        told = "; ".join(
            f"{place}. {self._path(entry['path'])}"
            for place, entry in enumerate(ranked[:_RANKED], start=1)
        )
        equal = [e for e in ranked[1:_RANKED] if e["about_equal_to_top"]]
        close = f" {words.ABOUT_EQUAL}" if equal else ""
        yield Text(f"{told}.{close}", label=words.RANKING)

    # --- the counselor's ----------------------------------------------------------------

    def _judgement(self) -> Iterator[Block]:
        judgement, first = self._revision.judgement, top(self._given)
        if judgement is None:
            if self._held is None:
                yield Text(words.LEFT_OPEN)
            return
        if judgement.agrees:
            yield Text(words.agrees(self._path(first)))
        else:
            level = judgement.level
            care = [
                *([self._path(judgement.path)] if judgement.path else []),
                *([self._other_level(level)] if level else []),
            ]
            reason = _reason(judgement.reason or "")
            differs = words.differs("; ".join(care), self._path(first), reason)
            yield Text(differs)
        if judgement.line:
            yield Text(judgement.line, label=words.LINE)

    def _other_level(self, level: str) -> str:
        if level in OTHER_CARE:
            return OTHER_CARE[level]
        return self._in_words(level)

    def _steps(self) -> Iterator[Block]:
        rules = {rule.id: rule for rule in self._rules.first_rules}
        names = self._told.first_steps
        said = {each.step: each for each in self._revision.steps}
        for place, step in enumerate(self._given["first"], start=1):
            title, word = names.get(step["id"], step["id"]), said.get(step["id"])
            became = words.STEP_OPEN
            if word is not None:
                became = STEP_WORDS.get(word.word, word.word)
                if word.reason is not None:
                    chosen = word.reason == "clients-choice"
                    became = words.declined(_reason(word.reason), by_choice=chosen)
            text = f"{sentence_case(title)}. {self._because(step, rules)}"
            # After a stop, what was done stands first: "not decided yet" would belie it.
            if word is not None or self._held is None:
                text += f" {words.BECAME}: {sentence(became)}"
            yield Text(text, label=f"{words.STEP} {place}")
        if not self._given["first"] and self._held is None:  # three answers don't say "none"
            yield Text(words.NO_STEPS, label=words.STEPS)

    def _agreed(self) -> Iterator[Block]:
        agreed = self._revision.agreed
        for label, text in came_about(self._rules, self._revision.came).items():
            yield Text(text, label=label)
        if self._whom and self._held is None:
            yield Text("; ".join(self._whom), label=words.FROM_THE_LIST)
        if agreed is None:
            if self._held is None:
                yield Text(words.PLAN_OPEN, label=words.PLAN)
            return
        appointment = ", ".join(
            filter(None, (f"{agreed.date} {agreed.time}".strip(), agreed.place))
        )
        for label, text in (
            (words.REFERRAL, agreed.program),
            (words.CALLS, agreed.calls),
            (words.PHONE, agreed.phone),
            (words.APPOINTMENT, appointment),
            (words.BRING, "; ".join(agreed.bring)),
            (words.NEXT_CONTACT, agreed.next_contact),
        ):
            if text:
                yield Text(text, label=label)

    def passport(self) -> Iterator[Block]:
        """Who wrote it, when, and under which rules."""
        session, revision = self._session, self._revision
        passport = self._given["passport"]
        yield Text(revision.author or words.BLANK, label=words.AUTHOR)
        if session.id:
            number = words.of_session(
                session.id, revision.number, max(revision.number, len(session.revisions))
            )
            yield Text(number, label=words.SESSION)
        if session.follows:
            yield Text(session.follows, label=words.FOLLOWS)
        yield Text(time(session.begun), label=words.BEGUN)
        yield Text(time(revision.saved), label=words.SAVED)
        yield Text(
            f"{passport['ruleset']} {passport['version']}, {passport['sha256'][:12]}; "
            f"Pathfinder {passport['app']}",
            label=words.RULES,
        )
        yield Text(words.NOT_A_DIAGNOSIS)

    def _path(self, path: str | None) -> str:
        if path is None:
            return words.NO_PATH
        known = self._rules.path_by_id.get(path)
        return known.name if known else path
