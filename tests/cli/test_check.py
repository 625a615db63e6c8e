"""`ustm check`: its four formats, what it accepts, how it ends; and what the other commands do with faulty plans."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Plan = Callable[..., Path]

FINE = "- {id: a, title: รายงาน, when: ทุกสิ้นเดือน}"
DOUBT = "- {id: a, title: เชิญประชุม, when: 15 พ.ย. 2563}"
ACCEPTED = "- {id: a, title: เชิญประชุม, when: 15 พ.ย. 2563, accepts: {U401: จังหวัดกำหนดเอง}}"
FAULT = "- {id: a, title: ที่นี่มีสระบนและล่าง, when: ทุกเดือน ภายในวันที่ 32}"

ENDS = [
    (FINE, "", 0),
    (FINE, "--strict", 0),
    (DOUBT, "", 0),
    (DOUBT, "--strict", 1),
    (ACCEPTED, "", 0),
    (ACCEPTED, "--strict", 0),
    (ACCEPTED, "--strict --verbose", 0),
    (FAULT, "", 1),
    (FAULT, "--strict", 1),
]


@pytest.mark.parametrize("form", ["full", "concise", "json", "github"])
@pytest.mark.parametrize(("text", "words", "ends"), ENDS)
def test_exit_codes(text: str, words: str, ends: int, form: str, run: Run, plan: Plan) -> None:
    """0 fine, doubts and accepted ones included; 1 with faults, or with doubts under --strict; in every format."""
    _, err, code = run("check", plan(text), *words.split(), "--format", form)
    assert (code, err) == (ends, "")


def test_full_shows_the_line_the_caret_and_help(run: Run, plan: Plan) -> None:
    """Full: severity, place, code, sentence; the line; a caret under the right cell, Thai marks having none; help."""
    path = plan(FAULT)
    out, _, _ = run("check", path.name, cwd=path.parent)
    head, line, caret, help_, summary = out.rstrip().split("\n")
    source = path.read_text("utf-8").split("\n")[5]
    column = source.index("32") + 1
    assert head == f"ผิด plans/fy2564.yaml:6:{column}: U204 วันที่ 32 ไม่มีในเดือนใด"
    assert line == f"      6 │ {source}"
    marks = len(re.findall("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]", source[: column - 1]))
    assert marks == 11
    assert caret == "        │ " + " " * (column - 1 - marks) + "^^"
    assert help_ == "  help: ลองเขียน: ทุกเดือน ภายในวันที่ 31"
    assert summary == "ข้อผิดพลาด 1 คำเตือน 0 รับทราบแล้ว 0"


def test_concise_is_a_line_a_finding(run: Run, plan: Plan) -> None:
    """Concise: file:line:column: code sentence, nothing else; nothing at all for a good plan."""
    path = plan(FAULT)
    out, _, _ = run("check", path.name, "--format", "concise", "--lang", "en", cwd=path.parent)
    assert re.fullmatch(r"plans/fy2564\.yaml:6:\d+: U204 no month has a day 32\n", out)
    assert run("check", plan(FINE), "--format", "concise").out == ""


KEYS = ["code", "severity", "file", "line", "column", "end_column", "path", "message", "help"]


def test_json_keys_to_the_letter(run: Run, plan: Plan) -> None:
    """JSON has the promised keys; columns count code points from 1, end_column is one past the last."""
    path = plan(FAULT + "\n" + DOUBT.replace("id: a", "id: b"))
    out, _, code = run("check", path.name, "--format", "json", cwd=path.parent)
    found = json.loads(out)
    assert list(found) == ["schema_version", "findings"]
    assert found["schema_version"] == 1
    assert [list(one) for one in found["findings"]] == [KEYS] * len(found["findings"])
    one = found["findings"][0]
    line = path.read_text("utf-8").split("\n")[one["line"] - 1]
    assert line[one["column"] - 1 : one["end_column"] - 1] == "32"
    assert (one["code"], one["severity"], one["file"]) == ("U204", "error", "plans/fy2564.yaml")
    assert one["path"].startswith("groups.0.activities.0.when")
    assert (one["help"], code) == ("ลองเขียน: ทุกเดือน ภายในวันที่ 31", 1)


def test_json_of_a_good_plan_is_empty(run: Run, plan: Plan) -> None:
    """A good plan has no findings, and JSON all the same."""
    assert json.loads(run("check", plan(FINE), "--format", "json").out) == {"schema_version": 1, "findings": []}


def test_github_annotations(run: Run, plan: Plan) -> None:
    """GitHub: workflow commands, their properties escaped, an annotation a finding."""
    path = plan(FAULT, name="a,b:c%.yaml")
    out, _, _ = run("check", path.name, "--format", "github", cwd=path.parent)
    assert out.startswith("::error file=plans/a%2Cb%3Ac%25.yaml,line=6,col=")
    assert out.count("\n") == 1
    out, _, _ = run("check", plan(DOUBT), "--format", "github")
    assert out.startswith("::warning file=")
    assert "title=U401::" in out
    out, _, _ = run("check", plan(ACCEPTED), "--format", "github", "--verbose")
    assert out.startswith("::notice file=")


def test_accepted_doubts_are_shown_when_asked_for(run: Run, plan: Plan) -> None:
    """An accepted warning is info with its reason: counted, shown with --verbose only."""
    path = plan(ACCEPTED)
    out, _, _ = run("check", path)
    assert "U401" not in out
    assert "รับทราบแล้ว 1" in out
    assert "--verbose" in out
    out, _, _ = run("check", path, "--verbose")
    assert "U401" in out
    assert "จังหวัดกำหนดเอง" in out
    (one,) = json.loads(run("check", path, "--verbose", "--format", "json").out)["findings"]
    assert one["severity"] == "info"
    assert "จังหวัดกำหนดเอง" in one["help"]


def test_the_whole_plan_may_accept(run: Run, plan: Plan) -> None:
    """`accepts:` at the top holds for the whole plan; it accepts no error."""
    path = plan(DOUBT, top="accepts: {U401: ทั้งแผน}\n")
    assert run("check", path, "--strict").code == 0
    path = plan(FAULT, top="accepts: {U204: ไม่ได้}\n")
    out, _, code = run("check", path, "--format", "concise")
    assert code == 1
    assert "U308" in out
    assert "U204 วันที่" in out


def test_of_a_plan_at_fault_nobody_says_that_it_accepts_too_much(run: Run, plan: Plan) -> None:
    """What cannot be read may give the warning; once the plan is whole, `accepts:` without one is told."""
    top = "accepts: {U401: จังหวัดกำหนดเอง}\n"
    path = plan(DOUBT.replace("when", "priority: 1, when"), top=top)
    assert re.findall("U[0-9]{3}", run("check", path, "--format", "concise").out) == ["U112"]
    path = plan(FINE, top=top)
    assert re.findall("U[0-9]{3}", run("check", path, "--format", "concise").out) == ["U409", "U401"]


@pytest.mark.parametrize("accepting", [(), (2564,), (2565,), (2564, 2565)])
def test_what_two_plans_include_is_accepted_by_both(accepting: tuple[int, ...], run: Run, plan: Plan) -> None:
    """A doubt of a shared file is told as long as one of the plans that include it does not accept it."""
    for year in (2564, 2565):
        top = "include: [shared.yaml]\n" + ("accepts: {U408: ทราบ, U405: ทราบ}\n" if year in accepting else "")
        path = plan(FINE, f"fy{year}.yaml", year=year, top=top)
    path.with_name("shared.yaml").write_text("holidays:\n  - {date: 2564-01-01}\n", "utf-8")
    found = json.loads(run("check", "--format", "json", "--verbose", cwd=path.parent).out)["findings"]
    said = [one["severity"] for one in found if one["code"] == "U408"]
    assert said == ["info" if len(accepting) == 2 else "warning"]


DAYS = [("2563-09-30", False), ("2563-10-01", True), ("2563-11-16", True), ("2564-10-01", False)]


@pytest.mark.parametrize(("today", "said"), DAYS)
def test_doubts_of_the_day_are_of_its_year(today: str, said: bool, run: Run, plan: Plan) -> None:
    """A warning that depends on the day appears only while today is inside the plan's year."""
    event = "events:\n  board: {name: การประชุม, every: month, expected: 28}\n"
    path = plan("- {id: a, title: รายงาน, when: ก่อนการประชุม 3 วัน}", top=event)
    out, _, _ = run("check", path, "--format", "concise", "--today", today)
    assert ("U406" in out) == said


def test_an_undated_event_warns_thirty_days_ahead(run: Run, plan: Plan) -> None:
    """An event still undated is told from 30 days before its day is needed, once a period, not once an activity."""
    event = "events:\n  board: {name: การประชุม, every: once, expected: 28 ม.ค. 2564}\n"
    both = "- {id: a, title: ก, when: ก่อนการประชุม 3 วัน}\n- {id: b, title: ข, when: ก่อนการประชุม 2 วัน}"
    path = plan(both, top=event)
    assert "U406" not in run("check", path, "--today", "2563-12-25").out
    out, _, _ = run("check", path, "--today", "2563-12-26")
    assert out.count("U406") == 1
    assert "25 ม.ค. 2564" in out


# ---- several plans


def test_all_faults_of_all_files_in_one_run(run: Run, plan: Plan) -> None:
    """Every fault of every file is told in one run, each once, sorted by file and place."""
    plan(FAULT)
    path = plan(FAULT + "\n- {id: b, title: ข, when: 2020-10-06, whn: 1}", "fy2565.yaml", year=2565)
    out, _, code = run("check", "--format", "concise", cwd=path.parent.parent)
    places = [re.match(r"(.+?):(\d+):(\d+): (U\d+)", line) for line in out.splitlines()]
    found = [(place[1], int(place[2]), int(place[3]), place[4]) for place in places if place]
    assert code == 1
    assert found == sorted(set(found))
    errors = [one for one in found if one[3] != "U405"]
    assert [(file, code) for file, _, _, code in errors] == [
        ("plans/fy2564.yaml", "U204"),
        ("plans/fy2565.yaml", "U204"),
        ("plans/fy2565.yaml", "U203"),
        ("plans/fy2565.yaml", "U112"),
    ]


def test_a_plan_named_twice_is_read_once(run: Run, plan: Plan) -> None:
    """The same file given twice, or by a pattern too, is one plan: its ids are not taken twice."""
    path = plan(FINE)
    _, _, code = run("check", "plans/fy2564.yaml", "plans/../plans/fy2564.yaml", "plans/*.yaml", cwd=path.parent.parent)
    assert code == 0


def test_some_faulty_and_the_rest_answered_is_4(run: Run, plan: Plan) -> None:
    """With one of two plans faulty, `due` answers from the other, tells the faults on stderr and exits 4."""
    plan(FINE)
    path = plan(FAULT, "fy2565.yaml", year=2565)
    out, err, code = run("due", "--all", "--month", "--format", "json", cwd=path.parent)
    assert code == 4
    assert [row["id"] for row in json.loads(out)["obligations"]] == ["a@2563-10", "a@2563-11"]
    assert "fy2565.yaml:6:" in err
    assert "U204" in err


COMMANDS = ["due", "show a", "explain a@2563-10", "due --plan plans/fy2564.yaml"]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_faulty_plan_is_3_for_any_other_command(words: str, run: Run, plan: Plan) -> None:
    """A faulty plan stops every command but check: its faults on stderr, nothing on stdout, exit 3."""
    path = plan(FAULT)
    out, err, code = run(*words.split(), cwd=path.parent.parent)
    assert (out, code) == ("", 3)
    assert "U204" in err
    assert "ustm check" in err


FAULTS_FOUND_LATE = [
    ("- {id: a, title: ก, when: ทุกสิ้นเดือน, overrides: {2570-01: {cancel: true, reason: x}}}", "U303"),
    ("- {id: a, title: ก, when: ทุกสิ้นเดือน, from: ต.ค. 2570}", "U302"),
    ("- {id: a, title: ก, when: [ทุกสิ้นเดือน, ทุกเดือน]}", "U225"),
    (FINE + "\n" + FINE, "U301"),
]


@pytest.mark.parametrize(("text", "code"), FAULTS_FOUND_LATE)
def test_faults_of_expansion_stop_due_too(text: str, code: str, run: Run, plan: Plan) -> None:
    """What only the expanded plan shows (periods, ids, keys) is an error for `due` as for `check`."""
    path = plan(text)
    assert code in run("check", path).out
    out, err, ends = run("due", "--plan", path)
    assert (out, ends) == ("", 3)
    assert code in err


# ---- what could not run at all


def test_no_plan_a_folder_a_missing_file(run: Run, plan: Plan, tmp_path: Path) -> None:
    """No plan upward, a folder, a missing file, a pattern without match: 3 for check as for due, nothing on stdout."""
    path = plan(FINE)
    empty = tmp_path / "empty"
    empty.mkdir()
    for words in (["plans"], ["missing.yaml"], ["no/*.yaml"]):
        for command in (["check", *words], ["due", "--plan", *words]):
            out, err, code = run(*command, cwd=path.parent.parent)
            assert (out, code) == ("", 3), command
            assert words[0] in err
    for command in ("check", "due"):
        out, err, code = run(command, cwd=Path("/"))
        assert (out, code) == ("", 3)
        assert "plans/" in err


@pytest.mark.usefixtures("ordinary")
def test_no_permission(run: Run, plan: Plan) -> None:
    """A plan that may not be read: 3, with its name."""
    path = plan(FINE)
    path.chmod(0)
    for command in (["check", path], ["due", "--plan", path]):
        out, err, code = run(*command)
        assert (out, code) == ("", 3)
        assert "fy2564.yaml" in err


def test_the_nearest_folder_upward_with_plans(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Plans are those of the nearest folder upward that has them, from plans/ itself or any folder below."""
    plan(FINE)
    (tmp_path / "plans" / "shared.yaml").write_text("events: []\nholidays: []\n", "utf-8")
    below = tmp_path / "a" / "plans" / "c"
    below.mkdir(parents=True)
    for folder in (tmp_path, tmp_path / "plans", tmp_path / "a", below):
        out, _, code = run("check", "--format", "full", cwd=folder)
        assert code == 0
        assert "1" in out


WRONG = [("--format xml", "full, concise"), ("--bogus", "--bogus"), ("--format", "--format")]


@pytest.mark.parametrize(("words", "said"), WRONG)
def test_wrong_use_is_2(words: str, said: str, run: Run, plan: Plan) -> None:
    """An unknown format or option: 2, a word on stderr, nothing on stdout."""
    out, err, code = run("check", plan(FINE), *words.split())
    assert (out, code) == ("", 2)
    assert said in err


def test_findings_in_thai_digits(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Numbers and days of the sentences; places, ids, what is to be typed and the plan's own lines stay."""
    plan("- {id: a, title: ก, when: ภายใน 30 ก.พ. 2564}\n- {id: b-1, title: ข, when: 15 พ.ย. 2563}")
    out, _, code = run("check", "--digits", "thai", cwd=tmp_path)
    assert code == 1
    assert "plans/fy2564.yaml:6:39: U205 กุมภาพันธ์ ๒๕๖๔ ไม่มีวันที่ ๓๐ (มีถึง ๒๘)" in out
    assert "help: ลองเขียน: ภายใน 28 ก.พ. 2564" in out
    assert "วันกำหนด ๑๕ พ.ย. ๒๕๖๓ ไม่ใช่วันทำการ" in out
    assert "15 พ.ย. 2563}" in out
    machine = ("--format", "json")
    assert run("check", *machine, "--digits", "thai", cwd=tmp_path) == run("check", *machine, cwd=tmp_path)


def test_months_in_english(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A month among the facts is named in the language of the sentence, in findings and in options."""
    plan("- {id: a, title: ก, when: 30 ก.พ. 2564}")
    assert "U205 February 2564 has no day 30 (it has 28)" in run("check", "--lang", "en", cwd=tmp_path).out
    assert "February 2564 has no day 30" in run("due", "--from", "2564-02-30", "--lang", "en", cwd=tmp_path).err
    assert "กุมภาพันธ์ 2564 ไม่มีวันที่ 30" in run("due", "--from", "2564-02-30", cwd=tmp_path).err
