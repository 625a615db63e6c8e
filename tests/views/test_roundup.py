"""Rows that are too many to list are counted place by place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from made_rows import row

from ustm_cli.register.standing import Row
from ustm_cli.render import roundup as render
from ustm_cli.render.voice import Voice
from ustm_cli.views import roundup
from ustm_cli.views.agenda import JUST_DUE, NO_FILTERS, Agenda, Span, Wanted, week
from ustm_cli.views.roundup import Line, Roundup, look

TODAY = date(2020, 11, 16)
WEEK = week(TODAY)


def due(office: str, province: str = "เลย", days: int = 0, status: str = "open") -> Row:
    day = TODAY + timedelta(days)
    return row(status, left=days, act_by=day, deadline=day, office=office, province=province)


def looked(rows: Sequence[Row], span: Span = WEEK, wanted: Wanted = JUST_DUE, **more: object) -> Agenda | Roundup:
    places = [roundup.place_of(one.obligation) for one in rows]
    return look(rows, TODAY, span, wanted, NO_FILTERS, [], [2564], places, **more)  # type: ignore[arg-type]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows are listed, three are too many; two offices have their lines, three are too many."""
    for name in ("MOST_ROWS", "MOST_OFFICES", "LATEST"):
        monkeypatch.setattr(roundup, name, 2)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("rows", "span", "wanted", "listed", "before"),
    [
        ([due("a"), due("b")], WEEK, JUST_DUE, [0, 0], 0),
        ([due("a"), due("b", days=20)], WEEK, JUST_DUE, [0], 0),
        ([due("a", days=-n, status="overdue") for n in (4, 3, 2, 1)], WEEK, JUST_DUE, [-2, -1], 2),
        ([due("a", days=-1, status="overdue")] * 2, Span(TODAY, TODAY, explicit=True), JUST_DUE, [-1, -1], 0),
        ([due("a", days=-1, status="overdue")] * 2, WEEK, Wanted(overdue=True), [-1, -1], 0),
    ],
)
def test_few_are_listed(rows: list[Row], span: Span, wanted: Wanted, listed: list[int], before: int) -> None:
    """Of overdue ones the most recent only, unless the span is explicit or they alone are wanted; the rest by number."""
    found = looked(rows, span, wanted)
    assert isinstance(found, Agenda)
    assert [row.days_left for row in found.rows] == listed
    assert found.overdue_before == before


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("rows", "span", "wanted"),
    [
        ([due("a")] * 3, WEEK, JUST_DUE),
        ([due("a", days=-1, status="overdue")] * 3, Span(TODAY, TODAY, explicit=True), JUST_DUE),
        ([due("a", days=-1, status="overdue")] * 3, WEEK, Wanted(overdue=True)),
        ([due("a"), *[due("a", days=-1, status="overdue")] * 2], WEEK, JUST_DUE),
    ],
)
def test_many_are_counted(rows: list[Row], span: Span, wanted: Wanted) -> None:
    found = looked(rows, span, wanted)
    assert isinstance(found, Roundup)
    assert found.items == len(rows)


@pytest.mark.usefixtures("few")
def test_lines_by_office_and_by_province() -> None:
    """Most overdue first; an office with nothing due has its line too, and counts for its province."""
    rows = [due("b"), due("b"), due("a"), due("a", days=-1, status="overdue"), due("b", days=300)]
    found = looked(rows)
    assert isinstance(found, Roundup)
    assert found.by_office
    assert found.lines == (Line("a", 1, 1, 1, 1, 0), Line("b", 1, 0, 2, 0, 0))
    assert found.total == Line("", 2, 1, 3, 1, 0)
    found = looked([*rows, due("c", "ตรัง", days=300)])
    assert isinstance(found, Roundup)
    assert not found.by_office
    assert found.lines == (Line("ตรัง", 1, 0, 0, 0, 0), Line("เลย", 2, 1, 3, 1, 0))[::-1]


@pytest.mark.usefixtures("few")
def test_two_offices_of_one_name_are_two() -> None:
    found = looked([due("a", "เลย"), due("a", "ตรัง"), due("a", "ตรัง")])
    assert isinstance(found, Roundup)
    assert sorted(line.due for line in found.lines) == [1, 2]


@pytest.mark.usefixtures("few")
def test_what_was_counted_elsewhere_is_added() -> None:
    found = looked([due("a")] * 3, unlisted={("เลย", "a"): 5})
    assert isinstance(found, Roundup)
    assert found.total == Line("", 1, 1, 3, 5, 0)


@pytest.mark.usefixtures("few")
def test_how_it_is_told() -> None:
    """Thai and English, on a terminal and as Markdown; a name out of a plan stays text."""
    found = looked([*[due("a | **b**")] * 2000, due("", "ตรัง"), due("c", "ตรัง", days=-1, status="overdue")])
    assert isinstance(found, Roundup)
    thai = render.table(found, JUST_DUE, Voice("th", "thai"), 60)
    assert "รวม" in thai
    assert "๒,๐๐๑" in thai
    lines = render.table(found, JUST_DUE, Voice("en", "arabic"), 80).splitlines()
    assert "Province  Offices  Late    Due  Overdue  Awaiting" in lines
    assert "Total           3     1  2,001        1         0" in lines
    office = found._replace(by_office=True, lines=(Line("a | **b**", 1, 0, 2000, 0, 0),))
    assert "| a \\| \\*\\*b\\*\\* | 2,000 | 0 | 0 |" in render.markdown(office, JUST_DUE, Voice("en", "arabic"), 80)
