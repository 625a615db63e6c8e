"""What the package says, asked in the way that the oracles are asked."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Event, Known, Rule, Scene
from ustm_cli.obligations import Obligation, expand
from ustm_cli.plan.load import load
from ustm_cli.plan.rules import rule_from_mapping

DAY = timedelta(days=1)
YEARS = range(2560, 2571)
FIRST, LAST = fiscal_year(YEARS[0]).start, fiscal_year(YEARS[-1]).end
EVENTS = {"meeting": Event("meeting", "การประชุม", "once")}


def all_days(first: date = FIRST, last: date = LAST) -> list[date]:
    return [first + number * DAY for number in range((last - first).days + 1)]


def made_up(seed: int, first: date = FIRST - 800 * DAY, last: date = LAST + 800 * DAY) -> Workdays:
    """One day in twelve off, and closures of three or four days: no week without work, but many odd edges."""
    chance = random.Random(seed)
    length = (last - first).days
    off = {first + chance.randrange(length) * DAY for _ in range(length // 12)}
    for _ in range(length // 90):
        start = first + chance.randrange(length) * DAY
        off |= {start + number * DAY for number in range(chance.choice([3, 4]))}
    return Workdays(day for day in off if not _last_of_week(day, off))


def _last_of_week(day: date, off: set[date]) -> bool:
    monday = day - day.weekday() * DAY
    return all(monday + number * DAY in off for number in range(5))


def rule_of(spelled: Mapping[str, Any]) -> Rule:
    return rule_from_mapping(dict(spelled), EVENTS, review=False)


def deadlines(rule: Rule, workdays: Workdays, years: Iterable[int] = YEARS) -> list[date]:
    """The deadlines of all years, in order."""
    scenes = (Scene("a", fiscal_year(year), workdays, Known(), EVENTS) for year in years)
    return [one.deadline for scene in scenes for one in rule.occurrences(scene) if one.deadline]


def obligations(
    activities: Mapping[str, str], workdays: Workdays, years: Iterable[int] = YEARS
) -> dict[str, list[Obligation]]:
    """The obligations of a plan of all years by activity; `activities` gives what each says after its title."""
    found: dict[str, list[Obligation]] = {id: [] for id in activities}
    lines = "".join(f"  - {{id: {id}, title: ก, {said}}}\n" for id, said in activities.items())
    for year in years:
        text = f"fiscal_year: {year}\nprovince: อุบลราชธานี\ngroups:\n- title: ก\n  activities:\n{lines}"
        loaded = load(Path("plan.yaml"), "plan.yaml", text.encode())
        assert loaded.plan is not None, loaded.faults
        for one in expand(loaded.plan, workdays):
            found[one.activity].append(one)
    return found
