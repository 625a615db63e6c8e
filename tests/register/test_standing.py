"""How an obligation stands on a day: every status with the days on either side of where it changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from ustm_cli.obligations import Obligation
from ustm_cli.register.standing import FINISHED, NOTHING_RECORDED, STATUSES, Clock, Row, Standing, row_of, status_of

BANGKOK = timezone(timedelta(hours=7))


def nov(number: int) -> date:
    return date(2020, 11, number)


def at(clock: str, day: int = 16) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2020, 11, day, hour, minute, tzinfo=BANGKOK)


def obligation(**more: Any) -> Obligation:
    """Due on Sunday 15 Nov 2563, to be done by Friday the 13th."""
    keys: dict[str, Any] = dict.fromkeys(Obligation._fields)
    keys |= {"id": "a@2563-10", "state": "dated", "deadline": nov(15), "act_by": nov(13)}
    return Obligation(**(keys | more))


CASE = obligation(state="case", due_at=at("12:00"), deadline=nov(16), act_by=nov(16))
DAYS_CASE = obligation(state="case")
RESTING = obligation(state="case", deadline=None, act_by=None)
AWAITING = obligation(state="awaiting", deadline=None, act_by=None)
ONGOING = obligation(state="ongoing", deadline=None, act_by=None)


@pytest.mark.parametrize(
    ("item", "standing", "today", "now", "status"),
    [
        (obligation(), Standing(), nov(13), None, "open"),
        (obligation(), Standing(), nov(14), None, "overdue"),
        (obligation(act_by=None), Standing(), nov(30), None, "open"),
        (obligation(), Standing(reviewed_on=nov(9)), nov(13), None, "open"),
        (obligation(), Standing(done_on=nov(15)), nov(30), None, "done"),
        (obligation(), Standing(done_on=nov(16)), nov(30), None, "done_late"),
        (obligation(deadline=None), Standing(done_on=nov(16)), nov(30), None, "done"),
        # What was done is done, though it was waived as well.
        (obligation(cancelled="งด"), Standing(done_on=nov(16), waived="งด"), nov(30), None, "done_late"),
        (obligation(), Standing(waived="งด"), nov(30), None, "waived"),
        (obligation(), Standing(waived=""), nov(30), None, "waived"),
        (obligation(cancelled=""), Standing(), nov(30), None, "waived"),
        (AWAITING, Standing(), nov(30), None, "awaiting"),
        (AWAITING._replace(cancelled="งด"), Standing(), nov(30), None, "waived"),
        (AWAITING, Standing(done_on=nov(9)), nov(30), None, "done"),
        (ONGOING, Standing(), nov(30), None, "ongoing"),
        # A clock runs to its moment where the moment is known, to its day where not.
        (CASE, Standing(), nov(16), at("12:00"), "running"),
        (CASE, Standing(), nov(16), at("12:01"), "overdue"),
        (CASE, Standing(), nov(30), at("11:59"), "running"),
        (CASE, Standing(), nov(16), None, "running"),
        (CASE, Standing(), nov(17), None, "overdue"),
        (CASE._replace(act_by=nov(1)), Standing(), nov(16), None, "running"),
        (DAYS_CASE, Standing(), nov(13), at("12:00"), "running"),
        (DAYS_CASE, Standing(), nov(14), at("12:00"), "overdue"),
        (RESTING, Standing(), nov(30), at("12:00"), "running"),
        (CASE, Standing(done_on=nov(16), done_at=at("12:00")), nov(30), None, "done"),
        (CASE, Standing(done_on=nov(16), done_at=at("12:01")), nov(30), None, "done_late"),
        (CASE, Standing(done_on=nov(16)), nov(30), None, "done"),
        (CASE, Standing(done_on=nov(17)), nov(30), None, "done_late"),
        (DAYS_CASE, Standing(done_on=nov(15), done_at=at("23:59", 15)), nov(30), None, "done"),
        (DAYS_CASE, Standing(done_on=nov(16), done_at=at("00:00")), nov(30), None, "done_late"),
    ],
)
def test_status(item: Obligation, standing: Standing, today: date, now: datetime | None, status: str) -> None:
    """Overdue from the day after act_by, late from the day after the deadline; a clock from its moment on."""
    assert status_of(item, standing, today, now) == status
    assert row_of(item, standing, today, now).status == status


def test_every_status_is_named_once() -> None:
    """In the order in which reports have them."""
    assert STATUSES == ("open", "overdue", "done", "done_late", "waived", "awaiting", "running", "ongoing")
    assert FINISHED == ("done", "done_late", "waived")


@pytest.mark.parametrize(
    ("item", "standing", "today", "left"),
    [
        (obligation(), Standing(), nov(13), 0),
        (obligation(), Standing(), nov(10), 3),
        (obligation(), Standing(), nov(16), -3),
        (obligation(), Standing(done_on=nov(9)), nov(10), None),
        (obligation(), Standing(waived="งด"), nov(10), None),
        (AWAITING, Standing(), nov(10), None),
    ],
)
def test_days_left(item: Obligation, standing: Standing, today: date, left: int | None) -> None:
    """Calendar days to act_by, below nought when past; none without a date or when finished."""
    assert row_of(item, standing, today).days_left == left


def test_time_left_of_a_clock() -> None:
    """To the moment due, below nought when past; none for days, without a moment, or when it is closed."""
    done = Standing(done_on=nov(16), done_at=at("11:00"))
    assert row_of(CASE, NOTHING_RECORDED, nov(16), at("11:00")).time_left == timedelta(hours=1)
    assert row_of(CASE, NOTHING_RECORDED, nov(16), at("13:00")).time_left == timedelta(hours=-1)
    assert row_of(CASE, NOTHING_RECORDED, nov(16)).time_left is None
    assert row_of(DAYS_CASE, NOTHING_RECORDED, nov(10), at("11:00")).time_left is None
    assert row_of(CASE, done, nov(16), at("11:30")).time_left is None


def test_a_row_holds_all_that_was_recorded() -> None:
    """The days done and reviewed, the standing itself, the clock that was given."""
    standing = Standing(done_on=nov(12), reviewed_on=nov(11), done_by="ก", evidence="กค 1", note="ส่งแล้ว")
    clock = Clock(at("09:00"), "45", False, (at("10:00"), None))
    row = row_of(obligation(), standing, nov(16), at("12:00"), clock)
    assert row == Row(obligation(), "done", None, nov(12), nov(11), None, standing, clock)
    assert Row(obligation(), "open", 0, None, None) == Row(obligation(), "open", 0, None, None, None, Standing(), None)


@pytest.mark.parametrize(
    ("item", "done", "after"),
    [
        (obligation(), nov(13), False),
        (obligation(), nov(14), True),
        (obligation(), nov(15), True),
        (obligation(), nov(16), False),
        (obligation(), None, False),
        (obligation(act_by=None), nov(14), False),
    ],
)
def test_in_time_yet_after_the_last_working_day(item: Obligation, done: date | None, after: bool) -> None:
    """Done between act_by and the deadline; what is late is late."""
    assert row_of(item, Standing(done_on=done), nov(30)).after_act_by is after
