"""What the commands that record share: who, when, of which obligation or case, and the writing itself."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import NamedTuple

from ustm_cli.checks import beyond
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.naming import some, typed, unknown, unknown_id
from ustm_cli.cli.registers import Register, append
from ustm_cli.cli.session import BANGKOK, Session, day_of
from ustm_cli.cli.world import World, unreviewed_years, warn_of_holidays, world_of
from ustm_cli.dates.era import format_be, to_arabic
from ustm_cli.dates.fiscal import fiscal_year, fiscal_year_of
from ustm_cli.deadlines.text import compose
from ustm_cli.obligations import Obligation, expand_activity
from ustm_cli.plan.load import Placed, Plan
from ustm_cli.register.records import LAST_MOMENT, Head, Record, harmless, new_id
from ustm_cli.register.standing import FINISHED, Row
from ustm_cli.register.state import Case, standing_id, state_of
from ustm_cli.views.cases import WALL, OwnClock

OFFICE_OPENS = clock(8, 30)
SECONDS = 10  # that git may take to say a name
TICK = timedelta(milliseconds=1)  # as exact as a register tells moments
A_LITTLE = timedelta(minutes=5)  # that the clocks of two machines may differ without a word


class Recorder:
    """Collects the records of one command, writes them and confirms them."""

    def __init__(self, session: Session, by: str | None, note: str | None = None) -> None:
        if session.as_of is not None:
            raise UseFault("as_of_recording")
        self.session = session
        self.world: World = world_of(session)
        self.by = text_of(by, "--by") or _by(session)
        self.note = text_of(note, "--note")
        self.told = set(unreviewed_years(self.world))
        self.made: dict[str, tuple[Register, list[Record]]] = {}
        self.said: list[str] = []
        self.clock_told = False
        self.outside: set[tuple[date, int]] = set()
        known = (record for register in self.world.registers.values() for record in register.records)
        self.last = max(((record.head.recorded, record.head.id) for record in known), default=None)

    def head(self) -> Head:
        """Records are read by the moment recorded: a clock that was set back must not put this one before others."""
        id, moment = new_id(time.time_ns(), noise()), self.session.now
        moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        if self.last is not None and (moment, id) <= self.last:
            if self.last[0] - moment > A_LITTLE and not self.clock_told:
                self.session.tell(self.session.voice.say("clock_behind", last=self.session.voice.moment(self.last[0])))
                self.clock_told = True
            moment = min(self.last[0] + TICK, LAST_MOMENT)
        self.last = (moment, id)
        return Head(id, moment, self.by, self.note)

    def add(self, plan_file: str, record: Record) -> None:
        register = self.world.registers[plan_file]
        self.made.setdefault(plan_file, (register, []))[1].append(record)

    def look_at(self, plan: Plan, day: date) -> None:
        """Say that a day lies outside the plan's year, once for all plans of that year: the year may be a slip."""
        slip = (day, plan.fiscal_year)
        if day not in fiscal_year(plan.fiscal_year) and slip not in self.outside:
            self.outside.add(slip)
            voice = self.session.voice
            self.session.tell(voice.say("outside_year", day=voice.day(day), year=plan.fiscal_year))

    def as_if(self, plan_file: str, record: Record, activities: Collection[str]) -> dict[str, Obligation]:
        """The obligations of some activities as they will be with one more record."""
        plan = next(plan for plan in self.world.plans if plan.file == plan_file)
        records = [*self.world.registers[plan_file].records, record]
        known, year = state_of(records).known(self.session.now), fiscal_year(plan.fiscal_year)
        workdays = self.world.off(plan).workdays
        placed = [one for one in plan.activities if one.id in activities]
        found = {item.id: item for one in placed for item in expand_activity(plan, one, year, workdays, known)}
        years = beyond(plan, found.values()) - self.told
        self.told |= years
        warn_of_holidays(self.session, years)
        return found

    def say(self, key: str, **facts: object) -> None:
        """A line to say once all is written."""
        self.said.append(self.session.voice.say(key, **facts))

    def write(self) -> None:
        for register, records in self.made.values():
            append(register, records)
        for line in self.said:
            self.session.say(line)


def noise() -> int:
    return int.from_bytes(os.urandom(5))


def _by(session: Session) -> str:
    """USTM_BY, else git's user.name, else the login name. Raises UseFault."""
    login = session.env.get("USER") or session.env.get("USERNAME")
    name = session.env.get("USTM_BY") or _git_name(session) or login
    if not name or not name.strip():
        raise UseFault("by_missing")
    return text_of(name, "--by") or ""


def _git_name(session: Session) -> str | None:
    try:
        found = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 (whichever git the user has)
            cwd=session.cwd, capture_output=True, check=False, timeout=SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.decode("utf-8", "replace").strip() or None


# ---- what was typed


def text_of(text: str | None, option: str) -> str | None:
    """The text composed and trimmed. Raises UseFault for an empty one, or one that is no text."""
    if text is None:
        return None
    if any("\ud800" <= char <= "\udfff" for char in text) or not (found := harmless(compose(text))):
        raise UseFault("empty_text", option=option)
    return found


def day_on(session: Session, text: str | None, option: str = "--on", *, force: bool = False) -> date:
    """The day it happened, by default today. Raises UseFault for one after today."""
    day = day_of(text) if text else session.today
    if day > session.today and not force:
        raise UseFault("in_future", option=option, day=session.voice.day(day), today=session.voice.day(session.today))
    return day


_CLOCK = re.compile(r"(?:(.*?)[ T]+)?(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s*น\.?)?")


def moment_at(session: Session, text: str | None, *, needs_clock: bool = True) -> datetime:
    """`2563-11-16 14:20`, `14:20` (today), or a day where no clock is needed; by default now. Raises UseFault."""
    if text is None:
        return session.now.replace(microsecond=0)
    plain = to_arabic(text.strip())
    match = _CLOCK.fullmatch(plain)
    if match is None:
        if needs_clock:
            raise UseFault("bad_moment", text=text, **_day_in(plain))
        return datetime.combine(day_on(session, plain, "--at"), OFFICE_OPENS, BANGKOK)
    hour, minute, second = (int(part or 0) for part in match.groups()[1:])
    if hour > 23 or minute > 59 or second > 59:
        raise UseFault("bad_moment", text=text, **_day_in(match[1] or ""))
    moment = datetime.combine(day_on(session, match[1], "--at"), clock(hour, minute, second), BANGKOK)
    # Of another day than the machine's, to which `--today` leads, no moment is later than now.
    now = max(session.now, datetime.now(BANGKOK))
    if moment - now > A_LITTLE:
        raise UseFault("in_future", option="--at", day=session.voice.moment(moment), today=session.voice.moment(now))
    return moment


def _day_in(text: str) -> dict[str, object]:
    """The day of an example, where one was typed or is offered for what was."""
    try:
        return {"example": format_be(day_of(text), "iso")}
    except UseFault as fault:
        return {"example": fault.facts["near"]} if "near" in fault.facts else {}


# ---- what it is recorded of


def rows_of(world: World, ids: Sequence[str]) -> list[Row]:
    """The rows of obligations named by id; an activity alone names its only obligation, a case all its clocks.

    Raises UseFault.
    """
    by_id: dict[str, list[Row]] = {}
    by_activity: dict[str, list[Row]] = {}
    for row in world.rows:
        by_id.setdefault(row.obligation.id, []).append(row)
        by_activity.setdefault(row.obligation.activity, []).append(row)
    found: list[Row] = []
    for id in dict.fromkeys(map(typed, ids)):
        activity, at, _ = id.partition("@")
        own = by_activity.get(activity, [])
        if not at and len({standing_id(row.obligation) for row in own}) > 1:
            raise UseFault("which_period", id=id, known=_open_first(own))
        matching = by_id.get(id, []) if at else own
        files = list(dict.fromkeys(row.obligation.file for row in matching))
        if len(files) > 1:
            raise UseFault("several_plans", id=id, files=some(files))
        case = None if matching else case_named(world, id)
        if not matching and case is None:
            raise unknown_id(world, id)
        found += case.named(id) if case else matching
    return found


def letter_of(world: World, obligation: Obligation) -> str | None:
    """The id of the letter on which an obligation hangs (`FY2564.2`), None of all others."""
    match = re.fullmatch(r"FY\d{4}\.(\d+)(\..+)?", obligation.period)
    letters = world.registers[obligation.file].state.letters.get(obligation.activity, ())
    return letters[int(match[1]) - 1].id if match and 0 < int(match[1]) <= len(letters) else None


def _open_first(rows: Sequence[Row]) -> str:
    """The ids of a few rows that are open, else of any."""
    wanted = [row for row in rows if row.status in ("overdue", "open", "running", "awaiting")] or rows
    return some([row.obligation.id for row in wanted])


def activity_of(world: World, id: str, day: date, family: str | None = None, fault: str = "") -> tuple[Plan, Placed]:
    """The activity in the plan of the day's fiscal year, else in the only plan that has it. Raises UseFault."""
    id = typed(id)
    places = world.placed(id)
    if not places:
        activity, at, _ = id.partition("@")
        if at and world.placed(activity):
            raise UseFault("activity_alone", id=id[:80], activity=activity)
        raise unknown_id(world, activity)
    if family and not any(timing.rule.family == family for _, placed in places for timing in placed.timings):
        raise UseFault(fault, id=id)
    own = [pair for pair in places if pair[0].fiscal_year == fiscal_year_of(day)] or places
    if len(own) > 1:
        raise UseFault("several_plans", id=id, files=some([plan.file for plan, _ in own]))
    return own[0]


class Running(NamedTuple):
    """A case, the file of its plan, and its rows (several where its activity has several clocks)."""

    case: Case
    file: str
    rows: list[Row]

    @property
    def row(self) -> Row:
        return self.rows[0]

    @property
    def ids(self) -> list[str]:
        """The case's own, and that of each clock."""
        return [self.case.id, *(row.obligation.id for row in self.rows)]

    def named(self, wanted: str) -> list[Row]:
        """The clock so named, else all."""
        return [row for row in self.rows if wanted in _spellings(row.obligation.id)] or self.rows


def cases_of(world: World) -> list[Running]:
    """The cases of all plans, by receipt."""
    rows: dict[tuple[str, str], list[Row]] = {}
    for row in world.rows:
        if row.obligation.state == "case":
            id = ".".join(row.obligation.id.split(".")[:2])
            rows.setdefault((row.obligation.file, id), []).append(row)
    found = [
        Running(case, file, rows[file, case.id])
        for file, register in world.registers.items()
        for case in register.state.cases.values()
        if (file, case.id) in rows
    ]
    return sorted(found, key=lambda one: (one.case.received, one.case.id))


def own_clocks(world: World) -> Callable[[Row], OwnClock]:
    """By which clock the time of a case's row is counted."""
    office = {
        (plan.file, placed.id, timing.key or ""): OwnClock(world.off(plan).workdays)
        for plan in world.plans
        for placed in plan.activities
        for timing in placed.timings
        if getattr(timing.rule, "office_hours", False)
    }

    def own(row: Row) -> OwnClock:
        _, _, key = row.obligation.period.partition(".")[2].partition(".")
        return office.get((row.obligation.file, row.obligation.activity, key), WALL)

    return own


def case_named(world: World, wanted: str) -> Running | None:
    """The case named by its id or that of one of its clocks, by what stands behind the @ or the dot, or by the only
    beginning. Raises UseFault.
    """
    if not wanted.rpartition("@")[2].startswith(("c", "FY")):
        return None
    running = cases_of(world)
    exact = [one for one in running if any(wanted in _spellings(id) for id in one.ids)]
    found = exact or [one for one in running if any(name.startswith(wanted) for name in _spellings(one.case.id)[1:])]
    if len(found) > 1:
        raise UseFault("which_case", id=wanted[:80], known=some([one.case.id for one in found]))
    if found and not exact and len(wanted.rpartition(".")[2]) < 3:
        raise UseFault("unknown_near", id=wanted[:80], near=found[0].case.id)
    return found[0] if found else None


def case_of(world: World, wanted: str) -> Running:
    """The case named as `case_named` takes it, or by its activity: its only one, else its only open one.

    Raises UseFault.
    """
    wanted = typed(wanted)
    if case := case_named(world, wanted):
        return case
    every = cases_of(world)
    open_ones = [one for one in every if any(row.status not in FINISHED for row in one.rows)]
    own = [one for one in every if one.case.activity == wanted]
    found = [one for one in own if one in open_ones]
    if len(found) > 1:
        raise UseFault("which_case", id=wanted[:80], known=some([one.case.id for one in found]))
    if len(found or own) == 1:
        return (found or own)[0]
    if any(wanted in row.obligation[:2] and row.obligation.state != "case" for row in world.rows):
        raise UseFault("not_a_case", id=wanted)
    if world.placed(wanted):
        raise UseFault("no_open_case", id=wanted)
    raise unknown(wanted, [one.case.id for one in open_ones])


def _spellings(id: str) -> tuple[str, str, str]:
    """A case's id or a clock's: whole, behind the @, and behind the dot."""
    period = id.partition("@")[2]
    return id, period, period.partition(".")[2]
