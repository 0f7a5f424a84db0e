"""A letter with only what is ticked, and an appointment that says nothing on a phone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from command import Ran, Run
from vaults import PASSPHRASE, make_vault, save_one, through_pipe, update

from pathfinder.engine.ruleset import RuleSet
from pathfinder.errors import PathfinderError
from pathfinder.sessions.handing_on import TOOL_NAMED, calendar, entry_holds
from pathfinder.sessions.model import Agreed, Judgement
from pathfinder.vault import Vault

PLAN = Agreed("Harbor House", "client", "555 0100", "2026-12-03", "14:30", "12 Main St; door B",
              ("ID", "medicines"), "2026-12-05")  # fmt: skip
NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
OWN = Judgement(False, None, "withdrawal-management", "clinical-judgement", "Shakes seen.")


NEW_YORK = ZoneInfo("America/New_York")


def entry(plan: Agreed, **options: Any) -> Any:
    whole: Any = icalendar.Calendar.from_ical(calendar(plan, NOW, **options))
    (event,) = whole.walk("VEVENT")
    return event


def test_the_entry_is_on_the_clock_of_the_place_and_names_no_program() -> None:
    event = entry(PLAN)
    assert event["dtstart"].dt == datetime(2026, 12, 3, 14, 30)
    assert event["dtend"].dt == datetime(2026, 12, 3, 15, 30)
    assert str(event["summary"]) == "Appointment"
    assert str(event["location"]) == PLAN.place
    assert "555 0100" in event["description"]
    assert b"Harbor" not in calendar(PLAN, NOW)
    assert "Harbor House" in str(entry(PLAN, name_program=True)["summary"])


def test_a_day_without_a_time_is_the_whole_day() -> None:
    event = entry(PLAN._replace(time=""))
    assert event["dtstart"].dt == date(2026, 12, 3)
    assert event["dtend"].dt == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("day", "utc"), [("2026-12-03", (19, 30)), ("2026-07-03", (18, 30)), ("2026-11-01", (19, 30))]
)
def test_in_a_zone_the_file_alone_tells_the_moment_in_winter_and_in_summer(
    day: str, utc: tuple[int, int]
) -> None:
    plan = PLAN._replace(date=day)
    assert entry(plan, zone=NEW_YORK)["dtstart"].dt.tzinfo is not None
    # Under a name that nobody knows: only what the file says of its zone can help.
    data = calendar(plan, NOW, zone=NEW_YORK).replace(b"America/New_York", b"The clinic")
    whole: Any = icalendar.Calendar.from_ical(data)
    (event,) = whole.walk("VEVENT")
    begins = event["dtstart"].dt.astimezone(UTC)
    assert begins == datetime(*map(int, day.split("-")), *utc, tzinfo=UTC)  # type: ignore[misc]
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=1)


def test_a_time_without_a_zone_has_no_zone_in_the_file() -> None:
    data = calendar(PLAN, NOW)
    assert b"TZID" not in data
    assert b"DTSTART:20261203T143000\r\n" in data
    assert b"VTIMEZONE" not in calendar(PLAN._replace(time=""), NOW, zone=NEW_YORK)


@pytest.mark.parametrize(
    ("zone", "named"),
    [
        ("America/New_York", "America/New_York"), (":Europe/Berlin", "Europe/Berlin"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        # UTC is what a computer says that nobody told where it stands; the others have no name.
        ("UTC", ""), ("Etc/UTC", ""), ("EST5EDT,M3.2.0,M11.1.0", ""), ("../../etc/passwd", ""),
    ],
)  # fmt: skip
def test_the_entry_is_in_the_zone_of_this_computer_where_it_has_one_to_say_and_says_so(
    pathfinder: Run, session: str, monkeypatch: pytest.MonkeyPatch, zone: str, named: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    made = ran(pathfinder, "calendar", session)
    assert made.code == 0
    assert (f"DTSTART;TZID={named}:20261203T143000" in made.out) == bool(named)
    assert ("DTSTART:20261203T143000" in made.out) == (not named)
    told = "Thursday, 3 December 2026, 14:30 (2:30 pm) to 15:30 (3:30 pm)"
    for words in (told, named or "wherever the phone is", "lasts an hour"):
        assert words in made.err


def test_no_text_adds_an_entry_or_a_line_of_its_own() -> None:
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y\\n,;"
    plan = PLAN._replace(place=evil, phone=evil, bring=(evil,), program=evil)
    event = entry(plan, name_program=True)
    assert "BEGIN:VEVENT" in event["location"]


def test_what_to_bring_stays_out_of_a_calendar_that_others_see() -> None:
    plan = PLAN._replace(bring=("sertraline in its bottle",))
    assert b"sertraline" not in calendar(plan, NOW, name_program=True)
    assert str(entry(plan)["description"]) == "Call: 555 0100"
    assert "description" not in entry(plan._replace(phone=""))


@pytest.mark.parametrize("plan", [None, PLAN._replace(date="")])
def test_without_an_appointment_there_is_no_entry(plan: Agreed | None) -> None:
    with pytest.raises(PathfinderError, match="sessions agree"):
        calendar(plan, NOW)


def test_a_day_that_is_none_is_told(vault: Vault) -> None:
    with pytest.raises(PathfinderError, match="2026-12-03"):
        calendar(PLAN._replace(date="soon"), NOW)


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def ran(pathfinder: Run, *args: str, stdin: str = "") -> Ran:
    return pathfinder("sessions", *args, "--passphrase-fd", through_pipe(PASSPHRASE), stdin=stdin)


@pytest.fixture
def session(vault: Vault, rules: RuleSet) -> str:
    id_ = save_one(vault, rules, notes={"home": "A secret."}, judgement=OWN).id
    update(vault, id_, lambda revision: revision._replace(agreed=PLAN, author="Kim"))
    return id_


def test_the_file_for_a_calendar_is_written_whole_and_over_nothing(
    pathfinder: Run, session: str, tmp_path: Path
) -> None:
    file = tmp_path / "a.ics"
    made = ran(pathfinder, "calendar", session, "--output", str(file))
    assert made.code == 0
    assert f"Written: {file}" in made.err.splitlines()
    assert entry_holds(PLAN, name_program=False) in made.err
    assert "Written" not in ran(pathfinder, "calendar", session).err
    data = file.read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert session.encode() not in data
    assert b"C-104" not in data
    assert ran(pathfinder, "calendar", session, "--output", str(file)).code == 73
    assert file.read_bytes() == data


@pytest.mark.parametrize("named", [True, False])
def test_what_the_entry_holds_is_said_in_a_line(named: bool) -> None:
    told = entry_holds(PLAN, name_program=named)
    assert ("Not in it: the program" in told) != named
    assert told.startswith("It holds: day, time, ")
    assert "phone" not in entry_holds(PLAN._replace(phone=""), name_program=named)


@pytest.mark.parametrize("command", [("show", "--format", "html"), ("letter", "--tell", "level")])
def test_a_page_that_goes_to_a_file_says_which(
    pathfinder: Run, session: str, tmp_path: Path, command: tuple[str, ...]
) -> None:
    file = tmp_path / "page"
    name, *options = command
    made = ran(pathfinder, name, session, *options, "--output", str(file))
    assert (made.code, made.out) == (0, "")
    assert made.err.splitlines()[-1] == f"Written: {file}"


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_letter_tells_what_is_ticked_and_nothing_else(
    pathfinder: Run, session: str, form: str
) -> None:
    made = ran(pathfinder, "letter", session, "--format", form, "--tell", "surroundings")
    assert made.code == 0, made.err
    for told in ("Harbor House", "3 December 2026", "a safe and steady place", "Kim"):
        assert told in made.out
    secrets = ("alcohol", "A secret.", "Shakes seen.", "C-104", session, "Withdrawal", "moderate")
    for secret in secrets:
        assert secret not in made.out
    more = ran(pathfinder, "letter", session, "--tell", "use", "--tell", "judgement").out
    assert "alcohol" in more
    assert "Withdrawal management first" in more
    assert "Shakes seen." not in more


@pytest.mark.slow
def test_what_to_tell_is_asked_and_nothing_is_ticked_beforehand(
    pathfinder: Run, session: str, tmp_path: Path
) -> None:
    nothing = ran(pathfinder, "letter", session, stdin="\n")
    assert nothing.code == 0
    assert "reports" not in nothing.out
    picked = ran(pathfinder, "letter", session, stdin="99\n2, 6\n")
    assert "alcohol" in picked.out
    assert "a safe and steady place" in picked.out
    file = tmp_path / "letter.md"
    ended = ran(pathfinder, "letter", session, "--output", str(file))
    assert (ended.code, file.exists()) == (130, False)


def test_a_letter_names_the_tool_once_before_it_tells_anything_of_it(
    pathfinder: Run, session: str
) -> None:
    for ticked in (("level", "judgement"), ("use",)):
        made = ran(pathfinder, "letter", session, *[f"--tell={part}" for part in ticked]).out
        assert made.count(TOOL_NAMED) == 1
        assert "the tool" not in made[: made.index(TOOL_NAMED)]
    assert "Pathfinder" not in ran(pathfinder, "letter", session, stdin="\n").out


def test_a_part_that_is_not_there_asks_for_no_passphrase(pathfinder: Run, session: str) -> None:
    made = pathfinder("sessions", "letter", session, "--tell", "everything")
    assert (made.code, "surroundings" in made.err) == (2, True)


def test_the_agencys_own_notice_stands_at_the_foot(
    pathfinder: Run, session: str, tmp_path: Path
) -> None:
    (tmp_path / "notice.txt").write_text("Ours <i>alone</i>.\n")
    made = ran(
        pathfinder, "letter", session, "--format", "html", "--tell", "use",
        "--notice", str(tmp_path / "notice.txt"),
    )  # fmt: skip
    assert made.out.index("Ours &lt;i&gt;alone&lt;/i&gt;.") > made.out.index("Kim")
