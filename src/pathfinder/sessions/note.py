"""The counselor's note: one session for a chart, in the third person, in the form it asks for.

Why this module exists: what a counselor keeps must be one they can sign. So it tells what the
client reports apart from what was worked out, names the answers behind each first step and the
level, puts the judgement before the tool's result, and says first that an intake was stopped for
safety: then nothing that three answers came to is told as a finding. What no question can know,
such as what was observed or who was present, is a blank: silence would read as "nothing".

It is the only account of a session for a chart. It must not print, or tell a note that wasn't
asked for; the forms are data (record.yaml). Ids of rules stand in the record at its end alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pathfinder.engine.question import NONE
from pathfinder.engine.rules import AlertRule, FirstRule, Gate
from pathfinder.engine.ruleset import RuleSet
from pathfinder.loader.record_file import RecordWords, Section
from pathfinder.pages.blocks import Block, Heading, Text
from pathfinder.pages.phrases import kind_open, level_words, listed, name_of, names_of
from pathfinder.sessions import third_person as words
from pathfinder.sessions.agreeing import SINCE
from pathfinder.sessions.choices import DONE, OTHER_CARE
from pathfinder.sessions.compare import top
from pathfinder.sessions.model import Agreed, Held, Revision, Session, day_or_text, held_of, time
from pathfinder.sessions.third_person import Reported

_RANKED: Final = 3
_OPEN: Final = 5
_TOOL: Final = ("worked_out", "level", "ranking")
"""The blocks that stand for reference, under a line that says so."""


def note(
    rules: RuleSet,
    told: RecordWords,
    session: Session,
    revision: Revision,
    style: str,
    *,
    with_notes: bool = False,
    whom: Sequence[str] = (),
    followed: Session | None = None,
) -> tuple[Block, ...]:
    """One revision as a note. `style` is one of `told.styles`.

    `whom`: programs with their numbers, from the agency's own list. `followed`: the session that
    this one follows up, if it is still there.
    """
    made = _Note(rules, told, session, revision, whom, with_notes=with_notes)
    title = words.title(session.client, follow_up=bool(session.follows))
    blocks: list[Block] = [Heading(1, title), *made.opening(followed)]
    for section in told.styles[style]:
        if inside := [*made.section(section)]:
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
    """One block of the note alone, by the name that styles call it, for somebody else to read.

    The counselor's line and the blanks stay out: they are for their own chart.
    """
    return _Note(rules, told, session, revision, leaves=True).blocks(name)


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
        *,
        with_notes: bool = False,
        leaves: bool = False,
    ) -> None:
        self._rules, self._told, self._whom = rules, told, whom
        self._notes_follow = with_notes and bool(revision.notes)
        self._leaves = leaves
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
            "done": self._done,
            "steps": self._steps,
            "agreed": self._agreed,
        }

    def blocks(self, name: str) -> Iterable[Block]:
        # What three answers came to is no finding: neither a level, a ranking, nor what is open.
        if self._held is not None and name in ("worked_out", "unknown", "ranking"):
            return ()
        return self._by_name[name]()

    def section(self, section: Section) -> Iterator[Block]:
        said = False
        for name in section.holds:
            found = [*self.blocks(name)]
            if found and name in _TOOL and not said:
                said = True
                yield Heading(2, words.TOOL)
            yield from found
        if section.blank:
            yield Text(words.BLANK, label=section.blank)

    # --- stopped for safety, and what it follows ----------------------------------------

    def opening(self, followed: Session | None) -> Iterator[Block]:
        if self._held is not None:
            yield Text(self.stopped(self._held), role="strong")
        if self._session.follows:
            of = f", of {day_or_text(followed.begun)}" if followed is not None else ""
            yield Text(f"{self._session.follows}{of}", label=words.FOLLOWS)

    def _done(self) -> Iterator[Block]:
        if self._held is None:
            return
        done = {id_: text for id_ in DONE if (text := self._held.done.get(id_))}
        for id_, text in done.items():
            if id_ == "time":
                yield Text(self._on_its_day(text), label=words.WHEN_DONE)
            else:
                yield Text(text, label=DONE[id_])
        if not done:
            yield Text(words.NOTHING_WRITTEN, label=words.DONE)

    def _on_its_day(self, clock: str) -> str:
        """When it was, with its day: that of the intake, where it was written down on that day."""
        held = (r for r in self._session.revisions if r.held and r.held.done.get("time") == clock)
        return words.on_its_day(clock, self._session.begun, next(held, self._revision).saved)

    def stopped(self, held: Held) -> str:
        holding = {alert.id for alert in self._rules.alerts if alert.hold}
        alerts = [alert for alert in self._given["alerts"] if alert["id"] in holding]
        about = (word for alert in alerts for word in self._reported.about(alert["rules"]))
        number = held.number or self._reported.last_asked()
        return words.stopped(number, "; ".join(dict.fromkeys(about)))

    # --- what the client reports --------------------------------------------------------

    def _reports(self) -> Iterator[Block]:
        for part, text in self._reported.parts():
            yield Text(text, label=part.title)
        yield from self._beside()

    def _parts(self) -> Iterator[Block]:
        for part, text in self._reported.parts():
            yield Heading(2, part.title)
            yield Text(text)
        yield from self._beside()

    def _beside(self) -> Iterator[Block]:
        rows = {words.SINCE: words.came_about(self._revision.came, self._told.first_steps),
                SINCE: self._revision.since, words.NOT_USED: self._reported.not_used(),
                words.OLDER_QUESTIONS: self._reported.unlike_today()}  # fmt: skip
        yield from (Text(text, label=label) for label, text in rows.items() if text)

    # --- what the tool made of it -------------------------------------------------------

    def _alerts(self) -> Iterator[Block]:
        for alert in self._given["alerts"]:
            title = sentence_case(self._alert_name(alert))
            why = self._because(alert, self._rules.alert_rules)
            yield Text(f"{title}. {why}".strip(), label=words.ALERT)

    def _alert_name(self, alert: Mapping[str, Any]) -> str:
        about = "; ".join(dict.fromkeys(self._reported.about(alert["rules"])))
        return about or self._told.alerts.get(alert["id"], alert["id"])

    def _because(self, fired: Mapping[str, Any], rules: Iterable[AlertRule | FirstRule]) -> str:
        """The answers by which something fired."""
        by_id = {rule.id: rule for rule in rules}
        whens = [by_id[id_].when for id_ in fired["rules"] if id_ in by_id]
        return words.because(self._reported.because(*whens))

    def _worked_out(self) -> Iterator[Block]:
        for id_, answer in self._reported.worked_out().items():
            source = self._rules.question_by_id[id_].derived
            assert source is not None
            signs = self._reported.view[source.source]
            count = len(signs - {NONE}) if isinstance(signs, frozenset) else 0
            of = len({*self._rules.question_by_id[source.source].answers} - {NONE})
            text = words.counted(self._reported.words(id_, answer), count, of)
            yield Text(text, label=sentence_case(name_of(self._rules, id_)))
        for reading in self._reported.readings(self._given["to_check"]):
            name = sentence_case(name_of(self._rules, reading.question))
            yield Text(words.read_as(*self._reported.read_as(reading)), label=name)

    def _unknown(self) -> Iterator[Block]:
        """Open answers that could bring more care, another first step or an alert; what is asked
        of nobody and care may hang on is as unknown as they are."""
        first = {step["id"] for step in self._given["first"]}
        never = [each.record for each in self._told.in_person if first & {*each.steps}]
        for record in never:
            yield Text(words.not_asked(record, with_notes=self._notes_follow), label=words.UNKNOWN)
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
        if not told and not never and self._given["safe_level"]:
            yield Text(words.NOTHING_OPEN, label=words.UNKNOWN)

    def _open_name(self, question: str) -> str:
        return f"{words.UNKNOWN}: {name_of(self._rules, question)}"

    def _could_bring(self, targets: Sequence[tuple[str, str]]) -> str:
        """The highest level among the targets, and first steps and alerts that don't stand yet."""
        rank = self._rules.level_rank
        now = rank.get(self._given["safe_level"] or "", 0)
        levels = [rank[each] for effect, each in targets if effect == "gate" and each in rank]
        brings = []
        if max(levels, default=0) > now:
            brings.append(words.at_least(self._rules.levels[max(levels)].name))
        for effect, names in (("alert", self._told.alerts), ("first", self._told.first_steps)):
            told = {each["id"] for each in self._given["alerts" if effect == "alert" else "first"]}
            ids = dict.fromkeys(
                each for what, each in targets if what == effect and each not in told
            )
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
        """The answers by which just this level is asked for."""
        asking = self._asking(level)
        if not asking:
            return words.NO_RULE
        whens = [gate.when for gate in asking]
        taken = self._reported.taken(whens, self._given["to_check"])
        told = f"{words.because(self._reported.because(*whens))} {taken}".strip()
        return told or words.FOR_UNKNOWN

    def _asking(self, level: str) -> Sequence[Gate]:
        """The rules that ask for just this level."""
        by_id = {gate.id: gate for gate in self._rules.gates if gate.at_least == level}
        named = [rule for entry in self._given["set_aside"] for rule in entry["rules"]]
        return [by_id[rule] for rule in dict.fromkeys(named) if rule in by_id]

    def _ranking(self) -> Iterator[Block]:
        ranked = self._given["ranked"]
        if not ranked:
            return
        if len(ranked) == 1:
            yield Text(words.alone(self._path(ranked[0]["path"])), label=words.RANKING)
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
        judgement, first = self._revision.judgement, self._path(top(self._given))
        blank = "" if self._leaves else words.BLANK
        if judgement is None and self._held is None:
            yield Text(f"{words.LEFT_OPEN} {blank}".strip(), label=words.JUDGEMENT)
        elif judgement is None and blank:
            yield Text(blank, label=words.RISK)
        if judgement is None:
            return
        line = "" if self._leaves else judgement.line
        if judgement.agrees:
            level = judgement.level and f"the level, {kind_open(self._in_words(judgement.level))}"
            yield Text(words.agrees(level or first, line), label=words.JUDGEMENT)
            return
        care = [self._path(judgement.path)] if judgement.path else []
        care += [self._other_level(judgement.level)] if judgement.level else []
        text = words.differs("; ".join(care), judgement.reason or "", line, blank)
        if self._leaves:  # the ranking that names the tool's path stays behind
            text += f" {words.PUT_FIRST}: {first}."
        yield Text(text, label=words.OTHERWISE)

    def _other_level(self, level: str) -> str:
        if level in OTHER_CARE:
            return OTHER_CARE[level]
        return self._in_words(level)

    def _steps(self) -> Iterator[Block]:
        names = self._told.first_steps
        said = {each.step: each for each in self._revision.steps}
        for place, step in enumerate(self._given["first"], start=1):
            title, word = names.get(step["id"], step["id"]), said.get(step["id"])
            text = f"{sentence_case(title)}. {self._because(step, self._rules.first_rules)}".strip()
            if word is None and self._held is not None:  # what was done may say otherwise
                text += "" if self._leaves else f" {words.BECAME}: {words.BLANK}"
            else:
                text += f" {words.BECAME}: {words.became(word)}"
            yield Text(text, label=f"{words.STEP} {place}")
        if not self._given["first"] and self._held is None:  # three answers don't say "none"
            yield Text(words.NO_STEPS, label=words.STEPS)

    def _agreed(self) -> Iterator[Block]:
        agreed = self._revision.agreed
        if self._whom and self._held is None:
            yield Text("; ".join(self._whom), label=words.FROM_THE_LIST)
        if agreed is None:
            if self._held is None:
                yield Text(words.PLAN_OPEN, label=words.PLAN)
            agreed = Agreed()
        for label, text in words.plan(agreed):
            yield Text(text, label=label)
        until = words.UNTIL_APPOINTMENT if agreed.date else words.UNTIL_CONTACT
        yield Text(words.BLANK, label=until)

    def passport(self) -> Iterator[Block]:
        """Who wrote it, when, and under which rules."""
        session, revision = self._session, self._revision
        passport = self._given["passport"]
        for label in (words.HOW, words.PRESENT):
            yield Text(words.BLANK, label=label)
        if session.id:
            number = words.of_session(
                session.id, revision.number, max(revision.number, len(session.revisions))
            )
            yield Text(number, label=words.SESSION)
        yield Text(time(session.begun), label=words.BEGUN)
        yield Text(time(revision.saved), label=words.SAVED)
        set_, hash_ = f"{passport['ruleset']} {passport['version']}", passport["sha256"][:12]
        yield Text(f"Pathfinder {passport['app']}; {set_}, {hash_}", label=words.RULES)
        if decided := "; ".join(f"{what}: {', '.join(ids)}" for what, ids in self._decided()):
            yield Text(decided, label=words.DECIDED)
        yield Text(words.NOT_A_DIAGNOSIS)
        yield from (
            Text(text, label=label) for label, text in words.signed(revision.author).items()
        )

    def _decided(self) -> Iterator[tuple[str, Sequence[str]]]:
        """By which rules each thing that the note tells was decided, for an audit."""
        for alert in self._given["alerts"]:
            yield f"{words.ALERT} ({self._alert_name(alert)})".lower(), alert["rules"]
        for place, step in enumerate(self._given["first"], start=1):
            yield f"{words.STEP} {place}".lower(), step["rules"]
        if self._held is not None:
            return
        for reading in self._reported.readings(self._given["to_check"]):
            name = name_of(self._rules, reading.question)
            yield f"{words.TAKEN} ({name})".lower(), (reading.id,)
        if (level := self._given["safe_level"]) and (asking := self._asking(level)):
            yield words.LEVEL_OF_CARE, [gate.id for gate in asking]

    def _path(self, path: str | None) -> str:
        if path is None:
            return words.NO_PATH
        known = self._rules.path_by_id.get(path)
        return known.name if known else path
