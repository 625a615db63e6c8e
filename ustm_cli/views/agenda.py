"""What is due in a span of days: the one selection that every output of `due` shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.era import OFFSET
from ustm_cli.dates.fiscal import DAY, fiscal_year, fiscal_year_of, period_of
from ustm_cli.dates.holidays import Holiday
from ustm_cli.register.standing import FINISHED, Row


class Span(NamedTuple):
    """Days start..end, both included; `explicit` when the user named both ends."""

    start: date
    end: date
    explicit: bool = False

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


class Filters(NamedTuple):
    """Texts that must occur in an obligation's group, owner and activity, and the statuses wanted; empty: any."""

    groups: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()

    def pass_(self, row: Row) -> bool:
        item = row.obligation
        wanted = not self.statuses or row.status in self.statuses
        return wanted and self.pass_on(item.group, item.owner, item.activity)

    def pass_on(self, group: str, owner: str, activity: str) -> bool:
        """Whether an activity passes, whatever its status."""
        return (
            _any_in(self.groups, group)
            and _any_in(self.owners, owner)
            and (not self.activities or activity in self.activities)
        )


def _any_in(wanted: Sequence[str], text: str) -> bool:
    return not wanted or any(word.casefold() in text.casefold() for word in wanted)


class Wanted(NamedTuple):
    """What to hold beside what is due: also open windows, also the finished; or only the overdue or the awaiting."""

    open: bool = False
    all: bool = False
    overdue: bool = False
    awaiting: bool = False

    @property
    def only(self) -> tuple[str, ...]:
        return ("overdue",) * self.overdue + ("awaiting",) * self.awaiting


JUST_DUE = Wanted()
NO_FILTERS = Filters()


class Agenda(NamedTuple):
    """The rows of a span in order, the days off in it, and how many stand beside it."""

    today: date
    span: Span
    rows: tuple[Row, ...]
    holidays: tuple[Holiday, ...]
    open_beside: int
    awaiting_beside: int
    running_beside: int
    years: tuple[int, ...]
    overdue_before: int = 0
    """How many overdue rows stand before those that are held, of a selection that was too long to hold."""

    @property
    def offices(self) -> int:
        """How many offices the rows are of."""
        return len({row.obligation.office for row in self.rows})

    @property
    def outside(self) -> bool:
        """Whether today lies outside every plan found."""
        return fiscal_year_of(self.today) not in self.years

    @property
    def next_year_missing(self) -> int | None:
        """The fiscal year that has no plan yet, from the last month of the last plan's year on."""
        last = max(self.years)
        return last + 1 if self.today >= date(last - OFFSET, 9, 1) else None


def agenda(
    rows: Iterable[Row],
    today: date,
    span: Span,
    wanted: Wanted = JUST_DUE,
    filters: Filters = NO_FILTERS,
    holidays: Iterable[Holiday] = (),
    years: Iterable[int] = (),
) -> Agenda:
    chosen: list[Row] = []
    beside = Beside(span)
    for row in rows:
        if filters.pass_(row):
            if is_wanted(row, span, wanted, filters):
                chosen.append(row)
            else:
                beside.take(row)
    held = tuple(sorted(chosen, key=order))
    return Agenda(today, span, held, tuple(holidays), *beside.counts, tuple(sorted(set(years))))


class Beside:
    """Counts what a selection leaves out, and another option would show."""

    def __init__(self, span: Span) -> None:
        self.span = span
        self.open = self.awaiting = self.running = 0

    def take(self, row: Row) -> None:
        self.open += row.status in ("open", "ongoing", "overdue") and _is_open(row, self.span)
        self.awaiting += row.status == "awaiting"
        self.running += row.status == "running"

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.open, self.awaiting, self.running


def is_wanted(row: Row, span: Span, wanted: Wanted, filters: Filters = NO_FILTERS) -> bool:
    if wanted.only:
        return row.status in wanted.only
    item = row.obligation
    if row.status in FINISHED and not wanted.all and not set(filters.statuses) & set(FINISHED):
        return False
    if item.act_by in span or item.review_by in span:
        return True
    if row.status == "overdue" and item.act_by is not None and item.act_by <= span.end:
        return True
    if row.status == "running" and _runs_on(row, span):
        return True
    if row.status == "awaiting":
        return item.known_by is not None and item.known_by <= span.end
    if row.status in FINISHED:
        return row.done_on in span or (item.act_by is None and _stood_in(row, span))
    # What never falls due is asked for by its status alone.
    asked = wanted.open or (item.act_by is None and bool(filters.statuses))
    return asked and _is_open(row, span)


def _runs_on(row: Row, span: Span) -> bool:
    """Whether the days of a clock from its last working day to its moment, which may lie after it, meet the span."""
    act_by, due_at = row.obligation.act_by, row.obligation.due_at
    return act_by is not None and act_by <= span.end and due_at is not None and due_at.date() >= span.start


def _stood_in(row: Row, span: Span) -> bool:
    """Whether what was finished without any act_by has its place in the span.

    That is from the day by which its date was to be known, which may lie before its year, to the day it opens, else
    its year's first. What was waived with no day at all belongs to every span.
    """
    item = row.obligation
    first = item.known_by or row.done_on or item.opens or span.start
    last = max(first, item.opens or fiscal_year(item.fiscal_year).start)
    return first <= span.end and last >= span.start


def _is_open(row: Row, span: Span) -> bool:
    """Whether the obligation's window, from its opening to its last day, meets the span."""
    item = row.obligation
    opens, last = item.opens, item.act_by or item.closes
    return opens is not None and opens <= span.end and (last is None or last >= span.start)


def order(row: Row) -> tuple[date, date, str]:
    item = row.obligation
    return item.act_by or date.max, item.deadline or date.max, item.id


# ---- spans


def week(today: date) -> Span:
    """Monday to Sunday of the day."""
    period = period_of("week", today)
    return Span(period.start, period.end)


def month(today: date) -> Span:
    period = period_of("month", today)
    return Span(period.start, period.end)


def quarter(today: date) -> Span:
    period = period_of("quarter", today)
    return Span(period.start, period.end)


def days(today: date, count: int) -> Span:
    """`count` days, today being the first."""
    return Span(today, today + (count - 1) * DAY)


def whole_year(be_year: int) -> Span:
    year = fiscal_year(be_year)
    return Span(year.start, year.end)
