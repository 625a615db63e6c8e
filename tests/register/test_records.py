"""Records as lines: what is written is read back; what is wrong has its place and hides nothing beside it."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from ustm_cli.dates.fiscal import month
from ustm_cli.plan.findings import CATALOGUE
from ustm_cli.register import records as kinds
from ustm_cli.register.records import BANGKOK, KINDS, Head, Record, case_period, format_moment, new_id, read, to_line

NOON = datetime(2020, 11, 16, 12, tzinfo=BANGKOK)
DAY = date(2020, 11, 16)
FILE = "plans/fy2564.register.jsonl"
HEAD = Head("id1", NOON, "สมชาย", "หมายเหตุ", FILE, 1)
CASE = "consult-line@FY2564.c1116abcdefgh"

ON = {"on": "2563-11-16"}
AT = {"case": CASE, "at": "2563-11-16 12:00"}
OF = ON | {"of": "a@2563-10"}
JANUARY = ON | {"event": "e", "period": "2564-01"}
NOTIFIED = ON | {"activity": "a", "due": "2563-12-15"}
EACH: list[tuple[Record, dict[str, Any]]] = [
    (kinds.Done(HEAD, "a@2563-10", DAY, "กค 1", "id0"), OF | {"kind": "done", "evidence": "กค 1", "letter_id": "id0"}),
    (kinds.Reviewed(HEAD, "a@2563-10", DAY), OF | {"kind": "reviewed"}),
    (kinds.Waived(HEAD, "a@2563-10", DAY, "งด"), OF | {"kind": "waived", "reason": "งด"}),
    (kinds.Reopened(HEAD, "a@2563-10", DAY), OF | {"kind": "reopened"}),
    (
        kinds.Progress(HEAD, "a", DAY, 187, 239),
        ON | {"kind": "progress", "activity": "a", "reached": 187, "total": 239},
    ),
    (
        kinds.EventSet(HEAD, "e", "2564-01.2", date(2021, 1, 28), DAY, "ว 1"),
        JANUARY | {"kind": "event", "period": "2564-01.2", "date": "2564-01-28", "letter": "ว 1"},
    ),
    (kinds.EventSet(HEAD, "e", "2564-01", month(2021, 2), DAY), JANUARY | {"kind": "event", "date": "2564-02"}),
    (kinds.EventCancelled(HEAD, "e", "2564-01", "งด", DAY), JANUARY | {"kind": "event_cancelled", "reason": "งด"}),
    (kinds.Letter(HEAD, "a", date(2020, 12, 15), DAY, "ว 99"), NOTIFIED | {"kind": "letter", "letter": "ว 99"}),
    (kinds.Received(HEAD, CASE, NOON, "45"), AT | {"kind": "received", "ref": "45"}),
    (
        kinds.StepClosed(HEAD, CASE, 2, NOON.replace(second=5)),
        AT | {"kind": "step", "step": 2, "at": "2563-11-16 12:00:05"},
    ),
    (kinds.Closed(HEAD, CASE, NOON), AT | {"kind": "closed"}),
    (kinds.Paused(HEAD, CASE, NOON, "แก้"), AT | {"kind": "paused", "reason": "แก้"}),
    (kinds.Resumed(HEAD, CASE, NOON), AT | {"kind": "resumed"}),
]


def line(**changes: Any) -> str:
    """A done record as a line; a key changed to None is left out."""
    keys = {
        "recorded": "2020-11-16T12:00:00+07:00",
        "kind": "done",
        "of": "a@2563-10",
        "on": "2563-11-16",
        "by": "สมชาย",
        "id": "id1",
    }
    return json.dumps({key: value for key, value in (keys | changes).items() if value is not None}, ensure_ascii=False)


def told(text: str) -> list[tuple[str, int, str]]:
    """(code, line, the words it points at) of every finding, each of which has its sentences."""
    _, findings = read(text, FILE)
    for finding in findings:
        for lang in ("th", "en"):
            assert finding.message(lang)
            assert "?" not in finding.message(lang)
            finding.help(lang)
    lines = text.split("\n")
    return [
        (one.code, one.mark.line, lines[one.mark.line - 1][one.mark.column - 1 : one.mark.end - 1]) for one in findings
    ]


@pytest.mark.parametrize(("record", "keys"), EACH, ids=[f"{item[1]['kind']}{n}" for n, item in enumerate(EACH)])
def test_written_and_read(record: Record, keys: dict[str, Any]) -> None:
    """Every kind is one line of readable UTF-8 with its keys, and comes back the same."""
    text = to_line(record)
    assert "\n" not in text
    assert "สมชาย" in text
    head = {"recorded": "2020-11-16T12:00:00.000+07:00", "by": "สมชาย", "note": "หมายเหตุ", "id": "id1"}
    assert json.loads(text) == head | keys
    assert read(text + "\n", FILE) == ([record], [])


def test_every_kind_is_tested() -> None:
    """The rows above hold all kinds."""
    assert {type(record) for record, _ in EACH} == set(KINDS.values())


def test_what_could_steer_is_escaped() -> None:
    """Controls and signs of direction stand in the file as escapes, and are blanks when read."""
    record = kinds.Done(HEAD._replace(note="a\u202eb\x1b[31m\u2028c\x85"), "a@2563-10", DAY)
    text = to_line(record)
    assert text.isprintable()
    (back,), findings = read(text, FILE)
    assert findings == []
    assert back.head.note == "a b [31m c"


def test_ids_sort_by_time() -> None:
    """A later id sorts after an earlier one, whatever the noise."""
    moments = [1_000, 2_000, 3_000_000, 1_600_000_000_000_000_000, 1_600_000_000_000_001_000, 4_000_000_000_000_000_000]
    ids = [new_id(moment, 2**35 - 1 if number % 2 else 0) for number, moment in enumerate(moments)]
    assert ids == sorted(ids)
    assert len({len(id) for id in ids}) == 1


def test_case_ids_are_told_apart_by_noise_alone() -> None:
    """Two branches that receive at the same moment differ in 40 bits of noise."""
    assert case_period(2564, NOON, 0) == "FY2564.c111600000000"
    assert len({case_period(2564, NOON, noise) for noise in (0, 1, 2**20, 2**35, 2**40 - 1)}) == 5


def test_format_moment() -> None:
    """Moments are written as they are typed, seconds only where there are any."""
    assert format_moment(NOON) == "2563-11-16 12:00"
    assert format_moment(NOON.replace(second=7)) == "2563-11-16 12:00:07"


# ---- what is wrong

GOOD = line(id="good")
WRONG = [
    ("torn last line", f"{GOOD}\n{line()[:40]}", [("U701", 2, line()[:40])], 1),
    ("last line whole, without its end", f"{GOOD}\n{line()}", [], 2),
    ("torn in the middle", f"{line()[:40]}\n{GOOD}\n", [("U702", 1, line()[:40])], 1),
    ("torn and glued to a whole one", f"{line()[:40]}{GOOD}\n", [("U702", 1, line()[:40])], 1),
    ("two whole ones glued", f"{line()}{GOOD}\n", [], 2),
    ("no object", f"[1]\n{GOOD}\n", [("U702", 1, "[1]")], 1),
    ("empty lines", f"\n  \n{GOOD}\n\n", [], 1),
    ("unknown kind", f"{line(kind='doen')}\n{GOOD}\n", [("U704", 1, '"doen"')], 1),
    ("no kind", f"{line(kind=None)}\n{GOOD}\n", [("U706", 1, "{")], 1),
    ("unknown key", line(evidense="x") + "\n", [("U705", 1, '"evidense"')], 1),
    ("no day", f"{line(on=None)}\n{GOOD}\n", [("U706", 1, "{")], 1),
    ("no id", line(id=None) + "\n", [("U706", 1, "{")], 1),
    ("nobody", line(by=None) + "\n", [("U706", 1, "{")], 1),
    ("Gregorian day", line(on="2020-11-16") + "\n", [("U203", 1, '"2020-11-16"')], 0),
    ("no such day", line(on="2564-02-29") + "\n", [("U205", 1, '"2564-02-29"')], 0),
    ("day 32", line(on="2563-10-32") + "\n", [("U204", 1, '"2563-10-32"')], 0),
    ("no day at all", line(on="yesterday") + "\n", [("U201", 1, '"yesterday"')], 0),
    ("day as a number", line(on=25631116) + "\n", [("U707", 1, "25631116")], 0),
    ("Buddhist moment", line(recorded="2563-11-16T12:00:00Z") + "\n", [("U707", 1, '"2563-11-16T12:00:00Z"')], 0),
    ("recorded without zone", line(recorded="2020-11-16T12:00:00") + "\n", [("U707", 1, '"2020-11-16T12:00:00"')], 0),
    ("no obligation", line(of="a") + "\n", [("U707", 1, '"a"')], 0),
    ("day as a list", line(on=[]) + "\n", [("U707", 1, "[")], 0),
    ("kind as a list", line(kind=[]) + "\n", [("U704", 1, "[")], 0),
    ("deep", "[" * 100_000 + f"\n{GOOD}\n", [("U702", 1, "[" * 100_000)], 1),
    ("evidence is no text", line(evidence=7) + "\n", [("U707", 1, "7")], 1),
    ("happened after it was recorded", line(on="2563-12-16") + "\n", [("U715", 1, '"2563-12-16"')], 1),
    ("not UTF-8", f"{GOOD}\n\udca1\udca2x\n{line()}\n", [("U714", 2, "\udca1")], 2),
    ("control in an unknown kind", line(kind="\x1b[31m") + "\n", [("U704", 1, r'"\u001b[31m"')], 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "findings", "read_"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_has_its_place(text: str, findings: list[tuple[str, int, str]], read_: int) -> None:
    """Each fault is told once, at its line and columns, and every other record counts."""
    assert told(text) == findings
    assert len(read(text, FILE)[0]) == read_


def test_offers_the_nearest() -> None:
    """A mistyped kind or key comes with the one that was meant."""
    findings = read(f"{line(kind='doen')}\n{line(evidense='x', id='id2')}\n", FILE)[1]
    assert [finding.offer for finding in findings] == ["done", "evidence"]


def test_a_line_that_stands_twice_counts_once() -> None:
    """A union merge may leave a line twice: that is no fault, and one record."""
    assert told(f"{line()}\n{GOOD}\n{line()}\n") == []
    assert len(read(f"{line()}\n{line()}\n", FILE)[0]) == 1


def test_one_id_twice_with_different_words() -> None:
    """A line that was corrected by hand on one branch only is told, and both count."""
    assert told(f"{line()}\n{line(on='2563-11-15')}\n") == [("U708", 2, '"id1"')]
    assert len(read(f"{line()}\n{line(on='2563-11-15')}\n", FILE)[0]) == 2


def test_conflict_markers() -> None:
    """A merge without the attribute leaves markers: told once a conflict, and the records of both sides count."""
    text = f"{GOOD}\n<<<<<<< HEAD\n{line(id='ours')}\n||||||| base\n=======\n{line(id='theirs')}\n>>>>>>> other\n"
    assert told(text) == [("U703", 2, "<<<<<<< HEAD")]
    assert [record.head.id for record in read(text, FILE)[0]] == ["good", "ours", "theirs"]
    assert "merge=union" in read(text, FILE)[1][0].help("th")


def test_moments_of_other_zones() -> None:
    """A moment recorded in another zone is the same moment in Bangkok."""
    (record,), _ = read(line(recorded="2020-11-16T06:00:00Z") + "\n", FILE)
    assert record.head.recorded == NOON.replace(hour=13)
    assert record.head.recorded.utcoffset() == BANGKOK.utcoffset(None)


def test_codes_are_described() -> None:
    """Every code that this module tells is in the catalogue."""
    assert {code for row in WRONG for code, *_ in row[2]} <= set(CATALOGUE)
