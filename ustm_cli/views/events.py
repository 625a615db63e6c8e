"""The events of a plan, period by period: the day that is known, those that were before, and what waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.deadlines.base import Event, Happening
from ustm_cli.deadlines.events import periods_of
from ustm_cli.obligations import Obligation
from ustm_cli.plan.load import Plan
from ustm_cli.register.records import EventCancelled, EventSet, Record
from ustm_cli.register.state import happening_of


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
    waits = [
        item for item in obligations if item.file == plan.file and item.state == "awaiting" and item.cancelled is None
    ]
    return [
        _row(plan, event, period, told, waits)
        for event in plan.events.values()
        for told in [_told(event.id, records)]
        for period in _periods(plan, event, told)
    ]


def _told(event: str, records: Iterable[Record]) -> dict[str, list[Happening]]:
    """All that was recorded of an event, by period; the same once, though each plan that shares it has a record."""
    told: dict[str, list[Happening]] = {}
    for record in records:
        if isinstance(record, EventSet | EventCancelled) and record.event == event:
            of_period, now = told.setdefault(record.period, []), happening_of(record)
            if of_period[-1:] != [now]:
                of_period.append(now)
    return told


def _periods(plan: Plan, event: Event, told: Iterable[str]) -> list[str]:
    """The event's periods, further meetings of each behind it."""
    bases = [period.id for period in periods_of(event, fiscal_year(plan.fiscal_year))]
    return [one for base in bases for one in (base, *sorted(name for name in told if name.startswith(f"{base}.")))]


def _row(
    plan: Plan, event: Event, period: str, told: Mapping[str, Sequence[Happening]], waits: Iterable[Obligation]
) -> EventRow:
    hung = {
        placed.id
        for placed in plan.activities
        if any(getattr(timing.rule, "event", None) == event.id for timing in placed.timings)
    }
    waiting = [
        item
        for item in waits
        if item.activity in hung and (item.period == period or item.period.startswith(f"{period}."))
    ]
    needed = min((item.known_by for item in waiting if item.known_by), default=None)
    *before, known = told.get(period, [None])
    ids = tuple(item.id for item in waiting)
    return EventRow(event.id, event.name, period, known, tuple(one for one in before if one), needed, ids, plan.file)
