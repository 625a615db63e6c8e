"""Every phrase of docs/deadlines.md in both languages: its rule, its first days, its other spellings, its refusals.

Days are those of fiscal year 2564 in the Ubon office, reckoned by hand from the calendar and the holidays announced.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

import pytest

from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.dates.holidays import days_off
from ustm_cli.deadlines.base import Event, Happening, Known, Occurrence, Rule, Scene
from ustm_cli.deadlines.phrase import PhraseError, is_phrase, parse, parse_review, say, to_mapping
from ustm_cli.obligations import act_by_of

UBON = days_off("อุบลราชธานี").workdays
EVENTS = {
    event.id: event
    for event in (
        Event("meeting", "การประชุมประจำเดือน", "month"),
        Event("board", "การประชุม", "month"),
        Event("gpp-announced", "สศช.ประกาศใช้GPP", "year"),
    )
}

Expected = list[tuple[str, str | None, str | None, str | None]]


class Row(NamedTuple):
    """Spellings of one rule, its mapping, and its first (period, opens, deadline, act_by); days as `be` reads them."""

    th: tuple[str, ...]
    en: tuple[str, ...]
    mapping: dict[str, Any]
    first: Expected


def be(text: str | None) -> date | None:
    """`2563-10-06`; without a year, the day of fiscal year 2564."""
    if text is None:
        return None
    if len(text) == len("10-06"):
        text = ("2563-" if text >= "10-01" else "2564-") + text
    year, month, day = map(int, text.split("-"))
    return date(year - 543, month, day)


def mapping(rule: str, **fields: Any) -> dict[str, Any]:
    return {"rule": rule, **fields}


def days(period: str, opens: str | None, deadline: str | None, act_by: str | None = None) -> tuple[Any, ...]:
    return period, be(opens), be(deadline), be(act_by or deadline)


def found(rule: Rule, be_year: int = 2564, known: Known | None = None) -> list[tuple[Any, ...]]:
    scene = Scene("a", fiscal_year(be_year), UBON, known or Known(), EVENTS)
    return [(one.id, one.opens, one.deadline, _act_by(rule, one)) for one in rule.occurrences(scene)]


def _act_by(rule: Rule, one: Occurrence) -> date | None:
    return act_by_of(rule, one.opens, one.deadline, UBON) if one.deadline else None


# ---- the table

DATED = [
    Row(
        ("6 ตุลาคม 2563", "๖ ต.ค. ๖๓", "2563-10-06", "6 ต.ค. 2563"),
        ("6 October 2563", "6 Oct 2563"),
        mapping("on_date", date="2563-10-06"),
        [("FY2564", "10-06", "10-06", None)],
    ),
    Row(
        ("2-4 พ.ย. 2563",),
        ("2-4 Nov 2563", "2-4 November 2563"),
        mapping("date_range", start="2563-11-02", end="2563-11-04"),
        [("FY2564", "11-02", "11-04", None)],
    ),
    Row(
        ("30 พ.ย. - 2 ธ.ค. 2563",),
        ("30 Nov - 2 Dec 2563",),
        mapping("date_range", start="2563-11-30", end="2563-12-02"),
        [("FY2564", "11-30", "12-02", None)],
    ),
    Row(
        ("พ.ย. 2563", "พฤศจิกายน 2563", "2563-11"),
        ("Nov 2563", "November 2563"),
        mapping("date_range", start="2563-11-01", end="2563-11-30"),
        [("FY2564", "11-01", "11-30", None)],
    ),
    Row(
        ("พ.ย.-ธ.ค. 2563", "พ.ย. 2563 - ธ.ค. 2563"),
        ("Nov-Dec 2563",),
        mapping("date_range", start="2563-11-01", end="2563-12-31"),
        [("FY2564", "11-01", "12-31", "12-30")],
    ),
    Row(
        ("ธ.ค. 63 - ม.ค. 64",),
        ("Dec 2563 - Jan 2564", "Dec 63 - Jan 64"),
        mapping("date_range", start="2563-12-01", end="2564-01-31"),
        [("FY2564", "12-01", "01-31", "01-29")],
    ),
    Row(
        ("ภายใน 30 ม.ค. 64",),
        ("by 30 Jan 2564",),
        mapping("on_date", date="2564-01-30", by=True),
        [("FY2564", "10-01", "01-30", "01-29")],
    ),
    Row(
        ("ภายในไตรมาส 1", "ภายในไตรมาสที่ 1"),
        ("within quarter 1",),
        mapping("date_range", quarter=1),
        [("FY2564", "10-01", "12-31", "12-30")],
    ),
    Row(
        ("ภายในไตรมาส 3",),
        ("within quarter 3",),
        mapping("date_range", quarter=3),
        [("FY2564", "04-01", "06-30", None)],
    ),
]

MONTHLY = [
    Row(
        ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",),
        ("every month, by day 10 of the following month",),
        mapping("day_of_month", every="month", day=10, month="following"),
        [
            ("2563-09", "10-01", "10-10", "10-09"),
            ("2563-10", "11-01", "11-10", None),
            ("2563-11", "12-01", "12-10", "12-09"),
            ("2563-12", "01-01", "01-10", "01-08"),
        ],
    ),
    Row(
        ("ทุกเดือน ภายในวันที่ 20", "ทุกเดือน ภายในวันที่ 20 ของเดือน"),
        ("every month, by day 20",),
        mapping("day_of_month", every="month", day=20),
        [
            ("2563-10", "10-01", "10-20", None),
            ("2563-11", "11-01", "11-20", "11-18"),
            ("2563-12", "12-01", "12-20", "12-18"),
        ],
    ),
    Row(
        ("ทุกเดือน ภายในวันที่ 31",),
        ("every month, by day 31",),
        mapping("day_of_month", every="month", day=31),
        [
            ("2563-10", "10-01", "10-31", "10-30"),
            ("2563-11", "11-01", "11-30", None),
            ("2563-12", "12-01", "12-31", "12-30"),
            ("2564-01", "01-01", "01-31", "01-29"),
            ("2564-02", "02-01", "02-28", "02-25"),
            ("2564-03", "03-01", "03-31", None),
        ],
    ),
    Row(
        ("ทุกสิ้นเดือน", "ทุกวันสิ้นเดือน"),
        ("every month end",),
        mapping("period_end", every="month"),
        [("2563-10", "10-01", "10-31", "10-30"), ("2563-11", "11-01", "11-30", None)],
    ),
    Row(
        ("ทุกเดือน วันทำการสุดท้าย",),
        ("every month, last working day",),
        mapping("period_end", every="month", working=True),
        [
            ("2563-10", "10-01", "10-30", None),
            ("2563-11", "11-01", "11-30", None),
            ("2563-12", "12-01", "12-30", None),
        ],
    ),
    Row(
        ("ทุกเดือน วันทำการแรก",),
        ("every month, first working day",),
        mapping("period_start", every="month", working=True),
        [("2563-10", "10-01", "10-01", None), ("2563-11", "11-01", "11-02", None)],
    ),
    Row(
        ("ทุกเดือน ภายใน 45 วันนับจากสิ้นเดือน", "ทุกเดือน ภายใน 45 วันหลังวันสิ้นเดือน"),
        ("every month, within 45 days after month end",),
        mapping("after_period_end", every="month", count=45),
        [("2563-08", "2563-09-01", "10-15", None), ("2563-09", "10-01", "11-14", "11-13")],
    ),
    Row(
        ("ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน",),
        ("every month, within 3 working days after month end",),
        mapping("after_period_end", every="month", count=3, unit="workday"),
        [
            ("2563-09", "10-01", "10-05", None),
            ("2563-10", "11-01", "11-04", None),
            ("2563-11", "12-01", "12-03", None),
            ("2563-12", "01-01", "01-06", None),
        ],
    ),
    Row(
        ("ทุกเดือน ภายใน 1 เดือนนับจากสิ้นเดือน",),
        ("every month, within 1 month after month end",),
        mapping("after_period_end", every="month", count=1, unit="month"),
        [("2563-09", "10-01", "10-31", "10-30"), ("2563-10", "11-01", "11-30", None)],
    ),
    Row(
        ("ทุกเดือน",),
        ("every month",),
        mapping("period", every="month"),
        [("2563-10", "10-01", "10-31", "10-30"), ("2563-11", "11-01", "11-30", None)],
    ),
    Row(
        ("ทุกวันศุกร์ที่ 2 ของเดือน", "ทุกเดือน วันศุกร์ที่ 2"),
        ("every 2nd Friday of the month",),
        mapping("nth_weekday", nth=2, weekday="friday"),
        [
            ("2563-10", "10-01", "10-09", None),
            ("2563-11", "11-01", "11-13", None),
            ("2563-12", "12-01", "12-11", "12-09"),
        ],
    ),
    Row(
        ("ทุกวันศุกร์สุดท้ายของเดือน",),
        ("every last Friday of the month",),
        mapping("nth_weekday", nth=-1, weekday="friday"),
        [
            ("2563-10", "10-01", "10-30", None),
            ("2563-11", "11-01", "11-27", None),
            ("2563-12", "12-01", "12-25", None),
        ],
    ),
    Row(
        ("ทุกวันพฤหัสบดีที่ 1 ของเดือน",),
        ("every 1st Thursday of the month",),
        mapping("nth_weekday", nth=1, weekday="thursday"),
        [("2563-10", "10-01", "10-01", None), ("2563-11", "11-01", "11-05", None)],
    ),
    Row(
        ("เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", "ทุกเดือน สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ 4"),
        ("twice a month, weeks 2 and 4",),
        mapping("week_of_month", weeks=[2, 4]),
        [
            ("2563-10.w2", "10-08", "10-14", None),
            ("2563-10.w4", "10-22", "10-28", None),
            ("2563-11.w2", "11-08", "11-14", "11-13"),
        ],
    ),
    Row(
        ("เดือนละ 1 ครั้ง สัปดาห์ที่ 1",),
        ("once a month, week 1",),
        mapping("week_of_month", weeks=[1]),
        [("2563-10", "10-01", "10-07", None), ("2563-11", "11-01", "11-07", "11-06")],
    ),
    Row(
        ("ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.", "ปีละ 2 ครั้ง ในเดือน เม.ย. และ ธ.ค.", "ในเดือน ธ.ค. และ เม.ย."),
        ("twice a year, in Dec and Apr", "in Dec and Apr"),
        mapping("in_months", months=[12, 4]),
        [("2563-12", "12-01", "12-31", "12-30"), ("2564-04", "04-01", "04-30", None)],
    ),
    Row(
        ("ในเดือน ต.ค. ม.ค. เม.ย. ก.ค.", "ปีละ 4 ครั้ง ในเดือน ต.ค. ม.ค. เม.ย. และ ก.ค."),
        ("4 times a year, in Oct, Jan, Apr and Jul",),
        mapping("in_months", months=[10, 1, 4, 7]),
        [
            ("2563-10", "10-01", "10-31", "10-30"),
            ("2564-01", "01-01", "01-31", "01-29"),
            ("2564-04", "04-01", "04-30", None),
            ("2564-07", "07-01", "07-31", "07-30"),
        ],
    ),
]

LONGER = [
    Row(
        ("ทุกสิ้นไตรมาส",),
        ("every quarter end",),
        mapping("period_end", every="quarter"),
        [
            ("2564-Q1", "10-01", "12-31", "12-30"),
            ("2564-Q2", "01-01", "03-31", None),
            ("2564-Q3", "04-01", "06-30", None),
            ("2564-Q4", "07-01", "09-30", None),
        ],
    ),
    Row(
        ("ทุกสิ้นปีงบประมาณ", "ทุกวันสิ้นปีงบประมาณ"),
        ("every fiscal year end",),
        mapping("period_end", every="year"),
        [("FY2564", "10-01", "09-30", None)],
    ),
    Row(
        ("ทุกไตรมาส วันทำการสุดท้าย",),
        ("every quarter, last working day",),
        mapping("period_end", every="quarter", working=True),
        [("2564-Q1", "10-01", "12-30", None), ("2564-Q2", "01-01", "03-31", None)],
    ),
    Row(
        ("ทุกไตรมาส วันทำการแรก",),
        ("every quarter, first working day",),
        mapping("period_start", every="quarter", working=True),
        [("2564-Q1", "10-01", "10-01", None), ("2564-Q2", "01-01", "01-04", None)],
    ),
    Row(
        ("ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส",),
        ("every quarter, within 5 days after quarter end",),
        mapping("after_period_end", every="quarter", count=5),
        [
            ("2563-Q4", "10-01", "10-05", None),
            ("2564-Q1", "01-01", "01-05", None),
            ("2564-Q2", "04-01", "04-05", None),
            ("2564-Q3", "07-01", "07-05", None),
        ],
    ),
    Row(
        ("ภายใน 50 วันนับแต่สิ้นปีงบประมาณ", "ทุกปีงบประมาณ ภายใน 50 วันนับจากสิ้นปีงบประมาณ"),
        ("within 50 days after fiscal year end",),
        mapping("after_period_end", every="year", count=50),
        [("FY2563", "10-01", "11-19", "11-18")],
    ),
    Row(
        ("ภายใน 3 เดือนนับแต่วันสิ้นปีงบประมาณ", "ภายใน 3 เดือนนับแต่สิ้นปีงบประมาณ"),
        ("within 3 months after fiscal year end",),
        mapping("after_period_end", every="year", count=3, unit="month"),
        [("FY2563", "10-01", "12-31", "12-30")],
    ),
    Row(
        ("ภายใน 30 วันทำการนับแต่สิ้นปีงบประมาณ",),
        ("within 30 working days after fiscal year end",),
        mapping("after_period_end", every="year", count=30, unit="workday"),
        [("FY2563", "10-01", "11-13", None)],
    ),
    Row(
        ("ทุกไตรมาส ภายในวันที่ 5 ของเดือนถัดจากสิ้นไตรมาส", "ทุกไตรมาส ภายในวันที่ 5 ของเดือนถัดจากวันสิ้นไตรมาส"),
        ("every quarter, by day 5 of the month after quarter end",),
        mapping("day_of_month", every="quarter", day=5, month="following"),
        [
            ("2563-Q4", "10-01", "10-05", None),
            ("2564-Q1", "01-01", "01-05", None),
            ("2564-Q2", "04-01", "04-05", None),
            ("2564-Q3", "07-01", "07-05", None),
        ],
    ),
    Row(
        ("ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส",),
        ("every quarter, in the month after quarter end",),
        mapping("month_of_period", every="quarter", month="following"),
        [("2563-Q4", "10-01", "10-31", "10-30"), ("2564-Q1", "01-01", "01-31", "01-29")],
    ),
    Row(
        ("ทุกไตรมาส ในเดือนแรกของไตรมาส",),
        ("every quarter, in its first month",),
        mapping("month_of_period", every="quarter", month="first"),
        [("2564-Q1", "10-01", "10-31", "10-30"), ("2564-Q2", "01-01", "01-31", "01-29")],
    ),
    Row(
        ("ทุกไตรมาส ในเดือนที่สองของไตรมาส",),
        ("every quarter, in its second month", "every quarter, in the second month of the quarter"),
        mapping("month_of_period", every="quarter", month="second"),
        [("2564-Q1", "11-01", "11-30", None), ("2564-Q2", "02-01", "02-28", "02-25")],
    ),
    Row(
        ("ทุกไตรมาส ในเดือนสุดท้ายของไตรมาส",),
        ("every quarter, in its last month",),
        mapping("month_of_period", every="quarter", month="last"),
        [("2564-Q1", "12-01", "12-31", "12-30"), ("2564-Q2", "03-01", "03-31", None)],
    ),
    Row(
        ("ทุกปีงบประมาณ ในเดือนถัดจากสิ้นปีงบประมาณ",),
        ("every fiscal year, in the month after fiscal year end",),
        mapping("month_of_period", every="year", month="following"),
        [("FY2563", "10-01", "10-31", "10-30")],
    ),
    Row(
        ("ทุกไตรมาส",),
        ("every quarter",),
        mapping("period", every="quarter"),
        [("2564-Q1", "10-01", "12-31", "12-30"), ("2564-Q2", "01-01", "03-31", None)],
    ),
    Row(
        ("ทุกปีงบประมาณ",),
        ("every fiscal year",),
        mapping("period", every="year"),
        [("FY2564", "10-01", "09-30", None)],
    ),
    Row(
        ("อย่างน้อยไตรมาสละ 1 ครั้ง",),
        ("at least once a quarter",),
        mapping("at_least", every="quarter"),
        [
            ("2564-Q1", "10-01", "12-31", "12-30"),
            ("2564-Q2", "01-01", "03-31", None),
            ("2564-Q3", "04-01", "06-30", None),
            ("2564-Q4", "07-01", "09-30", None),
        ],
    ),
    Row(
        ("อย่างน้อยไตรมาสละ 2 ครั้ง",),
        ("at least twice a quarter",),
        mapping("at_least", every="quarter", times=2),
        [
            ("2564-Q1.1", "10-01", "12-31", "12-30"),
            ("2564-Q1.2", "10-01", "12-31", "12-30"),
            ("2564-Q2.1", "01-01", "03-31", None),
        ],
    ),
    Row(
        ("อย่างน้อยเดือนละ 3 ครั้ง",),
        ("at least 3 times a month",),
        mapping("at_least", every="month", times=3),
        [
            ("2563-10.1", "10-01", "10-31", "10-30"),
            ("2563-10.2", "10-01", "10-31", "10-30"),
            ("2563-10.3", "10-01", "10-31", "10-30"),
            ("2563-11.1", "11-01", "11-30", None),
        ],
    ),
    Row(
        ("ต่อเนื่อง",),
        ("continuously",),
        mapping("ongoing"),
        [("FY2564", "10-01", None, None)],
    ),
]

WEEKLY = [
    Row(
        ("ทุกสัปดาห์",),
        ("every week",),
        mapping("period", every="week"),
        [("2563-W40", "2563-09-28", "10-04", "10-02"), ("2563-W41", "10-05", "10-11", "10-09")],
    ),
    Row(
        ("ทุกสัปดาห์ วันทำการแรก",),
        ("every week, first working day",),
        mapping("weekly", on="first_workday"),
        [("2563-W41", "10-05", "10-05", None), ("2563-W42", "10-12", "10-12", None)],
    ),
    Row(
        ("ทุกวันจันทร์",),
        ("every Monday",),
        mapping("weekly", on="monday"),
        [("2563-W41", "10-05", "10-05", None), ("2563-W42", "10-12", "10-12", None)],
    ),
    Row(
        ("ทุกวันศุกร์",),
        ("every Friday",),
        mapping("weekly", on="friday"),
        [("2563-W40", "2563-09-28", "10-02", None), ("2563-W41", "10-05", "10-09", None)],
    ),
    Row(
        ("ทุกสัปดาห์ ภายใน 2 วันทำการหลังสิ้นสัปดาห์",),
        ("every week, within 2 working days after week end",),
        mapping("after_period_end", every="week", count=2, unit="workday"),
        [("2563-W40", "10-05", "10-06", None), ("2563-W41", "10-12", "10-14", None)],
    ),
    Row(
        ("ทุกวันทำการ",),
        ("every working day",),
        mapping("period", every="workday"),
        [
            ("2563-10-01", "10-01", "10-01", None),
            ("2563-10-02", "10-02", "10-02", None),
            ("2563-10-05", "10-05", "10-05", None),
        ],
    ),
]

MET = Known(events={"meeting": {"2563-10": (Happening(on=date(2020, 10, 28)),)}})
AWAITING: Expected = [("2563-10", "10-01", None, None), ("2563-11", "11-01", None, None)]
AWAITING_AFTER: Expected = [("2563-10", None, None, None), ("2563-11", None, None, None)]


class EventRow(NamedTuple):
    """A rule on the monthly meeting: its spellings, and its days once the meeting of October is on Wed 28 Oct 2563."""

    th: tuple[str, ...]
    en: tuple[str, ...]
    mapping: dict[str, Any]
    awaiting: Expected
    opens: str
    deadline: str
    act_by: str


ON_EVENTS = [
    EventRow(
        ("ก่อนการประชุมประจำเดือน 3 วัน", "ก่อน meeting 3 วัน"),
        ("3 days before meeting", "3 days before การประชุมประจำเดือน"),
        mapping("relative_to_event", event="meeting", count=3),
        AWAITING,
        "10-01", "10-25", "10-22",
    ),
    EventRow(
        ("ก่อนการประชุมประจำเดือน 2 วันทำการ",),
        ("2 working days before meeting",),
        mapping("relative_to_event", event="meeting", count=2, unit="workday"),
        AWAITING,
        "10-01", "10-26", "10-26",
    ),
    EventRow(
        ("ก่อนการประชุมประจำเดือน 4 วันทำการ",),
        ("4 working days before meeting",),
        mapping("relative_to_event", event="meeting", count=4, unit="workday"),
        AWAITING,
        "10-01", "10-21", "10-21",
    ),
    EventRow(
        ("ก่อนการประชุมประจำเดือน ไม่น้อยกว่า 7 วัน",),
        ("not less than 7 days before meeting",),
        mapping("relative_to_event", event="meeting", count=7, clear=True),
        AWAITING,
        "10-01", "10-20", "10-20",
    ),
    EventRow(
        ("ก่อนการประชุมประจำเดือน ไม่น้อยกว่า 2 วันทำการ",),
        ("not less than 2 working days before meeting",),
        mapping("relative_to_event", event="meeting", count=2, unit="workday", clear=True),
        AWAITING,
        "10-01", "10-22", "10-22",
    ),
    EventRow(
        ("ก่อนการประชุมประจำเดือน 1 เดือน",),
        ("1 month before meeting",),
        mapping("relative_to_event", event="meeting", count=1, unit="month"),
        AWAITING,
        "2563-09-28", "2563-09-28", "2563-09-28",
    ),
    EventRow(
        ("ภายใน 5 วันหลังการประชุมประจำเดือน", "ภายใน 5 วันนับจากการประชุมประจำเดือน", "ภายใน 5 วันหลังจากการประชุมประจำเดือน"),
        ("within 5 days after meeting",),
        mapping("relative_to_event", event="meeting", count=5, side="after"),
        AWAITING_AFTER,
        "10-29", "11-02", "11-02",
    ),
    EventRow(
        ("ภายใน 3 วันหลังการประชุมประจำเดือน",),
        ("within 3 days after meeting",),
        mapping("relative_to_event", event="meeting", count=3, side="after"),
        AWAITING_AFTER,
        "10-29", "10-31", "10-30",
    ),
    EventRow(
        ("ภายใน 5 วันทำการหลังการประชุมประจำเดือน",),
        ("within 5 working days after meeting",),
        mapping("relative_to_event", event="meeting", count=5, unit="workday", side="after"),
        AWAITING_AFTER,
        "10-29", "11-04", "11-04",
    ),
    EventRow(
        ("ภายใน 1 เดือนหลังการประชุมประจำเดือน",),
        ("within 1 month after meeting",),
        mapping("relative_to_event", event="meeting", count=1, unit="month", side="after"),
        AWAITING_AFTER,
        "10-29", "11-28", "11-27",
    ),
    EventRow(
        ("ภายในวันที่ 10 ของเดือนที่การประชุมประจำเดือน",),
        ("by day 10 of the month of meeting",),
        mapping("in_month_of_event", event="meeting", day=10),
        AWAITING_AFTER,
        "10-01", "10-10", "10-09",
    ),
]  # fmt: skip

# No deadline before a receipt or a letter: only what the phrase means.
MEANT: list[tuple[tuple[str, ...], tuple[str, ...], dict[str, Any]]] = [
    (
        ("ภายใน 5 วันนับจากรับเรื่อง", "ภายใน 5 วันนับแต่วันที่ได้รับเรื่อง", "ภายใน 5 วันหลังจากรับเรื่อง"),
        ("within 5 days of receipt", "within 5 days after receipt"),
        mapping("on_receipt", count=5),
    ),
    (
        ("ภายใน 5 วันทำการนับจากรับเรื่อง",),
        ("within 5 working days of receipt",),
        mapping("on_receipt", count=5, unit="workday"),
    ),
    (("ภายใน 1 เดือนนับจากรับเรื่อง",), ("within 1 month of receipt",), mapping("on_receipt", count=1, unit="month")),
    (("ภายในวันที่รับเรื่อง",), ("on the day of receipt",), mapping("on_receipt", count=0)),
    (("ภายใน 1 นาทีนับจากรับเรื่อง",), ("within 1 minute of receipt",), mapping("on_receipt", count=1, unit="minute")),
    (("ภายใน 2 ชั่วโมงนับจากรับเรื่อง",), ("within 2 hours of receipt",), mapping("on_receipt", count=2, unit="hour")),
    (
        ("ภายใน 4 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ",),
        ("within 4 hours of receipt, in office hours",),
        mapping("on_receipt", count=4, unit="hour", office_hours=True),
    ),
    (("เมื่อรับเรื่อง",), ("on receipt",), mapping("on_receipt")),
    (("ตามที่ได้รับแจ้ง",), ("as notified",), mapping("as_notified")),
    (
        ("ตามที่กรมบัญชีกลางแจ้ง",),
        ("as notified by กรมบัญชีกลาง",),
        mapping("as_notified", by="กรมบัญชีกลาง"),
    ),
    (
        ("ตามที่สำนักงบประมาณแจ้ง ประมาณ ธ.ค. 2563", "ตามที่สำนักงบประมาณแจ้ง ประมาณธันวาคม ๒๕๖๓"),
        ("as notified by สำนักงบประมาณ, about Dec 2563",),
        mapping("as_notified", by="สำนักงบประมาณ", about="2563-12"),
    ),
    (
        ("ตามที่ CGD แจ้ง ประมาณ ธ.ค. 2563",),
        ("as notified by CGD, about Dec 2563",),
        mapping("as_notified", by="CGD", about="2563-12"),
    ),
]

ROWS = [*DATED, *MONTHLY, *LONGER, *WEEKLY]
ALL = [*((row.th, row.en, row.mapping) for row in (*ROWS, *ON_EVENTS)), *MEANT]
SPELLED = [(phrase, spelled) for th, en, spelled in ALL for phrase in (*th, *en)]


@pytest.mark.parametrize(("phrase", "spelled"), SPELLED)
def test_a_phrase_is_its_rule(phrase: str, spelled: dict[str, Any]) -> None:
    """Each spelling of the table, Thai or English, says exactly what its mapping says."""
    assert to_mapping(parse(phrase, EVENTS)) == spelled


@pytest.mark.parametrize(("phrase", "spelled"), SPELLED)
def test_what_is_said_of_a_rule_is_understood_as_that_rule(phrase: str, spelled: dict[str, Any]) -> None:
    """parse(say(rule)) is the rule, in both languages, and saying it again changes nothing."""
    rule = parse(phrase, EVENTS)
    for lang in ("th", "en"):
        said = say(rule, lang)
        assert said is not None
        assert parse(said, EVENTS) == rule
        assert say(parse(said, EVENTS), lang) == said
    assert to_mapping(rule) == spelled


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.th[0])
def test_first_days_of_a_phrase(row: Row) -> None:
    """In fiscal year 2564 in Ubon: the period, the first day, the deadline and the day to act by, earliest first."""
    expected = [
        (period, be(opens), be(deadline), be(act_by or deadline)) for period, opens, deadline, act_by in row.first
    ]
    assert found(parse(row.th[0]))[: len(expected)] == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.th[0])
def test_deadlines_come_in_order_and_all_of_them_in_the_year(row: Row) -> None:
    deadlines = [deadline for _, _, deadline, _ in found(parse(row.th[0])) if deadline]
    assert deadlines == sorted(deadlines)
    assert all(day in fiscal_year(2564) for day in deadlines)


@pytest.mark.parametrize("row", ON_EVENTS, ids=lambda row: row.th[0])
def test_a_rule_on_an_event_awaits_it_and_then_counts_from_its_day(row: EventRow) -> None:
    """Twelve obligations, none dated; once the meeting of October is known, that one has its days."""
    rule = parse(row.th[0], EVENTS)
    awaiting = found(rule)
    assert len(awaiting) == len(range(12))
    assert awaiting[:2] == [(period, be(opens), None, None) for period, opens, _, _ in row.awaiting]
    expected = ("2563-10", be(row.opens), be(row.deadline), be(row.act_by))
    assert found(rule, known=MET)[0] == expected


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("ทุกสัปดาห์ วันทำการแรก", 52),
        ("ทุกวันทำการ", 238),
        ("ทุกเดือน", 12),
        ("ทุกเดือน ภายใน 45 วันนับจากสิ้นเดือน", 12),
        ("ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส", 4),
        ("เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", 24),
        ("อย่างน้อยเดือนละ 2 ครั้ง", 24),
        ("ทุกวันศุกร์", 52),
        ("ทุกวันพฤหัสบดี", 53),
        ("ภายใน 50 วันนับแต่สิ้นปีงบประมาณ", 1),
    ],
)
def test_how_many_there_are_in_fiscal_year_2564(phrase: str, count: int) -> None:
    occurrences = found(parse(phrase))
    assert len(occurrences) == len({period for period, *_ in occurrences}) == count


def test_first_working_day_of_the_week_of_a_monday_off_is_tuesday() -> None:
    """Monday 10 May 2564 is Royal Ploughing Day."""
    assert ("2564-W19", be("05-10"), be("05-11"), be("05-11")) in found(parse("ทุกสัปดาห์ วันทำการแรก"))


# ---- the same said otherwise

SINCE = ("นับจาก", "นับแต่", "นับตั้งแต่", "หลัง", "หลังจาก")
SAME = [
    # digits and years
    ("6 ตุลาคม 2563", ["๖ ตุลาคม ๒๕๖๓", "๖ ตุลาคม 63", "6 ตุลาคม ๖๓", "2563-10-6", "๒๕๖๓-๑๐-๐๖", "6 ตุลาคม พ.ศ. 2563"]),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", ["ทุกเดือน ภายในวันที่ ๑๐ ของเดือนถัดไป", "ทุกเดือน ภายในวันที่ 010 ของเดือนถัดไป"]),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", ["เดือนละ ๒ ครั้ง สัปดาห์ที่ ๒ และ สัปดาห์ที่ ๔"]),
    # months: full and short, with or without dots and spaces
    ("6 ต.ค. 2563", ["6 ตค 2563", "6 ตค. 2563", "6 ต.ค 2563", "6 ต. ค. 2563"]),
    ("6 ต.ค. 2563", ["6ต.ค.2563", "6ตุลาคม2563", "6  ต.ค.  2563"]),
    ("6 มี.ค. 2564", ["6 มีค 2564", "6 มี.ค 2564", "6 มีนาคม 2564"]),
    ("6 เม.ย. 2564", ["6 เมย 64", "6 เม.ย 64", "6 เมษายน 64", "6 เม. ย. 64"]),
    ("6 Oct 2563", ["6 Oct. 2563", "6 oct 2563", "6 OCTOBER 2563", "6 Oct 63", "6 Oct, 2563"]),
    ("พ.ย.-ธ.ค. 2563", ["พย-ธค 2563", "พ.ย. - ธ.ค. 63", "พฤศจิกายน-ธันวาคม 2563", "2563-11 - 2563-12"]),
    # ranges
    (
        "2-4 พ.ย. 2563",
        [
            "2 - 4 พ.ย. 2563", "2–4 พ.ย. 2563", "2 – 4 พ.ย. 2563", "2—4 พ.ย. 2563", "2 ถึง 4 พ.ย. 2563",
            "2ถึง4 พ.ย. 2563", "๒-๔ พ.ย. ๖๓", "2 พ.ย. - 4 พ.ย. 2563", "2 พ.ย. 2563 ถึง 4 พ.ย. 2563",
            "2563-11-02 - 2563-11-04", "2563-11-02 ถึง 2563-11-04", "2\u20134 Nov 2563", "2 to 4 Nov 2563",
        ],
    ),
    (
        "ธ.ค. 63 - ม.ค. 64",
        ["ธ.ค. 2563-ม.ค. 2564", "ธันวาคม 2563 ถึง มกราคม 2564", "ธค63–มค64", "ธ.ค. 63 — ม.ค. 64", "Dec 63 – Jan 64"],
    ),
    ("30 พ.ย. - 2 ธ.ค. 2563", ["30 พ.ย.-2 ธ.ค. 63", "30 พฤศจิกายน ถึง 2 ธันวาคม 2563", "30 พ.ย. 2563 - 2 ธ.ค. 2563"]),
    # สิ้น and วันสิ้น
    ("ทุกสิ้นไตรมาส", ["ทุกวันสิ้นไตรมาส", "ทุก สิ้น ไตรมาส"]),
    ("ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน", ["ทุกเดือน ภายใน 3 วันทำการหลังวันสิ้นเดือน"]),
    ("ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส", ["ทุกไตรมาส ในเดือนถัดจากวันสิ้นไตรมาส"]),
    # other words for a number, an hour, a day
    ("ทุกไตรมาส ในเดือนแรกของไตรมาส", ["ทุกไตรมาส ในเดือนที่ 1 ของไตรมาส", "ทุกไตรมาส ในเดือนที่หนึ่งของไตรมาส"]),
    ("ทุกไตรมาส ในเดือนที่สองของไตรมาส", ["ทุกไตรมาส ในเดือนที่ 2 ของไตรมาส", "every quarter, in its second month"]),
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง", ["ภายใน 2 ชม. นับจากรับเรื่อง", "ภายใน ๒ ชม.นับจากรับเรื่อง"]),
    ("ทุกวันพฤหัสบดี", ["ทุกวันพฤหัส", "ทุกสัปดาห์ วันพฤหัสบดี"]),
    ("อย่างน้อยปีงบประมาณละ 2 ครั้ง", ["อย่างน้อยปีละ 2 ครั้ง", "at least twice a fiscal year"]),
    # every word for "since"
    (
        "ทุกเดือน ภายใน 45 วันนับจากสิ้นเดือน",
        [f"ทุกเดือน ภายใน 45 วัน{since}{end}เดือน" for since in SINCE for end in ("สิ้น", "วันสิ้น")],
    ),
    (
        "ภายใน 5 วันหลังการประชุมประจำเดือน",
        [f"ภายใน 5 วัน{since}การประชุมประจำเดือน" for since in SINCE],
    ),
    (
        "ภายใน 5 วันนับจากรับเรื่อง",
        [f"ภายใน 5 วัน{since}รับเรื่อง" for since in SINCE],
    ),
    ("within 5 days after meeting", ["within 5 days of meeting", "within 5 day after meeting"]),
    # spaces, or none, or those of another program
    (
        "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
        [
            "ทุกเดือนภายในวันที่10ของเดือนถัดไป", "  ทุกเดือน  ภายในวันที่  10  ของเดือนถัดไป  ",
            "ทุก เดือน ภายใน วันที่ 10 ของ เดือน ถัดไป", "ทุกเดือน\u00a0ภายในวันที่\u00a010\u00a0ของเดือนถัดไป",
            "ทุก\u200bเดือน \u200bภายใน\u200bวันที่ 10 ของ\u200bเดือน\u200bถัดไป", "ทุกเดือน\tภายในวันที่ 10\nของเดือนถัดไป",
            "ทุกเดือน\u3000ภายในวันที่ 10 ของเดือนถัดไป", "ทุกเดือน\u202fภายในวันที่\u200910 ของเดือนถัดไป",
        ],
    ),
    ("ภายใน 5 วันหลังการประชุมประจำเดือน", ["ภายใน5วันหลังการประชุมประจำเดือน", "ภายใน 5 วัน หลัง การประชุม ประจำเดือน"]),
    ("ก่อนการประชุมประจำเดือน 3 วัน", ["ก่อนการประชุมประจำเดือน3วัน", "ก่อน การประชุมประจำเดือน ๓ วัน"]),
    # SARA AM in one piece or in two
    (
        "ทุกเดือน วันทำการสุดท้าย",
        ["ทุกเดือน วันท\u0e4d\u0e32การสุดท้าย", "ทุกเดือนวันท\u0e4d\u0e32การ สุดท้าย"],
    ),
    ("ก่อนการประชุมประจำเดือน 2 วันทำการ", ["ก่อนการประชุมประจ\u0e4d\u0e32เดือน 2 วันท\u0e4d\u0e32การ"]),
    # English: any case, commas or none
    (
        "every month, by day 10 of the following month",
        ["Every month by day 10 of the following month", "EVERY MONTH, BY DAY 10 OF THE FOLLOWING MONTH"],
    ),
    ("every 2nd Friday of the month", ["every 2nd friday of the month", "Every 2nd FRIDAY of the month"]),
    (
        "twice a year, in Dec and Apr",
        ["twice a year in December and April", "2 times a year, in Dec, Apr", "in Dec and Apr"],
    ),
    (
        "twice a month, weeks 2 and 4",
        ["twice a month, weeks 2, 4", "2 times a month, weeks 2 and 4", "twice a month in weeks 2 and 4"],
    ),
    # lists
    (
        "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.",
        [
            "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เมษายน", "ในเดือน ธ.ค., เม.ย.", "ในเดือนธันวาคมและเมษายน",
            "ในเดือน เม.ย. และ ธ.ค.", "ปีละ ๒ ครั้ง ในเดือน ธค เมย",
        ],
    ),
    # names of events: id or name, the longest match
    ("ก่อน meeting 3 วัน", ["ก่อนการประชุมประจำเดือน 3 วัน", "ก่อน การประชุมประจำเดือน 3 วัน", "ก่อน MEETING 3 วัน"]),
    ("ก่อน board 3 วัน", ["ก่อนการประชุม 3 วัน"]),
    ("ภายใน 7 วันหลัง gpp-announced", ["ภายใน 7 วันหลังสศช.ประกาศใช้GPP", "within 7 days after gpp-announced"]),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "other"), [(phrase, other) for phrase, others in SAME for other in others])
def test_other_spellings_read_the_same(phrase: str, other: str) -> None:
    """Digits, month names, dots, spaces, dashes and letters typed in another order change nothing."""
    assert parse(other, EVENTS) == parse(phrase, EVENTS)


SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
FULL = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_has_its_names(number: int) -> None:
    """In full or short, with dots or without, in a date, a month alone and a list of months."""
    short, full = SHORT[number - 1], FULL[number - 1]
    for name in (short, full, short.replace(".", ""), short.rstrip("."), short.replace(".", ". ").strip()):
        assert to_mapping(parse(f"5 {name} 2564")) == mapping("on_date", date=f"2564-{number:02d}-05")
        assert to_mapping(parse(f"ปีละ 1 ครั้ง ในเดือน {name}")) == mapping("in_months", months=[number])
        assert to_mapping(parse(f"{name} 2564"))["start"] == f"2564-{number:02d}-01"


@pytest.mark.parametrize(
    ("thai", "english"),
    [
        ("จันทร์", "Monday"),
        ("อังคาร", "Tuesday"),
        ("พุธ", "Wednesday"),
        ("พฤหัสบดี", "Thursday"),
        ("ศุกร์", "Friday"),
        ("เสาร์", "Saturday"),
        ("อาทิตย์", "Sunday"),
    ],
)
def test_every_weekday_has_its_names(thai: str, english: str) -> None:
    name = english.lower()
    assert to_mapping(parse(f"ทุกวัน{thai}")) == to_mapping(parse(f"every {english}")) == mapping("weekly", on=name)
    for nth, said in ((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th")):
        expected = mapping("nth_weekday", nth=nth, weekday=name)
        assert to_mapping(parse(f"ทุกวัน{thai}ที่ {nth} ของเดือน")) == expected
        assert to_mapping(parse(f"every {said} {english} of the month")) == expected


UNITS = {"วัน": ("day", "days"), "วันทำการ": ("workday", "working days"), "เดือน": ("month", "months")}
PERIODS = {
    "สัปดาห์": ("week", "week"), "เดือน": ("month", "month"), "ไตรมาส": ("quarter", "quarter"),
    "ปีงบประมาณ": ("year", "fiscal year"),
}  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("period", PERIODS)
def test_every_unit_goes_with_every_period(unit: str, period: str) -> None:
    """`ทุก… ภายใน 2 … นับจากสิ้น…` in three units and four periods, and so in English."""
    code, english = UNITS[unit]
    every, said = PERIODS[period]
    expected = mapping("after_period_end", every=every, count=2) | ({"unit": code} if code != "day" else {})
    assert to_mapping(parse(f"ทุก{period} ภายใน 2 {unit}นับจากสิ้น{period}")) == expected
    assert to_mapping(parse(f"every {said}, within 2 {english} after {said} end")) == expected


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_goes_where_a_period_may_stand(period: str) -> None:
    """At its end, at any time in it, so many times in it."""
    every, said = PERIODS[period]
    assert to_mapping(parse(f"ทุกสิ้น{period}")) == mapping("period_end", every=every)
    assert to_mapping(parse(f"every {said} end")) == mapping("period_end", every=every)
    assert to_mapping(parse(f"ทุก{period}")) == to_mapping(parse(f"every {said}")) == mapping("period", every=every)
    times = mapping("at_least", every=every, times=2)
    assert to_mapping(parse(f"อย่างน้อย{period}ละ 2 ครั้ง")) == to_mapping(parse(f"at least twice a {said}")) == times


# ---- what is refused

LAST = "ทุกวันศุกร์สุดท้ายของเดือน"
REFUSED: list[tuple[str, str, int, str | None]] = [
    # a number that cannot be: the phrase with it put right
    ("ทุกเดือน ภายในวันที่ 32", "U204", 22, "ทุกเดือน ภายในวันที่ 31"),
    ("ทุกเดือน ภายในวันที่ 0 ของเดือนถัดไป", "U204", 22, "ทุกเดือน ภายในวันที่ 1 ของเดือนถัดไป"),
    ("every month, by day 32 of the following month", "U204", 21, "every month, by day 31 of the following month"),
    ("32 ต.ค. 2563", "U204", 1, "31 ต.ค. 2563"),
    ("29 ก.พ. 2564", "U205", 1, "28 ก.พ. 2564"),
    ("31 พ.ย. 2563", "U205", 1, "30 พ.ย. 2563"),
    ("2564-02-29", "U205", 9, "2564-02-28"),
    ("ภายใน 31 เม.ย. 64", "U205", 7, "ภายใน 30 เม.ย. 64"),
    ("6 ต.ค. 2020", "U203", 8, "6 ต.ค. 2563"),
    ("2020-10-06", "U203", 1, "2563-10-06"),
    ("6 ต.ค. 2400", "U206", 8, None),
    ("6 ต.ค. 563", "U206", 8, None),
    ("2563-13-01", "U207", 6, None),
    ("4-2 พ.ย. 2563", "U208", 1, None),
    ("28 ธ.ค. - 2 ม.ค. 64", "U208", 1, "28 ธ.ค. 2563 - 2 ม.ค. 64"),
    ("ทุกวันศุกร์ที่ 5 ของเดือน", "U209", 16, LAST),
    ("ทุกวันศุกร์ที่ ๕ ของเดือน", "U209", 16, LAST),
    ("every 5th Friday of the month", "U209", 7, "every last Friday of the month"),
    ("เดือนละ 3 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", "U210", 9, "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4"),
    ("ปีละ 3 ครั้ง ในเดือน ธ.ค. และ เม.ย.", "U210", 6, "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย."),
    ("ภายในไตรมาส 5", "U211", 13, None),
    ("ทุกเดือน ภายใน 0 วันนับจากสิ้นเดือน", "U211", 16, None),
    # a word that was not understood: the nearest phrase
    ("every month by the 10th", "U201", 16, "every month, by day 10"),
    ("ภายใน 10 วันหลังสิ้นไตรมาส", "U201", 21, "ทุกไตรมาส ภายใน 10 วันนับจากสิ้นไตรมาส"),
    ("ภายในวันที่ 10 ของเดือนถัดไป", "U201", 24, "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไปนะ", "U201", 38, "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"),
    ("ทุกเดือน วันทำการที่สาม", "U201", 18, None),
    ("สัปดาห์ละ 1 ครั้ง", "U201", 1, "อย่างน้อยสัปดาห์ละ 1 ครั้ง"),
    ("at least once a year", "U201", 17, "at least once a fiscal year"),
    ("ทุก 3 เดือน", "U201", 5, None),
    ("6 ต.ค.", "U201", 7, None),
    ("พรุ่งนี้", "U201", 1, None),
    ("", "U201", 1, None),
    # an event that the plan has not
    ("ก่อนประชุมใหญ่ 3 วัน", "U202", 5, None),
    ("ภายใน 5 วันหลัง unknown", "U202", 17, None),
]


def refusal(phrase: str, events: dict[str, Event] | None = None) -> PhraseError:
    with pytest.raises(PhraseError) as caught:
        parse(phrase, EVENTS if events is None else events)
    return caught.value


@pytest.mark.parametrize(("phrase", "code", "column", "offer"), REFUSED)
def test_a_phrase_is_refused_at_its_first_wrong_word(phrase: str, code: str, column: int, offer: str | None) -> None:
    """Never a guess: a code, the column (from 1) of the word, and, where there is a near one, the phrase to write."""
    error = refusal(phrase)
    assert (error.code, error.start + 1) == (code, column)
    assert error.start <= error.end <= len(phrase)
    if offer:
        assert error.offer == offer


WRONG_LISTS = [
    ("เดือนละ 1 ครั้ง สัปดาห์ที่ 5", "U209", "สัปดาห์ที่ 5"),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 4 และ สัปดาห์ที่ 5", "U209", "สัปดาห์ที่ 5"),
    ("twice a month, weeks 4 and 5", "U209", "5"),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 2", "U218", "สัปดาห์ที่ 2"),
    ("ในเดือน ธ.ค. เม.ย. ธ.ค.", "U218", "ธ.ค."),
]


@pytest.mark.parametrize(("phrase", "code", "wrong"), WRONG_LISTS)
def test_a_wrong_list_is_refused_at_its_wrong_member(phrase: str, code: str, wrong: str) -> None:
    """The column lies in the member at fault, the last one here, not at the head of the list."""
    error = refusal(phrase)
    assert error.code == code
    assert phrase.rindex(wrong) <= error.start < len(phrase)


@pytest.mark.parametrize("phrase", [row[0] for row in (*REFUSED, *WRONG_LISTS)])
def test_what_is_offered_would_be_understood(phrase: str) -> None:
    offer = refusal(phrase).offer
    if offer is not None:
        parse(offer, EVENTS)


def test_week_five_offers_a_week_that_every_month_has() -> None:
    """Days 29-31 are no week of February; the last one, week 4, is."""
    assert refusal("เดือนละ 1 ครั้ง สัปดาห์ที่ 5").offer == "เดือนละ 1 ครั้ง สัปดาห์ที่ 4"


def test_a_column_counts_what_was_written() -> None:
    """A SARA AM typed in two pieces, and spaces of no width, are counted as they stand in the text."""
    phrase = "ทุกเดือน\u200bวันท\u0e4d\u0e32การ ท\u0e4d\u0e32ไม"
    assert refusal(phrase).start == phrase.rindex(" ") + 1
    assert phrase[refusal(phrase).start : refusal(phrase).end] == "ท\u0e4d\u0e32ไม"


def test_without_a_plan_any_one_word_is_an_event() -> None:
    for since in SINCE:
        rule = parse(f"ภายใน 5 วัน{since}การประชุม")
        assert to_mapping(rule) == mapping("relative_to_event", event="การประชุม", count=5, side="after")
    assert to_mapping(parse("ก่อนการประชุม 3 วัน"))["event"] == "การประชุม"


def test_the_longest_event_wins() -> None:
    """`การประชุม` is an event too, and must not swallow the head of `การประชุมประจำเดือน`."""
    assert to_mapping(parse("ก่อนการประชุมประจำเดือน 3 วัน", EVENTS))["event"] == "meeting"
    assert to_mapping(parse("ก่อนการประชุม 3 วัน", EVENTS))["event"] == "board"


def test_a_very_long_phrase_is_refused_at_once() -> None:
    assert refusal("ทุกเดือน " * 60).code == "U222"


# ---- reviews

REVIEWS = [
    ("ภายในวันที่ 8 ของเดือนถัดไป", "month", mapping("day_of_month", every="month", day=8, month="following")),
    ("ภายใน 3 วันทำการหลังสิ้นเดือน", "month", mapping("after_period_end", every="month", count=3, unit="workday")),
    ("ภายใน 3 วันหลังสิ้นไตรมาส", "quarter", mapping("after_period_end", every="quarter", count=3)),
    ("วันทำการสุดท้าย", "month", mapping("period_end", every="month", working=True)),
    ("วันทำการแรก", "week", mapping("weekly", on="first_workday")),
    ("วันศุกร์", "week", mapping("weekly", on="friday")),
    ("สิ้นเดือน", "month", mapping("period_end", every="month")),
    ("by day 8 of the following month", "month", mapping("day_of_month", every="month", day=8, month="following")),
    ("ทุกเดือน ภายในวันที่ 8", "month", mapping("day_of_month", every="month", day=8)),
    ("ล่วงหน้า 3 วัน", "month", mapping("lead", count=3)),
    ("ล่วงหน้า 2 วันทำการ", None, mapping("lead", count=2, unit="workday")),
    ("3 days ahead", None, mapping("lead", count=3)),
    ("2 working days ahead", None, mapping("lead", count=2, unit="workday")),
    ("ก่อนการประชุมประจำเดือน 5 วันทำการ", None, mapping("relative_to_event", event="meeting", count=5, unit="workday")),
]


@pytest.mark.parametrize(("phrase", "every", "spelled"), REVIEWS)
def test_a_review_leaves_the_head_out(phrase: str, every: Any, spelled: dict[str, Any]) -> None:
    """Where the period is known from the activity, `ทุก…` may be left out; a lead needs none."""
    rule = parse_review(phrase, EVENTS, every)
    assert to_mapping(rule) == spelled
    for lang in ("th", "en"):
        said = say(rule, lang, headless=True)
        assert said is not None
        assert parse_review(said, EVENTS, every) == rule


@pytest.mark.parametrize("phrase", ["ล่วงหน้า 3 วัน", "3 days ahead"])
def test_only_a_review_may_be_a_lead(phrase: str) -> None:
    refusal(phrase)


def test_a_phrase_that_lacks_a_letter_is_refused_or_another_one() -> None:
    """Strict, never a crash: what is understood all the same is a whole phrase, which says itself again."""
    for phrase, _ in SPELLED:
        for place in (index for index in range(len(phrase)) if re.match(r"[^\d\s.\-,]", phrase[index])):
            if place % 6:
                continue
            try:
                rule = parse(phrase[:place] + phrase[place + 1 :], EVENTS)
            except PhraseError:
                continue
            said = say(rule, "th")
            assert said is not None
            assert parse(said, EVENTS) == rule


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("ทุกเดือน", True),
        ("Every month", True),
        ("๖ ต.ค. ๒๕๖๓", True),
        ("31 ก.พ. 2564", True),
        ("ตามที่กรมแจ้ง", True),
        ("การประชุม", False),
        ("ทุกเดือนนี้", False),
        ("ก่อนการประชุม 3 วัน", False),
        ("ในเดือน", False),
    ],
)
def test_what_is_a_phrase_by_itself(text: str, is_one: bool) -> None:
    """A text that says a time without any event, be it one that cannot be: no event may be called so."""
    assert is_phrase(text) is is_one
