"""Kinds of rules by themselves: what they refuse, what they count from, and the steps that explain a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from ustm_cli.dates.fiscal import Period, fiscal_year, month, period_of, quarter
from ustm_cli.dates.holidays import days_off
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines import RULES
from ustm_cli.deadlines.after_period_end import AfterPeriodEnd
from ustm_cli.deadlines.as_notified import AsNotified
from ustm_cli.deadlines.at_least import AtLeast
from ustm_cli.deadlines.base import (
    NOTHING_KNOWN,
    Event,
    Happening,
    Known,
    Rule,
    RuleError,
    Scene,
    Step,
    require,
)
from ustm_cli.deadlines.counting import before
from ustm_cli.deadlines.date_range import DateRange
from ustm_cli.deadlines.day_of_month import DayOfMonth
from ustm_cli.deadlines.in_month_of_event import InMonthOfEvent
from ustm_cli.deadlines.in_months import InMonths
from ustm_cli.deadlines.lead import Lead
from ustm_cli.deadlines.month_of_period import MonthOfPeriod
from ustm_cli.deadlines.months import MONTH_NAMES, month_in
from ustm_cli.deadlines.nth_weekday import NthWeekday
from ustm_cli.deadlines.on_date import OnDate
from ustm_cli.deadlines.on_receipt import OnReceipt
from ustm_cli.deadlines.period_end import PeriodEnd
from ustm_cli.deadlines.period_start import PeriodStart
from ustm_cli.deadlines.phrase import parse, parse_review, to_mapping
from ustm_cli.deadlines.relative_to_event import RelativeToEvent
from ustm_cli.deadlines.rrule import RRule
from ustm_cli.deadlines.week_of_month import WeekOfMonth

UBON = days_off("อุบลราชธานี").workdays
YEAR = fiscal_year(2564)
OCTOBER, FEBRUARY, FIRST = month(2020, 10), month(2021, 2), quarter(2564, 1)
WEEK = period_of("week", date(2021, 5, 10))
MONDAY = Period("2563-11-16", date(2020, 11, 16), date(2020, 11, 16))
BANGKOK = timezone(timedelta(hours=7))


def be(text: str) -> date:
    year, number, day = map(int, text.split("-"))
    return date(year - 543, number, day)


def at(clock: str, day: int = 16) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2020, 11, day, hour, minute, tzinfo=BANGKOK)


def refused(kind: type[Rule], **fields: Any) -> tuple[str, str, dict[str, Any]]:
    """(code, field, detail) of the refusal."""
    with pytest.raises(RuleError) as caught:
        kind(**fields)
    assert str(caught.value) == caught.value.code
    return caught.value.code, caught.value.field, caught.value.detail


# ---- what cannot be

LIMITS: list[tuple[type[Rule], dict[str, Any], str, int, int, str]] = [
    (AfterPeriodEnd, {"every": "month"}, "count", 1, 3660, "U211"),
    (AtLeast, {"every": "month"}, "times", 1, 100, "U211"),
    (DateRange, {}, "quarter", 1, 4, "U211"),
    (DayOfMonth, {"every": "month"}, "day", 1, 31, "U204"),
    (InMonthOfEvent, {"event": "e"}, "day", 1, 31, "U204"),
    (Lead, {}, "count", 1, 3660, "U211"),
    (OnReceipt, {"unit": "minute"}, "count", 0, 99_999, "U211"),
    (RelativeToEvent, {"event": "e"}, "count", 1, 3660, "U211"),
]


@pytest.mark.parametrize(("kind", "fields", "name", "low", "high", "code"), LIMITS, ids=[row[0].rule for row in LIMITS])
def test_numbers_within_their_bounds(
    kind: type[Rule], fields: dict[str, Any], name: str, low: int, high: int, code: str
) -> None:
    """Both bounds are allowed; the next number on either side is refused with what the sentence needs."""
    for value in (low, high):
        if (kind, value) != (OnReceipt, 0):
            assert getattr(kind(**fields, **{name: value}), name) == value
    for value in (low - 1, high + 1):
        detail = {"value": value, "low": low, "high": high, "day": value}
        assert refused(kind, **fields, **{name: value}) == (code, name, detail)


def test_every_kind_with_bounds_is_in_the_table() -> None:
    """A lead is the one that only a review may be."""
    assert {kind for kind in (*RULES, Lead) if kind.LIMITS} == {row[0] for row in LIMITS}
    assert all({row[2]} == set(row[0].LIMITS) for row in LIMITS)


UNITS = {"low": 0, "high": 3660}
NOTHING = {"value": 0, "low": 1, "high": 99_999}
REFUSED: list[tuple[type[Rule], dict[str, Any], str, str, dict[str, Any]]] = [
    (AsNotified, {"by": ""}, "U220", "by", {"value": ""}),
    (AsNotified, {"by": " \t"}, "U220", "by", {"value": ""}),
    (AsNotified, {"by": "ได้รับ"}, "U220", "by", {"value": "ได้รับ"}),
    (AsNotified, {"by": "CGD about  it"}, "U220", "by", {"value": "CGD about it"}),
    (AsNotified, {"by": "about it"}, "U220", "by", {"value": "about it"}),
    (AsNotified, {"by": "CGD about"}, "U220", "by", {"value": "CGD about"}),
    (AsNotified, {"by": "CGD,"}, "U220", "by", {"value": "CGD,"}),
    (AsNotified, {"about": "2563-13"}, "U213", "about", {"value": "2563-13"}),
    (AsNotified, {"about": "2563"}, "U213", "about", {"value": "2563"}),
    (AsNotified, {"about": "2564-Q1"}, "U213", "about", {"value": "2564-Q1"}),
    (AsNotified, {"about": "2020-12"}, "U213", "about", {"value": "2020-12"}),
    (DateRange, {}, "U215", "start", {}),
    (DateRange, {"start": be("2563-10-06")}, "U215", "start", {}),
    (DateRange, {"end": be("2563-10-06")}, "U215", "start", {}),
    (DateRange, {"start": be("2563-10-06"), "quarter": 1}, "U215", "start", {}),
    (DateRange, {"end": be("2563-10-06"), "quarter": 1}, "U215", "start", {}),
    (DateRange, {"start": be("2563-10-06"), "end": be("2563-10-06"), "quarter": 1}, "U215", "start", {}),
    (
        DateRange, {"start": be("2563-10-06"), "end": be("2563-10-05")}, "U208", "start",
        {"start": be("2563-10-06"), "end": be("2563-10-05")},
    ),
    (DayOfMonth, {"every": "month", "day": 1, "month": "last"}, "U216", "month", {"value": "last", "every": "month"}),
    (DayOfMonth, {"every": "quarter", "day": 1}, "U216", "month", {"value": "same", "every": "quarter"}),
    (DayOfMonth, {"every": "year", "day": 1, "month": "second"}, "U216", "month", {"value": "second", "every": "year"}),
    (DayOfMonth, {"every": "week", "day": 1}, "U216", "month", {"value": "same", "every": "week"}),
    (MonthOfPeriod, {"every": "month", "month": "first"}, "U216", "month", {"value": "first", "every": "month"}),
    (MonthOfPeriod, {"every": "year", "month": "second"}, "U216", "month", {"value": "second", "every": "year"}),
    (MonthOfPeriod, {"every": "week", "month": "first"}, "U216", "month", {"value": "first", "every": "week"}),
    (InMonths, {"months": ()}, "U214", "months", {}),
    (InMonths, {"months": (1, 0)}, "U207", "months", {"month": 0}),
    (InMonths, {"months": (13, 1)}, "U207", "months", {"month": 13}),
    (InMonths, {"months": (1, 2, 1)}, "U218", "months", {}),
    (WeekOfMonth, {"weeks": ()}, "U214", "weeks", {}),
    (WeekOfMonth, {"weeks": (1, 0)}, "U209", "weeks", {"value": 0}),
    (WeekOfMonth, {"weeks": (5, 1)}, "U209", "weeks", {"value": 5}),
    (WeekOfMonth, {"weeks": (1, 2, 1)}, "U218", "weeks", {}),
    (NthWeekday, {"nth": 0, "weekday": "friday"}, "U209", "nth", {"value": 0}),
    (NthWeekday, {"nth": 5, "weekday": "friday"}, "U209", "nth", {"value": 5}),
    (NthWeekday, {"nth": -2, "weekday": "friday"}, "U209", "nth", {"value": -2}),
    (PeriodEnd, {"every": "week", "working": True}, "U217", "every", {}),
    (PeriodStart, {"every": "week", "working": True}, "U217", "every", {}),
    (RelativeToEvent, {"event": "e", "count": 1, "side": "after", "clear": True}, "U219", "clear", {}),
    (OnReceipt, {"count": 0, "unit": "workday"}, "U211", "count", NOTHING),
    (OnReceipt, {"count": 0, "unit": "minute"}, "U211", "count", NOTHING),
    (OnReceipt, {"count": 3661}, "U211", "count", {"value": 3661, **UNITS}),
    (OnReceipt, {"count": 3661, "unit": "month"}, "U211", "count", {"value": 3661, **UNITS}),
    (OnReceipt, {"count": 5, "office_hours": True}, "U219", "office_hours", {}),
    (OnReceipt, {"unit": "hour", "office_hours": True}, "U219", "office_hours", {}),
    (OnReceipt, {"unit": "hour"}, "U219", "unit", {}),
    (OnReceipt, {"unit": "workday"}, "U219", "unit", {}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "code", "field", "detail"), REFUSED)
def test_what_cannot_be_is_refused(
    kind: type[Rule], fields: dict[str, Any], code: str, field: str, detail: dict[str, Any]
) -> None:
    """With its code, the field at fault, and what the sentence needs."""
    assert refused(kind, **fields) == (code, field, detail)


ALLOWED: list[tuple[type[Rule], dict[str, Any]]] = [
    (AsNotified, {"by": "aboutness", "about": "2563-12"}),
    (AsNotified, {"by": "กรม,ที่"}),
    (DateRange, {"start": be("2563-10-06"), "end": be("2563-10-06")}),
    (InMonths, {"months": (12, 1)}),
    (NthWeekday, {"nth": -1, "weekday": "friday"}),
    (NthWeekday, {"nth": 1, "weekday": "friday"}),
    (NthWeekday, {"nth": 4, "weekday": "friday"}),
    (OnReceipt, {"count": 0}),
    (OnReceipt, {"count": 1, "unit": "hour", "office_hours": True}),
    (OnReceipt, {"count": 3660, "unit": "workday"}),
    (OnReceipt, {"count": 3661, "unit": "hour"}),
    (OnReceipt, {}),
    (PeriodEnd, {"every": "week"}),
    (PeriodStart, {"every": "week"}),
    (RelativeToEvent, {"event": "e", "count": 1, "side": "after"}),
    (RelativeToEvent, {"event": "e", "count": 1, "clear": True}),
    (WeekOfMonth, {"weeks": (1, 4)}),
]


@pytest.mark.parametrize(("kind", "fields"), ALLOWED)
def test_what_lies_just_inside(kind: type[Rule], fields: dict[str, Any]) -> None:
    """The neighbours of what is refused."""
    rule = kind(**fields)
    assert {name: getattr(rule, name) for name in fields} == fields


def test_lists_are_in_order() -> None:
    """Weeks by number, months as they come in a fiscal year; blanks of a name are single."""
    assert WeekOfMonth((4, 1, 3)).weeks == (1, 3, 4)
    assert InMonths((9, 1, 12, 10, 4)).months == (10, 12, 1, 4, 9)
    assert AsNotified(" กรม \t บัญชีกลาง ").by == "กรม บัญชีกลาง"
    assert (WeekOfMonth((1, 2, 3)).times, InMonths((1, 2)).times) == (3, 2)


def test_a_count_must_equal_its_list() -> None:
    """Of weeks and of months; without a count there is nothing to compare."""
    for kind, name in ((WeekOfMonth, "weeks"), (InMonths, "months")):
        assert kind.from_phrase(**{name: (1, 2)}) == kind.from_phrase(**{name: (1, 2), "times": 2}) == kind((1, 2))  # type: ignore[call-arg]
        with pytest.raises(RuleError) as caught:
            kind.from_phrase(**{name: (1, 2), "times": 3})
        error = caught.value
        assert (error.code, error.field, error.detail) == ("U210", "times", {"value": 3, "listed": 2})


def test_require() -> None:
    """Says nothing of what is well."""
    require(True, "U999", "field")
    with pytest.raises(RuleError):
        require(False, "U999", "field")
    assert (RuleError("U999").field, RuleError("U999").detail) == ("", {})


@pytest.mark.parametrize(
    ("rule", "spelled"),
    [
        (AtLeast("month"), {"times": 1}),
        (DateRange(quarter=1), {"start": None, "end": None}),
        (DayOfMonth("month", 1), {"month": "same"}),
        (AfterPeriodEnd("month", 1), {"unit": "day"}),
        (Lead(1), {"unit": "day"}),
        (OnDate(be("2563-10-06")), {"by": False}),
        (OnReceipt(), {"count": None, "unit": "day", "office_hours": False}),
        (PeriodEnd("month"), {"working": False}),
        (PeriodStart("month"), {"working": False}),
        (RelativeToEvent("e", 1), {"unit": "day", "side": "before", "clear": False}),
        (RRule("FREQ=DAILY"), {"start": None}),
        (AsNotified(), {"by": None, "about": None}),
    ],
)
def test_what_is_not_said(rule: Rule, spelled: dict[str, Any]) -> None:
    """A mapping that leaves a field out means the ordinary value."""
    assert {name: getattr(rule, name) for name in spelled} == spelled


WHICH = [
    (OCTOBER, "same", "2563-10"),
    (OCTOBER, "following", "2563-11"),
    (FIRST, "first", "2563-10"),
    (FIRST, "second", "2563-11"),
    (FIRST, "last", "2563-12"),
    (FIRST, "following", "2564-01"),
    (YEAR, "first", "2563-10"),
    (YEAR, "last", "2564-09"),
    (YEAR, "following", "2564-10"),
]


@pytest.mark.parametrize(("period", "which", "id"), WHICH)
def test_which_month(period: Period, which: str, id: str) -> None:
    """Of a month itself or the next, of a quarter or a year one of its own or the next."""
    assert month_in(period, which).id == id


def test_every_name_of_a_month_is_tried() -> None:
    """The table above holds all that a rule may say."""
    kinds = {"month": OCTOBER, "quarter": FIRST, "year": YEAR}
    assert {(period, which) for period, which, _ in WHICH} == {
        (kinds[every], which) for every, names in MONTH_NAMES.items() for which in names
    }


# ---- what a day is counted from


BEGINS_AFTER = [
    ("ทุกเดือน ภายใน 3 วันหลังสิ้นเดือน", True),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", True),
    ("ทุกเดือน ภายในวันที่ 10", False),
    ("ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส", True),
    ("ทุกไตรมาส ในเดือนแรกของไตรมาส", False),
    ("ภายใน 5 วันหลัง m", True),
    ("ก่อน m 5 วัน", False),
    ("ภายใน 5 วันนับจากรับเรื่อง", True),
    ("ภายในวันที่ 10 ของเดือนที่ m", False),
    ("ทุกสิ้นเดือน", False),
    ("6 ต.ค. 2563", False),
    ("ตามที่ได้รับแจ้ง", False),
]


@pytest.mark.parametrize(("phrase", "after"), BEGINS_AFTER)
def test_duties_that_cannot_begin_before(phrase: str, after: bool) -> None:
    """What follows a period, an event or a receipt; never what comes before an event or lies inside its period."""
    assert parse(phrase).begins_after is after


def test_a_kind_must_say_how_it_is_due() -> None:
    """The base class knows no day; without steps of its own a kind explains nothing."""
    with pytest.raises(NotImplementedError):
        Rule().due(OCTOBER, UBON)
    with pytest.raises(NotImplementedError):
        Rule().occurrences(Scene("a", YEAR, UBON))
    assert Rule().steps(OCTOBER, UBON) == []
    assert Rule.from_phrase() is not None
    assert Lead(3).occurrences(Scene("a", YEAR, UBON)) == ()


def test_named_months_alone_are_due() -> None:
    """A month that the rule does not name gives no day."""
    rule = InMonths((12, 4))
    assert [rule.due(month(2020, number), UBON) for number in (11, 12)] == [None, date(2020, 12, 31)]


def test_the_last_of_several_weeks() -> None:
    """Asked for a whole month, it is due on the last day of its last week."""
    assert WeekOfMonth((1, 2, 4)).due(OCTOBER, UBON) == date(2020, 10, 28)


def test_a_bar_has_no_day() -> None:
    """Neither its rule nor its occurrence."""
    rule = parse("ต่อเนื่อง")
    assert rule.due(YEAR, UBON) is None
    (only,) = rule.occurrences(Scene("a", YEAR, UBON))
    assert only == ("FY2564", YEAR, YEAR, None, YEAR.start, None, None)


def test_a_period_without_a_working_day_gives_nothing() -> None:
    """A week or month in which nobody works is left out, and the others stay."""
    closed = Workdays(date(2020, 11, 1) + number * timedelta(1) for number in range(30))
    for phrase, count in (("ทุกเดือน วันทำการสุดท้าย", 11), ("ทุกเดือน วันทำการแรก", 11), ("ทุกสัปดาห์ วันทำการแรก", 48)):
        found = list(parse(phrase).occurrences(Scene("a", YEAR, closed)))
        assert not [one for one in found if one.period.id == "2563-11"]
        assert len(found) == count


def test_what_is_known_of_nothing() -> None:
    """No events, letters, receipts or pauses."""
    assert Known() == NOTHING_KNOWN
    assert Known(events={}, letters={}, receipts={}, pauses={}) == NOTHING_KNOWN
    assert Scene("a", YEAR, UBON) == Scene("a", YEAR, UBON, NOTHING_KNOWN, {})


def test_happenings_of_an_event() -> None:
    """One a period, empty where nothing is known; the second carries its number; an unknown event hangs on the year."""
    event = Event("m", "ประชุม", "quarter")
    first, second = Happening(on=date(2020, 11, 2)), Happening(on=date(2020, 12, 2))
    known = Known(events={"m": {"2564-Q1": (first, second), "2564-Q2": ()}})
    found = parse("ก่อน m 1 วัน").occurrences(Scene("a", YEAR, UBON, known, {"m": event}))
    assert [(one.id, one.period.id, one.deadline) for one in found] == [
        ("2564-Q1", "2564-Q1", date(2020, 11, 1)), ("2564-Q1.2", "2564-Q1", date(2020, 12, 1)),
        ("2564-Q2", "2564-Q2", None), ("2564-Q3", "2564-Q3", None), ("2564-Q4", "2564-Q4", None),
    ]  # fmt: skip
    for every in ("once", "year"):
        scene = Scene("a", YEAR, UBON, Known(events={"m": {"FY2564": (first,)}}), {"m": event._replace(every=every)})
        assert [(one.id, one.deadline) for one in parse("ก่อน m 1 วัน").occurrences(scene)] == [
            ("FY2564", date(2020, 11, 1))
        ]
    (lost,) = parse("ก่อน m 1 วัน").occurrences(Scene("a", YEAR, UBON))
    assert (lost.id, lost.period, lost.anchor, lost.deadline, lost.opens) == (
        "FY2564",
        YEAR,
        Happening(),
        None,
        YEAR.start,
    )


def test_receipts_of_the_activity_and_the_year() -> None:
    """Each with its case, its pauses and its clock; others' and other years' are not ours."""
    ours = (("FY2564.c1", at("09:00")), ("FY2564.c2", at("10:00")), ("FY2565.c3", at("09:00").replace(year=2021)))
    known = Known(receipts={"a": ours, "b": ours}, pauses={"a@FY2564.c2": ((at("11:00"), at("11:30")),)})
    found = list(parse("ภายใน 2 ชั่วโมงนับจากรับเรื่อง").occurrences(Scene("a", YEAR, UBON, known)))
    day = date(2020, 11, 16)
    assert [(one.id, one.anchor, one.deadline, one.opens, one.due_at) for one in found] == [
        ("FY2564.c1", at("09:00"), day, day, at("11:00")), ("FY2564.c2", at("10:00"), day, day, at("12:30")),
    ]  # fmt: skip
    assert found[0].period == Period("FY2564.c1", day, day)


@pytest.mark.parametrize(
    ("received", "minutes", "due"),
    [
        ("08:00", 30, "16 09:00"),
        ("08:30", 480, "16 16:30"),
        ("08:30", 481, "17 08:31"),
        ("16:00", 30, "16 16:30"),
        ("16:30", 1, "17 08:31"),
        ("17:00", 1, "17 08:31"),
        ("12:00", 720, "17 16:00"),
    ],
)
def test_office_hours(received: str, minutes: int, due: str) -> None:
    """8.30 to 16.30, closing time included; what is left goes on when the next working day opens."""
    found = OnReceipt(minutes, "minute", office_hours=True).due_at(at(received), UBON)
    assert found is not None
    assert f"{found:%d %H:%M}" == due


def test_a_pause_from_the_very_moment() -> None:
    """What was left when it began, here nothing, is left when it ends."""
    rule = OnReceipt(1, "hour")
    assert rule.promised(at("09:00"), [(at("10:00"), at("11:00"))], UBON)[1] == at("11:00")
    assert rule.promised(at("09:00"), [(at("10:01"), at("11:00"))], UBON)[1] == at("10:00")
    whole = OnReceipt(480, "minute", office_hours=True)
    assert whole.promised(at("08:30"), [(at("16:30"), at("16:30"))], UBON)[1] == at("16:30")


def test_months_before_leave_whole_months_between() -> None:
    """The day before the one of the same number."""
    assert [before(date(2020, 3, 31), 1, "month", UBON, clear=clear) for clear in (False, True)] == [
        date(2020, 2, 29), date(2020, 2, 28),
    ]  # fmt: skip
    assert before(date(2020, 3, 31), 1, "month", UBON) == date(2020, 2, 29)


def test_the_same_of_another_event() -> None:
    """All else stays."""
    rule = parse("ก่อน m 3 วันทำการ")
    assert to_mapping(rule.of_event("x")) == to_mapping(rule) | {"event": "x"}


# ---- steps of an explanation

MET = Happening(on=date(2020, 10, 28), letter="ว 1")
STEPS: list[tuple[str, Any, list[tuple[str, dict[str, Any], str | None]]]] = [
    (
        "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", OCTOBER,
        [
            ("month", {"month": month(2020, 11), "which": "following", "period": OCTOBER}, None),
            ("day_of_month", {"day": 10}, "2563-11-10"),
        ],
    ),
    (
        "ทุกเดือน ภายในวันที่ 31", FEBRUARY,
        [
            ("month", {"month": FEBRUARY, "which": "same", "period": FEBRUARY}, None),
            ("last_day_instead", {"day": 31}, "2564-02-28"),
        ],
    ),
    (
        "ทุกไตรมาส ภายในวันที่ 5 ของเดือนสุดท้ายของไตรมาส", FIRST,
        [
            ("month", {"month": month(2020, 12), "which": "last", "period": FIRST}, None),
            ("day_of_month", {"day": 5}, "2563-12-05"),
        ],
    ),
    (
        "ทุกไตรมาส ภายในวันที่ 5 ของเดือนที่สองของไตรมาส", FIRST,
        [
            ("month", {"month": month(2020, 11), "which": "second", "period": FIRST}, None),
            ("day_of_month", {"day": 5}, "2563-11-05"),
        ],
    ),
    ("ทุกสิ้นเดือน", OCTOBER, [("period_end", {"period": OCTOBER}, "2563-10-31")]),
    ("ทุกเดือน วันทำการสุดท้าย", OCTOBER, [("last_workday", {"period": OCTOBER}, "2563-10-30")]),
    ("ทุกเดือน วันทำการแรก", OCTOBER, [("first_workday", {"period": OCTOBER}, "2563-10-01")]),
    ("ทุกต้นไตรมาส", FIRST, [("period_start", {"period": FIRST}, "2563-10-01")]),
    (
        "ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน", OCTOBER,
        [
            ("period_end", {"period": OCTOBER}, "2563-10-31"),
            ("count_after", {"count": 3, "unit": "workday", "start": be("2563-10-31")}, "2563-11-04"),
        ],
    ),
    (
        "ภายใน 3 เดือนนับแต่วันสิ้นปีงบประมาณ", YEAR,
        [
            ("period_end", {"period": YEAR}, "2564-09-30"),
            ("count_after", {"count": 3, "unit": "month", "start": be("2564-09-30")}, "2564-12-31"),
        ],
    ),
    (
        "ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส", FIRST,
        [
            ("month", {"month": month(2021, 1), "which": "following", "period": FIRST}, None),
            ("window", {"start": be("2564-01-01"), "end": be("2564-01-31")}, "2564-01-31"),
        ],
    ),
    ("ทุกเดือน", OCTOBER, [("period_end", {"period": OCTOBER}, "2563-10-31")]),
    ("ทุกวันทำการ", MONDAY, [("workday", {}, "2563-11-16")]),
    ("ทุกสัปดาห์ วันทำการแรก", WEEK, [("first_workday", {"period": WEEK}, "2564-05-11")]),
    ("ทุกสัปดาห์ วันทำการสุดท้าย", WEEK, [("last_workday", {"period": WEEK}, "2564-05-14")]),
    ("ทุกวันจันทร์", WEEK, [("weekday", {"period": WEEK}, "2564-05-10")]),
    ("ทุกวันศุกร์ที่ 2 ของเดือน", OCTOBER, [("nth_weekday", {"period": OCTOBER, "nth": 2}, "2563-10-09")]),
    ("ทุกวันศุกร์สุดท้ายของเดือน", OCTOBER, [("nth_weekday", {"period": OCTOBER, "nth": -1}, "2563-10-30")]),
    (
        "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", OCTOBER,
        [("week_of_month", {"period": OCTOBER, "weeks": (2, 4)}, None)],
    ),
    ("อย่างน้อยไตรมาสละ 2 ครั้ง", FIRST, [("period_end", {"period": FIRST}, "2563-12-31")]),
    ("ในเดือน ธ.ค. และ เม.ย.", month(2020, 12), [("period_end", {"period": month(2020, 12)}, "2563-12-31")]),
    ("6 ต.ค. 2563", YEAR, [("date", {}, "2563-10-06")]),
    ("2-4 พ.ย. 2563", YEAR, [("window", {"start": be("2563-11-02"), "end": be("2563-11-04")}, "2563-11-04")]),
    ("ภายในไตรมาส 1", YEAR, [("window", {"start": be("2563-10-01"), "end": be("2563-12-31")}, "2563-12-31")]),
    ("ภายในไตรมาส 4", YEAR, [("window", {"start": be("2564-07-01"), "end": be("2564-09-30")}, "2564-09-30")]),
    ("ต่อเนื่อง", YEAR, [("ongoing", {}, None)]),
    ("เมื่อรับเรื่อง", at("09:00"), [("receipt", {"at": at("09:00")}, "2563-11-16"), ("no_promise", {}, None)]),
    (
        "ภายในวันที่รับเรื่อง", at("09:00"),
        [
            ("receipt", {"at": at("09:00")}, "2563-11-16"),
            ("same_day", {"count": 0, "unit": "day", "start": be("2563-11-16"), "office_hours": False, "at": None}, "2563-11-16"),
        ],
    ),
    (
        "ภายใน 5 วันนับจากรับเรื่อง", at("09:00"),
        [
            ("receipt", {"at": at("09:00")}, "2563-11-16"),
            ("count_after", {"count": 5, "unit": "day", "start": be("2563-11-16"), "office_hours": False, "at": None}, "2563-11-21"),
        ],
    ),
    (
        "ภายใน 90 นาทีนับจากรับเรื่อง ในเวลาราชการ", at("15:30"),
        [
            ("receipt", {"at": at("15:30")}, "2563-11-16"),
            (
                "count_clock",
                {"count": 90, "unit": "minute", "start": be("2563-11-16"), "office_hours": True, "at": at("09:00", 17)},
                "2563-11-17",
            ),
        ],
    ),
    ("ก่อน m 3 วัน", Happening(), [("event_unknown", {"event": "m"}, None)]),
    (
        "ก่อน m 3 วัน", MET,
        [
            ("event", {"event": "m", "letter": "ว 1"}, "2563-10-28"),
            ("count_before", {"count": 3, "unit": "day", "start": MET.on}, "2563-10-25"),
        ],
    ),
    (
        "ก่อน m ไม่น้อยกว่า 2 วันทำการ", MET,
        [
            ("event", {"event": "m", "letter": "ว 1"}, "2563-10-28"),
            ("count_clear", {"count": 2, "unit": "workday", "start": MET.on}, "2563-10-22"),
        ],
    ),
    (
        "ภายใน 5 วันหลัง m", MET,
        [
            ("event", {"event": "m", "letter": "ว 1"}, "2563-10-28"),
            ("count_after", {"count": 5, "unit": "day", "start": MET.on}, "2563-11-02"),
        ],
    ),
    ("ภายในวันที่ 10 ของเดือนที่ m", Happening(), [("event_unknown", {"event": "m"}, None)]),
    (
        "ภายในวันที่ 31 ของเดือนที่ m", Happening(month=FEBRUARY, letter="ว 2"),
        [
            ("event_month", {"event": "m", "month": FEBRUARY, "letter": "ว 2"}, None),
            ("last_day_instead", {"day": 31}, "2564-02-28"),
        ],
    ),
    (
        "ภายในวันที่ 10 ของเดือนที่ m", MET,
        [
            ("event_month", {"event": "m", "month": OCTOBER, "letter": "ว 1"}, "2563-10-28"),
            ("day_of_month", {"day": 10}, "2563-10-10"),
        ],
    ),
    (
        "ตามที่ CGD แจ้ง ประมาณ ธ.ค. 2563", Happening(),
        [("letter_awaited", {"by": "CGD", "about": "2563-12", "letter": None}, None)],
    ),
    (
        "ตามที่ได้รับแจ้ง", Happening(on=be("2563-12-15"), letter="ว 1"),
        [("letter", {"by": None, "about": None, "letter": "ว 1"}, "2563-12-15")],
    ),
    (
        "ล่วงหน้า 2 วันทำการ", be("2563-11-16"),
        [("count_before", {"count": 2, "unit": "workday", "start": be("2563-11-16")}, "2563-11-12")],
    ),
    ("FREQ=DAILY", MONDAY, [("rrule", {"rrule": "FREQ=DAILY"}, "2563-11-16")]),
]  # fmt: skip


def rule_of(text: str) -> Rule:
    return RRule(text) if text.startswith("FREQ") else parse_review(text)


@pytest.mark.parametrize(("text", "anchor", "steps"), STEPS)
def test_steps(text: str, anchor: Any, steps: list[tuple[str, dict[str, Any], str | None]]) -> None:
    """What is counted from, how, and to which day: each a key of the view's sentences with all that they say."""
    expected = [Step(key, facts, be(day) if day else None) for key, facts, day in steps]
    assert rule_of(text).steps(anchor, UBON) == expected


@pytest.mark.parametrize(("text", "anchor"), [row[:2] for row in STEPS])
def test_the_last_step_leads_to_the_day_due(text: str, anchor: Any) -> None:
    """Where the steps name a day, the last one is the rule's own."""
    rule = rule_of(text)
    last = rule.steps(anchor, UBON)[-1].day
    assert last is None or last == rule.due(anchor, UBON)


def test_every_kind_explains_itself() -> None:
    """The table of steps holds every kind."""
    assert {type(rule_of(text)) for text, _, _ in STEPS} == {*RULES, Lead}
