"""Written dates move by whole years in the words they were written in."""

from __future__ import annotations

from calendar import isleap
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustm_cli.dates.era import format_be
from ustm_cli.deadlines.on_date import OnDate
from ustm_cli.plan.moving import canonical, day, day_or_month, moved, phrase, years_between

PHRASES = [
    # before, years, after
    ("6 ตุลาคม 2563", 1, "6 ตุลาคม 2564"),
    ("๖ ต.ค. ๖๓", 1, "๖ ต.ค. ๖๔"),
    ("2563-10-06", 2, "2565-10-06"),
    ("6 October 2563", 1, "6 October 2564"),
    ("by 30 Jan 2564", 1, "by 30 Jan 2565"),
    ("2-4 พ.ย. 2563", 1, "2-4 พ.ย. 2564"),
    ("30 พ.ย. - 2 ธ.ค. 2563", 1, "30 พ.ย. - 2 ธ.ค. 2564"),
    ("ธ.ค. 63 - ม.ค. 64", 1, "ธ.ค. 64 - ม.ค. 65"),
    ("พ.ย.-ธ.ค. 2563", 7, "พ.ย.-ธ.ค. 2570"),
    ("ภายใน 30 ม.ค. 64", 1, "ภายใน 30 ม.ค. 65"),
    ("ตามที่ส่วนกลางแจ้ง ประมาณ ธ.ค. 2563", 1, "ตามที่ส่วนกลางแจ้ง ประมาณ ธ.ค. 2564"),
    # a number that is no year stays
    ("ตามที่กอง 64 แจ้ง ประมาณ ธ.ค. 63", 1, "ตามที่กอง 64 แจ้ง ประมาณ ธ.ค. 64"),
    # 29 February, and months written by their names
    ("29 ก.พ. 2563", 1, "28 ก.พ. 2564"),
    ("๒๙ ก.พ. ๖๓", 1, "๒๘ ก.พ. ๖๔"),
    ("29 ก.พ. 2563", 4, "29 ก.พ. 2567"),
    ("28 ก.พ. 2564", 3, "28 ก.พ. 2567"),
    ("ก.พ. 2563", 1, "ก.พ. 2564"),
    ("ก.พ. 2564", 3, "ก.พ. 2567"),
    ("1-29 ก.พ. 2563", 1, "1-28 ก.พ. 2564"),
    # two digits cannot say the year 2600
    ("5 มี.ค. 99", 1, "5 มี.ค. 2600"),
]


@pytest.mark.parametrize(("before", "years", "after"), PHRASES)
def test_a_phrase_moves_in_its_own_words(before: str, years: int, after: str) -> None:
    """Digits, lengths of years, month names and dashes stay; only the date is another."""
    assert moved(before, years, phrase) == after


@pytest.mark.parametrize(("before", "years", "after"), PHRASES)
def test_the_years_between_are_found_again(before: str, years: int, after: str) -> None:
    """From the words before and after, the number of years can be told."""
    assert years_between(before, after, phrase) == years


@pytest.mark.parametrize("text", ["ทุกสิ้นเดือน", "ภายในไตรมาส 1", "ตามที่ได้รับแจ้ง", "ก่อนการประชุม 3 วัน", "ต่อเนื่อง", "?"])
def test_what_names_no_year_has_no_date(text: str) -> None:
    """Rules that hold every year are not dates to be moved."""
    assert phrase(text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("พ.ค. 2564", "พ.ค. 2565"),
        ("2564-05", "2565-05"),
        ("2564-05-12", "2565-05-12"),
        ("2564-Q3", "2565-Q3"),
        ("12 พ.ค. 64", "12 พ.ค. 65"),
    ],
)
def test_an_expected_month_or_day_moves(before: str, after: str) -> None:
    """What an event may be expected in moves like a phrase."""
    assert moved(before, 1, day_or_month) == after


@pytest.mark.parametrize("text", ["พ.ค.", "15", "ไตรมาส 3"])
def test_what_is_expected_every_year_stays(text: str) -> None:
    """A month of every year is no date of one year."""
    assert day_or_month(text) is None


@pytest.mark.parametrize(
    ("text", "one_form"),
    [
        ("6 ตุลาคม 2563", "6 ต.ค. 2563"),
        ("๖ ต.ค. ๖๓", "6 ต.ค. 2563"),
        ("2563-10-06", "6 ต.ค. 2563"),
        ("6 October 2563", "6 Oct 2563"),
        ("ภายใน 30 ม.ค. 64", "ภายใน 30 ม.ค. 2564"),
        ("ธ.ค. 63 - ม.ค. 64", "ธ.ค. 2563 - ม.ค. 2564"),
        ("ตามที่กงค.แจ้ง ประมาณ เมษายน ๖๔", "ตามที่กงค.แจ้ง ประมาณ เม.ย. 2564"),
        ("as notified by HQ, about April 2564", "as notified by HQ, about Apr 2564"),
    ],
)
def test_a_phrase_has_one_form(text: str, one_form: str) -> None:
    """The one form says the same, in the language of the phrase, and leaves other words alone."""
    assert canonical(phrase(text), text) == one_form
    assert phrase(one_form) == phrase(text)


DAYS = st.dates(date(1990, 1, 1), date(2200, 12, 31))


@settings(max_examples=150, deadline=None)
@given(DAYS, st.integers(1, 20), st.sampled_from(["short", "long", "iso"]))
def test_a_day_moves_to_the_same_day_of_its_month(value: date, years: int, style: str) -> None:
    """Whatever the day and form: the same day, the 28th for 29 February, so many years on."""
    text = format_be(value, style)  # type: ignore[arg-type]
    found = phrase(moved(text, years, phrase))
    last = value.day if (value.month, value.day) != (2, 29) or isleap(value.year + years) else 28
    assert isinstance(found, OnDate)
    assert found.date == date(value.year + years, value.month, last)
    assert day(moved(text, years, day)) == found.date


@pytest.mark.parametrize(
    ("text", "one_form"),
    [
        ("พฤษภาคม ๒๕๗๐", "พ.ค. 2570"),
        ("2570-05", "พ.ค. 2570"),
        ("May 2570", "May 2570"),
        ("september 2570", "Sep 2570"),
        ("2570-Q3", "2570-Q3"),
        ("12 May 2570", "2570-05-12"),
    ],
)
def test_what_is_expected_has_one_form(text: str, one_form: str) -> None:
    """A month keeps its language; a day is written as days are outside phrases."""
    assert canonical(day_or_month(text), text) == one_form
    assert day_or_month(one_form) == day_or_month(text)
