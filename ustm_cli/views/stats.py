"""How the year goes: what was on time, late, open and waived; cases and their promise; targets; the load ahead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from statistics import median
from typing import NamedTuple

from ustm_cli.dates.fiscal import DAY, Period, period_of
from ustm_cli.dates.workdays import Workdays
from ustm_cli.register.standing import FINISHED, Row
from ustm_cli.register.state import Attained
from ustm_cli.views.targets import ending_next, ends_of, reached


class Tally(NamedTuple):
    """Obligations counted. `open` holds those that are overdue, awaiting or running too; bars without end are left out.

    `late`: done after the deadline. `after_act_by`: those on time that were done after the last working day.
    """

    name: str
    on_time: int = 0
    late: int = 0
    open: int = 0
    waived: int = 0
    overdue: int = 0
    awaiting: int = 0
    after_act_by: int = 0

    @property
    def total(self) -> int:
        return self.on_time + self.late + self.open + self.waived

    @property
    def rate(self) -> float | None:
        """The share done on time of what was to be done by now: done or overdue; None where nothing was."""
        due = self.on_time + self.late + self.overdue
        return self.on_time / due if due else None


class CaseTally(NamedTuple):
    """The cases of one activity. Times are of closed cases, pauses left out; the 90th percentile is by nearest rank.
    `office_hours`: they are counted in those.

    `promised`: those whose promise is decided (closed, or past it); `kept`: those of them that were in time.
    """

    activity: str
    title: str
    received: int
    open: int
    overdue: int
    median: timedelta | None
    p90: timedelta | None
    promised: int
    kept: int
    office_hours: bool

    @property
    def share(self) -> float | None:
        return self.kept / self.promised if self.promised else None


class Target(NamedTuple):
    """Progress of an activity against its target. `by` is the day to act of its period that comes to an end next, or
    that was the last; `workdays_left` counts today.
    """

    fiscal_year: int
    activity: str
    title: str
    reached: int
    total: int
    unit: str
    on: date | None
    by: date | None
    workdays_left: int | None

    @property
    def left(self) -> int:
        return max(self.total - self.reached, 0)

    @property
    def pace(self) -> float | None:
        """How many a working day are needed to finish in time; None where no day is left or known."""
        return self.left / self.workdays_left if self.workdays_left else None


class Week(NamedTuple):
    """What is still to be done in a week, and what the superior must have in it."""

    period: Period
    due: int
    review: int
    workdays: int


class Stats(NamedTuple):
    today: date
    whole: Tally
    groups: tuple[Tally, ...]
    owners: tuple[Tally, ...]
    activities: tuple[Tally, ...]
    months: tuple[Tally, ...]
    cases: tuple[CaseTally, ...]
    targets: tuple[Target, ...]
    weeks: tuple[Week, ...]


class Aim(NamedTuple):
    """A target as a plan and its register state it, before it is set against the days."""

    file: str
    fiscal_year: int
    activity: str
    title: str
    recorded: Attained | None
    total: int
    unit: str
    workdays: Workdays


def stats(
    rows: Sequence[Row],
    today: date,
    aims: Iterable[Aim] = (),
    took: Mapping[str, timedelta] = {},
    workdays: Workdays = Workdays(),  # noqa: B008 (never changed)
    weeks: int = 8,
    *,
    office: Collection[str] = (),
) -> Stats:
    """`took`: by case id how long the closed ones took; `office`: the ids of those counted in office hours;
    `weeks`: how many weeks ahead, this one being the first.
    """
    counted = [row for row in rows if row.status != "ongoing"]
    ends = ends_of(rows)
    return Stats(
        today,
        _tally("", counted),
        _tallies(counted, lambda row: row.obligation.group),
        _tallies(counted, lambda row: row.obligation.owner),
        _tallies(counted, lambda row: row.obligation.activity),
        tuple(sorted(_tallies([row for row in counted if row.obligation.act_by], _month), key=lambda one: one.name)),
        _cases(rows, took, office),
        tuple(_target(aim, ends.get((aim.file, aim.activity), ()), today) for aim in aims),
        _weeks(rows, today, workdays, weeks),
    )


def _month(row: Row) -> str:
    assert row.obligation.act_by is not None
    return period_of("month", row.obligation.act_by).id


def _tallies(rows: Iterable[Row], key: Callable[[Row], str]) -> tuple[Tally, ...]:
    """One a key, in the order in which the keys come."""
    own: dict[str, list[Row]] = {}
    for row in rows:
        own.setdefault(key(row), []).append(row)
    return tuple(_tally(name, found) for name, found in own.items())


def _tally(name: str, rows: Sequence[Row]) -> Tally:
    statuses = [row.status for row in rows]
    return Tally(
        name,
        statuses.count("done"),
        statuses.count("done_late"),
        sum(status not in FINISHED for status in statuses),
        statuses.count("waived"),
        statuses.count("overdue"),
        statuses.count("awaiting"),
        sum(row.after_act_by for row in rows),
    )


# ---- cases


def _cases(rows: Iterable[Row], took: Mapping[str, timedelta], office: Collection[str]) -> tuple[CaseTally, ...]:
    own: dict[str, list[Row]] = {}
    for row in rows:
        if row.obligation.state == "case":
            own.setdefault(row.obligation.activity, []).append(row)
    return tuple(_case_tally(activity, found, took, office) for activity, found in own.items())


def _case_tally(
    activity: str, rows: Sequence[Row], took: Mapping[str, timedelta], office: Collection[str]
) -> CaseTally:
    times = sorted(took[row.obligation.id] for row in rows if row.obligation.id in took)
    decided = [row for row in rows if row.obligation.act_by and row.status in ("done", "done_late", "overdue")]
    statuses = [row.status for row in rows]
    return CaseTally(
        activity,
        rows[0].obligation.title,
        len(rows),
        sum(status not in FINISHED for status in statuses),
        statuses.count("overdue"),
        _median(times) if times else None,
        percentile(times, 90) if times else None,
        len(decided),
        sum(row.status == "done" for row in decided),
        all(row.obligation.id in office for row in rows),
    )


def _median(ordered: Sequence[timedelta]) -> timedelta:
    middle = median(one.total_seconds() for one in ordered)
    return timedelta(seconds=middle)


def percentile(ordered: Sequence[timedelta], percent: int) -> timedelta:
    """The smallest value that at least `percent` of the values do not exceed (nearest rank)."""
    return ordered[max(ceil(len(ordered) * percent / 100), 1) - 1]


# ---- targets and load


def _target(aim: Aim, ends: Sequence[date], today: date) -> Target:
    by, now = ending_next(ends, today), reached(aim.recorded, ends, today)
    left = aim.workdays.count(today, by) if by else None
    done, on = (now.reached, now.on) if now else (0, None)
    return Target(aim.fiscal_year, aim.activity, aim.title, done, aim.total, aim.unit, on, by, left)


def _weeks(rows: Sequence[Row], today: date, workdays: Workdays, count: int) -> tuple[Week, ...]:
    still = [row for row in rows if row.status not in FINISHED]
    found: list[Week] = []
    period = period_of("week", today)
    for _ in range(count):
        due = sum(row.obligation.act_by in period for row in still)
        review = sum(row.obligation.review_by in period and row.reviewed_on is None for row in still)
        found.append(Week(period, due, review, workdays.count(period.start, period.end)))
        period = period_of("week", period.end + DAY)
    return tuple(found)
