"""Every Thai text of a date that is printed, against ICU's: all days of B.E. 2484-2700, in Arabic and in Thai digits."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from compared import FACTOR, ICU, compared

from tests.conftest import Ran
from ustm_cli.dates.era import to_arabic
from ustm_cli.dates.fiscal import month_after, period_of
from ustm_cli.deadlines.base import Happening
from ustm_cli.deadlines.date_range import DateRange
from ustm_cli.deadlines.on_date import OnDate
from ustm_cli.deadlines.phrase import parse, say
from ustm_cli.register.records import format_moment
from ustm_cli.render import document
from ustm_cli.render.explain import day_off
from ustm_cli.render.register import happening
from ustm_cli.render.voice import Digits, Voice

icu = pytest.importorskip("icu")

DAY = timedelta(days=1)
FIRST, LAST = date(2484 - 543, 1, 1), date(2700 - 543, 12, 31)
BANGKOK = timezone(timedelta(hours=7))
NUMBERS = {"arabic": "latn", "thai": "thai"}
DIGITS: tuple[Digits, ...] = ("arabic", "thai")
# The suite takes some days of every month; `make oracles` takes them all.
STEP = 1 if FACTOR > 1 else 8

Said = Callable[[date], str]


def icu_says(pattern: str, digits: str = "arabic") -> Said:
    """What ICU writes for a day in the Buddhist calendar."""
    locale = icu.Locale(f"th@calendar=buddhist;numbers={NUMBERS[digits]}")
    made = icu.SimpleDateFormat(pattern, locale)
    made.setTimeZone(icu.TimeZone.createTimeZone("UTC"))
    return lambda day: str(made.format(float((day.toordinal() - 719_163) * 86_400)))


def all_days() -> list[date]:
    days = [FIRST + number * DAY for number in range((LAST - FIRST).days + 1)]
    return sorted({*days[::STEP], *(day for day in days if day.day in (1, 29, 30, 31))})


def at(day: date, clock: tuple[int, int]) -> datetime:
    return datetime(day.year, day.month, day.day, *clock, tzinfo=BANGKOK)


def forms(voice: Voice) -> dict[str, tuple[Said, str]]:
    """Each way to write a day, and ICU's pattern of it."""
    templates: dict[str, Any] = document._filters(voice)
    return {
        "short": (voice.day, "d MMM y"),
        "long": (lambda day: voice.day(day, "long"), "d MMMM y"),
        "iso": (lambda day: voice.day(day, "iso"), "y-MM-dd"),
        "weekday": (voice.weekday_and_day, "EEE d MMM y"),
        "moment": (lambda day: voice.moment(at(day, (9, 5))), "d MMM y 09.05 'น.'"),
        "day off": (lambda day: day_off(day, [], voice), "EEE d MMM y 'ข้าม': EEEE"),
        "an event's month": (lambda day: happening(Happening(month=month_after(day, 0)), voice), "MMM y"),
        "of a template": (templates["long_day"], "d MMMM y"),
        "month of a template": (templates["month"], "MMMM y"),
        "month of a column": (templates["month_column"], "MMM-yy"),
        "short month": (templates["month_short"], "MMM"),
        "short year": (templates["year_short"], "yy"),
    }


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize("form", forms(Voice()))
def test_days_are_written_as_icu_writes_them(form: str, digits: Digits) -> None:
    """Short, long, with the weekday, with the clock, as a month, as the head of a column."""
    ours, pattern = forms(Voice("th", digits))[form]
    sentence = icu_says("d") if form in ("day off", "an event's month") else None
    theirs = icu_says(pattern if digits == "arabic" else pattern.replace("09.05", "๐๙.๐๕"), digits)
    for day in all_days():
        if sentence is None:
            assert ours(day) == theirs(day), day
        else:
            # A sentence around them: all that ICU writes stands in it, in order.
            assert re.search(".*".join(map(re.escape, re.split(r" ข้าม: ", theirs(day)))), ours(day)), (day, ours(day))
    compared(ICU, len(all_days()))


def test_phrases_of_days_and_spans() -> None:
    """`6 ต.ค. 2563`, `2-4 พ.ย. 2563`, `30 พ.ย. - 2 ธ.ค. 2563`, `พ.ย. 2563`: written as ICU has the parts, and read again."""
    chance = random.Random(3)
    d, dm, dmy, my = map(icu_says, ("d", "d MMM", "d MMM y", "MMM y"))
    for day in all_days()[:: 2 if FACTOR == 1 else 1]:
        assert say(OnDate(date=day)) == dmy(day)
        assert parse(dmy(day)) == parse(icu_says("d MMMM y", "thai")(day)) == OnDate(date=day)
        end = min(day + chance.randint(1, 400) * DAY, LAST)
        month = month_after(day, 0)
        if day < end and (day, end) != (month.start, month.end):
            start = d(day) if end in month else dm(day) if day.year == end.year else dmy(day)
            whole = day.day == 1 and end == month_after(end, 0).end
            if not whole:
                said = f"{start}{'-' if end in month else ' - '}{dmy(end)}"
                assert say(DateRange(start=day, end=end)) == said
                assert parse(said) == DateRange(start=day, end=end)
        assert say(DateRange(start=month.start, end=month.end)) == my(day)
        compared(ICU, 3)


def test_spans_of_pages() -> None:
    """`1 - 31 ต.ค. 2563`: what both ends share is said once."""
    chance = random.Random(4)
    for digits in DIGITS:
        span = document._filters(Voice("th", digits))["span"]
        d, dm, dmy = (icu_says(pattern, digits) for pattern in ("d", "d MMM", "d MMM y"))
        for day in all_days()[::16]:
            end = day + chance.choice([1, 6, 29, 80, 365]) * DAY
            same_year = day.year == end.year
            start = d(day) if same_year and day.month == end.month else dm(day) if same_year else dmy(day)
            assert span((day, end)) == f"{start} - {dmy(end)}"
            compared(ICU, 1)


def test_days_and_months_of_files() -> None:
    """What the register holds, and the ids of months."""
    iso, clock, month = icu_says("y-MM-dd"), icu_says("y-MM-dd 14:20"), icu_says("y-MM")
    for day in all_days()[::4]:
        assert Voice().day(day, "iso") == iso(day)
        assert format_moment(at(day, (14, 20))) == clock(day)
        assert period_of("month", day).id == month(day)
        compared(ICU, 3)


SHOWN = [
    "due --all --open", "due --format md", "due --format plain", "due --format csv", "digest", "check --verbose", "explain fs-annual@FY2563",
    "explain weekly-report", "event list", "calendar", "export csv", "due --all --format json", "show fs-annual",
]  # fmt: skip
WRITTEN = re.compile(r"(?:(จ|อ|พ|พฤ|ศ|ส|อา)\. )?([0-9๐-๙]{1,2}) ((?:\w|\.){3,12}?) ([0-9๐-๙]{4})(?![0-9๐-๙])")


@pytest.mark.parametrize("digits", DIGITS)
def test_what_commands_print_is_a_day_of_icus(digits: Digits, run: Callable[..., Ran]) -> None:
    """In what the commands say of the real plan every day is one, with its own weekday, as ICU writes it."""
    plain, with_weekday = icu_says("d MMM y"), icu_says("EEE d MMM y")
    long = icu_says("d MMMM y")
    seen = 0
    for words in SHOWN:
        out = run(*words.split(), "--digits", digits).out if "json" not in words else run(*words.split()).out
        for found in WRITTEN.finditer(out):
            text = to_arabic(found[0])
            rule = parse(to_arabic(" ".join(found.groups()[1:])))
            assert isinstance(rule, OnDate)
            assert text in (with_weekday(rule.date), plain(rule.date), long(rule.date)), (words, text)
            seen += 1
    assert seen > 300
    compared(ICU, seen)
