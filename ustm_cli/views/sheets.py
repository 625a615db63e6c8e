"""The mission sheets: one a work plan, a row a mission, with its context to check and its activities' times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ustm_cli.plan.load import Placed, Plan
from ustm_cli.plan.model import Activity, Group, Mission, WorkPlan
from ustm_cli.views.wording import Wording, times_of


class ContextLine(NamedTuple):
    text: str
    items: tuple[str, ...]


class Target(NamedTuple):
    number: int
    unit: str


class Strategy(NamedTuple):
    """One activity. `times` are its rules in words, none where the office gave no time.

    `target` is None where the title itself already says the number.
    """

    id: str
    title: str
    times: tuple[Wording, ...]
    topics: tuple[str, ...]
    steps: tuple[str, ...]
    note: str
    target: Target | None


class SheetRow(NamedTuple):
    """One mission; number and title are empty for what a work plan holds beside its missions."""

    number: str
    title: str
    context: tuple[ContextLine, ...]
    heading: str
    strategies: tuple[Strategy, ...]


class Sheet(NamedTuple):
    office: str
    group: str
    title: str
    rows: tuple[SheetRow, ...]


class Sheets(NamedTuple):
    """The sheets of one fiscal year, plan by plan, in the order of the plans."""

    fiscal_year: int
    sheets: tuple[Sheet, ...]


def sheets(fiscal_year: int, plans: Iterable[Plan]) -> Sheets:
    return Sheets(fiscal_year, tuple(sheet for plan in plans for sheet in _sheets(plan)))


def _sheets(plan: Plan) -> Iterator[Sheet]:
    """A sheet for each holder of missions; what has none stands in the twelve-month table only."""
    placed = {item.id: item for item in plan.activities}
    for group in plan.body.groups:
        holders: tuple[Group | WorkPlan, ...] = (group, *group.work_plans)
        for holder in holders:
            if holder.missions:
                rows = tuple(_rows(plan, holder, placed))
                yield Sheet(plan.body.office or "", group.title, holder.title, rows)


def _rows(plan: Plan, holder: Group | WorkPlan, placed: Mapping[str, Placed]) -> Iterator[SheetRow]:
    for mission in holder.missions:
        yield SheetRow(
            mission.number or "",
            mission.title,
            tuple(ContextLine(line.text, tuple(line.items)) for line in mission.context),
            _heading(mission),
            _strategies(plan, mission.activities, placed),
        )
    if holder.activities:
        yield SheetRow("", "", (), "", _strategies(plan, holder.activities, placed))


def _heading(mission: Mission) -> str:
    """What stands above the strategies: the note that names them, else their codes."""
    codes = ", ".join(mission.strategy)
    if not mission.note or not codes:
        return mission.note or codes
    return mission.note if mission.note.startswith(codes) else f"{codes}: {mission.note}"


def _strategies(plan: Plan, activities: Sequence[Activity], placed: Mapping[str, Placed]) -> tuple[Strategy, ...]:
    return tuple(_strategy(plan, activity, placed[activity.id]) for activity in activities)


def _strategy(plan: Plan, activity: Activity, placed: Placed) -> Strategy:
    target = activity.target
    said = target is None or str(target.count) in activity.title
    return Strategy(
        activity.id,
        activity.title,
        times_of(placed, plan.events),
        tuple(activity.topics),
        tuple(activity.steps),
        activity.note or "",
        None if said or target is None else Target(target.count, target.unit or ""),
    )
