"""What the letter of a day holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ustm_cli.dates.holidays import days_off
from ustm_cli.obligations import Obligation
from ustm_cli.register.standing import NOTHING_RECORDED, Row, Standing, row_of
from ustm_cli.views.agenda import Span
from ustm_cli.views.digest import LONGEST_SECTION, Digest, Reader, covered, digest, ground, working_days_late

FILE = "plans/fy2564.yaml"
OFF = days_off("อุบลราชธานี")
NOV = {day: date(2020, 11, day) for day in range(1, 31)}
MONDAY = NOV[16]
OFFICE = Reader()
BLANK: dict[str, Any] = dict.fromkeys(Obligation._fields)


def row(
    id: str = "a", act_by: date | None = None, today: date = MONDAY, standing: Standing = NOTHING_RECORDED, **more: Any
) -> Row:
    made = BLANK | {"id": f"{id}@x", "activity": id, "owner": "กลุ่ม ก", "group": "กลุ่ม ก", "title": id, "file": FILE}
    made |= {"send_to": (), "steps": (), "state": "dated", "act_by": act_by, "deadline": act_by, "fiscal_year": 2564}
    return row_of(Obligation(**(made | more)), standing, today)


def letter(rows: list[Row], today: date = MONDAY, reader: Reader = OFFICE, since: date | None = None) -> Digest:
    made = ground(
        {FILE: OFF.workdays},
        today,
        OFF.between(today - timedelta(days=40), today),
        {"e@x": ("meeting", "2563-11")},
        [2564],
    )
    return digest(rows, today, reader, made, since)


def kinds(found: Digest) -> dict[str, list[str]]:
    return {part.kind: [item.row.obligation.activity for item in part.items] for part in found.sections}


def test_each_row_stands_where_it_presses_most() -> None:
    """Overdue, today, to be reviewed, this week, awaiting, cases: each once; what is finished or later nowhere."""
    rows = [
        row("late", NOV[13], review_by=NOV[12]),
        row("now", NOV[16], review_by=NOV[16]),
        row("paper", NOV[18], review_by=NOV[17]),
        row("seen", NOV[18], standing=Standing(reviewed_on=NOV[13]), review_by=NOV[17]),
        row("soon", NOV[18]),
        row("later", NOV[23]),
        row("done", NOV[16], standing=Standing(done_on=NOV[16])),
        row("waived", NOV[13], cancelled="ไม่มีประชุม"),
        row("e", state="awaiting", known_by=NOV[17]),
        row("unhurried", state="awaiting", known_by=NOV[30]),
        row("never", state="awaiting"),
        row("case", NOV[30], state="case"),
        row("bar", state="ongoing"),
    ]
    found = letter(rows)
    assert kinds(found) == {
        "overdue": ["late"],
        "today": ["now"],
        "review": ["paper"],
        "week": ["seen", "soon"],
        "awaiting": ["e"],
        "cases": ["case"],
    }
    assert found.beside_awaiting == 2
    asks = {item.row.obligation.activity: (item.asks, item.event) for part in found.sections for item in part.items}
    assert asks["late"] == ("done", None)
    assert asks["paper"] == ("reviewed", None)
    assert asks["e"] == ("event", ("meeting", "2563-11"))
    assert asks["case"] == ("close", None)


@pytest.mark.parametrize(
    ("today", "since", "covers"),
    [
        (date(2021, 4, 16), None, (date(2021, 4, 10), date(2021, 4, 15))),  # Songkran
        (NOV[16], None, (NOV[14], NOV[15])),  # a weekend
        (NOV[17], None, None),
        (NOV[17], NOV[10], (NOV[11], NOV[16])),  # nothing ran for a week
        (NOV[16], NOV[14], (NOV[15], NOV[15])),  # asked for on the Saturday
        (NOV[17], NOV[17], None),
        (NOV[17], date(2020, 9, 1), None),  # too long ago: a new start
        (NOV[17], NOV[30], None),  # written from the future
    ],
)
def test_covered_days(today: date, since: date | None, covers: tuple[date, date] | None) -> None:
    """A letter speaks for the days after the last one, or after the last working day."""
    found = letter([], today, since=since).covers
    assert (found and tuple(found)[:2]) == covers


def test_holidays_of_the_covered_days() -> None:
    """The days off that are covered are named, others are not."""
    names = {day.date for day in letter([], date(2021, 4, 16)).holidays}
    assert names == {date(2021, 4, day) for day in (12, 13, 14, 15)}


@pytest.mark.parametrize(
    ("act_by", "today", "late"),
    [
        (NOV[13], NOV[16], 1),  # Friday to Monday
        (NOV[16], NOV[16], 0),
        (NOV[17], NOV[16], 0),
        (NOV[18], NOV[23], 1),  # 19 and 20 Nov 2563 were days off
        (date(2021, 4, 9), date(2021, 4, 16), 1),
        (None, NOV[16], 0),
    ],
)
def test_working_days_late(act_by: date | None, today: date, late: int) -> None:
    """Only working days make late; the day itself does not, today does."""
    assert working_days_late(act_by, today, OFF.workdays) == late


@pytest.mark.parametrize(
    ("today", "end"),
    [(NOV[16], NOV[22]), (NOV[13], NOV[22]), (NOV[18], NOV[29]), (NOV[12], NOV[15]), (NOV[14], NOV[22])],
)
def test_the_last_working_day_looks_into_next_week(today: date, end: date) -> None:
    """This week to its Sunday; from its last working day on, to the Sunday after, so that Monday is announced."""
    assert letter([], today).until == end


def test_readers() -> None:
    """An owner gets theirs, a group's name gets all of the group's, the office everything and who is late."""
    rows = [
        row("mine", NOV[13], owner="สมชาย", group="กลุ่ม ก"),
        row("group", NOV[9], owner="กลุ่ม ก"),
        row("other", NOV[13], owner="กลุ่ม ข", group="กลุ่ม ข"),
    ]
    assert kinds(letter(rows, reader=Reader("own", ("สมชาย",)))) == {"overdue": ["mine"]}
    assert kinds(letter(rows, reader=Reader("own", ("กลุ่ม ก",)))) == {"overdue": ["mine", "group"]}
    office = letter(rows)
    assert kinds(office) == {"overdue": ["mine", "other", "group"]}
    assert [tuple(late) for late in office.owners] == [("กลุ่ม ก", 1, 5), ("กลุ่ม ข", 1, 1), ("สมชาย", 1, 1)]
    assert letter(rows, reader=Reader("own", ("สมชาย",))).owners == ()


def test_head_and_director() -> None:
    """They are told of lateness from so many working days on, the oldest first, and of nothing else."""
    rows = [row("one", NOV[13]), row("five", NOV[9]), row("six", NOV[6]), row("today", NOV[16])]
    assert kinds(letter(rows, reader=Reader("head", (), 1))) == {"overdue": ["six", "five", "one"]}
    assert kinds(letter(rows, reader=Reader("director", (), 5))) == {"overdue": ["six", "five"]}
    assert letter(rows, reader=Reader("director", (), 7)).empty


def test_newly_overdue() -> None:
    """What fell due since the last letter is marked."""
    rows = [row("new", NOV[13]), row("old", NOV[12])]
    [part] = letter(rows).sections
    assert [(item.row.obligation.activity, item.fresh) for item in part.items] == [("new", True), ("old", False)]


@pytest.mark.parametrize(
    ("today", "missing", "outside"),
    [
        (NOV[16], None, None),
        (date(2021, 8, 31), None, None),
        (date(2021, 9, 1), 2565, None),
        (date(2021, 10, 4), 2565, 1),
    ],
)
def test_the_plans_end(today: date, missing: int | None, outside: int | None) -> None:
    """From the last month on the letter says that next year has no plan; after it, the old backlog is only counted."""
    found = letter([row("late", NOV[13], today)], today)
    assert (found.next_year_missing, found.outside) == (missing, outside)
    assert (not found.sections) == (outside is not None)


def test_nothing_is_empty_and_a_missing_plan_is_not() -> None:
    """A letter that would have to say that a plan could not be read is never empty."""
    assert letter([]).empty
    made = ground({FILE: OFF.workdays}, MONDAY, years=[2564], missing=["plans/b.yaml"])
    assert not digest([], MONDAY, Reader(), made).empty


def test_long_sections_are_counted() -> None:
    """A section lists what can be read and counts all."""
    [part] = letter([row(f"a{number}", NOV[13]) for number in range(500)]).sections
    assert (len(part.items), part.total) == (LONGEST_SECTION, 500)


@given(st.lists(st.integers(-20, 20), max_size=60), st.integers(0, 80))
def test_short_forms_lose_nothing(days: list[int], count: int) -> None:
    """Items listed and items left out are always all of them, and as many are listed as were asked for."""
    found = letter([row(f"a{number}", MONDAY + timedelta(days=day)) for number, day in enumerate(days)])
    short = found.first(count)
    assert short.items == min(count, found.items)
    assert short.items + short.left_out == short.whole == found.whole


@given(st.dates(date(2020, 10, 1), date(2021, 9, 30)))
def test_daily_letters_leave_no_gap(today: date) -> None:
    """Letters on working days alone cover every day of the year: each begins where the one before ended."""
    previous = OFF.workdays.on_or_before(today - timedelta(days=1))
    found = covered(today, previous, previous)
    gap = (today - previous).days - 1
    assert found == (Span(previous + timedelta(days=1), today - timedelta(days=1)) if gap else None)
