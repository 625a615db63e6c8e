"""Days of a calendar: what is due on each, what has its deadline or its review then, and the days off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.fiscal import DAY, Period, fiscal_year_of, month_after
from ustm_cli.dates.holidays import Holiday
from ustm_cli.register.standing import FINISHED, Row


class Day(NamedTuple):
    """`due`: to be acted on by this day. `deadlines`: those whose last day this is though act_by was earlier.

    `off`: the holidays of the day, on a Saturday or Sunday too. What is waived stands in none of them.
    """

    date: date
    off: tuple[Holiday, ...]
    due: tuple[Row, ...]
    deadlines: tuple[Row, ...]
    reviews: tuple[Row, ...]

    @property
    def workday(self) -> bool:
        return self.date.weekday() < 5 and not self.off

    @property
    def overdue(self) -> int:
        return sum(row.status == "overdue" for row in self.due)

    @property
    def unfinished(self) -> int:
        return sum(row.status not in FINISHED for row in self.due)


class Month(NamedTuple):
    """`awaiting`: rows without a date whose date should be known by a day of this month."""

    period: Period
    days: tuple[Day, ...]
    awaiting: tuple[Row, ...]

    @property
    def due(self) -> int:
        return sum(len(day.due) for day in self.days)

    @property
    def overdue(self) -> int:
        return sum(day.overdue for day in self.days)


class Calendar(NamedTuple):
    """One month, or the twelve of a fiscal year. `awaiting`, `ongoing`: how many of all rows have no day."""

    today: date
    fiscal_year: int
    months: tuple[Month, ...]
    awaiting: int
    ongoing: int
    years: tuple[int, ...]

    @property
    def days(self) -> Iterator[Day]:
        return (day for month in self.months for day in month.days)

    @property
    def outside(self) -> bool:
        """Whether no plan found is of this fiscal year."""
        return self.fiscal_year not in self.years


def calendar(
    rows: Iterable[Row],
    today: date,
    span: Period,
    holidays: Iterable[Holiday] = (),
    years: Iterable[int] = (),
) -> Calendar:
    """The months of `span`, a month or a fiscal year."""
    live = [row for row in rows if row.status != "waived"]
    index = _Index(live, holidays)
    months: list[Month] = []
    period = month_after(span.start, 0)
    while period.start <= span.end:
        months.append(index.month(period))
        period = month_after(period.start, 1)
    return Calendar(
        today,
        fiscal_year_of(span.start),
        tuple(months),
        sum(row.status == "awaiting" for row in live),
        sum(row.status == "ongoing" for row in live),
        tuple(sorted(set(years))),
    )


class _Index:
    """The rows by their days, so that every day is looked up once."""

    def __init__(self, rows: Iterable[Row], holidays: Iterable[Holiday]) -> None:
        self.due: dict[date, list[Row]] = {}
        self.deadlines: dict[date, list[Row]] = {}
        self.reviews: dict[date, list[Row]] = {}
        self.off: dict[date, list[Holiday]] = {}
        self.awaiting: list[Row] = []
        for row in sorted(rows, key=lambda row: row.obligation.id):
            self._take(row)
        for holiday in holidays:
            self.off.setdefault(holiday.date, []).append(holiday)

    def _take(self, row: Row) -> None:
        item = row.obligation
        if item.act_by:
            self.due.setdefault(item.act_by, []).append(row)
        if item.deadline and item.deadline != item.act_by:
            self.deadlines.setdefault(item.deadline, []).append(row)
        if item.review_by:
            self.reviews.setdefault(item.review_by, []).append(row)
        if row.status == "awaiting":
            self.awaiting.append(row)

    def month(self, period: Period) -> Month:
        days: list[Day] = []
        day = period.start
        while day <= period.end:
            days.append(self._day(day))
            day += DAY
        awaiting = (row for row in self.awaiting if row.obligation.known_by in period)
        return Month(period, tuple(days), tuple(sorted(awaiting, key=lambda row: row.obligation.known_by or day)))

    def _day(self, day: date) -> Day:
        found = (self.due, self.deadlines, self.reviews)
        due, deadlines, reviews = (tuple(rows.get(day, ())) for rows in found)
        return Day(day, tuple(self.off.get(day, ())), due, deadlines, reviews)
