"""Plan x working days x what is known -> dated obligations. Bounds, overrides, roll, act_by and review_by: only here.

The **deadline** is the nominal last day, rolled by the activity's convention (by default not at all: an authority's
own duty ends on its last day even if that is a holiday, Administrative Procedure Act B.E. 2539 s.64).
**act_by** is the last working day on or before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from ustm_cli.dates.era import OFFSET
from ustm_cli.dates.fiscal import Period, fiscal_year, month_after, period_of
from ustm_cli.dates.workdays import Roll, Workdays
from ustm_cli.deadlines.base import NOTHING_KNOWN, Event, Happening, Known, Occurrence, Rule, Scene
from ustm_cli.deadlines.counting import day_of

if TYPE_CHECKING:
    # What is read of a plan is plain; its models load only where a file must be read.
    from ustm_cli.plan.load import Placed, Plan
    from ustm_cli.plan.model import Override, Timing

State = Literal["dated", "awaiting", "ongoing", "case"]


class Obligation(NamedTuple):
    """One activity in one period. Plain values only: it outlives the plan that it came from.

    `cancelled` is the reason why it is not to be done (an override, a meeting that is not held).
    """

    id: str
    activity: str
    period: str
    fiscal_year: int
    office: str
    province: str
    title: str
    group: str
    owner: str
    send_to: tuple[str, ...]
    follow_up: str
    state: State
    opens: date | None
    deadline: date | None
    act_by: date | None
    review_by: date | None
    known_by: date | None
    due_at: datetime | None
    cancelled: str | None
    letter: str | None
    steps: tuple[str, ...]
    file: str
    line: int


def expand(plan: Plan, workdays: Workdays, known: Known = NOTHING_KNOWN) -> Iterator[Obligation]:
    """Every obligation of the plan's year, activity by activity, each activity's by deadline."""
    year = fiscal_year(plan.fiscal_year)
    for placed in plan.activities:
        yield from expand_activity(plan, placed, year, workdays, known)


def expand_activity(
    plan: Plan, placed: Placed, year: Period, workdays: Workdays, known: Known = NOTHING_KNOWN
) -> list[Obligation]:
    scene = Scene(placed.id, year, workdays, known, plan.events)
    fixed = _Fixed.of(plan, placed, year)
    found: list[Obligation] = []
    for timing in placed.timings:
        occurrences = _in_year(placed, timing.rule, scene)
        if timing.rule.family in ("recurring", "dated") and not placed.activity.overrides:
            found += _undisturbed(fixed, placed.id, timing, occurrences)
        else:
            found += [_obligation(fixed, placed, timing, one, days, scene) for one, days in occurrences]
    return sorted(found, key=_order) if len(found) > 1 else found


def _order(item: Obligation) -> tuple[date, str]:
    return item.deadline or date.max, item.id


def _in_year(placed: Placed, rule: Rule, scene: Scene) -> Iterable[tuple[Occurrence, Days]]:
    """The occurrences within the activity's bounds, each with its days, no override being applied yet."""
    found: Iterable[tuple[Occurrence, Days]]
    if rule.family in ("recurring", "dated", "ongoing"):
        found = _days_in_year(rule, roll_of(placed), placed.review, scene.year, scene.workdays)
    else:
        found = ((one, days_of(placed, rule, one, None, scene.workdays)) for one in rule.occurrences(scene))
    if placed.activity.from_ is None and placed.activity.until is None:
        return found
    return (pair for pair in found if _within(placed, rule, pair[0]))


@lru_cache(maxsize=256)
def _days_in_year(
    rule: Rule, roll: Roll, review: Rule | None, year: Period, workdays: Workdays
) -> tuple[tuple[Occurrence, Days], ...]:
    """Of a rule that looks at nothing else: worked out once for all activities and plans that share it."""
    occurrences = rule.occurrences(Scene("", year, workdays))
    return tuple((one, _days(rule, roll, review, one, None, workdays)) for one in occurrences)


def _within(placed: Placed, rule: Rule, occurrence: Occurrence) -> bool:
    """Whether the period's first day lies in from..until; a bar without end is cut by them instead (`_opens`)."""
    start, end = placed.activity.from_, placed.activity.until
    if rule.family == "ongoing":
        return not (start and start > occurrence.period.end) and not (end and end < occurrence.period.start)
    first = occurrence.period.start
    return (start is None or start <= first) and (end is None or first <= end)


class Days(NamedTuple):
    """The days of one occurrence after everything has been applied."""

    opens: date | None
    deadline: date | None
    act_by: date | None
    review_by: date | None


def days_of(placed: Placed, rule: Rule, occurrence: Occurrence, override: Override | None, workdays: Workdays) -> Days:
    return _days(rule, roll_of(placed), placed.review, occurrence, override, workdays)


def _days(
    rule: Rule,
    roll: Roll,
    review: Rule | None,
    occurrence: Occurrence,
    override: Override | None,
    workdays: Workdays,
) -> Days:
    deadline, opens = occurrence.deadline, occurrence.opens
    if override and override.deadline:
        deadline = override.deadline
    elif deadline:
        deadline = _rolled(rule, roll, opens, deadline, workdays)
    if deadline is None:
        return Days(opens, None, None, None)
    act_by = act_by_of(rule, opens, deadline, workdays)
    return Days(opens, deadline, act_by, _review_by(review, occurrence, deadline, workdays))


def _rolled(rule: Rule, roll: Roll, opens: date | None, deadline: date, workdays: Workdays) -> date:
    """The deadline by the activity's convention; never rolled to before a duty can begin."""
    rolled = workdays.roll(deadline, roll)
    return deadline if rule.begins_after and opens is not None and rolled < opens else rolled


def act_by_of(rule: Rule, opens: date | None, deadline: date, workdays: Workdays) -> date:
    """The last working day on or before the deadline; of a duty that could not begin by then, the deadline."""
    act_by = workdays.on_or_before(deadline)
    if rule.begins_after and opens is not None and act_by < opens:
        return deadline
    return act_by


def roll_of(placed: Placed) -> Roll:
    return placed.activity.roll or ("following" if placed.activity.duty == "person" else "unadjusted")


def _review_by(review: Rule | None, occurrence: Occurrence, deadline: date, workdays: Workdays) -> date | None:
    if review is None:
        return None
    day = review.due(deadline if review.family == "lead" else occurrence.anchor, workdays)
    return workdays.on_or_before(day) if day else None


def override_of(placed: Placed, timing: Timing, occurrence: Occurrence) -> Override | None:
    return placed.activity.overrides.get(period_id(timing, occurrence))


def period_id(timing: Timing, occurrence: Occurrence) -> str:
    return f"{occurrence.id}.{timing.key}" if timing.key else occurrence.id


class _Fixed(NamedTuple):
    """What all obligations of an activity have in common, in the order of `Obligation`'s fields around the dates."""

    before: tuple[int, str, str, str, str, str, tuple[str, ...], str]
    after: tuple[tuple[str, ...], str, int]

    @classmethod
    def of(cls, plan: Plan, placed: Placed, year: Period) -> _Fixed:
        activity = placed.activity
        return cls(
            before=(
                year.end.year + OFFSET,
                plan.body.office or "",
                plan.province,
                activity.title,
                placed.group.title,
                placed.owner,
                tuple(activity.send_to),
                activity.follow_up or "",
            ),
            after=(tuple(activity.steps), plan.file, placed.line),
        )


def _undisturbed(
    fixed: _Fixed, id: str, timing: Timing, occurrences: Iterable[tuple[Occurrence, Days]]
) -> list[Obligation]:
    """What `_obligation` gives where no override, event, letter or clock has a say: nearly all of a country's."""
    key = f".{timing.key}" if timing.key else ""
    before, after = fixed
    nothing = (None, None, None, None)
    return [
        Obligation._make((f"{id}@{one.id}{key}", id, f"{one.id}{key}", *before, "dated", *days, *nothing, *after))
        for one, days in occurrences
    ]


def _obligation(
    fixed: _Fixed, placed: Placed, timing: Timing, occurrence: Occurrence, days: Days, scene: Scene
) -> Obligation:
    activity, rule = placed.activity, timing.rule
    period = period_id(timing, occurrence)
    override = activity.overrides.get(period) if activity.overrides else None
    if override and override.deadline:
        days = days_of(placed, rule, occurrence, override, scene.workdays)
    opens, deadline, act_by, review_by = days
    state = _state(rule, deadline)
    cancelled, letter = _cancelled(override, occurrence)
    known = known_by(placed, rule, occurrence, scene) if state == "awaiting" else None
    # A day that was moved, by an override or a roll, is a day and no moment any more.
    due_at = occurrence.due_at if deadline == occurrence.deadline else None
    if state == "ongoing":
        opens = _opens(placed, days)
    dates = (opens, deadline, act_by, review_by, known, due_at)
    return Obligation._make(
        (f"{activity.id}@{period}", activity.id, period, *fixed.before, state, *dates, cancelled, letter, *fixed.after)
    )


def _state(rule: Rule, deadline: date | None) -> State:
    if rule.family == "receipt":
        return "case"
    if rule.family == "ongoing":
        return "ongoing"
    return "dated" if deadline else "awaiting"


def _opens(placed: Placed, days: Days) -> date | None:
    """A bar begins with the year, or where its activity does."""
    if days.opens and placed.activity.from_:
        return max(days.opens, placed.activity.from_)
    return days.opens


def _cancelled(override: Override | None, occurrence: Occurrence) -> tuple[str | None, str | None]:
    if override and override.cancel:
        return override.reason or "", override.letter
    happening = occurrence.anchor
    if isinstance(happening, Happening):
        return happening.cancelled, (override and override.letter) or happening.letter
    return None, override.letter if override else None


# ---- what is not yet known


def known_by(placed: Placed, rule: Rule, occurrence: Occurrence, scene: Scene) -> date | None:
    """The day by which the date should be known: act_by, or review_by if earlier, if the event fell as expected."""
    if rule.family == "notified":
        about = getattr(rule, "about", None)
        return _first_workday(about, scene.workdays) if about else None
    event = scene.events.get(getattr(rule, "event", ""))
    supposed = Happening(on=_supposed(event, occurrence, scene.workdays))
    deadline = rule.due(supposed, scene.workdays)
    if deadline is None:
        return None
    as_if = occurrence._replace(
        anchor=supposed, deadline=deadline, opens=_opens_if(rule, supposed, occurrence, deadline)
    )
    days = days_of(placed, rule, as_if, None, scene.workdays)
    return min(day for day in (days.act_by, days.review_by) if day)


def _first_workday(month_id: str, workdays: Workdays) -> date:
    year, number = month_id.split("-")
    first = date(int(year) - OFFSET, int(number), 1)
    return workdays.first(first, month_after(first, 0).end) or first


def _opens_if(rule: Rule, supposed: Happening, occurrence: Occurrence, deadline: date) -> date | None:
    if supposed.on and rule.begins_after:
        return date.fromordinal(supposed.on.toordinal() + 1)
    return occurrence.opens or deadline


def _supposed(event: Event | None, occurrence: Occurrence, workdays: Workdays) -> date:
    """The expected day, else the first working day of the month known or expected, else of the period."""
    period = occurrence.period
    told = getattr(occurrence.anchor, "month", None)
    if isinstance(told, Period):
        return workdays.first(told.start, told.end) or told.start
    expected = event.expected if event else None
    # A yearly event may be expected after the year it belongs to; a monthly one's day tells nothing of other months.
    anywhere = event is not None and event.every in ("year", "once")
    if isinstance(expected, Period):
        expected = expected if anywhere or expected.start in period else None
    elif isinstance(expected, int):
        months = (month_after(period.start, number) for number in range(12))
        expected = next((month for month in months if month.start.month == expected and month.start in period), None)
    elif isinstance(expected, tuple):
        return day_of(period.start.year, period.start.month, expected[1])
    elif isinstance(expected, date) and (anywhere or expected in period):
        return expected
    window = expected if isinstance(expected, Period) else period
    return workdays.first(window.start, window.end) or window.start


def collect(obligations: Iterable[Obligation]) -> Mapping[str, Obligation]:
    return {obligation.id: obligation for obligation in obligations}


__all__ = ["Days", "Obligation", "act_by_of", "days_of", "expand", "expand_activity", "known_by", "period_of"]
