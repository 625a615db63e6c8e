"""Whose days off, known since when, and by whose word: the engine over the holiday table and over rows made here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ustm_cli.dates.holidays import DaysOff, Holiday, days_off, province_called, province_like, provinces, scopes, table
from ustm_cli.dates.workdays import Workdays

UBON = "อุบลราชธานี"


def be(text: str) -> date:
    year, month, day = map(int, text.split("-"))
    return date(year - 543, month, day)


def row(day: str, scope: str = "nation", announced: str = "", cancelled: str = "", th: str = "วันหยุด") -> Holiday:
    since, gone = (be(text) if text else None for text in (announced, cancelled))
    return Holiday(be(day), th, "Holiday", "cabinet", scope, since, gone, "มติ ครม.")


@pytest.mark.parametrize(
    ("announced", "cancelled", "as_of", "off"),
    [
        ("", "", None, True),
        ("", "", "2563-01-01", True),
        ("2563-09-22", "", None, True),
        ("2563-09-22", "", "2563-09-21", False),
        ("2563-09-22", "", "2563-09-22", True),
        ("2563-09-22", "", "2563-09-23", True),
        ("", "2564-06-29", None, False),
        ("", "2564-06-29", "2564-06-28", True),
        ("", "2564-06-29", "2564-06-29", False),
        ("2563-12-29", "2564-06-29", "2563-12-28", False),
        ("2563-12-29", "2564-06-29", "2563-12-29", True),
        ("2563-12-29", "2564-06-29", "2564-06-30", False),
    ],
)
def test_a_day_is_off_from_its_announcement_to_its_cancellation(
    announced: str, cancelled: str, as_of: str | None, off: bool
) -> None:
    """The day of the announcement already knows it, the day of the cancellation no longer; as of nothing: all of it."""
    assert row("2564-07-27", announced=announced, cancelled=cancelled).known_off(as_of and be(as_of)) is off


def test_the_table_says_what_it_covers() -> None:
    """Both ends; what was reviewed; each row with its columns, the days in the Gregorian calendar, blanks as None."""
    covered = table()
    assert (covered.covers, covered.reviewed) == (range(2560, 2576), frozenset({2564}))
    assert table() is covered
    special = next(one for one in covered.rows if one.date == be("2563-11-19"))
    assert special == Holiday(
        be("2563-11-19"), "วันหยุดพิเศษ (เพิ่มเติม)", "Special holiday", "cabinet", "nation", be("2563-09-22"), None,
        "มติ ครม. 22 ก.ย. 2563",
    )  # fmt: skip
    moved = next(one for one in covered.rows if one.date == be("2563-12-07"))
    assert (moved.announced, moved.cancelled) == (None, be("2563-09-22"))
    assert covered.rows[0].date == be("2559-01-01")


def test_provinces_are_found_by_both_names() -> None:
    """77 of them; the same place by its Thai and by its English name."""
    assert len(provinces()) == 2 * 77
    assert provinces()[UBON] == provinces()["Ubon Ratchathani"] == (UBON, "Ubon Ratchathani", "northeast")
    assert "th" not in provinces()


def test_a_province_has_its_nations_and_its_regions_days() -> None:
    """An unknown one the nation's only."""
    assert scopes("Ubon Ratchathani") == {"nation", "region:northeast", f"province:{UBON}"}
    assert scopes("อุบล") == scopes("") == {"nation"}
    north, centre = days_off("เชียงใหม่").workdays.off, days_off("กรุงเทพมหานคร").workdays.off
    assert (be("2564-03-26") in north, be("2564-03-26") in centre) == (True, False)


@pytest.mark.parametrize(
    ("as_of", "off", "working"),
    [
        (None, ["2563-12-11", "2563-11-19"], ["2563-12-07", "2564-07-27"]),
        ("2563-09-21", ["2563-12-07"], ["2563-12-11", "2563-11-19", "2564-07-27"]),
        ("2563-09-22", ["2563-12-11", "2563-11-19"], ["2563-12-07", "2564-07-27"]),
        ("2563-12-29", ["2563-12-11", "2564-07-27"], ["2563-12-07"]),
    ],
)
def test_days_off_as_known_on_a_day(as_of: str | None, off: list[str], working: list[str]) -> None:
    """The cabinet moved 7 to 11 Dec 2563 on 22 Sep; the Lent holiday of 2564 was given in December, taken in June."""
    days = days_off(UBON, as_of and be(as_of)).workdays
    assert [day for day in (*off, *working) if be(day) not in days] == off


def test_a_plan_adds_and_cancels_days() -> None:
    """An added day counts once announced; a cancelled one is gone, whatever the table says, once that was announced."""
    added = [row("2564-07-29", announced="2564-06-01")]
    taken = [row("2563-10-13", announced="2563-10-01"), row("2563-10-23")]
    known = [
        (None, ("2564-07-29",), ("2563-10-13", "2563-10-23")),
        ("2563-09-30", ("2563-10-13",), ("2563-10-23", "2564-07-29")),
        ("2563-10-01", (), ("2563-10-13", "2563-10-23", "2564-07-29")),
        ("2564-06-01", ("2564-07-29",), ("2563-10-13", "2563-10-23")),
    ]
    for as_of, off, working in known:
        days = days_off(UBON, as_of and be(as_of), iter(added), iter(taken)).workdays
        assert [day for day in (*off, *working) if be(day) not in days] == list(off)


def test_weekends_are_no_days_off() -> None:
    """They are none without a holiday too; the row of a holiday on one is kept to be told."""
    sunday = be("2563-10-04")
    given = days_off(UBON, added=[row("2563-10-04"), row("2563-10-05"), row("2563-10-09"), row("2563-10-10")])
    assert given.workdays.off >= {be("2563-10-05"), be("2563-10-09")}
    assert not given.workdays.off & {sunday, be("2563-10-10")}
    assert [one.date for one in given.between(sunday, be("2563-10-10"))] == [
        sunday, be("2563-10-05"), be("2563-10-09"), be("2563-10-10"),
    ]  # fmt: skip


def test_rows_come_by_day_scope_and_name() -> None:
    """However they were given; of one day the nation's first where it is asked why."""
    rows = [
        row("2570-01-05", "region:northeast", th="ข"),
        row("2570-01-05", th="ค"),
        row("2570-01-04", th="ง"),
        row("2570-01-05", th="ก"),
    ]
    given = days_off(UBON, added=rows)
    assert [(one.date.day, one.scope, one.th) for one in given.between(be("2570-01-04"), be("2570-01-05"))] == [
        (4, "nation", "ง"), (5, "nation", "ก"), (5, "nation", "ค"), (5, "region:northeast", "ข"),
    ]  # fmt: skip
    assert [one.scope for one in given.why(be("2570-01-05"))] == ["nation", "nation", "region:northeast"]
    local = DaysOff(Workdays(), (row("2570-01-05", "a:local", th="ก"), row("2570-01-05", th="ข")))
    assert [one.th for one in local.why(be("2570-01-05"))] == ["ข", "ก"]
    assert given.why(be("2570-01-06")) == []


def test_between_holds_both_ends() -> None:
    """And nothing beside them."""
    days = DaysOff(Workdays(), tuple(row(f"2570-01-0{number}") for number in range(1, 6)))
    assert [one.date.day for one in days.between(be("2570-01-02"), be("2570-01-04"))] == [2, 3, 4]


def test_tables_are_utf8_whatever_the_system_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their encoding is not left to the locale."""
    asked = []
    real = Path.read_text

    def read(path: Path, encoding: str | None = None) -> str:
        asked.append(encoding)
        return real(path, encoding)

    monkeypatch.setattr(Path, "read_text", read)
    provinces.__wrapped__()
    table.__wrapped__()
    assert asked == ["utf-8"] * 2


def test_none() -> None:
    """A place without any holiday works from Monday to Friday."""
    nothing = DaysOff.none()
    assert nothing.rows == ()
    assert nothing.workdays.count(be("2564-01-01"), be("2564-01-31")) == len([*range(21)])


@pytest.mark.parametrize(
    ("name", "called", "like"),
    [
        ("Chiang Mai", "เชียงใหม่", "Chiang Mai"),
        ("chiangmai", "เชียงใหม่", "Chiang Mai"),
        (" CHIANG  mai ", "เชียงใหม่", "Chiang Mai"),
        ("เชียง ใหม่", "เชียงใหม่", "เชียงใหม่"),
        ("Chaingmai", None, "Chiang Mai"),
        ("chiang r", None, "Chiang Rai"),
        # Too short to be like anything, yet the beginning of one name only; of several, the nearest name.
        ("Ub", None, "Ubon Ratchathani"),
        ("Nakhon", None, "Sakon Nakhon"),
        ("ดอยสะเก็ด", None, ""),
        ("", None, ""),
    ],
)
def test_a_province_by_its_name(name: str, called: str | None, like: str) -> None:
    """Blanks and capitals are no part of it; one that is none is told with the nearest, if any is near."""
    found = province_called(name)
    assert (found and found.th) == called
    assert province_like(name) == like
