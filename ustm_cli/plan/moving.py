"""Written dates moved by whole years, in the words, digits and order they were written in.

29 February becomes the 28th in a year that has none; a month written by its name stays whole.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from ustm_cli.dates.era import OFFSET, DateError, Lang, format_be, month_name, parse_be, to_arabic, to_thai
from ustm_cli.dates.fiscal import Period, fiscal_year_of, parse_period
from ustm_cli.deadlines.as_notified import AsNotified
from ustm_cli.deadlines.base import RuleError
from ustm_cli.deadlines.date_range import DateRange
from ustm_cli.deadlines.on_date import OnDate
from ustm_cli.deadlines.phrase import PhraseError, parse, say
from ustm_cli.deadlines.text import compose

Reader = Callable[[str], Any]
MOST_YEARS_UNCONFIRMED = 40
_DIGITS = re.compile("[0-9]+|[๐-๙]+")


# ---- what a text says: None where it names no year


@lru_cache(maxsize=4096)
def phrase(text: str) -> OnDate | DateRange | AsNotified | None:
    """The rule of a phrase that names days of one certain year."""
    if _DIGITS.search(text) is None:
        return None
    with suppress(PhraseError):
        rule = parse(compose(text))
        if isinstance(rule, OnDate) or (isinstance(rule, DateRange) and rule.start) or _about(rule):
            return rule  # type: ignore[return-value]
    return None


def _about(rule: object) -> bool:
    return isinstance(rule, AsNotified) and rule.about is not None


def day(text: str) -> date | None:
    """A day as any date phrase writes it."""
    with suppress(DateError):
        return parse_be(text)
    rule = phrase(text)
    return rule.date if isinstance(rule, OnDate) and not rule.by else None


def day_or_month(text: str) -> date | Period | None:
    """What may be expected: a day, or a month, quarter or fiscal year by its id, or a month by its name."""
    plain = to_arabic(text.strip())
    if found := parse_period(plain):
        return found if "-W" not in found.id else None
    rule = phrase(text)
    if isinstance(rule, DateRange) and rule.start and _whole_month(rule.start, rule.end):
        return parse_period(f"{rule.start.year + OFFSET}-{rule.start.month:02d}")
    return day(text)


def _whole_month(start: date, end: date | None) -> bool:
    return end is not None and start.day == 1 and end == start.replace(day=monthrange(start.year, start.month)[1])


# ---- the same, some years later


def later(value: Any, years: int) -> list[Any]:
    """What the value may become: the same day, and for the end of a month that month's end; the likeliest first."""
    match value:
        case OnDate():
            return [replace(value, date=moved) for moved in _days(value.date, years, whole=False)]
        case DateRange(start=start, end=end) if start and end:
            ends = _days(end, years, whole=True)
            return [replace(value, start=_days(start, years, whole=False)[0], end=moved) for moved in ends]
        case AsNotified(about=about):
            return [replace(value, about=_period_later(str(about), years))]
        case Period(id=id):
            return [parse_period(_period_later(id, years))]
        case _:
            return list(_days(value, years, whole=False))


def _days(value: date, years: int, *, whole: bool) -> list[date]:
    last = monthrange(value.year + years, value.month)[1]
    moved = date(value.year + years, value.month, min(value.day, last))
    at_end = whole and value.day == monthrange(value.year, value.month)[1]
    return list(dict.fromkeys([moved, *([moved.replace(day=last)] if at_end else [])]))


def _period_later(id: str, years: int) -> str:
    return re.sub(r"\d{4}", lambda match: str(int(match[0]) + years), id, count=1)


def moved(text: str, years: int, read: Reader) -> str:
    """The text with its date `years` later, as it was written; where that cannot be, in canonical words."""
    wanted = later(read(text), years)
    for candidate in _candidates(text, years):
        if read(candidate) in wanted:
            return candidate
    return canonical(wanted[0], text)


def _candidates(text: str, years: int) -> Iterator[str]:
    """The text with some of its numbers moved on, the most first; 29 becomes 28 last of all."""
    runs = list(_DIGITS.finditer(text))[:8]
    dated = [run for run in runs if len(run[0]) in (2, 4)]
    for shorter in (False, True):
        for size in range(len(dated), 0, -1):
            for chosen in combinations(dated, size):
                yield _with(text, runs, {run.start() for run in chosen}, years, shorter=shorter)


def _with(text: str, runs: list[re.Match[str]], chosen: set[int], years: int, *, shorter: bool) -> str:
    for run in reversed(runs):
        number = to_arabic(run[0])
        if run.start() in chosen:
            new = str(int(number) + years).zfill(len(number))
        elif shorter and number == "29":
            new = "28"
        else:
            continue
        text = text[: run.start()] + (new if run[0].isascii() else to_thai(new)) + text[run.end() :]
    return text


# ---- one way to write it


def canonical(value: Any, like: str) -> str:
    """The one form of a date: `6 ต.ค. 2563` in a phrase, and a month, in the language of `like`; else `2563-10-06`."""
    lang: Lang = "en" if re.search("[A-Za-z]", like) and not re.search("[ก-๛]", like) else "th"
    if isinstance(value, date):
        return format_be(value, "iso")
    if isinstance(value, Period):
        month = f"{month_name(value.start.month, 'short', lang)} {value.id[:4]}"
        return month if re.fullmatch(r"\d{4}-\d\d", value.id) else value.id
    if isinstance(value, AsNotified):
        return _with_month(value, like)
    return say(value, lang) or like


def _with_month(rule: AsNotified, text: str) -> str:
    """The phrase with its month in the one form, and the words before it as they were."""
    lang: Lang = "en" if "about" in text else "th"
    word = "about" if lang == "en" else "ประมาณ"
    words = say(replace(rule, by=None), lang) or ""
    start, end = text.rfind(word), words.rfind(word)
    return text[:start] + words[end:] if start >= 0 else text


def years_between(before: str, after: str, read: Reader) -> int | None:
    """How many years lie from one text to the other, where the second is the first moved on; else None."""
    old, new = read(before), read(after)
    if old is None or new is None or type(old) is not type(new):
        return None
    for years in range(1, MOST_YEARS_UNCONFIRMED):
        with suppress(RuleError, ValueError):
            if new in later(old, years):
                return years
    return None


__all__ = ["canonical", "day", "day_or_month", "fiscal_year_of", "moved", "phrase", "years_between"]
