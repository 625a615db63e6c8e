"""RRULEs: what is refused, and why; which days of which months a rule would silently skip; the days that it gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ustm_cli.dates.fiscal import Period, fiscal_year, month
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import RuleError, Scene
from ustm_cli.deadlines.phrase import parse
from ustm_cli.deadlines.rrule import LONGEST, RRule

YEAR = fiscal_year(2564)
SCENE = Scene("a", YEAR, Workdays())
START = date(2020, 10, 1)


def refused(text: str, start: date | None = None) -> tuple[str, str, dict[str, Any]]:
    with pytest.raises(RuleError) as caught:
        RRule(text, start)
    return caught.value.code, caught.value.field, caught.value.detail


def days(text: str, start: date | None = None, year: Period = YEAR) -> list[str]:
    found = RRule(text, start).occurrences(SCENE._replace(year=year))
    return [one.deadline.isoformat() for one in found if one.deadline]


def syntax(text: str) -> tuple[str, dict[str, str]]:
    return text, {"why": "syntax", "value": text}


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("FREQ=DAILY;BYEASTER=1;AAA=2", {"why": "part", "value": "AAA, BYEASTER"}),
        ("FREQ=DAILY;BYHOUR=1", {"why": "part", "value": "BYHOUR"}),
        ("FREQ=HOURLY", {"why": "freq", "value": "HOURLY"}),
        ("BYDAY=MO", {"why": "freq", "value": "BYDAY=MO"}),
        ("FREQ=DAILY;INTERVAL=2", {"why": "start", "value": "INTERVAL, COUNT"}),
        ("FREQ=DAILY;COUNT=1", {"why": "start", "value": "INTERVAL, COUNT"}),
        ("FREQ=WEEKLY", {"why": "start", "value": "INTERVAL, COUNT"}),
        syntax(""),
        syntax("FREQ=DAILY\nDTSTART=1"),
        syntax("freq=daily"),
        syntax("FREQ=DAILY;"),
        syntax("FREQ"),
        syntax("FREQ="),
        syntax("FREQ=DAILY=1"),
        syntax("FREQ=DAILY;FREQ=DAILY"),
        syntax("FREQ=DAILY;FREQ=YEARLY"),
        syntax("FREQ=DAILY;WKST=MO\n"),
        syntax("FREQ=MONTHLY;BYDAY=MO(+1)"),
        syntax("FREQ=DAILY;WKST=MO é"),
        syntax("FREQ=DAILY;INTERVAL=0"),
        syntax("FREQ=DAILY;INTERVAL=02"),
        syntax("FREQ=DAILY;COUNT=0"),
        syntax("FREQ=DAILY;BYDAY=XX"),
        syntax("FREQ=DAILY;BYMONTH=X"),
        syntax("FREQ=DAILY;BYMONTH=0"),
        syntax("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=28"),
        syntax("FREQ=YEARLY;BYMONTH=12,13;BYMONTHDAY=1"),
        syntax("FREQ=YEARLY;BYMONTH=-1;BYMONTHDAY=1"),
        syntax("FREQ=DAILY;COUNT=3;UNTIL=20201231"),
        syntax("COUNT=3;UNTIL=20201231"),
        syntax("FREQ=DAILY;UNTIL=2020"),
        syntax("FREQ=DAILY;UNTIL=202012011"),
        syntax("FREQ=DAILY;UNTIL=20201301"),
        syntax("FREQ=DAILY;UNTIL=20201201T000000Z"),
        syntax("FREQ=DAILY;INTERVAL=-1"),
        syntax("FREQ=DAILY;COUNT=1X"),
        syntax("FREQ=DAILY;WKST=XX"),
    ],
)
def test_what_is_no_rule(text: str, detail: dict[str, str]) -> None:
    """Told whole, with the reason: an unknown part, a frequency below the day, no start to count from, or no RRULE."""
    assert refused(text) == ("U212", "rrule", detail)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("FREQ=DAILY;INTERVAL=1", None),
        ("FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=1", None),
        ("FREQ=DAILY;INTERVAL=2", START),
        ("FREQ=DAILY;INTERVAL=20", START),
        ("FREQ=WEEKLY;BYDAY=MO", None),
        ("FREQ=WEEKLY", START),
        ("FREQ=DAILY;COUNT=1", START),
        ("FREQ=DAILY;COUNT=90", START),
        ("FREQ=DAILY;UNTIL=20201231T000000", None),
        ("FREQ=MONTHLY;BYMONTHDAY=01", None),
        ("FREQ=YEARLY;BYMONTH=01,10,12;BYMONTHDAY=1", None),
        ("FREQ=YEARLY;WKST=SU;BYWEEKNO=5;BYDAY=MO;BYSETPOS=1;UNTIL=20210101", None),
    ],
)
def test_what_is_a_rule(text: str, start: date | None) -> None:
    """Their neighbours."""
    assert RRule(text, start).rrule == text


LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@pytest.mark.parametrize("number", range(1, 13))
def test_the_longest_day_of_each_month(number: int) -> None:
    """Its last day is allowed, one more is not; of February the 28th, for most have no other."""
    last = LAST[number - 1]
    assert RRule(f"FREQ=YEARLY;BYMONTH={number};BYMONTHDAY={last}")
    assert refused(f"FREQ=YEARLY;BYMONTH={number};BYMONTHDAY={last + 1}")[0] == "U221"
    assert refused(f"FREQ=YEARLY;BYMONTH={number};BYMONTHDAY=-{last + 1}")[0] == "U221"


@pytest.mark.parametrize(
    ("text", "start", "skips"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=28", None, False),
        ("FREQ=MONTHLY;BYMONTHDAY=29", None, True),
        ("FREQ=MONTHLY;BYMONTHDAY=-28", None, False),
        ("FREQ=MONTHLY;BYMONTHDAY=-29", None, True),
        ("FREQ=MONTHLY;BYMONTHDAY=1,29", None, True),
        ("FREQ=MONTHLY;BYMONTHDAY=29,1", None, True),
        ("FREQ=YEARLY;BYMONTH=1,3;BYMONTHDAY=31", None, False),
        ("FREQ=YEARLY;BYMONTH=1,4;BYMONTHDAY=31", None, True),
        ("FREQ=YEARLY;BYMONTH=4,1;BYMONTHDAY=30", None, False),
        ("FREQ=DAILY;BYMONTHDAY=29", None, True),
        ("FREQ=MONTHLY;BYDAY=4FR", None, False),
        ("FREQ=MONTHLY;BYDAY=5FR", None, True),
        ("FREQ=MONTHLY;BYDAY=-5FR", None, True),
        ("FREQ=MONTHLY;BYDAY=FR", None, False),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=4FR", None, False),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=5FR", None, True),
        ("FREQ=YEARLY;BYDAY=52MO", None, False),
        ("FREQ=YEARLY;BYDAY=53MO", None, True),
        ("FREQ=YEARLY;BYWEEKNO=52;BYDAY=MO", None, False),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", None, True),
        ("FREQ=YEARLY;BYYEARDAY=365", None, False),
        ("FREQ=YEARLY;BYYEARDAY=366", None, True),
        ("FREQ=YEARLY;BYYEARDAY=-366", None, True),
        # Where no day is named it is the start's.
        ("FREQ=MONTHLY", None, False),
        ("FREQ=MONTHLY", date(2020, 10, 28), False),
        ("FREQ=MONTHLY", date(2020, 10, 29), True),
        ("FREQ=MONTHLY;BYMONTH=4", date(2020, 10, 30), False),
        ("FREQ=MONTHLY;BYMONTH=4", date(2020, 10, 31), True),
        ("FREQ=YEARLY", date(2020, 2, 28), False),
        ("FREQ=YEARLY", date(2020, 2, 29), True),
        ("FREQ=YEARLY", date(2020, 10, 29), False),
        ("FREQ=YEARLY", date(2020, 10, 31), False),
        ("FREQ=YEARLY;BYMONTH=1", date(2020, 10, 31), False),
        ("FREQ=YEARLY;BYMONTH=2", date(2020, 10, 28), False),
        ("FREQ=YEARLY;BYMONTH=2", date(2020, 10, 29), True),
        ("FREQ=DAILY", date(2020, 10, 31), False),
        ("FREQ=WEEKLY", date(2020, 10, 31), False),
        # Where one is, the start's counts for nothing.
        ("FREQ=MONTHLY;BYMONTHDAY=1", date(2020, 10, 31), False),
        ("FREQ=MONTHLY;BYDAY=MO", date(2020, 10, 31), False),
        ("FREQ=YEARLY;BYMONTH=2;BYDAY=MO", date(2020, 2, 29), False),
        ("FREQ=YEARLY;BYYEARDAY=1", date(2020, 2, 29), False),
        ("FREQ=YEARLY;BYWEEKNO=1", date(2020, 2, 29), False),
    ],
)
def test_what_would_be_skipped(text: str, start: date | None, skips: bool) -> None:
    """A day, weekday or week that not every month or year has is refused, never silently left out."""
    if skips:
        code, field, detail = refused(text, start)
        offer = detail.pop("offer", None)
        assert (code, field, detail) == ("U221", "rrule", {"value": text})
        assert (offer is None) == (start is not None)
        if offer:
            assert parse(offer) if offer.startswith("ทุก") else RRule(offer)
    else:
        assert RRule(text, start).start == start


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=29", "ทุกเดือน ภายในวันที่ 29"),
        ("BYMONTHDAY=31;FREQ=MONTHLY", "ทุกเดือน ภายในวันที่ 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=-31", "FREQ=MONTHLY;BYMONTHDAY=1"),
        ("FREQ=MONTHLY;BYMONTHDAY=3,30", "FREQ=MONTHLY;BYMONTHDAY=3,-1"),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=5FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=+5FR,1MO", "FREQ=MONTHLY;BYDAY=-1FR,1MO"),
        ("FREQ=MONTHLY;BYDAY=-5FR", "FREQ=MONTHLY;BYDAY=1FR"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO"),
        ("FREQ=YEARLY;BYYEARDAY=366,36", "FREQ=YEARLY;BYYEARDAY=-1,36"),
        ("FREQ=MONTHLY;BYMONTHDAY=31,-31", "FREQ=MONTHLY;BYMONTHDAY=-1,1"),
        ("FREQ=MONTHLY;BYMONTHDAY=29,30,31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=5MO,-5MO", "FREQ=MONTHLY;BYDAY=-1MO,1MO"),
    ],
)
def test_what_to_write_where_it_would_be_skipped(text: str, offer: str) -> None:
    """The last one where there is none of that number; of a day of every month its phrase, which does the same."""
    assert refused(text)[2] == {"value": text, "offer": offer}
    assert parse(offer) if offer.startswith("ทุก") else RRule(offer)


@pytest.mark.parametrize(
    ("text", "start", "found"),
    [
        ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", None, ["2020-10-01"]),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30", None, ["2021-09-30"]),
        ("FREQ=MONTHLY;INTERVAL=6", date(2020, 10, 1), ["2020-10-01", "2021-04-01"]),
        ("FREQ=MONTHLY;INTERVAL=6", date(2019, 12, 1), ["2020-12-01", "2021-06-01"]),
        ("FREQ=MONTHLY;INTERVAL=6", date(2021, 8, 5), ["2021-08-05"]),
        ("FREQ=YEARLY", date(2021, 9, 30), ["2021-09-30"]),
        ("FREQ=YEARLY", date(2021, 10, 1), []),
        ("FREQ=YEARLY;UNTIL=20210101", None, ["2020-10-01"]),
        ("FREQ=MONTHLY;UNTIL=20201101", None, ["2020-10-01", "2020-11-01"]),
        ("FREQ=MONTHLY;UNTIL=20220101;BYMONTH=9", None, ["2021-09-01"]),
        ("FREQ=MONTHLY;COUNT=3", date(2020, 9, 7), ["2020-10-07", "2020-11-07"]),
        ("FREQ=YEARLY;COUNT=99", date(2020, 9, 7), ["2021-09-07"]),
        ("FREQ=WEEKLY;INTERVAL=20;BYDAY=MO;WKST=SU", date(2020, 10, 4), ["2020-10-05", "2021-02-22", "2021-07-12"]),
    ],
)
def test_the_days_of_a_year(text: str, start: date | None, found: list[str]) -> None:
    """From the start, by default the year's first day; both ends of the year are in it."""
    assert days(text, start) == found


def test_each_day_is_its_own_period() -> None:
    """Named by its Buddhist date; it opens and is due on that day."""
    first, *_ = RRule("FREQ=MONTHLY").occurrences(SCENE)
    day = Period("2563-10-01", START, START)
    assert first == ("2563-10-01", day, day, START, START, None, None)
    assert RRule("FREQ=MONTHLY").due(month(2020, 10), Workdays()) == date(2020, 10, 31)


def test_a_rule_that_never_falls() -> None:
    """Is found out within the year, not at the end of all time."""
    assert days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28;BYYEARDAY=1") == []
    assert days("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6") == []


def test_how_long_a_rule_may_be() -> None:
    """A number without end is refused before it is read."""
    assert LONGEST == 400
    part = "FREQ=DAILY;BYDAY=MO"
    assert RRule(part + ",MO" * ((LONGEST - len(part)) // 3)).rrule.startswith(part)
    for text in (part + ",MO" * 128, "FREQ=MONTHLY;BYMONTHDAY=" + "1" * 5000):
        assert refused(text) == ("U222", "rrule", {"limit": LONGEST})


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=29", "ทุกเดือน ภายในวันที่ 29"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "ทุกเดือน ภายในวันที่ 30"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "ทุกเดือน ภายในวันที่ 31"),
        ("FREQ=MONTHLY;BYMONTHDAY=+31", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,30", "FREQ=MONTHLY;BYMONTHDAY=15,-1"),
        ("FREQ=MONTHLY;BYDAY=5FR", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("FREQ=MONTHLY;BYDAY=+5FR", "FREQ=MONTHLY;BYDAY=-1FR"),
    ],
)
def test_what_has_no_gaps_is_offered(text: str, offer: str) -> None:
    assert refused(text) == ("U221", "rrule", {"value": text, "offer": offer})
