"""Slots of a phrase: how each is read from text and written from a rule.

`read` yields (end, value) for every way in which the text at a place can be this slot, the likeliest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ustm_cli.dates.era import ENGLISH_WEEKDAYS, THAI_WEEKDAYS, Lang, format_be, month_name
from ustm_cli.deadlines.slot_dates import (
    join,
    read_about,
    read_date,
    read_months,
    read_span,
    read_weeks,
    say_span,
    say_weeks,
)
from ustm_cli.deadlines.text import compose
from ustm_cli.deadlines.vocabulary import (
    EVERY,
    NUMBER,
    ORDINALS,
    RESERVED_WORDS,
    UNITS,
    WEEKDAYS,
    Events,
    Found,
    goes_on,
    inside_word,
    words_at,
)

# ---- numbers


def _number(argument: str, norm: str, pos: int, events: Events) -> Found:
    match = NUMBER.match(norm, pos)
    if match:
        yield match.end(), int(match.group())


_TIMES = {"once": 1, "twice": 2}


def _times(argument: str, norm: str, pos: int, events: Events) -> Found:
    """`2` in Thai; `once`, `twice`, `3 times` in English."""
    if argument == "th":
        yield from _number("", norm, pos, events)
        return
    for word, value in _TIMES.items():
        for end in words_at((word,), norm, pos):
            yield end, value
    match = re.compile(r"(\d{1,9})\s*times?\b", re.IGNORECASE).match(norm, pos)
    if match:
        yield match.end(), int(match.group(1))


def say_times(value: int, lang: Lang) -> str:
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
        for end in words_at(thai + english, norm, pos):
            yield end, value


def _unit(argument: str, norm: str, pos: int, events: Events) -> Found:
    names = ("hour", "minute") if argument == "clock" else ("workday", "day", "month")
    for name in names:
        for end in words_at(UNITS[name][0] + UNITS[name][1], norm, pos):
            yield end, name


def _ordinal(argument: str, norm: str, pos: int, events: Events) -> Found:
    for name, (thai, english) in ORDINALS.items():
        for end in words_at(thai + english, norm, pos):
            yield end, name


def _weekday(argument: str, norm: str, pos: int, events: Events) -> Found:
    for thai, name in zip(THAI_WEEKDAYS, WEEKDAYS, strict=True):
        choices = (thai, name) if thai != "พฤหัสบดี" else (thai, "พฤหัสฯ", "พฤหัส", name)
        for end in words_at(choices, norm, pos):
            yield end, name


# ---- events and free text

# What goes on with another word of the language is no part of the name.
_WORD = re.compile(r"(?!วันที่(?:\s|$))(?:(?!ไม่น้อยกว่า|อย่างน้อย)\S)+")


def _event(argument: str, norm: str, pos: int, events: Events) -> Found:
    """An event of the plan by id or name, the longest first; without a plan, any one word."""
    if events is None:
        match = _WORD.match(norm, pos)
        if match and not goes_on(norm[pos]) and not match.group().lower().startswith(RESERVED_WORDS):
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
    for end in range(pos + 1, len(norm) + 1) if pos < len(norm) and not goes_on(norm[pos]) else ():
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
    "date": read_date,
    "span": read_span,
    "months": read_months,
    "weeks": read_weeks,
    "about": read_about,
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
            return thai[0] if th else english[int(rule.count == 1)]
        case "month":
            return ORDINALS[rule.month][not th][0]
        case "times":
            return say_times(rule.times, lang)
        case "nth":
            return str(rule.nth) if th else _ENGLISH_NTH.get(rule.nth, f"{rule.nth}th")
        case "weekday" | "on":
            index = WEEKDAYS.index(getattr(rule, name))
            return THAI_WEEKDAYS[index] if th else ENGLISH_WEEKDAYS[index]
        case "date":
            return format_be(rule.date, lang=lang)
        case "span":
            return say_span(rule.start, rule.end, lang)
        case "months":
            return join([month_name(number, lang=lang) for number in rule.months], lang)
        case "weeks":
            return say_weeks(rule.weeks, lang)
        case "about":
            year, number = rule.about.split("-")
            return f"{month_name(int(number), lang=lang)} {year}"
        case _:
            return str(getattr(rule, name))
