"""Adding months against Catala's date library, whose arithmetic is proved in F*: its exact and its ambiguous cases."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from compared import CATALA, compared

from ustm_cli.dates.fiscal import month_after
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.counting import after, before, day_of

DAY = timedelta(days=1)
NONE = Workdays()


class Row(NamedTuple):
    """`months` (years among them) added to `date`; where that is ambiguous, `up` is the day after `down`."""

    kind: str
    date: date
    months: int
    up: date
    down: date


def facts() -> list[Row]:
    path = Path(__file__).with_name("catala_months.csv")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [
        Row(row["kind"], date.fromisoformat(row["date"]), 12 * int(row["years"]) + int(row["months"]), date.fromisoformat(row["up"]), date.fromisoformat(row["down"]))
        for row in csv.DictReader(lines)
    ]  # fmt: skip


FACTS = facts()


@pytest.mark.parametrize("kind", ["exact", "ambiguous"])
def test_the_day_of_a_month(kind: str) -> None:
    """Day N of a month that has no day N is its last: Catala's rounding down, also for months before a day."""
    rows = [row for row in FACTS if row.kind == kind]
    assert len(rows) >= 300
    for row in rows:
        month = month_after(row.date, row.months)
        assert day_of(month.start.year, month.start.month, row.date.day) == row.down, row
        if row.months < 0:
            assert before(row.date, -row.months, "month", NONE) == row.down, row
            assert before(row.date, -row.months, "month", NONE, clear=True) == row.down - DAY, row
        compared(CATALA, 1)


@pytest.mark.parametrize("kind", ["exact", "ambiguous"])
def test_months_after_a_day(kind: str) -> None:
    """Counting begins on the day after and ends on the day before the corresponding one (s.193/5).

    So the day before Catala's date, rounded up: the day before the 1st of the next month is the last of a month that
    has no corresponding day.
    """
    rows = [row for row in FACTS if row.kind == kind and row.months > 0]
    assert len(rows) >= 100
    for row in rows:
        assert after(row.date - DAY, row.months, "month", NONE) == row.up - DAY, row
        assert row.up - row.down == (DAY if kind == "ambiguous" else 0 * DAY)
        compared(CATALA, 1)


@pytest.mark.parametrize("count", [1, 2, 3, 6, 11, 12, 13, 48])
def test_what_catala_proves_of_its_arithmetic_holds_of_ours(count: int) -> None:
    """Monotonicity: a later day never gives an earlier one."""
    days = [date(2018, 1, 1) + number * DAY for number in range(4 * 366)]
    for of in (after, before):
        moved = [of(day, count, "month", NONE) for day in days]
        assert moved == sorted(moved)


def test_years_are_twelve_months() -> None:
    """29 Feb 2004 and a year and 36 months is 29 Feb 2008: nothing is rounded in between."""
    rows = {(row.date, row.months): row for row in FACTS}
    assert rows[date(2004, 2, 29), 48].down == date(2008, 2, 29)
    assert before(date(2008, 2, 29), 48, "month", NONE) == date(2004, 2, 29)
    assert after(date(2004, 2, 28), 48, "month", NONE) == date(2008, 2, 28)
