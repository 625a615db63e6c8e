"""One obligation as a document shows it: plain values, the same in every view that lists obligations."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from ustm_cli.register.standing import Row


class Entry(NamedTuple):
    """`left`: calendar days from the day stood on to act_by; negative when past, None without a date or when finished.

    `case` is true for a case received, `ref` its reference; `letter` is the one that set the date,
    `cancelled` why it is waived, by the plan or by the register.
    """

    id: str
    activity: str
    period: str
    fiscal_year: int
    office: str
    title: str
    group: str
    owner: str
    send_to: tuple[str, ...]
    opens: date | None
    deadline: date | None
    act_by: date | None
    review_by: date | None
    known_by: date | None
    due_at: datetime | None
    status: str
    left: int | None
    done_on: date | None
    reviewed_on: date | None
    cancelled: str | None
    letter: str | None
    case: bool
    ref: str | None
    paused: bool


def entry_of(row: Row) -> Entry:
    item = row.obligation
    return Entry(
        id=item.id,
        activity=item.activity,
        period=item.period,
        fiscal_year=item.fiscal_year,
        office=item.office,
        title=item.title,
        group=item.group,
        owner=item.owner,
        send_to=item.send_to,
        opens=item.opens,
        deadline=item.deadline,
        act_by=item.act_by,
        review_by=item.review_by,
        known_by=item.known_by,
        due_at=item.due_at,
        status=row.status,
        left=row.days_left,
        done_on=row.done_on,
        reviewed_on=row.reviewed_on,
        cancelled=item.cancelled if item.cancelled is not None else row.standing.waived,
        letter=item.letter,
        case=item.state == "case",
        ref=row.clock.ref if row.clock else None,
        paused=row.clock.paused if row.clock else False,
    )


def by_day(entry: Entry) -> tuple[date, date, str]:
    """By the day to act by; what has none after all that have one, by the day its date should be known."""
    return entry.act_by or date.max, entry.deadline or entry.known_by or date.max, entry.id
