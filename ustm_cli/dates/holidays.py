"""The civil-service holiday table: who has which day off, since when that is known, and by whose word.

The table (`holidays.tsv`) declares what years it covers and which were reviewed; nothing outside it is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date as Date  # noqa: N812 (a row has a field `date`)
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ustm_cli.dates.era import OFFSET
from ustm_cli.dates.workdays import Workdays

HERE = Path(__file__).parent


class Holiday(NamedTuple):
    """One row. `announced` None: always known. `cancelled`: a working day again from the day that was made known."""

    date: Date
    th: str
    en: str
    kind: str
    scope: str
    announced: Date | None
    cancelled: Date | None
    source: str

    def known_off(self, as_of: Date | None) -> bool:
        """Whether the day counted as off for one who knew all that was known on `as_of` (None: all that is known)."""
        if as_of is None:
            return self.cancelled is None
        return (self.announced is None or self.announced <= as_of) and (
            self.cancelled is None or self.cancelled > as_of
        )


class Table(NamedTuple):
    rows: tuple[Holiday, ...]
    covers: range
    reviewed: frozenset[int]


class Province(NamedTuple):
    th: str
    en: str
    region: str


@cache
def provinces() -> Mapping[str, Province]:
    """The 77 provinces, by Thai and by English name."""
    lines = (HERE / "provinces.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [Province(*line.split("\t")) for line in lines]
    return {row.th: row for row in rows} | {row.en: row for row in rows}


def province_called(name: str) -> Province | None:
    """The province of that Thai or English name, blanks and capitals aside."""
    return provinces().get(_names().get(_plain(name), ""))


def province_like(name: str) -> str:
    """The only name of a province that begins so, else the one spelt most nearly so; "" where none is."""
    from difflib import get_close_matches

    wanted, names = _plain(name), _names()
    begun = [one for one in names if one.startswith(wanted)]
    near = begun if len(begun) == 1 else get_close_matches(wanted, names, 1, 0.6)
    return names[near[0]] if near else ""


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def _names() -> dict[str, str]:
    return {_plain(name): name for name in provinces()}


@cache
def table() -> Table:
    rows: list[Holiday] = []
    facts: dict[str, list[int]] = {}
    lines = (HERE / "holidays.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            name, years = line.removeprefix("# ").split(":")
            facts[name] = [int(year) for year in re.findall(r"\d+", years)]
        elif not line.startswith("date\t"):
            rows.append(_row(line.split("\t")))
    first, last = facts["covers"]
    return Table(tuple(rows), range(first, last + 1), frozenset(facts["reviewed"]))


def _row(cells: list[str]) -> Holiday:
    day, th, en, kind, scope, announced, cancelled, source = cells
    off = _day(day)
    assert off is not None
    return Holiday(off, th, en, kind, scope, _day(announced), _day(cancelled), source)


def _day(text: str) -> Date | None:
    """A day of the table, which is written as the generator writes it (`2563-10-13`)."""
    return Date(int(text[:4]) - OFFSET, int(text[5:7]), int(text[8:])) if text else None


def scopes(province: str) -> frozenset[str]:
    """The scopes whose holidays a province has; an unknown province has the nation's only."""
    place = provinces().get(province)
    return frozenset({"nation", f"region:{place.region}", f"province:{place.th}"} if place else {"nation"})


class DaysOff(NamedTuple):
    """The days off of one place, as known at one moment, with the rows that say so and those that are overruled."""

    workdays: Workdays
    rows: tuple[Holiday, ...]

    @classmethod
    def none(cls) -> DaysOff:
        return cls(Workdays(), ())

    def why(self, day: Date) -> list[Holiday]:
        """The rows that make the day off, the nation's first."""
        return sorted((row for row in self.rows if row.date == day), key=lambda row: row.scope != "nation")

    def between(self, start: Date, end: Date) -> list[Holiday]:
        return [row for row in self.rows if start <= row.date <= end]


def days_off(
    province: str,
    as_of: Date | None = None,
    added: Iterable[Holiday] = (),
    cancelled: Iterable[Holiday] = (),
) -> DaysOff:
    """The days off in `province` as known on `as_of`, with those a plan adds and without those it cancels.

    A row of `cancelled` takes its whole day out once it was announced, whatever the table says.
    """
    return _days_off(province, as_of, tuple(added), tuple(cancelled))


@lru_cache(maxsize=256)
def _days_off(province: str, as_of: Date | None, added: tuple[Holiday, ...], cancelled: tuple[Holiday, ...]) -> DaysOff:
    mine = scopes(province)
    gone = {row.date for row in cancelled if as_of is None or row.announced is None or row.announced <= as_of}
    rows = [row for row in table().rows if row.scope in mine]
    off = tuple(row for row in (*rows, *added) if row.known_off(as_of) and row.date not in gone)
    return DaysOff(
        Workdays(row.date for row in off if row.date.weekday() < 5),
        tuple(sorted(off, key=lambda row: (row.date, row.scope, row.th))),
    )
