"""Records as lines: what is written is read back; what is wrong has its place and hides nothing beside it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from ustm_cli.dates.fiscal import month
from ustm_cli.plan.findings import CATALOGUE
from ustm_cli.register import records as kinds
from ustm_cli.register.records import (
    BANGKOK,
    KINDS,
    LAST_MOMENT,
    Head,
    Record,
    as_data,
    case_period,
    format_moment,
    happened,
    harmless,
    mark_of,
    new_id,
    order,
    parse_moment,
    read,
    to_line,
)

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
    (kinds.Letter(HEAD, "a", date(2020, 12, 15), DAY, key="b"), NOTIFIED | {"kind": "letter", "key": "b"}),
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
    ("recorded at 24:00 after a blank", line(recorded="2020-11-16 24:00:00Z") + "\n", [("U707", 1, '"2020-11-16 24:00:00Z"')], 0),
    ("recorded at 24:00", line(recorded="2020-11-16T24:00:00Z") + "\n", [("U707", 1, '"2020-11-16T24:00:00Z"')], 0),
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


# ---- what a finding says of it

KNOWN = "done, reviewed, waived, reopened, progress, event, event_cancelled, letter, received, step, closed, paused, resumed"
CASES = {"kind": "received", "of": None, "on": None, "case": CASE, "at": "2563-11-16 12:00"}
MEETING = {"kind": "event", "of": None, "event": "e", "period": "2564-01", "date": "2564-01-28"}
COUNT = {"kind": "progress", "of": None, "activity": "a", "reached": 5}
LONG = "x" * 41
SAID: list[tuple[dict[str, Any], str, dict[str, Any], str | None]] = [
    ({"kind": "doen"}, "U704", {"value": "doen", "key": "kind", "known": KNOWN}, "done"),
    ({"kind": "zzz"}, "U704", {"value": "zzz", "key": "kind", "known": KNOWN}, None),
    ({"kind": ["done"]}, "U704", {"value": "[…]", "key": "kind", "known": KNOWN}, None),
    ({"kind": True}, "U704", {"value": "true", "key": "kind", "known": KNOWN}, None),
    ({"kind": LONG}, "U704", {"value": LONG[:40], "key": "kind", "known": KNOWN}, None),
    ({"kind": None}, "U706", {"value": "null", "key": "kind", "known": KNOWN}, None),
    ({"evidense": "x"}, "U705", {"key": "evidense", "known": "of, on, evidence, letter_id, id, recorded, by, note, kind"}, "evidence"),
    ({"zzz": "x"}, "U705", {"key": "zzz", "known": "of, on, evidence, letter_id, id, recorded, by, note, kind"}, None),
    ({"of": None}, "U706", {"key": "of"}, None),
    ({"recorded": None}, "U706", {"key": "recorded"}, None),
    ({"on": LONG}, "U201", {"value": LONG[:40], "key": "on", "word": LONG[:40]}, None),
    ({"on": "2020-11-16"}, "U203", {"value": "2020-11-16", "key": "on", "word": "2020-11-16", "year": 2020, "offer": 2563}, None),
    ({"on": "  2020-11-16  "}, "U203", {"value": "2020-11-16", "key": "on", "word": "2020-11-16", "year": 2020, "offer": 2563}, None),
    ({"on": 7}, "U707", {"value": "7", "key": "on", "want": "2563-11-16"}, None),
    ({"on": []}, "U707", {"value": "[…]", "key": "on", "want": "…"}, None),
    ({"by": {"name": "ก"}}, "U707", {"value": "{…}", "key": "by", "want": "…"}, None),
    ({"by": True}, "U707", {"value": "true", "key": "by", "want": "…"}, None),
    ({"by": 10**41}, "U707", {"value": "1" + "0" * 39, "key": "by", "want": "…"}, None),
    ({"on": "2563-11-17"}, "U715", {"day": date(2020, 11, 17)}, None),
    ({"recorded": "x"}, "U707", {"value": "x", "key": "recorded", "want": "2020-11-16T14:20:00+07:00"}, None),
    ({"recorded": 7}, "U707", {"value": "7", "key": "recorded", "want": "2020-11-16T14:20:00+07:00"}, None),
    ({"recorded": "2300-01-01T00:00:00+07:00"}, "U707", {"value": "2300-01-01T00:00:00+07:00", "key": "recorded", "want": "2020-11-16T14:20:00+07:00"}, None),
    ({"of": "a"}, "U707", {"value": "a", "key": "of", "want": "ktb-reconcile@2563-10"}, None),
    ({"of": "a@b c"}, "U707", {"value": "a@b c", "key": "of", "want": "ktb-reconcile@2563-10"}, None),
    ({"of": "a@b@c"}, "U707", {"value": "a@b@c", "key": "of", "want": "ktb-reconcile@2563-10"}, None),
    ({"of": "a@b\x07"}, "U707", {"value": "a@b", "key": "of", "want": "ktb-reconcile@2563-10"}, None),
    ({"of": 7}, "U707", {"value": "7", "key": "of", "want": "ktb-reconcile@2563-10"}, None),
    ({"by": ""}, "U707", {"value": "", "key": "by", "want": "…"}, None),
    ({"by": " \x07"}, "U707", {"value": "", "key": "by", "want": "…"}, None),
    ({"id": 7}, "U707", {"value": "7", "key": "id", "want": "…"}, None),
    ({"note": 7}, "U707", {"value": "7", "key": "note", "want": "…"}, None),
    ({"evidence": "\x00"}, "U707", {"value": "", "key": "evidence", "want": "…"}, None),
    (CASES | {"case": "c@FY2564.x1"}, "U707", {"value": "c@FY2564.x1", "key": "case", "want": "consult-line@FY2564.c…"}, None),
    (CASES | {"case": "c@FY2564.c1\x07"}, "U707", {"value": "c@FY2564.c1", "key": "case", "want": "consult-line@FY2564.c…"}, None),
    (CASES | {"case": 7}, "U707", {"value": "7", "key": "case", "want": "consult-line@FY2564.c…"}, None),
    (CASES | {"at": "2563-11-16"}, "U707", {"value": "2563-11-16", "key": "at", "want": "2563-11-16 14:20"}, None),
    (CASES | {"at": "2563-11-16x12:00"}, "U707", {"value": "2563-11-16x12:00", "key": "at", "want": "2563-11-16 14:20"}, None),
    (CASES | {"at": "2563-11-16 24:00"}, "U707", {"value": "2563-11-16 24:00", "key": "at", "want": "2563-11-16 14:20"}, None),
    (CASES | {"at": "2563-11-16 1:00"}, "U707", {"value": "2563-11-16 1:00", "key": "at", "want": "2563-11-16 14:20"}, None),
    (
        CASES | {"at": "2563-11-16 12:00:00.5"},
        "U707",
        {"value": "2563-11-16 12:00:00.5", "key": "at", "want": "2563-11-16 14:20"},
        None,
    ),
    (
        CASES | {"at": "2563-11-16 1200"},
        "U707",
        {"value": "2563-11-16 1200", "key": "at", "want": "2563-11-16 14:20"},
        None,
    ),
    (
        CASES | {"case": "c@FY2564.c1 x"},
        "U707",
        {"value": "c@FY2564.c1 x", "key": "case", "want": "consult-line@FY2564.c…"},
        None,
    ),
    ({"head": 1}, "U705", {"key": "head", "known": "of, on, evidence, letter_id, id, recorded, by, note, kind"}, None),
    (CASES | {"at": 7}, "U707", {"value": "7", "key": "at", "want": "2563-11-16 14:20"}, None),
    (CASES | {"at": "2020-11-16 12:00"}, "U203", {"value": "2020-11-16 12:00", "key": "at", "word": "2020-11-16", "year": 2020, "offer": 2563}, None),
    (CASES | {"at": "2563-11-17 12:00"}, "U715", {"day": date(2020, 11, 17)}, None),
    (CASES | {"kind": "step", "step": 0}, "U707", {"value": "0", "key": "step", "want": "1, 2, …"}, None),
    (CASES | {"kind": "step", "step": True}, "U707", {"value": "true", "key": "step", "want": "1, 2, …"}, None),
    (CASES | {"kind": "step", "step": 1 << 53}, "U707", {"value": str(1 << 53), "key": "step", "want": "1, 2, …"}, None),
    (COUNT | {"reached": -1}, "U707", {"value": "-1", "key": "reached", "want": "0, 1, …"}, None),
    (COUNT | {"total": 0}, "U707", {"value": "0", "key": "total", "want": "1, 2, …"}, None),
    (MEETING | {"period": "2564-13"}, "U707", {"value": "2564-13", "key": "period", "want": "2564-01"}, None),
    (MEETING | {"period": "2564-01.1"}, "U707", {"value": "2564-01.1", "key": "period", "want": "2564-01"}, None),
    (MEETING | {"period": "2564-01."}, "U707", {"value": "2564-01.", "key": "period", "want": "2564-01"}, None),
    (MEETING | {"period": "2564-01.100"}, "U707", {"value": "2564-01.100", "key": "period", "want": "2564-01"}, None),
    (MEETING | {"period": "2564-01.๒"}, "U707", {"value": "2564-01.๒", "key": "period", "want": "2564-01"}, None),
    (MEETING | {"period": 7}, "U707", {"value": "7", "key": "period", "want": "2564-01"}, None),
    (MEETING | {"date": "2564-13"}, "U201", {"value": "2564-13", "key": "date", "word": "2564-13"}, None),
    (MEETING | {"date": "2564-Q1"}, "U201", {"value": "2564-Q1", "key": "date", "word": "2564-Q1"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "detail", "offer"), SAID)
def test_what_a_finding_says(changes: dict[str, Any], code: str, detail: dict[str, Any], offer: str | None) -> None:
    """All that its sentences need, cut to 40 signs and harmless, and the nearest right word where there is one."""
    _, (finding,) = read(line(**changes), FILE)
    assert (finding.code, dict(finding.detail), finding.offer) == (code, detail, offer)
    assert (finding.file, finding.path, finding.mark.line) == (FILE, "line 1", 1)


# What lies just inside: read without a word.
FINE = [
    {"on": "๒๕๖๓-๑๑-๑๖"},
    {"recorded": "2020-11-16T05:00:00Z"},
    {"recorded": "2299-12-31T00:00:00+07:00"},
    {"of": "ก@ข"},
    CASES | {"at": "2563-11-16T00:00"},
    CASES | {"at": "2563-11-16 23:59:59"},
    CASES | {"at": "2563-11-16 ๐๘:๓๐"},
    CASES | {"kind": "step", "step": 1},
    CASES | {"kind": "step", "step": (1 << 53) - 1},
    COUNT | {"reached": 0, "total": 1},
    MEETING | {"period": "2564-01.2"},
    MEETING | {"period": "2564-01.99"},
    MEETING | {"period": "2564-Q1"},
    MEETING | {"date": "2564-01"},
    MEETING | {"date": "๒๕๖๔-๐๑-๒๘"},
]


@pytest.mark.parametrize("changes", FINE)
def test_what_lies_just_inside(changes: dict[str, Any]) -> None:
    """One record and no finding, on the quick way and on the thorough one alike."""
    late = {"recorded": "2020-11-16T23:59:59+07:00"} | changes
    (record,), findings = read(line(**late), FILE)
    assert findings == []
    (again,), (other,) = read(line(zzz=1, **late), FILE)
    assert (other.code, again) == ("U705", record)


def test_an_empty_note_is_none() -> None:
    """It is no fault; whatever else is no text is one."""
    assert told(line(note="")) == []
    for note in (0, False, [], {}):
        (record,), (finding,) = read(line(note=note), FILE)
        assert (record.head.note, finding.code, finding.detail["key"]) == (None, "U707", "note")
    # A record that holds every key there is may have an empty one too.
    resumed = {"kind": "resumed", "of": None, "on": None, "case": CASE, "at": "2563-11-16 12:00"}
    assert told(line(note="", **resumed)) == []


def test_ids_to_the_letter() -> None:
    """11 signs of microseconds and 7 of noise, the highest bits first; a case's month, day and 8 signs of noise."""
    assert new_id(0, 0) == "0" * 18
    assert new_id(1_600_000_000_123_456_789, 2**35 - 1) == "1df643tbrj0zzzzzzz"
    assert new_id(33_000, 1) == "00000000011" + "0000001"
    assert case_period(2564, datetime(2021, 1, 5, tzinfo=BANGKOK), 2**40 - 2) == "FY2564.c0105zzzzzzzy"


def test_the_moment_of_a_record() -> None:
    """The quick way and the thorough one hold the same: its place, its writer, what it says."""
    text = f"{line()}\n{line(zzz=1, id='id2')}\n"
    one, two = read(text, FILE)[0]
    assert one.head == Head("id1", NOON, "สมชาย", None, FILE, 1)
    assert two.head == Head("id2", NOON, "สมชาย", None, FILE, 2)
    (nameless,), _ = read(line(id=None, by=None), FILE)
    assert nameless.head == Head("line 1", NOON, "", None, FILE, 1)
    assert Head("x", NOON, "ก") == Head("x", NOON, "ก", None, "", 0)


def test_glued_and_torn() -> None:
    """Each piece of a line has its own place; blanks between whole ones are nothing; the last torn one is told so."""
    whole = line()
    for text, found in (
        (f"{whole}   {GOOD}\n", []),
        (f"  {whole}\n", []),
        (f"{whole} x {GOOD}\n", [("U702", 1, "x")]),
        (f"x{whole}\n", [("U702", 1, "x")]),
        (f"{whole}\n{GOOD}{whole[:30]}", [("U701", 2, whole[:30])]),
        (f"{whole[:30]}{GOOD}", [("U702", 1, whole[:30])]),
        (f"{whole}{line(of='a', id='id2')}\n", [("U707", 1, '"a"')]),
        (f"{whole}[1]  \n", [("U702", 1, "[1]")]),
    ):
        assert told(text) == found


def test_a_line_of_nothing_but_beginnings() -> None:
    """Is tried eight times, and then told as one."""
    findings = told('{"' * 20 + "\n")
    assert [words for _, _, words in findings] == [*['{"'] * 7, '{"' * 13]


@pytest.mark.parametrize("marker", ["<<<<<<<", ">>>>>>>", "|||||||", "======="])
def test_conflict_markers_are_seven_signs(marker: str) -> None:
    """Alone or with a name; six, or eight, or others are a torn line."""
    code = ["U703"] if marker[0] == "<" else []
    for text in (marker, f"{marker} HEAD"):
        assert [one for one, _, _ in told(f"{text}\n")] == code
    for text in (marker[1:], f"{marker}x", f" {marker}", "-------"):
        assert [one for one, _, _ in told(f"{text}\n")] == ["U702"]


def test_bytes_that_are_no_text() -> None:
    """In a whole record its words are replaced and told at the first; a line that is none is told once."""
    (record,), (finding,) = read(line(note="AB").replace("A", "\udca1\udca2") + "\n", FILE)
    assert record.head.note == "\ufffd\ufffdB"
    assert (finding.code, finding.mark.end - finding.mark.column) == ("U714", 1)
    assert told("x\udca1\udca2\n") == [("U714", 1, "\udca1")]


def test_one_id_twice() -> None:
    """The place of the first is told; lines without an id are not the same record."""
    (finding,) = read(f"{GOOD}\n{line()}\n{line(on='2563-11-15')}\n", FILE)[1]
    assert (finding.code, dict(finding.detail)) == ("U708", {"id": "id1", "first": 2})
    assert told(f"{line(id=None)}\n{line(id=None, on='2563-11-15')}\n") == [("U706", 1, "{"), ("U706", 2, "{")]
    assert told(f"{line()}{line(on='2563-11-15')}\n") == []


def test_where_a_value_stands() -> None:
    """The value of a key or the key itself, whatever stands between; where it is not, the record's first sign."""
    text = '{"a" : "x\\"y", "b":[1], "c":{}, "d": 12, "กข": null}'
    for wanted, words in (("a", '"x\\"y"'), ("b", "["), ("c", "{"), ("d", "12"), ("กข", "null"), ("z", "{")):
        mark = mark_of(text, 3, wanted)
        assert (mark.line, text[mark.column - 1 : mark.end - 1]) == (3, words)
    mark = mark_of(text, 3, "b", key=True)
    assert text[mark.column - 1 : mark.end - 1] == '"b"'
    assert mark_of(text, 3, "a", at=10) == (3, 11, 12)


def test_what_is_harmless() -> None:
    """Controls, directions and separators are blanks, and blanks are single."""
    for sign in "\x00\x1f\x7f\x9f\u061c\u200e\u200f\u2028\u202e\u2066\u2069\ufeff\ud800\udfff":
        assert harmless(f" a{sign} b ") == "a b"
    for sign in "!~\xa1\u061b\u061d\u200d\u2010\u2070\ufefe\ue000":
        assert harmless(f"a{sign}b") == f"a{sign}b"


def test_what_could_steer_is_written_as_an_escape() -> None:
    """Four digits each; what does not steer stays readable."""
    for sign in "\x7f\x9f\u061c\u200e\u200f\u2028\u202e\u2066\u2069\ufeff":
        assert f"a\\u{ord(sign):04x}b" in to_line(kinds.Waived(HEAD, "a@2563-10", DAY, f"a{sign}b"))
    for sign in "ก~\u200d\u2010\u2070":
        assert f"a{sign}b" in to_line(kinds.Waived(HEAD, "a@2563-10", DAY, f"a{sign}b"))


def test_a_field_is_what_its_reader_makes_of_it() -> None:
    """Of what is not there nothing is written; the order is that of the file's promise."""
    record = kinds.Waived(HEAD._replace(note=None), "a@2563-10", DAY, "งด")
    assert list(as_data(record)) == ["recorded", "kind", "of", "on", "reason", "by", "id"]
    assert list(as_data(EACH[0][0])) == ["recorded", "kind", "of", "on", "evidence", "letter_id", "by", "note", "id"]


def test_order() -> None:
    """By moment, then id, then line."""
    heads = [
        Head("b", NOON, "", line=2),
        Head("a", NOON, "", line=9),
        Head("b", NOON, "", line=1),
        Head("c", NOON.replace(hour=1), ""),
    ]
    records = [kinds.Reopened(head, "a@2563-10", DAY) for head in heads]
    assert [(one.head.id, one.head.line) for one in sorted(records, key=order)] == [
        ("c", 0),
        ("a", 9),
        ("b", 1),
        ("b", 2),
    ]


def test_when_it_happened() -> None:
    """The day, or that of the moment."""
    assert happened(kinds.Done(HEAD, "a@2563-10", DAY)) == DAY
    assert happened(kinds.Closed(HEAD, CASE, NOON.replace(day=3))) == date(2020, 11, 3)


def test_moments() -> None:
    """Of people: Buddhist, local, to the second at most."""
    assert parse_moment("2563-11-16 14:20:05") == datetime(2020, 11, 16, 14, 20, 5, tzinfo=BANGKOK)
    assert BANGKOK.utcoffset(None) == timedelta(hours=7)
    with pytest.raises(ValueError, match=r"^U707$"):
        parse_moment("2563-11-16")


def test_where_a_later_moment_is_told() -> None:
    """At the moment of a case, at the day of what has a day."""
    assert told(line(**(CASES | {"at": "2563-11-17 12:00"}))) == [("U715", 1, '"2563-11-17 12:00"')]
    assert told(line(on="2563-11-17")) == [("U715", 1, '"2563-11-17"')]


def test_what_is_told_of_what_is_no_record() -> None:
    """Where it stands, up to the last sign that is no blank."""
    for text, end in (("[1]  ", 4), ("x  ", 2), ("<<<<<<< a", 10)):
        (finding,) = read(text + "\n", FILE)[1]
        assert finding.mark == (1, 1, end)
    (deep,) = read("[" * 100_000 + "\n", FILE)[1]
    assert deep.code == "U702"


def test_a_key_that_stands_twice() -> None:
    """The latter counts, and the former is told; in a line with strange bytes and among several glued together too."""
    twice = GOOD.replace('"kind"', '"on": "2563-11-01", "by": "ข", "kind"').replace('"of"', '"on": 7, "of"')
    (record,), (finding,) = read(twice + "\n", FILE)
    assert read(GOOD, FILE)[0] == [record]
    assert (finding.code, finding.detail) == ("U718", {"key": "on"})
    assert told(twice) == [("U718", 1, '"on"')]
    assert finding.mark.column == twice.index('"on"') + 1
    assert told(GOOD + twice.replace("k0", "k1"))[0] == ("U718", 1, '"on"')
    assert [code for code, _, _ in told(twice.replace("ข", "\udca1"))] == ["U714", "U718"]


def test_a_note_beside_a_fault() -> None:
    """Is not lost on the thorough way."""
    (record,), _ = read(line(zzz=1, note="หมายเหตุ"), FILE)
    assert record.head.note == "หมายเหตุ"


def test_blanks_after_a_record_with_strange_bytes() -> None:
    """Change nothing: it counts, and the bytes are told."""
    text = line(note="A").replace("A", "\udca1") + "  \n"
    assert len(read(text, FILE)[0]) == 1
    assert told(text) == [("U714", 1, "\udca1")]


def test_the_first_year_that_was_recorded() -> None:
    """1900; what is older is a slip."""
    assert read(
        line(on=None, of=None, kind="resumed", case=CASE, at="2484-01-01 00:00", recorded="1900-06-01T00:00:00+07:00"),
        FILE,
    )[0]
    assert told(line(recorded="1899-12-31T00:00:00+07:00")) == [("U707", 1, '"1899-12-31T00:00:00+07:00"')]


def test_the_last_moment_that_may_be_recorded() -> None:
    """The end of the year 2299, in Bangkok, to the millisecond that is written."""
    assert LAST_MOMENT.isoformat() == "2299-12-31T23:59:59.999000+07:00"


@pytest.mark.parametrize("text", ["2563-11-16 12:60", "2563-11-16 12:00:60", "2563-11-16 24:00", "2563-11-16 noon"])
def test_a_time_that_is_none_is_told_with_one_that_is(text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 (of our own kind, told by its detail)
        parse_moment(text)
    assert caught.value.detail["want"] == "2563-11-16 14:20"  # type: ignore[attr-defined]
