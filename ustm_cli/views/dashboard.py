"""How the office stands today: what is overdue, due, awaited and running, targets, and how punctual and busy it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from ustm_cli.dates.fiscal import DAY, Period, fiscal_year, fiscal_year_of, month_after, period_of
from ustm_cli.plan.load import Plan
from ustm_cli.register.standing import FINISHED, STATUSES, Row
from ustm_cli.register.state import Attained
from ustm_cli.views.entry import Entry, by_day, entry_of
from ustm_cli.views.targets import Ends, ends_of, reached

SectionKind = Literal["overdue", "week", "next", "awaiting", "running", "later", "finished"]
SECTIONS: tuple[SectionKind, ...] = ("overdue", "week", "next", "awaiting", "running", "later", "finished")
SOON = 30  # calendar days ahead that count as near


NONE_RECORDED: Mapping[tuple[str, str], Attained] = {}


class Section(NamedTuple):
    kind: SectionKind
    entries: tuple[Entry, ...]


class Progress(NamedTuple):
    """How far an activity is: `done` None while nothing is recorded of the period that ends next, `total` None without
    a target.
    """

    activity: str
    title: str
    group: str
    owner: str
    done: int | None
    total: int | None
    unit: str


class MonthCount(NamedTuple):
    """The obligations to act by in one month: finished in time, finished late, overdue, still to come."""

    first: date
    on_time: int
    late: int
    overdue: int
    ahead: int


class WeekCount(NamedTuple):
    """The obligations to act by in the week that begins on `monday`."""

    monday: date
    due: int
    current: bool


class Dashboard(NamedTuple):
    """`fiscal_year`: the one that the charts show: today's, else the plans' nearest. `soon`: how many days are near.

    `punctual`: percent in time of all that has fallen due or is finished, None while there is nothing such.
    """

    today: date
    soon: int
    fiscal_year: int
    offices: tuple[str, ...]
    sections: tuple[Section, ...]
    progress: tuple[Progress, ...]
    months: tuple[MonthCount, ...]
    weeks: tuple[WeekCount, ...]
    punctual: int | None
    groups: tuple[str, ...]
    owners: tuple[str, ...]
    statuses: tuple[str, ...]


def dashboard(
    plans: Sequence[Plan],
    rows: Sequence[Row],
    today: date,
    recorded: Mapping[tuple[str, str], Attained] = NONE_RECORDED,
) -> Dashboard:
    """`recorded`: what is recorded of targets, by (plan file, activity)."""
    entries = sorted(map(entry_of, rows), key=by_day)
    be_year = _year_shown(plans, today)
    months = tuple(_month_counts(entries, fiscal_year(be_year)))
    return Dashboard(
        today,
        SOON,
        be_year,
        tuple(dict.fromkeys(plan.body.office for plan in plans if plan.body.office)),
        tuple(_sections(entries, today)),
        tuple(_progress(plans, ends_of(rows), recorded, today)),
        months,
        tuple(_week_counts(entries, fiscal_year(be_year), today)),
        _punctual(entries),
        tuple(dict.fromkeys(entry.group for entry in entries)),
        tuple(dict.fromkeys(entry.owner for entry in entries)),
        tuple(status for status in STATUSES if any(entry.status == status for entry in entries)),
    )


def _year_shown(plans: Sequence[Plan], today: date) -> int:
    years = sorted({plan.fiscal_year for plan in plans})
    return min(years, key=lambda be_year: abs(be_year - fiscal_year_of(today)))


def _sections(entries: Iterable[Entry], today: date) -> Iterator[Section]:
    found: dict[SectionKind, list[Entry]] = {kind: [] for kind in SECTIONS}
    week = period_of("week", today)
    for entry in entries:
        found[_section_of(entry, today, week)].append(entry)
    found["finished"].reverse()
    for kind in SECTIONS:
        yield Section(kind, tuple(found[kind]))


def _section_of(entry: Entry, today: date, week: Period) -> SectionKind:
    """The one section that an obligation stands in."""
    if entry.status in FINISHED:
        return "finished"
    if entry.status == "overdue":
        return "overdue"
    if entry.status == "running":
        return "running"
    if entry.act_by in week or entry.review_by in week:
        return "week"
    soon = today + SOON * DAY
    if entry.status == "awaiting":
        return "awaiting" if entry.known_by and entry.known_by <= soon else "later"
    return "next" if entry.act_by and entry.act_by <= soon else "later"


def _progress(
    plans: Iterable[Plan], ends: Ends, recorded: Mapping[tuple[str, str], Attained], today: date
) -> Iterator[Progress]:
    for plan in plans:
        for placed in plan.activities:
            target, known = placed.activity.target, recorded.get((plan.file, placed.id))
            now = reached(known, ends.get((plan.file, placed.id), ()), today)
            total = (known and known.total) or (target.count if target else None)
            if target or known:
                yield Progress(
                    placed.id,
                    placed.activity.title,
                    placed.group.title,
                    placed.owner,
                    now.reached if now else None,
                    total,
                    (target and target.unit) or "",
                )


def _month_counts(entries: Sequence[Entry], span: Period) -> Iterator[MonthCount]:
    for number in range(12):
        month = month_after(span.start, number)
        inside = [entry.status for entry in entries if entry.act_by in month]
        yield MonthCount(
            month.start,
            inside.count("done"),
            inside.count("done_late"),
            inside.count("overdue"),
            inside.count("open") + inside.count("running"),
        )


def _week_counts(entries: Sequence[Entry], span: Period, today: date) -> Iterator[WeekCount]:
    week = period_of("week", span.start)
    while week.start <= span.end:
        due = sum(entry.act_by in week and entry.status != "waived" for entry in entries)
        yield WeekCount(week.start, due, today in week)
        week = period_of("week", week.end + DAY)


def _punctual(entries: Iterable[Entry]) -> int | None:
    statuses = [entry.status for entry in entries]
    on_time = statuses.count("done")
    judged = on_time + statuses.count("done_late") + statuses.count("overdue")
    return round(100 * on_time / judged) if judged else None
