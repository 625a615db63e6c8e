"""Who is late, of more rows than anybody reads: how many are due, overdue and awaited, place by place."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.holidays import Holiday
from ustm_cli.obligations import Obligation
from ustm_cli.register.standing import Row
from ustm_cli.views.agenda import Agenda, Beside, Filters, Span, Wanted, is_wanted, order

MOST_ROWS = 200
"""So many are listed; of more, only how many they are."""

MOST_OFFICES = 100
"""So many offices have a line each; more are counted by province."""

LATEST = 10
"""The overdue rows held in a list that holds not all of them: those with the most recent act_by."""

Place = tuple[str, str]
"""Province and office."""


class Line(NamedTuple):
    """One place: its offices, those of them with anything overdue, and how many obligations."""

    name: str
    offices: int
    late_offices: int
    due: int
    overdue: int
    awaiting: int


class Roundup(NamedTuple):
    """Lines by office or by province, those with most overdue first. `agenda` holds no rows, and all around them."""

    agenda: Agenda
    by_office: bool
    lines: tuple[Line, ...]
    total: Line

    @property
    def items(self) -> int:
        return self.total.due + self.total.overdue + self.total.awaiting


def place_of(item: Obligation) -> Place:
    """The province and the office; of an office without a name, its folder."""
    return item.province, item.office or item.file.rpartition("/")[0]


def look(
    rows: Iterable[Row],
    today: date,
    span: Span,
    wanted: Wanted,
    filters: Filters,
    holidays: Sequence[Holiday],
    years: Sequence[int],
    places: Iterable[Place],
    unlisted: Mapping[Place, int] | None = None,
) -> Agenda | Roundup:
    """The agenda of rows that come in its order, or the roundup of more than anybody reads.

    `places`: every place that was asked of, those with nothing due too. `unlisted`: how many overdue ones are to be
    counted of each beside the rows; an agenda holds only rows.
    """
    beside = Beside(span)
    counts: dict[Place, list[int]] = {place: [0, 0, 0] for place in places}
    for place, overdue in (unlisted or {}).items():
        counts[place][1] += overdue
    all_overdue = bool(wanted.only) or span.explicit
    latest: deque[Row] = deque(maxlen=MOST_ROWS if all_overdue else LATEST)
    held: list[Row] = []
    late = 0
    for row in rows:
        if not is_wanted(row, span, wanted, filters):
            beside.take(row)
            continue
        counts.setdefault(place_of(row.obligation), [0, 0, 0])[_column(row)] += 1
        if row.status == "overdue":
            late += 1
            latest.append(row)
        elif len(held) <= MOST_ROWS:
            held.append(row)
    around = Agenda(today, span, (), tuple(holidays), *beside.counts, tuple(sorted(set(years))))
    unheld = late - len(latest)
    if len(held) + len(latest) > MOST_ROWS or (unheld and all_overdue):
        return _roundup(around, counts)
    return around._replace(rows=tuple(sorted((*latest, *held), key=order)), overdue_before=unheld)


def _column(row: Row) -> int:
    return {"overdue": 1, "awaiting": 2}.get(row.status, 0)


def _roundup(around: Agenda, counts: dict[Place, list[int]]) -> Roundup:
    by_office = len(counts) <= MOST_OFFICES
    gathered: dict[Place, list[list[int]]] = defaultdict(list)
    for place, own in counts.items():
        gathered[place if by_office else (place[0], place[0])].append(own)
    found = (_line(name, own) for (_, name), own in gathered.items())
    lines = sorted(found, key=lambda line: (-line.overdue, line.name))
    return Roundup(around, by_office, tuple(lines), _line("", list(counts.values())))


def _line(name: str, counts: Sequence[Sequence[int]]) -> Line:
    due, overdue, awaiting = (sum(column) for column in zip(*counts, strict=True))
    return Line(name, len(counts), sum(own[1] > 0 for own in counts), due, overdue, awaiting)
