"""Working days against numpy's: the same holidays, every day of fiscal years 2560-2570, every rule that counts them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from compared import NUMPY, compared

from ustm_cli.dates.fiscal import DAY, Period, fiscal_year, month, periods_in, quarter
from ustm_cli.dates.holidays import days_off
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Event, Happening, Known, Scene
from ustm_cli.deadlines.lead import Lead
from ustm_cli.deadlines.phrase import parse
from ustm_cli.obligations import act_by_of

numpy = pytest.importorskip("numpy")

YEARS = range(2560, 2571)
FIRST, LAST = fiscal_year(YEARS[0]).start, fiscal_year(YEARS[-1]).end
PLACES = ["อุบลราชธานี", "เชียงใหม่", "สงขลา", "กรุงเทพมหานคร"]
BANGKOK = timezone(timedelta(hours=7))
COUNTS = [1, 2, 3, 5, 7, 15, 30, 60]


class Numpy:
    """numpy's business days, with the holidays of a place."""

    def __init__(self, workdays: Workdays) -> None:
        self.calendar = numpy.busdaycalendar(holidays=sorted(workdays.off))

    def is_workday(self, day: date) -> bool:
        compared(NUMPY, 1)
        return bool(numpy.is_busday(day, busdaycal=self.calendar))

    def offset(self, day: date, count: int, roll: str) -> date:
        compared(NUMPY, 1)
        return numpy.busday_offset(day, count, roll=roll, busdaycal=self.calendar).item()  # type: ignore[no-any-return]

    def after(self, day: date, count: int) -> date:
        """From a day off numpy must first step back, so that the first working day after it is the first one."""
        return self.offset(day, count, "backward")

    def before(self, day: date, count: int) -> date:
        return self.offset(day, -count, "forward")

    def count(self, start: date, end: date) -> int:
        compared(NUMPY, 1)
        return int(numpy.busday_count(start, end + DAY, busdaycal=self.calendar))


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest) -> tuple[Workdays, Numpy]:
    workdays = days_off(request.param).workdays
    return workdays, Numpy(workdays)


@pytest.fixture
def ubon() -> tuple[Workdays, Numpy]:
    workdays = days_off(PLACES[0]).workdays
    return workdays, Numpy(workdays)


def all_days() -> Iterator[date]:
    return (FIRST + number * DAY for number in range((LAST - FIRST).days + 1))


def scene(year: int, workdays: Workdays, known: Known | None = None) -> Scene:
    events = {"meeting": Event("meeting", "การประชุม", "once")}
    return Scene("a", fiscal_year(year), workdays, known or Known(), events)


def deadlines(phrase: str, year: int, workdays: Workdays) -> list[tuple[str, date | None]]:
    return [(one.id, one.deadline) for one in parse(phrase).occurrences(scene(year, workdays))]


def test_each_day_is_a_working_day_or_not(place: tuple[Workdays, Numpy]) -> None:
    """And where it is none, the one before and the one after it are numpy's."""
    workdays, other = place
    for day in all_days():
        assert (day in workdays) == other.is_workday(day), day
        assert workdays.on_or_before(day) == other.offset(day, 0, "backward"), day
        assert workdays.on_or_after(day) == other.offset(day, 0, "forward"), day


@pytest.mark.parametrize(
    ("convention", "theirs"),
    [("preceding", "preceding"), ("following", "following"), ("modified_following", "modifiedfollowing")],
)
def test_roll_conventions_are_those_of_the_field(place: tuple[Workdays, Numpy], convention: Any, theirs: str) -> None:
    workdays, other = place
    for day in all_days():
        assert workdays.roll(day, convention) == other.offset(day, 0, theirs), day
        assert workdays.roll(day, "unadjusted") == day


@pytest.mark.parametrize("count", COUNTS)
def test_the_nth_working_day_after_and_before_any_day(ubon: tuple[Workdays, Numpy], count: int) -> None:
    """The day itself is never counted, whether or not it is a working day."""
    workdays, other = ubon
    for day in all_days():
        assert workdays.after(day, count) == other.after(day, count), day
        assert workdays.before(day, count) == other.before(day, count), day


def test_working_days_in_every_month_quarter_and_year(place: tuple[Workdays, Numpy]) -> None:
    """How many, the first and the last."""
    workdays, other = place
    for year in YEARS:
        span = fiscal_year(year)
        for period in (span, *periods_in("quarter", span), *periods_in("month", span), *periods_in("week", span)):
            assert workdays.count(period.start, period.end) == other.count(period.start, period.end), period
            first, last = other.offset(period.start, 0, "forward"), other.offset(period.end, 0, "backward")
            assert workdays.first(period.start, period.end) == (first if first <= period.end else None), period
            assert workdays.last(period.start, period.end) == (last if last >= period.start else None), period


def test_no_working_day_from_a_day_to_the_one_before_it(ubon: tuple[Workdays, Numpy]) -> None:
    """An empty span holds none."""
    workdays, _ = ubon
    assert workdays.count(date(2020, 10, 2), date(2020, 10, 1)) == 0
    assert workdays.first(date(2020, 10, 2), date(2020, 10, 1)) is None


def test_every_working_day_is_an_obligation(place: tuple[Workdays, Numpy]) -> None:
    workdays, other = place
    for year in YEARS:
        found = [day for _, day in deadlines("ทุกวันทำการ", year, workdays)]
        span = fiscal_year(year)
        assert len(found) == other.count(span.start, span.end)
        assert all(day and other.is_workday(day) for day in found)


@pytest.mark.parametrize("count", COUNTS)
def test_working_days_after_the_end_of_a_period(ubon: tuple[Workdays, Numpy], count: int) -> None:
    """Of every month, quarter and fiscal year whose deadline falls in the year."""
    workdays, other = ubon
    for word, periods in (("เดือน", months()), ("ไตรมาส", quarters()), ("ปีงบประมาณ", fiscal_years())):
        expected = {period.id: other.after(period.end, count) for period in periods}
        for year in YEARS:
            found = deadlines(f"ทุก{word} ภายใน {count} วันทำการนับจากสิ้น{word}", year, workdays)
            span = fiscal_year(year)
            assert found == [(id, day) for id, day in expected.items() if span.start <= day <= span.end]


def months() -> list[Period]:
    return [month(year, number) for year in range(2015, 2028) for number in range(1, 13)]


def quarters() -> list[Period]:
    return [quarter(year, number) for year in range(2558, 2572) for number in (1, 2, 3, 4)]


def fiscal_years() -> list[Period]:
    return [fiscal_year(year) for year in range(2558, 2572)]


@pytest.mark.parametrize(
    ("word", "periods"), [("เดือน", months()), ("ไตรมาส", quarters()), ("ปีงบประมาณ", fiscal_years())]
)
def test_first_and_last_working_day_of_a_period(ubon: tuple[Workdays, Numpy], word: str, periods: list[Period]) -> None:
    workdays, other = ubon
    for year in YEARS:
        mine = [period for period in periods if period.start in fiscal_year(year)]
        first = [(period.id, other.offset(period.start, 0, "forward")) for period in mine]
        last = [(period.id, other.offset(period.end, 0, "backward")) for period in mine]
        assert deadlines(f"ทุก{word} วันทำการแรก", year, workdays) == first
        assert deadlines(f"ทุก{word} วันทำการสุดท้าย", year, workdays) == last


def test_first_and_last_working_day_of_every_week(ubon: tuple[Workdays, Numpy]) -> None:
    """One in each week that has any, and in the year in which it falls. The very first week is cut off."""
    workdays, other = ubon
    for year in YEARS[1:]:
        span = fiscal_year(year)
        mondays = [day for day in all_days() if day.weekday() == 0 and span.start - 7 * DAY < day <= span.end]
        weeks = [(day, day + 6 * DAY) for day in mondays if other.count(day, day + 6 * DAY)]
        first = [other.offset(start, 0, "forward") for start, _ in weeks]
        last = [other.offset(end, 0, "backward") for _, end in weeks]
        for phrase, expected in (("วันทำการแรก", first), ("วันทำการสุดท้าย", last)):
            found = [day for _, day in deadlines(f"ทุกสัปดาห์ {phrase}", year, workdays)]
            assert found == [day for day in expected if day in span]


@pytest.mark.parametrize("count", COUNTS)
def test_working_days_before_and_after_an_event(ubon: tuple[Workdays, Numpy], count: int) -> None:
    """`not less than n` leaves n whole working days between: the (n+1)th before."""
    workdays, other = ubon
    rules = {
        f"ก่อน meeting {count} วันทำการ": lambda day: other.before(day, count),
        f"ก่อน meeting ไม่น้อยกว่า {count} วันทำการ": lambda day: other.before(day, count + 1),
        f"ภายใน {count} วันทำการหลัง meeting": lambda day: other.after(day, count),
    }
    for phrase, expected in rules.items():
        rule = parse(phrase)
        for day in list(all_days())[::5]:
            assert rule.due(Happening(on=day), workdays) == expected(day), (phrase, day)


@pytest.mark.parametrize("count", COUNTS)
def test_working_days_from_a_receipt_and_ahead_of_a_deadline(ubon: tuple[Workdays, Numpy], count: int) -> None:
    workdays, other = ubon
    receipt = parse(f"ภายใน {count} วันทำการนับจากรับเรื่อง")
    lead = Lead(count, "workday")
    for day in list(all_days())[::5]:
        received = datetime(day.year, day.month, day.day, 9, tzinfo=BANGKOK)
        assert receipt.due(received, workdays) == other.after(day, count), day
        assert lead.due(day, workdays) == other.before(day, count), day


def test_act_by_is_the_last_working_day_on_or_before_any_deadline(place: tuple[Workdays, Numpy]) -> None:
    """Of a rule that may be acted on before: one with a date."""
    workdays, other = place
    rule = parse("6 ต.ค. 2563")
    for day in all_days():
        assert act_by_of(rule, day, day, workdays) == other.offset(day, 0, "backward"), day


def test_act_by_of_a_duty_that_begins_after_its_period(place: tuple[Workdays, Numpy]) -> None:
    """Where numpy counts no working day from opening to deadline, the deadline itself; otherwise the last one."""
    workdays, other = place
    for count in (1, 2, 3, 4):
        rule = parse(f"ทุกเดือน ภายใน {count} วันนับจากสิ้นเดือน")
        for year in YEARS:
            for one in rule.occurrences(scene(year, workdays)):
                assert one.opens
                assert one.deadline
                usable = other.count(one.opens, one.deadline)
                expected = other.offset(one.deadline, 0, "backward") if usable else one.deadline
                assert act_by_of(rule, one.opens, one.deadline, workdays) == expected, one
