"""The events of a plan, period by period: the day that is known, those that were before, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.fiscal import Period, fiscal_year, periods_in
from ustm_cli.deadlines.base import Happening
from ustm_cli.obligations import Obligation
from ustm_cli.plan.load import Plan
from ustm_cli.register.records import EventCancelled, EventSet, Record


class EventRow(NamedTuple):
    """One event in one period. `known` is None while nothing is recorded; `before` are the superseded, oldest first.

    `needed_by` is the first day by which the date should be known, `waiting` the obligations that await it.
    """

    event: str
    name: str
    period: str
    known: Happening | None
    before: tuple[Happening, ...]
    needed_by: date | None
    waiting: tuple[str, ...]
    file: str


def events_of(plan: Plan, obligations: Iterable[Obligation], records: Sequence[Record]) -> list[EventRow]:
    """Every event of the plan's year by period; `records` in the order in which they are read."""
    year = fiscal_year(plan.fiscal_year)
    own = [
        item for item in obligations if item.file == plan.file and item.state == "awaiting" and item.cancelled is None
    ]
    hangs = {
        (str(event), placed.id)
        for placed in plan.activities
        for timing in placed.timings
        if (event := getattr(timing.rule, "event", None))
    }
    rows = []
    for event in plan.events.values():
        told: dict[str, list[Happening]] = {}
        for record in records:
            if isinstance(record, EventSet | EventCancelled) and record.event == event.id:
                told.setdefault(record.period, []).append(_happening(record))
        bases = [year.id] if event.every in ("year", "once") else [one.id for one in periods_in(event.every, year)]
        for base in bases:
            for period in [base, *sorted(name for name in told if name.startswith(f"{base}."))]:
                waiting = [
                    item
                    for item in own
                    if (event.id, item.activity) in hangs
                    and (item.period == period or item.period.startswith(f"{period}."))
                ]
                needed = min((item.known_by for item in waiting if item.known_by), default=None)
                happenings = told.get(period, [])
                rows.append(
                    EventRow(
                        event.id,
                        event.name,
                        period,
                        happenings[-1] if happenings else None,
                        tuple(happenings[:-1]),
                        needed,
                        tuple(item.id for item in waiting),
                        plan.file,
                    )  # fmt: skip
                )
    return rows


def _happening(record: EventSet | EventCancelled) -> Happening:
    if isinstance(record, EventCancelled):
        return Happening(cancelled=record.reason, letter=record.letter)
    if isinstance(record.date, Period):
        return Happening(month=record.date, letter=record.letter)
    return Happening(on=record.date, letter=record.letter)
