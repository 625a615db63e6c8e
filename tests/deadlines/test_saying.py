"""How each kind of rule is said: the one phrase of a rule in either language, however it was written."""

from __future__ import annotations

import pytest

from ustm_cli.deadlines import REVIEW_RULES
from ustm_cli.deadlines.base import Event
from ustm_cli.deadlines.phrase import parse, say
from ustm_cli.deadlines.rrule import RRule

EVENTS = {"meeting": Event("meeting", "การประชุม", "month")}
SAID = [
    ("6 ตุลาคม 2563", "6 ต.ค. 2563", "6 Oct 2563"),
    ("ภายใน 30 ม.ค. 64", "ภายใน 30 ม.ค. 2564", "by 30 Jan 2564"),
    ("2-4 พ.ย. 2563", "2-4 พ.ย. 2563", "2-4 Nov 2563"),
    ("ภายในไตรมาส 1", "ภายในไตรมาส 1", "within quarter 1"),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", "every month, by day 10 of the following month"),
    ("ทุกเดือน ภายในวันที่ 20", "ทุกเดือน ภายในวันที่ 20", "every month, by day 20"),
    ("ทุกไตรมาส ภายในวันที่ 5 ของเดือนถัดจากสิ้นไตรมาส", "ทุกไตรมาส ภายในวันที่ 5 ของเดือนถัดจากสิ้นไตรมาส", "every quarter, by day 5 of the month after quarter end"),
    ("ทุกปีงบประมาณ ภายในวันที่ 5 ของเดือนแรกของปีงบประมาณ", "ทุกปีงบประมาณ ภายในวันที่ 5 ของเดือนแรกของปีงบประมาณ", "every fiscal year, by day 5 of the first month of the fiscal year"),
    ("ทุกไตรมาส ภายในวันที่ 5 ของเดือนที่สองของไตรมาส", "ทุกไตรมาส ภายในวันที่ 5 ของเดือนที่สองของไตรมาส", "every quarter, by day 5 of the second month of the quarter"),
    ("ทุกไตรมาส ภายในวันที่ 5 ของเดือนสุดท้ายของไตรมาส", "ทุกไตรมาส ภายในวันที่ 5 ของเดือนสุดท้ายของไตรมาส", "every quarter, by day 5 of the last month of the quarter"),
    ("ทุกสิ้นเดือน", "ทุกสิ้นเดือน", "every month end"),
    ("ทุกสิ้นสัปดาห์", "ทุกสิ้นสัปดาห์", "every week end"),
    ("ทุกเดือน วันทำการสุดท้าย", "ทุกเดือน วันทำการสุดท้าย", "every month, last working day"),
    ("ทุกเดือน วันทำการแรก", "ทุกเดือน วันทำการแรก", "every month, first working day"),
    ("ทุกต้นไตรมาส", "ทุกต้นไตรมาส", "every quarter start"),
    ("ทุกเดือน ภายใน 1 วันนับจากสิ้นเดือน", "ทุกเดือน ภายใน 1 วันนับจากสิ้นเดือน", "every month, within 1 day after month end"),
    ("ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน", "ทุกเดือน ภายใน 3 วันทำการนับจากสิ้นเดือน", "every month, within 3 working days after month end"),
    ("ทุกไตรมาส ภายใน 2 เดือนนับจากสิ้นไตรมาส", "ทุกไตรมาส ภายใน 2 เดือนนับจากสิ้นไตรมาส", "every quarter, within 2 months after quarter end"),
    ("ภายใน 1 เดือนนับแต่สิ้นปีงบประมาณ", "ภายใน 1 เดือนนับแต่สิ้นปีงบประมาณ", "within 1 month after fiscal year end"),
    ("ทุกเดือน ในเดือนถัดไป", "ทุกเดือน ในเดือนถัดไป", "every month, in the following month"),
    ("ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส", "ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส", "every quarter, in the month after quarter end"),
    ("ทุกไตรมาส ในเดือนแรกของไตรมาส", "ทุกไตรมาส ในเดือนแรกของไตรมาส", "every quarter, in its first month"),
    ("ทุกวันทำการ", "ทุกวันทำการ", "every working day"),
    ("ทุกเดือน", "ทุกเดือน", "every month"),
    ("ทุกสัปดาห์", "ทุกสัปดาห์", "every week"),
    ("ทุกสัปดาห์ วันทำการแรก", "ทุกสัปดาห์ วันทำการแรก", "every week, first working day"),
    ("ทุกสัปดาห์ วันทำการสุดท้าย", "ทุกสัปดาห์ วันทำการสุดท้าย", "every week, last working day"),
    ("ทุกวันพฤหัส", "ทุกวันพฤหัสบดี", "every Thursday"),
    ("ทุกวันศุกร์ที่ 1 ของเดือน", "ทุกวันศุกร์ที่ 1 ของเดือน", "every 1st Friday of the month"),
    ("ทุกวันศุกร์ที่ 2 ของเดือน", "ทุกวันศุกร์ที่ 2 ของเดือน", "every 2nd Friday of the month"),
    ("ทุกวันศุกร์ที่ 3 ของเดือน", "ทุกวันศุกร์ที่ 3 ของเดือน", "every 3rd Friday of the month"),
    ("ทุกวันศุกร์ที่ 4 ของเดือน", "ทุกวันศุกร์ที่ 4 ของเดือน", "every 4th Friday of the month"),
    ("ทุกวันศุกร์สุดท้ายของเดือน", "ทุกวันศุกร์สุดท้ายของเดือน", "every last Friday of the month"),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", "twice a month, weeks 2 and 4"),
    ("ทุกเดือน สัปดาห์ที่ 3", "เดือนละ 1 ครั้ง สัปดาห์ที่ 3", "once a month, week 3"),
    ("อย่างน้อยไตรมาสละ 1 ครั้ง", "อย่างน้อยไตรมาสละ 1 ครั้ง", "at least once a quarter"),
    ("อย่างน้อยปีงบประมาณละ 3 ครั้ง", "อย่างน้อยปีงบประมาณละ 3 ครั้ง", "at least 3 times a fiscal year"),
    ("ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.", "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.", "twice a year, in Dec and Apr"),
    ("ในเดือน ธ.ค.", "ปีละ 1 ครั้ง ในเดือน ธ.ค.", "once a year, in Dec"),
    ("ก่อนการประชุม 3 วัน", "ก่อน meeting 3 วัน", "3 days before meeting"),
    ("ก่อนการประชุม 1 วันทำการ", "ก่อน meeting 1 วันทำการ", "1 working day before meeting"),
    ("ก่อนการประชุม ไม่น้อยกว่า 7 วัน", "ก่อน meeting ไม่น้อยกว่า 7 วัน", "not less than 7 days before meeting"),
    ("ภายใน 5 วันหลังการประชุม", "ภายใน 5 วันหลัง meeting", "within 5 days after meeting"),
    ("ภายในวันที่ 10 ของเดือนที่การประชุม", "ภายในวันที่ 10 ของเดือนที่ meeting", "by day 10 of the month of meeting"),
    ("เมื่อรับเรื่อง", "เมื่อรับเรื่อง", "on receipt"),
    ("ภายในวันที่รับเรื่อง", "ภายในวันที่รับเรื่อง", "on the day of receipt"),
    ("ภายใน 5 วันนับจากรับเรื่อง", "ภายใน 5 วันนับจากรับเรื่อง", "within 5 days of receipt"),
    ("ภายใน 1 นาทีนับจากรับเรื่อง", "ภายใน 1 นาทีนับจากรับเรื่อง", "within 1 minute of receipt"),
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง", "ภายใน 2 ชั่วโมงนับจากรับเรื่อง", "within 2 hours of receipt"),
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "ภายใน 2 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "within 2 hours of receipt, in office hours"),
    ("ตามที่ได้รับแจ้ง", "ตามที่ได้รับแจ้ง", "as notified"),
    ("ตามที่ได้รับแจ้ง ประมาณ ธ.ค. 2563", "ตามที่ได้รับแจ้ง ประมาณ ธ.ค. 2563", "as notified, about Dec 2563"),
    ("ตามที่กรมบัญชีกลางแจ้ง", "ตามที่กรมบัญชีกลางแจ้ง", "as notified by กรมบัญชีกลาง"),
    ("ตามที่ CGD แจ้ง ประมาณ ธ.ค. 2563", "ตามที่ CGD แจ้ง ประมาณ ธ.ค. 2563", "as notified by CGD, about Dec 2563"),
    ("ต่อเนื่อง", "ต่อเนื่อง", "continuously"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "thai", "english"), SAID)
def test_how_a_rule_is_said(phrase: str, thai: str, english: str) -> None:
    """In the shortest words that say all of it; in Thai unless asked otherwise, an event by its id."""
    rule = parse(phrase, EVENTS)
    assert (say(rule), say(rule, "th"), say(rule, "en")) == (thai, thai, english)


def test_an_rrule_has_no_phrase() -> None:
    """It is a mapping only."""
    assert (say(RRule("FREQ=DAILY")), say(RRule("FREQ=DAILY"), "en")) == (None, None)


ALIKE = [
    ("every month, by day 20 of the month", "ทุกเดือน ภายในวันที่ 20"),
    ("ทุกเดือน ภายในวันที่ 20 ของเดือน", "ทุกเดือน ภายในวันที่ 20"),
    ("every quarter, in the first month of the quarter", "ทุกไตรมาส ในเดือนแรกของไตรมาส"),
    ("ทุกเดือน วันศุกร์สุดท้าย", "ทุกวันศุกร์สุดท้ายของเดือน"),
    ("ทุกเดือน วันศุกร์ที่ 2", "ทุกวันศุกร์ที่ 2 ของเดือน"),
    ("ทุกสัปดาห์ วันศุกร์", "ทุกวันศุกร์"),
    ("ภายใน 2 ชั่วโมงในเวลาราชการนับจากรับเรื่อง", "ภายใน 2 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ"),
    ("ทุกเดือน สัปดาห์ที่ 3", "เดือนละ 1 ครั้ง สัปดาห์ที่ 3"),
    ("in Dec and Apr", "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย."),
    ("อย่างน้อยปีละ 3 ครั้ง", "อย่างน้อยปีงบประมาณละ 3 ครั้ง"),
    ("every month, in weeks 2 and 4", "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4"),
    ("as notified by CGD", "ตามที่ CGD แจ้ง"),
]


@pytest.mark.parametrize(("phrase", "thai"), ALIKE)
def test_other_words_of_a_rule(phrase: str, thai: str) -> None:
    """Are read as well, and said as all others are."""
    assert say(parse(phrase, EVENTS)) == thai


def test_what_a_kind_is() -> None:
    """Its name in a mapping, its family, and for those that know it without being told their period."""
    kinds = {
        kind.rule: (kind.family, vars(kind).get("every") if isinstance(vars(kind).get("every"), str) else None)
        for kind in REVIEW_RULES
    }
    assert kinds == {
        "on_date": ("dated", None),
        "date_range": ("dated", None),
        "day_of_month": ("recurring", None),
        "period_end": ("recurring", None),
        "period_start": ("recurring", None),
        "after_period_end": ("recurring", None),
        "month_of_period": ("recurring", None),
        "weekly": ("recurring", "week"),
        "nth_weekday": ("recurring", "month"),
        "week_of_month": ("recurring", "month"),
        "at_least": ("recurring", None),
        "in_months": ("recurring", "month"),
        "period": ("recurring", None),
        "on_receipt": ("receipt", None),
        "relative_to_event": ("event", None),
        "in_month_of_event": ("event", None),
        "as_notified": ("notified", None),
        "ongoing": ("ongoing", None),
        "rrule": ("recurring", None),
        "lead": ("lead", None),
    }
