"""The words that slots are made of: the vocabulary of both languages, and where a word ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ustm_cli.dates.era import ENGLISH_WEEKDAYS, DateError
from ustm_cli.deadlines.base import Event

Found = Iterator[tuple[int, Any]]
Events = Mapping[str, Event] | None


class Bad(NamedTuple):
    """A date that was written but cannot be; start and end are where its faulty part stands."""

    error: DateError
    start: int
    end: int


# What `read` yields where a slot was begun and its end is missing (a date without its year).
INCOMPLETE = object()

# The words of Thai and English for one value, the canonical one first.
EVERY = {
    "w": ("week", ("สัปดาห์",), ("week",)),
    "m": ("month", ("เดือน",), ("month",)),
    "q": ("quarter", ("ไตรมาส",), ("quarter",)),
    "y": ("year", ("ปีงบประมาณ",), ("fiscal year",)),
}
UNITS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "workday": (("วันทำการ",), ("working days", "working day")),
    "day": (("วัน",), ("days", "day")),
    "month": (("เดือน",), ("months", "month")),
    "hour": (("ชั่วโมง", "ชม."), ("hours", "hour")),
    "minute": (("นาที",), ("minutes", "minute")),
}
ORDINALS = {
    "first": (("แรก", "ที่ 1", "ที่หนึ่ง"), ("first",)),
    "second": (("ที่สอง", "ที่ 2"), ("second",)),
    "last": (("สุดท้าย",), ("last",)),
}
WEEKDAYS = tuple(day.lower() for day in ENGLISH_WEEKDAYS)
# Words of the language itself that no event may be called, lest a phrase have two meanings.
RESERVED_WORDS = (
    "จาก",
    "สิ้น",
    "วันสิ้น",
    "รับเรื่อง",
    "ได้รับเรื่อง",
    "วันที่รับเรื่อง",
    "วันที่ได้รับเรื่อง",
    "receipt",
    "month",
    "quarter",
    "fiscal",
    "week",
)


def inside_word(norm: str, end: int) -> bool:
    """Whether a word that ends at `end` really goes on: Latin letters or digits on both sides, or a Thai mark."""
    if end >= len(norm) or end == 0:
        return False
    left, right = norm[end - 1], norm[end]
    if goes_on(right):
        return "\u0e01" <= left <= "\u0e4e"
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()


def goes_on(char: str) -> bool:
    """Whether a Thai word can only go on with it: a vowel that follows, a tone, a mark."""
    return "\u0e30" <= char <= "\u0e3a" or char in "\u0e45\u0e46" or "\u0e47" <= char <= "\u0e4e"


def words_at(choices: Sequence[str], norm: str, pos: int) -> Iterator[int]:
    """The ends of those choices that stand at `pos`; a space in a choice may be any or, in Thai, none."""
    for choice in choices:
        if " " in choice:
            gap = r"\s+" if choice.isascii() else r"\s*"
            match = re.compile(re.escape(choice).replace("\\ ", gap), re.IGNORECASE).match(norm, pos)
            end = match.end() if match else -1
        else:
            end = pos + len(choice)
            if norm[pos:end].lower() != choice:
                continue
        if end >= 0 and not inside_word(norm, end):
            yield end


NUMBER = re.compile(r"\d+")
