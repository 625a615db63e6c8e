"""Days of a calendar: what stands on which."""

from __future__ import annotations

from datetime import date

from made_rows import DAY, row

from ustm_cli.dates.fiscal import fiscal_year, month
from ustm_cli.dates.holidays import Holiday
from ustm_cli.register.standing import Row
from ustm_cli.views.calendar import Day, calendar

NOVEMBER = month(2020, 11)
TODAY = date(2020, 11, 16)


def days(*rows: Row, off: tuple[Holiday, ...] = ()) -> dict[int, Day]:
    return {day.date.day: day for day in calendar(rows, TODAY, NOVEMBER, off).days}


def test_due_on_act_by_and_deadline_apart() -> None:
    """Work stands on its act_by day; on its deadline only where that is another day; its review on the review day."""
    found = days(row(deadline=date(2020, 11, 14), act_by=date(2020, 11, 13), review_by=date(2020, 11, 11)), row(id="b"))
    assert {number for number, day in found.items() if day.due} == {10, 13}
    assert {number for number, day in found.items() if day.deadlines} == {14}
    assert {number for number, day in found.items() if day.reviews} == {11}


def test_waived_stands_nowhere() -> None:
    """What is not to be done stands on no day; what is done stays, and is no longer unfinished."""
    found = days(row("waived"), row("done", id="b", done_on=DAY), row("overdue", id="c"))[10]
    assert [one.obligation.id for one in found.due] == ["b", "c"]
    assert (found.unfinished, found.overdue) == (1, 1)


def test_days_off() -> None:
    """A holiday is no working day, and is named even when it falls on a Sunday."""
    names = [Holiday(date(2020, 11, day), f"หยุด{day}", "off", "k", "nation", None, None, "") for day in (19, 22)]
    found = days(off=tuple(names))
    assert [number for number, day in found.items() if not day.workday] == [1, 7, 8, 14, 15, 19, 21, 22, 28, 29]
    assert [number for number, day in found.items() if day.off] == [19, 22]


def test_a_fiscal_year_is_twelve_months() -> None:
    """October to September, each day once."""
    found = calendar([row()], TODAY, fiscal_year(2564), years=[2564])
    assert [one.period.id for one in found.months][::11] == ["2563-10", "2564-09"]
    assert len(list(found.days)) == 365
    assert [one.due for one in found.months] == [0, 1] + [0] * 10
    assert not found.outside
    assert calendar([], TODAY, fiscal_year(2565), years=[2564]).outside


def test_awaited_in_the_month_its_date_is_needed() -> None:
    """What awaits its date stands in no day, and in the month of its known_by."""
    given = [
        row("awaiting", id="b", act_by=None, deadline=None, known_by=date(2020, 11, 27)),
        row("awaiting", id="a", act_by=None, deadline=None, known_by=date(2020, 11, 2)),
        row("awaiting", id="c", act_by=None, deadline=None),
        row("ongoing", id="d", act_by=None, deadline=None),
    ]
    found = calendar(given, TODAY, NOVEMBER)
    assert [one.obligation.id for one in found.months[0].awaiting] == ["a", "b"]
    assert (found.awaiting, found.ongoing) == (3, 1)
