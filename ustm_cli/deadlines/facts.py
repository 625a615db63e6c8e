"""What a text states, in either language: numbers, months, weekdays, units. An offer must state what was written."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from ustm_cli.dates.era import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, THAI_MONTHS, THAI_SHORT_MONTHS, THAI_WEEKDAYS

# What a number of units comes after, where it was left out.
_COUNT = r"(?:\d|ภายใน|\bwithin)\s*"
_WORDS = {
    "workday": r"วัน\s*ทำการ|working days?\b",
    "days": rf"{_COUNT}(?:วัน(?!\s*(?:ทำการ|ที่|สิ้น|{'|'.join(THAI_WEEKDAYS)}))|days?\b)",
    "months": rf"{_COUNT}(?:เดือน|months?\b)",
    "hour": r"ชั่วโมง|ชม\.|\bhours?\b",
    "minute": r"นาที|\bminutes?\b",
    "office hours": r"(?:ชั่วโมง|ชม\.|นาที)\s*(?:ในเวลา)?(?:ราชการ|ทำการ)|\b(?:office|working|business) hours?\b",
    "week": r"สัปดาห์|\bweek",
    "month": r"เดือน|\bmonth",
    "quarter": r"ไตรมาส|\bquarter|\bq[1-4]\b",
    "year": r"ปี|\byear",
    "start": r"ต้น|\b(?:start|beginning)\b",
    "end": r"สิ้น|\bend\b",
    "first": r"แรก|\bfirst\b",
    "second": r"\bsecond\b",
    "third": r"เดือน\s*ที่\s*(?:3|สาม)|\bthird\b",
    "last": r"สุดท้าย|\blast\b",
    "following": r"ถัด|\b(?:following|next)\b|\bmonth after\b",
    "before": r"ก่อน|ล่วงหน้า|\b(?:before|ahead|in advance)\b",
    "after": r"หลัง|นับ|ถัดจาก|\b(?:after|from|of receipt)\b",
    "times": r"ครั้ง|\b(?:times|once|twice)\b",
    "receipt": r"รับเรื่อง|\breceipt\b",
    "nth": rf"(?:{'|'.join(THAI_WEEKDAYS)})ที่",
    "at least": r"ไม่น้อยกว่า|อย่างน้อย|\b(?:at least|not less than)\b",
    "about": r"(?<!งบ)ประมาณ|ราววัน|\b(?:about|around)\b",
    "notified": r"แจ้ง|\bnotified\b",
    # No phrase states these.
    "daily": r"^\s*ทุก\s*วัน\s*$|วันละ|\bevery\s*day\b|\bdaily\b",
    "alternate": r"เว้น|เดือน(?:คู่|คี่)|\b(?:every other|odd|even)\b|\bbi-?weekly\b",
    "this": r"นี้|\bthis\b",
    "previous": r"\bprevious\b",
    "at once": r"ทันที|\bas soon as\b",
    "since": r"(?<!นับ)ตั้งแต่|จนถึง|\b(?:since|until|till)\b",
    "at most": r"ไม่เกิน|\b(?:at most|no more than)\b",
    "not before": r"เร็วกว่า",
    "as set": r"(?<!ก่อน)(?<!ครบ)กำหนด",
    "first day": r"\bfirst day\b",
    "weekend": r"สุดสัปดาห์|\bweek(?:end|day)s?\b",
    "hour of day": r"เช้า|\bmorning\b",
    "every n": r"(?:ทุก|\bevery)\s*\d+\s*(?!st|nd|rd|th|\d)|\bevery third\b",
    "fourth": r"\bfourth\b",
    "half": r"ครึ่ง|กลาง|ปลาย|\b(?:half|middle|mid|early|late)\b",
    "calendar": r"ปฏิทิน|ปี(?:บัญชี|การศึกษา)|\bcalendar\b",
    "spelled": (
        r"หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|เอ็ด|ร้อย"
        r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred)\b"
        r"|\b(?:thir|four|fif|six|seven|eigh|nine)teen\b|\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty\b"
    ),
    "years": r"\d\s*(?:ปี(?!งบ)|years?\b)",
    "holiday": r"วันหยุด|\bholidays?\b",
}
_NEVER_ADDED = ("before", "weekday", "times", "nth", "last", "at least", "about", "notified", "office hours")
_NAMES = {
    **{f"weekday {n}": rf"{th}|\b{en}" for n, (th, en) in enumerate(zip(THAI_WEEKDAYS, ENGLISH_WEEKDAYS, strict=True))},
    **{
        f"month {n}": rf"{th}|{short.replace('.', chr(92) + '.?')}|\b{en[:3]}(?:\b|t\b|{en[3:]}\b)"
        for n, (th, short, en) in enumerate(zip(THAI_MONTHS, THAI_SHORT_MONTHS, ENGLISH_MONTHS, strict=True), 1)
    },
}


class Facts(NamedTuple):
    words: frozenset[str]
    numbers: frozenset[int]


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in {**_WORDS, **_NAMES}.items()]


@lru_cache(maxsize=4096)
def facts(text: str) -> Facts:
    """Each word by what it means; a year of two digits as it is written."""
    words = frozenset(name for name, pattern in _patterns() if pattern.search(text))
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return Facts(words, frozenset([*numbers, 2] if re.search(r"\btwice\b", text, re.IGNORECASE) else numbers))


def is_faithful(text: str, offer: str, years: Container[int], *, stops: bool) -> bool:
    """Whether the offer states all that the text states and nothing else.

    Where the text `stops` too early, it may state more. Where no number was written, any will do; where no year was,
    one of `years`.
    """
    said, offered = facts(text), facts(offer)
    if not said.words <= offered.words or not all(_is_there(number, offered.numbers) for number in said.numbers):
        return False
    added = offered.words - said.words
    if any(word.startswith(_NEVER_ADDED) for word in added):
        return False
    if stops:
        return True
    numbers = [number for number in offered.numbers if number not in years and not _is_there(number, said.numbers)]
    return not added and not (numbers and said.numbers)


def _is_there(number: int, numbers: frozenset[int]) -> bool:
    """A year of the Buddhist era may be written with two digits or with four."""
    return bool({number, number + 2500, number - 2500} & numbers)
