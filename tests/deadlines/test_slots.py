"""Slots by themselves: how far each reads, and what; the text that is matched, and where its columns lead."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from ustm_cli.dates.era import DateError
from ustm_cli.deadlines import slots
from ustm_cli.deadlines.base import Event, RuleError
from ustm_cli.deadlines.grammar import _is_thai, _spaced
from ustm_cli.deadlines.phrase import PhraseError
from ustm_cli.deadlines.slot_dates import join, say_span, say_weeks
from ustm_cli.deadlines.text import compose, normalized
from ustm_cli.deadlines.vocabulary import INCOMPLETE, Bad, goes_on, inside_word, words_at
from ustm_cli.register.store import StoreFault

EVENTS = {
    event.id: event
    for event in (
        Event("gpp-announced", "สศช.ประกาศใช้GPP", "year"),
        Event("m", "การประชุม", "month"),
        Event("m2", "การประชุม ประจำเดือน ๒", "month"),
        Event("same", "การประชุม", "month"),
        Event("nameless", " ", "month"),
    )
}


class Wrong(NamedTuple):
    """A date that cannot be, with the place of its faulty part."""

    code: str
    start: int
    end: int


# slot, argument, text, (end, value) of every way to read it
READ: list[tuple[str, str, str, list[tuple[int, Any]]]] = [
    ("every", "", "เดือนละ", [(5, "month")]),
    ("every", "qy", "เดือน", []),
    ("every", "qy", "fiscal  yearx", []),
    ("every", "qy", "Fiscal  Year end", [(12, "year")]),
    ("every", "", "weeks", []),
    ("every", "", "week", [(4, "week")]),
    ("unit", "", "วันทำการ", [(8, "workday"), (3, "day")]),
    ("unit", "", "วัน", [(3, "day")]),
    ("unit", "clock", "ชม.", [(3, "hour")]),
    ("unit", "clock", "วัน", []),
    ("unit", "", "working days", [(12, "workday")]),
    ("unit", "", "days", [(4, "day")]),
    ("unit", "", "เดือน", [(5, "month")]),
    ("month", "", "ที่ 1", [(5, "first")]),
    ("month", "", "ที่1", [(4, "first")]),
    ("month", "", "ที่สองของ", [(6, "second")]),
    ("month", "", "second month", [(6, "second")]),
    ("month", "", "สุดท้าย", [(7, "last")]),
    ("month", "", "lastly", []),
    ("weekday", "", "พฤหัสบดีที่", [(8, "thursday"), (5, "thursday")]),
    ("weekday", "", "พฤหัสฯ", [(6, "thursday"), (5, "thursday")]),
    ("weekday", "", "Thursday", [(8, "thursday")]),
    ("on", "", "อาทิตย์", [(7, "sunday")]),
    ("day", "", "12x", [(2, 12)]),
    ("day", "", "1234567890", [(10, 1234567890)]),
    ("count", "", "5 วัน", [(1, 5)]),
    ("day", "", "x", []),
    ("nth", "", "2nd F", [(3, 2)]),
    ("nth", "", "3", []),
    ("nth", "th", "3 ", [(1, 3)]),
    ("nth", "th", "1234567890", []),
    ("nth", "", "2ndx", []),
    ("times", "", "once a", [(4, 1)]),
    ("times", "", "Twice", [(5, 2)]),
    ("times", "", "3 times", [(7, 3)]),
    ("times", "", "3time", [(5, 3)]),
    ("times", "", "3timesx", []),
    ("times", "th", "3 ครั้ง", [(1, 3)]),
    ("times", "", "3", []),
    ("any event", "", "word next", [(4, "word")]),
    ("any event", "", "สิ้นเดือน", []),
    ("any event", "", "Month", []),
    ("any event", "", " ", []),
    ("any event", "", "X-ray x", [(5, "X-ray")]),
    ("event", "", "การประชุมประจำเดือน2 x", [(20, "m2"), (9, "m")]),
    ("event", "", "การ ประชุม ประจำเดือน 2", [(23, "m2"), (10, "m")]),
    ("event", "", "การประชุม", [(9, "m")]),
    ("event", "", "GPP-Announced x", [(13, "gpp-announced")]),
    ("event", "", "gpp-announcedx", []),
    ("event", "", " การประชุม", []),
    ("event", "", "สศช.ประกาศใช้gpp", [(16, "gpp-announced")]),
    ("by", "", "ก ข", [(1, "ก"), (3, "ก ข")]),
    ("by", "", "ก\u0e31ข", [(2, "กั"), (3, "กัข")]),
    ("by", "", "ab c", [(2, "ab"), (4, "ab c")]),
    ("by", "", "X", [(1, "X")]),
    ("by", "", "าข", []),
    ("by", "", "", []),
    ("date", "", "6 ต.ค. 2563 x", [(11, date(2020, 10, 6)), (6, INCOMPLETE)]),
    ("date", "", "6 ต.ค. 63", [(9, date(2020, 10, 6)), (6, INCOMPLETE)]),
    ("date", "", "6 ต.ค.", [(6, INCOMPLETE)]),
    ("date", "", "วันที่ 6 ตุลาคม พ.ศ. 2563", [(25, date(2020, 10, 6)), (15, INCOMPLETE)]),
    ("date", "", "วันที่ 32 ต.ค. 2563", [(19, Wrong("U204", 7, 9)), (14, INCOMPLETE)]),
    ("date", "", "2563-10-06", [(10, date(2020, 10, 6))]),
    ("date", "", "2563-10-067", []),
    ("date", "", "12345 ต.ค. 2563", []),
    ("date", "", "6 Oct, 2563", [(11, date(2020, 10, 6)), (5, INCOMPLETE)]),
    ("date", "", "6 Sept. 2563", [(12, date(2020, 9, 6)), (7, INCOMPLETE)]),
    ("date", "", "6 octa 2563", []),
    ("date", "", "30 ก พ 63", [(9, Wrong("U205", 0, 2)), (6, INCOMPLETE)]),
    ("date", "", "6", []),
    ("date", "", "6 ต.ค. 0", [(8, Wrong("U206", 7, 8)), (6, INCOMPLETE)]),
    ("date", "", "6 ต.ค. 123456789", [(16, Wrong("U206", 7, 16)), (6, INCOMPLETE)]),
    ("about", "", "ธ.ค. 2563", [(9, "2563-12")]),
    ("about", "", "2563-12", [(7, "2563-12")]),
    ("about", "", "2563-12-01", []),
    ("about", "", "ธ.ค.", []),
    ("about", "", "6 ธ.ค. 2563", []),
    ("about", "", "ธ.ค. 2020", [(9, Wrong("U203", 5, 9))]),
    ("span", "", "2-4 พ.ย. 2563", [(13, (date(2020, 11, 2), date(2020, 11, 4)))]),
    ("span", "", "2 พ.ย. - 4 ธ.ค. 2563", [(20, (date(2020, 11, 2), date(2020, 12, 4)))]),
    ("span", "", "30 ธ.ค. 63 - 2 ม.ค. 64", [(22, (date(2020, 12, 30), date(2021, 1, 2)))]),
    ("span", "", "พ.ย. 2563", [(9, (date(2020, 11, 1), date(2020, 11, 30)))]),
    ("span", "", "พ.ย.-ธ.ค. 2563", [(14, (date(2020, 11, 1), date(2020, 12, 31)))]),
    ("span", "", "ธ.ค. 63 ถึง ม.ค. 64", [(19, (date(2020, 12, 1), date(2021, 1, 31))), (7, (date(2020, 12, 1), date(2020, 12, 31)))]),
    ("span", "", "2 to 4 Nov 2563", [(15, (date(2020, 11, 2), date(2020, 11, 4)))]),
    ("span", "", "2563-11-02 – 2563-11-04", [(23, (date(2020, 11, 2), date(2020, 11, 4)))]),
    ("span", "", "2563-11 - 2563-12", [(17, (date(2020, 11, 1), date(2020, 12, 31))), (7, (date(2020, 11, 1), date(2020, 11, 30)))]),
    ("span", "", "วันที่ 2 ถึง วันที่ 4 พ.ย. 2563", [(31, (date(2020, 11, 2), date(2020, 11, 4)))]),
    ("span", "", "4-2 พ.ย. 2563", [(13, Wrong("U208", 0, 13))]),
    ("span", "", "ธ.ค. - พ.ย. 2563", [(16, Wrong("U208", 0, 16))]),
    ("span", "", "2-4", []),
    ("span", "", "2 ถึง 4 พ.ย.", []),
    ("span", "", "2 พ.ย. 2562 - 4", []),
    ("span", "", "30 ธ.ค. 2020 - 2 ม.ค. 2564", [(26, Wrong("U203", 8, 12))]),
    ("span", "", "30 ธ.ค. - 2 ม.ค. 2020", [(21, Wrong("U203", 17, 21))]),
    ("span", "", "30 ธ.ค. 2563 - 2 ม.ค. 2020", [(26, Wrong("U203", 22, 26))]),
    ("span", "", "2563-12 - 2563-11", [(17, Wrong("U208", 5, 17)), (7, (date(2020, 12, 1), date(2020, 12, 31)))]),
    ("months", "", "ธ.ค. และ เม.ย. x", [(14, (12, 4))]),
    ("months", "", "ต.ค. ม.ค. เม.ย. ก.ค.", [(20, (10, 1, 4, 7))]),
    ("months", "", "Dec, Apr and Jun", [(16, (12, 4, 6))]),
    ("months", "", "เดือน ธ.ค.", []),
    ("months", "", "ธ.ค. และ เดือน เม.ย.", [(20, (12, 4))]),
    ("months", "", "ธ.ค. ธันวาคม", [(12, Wrong("U218", 5, 12))]),
    ("months", "", "x", []),
    ("months", "", "ธ.ค. และ", [(4, (12,))]),
    ("months", "", "Decx", []),
    ("weeks", "", "สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", [(29, (2, 4))]),
    ("weeks", "", "สัปดาห์ที่ 2 และ 4", [(18, (2, 4))]),
    ("weeks", "", "สัปดาห์ที่ 2, 4", [(15, (2, 4))]),
    ("weeks", "", "สัปดาห์ที่ 2 ที่ 4", [(18, (2, 4))]),
    ("weeks", "", "weeks 2 and 4", [(13, (2, 4))]),
    ("weeks", "", "week 1, week 2", [(14, (1, 2))]),
    ("weeks", "", "weeks2", []),
    ("weeks", "", "สัปดาห์ที่ 5", [(12, Wrong("U209", 11, 12))]),
    ("weeks", "", "สัปดาห์ที่ 0", [(12, Wrong("U209", 11, 12))]),
    ("weeks", "", "สัปดาห์ที่ 2 2", [(14, Wrong("U218", 13, 14))]),
    ("weeks", "", "สัปดาห์ที่", []),
    ("weeks", "", "2", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "argument", "text", "found"), READ)
def test_how_a_slot_is_read(name: str, argument: str, text: str, found: list[tuple[int, Any]]) -> None:
    """Every end and value, the likeliest first; never the half of a word or of a number."""
    events = None if name == "any event" else EVENTS
    for before in ("", "ทุก "):
        read = [
            (end - len(before), Wrong(value.error.code, value.start - len(before), value.end - len(before)))
            if isinstance(value, Bad)
            else (end - len(before), value)
            for end, value in slots.read(name.removeprefix("any "), argument, before + text, len(before), events)
        ]
        assert read == found


# ---- how what is written of days reads

SPANS = [
    ("2020-11-02", "2020-11-04", "2-4 พ.ย. 2563", "2-4 Nov 2563"),
    ("2020-11-30", "2020-12-02", "30 พ.ย. - 2 ธ.ค. 2563", "30 Nov - 2 Dec 2563"),
    ("2020-12-30", "2021-01-02", "30 ธ.ค. 2563 - 2 ม.ค. 2564", "30 Dec 2563 - 2 Jan 2564"),
    ("2020-11-01", "2020-11-30", "พ.ย. 2563", "Nov 2563"),
    ("2020-11-01", "2020-11-29", "1-29 พ.ย. 2563", "1-29 Nov 2563"),
    ("2020-11-02", "2020-11-30", "2-30 พ.ย. 2563", "2-30 Nov 2563"),
    ("2020-11-01", "2020-12-31", "พ.ย.-ธ.ค. 2563", "Nov-Dec 2563"),
    ("2020-12-01", "2021-01-31", "ธ.ค. 2563 - ม.ค. 2564", "Dec 2563 - Jan 2564"),
    ("2020-02-01", "2020-02-29", "ก.พ. 2563", "Feb 2563"),
    ("2020-11-05", "2021-11-05", "5 พ.ย. 2563 - 5 พ.ย. 2564", "5 Nov 2563 - 5 Nov 2564"),
    ("2020-11-01", "2021-11-30", "พ.ย. 2563 - พ.ย. 2564", "Nov 2563 - Nov 2564"),
    ("2020-11-05", "2020-11-05", "5-5 พ.ย. 2563", "5-5 Nov 2563"),
]


@pytest.mark.parametrize(("start", "end", "thai", "english"), SPANS)
def test_how_a_span_is_said(start: str, end: str, thai: str, english: str) -> None:
    """What both ends share is said once; whole months by their names alone; and it is read as it was."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert (say_span(first, last, "th"), say_span(first, last, "en")) == (thai, english)
    for text in (thai, english):
        assert (len(text), (first, last)) in list(slots.read("span", "", text, 0, None))


def test_how_lists_are_said() -> None:
    """`and` before the last one; one alone is not a list."""
    words = ["ก", "ข", "ค"]
    assert [join(words[:count], "th") for count in (1, 2, 3)] == ["ก", "ก และ ข", "ก ข และ ค"]
    assert [join(words[:count], "en") for count in (1, 2, 3)] == ["ก", "ก and ข", "ก, ข and ค"]
    assert [say_weeks(weeks, "th") for weeks in ((2,), (2, 4))] == ["สัปดาห์ที่ 2", "สัปดาห์ที่ 2 และ สัปดาห์ที่ 4"]
    assert [say_weeks(weeks, "en") for weeks in ((2,), (2, 4), (1, 2, 4))] == [
        "week 2",
        "weeks 2 and 4",
        "weeks 1, 2 and 4",
    ]
    assert [slots.say_times(number, "en") for number in (1, 2, 3)] == ["once", "twice", "3 times"]
    assert slots.say_times(2, "th") == "2"


# ---- words


def test_where_a_space_is_written() -> None:
    """In English between words; in Thai where either side is not Thai; never twice, never before a comma."""
    thai = [
        _spaced(left, right, "th") for left, right in (("1ก", "ข1"), ("ก1", "ข"), ("ก", "1ข"), ("\u0e00", "\u0e7f"))
    ]
    assert thai == [False, True, True, False]
    assert [_spaced("ก", right, "en") for right in ("ข", ",", " ")] == [True, False, False]
    assert [_spaced(left, "ก", "en") for left in ("", "ก ", "ก")] == [False, False, True]
    assert [_is_thai(char) for char in "\u0dff\u0e00\u0e7f\u0e80"] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "end", "inside"),
    [
        ("ab", 1, True), ("a1", 1, True), ("1a", 1, True), ("12", 1, True), ("a ", 1, False), ("a-", 1, False),
        ("ก1", 1, False), ("aก", 1, False), ("กข", 1, False), ("ab", 0, False), ("ab", 2, False), ("ab", 3, False),
        ("กะ", 1, True), ("กั", 1, True), ("กา", 1, True), ("กำ", 1, True), ("กฺ", 1, True), ("กๅ", 1, True), ("กๆ", 1, True),
        ("ก็", 1, True), ("ก๎", 1, True), ("ก์", 1, True), ("กฯ", 1, False), ("กX", 1, False), ("ก฿", 1, False), ("กเ", 1, False), ("กไ", 1, False), ("ก๏", 1, False),
        ("aา", 1, False), (" า", 1, False), ("๎์", 1, True), ("๏์", 1, False), ("é1", 1, False), ("1é", 1, False),
    ],
)  # fmt: skip
def test_where_a_word_goes_on(text: str, end: int, inside: bool) -> None:
    """Between two Latin letters or digits, and before a Thai vowel or mark that belongs to what stands before it."""
    assert inside_word(text, end) is inside


def test_what_a_thai_word_goes_on_with() -> None:
    """The first and the last of each range of signs, and what lies beside them."""
    assert [char for char in map(chr, range(0x0E2E, 0x0E50)) if goes_on(char)] == [
        *map(chr, range(0x0E30, 0x0E3B)), *map(chr, range(0x0E45, 0x0E4F)),
    ]  # fmt: skip
    assert not any(map(goes_on, "Xx1 ก๏"))


def test_choices_of_words() -> None:
    """Whole, whatever their case; a blank in an English choice must be there, in a Thai one it may be."""
    assert list(words_at(("ab", "abc"), "xABC", 1)) == [4]
    assert list(words_at(("a b",), "a \t B", 0)) == [5]
    assert list(words_at(("a b",), "ab", 0)) == []
    assert list(words_at(("ก ข",), "กข", 0)) == [2]
    assert list(words_at(("ก ข", "ก"), "ก  ข", 0)) == [4, 1]
    assert list(words_at(("a b",), "a bc", 0)) == []


# ---- the text that is matched

SARA_AM = "\u0e33"
PIECES = "\u0e4d\u0e32"


@pytest.mark.parametrize(
    ("text", "norm", "columns"),
    [
        ("ทุก 10", "ทุก 10", [0, 1, 2, 3, 4, 5, 6]),
        ("๑๐\u00a0วัน", "10 วัน", [0, 1, 2, 3, 4, 5, 6]),
        ("a\u2003b\u202fc\u3000d", "a b c d", [0, 1, 2, 3, 4, 5, 6, 7]),
        (f"ท{PIECES}ก", f"ท{SARA_AM}ก", [0, 0, 3, 4]),
        ("น\u0e4d\u0e49\u0e32ก", f"น\u0e49{SARA_AM}ก", [0, 0, 0, 4, 5]),
        ("ก\u200bข\u2060\ufeffค", "กขค", [0, 2, 5, 6]),
        ("\u200bก", "ก", [1, 2]),
        ("ก\u200bกํa า", "กกํa า", [0, 2, 2, 4, 5, 6, 7]),
        ("e\u0301x", "\u00e9x", [0, 2, 3]),
        (f"{PIECES}ก", f"{SARA_AM}ก", [0, 2, 3]),
        ("\u0e32ก\u200b", "\u0e32ก", [0, 1, 3]),
        ("", "", [0]),
    ],
)
def test_columns_lead_back(text: str, norm: str, columns: list[int]) -> None:
    """Each sign that is matched knows where its consonant and marks begin; the end leads to the end."""
    found = normalized(text)
    assert found.norm == norm
    assert [found.column(index) for index in range(len(norm) + 1)] == columns


def test_composing() -> None:
    """SARA AM is put together, with its tone mark before it; nothing else is taken apart or together."""
    assert compose(f"ท{PIECES}") == f"ท{SARA_AM}"
    for tone in "\u0e48\u0e4b":
        assert compose(f"น\u0e4d{tone}\u0e32") == f"น{tone}{SARA_AM}"
    assert compose("น\u0e4d\u0e4c\u0e32") == "น\u0e4d\u0e4c\u0e32"
    assert compose(f"ท{SARA_AM}") == f"ท{SARA_AM}"
    assert compose("\u2460 \uff21") == "\u2460 \uff21"


def test_errors_say_their_code() -> None:
    """To who sees no more of them than their words."""
    for error in (DateError("U206"), RuleError("U211"), PhraseError("U201", 0, 0, None, {}), StoreFault("read", "U1")):
        assert str(error) in ("U206", "U211", "U201", "U1")
        assert error.args == (str(error),)


def test_thai_digits_of_an_events_name() -> None:
    """Every one of them is read as the digit it is."""
    events = {"e": Event("e", "งาน ๐๑๒๓๔๕๖๗๘๙", "month")}
    assert list(slots.read("event", "", "งาน 0123456789", 0, events)) == [(14, "e")]


@pytest.mark.parametrize(
    "word",
    ["สิ้นเดือน", "วันสิ้นเดือน", "รับเรื่อง", "ได้รับเรื่อง", "วันที่รับเรื่อง", "วันที่ได้รับเรื่อง", "receipt",
     "month", "quarter", "fiscal", "week", "Monthly"],
)  # fmt: skip
def test_words_of_the_language_are_no_events(word: str) -> None:
    """Not even where there is no plan to say what is one."""
    assert list(slots.read("event", "", word, 0, None)) == []


@pytest.mark.parametrize(
    ("name", "argument", "words"),
    [
        ("month", "", {"แรก": "first", "ที่ 1": "first", "ที่หนึ่ง": "first", "first": "first", "ที่ 2": "second", "ที่สอง": "second"}),
        ("unit", "clock", {"ชั่วโมง": "hour", "ชม.": "hour", "hour": "hour", "hours": "hour", "นาที": "minute", "minute": "minute", "minutes": "minute"}),
        ("unit", "", {"working day": "workday", "working days": "workday", "day": "day", "days": "day", "month": "month", "months": "month"}),
    ],
)  # fmt: skip
def test_words_for_one_value(name: str, argument: str, words: dict[str, str]) -> None:
    """Each of them, read to its end."""
    for word, value in words.items():
        assert (len(word), value) in list(slots.read(name, argument, word, 0, {}))


def test_a_short_month_has_its_own_letters() -> None:
    """With dots or without; another last letter is no month."""
    for text in ("6 มิ.ย. 2563", "6 มิย 2563", "6 มี ค 2563", "6 เม.ย 2563"):
        assert list(slots.read("date", "", text, 0, None))
    for text in ("6 มิ.ก. 2563", "6 มี.ย. 2563", "6 เม.ค. 2563"):
        assert not list(slots.read("date", "", text, 0, None))
