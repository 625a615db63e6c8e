"""A clock that jumps: set back between two records, over midnight while a command runs, back to a day before the letters."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

import pytest
from test_faults import office

from tests.conftest import Ran
from ustm_cli.cli import session as sessions

__all__ = ["office"]
Run = Callable[..., Ran]
BANGKOK = timezone(timedelta(hours=7))
NOON = datetime(2020, 11, 16, 12, tzinfo=BANGKOK)
NO_DAY = {"USTM_TODAY": "", "USTM_BY": "ก", "USTM_LANG": "en"}


class Clock:
    """The machine's clock: shows `moments` one after the other, and the last one from then on."""

    def __init__(self) -> None:
        self.moments = [NOON]
        self.looks = 0

    def show(self, *moments: datetime) -> None:
        self.moments, self.looks = list(moments), 0

    def now(self, zone: tzinfo) -> datetime:
        self.looks += 1
        moment = self.moments.pop(0) if len(self.moments) > 1 else self.moments[0]
        return moment.astimezone(zone)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()

    class Faked(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return made.now(tz)

    monkeypatch.setattr(sessions, "datetime", Faked)
    return made


def records(office: Path) -> list[dict[str, Any]]:
    lines = (office / "plans" / "fy2564.register.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


# ---- set back between two records

BACK = [timedelta(milliseconds=1), timedelta(seconds=30), timedelta(hours=3), timedelta(days=400)]
PAIRS = [
    (["done report@2563-10"], "reopen report@2563-10", "show report@2563-10", "overdue"),
    (["done report@2563-10", "reopen report@2563-10"], "done report@2563-10 --on 2563-11-09 --force", "show report@2563-10", "done"),
    (["event set meeting 2564-01 2564-01-28"], "event set meeting 2564-01 2564-01-21", "event list --format json", "2021-01-21"),
    (["event set meeting 2564-01 2564-01-28"], "event cancel meeting 2564-01 --reason งด", "event list --format json", "งด"),
    (["waive report@2563-11 --reason งด"], "reopen report@2563-11", "show report@2563-11", "open"),
]  # fmt: skip


@pytest.mark.parametrize("back", BACK, ids=str)
@pytest.mark.parametrize(("before", "then", "look", "stands"), PAIRS, ids=[row[1] for row in PAIRS])
def test_set_back_between_two_records(
    before: list[str], then: str, look: str, stands: str, back: timedelta, office: Path, run: Run, clock: Clock
) -> None:
    """What a command says it recorded is what stands afterwards: the later record is read last, whatever the clock."""
    for number, words in enumerate(before):
        clock.show(NOON + number * timedelta(minutes=1))
        assert run(*words.split(), cwd=office, env=NO_DAY).code == 0
    clock.show(NOON - back)
    ran = run(*then.split(), cwd=office, env=NO_DAY)
    assert ran.code == 0, ran.err
    assert ("the clock is behind" in ran.err) == (back > timedelta(minutes=5))
    moments = [datetime.fromisoformat(one["recorded"]) for one in records(office)]
    assert moments == sorted(set(moments))
    clock.show(NOON + timedelta(hours=1))
    assert stands in run(*look.split(), cwd=office, env=NO_DAY).out
    assert run("check", cwd=office, env=NO_DAY).code == 0


def test_set_back_while_a_case_runs(office: Path, run: Run, clock: Clock) -> None:
    """A case is not paused, resumed or closed before it was received; nothing is recorded that turns time around."""
    clock.show(NOON)
    assert run("receive", "answer", cwd=office, env=NO_DAY).code == 0
    case = records(office)[0]["case"].partition("@")[2]
    clock.show(NOON - timedelta(hours=2))
    for words in ("pause", "close"):
        assert run(words, case, cwd=office, env=NO_DAY).code == 2
    assert len(records(office)) == 1
    clock.show(NOON + timedelta(hours=1))
    assert run("pause", case, cwd=office, env=NO_DAY).code == 0
    clock.show(NOON + timedelta(minutes=30))
    assert run("resume", case, cwd=office, env=NO_DAY).code == 2
    assert run("cases", cwd=office, env=NO_DAY).code == 0
    clock.show(NOON + timedelta(hours=2))
    assert run("resume", case, cwd=office, env=NO_DAY).code == 0
    assert run("close", case, cwd=office, env=NO_DAY).code == 0
    assert [one["kind"] for one in records(office)] == ["received", "paused", "resumed", "closed"]


def test_the_last_moment_of_all(office: Path, run: Run, clock: Clock) -> None:
    """A register whose last record is of the last moment that can be recorded can still be added to."""
    path = office / "plans" / "fy2564.register.jsonl"
    last = {"recorded": "2299-12-31T23:59:59.999+07:00", "kind": "done", "of": "report@2563-10", "on": "2563-11-09", "by": "ก", "id": "1"}  # fmt: skip
    path.write_text(json.dumps(last) + "\n", "utf-8")
    clock.show(NOON)
    assert run("done", "report@2563-09", "--on", "2563-10-09", cwd=office, env=NO_DAY).code == 0
    assert run("check", cwd=office, env=NO_DAY).code == 0
    assert [one["of"] for one in records(office)] == ["report@2563-10", "report@2563-09"]


# ---- over midnight

LATE = datetime(2020, 11, 16, 23, 59, 59, 999_999, tzinfo=BANGKOK)
READING = [
    "due", "due --week --format json", "due --format ics", "calendar", "calendar --year", "stats", "cases", "event list", "show report", "digest",
    "explain report@2563-10", "export ics", "export json", "check",
]  # fmt: skip


@pytest.mark.parametrize("words", READING)
def test_midnight_passes_while_it_runs(words: str, office: Path, run: Run, clock: Clock) -> None:
    """An answer is of the day on which it was begun: the clock is looked at once."""
    run("receive", "answer", "--at", "2563-11-16 09:00", cwd=office, env=NO_DAY)
    clock.show(LATE)
    still = run(*words.split(), cwd=office, env=NO_DAY)
    clock.show(LATE, *(LATE + timedelta(days=number) for number in (1, 2, 400)))
    assert run(*words.split(), cwd=office, env=NO_DAY) == still
    assert clock.looks == 1


def test_midnight_passes_while_it_records(office: Path, run: Run, clock: Clock) -> None:
    """A record bears the day and the moment at which its command was begun."""
    clock.show(LATE, LATE + timedelta(seconds=2))
    assert run("done", "report@2563-10", cwd=office, env=NO_DAY).code == 0
    (only,) = records(office)
    assert (only["on"], only["recorded"][:19]) == ("2563-11-16", "2020-11-16T23:59:59")


# ---- letters


def test_a_day_that_comes_twice(office: Path, run: Run, clock: Clock) -> None:
    """The clock goes back a day and forth again: no letter goes twice, none is left out, and doctor tells of it."""
    sent: dict[str, bytes] = {}
    (office / "ustm.yaml").write_text(
        "people: {a: {name: ก, letter: office, to: {archive: true}}}\n"
        'channels: {archive: {kind: file, path: "letters/{day}-{person}.md"}}\n',
        "utf-8",
    )

    def send(day: datetime) -> Ran:
        clock.show(day)
        return run("digest", "--send", "archive", cwd=office, env=NO_DAY)

    def letters() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((office / "letters").iterdir())}

    today, yesterday = NOON + timedelta(days=1), NOON
    assert send(today).code == 0
    sent = letters()
    assert list(sent) == ["2563-11-17-a.md"]
    assert send(yesterday).code == 0
    assert list(letters()) == ["2563-11-16-a.md", "2563-11-17-a.md"]
    told = run("doctor", "--format", "json", cwd=office, env=NO_DAY)
    assert "letters_clock" in told.out
    before = (office / ".ustm" / "digest.jsonl").read_bytes()
    for day in (yesterday, today, today - timedelta(seconds=1)):
        assert send(day).code == 0
    assert letters().items() >= sent.items()
    after = (office / ".ustm" / "digest.jsonl").read_bytes()
    assert after == before
    assert send(today + timedelta(days=1)).code == 0
    assert list(letters()) == ["2563-11-16-a.md", "2563-11-17-a.md", "2563-11-18-a.md"]
