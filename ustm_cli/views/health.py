"""What `ustm doctor` found: of the machine and of the plans, each with what to do where something is to be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, NamedTuple

Level = Literal["good", "note", "bad"]
BANGKOK = timedelta(hours=7)
LEAST_PYTHON = (3, 11)
LEAST_GIT = (2, 24)
NARROW = 60


@dataclass(frozen=True)
class Machine:
    """Facts as they were asked of the machine; None: not found, or not to be found out."""

    python: tuple[int, int, int]
    system: str
    terminal: bool
    width: int
    encoding: str
    encodes_thai: bool
    language: str
    fonts: tuple[str, ...] | None
    browser: str | None
    git: tuple[int, ...] | None
    textconv: bool | None
    schedulers: tuple[str, ...]
    utc_offset: timedelta
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Office:
    """The plans and settings that were found. `covers`: fiscal years whose holidays are known."""

    fiscal_year: int
    covers: range
    reviewed: frozenset[int]
    years: tuple[int, ...]
    faulty: tuple[str, ...]
    settings: Literal["good", "faulty", "none"]


class Point(NamedTuple):
    """One thing looked at: `key` names its sentences (`doctor_KEY_LEVEL`), `facts` fill them."""

    key: str
    level: Level
    facts: Mapping[str, object]


def examined(machine: Machine, office: Office) -> list[Point]:
    return [*_machine(machine), *_office(office)]


def _machine(machine: Machine) -> Iterable[Point]:
    def point(key: str, level: Level, **facts: object) -> Point:
        return Point(key, level, facts)

    python = ".".join(map(str, machine.python))
    yield point(
        "python", "good" if machine.python[:2] >= LEAST_PYTHON else "bad", version=python, system=machine.system
    )
    yield point("encoding", "good" if machine.encodes_thai else "bad", encoding=machine.encoding)
    narrow = machine.terminal and machine.width < NARROW
    yield (
        point("terminal", "note" if narrow or not machine.terminal else "good", width=machine.width)
        if (narrow or machine.terminal)
        else point("piped", "good", width=machine.width)
    )
    yield point("locale", "good" if machine.language else "note", language=machine.language)
    if machine.fonts is None:
        yield point("fonts_unknown", "note")
    else:
        yield point(
            "fonts", "good" if machine.fonts else "bad", names=", ".join(machine.fonts[:3]), count=len(machine.fonts)
        )
    yield point("browser", "good" if machine.browser else "note", program=machine.browser)
    if machine.git is None or machine.git < LEAST_GIT:
        yield point("git", "bad", version=".".join(map(str, machine.git or ())) or "-")
    else:
        yield point("git", "good", version=".".join(map(str, machine.git)))
        if machine.textconv is not None:
            yield point("textconv", "good" if machine.textconv else "note")
    yield point("cron", "good" if machine.schedulers else "note", names=", ".join(machine.schedulers))
    hours = machine.utc_offset.total_seconds() / 3600
    yield point("zone", "good" if machine.utc_offset == BANGKOK else "note", offset=f"UTC{hours:+g}")


def _office(office: Office) -> Iterable[Point]:
    def point(key: str, level: Level, **facts: object) -> Point:
        return Point(key, level, facts)

    year, covers = office.fiscal_year, office.covers
    known = year in covers and year + 1 in covers
    yield point("coverage", "good" if known else "bad", first=covers[0], last=covers[-1], year=year)
    wanted = sorted({*office.years, year} - office.reviewed)
    yield point("reviewed", "note" if wanted else "good", years=", ".join(map(str, wanted)))
    if not office.years and not office.faulty:
        yield point("plans", "note", years="")
    elif office.faulty:
        yield point("plans", "bad", years=", ".join(office.faulty))
    else:
        yield point("plans", "good", years=", ".join(map(str, office.years)))
    levels: Mapping[str, Level] = {"good": "good", "faulty": "bad", "none": "note"}
    yield point("settings", levels[office.settings])
