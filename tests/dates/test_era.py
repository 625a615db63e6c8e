"""The Buddhist era, fiscal periods and ISO weeks: day by day against ICU and against what is known of the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from ustm_cli.dates.era import (
    THAI_MONTHS,
    THAI_WEEKDAYS,
    DateError,
    be_date,
    format_be,
    full_be_year,
    month_name,
    parse_be,
    to_arabic,
    to_thai,
    weekday_name,
)
from ustm_cli.dates.fiscal import (
    Period,
    fiscal_year,
    fiscal_year_of,
    month,
    month_after,
    parse_period,
    period_of,
    periods_in,
    quarter,
)

DAY = timedelta(days=1)
FIRST, LAST = date(2484 - 543, 1, 1), date(2700 - 543, 12, 31)
EPOCH = date(1970, 1, 1)
SECONDS = 86_400
EVERY = ("week", "month", "quarter", "year")


def all_days() -> Iterator[date]:
    return (FIRST + number * DAY for number in range((LAST - FIRST).days + 1))


def be(text: str) -> date:
    year, number, day = map(int, text.split("-"))
    return date(year - 543, number, day)


# ---- against ICU


@pytest.fixture(scope="module")
def icu_says() -> Any:
    """What ICU writes for a day, by its pattern, in the Buddhist calendar."""
    icu = pytest.importorskip("icu")
    utc = icu.TimeZone.createTimeZone("UTC")

    def formatter(pattern: str, locale: str = "th@calendar=buddhist") -> Any:
        made = icu.SimpleDateFormat(pattern, icu.Locale(locale))
        made.setTimeZone(utc)
        return lambda day: made.format(float((day - EPOCH).days * SECONDS))

    return formatter


def test_long_and_short_dates_are_icus(icu_says: Any) -> None:
    """Every day of B.E. 2484-2700: `6 ตุลาคม 2563` and `6 ต.ค. 2563`."""
    long, short = icu_says("d MMMM y"), icu_says("d MMM y")
    for day in all_days():
        assert format_be(day, "long") == long(day)
        assert format_be(day, "short") == short(day)


def test_english_dates_have_icus_months_in_the_buddhist_year(icu_says: Any) -> None:
    long, short = icu_says("d MMMM y", "en@calendar=buddhist"), icu_says("d MMM y", "en@calendar=buddhist")
    for day in list(all_days())[::13]:
        assert format_be(day, "long", "en") == long(day)
        assert format_be(day, "short", "en") == short(day)


def test_weekdays_are_icus(icu_says: Any) -> None:
    """In full `วันอังคาร`, which our names leave `วัน` out of, and short `อ.`; English too."""
    thai, short, english = icu_says("EEEE"), icu_says("EEE"), icu_says("EEEE", "en")
    for day in all_days():
        assert f"วัน{weekday_name(day.weekday(), 'long')}" == thai(day)
    for number in range(7):
        day = date(2020, 10, 5) + number * DAY
        assert weekday_name(day.weekday()) == short(day)
        assert weekday_name(day.weekday(), "long", "en") == english(day)
        assert weekday_name(day.weekday(), "short", "en") == english(day)[:3]


def test_iso_weeks_are_icus(icu_says: Any) -> None:
    """Weeks begin on Monday and the first has four days, as ICU has them for a European country."""
    week = icu_says("YYYY-'W'ww", "en_DE")
    for day in list(all_days())[::3]:
        year, _, number = week(day).partition("-")
        assert period_of("week", day).id == f"{int(year) + 543}-{number}"


# ---- reading what was written


def test_what_is_written_is_read_again() -> None:
    """Every day, in Arabic and in Thai digits."""
    for day in all_days():
        text = format_be(day, "iso")
        assert parse_be(text) == day
        assert parse_be(to_thai(text)) == day


def test_digits_go_over_and_back() -> None:
    assert to_thai("2563-10-06") == "๒๕๖๓-๑๐-๐๖"
    assert to_arabic("๐๑๒๓๔๕๖๗๘๙") == "0123456789"


def test_names_of_months() -> None:
    """All twelve in every form."""
    assert [month_name(number, "long") for number in range(1, 13)] == list(THAI_MONTHS)
    assert (month_name(6), month_name(6, "long", "en"), month_name(6, "short", "en")) == ("มิ.ย.", "June", "Jun")
    assert [weekday_name(number, "long") for number in range(7)] == list(THAI_WEEKDAYS)


READ = [
    ("2563-10-06", "2563-10-06"),
    ("2563-10-6", "2563-10-06"),
    ("๒๕๖๓-๑๐-๐๖", "2563-10-06"),
    (" 2563-10-06 ", "2563-10-06"),
    ("2563-02-29", "2563-02-29"),
    ("2484-01-01", "2484-01-01"),
]


@pytest.mark.parametrize(("text", "day"), READ)
def test_a_day_is_read(text: str, day: str) -> None:
    assert parse_be(text) == be(day)


REFUSED = [
    ("2564-02-29", "U205"),  # 2020 was a leap year, 2021 not; 2564 % 4 == 0 says nothing
    ("2567-02-30", "U205"),
    ("2563-11-31", "U205"),
    ("2563-10-32", "U204"),
    ("2563-10-00", "U204"),
    ("2563-13-01", "U207"),
    ("2563-00-01", "U207"),
    ("2020-10-06", "U203"),
    ("1941-01-01", "U203"),
    ("2483-12-31", "U206"),
    ("2801-01-01", "U206"),
    ("0000-01-01", "U206"),
    ("6 ต.ค. 2563", "U201"),
    ("2563/10/06", "U201"),
    ("63-10-06", "U201"),
    ("2563-10-06x", "U201"),
    ("2563-10-006", "U201"),
    ("", "U201"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_day_is_refused(text: str, code: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_be(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("year", "digits", "code", "told"),
    [
        (1899, 4, "U206", {"year": 1899}),
        (1900, 4, "U203", {"year": 1900, "offer": 2443}),
        (2199, 4, "U203", {"year": 2199, "offer": 2742}),
        (2200, 4, "U206", {"year": 2200}),
        (2801, 4, "U206", {"year": 2801}),
        (2563, 5, "U206", {"year": 2563}),
    ],
)
def test_what_is_told_of_a_year(year: int, digits: int, code: str, told: dict[str, int]) -> None:
    """A year that people may have meant as a Gregorian one comes with its Buddhist one; of others only the year."""
    with pytest.raises(DateError) as caught:
        full_be_year(year, digits)
    assert (caught.value.code, caught.value.detail) == (code, told)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("1899-01-01", "U206", 1899),
        ("1900-01-01", "U206", 2443),
        ("1940-12-31", "U206", 2483),
        ("2299-01-01", "U206", 2842),
        ("2300-01-01", "U206", 2300),
    ],
)
def test_which_years_may_be_gregorian(text: str, code: str, told: int) -> None:
    """1900 to 2299; told is the year that they then are."""
    with pytest.raises(DateError) as caught:
        parse_be(text, gregorian=True)
    assert (caught.value.code, caught.value.detail) == (code, {"year": told})


def test_english_weekdays() -> None:
    """In full, and their first three letters."""
    assert weekday_name(2, "long", "en") == "Wednesday"
    assert weekday_name(2, "short", "en") == "Wed"


def test_periods_that_begin_on_the_last_day() -> None:
    """Belong to the span: 30 Sep 2567 is a Monday."""
    year = fiscal_year(2567)
    assert periods_in("week", year)[-1] == period_of("week", year.end)
    assert periods_in("month", Period("x", be("2563-10-01"), be("2563-10-01"))) == [month(2020, 10)]


def test_a_gregorian_year_offers_its_buddhist_one() -> None:
    with pytest.raises(DateError) as caught:
        parse_be("2020-10-06")
    assert caught.value.detail["offer"] == 2020 + 543


@pytest.mark.parametrize(
    ("text", "day"), [("2020-10-06", "2563-10-06"), ("2020-02-29", "2563-02-29"), ("2563-10-06",) * 2]
)
def test_a_gregorian_day_is_read_where_it_may_stand(text: str, day: str) -> None:
    assert parse_be(text, gregorian=True) == be(day)


@pytest.mark.parametrize("year", [2483 + 4 * number for number in range(1, 54)])
def test_leap_days_are_those_of_the_gregorian_calendar(year: int) -> None:
    """29 Feb 2563 is a day; no other year of four has one, save that 2643 (2100) is no leap year."""
    leap = [be_year for be_year in range(year, year + 4) if _has_leap_day(be_year)]
    assert leap == [be_year for be_year in range(year, year + 4) if (be_year - 543) % 4 == 0 and be_year != 2100 + 543]


def _has_leap_day(be_year: int) -> bool:
    try:
        return be_date(be_year, 2, 29).day == len(range(29))
    except DateError:
        return False


@pytest.mark.parametrize(
    ("year", "digits", "full"),
    [(63, 2, 2563), (0, 2, 2500), (99, 2, 2599), (2563, 4, 2563), (2484, 4, 2484), (2800, 4, 2800)],
)
def test_a_year_of_two_digits_is_of_this_century(year: int, digits: int, full: int) -> None:
    """63 is 2563."""
    assert full_be_year(year, digits) == full


@pytest.mark.parametrize(
    ("year", "digits", "code"),
    [
        (2020, 4, "U203"),
        (1999, 4, "U203"),
        (563, 3, "U206"),
        (2483, 4, "U206"),
        (3000, 4, "U206"),
        (25630, 5, "U206"),
        (5, 1, "U206"),
    ],
)
def test_a_year_that_is_none_is_refused(year: int, digits: int, code: str) -> None:
    with pytest.raises(DateError) as caught:
        full_be_year(year, digits)
    assert caught.value.code == code


# ---- periods

PERIODS = [
    ("month", "2563-10-06", "2563-10", "2563-10-01", "2563-10-31"),
    ("month", "2564-02-28", "2564-02", "2564-02-01", "2564-02-28"),
    ("month", "2563-02-29", "2563-02", "2563-02-01", "2563-02-29"),
    ("quarter", "2563-10-01", "2564-Q1", "2563-10-01", "2563-12-31"),
    ("quarter", "2563-12-31", "2564-Q1", "2563-10-01", "2563-12-31"),
    ("quarter", "2564-01-01", "2564-Q2", "2564-01-01", "2564-03-31"),
    ("quarter", "2564-06-30", "2564-Q3", "2564-04-01", "2564-06-30"),
    ("quarter", "2564-09-30", "2564-Q4", "2564-07-01", "2564-09-30"),
    ("quarter", "2563-09-30", "2563-Q4", "2563-07-01", "2563-09-30"),
    ("year", "2563-10-01", "FY2564", "2563-10-01", "2564-09-30"),
    ("year", "2564-09-30", "FY2564", "2563-10-01", "2564-09-30"),
    ("year", "2564-10-01", "FY2565", "2564-10-01", "2565-09-30"),
    # weeks around new year, in their ISO year
    ("week", "2564-01-01", "2563-W53", "2563-12-28", "2564-01-03"),
    ("week", "2564-01-03", "2563-W53", "2563-12-28", "2564-01-03"),
    ("week", "2564-01-04", "2564-W01", "2564-01-04", "2564-01-10"),
    ("week", "2562-12-30", "2563-W01", "2562-12-30", "2563-01-05"),
    ("week", "2562-12-29", "2562-W52", "2562-12-23", "2562-12-29"),
    ("week", "2560-01-01", "2559-W52", "2559-12-26", "2560-01-01"),
    ("week", "2559-01-03", "2558-W53", "2558-12-28", "2559-01-03"),
    ("week", "2561-12-31", "2562-W01", "2561-12-31", "2562-01-06"),
    ("week", "2564-02-15", "2564-W07", "2564-02-15", "2564-02-21"),
]


@pytest.mark.parametrize(("every", "day", "id", "start", "end"), PERIODS)
def test_a_day_lies_in_its_period(every: Any, day: str, id: str, start: str, end: str) -> None:
    """Named as the obligation is, and from its first day to its last."""
    assert period_of(every, be(day)) == Period(id, be(start), be(end))
    assert parse_period(id) == Period(id, be(start), be(end))


@pytest.mark.parametrize("every", EVERY)
def test_periods_follow_each_other_without_gap_or_overlap(every: Any) -> None:
    """Every day of 2484-2700 lies in one period, whose name leads back to it."""
    day = FIRST + 366 * DAY
    while day < LAST - 366 * DAY:
        period = period_of(every, day)
        assert day in period
        assert parse_period(period.id) == period
        assert period_of(every, period.end + DAY).start == period.end + DAY
        assert period_of(every, period.start) == period_of(every, period.end) == period
        day = period.end + DAY


@pytest.mark.parametrize(("every", "counts"), [("month", {12}), ("quarter", {4}), ("year", {1}), ("week", {52, 53})])
def test_periods_of_a_fiscal_year(every: Any, counts: set[int]) -> None:
    for be_year in range(2560, 2580):
        year = fiscal_year(be_year)
        periods = periods_in(every, year)
        assert len(periods) in counts
        assert all(period.start in year for period in periods)
        assert [period.start for period in periods] == sorted({period.start for period in periods})


def test_months_and_quarters_of_fiscal_year_2564() -> None:
    names = [period.id for period in periods_in("month", fiscal_year(2564))]
    assert names == [*(f"2563-{number}" for number in (10, 11, 12)), *(f"2564-{number:02d}" for number in range(1, 10))]
    assert [period.id for period in periods_in("quarter", fiscal_year(2564))] == [f"2564-Q{n}" for n in (1, 2, 3, 4)]
    assert [quarter(2564, number).start for number in (1, 2, 3, 4)] == [
        be("2563-10-01"), be("2564-01-01"), be("2564-04-01"), be("2564-07-01"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "id"),
    [
        ("2563-12-31", 1, "2564-01"),
        ("2563-10-31", 4, "2564-02"),
        ("2563-01-31", -1, "2562-12"),
        ("2563-05-01", 0, "2563-05"),
    ],
)
def test_a_month_so_many_months_on(day: str, months: int, id: str) -> None:
    """The month itself, not a day of it: nothing drifts from the 31st."""
    assert month_after(be(day), months).id == id


def test_fiscal_year_of_every_day() -> None:
    """October is the first month of the next one."""
    for day in list(all_days())[::7]:
        expected = day.year + 543 + (1 if day.month in {10, 11, 12} else 0)
        assert fiscal_year_of(day) == expected
        assert day in fiscal_year(expected)


@pytest.mark.parametrize(
    "text",
    ["", "2563", "2563-13", "2563-00", "2563-1", "2564-Q5", "2564-Q0", "2564-W00", "2564-W54", "2564-W53", "FY64",
     "2020-10", "FY2020", "2563-10-01", "2564-w07", "2563-10.w2", "x2563-10", "2563-10\n"],
)  # fmt: skip
def test_what_names_no_period(text: str) -> None:
    """ISO year 2564 (2021) has 52 weeks."""
    assert parse_period(text) is None


def test_a_year_of_53_weeks_has_its_last() -> None:
    assert parse_period("2563-W53") == Period("2563-W53", be("2563-12-28"), be("2564-01-03"))


def test_a_period_holds_both_its_ends() -> None:
    period = month(2020, 10)
    assert period.start in period
    assert period.end in period
    assert period.end + DAY not in period
    assert period.start - DAY not in period


def test_a_day_is_said_in_thai_unless_asked_otherwise() -> None:
    """Short where nothing is said of its length."""
    day = be("2563-10-06")
    assert (format_be(day), format_be(day, "long"), format_be(day, "iso")) == (
        "6 ต.ค. 2563",
        "6 ตุลาคม 2563",
        "2563-10-06",
    )
    assert (format_be(day, lang="en"), format_be(day, "long", "en")) == ("6 Oct 2563", "6 October 2563")
    assert (month_name(10), weekday_name(1)) == ("ต.ค.", "อ.")


def test_what_is_no_day_is_told_in_part() -> None:
    """Of a long text the beginning."""
    with pytest.raises(DateError) as caught:
        parse_be("9" * 50)
    assert (caught.value.code, caught.value.detail) == ("U201", {"word": "9" * 40})
