"""The requests that came in, each with its clock: what is left of its time, and where it has got to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.on_receipt import office_time_between
from ustm_cli.register.standing import FINISHED, Row
from ustm_cli.register.state import Case, on_the_wall


class OwnClock(NamedTuple):
    """On which a case's time is counted: the wall clock, or the office hours of some working days."""

    office: Workdays | None = None

    def between(self, start: datetime, end: datetime) -> timedelta:
        return on_the_wall(start, end) if self.office is None else office_time_between(start, end, self.office)


WALL = OwnClock()


class CaseRow(NamedTuple):
    """A case as it stands; its times are by its own clock, in `office` hours or on the wall.

    `took`: from the receipt to the closing or to now, pauses left out; `left`: to `due_at`, below 0 after it.
    """

    case: Case
    row: Row
    took: timedelta
    left: timedelta | None
    office: bool

    @property
    def next_step(self) -> int | None:
        """The first step that is not closed."""
        steps = range(1, len(self.row.obligation.steps) + 1)
        return next((number for number in steps if number not in self.case.steps), None)


def case_rows(found: Sequence[tuple[Case, Row, OwnClock]], now: datetime, *, open_only: bool = False) -> list[CaseRow]:
    """By receipt; with `open_only`, those that are neither closed nor waived."""
    return [
        CaseRow(case, row, case.took(now, clock.between), _left(row, now, clock), clock.office is not None)
        for case, row, clock in found
        if not (open_only and row.status in FINISHED)
    ]


def _left(row: Row, now: datetime, clock: OwnClock) -> timedelta | None:
    due_at = row.obligation.due_at
    if row.time_left is None or due_at is None:
        return None
    return clock.between(now, due_at) if now <= due_at else -clock.between(due_at, now)
