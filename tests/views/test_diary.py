"""What calendar programs are given: the right days, lasting names, a count of moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from made_rows import DAY, row

from ustm_cli.deadlines.base import Happening, Known
from ustm_cli.obligations import expand
from ustm_cli.register.records import BANGKOK, Head, Waived
from ustm_cli.register.standing import Row
from ustm_cli.views.diary import Moved, diary, key_of, moves, overridden, points_of_knowledge

MOMENT = datetime(2020, 11, 10, 14, 21, tzinfo=timezone(timedelta(hours=7)))


@pytest.mark.parametrize(
    ("given", "options", "days"),
    [
        (row(), {}, [("due", DAY)]),
        (row("done", done_on=DAY), {}, [("due", DAY)]),
        (row("waived"), {}, [("due", DAY)]),
        (row("waived", act_by=None), {}, []),
        (row("ongoing", act_by=None, deadline=None), {"reviews": True, "expected": True}, []),
        (row("awaiting", act_by=None, known_by=date(2020, 11, 2)), {}, []),
        (
            row("awaiting", act_by=None, known_by=date(2020, 11, 2)),
            {"expected": True},
            [("expected", date(2020, 11, 2))],
        ),
        (row("awaiting", act_by=None), {"expected": True}, []),
        (row(review_by=date(2020, 11, 6)), {}, [("due", DAY)]),
        (row(review_by=date(2020, 11, 6)), {"reviews": True}, [("review", date(2020, 11, 6)), ("due", DAY)]),
        (row("running", due_at=MOMENT), {}, [("due", DAY)]),
    ],
)
def test_days(given: Row, options: dict[str, bool], days: list[tuple[str, date]]) -> None:
    """An obligation stands on its act_by day; what has no day stands nowhere, unless its known_by is asked for."""
    assert [(one.kind, one.day) for one in diary([given], **options)] == days


def test_moment_only_of_a_clock() -> None:
    """Only an obligation with a clock has a moment."""
    assert [one.at for one in diary([row(), row("running", id="b@c", due_at=MOMENT)])] == [MOMENT, None]


def test_uid_lasts() -> None:
    """The uid hangs on the obligation's id and the office alone: not on its day, title, status or the spaces typed."""
    first = diary([row()])[0].uid
    other = row("done", act_by=date(2020, 11, 9), title="อื่น", office="สำนักงานคลัง จังหวัดอุบลราชธานี ", line=99)
    assert diary([other])[0].uid == first
    assert first.startswith("ktb@2563-10.office-")
    assert diary([row(office="สำนักงานคลังจังหวัดยโสธร")])[0].uid != first


def test_no_uid_twice() -> None:
    """Reviews have uids of their own, and plans of two folders that name no office are kept apart."""
    rows = [row(office="", province="", review_by=DAY, file=f"{folder}/fy2564.yaml") for folder in "ab"]
    uids = [one.uid for one in diary(rows, reviews=True)]
    assert len(set(uids)) == len(uids) == 4
    assert {one.uid for one in diary(rows[::-1], reviews=True)} == set(uids)


@pytest.mark.parametrize(
    ("given", "stamp"),
    [
        (row(), date(2020, 10, 1)),
        (row("done", done_on=date(2020, 11, 9)), date(2020, 11, 9)),
        (row(reviewed_on=date(2020, 11, 3)), date(2020, 11, 3)),
        (row("done", done_on=date(2020, 11, 9), reviewed_on=date(2020, 11, 3)), date(2020, 11, 9)),
        (row("done", done_on=date(2020, 9, 9)), date(2020, 10, 1)),
    ],
)
def test_stamp_from_records(given: Row, stamp: date) -> None:
    """The stamp is the last day recorded of the obligation, from its fiscal year's first on: never the clock's."""
    assert diary([given])[0].stamp == stamp


MOVED = row(act_by=date(2020, 11, 12))
UNDATED = row("awaiting", act_by=None)


@pytest.mark.parametrize(
    ("states", "count"),
    [
        ([row()], 0),
        ([row(), row()], 0),
        ([row(), MOVED], 1),
        ([row(), MOVED, row()], 2),
        ([UNDATED, row()], 0),
        ([UNDATED, row(), MOVED], 1),
        ([row(), row("waived"), row("waived")], 1),
        ([row(), row("waived", act_by=None), row("waived", act_by=None)], 1),
        ([row(), row("done", done_on=DAY)], 0),
        ([row(), row(review_by=DAY)], 1),
    ],
)
def test_moves(states: list[Row], count: int) -> None:
    """A move is counted whenever what was dated has other days or is waived; to be dated first, or done, is none."""
    found = moves([state] for state in states)
    key = key_of(row().obligation)
    assert found[key].times == count
    assert moves(([state] for state in states), [key])[key].times == count + 1


def test_sequence_is_the_count_of_moves() -> None:
    """The count of moves is the appointment's sequence."""
    assert diary([row()], {key_of(row().obligation): Moved(3, None)})[0].sequence == 3


def test_a_cancelled_meeting_is_told() -> None:
    """What was dated and has no day any more because it is waived stays on its last day, to be cancelled there."""
    gone = row("waived", act_by=None, deadline=None)
    found = diary([gone], moves([[UNDATED], [row()], [MOVED], [gone]]))
    assert [(one.day, one.sequence) for one in found] == [(date(2020, 11, 12), 2)]
    assert diary([gone], moves([[UNDATED], [gone]])) == ()
    assert diary([UNDATED], moves([[row()], [UNDATED]])) == ()


def test_points_of_knowledge() -> None:
    """The plan's beginning, then each record in the order in which they are read, and each day of news of days off
    once, at its end; what was known before the plan's year began moves nothing.
    """

    class Plan:
        fiscal_year = 2564

    def record(day: int, id: str) -> Waived:
        return Waived(Head(id, datetime(2020, 11, day, 9, tzinfo=BANGKOK), "ก"), "a@2563-10", date(2020, 11, day), "ข")

    told = [(date(2020, 11, 2), None), (date(2020, 9, 22), date(2020, 11, 2))]
    early = record(2, "a")._replace(head=record(2, "a").head._replace(recorded=datetime(2020, 10, 1, tzinfo=BANGKOK)))
    records = [record(3, "d"), record(2, "c"), record(2, "b"), record(2, "b"), early]
    points = points_of_knowledge([Plan()], told, records)  # type: ignore[list-item]
    assert [(point[0].month, point[0].day, point[1]) for point in points] == [
        (10, 1, ""), (11, 2, "b"), (11, 2, "c"), (11, 2, ""), (11, 3, "d"),
    ]  # fmt: skip


def test_overridden_periods_of_the_plan(plan: Callable[..., Path]) -> None:
    """Another last day and a cancellation are moves, of the first letter too where the awaited one was overridden."""
    from ustm_cli.plan.load import load

    path = plan("""
- id: a
  title: งาน
  when: ทุกสิ้นเดือน
  overrides:
    2563-10: {deadline: 2563-11-02}
    2563-11: {cancel: true, reason: งด}
- {id: b, title: งาน, when: ตามที่ได้รับแจ้ง, overrides: {FY2564: {cancel: true, reason: งด}}}
- {id: c, title: งาน, when: ตามที่ได้รับแจ้ง}
""")
    loaded = load(path, "p").plan
    assert loaded is not None
    letters = (Happening(on=date(2021, 3, 9)), Happening(on=date(2021, 4, 9)))
    items = list(expand(loaded, loaded.days_off().workdays, Known(letters={"b": letters, "c": letters})))
    assert overridden([loaded], items) == [("p", "a@2563-10"), ("p", "a@2563-11"), ("p", "b@FY2564.1")]
    items = list(expand(loaded, loaded.days_off().workdays))
    assert overridden([loaded], items)[2:] == [("p", "b@FY2564")]
    # The same id in a plan that does not override it.
    assert overridden([loaded], [item._replace(file="q") for item in items]) == []
