"""What is packed for the index comes back as it was, and lies where a question looks for it."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rows import row

from ustm_cli.cli.country.folder import Asked, Folder, look_into
from ustm_cli.cli.country.packing import CASE, FINISHED, LONG, SHORT, UNDATED, Reader, pack, week_of
from ustm_cli.cli.session import BANGKOK
from ustm_cli.register.standing import Clock, Row, Standing, row_of
from ustm_cli.render.voice import Voice

NOON = datetime(2020, 11, 16, 12, tzinfo=BANGKOK)
TODAY = NOON.date()


def unpacked(rows: list[Row], now: datetime = NOON) -> list[Row]:
    heads, shelves = pack(rows)
    reader = Reader(now.date(), now)
    packed = sorted((one for shelf in shelves for one in marshal.loads(shelf.data)), key=lambda one: one[4])
    return [reader.row(one, heads[one[3]]) for one in packed]


def test_the_real_plan_comes_back(run: Callable[..., object]) -> None:
    """Every row of the office's plan, on several days."""
    plan = Path(__file__).parent.parent.parent / "plans" / "fy2564.yaml"
    for days in (0, 40, 300):
        now = NOON + timedelta(days)
        folder = Folder(str(plan.parent), ((str(plan), "plans/fy2564.yaml"),))
        rows = list(look_into(folder, Asked(Voice("th", "arabic"), now, None)).rows)
        assert len(rows) > 300
        assert unpacked(rows, now) == rows


days = st.none() | st.dates(date(2019, 1, 1), date(2022, 12, 31))
moments = st.none() | st.datetimes(datetime(2019, 1, 1), datetime(2022, 1, 1)).map(
    lambda at: at.replace(tzinfo=BANGKOK)
)
texts = st.none() | st.text(max_size=5)
standings = st.builds(
    Standing, done_on=days, waived=texts, reviewed_on=days, done_at=moments, done_by=texts, evidence=texts, note=texts,
    reopened_on=days,
)  # fmt: skip
clocks = st.builds(Clock, moments.filter(bool), texts, st.booleans(), st.lists(moments, max_size=3).map(tuple))
facts = st.fixed_dictionaries(
    {
        "state": st.sampled_from(["dated", "awaiting", "ongoing", "case"]), "opens": days, "deadline": days,
        "act_by": days, "review_by": days, "known_by": days, "due_at": moments, "closes": days, "cancelled": texts, "letter": texts,
        "steps": st.lists(st.text(max_size=3), max_size=2).map(tuple), "title": st.text(max_size=4),
    }
)  # fmt: skip


@given(st.lists(st.tuples(facts, standings, st.none() | clocks), max_size=6))
def test_any_row_comes_back(made: list[tuple[dict[str, object], Standing, Clock | None]]) -> None:
    """Whatever an obligation and its record hold."""
    rows = [row_of(row(**own).obligation, standing, TODAY, NOON, clock) for own, standing, clock in made]  # type: ignore[arg-type]
    assert unpacked(rows) == rows


MONDAY = date(2020, 11, 16)


@pytest.mark.parametrize(
    ("facts", "standing", "place"),
    [
        ({"act_by": MONDAY, "opens": MONDAY}, Standing(), (week_of(MONDAY), SHORT, week_of(MONDAY))),
        ({"act_by": MONDAY, "opens": None}, Standing(), (week_of(MONDAY), SHORT, week_of(MONDAY))),
        ({"act_by": MONDAY, "opens": date(2020, 11, 15)}, Standing(), (week_of(MONDAY), LONG, week_of(MONDAY) - 1)),
        ({"act_by": MONDAY, "review_by": date(2020, 11, 6)}, Standing(), (week_of(MONDAY), LONG, week_of(MONDAY) - 2)),
        ({"act_by": MONDAY, "state": "case"}, Standing(), (week_of(MONDAY), CASE, week_of(MONDAY))),
        ({"act_by": None, "state": "awaiting"}, Standing(), (UNDATED, SHORT, UNDATED)),
        ({"act_by": MONDAY}, Standing(done_on=MONDAY), (week_of(MONDAY), FINISHED, week_of(MONDAY))),
        ({"act_by": MONDAY}, Standing(waived="x"), (week_of(MONDAY), FINISHED, week_of(MONDAY))),
        ({"act_by": MONDAY, "cancelled": ""}, Standing(), (week_of(MONDAY), FINISHED, week_of(MONDAY))),
    ],
)
def test_where_a_row_lies(facts: dict[str, object], standing: Standing, place: tuple[int, int, int]) -> None:
    """By the week of its act_by, and by what a day can still change of it."""
    _, (shelf,) = pack([row_of(row(**facts).obligation, standing, TODAY, NOON)])
    assert (shelf.week, shelf.kind, shelf.earliest, shelf.rows) == (*place, 1)


def test_a_week_begins_on_monday() -> None:
    assert [week_of(MONDAY + timedelta(n)) - week_of(MONDAY) for n in (-1, 0, 6, 7)] == [-1, 0, 0, 1]
