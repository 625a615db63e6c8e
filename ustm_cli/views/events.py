"""The events of plans, period by period: the day that is known, those that were before, and what waits for it."""

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

    `needed_by` is the first day by which the date should be known, `waiting` the obligations that await it, of whatever
    plans share the event; `file` is where that stands.
    """

    event: str
    name: str
    period: str
    known: Happening | None
    before: tuple[Happening, ...]
    needed_by: date | None
    waiting: tuple[str, ...]
    file: str


Waits = Mapping[tuple[str, str, str], Sequence[Obligation]]
"""What awaits a day, by plan file, event and the event's period."""


def events_of(
    plans: Iterable[Plan], obligations: Iterable[Obligation], records: Mapping[str, Sequence[Record]]
) -> list[EventRow]:
    """Every event of the plans' years by period; `records` by plan file, in the order in which they are read."""
    sharing: dict[tuple[str, int, str, str], list[Plan]] = {}
    for plan in plans:
        for event in plan.events:
            sharing.setdefault(_identity(plan, event), []).append(plan)
    waits = _waits({plan.file: plan for own in sharing.values() for plan in own}, obligations)
    return [
        _row(own, own[0].events[event], period, told, waits)
        for (*_, event), own in sharing.items()
        for told in [_told(event, records[own[0].file])]
        for period in _periods(own[0], own[0].events[event], told)
    ]


def _identity(plan: Plan, event: str) -> tuple[str, int, str, str]:
    """The same for plans of a folder and year that include the event from one file: they have one day for it."""
    return plan.file.rpartition("/")[0], plan.fiscal_year, plan.places["events", event].file, event


def _waits(plans: Mapping[str, Plan], obligations: Iterable[Obligation]) -> Waits:
    placed = {(file, one.id): one for file, plan in plans.items() for one in plan.activities}
    found: dict[tuple[str, str, str], list[Obligation]] = {}
    for item in obligations:
        if item.state == "awaiting" and item.cancelled is None and item.file in plans:
            place = plans[item.file].event_of(placed[item.file, item.activity], item.period)
            if place is not None:  # a letter is no event
                found.setdefault((item.file, *place), []).append(item)
    return found


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
    plans: Sequence[Plan], event: Event, period: str, told: Mapping[str, Sequence[Happening]], waits: Waits
) -> EventRow:
    """`plans`: those that share the event; what any of them recorded is told by each."""
    waiting = [item for plan in plans for item in waits.get((plan.file, event.id, period), ())]
    needed = min((item.known_by for item in waiting if item.known_by), default=None)
    *before, known = told.get(period, [None])
    ids, stands = tuple(item.id for item in waiting), plans[0].places["events", event.id].file
    return EventRow(event.id, event.name, period, known, tuple(one for one in before if one), needed, ids, stands)
