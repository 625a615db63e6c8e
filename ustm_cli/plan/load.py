"""Plan files to plans, or to their faults: all of them, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ustm_cli.dates.holidays import Holiday
from ustm_cli.deadlines.base import Event, Rule, RuleError
from ustm_cli.deadlines.phrase import PhraseError
from ustm_cli.plan import errors, source
from ustm_cli.plan.findings import START, Finding, Mark
from ustm_cli.plan.model import (
    Activity,
    Faults,
    Group,
    Mission,
    PlanFile,
    Shared,
    Timing,
    WorkPlan,
    event_of,
    review_rule,
)
from ustm_cli.plan.source import Map, mark_of


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
        return self.activity.when or []

    @property
    def owner(self) -> str:
        return self.activity.owner or self.group.title

    def mark(self, *path: str | int, key: bool = False) -> Mark:
        return mark_of(self.node, path, key=key)


@dataclass(frozen=True)
class Plan:
    """One plan file with what it includes. `lines` are its own, for carets."""

    file: str
    body: PlanFile
    tree: Map
    activities: tuple[Placed, ...]
    events: Mapping[str, Event]
    holidays: tuple[tuple[Holiday, bool], ...]
    lines: Sequence[str]

    @property
    def fiscal_year(self) -> int:
        return self.body.fiscal_year

    @property
    def province(self) -> str:
        return self.body.province or ""


@dataclass(frozen=True)
class Loaded:
    """What became of one file: a plan, or none because of its faults."""

    file: str
    plan: Plan | None
    faults: tuple[Finding, ...]
    lines: Mapping[str, Sequence[str]]


def load(path: Path, name: str) -> Loaded:
    """Read and validate one plan file; `name` is how it is called in what is told. Raises OSError."""
    text, faults = source.read_file(path, name)
    lines = {name: text.split("\n")}
    if any(fault.code in ("U101", "U105", "U106") for fault in faults):
        return Loaded(name, None, tuple(faults), lines)
    tree, yaml_faults = source.read(text, name)
    faults += yaml_faults
    if tree is None:
        return Loaded(name, None, tuple(faults), lines)
    shared = _Shared(path, name, tree)
    faults += shared.read_all()
    lines |= shared.lines
    context = {"events": shared.events, "fiscal_year": _year(tree)}
    body = _validated(PlanFile, tree, name, lines[name], context, faults)
    if body is None:
        return Loaded(name, None, _sorted(faults), lines)
    placed = tuple(_placed(body, tree, name, lines[name], shared.events, faults))
    if any(fault.severity == "error" for fault in faults):
        return Loaded(name, None, _sorted(faults), lines)
    plan = Plan(name, body, tree, placed, shared.events, tuple(shared.holidays), lines[name])
    return Loaded(name, plan, _sorted(faults), lines)


def _sorted(faults: list[Finding]) -> tuple[Finding, ...]:
    unique = {(fault.order, fault.path): fault for fault in faults}
    return tuple(sorted(unique.values(), key=lambda fault: fault.order))


def _year(tree: Map) -> int | None:
    text = str(tree.get("fiscal_year") or "")
    return int(text) if text.isdigit() and len(text) == 4 else None


def _validated(
    model: Any, tree: Map, name: str, lines: Sequence[str], context: Any, faults: list[Finding]
) -> Any | None:
    try:
        return model.model_validate(tree, context=context)
    except ValidationError as error:
        faults += errors.findings(error, tree, name, list(lines))
        return None


# ---- shared events and holidays


class _Shared:
    """The events and holidays of a plan and of the files that it includes."""

    def __init__(self, path: Path, name: str, tree: Map) -> None:
        self.root = path.parent.resolve()
        self.queue: list[tuple[Path, str, Map]] = [(path, name, tree)]
        self.events: dict[str, Event] = {}
        self.holidays: list[tuple[Holiday, bool]] = []
        self.lines: dict[str, list[str]] = {}
        self.seen = {path.resolve()}
        self.year = _year(tree)

    def read_all(self) -> list[Finding]:
        faults: list[Finding] = []
        while self.queue:
            path, name, tree = self.queue.pop(0)
            own = {key: tree[key] for key in ("events", "holidays", "include") if tree.get(key) is not None}
            try:
                body = Shared.model_validate(own)
            except ValidationError as error:
                if name in self.lines:
                    faults += errors.findings(error, tree, name, self.lines[name])
                # What is whole is still of use, so that one fault does not bring others.
                body = _what_is_whole(own)
            self._take_events(body, name, tree, faults)
            self._take_holidays(body)
            for number, item in enumerate(body.include):
                self._include(path, name, tree, number, item, faults)
        return faults

    def _take_events(self, body: Shared, name: str, tree: Map, faults: list[Finding]) -> None:
        taken = {event.name for event in self.events.values()}
        for number, item in enumerate(body.events):
            loc = ("events", item.id) if isinstance(tree.get("events"), Map) else ("events", number)
            if item.id in self.events or item.name in taken:
                mark = mark_of(tree, (*loc, "name"))
                faults.append(Finding("U307", name, mark, detail={"value": item.name, "problem": "ซ้ำ / twice"}))
                continue
            try:
                self.events[item.id] = event_of(item, self.year)
                taken.add(item.name)
            except (RuleError, PhraseError) as error:
                field = error.field if isinstance(error, RuleError) else "expected"
                faults.append(Finding(error.code, name, mark_of(tree, (*loc, field)), detail=error.detail))

    def _take_holidays(self, body: Shared) -> None:
        for item in body.holidays:
            title = item.name or "วันหยุดตามแผน"
            letter = item.letter or "แผนของสำนักงาน"
            row = Holiday(
                item.date, title, item.name or "day off (plan)", "plan", "nation", item.announced, None, letter
            )
            self.holidays.append((row, item.cancel))

    def _include(self, path: Path, name: str, tree: Map, number: int, item: str, faults: list[Finding]) -> None:
        target = (path.parent / item).resolve()
        where = mark_of(tree, ("include", number))

        def refuse(problem: str) -> None:
            faults.append(Finding("U116", name, where, f"include.{number}", {"value": item, "problem": problem}))

        if not target.is_relative_to(self.root):
            return refuse("อยู่นอกโฟลเดอร์ของแผน / outside the plan's folder")
        if target in self.seen:
            return refuse("วนกลับมาแฟ้มเดิม / included already")
        self.seen.add(target)
        try:
            text, found = source.read_file(target, item)
        except OSError as error:
            return refuse(error.strerror or str(error))
        inner, more = source.read(text, item) if not found else (None, [])
        faults += [*found, *more]
        self.lines[item] = text.split("\n")
        if inner is not None:
            self.queue.append((target, item, inner))
        return None


def _what_is_whole(own: Mapping[str, Any]) -> Shared:
    kept: dict[str, list[Any]] = {}
    for key in ("events", "holidays", "include"):
        items = own.get(key) or []
        if key == "events":
            from ustm_cli.plan.model import event_items

            items = event_items(items)
        for item in items if isinstance(items, list) else [items]:
            try:
                Shared.model_validate({key: [item]})
            except ValidationError:
                continue
            kept.setdefault(key, []).append(item)
    return Shared.model_validate(kept)


# ---- activities


def _placed(
    body: PlanFile, tree: Map, name: str, lines: Sequence[str], events: Mapping[str, Event], faults: list[Finding]
) -> Iterator[Placed]:
    for path, activity, group, work_plan, mission in _walk(body):
        node = errors.value_at(tree, path)
        review = None
        if activity.review is not None:
            try:
                review = review_rule(activity.review, activity.when or [], events)
                _same_period(review, activity)
            except (PhraseError, RuleError) as error:
                faults.append(errors.finding_at((*path, "review"), error, tree, name, list(lines)))
            except Faults as error:
                for inner, fault in error.faults:
                    faults.append(errors.finding_at((*path, "review", *inner), fault, tree, name, list(lines)))
        line = node.keys_at["id"].line if "id" in node.keys_at else node.mark.line
        yield Placed(activity, group, work_plan, mission, name, path, node, line, review)


def _same_period(review: Rule, activity: Activity) -> None:
    """A review counts from what its deadline counts from."""
    for timing in activity.when or []:
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
