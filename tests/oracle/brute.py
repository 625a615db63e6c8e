"""A second engine, written from docs/deadlines.md alone: slow, day by day, and sharing no code with the package.

Every kind of rule is a question that is put to one day after another: is this day the deadline of this period?
A rule here is its mapping spelling; a day off is a member of a set; nothing is computed that can be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

ONE = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SATURDAY = 5
NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
QUARTERS = {10: 1, 11: 1, 12: 1, 1: 2, 2: 2, 3: 2, 4: 3, 5: 3, 6: 3, 7: 4, 8: 4, 9: 4}
# No phrase reaches further; a search that does has no answer.
FURTHEST = 4000

Off = Collection[date]
Rule = Mapping[str, Any]


class Due(NamedTuple):
    period: str
    opens: date | None
    deadline: date
    act_by: date


class Span(NamedTuple):
    """A period: its name and all its days."""

    id: str
    days: tuple[date, ...]


# ---- what a day is


def working(day: date, off: Off) -> bool:
    return day.weekday() < SATURDAY and day not in off


def fiscal_year(day: date) -> int:
    """B.E.; a fiscal year begins in October of the year before."""
    return day.year + 543 + (1 if day.month in {10, 11, 12} else 0)


def month_name(day: date) -> str:
    return f"{day.year + 543}-{day.month:02d}"


def quarter_name(day: date) -> str:
    return f"{fiscal_year(day)}-Q{QUARTERS[day.month]}"


def week_name(day: date) -> str:
    """ISO 8601: a week belongs to the year of its Thursday, and is as many weeks old as that has Thursdays before."""
    thursday = day + (3 - day.weekday()) * ONE
    number = 1
    while (thursday - number * 7 * ONE).year == thursday.year:
        number += 1
    return f"{thursday.year + 543}-W{number:02d}"


def year_name(day: date) -> str:
    return f"FY{fiscal_year(day)}"


NAME_OF: dict[str, Callable[[date], str]] = {
    "week": week_name,
    "month": month_name,
    "quarter": quarter_name,
    "year": year_name,
}


@lru_cache(maxsize=64)
def spans(every: str, first: date, last: date) -> tuple[Span, ...]:
    """The periods that lie whole in first..last: days with one name belong together."""
    name_of = NAME_OF[every]
    groups: list[tuple[str, list[date]]] = []
    day = first
    while day <= last:
        name = name_of(day)
        if not groups or groups[-1][0] != name:
            groups.append((name, []))
        groups[-1][1].append(day)
        day += ONE
    return tuple(Span(name, tuple(days)) for name, days in groups[1:-1])


def is_last_of_month(day: date) -> bool:
    return (day + ONE).month != day.month


def month_number(day: date) -> int:
    """Months since the year 0, to tell how far apart two months are."""
    return day.year * 12 + day.month


def is_day_or_last(day: date, number: int) -> bool:
    """Day `number` of its month, or the last of a month that has no such day."""
    return day.day == number or (is_last_of_month(day) and day.day < number)


# ---- counting from a day


def first_that(start: date, step: int, question: Callable[[date], bool]) -> date:
    day = start
    for _ in range(FURTHEST):
        if question(day):
            return day
        day += step * ONE
    raise AssertionError("no such day")


def counted(start: date, count: int, unit: str, off: Off, step: int) -> date:
    """The `count`th day, or working day, on from `start` (or back, by step -1), itself not counted."""
    passed = 0

    def question(day: date) -> bool:
        nonlocal passed
        passed += 1 if unit == "day" or working(day, off) else 0
        return passed == count

    return first_that(start + step * ONE, step, question)


def months_after(start: date, count: int) -> date:
    """s.193/5: from the next day to the day before the corresponding one, or the last of a month that has none."""
    begins = start + ONE

    def question(day: date) -> bool:
        next_day = day + ONE
        if month_number(next_day) - month_number(begins) == count and next_day.day == begins.day:
            return True
        in_that_month = month_number(day) - month_number(begins) == count
        return in_that_month and is_last_of_month(day) and day.day < begins.day

    return first_that(start, 1, question)


def after(start: date, rule: Rule, off: Off) -> date:
    unit = rule.get("unit", "day")
    if unit == "month":
        return months_after(start, rule["count"])
    return counted(start, rule["count"], unit, off, 1)


def before(end: date, rule: Rule, off: Off) -> date:
    """Not less than n: n whole days, or working days, lie between."""
    unit = rule.get("unit", "day")
    if unit == "month":

        def question(day: date) -> bool:
            return month_number(end) - month_number(day) == rule["count"] and is_day_or_last(day, end.day)

        return first_that(end, -1, question) - (ONE if rule.get("clear") else 0 * ONE)
    return counted(end, rule["count"] + (1 if rule.get("clear") else 0), unit, off, -1)


# ---- rules with a period: (opens, deadline) of each


def which_month(span: Span, which: str) -> Callable[[date], bool]:
    """Whether a day lies in the month of (or after) the period that the rule means."""
    first, last = span.days[0], span.days[-1]
    wanted = {
        "same": month_number(first),
        "first": month_number(first),
        "second": month_number(first) + 1,
        "last": month_number(last),
        "following": month_number(last) + 1,
    }[which]
    return lambda day: month_number(day) == wanted


def day_of_month(rule: Rule, span: Span, off: Off) -> tuple[date, date]:
    which = rule.get("month", "same")
    in_month = which_month(span, which)
    deadline = first_that(span.days[0], 1, lambda day: in_month(day) and is_day_or_last(day, rule["day"]))
    return (span.days[-1] + ONE if which == "following" else span.days[0]), deadline


def month_of_period(rule: Rule, span: Span, off: Off) -> tuple[date, date]:
    in_month = which_month(span, rule["month"])
    opens = first_that(span.days[0], 1, in_month)
    return opens, first_that(opens, 1, lambda day: in_month(day) and is_last_of_month(day))


def after_period_end(rule: Rule, span: Span, off: Off) -> tuple[date, date]:
    return span.days[-1] + ONE, after(span.days[-1], rule, off)


def period_edge(rule: Rule, span: Span, off: Off) -> tuple[date, date] | None:
    days = [day for day in span.days if working(day, off)] if rule.get("working") else list(span.days)
    if not days:
        return None
    return span.days[0], days[0 if rule["rule"] == "period_start" else -1]


def whole_period(rule: Rule, span: Span, off: Off) -> tuple[date, date]:
    return span.days[0], span.days[-1]


def weekly(rule: Rule, span: Span, off: Off) -> tuple[date, date] | None:
    on = rule["on"]
    if on in NAMES:
        days = [day for day in span.days if NAMES[day.weekday()] == on]
    else:
        days = [day for day in span.days if working(day, off)]
    if not days:
        return None
    return span.days[0], days[-1 if on == "last_workday" else 0]


def nth_weekday(rule: Rule, span: Span, off: Off) -> tuple[date, date]:
    days = [day for day in span.days if NAMES[day.weekday()] == rule["weekday"]]
    return span.days[0], days[-1] if rule["nth"] == -1 else days[rule["nth"] - 1]


Answer = tuple[date, date] | None
KINDS: dict[str, Callable[[Rule, Span, Off], Answer]] = {
    "day_of_month": day_of_month,
    "month_of_period": month_of_period,
    "after_period_end": after_period_end,
    "period_start": period_edge,
    "period_end": period_edge,
    "period": whole_period,
    "weekly": weekly,
    "nth_weekday": nth_weekday,
}
EVERY = {"weekly": "week", "nth_weekday": "month"}


def begins_after(rule: Rule) -> bool:
    """Whether the duty can only begin after something has happened."""
    return (
        rule["rule"] in {"after_period_end", "on_receipt"}
        or rule.get("month") == "following"
        or rule.get("side") == "after"
    )


def act_by(rule: Rule, opens: date | None, deadline: date, off: Off) -> date:
    """The last working day on or before the deadline; the deadline where the duty cannot have begun by then."""
    if begins_after(rule) and opens is not None and not any(working(day, off) for day in _days(opens, deadline)):
        return deadline
    return first_that(deadline, -1, lambda day: working(day, off))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE


def recurring(rule: Rule, off: Off, first_year: int, last_year: int) -> dict[int, list[Due]]:
    """All obligations by the fiscal year in which their deadline falls."""
    years: dict[int, list[Due]] = {year: [] for year in range(first_year, last_year + 1)}
    margin = 1 + FURTHEST // 365
    first, last = date(first_year - 544 - margin, 10, 1), date(last_year - 543 + 1, 9, 30)
    for period, opens, deadline in _occurrences(rule, off, first, last):
        year = fiscal_year(deadline)
        if year in years:
            years[year].append(Due(period, opens, deadline, act_by(rule, opens, deadline, off)))
    return years


def _occurrences(rule: Rule, off: Off, first: date, last: date) -> Iterator[tuple[str, date, date]]:
    kind = rule["rule"]
    if kind == "period" and rule["every"] == "workday":
        yield from ((_iso(day), day, day) for day in _days(first, last) if working(day, off))
    elif kind == "week_of_month":
        for span in spans("month", first, last):
            for week in rule["weeks"]:
                days = [day for day in span.days if 7 * week - 6 <= day.day <= 7 * week]
                name = f"{span.id}.w{week}" if len(rule["weeks"]) > 1 else span.id
                yield name, days[0], days[-1]
    elif kind == "in_months":
        for span in spans("month", first, last):
            if span.days[0].month in rule["months"]:
                yield span.id, span.days[0], span.days[-1]
    elif kind == "at_least":
        times = rule.get("times", 1)
        for span in spans(rule["every"], first, last):
            for time in range(1, times + 1):
                yield (f"{span.id}.{time}" if times > 1 else span.id), span.days[0], span.days[-1]
    elif kind == "rrule":
        yield from ((_iso(day), day, day) for day in _days(first, last) if rrule_says(rule, day))
    else:
        for span in spans(EVERY.get(kind) or rule["every"], first, last):
            answer = KINDS[kind](rule, span, off)
            if answer is not None:
                yield span.id, *answer


def _iso(day: date) -> str:
    return f"{day.year + 543}-{day.month:02d}-{day.day:02d}"


# ---- RFC 5545, the parts that are put to it here


def rrule_says(rule: Rule, day: date) -> bool:
    start: date = rule["start"]
    parts = dict(part.split("=") for part in rule["rrule"].split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    if day < start:
        return False
    match parts["FREQ"]:
        case "DAILY":
            return (day - start).days % interval == 0
        case "WEEKLY":
            mondays = [one - one.weekday() * ONE for one in (start, day)]
            due = (mondays[1] - mondays[0]).days // 7 % interval == 0
            return due and day.strftime("%a").upper()[:2] in parts["BYDAY"].split(",")
        case "MONTHLY":
            due = (month_number(day) - month_number(start)) % interval == 0
            return due and _is_that_day(day, parts)
        case _:
            due = (day.year - start.year) % interval == 0
            return due and str(day.month) in parts["BYMONTH"].split(",") and _is_that_day(day, parts)


def _is_that_day(day: date, parts: Mapping[str, str]) -> bool:
    if "BYMONTHDAY" in parts:
        wanted = int(parts["BYMONTHDAY"])
        left = sum(1 for _ in _days(day, first_that(day, 1, is_last_of_month)))
        return day.day == wanted or -left == wanted
    nth, name = int(parts["BYDAY"][:-2]), parts["BYDAY"][-2:]
    if day.strftime("%a").upper()[:2] != name:
        return False
    same = [
        one for one in _days(day.replace(day=1), first_that(day, 1, is_last_of_month)) if one.weekday() == day.weekday()
    ]
    return same.index(day) + 1 == nth or same.index(day) - len(same) == nth


# ---- rules on a happening


def on_event(rule: Rule, happened: date, span: Span, off: Off) -> Due:
    """The obligation of one event of one period."""
    if rule["rule"] == "in_month_of_event":
        in_month = [
            day for day in _days(happened - 31 * ONE, happened + 31 * ONE) if month_name(day) == month_name(happened)
        ]
        opens = in_month[0]
        deadline = first_that(opens, 1, lambda day: is_day_or_last(day, rule["day"]))
    elif rule["side"] == "after":
        opens, deadline = happened + ONE, after(happened, rule, off)
    else:
        deadline = before(happened, rule, off)
        opens = min(span.days[0], deadline)
    return Due(span.id, opens, deadline, act_by(rule, opens, deadline, off))


# ---- clocks


def on_receipt(rule: Rule, received: datetime, off: Off) -> tuple[date, datetime | None]:
    """The day, and for minutes and hours the moment."""
    unit, count = rule.get("unit", "day"), rule["count"]
    if unit not in {"minute", "hour"}:
        return (after(received.date(), rule, off) if count else received.date()), None
    left = count * (60 if unit == "hour" else 1)
    moment = received
    while left:
        if not rule.get("office_hours") or in_office(moment, off):
            left -= 1
        moment += MINUTE
    return moment.date(), moment


def in_office(moment: datetime, off: Off) -> bool:
    """08.30-16.30 of working days; the minute that begins at 16.30 is no longer in it."""
    return working(moment.date(), off) and (8, 30) <= (moment.hour, moment.minute) < (16, 30)
