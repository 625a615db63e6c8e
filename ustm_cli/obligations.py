"""Plan x working days x what is known -> dated obligations. Bounds, overrides, roll, act_by and review_by: only here.

The **deadline** is the nominal last day, rolled by the activity's convention (by default not at all: an authority's
own duty ends on its last day even if that is a holiday, Administrative Procedure Act B.E. 2539 s.64).
**act_by** is the last working day on or before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ustm_cli.dates.era import OFFSET
from ustm_cli.dates.fiscal import DAY, Period, fiscal_year, month_after, period_of
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

    `cancelled` is the reason why it is not to be done (an override, a meeting that is not held); `closes` the last day
    of a bar, which is never due.
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
    closes: date | None
    cancelled: str | None
    letter: str | None
    steps: tuple[str, ...]
    file: str
    line: int


def expand(plan: Plan, workdays: Workdays, known: Known = NOTHING_KNOWN) -> Iterator[Obligation]:
    """Every obligation of the plan's year, activity by activity, each activity's by deadline."""
    scene = Scene("", fiscal_year(plan.fiscal_year), workdays, known, plan.events)
    for placed in plan.activities:
        yield from _of_activity(plan, placed, scene)


def expand_activity(
    plan: Plan, placed: Placed, year: Period, workdays: Workdays, known: Known = NOTHING_KNOWN
) -> list[Obligation]:
    return _of_activity(plan, placed, Scene("", year, workdays, known, plan.events))


def _of_activity(plan: Plan, placed: Placed, scene: Scene) -> list[Obligation]:
    id, timings = placed.id, placed.timings
    before, after = _fixed(plan, placed, scene.year)
    found: list[Obligation] = []
    for timing in timings:
        key = f".{timing.key}" if timing.key else ""
        found += [
            _as_obligation((f"{id}@{one.id}{key}", id, f"{one.id}{key}", *before, *dated, *after))
            for one, dated in _in_year(placed, timing, scene)
        ]
    in_order = len(timings) == 1 and not timings[0].key and not placed.activity.overrides
    return found if in_order else sorted(found, key=_order)


def _order(item: Obligation) -> tuple[date, str]:
    return item.deadline or date.max, item.id


# Without a second look at how many fields there are: a country has millions.
_as_obligation: Callable[[tuple[Any, ...]], Obligation] = partial(tuple.__new__, Obligation)  # pyright: ignore[reportUnknownMemberType]


def _fixed(plan: Plan, placed: Placed, year: Period) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What all obligations of an activity have in common: the fields before those of `Dated`, and those after."""
    activity = placed.activity
    before = (
        year.end.year + OFFSET,
        plan.body.office or "",
        plan.province,
        activity.title,
        placed.group.title,
        placed.owner,
        tuple(activity.send_to),
        activity.follow_up or "",
    )
    return before, (tuple(activity.steps), plan.file, placed.line)


# ---- the days of a rule's occurrences


class Dated(NamedTuple):
    """The fields of an obligation that come from its rule, in their order."""

    state: State
    opens: date | None
    deadline: date | None
    act_by: date | None
    review_by: date | None
    known_by: date | None
    due_at: datetime | None
    closes: date | None
    cancelled: str | None
    letter: str | None


class Terms(NamedTuple):
    """A rule, and what else an activity says of its days."""

    rule: Rule
    roll: Roll
    review: Rule | None


Occurring = tuple[Occurrence, Dated]


def _in_year(placed: Placed, timing: Timing, scene: Scene) -> Iterable[Occurring]:
    """The occurrences within the activity's bounds, overrides being applied."""
    activity = placed.activity
    terms = Terms(timing.rule, roll_of(placed), placed.review)
    found = _by_rule(terms, placed, scene._replace(key=timing.key) if timing.key else scene)
    if activity.overrides:
        found = [(one, _overridden(placed, timing, terms, one, dated, scene)) for one, dated in found]
    if activity.from_ or activity.until:
        found = [(one, _cut(placed, dated)) for one, dated in found if _within(placed, timing.rule, one)]
    return found


def _overridden(
    placed: Placed, timing: Timing, terms: Terms, occurrence: Occurrence, dated: Dated, scene: Scene
) -> Dated:
    override = override_of(placed, timing, occurrence)
    return _dated(terms, occurrence, override, scene) if override else dated


def _cut(placed: Placed, dated: Dated) -> Dated:
    """A bar begins and ends with the year, or where its activity does."""
    opens, closes = dated.opens, dated.closes
    if opens and closes:
        start, end = placed.activity.from_ or opens, placed.activity.until or closes
        return dated._replace(opens=max(opens, start), closes=min(closes, end))
    return dated


def _by_rule(terms: Terms, placed: Placed, scene: Scene) -> Sequence[Occurring]:
    """Those of the rule by itself, by deadline."""
    match terms.rule.family:
        case "receipt" | "notified":
            return _dated_all(terms, scene._replace(activity=placed.id))
        case "event":
            event: str = getattr(terms.rule, "event")  # noqa: B009 (a field of this family)
            told = tuple(scene.known.events.get(event, {}).items())
            return _shared(terms, scene.year, scene.workdays, event, scene.events.get(event), told)
        case _:
            return _shared(terms, scene.year, scene.workdays)


@lru_cache(maxsize=1024)
def _shared(
    terms: Terms,
    year: Period,
    workdays: Workdays,
    name: str = "",
    event: Event | None = None,
    told: tuple[tuple[str, tuple[Happening, ...]], ...] = (),
) -> Sequence[Occurring]:
    """Of a rule that looks at no more than this: worked out once for all activities and plans that share it."""
    events = {name: event} if event else {}
    return _dated_all(terms, Scene("", year, workdays, Known(events={name: dict(told)}), events))


def _dated_all(terms: Terms, scene: Scene) -> Sequence[Occurring]:
    found = [(one, _dated(terms, one, None, scene)) for one in terms.rule.occurrences(scene)]
    return sorted(found, key=lambda pair: (pair[1].deadline or date.max, pair[0].id))


def _dated(terms: Terms, occurrence: Occurrence, override: Override | None, scene: Scene) -> Dated:
    days = _days(terms, occurrence, override, scene.workdays)
    state = _state(terms.rule, days.deadline)
    known = known_by(terms, occurrence, scene) if state == "awaiting" else None
    # A day that was moved, by an override or a roll, is a day and no moment any more.
    due_at = occurrence.due_at if days.deadline == occurrence.deadline else None
    closes = occurrence.period.end if state == "ongoing" else None
    return Dated(state, *days, known, due_at, closes, *_cancelled(override, occurrence))


def _within(placed: Placed, rule: Rule, occurrence: Occurrence) -> bool:
    """Whether the period's first day lies in from..until; a bar is cut by them instead (`_cut`)."""
    if rule.family == "ongoing":
        start, end = placed.activity.from_, placed.activity.until
        return not (start and start > occurrence.period.end) and not (end and end < occurrence.period.start)
    return allows(placed, occurrence.period.start)


def allows(placed: Placed, first: date) -> bool:
    """Whether a period's first day (of a case the day of receipt) lies in the activity's from..until."""
    start, end = placed.activity.from_, placed.activity.until
    return (start is None or start <= first) and (end is None or first <= end)


class Days(NamedTuple):
    """The days of one occurrence after everything has been applied."""

    opens: date | None
    deadline: date | None
    act_by: date | None
    review_by: date | None


def days_of(placed: Placed, rule: Rule, occurrence: Occurrence, override: Override | None, workdays: Workdays) -> Days:
    return _days(Terms(rule, roll_of(placed), placed.review), occurrence, override, workdays)


def _days(terms: Terms, occurrence: Occurrence, override: Override | None, workdays: Workdays) -> Days:
    rule, roll, review = terms
    deadline, opens = occurrence.deadline, occurrence.opens
    if override and override.deadline:
        deadline = override.deadline
    elif deadline:
        deadline = _rolled(rule, roll, start_of(occurrence, deadline), deadline, workdays)
    if deadline is None:
        return Days(opens, None, None, None)
    act_by = act_by_of(rule, start_of(occurrence, deadline), deadline, workdays)
    return Days(opens, deadline, act_by, _review_by(review, occurrence, deadline, workdays))


def start_of(occurrence: Occurrence, deadline: date) -> date | None:
    """The first day for its work: the day it opens; of a case that was paused in time, the day on which it went on."""
    resumed = occurrence.resumed
    return resumed if resumed and resumed <= deadline else occurrence.opens


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
    return placed.activity.overrides.get(override_key(placed, period_id(timing, occurrence)))


# No other period is called so beside one that lacks the number: rules of one year have keys.
_FIRST_LETTER = re.compile(r"(FY\d{4})\.1(\..+)?")


def override_key(placed: Placed, period: str) -> str:
    """The key of `overrides` that a period goes by: its own, else a first letter by that of the awaited one."""
    match = None if period in placed.activity.overrides else _FIRST_LETTER.fullmatch(period)
    return f"{match[1]}{match[2] or ''}" if match else period


def period_id(timing: Timing, occurrence: Occurrence) -> str:
    return f"{occurrence.id}.{timing.key}" if timing.key else occurrence.id


def _state(rule: Rule, deadline: date | None) -> State:
    if rule.family == "receipt":
        return "case"
    if rule.family == "ongoing":
        return "ongoing"
    return "dated" if deadline else "awaiting"


def _cancelled(override: Override | None, occurrence: Occurrence) -> tuple[str | None, str | None]:
    if override and override.cancel:
        return override.reason or "", override.letter
    happening = occurrence.anchor
    if isinstance(happening, Happening):
        return happening.cancelled, (override and override.letter) or happening.letter
    return None, override.letter if override else None


# ---- what is not yet known


def known_by(terms: Terms, occurrence: Occurrence, scene: Scene) -> date | None:
    """The day by which the date should be known: act_by, or review_by if earlier, if the event fell as expected."""
    rule = terms.rule
    if rule.family == "notified":
        about = getattr(rule, "about", None)
        return _first_workday(about, scene.workdays) if about else None
    event = scene.events.get(getattr(rule, "event", ""))
    on = _supposed(event, occurrence, scene.workdays)
    supposed = Happening(on=on)
    deadline = rule.due(supposed, scene.workdays)
    if deadline is None:
        return None
    # Looked at only where the duty begins after the event.
    opens = on + DAY
    as_if = occurrence._replace(anchor=supposed, deadline=deadline, opens=opens)
    days = _days(terms, as_if, None, scene.workdays)
    return min(day for day in (days.act_by, days.review_by) if day)


def _first_workday(month_id: str, workdays: Workdays) -> date:
    year, number = month_id.split("-")
    first = date(int(year) - OFFSET, int(number), 1)
    return workdays.first(first, month_after(first, 0).end) or first


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


__all__ = [
    "Days", "Obligation", "act_by_of", "allows", "days_of", "expand", "expand_activity", "known_by", "period_of",
    "start_of",
]  # fmt: skip
