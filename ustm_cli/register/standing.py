"""How an obligation stands on a day: its status from its dates and from what was recorded of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from ustm_cli.obligations import Obligation

Status = Literal["open", "overdue", "done", "done_late", "waived", "awaiting", "running", "ongoing"]
STATUSES: tuple[Status, ...] = ("open", "overdue", "done", "done_late", "waived", "awaiting", "running", "ongoing")
FINISHED: tuple[Status, ...] = ("done", "done_late", "waived")


class Standing(NamedTuple):
    """What was recorded of one obligation."""

    done_on: date | None = None
    waived: str | None = None
    reviewed_on: date | None = None


NOTHING_RECORDED = Standing()


class Row(NamedTuple):
    """An obligation as it stands on a day. `days_left`: calendar days to act_by."""

    obligation: Obligation
    status: Status
    days_left: int | None
    done_on: date | None
    reviewed_on: date | None


def status_of(obligation: Obligation, standing: Standing, today: date) -> Status:
    if standing.done_on is not None:
        late = obligation.deadline is not None and standing.done_on > obligation.deadline
        return "done_late" if late else "done"
    if standing.waived is not None or obligation.cancelled is not None:
        return "waived"
    if obligation.state in ("awaiting", "ongoing"):
        return obligation.state
    last = obligation.due_at.date() if obligation.due_at else obligation.act_by
    if last is not None and last < today:
        return "overdue"
    return "running" if obligation.state == "case" else "open"


def row_of(obligation: Obligation, standing: Standing, today: date) -> Row:
    status = status_of(obligation, standing, today)
    left = (obligation.act_by - today).days if obligation.act_by and status not in FINISHED else None
    return Row(obligation, status, left, standing.done_on, standing.reviewed_on)
