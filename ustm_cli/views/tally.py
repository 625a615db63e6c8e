"""How many obligations of each status there are: by group, by owner, by the month to act in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.fiscal import Period, month
from ustm_cli.register.standing import STATUSES, Row, Status


class Line(NamedTuple):
    """Counts in the order of the tally's statuses; `month` None in the line of what has no day yet."""

    name: str
    month: Period | None
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


class Tally(NamedTuple):
    """`statuses`: those that occur, in their usual order. Lines of groups and owners in the order of the plan."""

    today: date
    statuses: tuple[Status, ...]
    groups: tuple[Line, ...]
    owners: tuple[Line, ...]
    months: tuple[Line, ...]
    total: Line


def tally(rows: Sequence[Row], today: date) -> Tally:
    found = {row.status for row in rows}
    statuses: tuple[Status, ...] = tuple(status for status in STATUSES if status in found)
    by_month: dict[Period | None, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.obligation.act_by or date.max):
        by_month.setdefault(_month(row), []).append(row)
    return Tally(
        today,
        statuses,
        _lines(rows, statuses, lambda row: row.obligation.group),
        _lines(rows, statuses, lambda row: row.obligation.owner),
        tuple(Line("", period, _counts(own, statuses)) for period, own in by_month.items()),
        Line("", None, _counts(rows, statuses)),
    )


def _lines(rows: Iterable[Row], statuses: Sequence[Status], name_of: Callable[[Row], str]) -> tuple[Line, ...]:
    named: dict[str, list[Row]] = {}
    for row in rows:
        named.setdefault(name_of(row), []).append(row)
    return tuple(Line(name, None, _counts(own, statuses)) for name, own in named.items())


def _counts(rows: Iterable[Row], statuses: Sequence[Status]) -> tuple[int, ...]:
    count = Counter(row.status for row in rows)
    return tuple(count[status] for status in statuses)


def _month(row: Row) -> Period | None:
    day = row.obligation.act_by
    return month(day.year, day.month) if day else None
