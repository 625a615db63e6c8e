"""Counting days, working days and months, as the Civil and Commercial Code counts them (ss. 193/3, 193/5)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from ustm_cli.dates.fiscal import DAY, month_after
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Unit


def day_of(ce_year: int, month: int, day: int) -> date:
    """Day `day` of a month, or its last day where it has no such day."""
    return date(ce_year, month, min(day, monthrange(ce_year, month)[1]))


def after(start: date, count: int, unit: Unit, workdays: Workdays) -> date:
    """`count` units after `start`, which is not counted.

    Months are counted from the next day to the day before the corresponding one, or to the last day of a month that
    has none: 30 Sep + 1 month is 31 Oct, 31 Jan + 1 month is 28 or 29 Feb.
    """
    if unit == "day":
        return start + count * DAY
    if unit == "workday":
        return workdays.after(start, count)
    first = start + DAY
    target = month_after(first, count)
    corresponding = day_of(target.start.year, target.start.month, first.day)
    return corresponding - DAY if corresponding.day == first.day else corresponding


def before(end: date, count: int, unit: Unit, workdays: Workdays, *, clear: bool = False) -> date:
    """`count` units before `end`; with `clear`, so that `count` whole units lie between.

    Months before: the day of the same number, or the last day of a month that has none.
    """
    if unit == "workday":
        return workdays.before(end, count + clear)
    if unit == "month":
        target = month_after(end, -count)
        return day_of(target.start.year, target.start.month, end.day) - clear * DAY
    return end - (count + clear) * DAY
