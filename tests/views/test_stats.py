"""Statistics are counted from rows alone: tallies, cases, targets, weeks ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from ustm_cli.dates.workdays import Workdays
from ustm_cli.obligations import Obligation
from ustm_cli.register.standing import Row, Standing, row_of
from ustm_cli.register.state import Attained
from ustm_cli.views.stats import Aim, Stats, Tally, percentile, stats

TODAY = date(2020, 11, 16)
BANGKOK = timezone(timedelta(hours=7))


def obligation(id: str, act_by: date | None = None, **more: Any) -> Obligation:
    activity, _, period = id.partition("@")
    keys: dict[str, Any] = {
        "id": id, "activity": activity, "period": period, "fiscal_year": 2564, "office": "", "province": "",
        "title": f"งาน {activity}", "group": "ก", "owner": "ก", "send_to": (), "follow_up": "", "state": "dated",
        "opens": None, "deadline": act_by, "act_by": act_by, "review_by": None, "known_by": None, "due_at": None,
        "closes": None, "cancelled": None, "letter": None, "steps": (), "file": "f", "line": 1,
    }  # fmt: skip
    return Obligation(**(keys | more))


def row(id: str, act_by: date | None = None, done: date | None = None, waived: str | None = None, **more: Any) -> Row:
    return row_of(obligation(id, act_by, **more), Standing(done_on=done, waived=waived), TODAY)


def nov(number: int) -> date:
    return date(2020, 11, number)


ROWS = [
    row("a@1", nov(10), done=nov(10)),
    row("a@2", nov(13), done=nov(14), deadline=nov(14)),
    row("a@3", nov(13), done=nov(15), deadline=nov(14)),
    row("b@1", nov(10), group="ข", owner="ค"),
    row("b@2", nov(18), group="ข", owner="ค", review_by=nov(17)),
    row("b@3", date(2020, 12, 10), group="ข", owner="ค", review_by=nov(23)),
    row("c@1", nov(10), waived="งด"),
    row("c@2", state="awaiting"),
    row("d@1", state="ongoing"),
]


def test_whole() -> None:
    """Bars without end are left out; the rate is of what fell due: done or overdue."""
    whole = stats(ROWS, TODAY).whole
    assert whole == Tally("", on_time=2, late=1, open=4, waived=1, overdue=1, awaiting=1, after_act_by=1)
    assert (whole.total, whole.rate) == (8, 0.5)


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("groups", {"ก": (2, 1, 1, 1), "ข": (0, 0, 3, 0)}),
        ("owners", {"ก": (2, 1, 1, 1), "ค": (0, 0, 3, 0)}),
        ("activities", {"a": (2, 1, 0, 0), "b": (0, 0, 3, 0), "c": (0, 0, 1, 1)}),
        ("months", {"2563-11": (2, 1, 2, 1), "2563-12": (0, 0, 1, 0)}),
    ],
)
def test_sections(section: str, names: dict[str, tuple[int, ...]]) -> None:
    """(on time, late, open, waived) by group, owner, activity, and by the month of act_by."""
    found = getattr(stats(ROWS, TODAY), section)
    assert {one.name: (one.on_time, one.late, one.open, one.waived) for one in found} == names


def test_nothing_fell_due() -> None:
    """Without anything due by now there is no rate, and no fault."""
    assert stats([], TODAY).whole.rate is None
    assert stats([row("a@1", nov(20))], TODAY).whole.rate is None


def case(number: int, minutes: int | None, promise: int = 1) -> Row:
    """A case with a promise of minutes; `minutes` until it was closed, None while it runs."""
    received = datetime(2020, 11, 16, 9, tzinfo=BANGKOK)
    due = received + timedelta(minutes=promise)
    item = obligation(f"q@FY2564.c{number}", TODAY, state="case", due_at=due)
    closed = received + timedelta(minutes=minutes) if minutes is not None else None
    standing = Standing(done_on=closed.date() if closed else None, done_at=closed)
    return row_of(item, standing, TODAY, received + timedelta(minutes=2))


def test_cases() -> None:
    """Median and 90th percentile of the closed, and the share of the decided that kept the promise."""
    rows = [*(case(number, number) for number in range(10)), case(10, None), case(11, None, promise=60)]
    took = {f"q@FY2564.c{number}": timedelta(minutes=number) for number in range(10)}
    (found,) = stats(rows, TODAY, took=took).cases
    assert (found.activity, found.received, found.open, found.overdue) == ("q", 12, 2, 1)
    assert (found.median, found.p90) == (timedelta(minutes=4, seconds=30), timedelta(minutes=8))
    assert not found.office_hours
    # closed after 0 and 1 minute; 8 closed late and one overdue beside them
    assert (found.kept, found.promised) == (2, 11)
    assert found.share == pytest.approx(2 / 11)


def test_cases_without_promise() -> None:
    """What nothing was promised of has a time, but no share."""
    item = obligation("q@FY2564.c1", None, state="case")
    closed = row_of(item, Standing(done_on=TODAY), TODAY)
    (found,) = stats([closed], TODAY, took={item.id: timedelta(days=3)}).cases
    assert (found.median, found.share) == (timedelta(days=3), None)


@pytest.mark.parametrize(
    ("values", "percent", "wanted"),
    [([5], 90, 5), ([1, 2], 90, 2), ([1, 2], 50, 1), (range(1, 11), 90, 9), (range(1, 12), 90, 10), ([1, 2, 3], 0, 1)],
)
def test_percentile(values: list[int], percent: int, wanted: int) -> None:
    """The nearest rank: a value that really occurred."""
    assert percentile([timedelta(value) for value in values], percent) == timedelta(wanted)


def target(count: int, *days: date, on: date = TODAY) -> Any:
    rows = [row(f"t@{number}", day) for number, day in enumerate(days)]
    rows.append(row("t@next", date(2021, 11, 30), file="next"))
    aim = Aim("f", 2564, "t", "เป้า", Attained(count, None, on), 239, "แห่ง", Workdays([nov(19), nov(20)]))
    (found,) = stats(rows, TODAY, [aim]).targets
    return found


def test_targets() -> None:
    """The pace is what is left by the working days left, today and the last day included."""
    found = target(187, nov(30))
    assert (found.left, found.workdays_left, found.by) == (52, 9, nov(30))
    assert found.pace == pytest.approx(52 / 9)
    assert target(239, nov(30)).left == 0
    assert target(240, nov(30)).left == 0
    assert target(187, nov(13)).pace is None
    assert target(187).by is None
    # of several periods, the one that ends next
    assert target(187, nov(13), nov(18), nov(30)).by == nov(18)


def test_what_was_recorded_for_a_period_gone_by_counts_no_more() -> None:
    """It is of the period that was to end next on its day; past the last one, of that."""
    ends = nov(13), nov(18), nov(30)
    assert [target(9, *ends, on=nov(day)).reached for day in (12, 13, 14, 18, 19)] == [0, 0, 9, 9, 0]
    assert target(9, *ends, on=nov(12)).on is None
    assert target(9, nov(10), on=nov(14)).reached == 9
    assert target(9, on=nov(1)).reached == 9


def test_weeks() -> None:
    """This week first; what is due and what the superior must have, only of what is not finished."""
    found: Stats = stats(ROWS, TODAY, workdays=Workdays([nov(19), nov(20)]), weeks=5)
    assert [(one.period.id, one.due, one.review, one.workdays) for one in found.weeks] == [
        ("2563-W47", 1, 1, 3),
        ("2563-W48", 0, 1, 5),
        ("2563-W49", 0, 0, 5),
        ("2563-W50", 1, 0, 5),
        ("2563-W51", 0, 0, 5),
    ]
