"""The Buddhist era: reading and writing years, months and days as Thai documents do.

A Buddhist year is the Gregorian one + 543. Since 2484 both begin on 1 January; earlier Buddhist years began in
April (ปีประดิทิน พ.ศ. ๒๔๘๓ Act), so years before 2484 are refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

OFFSET = 543
FIRST_BE_YEAR = 2484
LAST_BE_YEAR = 2800

THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
THAI_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
THAI_SHORT_WEEKDAYS = ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา.")
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

Lang = Literal["th", "en"]
Style = Literal["long", "short", "iso"]


class DateError(ValueError):
    """A day, month or year that is not one. `code` is a finding code; `detail` fills its sentence."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def to_arabic(text: str) -> str:
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    return text.translate(_TO_THAI)


def full_be_year(year: int, digits: int) -> int:
    """The Buddhist year that `year`, written with `digits` digits, stands for: 63 is 2563.

    Raises DateError: U203 for a Gregorian year, U206 for one outside 2484-2800.
    """
    be_year = year + 2500 if digits == 2 else year
    if digits not in (2, 4):
        raise DateError("U206", year=year)
    if 1900 <= be_year < 2200:
        raise DateError("U203", year=year, offer=year + OFFSET)
    if not FIRST_BE_YEAR <= be_year <= LAST_BE_YEAR:
        raise DateError("U206", year=year)
    return be_year


def be_date(be_year: int, month: int, day: int) -> date:
    """The day, after the Buddhist year has become a Gregorian one (so 29 Feb 2563 is, and 29 Feb 2564 is not).

    Raises DateError: U204 for a day no month has, U205 for one this month does not have, U207 for the month.
    """
    if not 1 <= month <= 12:
        raise DateError("U207", month=month)
    if not 1 <= day <= 31:
        raise DateError("U204", day=day)
    last = monthrange(be_year - OFFSET, month)[1]
    if day > last:
        raise DateError("U205", day=day, month=THAI_MONTHS[month - 1], year=be_year, last=last)
    return date(be_year - OFFSET, month, day)


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_be(text: str, *, gregorian: bool = False) -> date:
    """`2563-11-16`, in Thai or Arabic digits. With `gregorian`, a year before 2484 is taken as a Gregorian one.

    Raises DateError (U201 where the text is no such date).
    """
    match = _ISO.fullmatch(to_arabic(text.strip()))
    if match is None:
        raise DateError("U201", word=text[:40])
    year, month, day = map(int, match.groups())
    if gregorian and 1900 <= year < 2300:
        year += OFFSET
    return be_date(full_be_year(year, 4), month, day)


def format_be(day: date, style: Style = "short", lang: Lang = "th") -> str:
    """`16 พฤศจิกายน 2563` (long), `16 พ.ย. 2563` (short) or `2563-11-16` (iso)."""
    be_year = day.year + OFFSET
    if style == "iso":
        return f"{be_year}-{day.month:02d}-{day.day:02d}"
    return f"{day.day} {month_name(day.month, style, lang)} {be_year}"


def month_name(month: int, style: Style = "short", lang: Lang = "th") -> str:
    if lang == "th":
        return (THAI_MONTHS if style == "long" else THAI_SHORT_MONTHS)[month - 1]
    return ENGLISH_MONTHS[month - 1] if style == "long" else ENGLISH_MONTHS[month - 1][:3]


def weekday_name(weekday: int, style: Style = "short", lang: Lang = "th") -> str:
    """`weekday` counts from Monday = 0."""
    if lang == "th":
        return (THAI_WEEKDAYS if style == "long" else THAI_SHORT_WEEKDAYS)[weekday]
    return ENGLISH_WEEKDAYS[weekday] if style == "long" else ENGLISH_WEEKDAYS[weekday][:3]
