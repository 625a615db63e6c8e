"""Working days at their edges; the oracles compare the rest."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ustm_cli.dates.workdays import Workdays

MONDAY = date(2020, 10, 5)
DAY = timedelta(days=1)


def closed(days: int, first: date = MONDAY) -> Workdays:
    """A place that is off on so many days in a row."""
    return Workdays(first + number * DAY for number in range(days))


def test_a_place_without_working_days_is_refused() -> None:
    """Looked for over 400 days, the first one included; never for ever."""
    last = MONDAY + 399 * DAY  # a Monday, as the first one
    assert last.weekday() == MONDAY.weekday()
    for days, start, look in ((400, MONDAY, "on_or_after"), (400, last, "on_or_before")):
        with pytest.raises(ValueError, match=r"^no working day within a year$"):
            getattr(closed(days), look)(start)
    assert closed(399).on_or_after(MONDAY) == last
    assert closed(399, MONDAY + DAY).on_or_before(last) == MONDAY


def test_without_days_off() -> None:
    """Monday to Friday."""
    assert [(MONDAY + number * DAY in Workdays()) for number in range(7)] == [True] * 5 + [False] * 2


@pytest.mark.parametrize("place", [closed(7), Workdays([MONDAY + number * DAY for number in range(5)])])
def test_a_span_without_working_days(place: Workdays) -> None:
    """Has no first, no last, and counts none; nor has one that runs backwards."""
    sunday = MONDAY + 6 * DAY
    assert (place.first(MONDAY, sunday), place.last(MONDAY, sunday), place.count(MONDAY, sunday)) == (None, None, 0)
    later = MONDAY + 14 * DAY
    assert (place.first(later, later - DAY), place.last(later, later - DAY), place.count(later, later - DAY)) == (
        None, None, 0,
    )  # fmt: skip


def test_a_span_of_one_day() -> None:
    """Both ends belong to it."""
    place = Workdays()
    assert (place.first(MONDAY, MONDAY), place.last(MONDAY, MONDAY), place.count(MONDAY, MONDAY)) == (MONDAY, MONDAY, 1)
    assert place.first(MONDAY - DAY, MONDAY) == place.last(MONDAY, MONDAY) == MONDAY


# Sat 31 Oct 2020 is a month's end, Sun 1 Nov its neighbour's first day.
ROLLS = [
    ("unadjusted", date(2020, 10, 31), date(2020, 10, 31)),
    ("preceding", date(2020, 10, 31), date(2020, 10, 30)),
    ("following", date(2020, 10, 31), date(2020, 11, 2)),
    ("modified_following", date(2020, 10, 31), date(2020, 10, 30)),
    ("unadjusted", date(2020, 11, 1), date(2020, 11, 1)),
    ("preceding", date(2020, 11, 1), date(2020, 10, 30)),
    ("following", date(2020, 11, 1), date(2020, 11, 2)),
    ("modified_following", date(2020, 11, 1), date(2020, 11, 2)),
]


@pytest.mark.parametrize(("convention", "day", "rolled"), ROLLS)
def test_rolls(convention: str, day: date, rolled: date) -> None:
    """The four conventions over the weekend between two months; a working day stays where it is."""
    place = Workdays()
    assert place.roll(day, convention) == rolled  # type: ignore[arg-type]
    assert place.roll(MONDAY, convention) == MONDAY  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "after", "before"), [(0, 0, 0), (1, 1, -3), (4, 4, -6), (5, 7, -7), (6, 8, -10)])
def test_counting(count: int, after: int, before: int) -> None:
    """From a Monday, which is not counted; weekends are skipped."""
    assert Workdays().after(MONDAY, count) == MONDAY + after * DAY
    assert Workdays().before(MONDAY, count) == MONDAY + before * DAY
