"""The twelve-month table: which marks a rule leaves in which months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ustm_cli.dates.fiscal import month
from ustm_cli.dates.holidays import days_off
from ustm_cli.deadlines.base import NOTHING_KNOWN, Happening, Known
from ustm_cli.obligations import expand
from ustm_cli.plan.load import Plan, load
from ustm_cli.register.standing import NOTHING_RECORDED, row_of
from ustm_cli.views.table import Line, Table, table

MONTHS = ("ต", "พ", "ธ", "ม", "ก", "มี", "เม", "พค", "มิ", "กค", "ส", "กย")
SIGNS = {"range": "-", "point": "*", "awaiting": "?", "continuous": "=", "cancelled": "x"}
PARTS = {"whole": "", "start": "(", "middle": "~", "end": ")"}
EVENTS = """
events:
  meet: {name: การประชุมก, every: month}
  board: {name: การประชุมข, every: quarter}
  gpp: {name: ประกาศค, every: year, expected: พ.ค. 2564}
  day: {name: ประกาศง, every: year, expected: 3 มี.ค. 2564}
  spring: {name: ประกาศจ, every: year, expected: มี.ค.}
  spread: {name: ประกาศฉ, every: quarter, expected: มี.ค.}
"""


def loaded(path: Path) -> Plan:
    found = load(path, "plans/fy2564.yaml")
    assert found.plan, found.faults
    return found.plan


def tabled(path: Path, known: Known = NOTHING_KNOWN) -> Table:
    one = loaded(path)
    items = expand(one, days_off("อุบลราชธานี").workdays, known)
    rows = [row_of(item, NOTHING_RECORDED, date(2020, 11, 16)) for item in items]
    return table(2564, [one], rows, lambda _: known)


def drawn(line: Line) -> str:
    """`ต-( พ-)19`: a word a marked month: its name, the sign of the mark, its part, its deadlines."""
    return " ".join(
        f"{name}{SIGNS[mark.kind]}{PARTS[mark.part]}{','.join(str(due.deadline.day) for due in mark.due)}"
        for name, marks in zip(MONTHS, line.months, strict=True)
        for mark in marks
    )


def all_months(text: str) -> str:
    return " ".join(f"{name}{text}" for name in MONTHS)


ROWS = [
    ("6 ตุลาคม 2563", "ต*6"),
    ("2-4 พ.ย. 2563", "พ-4"),
    ("พ.ย.-ธ.ค. 2563", "พ-( ธ-)31"),
    ("ส.ค.-ก.ย. 2564", "ส-( กย-)30"),
    ("ต.ค. 2563", "ต-31"),
    ("ภายใน 29 ต.ค. 2563", "ต*29"),
    ("ภายใน 15 ม.ค. 64", "ต-( พ-~ ธ-~ ม-)15"),
    ("ภายในไตรมาส 1", "ต-( พ-~ ธ-)31"),
    ("ภายใน 50 วันนับแต่สิ้นปีงบประมาณ", "ต-( พ-)19"),
    ("อย่างน้อยไตรมาสละ 1 ครั้ง", "ต-( พ-~ ธ-)31 ม-( ก-~ มี-)31 เม-( พค-~ มิ-)30 กค-( ส-~ กย-)30"),
    ("ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส", "ต*5 ม*5 เม*5 กค*5"),
    ("ทุกไตรมาส ในเดือนแรกของไตรมาส", "ต-31 ม-31 เม-30 กค-31"),
    ("ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.", "ธ-31 เม-30"),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", all_months("*10")),
    ("ทุกเดือน", "ต-31 พ-30 ธ-31 ม-31 ก-28 มี-31 เม-30 พค-31 มิ-30 กค-31 ส-31 กย-30"),
    ("ทุกสิ้นปีงบประมาณ", "กย*30"),
    ("ทุกวันทำการ", "ต=( " + " ".join(f"{name}=~" for name in MONTHS[1:-1]) + " กย=)"),
    ("ต่อเนื่อง", "ต=( " + " ".join(f"{name}=~" for name in MONTHS[1:-1]) + " กย=)"),
    ("ภายใน 5 วันนับจากรับเรื่อง", "ต=( " + " ".join(f"{name}=~" for name in MONTHS[1:-1]) + " กย=)"),
    ("ตามที่ได้รับแจ้ง", "ต?( " + " ".join(f"{name}?~" for name in MONTHS[1:-1]) + " กย?)"),
    ("ตามที่กรมบัญชีกลางแจ้ง ประมาณ ธ.ค. 2563", "ธ?"),
    ("ก่อนการประชุมก 3 วัน", all_months("?")),
    ("ก่อนการประชุมข 3 วัน", "ต?( พ?~ ธ?) ม?( ก?~ มี?) เม?( พค?~ มิ?) กค?( ส?~ กย?)"),
    ("ภายในวันที่ 10 ของเดือนที่ประกาศค", "พค?"),
    ("ภายใน 5 วันหลังประกาศง", "มี?"),
    ("ภายใน 5 วันหลังประกาศจ", "มี?"),
    ("ภายใน 5 วันหลังประกาศฉ", "ต?( พ?~ ธ?) มี? เม?( พค?~ มิ?) กค?( ส?~ กย?)"),
    ("20 ก.ย. - 10 ต.ค. 2564", "กย-("),
]


@pytest.mark.parametrize(("phrase", "marks"), ROWS)
def test_marks_of_a_rule(plan: Callable[..., Path], phrase: str, marks: str) -> None:
    """A date is a point, a stretch is a range, what awaits stands where it is expected, what goes on goes through."""
    path = plan(f"- {{id: a, title: งาน, when: {phrase}}}", top=EVENTS)
    [line] = tabled(path).offices[0].sections[0].lines
    assert drawn(line) == marks


def test_weeks_are_one_mark_a_month(plan: Callable[..., Path]) -> None:
    """The deadlines of a month's weeks share one mark; each is there."""
    [line] = tabled(plan("- {id: a, title: งาน, when: ทุกวันจันทร์}")).offices[0].sections[0].lines
    assert [len(marks) for marks in line.months] == [1] * 12
    assert sum(len(marks[0].due) for marks in line.months) == 52
    assert drawn(line).startswith("ต*5,12,19,26 พ*2,9,16,23,30")


def test_two_rules_share_a_row(plan: Callable[..., Path]) -> None:
    """Month ends and the year's end stand in one row, the day that both name told once."""
    [line] = tabled(plan("- {id: a, title: งาน, when: [ทุกสิ้นเดือน, ทุกสิ้นปีงบประมาณ]}")).offices[0].sections[0].lines
    assert drawn(line).endswith("ส*31 กย*30")
    assert [time.th for time in line.times] == ["ทุกสิ้นเดือน", "ทุกสิ้นปีงบประมาณ"]


def test_a_day_off_is_told_with_its_working_day(plan: Callable[..., Path]) -> None:
    """A mark keeps both days: the deadline and the day to have acted by."""
    [line] = tabled(plan("- {id: a, title: งาน, when: 15 พ.ย. 2563}")).offices[0].sections[0].lines
    assert line.months[1][0].due == ((date(2020, 11, 15), date(2020, 11, 13)),)


def test_what_is_known_takes_the_awaiting_mark_away(plan: Callable[..., Path]) -> None:
    """A meeting with a date is a point, one that is not held a cross, the others still await."""
    path = plan("- {id: a, title: งาน, when: ก่อนการประชุมก 3 วัน}", top=EVENTS)
    happenings = {"2563-11": (Happening(date(2020, 11, 20)),), "2563-12": (Happening(cancelled="งด"),)}
    [line] = tabled(path, Known(events={"meet": happenings})).offices[0].sections[0].lines
    assert drawn(line).startswith("ต? พ*17 ธx ม?")


KNOWN_MONTHS = [
    ("ก่อนการประชุมข 3 วัน", "board", "2564-Q1", "ธ? ม?( ก?~ มี?) เม?( พค?~ มิ?) กค?( ส?~ กย?)"),
    ("ก่อนการประชุมข 3 วัน", "board", "2564-Q1.2", "ต?( พ?~ ธ?) ธ? ม?( ก?~ มี?) เม?( พค?~ มิ?) กค?( ส?~ กย?)"),
    ("{when: ก่อนการประชุมข 3 วัน, key: a}", "board", "2564-Q1", "ธ? ม?( ก?~ มี?) เม?( พค?~ มิ?) กค?( ส?~ กย?)"),
    ("[ภายใน 5 วันหลังประกาศง, ก่อนการประชุมข 3 วัน]", "board", "2564-Q1", "ธ? ม?( ก?~ มี?) มี? เม?( พค?~ มิ?) กค?( ส?~ กย?)"),
    ("ภายใน 5 วันหลังประกาศค", "gpp", "FY2564", "ธ?"),
    ("ภายใน 5 วันหลังประกาศง", "day", "FY2564", "ธ?"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "event", "period", "marks"), KNOWN_MONTHS)
def test_a_month_that_was_recorded_is_where_it_is_expected(
    plan: Callable[..., Path], when: str, event: str, period: str, marks: str
) -> None:
    """What awaits stands in the month that is known of its own happening, whatever the plan expected."""
    path = plan(f"- {{id: a, title: งาน, when: {when}}}", top=EVENTS)
    base, _, number = period.partition(".")
    told = (*[Happening()] * (int(number or 1) - 1), Happening(month=month(2020, 12)))
    [line] = tabled(path, Known(events={event: {base: told}})).offices[0].sections[0].lines
    assert drawn(line) == marks


def test_a_known_month_outside_the_year_has_no_cell(plan: Callable[..., Path]) -> None:
    """What is known to come later stands in no month of the year, least of all where it was expected."""
    path = plan("- {id: a, title: งาน, when: ภายใน 5 วันหลังประกาศค}", top=EVENTS)
    known = Known(events={"gpp": {"FY2564": (Happening(month=month(2021, 10)),)}})
    [line] = tabled(path, known).offices[0].sections[0].lines
    assert drawn(line) == ""


def test_an_override_moves_and_a_cancelled_period_is_crossed(plan: Callable[..., Path]) -> None:
    """The marks come from the expanded obligations, not from the rule."""
    path = plan(
        "- id: a\n  title: งาน\n  when: ทุกเดือน ภายในวันที่ 20\n"
        "  overrides: {2563-11: {deadline: 2563-11-25}, 2563-12: {cancel: true, reason: งด}}"
    )
    [line] = tabled(path).offices[0].sections[0].lines
    assert drawn(line).startswith("ต*20 พ*25 ธx20 ม*20")


def test_outside_the_year_is_told_beside(plan: Callable[..., Path]) -> None:
    """A deadline beyond September has no cell, so the row tells it."""
    [line] = tabled(plan("- {id: a, title: งาน, when: 5 ต.ค. 2564}")).offices[0].sections[0].lines
    assert drawn(line) == ""
    assert [due.deadline for due in line.outside] == [date(2021, 10, 5)]


def test_event_and_review_are_said_by_name(plan: Callable[..., Path]) -> None:
    """A row reads as the office writes: the event's name, not its id; the review without the repeated head."""
    path = plan(
        "- {id: a, title: งาน, when: ก่อนmeet 3 วัน, review: ก่อนmeet 5 วัน}\n"
        "- {id: b, title: งาน, when: ทุกเดือน ภายในวันที่ 20, review: ภายในวันที่ 17}",
        top=EVENTS,
    )
    first, second = tabled(path).offices[0].sections[0].lines
    assert (first.times[0].th, first.review and first.review.th) == ("ก่อนการประชุมก 3 วัน", "ก่อนการประชุมก 5 วัน")
    assert first.times[0].en == "3 days before การประชุมก"
    assert second.review is not None
    assert (second.review.th, second.review.en) == ("ภายในวันที่ 17", "by day 17")


def test_a_stretch_keeps_its_height(plan: Callable[..., Path]) -> None:
    """In all its months a stretch stands in one lane, whichever of those it began with have ended."""
    whens = "[ต.ค.-พ.ย. 2563, 15 ต.ค. 2563 - 31 ม.ค. 2564, 1-20 ธ.ค. 2563, 9 ก.ค. 2564, ทุกสิ้นเดือน]"
    [line] = tabled(plan(f"- {{id: a, title: งาน, when: {whens}}}")).offices[0].sections[0].lines
    lanes = [[(mark.kind, mark.last.month, mark.lane) for mark in marks] for marks in line.months[:5]]
    assert lanes == [
        [("range", 11, 0), ("range", 1, 1), ("point", 10, 2)],
        [("range", 11, 0), ("range", 1, 1), ("point", 11, 2)],
        [("range", 12, 0), ("range", 1, 1), ("point", 12, 2)],
        [("point", 1, 0), ("range", 1, 1)],
        [("point", 2, 0)],
    ]
    assert line.lanes == (3, 3, 3, 3, *[1] * 8)


RRULE = 'when: {rule: rrule, rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", start: 2563-10-01}'
RECURRENCES = [
    (RRULE, "RRULE FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO ตั้งแต่ 1 ต.ค. 2563", "RRULE FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO from 1 Oct 2563"),
    ('when: {rule: rrule, rrule: "FREQ=MONTHLY;BYDAY=1MO"}', *["RRULE FREQ=MONTHLY;BYDAY=1MO"] * 2),
    (f"{RRULE}, source: [{{at: หน้า 1}}, {{at: หน้า 2, printed: จันทร์แรกเดือนเว้นเดือน}}]", *["จันทร์แรกเดือนเว้นเดือน"] * 2),
    ("when: ทุกสิ้นเดือน, source: {at: หน้า 1, printed: วันสุดท้าย}", "ทุกสิ้นเดือน", "every month end"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "th", "en"), RECURRENCES)
def test_a_recurrence_without_a_phrase(plan: Callable[..., Path], fields: str, th: str, en: str) -> None:
    """It is said as the office's document has it, else as the RRULE it is; a rule with a phrase by its phrase."""
    [line] = tabled(plan(f"- {{id: a, title: งาน, {fields}}}")).offices[0].sections[0].lines
    assert line.times == ((th, en),)


def test_the_office_table_has_every_row_of_the_plan() -> None:
    """Every activity of the real plan has a row of its own, under its group, work plan and mission."""
    path = Path(__file__).parents[2] / "plans" / "fy2564.yaml"
    real = loaded(path)
    shown = tabled(path).offices[0]
    assert [section.title for section in shown.sections] == [group.title for group in real.body.groups]
    ids = [line.id for section in shown.sections for line in section.lines if line.kind == "activity"]
    assert sorted(ids) == sorted(item.id for item in real.activities)
    headings = [line.title for section in shown.sections for line in section.lines if line.kind != "activity"]
    assert "งานเร่งรัดการใช้จ่ายงบประมาณ" in headings
    assert all(not any(line.months) for section in shown.sections for line in section.lines if line.kind != "activity")


def test_rules_of_one_kind_are_told_apart_by_their_keys(plan: Callable[..., Path]) -> None:
    """Of two monthly rules the one with the key gives the stretch, the other the point."""
    path = plan("- {id: a, title: งาน, when: [ทุกเดือน ภายในวันที่ 10, {key: all, when: ทุกเดือน}]}")
    [line] = tabled(path).offices[0].sections[0].lines
    assert drawn(line).startswith("ต-31 ต*10 พ-30 พ*10")
