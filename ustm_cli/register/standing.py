"""How an obligation stands on a day: its status from its dates and from what was recorded of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    # A command's options name statuses: to show its help, no rule of deadlines is needed.
    from ustm_cli.obligations import Obligation

Status = Literal["open", "overdue", "done", "done_late", "waived", "awaiting", "running", "ongoing"]
STATUSES: tuple[Status, ...] = ("open", "overdue", "done", "done_late", "waived", "awaiting", "running", "ongoing")
FINISHED: tuple[Status, ...] = ("done", "done_late", "waived")


class Standing(NamedTuple):
    """What was recorded of one obligation. `done_at` is the moment at which a case was closed."""

    done_on: date | None = None
    waived: str | None = None
    reviewed_on: date | None = None
    done_at: datetime | None = None
    done_by: str | None = None
    evidence: str | None = None
    note: str | None = None
    reopened_on: date | None = None


NOTHING_RECORDED = Standing()


class Clock(NamedTuple):
    """The clock of a case: when it began, whether it stands still, and the moments at which its steps were closed."""

    received: datetime
    ref: str | None
    paused: bool
    steps: tuple[datetime | None, ...]


class Row(NamedTuple):
    """An obligation as it stands on a day. `days_left`: calendar days to act_by; `time_left`: to a case's due_at."""

    obligation: Obligation
    status: Status
    days_left: int | None
    done_on: date | None
    reviewed_on: date | None
    time_left: timedelta | None = None
    standing: Standing = NOTHING_RECORDED
    clock: Clock | None = None

    @property
    def after_act_by(self) -> bool:
        """Whether it was done in time, yet only after the last working day."""
        act_by = self.obligation.act_by
        return self.status == "done" and act_by is not None and self.done_on is not None and self.done_on > act_by


def status_of(obligation: Obligation, standing: Standing, today: date, now: datetime | None = None) -> Status:
    if standing.done_on is not None:
        return "done_late" if _late(obligation, standing) else "done"
    if standing.waived is not None or obligation.cancelled is not None:
        return "waived"
    if obligation.state == "awaiting" or obligation.state == "ongoing":  # noqa: PLR1714 (narrows the type)
        return obligation.state
    if _past(obligation, today, now):
        return "overdue"
    return "running" if obligation.state == "case" else "open"


def _late(obligation: Obligation, standing: Standing) -> bool:
    if obligation.due_at and standing.done_at:
        return standing.done_at > obligation.due_at
    return obligation.deadline is not None and standing.done_on is not None and standing.done_on > obligation.deadline


def _past(obligation: Obligation, today: date, now: datetime | None) -> bool:
    if obligation.due_at and now:
        return obligation.due_at < now
    last = obligation.due_at.date() if obligation.due_at else obligation.act_by
    return last is not None and last < today


def row_of(
    obligation: Obligation, standing: Standing, today: date, now: datetime | None = None, clock: Clock | None = None
) -> Row:
    """The obligation as it stands on `today`; of a clock in minutes or hours, at the moment `now`."""
    status = status_of(obligation, standing, today, now)
    finished = status in FINISHED
    left = (obligation.act_by - today).days if obligation.act_by and not finished else None
    time_left = obligation.due_at - now if obligation.due_at and now and not finished else None
    return Row(obligation, status, left, standing.done_on, standing.reviewed_on, time_left, standing, clock)
