"""Counts of obligations, and the part of the twelve-month table that filters leave."""

from __future__ import annotations

from datetime import date

import pytest
from made_rows import row

from ustm_cli.views.agenda import Filters
from ustm_cli.views.excerpt import excerpt
from ustm_cli.views.table import NO_LANES, NO_MARKS, Line, LineKind, Office, Section, Table
from ustm_cli.views.tally import tally

TODAY = date(2020, 11, 16)
ROWS = [
    row("overdue", group="ก", owner="ก"),
    row("open", group="ข", owner="สมชาย", act_by=date(2021, 1, 8)),
    row("open", group="ก", owner="สมชาย", act_by=date(2020, 12, 9)),
    row("awaiting", group="ข", owner="ข", act_by=None),
]


def test_counts_of_statuses() -> None:
    """Only statuses that occur, in their usual order; groups and owners in the order of the rows."""
    found = tally(ROWS, TODAY)
    assert found.statuses == ("open", "overdue", "awaiting")
    assert [(line.name, line.counts, line.total) for line in found.groups] == [("ก", (1, 1, 0), 2), ("ข", (1, 0, 1), 2)]
    assert [line.name for line in found.owners] == ["ก", "สมชาย", "ข"]
    assert (found.total.counts, found.total.total) == ((2, 1, 1), 4)


def test_months_in_order_and_the_undated_last() -> None:
    """By the month to act in; what has no day is counted after them."""
    found = tally(ROWS, TODAY).months
    assert [line.month.id if line.month else None for line in found] == ["2563-11", "2563-12", "2564-01", None]
    assert [line.total for line in found] == [1, 1, 1, 1]


def test_nothing() -> None:
    """No rows, no lines."""
    found = tally([], TODAY)
    assert (found.statuses, found.groups, found.months, found.total.total) == ((), (), (), 0)


def line(kind: LineKind, id: str, owner: str = "") -> Line:
    return Line(kind, id, "", id, (), None, (), "", "", owner, NO_MARKS, NO_LANES, ())


TABLE = Table(
    2564,
    (),
    (
        Office(
            "สำนักงาน",
            "",
            (
                Section(
                    "กลุ่ม ก",
                    (
                        line("activity", "loose", "กลุ่ม ก"),
                        line("work_plan", "wp1"),
                        line("mission", "m1"),
                        line("activity", "a", "สมชาย"),
                        line("mission", "m2"),
                        line("activity", "b", "กลุ่ม ก"),
                        line("work_plan", "wp2"),
                        line("activity", "c", "สมชาย"),
                    ),
                ),
                Section("กลุ่ม ข", (line("activity", "d", "กลุ่ม ข"),)),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), "loose wp1 m1 a m2 b wp2 c d"),
        (Filters(statuses=("open",)), "loose wp1 m1 a m2 b wp2 c d"),
        (Filters(groups=("ข",)), "d"),
        (Filters(owners=("สมชาย",)), "wp1 m1 a wp2 c"),
        (Filters(activities=("b",)), "wp1 m2 b"),
        (Filters(activities=("loose", "d")), "loose d"),
        (Filters(groups=("ค",)), ""),
    ],
)
def test_headings_go_with_their_activities(filters: Filters, left: str) -> None:
    """An activity that passes keeps the headings above it; a heading with nothing below it goes."""
    sections = excerpt(TABLE, filters).offices[0].sections
    assert " ".join(one.id for section in sections for one in section.lines) == left
