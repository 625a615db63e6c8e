"""Slots of months, dates and spans of days: `6 ต.ค. 2563`, `2-4 พ.ย. 2563`, `ธ.ค. และ เม.ย.`, `weeks 2 and 4`.

A date that cannot be comes as a `Bad` value, so that the phrase is still understood and the fault has its place.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.era import (
    ENGLISH_MONTHS,
    OFFSET,
    THAI_MONTHS,
    THAI_SHORT_MONTHS,
    DateError,
    Lang,
    be_date,
    full_be_year,
    month_name,
)
from ustm_cli.dates.fiscal import month
from ustm_cli.deadlines.vocabulary import INCOMPLETE, NUMBER, Bad, Events, Found, inside_word, words_at

_MONTHS: dict[str, int] = {
    **{name.lower(): i for names in (THAI_MONTHS, ENGLISH_MONTHS) for i, name in enumerate(names, 1)},
    **{name.replace(".", ""): i for i, name in enumerate(THAI_SHORT_MONTHS, 1)},
    **{name[:3].lower(): i for i, name in enumerate(ENGLISH_MONTHS, 1)},
    "sept": 9,
}
MONTH = "|".join(
    [
        *THAI_MONTHS,
        *(name + r"\.?" for name in ENGLISH_MONTHS),
        *(
            r"\s*\.?\s*".join(name.replace(".", "")[:-1]) + r"\s*\.?\s*" + name[-2] + r"\.?"
            for name in THAI_SHORT_MONTHS
        ),
        r"Sept\.?",
        *(name[:3] + r"\.?" for name in ENGLISH_MONTHS),
    ]
)
_MONTH = re.compile(MONTH, re.IGNORECASE)
_YEAR = re.compile(r"\s*,?\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*(\d+)")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?![\d-])")
_DAY = re.compile(r"(?:วันที่\s*)?(\d{1,4})(?!\d)\s*")
DASH = r"(?:[-\u2010-\u2015\u2212]|ถึง|\bto\b)"
_DASH = re.compile(rf"\s*{DASH}\s*(?:วันที่\s*)?", re.IGNORECASE)


class _Part(NamedTuple):
    """A piece of a date as written: the numbers, and where each stands; what was left out is None."""

    day: int | None
    month: int | None
    year: int | None
    year_digits: int
    at: tuple[int, int, int]
    end: int


def _month_at(norm: str, pos: int) -> tuple[int, int] | None:
    match = _MONTH.match(norm, pos)
    if match is None or inside_word(norm, match.end()):
        return None
    return match.end(), month_number(match.group())


def month_number(name: str) -> int:
    """Of a name as `MONTH` finds it. Raises KeyError."""
    return _MONTHS[re.sub(r"[\s.]", "", name).lower()]


def _part(norm: str, pos: int, *, day: bool) -> Iterator[_Part]:
    """`6 ต.ค. 2563`, `6 ต.ค.`, `6`, or without the day where `day` is false; the longest first."""
    if match := (_ISO_DAY if day else _ISO_MONTH).match(norm, pos):
        numbers = [int(number) for number in match.groups()]
        at = (match.start(3) if day else pos, match.start(2), match.start(1))
        yield _Part(numbers[2] if day else None, numbers[1], numbers[0], 4, at, match.end())
        return
    number, month_pos = None, pos
    if day:
        match = _DAY.match(norm, pos)
        if match is None:
            return
        number, month_pos = int(match.group(1)), match.end()
        pos = match.start(1)
    found = _month_at(norm, month_pos)
    if found:
        end, month_no = found
        if year := _YEAR.match(norm, end):
            digits = len(year.group(1))
            yield _Part(number, month_no, int(year.group(1)[:5]), digits, (pos, month_pos, year.start(1)), year.end())
        yield _Part(number, month_no, None, 0, (pos, month_pos, end), end)
    if day and match is not None:
        yield _Part(number, None, None, 0, (pos, pos, pos), match.end(1))


def _resolve(part: _Part, month_no: int, year: int, digits: int, year_at: int, *, end: bool) -> date | Bad:
    """The day of a part; of a month without a day, its first or (`end`) its last."""
    try:
        be_year = full_be_year(year, digits)
    except DateError as error:
        return Bad(error, year_at, year_at + digits)
    try:
        if part.day is None:
            be_date(be_year, month_no, 1)
            return date(be_year - OFFSET, month_no, monthrange(be_year - OFFSET, month_no)[1] if end else 1)
        return be_date(be_year, month_no, part.day)
    except DateError as error:
        at = part.at[1] if error.code == "U207" else part.at[0]
        wrong = month_no if error.code == "U207" else part.day
        return Bad(error, at, at + len(str(wrong)))


def read_date(argument: str, norm: str, pos: int, events: Events) -> Found:
    for part in _part(norm, pos, day=True):
        if part.month and part.year is not None:
            yield part.end, _resolve(part, part.month, part.year, part.year_digits, part.at[2], end=True)
        elif part.month:
            yield part.end, INCOMPLETE


def read_about(argument: str, norm: str, pos: int, events: Events) -> Found:
    """A month of a year: `ธ.ค. 2563`."""
    for part in _part(norm, pos, day=False):
        if part.month and part.year is not None:
            day = _resolve(part, part.month, part.year, part.year_digits, part.at[2], end=False)
            yield part.end, day if isinstance(day, Bad) else month(day.year, day.month).id


def read_span(argument: str, norm: str, pos: int, events: Events) -> Found:
    """Two days, or whole months: what the first end leaves out, the second one says."""
    for day in (True, False):
        for left in _part(norm, pos, day=day):
            if dash := _DASH.match(norm, left.end):
                for right in _part(norm, dash.end(), day=day):
                    if value := _between(left, right):
                        yield right.end, value
            if not day and left.year is not None and left.month:
                yield left.end, _between(left, left)


def _between(left: _Part, right: _Part) -> tuple[date, date] | Bad | None:
    if right.month is None or right.year is None:
        return None
    year, digits, year_at = left.year, left.year_digits, left.at[2]
    if year is None:
        year, digits, year_at = right.year, right.year_digits, right.at[2]
    if left.month is None and left.year is not None:
        return None
    start = _resolve(left, left.month or right.month, year, digits, year_at, end=False)
    end = _resolve(right, right.month, right.year, right.year_digits, right.at[2], end=True)
    for bound in (start, end):
        if isinstance(bound, Bad):
            return bound
    assert isinstance(start, date)
    assert isinstance(end, date)
    if start > end:
        return Bad(DateError("U208", start=start, end=end), left.at[0] if left.day else left.at[1], right.end)
    return start, end


_LIST = re.compile(r"\s*(?:,?\s*และ|,?\s*\band\b|,)?\s*", re.IGNORECASE)


def read_months(argument: str, norm: str, pos: int, events: Events) -> Found:
    """One or more months: `ธ.ค. และ เม.ย.`, `ต.ค. ม.ค. เม.ย. ก.ค.`; the longest list only."""
    values: list[int] = []
    wrong: Bad | None = None
    end = pos
    while found := _month_at(norm, pos):
        end, value = found
        if value in values:
            wrong = wrong or Bad(DateError("U218"), pos, end)
        values.append(value)
        pos = _LIST.match(norm, end).end()  # type: ignore[union-attr]
        pos = _skip_word(norm, pos, ("เดือน",))
    if values:
        yield end, wrong or tuple(values)


def read_weeks(argument: str, norm: str, pos: int, events: Events) -> Found:
    """`สัปดาห์ที่ 2 และ สัปดาห์ที่ 4`, `weeks 2 and 4`."""
    match = re.compile(r"สัปดาห์\s*ที่\s*|weeks?\s+", re.IGNORECASE).match(norm, pos)
    values: list[int] = []
    wrong: Bad | None = None
    end = pos
    while match and (number := NUMBER.match(norm, match.end())):
        end = number.end()
        value = int(number.group())
        if value in values:
            wrong = wrong or Bad(DateError("U218", listed=[*values]), *number.span())
        elif not 1 <= value <= 4:
            wrong = wrong or Bad(DateError("U209", value=value, listed=[*values]), *number.span())
        values.append(value)
        match = re.compile(_LIST.pattern + r"(?:สัปดาห์\s*ที่|ที่|week\b)?\s*", re.IGNORECASE).match(norm, end)
    if values:
        yield end, wrong or tuple(values)


def _skip_word(norm: str, pos: int, words: Sequence[str]) -> int:
    for end in words_at(words, norm, pos):
        return len(norm) - len(norm[end:].lstrip())
    return pos


def say_weeks(weeks: Sequence[int], lang: Lang) -> str:
    if lang == "th":
        return " และ ".join(f"สัปดาห์ที่ {week}" for week in weeks)
    return ("weeks " if len(weeks) > 1 else "week ") + join([str(week) for week in weeks], lang)


def join(words: list[str], lang: Lang) -> str:
    if lang == "th":
        return " ".join(words[:-1]) + (" และ " if len(words) > 1 else "") + words[-1]
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1]


def say_span(start: date, end: date, lang: Lang) -> str:
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    same_month = (start.year, start.month) == (end.year, end.month)
    last = f"{month_name(end.month, lang=lang)} {end.year + OFFSET}"
    if whole and same_month:
        return last
    first = month_name(start.month, lang=lang)
    if start.year != end.year:
        first += f" {start.year + OFFSET}"
    if whole:
        return f"{first}{'-' if start.year == end.year else ' - '}{last}"
    if same_month:
        return f"{start.day}-{end.day} {last}"
    return f"{start.day} {first} - {end.day} {last}"
