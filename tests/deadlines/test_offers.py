"""The nearest phrase: what it keeps of the text and what stands in for the rest; found without comparing all."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ustm_cli.dates.fiscal import Every
from ustm_cli.deadlines.base import Event
from ustm_cli.deadlines.offers import LEAST_LIKENESS, _most_like
from ustm_cli.deadlines.phrase import PhraseError, parse, parse_review

LETTERS = st.text("ทุกเดือนวันที่ภายใน 10abç", max_size=30)


def likeness(text: str, phrase: str) -> float:
    """How alike a text and a phrase are: what they share in order, a good start, and that something follows."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, phrase, strict=False)))
    ratio = SequenceMatcher(None, text, phrase, autojunk=False).ratio()
    return ratio + 0.3 * (start / max(len(text), 1)) - 0.2 * text.startswith(phrase)


def plainly(text: str, phrases: list[str]) -> str | None:
    best, most = None, LEAST_LIKENESS
    for phrase in phrases:
        if likeness(text, phrase) > most:
            best, most = phrase, likeness(text, phrase)
    return best


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(LETTERS, st.lists(LETTERS, max_size=12), st.integers(0, 30))
def test_the_most_alike_is_what_comparing_all_would_give(text: str, others: list[str], cut: int) -> None:
    """The first of equals, and none where none is much like the text."""
    phrases = [phrase for phrase in dict.fromkeys([*others, text[:cut], text[cut:], text + "x", f"x{text}"]) if phrase]
    assert _most_like(text, phrases) == plainly(text, phrases)


def test_nothing_is_like_nothing() -> None:
    assert _most_like("ทุกเดือน", []) is None
    assert _most_like("ทุกเดือน", ["zzz"]) is None
    assert _most_like("", ["ทุกเดือน"]) is None
    # Half like it is not much.
    assert _most_like("abcd", ["xbcx"]) is None


EVENTS = {"board": Event("board", "การประชุม", "month")}

# By what the text lacks: the phrase that would be understood.
OFFERS: dict[str, list[tuple[str, str | None]]] = {
    "its year: what was written stays, and only that is put to it": [
        ("7 พ.ย.", "7 พ.ย. 2563"),
        ("15 March", "15 Mar 2564"),
        ("ภายใน 15 มี.ค.", "ภายใน 15 มี.ค. 2564"),
        ("by 15 Mar", "by 15 Mar 2564"),
        ("มี.ค.", "มี.ค. 2564"),
        ("2-4 พ.ย.", "2-4 พ.ย. 2563"),
        ("2 Nov - 4 Nov", "2-4 Nov 2563"),
        ("ต.ค. - ธ.ค.", "ต.ค.-ธ.ค. 2563"),
        ("ตามที่ได้รับแจ้ง ประมาณ มี.ค.", "ตามที่ได้รับแจ้ง ประมาณ มี.ค. 2564"),
        ("ตามที่กรมธนารักษ์แจ้ง ประมาณ มี.ค.", "ตามที่กรมธนารักษ์แจ้ง ประมาณ มี.ค. 2564"),
        ("as notified, about March", "as notified, about Mar 2564"),
        ("as notified by CGD, about March", "as notified by CGD, about March 2564"),
    ],
    "nothing: a date among other words is the date": [
        ("on 6 Oct 2563", "6 Oct 2563"),
        ("6 ต.ค. 2563 นะ", "6 ต.ค. 2563"),
        ("1-3 ม.ค. 2564 นะ", "1-3 ม.ค. 2564"),
        ("ช่วง 2-4 พ.ย. 2564", "2-4 พ.ย. 2564"),
        ("as notified, around March 2564", "as notified, about Mar 2564"),
        (
            "ตามที่กรมธนารักษ์แจ้ง ประมาณ มี.ค. 2564 ตามที่แจ้งไว้",
            "ตามที่กรมธนารักษ์แจ้ง ประมาณ มี.ค. 2564",
        ),
    ],
    "a day that there is: none is made up": [
        ("31 พ.ย.", None),
        ("31 พ.ย. 2563 นะ", None),
        ("6 ต.ค. นะ", None),
        ("on", "on receipt"),
    ],
    "the place of a number that it has": [
        ("every month by the 15th", "every month, by day 15"),
        ("ภายใน 7 วันหลังประชุม", "ภายใน 7 วันหลังการประชุม"),
        ("within the 3rd quarter", "within quarter 3"),
        ("ทุกวันศุกร์ ครั้งที่ 3 ของเดือน", "ทุกวันศุกร์ที่ 3 ของเดือน"),
        ("at least 2 a month", "at least 2 times a month"),
        ("เดือนละ 2 ครั้ง อาทิตย์ที่ 1 และ 3", "เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ 3"),
        ("เดือนละ 2 ครั้ง สัปดาห์ 1 กับ 3", "เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ สัปดาห์ที่ 3"),
        ("ปีละ 2 ครั้ง เดือนมีนาคมและกันยายน", "ปีละ 2 ครั้ง ในเดือน มี.ค. และ ก.ย."),
    ],
    "a third month, which of a year has no words": [
        ("ทุกปีงบประมาณ ในเดือนที่ 3 ของปีงบประมาณ", None),
    ],
    "a number: a likely one": [
        ("ทุกเดือน ภายในวันที่", "ทุกเดือน ภายในวันที่ 10"),
        ("ทุกเดือน ภายใน วันหลังสิ้นเดือน", "ทุกเดือน ภายใน 5 วันนับจากสิ้นเดือน"),
        ("ภายในไตรมาส", "ภายในไตรมาส 1"),
        ("ทุกวันศุกร์ที่", "ทุกวันศุกร์ที่ 2 ของเดือน"),
        ("ทุกวันศุกร์ที่ ของเดือน", "ทุกวันศุกร์ที่ 2 ของเดือน"),
        ("ทุกไตรมาส ในเดือน", "ทุกไตรมาส ในเดือนแรกของไตรมาส"),
    ],
    "its months or weeks: none is made up": [
        ("ปีละ 1 ครั้ง", "อย่างน้อยปีละ 1 ครั้ง"),
        ("ปีละ 4 ครั้ง", "อย่างน้อยปีละ 4 ครั้ง"),
        ("ปีละ ครั้ง ในเดือน ธ.ค. และ เม.ย.", "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย."),
        ("a year, in Oct, Jan and Apr", None),
        ("ปีละ ครั้ง ในเดือน ต.ค. ม.ค. เม.ย. และ ก.ค.", "ปีละ 4 ครั้ง ในเดือน ต.ค. ม.ค. เม.ย. และ ก.ค."),
        ("once a month", "at least once a month"),
        ("twice a month", "at least twice a month"),
        ("4 times a year", "at least 4 times a fiscal year"),
        ("เดือนละครั้ง", "อย่างน้อยเดือนละ 1 ครั้ง"),
        ("ปีละ ครั้ง ในเดือน ธ.ค.", "ปีละ 1 ครั้ง ในเดือน ธ.ค."),
        ("ปีละ ครั้ง ในเดือน ต.ค. ม.ค. และ เม.ย.", "ปีละ 3 ครั้ง ในเดือน ต.ค. ม.ค. และ เม.ย."),
        ("ปีละ 1 ครั้ง ในเดือน", "ปีละ 1 ครั้ง ในเดือน ธ.ค."),
        ("ปีละ 2 ครั้ง ในเดือน", "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย."),
        ("ปีละ 3 ครั้ง ในเดือน", "ปีละ 3 ครั้ง ในเดือน ธ.ค. เม.ย. และ ส.ค."),
        ("ปีละ 4 ครั้ง ใน", "ปีละ 4 ครั้ง ในเดือน ธ.ค. มี.ค. มิ.ย. และ ก.ย."),
    ],
    "who notifies, or when": [
        ("as notified by", "as notified by กรมบัญชีกลาง"),
        ("ตามที่แจ้ง", "ตามที่ได้รับแจ้ง"),
        ("as notified, about", "as notified, about Dec 2563"),
        ("ตามที่ได้รับแจ้ง ประมาณ", "ตามที่ได้รับแจ้ง ประมาณ ธ.ค. 2563"),
        ("ตามที่กรมธนารักษ์แจ้ง ประมาณ", "ตามที่กรมธนารักษ์แจ้ง ประมาณ ธ.ค. 2563"),
    ],
    "a word that is spelled so": [
        ("within 3 hrs", "within 3 hours of receipt"),
        ("within 30 mins", "within 30 minutes of receipt"),
        ("ไตรมาสละ 1 ครั้ง", "อย่างน้อยไตรมาสละ 1 ครั้ง"),
        ("ก่อนการประชุม 3 วันครับ", "ก่อน board 3 วัน"),
        ("ก่อน board 3 วันครับ", "ก่อน board 3 วัน"),
    ],
    "the end of a word that it begins": [
        ("ทุกไตรมาส ในเดือนแร", "ทุกไตรมาส ในเดือนแรกของไตรมาส"),
        ("ทุกไตรมาส ในเดือนถัด", "ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส"),
        ("every month, firs", "every month, first working day"),
        ("ภายใน 3 ชั่วโมงนับจากรับเรื", "ภายใน 3 ชั่วโมงนับจากรับเรื่อง"),
        ("ทุกวันศ", None),
        ("within quarts", None),
    ],
    "all but the end of its last word": [
        ("recei", None),
        ("ทุกไตรมาส ในเดือนเร", None),
    ],
}


@pytest.mark.parametrize(("phrase", "offer"), [row for rows in OFFERS.values() for row in rows])
def test_what_a_phrase_lacks(phrase: str, offer: str | None) -> None:
    """What the text says is kept, wherever it stands; what it does not say is likely, and never a day of a month."""
    for text in (phrase, f"{' ' * 9}{phrase} ", f" {phrase}   "):
        with pytest.raises(PhraseError) as caught:
            parse(text, EVENTS)
        assert caught.value.offer == offer
    if offer:
        parse(offer, EVENTS)


@pytest.mark.parametrize(
    ("phrase", "offer"),
    [
        ("ภายใน 30 ก.ย.", "ภายใน 30 ก.ย. 2570"),
        ("1 ต.ค.", "1 ต.ค. 2569"),
        ("31 ธ.ค.", "31 ธ.ค. 2569"),
        ("by 1 Jan", "by 1 Jan 2570"),
        ("29 ก.พ.", None),
        ("ธ.ค.", "ธ.ค. 2569"),
        ("ม.ค.-มี.ค.", "ม.ค.-มี.ค. 2570"),
        ("1-3 ต.ค.", "1-3 ต.ค. 2569"),
        ("ก.ย.-ต.ค.", "ก.ย.-ต.ค. 2569"),
        ("as notified, about September", "as notified, about Sep 2570"),
        ("as notified by CGD, about October", "as notified by CGD, about October 2569"),
        ("as notified, about", "as notified, about Dec 2569"),
        # A year that was written is no mistake of ours.
        ("on 6 Oct 2563", "6 Oct 2563"),
    ],
)
def test_a_year_that_was_left_out(phrase: str, offer: str | None) -> None:
    """Is the one in which the day, or the last of several, lies in the plan's fiscal year."""
    for read in (parse, parse_review):
        with pytest.raises(PhraseError) as caught:
            read(phrase, EVENTS, fiscal_year=2570)
        assert caught.value.offer == offer or (read is parse_review and caught.value.offer is None)


@pytest.mark.parametrize(
    ("every", "phrase", "offer"),
    [
        ("month", "ทุกไตรมาส ภายใน 5", "ทุกไตรมาส ภายใน 5 วันนับจากสิ้นไตรมาส"),
        ("quarter", "ภายใน 5 วันหลังสิ้น", "ภายใน 5 วันนับจากสิ้นไตรมาส"),
    ],
)
def test_the_head_of_a_review(every: Every, phrase: str, offer: str) -> None:
    """Is left out of what is offered where it says the activity's own period, and nowhere else."""
    with pytest.raises(PhraseError) as caught:
        parse_review(phrase, EVENTS, every)
    assert caught.value.offer == offer
    parse_review(offer, EVENTS, every)


@pytest.mark.parametrize(
    ("phrase", "offer"),
    [
        ("นะ ภายใน 5 วันนับจากรับเรื่อง", "ภายใน 5 วันนับจากรับเรื่อง"),
        ("ส่งทุกเดือน ภายในวันที่ 10", "ทุกเดือน ภายในวันที่ 10"),
        ("please every month, by day 10", "every month, by day 10"),
        ("ให้เสร็จ ทุกวันศุกร์", "ทุกวันศุกร์"),
        ("within 6 Oct 2563", "6 Oct 2563"),
        ("เมื่อ 6 ต.ค. 2563", "6 ต.ค. 2563"),
    ],
)
def test_what_stands_before_a_phrase(phrase: str, offer: str) -> None:
    """Is left out, whatever blanks stand before it."""
    for text in (phrase, f"   {phrase}"):
        for events in (EVENTS, None):
            with pytest.raises(PhraseError) as caught:
                parse(text, events)
            assert caught.value.offer == offer
