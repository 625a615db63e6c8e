"""The engine against a second one that was written from the documentation alone and goes day by day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import brute
import pytest
from compared import BRUTE, FACTOR, compared
from hypothesis import given, settings
from hypothesis import strategies as st

from ustm_cli.dates.era import format_be
from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Event, Happening, Known, Occurrence, Rule, Scene
from ustm_cli.obligations import act_by_of
from ustm_cli.plan.rules import rule_from_mapping

FIRST, LAST = 2540, 2580
YEARS = range(FIRST, LAST + 1)
BANGKOK = timezone(timedelta(hours=7))
EVENTS = {every: Event(every, f"เหตุการณ์ {every}", every) for every in ("month", "quarter", "year", "once")}  # type: ignore[arg-type]


def made_up_days_off() -> frozenset[date]:
    """Scattered days, long weekends, and closures that swallow whole weeks and leave no day to work in a window."""
    chance = random.Random(2564)
    first, last = date(FIRST - 556, 1, 1), date(LAST - 540, 12, 31)
    length = (last - first).days
    off = {first + timedelta(chance.randrange(length)) for _ in range(length // 20)}
    for _ in range(length // 200):
        start = first + timedelta(chance.randrange(length))
        off |= {start + timedelta(number) for number in range(chance.choice([3, 4, 7, 12, 35]))}
    return frozenset(off)


OFF = made_up_days_off()
WORKDAYS = Workdays(OFF)


def scene(be_year: int, known: Known | None = None) -> Scene:
    return Scene("a", fiscal_year(be_year), WORKDAYS, known or Known(), EVENTS)


def rule_of(spelled: dict[str, Any]) -> Rule:
    return rule_from_mapping({key: _written(value) for key, value in spelled.items()}, EVENTS, review=False)


def _written(value: Any) -> Any:
    return format_be(value, "iso") if isinstance(value, date) else value


def dues(rule: Rule, occurrences: Iterator[Occurrence] | Any) -> list[brute.Due]:
    return [
        brute.Due(one.id, one.opens, one.deadline, act_by_of(rule, one.opens, one.deadline, WORKDAYS))
        for one in occurrences
    ]


def differences(spelled: dict[str, Any]) -> list[str]:
    """Where the two engines differ, year by year (the first few)."""
    rule = rule_of(spelled)
    expected = brute.recurring(spelled, OFF, FIRST, LAST)
    found = []
    for year in YEARS:
        ours, theirs = dues(rule, rule.occurrences(scene(year))), expected[year]
        # Each with its first day, its deadline and its day to act by.
        compared(BRUTE, 3 * len(theirs))
        if ours != theirs:
            odd = sorted(set(ours) ^ set(theirs), key=lambda due: due.deadline)[:4]
            found.append(f"FY{year}: {odd or 'the order'}")
    return found[:3]


counts = st.one_of(st.integers(1, 12), st.integers(13, 100))
units = st.sampled_from(["day", "workday", "month"])
everies = st.sampled_from(["week", "month", "quarter", "year"])
named = st.sampled_from(brute.NAMES)
days_of_month = st.one_of(st.sampled_from([1, 2, 28, 29, 30, 31]), st.integers(1, 31))
whiches = [("month", "same"), ("month", "following")]
whiches += [("quarter", which) for which in ("first", "second", "last", "following")]
whiches += [("year", which) for which in ("first", "last", "following")]


def kind(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"rule": st.just(name), **fields})


def split(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A kind whose `every` and `month` go together."""
    pair = st.sampled_from(whiches)
    return st.tuples(pair, kind(name, **fields)).map(lambda both: both[1] | {"every": both[0][0], "month": both[0][1]})


AFTER = st.builds(
    lambda every, unit, count: {"rule": "after_period_end", "every": every, "unit": unit, "count": count},
    everies,
    units,
    counts,
).map(lambda rule: rule | {"count": min(rule["count"], 15)} if rule["unit"] == "month" else rule)
STARTS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
NTH_DAYS = st.builds("{}{}".format, st.sampled_from([1, 2, 3, 4, -1, -2]), st.sampled_from(["MO", "WE", "FR", "SU"]))
INTERVALS = st.integers(1, 7)
RRULES = st.one_of(
    st.builds("FREQ=DAILY;INTERVAL={}".format, st.integers(1, 40)),
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, INTERVALS, st.sampled_from(["MO", "TU,TH", "SU", "MO,FR"])),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYMONTHDAY={}".format, INTERVALS, st.sampled_from([1, 15, 28, -1, -28])),
    st.builds("FREQ=MONTHLY;INTERVAL={};BYDAY={}".format, INTERVALS, NTH_DAYS),
    st.builds("FREQ=YEARLY;INTERVAL={};BYMONTH=2,10;BYDAY={}".format, INTERVALS, NTH_DAYS),
    st.builds("FREQ=YEARLY;INTERVAL={};BYMONTH=3,9;BYMONTHDAY={}".format, INTERVALS, st.sampled_from([1, 30, -30])),
)

RECURRING = {
    "day_of_month": split("day_of_month", day=days_of_month),
    "month_of_period": split("month_of_period").filter(lambda rule: rule["month"] != "same"),
    "after_period_end": AFTER,
    "period_end": kind("period_end", every=everies),
    "period_start": kind("period_start", every=everies),
    "first_workday": kind(
        "period_start", every=st.sampled_from(["month", "quarter", "year"]), working=st.just(value=True)
    ),
    "last_workday": kind(
        "period_end", every=st.sampled_from(["month", "quarter", "year"]), working=st.just(value=True)
    ),
    "period": kind("period", every=st.one_of(everies, st.just("workday"))),
    "weekly": kind("weekly", on=st.one_of(st.sampled_from(["first_workday", "last_workday"]), named)),
    "nth_weekday": kind("nth_weekday", nth=st.sampled_from([1, 2, 3, 4, -1]), weekday=named),
    "week_of_month": kind("week_of_month", weeks=st.lists(st.integers(1, 4), min_size=1, unique=True).map(sorted)),
    "in_months": kind("in_months", months=st.lists(st.integers(1, 12), min_size=1, unique=True)),
    "at_least": kind("at_least", every=everies, times=st.integers(1, 9)),
    "rrule": kind("rrule", rrule=RRULES, start=STARTS),
}
EXAMPLES = {"after_period_end": 60, "day_of_month": 60, "rrule": 40, "period": 5, "period_end": 5, "period_start": 5}


@pytest.mark.parametrize("name", RECURRING)
def test_recurring_rules_are_what_a_day_by_day_count_gives(name: str) -> None:
    """Period, first day, deadline and day to act by of every obligation of 41 fiscal years, each in its own year."""

    @settings(max_examples=FACTOR * EXAMPLES.get(name, 25), derandomize=True, deadline=None, database=None)
    @given(RECURRING[name])
    def check(spelled: dict[str, Any]) -> None:
        assert differences(spelled) == []

    check()


EDGES = [
    {"rule": "day_of_month", "every": "month", "day": 31, "month": "following"},
    {"rule": "day_of_month", "every": "month", "day": 1, "month": "following"},
    {"rule": "after_period_end", "every": "month", "count": 1, "unit": "month"},
    {"rule": "after_period_end", "every": "week", "count": 1, "unit": "month"},
    {"rule": "after_period_end", "every": "month", "count": 1},
    {"rule": "after_period_end", "every": "year", "count": 12, "unit": "month"},
    {"rule": "after_period_end", "every": "year", "count": 800},
    {"rule": "weekly", "on": "first_workday"},
    {"rule": "period_end", "every": "month", "working": True},
]


@pytest.mark.parametrize("spelled", EDGES, ids=str)
def test_edges(spelled: dict[str, Any]) -> None:
    """The last days of months, weeks without work, and deadlines years after their period."""
    assert differences(spelled) == []


DATED = st.one_of(
    st.tuples(kind("on_date", date=st.dates(date(1996, 10, 1), date(2037, 9, 30)), by=st.booleans())),
    st.tuples(kind("date_range", quarter=st.integers(1, 4))),
    st.tuples(st.dates(date(1996, 10, 1), date(2037, 9, 1)), st.integers(0, 200)),
)


@settings(max_examples=FACTOR * 60, derandomize=True, deadline=None, database=None)
@given(DATED, st.sampled_from(YEARS))
def test_dated_rules_stand_in_the_plan_that_states_them(drawn: Any, year: int) -> None:
    """One obligation, named by the plan's year, whatever year its deadline lies in."""
    quarter_days = {n: [day for day in fiscal_days(year) if brute.QUARTERS[day.month] == n] for n in (1, 2, 3, 4)}
    if len(drawn) > 1:
        start, length = drawn
        opens, deadline = start, start + timedelta(length)
        spelled = {"rule": "date_range", "start": opens, "end": deadline}
    else:
        (spelled,) = drawn
        if "quarter" in spelled:
            opens, deadline = quarter_days[spelled["quarter"]][0], quarter_days[spelled["quarter"]][-1]
        else:
            deadline = spelled["date"]
            opens = deadline
            while spelled["by"] and brute.fiscal_year(opens - brute.ONE) == brute.fiscal_year(deadline):
                opens -= brute.ONE
    rule = rule_of(spelled)
    expected = brute.Due(f"FY{year}", opens, deadline, brute.act_by(spelled, opens, deadline, OFF))
    assert dues(rule, rule.occurrences(scene(year))) == [expected]
    compared(BRUTE, 3)


def fiscal_days(year: int) -> list[date]:
    first = date(year - 544, 10, 1)
    days = [first + timedelta(number) for number in range(366)]
    return [day for day in days if brute.fiscal_year(day) == year]


RELATIVE = st.one_of(
    kind("relative_to_event", event=st.sampled_from(list(EVENTS)), count=counts, unit=units, side=st.just("after")),
    kind(
        "relative_to_event",
        event=st.sampled_from(list(EVENTS)),
        count=counts,
        unit=units,
        side=st.just("before"),
        clear=st.booleans(),
    ),
    kind("in_month_of_event", event=st.sampled_from(list(EVENTS)), day=days_of_month),
)


@settings(max_examples=FACTOR * 250, derandomize=True, deadline=None, database=None)
@given(RELATIVE, st.sampled_from(YEARS), st.randoms(use_true_random=False))
def test_rules_on_events_are_what_a_day_by_day_count_gives(spelled: dict[str, Any], year: int, chance: Any) -> None:
    """Every period of the year has its event on some day, mostly in the period; none goes lost or to another year."""
    every = spelled["event"]
    first = date(year - 544, 10, 1)
    around = brute.spans("year" if every == "once" else every, first - timedelta(400), first + timedelta(800))
    spans = [span for span in around if brute.fiscal_year(span.days[0]) == year]
    days = {span.id: chance.choice(span.days) + timedelta(chance.choice([0, 0, 0, 3, -3, 40])) for span in spans}
    known = Known(events={every: {name: (Happening(on=day),) for name, day in days.items()}})
    rule = rule_of(spelled)
    expected = [brute.on_event(spelled, days[span.id], span, OFF) for span in spans]
    assert dues(rule, rule.occurrences(scene(year, known))) == expected
    compared(BRUTE, 3 * len(expected))


CLOCKS = st.one_of(
    kind("on_receipt", count=st.integers(0, 0)),
    kind("on_receipt", count=counts, unit=units),
    kind("on_receipt", count=st.integers(1, 3000), unit=st.just("minute"), office_hours=st.booleans()),
    kind("on_receipt", count=st.integers(1, 30), unit=st.just("hour"), office_hours=st.booleans()),
)


@settings(max_examples=FACTOR * 250, derandomize=True, deadline=None, database=None)
@given(CLOCKS, st.datetimes(datetime(1997, 1, 1), datetime(2037, 1, 1)))
def test_clocks_of_cases_are_what_a_minute_by_minute_count_gives(spelled: dict[str, Any], moment: datetime) -> None:
    """Days and months as all others are counted; minutes and hours on the wall clock or in office hours only."""
    received = moment.replace(second=0, microsecond=0, tzinfo=BANGKOK)
    rule = rule_of(spelled)
    day, due_at = brute.on_receipt(spelled, received, OFF)
    year = brute.fiscal_year(received.date())
    known = Known(receipts={"a": (("FY2564.cx", received),)})
    (one,) = rule.occurrences(scene(year, known))
    assert (one.deadline, rule.due_at(one.anchor, WORKDAYS)) == (day, due_at)  # type: ignore[attr-defined]
    assert act_by_of(rule, one.opens, day, WORKDAYS) == brute.act_by(spelled, received.date(), day, OFF)
    assert list(rule.occurrences(scene(year + 1, known))) == []
    compared(BRUTE, 2)
