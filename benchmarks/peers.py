"""The programs that people use for such work: one week out of many monthly items, asked of each that is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.stopwatch import Program, clean_environment

MONDAY = date(2020, 11, 16)
SUNDAY = MONDAY + timedelta(6)
FIRST = date(2020, 10, 1)


# A hundred times 150 items would be as many files for the others, which are read for minutes.
IN_ONE_FILE = ("Remind", "calcurse", "Taskwarrior", "hledger")


def programs(folder: Path, items: int) -> tuple[list[Program], list[str]]:
    """Those that the machine has, each with its own files of `items` items below `folder`; and those it has not."""
    found: list[Program] = []
    absent: list[str] = []
    for name, (command, prepare) in PEERS.items():
        if items > 1500 and name not in IN_ONE_FILE:
            continue
        path = shutil.which(command)
        if path is None:
            absent.append(name)
            continue
        own = folder / f"{command}-{items}"
        own.mkdir(parents=True)
        label = f"{name}, {items} items"
        found.append(Program(label, prepare(path, own, items), {"HOME": str(own), "TZ": "UTC"}, own))
    return found, absent


def _titles(items: int, first: date = FIRST) -> Iterator[tuple[int, str, date]]:
    for number in range(items):
        yield number, f"รายงานที่ {number + 1}", first + timedelta(number % 28)


def _remind(command: str, folder: Path, items: int) -> list[str]:
    lines = [f"REM {day.day} MSG {title}" for _, title, day in _titles(items)]
    return [command, "-s+1", _write(folder / "plan.rem", lines), MONDAY.isoformat()]


def _calcurse(command: str, folder: Path, items: int) -> list[str]:
    _write(folder / "apts", [f"{day:%m/%d/%Y} [1] {{1M}} {title}" for _, title, day in _titles(items)])
    return [command, "-q", "-D", str(folder), "-Q", "--from", f"{MONDAY:%m/%d/%Y}", "--days", "7"]


def _taskwarrior(command: str, folder: Path, items: int) -> list[str]:
    settings = [f"rc:{folder}/taskrc", f"rc.data.location={folder}", "rc.confirmation=off", "rc.verbose=nothing"]
    (folder / "taskrc").touch()
    # It knows no other today than the machine's.
    first = datetime.now(UTC).date().replace(day=1)
    tasks = [
        {
            "uuid": str(uuid.UUID(int=number + 1)),
            "status": "recurring",
            "description": title,
            "entry": f"{first:%Y%m%d}T000000Z",
            "due": f"{day:%Y%m%d}T000000Z",
            "recur": "monthly",
            "mask": "",
        }
        for number, title, day in _titles(items, first)
    ]
    text = json.dumps(tasks, ensure_ascii=False)
    subprocess.run(
        [command, *settings, "import", "-"],
        input=text.encode(),
        env=clean_environment(),
        capture_output=True,
        check=True,
    )
    span = [f"due.after:{first + timedelta(14)}", f"due.before:{first + timedelta(22)}"]
    return [command, *settings, *span, "list"]


def _hledger(command: str, folder: Path, items: int) -> list[str]:
    lines = [
        f"~ every {_ordinal(day.day)} day of month from {FIRST}  {title}\n    (a)  1\n"
        for _, title, day in _titles(items)
    ]
    file = _write(folder / "plan.journal", lines)
    return [command, "-f", file, "print", f"--forecast={MONDAY}..{SUNDAY + timedelta(1)}"]


def _ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10 if number // 10 != 1 else 0, 'th') }"


def _khal(command: str, folder: Path, items: int) -> list[str]:
    for number, title, day in _titles(items):
        end = day + timedelta(1)
        fields = [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}", "RRULE:FREQ=MONTHLY"]
        _component(folder, "VEVENT", number, title, fields)
    settings = [
        "[calendars]", "[[plan]]", f"path = {folder}/items", "[locale]", "timeformat = %H:%M",
        "dateformat = %Y-%m-%d", "longdateformat = %Y-%m-%d", "datetimeformat = %Y-%m-%d %H:%M",
        "longdatetimeformat = %Y-%m-%d %H:%M", "[sqlite]", f"path = {folder}/khal.db",
    ]  # fmt: skip
    return [command, "-c", _write(folder / "khal.conf", settings), "list", MONDAY.isoformat(), "7d"]


def _todoman(command: str, folder: Path, items: int) -> list[str]:
    for number, title, day in _titles(items):
        _component(folder, "VTODO", number, title, [f"DUE;VALUE=DATE:{day:%Y%m%d}"])
    settings = [f'path = "{folder}/items"', f'cache_path = "{folder}/cache.sqlite3"', 'date_format = "%Y-%m-%d"']
    return [command, "--config", _write(folder / "config.py", settings), "list", "--due", "168"]


def _component(folder: Path, kind: str, number: int, title: str, fields: list[str]) -> None:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ustm//benchmarks//", f"BEGIN:{kind}"]
    own = [f"UID:{number}@benchmarks", "DTSTAMP:20201001T000000Z", f"SUMMARY:{title}", *fields]
    (folder / "items").mkdir(exist_ok=True)
    _write(folder / "items" / f"{number}.ics", [*head, *own, f"END:{kind}", "END:VCALENDAR"])


def _write(path: Path, lines: list[str]) -> str:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


PEERS: dict[str, tuple[str, Callable[[str, Path, int], list[str]]]] = {
    "Remind": ("remind", _remind),
    "calcurse": ("calcurse", _calcurse),
    "Taskwarrior": ("task", _taskwarrior),
    "hledger": ("hledger", _hledger),
    "khal": ("khal", _khal),
    "todoman": ("todo", _todoman),
}
