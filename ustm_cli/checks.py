"""What a schema cannot say: faults and doubts of plans after they were expanded. Each check is one function."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from ustm_cli.dates.era import ENGLISH_WEEKDAYS, THAI_WEEKDAYS
from ustm_cli.dates.fiscal import DAY, Period, fiscal_year, fiscal_year_of
from ustm_cli.dates.holidays import DaysOff, scopes, table
from ustm_cli.deadlines.at_least import AtLeast
from ustm_cli.deadlines.base import NOTHING_KNOWN, Event, Happening, Known, Rule, Scene
from ustm_cli.deadlines.in_months import InMonths
from ustm_cli.deadlines.week_of_month import WeekOfMonth
from ustm_cli.obligations import Obligation, days_of, expand_activity, override_key, override_of, period_id
from ustm_cli.plan.findings import START, Both, Finding
from ustm_cli.plan.load import Placed, Plan
from ustm_cli.plan.model import Timing
from ustm_cli.plan.periods import Periods
from ustm_cli.plan.source import Map, mark_of
from ustm_cli.plan.whole import activity_nodes

UNDATED_DAYS = 30


@dataclass(frozen=True)
class Case:
    """One plan with all that its checks look at. `today` None: nothing that depends on the day is said."""

    plan: Plan
    off: DaysOff
    known: Known = NOTHING_KNOWN
    today: date | None = None
    obligations: Mapping[str, list[Obligation]] = field(default_factory=dict[str, list[Obligation]])

    @property
    def year(self) -> Period:
        return fiscal_year(self.plan.fiscal_year)

    def find(self, code: str, placed: Placed, *path: str | int, key: bool = False, **detail: Any) -> Finding:
        where = ".".join(map(str, (*placed.path, *path)))
        return Finding(code, self.plan.file, placed.mark(*path, key=key), where, detail)

    def find_shared(self, code: str, kind: str, which: str | int, *path: str, **detail: Any) -> Finding:
        """Of an event or a holiday, in the file in which it stands."""
        place = self.plan.places[kind, which]
        return Finding(code, place.file, place.mark(*path), _dots((*place.path, *path)), detail)

    def find_top(self, code: str, *path: str | int, **detail: Any) -> Finding:
        return Finding(code, self.plan.file, mark_of(self.plan.tree, path) if path else START, _dots(path), detail)


def _dots(path: Iterable[str | int]) -> str:
    return ".".join(map(str, path))


def check(plan: Plan, off: DaysOff, known: Known = NOTHING_KNOWN, today: date | None = None) -> list[Finding]:
    """All faults and doubts of one plan, those that it accepts marked so, sorted."""
    faults, whole = _faults(plan)
    if whole is None:
        return faults
    case = _expanded(whole, off, known, today)
    never = {fault.path for fault in faults if fault.code == "U303"}
    told = (finding for test in DOUBTS for finding in test(case))
    doubts = _accepted(whole, [one for one in told if one.path.removesuffix(".deadline") not in never])
    # What the plan accepts may be of an activity whose obligations have no names yet.
    faults += [
        one for one in doubts if len(whole.activities) == len(plan.activities) or not one.path.startswith("accepts.")
    ]
    return sorted(faults, key=lambda fault: fault.order)


def errors(plan: Plan) -> list[Finding]:
    """Of all that `check` finds only what keeps a plan from being used, sorted.

    Nothing of it hangs on the register, or on the day that is asked about.
    """
    return _faults(plan)[0]


def _faults(plan: Plan) -> tuple[list[Finding], Plan | None]:
    """The faults, and what of the plan can be expanded: the activities whose obligations have names, None for none."""
    shapes = [(placed, list(_shape(plan, placed))) for placed in plan.activities]
    faults = [*_uncovered(plan), *(fault for _, found in shapes for fault in found)]
    whole: Plan | None = None
    if not any(fault.code == "U304" for fault in faults):
        named = tuple(placed for placed, found in shapes if not any(one.code in ("U225", "U226") for one in found))
        whole = plan if len(named) == len(shapes) else replace(plan, activities=named)
        case = _expanded(whole, plan.days_off(), NOTHING_KNOWN, None)
        faults += [finding for test in ERRORS for finding in test(case)]
    return sorted(faults, key=lambda fault: fault.order), whole


def _expanded(plan: Plan, off: DaysOff, known: Known, today: date | None) -> Case:
    year = fiscal_year(plan.fiscal_year)
    obligations = {item.id: expand_activity(plan, item, year, off.workdays, known) for item in plan.activities}
    return Case(plan, off, known, today, obligations)


def _uncovered(plan: Plan) -> Iterator[Finding]:
    covers = table().covers
    if plan.fiscal_year not in covers:
        detail = {"year": plan.fiscal_year, "first": covers[0], "last": covers[-1]}
        yield Finding("U304", plan.file, mark_of(plan.tree, ("fiscal_year",)), "fiscal_year", detail)


# ---- faults of one activity, without looking at dates


def _shape(plan: Plan, placed: Placed) -> Iterator[Finding]:
    case = Case(plan, DaysOff.none())
    activity = placed.activity
    yield from _keys(case, placed)
    if activity.from_ and activity.until and activity.from_ > activity.until:
        yield case.find("U306", placed, "from")
    for period, override in activity.overrides.items():
        if (override.deadline is None) != override.cancel:
            yield case.find("U310", placed, "overrides", period, key=True)
        if override.cancel and not override.reason:
            yield case.find("U311", placed, "overrides", period, key=True)


def _keys(case: Case, placed: Placed) -> Iterator[Finding]:
    timings = placed.timings
    if len(timings) < 2:
        return
    seen: set[str] = set()
    for number, timing in enumerate(timings):
        others = [other for other in timings if other is not timing]
        if timing.key is None:
            if any(_may_collide(timing.rule, other, case.plan.events) for other in others):
                yield case.find("U225", placed, "when", number)
        elif timing.key in seen:
            yield case.find("U226", placed, "when", number, "key", key=True, value=timing.key)
        else:
            seen.add(timing.key)


def _may_collide(one: Rule, other: Timing, events: Mapping[str, Event]) -> bool:
    """Whether two rules could give the same period, be it in different years, or the key of the other make it so."""
    (kind, months, tails), (other_kind, other_months, other_tails) = _names(one, events), _names(other.rule, events)
    if other.key:
        other_tails |= {f"{tail}.{other.key}".removeprefix(".") for tail in other_tails}
    return kind == other_kind and not months.isdisjoint(other_months) and not tails.isdisjoint(other_tails)


EVERY_MONTH = frozenset(range(1, 13))
ALONE = frozenset({""})


def _names(rule: Rule, events: Mapping[str, Event]) -> tuple[str, frozenset[int], frozenset[str]]:
    """How a rule calls its obligations: by which kind of period, of which months, with what behind its name."""
    match rule:
        case InMonths():
            return "month", frozenset(rule.months), ALONE
        case WeekOfMonth():
            return "month", EVERY_MONTH, frozenset(f"w{week}" for week in rule.weeks) if rule.times > 1 else ALONE
        case AtLeast():
            return rule.every, EVERY_MONTH, _numbers(1, rule.times) if rule.times > 1 else ALONE
        case _:
            pass
    if rule.rule == "rrule" or getattr(rule, "every", None) == "workday":
        return "day", EVERY_MONTH, ALONE
    match rule.family:
        case "recurring":
            return getattr(rule, "every"), EVERY_MONTH, ALONE  # noqa: B009 (a field of some kinds, a fact of others)
        case "event":
            event = events.get(getattr(rule, "event", ""))
            every = event.every if event and event.every != "once" else "year"
            return every, EVERY_MONTH, ALONE | _numbers(2, MANY)
        case "receipt":
            return "case", EVERY_MONTH, ALONE
        case "notified":
            return "year", EVERY_MONTH, ALONE | _numbers(1, MANY)
        case _:
            return "year", EVERY_MONTH, ALONE


MANY = 100  # second meetings and letters of a period; no rule asks for more times


def _numbers(first: int, last: int) -> frozenset[str]:
    return frozenset(map(str, range(first, last + 1)))


# ---- checks of the expanded plan


def _nothing(case: Case) -> Iterator[Finding]:
    for placed in case.plan.activities:
        timed = [timing for timing in placed.timings if timing.rule.family != "receipt"]
        start, end = placed.activity.from_, placed.activity.until
        backwards = start is not None and end is not None and start > end
        if timed and not backwards and not case.obligations[placed.id]:
            yield case.find("U302", placed, "when", key=True, year=case.plan.fiscal_year)


def _overrides(case: Case) -> Iterator[Finding]:
    for placed in case.plan.activities:
        periods = [obligation.period for obligation in case.obligations[placed.id]]
        missing = [period for period in placed.activity.overrides if period not in periods]
        if not missing:
            continue
        ordinary, named = _whatever_is_off(case, placed), Periods(periods, case.plan.fiscal_year)
        for period in missing:
            if period not in ordinary and not _may_come(case, placed, period, periods):
                offer, known = named.near(period)
                finding = case.find("U303", placed, "overrides", period, key=True, value=period, known=known)
                yield replace(finding, offer=offer)


def _whatever_is_off(case: Case, placed: Placed) -> set[str]:
    """The periods of a year without holidays: a day off that is made known later takes some away."""
    return {item.period for item in expand_activity(case.plan, placed, case.year, DaysOff.none().workdays)}


# What stands behind a period's name when something has happened: a second meeting, a letter, a case.
_LATER = {"event": "[2-9]|[1-9][0-9]", "notified": "[1-9][0-9]*", "receipt": r"c[^@\s.]+"}


def _may_come(case: Case, placed: Placed, period: str, periods: Sequence[str]) -> bool:
    """Whether the register may make a period known that the plan alone has not."""
    for timing in placed.timings:
        key = f".{timing.key}" if timing.key else ""
        base, _, number = period.removesuffix(key).partition(".")
        known = base == case.year.id if timing.rule.family == "receipt" else base + key in periods
        if known and period.endswith(key) and re.fullmatch(_LATER.get(timing.rule.family, "(?!)"), number):
            return True
    return False


def _not_yet(case: Case) -> Iterator[Finding]:
    """Overrides of periods that nothing has made known, or that a day off has taken away."""
    for placed in case.plan.activities:
        if placed.activity.overrides:
            used = {override_key(placed, item.period) for item in case.obligations[placed.id]}
            for period in placed.activity.overrides:
                if period not in used:
                    yield case.find("U413", placed, "overrides", period, key=True, value=period, id=placed.id)


def _on_days_off(case: Case) -> Iterator[Finding]:
    for placed in case.plan.activities:
        rules = {
            f"{case.year.id}.{timing.key}" if timing.key else case.year.id: number
            for number, timing in enumerate(placed.timings)
            if timing.rule.family == "dated"
        }
        for item in case.obligations[placed.id] if rules else ():
            day = item.deadline
            if item.period in rules and day and item.cancelled is None and day not in case.off.workdays:
                moved = item.period in placed.activity.overrides
                place = ("overrides", item.period, "deadline") if moved else ("when", rules[item.period])
                yield case.find("U401", placed, *place, day=day, why=_why(case.off, day), act_by=item.act_by)


def _why(off: DaysOff, day: date) -> Both:
    rows = off.why(day)
    th = ", ".join(row.th for row in rows) or f"วัน{THAI_WEEKDAYS[day.weekday()]}"
    return Both(th, ", ".join(row.en for row in rows) or ENGLISH_WEEKDAYS[day.weekday()])


def _outside_year(case: Case) -> Iterator[Finding]:
    for finding in _days_elsewhere(case):
        yield replace(finding, offer=_in_the_year(case.plan, finding))


SLIP_YEARS = 10


def _in_the_year(plan: Plan, finding: Finding) -> str | None:
    """The same words in the plan's year, where they are of one far away, as a Gregorian year of two digits is."""
    from ustm_cli.plan.moving import moved, phrase

    years = plan.fiscal_year - fiscal_year_of(finding.detail["day"])
    line, start, end = finding.mark
    text = plan.lines[line - 1][start - 1 : end - 1]
    return moved(text, years, phrase) if abs(years) >= SLIP_YEARS and phrase(text) else None


def _days_elsewhere(case: Case) -> Iterator[Finding]:
    for placed in case.plan.activities:
        for number, timing in enumerate(placed.timings):
            if timing.rule.family == "dated":
                day = timing.rule.due(case.year, case.off.workdays)
                if day and day not in case.year:
                    yield case.find("U404", placed, "when", number, day=day, year=case.plan.fiscal_year)
        # What follows a meeting, a letter or a receipt lies where these do.
        of_year = any(timing.rule.family in ("recurring", "dated") for timing in placed.timings)
        for period, override in placed.activity.overrides.items():
            day = override.deadline
            if of_year and day and day not in case.year:
                place = ("overrides", period, "deadline")
                yield case.find("U404", placed, *place, day=day, year=case.plan.fiscal_year)
    for event, day in expected_elsewhere(case.plan):
        # A file of shared events may serve plans of other years.
        if case.plan.places["events", event].file == case.plan.file:
            yield case.find_shared("U404", "events", event, "expected", day=day, year=case.plan.fiscal_year)


def expected_elsewhere(plan: Plan) -> Iterator[tuple[str, date]]:
    """(id, day) of the events that are expected on a day, or in a month, outside the plan's year."""
    year = fiscal_year(plan.fiscal_year)
    for event in plan.events.values():
        day = event.expected.start if isinstance(event.expected, Period) else event.expected
        if isinstance(day, date) and day not in year:
            yield event.id, day


def _late_reviews(case: Case) -> Iterator[Finding]:
    for placed in case.plan.activities:
        review = placed.review
        if review is None or review.family == "lead":
            continue
        for timing in placed.timings:
            late = _first_late(review, timing.rule, placed, case)
            if late is not None:
                yield case.find("U402", placed, "review", when=late)
                break
        yield from _before_review(case, placed)


def _before_review(case: Case, placed: Placed) -> Iterator[Finding]:
    """Overrides that put the deadline before the day of its review."""
    for item in case.obligations[placed.id]:
        key = override_key(placed, item.period)
        early = item.deadline and item.review_by and item.deadline < item.review_by
        if early and key in placed.activity.overrides and placed.activity.overrides[key].deadline:
            yield case.find("U402", placed, "overrides", key, "deadline", when=f" ({item.period})")


def _first_late(review: Rule, rule: Rule, placed: Placed, case: Case) -> str | None:
    """The first period (or event day) in which the review comes after the deadline, as words; None where none does.

    Decided on the rules: an event is tried on every day of the year.
    """
    workdays = case.off.workdays
    anchors: Iterable[tuple[str, Any]]
    days = [case.year.start + number * DAY for number in range((case.year.end - case.year.start).days + 1)]
    if rule.family == "event":
        anchors = (("", Happening(on=day)) for day in days)
    elif rule.family == "receipt":
        anchors = (("", datetime.combine(day, time(9))) for day in days)
    else:
        scene = Scene(placed.id, case.year, workdays, case.known, case.plan.events)
        anchors = ((occurrence.id, occurrence.anchor) for occurrence in rule.occurrences(scene))
    for id, anchor in anchors:
        due, reviewed = rule.due(anchor, workdays), review.due(anchor, workdays)
        if due and reviewed and reviewed > due:
            return f" ({id})" if id else ""
    return None


def _early_reviews(case: Case) -> Iterator[Finding]:
    for placed in case.plan.activities:
        early = [
            one
            for one in case.obligations[placed.id]
            if one.review_by and one.opens and one.review_by < one.opens and one.cancelled is None
        ]
        if early:
            first, count = early[0], len(early)
            yield case.find(
                "U403", placed, "review", review=first.review_by, opens=first.opens, period=first.period, count=count
            )


def _not_before(case: Case) -> Iterator[Finding]:
    """What is to be done before an event, and was rolled (or overridden) onto its day or past it."""
    for placed in case.plan.activities:
        scene = Scene(placed.id, case.year, case.off.workdays, case.known, case.plan.events)
        asked = {item.period for item in case.obligations[placed.id] if item.cancelled is None}
        for number, timing in enumerate(placed.timings):
            rule = timing.rule
            for occurrence in rule.occurrences(scene) if getattr(rule, "side", None) == "before" else ():
                override, on = override_of(placed, timing, occurrence), occurrence.anchor.on
                day = days_of(placed, rule, occurrence, override, case.off.workdays).deadline
                if on and day and day >= on and period_id(timing, occurrence) in asked:
                    event = case.plan.events[getattr(rule, "event", "")].name
                    yield case.find("U412", placed, "when", number, day=day, event=event, on=on)
                    break


def _not_reviewed(case: Case) -> Iterator[Finding]:
    if case.plan.fiscal_year not in table().reviewed:
        yield case.find_top("U405", "fiscal_year", year=case.plan.fiscal_year)
    regional = [
        row for row in table().rows if row.scope != "nation" and row.date in case.year and row.cancelled is None
    ]
    if case.plan.tree.get("province") is None and regional:
        yield case.find_top("U410", "fiscal_year", year=case.plan.fiscal_year)


def _beyond(case: Case) -> Iterator[Finding]:
    """Days in years whose days off nobody reviewed, or nobody knows: once a year for a rule, and for an override."""
    for placed in case.plan.activities:
        told: dict[tuple[int, tuple[str, ...]], None] = {}
        for item in case.obligations[placed.id]:
            place: tuple[str, ...] = ("when",)
            if (key := override_key(placed, item.period)) in placed.activity.overrides:
                place = ("overrides", key)
            told |= {(year, place): None for year in sorted(years_beyond(item))}
        for year, place in told:
            yield case.find(code_of_year(year), placed, *place, key=True, year=year)


def years_beyond(item: Obligation) -> set[int]:
    """The years after that of its plan, or outside the table, that an obligation's days lie in and nobody reviewed."""
    days = (item.deadline, item.act_by, item.review_by) if item.cancelled is None else ()
    years = {fiscal_year_of(day) for day in days if day} - table().reviewed
    return {year for year in years if year > item.fiscal_year or year not in table().covers}


def code_of_year(be_year: int) -> str:
    """What is to be said of a year that is not reviewed: that, or that the table has none of its days."""
    return "U405" if be_year in table().covers else "U411"


def beyond(plan: Plan, obligations: Iterable[Obligation]) -> set[int]:
    """`years_beyond` of obligations of a plan, those left out that it, or the activity, accepts."""
    found = {(item.activity, year) for item in obligations for year in years_beyond(item)}
    accepts = {placed.id: {*plan.body.accepts, *placed.activity.accepts} for placed in plan.activities if found}
    return {year for activity, year in found if code_of_year(year) not in accepts[activity]}


def _plan_holidays(case: Case) -> Iterator[Finding]:
    mine = scopes(case.plan.province)
    official = {row.date for row in table().rows if row.scope in mine and row.cancelled is None}
    seen: set[date] = set()
    for number, (row, cancel) in enumerate(case.plan.holidays):
        again = row.date in seen
        seen.add(row.date)
        if again:
            problem = Both("มีอยู่แล้วในรายการนี้", "stands in this list already")
        elif row.date.weekday() > 4 and row.date not in official:
            th, en = THAI_WEEKDAYS[row.date.weekday()], ENGLISH_WEEKDAYS[row.date.weekday()]
            problem = Both(f"เป็นวัน{th} ซึ่งหยุดอยู่ดี", f"is a {en}, which is off anyhow")
        elif cancel and row.date not in official:
            problem = Both("ไม่ได้เป็นวันหยุดอยู่แล้ว", "was no day off")
        elif not cancel and row.date in official:
            problem = Both("เป็นวันหยุดราชการอยู่แล้ว", "is a day off already")
        else:
            continue
        yield case.find_shared("U408", "holidays", number, day=row.date, problem=problem)


def _undated(case: Case) -> Iterator[Finding]:
    """Events that are still without a day when it will soon be needed; only on a day inside the plan's year."""
    if case.today is None or case.today not in case.year:
        return
    needed: dict[tuple[str, str], date] = {}
    for placed in case.plan.activities:
        for obligation in case.obligations[placed.id]:
            by = obligation.known_by
            if obligation.cancelled is None and by and by <= case.today + timedelta(UNDATED_DAYS):
                place = case.plan.event_of(placed, obligation.period)
                if place is not None:  # a letter is no event
                    needed[place] = min(by, needed.get(place, by))
    for (event, period), by in needed.items():
        detail = {"event": case.plan.events[event].name, "event_id": event, "period": period, "known_by": by}
        stands = case.plan.places["events", event]
        yield Finding("U406", stands.file, stands.mark(), f"events.{event}.{period}", detail)


def _unconfirmed(case: Case) -> Iterator[Finding]:
    """Dates that rollover moved from another year and nobody has confirmed."""
    for placed in case.plan.activities:
        if placed.activity.confirm is not None:
            yield case.find("U601", placed, "confirm", key=True, words=placed.activity.confirm)
    for event in case.plan.events:
        words = case.plan.places["events", event].node.get("confirm")
        if words is not None:
            yield case.find_shared("U601", "events", event, "confirm", words=words)


# Those whose findings are errors.
ERRORS: tuple[Callable[[Case], Iterator[Finding]], ...] = (_nothing, _overrides)
DOUBTS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    _not_yet,
    _on_days_off,
    _outside_year,
    _late_reviews,
    _early_reviews,
    _not_before,
    _not_reviewed,
    _beyond,
    _plan_holidays,
    _undated,
    _unconfirmed,
)


# ---- what the plan accepts


def _accepted(plan: Plan, doubts: Sequence[Finding]) -> Iterator[Finding]:
    scopes_: list[tuple[str, Mapping[str, str], Any]] = [("", plan.body.accepts, None)]
    scopes_ += [(_dots(placed.path) + ".", placed.activity.accepts, placed) for placed in plan.activities]
    used: set[tuple[str, str]] = set()
    reasons = {prefix: accepts for prefix, accepts, _ in scopes_ if accepts}
    for doubt in doubts:
        holder = _holder(doubt.path, reasons)
        reason = reasons.get(holder, {}).get(doubt.code) or reasons.get("", {}).get(doubt.code)
        if reason is None or doubt.severity == "error":
            yield doubt
        else:
            used |= {(holder, doubt.code), ("", doubt.code)}
            yield doubt.accepted(reason)
    for prefix, accepts, placed in scopes_:
        for code in accepts:
            # Whether an event is undated depends on the day, which periods there are on the register.
            if (prefix, code) not in used and code not in ("U406", "U413") and not code.startswith("U7"):
                at = (
                    placed.mark("accepts", code, key=True)
                    if placed
                    else mark_of(plan.tree, ("accepts", code), key=True)
                )
                yield Finding("U409", plan.file, at, f"{prefix}accepts.{code}", {"value": code})


def _holder(path: str, reasons: Mapping[str, object]) -> str:
    """The activity among `reasons` that a path leads into, "" where it leads into none."""
    steps = path.split(".")
    within = (".".join(steps[:count]) + "." for count in range(len(steps), 0, -1))
    return next((place for place in within if place in reasons), "")


# ---- several plans


def check_together(
    plans: Sequence[Plan], all_obligations: Mapping[str, Mapping[str, list[Obligation]]]
) -> Iterator[Finding]:
    """Faults between plans of one folder: an id used twice in a year, an obligation that stands in two years."""
    first: dict[tuple[str, int, str], str] = {}
    stands: dict[str, Plan] = {}
    for plan in sorted(plans, key=lambda plan: plan.fiscal_year):
        for node in _all_activities(plan):
            id = str(node.get("id", ""))
            place = (plan.file.rpartition("/")[0], plan.fiscal_year, id)
            at = mark_of(node, ("id",))
            if place in first:
                yield Finding("U301", plan.file, at, _dots((*node.path, "id")), {"id": id, "first": first[place]})
            elif id:
                first[place] = f"{plan.file}:{mark_of(node, ('id',), key=True).line}"
    by_folder: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        by_folder[plan.file.rpartition("/")[0]].append(plan)
    for group in by_folder.values():
        stands.clear()
        for plan in sorted(group, key=lambda plan: plan.fiscal_year):
            seen: set[str] = set()
            for placed in plan.activities:
                # The obligations of an id are those of all activities that bear it.
                if placed.id not in seen:
                    seen.add(placed.id)
                    own = all_obligations.get(plan.file, {}).get(placed.id, [])
                    yield from _in_two_years(plan, placed, own, stands)


def needed_first(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of an undated event that plans share only the first day by which one that does not accept it needs it."""
    undated: dict[tuple[object, str], Finding] = {}
    for one in findings:
        if one.code == "U406":
            place = (one.order, one.path)
            undated[place] = min(one, undated.get(place, one), key=_need)
        else:
            yield one
    yield from undated.values()


def _need(undated: Finding) -> tuple[bool, date]:
    return undated.severity == "info", undated.detail["known_by"]


def _all_activities(plan: Plan) -> list[Map]:
    """Those with a fault of their own too, in the order of the file."""
    nodes = {node.path: node for _, node in activity_nodes(plan.tree)} | {one.path: one.node for one in plan.activities}
    return sorted(nodes.values(), key=lambda node: node.mark.line)


def _in_two_years(
    plan: Plan, placed: Placed, obligations: list[Obligation], stands: dict[str, Plan]
) -> Iterator[Finding]:
    told = False
    for obligation in obligations:
        other = stands.setdefault(obligation.id, plan)
        if other.fiscal_year < plan.fiscal_year and not told:
            told = True
            detail = {"id": obligation.id, "year": other.fiscal_year, "other": plan.fiscal_year}
            yield Finding("U407", plan.file, placed.mark("when", key=True), _dots((*placed.path, "when")), detail)
