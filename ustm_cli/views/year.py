"""The whole year by month and day: every obligation, what awaits its date, and what has no date at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ustm_cli.dates.fiscal import Period, fiscal_year, month_after
from ustm_cli.dates.holidays import Holiday
from ustm_cli.plan.load import Plan
from ustm_cli.register.standing import Row
from ustm_cli.views.entry import Entry, by_day, entry_of
from ustm_cli.views.wording import Wording, times_of


class DayOff(NamedTuple):
    day: date
    th: str
    en: str


class Month(NamedTuple):
    """What is to be done by a day of one month, by that day. `first`: the month's first day."""

    first: date
    entries: tuple[Entry, ...]
    days_off: tuple[DayOff, ...]


class Undated(NamedTuple):
    """An activity that has no dated and no awaited obligation: on receipt, continuous, or without a time."""

    id: str
    title: str
    group: str
    owner: str
    times: tuple[Wording, ...]
    note: str


class Year(NamedTuple):
    """`months`: October to September, with a month before or after them where an act_by falls there.

    `cases`: what was received and has no promised day.
    """

    fiscal_year: int
    today: date
    offices: tuple[str, ...]
    months: tuple[Month, ...]
    awaiting: tuple[Entry, ...]
    cases: tuple[Entry, ...]
    undated: tuple[Undated, ...]


def year(be_year: int, plans: Sequence[Plan], rows: Iterable[Row], holidays: Iterable[Holiday], today: date) -> Year:
    files = {plan.file for plan in plans}
    entries = sorted((entry_of(row) for row in rows if row.obligation.file in files), key=by_day)
    shown = {entry.activity for entry in entries if entry.status != "ongoing" and not entry.case}
    return Year(
        be_year,
        today,
        tuple(dict.fromkeys(plan.body.office for plan in plans if plan.body.office)),
        tuple(_months(fiscal_year(be_year), entries, list(holidays))),
        tuple(entry for entry in entries if entry.act_by is None and not entry.case and entry.status != "ongoing"),
        tuple(entry for entry in entries if entry.act_by is None and entry.case),
        tuple(item for plan in plans for item in _undated(plan, shown)),
    )


def _months(span: Period, entries: Sequence[Entry], holidays: Sequence[Holiday]) -> Iterator[Month]:
    by_month: dict[date, list[Entry]] = {month_after(span.start, number).start: [] for number in range(12)}
    for entry in entries:
        if entry.act_by:
            by_month.setdefault(entry.act_by.replace(day=1), []).append(entry)
    for first in sorted(by_month):
        days_off = tuple(DayOff(one.date, one.th, one.en) for one in holidays if one.date.replace(day=1) == first)
        yield Month(first, tuple(by_month[first]), days_off)


def _undated(plan: Plan, shown: set[str]) -> Iterator[Undated]:
    for placed in plan.activities:
        if placed.id not in shown:
            activity = placed.activity
            times = times_of(placed, plan.events)
            yield Undated(
                activity.id, activity.title, placed.group.title, placed.owner, times, activity.note or ""
            )  # fmt: skip
