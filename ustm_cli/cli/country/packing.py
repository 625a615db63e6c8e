"""Rows of one folder as plain values, week by week, and back: what the index keeps.

A row stands in the week of its act_by, in one of four shelves, so that a question opens only what can answer it.
What all obligations of an activity have in common is kept once, in the folder's heads.
"""

from __future__ import annotations

import marshal
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from ustm_cli.cli.session import Session
from ustm_cli.obligations import Obligation, State
from ustm_cli.register.standing import NOTHING_RECORDED, Clock, Row, Standing, row_of

SHORT, LONG, FINISHED, CASE = range(4)
"""Open within the week of its act_by alone; since before it; finished whatever the day; a case, whose clock runs."""

UNDATED = 0
"""The week of what has no act_by: it awaits a date, or goes on."""

_NEVER = date.max.toordinal()
_STATES: tuple[State, ...] = ("dated", "awaiting", "ongoing", "case")
_PLAIN = (0, None, None, None, None, None, None)
"""The parts that most rows lack."""

Head = tuple[str, int, str, str, str, str, str, tuple[str, ...], str, tuple[str, ...], str, int]
Packed = tuple[Any, ...]


class Shelf(NamedTuple):
    """Rows of one week and shelf. `earliest`: the first week in which one of them is open or to be reviewed."""

    week: int
    kind: int
    earliest: int
    rows: int
    data: bytes


def week_of(day: date | None) -> int:
    """A number that rises by one every Monday."""
    return _week(_ordinal(day))


def _week(ordinal: int | None) -> int:
    return (ordinal + 6) // 7 if ordinal else UNDATED


def pack(rows: Sequence[Row]) -> tuple[tuple[Head, ...], list[Shelf]]:
    heads: dict[Head, int] = {}
    shelves: dict[tuple[int, int], list[Packed]] = {}
    earliest: dict[tuple[int, int], int] = {}
    for order, row in enumerate(rows):
        packed = _packed(row, heads.setdefault(_head(row.obligation), len(heads)), order)
        act_by, _, _, _, _, opens, review_by, *_ = packed
        week = _week(act_by)
        begins = min(week, _week(min(opens or _NEVER, review_by or _NEVER)))
        place = (week, _kind(row, week, begins))
        if place in shelves:
            shelves[place].append(packed)
            earliest[place] = min(begins, earliest[place])
        else:
            shelves[place] = [packed]
            earliest[place] = begins
    found = [Shelf(*place, earliest[place], len(own), marshal.dumps(own)) for place, own in shelves.items()]
    return tuple(heads), found


def _kind(row: Row, week: int, begins: int) -> int:
    standing, item = row.standing, row.obligation
    if standing.done_on is not None or standing.waived is not None or item.cancelled is not None:
        return FINISHED
    if item.state == "case":
        return CASE
    return LONG if begins < week else SHORT


def _head(item: Obligation) -> Head:
    # The order of the obligation's fields, those left out that differ between obligations of one activity.
    return (item.activity, *item[3:11], *item[21:])


def _packed(row: Row, head: int, order: int) -> Packed:
    """The days by which it is put in order, its head and its place; most have these seven parts only."""
    item = row.obligation
    common = (
        _ordinal(item.act_by), _ordinal(item.deadline), item.period, head, order, _ordinal(item.opens),
        _ordinal(item.review_by),
    )  # fmt: skip
    recorded = _recorded(row)
    rest = (item.known_by, item.due_at, item.closes, item.cancelled, item.letter, recorded)
    if item.state == "dated" and all(value is None for value in rest):
        return common
    state = _STATES.index(item.state)
    known_by, due_at, closes = _ordinal(item.known_by), _iso(item.due_at), _ordinal(item.closes)
    return (*common, state, known_by, due_at, closes, item.cancelled, item.letter, recorded)


def _recorded(row: Row) -> tuple[Any, Any] | None:
    if row.standing == NOTHING_RECORDED and row.clock is None:
        return None
    standing = tuple(_plain(value) for value in row.standing)
    if row.clock is None:
        return standing, None
    received, ref, paused, steps = row.clock
    return standing, (received.isoformat(), ref, paused, tuple(_iso(step) for step in steps))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.toordinal() if isinstance(value, date) else value


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


# ---- back


class Reader:
    """Makes rows of packed ones, as they stand on a day."""

    def __init__(self, today: date, now: datetime) -> None:
        self.today = today
        self.now = now

    def row(self, packed: Packed, head: Head) -> Row:
        act_by, deadline, period, _, _, opens, review_by, *rest = packed
        activity, year, office, province, title, group, owner, send_to, follow_up, steps, file, line = head
        state, known_by, due_at, closes, cancelled, letter, recorded = rest or _PLAIN
        days = (_day(opens), _day(deadline), _day(act_by), _day(review_by), _day(known_by))
        last = closes and _day(closes)
        what = (f"{activity}@{period}", activity, period, year, office, province, title, group, owner, send_to)
        more = (follow_up, _STATES[state], *days, _moment(due_at), last, cancelled, letter, steps, file, line)
        item = Obligation._make((*what, *more))
        standing, clock = _unrecorded(recorded) if recorded else (NOTHING_RECORDED, None)
        row = row_of(item, standing, self.today, self.now, clock)
        if row.time_left is not None:
            Session.fleeting = True
        return row


def _unrecorded(recorded: tuple[Any, Any]) -> tuple[Standing, Clock | None]:
    done_on, waived, reviewed_on, done_at, done_by, evidence, note, reopened_on = recorded[0]
    standing = Standing(
        _day(done_on), waived, _day(reviewed_on), _moment(done_at), done_by, evidence, note, _day(reopened_on)
    )
    if recorded[1] is None:
        return standing, None
    received, ref, paused, steps = recorded[1]
    return standing, Clock(datetime.fromisoformat(received), ref, paused, tuple(map(_moment, steps)))


@lru_cache(maxsize=4096)
def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
