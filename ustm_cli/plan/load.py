"""Plan files to plans, or to their faults: all of them, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.dates.holidays import DaysOff, Holiday, days_off
from ustm_cli.deadlines.base import Event, Rule, RuleError
from ustm_cli.deadlines.events import periods_of
from ustm_cli.deadlines.phrase import PhraseError
from ustm_cli.plan import errors, source
from ustm_cli.plan.findings import START, Finding, Mark, each_once
from ustm_cli.plan.model import Activity, Faults, Group, Mission, PlanFile, Timing, WorkPlan, review_rule
from ustm_cli.plan.shared import Place, SharedParts, hides_events, misspells_events
from ustm_cli.plan.source import Map, mark_of
from ustm_cli.plan.whole import activity_nodes, without_faulty


@dataclass(frozen=True)
class Placed:
    """An activity where it stands: below what, on which line, with which rules."""

    activity: Activity
    group: Group
    work_plan: WorkPlan | None
    mission: Mission | None
    file: str
    path: tuple[str | int, ...]
    node: Map
    line: int
    review: Rule | None

    @property
    def id(self) -> str:
        return self.activity.id

    @property
    def timings(self) -> list[Timing]:
        return self.activity.when

    @property
    def owner(self) -> str:
        return self.activity.owner or self.group.title

    @property
    def events(self) -> set[str]:
        """The ids of the events that its times hang on."""
        return {event for timing in self.timings if (event := getattr(timing.rule, "event", None))}

    def mark(self, *path: str | int, key: bool = False) -> Mark:
        return mark_of(self.node, path, key=key)


@dataclass(frozen=True)
class Plan:
    """One plan file with what it includes. `lines` are its own, for carets.

    `places`: where each event ("events", id) and holiday ("holidays", number) stands.
    """

    file: str
    body: PlanFile
    tree: Map
    activities: tuple[Placed, ...]
    events: Mapping[str, Event]
    holidays: tuple[tuple[Holiday, bool], ...]
    places: Mapping[tuple[str, str | int], Place]
    lines: Sequence[str]

    @property
    def fiscal_year(self) -> int:
        return self.body.fiscal_year

    @property
    def province(self) -> str:
        return self.body.province or ""

    def days_off(self, as_of: date | None = None) -> DaysOff:
        """The office's, as known on `as_of` (None: all that is known), with what the plan adds and cancels."""
        added = [row for row, cancel in self.holidays if not cancel]
        cancelled = [row for row, cancel in self.holidays if cancel]
        return days_off(self.province, as_of, added, cancelled)

    def event_of(self, placed: Placed, period: str) -> tuple[str, str] | None:
        """The id of the event that an obligation hangs on, and the event's own period; None for one that hangs on none.

        `period` is the obligation's, perhaps a further meeting's, perhaps with the key of its rule.
        """
        for timing in placed.timings:
            event = self.events.get(getattr(timing.rule, "event", ""))
            key = f".{timing.key}" if timing.key else ""
            own = period.removesuffix(key)
            base, _, number = own.partition(".")
            if event and own + key == period and (not number or number.isdecimal()):
                bases = (one.id for one in periods_of(event, fiscal_year(self.fiscal_year)))
                if base in bases:
                    return event.id, own
        return None


@dataclass(frozen=True)
class Loaded:
    """What became of one file: a plan, or none because of its faults; then `partial` is what is whole of it.

    `included`: the files that it names, each once with the name it is called by, those that could not be read too.
    `ways`: where it named them, be it by links.
    """

    file: str
    plan: Plan | None
    faults: tuple[Finding, ...]
    lines: Mapping[str, Sequence[str]]
    partial: Plan | None = None
    included: tuple[tuple[Path, str], ...] = ()
    ways: tuple[Path, ...] = ()


def load(path: Path, name: str, data: bytes | None = None) -> Loaded:
    """Read and validate one plan file; `name` is how it is called in what is told. Raises OSError.

    `data`: what the file is taken to hold, where it is not what it holds.
    """
    text, faults = source.read_file(path, name, piped=True) if data is None else source.decode(data, name)
    lines = {name: text.split("\n")}
    if any(fault.code in ("U101", "U105", "U106") for fault in faults):
        return Loaded(name, None, tuple(faults), lines)
    tree, yaml_faults = source.read(text, name)
    faults += yaml_faults
    if tree is None:
        return Loaded(name, None, tuple(faults), lines)
    for at, node in activity_nodes(tree):
        node.path = at
    shared = SharedParts(path, name, tree)
    faults += shared.read_all()
    if any(map(hides_events, yaml_faults)):
        shared.whole = False
    lines |= shared.lines
    events = shared.known
    context: dict[str, Any] = {"events": events, "fiscal_year": shared.year, "rules": {}}
    body, of_body = _validated(tree, name, lines[name], context, faults)
    included, ways = tuple(shared.included), tuple(shared.ways)
    placed = tuple(_placed(body, tree, of_body, name, lines[name], events, faults)) if body else ()
    if not shared.whole or any(map(misspells_events, faults)):
        # Whether there is such an event is not known before what hides it was mended.
        faults = [fault for fault in faults if fault.code != "U202"]
    if body is None:
        return Loaded(name, None, tuple(each_once(faults)), lines, included=included, ways=ways)
    if shared.faulty:
        faulty = {event.id for event in shared.faulty}
        placed = tuple(one for one in placed if not one.events & faulty)
    plan = Plan(name, body, tree, placed, shared.events, tuple(shared.holidays), shared.places, lines[name])
    whole = not any(fault.severity == "error" for fault in faults)
    return Loaded(
        name, plan if whole else None, tuple(each_once(faults)), lines, None if whole else plan, included, ways
    )


def _validated(
    tree: Map, name: str, lines: Sequence[str], context: Any, faults: list[Finding]
) -> tuple[PlanFile | None, Map]:
    """The plan's shape, and the tree that it is of: where there are faults, the copy that lacks what is at fault."""
    try:
        return PlanFile.model_validate(tree, context=context), tree
    except ValidationError as error:
        found = list(errors.findings(error, tree, name, lines))
    faults += found
    whole = without_faulty(tree, found)
    try:
        return PlanFile.model_validate(whole, context=context), whole
    except ValidationError:
        return None, whole


# ---- activities


def _placed(
    body: PlanFile,
    tree: Map,
    of_body: Map,
    name: str,
    lines: Sequence[str],
    events: Mapping[str, Event],
    faults: list[Finding],
) -> Iterator[Placed]:
    """`of_body` is the tree that the body is of; faults are told where they stand in the whole `tree`."""
    for place, activity, group, work_plan, mission in _walk(body):
        node = errors.value_at(of_body, place)
        path = node.path
        review = None
        if activity.review is not None:
            try:
                wanted = review_rule(activity.review, activity.when, events, body.fiscal_year)
                _same_period(wanted, activity)
                review = wanted
            except (PhraseError, RuleError) as error:
                faults.append(errors.finding_at((*path, "review"), error, tree, name, lines))
            except Faults as error:
                for inner, fault in error.faults:
                    faults.append(errors.finding_at((*path, "review", *inner), fault, tree, name, lines))
        line = node.keys_at["id"].line if "id" in node.keys_at else node.mark.line
        yield Placed(activity, group, work_plan, mission, name, path, node, line, review)


def _same_period(review: Rule, activity: Activity) -> None:
    """A review counts from what its deadline counts from; what is never due has none."""
    if activity.when and all(timing.rule.family == "ongoing" for timing in activity.when):
        raise RuleError("U219", "")
    for timing in activity.when:
        if review.family != "lead" and _basis_of(review) != _basis_of(timing.rule):
            raise RuleError("U224", "")
    if not activity.when:
        raise RuleError("U224", "")


def _basis_of(rule: Rule) -> object:
    if rule.family == "recurring":
        return getattr(rule, "every", rule.rule)
    return (rule.family, getattr(rule, "event", None))


Level = tuple[tuple[str | int, ...], Activity, Group, WorkPlan | None, Mission | None]


def _walk(body: PlanFile) -> Iterator[Level]:
    for number, group in enumerate(body.groups):
        at: tuple[str | int, ...] = ("groups", number)
        yield from _activities(at, group, group, None, None)
        yield from _missions(at, group, group, None)
        for index, work_plan in enumerate(group.work_plans):
            below = (*at, "work_plans", index)
            yield from _activities(below, work_plan, group, work_plan, None)
            yield from _missions(below, work_plan, group, work_plan)


def _missions(
    at: tuple[str | int, ...], holder: Group | WorkPlan, group: Group, work_plan: WorkPlan | None
) -> Iterator[Level]:
    for index, mission in enumerate(holder.missions):
        yield from _activities((*at, "missions", index), mission, group, work_plan, mission)


def _activities(
    at: tuple[str | int, ...], holder: Any, group: Group, work_plan: WorkPlan | None, mission: Mission | None
) -> Iterator[Level]:
    for index, activity in enumerate(holder.activities):
        yield (*at, "activities", index), activity, group, work_plan, mission


__all__ = ["START", "Loaded", "Placed", "Plan", "date", "load"]
