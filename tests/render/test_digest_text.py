"""The letter as text, Markdown, HTML, and in the short form of a chat."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustm_cli.dates.holidays import days_off
from ustm_cli.obligations import Obligation
from ustm_cli.post.chat import length
from ustm_cli.register.standing import NOTHING_RECORDED, row_of
from ustm_cli.render.digest import Form, render, short, subject, within
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width
from ustm_cli.views.digest import Digest, Reader, digest, ground

FILE = "plans/fy2564.yaml"
OFF = days_off("อุบลราชธานี")
MONDAY = date(2020, 11, 16)
OFFICE, THAI = Reader(), Voice()
BLANK: dict[str, Any] = dict.fromkeys(Obligation._fields)
HOSTILE = (
    '<script>alert(1)</script>\nBcc: x@evil.example\r\n`${a}` | *b* \x1b[31m {{ 7*7 }} {% raw %} \u202egnp.exe & "q"'
)


def letter(titles: list[str], days: int = -3, reader: Reader = OFFICE, today: date = MONDAY, **more: Any) -> Digest:
    made = BLANK | {"owner": "กลุ่มงานวิชาการ", "group": "กลุ่มงานวิชาการ", "file": FILE, "send_to": ("กรม ก",)}
    made |= {
        "steps": (),
        "state": "dated",
        "act_by": today + timedelta(days=days),
        "fiscal_year": 2564,
        "period": "2563-11",
    }
    rows = [
        row_of(
            Obligation(**(made | {"id": f"a{number}@2563-11", "activity": f"a{number}", "title": title} | more)),
            NOTHING_RECORDED,
            today,
        )
        for number, title in enumerate(titles)
    ]
    base = ground(
        {FILE: OFF.workdays},
        today,
        OFF.between(today - timedelta(days=40), today),
        {"a0@2563-11": ("meeting", "2563-11"), "a0@2563-11.2.k": ("meeting", "2563-11.2")},
        [2564],
    )
    return digest(rows, today, reader, base)


def made(found: Digest, form: Form = "text", voice: Voice = THAI, **names: str) -> str:
    return render(found, form, voice, office=names.pop("office", "สำนักงานคลัง"), **names)


@pytest.mark.parametrize("cells", [20, 40, 60])
def test_text_within_a_width(cells: int) -> None:
    """What goes on stands below the text that it belongs to; a command stays whole, and so does what fits."""
    whole = made(letter(["จัดทำรายงานและสถิติการนำเสนอผลการใช้จ่ายงบประมาณ สำหรับการประชุมประจำเดือน"], id="a" * 60))
    lines = within(whole, cells).split("\n")
    command = f"   > ustm done {'a' * 60}"
    assert command in lines
    assert max(width(line) for line in lines if line != command) <= cells
    at = next(number for number, line in enumerate(lines) if line.startswith("1. "))
    assert lines[at + 1].startswith("   ")
    assert "".join("".join(lines).split()) == "".join(whole.split())
    assert within(whole, 100) == whole


def test_text() -> None:
    """The whole of a small letter, as a person reads it."""
    assert made(letter(["รายงาน ก", "รายงาน ข"], reader=Reader("own", ("กลุ่มงานวิชาการ",))), name="สมชาย") == (
        "งานของท่าน สำนักงานคลัง\n"
        "\n"
        "จ. 16 พ.ย. 2563 · รวมวันที่ 14-15 พ.ย. 2563\n"
        "\n"
        "เรียน สมชาย\n"
        "เกินกำหนด 2\n"
        "\n"
        "■ เกินกำหนด (2)\n"
        "\n"
        "1. รายงาน ก\n"
        "   ศ. 13 พ.ย. 2563 · ช้า 1 วันทำการ · เพิ่งเกินกำหนด\n"
        "   ส่ง กรม ก\n"
        "   > ustm done a0@2563-11\n"
        "\n"
        "2. รายงาน ข\n"
        "   ศ. 13 พ.ย. 2563 · ช้า 1 วันทำการ · เพิ่งเกินกำหนด\n"
        "   ส่ง กรม ก\n"
        "   > ustm done a1@2563-11\n"
        "\n"
        "เสร็จแล้วพิมพ์บรรทัดใต้งานนั้น หรือแจ้งผู้ดูแลแผนให้บันทึก\n"
    )


def test_songkran() -> None:
    """The first working day after a long holiday says which days it speaks for, and why they were off."""
    text = made(letter([], today=date(2021, 4, 16)))
    assert "ศ. 16 เม.ย. 2564 · รวมวันที่ 10-15 เม.ย. 2564 (" in text
    assert "วันสงกรานต์" in text
    assert "ไม่มีงานค้างหรือถึงกำหนด" in text


@pytest.mark.parametrize(
    ("days", "more", "line"),
    [
        (-3, {}, "ustm done a0@2563-11"),
        (2, {"review_by": MONDAY}, "ustm reviewed a0@2563-11"),
        (2, {"state": "case", "id": "a0@FY2564.c1"}, "ustm close a0@FY2564.c1"),
        (0, {"state": "awaiting", "act_by": None, "known_by": MONDAY}, "ustm event set meeting 2563-11 วันที่"),
        (
            0,
            {"state": "awaiting", "act_by": None, "known_by": MONDAY, "period": "2563-11.2.k", "id": "a0@2563-11.2.k"},
            "ustm event set meeting 2563-11.2 วันที่",
        ),
        (
            0,
            {"state": "awaiting", "act_by": None, "known_by": MONDAY, "activity": "b", "id": "b@2563-11"},
            "ustm notify b --due วันที่",
        ),
        (
            0,
            {
                "state": "awaiting",
                "act_by": None,
                "known_by": MONDAY,
                "activity": "b",
                "period": "FY2564.k",
                "id": "b@FY2564.k",
            },
            "ustm notify b@FY2564.k --due วันที่",
        ),
    ],
)
def test_the_line_to_type(days: int, more: dict[str, Any], line: str) -> None:
    """Each item carries the command that records it, in every form."""
    found = letter(["ก"], days, **more)
    for form in ("text", "md", "html"):
        assert line in made(found, form)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("field", ["title", "owner", "send_to", "office", "name"])
def test_hostile_text_is_text(field: str) -> None:
    """Whatever a plan holds is shown and does nothing: no tag, no expression, no escape, no second line."""
    more: dict[str, Any] = {} if field in ("office", "name") else {field: (HOSTILE,) if field == "send_to" else HOSTILE}
    names = {field: HOSTILE} if field in ("office", "name") else {}
    found = letter(["ก"], **more)
    plain = made(letter(["ก"], owner="ก ข", send_to=("ค",)), "html", name="ก", office="ข")
    html, text, md = (made(found, form, **{"name": "ก", **names}) for form in ("html", "text", "md"))
    tags = _Tags()
    tags.feed(html)
    wanted = _Tags()
    wanted.feed(plain)
    assert {tag for tag, _ in tags.found} == {tag for tag, _ in wanted.found}
    assert "{{ 7*7 }}" in text
    for one in (html, text, md):
        assert "\x1b" not in one
        assert "\u202e" not in one
        assert "\nBcc" not in one
    assert "<script>" not in md


@pytest.mark.parametrize("lang", ["th", "en"])
def test_no_outside_and_no_leftovers(lang: Any) -> None:
    """The HTML asks no network for anything and holds no script; no sentence is left unfilled in either language."""
    for kind in ("own", "office", "head", "director"):
        found = letter(["ก", "ข"], reader=Reader(kind, ("กลุ่มงานวิชาการ",) if kind == "own" else ()))  # type: ignore[arg-type]
        for form in ("text", "md", "html"):
            text = made(found, form, Voice(lang), name="x")  # type: ignore[arg-type]
            assert not any(word in text for word in ("http://", "https://", "<script", "src=", "url(", "{{", "None"))
    assert ("1 working day late" in made(letter(["ก"]), voice=Voice("en"))) is True


def test_thai_digits() -> None:
    """With Thai digits dates and counts are Thai, commands stay as they are typed."""
    text = made(letter(["ก"]), voice=Voice("th", "thai"))
    assert "๑๖ พ.ย. ๒๕๖๓" in text
    assert "ustm done a0@2563-11" in text


def test_subject() -> None:
    """The subject counts; no title is in it."""
    assert subject(letter([HOSTILE]), Voice(), "สำนักงานคลัง") == "เกินกำหนด 1 (จ. 16 พ.ย. 2563) สำนักงานคลัง"


def test_outside_every_plan() -> None:
    """After the last plan's year neither the subject nor the letter says that nothing is due."""
    found = letter(["ก", "ข"], today=date(2021, 10, 4))
    assert subject(found, Voice(), "") == "ไม่มีแผนของปีนี้ ค้าง 2 (จ. 4 ต.ค. 2564)"
    text = made(found)
    assert "อยู่นอกแผนทุกปีที่พบ (2564) มี 2 รายการ" in text
    assert "ยังไม่มีแผนปีงบประมาณ 2565" in text
    assert "ไม่มีงานค้าง" not in text


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=300) | st.sampled_from(["ก" * 10_000, "😀" * 400]), max_size=80),
    st.integers(500, 5000),
)
def test_short_keeps_its_limit(titles: list[str], limit: int) -> None:
    """The short form is never longer than its limit, as LINE counts, and says how many items it leaves out."""
    found = letter(titles)
    text = short(found, Voice(), limit, length, office="สำนักงานคลัง", name="สมชาย", link="ustm digest --for somchai")
    assert length(text) <= limit
    shown = text.count("   > ustm done ")
    if shown < len(titles):
        assert f"{len(titles) - shown} รายการ" in text
        assert "ustm d" in text


def test_short_with_a_frame_too_long() -> None:
    """Even a name of 10,000 characters leaves the end, which says what is missing."""
    text = short(letter(["ก"]), Voice(), 500, length, office="ส" * 10_000, name="", link="ustm digest")
    assert length(text) <= 500
    assert text.endswith("ดูทั้งหมด: ustm digest")
