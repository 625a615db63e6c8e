"""`ustm export` as it is typed: what each format holds, where it goes, what is refused."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

TOP = Path(__file__).parent.parent.parent
WHOLE = ("--from", "2563-10-01", "--to", "2564-09-30", "--all", "--open")
Run = Callable[..., Any]


def rows_of(run: Run, *args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("export", "json", *args).out)["obligations"]
    return found


def ics_of(run: Run, *args: str | Path) -> str:
    """The calendar with its lines unfolded and ended by newlines."""
    found: str = run("export", "ics", *args).out
    return found.replace("\r\n ", "").replace("\r\n", "\n")


# ---- what it holds


def test_json_is_the_whole_year(run: Run) -> None:
    """Every obligation of every plan, with and without a date; the span is the plans' years."""
    found = json.loads(run("export", "json").out)
    due = json.loads(run("due", *WHOLE, "--format", "json").out)
    assert (found["schema_version"], found["from"], found["to"]) == (1, "2020-10-01", "2021-09-30")
    ids = {one["id"] for one in found["obligations"]}
    assert ids >= {one["id"] for one in due["obligations"]}
    assert {"awaiting", "open", "overdue"} <= {one["status"] for one in found["obligations"]}
    order = [(one["act_by"] or "9", one["deadline"] or "9", one["id"]) for one in found["obligations"]]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("args", "passes"),
    [
        (["--group", "วิชาการ"], lambda one: one["group"] == "กลุ่มงานวิชาการ"),
        (["--activity", "ktb-reconcile"], lambda one: one["activity"] == "ktb-reconcile"),
        (["--status", "awaiting"], lambda one: one["status"] == "awaiting"),
        (["--month"], lambda one: one["status"] in ("overdue", "awaiting") or "2020-11-" in f"{one}"),
        (
            ["--from", "2564-01-01", "--to", "2564-01-31", "--activity", "ktb-reconcile", "--status", "open"],
            lambda one: one["act_by"] == "2021-01-08",
        ),
    ],
)
def test_filters_and_spans_are_those_of_due(
    run: Run, args: list[str], passes: Callable[[dict[str, Any]], bool]
) -> None:
    """The same options select as in `due`."""
    found = rows_of(run, *args)
    assert found
    assert all(map(passes, found))


def test_csv(run: Run) -> None:
    """The columns of `due --format csv`; with --bom the mark by which Excel knows UTF-8, and nothing else changes."""
    plain = run("export", "csv").out
    assert run("export", "csv", "--bom").out == "\ufeff" + plain
    assert len(list(csv.DictReader(io.StringIO(plain)))) == len(rows_of(run))


def test_ics_is_read_alike_by_others(run: Run) -> None:
    """Two other implementations find one event a dated obligation, on its act_by day."""
    import ics
    import recurring_ical_events
    from icalendar import Calendar

    text = run("export", "ics").out
    wanted = sorted((one["act_by"], one["title"]) for one in rows_of(run) if one["act_by"])
    assert sorted((event.begin.date().isoformat(), event.name) for event in ics.Calendar(text).events) == wanted
    query = recurring_ical_events.of(Calendar.from_ical(text))
    found = [
        (event["dtstart"].dt.isoformat(), str(event["summary"])) for event in query.between((2020, 1, 1), (2022, 1, 1))
    ]
    assert sorted(found) == wanted
    (monday,) = [event for event in query.at(date(2020, 11, 16)) if "spending-weekly" in event["uid"]]
    assert monday["dtend"].dt == date(2020, 11, 17)


def test_ics_options(run: Run) -> None:
    """Reviews, tentative days and alarms come when asked for, and add events without changing the others."""

    def uids(*args: str) -> set[str]:
        return {line for line in ics_of(run, *args).split("\n") if line.startswith("UID:")}

    rows = rows_of(run)
    plain, more = uids(), uids("--reviews", "--tentative", "--alarms", "7,1")
    assert plain < more
    extra = sum(bool(one["review_by"]) for one in rows) + sum(
        one["status"] == "awaiting" and bool(one["known_by"]) for one in rows
    )
    assert len(more - plain) == extra
    assert run("export", "ics", "--alarms", "7,1").out.count("BEGIN:VALARM") == 2 * len(plain)


def test_due_as_ics(run: Run) -> None:
    """`due --format ics` gives the dated rows of the span, with the uids of the export."""
    due = run("due", "--week", "--format", "ics").out
    whole = ics_of(run).split("\n")
    ids = [part for part in due.replace("\r\n ", "").split("\r\n") if part.startswith("UID:")]
    assert ids
    assert all(line in whole for line in ids)
    week = json.loads(run("due", "--week", "--format", "json").out)["obligations"]
    assert len(ids) == sum(one["act_by"] is not None for one in week)


def test_sequence_counts_what_became_known(run: Run) -> None:
    """A holiday announced later moves act_by and counts; one who knew only the first day sees no move."""

    def event(*args: str) -> dict[str, str]:
        text = ics_of(run, "--activity", "ef-monthly", *args)
        found = next(part for part in text.split("BEGIN:VEVENT") if "ef-monthly@2563-12" in part)
        return dict(line.split(":", 1) for line in found.strip().split("\n") if ":" in line)

    before, after = event("--as-of", "2563-10-01"), event()
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert before["DTSTART;VALUE=DATE"] > after["DTSTART;VALUE=DATE"]
    assert before["UID"] == after["UID"]


MEETING = """
- id: paper
  title: เอกสารประชุม
  when: ก่อนmeeting 3 วัน
"""


def test_sequence_counts_events_that_are_moved(run: Run, plan: Callable[..., Path]) -> None:
    """A meeting recorded once is no move, moved it is one; cancelled, its event says so where it last stood."""
    path = plan(MEETING, top="events: {meeting: {name: การประชุม, every: month}}\n")
    register = path.with_name("fy2564.register.jsonl")

    def record(number: int, recorded: str, day: str) -> str:
        return json.dumps(
            {
                "recorded": f"{recorded}T09:00:00+07:00", "kind": "event", "event": "meeting", "period": "2564-01",
                "date": day, "on": "2563-11-10", "by": "ก", "id": f"0000000000000000{number:02d}",
            }
        ) + "\n"  # fmt: skip

    def sequence() -> list[str]:
        out = ics_of(run, "--plan", path)
        return [line for line in out.split("\n") if line.startswith(("SEQUENCE", "DTSTART"))]

    assert sequence() == []
    register.write_text(record(1, "2020-11-10", "2564-01-20"), "utf-8")
    assert sequence() == ["DTSTART;VALUE=DATE:20210115", "SEQUENCE:0"]
    register.write_text(record(1, "2020-11-10", "2564-01-20") + record(2, "2020-11-11", "2564-01-27"), "utf-8")
    assert sequence() == ["DTSTART;VALUE=DATE:20210122", "SEQUENCE:1"]
    cancelled = json.loads(record(3, "2020-11-12", "2564-01-27")) | {"kind": "event_cancelled", "reason": "งด"}
    del cancelled["date"]
    with register.open("a", encoding="utf-8") as file:
        file.write(record(2, "2020-11-11", "2564-01-27") + json.dumps(cancelled) + "\n")
    assert sequence() == ["DTSTART;VALUE=DATE:20210122", "SEQUENCE:2"]
    assert "STATUS:CANCELLED" in ics_of(run, "--plan", path)


def test_sequence_rises_with_each_record_of_a_day(run: Run, plan: Callable[..., Path]) -> None:
    """What a calendar program may have read between two records of one moment is told anew after the second: never
    another day, or another status, under the number that it has, nor a smaller one.
    """
    path = plan(MEETING, top="events: {meeting: {name: การประชุม, every: month}}\n")
    register = path.with_name("fy2564.register.jsonl")
    event = {"event": "meeting", "period": "2564-01"}
    of = {"of": "paper@2564-01"}
    records = [
        {"kind": "event", "date": "2564-01-20", **event},
        {"kind": "event", "date": "2564-01-27", **event},
        {"kind": "waived", "reason": "งด", **of},
        {"kind": "event", "date": "2564-01-20", **event},
        {"kind": "reopened", **of},
        {"kind": "event_cancelled", "reason": "งด", **event},
        {"kind": "event", "date": "2564-01-20", **event},
    ]
    found: list[list[str]] = []
    for number, record in enumerate(records):
        head = {"recorded": "2020-11-10T09:00:00+07:00", "on": "2563-11-10", "by": "ก", "id": f"{number:018d}"}
        with register.open("a", encoding="utf-8") as file:
            file.write(json.dumps(head | record) + "\n")
        lines = (line.rpartition(":") for line in ics_of(run, "--plan", path).split("\n"))
        found.append([value for key, _, value in lines if key in ("SEQUENCE", "DTSTART;VALUE=DATE", "STATUS")])
    assert found == [
        ["20210115", "0", "CONFIRMED"],
        ["20210122", "1", "CONFIRMED"],
        ["20210122", "2", "CANCELLED"],
        ["20210115", "3", "CANCELLED"],
        ["20210115", "4", "CONFIRMED"],
        ["20210115", "5", "CANCELLED"],
        ["20210115", "6", "CONFIRMED"],
    ]


HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "บรรทัด\\nสอง", "\\u202eกลับ", "<script>{{ 7*7 }}",
    "a, b; c", "\\\"คำ\\\"",
)  # fmt: skip


def test_hostile_titles(run: Run, plan: Callable[..., Path], tmp_path: Path) -> None:
    """Whatever a title looks like, every format holds it as text, and as many rows as there are activities."""
    from icalendar import Calendar
    from openpyxl import load_workbook

    lines = [f'- {{id: a{number}, title: "{text}", when: 6 พ.ย. 2563}}' for number, text in enumerate(HOSTILE)]
    path = plan("\n".join([*lines, f"- {{id: long, title: {'ยาว' * 3400}, when: 6 พ.ย. 2563}}"]))
    titles = [one["title"] for one in rows_of(run, "--plan", str(path))]
    assert len(titles) == len(HOSTILE) + 1
    read = list(csv.DictReader(io.StringIO(run("export", "csv", "--plan", path).out)))
    assert [one["title"].removeprefix("'") for one in read] == titles
    assert not any(one["title"].startswith(("=", "+", "-", "@")) for one in read)
    events = Calendar.from_ical(run("export", "ics", "--plan", path).out).walk("VEVENT")
    assert sorted(str(event["summary"]) for event in events) == sorted(titles)
    assert run("export", "xlsx", "--plan", path, "--out", tmp_path / "a.xlsx").code == 0
    cells = [cell for sheet in load_workbook(tmp_path / "a.xlsx") for line in sheet for cell in line]
    assert {cell.value for cell in cells} >= set(titles)
    assert not any(cell.data_type == "f" for cell in cells)


# ---- the same plan, the same bytes


@pytest.mark.parametrize("format_", ["ics", "csv", "json", "xlsx"])
def test_same_bytes(run: Run, tmp_path: Path, format_: str) -> None:
    """Two exports of one plan are the same file."""
    for name in "ab":
        assert run("export", format_, "--out", tmp_path / name).code == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("format_", ["ics", "csv"])
def test_bytes_are_utf8_whatever_the_locale(run_process: Callable[..., Any], run: Run, format_: str) -> None:
    """An export is a file: in a Thai or an ASCII locale it is the same UTF-8."""
    for encoding in ("cp874", "ascii"):
        done = run_process("export", format_, "--activity", "ktb-reconcile", env={"PYTHONIOENCODING": encoding})
        assert done.stdout.replace(b"\r\n", b"\n").decode("utf-8") == run(
            "export", format_, "--activity", "ktb-reconcile"
        ).out.replace("\r\n", "\n")


def test_xlsx_to_a_pipe(run_process: Callable[..., Any]) -> None:
    """Into a pipe a workbook goes as it is."""
    done = run_process("export", "xlsx", "--activity", "ktb-reconcile")
    assert (done.returncode, done.stdout[:2]) == (0, b"PK")


# ---- files


def test_out_replaces_the_old_file_and_keeps_its_mode(run: Run, tmp_path: Path) -> None:
    """The new file stands whole where the old one stood, for those who could read it; nothing is left beside it."""
    target = tmp_path / "plan.ics"
    target.write_text("old")
    target.chmod(0o640)
    ran = run("export", "ics", "--out", target)
    assert (ran.code, ran.out) == (0, "")
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target]
    assert "plan.ics" in ran.err


def test_out_goes_through_a_link(run: Run, tmp_path: Path) -> None:
    """A link to the file of a shared folder stays a link."""
    (tmp_path / "there").mkdir()
    link = tmp_path / "plan.csv"
    link.symlink_to(tmp_path / "there" / "plan.csv")
    assert run("export", "csv", "--out", link).code == 0
    assert link.is_symlink()
    assert (tmp_path / "there" / "plan.csv").read_text("utf-8").startswith("id,")


@pytest.mark.parametrize(
    ("out", "code", "said"),
    [
        ("none/plan.ics", 3, "none"),
        (".", 3, "โฟลเดอร์"),
        ("plans/fy2564.yaml", 2, "แผน"),
        ("plans/fy2564.register.jsonl", 2, "แผน"),
        ("x" * 300, 3, "xxx"),
    ],
)
def test_out_that_cannot_be(run: Run, plan: Callable[..., Path], out: str, code: int, said: str) -> None:
    """A clear word, the exit code of the house, and the plan as it was."""
    path = plan("- {id: a, title: งาน, when: 6 ต.ค. 2563}")
    path.with_name("fy2564.register.jsonl").write_text("", "utf-8")
    before = path.read_bytes()
    ran = run("export", "ics", "--out", out, cwd=path.parent.parent)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert path.read_bytes() == before


@pytest.mark.usefixtures("ordinary")
def test_out_without_permission(run: Run, tmp_path: Path) -> None:
    """A folder that may not be written is told, exit 3."""
    tmp_path.chmod(0o500)
    assert run("export", "ics", "--out", tmp_path / "plan.ics").code == 3


def test_out_to_a_device(run: Run) -> None:
    """What is no ordinary file is written into, not replaced."""
    assert run("export", "json", "--out", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


# ---- refused


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["pdf"], "ics, xlsx, csv, json"),
        ([], "export --help"),
        (["csv", "--alarms", "3"], "--alarms"),
        (["csv", "--reviews"], "--reviews"),
        (["json", "--tentative"], "--tentative"),
        (["ics", "--bom"], "--bom"),
        (["ics", "--alarms", "x"], "--alarms"),
        (["ics", "--alarms", ""], "--alarms"),
        (["ics", "--alarms", "1,-3"], "--alarms"),
        (["ics", "--alarms", "9999"], "366"),
        (["ics", "--alarms", "²"], "--alarms"),
        (["ics", "--status", "late"], "overdue"),
        (["ics", "--activity", "ktb-reconcil"], "ktb-reconcile"),
        (["ics", "--month", "--days", "3"], "--month --days"),
        (["ics", "--from", "2564-01-02", "--to", "2564-01-01"], "ย้อนหลัง"),
    ],
)
def test_refused(run: Run, args: list[str], said: str) -> None:
    """Wrong use: exit 2, nothing on stdout, the word that helps on stderr."""
    ran = run("export", *args)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_nothing_chosen_is_said(run: Run) -> None:
    """An empty export is a valid file, and stderr says that it is empty."""
    ran = run("export", "ics", "--status", "waived")
    assert ran.code == 0
    assert "BEGIN:VCALENDAR" in ran.out
    assert "BEGIN:VEVENT" not in ran.out
    assert "ไม่มีรายการ" in ran.err
    assert run("export", "xlsx", "--status", "waived", "--out", "/dev/null").code == 0
