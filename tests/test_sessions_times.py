"""Times of sessions: put in order as moments, and read on the clock of whoever reads."""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from command import Run
from vaults import ANSWERS, PASSPHRASE, make_vault, save_one, through_pipe

from pathfinder.engine.ruleset import RuleSet
from pathfinder.sessions import index
from pathfinder.sessions.model import day, day_or_text, instant, short_time, time
from pathfinder.vault import Vault

IN_BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"
IN_TOKYO = "JST-9"
IN_KOLKATA = "IST-5:30"

SUMMER, WINTER = "2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00"
"""The autumn night: the clock shows 02:50, and twenty minutes later 02:10."""

LEFT, ARRIVED = "2026-03-04T12:00:00+09:00", "2026-03-04T09:00:00+01:00"
"""A journey: noon in Tokyo, and nine in Berlin, five hours later."""


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    if not hasattr(clock, "tzset"):
        pytest.skip("the zone can't be set here")

    def enter(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        clock.tzset()

    yield enter
    monkeypatch.undo()
    clock.tzset()


@pytest.mark.parametrize(("earlier", "later"), [(SUMMER, WINTER), (LEFT, ARRIVED)])
def test_the_later_moment_comes_later_whatever_the_clock_showed(earlier: str, later: str) -> None:
    assert earlier > later  # as text
    assert instant(earlier) < instant(later)


@pytest.mark.parametrize("kept_as", ["", "[b]\x1b noon", "2026-13-40T10:00:00", "x" * 300])
def test_what_is_no_time_comes_first_of_all_and_is_shown_without_its_codes(kept_as: str) -> None:
    assert instant(kept_as) < instant("0002-01-01T00:00:00+00:00")
    assert day(kept_as) is None
    for shown in (time(kept_as), short_time(kept_as)):
        assert "\x1b" not in shown


@pytest.mark.parametrize("kept_as", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_time_beyond_the_calendar_of_here_is_no_fault(
    in_zone: Callable[[str], None], kept_as: str
) -> None:
    for zone in (IN_BERLIN, IN_TOKYO, "EST5"):
        in_zone(zone)
        assert (instant(kept_as), time(kept_as), short_time(kept_as), day(kept_as)) is not None


def test_a_year_alone_is_said_as_a_year_and_is_no_day() -> None:
    assert (day("2024"), day_or_text("2024"), day_or_text("")) == (None, "2024", "")
    assert "\x1b" not in day_or_text("\x1b[2J")


def test_a_time_is_shown_on_the_readers_clock_with_its_zone(in_zone: Callable[[str], None]) -> None:
    in_zone(IN_BERLIN)
    assert time(LEFT) == "2026-03-04 04:00 +01:00"
    in_zone(IN_KOLKATA)
    assert time(LEFT) == "2026-03-04 08:30 +05:30"
    assert day("2026-03-04T23:30:00+00:00") == date(2026, 3, 5)


def test_a_list_tells_the_zone_where_the_time_alone_would_mislead(
    in_zone: Callable[[str], None],
) -> None:
    in_zone(IN_BERLIN)
    assert short_time("2026-10-25T01:50:00+02:00") == "2026-10-25 01:50"
    assert short_time(SUMMER) == "2026-10-25 02:50 +02:00"
    assert short_time(WINTER) == "2026-10-25 02:10 +01:00"
    assert short_time("2026-07-01T09:00:00+02:00") == "2026-07-01 09:00"
    assert short_time(LEFT) == "2026-03-04 04:00 +01:00"


def test_a_time_of_no_zone_is_of_the_readers(in_zone: Callable[[str], None]) -> None:
    in_zone(IN_TOKYO)
    assert time("2026-03-04T10:00:00") == "2026-03-04 10:00 +09:00"


# --- where they are listed ----------------------------------------------------------------


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Vault:
    monkeypatch.setenv("PATHFINDER_DATA", str(tmp_path))
    return make_vault(tmp_path / "vault")


def saved_at(
    vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch, *times: str
) -> list[str]:
    """A session for each of these times; their ids."""
    ids = []
    for number, each in enumerate(times):
        monkeypatch.setattr("pathfinder.sessions.store.now", lambda each=each: each)
        ids.append(save_one(vault, rules, f"C-{number}").id)
    return ids


@pytest.mark.parametrize("times", [(SUMMER, WINTER), (LEFT, ARRIVED)])
def test_the_list_is_newest_first_through_the_autumn_night_and_after_a_journey(
    vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch, times: tuple[str, str]
) -> None:
    older, newer = saved_at(vault, rules, monkeypatch, *times)
    assert [line.id for line in index.lines(vault)] == [newer, older]
    assert [line.id for line in index.lines(vault)] == [newer, older]  # of the index itself, too


def of_a(pathfinder: Run, *command: str) -> str:
    ran = pathfinder("sessions", *command, "--passphrase-fd", through_pipe(PASSPHRASE))
    assert ran.code == 0
    return ran.out


@pytest.mark.slow
def test_commands_show_times_on_the_readers_clock_and_export_them_in_their_order(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch,
    in_zone: Callable[[str], None],
) -> None:  # fmt: skip
    late = "2026-03-04T23:30:00-05:00"
    ids = saved_at(vault, rules, monkeypatch, LEFT, ARRIVED, late)
    in_zone(IN_BERLIN)
    listed = of_a(pathfinder, "list").splitlines()[1:]
    assert [line.split()[0] for line in listed] == ids[::-1]
    assert "2026-03-05 05:30 +01:00" in listed[0]
    assert "2026-03-04 09:00  " in listed[1]
    assert "2026-03-05 05:30 +01:00" in of_a(pathfinder, "show", ids[2])
    rows = of_a(pathfinder, "export", "--format", "csv").splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ids
    assert f",{late}," in rows[2]  # as it was kept: a moment, and where
    handout = of_a(pathfinder, "show", ids[2], "--format", "md")
    assert "answers of 5 March 2026" in handout


@pytest.mark.slow
def test_a_comparison_names_the_days_on_the_readers_clock(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch,
    in_zone: Callable[[str], None],
) -> None:  # fmt: skip
    late = "2026-03-04T23:30:00-05:00"
    monkeypatch.setattr("pathfinder.sessions.store.now", lambda: LEFT)
    one = save_one(vault, rules, "C-1", {**ANSWERS, "home": "unsafe"}).id
    monkeypatch.setattr("pathfinder.sessions.store.now", lambda: late)
    other = save_one(vault, rules, "C-1").id
    in_zone(IN_BERLIN)
    shown = of_a(pathfinder, "compare", one, other)
    assert "2026-03-04" in shown
    assert "2026-03-05" in shown


@pytest.mark.slow
def test_a_comparison_of_one_day_names_the_times(
    pathfinder: Run, vault: Vault, rules: RuleSet, monkeypatch: pytest.MonkeyPatch,
    in_zone: Callable[[str], None],
) -> None:  # fmt: skip
    in_zone(IN_BERLIN)
    ids = []
    for hour, home in (("09:00", "unsafe"), ("16:30", "steady")):
        at = f"2026-03-04T{hour}:00+01:00"
        monkeypatch.setattr("pathfinder.sessions.store.now", lambda at=at: at)
        ids.append(save_one(vault, rules, "C-1", {**ANSWERS, "home": home}).id)
    shown = of_a(pathfinder, "compare", *ids)
    assert "Before, 2026-03-04 09:00" in shown
    assert "Now, 2026-03-04 16:30" in shown
