"""Why a date: every step from the words of the plan to the day to act by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ustm_cli.dates.fiscal import DAY
from ustm_cli.dates.holidays import DaysOff, Holiday
from ustm_cli.deadlines.base import Event, Occurrence, Rule, Scene, Step
from ustm_cli.obligations import (
    Days,
    Obligation,
    act_by_of,
    days_of,
    override_key,
    override_of,
    period_id,
    roll_of,
    start_of,
)  # fmt: skip
from ustm_cli.plan.findings import Mark
from ustm_cli.plan.load import Placed, Plan
from ustm_cli.plan.model import Timing


class Reason(NamedTuple):
    """One step, the day that it comes to, the days off that it passed over, and where the plan says so."""

    key: str
    facts: Mapping[str, Any]
    day: date | None = None
    days_off: tuple[tuple[date, tuple[Holiday, ...]], ...] = ()
    file: str | None = None
    mark: Mark | None = None


class Explanation(NamedTuple):
    period: str
    days: Days
    reasons: tuple[Reason, ...]


def of_phrase(rule: Rule, scene: Scene, off: DaysOff) -> list[Explanation]:
    """The rule by itself: no roll, override or review."""
    found: list[Explanation] = []
    for occurrence in rule.occurrences(scene):
        deadline = occurrence.deadline
        act_by = act_by_of(rule, occurrence.opens, deadline, off.workdays) if deadline else None
        days = Days(occurrence.opens, deadline, act_by, None)
        reasons = [*_counted(rule, occurrence, off, scene.events), *_acted(rule, days, off, "law_office")]
        found.append(Explanation(occurrence.id, days, tuple(reasons)))
    return sorted(found, key=lambda item: (item.days.deadline or date.max, item.period))


def of_obligation(obligation: Obligation, plan: Plan, placed: Placed, scene: Scene, off: DaysOff) -> Explanation | None:
    """None where the activity has no such period."""
    for number, timing in enumerate(placed.timings):
        for occurrence in timing.rule.occurrences(scene._replace(key=timing.key)):
            if period_id(timing, occurrence) == obligation.period:
                reasons = tuple(_reasons(obligation, plan, placed, number, timing, occurrence, scene, off))
                days = Days(obligation.opens, obligation.deadline, obligation.act_by, obligation.review_by)
                return Explanation(obligation.period, days, reasons)
    return None


def _reasons(
    obligation: Obligation, plan: Plan, placed: Placed, number: int, timing: Timing, occurrence: Occurrence,
    scene: Scene, off: DaysOff,
) -> Iterator[Reason]:  # fmt: skip
    rule = timing.rule
    when = placed.mark("when", number)
    period = occurrence.period
    yield Reason("says", {"rule": rule, "events": plan.events}, None, (), plan.file, when)
    yield Reason(
        "period", {"period": occurrence.id, "start": period.start, "end": period.end}, None, (), plan.file, when
    )
    for reason in _counted(rule, occurrence, off, scene.events):
        yield reason._replace(file=plan.file, mark=when)
    override = override_of(placed, timing, occurrence)
    days = days_of(placed, rule, occurrence, override, off.workdays)
    if override:
        mark = placed.mark("overrides", override_key(placed, obligation.period), key=True)
        facts = {"reason": override.reason, "letter": override.letter}
        yield Reason("cancelled" if override.cancel else "override", facts, override.deadline, (), plan.file, mark)
    elif obligation.cancelled is not None:
        yield Reason("cancelled", {"reason": obligation.cancelled, "letter": obligation.letter})
    if obligation.cancelled is not None:
        return
    if not override and occurrence.deadline and days.deadline != occurrence.deadline:
        mark = placed.mark("roll") if placed.activity.roll else placed.mark("duty")
        passed = _passed(occurrence.deadline, days.deadline, off)
        yield Reason("roll", {"roll": roll_of(placed)}, days.deadline, passed, plan.file, mark)
    if days.deadline:
        days = days._replace(opens=start_of(occurrence, days.deadline))
    yield from (_placed_holidays(reason, plan) for reason in _acted(rule, days, off, _law(placed)))
    if placed.activity.basis:
        yield Reason("basis", {"basis": placed.activity.basis}, None, (), plan.file, placed.mark("basis"))
    if days.review_by:
        yield Reason("review", {"rule": placed.review}, days.review_by, (), plan.file, placed.mark("review"))
    if obligation.known_by:
        yield Reason("known_by", {}, obligation.known_by)


def _counted(rule: Rule, occurrence: Occurrence, off: DaysOff, events: Mapping[str, Event]) -> Iterator[Reason]:
    for step in rule.steps(occurrence.anchor, off.workdays):
        yield Reason(
            step.key, _facts(step, occurrence, events), step.day or _last(step, occurrence), _skipped(step, off)
        )
    if rule.family == "receipt" and _was_paused(rule, occurrence, off):
        yield Reason("paused", {"at": occurrence.due_at}, occurrence.deadline)
    unit = getattr(rule, "unit", None)
    if unit in ("day", "workday") and getattr(rule, "count", None):
        yield Reason("law_days", {})
    elif unit == "month" and rule.begins_after:
        yield Reason("law_months", {})


def _was_paused(rule: Rule, occurrence: Occurrence, off: DaysOff) -> bool:
    due_at = getattr(rule, "due_at", None)
    moment = due_at(occurrence.anchor, off.workdays) if due_at else None
    return (rule.due(occurrence.anchor, off.workdays), moment) != (occurrence.deadline, occurrence.due_at)


def _facts(step: Step, occurrence: Occurrence, events: Mapping[str, Event]) -> Mapping[str, Any]:
    facts = dict(step.facts)
    if "event" in facts and facts["event"] in events:
        facts["event"] = events[facts["event"]].name
    if step.key == "week_of_month" and occurrence.deadline:
        week = occurrence.deadline.day // 7
        facts |= {"week": week, "first": 7 * week - 6, "last": 7 * week}
    return facts


def _last(step: Step, occurrence: Occurrence) -> date | None:
    return occurrence.deadline if step.key == "week_of_month" else None


def _skipped(step: Step, off: DaysOff) -> tuple[tuple[date, tuple[Holiday, ...]], ...]:
    """The holidays that a count of working days, or a first or last working day, passed over."""
    if step.day is None:
        return ()
    if step.facts.get("unit") == "workday":
        anchor = step.facts["start"]  # itself never counted, so not passed over
        return _passed(anchor + DAY if anchor < step.day else anchor - DAY, step.day, off, weekends=False)
    if step.key == "first_workday":
        return _passed(step.facts["period"].start, step.day, off)
    if step.key == "last_workday":
        return _passed(step.day, step.facts["period"].end, off)
    return ()


def _passed(
    one: date, other: date | None, off: DaysOff, *, weekends: bool = True
) -> tuple[tuple[date, tuple[Holiday, ...]], ...]:
    """The days off from one day to the other, with who made them so."""
    if other is None:
        return ()
    start, end = sorted((one, other))
    days = (start + number * DAY for number in range((end - start).days + 1))
    return tuple(
        (day, tuple(off.why(day))) for day in days if day not in off.workdays and (weekends or day.weekday() < 5)
    )


def _law(placed: Placed) -> str | None:
    """The law that says what a day off at the end does; None where the plan's own `roll:` departs from it."""
    person = placed.activity.duty == "person"
    if roll_of(placed) != ("following" if person else "unadjusted"):
        return None
    return "law_person" if person else "law_office"


def _acted(rule: Rule, days: Days, off: DaysOff, law: str | None) -> Iterator[Reason]:
    if days.deadline is None or days.act_by is None:
        return
    if days.act_by != days.deadline:
        yield Reason("act_by", {}, days.act_by, _passed(days.act_by, days.deadline, off))
    elif days.deadline not in off.workdays:
        facts = {"opens": days.opens}
        yield Reason("no_workday", facts, days.deadline, _passed(days.opens or days.deadline, days.deadline, off))
    if law:
        yield Reason(law, {})


def _placed_holidays(reason: Reason, plan: Plan) -> Reason:
    """The reason with the line that added one of its days off, in the plan or in a file that it includes."""
    own = {row.date: number for number, (row, cancel) in enumerate(plan.holidays) if not cancel}
    for day, rows in reason.days_off:
        if day in own and any(row.kind == "plan" for row in rows):
            place = plan.places["holidays", own[day]]
            return reason._replace(file=place.file, mark=place.mark())
    return reason
