"""`ustm due`: what it holds in each span, with each option and filter; what each format promises to the letter.

The small plan has one activity a case; its days were reckoned by hand (13 and 23 Oct, 19 and 20 Nov, 10 and 11 Dec
2563 are holidays). Today is Monday 16 Nov 2563.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ACTIVITIES = """
- {id: m10, title: รายงานกระทบยอด, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป, send_to: [กรมบัญชีกลาง, คลังเขต 3]}
- {id: m20, title: ดัชนีเศรษฐกิจ, when: ทุกเดือน ภายในวันที่ 20, review: ภายในวันที่ 13, until: ธ.ค. 2563}
- {id: m27, title: บัญชีเดือน, when: ทุกเดือน ภายในวันที่ 27, review: ภายในวันที่ 17, owner: ทีมบัญชี, until: ธ.ค. 2563}
- {id: fs, title: รายงานการเงินประจำปี, when: ภายใน 50 วันนับแต่สิ้นปีงบประมาณ}
- {id: month, title: ทั้งเดือน, when: พ.ย. 2563}
- {id: window, title: ช่วงยาว, when: 2 พ.ย. 2563 - 4 ธ.ค. 2563}
- {id: letter-nov, title: รอหนังสือ, when: ตามที่กรมบัญชีกลางแจ้ง ประมาณ พ.ย. 2563}
- {id: letter-dec, title: รอหนังสือ, when: ตามที่กรมบัญชีกลางแจ้ง ประมาณ ธ.ค. 2563}
- {id: letter-any, title: รอหนังสือ, when: ตามที่ได้รับแจ้ง}
- {id: going, title: งานต่อเนื่อง, when: ต่อเนื่อง}
- {id: ended, title: งานที่เลิกทำ, when: ต่อเนื่อง, from: 2564-02, until: 2564-03}
- {id: called-off, title: งานที่งด, when: 18 พ.ย. 2563, overrides: {FY2564: {cancel: true, reason: งดประชุม}}}
- {id: cases, title: เรื่องที่รับ, when: ภายใน 5 วันนับจากรับเรื่อง}
- {id: no-time, title: ไม่มีเวลา}
"""
OVERDUE = ["m10@2563-09", "m20@2563-10", "m27@2563-10", "m10@2563-10"]
WEEK = [*OVERDUE, "fs@FY2563", "m20@2563-11", "m27@2563-11", "letter-nov@FY2564"]

ROWS: list[tuple[str, list[str]]] = [
    ("", WEEK),
    ("--week", WEEK),
    ("--day", [*OVERDUE, "letter-nov@FY2564"]),
    ("--day --today 2563-11-18", [*OVERDUE, "fs@FY2563", "m20@2563-11", "letter-nov@FY2564"]),
    ("--day --today 2563-11-19", [*OVERDUE, "fs@FY2563", "m20@2563-11", "letter-nov@FY2564"]),
    ("--days 1", [*OVERDUE, "letter-nov@FY2564"]),
    ("--days 2", [*OVERDUE, "m27@2563-11", "letter-nov@FY2564"]),
    ("--days 3", WEEK),
    ("--month", [*WEEK[:-1], "month@FY2564", "letter-nov@FY2564"]),
    (
        "--quarter",
        [
            *WEEK[:-1], "month@FY2564", "window@FY2564", "m10@2563-11", "m20@2563-12", "m27@2563-12",
            "letter-dec@FY2564", "letter-nov@FY2564",
        ],
    ),
    ("--from 2563-11-18 --to 2563-11-18", [*OVERDUE, "fs@FY2563", "m20@2563-11", "letter-nov@FY2564"]),
    ("--from 2020-11-11 --to 2020-11-17", [*OVERDUE, "m20@2563-11", "m27@2563-11", "letter-nov@FY2564"]),
    ("--from 2563-10-01 --to 2563-10-15", ["m10@2563-09", "m20@2563-10"]),
    ("--from 2562-10-01 --to 2563-10-08", []),
    ("--to 2563-11-17", [*OVERDUE, "m27@2563-11", "letter-nov@FY2564"]),
    ("--open", [*WEEK[:-1], "month@FY2564", "window@FY2564", "going@FY2564", "letter-nov@FY2564"]),
    (
        "--day --open --today 2563-11-01",
        [*OVERDUE, "fs@FY2563", "m20@2563-11", "m27@2563-11", "month@FY2564", "going@FY2564"],
    ),
    # of days gone by, the windows that met them, overdue today or not
    ("--from 2563-11-02 --to 2563-11-03", [*OVERDUE[:3], "letter-nov@FY2564"]),
    (
        "--open --from 2563-11-02 --to 2563-11-03",
        [
            *OVERDUE, "fs@FY2563", "m20@2563-11", "m27@2563-11", "month@FY2564", "window@FY2564", "going@FY2564",
            "letter-nov@FY2564",
        ],
    ),
    (
        "--open --from 2563-11-02 --to 2563-11-03 --today 2564-09-01 --activity window --activity month",
        ["month@FY2564", "window@FY2564"],
    ),
    ("--from 2563-11-02 --to 2563-11-03 --today 2564-09-01 --activity window --activity month", []),
    ("--all", [*OVERDUE, "called-off@FY2564", *WEEK[4:]]),
    ("--day --all", [*OVERDUE, "letter-nov@FY2564"]),
    ("--overdue", OVERDUE),
    ("--overdue --day --today 2563-10-12", ["m10@2563-09"]),
    ("--overdue --from 2564-01-01 --to 2564-01-31", OVERDUE),
    ("--awaiting", ["letter-any@FY2564", "letter-dec@FY2564", "letter-nov@FY2564"]),
    ("--overdue --awaiting", [*OVERDUE, "letter-any@FY2564", "letter-dec@FY2564", "letter-nov@FY2564"]),
    ("--activity m10", ["m10@2563-09", "m10@2563-10"]),
    ("--activity m10 --activity fs", ["m10@2563-09", "m10@2563-10", "fs@FY2563"]),
    ("--status open", ["fs@FY2563", "m20@2563-11", "m27@2563-11"]),
    ("--status overdue --status awaiting", [*OVERDUE, "letter-nov@FY2564"]),
    ("--status waived", ["called-off@FY2564"]),
    ("--status ongoing --open", ["going@FY2564"]),
    ("--status ongoing", ["going@FY2564"]),
    ("--status ongoing --from 2563-09-01 --to 2563-09-30", []),
    ("--status ongoing --from 2564-01-01 --to 2564-01-31", ["going@FY2564"]),
    ("--open --status ongoing --from 2564-01-31 --to 2564-02-01", ["ended@FY2564", "going@FY2564"]),
    ("--status ongoing --from 2564-03-31 --to 2564-04-01", ["ended@FY2564", "going@FY2564"]),
    ("--open --status ongoing --from 2564-04-01 --to 2564-04-01", ["going@FY2564"]),
    ("--status ongoing --from 2564-09-30 --to 2564-10-01", ["going@FY2564"]),
    ("--status ongoing --from 2564-10-01 --to 2564-10-31", []),
    ("--status open --status ongoing --day", ["going@FY2564"]),
    ("--owner บัญชี", ["m27@2563-10", "m27@2563-11"]),
    ("--owner วิชาการ --activity m27", []),
    ("--group วิชาการ --activity fs", ["fs@FY2563"]),
    ("--group วิชาการ", WEEK),
    ("--group กลุ่มงาน --group วิชาการ --status open", ["fs@FY2563", "m20@2563-11", "m27@2563-11"]),
]  # fmt: skip

Run = Callable[..., Any]
Plan = Callable[..., Path]


def due(run: Run, plan: Path, words: str, form: str = "json") -> Any:
    return run("due", "--plan", plan, *words.split(), "--format", form, cwd=plan.parent.parent)


def ids(run: Run, plan: Path, words: str) -> list[str]:
    out, err, code = due(run, plan, words)
    assert (code, err) == (0, "")
    return [row["id"] for row in json.loads(out)["obligations"]]


@pytest.mark.parametrize(("words", "expected"), ROWS)
def test_what_a_span_holds(words: str, expected: list[str], run: Run, plan: Plan) -> None:
    """Spans, `--open`, `--all`, `--overdue`, `--awaiting` and filters hold just what is promised, in order."""
    assert ids(run, plan(ACTIVITIES), words) == expected


@pytest.mark.parametrize("words", [row[0] for row in ROWS])
@pytest.mark.parametrize("form", ["jsonl", "csv", "tsv"])
def test_every_format_holds_the_same(words: str, form: str, run: Run, plan: Plan) -> None:
    """One filter path feeds every output: the same obligations in the same order, whatever the format."""
    path = plan(ACTIVITIES)
    out, _, code = due(run, path, words, form)
    assert code == 0
    if form == "jsonl":
        found = [json.loads(line)["id"] for line in out.splitlines()]
    else:
        found = [row["id"] for row in csv.DictReader(io.StringIO(out), delimiter="\t" if form == "tsv" else ",")]
    assert found == ids(run, path, words)


@pytest.mark.parametrize("form", ["table", "plain", "md"])
@pytest.mark.parametrize(
    "words", ["", "--day", "--month", "--open", "--all", "--overdue", "--awaiting", "--status open"]
)
def test_what_people_read_holds_the_same(words: str, form: str, run: Run, plan: Plan) -> None:
    """The table, the plain list and Markdown name the same obligations (none is left out below eleven overdue)."""
    path = plan(ACTIVITIES)
    out, _, code = due(run, path, words, form)
    assert code == 0
    found = re.findall(r"[a-z0-9-]+@[A-Z0-9-]+", out)
    assert sorted(found) == sorted(ids(run, path, words))


# ---- statuses and days


def row_of(run: Run, plan: Path, id: str, words: str = "--open --all --quarter") -> dict[str, Any]:
    out, _, _ = due(run, plan, words)
    return next(row for row in json.loads(out)["obligations"] if row["id"] == id)


STATUSES = [
    ("2563-11-09", "m10@2563-10", "open", 1),
    ("2563-11-10", "m10@2563-10", "open", 0),
    ("2563-11-11", "m10@2563-10", "overdue", -1),
    ("2563-11-18", "fs@FY2563", "open", 0),
    ("2563-11-19", "fs@FY2563", "overdue", -1),
    ("2563-11-16", "letter-nov@FY2564", "awaiting", None),
    ("2563-11-16", "going@FY2564", "ongoing", None),
    ("2563-11-16", "called-off@FY2564", "waived", None),
]


@pytest.mark.parametrize(("today", "id", "status", "left"), STATUSES)
def test_status_by_dates_alone(today: str, id: str, status: str, left: int | None, run: Run, plan: Plan) -> None:
    """An obligation is open up to its act_by, overdue from the day after; days_left counts to act_by."""
    row = row_of(run, plan(ACTIVITIES), id, f"--open --all --quarter --today {today}")
    assert (row["status"], row["days_left"]) == (status, left)


KEYS = [
    "id", "activity", "period", "fiscal_year", "office", "province", "title", "group", "owner", "send_to", "follow_up",
    "opens", "deadline", "act_by", "review_by", "known_by", "due_at", "text", "status", "days_left", "done_on", "file",
    "line",
]  # fmt: skip


def test_json_keys_to_the_letter(run: Run, plan: Plan) -> None:
    """JSON has the promised keys in the promised order (more may be added), dates in ISO with Thai text beside."""
    path = plan(ACTIVITIES, top="office: สำนักงานคลังจังหวัดอุบลราชธานี\n")
    out, _, _ = due(run, path, "--open --all")
    found = json.loads(out)
    assert list(found)[:5] == ["schema_version", "today", "from", "to", "obligations"]
    assert [found[key] for key in ("schema_version", "today", "from", "to")] == [
        1,
        "2020-11-16",
        "2020-11-16",
        "2020-11-22",
    ]
    for row in found["obligations"]:
        assert [key for key in row if key in KEYS] == KEYS
        dates = {key: row[key] for key in ("opens", "deadline", "act_by", "review_by", "known_by", "done_on")}
        assert set(row["text"]) == {key for key, day in dates.items() if day}
    rows = {row["id"]: row for row in found["obligations"]}
    assert {key: rows["fs@FY2563"][key] for key in KEYS} == {
        "id": "fs@FY2563", "activity": "fs", "period": "FY2563", "fiscal_year": 2564,
        "office": "สำนักงานคลังจังหวัดอุบลราชธานี", "province": "อุบลราชธานี", "title": "รายงานการเงินประจำปี",
        "group": "กลุ่มงานวิชาการ", "owner": "กลุ่มงานวิชาการ", "send_to": [], "follow_up": "", "opens": "2020-10-01",
        "deadline": "2020-11-19", "act_by": "2020-11-18", "review_by": None, "known_by": None, "due_at": None,
        "text": {"opens": "1 ต.ค. 2563", "deadline": "19 พ.ย. 2563", "act_by": "18 พ.ย. 2563"},
        "status": "open", "days_left": 2, "done_on": None, "file": "plans/fy2564.yaml",
        "line": rows["fs@FY2563"]["line"],
    }  # fmt: skip
    line = path.read_text("utf-8").split("\n")[rows["fs@FY2563"]["line"] - 1]
    assert "id: fs," in line
    assert rows["letter-nov@FY2564"]["deadline"] is None
    assert rows["letter-nov@FY2564"]["known_by"] == "2020-11-02"
    assert rows["going@FY2564"]["opens"] == "2020-10-01"


@pytest.mark.parametrize("words", ["--lang en", "--digits thai", "--lang en --digits thai"])
def test_machines_read_the_same_in_every_language(words: str, run: Run, plan: Plan) -> None:
    """JSON, CSV and TSV do not change with language or digits; the text in JSON stays Thai."""
    path = plan(ACTIVITIES)
    for form in ("json", "jsonl", "csv", "tsv"):
        assert due(run, path, words, form) == due(run, path, "", form)


def test_jsonl_is_a_row_a_line(run: Run, plan: Plan) -> None:
    """JSON lines are the very rows of JSON, one a line."""
    path = plan(ACTIVITIES)
    whole = json.loads(due(run, path, "").out)["obligations"]
    lines = due(run, path, "", "jsonl").out
    assert [json.loads(line) for line in lines.splitlines()] == whole
    assert lines.endswith("\n")


def test_nothing_due_is_an_answer(run: Run, plan: Plan) -> None:
    """Without anything due every format still answers, exit 0: a head, an empty list, a sentence."""
    path = plan("- {id: a, title: งาน, when: 30 ก.ย. 2564}")
    assert json.loads(due(run, path, "").out)["obligations"] == []
    assert due(run, path, "", "jsonl").out == ""
    assert due(run, path, "", "plain").out == ""
    assert due(run, path, "", "csv").out.count("\n") == 1
    assert due(run, path, "", "tsv").out.count("\n") == 1
    assert "ไม่มีงานในช่วงนี้" in due(run, path, "", "table").out
    assert "ไม่มีงานในช่วงนี้" in due(run, path, "", "md").out


def test_sorted_by_act_by_then_deadline_then_id(run: Run, plan: Plan) -> None:
    """Rows come by act_by, deadline, id; those without a date last."""
    path = plan(ACTIVITIES)
    rows = json.loads(due(run, path, "--from 2563-10-01 --to 2564-09-30 --open --all").out)["obligations"]
    order = [(row["act_by"] or "9999", row["deadline"] or "9999", row["id"]) for row in rows]
    assert order == sorted(order)
    assert order[-1][0] == "9999"


# ---- the table


TODAY = "16 พ.ย. 2563"


def test_the_table_says_where_it_stands(run: Run, plan: Plan) -> None:
    """The table's first line has the span, the day stood on and the count; the last counts what stands beside."""
    lines = due(run, plan(ACTIVITIES), "", "table").out.rstrip().split("\n")
    assert "จ. 16 พ.ย. 2563 - อา. 22 พ.ย. 2563" in lines[0]
    assert "ณ วันที่ จ. 16 พ.ย. 2563" in lines[0]
    assert "8 รายการ" in lines[0]
    assert "เปิดอยู่ 3 (--open)" in lines[-1]
    assert "รอวัน 2 (--awaiting)" in lines[-1]


def test_the_table_names_the_holidays_of_the_span(run: Run, plan: Plan) -> None:
    """Days off inside the span are named, those of the plan too; a span without has no such line."""
    path = plan(ACTIVITIES, top="holidays:\n  - {date: 2563-11-17, name: วันสถาปนาสำนักงาน}\n")
    out = due(run, path, "", "table").out
    assert "อ. 17 พ.ย. 2563 วันสถาปนาสำนักงาน" in out
    assert "พฤ. 19 พ.ย. 2563" in out.split("วันหยุด")[1]
    assert "วันหยุดในช่วงนี้" not in due(run, path, "--today 2563-11-09", "table").out


def test_the_table_says_deadline_review_and_whom_to_send_to(run: Run, plan: Plan) -> None:
    """A row has its deadline where it is not act_by, its review day, a missed one as such, and to whom it goes."""
    text = due(run, plan(ACTIVITIES), "", "table").out
    assert "กำหนด พฤ. 19 พ.ย. 2563" in text
    assert "เสนอผู้บังคับบัญชา อ. 17 พ.ย. 2563" in text
    assert "เลยวันเสนอผู้บังคับบัญชา ศ. 13 พ.ย. 2563" in text
    assert "กรมบัญชีกลาง, คลังเขต 3" in text
    assert "ทีมบัญชี" in text
    assert "เกินมา 6 วัน" in text
    assert "กำหนด อ. 10 พ.ย. 2563" not in text, "a deadline that is act_by is not said twice"


def test_today_and_tomorrow_have_their_words(run: Run, plan: Plan) -> None:
    """What is due today or tomorrow is said so."""
    path = plan(ACTIVITIES)
    assert "วันนี้" in due(run, path, "--today 2563-11-18 --activity fs", "table").out
    assert "พรุ่งนี้" in due(run, path, "--today 2563-11-17 --activity fs", "table").out


WEEKLY = "- {id: weekly, title: รายงานประจำสัปดาห์, when: ทุกสัปดาห์ วันทำการแรก}"


def test_ten_overdue_and_how_to_see_the_rest(run: Run, plan: Plan) -> None:
    """A table shows the ten overdue with the most recent act_by, says how many more there are and how to see them."""
    path = plan(WEEKLY)
    machine = json.loads(due(run, path, "--today 2564-02-17").out)["obligations"]
    overdue = [row["id"] for row in machine if row["status"] == "overdue"]
    assert len(overdue) == 20
    for form in ("table", "md"):
        out = due(run, path, "--today 2564-02-17", form).out.replace("\\", "")
        assert re.findall(r"weekly@[0-9W-]+", out) == overdue[-10:]
        assert "อีก 10 รายการ" in out
        assert "ustm due --overdue" in out
    everything = due(run, path, "--overdue --today 2564-02-17", "table").out
    assert re.findall(r"weekly@[0-9W-]+", everything) == overdue
    assert "รายการ ดูทั้งหมด" not in everything


def test_exactly_ten_overdue_hides_none(run: Run, plan: Plan) -> None:
    """Ten overdue are all shown, with no line about more."""
    out = due(run, plan(WEEKLY), "--today 2563-12-10", "table").out
    assert len(re.findall(r"weekly@[0-9W-]+", out)) == 10
    assert "ดูทั้งหมด" not in out


# ---- outside every plan, and the end of the year


OUTSIDE = ["2562-11-16", "2564-10-05", "2570-01-05"]


@pytest.mark.parametrize("today", OUTSIDE)
def test_outside_every_plan_a_table_says_so(today: str, run: Run, plan: Plan) -> None:
    """Outside every plan a table has one notice with their count and what to do, in the place of what is overdue."""
    path = plan(ACTIVITIES)
    past = json.loads(due(run, path, f"--today {today}").out)["obligations"]
    for form in ("table", "md"):
        out = due(run, path, f"--today {today}", form).out.replace("\\", "")
        overdue = sum(row["status"] == "overdue" for row in past)
        assert (f"มี {overdue} รายการที่ยังไม่บันทึกว่าเสร็จ" in out) == bool(overdue)
        for row in past:
            assert (row["id"] in out) == (row["status"] != "overdue")
        assert not past or "ustm due --today" in out
        assert not past or "ustm rollover" in out


def test_outside_machines_and_explicit_spans_are_answered_in_full(run: Run, plan: Plan) -> None:
    """Outside every plan the machine formats, and a table of an explicit span, hold every row."""
    path = plan(WEEKLY)
    assert len(ids(run, path, "--today 2564-10-05")) == 52
    assert len(due(run, path, "--today 2564-10-05", "csv").out.splitlines()) == 53
    out = due(run, path, "--today 2564-10-05 --from 2563-10-01 --to 2563-12-31", "table").out
    assert len(re.findall(r"weekly@[0-9W-]+", out)) == len(
        ids(run, path, "--from 2563-10-01 --to 2563-12-31 --today 2564-10-05")
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [("2564-08-31", False), ("2564-09-01", True), ("2564-09-30", True), ("2563-10-01", False)],
)
def test_next_year_has_no_plan_yet(today: str, said: bool, run: Run, plan: Plan) -> None:
    """From the last month of the last plan's year on, `due` says that next year has no plan."""
    path = plan(ACTIVITIES)
    out = due(run, path, f"--today {today}", "table").out
    assert ("ยังไม่มีแผนปีงบประมาณ 2565" in out) == said
    assert json.loads(due(run, path, f"--today {today}").out)["schema_version"] == 1


def test_two_years_are_read_together(run: Run, plan: Plan) -> None:
    """All fiscal years of a folder are read together; the last one decides what is missing."""
    plan("- {id: a, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}")
    path = plan("- {id: a, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}", "fy2565.yaml", year=2565)
    out, _, code = run("due", "--from", "2564-09-01", "--to", "2564-11-30", "--today", "2564-09-01", "--format", "json",
                       cwd=path.parent)  # fmt: skip
    assert code == 0
    assert [(row["id"], row["fiscal_year"], row["file"]) for row in json.loads(out)["obligations"]][-3:] == [
        ("a@2564-08", 2564, "plans/fy2564.yaml"),
        ("a@2564-09", 2565, "plans/fy2565.yaml"),
        ("a@2564-10", 2565, "plans/fy2565.yaml"),
    ]  # fmt: skip
    out, _, _ = run("due", "--today", "2564-09-15", cwd=path.parent)
    assert "ยังไม่มีแผน" not in out


def test_holidays_not_reviewed_are_said_beside(run: Run, plan: Plan) -> None:
    """A plan of a year whose holidays nobody reviewed warns on stderr, naming the year; stdout stays the answer."""
    path = plan("- {id: a, title: รายงาน, when: ทุกสิ้นเดือน}", "fy2565.yaml", year=2565)
    out, err, code = due(run, path, "--today 2564-11-01")
    assert code == 0
    assert json.loads(out)
    assert "2565" in err


MOVED = "ทุกสิ้นเดือน, overrides: {2564-08: {deadline: %s, reason: ก}}"


@pytest.mark.parametrize(
    ("says", "accepting", "told"),
    [
        (MOVED % "2564-09-30", (), ["2565"]),
        (MOVED % "2564-09-30", (2565,), []),
        (MOVED % "2564-10-01", (2565,), ["2565"]),
        (MOVED % "2564-10-01", (2564, 2565), []),
        (MOVED % "2559-10-03", (2565,), []),
        (MOVED % "2559-09-30", (2565,), ["2559"]),
        # The day to act by alone lies in another year, or the review alone.
        (MOVED % "2559-10-02", (2565,), ["2559"]),
        ("ทุกสิ้นเดือน, review: ภายใน 5 วันหลังสิ้นเดือน", (2565,), ["2565"]),
    ],
)
def test_a_plan_accepts_for_itself(
    says: str, accepting: tuple[int, ...], told: list[str], run: Run, plan: Plan
) -> None:
    """That the plan of the next year accepts its days off says nothing of this year's days that lie in it."""
    for year in (2565, 2564):
        top = "accepts: {U405: ทราบ}\n" if year in accepting else ""
        when = says if year == 2564 else "1 ธ.ค. 2564"
        path = plan(f"- {{id: a{year}, title: รายงาน, when: {when}}}", f"fy{year}.yaml", year=year, top=top)
    err = run("due", cwd=path.parent).err
    assert [word for word in err.split() if word.isdigit()] == told


# ---- texts that attack


FORMULAS = ["=1+1", "+66 45 123456", "-รายงาน", "@SUM(A1)", "=cmd|' /C calc'!A0", "－1", "＝1"]


@pytest.mark.parametrize("title", FORMULAS)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_spreadsheet_runs_nothing(title: str, form: str, run: Run, plan: Plan) -> None:
    """No cell begins as a formula does; the text is whole behind an apostrophe."""
    path = plan(f'- {{id: a, title: "{title}", when: 16 พ.ย. 2563, send_to: ["{title}"], owner: "{title}"}}')
    out = due(run, path, "", form).out
    (row,) = csv.DictReader(io.StringIO(out), delimiter="\t" if form == "tsv" else ",")
    for key in ("title", "send_to", "owner"):
        assert row[key] == (title if title[0] in "－＝" else f"'{title}")
    assert row["days_left"] == "0"


def test_days_left_stays_a_number_in_csv(run: Run, plan: Plan) -> None:
    """A negative number is a number, not an attack."""
    (row,) = csv.DictReader(
        io.StringIO(due(run, plan(ACTIVITIES), "--activity m10 --from 2563-10-01 --to 2563-10-15", "csv").out)
    )
    assert row["days_left"] == "-38"


def test_csv_columns_are_the_keys_of_json(run: Run, plan: Plan) -> None:
    """CSV and TSV have the columns of JSON but its text, in its order; lists are joined, null is empty."""
    path = plan(ACTIVITIES)
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        reader = csv.DictReader(io.StringIO(due(run, path, "", form).out), delimiter=delimiter)
        rows = list(reader)
        assert [name for name in KEYS if name != "text"] == [name for name in reader.fieldnames or () if name in KEYS]
        assert rows[0]["send_to"] == "กรมบัญชีกลาง; คลังเขต 3"
        assert rows[0]["review_by"] == ""


MARKDOWN = [
    "a|b",
    "**หนา**",
    "<script>alert(1)</script>",
    "[ลิงก์](javascript:x)",
    "`code`",
    "# หัว",
    "a_b_c",
    "x\\|y",
    "&lt;",
]


@pytest.mark.parametrize("title", MARKDOWN)
def test_markdown_stays_a_table(title: str, run: Run, plan: Plan) -> None:
    """Whatever a title holds, a row of the Markdown table has its six cells and no HTML of the title's."""
    text = title.replace("\\", "\\\\")
    out = due(run, plan(f'- {{id: a, title: "{text}", when: 16 พ.ย. 2563}}'), "", "md").out
    (row,) = [line for line in out.splitlines() if "a@FY2564" in line]
    cells = re.split(r"(?<!\\)\|", row.replace("\\\\", "\0"))
    assert len(cells) == 8
    assert "<script" not in out
    shown = re.sub(r"\\(.)", r"\1", cells[3].split("<br>")[0].replace("\0", "\\"))
    assert html.unescape(shown).strip() == title


def test_a_title_of_two_lines_is_one_row(run: Run, plan: Plan) -> None:
    """A line break within a title breaks no row of plain, TSV, Markdown or JSON lines."""
    path = plan('- {id: a, title: "หนึ่ง\\nสอง", when: 16 พ.ย. 2563}')
    for form, lines in (("plain", 1), ("tsv", 2), ("jsonl", 1)):
        assert len(due(run, path, "", form).out.splitlines()) == lines
    assert [line for line in due(run, path, "", "md").out.splitlines() if "สอง" in line and "หนึ่ง" in line]


# ---- wrong use


WRONG = [
    ("--from 2563-12-01 --to 2563-11-01", "ย้อนหลัง"),
    ("--from 2563-02-30", "2563-02-30"),
    ("--from เมื่อวาน", "เมื่อวาน"),
    ("--to 2564-02-29", "2564-02-29"),
    ("--from 2563-11-11 --to 17-พ.ย.-63", "17-พ.ย.-63"),
    ("--days 0", "--days"),
    ("--days -1", "--days"),
    ("--days 99999", "--days"),
    ("--days x", "--days"),
    ("--day --week", "--day --week"),
    ("--month --from 2563-11-01", "--month --from"),
    ("--format xlsx", "table, plain"),
    ("--status late", "overdue"),
    ("--activity m11", "m10"),
    ("--activity zzzzzz", "zzzzzz"),
    ("--bogus", "--bogus"),
    ("extra", "extra"),
]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_use_exits_2_with_a_word(words: str, said: str, run: Run, plan: Plan) -> None:
    """Wrong use says on stderr what was wrong, nothing on stdout, and exits 2."""
    path = plan(ACTIVITIES)
    out, err, code = run("due", "--plan", path, *words.split())
    assert (out, code) == ("", 2)
    assert said in err
    assert "Traceback" not in err


UNKNOWN_NAMES = [
    # (filter, what is said of it)
    (("--group", "กลุ่มงานวิชากร"), "--group: ไม่มีชื่อที่มีคำว่า “กลุ่มงานวิชากร” หมายถึง “กลุ่มงานวิชาการ” หรือไม่"),
    (("--group", "วิชาการ", "--group", "คลัง"), "--group: ไม่มีชื่อที่มีคำว่า “คลัง” มี: กลุ่มงานวิชาการ\n"),
    (("--owner", "สมชาย"), "--owner: ไม่มีชื่อที่มีคำว่า “สมชาย” มี: กลุ่มงานวิชาการ, ทีมบัญชี\n"),
    (("--activity", "m1"), "ไม่รู้จัก m1 หมายถึง m10 หรือไม่\n"),
]


@pytest.mark.parametrize("command", ["due", "stats", "calendar", "export csv"])
@pytest.mark.parametrize(("words", "said"), UNKNOWN_NAMES)
def test_a_filter_that_nothing_can_pass(
    words: tuple[str, ...], said: str, command: str, run: Run, plan: Plan, tmp_path: Path
) -> None:
    """A name mistyped is no empty answer: 2, with the nearest name and those that there are."""
    plan(ACTIVITIES)
    out, err, code = run(*command.split(), *words, cwd=tmp_path)
    assert (out, code) == ("", 2)
    assert err.startswith(f"ustm: {said}")


def test_a_filter_on_a_plan_without_work(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Where there is no activity at all no name is known."""
    plan()
    assert run("due", "--group", "x", cwd=tmp_path).code == 2


def test_a_filter_over_many_offices(run: Run, tmp_path: Path, plan: Plan) -> None:
    """Names are those of all offices, however many."""
    text = plan(ACTIVITIES).read_text("utf-8")
    for number in range(33):
        folder = tmp_path / "all" / str(number) / "plans"
        folder.mkdir(parents=True)
        (folder / "fy2564.yaml").write_text(text, "utf-8")
    words = ("due", "--plan", "all/*/plans/*.yaml", "--format", "jsonl")
    out, err, code = run(*words, "--owner", "ทีมบัญชา", cwd=tmp_path)
    assert (out, code) == ("", 2)
    assert "“ทีมบัญชี”" in err
    out, err, code = run(*words, "--owner", "ทีมบัญชี", cwd=tmp_path)
    assert (len(out.splitlines()), err, code) == (66, "", 0)
