"""Periods: the week, month, quarter or fiscal year that is reported on, and their ids.

The Thai fiscal year B.E. 2564 is 1 Oct 2563 - 30 Sep 2564; its quarters begin in October, January, April and July.
A week is the ISO week, in its ISO year + 543. Both ends of a period belong to it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from ustm_cli.dates.era import FIRST_BE_YEAR, LAST_BE_YEAR, OFFSET

Every = Literal["week", "month", "quarter", "year"]
DAY = timedelta(days=1)


class Period(NamedTuple):
    id: str
    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


def fiscal_year_of(day: date) -> int:
    """The fiscal year B.E. that holds the day."""
    return day.year + OFFSET + (day.month >= 10)


@lru_cache(maxsize=1024)
def fiscal_year(be_year: int) -> Period:
    ce_year = be_year - OFFSET
    return Period(f"FY{be_year}", date(ce_year - 1, 10, 1), date(ce_year, 9, 30))


@lru_cache(maxsize=4096)
def month(ce_year: int, number: int) -> Period:
    end = date(ce_year, number, monthrange(ce_year, number)[1])
    return Period(f"{ce_year + OFFSET}-{number:02d}", date(ce_year, number, 1), end)


def month_after(day: date, months: int) -> Period:
    """The month that lies `months` after the one of `day` (before it where negative)."""
    index = day.year * 12 + day.month - 1 + months
    return month(index // 12, index % 12 + 1)


@lru_cache(maxsize=1024)
def quarter(be_year: int, number: int) -> Period:
    start = month_after(fiscal_year(be_year).start, 3 * number - 3).start
    return Period(f"{be_year}-Q{number}", start, month_after(start, 2).end)


@lru_cache(maxsize=4096)
def _week(monday: date) -> Period:
    iso = monday.isocalendar()
    return Period(f"{iso.year + OFFSET}-W{iso.week:02d}", monday, monday + 6 * DAY)


def period_of(every: Every, day: date) -> Period:
    """The period that holds the day."""
    match every:
        case "month":
            return month(day.year, day.month)
        case "quarter":
            return quarter(fiscal_year_of(day), (day.month + 2) % 12 // 3 + 1)
        case "week":
            return _week(day - day.weekday() * DAY)
        case "year":
            return fiscal_year(fiscal_year_of(day))


def periods_in(every: Every, span: Period) -> list[Period]:
    """The periods whose first day lies in `span`, in order."""
    period = period_of(every, span.start)
    if period.start < span.start:
        period = period_of(every, period.end + DAY)
    periods: list[Period] = []
    while period.start <= span.end:
        periods.append(period)
        period = period_of(every, period.end + DAY)
    return periods


_ID = re.compile(r"FY(\d{4})|(\d{4})-(?:Q([1-4])|W(\d\d)|(\d\d))")


def parse_period(text: str) -> Period | None:
    """The period that an id names (`2563-09`, `2564-Q1`, `2564-W07`, `FY2563`), or None where it names none."""
    match = _ID.fullmatch(text)
    if match is None:
        return None
    year, be_year, quarter_no, week_no, month_no = match.groups()
    be = int(year or be_year)
    if not FIRST_BE_YEAR <= be <= LAST_BE_YEAR:
        return None
    if year:
        return fiscal_year(be)
    if quarter_no:
        return quarter(be, int(quarter_no))
    if month_no:
        return month(be - OFFSET, int(month_no)) if 1 <= int(month_no) <= 12 else None
    try:
        return _week(date.fromisocalendar(be - OFFSET, int(week_no), 1))
    except ValueError:
        return None
