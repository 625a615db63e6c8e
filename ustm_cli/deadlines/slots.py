"""Slots of a phrase: how each is read from text and written from a rule.

`read` yields (end, value) for every way in which the text at a place can be this slot, the likeliest first. A date
that cannot be comes as a `Bad` value, so that the phrase is still understood and the fault has its place.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ustm_cli.dates.era import (
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    OFFSET,
    THAI_MONTHS,
    THAI_SHORT_MONTHS,
    THAI_WEEKDAYS,
    DateError,
    Lang,
    be_date,
    format_be,
    full_be_year,
    month_name,
)
from ustm_cli.dates.fiscal import month
from ustm_cli.deadlines.base import Event
from ustm_cli.deadlines.text import compose

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
UNITS = {
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
    if "\u0e30" <= right <= "\u0e3a" or right in "\u0e45\u0e46" or "\u0e47" <= right <= "\u0e4e":
        return "\u0e01" <= left <= "\u0e4e"
    return left.isascii() and left.isalnum() and right.isascii() and right.isalnum()


def _words(choices: Sequence[str], norm: str, pos: int) -> Iterator[int]:
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


# ---- numbers

_NUMBER = re.compile(r"\d{1,9}(?!\d)")


def _number(argument: str, norm: str, pos: int, events: Events) -> Found:
    match = _NUMBER.match(norm, pos)
    if match:
        yield match.end(), int(match.group())


_TIMES = {"once": 1, "twice": 2}


def _times(argument: str, norm: str, pos: int, events: Events) -> Found:
    """`2` in Thai; `once`, `twice`, `3 times` in English."""
    if argument == "th":
        yield from _number("", norm, pos, events)
        return
    for word, value in _TIMES.items():
        for end in _words((word,), norm, pos):
            yield end, value
    match = re.compile(r"(\d{1,9})\s*times?\b", re.IGNORECASE).match(norm, pos)
    if match:
        yield match.end(), int(match.group(1))


def _say_times(value: int, lang: Lang) -> str:
    if lang == "th":
        return str(value)
    return {1: "once", 2: "twice"}.get(value, f"{value} times")


_ENGLISH_NTH = {1: "1st", 2: "2nd", 3: "3rd"}


def _nth(argument: str, norm: str, pos: int, events: Events) -> Found:
    pattern = r"(\d{1,9})(?!\d)" if argument == "th" else r"(\d{1,9})(?:st|nd|rd|th)\b"
    match = re.compile(pattern, re.IGNORECASE).match(norm, pos)
    if match:
        yield match.end(), int(match.group(1))


# ---- words that stand for one value


def _every(argument: str, norm: str, pos: int, events: Events) -> Found:
    for letter in argument or "wmqy":
        value, thai, english = EVERY[letter]
        for end in _words(thai + english, norm, pos):
            yield end, value


def _unit(argument: str, norm: str, pos: int, events: Events) -> Found:
    names = ("hour", "minute") if argument == "clock" else ("workday", "day", "month")
    for name in names:
        for end in _words(UNITS[name][0] + UNITS[name][1], norm, pos):
            yield end, name


def _ordinal(argument: str, norm: str, pos: int, events: Events) -> Found:
    for name, (thai, english) in ORDINALS.items():
        for end in _words(thai + english, norm, pos):
            yield end, name


def _weekday(argument: str, norm: str, pos: int, events: Events) -> Found:
    for thai, name in zip(THAI_WEEKDAYS, WEEKDAYS, strict=True):
        choices = (thai, name) if thai != "พฤหัสบดี" else (thai, "พฤหัสฯ", "พฤหัส", name)
        for end in _words(choices, norm, pos):
            yield end, name


# ---- months, dates, spans

_MONTHS: dict[str, int] = {}
for _names in (THAI_MONTHS, ENGLISH_MONTHS):
    _MONTHS |= {name.lower(): i for i, name in enumerate(_names, 1)}
_MONTHS |= {name.replace(".", ""): i for i, name in enumerate(THAI_SHORT_MONTHS, 1)}
_MONTHS |= {name[:3].lower(): i for i, name in enumerate(ENGLISH_MONTHS, 1)} | {"sept": 9}
_MONTH = re.compile(
    "|".join(
        [
            *sorted((*THAI_MONTHS, *ENGLISH_MONTHS), key=len, reverse=True),
            *(
                r"\s*\.?\s*".join(name.replace(".", "")[:-1]) + r"\s*\.?\s*" + name[-2] + r"\.?"
                for name in THAI_SHORT_MONTHS
            ),
            r"Sept\.?",
            *(name[:3] + r"\.?" for name in ENGLISH_MONTHS),
        ]
    ),
    re.IGNORECASE,
)
_YEAR = re.compile(r"\s*,?\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*(\d+)")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?![\d-])")
_DAY = re.compile(r"(?:วันที่\s*)?(\d{1,4})(?!\d)\s*")
_DASH = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]|ถึง|\bto\b)\s*(?:วันที่\s*)?", re.IGNORECASE)


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
    return match.end(), _MONTHS[re.sub(r"[\s.]", "", match.group()).lower()]


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
            yield _Part(number, month_no, int(year.group(1)), digits, (pos, month_pos, year.start(1)), year.end())
        yield _Part(number, month_no, None, 0, (pos, month_pos, end), end)
    if day and match is not None:
        yield _Part(number, None, None, 0, (pos, pos, pos), match.end(1))


def _resolve(part: _Part, month_no: int, year: int, digits: int, year_at: int, *, end: bool) -> date | Bad:
    """The day of a part; of a month without a day, its first or (`end`) its last."""
    try:
        be_year = full_be_year(year, digits)
    except DateError as error:
        return Bad(error, year_at, year_at + max(digits, 1))
    try:
        if part.day is None:
            be_date(be_year, month_no, 1)
            return date(be_year - OFFSET, month_no, monthrange(be_year - OFFSET, month_no)[1] if end else 1)
        return be_date(be_year, month_no, part.day)
    except DateError as error:
        at = part.at[1] if error.code == "U207" else part.at[0]
        wrong = month_no if error.code == "U207" else part.day
        return Bad(error, at, at + len(str(wrong)))


def _date(argument: str, norm: str, pos: int, events: Events) -> Found:
    for part in _part(norm, pos, day=True):
        if part.month and part.year is not None:
            yield part.end, _resolve(part, part.month, part.year, part.year_digits, part.at[2], end=True)
        elif part.month:
            yield part.end, INCOMPLETE


def _about(argument: str, norm: str, pos: int, events: Events) -> Found:
    """A month of a year: `ธ.ค. 2563`."""
    for part in _part(norm, pos, day=False):
        if part.month and part.year is not None:
            day = _resolve(part, part.month, part.year, part.year_digits, part.at[2], end=False)
            yield part.end, day if isinstance(day, Bad) else month(day.year, day.month).id


def _span(argument: str, norm: str, pos: int, events: Events) -> Found:
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


def _months(argument: str, norm: str, pos: int, events: Events) -> Found:
    """One or more months: `ธ.ค. และ เม.ย.`, `ต.ค. ม.ค. เม.ย. ก.ค.`; the longest list only."""
    values: list[int] = []
    end = pos
    while found := _month_at(norm, pos):
        end, value = found
        if value in values:
            yield end, Bad(DateError("U218"), pos, end)
            return
        values.append(value)
        pos = _LIST.match(norm, end).end()  # type: ignore[union-attr]
        pos = _skip_word(norm, pos, ("เดือน",))
    if values:
        yield end, tuple(values)


def _weeks(argument: str, norm: str, pos: int, events: Events) -> Found:
    """`สัปดาห์ที่ 2 และ สัปดาห์ที่ 4`, `weeks 2 and 4`."""
    match = re.compile(r"สัปดาห์\s*ที่\s*|weeks?\s+", re.IGNORECASE).match(norm, pos)
    values: list[int] = []
    end = pos
    while match and (number := _NUMBER.match(norm, match.end())):
        end = number.end()
        value = int(number.group())
        if value in values or not 1 <= value <= 4:
            wrong = (
                DateError("U218", listed=values) if value in values else DateError("U209", value=value, listed=values)
            )
            yield end, Bad(wrong, *number.span())
            return
        values.append(value)
        match = re.compile(_LIST.pattern + r"(?:สัปดาห์\s*ที่|ที่|week\b)?\s*", re.IGNORECASE).match(norm, end)
    if values:
        yield end, tuple(values)


def _skip_word(norm: str, pos: int, words: Sequence[str]) -> int:
    for end in _words(words, norm, pos):
        return len(norm) - len(norm[end:].lstrip())
    return pos


# ---- events and free text

_WORD = re.compile(r"\S+")


def _event(argument: str, norm: str, pos: int, events: Events) -> Found:
    """An event of the plan by id or name, the longest first; without a plan, any one word."""
    if events is None:
        match = _WORD.match(norm, pos)
        if match and not match.group().lower().startswith(RESERVED_WORDS):
            yield match.end(), match.group()
        return
    ends: dict[int, str] = {}
    for event in events.values():
        for name in (event.id, event.name):
            end = _loosely(compose(name), norm, pos)
            if end:
                ends.setdefault(end, event.id)
    for end in sorted(ends, reverse=True):
        yield end, ends[end]


def _loosely(name: str, norm: str, pos: int) -> int:
    """The end of a name at `pos`, whatever its spaces; 0 where it does not stand there."""
    here = pos
    for char in name:
        if char.isspace():
            continue
        while here < len(norm) and norm[here].isspace() and here > pos:
            here += 1
        if here >= len(norm) or norm[here].lower() != _flat(char):
            return 0
        here += 1
    return here if here > pos and not inside_word(norm, here) else 0


def _flat(char: str) -> str:
    return str("๐๑๒๓๔๕๖๗๘๙".index(char)) if "๐" <= char <= "๙" else char.lower()


def _name(argument: str, norm: str, pos: int, events: Events) -> Found:
    """Free text up to any of the places where the rest could begin, the shortest first."""
    for end in range(pos + 1, len(norm) + 1):
        if not norm[end - 1].isspace() and not inside_word(norm, end):
            yield end, " ".join(norm[pos:end].split())


# ---- the table

Reader = Callable[[str, str, int, Events], Found]
READERS: dict[str, Reader] = {
    "every": _every,
    "day": _number,
    "count": _number,
    "quarter": _number,
    "nth": _nth,
    "times": _times,
    "unit": _unit,
    "month": _ordinal,
    "weekday": _weekday,
    "on": _weekday,
    "date": _date,
    "span": _span,
    "months": _months,
    "weeks": _weeks,
    "about": _about,
    "event": _event,
    "by": _name,
}


def read(name: str, argument: str, norm: str, pos: int, events: Events) -> Found:
    return READERS[name](argument, norm, pos, events)


def write(name: str, argument: str, rule: Any, lang: Lang) -> str:
    """The slot's text for a rule, in Arabic digits."""
    th = lang == "th"
    match name:
        case "every":
            return next(thai[0] if th else english[0] for value, thai, english in EVERY.values() if value == rule.every)
        case "unit":
            thai, english = UNITS[rule.unit]
            return thai[0] if th else english[rule.count == 1]
        case "month":
            return ORDINALS[rule.month][not th][0]
        case "times":
            return _say_times(rule.times, lang)
        case "nth":
            return str(rule.nth) if th else _ENGLISH_NTH.get(rule.nth, f"{rule.nth}th")
        case "weekday" | "on":
            index = WEEKDAYS.index(getattr(rule, name))
            return THAI_WEEKDAYS[index] if th else ENGLISH_WEEKDAYS[index]
        case "date":
            return format_be(rule.date, "short", lang)
        case "span":
            return _say_span(rule.start, rule.end, lang)
        case "months":
            return _join([month_name(number, "short", lang) for number in rule.months], lang)
        case "weeks":
            return _say_weeks(rule.weeks, lang)
        case "about":
            year, number = rule.about.split("-")
            return f"{month_name(int(number), 'short', lang)} {year}"
        case _:
            return str(getattr(rule, name))


def _say_weeks(weeks: Sequence[int], lang: Lang) -> str:
    if lang == "th":
        return " และ ".join(f"สัปดาห์ที่ {week}" for week in weeks)
    return ("weeks " if len(weeks) > 1 else "week ") + _join([str(week) for week in weeks], lang)


def _join(words: list[str], lang: Lang) -> str:
    if lang == "th":
        return " ".join(words[:-1]) + (" และ " if len(words) > 1 else "") + words[-1]
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1]


def _say_span(start: date, end: date, lang: Lang) -> str:
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1]
    same_month = (start.year, start.month) == (end.year, end.month)
    last = f"{month_name(end.month, 'short', lang)} {end.year + OFFSET}"
    if whole and same_month:
        return last
    first = "" if same_month else month_name(start.month, "short", lang)
    if start.year != end.year:
        first += f" {start.year + OFFSET}"
    if whole:
        return f"{first}{'-' if start.year == end.year else ' - '}{last}"
    if same_month:
        return f"{start.day}-{end.day} {last}"
    return f"{start.day} {first} - {end.day} {last}"
