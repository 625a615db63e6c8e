"""A pause stops the clock of a case: its deadline moves in the rule's own unit, its moment by the time paused.

Days off in the weeks used: 19 and 20 Nov 2563, and weekends.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.on_receipt import OnReceipt, office_time_between
from ustm_cli.deadlines.phrase import parse

WORKDAYS = Workdays([date(2020, 11, 19), date(2020, 11, 20)])


def at(text: str) -> datetime:
    """`12 09:00`: that day of November 2563."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2020-11-{day:>02}T{clock}:00+07:00")


def pauses(text: str) -> list[tuple[datetime, datetime]]:
    """`13 10:00 - 16 09:00, 17 08:00 - 17 09:00`."""
    found = [part.split(" - ") for part in text.split(", ") if part]
    return [(at(start), at(end)) for start, end in found]


DAYS = [
    ("ภายใน 5 วันนับจากรับเรื่อง", "12 09:00", "", 17),
    ("ภายใน 5 วันนับจากรับเรื่อง", "12 09:00", "13 10:00 - 13 16:00", 17),
    ("ภายใน 5 วันนับจากรับเรื่อง", "12 09:00", "13 10:00 - 16 09:00", 20),
    ("ภายใน 5 วันนับจากรับเรื่อง", "12 09:00", "13 10:00 - 14 09:00, 15 09:00 - 16 09:00", 19),
    # on the last day still in time; after it too late
    ("ภายใน 5 วันนับจากรับเรื่อง", "12 09:00", "17 15:00 - 18 09:00", 18),
    ("ภายใน 5 วันนับจากรับเรื่อง", "12 09:00", "18 09:00 - 25 09:00", 17),
    # a second pause that only the first one brought within the time
    ("ภายใน 5 วันนับจากรับเรื่อง", "12 09:00", "13 10:00 - 16 09:00, 18 09:00 - 19 09:00", 21),
    ("ภายในวันที่รับเรื่อง", "12 09:00", "12 10:00 - 13 09:00", 13),
    # working days: Fri 13 to Mon 16 is one, Wed 18 to Mon 23 is one
    ("ภายใน 3 วันทำการนับจากรับเรื่อง", "12 09:00", "13 10:00 - 16 09:00", 18),
    ("ภายใน 3 วันทำการนับจากรับเรื่อง", "12 09:00", "13 10:00 - 14 09:00", 17),
    ("ภายใน 3 วันทำการนับจากรับเรื่อง", "13 09:00", "18 10:00 - 23 09:00", 23),
    # on its last day, Fri 13: whenever in the weekend it goes on, Monday is the first day for it
    ("ภายใน 1 วันทำการนับจากรับเรื่อง", "12 09:00", "13 10:00 - 13 16:00", 13),
    ("ภายใน 1 วันทำการนับจากรับเรื่อง", "12 09:00", "13 10:00 - 14 09:00", 16),
    ("ภายใน 1 วันทำการนับจากรับเรื่อง", "12 09:00", "13 10:00 - 15 09:00", 16),
    ("ภายใน 1 วันทำการนับจากรับเรื่อง", "12 09:00", "13 10:00 - 16 09:00", 16),
    ("ภายใน 1 วันทำการนับจากรับเรื่อง", "12 09:00", "14 10:00 - 16 09:00", 13),
]


@pytest.mark.parametrize(("phrase", "received", "paused", "deadline"), DAYS)
def test_days(phrase: str, received: str, paused: str, deadline: int) -> None:
    """The deadline moves by the paused days; a pause after the deadline moves nothing."""
    rule = parse(phrase)
    assert isinstance(rule, OnReceipt)
    assert rule.promised(at(received), pauses(paused), WORKDAYS) == (date(2020, 11, deadline), None)


def test_months_move_by_days() -> None:
    """A month has no smaller unit of its own than the day."""
    rule = parse("ภายใน 1 เดือนนับจากรับเรื่อง")
    assert isinstance(rule, OnReceipt)
    assert rule.promised(at("2 09:00"), pauses("3 09:00 - 6 09:00"), WORKDAYS)[0] == date(2020, 12, 5)


CLOCKS = [
    ("ภายใน 1 นาทีนับจากรับเรื่อง", "12 09:00", "", "12 09:01"),
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง", "12 09:00", "12 10:00 - 12 15:30", "12 16:30"),
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง", "12 09:00", "12 10:00 - 14 10:00", "14 11:00"),
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง", "12 09:00", "12 11:30 - 12 15:30", "12 11:00"),
    # 1.5 hours are left at 16.00 on Friday; it goes on at noon of Saturday, so from 8.30 on Monday
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "13 15:30", "13 16:00 - 14 12:00", "16 10:00"),
    # paused over the close of the office: one hour before and one hour after it are left
    ("ภายใน 4 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "12 14:30", "12 15:30 - 12 20:00", "13 11:30"),
]


@pytest.mark.parametrize(("phrase", "received", "paused", "due"), CLOCKS)
def test_clocks(phrase: str, received: str, paused: str, due: str) -> None:
    """What was left when the pause began is left when it ends; the deadline is the day of that moment."""
    rule = parse(phrase)
    assert isinstance(rule, OnReceipt)
    assert rule.promised(at(received), pauses(paused), WORKDAYS) == (at(due).date(), at(due))


def test_no_promise_stays_none() -> None:
    """Without a promise there is nothing to move."""
    rule = parse("เมื่อรับเรื่อง")
    assert isinstance(rule, OnReceipt)
    assert rule.promised(at("12 09:00"), pauses("13 10:00 - 16 09:00"), WORKDAYS) == (None, None)


OFFICE = [
    ("12 08:00", "12 17:00", 8.0),
    ("12 15:30", "13 09:30", 2.0),
    ("13 16:30", "16 08:30", 0.0),
    ("18 12:00", "23 12:00", 8.0),
]


@pytest.mark.parametrize(("start", "end", "hours"), OFFICE)
def test_office_time_between(start: str, end: str, hours: float) -> None:
    """Only 8.30 to 16.30 of working days counts."""
    assert office_time_between(at(start), at(end), WORKDAYS).total_seconds() == hours * 3600
