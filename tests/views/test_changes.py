"""Two lists of obligations to the lines that a reviewer approves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from made_rows import row

from ustm_cli.obligations import Obligation
from ustm_cli.views.changes import changes

TODAY = date(2020, 11, 16)


def made(id: str = "a@2563-10", deadline: date | None = date(2020, 12, 10), **more: object) -> Obligation:
    activity, _, period = id.partition("@")
    days = {"deadline": deadline, "act_by": deadline, "opens": None, "review_by": None, "known_by": None}
    state = "dated" if deadline else "awaiting"
    item: Obligation = row().obligation
    plain = {"fiscal_year": 2564, "cancelled": None}
    return item._replace(id=id, activity=activity, period=period, **({"state": state} | plain | days | more))  # type: ignore[arg-type]


ONE = made()
NEXT = date(2020, 12, 11)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ([], [ONE], "added"),
        ([ONE], [], "removed"),
        ([ONE], [made(deadline=NEXT)], "moved"),
        ([ONE], [made(act_by=date(2020, 12, 9))], "moved"),
        ([ONE], [made(review_by=date(2020, 12, 8))], "moved"),
        ([ONE], [made(opens=date(2020, 12, 1))], "moved"),
        ([ONE], [made(deadline=None)], "moved"),
        ([made(deadline=None)], [ONE], "moved"),
        ([made(deadline=None, known_by=NEXT)], [made(deadline=None)], "moved"),
        ([ONE], [made(cancelled="งด")], "waived"),
        ([made(cancelled="งด")], [ONE], "restored"),
    ],
)
def test_what_counts_as_a_change(old: list[Obligation], new: list[Obligation], kind: str) -> None:
    """Any day that differs is a change, and each change has its kind."""
    found = changes(old, new, TODAY)
    assert [change.kind for change in found.changes] == [kind]


def test_words_are_no_dates() -> None:
    """Another title, owner, line or file moves nothing."""
    assert changes([ONE], [made(title="อื่น", owner="อื่น", line=9, file="x")], TODAY).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "past"),
    [
        (date(2020, 12, 10), date(2020, 11, 13), True),
        (date(2020, 12, 10), TODAY, False),
        (date(2020, 11, 2), date(2020, 11, 3), False),
        (None, date(2020, 11, 13), True),
    ],
)
def test_moved_into_the_past(old: date | None, new: date, past: bool) -> None:
    """Said of what could still be done and now cannot; today is not the past."""
    assert changes([made(deadline=old)], [made(deadline=new)], TODAY).into_past == past


def test_a_lost_working_day() -> None:
    """Said of what was to be done, or handed in for review, on the very day."""
    day = ONE.act_by
    assert day is not None
    moved = made(act_by=day - timedelta(1))
    assert [change.lost_day for change in changes([ONE], [moved], TODAY, holidays=(day,)).changes] == [True]
    assert [change.lost_day for change in changes([ONE], [moved], TODAY, holidays=(NEXT,)).changes] == [False]


def test_the_same_id_in_two_folders() -> None:
    """With a holiday both sides are of the same plans: each folder's obligation is compared with its own."""
    one, other = made(file="x/plans/fy2564.yaml"), made(file="y/plans/fy2564.yaml", office="ข")
    found = changes([one, other], [one, other._replace(act_by=NEXT)], TODAY, holidays=(NEXT,))
    assert [(change.kind, change.obligation.file) for change in found.changes] == [("moved", other.file)]
    assert not found.several_offices
    assert changes([], [one, other], TODAY, holidays=(NEXT,)).several_offices
    assert [change.kind for change in changes([one], [other], TODAY, holidays=(NEXT,)).changes] == ["added", "removed"]


def test_in_order_of_the_new_days() -> None:
    """By the new last day to act; what is gone last."""
    old = [made("a@2563-10"), made("b@2563-10"), made("gone@2563-10", date(2020, 10, 1))]
    new = [made("a@2563-10", date(2021, 1, 5)), made("b@2563-10", date(2020, 12, 1))]
    assert [change.obligation.id for change in changes(old, new, TODAY).changes] == [
        "b@2563-10",
        "a@2563-10",
        "gone@2563-10",
    ]


def next_year(id: str, deadline: date | None) -> Obligation:
    return made(id, deadline, fiscal_year=2565)


def test_two_years_are_paired_by_period() -> None:
    """The same day of the other year is no change; month ends are the same; weeks and days are left out."""
    old = [
        made("a@2563-10", date(2020, 11, 10)),
        made("end@2564-02", date(2021, 2, 28)),
        made("fixed@FY2564", date(2020, 10, 6)),
        made("week@2564-W02", date(2021, 1, 11)),
        made("daily@2563-11-16", date(2020, 11, 16)),
    ]
    same = [
        next_year("a@2564-10", date(2021, 11, 10)),
        next_year("end@2565-02", date(2022, 2, 28)),
        next_year("fixed@FY2565", date(2021, 10, 6)),
        next_year("week@2565-W03", date(2022, 1, 17)),
        next_year("daily@2564-11-16", date(2021, 11, 16)),
    ]
    found = changes(old, same, TODAY)
    assert (found.years, found.changes) == (1, ())
    moved = [*same[:2], next_year("fixed@FY2565", date(2021, 10, 8))]
    assert [change.obligation.id for change in changes(old[:3], moved, TODAY).changes] == ["fixed@FY2565"]


SOME = date(2021, 5, 7)
CASE = made("ask@FY2564.c0507abcdefgh", SOME, state="case")
LETTERS = [made("told@FY2564.1", SOME), made("told@FY2564.2", None, cancelled="งด")]


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        # A request comes when it comes, whether or not the new plan takes such.
        ([CASE], [], []),
        ([], [CASE._replace(fiscal_year=2565), next_year("a@2565-10", SOME)], ["added"]),
        # Letters of one year, and the wait for those of the other, in either order.
        (LETTERS, [next_year("told@FY2565", None)], []),
        ([made("told@FY2564", None)], [next_year("told@FY2565.1", SOME)], []),
        ([made("told@FY2564.1.key", SOME)], [next_year("told@FY2565.key", None)], []),
        (LETTERS, [next_year("told@FY2565.1", SOME), next_year("told@FY2565.2", SOME)], []),
        # Work that is not by letter any more, or that is gone, is told.
        (LETTERS, [next_year("told@FY2565", SOME)], ["added", "removed", "removed"]),
        (LETTERS, [next_year("b@FY2565", None)], ["added", "removed", "removed"]),
        # The second meeting of a yearly event is no letter.
        (
            [made("met@FY2564", date(2021, 3, 1)), made("met@FY2564.2", SOME)],
            [next_year("met@FY2565", None)],
            ["moved", "removed"],
        ),
        # Nor is the tenth rule's key, or what simply awaits.
        ([made("met@FY2564.10th", SOME)], [next_year("met@FY2565.10th", None)], ["moved"]),
    ],
)
def test_two_years_without_what_comes_by_chance(old: list[Obligation], new: list[Obligation], kinds: list[str]) -> None:
    """Cases, and letters that both years may have, are left out of two years; within one they are compared."""
    old, new = [ONE, *old], [next_year("a@2564-10", date(2021, 12, 10)), *new]
    assert [change.kind for change in changes(old, new, TODAY).changes] == kinds


def test_one_year_with_its_cases_and_letters() -> None:
    """Within a year nothing is left out."""
    assert changes([CASE, *LETTERS], [], TODAY).count("removed") == 3
