"""iCalendar files: whole lines, whole letters, the same bytes; read alike by two other implementations."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from made_rows import DAY, row

from ustm_cli.register.standing import Row
from ustm_cli.render.ics import folded, render
from ustm_cli.render.voice import Voice
from ustm_cli.views.diary import diary

MOMENT = datetime(2020, 11, 10, 14, 21, tzinfo=timezone(timedelta(hours=7)))
LONG = "รายงานกระทบยอดเงินฝากธนาคารกรุงไทย (ด้านรับ) ในระบบบัญชีรัฐบาล น้ำ ที่ผู้ว่าฯ "
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "a,b;c\\d:e\nบรรทัดสอง\r\nBEGIN:VALARM\nEND:VEVENT",
    "\x00\x07\x1b[31mแดง\x7f\x85",
    "\u202eกลับ\u2066หลัง\u200f",
    LONG * 130,
    "ก" + "\u0e48" * 200,
    "<script>alert(1)</script> {{ 7*7 }}",
    "\ud800\ufffe",
)


def written(*rows: Row, lang: str = "th", alarms: tuple[int, ...] = (), **options: bool) -> bytes:
    return render(diary(rows, **options), Voice(lang), "แผนปีงบประมาณ 2564, ทดสอบ", alarms)  # type: ignore[arg-type]


def read(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_one_whole_day_event() -> None:
    """The event covers the act_by day and ends on the day after; the deadline stands in its text."""
    (event,) = read(written(row(deadline=date(2020, 11, 14))))
    assert (event["dtstart"].dt, event["dtend"].dt) == (DAY, date(2020, 11, 11))
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert "กำหนด: ส. 14 พ.ย. 2563" in event["description"].split("\n")
    assert "ทำภายใน: อ. 10 พ.ย. 2563" in event["description"].split("\n")
    assert (event["summary"], event["status"], event["transp"], event["sequence"]) == (
        "งาน",
        "CONFIRMED",
        "TRANSPARENT",
        0,
    )


def test_a_clock_has_its_moment_in_bangkok() -> None:
    """An obligation with due_at stands at that moment of Asia/Bangkok, whose offset the file brings along."""
    calendar = Calendar.from_ical(written(row("running", due_at=MOMENT)))
    (event,) = calendar.walk("VEVENT")
    assert event["dtstart"].params["TZID"] == "Asia/Bangkok"
    assert event["dtstart"].dt == MOMENT
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Bangkok"]
    assert not Calendar.from_ical(written(row())).walk("VTIMEZONE")


@pytest.mark.parametrize(
    ("given_row", "status", "summary"),
    [
        (row(), "CONFIRMED", "งาน"),
        (row("overdue"), "CONFIRMED", "งาน"),
        (row("done", done_on=DAY), "CONFIRMED", "[เสร็จ] งาน"),
        (row("done_late", done_on=DAY), "CONFIRMED", "[เสร็จช้า] งาน"),
        (row("waived", cancelled="งดประชุม"), "CANCELLED", "[ยกเว้น] งาน"),
        (row("awaiting", act_by=None, known_by=DAY), "TENTATIVE", "ควรรู้วันแล้ว: งาน"),
    ],
)
def test_status(given_row: Row, status: str, summary: str) -> None:
    """What is waived is cancelled, what is finished says so, what awaits its date is tentative."""
    (event,) = read(written(given_row, expected=True, alarms=(1,)))
    assert (event["status"], event["summary"]) == (status, summary)
    assert bool(event.walk("VALARM")) == (given_row.status not in ("done", "done_late", "waived"))


def test_alarms() -> None:
    """N days before, at half past eight in the morning; before a moment, N whole days."""
    day, moment = read(written(row(), row("running", id="b@c", due_at=MOMENT), alarms=(3, 0)))[::-1]
    assert [alarm["trigger"].dt for alarm in day.walk("VALARM")] == [
        timedelta(hours=8.5) - timedelta(days=3),
        timedelta(hours=8.5),
    ]
    assert [alarm["trigger"].dt for alarm in moment.walk("VALARM")] == [timedelta(days=-3), timedelta(0)]


def test_stamp_is_no_clock() -> None:
    """DTSTAMP comes from the records, so that the same plan gives the same bytes at any time."""
    assert read(written(row()))[0]["dtstamp"].dt == datetime(2020, 10, 1, tzinfo=UTC)
    assert written(row(), alarms=(1,)) == written(row(), alarms=(1,))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str) -> None:
    """Whatever stands in a title is one property of one event; lines are short, and none begins with a loose mark."""
    content = written(row(title=text, group=text, follow_up=text, send_to=(text,)), alarms=(1,))
    (event,) = read(content)
    assert len(event.walk("VALARM")) == 1
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert not any(unicodedata.category(char) == "Cc" for line in lines for char in line.decode("utf-8"))
    kept = [char for char in text.replace("\r\n", "\n") if unicodedata.category(char) not in ("Cc", "Cs", "Cn")]
    assert [char for char in str(event["summary"]) if char not in "\n "] == [char for char in kept if char != " "]


def test_english_is_english() -> None:
    """Nothing Thai but what the plan says."""
    text = written(row(title="work", group="group", owner="owner"), lang="en").decode().replace("\r\n ", "")
    assert [
        char for line in text.splitlines() if not line.startswith("X-WR-CALNAME") for char in line if "ก" <= char <= "๛"
    ] == []


@given(st.text(st.sampled_from("กขาำีั่้๊ a1แเ\u0301,🇹🇭"), max_size=300))
def test_folding_loses_nothing(text: str) -> None:
    """Lines of at most 75 octets, each of whole letters, that unfold to the very same text."""
    found = folded(f"SUMMARY:{text}\r\nEND:VEVENT\r\n".encode())
    assert found.decode().replace("\r\n ", "") == f"SUMMARY:{text}\r\nEND:VEVENT\r\n"
    for line in found.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_folding_keeps_marks_with_their_letter() -> None:
    """A line never begins with a vowel or tone mark that stands on a letter."""
    found = folded(f"SUMMARY:{LONG * 20}".encode()).decode()
    begins = [line[1] for line in found.split("\r\n")[1:]]
    assert len(begins) > 20
    assert not any(unicodedata.category(char) == "Mn" or char == "ำ" for char in begins)
