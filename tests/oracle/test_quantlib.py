"""Working days, rolls, ends of months and months against QuantLib, whose calendar is told our days off."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import pytest
from compared import FACTOR, QUANTLIB, compared
from ours import DAY, FIRST, LAST, YEARS, all_days, deadlines, made_up, obligations, rule_of

from ustm_cli.dates.fiscal import fiscal_year, month_after
from ustm_cli.dates.holidays import days_off
from ustm_cli.dates.workdays import Roll, Workdays
from ustm_cli.deadlines import counting

ql = pytest.importorskip("QuantLib")

PLACES: dict[str, Callable[[], Workdays]] = {
    "อุบลราชธานี": lambda: days_off("อุบลราชธานี").workdays,
    "เชียงใหม่": lambda: days_off("เชียงใหม่").workdays,
    "made up": lambda: made_up(21),
}
PLACES |= {f"made up {seed}": lambda seed=seed: made_up(seed) for seed in range(22, 20 + FACTOR)}  # type: ignore[misc]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def theirs(day: date) -> Any:
    return ql.Date(day.day, day.month, day.year)


class Place:
    """A place's days off in the package and in QuantLib."""

    def __init__(self, workdays: Workdays) -> None:
        self.ours = workdays
        self.calendar = ql.BespokeCalendar("ustm")
        for weekday in (ql.Saturday, ql.Sunday):
            self.calendar.addWeekend(weekday)
        for day in workdays.off:
            self.calendar.addHoliday(theirs(day))

    def adjust(self, day: date, convention: Any) -> date:
        return self.calendar.adjust(theirs(day), convention).to_date()  # type: ignore[no-any-return]

    def advance(self, day: date, count: int) -> date:
        return self.calendar.advance(theirs(day), count, ql.Days).to_date()  # type: ignore[no-any-return]

    def count(self, start: date, end: date) -> int:
        """Working days of start..end, both included."""
        return int(self.calendar.businessDaysBetween(theirs(start), theirs(end), True, True))


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> Place:
    return Place(PLACES[request.param]())


CONVENTIONS: dict[Roll, str] = {
    "unadjusted": "Unadjusted",
    "preceding": "Preceding",
    "following": "Following",
    "modified_following": "ModifiedFollowing",
}


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_rolls_of_every_day(convention: Roll, place: Place) -> None:
    """The business-day conventions that an activity may name; act_by is `preceding`."""
    for day in all_days():
        assert place.ours.roll(day, convention) == place.adjust(day, getattr(ql, CONVENTIONS[convention])), day
    compared(QUANTLIB, len(all_days()))


def test_working_days_and_the_ends_of_months(place: Place) -> None:
    """Which days are working days, and the last one of each month, by itself and by its rule."""
    for day in all_days():
        assert (day in place.ours) == place.calendar.isBusinessDay(theirs(day)), day
    months = sorted({month_after(day, 0) for day in all_days()})
    ends = [place.calendar.endOfMonth(theirs(month.start)).to_date() for month in sorted(months, key=lambda m: m.start)]
    assert deadlines(rule_of({"rule": "period_end", "every": "month", "working": True}), place.ours) == ends
    compared(QUANTLIB, len(all_days()) + len(ends))


def test_advancing_by_working_days(place: Place) -> None:
    """The nth working day after and before any day, which itself is never counted."""
    chance = random.Random(5)
    for day in all_days()[::2]:
        for count in (1, 2, 3, 5, chance.randint(6, 60)):
            assert place.ours.after(day, count) == place.advance(day, count), (day, count)
            assert place.ours.before(day, count) == place.advance(day, -count), (day, count)
            compared(QUANTLIB, 2)


def test_counting_working_days(place: Place) -> None:
    """How many lie in any span."""
    chance = random.Random(6)
    for day in all_days()[::3]:
        end = day + chance.randint(0, 120) * DAY
        assert place.ours.count(day, end) == place.count(day, end), (day, end)
        compared(QUANTLIB, 1)


def schedule(start: date, months: int, count: int) -> Iterable[date]:
    """`count` dates, so many months apart, each counted from the first."""
    period = ql.Period(months, ql.Months)
    return [(theirs(start) + period * number).to_date() for number in range(count)]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_days_of_months_rolled(convention: Roll, place: Place) -> None:
    """Whole activities with a `roll:`: any day of every month and quarter, with the day to act by.

    A day that a month does not have is its last, and the month after it has it again.
    """
    said = {f"m{day}": f"when: ทุกเดือน ภายในวันที่ {day}, roll: {convention}" for day in range(1, 32)}
    said |= {f"q{day}": f"when: ทุกไตรมาส ภายในวันที่ {day} ของเดือนแรกของไตรมาส, roll: {convention}" for day in (1, 5, 30, 31)}  # fmt: skip
    found = obligations(said, place.ours)
    for id, items in found.items():
        step = 1 if id.startswith("m") else 3
        nominal = schedule(FIRST.replace(day=int(id[1:])), step, len(YEARS) * 12 // step)
        rolled = [place.adjust(day, getattr(ql, CONVENTIONS[convention])) for day in nominal]
        assert [item.deadline for item in items] == rolled
        assert [item.act_by for item in items] == [place.adjust(day, ql.Preceding) for day in rolled]
        compared(QUANTLIB, 2 * len(rolled))


def test_months_before_and_after_any_day() -> None:
    """Months before go to the same day or the last of its month; months after end on the day before that (s.193/5)."""
    none = Workdays()
    for day in all_days(FIRST, LAST)[::2]:
        for count in (1, 2, 3, 6, 11, 12, 13, 36):
            back = (theirs(day) - ql.Period(count, ql.Months)).to_date()
            assert counting.before(day, count, "month", none) == back, (day, count)
            begins = day + DAY
            on = (theirs(begins) + ql.Period(count, ql.Months)).to_date()
            expected = on - DAY if on.day == begins.day else on
            assert counting.after(day, count, "month", none) == expected, (day, count)
            compared(QUANTLIB, 2)


@pytest.mark.parametrize("nth", [1, 2, 3, 4])
def test_nth_weekdays(nth: int) -> None:
    """The nth of each weekday in every month of fiscal years 2540-2580."""
    years = range(2540, 2581)
    months = [month_after(fiscal_year(year).start, number).start for year in years for number in range(12)]
    for number, name in enumerate(WEEKDAYS):
        weekday = number + 2 if number < 6 else 1
        expected = [ql.Date.nthWeekday(nth, weekday, first.month, first.year).to_date() for first in months]
        rule = rule_of({"rule": "nth_weekday", "nth": nth, "weekday": name})
        assert deadlines(rule, Workdays(), years) == expected
        compared(QUANTLIB, len(expected))
