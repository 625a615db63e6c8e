"""What a calendar program is given of the obligations: whole days with an identity that lasts and a count of moves.

An obligation stands on its act_by day; a case with a clock at its moment. What awaits its date or goes on all year
has no day and so no appointment, unless the days by which dates should be known are asked for.

SEQUENCE tells a calendar program that an entry that it already has was moved. It is counted from what the plan and
the register hold, so that the same files give the same bytes: one for every record (of an event, a letter, a pause, a
waiver) and every day on which a holiday was announced or cancelled that moved or cancelled the dated obligation, and
one more where the plan itself overrides its period. Record by record, since a calendar program may have looked after
each of them: so a record that is added later never makes the number fall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from hashlib import sha256
from typing import Literal, NamedTuple

from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.obligations import Obligation, override_key
from ustm_cli.plan.load import Plan
from ustm_cli.register.records import BANGKOK, Record, order
from ustm_cli.register.standing import Row

Kind = Literal["due", "review", "expected"]
Key = tuple[str, str]
"""A plan's file and an obligation's id."""


class Appointment(NamedTuple):
    """One event of a calendar. `at`: its moment where it has a clock. `stamp`: the last day something became of it.

    `kind`: the day to act by, the review day, or the day by which an awaited date should be known.
    """

    uid: str
    kind: Kind
    row: Row
    day: date
    at: datetime | None
    sequence: int
    stamp: date


class Moved(NamedTuple):
    """How often an obligation was moved, and the last day to act that was ever known of it."""

    times: int
    last: date | None


UNMOVED = Moved(0, None)


def diary(
    rows: Iterable[Row], moved: Mapping[Key, Moved] | None = None, *, reviews: bool = False, expected: bool = False
) -> tuple[Appointment, ...]:
    """The appointments by day and uid; `reviews` and `expected` add those kinds. No uid stands twice."""
    wanted: dict[Kind, bool] = {"due": True, "review": reviews, "expected": expected}
    found: list[Appointment] = []
    for row in rows:
        how = (moved or {}).get(key_of(row.obligation), UNMOVED)
        found += [_appointment(row, kind, day, at, how.times) for kind, day, at in _days(row, how) if wanted[kind]]
    apart = _apart(sorted(found, key=lambda one: (one.uid, one.row.obligation.file)))
    return tuple(sorted(apart, key=lambda one: (one.day, one.uid)))


def key_of(item: Obligation) -> Key:
    return item.file, item.id


def _days(row: Row, moved: Moved) -> Iterator[tuple[Kind, date, datetime | None]]:
    """What a cancelled meeting takes the day from stays on its last one, so that calendars are told of it."""
    item = row.obligation
    if row.status == "awaiting" and item.known_by:
        yield "expected", item.known_by, None
    if item.due_at:
        yield "due", item.due_at.date(), item.due_at
    elif item.act_by:
        yield "due", item.act_by, None
    elif row.status == "waived" and moved.last:
        yield "due", moved.last, None
    if item.review_by:
        yield "review", item.review_by, None


def _appointment(row: Row, kind: Kind, day: date, at: datetime | None, sequence: int) -> Appointment:
    item = row.obligation
    recorded = [day for day in (row.done_on, row.reviewed_on) if day]
    stamp = max([fiscal_year(item.fiscal_year).start, *recorded])
    suffix = "" if kind == "due" else f".{kind}"
    return Appointment(f"{item.id}{suffix}.{_office(item)}", kind, row, day, at, sequence, stamp)


def _office(item: Obligation) -> str:
    """A name like a domain's for the office: offices have activities of the same id, blanks in a name come and go."""
    name = "".join(item.office.split()) or item.province
    return f"office-{sha256(name.encode()).hexdigest()[:8]}" if name else "office"


def _apart(found: Iterable[Appointment]) -> Iterator[Appointment]:
    """Plans of two folders that name no office of their own can hold the same id: the file keeps them apart."""
    taken: set[str] = set()
    for one in found:
        mark = sha256(one.row.obligation.file.encode()).hexdigest()[:8]
        uid = f"{one.uid}.{mark}" if one.uid in taken else one.uid
        taken.add(uid)
        yield one._replace(uid=uid)


# ---- what was moved


Point = tuple[datetime, str, int]
"""A place in the order in which records are read: what comes after it nobody knows yet."""


def points_of_knowledge(
    plans: Iterable[Plan], offs: Iterable[Iterable[date | None]], records: Iterable[Record]
) -> list[Point]:
    """The first plan's beginning, and in order what since then told of something that can move a date.

    `offs`: the days on which days off were announced or cancelled, each of which counts once, at its end.
    """
    first = min((fiscal_year(plan.fiscal_year).start for plan in plans), default=date.max)
    told = {_end_of(day) for days in offs for day in days if day}
    start = _end_of(first)
    return sorted({start, *(point for point in (*told, *map(order, records)) if point > start)})


def _end_of(day: date) -> Point:
    return datetime.combine(day, time.max, BANGKOK), "", 0


def moves(states: Iterable[Iterable[Row]], overridden: Iterable[Key] = ()) -> Mapping[Key, Moved]:
    """What became of each obligation. `states`: the rows as known at first, then after each of the points."""
    count: Counter[Key] = Counter(overridden)
    before: dict[Key, tuple[object, ...]] = {}
    last: dict[Key, date] = {}
    for state in states:
        for row in state:
            item = row.obligation
            key, now = key_of(item), (item.act_by, item.review_by, item.due_at, row.status == "waived")
            if before.get(key, now) != now:
                count[key] += 1
            if item.act_by or key in before:
                before[key] = now
            if item.act_by:
                last[key] = item.act_by
    return {key: Moved(count[key], last.get(key)) for key in {*count, *last}}


def overridden(plans: Iterable[Plan], obligations: Iterable[Obligation]) -> list[Key]:
    """Those of the obligations to which their plan gives another last day, or which it cancels."""
    placed = {(plan.file, one.id): one for plan in plans for one in plan.activities if one.activity.overrides}
    return [
        key_of(item)
        for item in obligations
        if (one := placed.get((item.file, item.activity))) and override_key(one, item.period) in one.activity.overrides
    ]


__all__ = ["Appointment", "Moved", "diary", "key_of", "moves", "overridden", "points_of_knowledge"]
