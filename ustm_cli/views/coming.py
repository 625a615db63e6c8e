"""What a new year's plan brings: where each rule falls, its busiest weeks, the work around long holidays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ustm_cli.dates.fiscal import DAY, Period, fiscal_year, period_of
from ustm_cli.dates.workdays import Workdays
from ustm_cli.obligations import Obligation, expand, expand_activity
from ustm_cli.register.standing import FINISHED, Row

if TYPE_CHECKING:
    from ustm_cli.plan.load import Plan

LONG = 4
"""How many days off in a row, weekends counted, make a long holiday."""
BUSIEST = 5


class Week(NamedTuple):
    """A week, and what has its last day to act in it."""

    period: Period
    obligations: tuple[Obligation, ...]


class LongHoliday(NamedTuple):
    """Days off from start to end, what falls due in them (to be done before), and on the first two days after."""

    start: date
    end: date
    before: tuple[Obligation, ...]
    after: tuple[Obligation, ...]


class Coming(NamedTuple):
    """`falls`: the obligations of an activity's first, second, … rule, by the activity's id and 0, 1, …"""

    obligations: tuple[Obligation, ...]
    falls: Mapping[tuple[str, int], tuple[Obligation, ...]]
    weeks: tuple[Week, ...]
    holidays: tuple[LongHoliday, ...]
    open: tuple[Row, ...]


def coming(plan: Plan, workdays: Workdays, rows: Iterable[Row]) -> Coming:
    """`plan`: the new year's; `rows`: the old year's obligations as they stand."""
    items = tuple(expand(plan, workdays))
    still_open = tuple(row for row in rows if row.status not in FINISHED and row.status != "ongoing")
    holidays = _long_holidays(plan.fiscal_year, items, workdays)
    return Coming(items, _falls(plan, workdays), _busiest(items), holidays, still_open)


def _falls(plan: Plan, workdays: Workdays) -> dict[tuple[str, int], tuple[Obligation, ...]]:
    year = fiscal_year(plan.fiscal_year)
    found: dict[tuple[str, int], tuple[Obligation, ...]] = {}
    for placed in plan.activities:
        for number, timing in enumerate(placed.timings):
            alone = replace(placed, activity=placed.activity.model_copy(update={"when": [timing]}))
            found[placed.id, number] = tuple(expand_activity(plan, alone, year, workdays))
    return found


def _busiest(items: Sequence[Obligation]) -> tuple[Week, ...]:
    weeks: dict[Period, list[Obligation]] = defaultdict(list)
    for item in items:
        if item.act_by and item.cancelled is None:
            weeks[period_of("week", item.act_by)].append(item)
    ranked = sorted(weeks.items(), key=lambda pair: (-len(pair[1]), pair[0].start))[:BUSIEST]
    return tuple(Week(period, tuple(own)) for period, own in ranked)


def _long_holidays(be_year: int, items: Sequence[Obligation], workdays: Workdays) -> tuple[LongHoliday, ...]:
    found: list[LongHoliday] = []
    for start, end in _runs(fiscal_year(be_year), workdays):
        first = workdays.on_or_after(end)
        behind = (first, workdays.after(first, 1))
        before = tuple(item for item in items if item.deadline and start <= item.deadline <= end and item.act_by)
        after = tuple(item for item in items if item.act_by in behind and item not in before)
        if before or after:
            found.append(LongHoliday(start, end, before, after))
    return tuple(found)


def _runs(year: Period, workdays: Workdays) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    day = year.start
    while day <= year.end:
        end = day
        while end not in workdays:
            end += DAY
        if (end - day).days >= LONG:
            runs.append((day, end - DAY))
        day = end + DAY
    return runs
