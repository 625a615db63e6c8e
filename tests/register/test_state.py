"""What records come to: read by the moment recorded, the earlier happening stands, the later date stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count, permutations
from typing import Any

import pytest

from ustm_cli.dates.fiscal import month
from ustm_cli.deadlines.base import Happening
from ustm_cli.obligations import Obligation
from ustm_cli.plan.findings import CATALOGUE
from ustm_cli.register import records as kinds
from ustm_cli.register.doubts import Ground, doubts, hidden, subject
from ustm_cli.register.records import BANGKOK, Head, Record, to_line
from ustm_cli.register.standing import NOTHING_RECORDED, Standing
from ustm_cli.register.state import (
    NOTHING_HAPPENED,
    Case,
    KnownLetter,
    State,
    letter_key,
    now_called,
    spelled_alike,
    stand,
    standing_id,
    state_of,
)

ID = "a@2563-10"
CASE = "c@FY2564.c1116abcdefgh"


def at(clock: str, day: int = 16) -> datetime:
    hour, _, minute = clock.partition(":")
    return datetime(2020, 11, day, int(hour), int(minute), tzinfo=BANGKOK)


def day(number: int) -> date:
    return date(2020, 11, number)


@pytest.fixture
def head() -> Any:
    """Heads of records that were recorded one after the other, each a minute after the one before."""
    numbers = count()

    def make(by: str = "ก", note: str | None = None, recorded: datetime | None = None) -> Head:
        number = next(numbers)
        moment = recorded or at("08:00") + timedelta(minutes=number)
        return Head(f"id{number:03}", moment, by, note, "f", number + 1)

    return make


def test_nothing() -> None:
    """Without records nothing stands and nothing is known."""
    state = state_of([])
    assert state == State()
    assert state.known(at("12:00")).events == {}


def test_done_with_all_that_was_said(head: Any) -> None:
    """A done record gives its day, who, evidence and note."""
    record = kinds.Done(head("สมชาย", "ส่งแล้ว"), ID, day(9), "กค 1")
    assert state_of([record]).standings == {
        ID: Standing(done_on=day(9), done_by="สมชาย", evidence="กค 1", note="ส่งแล้ว")
    }


def test_of_two_done_the_earlier_happening_stands(head: Any) -> None:
    """Whichever was recorded first, whichever line comes first."""
    records = [
        kinds.Done(head("ก"), ID, day(10)),
        kinds.Done(head("ข"), ID, day(9)),
        kinds.Done(head("ค"), ID, day(11)),
    ]
    for order in permutations(records):
        standing = state_of(order).standings[ID]
        assert (standing.done_on, standing.done_by) == (day(9), "ข")


def test_reopened_then_done_later(head: Any) -> None:
    """After a reopening only later records count; the paper that the superior has stays there."""
    records = [
        kinds.Reviewed(head(), ID, day(8)),
        kinds.Done(head(), ID, day(9), "กค 1"),
        kinds.Reopened(head(), ID, day(10)),
    ]
    reopened = Standing(reviewed_on=day(8), reopened_on=day(10))
    assert state_of(records).standings[ID] == reopened
    again = state_of([*records, kinds.Done(head("ข"), ID, day(12))]).standings[ID]
    assert again == reopened._replace(done_on=day(12), done_by="ข")


def test_lines_in_any_order(head: Any) -> None:
    """A merge may turn lines round: what counts is the moment recorded."""
    records = [
        kinds.Done(head(), ID, day(9)),
        kinds.Reopened(head(), ID, day(10)),
        kinds.Waived(head(), ID, day(11), "งด"),
        kinds.EventSet(head(), "e", "2564-01", date(2021, 1, 28), day(9)),
        kinds.EventSet(head(), "e", "2564-01", date(2021, 1, 21), day(9)),
    ]
    assert {str(state_of(order)) for order in permutations(records)} == {str(state_of(records))}
    assert state_of(records).standings[ID].waived == "งด"


def test_same_moment_is_read_by_id(head: Any) -> None:
    """Two records of one moment are read in the order of their ids, which sort by time."""
    noon = at("12:00")
    one = kinds.EventSet(head(recorded=noon), "e", "2564-01", date(2021, 1, 28), day(9))
    two = kinds.EventSet(head(recorded=noon), "e", "2564-01", date(2021, 1, 21), day(9))
    for order in ([one, two], [two, one]):
        assert state_of(order).events["e"]["2564-01"] == (Happening(on=date(2021, 1, 21)),)


def test_as_of(head: Any) -> None:
    """As of a day, what was recorded up to its end is known, whenever it happened."""
    early = kinds.Done(head(recorded=at("23:59", 16)), ID, day(9))
    late = kinds.Done(head(recorded=at("00:01", 17)), ID, day(8))
    assert state_of([early, late], day(15)).standings == {}
    assert state_of([early, late], day(16)).standings[ID].done_on == day(9)
    assert state_of([early, late], day(17)).standings[ID].done_on == day(8)
    assert state_of([early, late]).standings[ID].done_on == day(8)


# ---- events and letters


def test_events(head: Any) -> None:
    """A day, a month, a second meeting, a cancellation with its reason and letter."""
    records = [
        kinds.EventSet(head(), "e", "2563-12", month(2020, 12), day(9)),
        kinds.EventSet(head(), "e", "2564-01", date(2021, 1, 28), day(9), "ว 1"),
        kinds.EventSet(head(), "e", "2564-01.2", date(2021, 1, 30), day(9)),
        kinds.EventCancelled(head(), "e", "2564-02", "งด", day(9), "ว 2"),
        kinds.EventSet(head(), "e", "2564-03.2", date(2021, 3, 30), day(9)),
    ]
    assert state_of(records).events == {
        "e": {
            "2563-12": (Happening(month=month(2020, 12)),),
            "2564-01": (Happening(on=date(2021, 1, 28), letter="ว 1"), Happening(on=date(2021, 1, 30))),
            "2564-02": (Happening(cancelled="งด", letter="ว 2"),),
            "2564-03": (Happening(), Happening(on=date(2021, 3, 30))),
        }
    }


def test_letters_that_date_one_rule_alone(head: Any) -> None:
    """The same number for another rule is another letter; a correction by the letter itself leaves it its rule."""
    records = [
        kinds.Letter(head(), "a", day(20), day(9), "ว 1", None, "k"),
        kinds.Letter(head(), "a", day(21), day(9), "ว 1", None, "l"),
        kinds.Letter(head(), "a", day(22), day(9), "ว 1"),
        kinds.Letter(head(), "a", day(23), day(9), "ว1", None, "l"),
        kinds.Letter(head(), "a", day(24), day(9), None, "id000"),
    ]
    assert state_of(records).letters["a"] == (
        KnownLetter("id000", day(24), "ว 1", "k"), KnownLetter("id001", day(23), "ว1", "l"),
        KnownLetter("id002", day(22), "ว 1"),
    )  # fmt: skip
    told = state_of(records).known(at("12:00")).letters["a"]
    assert [(one.on, one.letter, one.key) for one in told] == [
        (day(24), "ว 1", "k"), (day(23), "ว1", "l"), (day(22), "ว 1", None),
    ]  # fmt: skip


def test_letters_in_the_order_in_which_they_came(head: Any) -> None:
    """Each number is a letter; its later record corrects it; letters without a number are letters of their own."""
    records = [
        kinds.Letter(head(), "a", day(20), day(9), "ว ๑๒"),
        kinds.Letter(head(), "a", day(25), day(9)),
        kinds.Letter(head(), "a", day(22), day(9), "ว12"),
        kinds.Letter(head(), "a", day(26), day(9), None, "id001"),
    ]
    letters = state_of(records).letters["a"]
    assert letters == (KnownLetter("id000", day(22), "ว12"), KnownLetter("id001", day(26), None))
    assert state_of(records).known(at("12:00")).letters["a"] == (
        Happening(on=day(22), letter="ว12"),
        Happening(on=day(26)),
    )


def test_done_follows_its_letter_through_a_merge(head: Any) -> None:
    """An earlier letter of another branch takes the first place; what was done of ours stays with ours."""
    theirs = kinds.Letter(head(), "a", day(20), day(9), "ว 1")
    ours = kinds.Letter(head(), "a", day(25), day(9), "ว 2")
    done = kinds.Done(head(), "a@FY2564.1", day(12), None, ours.head.id)
    assert list(state_of([ours, done]).standings) == ["a@FY2564.1"]
    assert list(state_of([ours, done, theirs]).standings) == ["a@FY2564.2"]


def test_one_letter_without_number_told_twice(head: Any) -> None:
    """Without a number, the same day is the same letter; with one, the number decides."""
    letters = (KnownLetter("x", day(20), None), KnownLetter("y", day(20), "ว 1"))
    assert spelled_alike(letters, None, day(20)) == letters[0]
    assert spelled_alike(letters, None, day(21)) is None
    assert spelled_alike(letters, "ว๑", day(21)) == letters[1]
    assert spelled_alike(letters, "ว 2", day(20)) is None


# ---- progress


def test_progress_is_the_latest_day(head: Any) -> None:
    """A number of an earlier day, recorded later, does not go back; of one day the one recorded last counts."""
    records = [
        kinds.Progress(head(), "a", day(10), 100),
        kinds.Progress(head(), "a", day(9), 90),
        kinds.Progress(head(), "a", day(12), 190, 239),
        kinds.Progress(head(), "a", day(12), 187, 239),
    ]
    assert state_of(records[:2]).progress["a"] == (100, None, day(10))
    assert state_of(records).progress["a"] == (187, 239, day(12))


# ---- cases


def test_case(head: Any) -> None:
    """A case has its receipt, steps at their first closing, pauses without overlap, and its closing."""
    records = [
        kinds.Received(head("ก"), CASE, at("09:00"), "45"),
        kinds.StepClosed(head(), CASE, 1, at("10:00")),
        kinds.StepClosed(head(), CASE, 1, at("11:00")),
        kinds.Paused(head(), CASE, at("10:30")),
        kinds.Paused(head(), CASE, at("10:45")),
        kinds.Resumed(head(), CASE, at("11:30")),
        kinds.Paused(head(), CASE, at("13:00")),
    ]
    state = state_of(records)
    case = state.cases[CASE]
    assert case.activity == "c"
    assert case.steps == {1: at("10:00")}
    assert case.pauses == ((at("10:30"), at("11:30")), (at("13:00"), None))
    assert case.paused
    assert case.took(at("14:00")) == timedelta(hours=3)
    known = state.known(at("14:00"))
    assert known.receipts == {"c": (("FY2564.c1116abcdefgh", at("09:00")),)}
    assert known.pauses == {CASE: ((at("10:30"), at("11:30")), (at("13:00"), at("14:00")))}


def test_closing_ends_a_pause(head: Any) -> None:
    """A case closed while paused took no time after the pause began, and is not paused when it is reopened."""
    records = [
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Paused(head(), CASE, at("10:00")),
        kinds.Closed(head(), CASE, at("12:00"), "กค 1"),
    ]
    state = state_of(records)
    assert state.cases[CASE].closed == at("12:00")
    assert state.cases[CASE].took(at("18:00")) == timedelta(hours=1)
    assert state.standings[CASE] == Standing(done_on=day(16), done_at=at("12:00"), done_by="ก", evidence="กค 1")
    reopened = state_of([*records, kinds.Reopened(head(), CASE, day(16))])
    assert reopened.cases[CASE].closed is None
    assert reopened.cases[CASE].pauses == ((at("10:00"), at("12:00")),)


def test_of_two_closings_the_earlier_stands(head: Any) -> None:
    """As with done."""
    records = [
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Closed(head("ก"), CASE, at("12:00")),
        kinds.Closed(head("ข"), CASE, at("11:00")),
    ]
    assert state_of(records).standings[CASE].done_by == "ข"


def test_records_of_a_case_before_its_receipt(head: Any) -> None:
    """Two machines' clocks may differ: a step recorded before its receipt counts all the same."""
    records = [kinds.StepClosed(head(), CASE, 1, at("10:00")), kinds.Received(head(), CASE, at("09:00"))]
    assert state_of(records).cases[CASE].steps == {1: at("10:00")}


# ---- doubts

GROUND = Ground({"a": 0, "c": 2}, {"e": ["2564-01"]}, "FY2564", {ID, CASE, "a@FY2564.1", "a@FY2564.2.k"})


def doubted(records: list[Record], ground: Ground = GROUND) -> list[tuple[str, int, str]]:
    """(code, line, marked words) of every doubt; `records` stand in the file one below the other."""
    placed = [record._replace(head=record.head._replace(line=number)) for number, record in enumerate(records, 1)]
    lines = [to_line(record) for record in placed]
    found = doubts(placed, state_of(placed), ground, lines)
    for one in found:
        assert one.code in CATALOGUE
        assert "?" not in one.message("th") + one.message("en") + one.help("th") + one.help("en")
    return [
        (one.code, one.mark.line, lines[one.mark.line - 1][one.mark.column - 1 : one.mark.end - 1]) for one in found
    ]


def test_no_doubt(head: Any) -> None:
    """Ordinary records of what the plan has, the same thing twice included, raise no doubt."""
    records = [
        kinds.Done(head(), ID, day(9)),
        kinds.Done(head(), ID, day(9), "กค 1"),
        kinds.Reopened(head(), ID, day(10)),
        kinds.Done(head(), ID, day(12)),
        kinds.EventSet(head(), "e", "2564-01", day(9), day(9)),
        kinds.EventSet(head(), "e", "2564-01", day(9), day(9), "ว 1"),
        kinds.EventSet(head(), "e", "2564-01.2", day(12), day(9)),
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Closed(head(), CASE, at("12:00")),
        kinds.Progress(head(), "a", day(9), 1),
        kinds.Letter(head(), "a", day(20), day(9)),
        kinds.Done(head(), "a@FY2564.1", day(12)),
    ]
    assert doubted(records) == []


def test_records_of_what_is_not_there(head: Any) -> None:
    """An activity that is gone is told once with the number of its records; periods, events and cases by their ids."""
    records = [
        kinds.Done(head(), "gone@2563-10", day(9)),
        kinds.Progress(head(), "gone", day(9), 1),
        kinds.Done(head(), "a@2563-11", day(9)),
        kinds.Reviewed(head(), "a@2563-11", day(9)),
        kinds.EventSet(head(), "x", "2564-01", day(9), day(9)),
        kinds.EventSet(head(), "e", "2564-02", day(9), day(9)),
        kinds.Closed(head(), CASE, at("12:00")),
    ]
    assert doubted(records) == [
        ("U709", 1, '"gone@2563-10"'),
        ("U710", 3, '"a@2563-11"'),
        ("U710", 5, '"x"'),
        ("U710", 6, '"2564-02"'),
        ("U710", 7, f'"{CASE}"'),
    ]
    assert doubted(records[2:3], GROUND._replace(obligations=None)) == []


def test_done_on_two_days(head: Any) -> None:
    """Told at the record that does not stand, once a pair; not across a reopening."""
    records = [kinds.Done(head(), ID, day(10)), kinds.Done(head(), ID, day(9))]
    assert doubted(records) == [("U711", 1, '"2563-11-10"')]
    reopened = [kinds.Done(head(), ID, day(10)), kinds.Reopened(head(), ID, day(10)), kinds.Done(head(), ID, day(9))]
    assert doubted(reopened) == []
    closings = [kinds.Closed(head(), CASE, at("11:00") + timedelta(days=days)) for days in (0, 1)]
    assert doubted([kinds.Received(head(), CASE, at("09:00")), *closings]) == [("U711", 3, '"2563-11-17 11:00"')]


def test_done_and_waived(head: Any) -> None:
    """Told at the later of the two."""
    records = [kinds.Waived(head(), ID, day(10), "งด"), kinds.Done(head(), ID, day(11))]
    assert doubted(records) == [("U716", 2, f'"{ID}"')]
    standing = state_of(records).standings[ID]
    assert (standing.done_on, standing.waived) == (day(11), "งด")


def test_moved_dates(head: Any) -> None:
    """Every date that no longer stands is told, of events and of letters."""
    keyed = [kinds.Letter(head(), "a", day(20 + n), day(9), "ว 1", None, key) for n, key in enumerate(("k", None))]
    assert doubted(keyed) == []
    assert doubted([*keyed, kinds.Letter(head(), "a", day(25), day(9), "ว1", None, "k")]) == [
        ("U712", 1, '"2563-11-20"')
    ]
    records = [
        kinds.EventSet(head(), "e", "2564-01", date(2021, 1, 28), day(9)),
        kinds.EventCancelled(head(), "e", "2564-01", "งด", day(9)),
        kinds.EventSet(head(), "e", "2564-01", month(2021, 1), day(9)),
        kinds.Letter(head(), "a", day(20), day(9), "ว 1"),
        kinds.Letter(head(), "a", day(21), day(9), "ว ๑"),
        kinds.Letter(head(), "a", day(25), day(9)),
    ]
    assert doubted(records) == [("U712", 1, '"2564-01-28"'), ("U712", 2, '"งด"'), ("U712", 4, '"2563-11-20"')]


def test_received_twice(head: Any) -> None:
    """The first recorded stands."""
    records = [kinds.Received(head(), CASE, at("09:00")), kinds.Received(head(), CASE, at("08:00"))]
    assert doubted(records) == [("U713", 2, f'"{CASE}"')]
    assert state_of(records).cases[CASE].received == at("09:00")


def test_standing_of_what_was_never_recorded() -> None:
    """Nothing recorded is its own value."""
    assert Standing() == NOTHING_RECORDED


# ---- what doubts say


def said(
    records: list[Record], ground: Ground = GROUND, shared: Sequence[Record] = ()
) -> list[tuple[str, int, dict[str, Any]]]:
    """(code, line, what its sentence needs) of every doubt."""
    placed = [record._replace(head=record.head._replace(line=number)) for number, record in enumerate(records, 1)]
    found = doubts(placed, state_of(placed), ground, [to_line(record) for record in placed], shared)
    assert {(one.file, one.path) for one in found} <= {("f", f"line {number}") for number in range(1, 99)}
    return [(one.code, one.mark.line, dict(one.detail)) for one in found]


def test_what_is_said_of_what_is_not_there(head: Any) -> None:
    """Each id once; an activity that is gone once, with how many records speak of it."""
    records = [
        kinds.Done(head(), "gone@2563-10", day(9)),
        kinds.Waived(head(), "gone@2563-11", day(9), "งด"),
        kinds.Done(head(), "a@2563-11", day(9)),
        kinds.Done(head(), "a@2563-11", day(9)),
        kinds.EventCancelled(head(), "x", "2564-01.2", "งด", day(9)),
        kinds.EventSet(head(), "e", "2564-02", day(9), day(9)),
        kinds.EventSet(head(), "e", "2564-01.2", day(9), day(9)),
        kinds.Letter(head(), "lost", day(9), day(9)),
        kinds.StepClosed(head(), CASE, 9, at("12:00")),
        kinds.EventSet(head(), "e@x", "2564-01", day(9), day(9)),
    ]
    assert said(records) == [
        ("U709", 1, {"id": "gone", "count": 2}),
        ("U710", 3, {"id": "a@2563-11", "see": "show a"}),
        ("U710", 5, {"id": "x@2564-01", "see": "event list"}),
        ("U710", 6, {"id": "e@2564-02", "see": "event list"}),
        ("U709", 8, {"id": "lost", "count": 1}),
        ("U710", 9, {"id": CASE, "see": "show c"}),
        ("U710", 10, {"id": "e@x@2564-01", "see": "event list"}),
    ]


OTHER = "c@FY2564.c1117abcdefgh"


def test_what_is_said_of_what_the_plan_makes_no_obligation(head: Any) -> None:
    """A case and a letter once, whatever else is recorded of them; nothing where the obligations are not known."""
    kept = kinds.Letter(head(), "a", day(20), day(9), "ว 1")
    records = [
        kept,
        kinds.Letter(head(), "a", day(21), day(9), "ว 2"),
        kinds.Letter(head(), "c", day(22), day(9), "ว 3"),
        kinds.Letter(head(), "c", day(22), day(9), "ว 3"),
        kinds.Done(head(), "c@FY2564.1", day(22)),
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Received(head(), OTHER, at("09:00")),
        kinds.StepClosed(head(), OTHER, 9, at("10:00")),
        kinds.Closed(head(), OTHER, at("12:00")),
        kinds.Waived(head(), OTHER, day(16), "ถอน"),
    ]
    assert said(records) == [
        ("U717", 3, {"id": "c@FY2564.1", "see": "show c"}),
        ("U717", 7, {"id": OTHER, "see": "show c"}),
        ("U716", 10, {"id": OTHER}),
    ]
    assert doubted(records)[:2] == [("U717", 3, '"c"'), ("U717", 7, f'"{OTHER}"')]
    assert said(records, GROUND._replace(obligations=None)) == [("U716", 10, {"id": OTHER})]
    # The second letter is no obligation either where the plan is of another year.
    assert [line for _, line, _ in said(records[:2], GROUND._replace(year="FY2565"))] == [1, 2]


def test_what_is_said_of_steps(head: Any) -> None:
    """A step that the activity does not have; each once."""
    receipt = kinds.Received(head(), CASE, at("09:00"))
    steps = [kinds.StepClosed(head(), CASE, number, at("10:00")) for number in (1, 2, 3, 3)]
    assert said([receipt, *steps]) == [("U710", 4, {"id": f"{CASE} --step 3", "see": "show c"})]
    none = GROUND._replace(activities={"a": 2, "c": 0})
    assert [one[1] for one in said([receipt, *steps], none)] == [2, 3, 4]


def test_hidden_work(head: Any) -> None:
    """What is no obligation is hidden until it is done, closed or waived."""
    records: list[Record] = [
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Received(head(), OTHER, at("09:00")),
        kinds.Letter(head(), "a", day(20), day(9)),
        kinds.Letter(head(), "c", day(20), day(9)),
    ]
    everything = {OTHER, "c@FY2564.1"}
    assert hidden(state_of(records), GROUND) == everything
    for last, id in (
        (kinds.Closed(head(), OTHER, at("12:00")), OTHER),
        (kinds.Waived(head(), OTHER, day(16), "ถอน"), OTHER),
        (kinds.Done(head(), "c@FY2564.1", day(20)), "c@FY2564.1"),
    ):
        assert hidden(state_of([*records, last]), GROUND) == everything - {id}
    assert hidden(state_of(records), GROUND._replace(obligations=None)) == set()


def test_what_is_said_of_two_days(head: Any) -> None:
    """The day that stands and its line; of three, each that does not stand against the one that does by then."""
    days = [kinds.Done(head(), ID, day(number)) for number in (10, 9, 11)]
    stands = {"id": ID, "day": day(9), "other": 2, "again": f"done {ID} --on"}
    assert said(days) == [("U711", 1, stands), ("U711", 3, stands)]
    receipt = kinds.Received(head(), CASE, at("09:00"))
    closings = [kinds.Closed(head(), CASE, at(clock)) for clock in ("12:00", "11:00", "11:30")]
    assert said([receipt, *closings]) == []
    later = kinds.Closed(head(), CASE, at("11:00") + timedelta(days=1))
    stands = {"id": CASE, "day": day(16), "other": 3, "again": f"close {CASE} --at"}
    assert said([receipt, *closings, later]) == [("U711", 5, stands)]


def test_what_was_reopened_is_not_doubted(head: Any) -> None:
    """Nor what was recorded before, of that obligation; what comes after is."""
    other = [kinds.Done(head(), "a@FY2564.1", day(number)) for number in (10, 5)]
    twice = [kinds.Done(head(), ID, day(number)) for number in (10, 5)]
    both = [kinds.Waived(head(), ID, day(9), "งด")]
    reopened = kinds.Reopened(head(), ID, day(11))
    after = [kinds.Done(head(), ID, day(number)) for number in (12, 13)]
    assert [one[:2] for one in said([*other, *twice, *both])] == [("U711", 1), ("U711", 3), ("U716", 5)]
    assert [one[:2] for one in said([*other, *twice, *both, reopened, after[0]])] == [("U711", 1)]
    assert [one[:2] for one in said([*other, *twice, reopened, *after])] == [("U711", 1), ("U711", 7)]


def test_two_letters_are_not_one_obligation(head: Any) -> None:
    """A merge may have called both obligations alike; each record names its letter."""
    letters = [kinds.Letter(head(), "a", day(20), day(9), number) for number in ("ว 1", "ว 2")]
    done = [kinds.Done(head(), "a@FY2564.1", day(9 + n), None, one.head.id) for n, one in enumerate(letters)]
    again = kinds.Done(head(), "a@FY2564.1", day(12), None, letters[1].head.id)
    ground = GROUND._replace(obligations={"a@FY2564.1", "a@FY2564.2"})
    assert said([*letters, *done], ground) == []
    stands = {"id": "a@FY2564.2", "day": day(10), "other": 4, "again": "done a@FY2564.2 --on"}
    assert said([*letters, *done, again], ground) == [("U711", 5, stands)]


def test_what_is_said_of_done_and_waived(head: Any) -> None:
    """In either order, of obligations and cases; not after a reopening."""
    waived, done = kinds.Waived(head(), ID, day(10), "งด"), kinds.Done(head(), ID, day(9))
    doubt = {"id": ID}
    assert said([waived, done]) == [("U716", 2, doubt)]
    again = kinds.Waived(head(), ID, day(10), "งด")
    assert said([done, again]) == [("U716", 2, doubt)]
    assert doubted([done, again]) == [("U716", 2, f'"{ID}"')]
    assert said([done, kinds.Reopened(head(), ID, day(10)), kinds.Waived(head(), ID, day(10), "งด")]) == []
    gone = [
        kinds.Waived(head(), ID, day(9), "งด"),
        kinds.Reopened(head(), ID, day(10)),
        kinds.Done(head(), ID, day(10)),
    ]
    assert said(gone) == []
    case = [
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Waived(head(), CASE, day(16), "ถอนเรื่อง"),
        kinds.Closed(head(), CASE, at("12:00")),
    ]
    assert said(case) == [("U716", 3, {"id": CASE})]
    assert doubted(case) == [("U716", 3, f'"{CASE}"')]


def test_what_is_said_of_moved_dates(head: Any) -> None:
    """Which event or letter, the date that stands and its line; a month by its name, a cancellation by its reason."""
    meeting = [
        kinds.EventSet(head(), "e", "2564-01", day(28), day(9)),
        kinds.EventSet(head(), "e", "2564-01.1", month(2021, 1), day(9)),
    ]
    assert said(meeting) == [("U712", 1, {"id": "e 2564-01", "now": "2564-01", "other": 2})]
    receipt = kinds.Received(head(recorded=at("00:00")), CASE, at("09:00"))
    assert [one[:2] for one in said([*meeting, receipt])] == [("U712", 1)]
    off = kinds.EventCancelled(head(), "e", "2564-01", "งด", day(9))
    assert said([*meeting, off])[1] == ("U712", 2, {"id": "e 2564-01", "now": "(งด)", "other": 3})
    first = kinds.Letter(head(), "a", day(20), day(9), "ว 1")
    later = kinds.Letter(head(), "a", day(21), day(9), "ว ๑")
    assert said([first, later]) == [("U712", 1, {"id": "a (ว 1)", "now": day(21), "other": 2})]
    assert doubted([first, later]) == [("U712", 1, '"2563-11-20"')]


def test_what_is_said_of_dates_beside(head: Any) -> None:
    """A date that a shared event has by another register: its file and line, unless it stands here as well."""
    ours = kinds.EventSet(head(), "e", "2564-01", day(28), day(9))
    theirs = kinds.EventSet(head()._replace(file="g", line=7), "e", "2564-01", day(21), day(9))
    again = kinds.EventSet(head(), "e", "2564-01", day(21), day(9))
    last = kinds.EventSet(head()._replace(file="g", line=8), "e", "2564-01", day(21), day(9))
    told = {"id": "e 2564-01", "now": day(21)}
    assert said([ours], shared=[theirs]) == [("U712", 1, told | {"other": "g:7"})]
    assert said([ours, again], shared=[theirs, last]) == [("U712", 1, told | {"other": 2})]
    assert said([again], shared=[theirs, last]) == []
    # What was recorded before is no change of it, whatever its id.
    early = Head("zz", at("07:00"), "ก", None, "g", 1)
    assert said([ours], shared=[kinds.EventSet(early, "e", "2564-01", day(21), day(9))]) == []
    assert said([again], shared=[kinds.EventSet(head(), "x", "2564-01", day(22), day(9))]) == []


def test_letters_that_correct_each_other(head: Any) -> None:
    """By number, by the id of the first record, or by both; others are letters of their own."""
    plain = kinds.Letter(head(), "a", day(20), day(9))
    by_id = kinds.Letter(head(), "a", day(21), day(9), None, plain.head.id)
    numbered = kinds.Letter(head(), "a", day(22), day(9), "ว 1", plain.head.id)
    same = kinds.Letter(head(), "a", day(23), day(9), "ว1", by_id.head.id)
    assert said([plain, by_id]) == [("U712", 1, {"id": "a", "now": day(21), "other": 2})]
    assert [one[:2] for one in said([plain, by_id, numbered, same])] == [("U712", 1), ("U712", 2), ("U712", 3)]
    other = kinds.Letter(head(), "a", day(24), day(9))
    elsewhere = kinds.Letter(head(), "c", day(21), day(9), None, plain.head.id)
    assert said([plain, other, elsewhere], GROUND._replace(obligations=None)) == []


def test_what_is_said_of_two_receipts(head: Any) -> None:
    """The line of the one that stands."""
    records = [kinds.Received(head(), CASE, at("09:00")), kinds.Received(head(), CASE, at("09:00"))]
    assert said(records) == [("U713", 2, {"id": CASE, "first": 1})]


def test_what_a_record_speaks_of(head: Any) -> None:
    """The key that names it and its id: an obligation as it is called now, an event's period, an activity, a case."""
    letters = {"a": (KnownLetter("x", day(20), None), KnownLetter("y", day(21), None))}
    state = State(letters=letters)
    rows = [
        (kinds.Done(head(), "a@FY2564.1", day(9), None, "y"), ("of", "a@FY2564.2")),
        (kinds.Reviewed(head(), "a@FY2564.1.k", day(9), "y"), ("of", "a@FY2564.2.k")),
        (kinds.Waived(head(), ID, day(9), "งด"), ("of", ID)),
        (kinds.Reopened(head(), "a@FY2564.1", day(9), "z"), ("of", "a@FY2564.1")),
        (kinds.EventSet(head(), "e", "2564-01.2", day(9), day(9)), ("event", "e@2564-01")),
        (kinds.EventCancelled(head(), "e", "2564-01", "งด", day(9)), ("event", "e@2564-01")),
        (kinds.Progress(head(), "a", day(9), 1), ("activity", "a")),
        (kinds.Letter(head(), "a", day(9), day(9)), ("activity", "a")),
        (kinds.Received(head(), CASE, at("09:00")), ("case", CASE)),
        (kinds.StepClosed(head(), CASE, 1, at("09:00")), ("case", CASE)),
    ]
    for record, expected in rows:
        assert subject(record, state) == expected


def test_doubts_come_by_line(head: Any) -> None:
    """Whatever kind they are of, though records are read by their moment."""
    late = head()
    records = [
        kinds.Done(late._replace(recorded=at("20:00")), "gone@1", day(9)),
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Received(head(), CASE, at("09:00")),
        kinds.Done(head(), "a@2563-11", day(9)),
    ]
    assert [line for _, line, _ in said(records)] == [1, 3, 4]
    swapped = [
        kinds.Done(head(recorded=at("20:00")), ID, day(10)),
        kinds.Waived(head(recorded=at("19:00")), ID, day(9), "ง"),
    ]
    assert said(swapped) == [("U716", 1, {"id": ID})]


# ---- standings, one record after the other


def test_standings(head: Any) -> None:
    """What each kind of record changes, and what it leaves."""
    first = kinds.Done(head("ก", "หนึ่ง"), ID, day(9), "กค 1")
    again = kinds.Done(head("ข"), ID, day(9))
    assert state_of([first, again]).standings[ID] == Standing(done_on=day(9), done_by="ข", evidence="กค 1", note="หนึ่ง")
    better = kinds.Done(head("ค", "สอง"), ID, day(9), "กค 2")
    assert state_of([first, better]).standings[ID] == Standing(done_on=day(9), done_by="ค", evidence="กค 2", note="สอง")
    reviewed = [kinds.Reviewed(head(), ID, day(number)) for number in (8, 7, 9)]
    assert state_of(reviewed).standings[ID] == Standing(reviewed_on=day(7))
    waived = kinds.Waived(head(), ID, day(10), "งด", "ว 9")
    assert state_of([waived]).standings[ID] == Standing(waived="งด", evidence="ว 9")
    unproved = kinds.Waived(head(), ID, day(10), "งดอีก")
    assert state_of([first, waived, unproved]).standings[ID] == Standing(
        done_on=day(9), waived="งดอีก", done_by="ก", evidence="ว 9", note="หนึ่ง"
    )
    reopened = kinds.Reopened(head(), ID, day(11))
    assert state_of([first, waived, reopened]).standings[ID] == Standing(reopened_on=day(11))
    assert stand(Standing(waived="x"), kinds.Progress(head(), "a", day(9), 1)) == Standing(waived="x")


def test_closings(head: Any) -> None:
    """A closing has its moment; one of the same moment that is recorded later says more."""
    receipt = kinds.Received(head(), CASE, at("09:00"))
    closings = [kinds.Closed(head("ก"), CASE, at("12:00"), "กค 1"), kinds.Closed(head("ข", "แล้ว"), CASE, at("12:00"))]
    assert state_of([receipt, *closings]).standings[CASE] == Standing(
        done_on=day(16), done_at=at("12:00"), done_by="ข", evidence="กค 1", note="แล้ว"
    )


def test_which_record_names_an_obligation() -> None:
    """Its own id; of a case with several clocks the case."""

    def made(id: str, state: str) -> Obligation:
        return Obligation(**(dict.fromkeys(Obligation._fields) | {"id": id, "state": state}))  # type: ignore[arg-type]

    case, key = made("c@FY2564.c1", "case"), made("c@FY2564.c1.k", "case")
    plain = made("a@2563-10.w2.k", "dated")
    assert [standing_id(one) for one in (case, key, plain)] == ["c@FY2564.c1", "c@FY2564.c1", "a@2563-10.w2.k"]
    known = Case("c@FY2564.c1", at("09:00"))
    state = State({"c@FY2564.c1": Standing(waived="x")}, cases={"c@FY2564.c1": known, "a@2563-10.w2.k": known})
    assert [state.standing(one).waived for one in (case, key, plain)] == ["x", "x", None]
    assert [state.case(one) for one in (case, key, plain)] == [known, known, None]


def test_a_clock_stands_as_its_case_unless_it_is_waived_by_itself() -> None:
    """Another clock does not stand so, nor does one that was opened again; an empty reason is one."""
    names = ("c@FY2564.c1", "c@FY2564.c1.k", "c@FY2564.c1.l")
    clocks = [
        Obligation(**(dict.fromkeys(Obligation._fields) | {"id": id, "state": "case"}))  # type: ignore[arg-type]
        for id in names
    ]
    closed, waived, opened = Standing(done_by="ก"), Standing(waived=""), Standing(reopened_on=day(9))
    for own, stands in ((waived, waived), (opened, closed)):
        state = State({names[0]: closed, names[1]: own})
        assert [state.standing(one) for one in clocks] == [closed, stands, closed]
    assert State({names[1]: waived}).standing(clocks[2]) == NOTHING_RECORDED


# ---- clocks


def test_a_case_by_itself() -> None:
    """Its names, whether it stands still, and how long it took."""
    case = Case("c@FY2564.c1", at("09:00"))
    assert (case.activity, case.period, case.paused, case.ref, case.by) == ("c", "FY2564.c1", False, None, "")
    assert (case.steps, case.pauses, case.closed) == ({}, (), None)
    assert case.took(at("10:00")) == timedelta(hours=1)
    assert case.took(at("08:00")) == timedelta()
    paused = case._replace(pauses=((at("09:30"), at("09:45")), (at("10:00"), None)))
    assert paused.paused
    assert paused.pauses_until(at("11:00")) == ((at("09:30"), at("09:45")), (at("10:00"), at("11:00")))
    assert paused.pauses_until(at("09:50"))[1] == (at("10:00"), at("10:00"))
    assert paused.took(at("11:00")) == timedelta(minutes=45)
    assert paused.took(at("11:00"), lambda start, end: 2 * (end - start)) == timedelta(minutes=90)
    assert not case._replace(pauses=((at("09:30"), at("09:45")),)).paused
    closed = paused._replace(closed=at("12:00"), pauses=((at("09:30"), at("09:45")),))
    assert closed.took(at("18:00")) == timedelta(hours=2, minutes=45)
    odd = case._replace(pauses=((at("08:00"), at("18:00")),))
    assert odd.took(at("10:00")) == timedelta()


STOPS: list[tuple[str, str | None, list[tuple[str, str | None]]]] = [
    ("P10:00 R11:00", None, [("10:00", "11:00")]),
    ("P10:00", None, [("10:00", None)]),
    ("R10:00 P11:00", None, [("11:00", None)]),
    ("P10:00 P10:30 R11:00 R12:00", None, [("10:00", "11:00")]),
    ("P10:00 R11:00 P12:00 R13:00", None, [("10:00", "11:00"), ("12:00", "13:00")]),
    # Before the receipt no clock ran; after the closing none does.
    ("P08:00 R10:00", None, [("09:00", "10:00")]),
    ("P10:00", "12:00", [("10:00", "12:00")]),
    ("P10:00 R13:00", "12:00", [("10:00", "12:00")]),
    ("P12:00", "12:00", []),
    ("P13:00 R14:00", "12:00", []),
    ("P10:00 R11:00 P13:00", "12:00", [("10:00", "11:00")]),
]


@pytest.mark.parametrize(("stops", "closed", "pauses"), STOPS)
def test_pauses(head: Any, stops: str, closed: str | None, pauses: list[tuple[str, str | None]]) -> None:
    """P stops the clock and R lets it go on, by when that happened, between receipt and closing."""
    kind = {"P": kinds.Paused, "R": kinds.Resumed}
    records: list[Record] = [kinds.Received(head(), CASE, at("09:00"))]
    records += [kind[word[0]](head(), CASE, at(word[1:])) for word in reversed(stops.split())]  # type: ignore[abstract]
    if closed:
        records.append(kinds.Closed(head(), CASE, at(closed)))
    expected = tuple((at(start), at(end) if end else None) for start, end in pauses)
    assert state_of(records).cases[CASE].pauses == expected


def test_a_clock_stopped_and_started_in_one_moment(head: Any) -> None:
    """Runs or stands still as it was left: of one moment, what was recorded later came later."""
    received, paused = kinds.Received(head(), CASE, at("09:00")), kinds.Paused(head(), CASE, at("10:00"))
    resumed = kinds.Resumed(head(), CASE, at("10:00"))
    assert state_of([received, paused, resumed]).cases[CASE].pauses == ((at("10:00"), at("10:00")),)
    early = kinds.Paused(head(), CASE, at("09:30"))
    again = kinds.Resumed(head(), CASE, at("10:00")), kinds.Paused(head(), CASE, at("10:00"))
    assert state_of([received, early, *again]).cases[CASE].pauses == ((at("09:30"), at("10:00")), (at("10:00"), None))


def test_what_the_rules_may_know(head: Any) -> None:
    """Receipts by activity in the order recorded, pauses only of cases that have any, events as they are."""
    other = "c@FY2564.c1117abcdefgh"
    records = [
        kinds.Received(head("ก"), CASE, at("09:00"), "45"),
        kinds.Received(head("ข"), other, at("08:00")),
        kinds.Paused(head(), other, at("10:00")),
        kinds.EventSet(head(), "e", "2564-01", day(28), day(9)),
    ]
    state = state_of(records)
    assert state.cases[CASE] == Case(CASE, at("09:00"), "45", "ก")
    known = state.known(at("11:00"))
    assert known.receipts == {"c": (("FY2564.c1116abcdefgh", at("09:00")), ("FY2564.c1117abcdefgh", at("08:00")))}
    assert known.pauses == {other: ((at("10:00"), at("11:00")),)}
    assert known.events == {"e": {"2564-01": (Happening(on=day(28)),)}}
    assert State({}, {}, {}, {}, {}) == NOTHING_HAPPENED


# ---- letters


def test_numbers_of_letters(head: Any) -> None:
    """Blanks and digits do not tell them apart, nor capitals; a later record keeps the number that it leaves out."""
    assert [letter_key(kinds.Letter(head(), "a", day(9), day(9), text)) for text in ("กค ๑ /Ab", None, " ")] == [
        "กค1/ab",
        "",
        "",
    ]
    records = [
        kinds.Letter(head(), "a", day(20), day(9), "ว 1"),
        kinds.Letter(head(), "a", day(21), day(9), None, "id003"),
    ]
    assert state_of(records).letters["a"] == (KnownLetter("id003", day(21), "ว 1"),)
    unknown = [
        kinds.Letter(head(), "a", day(20), day(9)),
        kinds.Letter(head(), "a", day(21), day(9), None, "not there"),
    ]
    assert [one.due for one in state_of(unknown).letters["a"]] == [day(20), day(21)]
    # Whatever a record is called: what names no letter corrects none.
    strange = [kinds.Letter(head()._replace(id=id), "a", day(20), day(9)) for id in ("XXXX", "None", "y")]
    assert [one.id for one in state_of(strange).letters["a"]] == ["XXXX", "None", "y"]


@pytest.mark.parametrize(
    ("of", "letter", "now"),
    [
        ("a@FY2564.1", "y", "a@FY2564.2"),
        ("a@FY2564.9", "x", "a@FY2564.1"),
        ("a@FY2564.1.key", "y", "a@FY2564.2.key"),
        ("a@FY2564.1", "z", "a@FY2564.1"),
        ("a@FY2564.1", None, "a@FY2564.1"),
        ("b@FY2564.1", "y", "b@FY2564.1"),
        ("a@2563-10", "y", "a@2563-10"),
        ("a@FY2564", "y", "a@FY2564"),
        ("a@FY2564.1x", "y", "a@FY2564.1x"),
    ],
)
def test_what_an_obligation_of_a_letter_is_called_now(of: str, letter: str | None, now: str) -> None:
    """By its letter's place; what hangs on no letter that is known keeps its name."""
    letters = {"a": (KnownLetter("x", day(20), None), KnownLetter("y", day(21), None))}
    assert now_called(of, letter, letters) == now


def test_records_of_letters_wait_until_all_letters_are_known(head: Any) -> None:
    """They are then read in their own order."""
    letter = kinds.Letter(head(), "a", day(25), day(9), "ว 2")
    done = kinds.Done(head(), "a@FY2564.1", day(12), None, letter.head.id)
    reopened = kinds.Reopened(head(), "a@FY2564.1", day(13), letter.head.id)
    assert state_of([reopened, done, letter]).standings == {"a@FY2564.1": Standing(reopened_on=day(13))}


def test_the_moment_comes_before_the_id() -> None:
    """Where a machine's clock made ids that do not sort as the moments do."""
    first, second = Head("z", at("08:00"), "ก"), Head("a", at("09:00"), "ข")
    meetings = [kinds.EventSet(one, "e", "2564-01", day(number), day(9)) for one, number in ((first, 20), (second, 21))]
    assert state_of(meetings).events["e"]["2564-01"] == (Happening(on=day(21)),)
    letter = kinds.Letter(Head("l", at("07:00"), ""), "a", day(25), day(9))
    done, reopened = (
        kinds.Done(first, "a@FY2564.1", day(12), None, "l"),
        kinds.Reopened(second, "a@FY2564.1", day(13), "l"),
    )
    for order in permutations([letter, done, reopened]):
        assert state_of(order).standings["a@FY2564.1"] == Standing(reopened_on=day(13))


def test_a_month_with_its_letter(head: Any) -> None:
    """A month is told by a letter as a day is."""
    record = kinds.EventSet(head(), "e", "2564-01", month(2021, 2), day(9), "ว 1")
    assert state_of([record]).events["e"]["2564-01"] == (Happening(month=month(2021, 2), letter="ว 1"),)
