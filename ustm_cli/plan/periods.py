"""Which period is meant by words that are none: keys of `overrides:`, the bounds of an activity, what is expected."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from ustm_cli.dates.era import OFFSET, DateError, format_be, parse_be
from ustm_cli.dates.fiscal import Every, Period, fiscal_year, parse_period, period_of, periods_in
from ustm_cli.deadlines.slots import READERS
from ustm_cli.deadlines.text import normalized
from ustm_cli.deadlines.vocabulary import Bad

SOME = 4
"""So many periods stand in a sentence."""
ALIKE = 0.7
_EVERY: tuple[Every, ...] = ("week", "month", "quarter", "year")
# `2563-10.w1`: a period, and what stands behind its name. (ม.ค. has dots too.)
_TAILED = re.compile(r"([^.]*\d)(\..*)?")
_YEAR = r"(?P<year>\d{4}|\d\d)"
_OF_YEAR = rf"(?:\s*[/-]?\s*(?:ปีงบประมาณ|ปี|พ\.ศ\.|FY|\s)*{_YEAR})?"
# How people write a period, and its id.
_WRITTEN = (
    (r"(?:FY|ปีงบประมาณ|ปี|พ\.ศ\.|\s)*(?P<year>\d{4})", "FY{year}"),
    (rf"{_YEAR}\s*[-/ ]\s*W(?P<number>\d\d?)", "{year}-W{number:02}"),
    (rf"{_YEAR}\s*[-/ ]?\s*(?:ไตรมาส|Q)\s*(?:ที่)?\s*(?P<number>[1-4])", "{year}-Q{number}"),
    (rf"(?:ไตรมาส|quarter|Q)\s*(?:ที่)?\s*(?P<number>[1-4]){_OF_YEAR}", "{year}-Q{number}"),
    (rf"(?P<number>0?[1-9]|1[0-2])/{_YEAR}", "{year}-{number:02}"),
    (rf"{_YEAR}[-/](?P<number>\d\d?)", "{year}-{number:02}"),
)


class Near(NamedTuple):
    """The period that is meant, None where that cannot be told; and a few near it, as words."""

    offer: str | None
    known: str


class Periods:
    """The periods of an activity, to be looked up by what was written for them."""

    def __init__(self, ids: Sequence[str], be_year: int) -> None:
        self.be_year = be_year
        self.by_name: dict[str, list[str]] = defaultdict(list)
        for id in ids:
            self.by_name[id.partition(".")[0]].append(id)
        named = ((_named(name), found) for name, found in self.by_name.items())
        self.all = sorted((period.start, id) for period, found in named if period for id in found)

    def near(self, written: str) -> Near:
        name, tail = _parts(written)
        meant = meant_by(name, self.be_year)
        if meant and not self._holding(meant):
            meant = _in_year(meant, self.be_year)
        first = bisect_left(self.all, (meant.start, "")) if meant else 0
        begin = max(0, min(first - 1, len(self.all) - SOME))
        some = ", ".join(id for _, id in self.all[begin : begin + SOME])
        known = "… " * (begin > 0) + some + " …" * (begin + SOME < len(self.all))
        held = self._holding(meant) if meant else None
        return Near(_with_tail(self.by_name[held], held, tail) if held else None, known or "-")

    def _holding(self, meant: Period) -> str | None:
        """The name of the period itself, else of the shortest that holds it."""
        around = (period_of(every, meant.start) for every in _EVERY)
        names = (meant.id, *(period.id for period in around if meant.end in period))
        return next((name for name in names if name in self.by_name), None)


def _in_year(period: Period, be_year: int) -> Period:
    """The same period of a fiscal year: most likely its year is a slip."""
    first = period.start
    if first in fiscal_year(be_year):
        return period
    year = be_year - (not period.id.startswith("FY") and "-Q" not in period.id and first.month >= 10)
    return _named(re.sub(r"\d{4}", str(year), period.id, count=1)) or period


def _with_tail(found: Sequence[str], name: str, tail: str) -> str | None:
    """Of the periods of one name the one that has such a tail; a number is another meeting or letter, and no slip."""
    if len(found) == 1:
        return None if tail[1:].isdigit() and tail != ".1" else found[0]
    tails = [id.removeprefix(name) for id in found]
    return next((name + near for near in get_close_matches(tail, tails, 1, ALIKE)), None)


def _parts(written: str) -> tuple[str, str]:
    text = re.sub(r"^(?:งวด|เดือน)\s*", "", normalized(written[:40].strip()).norm)
    match = _TAILED.fullmatch(text)
    return (match[1], match[2] or "") if match else (text, "")


def meant_by(text: str, be_year: int) -> Period | None:
    """What a normalized text names, in either era; a month or a quarter without a year is of `be_year`."""
    for pattern, id in _WRITTEN:
        if match := re.fullmatch(pattern, text, re.IGNORECASE):
            named = match.groupdict()
            year, number = _be_year(named["year"] or str(be_year)), int(named.get("number") or 0)
            return parse_period(id.format(year=year, number=number))
    text = re.sub(r"(?<!\d)\d{4}(?!\d)", lambda match: str(_be_year(match[0])), text)
    for slot in ("about", "date", "months"):
        for end, found in READERS[slot]("", text, 0, None):
            if end == len(text) and not isinstance(found, Bad):
                return _as_period(found, be_year)
    return None


def _as_period(found: object, be_year: int) -> Period | None:
    match found:
        case str():
            return parse_period(found)
        case date():
            return _day(found)
        case (int(number),):
            return next(month for month in periods_in("month", fiscal_year(be_year)) if month.start.month == number)
        case _:
            return None


def _be_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + 2500
    return year + OFFSET if 1900 <= year < 2200 else year


def _named(id: str) -> Period | None:
    """The week, month, quarter, year or day of that name."""
    try:
        return parse_period(id) or _day(parse_be(id))
    except DateError:
        return None


def _day(day: date) -> Period:
    return Period(format_be(day, "iso"), day, day)
