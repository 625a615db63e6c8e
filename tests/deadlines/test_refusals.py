"""What a refusal says: its code, the very words at fault, what to write instead, and what its sentence needs."""

from __future__ import annotations

from datetime import date
from difflib import SequenceMatcher
from typing import Any

import pytest

from ustm_cli.dates.fiscal import Every
from ustm_cli.deadlines.base import Event
from ustm_cli.deadlines.offers import LEAST_LIKENESS, _most_like
from ustm_cli.deadlines.phrase import LONGEST_PHRASE, PhraseError, parse, parse_review, say

EVENTS = {
    event.id: event for event in (Event("meeting", "การประชุมประจำเดือน", "month"), Event("board", "การประชุม", "month"))
}


def refusal(phrase: str, *, review: Every | None = None, events: Any = EVENTS) -> PhraseError:
    with pytest.raises(PhraseError) as caught:
        parse_review(phrase, events, review) if review else parse(phrase, events)
    assert str(caught.value) == caught.value.code
    return caught.value


def said(phrase: str, error: PhraseError) -> tuple[str, int, str, str | None]:
    """(code, index of the words at fault, those words, what to write instead)."""
    return error.code, error.start, phrase[error.start : error.end], error.offer


# What cannot be: the words of the one wrong number, and the phrase with it put right.
WRONG: list[tuple[str, str, int, str, str | None, dict[str, Any]]] = [
    ("ทุกเดือน ภายในวันที่ 32", "U204", 21, "32", "ทุกเดือน ภายในวันที่ 31", {"value": 32, "low": 1, "high": 31, "day": 32}),
    ("ทุกเดือน ภายในวันที่ 0 ของเดือนถัดไป", "U204", 21, "0", "ทุกเดือน ภายในวันที่ 1 ของเดือนถัดไป", {"value": 0, "low": 1, "high": 31, "day": 0}),
    ("ทุกเดือน ภายในวันที่ ๓๒ ของเดือนถัดไป", "U204", 21, "๓๒", "ทุกเดือน ภายในวันที่ 31 ของเดือนถัดไป", {"value": 32, "low": 1, "high": 31, "day": 32}),
    ("every month, by day 32 of the following month", "U204", 20, "32", "every month, by day 31 of the following month", {"value": 32, "low": 1, "high": 31, "day": 32}),
    ("ทุกไตรมาส ภายในวันที่ 40 ของเดือนแรกของไตรมาส", "U204", 22, "40", "ทุกไตรมาส ภายในวันที่ 31 ของเดือนแรกของไตรมาส", {"value": 40, "low": 1, "high": 31, "day": 40}),
    ("32 ต.ค. 2563", "U204", 0, "32", "31 ต.ค. 2563", {"day": 32}),
    ("วันที่ 32 ต.ค. 2563", "U204", 7, "32", "วันที่ 31 ต.ค. 2563", {"day": 32}),
    ("0 ต.ค. 2563", "U204", 0, "0", "1 ต.ค. 2563", {"day": 0}),
    ("29 ก.พ. 2564", "U205", 0, "29", "28 ก.พ. 2564", {"day": 29, "month": "กุมภาพันธ์", "year": 2564, "last": 28}),
    ("31 พ.ย. 2563", "U205", 0, "31", "30 พ.ย. 2563", {"day": 31, "month": "พฤศจิกายน", "year": 2563, "last": 30}),
    ("2564-02-29", "U205", 8, "29", "2564-02-28", {"day": 29, "month": "กุมภาพันธ์", "year": 2564, "last": 28}),
    ("ภายใน 31 เม.ย. 64", "U205", 6, "31", "ภายใน 30 เม.ย. 64", {"day": 31, "month": "เมษายน", "year": 2564, "last": 30}),
    ("by 31 Apr 64", "U205", 3, "31", "by 30 Apr 64", {"day": 31, "month": "เมษายน", "year": 2564, "last": 30}),
    ("6 ต.ค. 2020", "U203", 7, "2020", "6 ต.ค. 2563", {"year": 2020, "offer": 2563}),
    ("6 Oct 2020", "U203", 6, "2020", "6 Oct 2563", {"year": 2020, "offer": 2563}),
    ("2020-10-06", "U203", 0, "2020", "2563-10-06", {"year": 2020, "offer": 2563}),
    ("6 ต.ค. 2400", "U206", 7, "2400", None, {"year": 2400}),
    ("6 ต.ค. 563", "U206", 7, "563", None, {"year": 563}),
    ("6 ต.ค. 256300000", "U206", 7, "256300000", None, {"year": 25630}),
    ("2563-13-01", "U207", 5, "13", None, {"month": 13}),
    ("2563-13", "U207", 5, "13", None, {"month": 13}),
    ("ตามที่ได้รับแจ้ง ประมาณ 2563-13", "U207", 29, "13", None, {"month": 13}),
    ("ตามที่ได้รับแจ้ง ประมาณ ธ.ค. 2020", "U203", 29, "2020", "ตามที่ได้รับแจ้ง ประมาณ ธ.ค. 2563", {"year": 2020, "offer": 2563}),
    ("4-2 พ.ย. 2563", "U208", 0, "4-2 พ.ย. 2563", "2-4 พ.ย. 2563", {"start": date(2020, 11, 4), "end": date(2020, 11, 2)}),
    ("4 - 2 พ.ย. 2563", "U208", 0, "4 - 2 พ.ย. 2563", "2 - 4 พ.ย. 2563", {"start": date(2020, 11, 4), "end": date(2020, 11, 2)}),
    ("28 ธ.ค. - 2 ม.ค. 64", "U208", 0, "28 ธ.ค. - 2 ม.ค. 64", "28 ธ.ค. 2563 - 2 ม.ค. 64", {"start": date(2021, 12, 28), "end": date(2021, 1, 2)}),
    ("28 ธ.ค. 2564 ถึง 2 ม.ค. 2564", "U208", 0, "28 ธ.ค. 2564 ถึง 2 ม.ค. 2564", "28 ธ.ค. 2563 - 2 ม.ค. 2564", {"start": date(2021, 12, 28), "end": date(2021, 1, 2)}),
    ("28 Dec - 2 Jan 2564", "U208", 0, "28 Dec - 2 Jan 2564", "28 Dec 2563 - 2 Jan 2564", {"start": date(2021, 12, 28), "end": date(2021, 1, 2)}),
    ("ธ.ค. - ม.ค. 64", "U208", 0, "ธ.ค. - ม.ค. 64", "ธ.ค. 2563 - ม.ค. 64", {"start": date(2021, 12, 1), "end": date(2021, 1, 31)}),
    ("ธ.ค. 64 - ม.ค. 64", "U208", 0, "ธ.ค. 64 - ม.ค. 64", "ธ.ค. 63 - ม.ค. 64", {"start": date(2021, 12, 1), "end": date(2021, 1, 31)}),
    ("ธ.ค. 2564 - ม.ค. 2564", "U208", 0, "ธ.ค. 2564 - ม.ค. 2564", "ธ.ค. 2563 - ม.ค. 2564", {"start": date(2021, 12, 1), "end": date(2021, 1, 31)}),
    ("31-32 ต.ค. 2563", "U204", 3, "32", "31-31 ต.ค. 2563", {"day": 32}),
    ("32-33 ต.ค. 2563", "U204", 0, "32", None, {"day": 32}),
    ("31 พ.ย. - 2 ธ.ค. 2563", "U205", 0, "31", "30 พ.ย. - 2 ธ.ค. 2563", {"day": 31, "month": "พฤศจิกายน", "year": 2563, "last": 30}),
    ("ทุกวันศุกร์ที่ 5 ของเดือน", "U209", 15, "5", "ทุกวันศุกร์สุดท้ายของเดือน", {"value": 5}),
    ("ทุกเดือน วันศุกร์ที่ 5", "U209", 21, "5", "ทุกเดือน วันศุกร์สุดท้าย", {"value": 5}),
    ("every 5th Friday of the month", "U209", 6, "5th", "every last Friday of the month", {"value": 5}),
    ("every 0th Friday of the month", "U209", 6, "0th", "every last Friday of the month", {"value": 0}),
    ("เดือนละ 1 ครั้ง สัปดาห์ที่ 5", "U209", 27, "5", "เดือนละ 1 ครั้ง สัปดาห์ที่ 4", {"value": 5, "listed": []}),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 4 และ สัปดาห์ที่ 5", "U209", 44, "5", "เดือนละ 2 ครั้ง สัปดาห์ที่ 4 และ สัปดาห์ที่ 3", {"value": 5, "listed": [4]}),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 3 และ 5", "U209", 33, "5", "เดือนละ 2 ครั้ง สัปดาห์ที่ 3 และ 4", {"value": 5, "listed": [3]}),
    ("twice a month, weeks 4 and 5", "U209", 27, "5", "twice a month, weeks 4 and 3", {"value": 5, "listed": [4]}),
    ("every month, week 5", "U209", 18, "5", "every month, week 4", {"value": 5, "listed": []}),
    ("every month, weeks 1, 5", "U209", 22, "5", "every month, weeks 1, 4", {"value": 5, "listed": [1]}),
    ("เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 2", "U218", 44, "2", None, {"listed": [2]}),
    ("ในเดือน ธ.ค. เม.ย. ธ.ค.", "U218", 19, "ธ.ค.", None, {}),
    ("in Dec, Apr and Dec", "U218", 16, "Dec", None, {}),
    ("เดือนละ 3 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", "U210", 8, "3", "เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4", {"value": 3, "listed": 2}),
    ("3 times a month, weeks 2 and 4", "U210", 0, "3 times", "twice a month, weeks 2 and 4", {"value": 3, "listed": 2}),
    ("twice a month, week 2", "U210", 0, "twice", "once a month, week 2", {"value": 2, "listed": 1}),
    ("twice a month, weeks 1, 2 and 4", "U210", 0, "twice", "3 times a month, weeks 1, 2 and 4", {"value": 2, "listed": 3}),
    ("ปีละ 3 ครั้ง ในเดือน ธ.ค. และ เม.ย.", "U210", 5, "3", "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.", {"value": 3, "listed": 2}),
    ("once a year, in Dec and Apr", "U210", 0, "once", "twice a year, in Dec and Apr", {"value": 1, "listed": 2}),
    ("3 times a year, in Dec", "U210", 0, "3 times", "once a year, in Dec", {"value": 3, "listed": 1}),
    ("twice a year, in Dec, Apr and Jun", "U210", 0, "twice", "3 times a year, in Dec, Apr and Jun", {"value": 2, "listed": 3}),
    ("ภายในไตรมาส 5", "U211", 12, "5", "ภายในไตรมาส 4", {"value": 5, "low": 1, "high": 4, "day": 5}),
    ("ภายในไตรมาส 0", "U211", 12, "0", "ภายในไตรมาส 1", {"value": 0, "low": 1, "high": 4, "day": 0}),
    ("within quarter 5", "U211", 15, "5", "within quarter 4", {"value": 5, "low": 1, "high": 4, "day": 5}),
    ("ทุกเดือน ภายใน 0 วันนับจากสิ้นเดือน", "U211", 15, "0", "ทุกเดือน ภายใน 1 วันนับจากสิ้นเดือน", {"value": 0, "low": 1, "high": 3660, "day": 0}),
    ("ทุกเดือน ภายใน 99999 วันนับจากสิ้นเดือน", "U211", 15, "99999", "ทุกเดือน ภายใน 3660 วันนับจากสิ้นเดือน", {"value": 99999, "low": 1, "high": 3660, "day": 99999}),
    ("ทุกเดือน ภายใน 99999999999 วันนับจากสิ้นเดือน", "U211", 15, "99999999999", "ทุกเดือน ภายใน 3660 วันนับจากสิ้นเดือน", {"value": 99999999999, "low": 1, "high": 3660, "day": 99999999999}),
    ("ภายใน 0 วันทำการนับจากรับเรื่อง", "U211", 6, "0", "ภายใน 1 วันทำการนับจากรับเรื่อง", {"value": 0, "low": 1, "high": 99999}),
    ("ภายใน 5000 วันนับจากรับเรื่อง", "U211", 6, "5000", "ภายใน 3660 วันนับจากรับเรื่อง", {"value": 5000, "low": 0, "high": 3660}),
    ("ภายใน 100000 นาทีนับจากรับเรื่อง", "U211", 6, "100000", "ภายใน 99999 นาทีนับจากรับเรื่อง", {"value": 100000, "low": 0, "high": 99999, "day": 100000}),
    ("ก่อนการประชุม 0 วัน", "U211", 14, "0", "ก่อนการประชุม 1 วัน", {"value": 0, "low": 1, "high": 3660, "day": 0}),
    ("อย่างน้อยเดือนละ 0 ครั้ง", "U211", 17, "0", "อย่างน้อยเดือนละ 1 ครั้ง", {"value": 0, "low": 1, "high": 100, "day": 0}),
    ("อย่างน้อยเดือนละ 101 ครั้ง", "U211", 17, "101", "อย่างน้อยเดือนละ 100 ครั้ง", {"value": 101, "low": 1, "high": 100, "day": 101}),
    ("ทุกปีงบประมาณ ภายในวันที่ 5 ของเดือนที่สองของปีงบประมาณ", "U216", 36, "ที่สอง", None, {"value": "second", "every": "year"}),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "code", "start", "words", "offer", "detail"), WRONG)
def test_what_cannot_be(
    phrase: str, code: str, start: int, words: str, offer: str | None, detail: dict[str, Any]
) -> None:
    """Told at its number alone; the offer changes nothing else, and is left out where no one number mends it."""
    error = refusal(phrase)
    assert said(phrase, error) == (code, start, words, offer)
    assert dict(error.detail) == detail


def test_where_a_number_of_a_date_stands() -> None:
    """The day, the month or the year alone, whatever stands before it."""
    for phrase, code, start, words in (
        ("2563-11-31", "U205", 8, "31"),
        ("2563-11-32", "U204", 8, "32"),
        ("2563-13-01", "U207", 5, "13"),
        ("2020-11-01", "U203", 0, "2020"),
        ("ภายใน 2563-11-31", "U205", 14, "31"),
        ("วันที่ 31 พ.ย. 2563", "U205", 7, "31"),
        ("  31 พ.ย. 2563", "U205", 2, "31"),
        ("6 ต.ค. 256300000", "U206", 7, "256300000"),
    ):
        error = refusal(phrase)
        assert said(phrase, error)[:3] == (code, start, words)
    assert refusal("6 ต.ค. 256300000").detail == {"year": 25630}


def test_what_an_offer_keeps() -> None:
    """Where weeks 4 and 3 stand already the next one is offered, down to the first; blanks before what is taken away go."""
    for phrase, offer in (
        ("เดือนละ 3 ครั้ง สัปดาห์ที่ 4 และ 3 และ 5", "เดือนละ 3 ครั้ง สัปดาห์ที่ 4 และ 3 และ 2"),
        ("เดือนละ 4 ครั้ง สัปดาห์ที่ 4 และ 3 และ 2 และ 5", "เดือนละ 4 ครั้ง สัปดาห์ที่ 4 และ 3 และ 2 และ 1"),
        ("ทุกวันศุกร์ ที่ 5 ของเดือน", "ทุกวันศุกร์สุดท้ายของเดือน"),
        ("28 Dec to 2 Jan 2564", "28 Dec 2563 - 2 Jan 2564"),
        ("4 to 2 Nov 2563", "2 to 4 Nov 2563"),
        ("4 \u2212 2 พ.ย. 2563", "2 \u2212 4 พ.ย. 2563"),
    ):
        assert refusal(phrase).offer == offer


HEADS = [
    ("ภายในวันที่ 5 ของเดือนแรกของปีงบประมาณ", "ทุกปีงบประมาณ ภายในวันที่ 5 ของเดือนแรกของปีงบประมาณ"),
    ("ภายในวันที่ 5 ของเดือนที่สองของไตรมาส", "ทุกไตรมาส ภายในวันที่ 5 ของเดือนที่สองของไตรมาส"),
    ("ภายใน 3 วันหลังสิ้นสัปดาห์", "ทุกสัปดาห์ ภายใน 3 วันนับจากสิ้นสัปดาห์"),
    ("in its first month", "every quarter, in its first month"),
    ("วันศุกร์", "ทุกวันศุกร์"),
    ("  สิ้นไตรมาส", "ทุกสิ้นไตรมาส"),
    ("  วันทำการแรก", "ทุกเดือน วันทำการแรก"),
    ("  by day 10", "every month, by day 10"),
]


@pytest.mark.parametrize(("phrase", "offer"), HEADS)
def test_a_head_that_is_missing(phrase: str, offer: str) -> None:
    """Is put before it, the likeliest period first."""
    assert refusal(phrase).offer == offer


def test_blanks_around_a_phrase() -> None:
    """Are nothing, in what is offered too."""
    assert parse("  ทุกเดือน \t") == parse("ทุกเดือน")
    assert refusal("  6 ต.ค. 2020 \t").offer == "6 ต.ค. 2563"


def test_heads_are_left_out_where_they_are_known() -> None:
    """Of whatever length; a phrase without a head stays whole."""
    for phrase, every, said_th in (
        ("ทุกวันศุกร์", "week", "วันศุกร์"),
        ("ทุกเดือน ภายในวันที่ 8 ของเดือนถัดไป", "month", "ภายในวันที่ 8 ของเดือนถัดไป"),
        ("ก่อนการประชุม 3 วัน", None, "ก่อน board 3 วัน"),
    ):
        rule = parse_review(phrase, EVENTS, every)
        assert say(rule, headless=True) == said_th
        assert say(rule) == say(rule, "th") != said_th or every is None


def likeness(text: str, phrase: str) -> float:
    """By difflib, without any haste: a good start counts, and so does that something follows."""
    start = 0
    while start < min(len(text), len(phrase)) and text[start] == phrase[start]:
        start += 1
    ratio = SequenceMatcher(None, text, phrase, autojunk=False).ratio()
    return ratio + 0.3 * start / max(len(text), 1) - 0.2 * text.startswith(phrase)


LIKE = [
    ("ทุกเดือน", ["ทุกเดือน", "ทุกไตรมาส", "ทุกสัปดาห์"]),
    ("ทุกเดื", ["ทุกไตรมาส", "ทุกเดือน", "เดือนทุก"]),
    ("abcd", ["abxx", "abyy", "xxcd", "dcba"]),
    ("abab", ["baba", "abba", "aabb", "bbaa"]),
    ("abc", ["ab", "abc", "abcd", "ab c"]),
    ("abcx", ["abc", "abcd"]),
    ("aaaa", ["a", "aa", "bbbb"]),
    ("", []),
    ("x" * 300 + "y", ["x" * 300, "y" + "x" * 300, "x" * 299 + "yx"]),
    ("every month by the 10th", ["every month, by day 10", "every month", "every 1st monday of the month"]),
    ("zzz", ["abc", "zab"]),
]


@pytest.mark.parametrize(("text", "phrases"), LIKE)
def test_the_phrase_most_like_the_text(text: str, phrases: list[str]) -> None:
    """As difflib likens them, the first of equals, and none that is less than half like it."""
    alike = [phrase for phrase in phrases if likeness(text, phrase) > LEAST_LIKENESS]
    expected = max(alike, key=lambda phrase: likeness(text, phrase), default=None)
    assert _most_like(text, phrases) == expected
    again = list(reversed(phrases))
    assert _most_like(text, again) == max(reversed(alike), key=lambda phrase: likeness(text, phrase), default=None)


# What was not understood: from the first word that fits no form, and the nearest phrase of those that came so far.
STUCK: list[tuple[str, str, int, str, str | None]] = [
    ("ทุกสัปดาห์ วันทำการแรกสุด", "U201", 22, "สุด", "ทุกสัปดาห์ วันทำการแรก"),
    ("ทุกไตรมาส ภายในวันที่ 5 ของเดือนถัดจากสิ้นปีงบประมาณ", "U201", 42, "ปีงบประมาณ", None),
    ("every month by the 10th", "U201", 15, "the", "every month, by day 10"),
    ("every month by day 10th", "U201", 19, "10th", "every month, by day 10"),
    ("ภายใน 10 วันหลังสิ้นไตรมาส", "U201", 20, "ไตรมาส", "ทุกไตรมาส ภายใน 10 วันนับจากสิ้นไตรมาส"),
    ("ภายในวันที่ 10 ของเดือนถัดไป", "U201", 23, "ถัดไป", "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"),
    ("by day 10 of the following month", "U201", 17, "following", "every month, by day 10 of the following month"),
    ("within 5 days after quarter end", "U201", 20, "quarter", "every quarter, within 5 days after quarter end"),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไปนะ", "U201", 37, "นะ", "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"),
    ("ทุกเดือน วันทำการที่สาม", "U201", 17, "ที่สาม", None),
    ("สัปดาห์ละ 1 ครั้ง", "U201", 0, "สัปดาห์ละ", "อย่างน้อยสัปดาห์ละ 1 ครั้ง"),
    ("ปีละ 2 ครั้ง", "U201", 12, "", "อย่างน้อยปีละ 2 ครั้ง"),
    ("at least once a year", "U201", 16, "year", "at least once a fiscal year"),
    ("at least a month", "U201", 9, "a", None),
    ("times a fiscal year, in Dec, Apr", "U201", 0, "times", "twice a year, in Dec and Apr"),
    ("ทุก 3 เดือน", "U201", 4, "3", "ทุกไตรมาส"),
    ("ทุกๆ เดือน", "U201", 0, "ทุกๆ", "ทุกเดือน"),
    ("6 ต.ค.", "U201", 6, "", "6 ต.ค. 2563"),
    ("6", "U201", 1, "", None),
    ("ต.ค.", "U201", 0, "ต.ค.", "ต.ค. 2563"),
    ("พรุ่งนี้", "U201", 0, "พรุ่งนี้", None),
    ("   ", "U201", 3, "", None),
    ("ทุก", "U201", 3, "", "ทุกเดือน"),
    ("ทุกเดือน ภายใน", "U201", 14, "", "ทุกเดือน ภายในวันที่ 10"),
    ("ทุกเดือน ภายในวันที่", "U201", 20, "", "ทุกเดือน ภายในวันที่ 10"),
    ("ทุกเดือน ภายใน 5", "U201", 16, "", "ทุกเดือน ภายใน 5 วันนับจากสิ้นเดือน"),
    ("ทุกเดือน ภายใน 5 วัน", "U201", 20, "", "ทุกเดือน ภายใน 5 วันนับจากสิ้นเดือน"),
    ("ก่อน", "U201", 4, "", "ก่อน board 5 วัน"),
    ("ก่อนการประชุม", "U201", 13, "", "ก่อน board 5 วันทำการ"),
    ("ก่อนการประชุม 3", "U201", 15, "", None),
    ("ก่อนประชุมใหญ่ 3 วัน", "U202", 4, "ประชุมใหญ่", None),
    ("ภายใน 5 วันหลัง unknown", "U202", 16, "unknown", None),
    ("ภายในวันที่ 10 ของเดือนที่ประชุมใหญ่", "U202", 26, "ประชุมใหญ่", None),
    ("ภายใน 5 วันหลังรับเรื่อง ในเวลาราชการ", "U201", 25, "ในเวลาราชการ", "ภายใน 5 วันนับจากรับเรื่อง"),
    ("ภายใน 5 ชั่วโมงหลังรับเรื่อง ในเวลาราชการนะ", "U201", 41, "นะ", "ภายใน 5 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ"),
    ("ต่อเนื่อง ทั้งปี", "U201", 10, "ทั้งปี", "ต่อเนื่อง"),
    ("continuous", "U201", 0, "continuous", "continuously"),
    ("  continuous", "U201", 2, "continuous", "continuously"),
    ("  ตอเนื่อง", "U201", 2, "ตอเนื่อง", "ต่อเนื่อง"),
    ("ตามที่", "U201", 6, "", "ตามที่ได้รับแจ้ง"),
    ("as notified by", "U201", 14, "", "as notified by กรมบัญชีกลาง"),
    ("วันสุดท้ายของเดือน", "U201", 0, "วันสุดท้ายของเดือน", "ทุกสิ้นเดือน"),
    ("ทุกวันหยุด", "U201", 6, "หยุด", None),
    ("every Fridays", "U201", 6, "Fridays", "every Friday"),
    ("ทุกวันศุกร์ สัปดาห์ที่ 2", "U201", 12, "สัปดาห์ที่", "ทุกวันศุกร์ที่ 2 ของเดือน"),
    ("ทุกเดือน สัปดาห์", "U201", 9, "สัปดาห์", "ทุกเดือน สัปดาห์ที่ 2"),
    ("สิ้นเดือน", "U201", 0, "สิ้นเดือน", "ทุกสิ้นเดือน"),
    ("วันทำการสุดท้าย", "U201", 0, "วันทำการสุดท้าย", "ทุกเดือน วันทำการสุดท้าย"),
    ("month end", "U201", 0, "month", "every month end"),
    ("last working day", "U201", 0, "last", "every month, last working day"),
    ("ล่วงหน้า 3 วัน", "U201", 0, "ล่วงหน้า", None),
    ("3 days ahead", "U201", 7, "ahead", None),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "code", "start", "words", "offer"), STUCK)
def test_what_was_not_understood(phrase: str, code: str, start: int, words: str, offer: str | None) -> None:
    """Told at the first word that no form allows there; where the text ends too early, at its end and with all of it."""
    error = refusal(phrase)
    assert said(phrase, error) == (code, start, words, offer)
    assert error.detail == {"word": words or phrase.strip()}
    if offer:
        parse(offer, EVENTS)


# A review may leave its head out where the activity's period is known, and so may what is offered for it.
REVIEWS: list[tuple[Every, str, str, int, str, str | None]] = [
    ("month", "ล่วงหน้า 3", "U201", 10, "", "ล่วงหน้า 3 วัน"),
    ("month", "ภายในวันที่ 10 ของเดือนถัดไปๆ", "U201", 23, "ถัดไปๆ", "ภายในวันที่ 10 ของเดือนถัดไป"),
    ("quarter", "ภายในวันที่ 10 ของเดือนถัดไป", "U201", 23, "ถัดไป", "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"),
    ("quarter", "ภายในวันที่ 10 ของเดือนแรก", "U201", 26, "", "ภายในวันที่ 10 ของเดือนแรกของไตรมาส"),
    ("week", "วันทำการที่สอง", "U201", 8, "ที่สอง", None),
    ("year", "ภายใน 10 วันหลังสิ้นปี", "U201", 20, "ปี", "ภายใน 10 วันหลังสิ้นปีงบประมาณ"),
    # Two are as like it: first those whose head is left out.
    ("year", "ไม่เกิน 5 วันหลังสิ้นปีงบประมาณ", "U201", 0, "ไม่เกิน", "ภายใน 5 วันหลังสิ้นปีงบประมาณ"),
]  # fmt: skip


@pytest.mark.parametrize(("every", "phrase", "code", "start", "words", "offer"), REVIEWS)
def test_reviews(every: Every, phrase: str, code: str, start: int, words: str, offer: str | None) -> None:
    """As for `when:`, with the head left out of the offer where the period is the activity's own."""
    error = refusal(phrase, review=every)
    assert said(phrase, error) == (code, start, words, offer)
    if offer:
        parse_review(offer, EVENTS, every)


# Without a plan any one word is an event, but for the language's own.
FREE: list[tuple[str, str, int, str, str | None]] = [
    ("ก่อนสิ้นเดือน 3 วัน", "U201", 4, "สิ้นเดือน", None),
    ("ภายใน 5 วันหลัง month", "U201", 16, "month", None),
    ("ภายใน 5 วันหลัง", "U201", 15, "", "ภายใน 5 วันหลัง event"),
    ("ก่อน", "U201", 4, "", "ก่อน event 5 วัน"),
    ("ภายใน 60 วันหลังจากสิ้นปี", "U201", 23, "ปี", "ภายใน 60 วันหลังจากสิ้นปีงบประมาณ"),
    ("ก่อนวันที่ 10 ของทุกเดือน", "U201", 4, "วันที่", None),
    ("ก่อนการประชุม สาม วัน", "U201", 14, "สาม", "ก่อนการประชุม 3 วัน"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "code", "start", "words", "offer"), FREE)
def test_without_a_plan(phrase: str, code: str, start: int, words: str, offer: str | None) -> None:
    """What stands for an event is then `event` itself."""
    assert said(phrase, refusal(phrase, events=None)) == (code, start, words, offer)


def test_the_longest_phrase() -> None:
    """400 signs are read, one more is refused whole."""
    assert LONGEST_PHRASE == 400
    assert refusal("ก" * 400).code == "U201"
    error = refusal("ก" * 401)
    assert (error.code, error.start, error.end, error.offer, error.detail) == ("U222", 0, 401, None, {"limit": 400})


def test_a_plan_without_events() -> None:
    """No word is an event there; nothing is offered for it."""
    error = refusal("ก่อนการประชุม 3 วัน", events={})
    assert said("ก่อนการประชุม 3 วัน", error)[:3] == ("U202", 4, "การประชุม")


def test_the_whole_word_is_told() -> None:
    """From its first letter, wherever in it the reading ended."""
    for phrase, words in (
        ("every month by day 1th", "1th"),
        ("every month by day 10th", "10th"),
        ("every Fridays", "Fridays"),
    ):
        error = refusal(phrase)
        assert phrase[error.start : error.end] == words
