"""From a plan's text to dated obligations: what is applied to a rule's days, and what is not yet known.

Days are those of the Ubon office. In fiscal year 2564 these weekdays are off: 13 and 23 Oct, 19 and 20 Nov, 10, 11 and
31 Dec, 1 Jan, 12 and 26 Feb, 6 and 12-15 Apr, 4, 10 and 26 May, 3 Jun, 26 and 28 Jul, 12 Aug, 24 Sep.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from ustm_cli.dates.fiscal import fiscal_year, month
from ustm_cli.dates.holidays import days_off
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Happening, Known, Scene
from ustm_cli.obligations import Obligation, _shared, days_of, expand, expand_activity
from ustm_cli.plan.load import Loaded, Plan, load

UBON = days_off("อุบลราชธานี").workdays
BANGKOK = timezone(timedelta(hours=7))
NEXT_10 = "when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"
MONTHS = [*(f"2563-{number:02d}" for number in (9, 10, 11, 12)), *(f"2564-{number:02d}" for number in range(1, 9))]
EVENTS = """\
events:
  - {id: meeting, name: การประชุม, every: month}
"""

PLAN = """\
fiscal_year: YEAR
province: อุบลราชธานี
EVENTS
groups:
  - title: กลุ่มงานวิชาการ
    activities:
      - id: a
        title: งาน
"""


def text_of(activity: str, events: str = EVENTS, be_year: int = 2564) -> str:
    plan = PLAN.replace("YEAR", str(be_year)).replace("EVENTS", events.rstrip())
    return plan + indent(activity.strip("\n"), " " * 8) + "\n"


Expand = Callable[..., list[Obligation]]


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[..., Loaded]:
    def read(activity: str, events: str = EVENTS, be_year: int = 2564) -> Loaded:
        path = tmp_path / f"fy{be_year}.yaml"
        path.write_text(text_of(activity, events, be_year), encoding="utf-8")
        return load(path, path.name)

    return read


@pytest.fixture
def plan_of(loaded: Callable[..., Loaded]) -> Callable[..., Plan]:
    def read(*words: Any, **more: Any) -> Plan:
        found = loaded(*words, **more)
        assert found.plan is not None, [(fault.code, fault.message("en")) for fault in found.faults]
        return found.plan

    return read


@pytest.fixture
def obligations(plan_of: Callable[..., Plan]) -> Expand:
    """Those of one activity, written as YAML."""

    def of(activity: str, known: Known | None = None, **more: Any) -> list[Obligation]:
        return list(expand(plan_of(activity, **more), UBON, known or Known()))

    return of


def be(text: str | None) -> date | None:
    """`2563-10-06`; without a year, the day of fiscal year 2564."""
    if text is None:
        return None
    if len(text) == len("10-06"):
        text = ("2563-" if text >= "10-01" else "2564-") + text
    year, number, day = map(int, text.split("-"))
    return date(year - 543, number, day)


def moment(day: str, time: str) -> datetime:
    found = be(day)
    assert found
    return datetime.combine(found, datetime.strptime(time, "%H:%M").time(), BANGKOK)


def periods(found: list[Obligation]) -> list[str]:
    return [one.period for one in found]


def by_period(found: list[Obligation], period: str) -> Obligation:
    return next(one for one in found if one.period == period)


# ---- names and years


def test_an_obligation_is_named_by_activity_and_period(obligations: Expand) -> None:
    """`a@2563-09` is the report for September 2563, due on 10 October; the plan of 2564 has it."""
    first = obligations(NEXT_10)[0]
    assert (first.id, first.activity, first.period, first.fiscal_year) == ("a@2563-09", "a", "2563-09", 2564)
    assert (first.opens, first.deadline, first.act_by) == (be("10-01"), be("10-10"), be("10-09"))
    assert (first.state, first.cancelled, first.known_by, first.due_at) == ("dated", None, None, None)


def test_the_plan_before_does_not_have_it_too(obligations: Expand) -> None:
    """Adjoining plans of 2563-2565 hold every month from 2562-09 to 2565-08 once."""
    found = [one.period for year in (2563, 2564, 2565) for one in obligations(NEXT_10, be_year=year)]
    assert found == [f"{2562 + n // 12}-{n % 12 + 1:02d}" for n in range(8, 44)]


def test_membership_is_by_the_nominal_deadline(obligations: Expand) -> None:
    """30 Sep 2566 is a Saturday: rolled into October and the next fiscal year, it stays in its plan. So overridden."""
    found = obligations("when: ทุกสิ้นเดือน\nroll: following", be_year=2566)
    assert (len(found), found[-1].period, found[-1].deadline) == (12, "2566-09", be("2566-10-02"))
    moved = "when: ทุกสิ้นเดือน\noverrides:\n  2564-09: {deadline: 15 ต.ค. 2564, reason: เลื่อน}"
    assert obligations(moved)[-1].deadline == be("2564-10-15")
    assert periods(obligations(moved, be_year=2565))[0] == "2564-10"


def test_an_activity_without_time_has_no_obligation(obligations: Expand) -> None:
    assert obligations("note: ทำเมื่อมีเวลา") == []


def test_obligations_come_by_deadline(obligations: Expand) -> None:
    """Of two rules too, those that are not yet dated last."""
    rules = "when:\n  - {when: ทุกสิ้นไตรมาส, key: q}\n  - {when: ก่อนการประชุม 3 วัน, key: m}\n  - {when: ทุกวันจันทร์, key: w}"
    deadlines = [one.deadline or date.max for one in obligations(rules)]
    assert deadlines == sorted(deadlines)
    assert deadlines[-12:] == [date.max] * 12


# ---- from, until

BOUNDS = [
    ("from: 2563-11-01", MONTHS[2:]),
    ("from: 2563-11-02", MONTHS[3:]),
    ("from: 1 พ.ย. 2563", MONTHS[2:]),
    ("from: ๑ พ.ย. ๖๓", MONTHS[2:]),
    ("from: 2563-11", MONTHS[2:]),
    ("from: พ.ย. 2563", MONTHS[2:]),
    ("from: พฤศจิกายน 2563", MONTHS[2:]),
    ("from: 2564-Q2", MONTHS[4:]),
    ("from: FY2564", MONTHS[1:]),
    ("until: 2564-01-01", MONTHS[:5]),
    ("until: 2563-12-31", MONTHS[:4]),
    ("until: 2564-01", MONTHS[:5]),
    ("until: ม.ค. 2564", MONTHS[:5]),
    ("until: 2564-Q1", MONTHS[:4]),
    ("until: 2563-09-01", MONTHS[:1]),
    ("until: 2563-08-31", []),
    ("from: 2563-10\nuntil: 2563-12", MONTHS[1:4]),
    ("from: 2564-Q2\nuntil: 2564-Q3", MONTHS[4:10]),
]


@pytest.mark.parametrize(("bounds", "expected"), BOUNDS)
def test_bounds_are_inclusive_and_look_at_the_first_day_of_the_period(
    obligations: Expand, bounds: str, expected: list[str]
) -> None:
    """A month or quarter name means its first day in `from:` and its last in `until:`."""
    assert periods(obligations(f"{NEXT_10}\n{bounds}")) == expected


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("when: ทุกสิ้นไตรมาส\nfrom: 2564-01", ["2564-Q2", "2564-Q3", "2564-Q4"]),
        ("when: ทุกสิ้นไตรมาส\nfrom: 2563-10-02", ["2564-Q2", "2564-Q3", "2564-Q4"]),
        ("when: ทุกวันศุกร์\nuntil: 2563-10-05", ["2563-W40", "2563-W41"]),
        ("when: ทุกวันทำการ\nfrom: 2564-09-28", ["2564-09-28", "2564-09-29", "2564-09-30"]),
        ("when: ก่อนการประชุม 3 วัน\nfrom: 2564-08", ["2564-08", "2564-09"]),
        ("when: ภายใน 50 วันนับแต่สิ้นปีงบประมาณ\nfrom: 2562-10-01", ["FY2563"]),
        ("when: ภายใน 50 วันนับแต่สิ้นปีงบประมาณ\nfrom: 2562-10-02", []),
        ("when: 2-4 พ.ย. 2563\nuntil: 2563-10-01", ["FY2564"]),
        ("when: เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4\nfrom: 2564-09-01", ["2564-09.w2", "2564-09.w4"]),
        ("when: เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4\nfrom: 2564-09-02", []),
    ],
)
def test_bounds_of_other_periods(obligations: Expand, activity: str, expected: list[str]) -> None:
    """Always the first day of the period that is reported on, never a deadline or a window."""
    assert periods(obligations(activity)) == expected


# ---- two days: the deadline, and the day to act by

ROLLS = [
    # Sat 10 Oct 2563; Mon 12 Oct is a working day
    (NEXT_10, "2563-09", "unadjusted", "10-10", "10-09"),
    (NEXT_10, "2563-09", "preceding", "10-09", "10-09"),
    (NEXT_10, "2563-09", "following", "10-12", "10-12"),
    (NEXT_10, "2563-09", "modified_following", "10-12", "10-12"),
    # Thu 10 and Fri 11 Dec are holidays
    (NEXT_10, "2563-11", "following", "12-14", "12-14"),
    (NEXT_10, "2563-11", "preceding", "12-09", "12-09"),
    # Sat 31 Oct is the last of its month
    ("when: ทุกสิ้นเดือน", "2563-10", "unadjusted", "10-31", "10-30"),
    ("when: ทุกสิ้นเดือน", "2563-10", "following", "11-02", "11-02"),
    ("when: ทุกสิ้นเดือน", "2563-10", "modified_following", "10-30", "10-30"),
    ("when: ทุกสิ้นเดือน", "2563-12", "following", "01-04", "01-04"),
    ("when: ทุกสิ้นเดือน", "2563-12", "modified_following", "12-30", "12-30"),
    # a working day stays
    (NEXT_10, "2563-10", "following", "11-10", "11-10"),
    ("when: 6 ต.ค. 2563", "FY2564", "preceding", "10-06", "10-06"),
    ("when: 13 ต.ค. 2563", "FY2564", "following", "10-14", "10-14"),
]


@pytest.mark.parametrize(("activity", "period", "roll", "deadline", "act_by"), ROLLS)
def test_roll_moves_the_deadline_and_act_by_follows(
    obligations: Expand, activity: str, period: str, roll: str, deadline: str, act_by: str
) -> None:
    one = by_period(obligations(f"{activity}\nroll: {roll}\nbasis: มาตรา 64"), period)
    assert (one.deadline, one.act_by) == (be(deadline), be(act_by))


@pytest.mark.parametrize(
    ("more", "deadline", "act_by"),
    [
        ("", "10-10", "10-09"),
        ("duty: office", "10-10", "10-09"),
        ("duty: person", "10-12", "10-12"),
        ("duty: person\nroll: unadjusted", "10-10", "10-09"),
        ("duty: person\nroll: preceding", "10-09", "10-09"),
    ],
)
def test_only_the_duty_of_another_moves_to_the_next_working_day(
    obligations: Expand, more: str, deadline: str, act_by: str
) -> None:
    """An authority's own duty ends on its last day even if that is a holiday (s.64)."""
    one = obligations(f"{NEXT_10}\n{more}")[0]
    assert (one.deadline, one.act_by) == (be(deadline), be(act_by))


ACT_BY = [
    # cannot begin before its period has ended: no working day from opens to deadline
    ("when: ทุกเดือน ภายใน 1 วันนับจากสิ้นเดือน", "2563-10", "11-01", "11-01", "11-01"),
    ("when: ทุกเดือน ภายใน 3 วันนับจากสิ้นเดือน", "2563-12", "01-01", "01-03", "01-03"),
    ("when: ทุกเดือน ภายในวันที่ 1 ของเดือนถัดไป", "2563-12", "01-01", "01-01", "01-01"),
    ("when: ทุกไตรมาส ภายในวันที่ 3 ของเดือนถัดจากสิ้นไตรมาส", "2564-Q1", "01-01", "01-03", "01-03"),
    # one working day is left
    ("when: ทุกเดือน ภายใน 4 วันนับจากสิ้นเดือน", "2563-12", "01-01", "01-04", "01-04"),
    ("when: ทุกเดือน ภายใน 10 วันนับจากสิ้นเดือน", "2563-09", "10-01", "10-10", "10-09"),
    # inside its period it may be done before
    ("when: ทุกเดือน ภายในวันที่ 1", "2564-01", "01-01", "01-01", "12-30"),
    ("when: ทุกต้นเดือน", "2564-01", "01-01", "01-01", "12-30"),
    # a dated rule keeps the working day before
    ("when: 1 ม.ค. 2564", "FY2564", "01-01", "01-01", "12-30"),
    ("when: 1-3 ม.ค. 2564", "FY2564", "01-01", "01-03", "12-30"),
    ("when: ภายใน 30 ม.ค. 64", "FY2564", "10-01", "01-30", "01-29"),
]


@pytest.mark.parametrize(("activity", "period", "opens", "deadline", "act_by"), ACT_BY)
def test_act_by_where_few_or_no_working_days_are_left(
    obligations: Expand, activity: str, period: str, opens: str, deadline: str, act_by: str
) -> None:
    """A duty that can only begin after something cannot be acted on before it."""
    one = by_period(obligations(activity), period)
    assert (one.opens, one.deadline, one.act_by) == (be(opens), be(deadline), be(act_by))


# ---- overrides


def test_an_override_is_final(obligations: Expand) -> None:
    """No roll moves it; act_by follows from it; the others stay."""
    found = obligations(
        f"{NEXT_10}\nroll: following\n"
        "overrides:\n  2563-10: {deadline: 14 พ.ย. 2563, reason: เลื่อน, letter: กค 0402/ว 1}"
    )
    one = by_period(found, "2563-10")
    assert (one.deadline, one.act_by, one.opens) == (be("11-14"), be("11-13"), be("11-01"))
    assert (one.letter, one.cancelled) == ("กค 0402/ว 1", None)
    assert by_period(found, "2563-09").deadline == be("10-12")
    assert len(found) == len(MONTHS)


def test_a_cancelled_period_stays_with_its_reason_and_letter(obligations: Expand) -> None:
    """Waived, not gone."""
    found = obligations(f"{NEXT_10}\noverrides:\n  2563-10: {{cancel: true, reason: งดรายงาน, letter: กค 0402/ว 2}}")
    one = by_period(found, "2563-10")
    assert (one.cancelled, one.letter, one.deadline) == ("งดรายงาน", "กค 0402/ว 2", be("11-10"))
    assert [other.cancelled for other in found if other is not one] == [None] * 11
    # That its reason is missing is for the check to tell (U311).
    unreasoned = obligations(f"{NEXT_10}\noverrides:\n  2563-10: {{cancel: true}}")
    assert by_period(unreasoned, "2563-10").cancelled == ""


def test_an_override_dates_what_awaits(obligations: Expand) -> None:
    found = obligations("when: ก่อนการประชุม 3 วัน\noverrides:\n  2563-10: {deadline: 2563-10-20, reason: แจ้งแล้ว}")
    one = by_period(found, "2563-10")
    assert (one.state, one.deadline, one.act_by, one.known_by) == ("dated", be("10-20"), be("10-20"), None)


def test_overrides_of_one_of_several_in_a_period(obligations: Expand) -> None:
    """By the whole id: the week's, the time's, the rule's key."""
    weeks = "when: เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4\noverrides:\n  2563-10.w4: {deadline: 2563-10-30, reason: เลื่อน}"
    found = obligations(weeks)
    assert by_period(found, "2563-10.w4").deadline == be("10-30")
    assert by_period(found, "2563-10.w2").deadline == be("10-14")
    keyed = (
        "when:\n  - {when: ทุกสิ้นเดือน, key: small}\n  - {when: ทุกวันศุกร์สุดท้ายของเดือน, key: large}\n"
        "overrides:\n  2563-10.small: {cancel: true, reason: งด}"
    )
    found = obligations(keyed)
    assert by_period(found, "2563-10.small").cancelled == "งด"
    assert by_period(found, "2563-10.large").cancelled is None


# ---- several rules


def test_keys_name_the_obligations_of_a_list(obligations: Expand) -> None:
    """`key:` beside `when:` and in the mapping spelling alike."""
    found = obligations(
        "when:\n  - {when: ทุกเดือน ภายในวันที่ 5, key: small}\n  - {rule: day_of_month, every: month, day: 20, key: large}"
    )
    assert len(found) == len(range(24))
    assert periods(found)[:4] == ["2563-10.small", "2563-10.large", "2563-11.small", "2563-11.large"]
    assert found[0].id == "a@2563-10.small"


def test_a_list_whose_periods_differ_needs_no_keys(obligations: Expand) -> None:
    found = obligations("when:\n  - ทุกสิ้นเดือน\n  - ทุกสิ้นไตรมาส")
    assert len(found) == len(set(periods(found))) == len(range(16))
    assert {"2563-12", "2564-Q1"} <= set(periods(found))


# ---- reviews

MEETING_28 = Known(events={"meeting": {"2563-10": (Happening(on=date(2020, 10, 28)),)}})
MOVED = "overrides:\n  2563-09: {deadline: 2563-10-16, reason: เลื่อน}"
REVIEWS = [
    # on the same period, its head left out; rolled back to a working day
    (f"{NEXT_10}\nreview: ภายในวันที่ 8 ของเดือนถัดไป", "2563-09", "10-08"),
    (f"{NEXT_10}\nreview: ภายในวันที่ 8 ของเดือนถัดไป", "2563-10", "11-06"),
    (f"{NEXT_10}\nreview: ทุกเดือน ภายในวันที่ 8 ของเดือนถัดไป", "2563-09", "10-08"),
    (f"{NEXT_10}\nreview: by day 8 of the following month", "2563-09", "10-08"),
    (f"{NEXT_10}\nreview: ภายใน 3 วันทำการหลังสิ้นเดือน", "2563-10", "11-04"),
    (f"{NEXT_10}\nreview: {{rule: day_of_month, every: month, day: 8, month: following}}", "2563-10", "11-06"),
    ("when: ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส\nreview: ภายใน 3 วันหลังสิ้นไตรมาส", "2563-Q4", "10-02"),
    ("when: ทุกสัปดาห์\nreview: วันศุกร์", "2563-W43", "10-22"),
    ("when: ภายใน 50 วันนับแต่สิ้นปีงบประมาณ\nreview: ภายใน 45 วันนับแต่สิ้นปีงบประมาณ", "FY2563", "11-13"),
    # a lead counts from the deadline, after roll
    (f"{NEXT_10}\nreview: ล่วงหน้า 3 วัน", "2563-09", "10-07"),
    (f"{NEXT_10}\nroll: following\nreview: ล่วงหน้า 3 วัน", "2563-09", "10-09"),
    (f"{NEXT_10}\nreview: ล่วงหน้า 2 วันทำการ", "2563-09", "10-08"),
    (f"{NEXT_10}\nroll: following\nreview: ล่วงหน้า 2 วันทำการ", "2563-09", "10-08"),
    (f"{NEXT_10}\nreview: 3 days ahead", "2563-10", "11-06"),
    ("when: 6 ต.ค. 2563\nreview: ล่วงหน้า 3 วัน", "FY2564", "10-02"),
    ("when: 6 ต.ค. 2563\nreview: 3 ต.ค. 2563", "FY2564", "10-02"),
    # and from an override
    (f"{NEXT_10}\n{MOVED}\nreview: ล่วงหน้า 3 วัน", "2563-09", "10-12"),
    (f"{NEXT_10}\n{MOVED}\nreview: ภายในวันที่ 8 ของเดือนถัดไป", "2563-09", "10-08"),
    # on the same event
    ("when: ก่อนการประชุม 3 วัน\nreview: ก่อนการประชุม 5 วันทำการ", "2563-10", "10-20"),
    ("when: ภายใน 5 วันหลังการประชุม\nreview: ภายใน 3 วันหลังการประชุม", "2563-10", "10-30"),
    ("when: ก่อนการประชุม 3 วัน\nreview: ล่วงหน้า 3 วัน", "2563-10", "10-22"),
]


@pytest.mark.parametrize(("activity", "period", "review_by"), REVIEWS)
def test_a_review_is_due_on_a_working_day(obligations: Expand, activity: str, period: str, review_by: str) -> None:
    assert by_period(obligations(activity, MEETING_28), period).review_by == be(review_by)


def test_without_a_review_there_is_no_review_by(obligations: Expand) -> None:
    assert {one.review_by for one in obligations(NEXT_10)} == {None}


@pytest.mark.parametrize(
    ("activity", "code"),
    [
        (f"{NEXT_10}\nreview: ทุกไตรมาส ภายใน 3 วันหลังสิ้นไตรมาส", "U224"),
        (f"{NEXT_10}\nreview: ก่อนการประชุม 3 วัน", "U224"),
        (f"{NEXT_10}\nreview: 6 ต.ค. 2563", "U224"),
        (f"{NEXT_10}\nreview: พรุ่งนี้", "U201"),
        ("review: ล่วงหน้า 3 วัน", "U224"),
        ("when: ล่วงหน้า 3 วัน", "U201"),
    ],
)
def test_a_review_of_another_period_is_refused(loaded: Callable[..., Loaded], activity: str, code: str) -> None:
    """A review counts from what its deadline counts from; only a review may be a lead."""
    found = loaded(activity)
    assert found.plan is None
    assert code in [fault.code for fault in found.faults]


# ---- what is not yet known

BEFORE = "when: ก่อน e 3 วัน"
# Columns: every, expected, activity, period, known_by.
KNOWN_BY = [
    # nothing expected: the first working day of the period (1 Oct, 2 Nov, 4 Jan)
    ("month", None, BEFORE, "2563-10", "2563-09-28"),
    ("month", None, BEFORE, "2563-11", "10-30"),
    ("month", None, BEFORE, "2564-01", "12-30"),
    ("quarter", None, BEFORE, "2564-Q2", "12-30"),
    ("year", None, BEFORE, "FY2564", "2563-09-28"),
    ("once", None, BEFORE, "FY2564", "2563-09-28"),
    # a day of every month
    ("month", "25", BEFORE, "2563-10", "10-22"),
    ("month", "วันที่ 25", BEFORE, "2563-11", "11-18"),
    ("month", "๒๕", BEFORE, "2563-10", "10-22"),
    ("month", "31", BEFORE, "2564-02", "02-25"),
    # a month: of a year, of every year, by id; its first working day is Mon 3 May
    ("year", "พ.ค. 2564", BEFORE, "FY2564", "04-30"),
    ("year", "พฤษภาคม 64", BEFORE, "FY2564", "04-30"),
    ("year", "2564-05", BEFORE, "FY2564", "04-30"),
    ("year", "พ.ค.", BEFORE, "FY2564", "04-30"),
    ("once", "พ.ค. 2564", BEFORE, "FY2564", "04-30"),
    ("quarter", "ก.พ.", BEFORE, "2564-Q2", "01-29"),
    ("quarter", "ก.พ.", BEFORE, "2564-Q1", "2563-09-28"),
    ("quarter", "ก.พ. 2564", BEFORE, "2564-Q2", "01-29"),
    ("quarter", "ก.พ. 2564", BEFORE, "2564-Q1", "2563-09-28"),
    ("quarter", "15 ก.พ. 2564", BEFORE, "2564-Q1", "2563-09-28"),
    ("quarter", "15 ก.พ. 2564", BEFORE, "2564-Q2", "02-11"),
    ("year", "ก.ย.", BEFORE, "FY2564", "08-27"),
    # a day: Sat 15 May
    ("year", "15 พ.ค. 2564", BEFORE, "FY2564", "05-12"),
    ("year", "2564-05-15", BEFORE, "FY2564", "05-12"),
    ("once", "๑๕ พฤษภาคม ๖๔", BEFORE, "FY2564", "05-12"),
    # expected after the year has ended, as figures of a year are
    ("year", "ต.ค. 2564", BEFORE, "FY2564", "2564-09-28"),
    ("once", "15 ต.ค. 2564", BEFORE, "FY2564", "2564-10-12"),
    # other rules: the act_by that would result
    ("year", "พ.ค. 2564", "when: ภายใน 5 วันหลัง e", "FY2564", "05-07"),
    ("year", "1 พ.ค. 2564", "when: ภายใน 1 วันหลัง e", "FY2564", "05-02"),
    ("year", "พ.ค. 2564", "when: ก่อน e ไม่น้อยกว่า 7 วัน", "FY2564", "04-23"),
    ("year", "พ.ค. 2564", "when: ภายในวันที่ 10 ของเดือนที่ e", "FY2564", "05-07"),
    ("year", "พ.ค. 2564", "when: ภายใน 5 วันหลัง e\nroll: following", "FY2564", "05-11"),
    # on Thu 10 Jun the Friday is left to act, on Fri 11 Jun no day
    ("year", "10 มิ.ย. 2564", "when: ภายใน 2 วันหลัง e", "FY2564", "06-11"),
    ("year", "11 มิ.ย. 2564", "when: ภายใน 2 วันหลัง e", "FY2564", "06-13"),
    # or the review, where that is earlier
    ("year", "พ.ค. 2564", "when: ภายใน 5 วันหลัง e\nreview: ล่วงหน้า 3 วัน", "FY2564", "05-05"),
    ("year", "พ.ค. 2564", "when: ก่อน e 3 วัน\nreview: ก่อน e 5 วันทำการ", "FY2564", "04-26"),
]


@pytest.mark.parametrize(("every", "expected", "activity", "period", "known_by"), KNOWN_BY)
def test_the_day_by_which_an_event_must_be_known(
    obligations: Expand, every: str, expected: str | None, activity: str, period: str, known_by: str
) -> None:
    """What would be due if the event fell as expected, else on the first working day of its month or period."""
    events = f"events:\n  - {{id: e, name: เหตุการณ์หนึ่ง, every: {every}, expected: {expected or '~'}}}"
    one = by_period(obligations(activity, events=events), period)
    assert (one.state, one.deadline, one.act_by, one.review_by) == ("awaiting", None, None, None)
    assert one.known_by == be(known_by)


def test_awaiting_obligations_open_with_their_period(obligations: Expand) -> None:
    """Twelve for a monthly event; what comes after an event cannot open yet."""
    assert [one.opens for one in obligations("when: ก่อนการประชุม 3 วัน")][:2] == [be("10-01"), be("11-01")]
    assert {one.opens for one in obligations("when: ภายใน 5 วันหลังการประชุม")} == {None}


def test_a_month_is_enough_for_a_rule_of_the_month(obligations: Expand) -> None:
    """A rule that counts from the day itself still awaits it."""
    known = Known(events={"meeting": {"2563-10": (Happening(month=month(2020, 11)),)}})
    one = obligations("when: ภายในวันที่ 10 ของเดือนที่การประชุม", known)[0]
    assert (one.period, one.state, one.opens, one.deadline) == ("2563-10", "dated", be("11-01"), be("11-10"))
    assert obligations("when: ก่อนการประชุม 3 วัน", known)[-1].deadline is None


def test_a_second_meeting_is_an_obligation_of_its_own(obligations: Expand) -> None:
    """`2564-01` and `2564-01.2`, each from its day."""
    meetings = (Happening(on=date(2021, 1, 12)), Happening(on=date(2021, 1, 26), letter="อบ 0003/5"))
    found = obligations("when: ก่อนการประชุม 3 วัน", Known(events={"meeting": {"2564-01": meetings}}))
    assert len(found) == len(range(13))
    first, second = by_period(found, "2564-01"), by_period(found, "2564-01.2")
    assert (first.deadline, first.act_by) == (be("01-09"), be("01-08"))
    assert (second.id, second.deadline, second.act_by) == ("a@2564-01.2", be("01-23"), be("01-22"))
    assert (first.letter, second.letter) == (None, "อบ 0003/5")


@pytest.mark.parametrize("on", [None, date(2021, 1, 12)])
def test_a_meeting_that_is_not_held_waives_its_obligations(obligations: Expand, on: date | None) -> None:
    """With the reason, whether or not it had a day; those of other months stand."""
    known = Known(events={"meeting": {"2564-01": (Happening(on=on, cancelled="งดประชุม", letter="อบ 0003/6"),)}})
    found = obligations("when: ก่อนการประชุม 3 วัน", known)
    one = by_period(found, "2564-01")
    assert (one.cancelled, one.letter) == ("งดประชุม", "อบ 0003/6")
    assert [other.cancelled for other in found if other is not one] == [None] * 11


def test_an_event_belongs_to_the_year_of_its_period(obligations: Expand) -> None:
    """The September meeting held in October is still that of the plan of 2564."""
    known = Known(events={"meeting": {"2564-09": (Happening(on=date(2021, 10, 20)),)}})
    rule = "when: ภายใน 5 วันหลังการประชุม"
    assert by_period(obligations(rule, known), "2564-09").deadline == be("2564-10-25")
    assert "2564-09" not in periods(obligations(rule, known, be_year=2565))


@pytest.mark.parametrize(
    ("held", "opens", "deadline", "act_by"),
    [
        ("2563-10-30", "10-31", "11-01", "11-01"),  # Friday: the two days after it are a weekend
        ("2563-10-29", "10-30", "10-31", "10-30"),
        ("2563-10-28", "10-29", "10-30", "10-30"),
    ],
)
def test_what_follows_an_event_is_not_done_before_it(
    obligations: Expand, held: str, opens: str, deadline: str, act_by: str
) -> None:
    known = Known(events={"meeting": {"2563-10": (Happening(on=be(held)),)}})
    one = by_period(obligations("when: ภายใน 2 วันหลังการประชุม", known), "2563-10")
    assert (one.opens, one.deadline, one.act_by) == (be(opens), be(deadline), be(act_by))


def test_what_precedes_an_event_opens_no_later_than_it_is_due(obligations: Expand) -> None:
    known = Known(events={"meeting": {"2563-11": (Happening(on=date(2020, 11, 2)),)}})
    one = by_period(obligations("when: ก่อนการประชุม 3 วัน", known), "2563-11")
    assert (one.opens, one.deadline, one.act_by) == (be("10-30"), be("10-30"), be("10-30"))


# ---- letters


@pytest.mark.parametrize(
    ("phrase", "known_by"),
    [
        ("ตามที่ได้รับแจ้ง", None),
        ("ตามที่กรมบัญชีกลางแจ้ง", None),
        ("ตามที่กรมบัญชีกลางแจ้ง ประมาณ ธ.ค. 2563", "12-01"),
        ("ตามที่ได้รับแจ้ง ประมาณ ม.ค. 2564", "01-04"),
    ],
)
def test_a_letter_is_awaited(obligations: Expand, phrase: str, known_by: str | None) -> None:
    """One obligation, known by the first working day of the month named, if one is."""
    (one,) = obligations(f"when: {phrase}")
    assert (one.period, one.state, one.opens, one.deadline) == ("FY2564", "awaiting", None, None)
    assert one.known_by == be(known_by)


LETTERS = [
    # (the keys of the letters that came, the periods)
    ((), ["FY2564.k", "FY2564.l"]),
    (("l",), ["FY2564.1.l", "FY2564.k"]),
    (("l", "k"), ["FY2564.1.l", "FY2564.2.k"]),
    (("l", None, "l"), ["FY2564.1.l", "FY2564.2.k", "FY2564.2.l", "FY2564.3.l"]),
    (("gone",), ["FY2564.k", "FY2564.l"]),
]


@pytest.mark.parametrize(("keys", "expected"), LETTERS)
def test_a_letter_may_date_one_rule_alone(
    obligations: Expand, keys: tuple[str | None, ...], expected: list[str]
) -> None:
    """The others wait on; each letter keeps its number among all."""
    rules = "when:\n  - {when: ตามที่กรมแจ้ง, key: k}\n  - {when: ตามที่จังหวัดแจ้ง, key: l}"
    letters = tuple(Happening(on=date(2020, 12, 1), key=key) for key in keys)
    assert sorted(periods(obligations(rules, Known(letters={"a": letters})))) == expected


def test_each_letter_is_an_obligation_in_order(obligations: Expand) -> None:
    """`FY2564.1`, `FY2564.2`: in order of letters, whatever their dates; roll and lead apply."""
    letters = (Happening(on=date(2021, 1, 30), letter="ว 9"), Happening(on=date(2020, 12, 10), letter="ว 12"))
    found = obligations("when: ตามที่กรมบัญชีกลางแจ้ง\nreview: ล่วงหน้า 1 วัน", Known(letters={"a": letters}))
    first, second = by_period(found, "FY2564.1"), by_period(found, "FY2564.2")
    assert (first.deadline, first.act_by, first.letter, first.opens) == (be("01-30"), be("01-29"), "ว 9", None)
    assert (second.deadline, second.act_by, second.review_by) == (be("12-10"), be("12-09"), be("12-09"))
    assert len(found) == len(letters)
    assert len(obligations("when: ตามที่กรมบัญชีกลางแจ้ง", Known(letters={"b": letters}))) == 1


BY_LETTER = [
    # (the periods overridden to 20 Nov, letters, the deadlines)
    ("FY2564", 0, {"FY2564": "11-20"}),
    ("FY2564", 1, {"FY2564.1": "11-20"}),
    ("FY2564", 2, {"FY2564.1": "11-20", "FY2564.2": "12-10"}),
    ("FY2564.1", 2, {"FY2564.1": "11-20", "FY2564.2": "12-10"}),
    ("FY2564.2", 2, {"FY2564.1": "01-30", "FY2564.2": "11-20"}),
    ("FY2564.2", 1, {"FY2564.1": "01-30"}),
    ("FY2564.1", 0, {"FY2564": None}),
]


@pytest.mark.parametrize("key", [None, "k"])
@pytest.mark.parametrize(("period", "count", "deadlines"), BY_LETTER)
def test_an_override_of_a_letter(
    obligations: Expand, period: str, count: int, deadlines: dict[str, str | None], key: str | None
) -> None:
    """What holds for the letter awaited holds for the first that comes, and for no other."""
    letters = (Happening(on=date(2021, 1, 30)), Happening(on=date(2020, 12, 10)))[:count]
    tail = f".{key}" if key else ""
    when = f"{{rule: as_notified, key: {key}}}" if key else "ตามที่ได้รับแจ้ง"
    overrides = f"overrides:\n  {period}{tail}: {{deadline: 2563-11-20, reason: เลื่อน}}"
    found = obligations(f"when: {when}\n{overrides}", Known(letters={"a": letters}))
    assert {one.period: one.deadline for one in found} == {
        own + tail: be(day) if day else None for own, day in deadlines.items()
    }


def test_a_letter_with_an_override_of_its_own(obligations: Expand) -> None:
    """It goes before that of the letter awaited; the eleventh letter is not the first."""
    text = "when: ตามที่ได้รับแจ้ง\noverrides:\n  FY2564: {cancel: true, reason: งด}"
    letters = Known(letters={"a": (Happening(on=date(2021, 1, 30)),) * 11})
    assert [one.period for one in obligations(text, letters) if one.cancelled] == ["FY2564.1"]
    found = obligations(f"{text}\n  FY2564.1: {{deadline: 2564-02-10, reason: ขยาย}}", letters)
    assert [one.cancelled for one in found] == [None] * 11
    assert by_period(found, "FY2564.1").deadline == be("02-10")


# ---- cases

CLOCKS = [
    # (phrase, day and time of receipt, deadline, act_by, due_at). Fri 6 Nov; Thu 22 Oct before a long weekend.
    ("ภายใน 5 วันนับจากรับเรื่อง", "11-06", "10:00", "11-11", "11-11", None),
    ("ภายใน 1 วันนับจากรับเรื่อง", "11-06", "10:00", "11-07", "11-06", None),
    ("ภายใน 1 วันนับจากรับเรื่อง", "11-07", "10:00", "11-08", "11-08", None),
    ("ภายใน 5 วันทำการนับจากรับเรื่อง", "11-06", "10:00", "11-13", "11-13", None),
    ("ภายใน 1 วันทำการนับจากรับเรื่อง", "11-07", "10:00", "11-09", "11-09", None),
    ("ภายใน 1 เดือนนับจากรับเรื่อง", "01-31", "10:00", "02-28", "02-25", None),
    ("ภายใน 1 เดือนนับจากรับเรื่อง", "11-30", "10:00", "12-31", "12-30", None),
    ("ภายในวันที่รับเรื่อง", "11-06", "16:29", "11-06", "11-06", None),
    ("ภายในวันที่รับเรื่อง", "11-07", "10:00", "11-07", "11-07", None),
    # on the wall clock
    ("ภายใน 1 นาทีนับจากรับเรื่อง", "11-06", "10:00", "11-06", "11-06", ("11-06", "10:01")),
    ("ภายใน 1 นาทีนับจากรับเรื่อง", "11-07", "23:59", "11-08", "11-08", ("11-08", "00:00")),
    ("ภายใน 30 นาทีนับจากรับเรื่อง", "11-06", "16:20", "11-06", "11-06", ("11-06", "16:50")),
    ("ภายใน 48 ชั่วโมงนับจากรับเรื่อง", "11-06", "10:00", "11-08", "11-06", ("11-08", "10:00")),
    # in office hours
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "11-06", "10:00", "11-06", "11-06", ("11-06", "12:00")),
    ("ภายใน 4 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "11-06", "15:00", "11-09", "11-09", ("11-09", "11:00")),
    ("ภายใน 2 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "10-22", "16:00", "10-26", "10-26", ("10-26", "10:00")),
    ("ภายใน 1 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "11-07", "10:00", "11-09", "11-09", ("11-09", "09:30")),
    ("ภายใน 30 นาทีนับจากรับเรื่อง ในเวลาราชการ", "11-06", "07:00", "11-06", "11-06", ("11-06", "09:00")),
    ("ภายใน 30 นาทีนับจากรับเรื่อง ในเวลาราชการ", "11-05", "18:00", "11-06", "11-06", ("11-06", "09:00")),
    ("ภายใน 1 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "11-06", "15:30", "11-06", "11-06", ("11-06", "16:30")),
    ("ภายใน 30 นาทีนับจากรับเรื่อง ในเวลาราชการ", "11-06", "16:30", "11-09", "11-09", ("11-09", "09:00")),
    ("ภายใน 8 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "11-06", "08:30", "11-06", "11-06", ("11-06", "16:30")),
    ("ภายใน 24 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ", "11-18", "08:30", "11-24", "11-24", ("11-24", "16:30")),
    # no promise
    ("เมื่อรับเรื่อง", "11-06", "10:00", None, None, None),
]


@pytest.mark.parametrize(("phrase", "day", "time", "deadline", "act_by", "due_at"), CLOCKS)
def test_the_clock_of_a_case(
    obligations: Expand, phrase: str, day: str, time: str, deadline: str | None, act_by: str | None, due_at: Any
) -> None:
    """From the moment of receipt; the day itself not counted; weekends and holidays only stop office hours."""
    known = Known(receipts={"a": (("FY2564.c1", moment(day, time)),)})
    (one,) = obligations(f"when: {phrase}", known)
    assert (one.id, one.state, one.opens) == ("a@FY2564.c1", "case", be(day))
    assert (one.deadline, one.act_by) == (be(deadline), be(act_by))
    assert one.due_at == (moment(*due_at) if due_at else None)


PAUSED = [
    # (more of the activity, the pause, deadline, act_by); received on Thu 12 Nov, 3 days; Thu 19 and Fri 20 are off
    ("", "11-13", "11-14", "11-16", "11-16"),
    ("", "11-13", "11-18", "11-20", "11-18"),
    ("", "11-13", "11-19", "11-21", "11-21"),
    ("", "11-13", "11-20", "11-22", "11-22"),
    ("", "11-13", "11-21", "11-23", "11-23"),
    # it began on the last day, and after it
    ("", "11-15", "11-21", "11-21", "11-21"),
    ("", "11-16", "11-21", "11-15", "11-13"),
    ("roll: preceding", "11-13", "11-18", "11-18", "11-18"),
    ("roll: preceding", "11-13", "11-19", "11-21", "11-21"),
    ("overrides:\n  FY2564.c1: {deadline: 2563-11-15, reason: นัดไว้}", "11-13", "11-19", "11-15", "11-13"),
]


@pytest.mark.parametrize(("more", "start", "end", "deadline", "act_by"), PAUSED)
def test_a_paused_case_is_due_no_day_before_it_can_go_on(
    obligations: Expand, more: str, start: str, end: str, deadline: str, act_by: str
) -> None:
    """Where no working day is left from then to its deadline, the deadline itself is its last day."""
    pause = (moment(start, "09:00"), moment(end, "09:00"))
    known = Known(receipts={"a": (("FY2564.c1", moment("11-12", "09:00")),)}, pauses={"a@FY2564.c1": (pause,)})
    (one,) = obligations(f"when: ภายใน 3 วันนับจากรับเรื่อง\n{more}", known)
    assert (one.opens, one.deadline, one.act_by) == (be("11-12"), be(deadline), be(act_by))


def test_a_pause_after_its_deadline_leaves_a_case_its_last_day(obligations: Expand) -> None:
    """Paused in time to Sat 14 it has Sun 15, on which it could go on; that it is paused again later changes nothing."""
    pauses = tuple(
        (moment(start, "09:00"), moment(end, "10:00"))
        for start, end in (("11-13", "11-13"), ("11-13", "11-14"), ("11-16", "11-17"))
    )
    for count in (2, 3):
        known = Known(
            receipts={"a": (("FY2564.c1", moment("11-12", "09:00")),)}, pauses={"a@FY2564.c1": pauses[:count]}
        )
        (one,) = obligations("when: ภายใน 2 วันนับจากรับเรื่อง", known)
        assert (one.deadline, one.act_by) == (be("11-15"), be("11-15"))


def test_there_is_no_case_before_a_receipt_and_none_of_another_year(obligations: Expand) -> None:
    """A case belongs to the fiscal year of its receipt, whatever its deadline."""
    rule = "when: ภายใน 5 วันนับจากรับเรื่อง"
    assert obligations(rule) == []
    receipts = (("FY2564.c1", moment("2564-09-29", "09:00")), ("FY2565.c2", moment("2564-10-01", "09:00")))
    known = Known(receipts={"a": receipts})
    assert [(one.period, one.deadline) for one in obligations(rule, known)] == [("FY2564.c1", be("2564-10-04"))]
    assert periods(obligations(rule, known, be_year=2565)) == ["FY2565.c2"]


def test_each_receipt_has_its_clock(obligations: Expand) -> None:
    receipts = tuple((f"FY2564.c{number}", moment(f"11-{number:02d}", "09:00")) for number in (2, 3, 4))
    found = obligations("when: ภายใน 1 วันทำการนับจากรับเรื่อง", Known(receipts={"a": receipts}))
    assert [(one.period, one.deadline) for one in found] == [
        ("FY2564.c2", be("11-03")), ("FY2564.c3", be("11-04")), ("FY2564.c4", be("11-05")),
    ]  # fmt: skip


# ---- what has no deadline, or one that stands alone


def test_a_bar_is_never_due(obligations: Expand) -> None:
    (one,) = obligations("when: ต่อเนื่อง")
    assert (one.period, one.state, one.opens, one.closes) == ("FY2564", "ongoing", be("10-01"), be("09-30"))
    assert (one.deadline, one.act_by) == (None, None)


def test_a_dated_rule_stands_in_the_file_that_states_it(obligations: Expand) -> None:
    """Even with a day of another year; it is named by its plan's year."""
    (one,) = obligations("when: 6 ต.ค. 2566")
    assert (one.period, one.fiscal_year, one.deadline) == ("FY2564", 2564, be("2566-10-06"))
    (by,) = obligations("when: ภายใน 6 ต.ค. 2566")
    assert by.opens == be("2566-10-01")


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ('{rule: rrule, rrule: "FREQ=MONTHLY;BYDAY=2FR"}', ["2563-10-09", "2563-11-13", "2563-12-11"]),
        ('{rule: rrule, rrule: "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", start: 2563-11-01}', ["2563-11-30"]),
        ('{rule: rrule, rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", start: 2563-09-28}', ["2563-10-12", "2563-10-26"]),
        ('{rule: rrule, rrule: "FREQ=MONTHLY;COUNT=3;BYMONTHDAY=5", start: 2563-09-01}', ["2563-10-05", "2563-11-05"]),
        ('{rule: rrule, rrule: "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=1"}', ["2564-04-01"]),
        ('{rule: rrule, rrule: "FREQ=MONTHLY;BYMONTHDAY=1;UNTIL=20201130"}', ["2563-10-01", "2563-11-01"]),
    ],
)
def test_an_rrule_gives_its_dates(obligations: Expand, rule: str, first: list[str]) -> None:
    """The period is the nominal date."""
    found = obligations(f"when: {rule}")
    assert periods(found)[: len(first)] == first
    assert all(one.opens == one.deadline == be(one.period) for one in found)
    if "COUNT" in rule or "UNTIL" in rule or "YEARLY" in rule:
        assert len(found) == len(first)


@pytest.mark.parametrize(
    "rrule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=29", "FREQ=MONTHLY;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=1,31", "FREQ=MONTHLY;BYMONTHDAY=+31", "FREQ=MONTHLY;BYMONTHDAY=-31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYDAY=5FR", "FREQ=YEARLY;BYDAY=53MO",
        "FREQ=YEARLY;BYYEARDAY=366", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
    ],
)  # fmt: skip
def test_an_rrule_that_would_skip_months_is_refused(loaded: Callable[..., Loaded], rrule: str) -> None:
    """Silently leaving out a month that has no 31st is what a deadline may never do."""
    found = loaded(f'when: {{rule: rrule, rrule: "{rrule}"}}')
    assert found.plan is None
    assert [fault.code for fault in found.faults] == ["U221"]


@pytest.mark.parametrize(
    "rrule", ["FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=4", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTHDAY=28"]
)
def test_an_rrule_whose_months_all_have_the_day_is_taken(obligations: Expand, rrule: str) -> None:
    assert obligations(f'when: {{rule: rrule, rrule: "{rrule}"}}')


SHARING = [
    "when: ก่อนการประชุม 3 วัน", "when: ก่อนการประชุม 3 วัน\nreview: ล่วงหน้า 2 วันทำการ", "when: ภายใน 3 วันหลังการประชุม",
    "when: ก่อนการประชุม 3 วัน\nfrom: 2564-02-01", "when: ก่อนการประชุม 3 วัน\noverrides: {2564-01: {cancel: true, reason: งด}}",
    "when: ทุกเดือน ภายในวันที่ 10", "when: ทุกเดือน ภายในวันที่ 10\nroll: preceding", "when: ต่อเนื่อง", "when: ต่อเนื่อง\nfrom: 2564-02-01",
]  # fmt: skip


def test_what_activities_share_is_not_mixed_up(plan_of: Callable[..., Plan]) -> None:
    """Obligations are the same whatever was expanded before: other terms, events, knowledge, places, years."""
    expected = EVENTS.replace("every: month", "every: month, expected: 25")
    plans = [plan_of(text, events, year) for text in SHARING for events in (EVENTS, expected) for year in (2564, 2565)]
    happenings = (Happening(on=date(2021, 1, 12)), Happening(cancelled="งด"), Happening(month=month(2021, 1)))
    knowledge = [Known(), *(Known(events={"meeting": {"2564-01": (one,)}}) for one in happenings)]
    cases = [(plan, off, known) for plan in plans for off in (UBON, Workdays()) for known in knowledge]
    warm = [list(expand(*case)) for _ in range(2) for case in cases]
    cold = []
    for case in cases:
        _shared.cache_clear()
        cold.append(list(expand(*case)))
    assert warm == [*cold, *cold]
    assert len({tuple(found) for found in cold}) > len(plans)


# ---- everything that an obligation says

WHOLE = """\
when: {when: WHEN, key: k}
follow_up: ติดตามทางโทรศัพท์
owner: สมชาย
send_to: [กรมบัญชีกลาง, จังหวัด]
steps: [รวบรวม, ส่ง]
"""


def whole(when: str, more: str = "") -> str:
    return WHOLE.replace("WHEN", when) + more


@pytest.mark.parametrize("more", ["", "overrides:\n  2400-01: {cancel: true, reason: -}\n"])
def test_all_that_an_obligation_says(obligations: Expand, more: str) -> None:
    """Field by field, on the short way and on the long one."""
    first = obligations(whole("ทุกสิ้นเดือน", more))[0]
    assert first == Obligation(
        id="a@2563-10.k", activity="a", period="2563-10.k", fiscal_year=2564, office="", province="อุบลราชธานี",
        title="งาน", group="กลุ่มงานวิชาการ", owner="สมชาย", send_to=("กรมบัญชีกลาง", "จังหวัด"),
        follow_up="ติดตามทางโทรศัพท์", state="dated", opens=date(2020, 10, 1), deadline=date(2020, 10, 31),
        act_by=date(2020, 10, 30), review_by=None, known_by=None, due_at=None, closes=None, cancelled=None, letter=None,
        steps=("รวบรวม", "ส่ง"), file="fy2564.yaml", line=first.line,
    )  # fmt: skip
    assert first.line > 0


def test_what_an_obligation_leaves_empty(obligations: Expand) -> None:
    """What the plan does not say is empty, and nobody's work is the group's."""
    first = obligations("when: ทุกสิ้นเดือน")[0]
    assert (first.office, first.owner, first.send_to, first.follow_up, first.steps) == ("", "กลุ่มงานวิชาการ", (), "", ())


def test_the_office_is_the_plans(obligations: Expand) -> None:
    """Of every obligation, whatever way it comes."""
    events = EVENTS + "office: สำนักงานคลังจังหวัด\n"
    for when in ("ทุกสิ้นเดือน", "ก่อนการประชุม 3 วัน"):
        assert {one.office for one in obligations(f"when: {when}", events=events)} == {"สำนักงานคลังจังหวัด"}


def test_a_bar_begins_and_ends_with_its_activity(obligations: Expand) -> None:
    """Or with the year, where the activity begins before it and ends after it."""
    for bounds, opens, closes in (
        ("", "10-01", "09-30"),
        ("from: 2563-11", "11-01", "09-30"),
        ("from: 2563-01-01", "10-01", "09-30"),
        ("until: 2563-11", "10-01", "11-30"),
        ("until: 2565-01", "10-01", "09-30"),
        ("from: 2563-11\nuntil: 2564-02-15", "11-01", "02-15"),
    ):
        (one,) = obligations(f"when: ต่อเนื่อง\n{bounds}")
        assert (one.opens, one.closes) == (be(opens), be(closes))
    for bounds in ("from: 2564-09-30", "until: 2563-10-01"):
        assert len(obligations(f"when: ต่อเนื่อง\n{bounds}")) == 1
    for bounds in ("from: 2564-10-01", "until: 2563-09-30"):
        assert obligations(f"when: ต่อเนื่อง\n{bounds}") == []


def test_bounds_cut_no_other_window(obligations: Expand) -> None:
    """An activity that begins in the middle of a period has the period whole or not at all."""
    for bounds in ("from: 2563-10-01", "from: 2563-10-01\nuntil: 2564-09"):
        first = obligations(f"when: ก่อนการประชุม 3 วัน\n{bounds}")[0]
        assert (first.opens, first.closes) == (be("10-01"), None)


@pytest.mark.parametrize(
    ("override", "cancelled", "letter"),
    [
        ("{cancel: true, reason: งด}", "งด", None),
        ("{cancel: true, reason: งด, letter: ว 9}", "งด", "ว 9"),
        ("{deadline: 2563-10-20, reason: เลื่อน, letter: ว 9}", "งดประชุม", "ว 9"),
        ("{deadline: 2563-10-20, reason: เลื่อน}", "งดประชุม", "ว 1"),
    ],
)
def test_an_override_of_a_cancelled_meeting(
    obligations: Expand, override: str, cancelled: str, letter: str | None
) -> None:
    """Its own reason and letter come first; the meeting's where it has none."""
    happening = Happening(on=date(2020, 10, 28), cancelled="งดประชุม", letter="ว 1")
    known = Known(events={"meeting": {"2563-10": (happening,)}})
    found = obligations(f"when: ก่อนการประชุม 3 วัน\noverrides:\n  2563-10: {override}", known)
    one = by_period(found, "2563-10")
    assert (one.cancelled, one.letter) == (cancelled, letter)


def test_a_moved_case_has_no_moment(obligations: Expand) -> None:
    """A clock's day that an override or a roll has moved is a day; one that stays is the moment."""
    received = moment("10-09", "15:00")  # a Friday
    known = Known(receipts={"a": (("FY2564.c1", received),)})
    clock = "when: ภายใน 24 ชั่วโมงนับจากรับเรื่อง"
    (plain,) = obligations(clock, known)
    assert (plain.state, plain.due_at, plain.deadline) == ("case", moment("10-10", "15:00"), be("10-10"))
    (rolled,) = obligations(f"{clock}\nroll: following", known)
    assert (rolled.due_at, rolled.deadline) == (None, be("10-12"))
    (moved,) = obligations(f"{clock}\noverrides:\n  FY2564.c1: {{deadline: 2563-10-15, reason: x}}", known)
    assert (moved.due_at, moved.deadline, moved.act_by) == (None, be("10-15"), be("10-15"))


def test_a_roll_never_goes_before_the_duty(obligations: Expand) -> None:
    """A duty that begins on a Saturday and ends on the Sunday cannot be rolled back to the Friday before."""
    rule = "when: ทุกเดือน ภายใน 2 วันนับจากสิ้นเดือน\nroll: preceding"
    found = {one.period: (one.opens, one.deadline, one.act_by) for one in obligations(rule)}
    # Sat 1 and Sun 2 May 2564
    assert found["2564-04"] == (be("05-01"), be("05-02"), be("05-02"))
    # Thu 1 and Fri 2 Apr; Fri 1 and Sat 2 Jan, the Friday off
    assert found["2564-03"][1:] == (be("04-02"), be("04-02"))
    assert found["2563-12"] == (be("01-01"), be("01-02"), be("01-02"))
    # Fri 1 and Sat 2 Oct 2564: the Friday is a day of the duty
    assert obligations(rule, be_year=2565)[0].deadline == be("2564-10-01")
    before = by_period(obligations("when: ทุกเดือน ภายในวันที่ 2\nroll: preceding"), "2564-05")
    assert (before.deadline, before.act_by) == (be("04-30"), be("04-30"))


def test_obligations_of_one_day_come_by_id(obligations: Expand) -> None:
    """Two rules that fall together."""
    rules = "when:\n  - {when: ทุกสิ้นเดือน, key: z}\n  - {when: ทุกเดือน, key: b}"
    assert periods(obligations(rules))[:4] == ["2563-10.b", "2563-10.z", "2563-11.b", "2563-11.z"]
    # Two meetings on one day, of one rule with a key: by the whole id.
    held = Known(events={"meeting": {"2563-10": (Happening(on=be("10-20")), Happening(on=be("10-20")))}})
    found = obligations("when:\n  - {when: ก่อนการประชุม 3 วัน, key: x}", held)
    assert periods(found)[:2] == ["2563-10.2.x", "2563-10.x"]


def test_known_by_of_what_was_told_of_its_month(obligations: Expand) -> None:
    """A month that was told counts for more than one that was expected; one without work begins with its first day."""
    events = "events:\n  - {id: e, name: เหตุการณ์หนึ่ง, every: year, expected: พ.ค. 2564}"
    known = Known(events={"e": {"FY2564": (Happening(month=month(2021, 3)),)}})
    (one,) = obligations(BEFORE, known, events=events)
    assert one.known_by == be("02-25")  # three days before Mon 1 Mar is Fri 26 Feb, which is off


def test_what_overtakes_comes_first(obligations: Expand) -> None:
    """By the deadline that counts: moved by an override, by a late meeting, by a roll; several rules too."""
    moved = obligations(f"{NEXT_10}\noverrides:\n  2563-10: {{deadline: 2564-09-20, reason: x}}")
    assert [one.deadline for one in moved] == sorted(one.deadline or date.max for one in moved)
    assert periods(moved)[-1] == "2563-10"
    late = {"2563-10": (Happening(on=date(2020, 11, 20)),), "2563-11": (Happening(on=date(2020, 11, 5)),)}
    found = obligations("when: ก่อนการประชุม 3 วัน", Known(events={"meeting": late}))
    assert periods(found)[:2] == ["2563-11", "2563-10"]
    weekend = (Happening(on=date(2020, 11, 8)), Happening(on=date(2020, 11, 7)))
    rolled = obligations("when: ตามที่ได้รับแจ้ง\nroll: following", Known(letters={"a": weekend}))
    assert [(one.period, one.deadline) for one in rolled] == [("FY2564.1", be("11-09")), ("FY2564.2", be("11-09"))]
    several = obligations("when:\n  - ทุกสิ้นไตรมาส\n  - ทุกเดือน ภายในวันที่ 10")
    assert [one.deadline for one in several] == sorted(one.deadline or date.max for one in several)


def test_months_in_which_nobody_works(plan_of: Callable[..., Plan]) -> None:
    """Begin with their first day, where nothing else is known."""
    closed = Workdays(date(2020, 12, 1) + timedelta(number) for number in range(31))
    (one,) = expand(plan_of("when: ตามที่ได้รับแจ้ง ประมาณ ธ.ค. 2563"), closed)
    assert one.known_by == be("12-01")


def test_a_month_that_was_told_begins_with_its_first_working_day(obligations: Expand) -> None:
    """Of January that is Monday the 4th: three days before it is New Year's Day."""
    known = Known(events={"meeting": {"2564-01": (Happening(month=month(2021, 1)),)}})
    one = by_period(obligations("when: ก่อนการประชุม 3 วัน", known), "2564-01")
    assert one.known_by == be("12-30")


def test_the_days_of_one_occurrence(plan_of: Callable[..., Plan]) -> None:
    """As `expand` gives them, for who has the occurrence alone."""
    plan = plan_of(f"{NEXT_10}\nreview: ล่วงหน้า 3 วัน")
    (placed,) = plan.activities
    rule = placed.timings[0].rule
    expected = [(one.opens, one.deadline, one.act_by, one.review_by) for one in expand(plan, UBON)]
    occurrences = rule.occurrences(Scene("a", fiscal_year(2564), UBON))
    assert [days_of(placed, rule, one, None, UBON) for one in occurrences] == expected
    assert list(expand(plan, UBON)) == expand_activity(plan, placed, fiscal_year(2564), UBON)
