"""The office's twelve-month table: its rows as the plan has them, its marks from the expanded obligations.

A **range** runs from the day an obligation opens to its deadline, a **point** is a deadline, an **awaiting** mark
stands in the month in which the date is expected, a **continuous** one over all the months of a duty that goes on or
that begins whenever something is received, a **cancelled** one where a period is waived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from ustm_cli.dates.fiscal import Period, fiscal_year, month_after, parse_period
from ustm_cli.deadlines.base import Known, Rule
from ustm_cli.obligations import Obligation
from ustm_cli.plan.load import Placed, Plan
from ustm_cli.plan.model import Activity, Group, Mission, Timing, WorkPlan
from ustm_cli.register.standing import Row
from ustm_cli.views.wording import Wording, times_of, wording

MONTHS = 12
# Rules that name a stretch of days to do the work in, and not a day to have done it by.
STRETCHES = frozenset({"date_range", "period", "month_of_period", "in_months", "at_least", "week_of_month"})

MarkKind = Literal["range", "point", "awaiting", "continuous", "cancelled"]
Part = Literal["whole", "start", "middle", "end"]
LineKind = Literal["work_plan", "mission", "activity"]


class Due(NamedTuple):
    """A deadline with its act_by."""

    deadline: date
    act_by: date


class Mark(NamedTuple):
    """What one month's cell shows of one stretch of days.

    `part`: whether the stretch lies wholly in this month, or starts, goes through or ends here. `first` and `last`:
    the days of the whole stretch. `due`: the deadlines in this month, of a point all of its kind in the month.
    `lane`: at which height of the cell it stands, from 0 at the top, the same in all months of the stretch.
    """

    kind: MarkKind
    part: Part
    first: date
    last: date
    due: tuple[Due, ...]
    lane: int = 0


class Line(NamedTuple):
    """A row of the table: an activity, or the heading of a work plan or a mission (whose months are all empty).

    `lanes`: how many heights each month's cell has; some may be empty there. `outside`: deadlines that fall outside
    the year's twelve months.
    """

    kind: LineKind
    id: str
    number: str
    title: str
    times: tuple[Wording, ...]
    review: Wording | None
    send_to: tuple[str, ...]
    note: str
    follow_up: str
    owner: str
    months: tuple[tuple[Mark, ...], ...]
    lanes: tuple[int, ...]
    outside: tuple[Due, ...]


class Section(NamedTuple):
    """A group of the office."""

    title: str
    lines: tuple[Line, ...]


class Office(NamedTuple):
    name: str
    province: str
    sections: tuple[Section, ...]


class Table(NamedTuple):
    """`months`: the first day of each of the twelve."""

    fiscal_year: int
    months: tuple[date, ...]
    offices: tuple[Office, ...]


NO_MARKS: tuple[tuple[Mark, ...], ...] = ((),) * MONTHS
NO_LANES = (0,) * MONTHS


def table(be_year: int, plans: Iterable[Plan], rows: Iterable[Row], known: Callable[[Plan], Known]) -> Table:
    """The table of one fiscal year; `rows` may hold other years' and other plans' obligations too.

    `known`: what is known beside a plan.
    """
    year = fiscal_year(be_year)
    months = tuple(month_after(year.start, number).start for number in range(MONTHS))
    found: dict[tuple[str, str], list[Obligation]] = {}
    for row in rows:
        found.setdefault((row.obligation.file, row.obligation.activity), []).append(row.obligation)
    return Table(be_year, months, tuple(_office(plan, known(plan), year, found) for plan in plans))


def _office(plan: Plan, known: Known, year: Period, found: Mapping[tuple[str, str], list[Obligation]]) -> Office:
    placed = {item.id: item for item in plan.activities}

    def line(activity: Activity) -> Line:
        items = found.get((plan.file, activity.id), [])
        return _activity(plan, placed[activity.id], known, year, items)

    sections = tuple(
        Section(group.title, tuple(line(item) if isinstance(item, Activity) else item for item in _walk(group)))
        for group in plan.body.groups
    )
    return Office(plan.body.office or "", plan.province, sections)


def _walk(group: Group) -> Iterator[Activity | Line]:
    """The activities of a group in the order of the plan, the headings of what holds them before them."""
    yield from group.activities
    yield from _missions(group.missions)
    for work_plan in group.work_plans:
        yield _heading("work_plan", work_plan)
        yield from work_plan.activities
        yield from _missions(work_plan.missions)


def _missions(missions: Iterable[Mission]) -> Iterator[Activity | Line]:
    for mission in missions:
        yield _heading("mission", mission)
        yield from mission.activities


def _heading(kind: LineKind, holder: WorkPlan | Mission) -> Line:
    return Line(
        kind, holder.id or "", holder.number or "", holder.title, (), None, (), "", "", "", NO_MARKS, NO_LANES, ()
    )  # fmt: skip


def _activity(plan: Plan, placed: Placed, known: Known, year: Period, items: Sequence[Obligation]) -> Line:
    activity = placed.activity
    marks, outside = _marks(list(_stretches(plan, placed, known, year, items)), year)
    return Line(
        "activity",
        activity.id,
        activity.number or "",
        activity.title,
        times_of(placed, plan.events),
        wording(placed.review, plan.events, headless=True) if placed.review else None,
        tuple(activity.send_to),
        activity.note or "",
        activity.follow_up or "",
        placed.owner,
        marks,
        _lanes(marks),
        outside,
    )


# ---- from obligations to stretches of days


class Stretch(NamedTuple):
    kind: MarkKind
    first: date
    last: date
    due: Due | None = None


def _stretches(
    plan: Plan, placed: Placed, known: Known, year: Period, items: Sequence[Obligation]
) -> Iterator[Stretch]:
    if any(_goes_on(timing.rule) for timing in placed.timings):
        start, end = placed.activity.from_ or year.start, placed.activity.until or year.end
        yield Stretch("continuous", max(start, year.start), min(end, year.end))
    for item in items:
        hung = plan.event_of(placed, item.period)
        rule = _rule_of(item, placed.timings, hung and hung[0])
        if rule is not None and not _goes_on(rule):
            expected = _expected_event(plan, *hung, known) if hung else _expected(item, rule, year)
            yield _stretch(item, rule, expected)


def _goes_on(rule: Rule) -> bool:
    """Whether the work is never once done: continuous, on every receipt, on every working day."""
    return rule.family in ("ongoing", "receipt") or getattr(rule, "every", None) == "workday"


def _rule_of(item: Obligation, timings: Sequence[Timing], event: str | None) -> Rule | None:
    """The rule that an obligation came from: the one whose key it bears, whose event, or whose kind of period."""
    for timing in timings:
        if timing.key and item.period.endswith(f".{timing.key}"):
            return timing.rule
    kind, kin = _kind_of(item.period), [one.rule for one in timings if getattr(one.rule, "event", None) == event]
    same = (rule for rule in kin if event or getattr(rule, "every", "year") == kind)
    return next(same, timings[0].rule if timings else None)


def _kind_of(period: str) -> str:
    head = period.partition(".")[0]
    return "year" if head.startswith("FY") else {"Q": "quarter", "W": "week"}.get(head[5:6], "month")


def _stretch(item: Obligation, rule: Rule, expected: Period) -> Stretch:
    deadline, act_by = item.deadline, item.act_by
    if deadline is None or act_by is None:
        return Stretch("cancelled" if item.cancelled is not None else "awaiting", expected.start, expected.end)
    due = Due(deadline, act_by)
    if item.cancelled is not None:
        return Stretch("cancelled", deadline, deadline, due)
    if item.opens is not None and _is_range(rule, item.opens, deadline):
        return Stretch("range", item.opens, deadline, due)
    return Stretch("point", deadline, deadline, due)


def _is_range(rule: Rule, opens: date, deadline: date) -> bool:
    if opens >= deadline or getattr(rule, "every", None) == "week":
        return False
    if rule.rule in STRETCHES:
        return True
    # “Within 50 days of the year's end” and “by 30 Jan” leave months to do it in; a monthly report's would overlap.
    once = rule.rule == "on_date" or (rule.rule == "after_period_end" and getattr(rule, "every", None) == "year")
    return once and (opens.year, opens.month) != (deadline.year, deadline.month)


def _expected(item: Obligation, rule: Rule, year: Period) -> Period:
    """That in which a date is awaited that hangs on no event: a month named, a period, at worst the year."""
    return parse_period(getattr(rule, "about", None) or item.period.partition(".")[0]) or year


def _expected_event(plan: Plan, id: str, period: str, known: Known) -> Period:
    """That in which an event of a period is awaited: a month known or expected, else its period."""
    name, _, number = period.partition(".")
    told = known.events.get(id, {}).get(name, ())[int(number or 1) - 1 :]
    if told and told[0].month:
        return told[0].month
    whole: Any = parse_period(name)
    expected: Any = plan.events[id].expected
    if isinstance(expected, date):
        expected = month_after(expected, 0)
    elif isinstance(expected, int):
        months = (month_after(whole.start, number) for number in range(MONTHS))
        expected = next((month for month in months if month.start.month == expected), None)
    return expected if isinstance(expected, Period) and expected.start in whole else whole


# ---- from stretches to the cells of months


def _marks(stretches: Sequence[Stretch], year: Period) -> tuple[tuple[tuple[Mark, ...], ...], tuple[Due, ...]]:
    cells: list[list[Mark]] = [[] for _ in range(MONTHS)]
    outside: list[Due] = []
    for stretch in sorted(stretches, key=lambda one: (one.first, one.last, one.kind)):
        if stretch.last < year.start or stretch.first > year.end:
            outside += [stretch.due] if stretch.due else []
            continue
        if stretch.due and stretch.due.deadline > year.end:
            outside.append(stretch.due)
        numbers = range(_month(max(stretch.first, year.start), year), _month(min(stretch.last, year.end), year) + 1)
        taken = {mark.lane for number in numbers for mark in cells[number]}
        lane = next(lane for lane in range(len(taken) + 1) if lane not in taken)
        for number in numbers:
            _add(cells[number], _mark(stretch, month_after(year.start, number), lane))
    return tuple(tuple(sorted(cell, key=lambda mark: mark.lane)) for cell in cells), tuple(outside)


def _lanes(months: Sequence[Sequence[Mark]]) -> tuple[int, ...]:
    """Months that a stretch goes through have as many lanes as each other, lest it change its height among them."""
    through = [any(mark.part != "whole" for mark in marks) for marks in months]
    counts = [max((mark.lane + 1 for mark in marks), default=0) for marks in months]
    most = max((count for count, goes in zip(counts, through, strict=True) if goes), default=0)
    return tuple(most if goes else count for count, goes in zip(counts, through, strict=True))


def _month(day: date, year: Period) -> int:
    """0 for October to 11 for September."""
    return (day.year - year.start.year) * 12 + day.month - year.start.month


def _mark(stretch: Stretch, month: Period, lane: int) -> Mark:
    starts, ends = stretch.first >= month.start, stretch.last <= month.end
    part: Part = "whole" if starts and ends else "start" if starts else "end" if ends else "middle"
    due = (stretch.due,) if stretch.due and stretch.due.deadline in month else ()
    return Mark(stretch.kind, part, stretch.first, stretch.last, due, lane)


def _add(cell: list[Mark], mark: Mark) -> None:
    """Points of one month are one mark with several deadlines; a deadline is told once."""
    for number, other in enumerate(cell):
        if mark.kind == other.kind == "point":
            due = other.due if mark.due[0] in other.due else (*other.due, *mark.due)
            cell[number] = other._replace(last=max(other.last, mark.last), due=due)
            return
    cell.append(mark)
