"""The commands that record: one line each, nothing twice, nothing lost, and `due` shows what was recorded."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran
from ustm_cli.render.wrap import width

Run = Callable[..., Ran]
Plan = Callable[..., Path]
PLAN = """\
fiscal_year: 2564
province: อุบลราชธานี
events:
  meeting: {name: การประชุม, every: month}
groups:
- title: กลุ่มงาน
  activities:
  - {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป, review: ล่วงหน้า 2 วันทำการ}
  - {id: monthly, title: รายเดือน, when: ทุกเดือน ภายในวันที่ 14 ของเดือนถัดไป}
  - {id: slides, title: เอกสารประชุม, when: ก่อนการประชุม 2 วันทำการ}
  - {id: answer, title: ตอบข้อหารือ, when: ภายใน 1 นาทีนับจากรับเรื่อง}
  - {id: request, title: ตรวจเงินอุดหนุน, when: ภายใน 5 วันนับจากรับเรื่อง, steps: [ตรวจสอบ, ลงทะเบียน, เสนอ, ส่ง]}
  - {id: letter, title: ตามแจ้ง, when: ตามที่กรมบัญชีกลางแจ้ง}
  - {id: survey, title: สำรวจ อปท., when: พ.ย. 2563, target: {count: 239, unit: แห่ง}}
  - {id: bar, title: ต่อเนื่อง, when: ต่อเนื่อง}
"""


class Office:
    """A folder with a plan; commands are run there on 16 Nov 2563 by สมชาย."""

    def __init__(self, folder: Path, run: Callable[..., Ran]) -> None:
        self.folder = folder
        self._run = run
        self.plan = folder / "plans" / "fy2564.yaml"
        self.register = folder / "plans" / "fy2564.register.jsonl"
        self.plan.parent.mkdir()
        self.plan.write_text(PLAN, "utf-8", newline="\n")

    def __call__(self, *words: str, **env: str) -> Ran:
        return self._run(*words, cwd=self.folder, env={"USTM_BY": "สมชาย", **env})

    @property
    def records(self) -> list[dict[str, Any]]:
        text = self.register.read_text("utf-8") if self.register.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    def due(self, *words: str) -> dict[str, dict[str, Any]]:
        """Every row of the year by id."""
        span = ("--from", "2563-10-01", "--to", "2564-09-30", "--all", "--open")
        found = json.loads(self("due", *span, "--format", "json", *words).out)
        return {row["id"]: row for row in found["obligations"]}

    def case(self, number: int = -1) -> str:
        cases = json.loads(self("cases", "--format", "json").out)["cases"]
        return str(cases[number]["id"])


@pytest.fixture
def ustm(tmp_path: Path, run: Callable[..., Ran]) -> Office:
    return Office(tmp_path, run)


def refused(ran: Ran, *words: str, code: int = 2) -> None:
    """Nothing on stdout, the words on stderr."""
    assert (ran.code, ran.out) == (code, "")
    for word in words:
        assert word in ran.err


# ---- done, reviewed, waived, reopened


def test_done(ustm: Office) -> None:
    """One line in Thai; the record holds who, when, what for; due says done."""
    ran = ustm("done", "report@2563-10", "--on", "2563-11-09", "--evidence", "กค 0403/12", "--note", "ส่ง  แล้ว")
    assert (ran.out, ran.err, ran.code) == (
        "บันทึกแล้ว: report@2563-10 เสร็จ 9 พ.ย. 2563 ทันกำหนด 10 พ.ย. 2563 · รายงาน\n", "", 0
    )  # fmt: skip
    (record,) = ustm.records
    assert record.pop("id")
    assert record == {
        "recorded": "2020-11-16T12:00:00.000+07:00", "kind": "done", "of": "report@2563-10", "on": "2563-11-09",
        "evidence": "กค 0403/12", "by": "สมชาย", "note": "ส่ง แล้ว",
    }  # fmt: skip
    row = ustm.due()["report@2563-10"]
    assert (row["status"], row["done_on"], row["done_by"], row["days_left"]) == ("done", "2020-11-09", "สมชาย", None)
    assert row["text"]["done_on"] == "9 พ.ย. 2563"


STATUSES = [
    ("report@2563-10", "2563-11-10", "done", False, "ทันกำหนด"),
    ("report@2563-10", "2563-11-11", "done_late", False, "ช้า 1 วัน"),
    ("monthly@2563-10", "2563-11-13", "done", False, "ทันกำหนด"),
    # 14 Nov 2563 is a Saturday
    ("monthly@2563-10", "2563-11-14", "done", True, "หลังวันทำการสุดท้าย 13 พ.ย. 2563 แต่ทันกำหนด"),
    ("monthly@2563-10", "2563-11-15", "done_late", False, "ช้า 1 วัน"),
]


@pytest.mark.parametrize(("id", "on", "status", "between", "said"), STATUSES)
def test_late_and_between(ustm: Office, id: str, on: str, status: str, between: bool, said: str) -> None:
    """Late is after the deadline; between act_by and deadline is in time, and is said."""
    assert said in ustm("done", id, "--on", on).out
    row = ustm.due()[id]
    assert (row["status"], row["after_act_by"]) == (status, between)
    shown = ustm(
        "due",
        "--from",
        "2563-11-01",
        "--to",
        "2563-11-30",
        "--all",
        "--format",
        "plain",
        "--activity",
        id.partition("@")[0],
    ).out
    assert ("หลังวันทำการสุดท้าย แต่ทันกำหนด" in shown) is between


def test_out_of_order(ustm: Office) -> None:
    """November's done while September's is open."""
    assert ustm("done", "report@2563-10", "--on", "2563-11-09").code == 0
    rows = ustm.due()
    assert (rows["report@2563-09"]["status"], rows["report@2563-10"]["status"]) == ("overdue", "done")


def test_several_at_once(ustm: Office) -> None:
    """Several ids are recorded together, each once, or, where one is wrong, not at all."""
    refused(ustm("done", "report@2563-09", "report@2563-99"), "report@2563-99")
    assert ustm.records == []
    ran = ustm("done", "report@2563-09", "monthly@2563-09", "report@2563-09")
    assert len(ran.out.splitlines()) == len(ustm.records) == 2


def test_twice_changes_nothing(ustm: Office) -> None:
    """Recording a thing twice says so, with how to correct it; an earlier day and a late evidence are news."""
    ustm("done", "report@2563-10", "--on", "2563-11-10")
    for words in (["--on", "2563-11-10"], ["--on", "2563-11-12"], []):
        ran = ustm("done", "report@2563-10", *words)
        assert ran.code == 0
        assert ran.out.startswith("ไม่เปลี่ยนแปลง: report@2563-10 บันทึกไว้แล้วว่าเสร็จ 10 พ.ย. 2563 โดย สมชาย")
        assert ("ustm reopen" in ran.out) is (words != ["--on", "2563-11-10"])
    assert len(ustm.records) == 1
    ustm("done", "report@2563-10", "--on", "2563-11-10", "--evidence", "กค 1")
    ustm("done", "report@2563-10", "--on", "2563-11-09")
    row = ustm.due()["report@2563-10"]
    assert (len(ustm.records), row["done_on"], row["evidence"]) == (3, "2020-11-09", "กค 1")


def test_reopen_and_done_again(ustm: Office) -> None:
    """A correction is a new record: all three lines stay, the last day counts."""
    ustm("done", "report@2563-10", "--on", "2563-11-09")
    assert "เปิดใหม่" in ustm("reopen", "report@2563-10").out
    assert ustm.due()["report@2563-10"]["status"] == "overdue"
    assert "ไม่เปลี่ยนแปลง" in ustm("reopen", "report@2563-10").out
    ustm("done", "report@2563-10", "--on", "2563-11-12")
    assert [record["kind"] for record in ustm.records] == ["done", "reopened", "done"]
    assert ustm.due()["report@2563-10"]["status"] == "done_late"


def test_waive(ustm: Office) -> None:
    """A waiver has its reason; what is done is not waived; waived twice changes nothing."""
    assert "(งดรายงาน)" in ustm("waive", "report@2563-10", "--reason", "งดรายงาน").out
    assert "ไม่เปลี่ยนแปลง" in ustm("waive", "report@2563-10", "--reason", "งดรายงาน").out
    row = ustm.due()["report@2563-10"]
    assert (row["status"], row["reason"]) == ("waived", "งดรายงาน")
    ustm("done", "report@2563-09")
    assert "ไม่เปลี่ยนแปลง" in ustm("waive", "report@2563-09", "--reason", "งด").out
    refused(ustm("waive", "report@2563-10"), "--reason")
    refused(ustm("waive", "report@2563-10", "--reason", "  "), "--reason")
    assert len(ustm.records) == 2


def test_reviewed(ustm: Office) -> None:
    """The superior has the paper: said with the row, late if after review_by; the earlier day stands."""
    assert "หลังวันเสนอ 6 พ.ย. 2563" in ustm("reviewed", "report@2563-10", "--on", "2563-11-09").out
    assert "ไม่เปลี่ยนแปลง" in ustm("reviewed", "report@2563-10").out
    assert "หลัง" not in ustm("reviewed", "report@2563-10", "--on", "2563-11-06").out
    row = ustm.due()["report@2563-10"]
    assert (row["reviewed_on"], row["status"]) == ("2020-11-06", "overdue")
    assert "ผู้บังคับบัญชาได้รับแล้ว 6 พ.ย. 2563" in ustm("due", "--format", "plain").out


REFUSED = [
    (["done", "reprot@2563-10"], ["report@2563-10"]),
    (["done", "report@2563-22"], ["report@2563-"]),
    (["done", "report"], ["report@2563-09", "…"]),
    (["done", "report@2563-11", "--on", "2563-11-16"], ["--force", "1 ธ.ค. 2563"]),
    (["done", "report@2563-10", "--on", "2563-11-17"], ["17 พ.ย. 2563"]),
    (["done", "report@2563-10", "--on", "วันก่อน"], ["วันก่อน"]),
    (["done", "report@2563-10", "--note", ""], ["--note"]),
    (["done", "report@2563-10", "--by", " "], ["--by"]),
    (["done", "report@2563-10", "--as-of", "2563-11-16"], ["--as-of"]),
    (["done"], ["done --help"]),
    (["progress", "survey", "1000000001"], ["จำนวนที่ทำได้แล้ว", "1000000000"]),
    (["progress", "survey", "--", "-1"], ["จำนวนที่ทำได้แล้ว"]),
    (["progress", "survey", "1", "--of", "0"], ["--of"]),
    (["progress", "survey@2563-11", "5"], ["survey@2563-11", "รหัสกิจกรรมอย่างเดียว: survey"]),
    (["progress", "surveyy@2563-11", "5"], ["หมายถึง survey หรือไม่"]),
    (["receive", "request@FY2564"], ["รหัสกิจกรรมอย่างเดียว: request"]),
    (["event", "set", "metting", "2564-01", "2564-01-28"], ["meeting"]),
    (["event", "set", "meeting", "2565-01", "2565-01-28"], ["2563-10"]),
    (["event", "set", "meeting", "2564-01.2", "2564-01-28"], ["2564-01"]),
    (["event", "set", "meeting", "2564-01.1", "2564-01-28"], ["2564-01.2"]),
    (["event", "set", "meeting", "2564-01", "2564-02-30"], ["2564"]),
    (["event", "cancel", "meeting", "2564-01"], ["--reason"]),
    (["notify", "report", "--due", "2563-12-15"], ["report"]),
    (["notify", "letter@FY2564.1", "--due", "2563-12-15"], ["letter@FY2564.1"]),
    (["receive", "report"], ["report"]),
    (["receive", "answer", "--at", "2563-11-16"], ["14:20"]),
    (["receive", "answer", "--at", "25:00"], ["25:00"]),
    (["receive", "request", "--at", "2563-11-17 09:00"], ["17 พ.ย. 2563"]),
    (["receive", "request", "--at", "2563-09-30 09:00"], ["2563"]),
    (["close", "c9999"], ["c9999"]),
    (["stats", "--weeks", "0"], ["--weeks"]),
    (["cases", "--format", "xml"], ["table"]),
]


@pytest.mark.parametrize(("words", "said"), REFUSED, ids=[" ".join(row[0]) for row in REFUSED])
def test_refused(ustm: Office, words: list[str], said: list[str]) -> None:
    """What cannot be is refused with the right word, and nothing is recorded."""
    refused(ustm(*words), *said)
    assert not ustm.register.exists()


BOUNDED = [
    # (the activity's bounds, the day of receipt, the bounds that are said; none where it is received)
    ("until: ต.ค. 2563", "2563-11-01", "(until: 31 ต.ค. 2563)"),
    ("until: ต.ค. 2563", "2563-10-31", ""),
    ("from: 2563-11-10", "2563-11-09", "(from: 10 พ.ย. 2563)"),
    ("from: 2563-11-10, until: 2563-11-12", "2563-11-13", "(from: 10 พ.ย. 2563, until: 12 พ.ย. 2563)"),
]


@pytest.mark.parametrize(("bounds", "day", "said"), BOUNDED)
def test_received_outside_the_bounds(ustm: Office, bounds: str, day: str, said: str) -> None:
    """A request of a day that the activity does not take is refused with its bounds; nothing is recorded."""
    ustm.plan.write_text(PLAN.replace("รับเรื่อง, steps", f"รับเรื่อง, {bounds}, steps"), "utf-8")
    ran = ustm("receive", "request", "--at", f"{day} 10:00")
    if said:
        refused(ran, said, "request")
        assert not ustm.register.exists()
    else:
        assert ran.code == 0
        assert ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["event", "set", "meeting", "2563-12", "28/12/2563"], "ลองใส่ 2563-12-28"),
        (["event", "set", "meeting", "2563-12", "๒๘/๑๒/๖๓"], "ลองใส่ 2563-12-28"),
        (["event", "set", "meeting", "2564-05", "พ.ค."], "ลองใส่ 2564-05"),
        (["event", "set", "meeting", "2563-12", "ธันวาคม"], "ลองใส่ 2563-12"),
        (["event", "set", "meeting", "2564-05", "พ.ค. 2021"], "ลองใส่ 2564-05"),
        (["event", "set", "meeting", "๒๕๖๔-๐๕", "๕/๖๔"], "ลองใส่ 2564-05"),
        (["event", "set", "meeting", "2563-12", "28 ธ.ค."], "ลองใส่ 2563-12-28"),
        (["event", "set", "meeting", "2563-12", "8/12/2020"], "ลองใส่ 2563-12-08"),
        (["event", "set", "meeting", "2564-02", "30 ก.พ."], "เช่น 2563-11-16"),
        (["event", "set", "meeting", "2564-02", "30/2/2564"], "เช่น 2563-11-16"),
        (["event", "set", "meeting", "2564-02", "2564-Q2"], "เช่น 2563-11-16"),
        (["event", "set", "meeting", "xyz", "พ.ค."], "เช่น 2563-11-16"),
        (["event", "set", "meeting", "2564-02", "2564-02-30"], "มีถึง 28"),
        (["done", "report@2563-10", "--on", "13/11/2563"], "ลองใส่ 2563-11-13"),
        (["receive", "answer", "--at", "13/11/2563"], "ลองใส่ 2563-11-13"),
        (["receive", "answer", "--at", "13 พ.ย. 2563"], '"2563-11-13 14:20"'),
        (["receive", "answer", "--at", "2563-11-13 25:00"], '"2563-11-13 14:20"'),
        (["receive", "answer", "--at", "13/11/2563 09:00"], "ลองใส่ 2563-11-13"),
        (["--lang", "en", "receive", "request", "--at", "13/11/2563"], "try 2563-11-13"),
        # No day is made up of what does not hold one, nor its year.
        (["done", "report@2563-10", "--on", "13 พ.ย."], "เช่น 2563-11-16"),
        (["done", "report@2563-10", "--on", "31/02/2563"], "เช่น 2563-11-16"),
        (["done", "report@2563-10", "--on", "เมื่อวาน"], "เช่น 2563-11-16"),
        (["receive", "answer", "--at", "2563-11-32 25:00"], '"2563-11-16 14:20"'),
        (["close", "x", "--at", "13/11/2563"], '"2563-11-13 14:20"'),
        (["close", "x", "--at", "เมื่อวาน"], '"2563-11-16 14:20"'),
        # An example is of the day that is stood on.
        (["--today", "2564-02-01", "done", "report@2563-10", "--on", "เมื่อวาน"], "เช่น 2564-02-01"),
        (["--today", "2564-02-01", "close", "x", "--at", "เมื่อวาน"], '"2564-02-01 14:20"'),
    ],
)
def test_a_day_in_other_words_is_offered_in_ours(words: list[str], said: str, ustm: Office) -> None:
    """The hint holds the day that was meant, not any."""
    refused(ustm(*words), said)


def test_a_moment_that_has_not_come(ustm: Office) -> None:
    """Refused, but for what the clocks of two machines may differ; of a day that is over every moment has come."""
    ahead = {"USTM_TODAY": "2700-11-16"}  # on another day than the machine's it is noon
    for words in (["receive", "answer"], ["close", "c1116"], ["pause", "c1116"], ["resume", "c1116"]):
        refused(ustm(*words, "--at", "12:06", **ahead), "--at: 16 พ.ย. 2700 12.06 น. ยังมาไม่ถึง")
        assert "ยังมาไม่ถึง" not in ustm(*words, "--at", "12:05", **ahead).err
    assert ustm("receive", "answer", "--at", "23:59").code == 0


# 5 Dec 2563 is a Saturday, 10 Dec and 12 Apr are days off: what opens on them is to be done before.
BEFORE_IT_OPENS = [
    ("5 ธ.ค. 2563", "day@FY2564", "4 ธ.ค. 2563", "3 ธ.ค. 2563"),
    ("ทุกวันจันทร์", "day@2564-W15", "9 เม.ย. 2564", "8 เม.ย. 2564"),
    ("{rule: rrule, rrule: FREQ=MONTHLY, start: 2563-10-10}", "day@2563-12-10", "9 ธ.ค. 2563", "8 ธ.ค. 2563"),
    ("ทุกวันศุกร์ที่ 2 ของเดือน", "day@2563-12", "1 ธ.ค. 2563", "30 พ.ย. 2563"),
    ("ทุกเดือน ภายในวันที่ 20 ของเดือนถัดไป", "day@2563-11", "1 ธ.ค. 2563", "30 พ.ย. 2563"),
]


@pytest.mark.parametrize(("when", "id", "first", "before"), BEFORE_IT_OPENS)
def test_what_is_to_be_done_before_it_opens(ustm: Office, when: str, id: str, first: str, before: str) -> None:
    """From the first day on which it opens or is due, whichever comes first, it is done without --force."""
    ustm.plan.write_text(PLAN + f"  - {{id: day, title: วันเดียว, when: {when}}}\n", "utf-8")
    refused(ustm("done", id, "--on", before, USTM_TODAY="2564-05-01"), "--force", f"เปิดให้ทำ {first}")
    assert ustm("done", id, "--on", first, USTM_TODAY="2564-05-01").code == 0


def test_force(ustm: Office) -> None:
    """Before it opens, only with --force."""
    assert ustm("done", "report@2563-11", "--on", "2563-11-16", "--force").code == 0


def test_an_activity_alone_means_its_only_period(ustm: Office) -> None:
    """Where an activity has one obligation, its id is enough."""
    ustm("done", "survey")
    assert ustm.records[0]["of"] == "survey@FY2564"


# ---- who, and on what day


def test_who_records(ustm: Office) -> None:
    """--by, else USTM_BY, else git's user.name, else the login name; without any, it is asked for."""
    nobody = {"USTM_BY": "", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "USER": "", "USERNAME": ""}
    ustm("done", "report@2563-09", "--by", "นภา")
    ustm("done", "report@2563-10")
    ustm("done", "monthly@2563-09", **nobody | {"USER": "login"})
    subprocess.run(["git", "init", "-q"], cwd=ustm.folder, check=True)
    subprocess.run(["git", "config", "user.name", "วิชัย"], cwd=ustm.folder, check=True)
    ustm("done", "monthly@2563-10", **nobody | {"USER": "login"})
    assert [record["by"] for record in ustm.records] == ["นภา", "สมชาย", "login", "วิชัย"]
    subprocess.run(["git", "config", "--unset", "user.name"], cwd=ustm.folder, check=True)
    refused(ustm("done", "survey", **nobody), "USTM_BY")


def test_as_of(ustm: Office) -> None:
    """What was recorded later is not known on an earlier day, whenever it happened."""
    ustm("done", "report@2563-09", "--on", "2563-10-08", USTM_TODAY="2563-11-02")
    ustm("event", "set", "meeting", "2564-01", "2564-01-28", USTM_TODAY="2563-11-03")
    ustm("receive", "request", "--at", "2563-11-01 09:00", USTM_TODAY="2563-11-04")
    early, late = ustm.due("--as-of", "2563-11-01"), ustm.due("--as-of", "2563-11-03")
    assert early["report@2563-09"]["status"] == "overdue"
    assert early["slides@2564-01"]["status"] == "awaiting"
    assert late["report@2563-09"]["status"] == "done"
    assert late["slides@2564-01"]["act_by"] == "2021-01-26"
    assert not [id for id in late if id.startswith("request@")]
    assert [id for id in ustm.due() if id.startswith("request@")]


# ---- events, letters, progress


def test_event(ustm: Office) -> None:
    """A meeting's day dates what hung on it; moved, both days stay visible; check says which stands."""
    ran = ustm("event", "set", "meeting", "2564-01", "2564-01-28", "--letter", "อบ 17/ว 1")
    assert ran.out == (
        "บันทึกแล้ว: การประชุม งวด 2564-01 พฤ. 28 ม.ค. 2564 (หนังสือ อบ 17/ว 1) · ทำภายใน: slides@2564-01 อ. 26 ม.ค. 2564\n"
    )
    row = ustm.due()["slides@2564-01"]
    assert (row["status"], row["deadline"], row["act_by"], row["known_by"]) == (
        "open",
        "2021-01-26",
        "2021-01-26",
        None,
    )
    assert "ไม่เปลี่ยนแปลง" in ustm("event", "set", "การประชุม", "2564-01", "28 ม.ค. 2564").out
    moved = ustm("event", "set", "meeting", "2564-01", "2564-01-21").out
    assert "เปลี่ยนจาก พฤ. 28 ม.ค. 2564 (หนังสือ อบ 17/ว 1) เป็น พฤ. 21 ม.ค. 2564" in moved
    assert "2564-01.2" in moved
    assert ustm.due()["slides@2564-01"]["act_by"] == "2021-01-19"
    listed = ustm("event", "list").out
    assert "\n  เดิม พฤ. 28 ม.ค. 2564 (หนังสือ อบ 17/ว 1)\n" in listed
    assert "slides@2564-02" in listed
    events = json.loads(ustm("event", "list", "--format", "json").out)["events"]
    january = next(one for one in events if one["period"] == "2564-01")
    assert (january["date"], [one["date"] for one in january["before"]]) == ("2021-01-21", ["2021-01-28"])
    checked = ustm("check").out
    assert "plans/fy2564.register.jsonl:1:" in checked
    assert "U712" in checked
    assert '"2564-01-28"' in checked


SHARING = """\
fiscal_year: {year}
province: อุบลราชธานี
{events}
groups:
- title: กลุ่มงาน
  activities:
  - {{id: {id}, title: เอกสาร, when: ก่อนการประชุม 2 วันทำการ}}
"""
INCLUDED = "include: [shared.yaml]"
OWN = "events: {meeting: {name: การประชุม, every: month}}"
SET = ("event", "set", "meeting", "2564-01")


def beside(ustm: Office, id: str, events: str = INCLUDED, year: int = 2564) -> Path:
    """A plan with one activity, which hangs on a meeting."""
    path = ustm.plan.with_name(f"{id}.yaml")
    path.write_text(SHARING.format(id=id, events=events, year=year), "utf-8")
    return path


@pytest.fixture
def two(ustm: Office) -> Office:
    """Two plans that include the same event."""
    ustm.plan.unlink()
    for name in ("shared.yaml", "elsewhere.yaml"):
        ustm.plan.with_name(name).write_text(OWN, "utf-8")
    beside(ustm, "a")
    beside(ustm, "b")
    return ustm


def january(ustm: Office, *words: str) -> dict[str, str | None]:
    """The act_by of what hangs on the meeting of January, by activity."""
    return {id.partition("@")[0]: row["act_by"] for id, row in ustm.due(*words).items() if id.endswith("@2564-01")}


@pytest.mark.parametrize("fault", ["titel", "{{{", "\0"])
def test_a_shared_event_has_one_day(two: Office, fault: str) -> None:
    """Though one plan was at fault as the day was moved: of both, of either alone, and as of each day."""
    assert "แผนนั้น" not in two(*SET, "2564-01-28").err
    plan = two.plan.with_name("a.yaml")
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("title", fault), "utf-8")
    ran = two(*SET, "2564-01-21", USTM_TODAY="2563-11-18")
    assert (ran.code, "ยังไม่ได้บันทึกสำหรับ plans/a.yaml ซึ่งมีข้อผิดพลาด" in ran.err) == (4, True)
    plan.write_text(text, "utf-8")
    assert january(two) == {"a": "2021-01-19", "b": "2021-01-19"}
    assert january(two, "--plan", "plans/a.yaml") == {"a": "2021-01-19"}
    assert january(two, "--as-of", "2563-11-17") == {"a": "2021-01-26", "b": "2021-01-26"}
    listed = json.loads(two("event", "list", "--format", "json").out)["events"]
    told = [(one["date"], [old["date"] for old in one["before"]]) for one in listed if one["period"] == "2564-01"]
    assert told == [("2021-01-21", ["2021-01-28"])]
    assert "ไม่เปลี่ยนแปลง" in two(*SET, "2564-01-21").out
    # What is recorded now comes after what stands in the other's register, whatever the clock says.
    ran = two(*SET, "2564-01-14", "--plan", "plans/a.yaml", USTM_TODAY="2563-10-01")
    assert "a@2564-01 อ. 12 ม.ค. 2564" in ran.out
    assert january(two) == {"a": "2021-01-12", "b": "2021-01-12"}


def test_what_waits_for_a_shared_event_is_told_once(two: Office) -> None:
    """Of both plans together, with the first day by which either needs it; one that a plan states itself is another."""
    plan = two.plan.with_name("b.yaml")
    plan.write_text(plan.read_text("utf-8").replace("2 วันทำการ", "20 วันทำการ"), "utf-8")
    for words, waiting, needed in (
        ([], ["a@2564-01", "b@2564-01"], "2020-12-01"),
        (["--plan", "plans/a.yaml"], ["a@2564-01"], "2020-12-29"),
    ):
        listed = json.loads(two("event", "list", "--format", "json", *words).out)["events"]
        (found,) = (one for one in listed if one["period"] == "2564-01")
        assert (found["waiting"], found["needed_by"], found["file"]) == (waiting, needed, "plans/shared.yaml")
    assert two("event", "list").out.count("การประชุม (meeting)") == 1
    by = "ต้องใช้ภายใน 1 ธ.ค. 2563"
    for accepting, said in (("", (1, True)), ("b", (1, False)), ("a", (1, True))):
        for id in "ab":
            plan, top = two.plan.with_name(f"{id}.yaml"), "accepts: {U406: ทราบ}\n"
            text = plan.read_text("utf-8").removeprefix(top)
            plan.write_text(top + text if id == accepting else text, "utf-8")
        told = two("check", "--format", "concise", "--today", "2563-12-10").out.splitlines()
        january = [line for line in told if "U406" in line and "2564-01" in line]
        assert (len(january), by in january[0]) == said
    beside(two, "own", OWN)
    assert two("event", "list").out.count("การประชุม (meeting)") == 2


def test_every_line_that_the_letter_offers_can_be_typed(ustm: Office) -> None:
    """Of rules with keys and of mixed ones: the event's own period, the letter's own id; then nothing awaits."""
    rules = (
        "[{when: ก่อนการประชุม 3 วัน, key: draft}, {when: ก่อนการประชุม 1 วัน, key: final}]",
        "[{when: ตามที่กรมแจ้ง ประมาณ พ.ย. 2563, key: l}, {when: ก่อนสัมมนา 1 วัน, key: e}]",
    )
    activities = "".join(f"  - {{id: x{at}, title: ก, when: {rule}}}\n" for at, rule in enumerate(rules))
    top = PLAN.partition("groups:")[0] + "  once: {name: สัมมนา, every: year, expected: พ.ย. 2563}\n"
    ustm.plan.write_text(f"{top}groups:\n- title: กลุ่มงาน\n  activities:\n{activities}", "utf-8")
    lines = [line.strip()[2:] for line in ustm("digest").out.splitlines() if line.strip().startswith("> ")]
    offered = [line for line in dict.fromkeys(lines) if " set " in line or "notify" in line]
    assert offered == [
        "ustm event set meeting 2563-10 วันที่",
        "ustm event set meeting 2563-11 วันที่",
        "ustm event set once FY2564 วันที่",
        "ustm notify x1@FY2564.l --due วันที่",
    ]
    for line in offered:
        words = line.replace("วันที่", "2563-11-26").split()[1:]
        ran = ustm(*words)
        assert ran.code == 0
        assert ("x1" in ran.out) is ("meeting" not in line)
        if " once " in line:
            assert "x1@FY2564.l" not in ran.out
    assert not [line for line in ustm("digest").out.splitlines() if "> ustm event" in line or "> ustm notify" in line]


def test_a_plan_faulty_beside_does_not_hide_a_shared_day(two: Office) -> None:
    """What stands in its register alone counts, be the plan at fault, unreadable, or not asked for."""
    two(*SET, "2564-01-28", "--plan", "plans/a.yaml")
    plan = two.plan.with_name("a.yaml")
    for text in (plan.read_text("utf-8"), plan.read_text("utf-8").replace("title", "titel"), "{{{", "\0"):
        plan.write_text(text, "utf-8")
        assert january(two, "--plan", "plans/b.yaml") == {"b": "2021-01-26"}


@pytest.mark.parametrize("fault", ["titel", "{{{", "\0"])
def test_an_id_of_a_plan_at_fault(two: Office, fault: str) -> None:
    """Its plan's faults are what is wrong (exit 3), and no other id is offered; one that no plan has is unknown."""
    plan = two.plan.with_name("a.yaml")
    plan.write_text(plan.read_text("utf-8").replace("title", fault), "utf-8")
    for words in (["done", "a@2563-10"], ["done", "b@2563-10", "a"], ["show", "a"], ["explain", "a@2563-10"]):
        ran = two(*words)
        assert (ran.out, ran.code) == ("", 3), words
        assert "plans/a.yaml ที่มีกิจกรรมนี้มีข้อผิดพลาด" in ran.err
    refused(two("done", "bb"), "ไม่รู้จัก bb")
    assert not plan.with_name("b.register.jsonl").exists()


def test_a_plan_added_later_knows_what_is_recorded(two: Office) -> None:
    """Of the events that it includes as well; those of other files, of its own or of another year are others."""
    two(*SET, "2564-01-28")
    beside(two, "c")
    beside(two, "own", OWN)
    beside(two, "other", "include: [elsewhere.yaml]")
    beside(two, "next", year=2565)
    known = {"a": "2021-01-26", "b": "2021-01-26", "c": "2021-01-26", "own": None, "other": None}
    assert january(two) == known
    two(*SET, "2564-01-21", "--plan", "plans/own.yaml")
    assert january(two) == known | {"own": "2021-01-19"}
    assert {id: january(two, "--plan", f"plans/{id}.yaml")[id] for id in known} == known | {"own": "2021-01-19"}


def test_registers_that_disagree_are_told(two: Office) -> None:
    """At the record that does not stand, with the file and line of the one that does; else with its own line."""
    two(*SET, "2564-01-28", "--plan", "plans/a.yaml")
    two(*SET, "2564-01-21", "--plan", "plans/b.yaml")
    (told,) = (line for line in two("check", "--format", "concise").out.splitlines() if "U712" in line)
    assert told.startswith("plans/a.register.jsonl:1:")
    assert told.endswith("21 ม.ค. 2564 (บรรทัด plans/b.register.jsonl:1)")
    two(*SET, "2564-01-20")
    told = [line for line in two("check", "--format", "concise").out.splitlines() if "U712" in line]
    assert [(line.split(":")[0], line.rpartition(" ")[2]) for line in told] == [
        ("plans/a.register.jsonl", "2)"), ("plans/b.register.jsonl", "2)")
    ]  # fmt: skip


def test_two_meetings_in_one_month_are_two(ustm: Office) -> None:
    """The second has a period of its own."""
    ustm("event", "set", "meeting", "2564-01", "2564-01-14")
    ustm("event", "set", "meeting", "2564-01.2", "2564-01-28")
    rows = ustm.due()
    assert [rows[f"slides@2564-01{more}"]["act_by"] for more in ("", ".2")] == ["2021-01-12", "2021-01-26"]


def test_meeting_not_held(ustm: Office) -> None:
    """Cancelled with a reason, its obligations are waived; a new date takes that back."""
    assert "ยกเว้นงานที่ผูกไว้ 1 รายการ" in ustm("event", "cancel", "meeting", "2564-01", "--reason", "งดประชุม").out
    row = ustm.due()["slides@2564-01"]
    assert (row["status"], row["reason"]) == ("waived", "งดประชุม")
    assert "ไม่เปลี่ยนแปลง" in ustm("reopen", "slides@2564-01").out
    ustm("event", "set", "meeting", "2564-01", "2564-01-28")
    assert ustm.due()["slides@2564-01"]["status"] == "open"


@pytest.mark.parametrize("text", ["2564-02", "ก.พ. 2564", "๒๕๖๔-๐๒"])
def test_month_of_an_event(ustm: Office, text: str) -> None:
    """Only the month may be known: what needs the day still awaits it."""
    ran = ustm("event", "set", "meeting", "2564-01", text)
    assert "ในเดือน ก.พ. 2564" in ran.out
    assert ustm.records[0]["date"] == "2564-02"
    assert ustm.due()["slides@2564-01"]["status"] == "awaiting"


def test_awaiting_lists_what_waits(ustm: Office) -> None:
    """With the last safe day to be told; what was dated is no longer there."""
    ustm("event", "set", "meeting", "2564-01", "2564-01-28")
    found = json.loads(ustm("due", "--awaiting", "--format", "json").out)["obligations"]
    assert "slides@2564-01" not in [row["id"] for row in found]
    assert {row["id"]: row["known_by"] for row in found}["slides@2564-02"] == "2021-01-28"


def test_a_year_that_may_be_a_slip(ustm: Office) -> None:
    """A meeting or a letter's day outside of the plan's year is recorded, and told on stderr."""
    rows = [
        (["event", "set", "meeting", "2564-01", "2565-01-28"], "28 ม.ค. 2565"),
        (["event", "set", "meeting", "2563-10", "2563-09"], "1 ก.ย. 2563"),
        (["notify", "letter", "--due", "2550-12-12"], "12 ธ.ค. 2550"),
    ]
    for words in (["event", "set", "meeting", "2564-09", "2564-09-30"], ["notify", "letter", "--due", "2563-10-01"]):
        assert ustm(*words).err == ""
    for number, (words, day) in enumerate(rows, 3):
        ran = ustm(*words)
        assert (ran.code, len(ustm.records)) == (0, number)
        assert f"{day} อยู่นอกปีงบประมาณ 2564" in ran.err


TWO_LETTERS = "[{when: ตามที่กรมบัญชีกลางแจ้ง, key: dept}, {when: ตามที่จังหวัดแจ้ง, key: prov}]"
DATED = [
    # (what is named, the rows that have a date then)
    ("letter@FY2564.prov", ["letter@FY2564.1.prov"]),
    ("letter.dept", ["letter@FY2564.1.dept"]),
    ("letter", ["letter@FY2564.1.dept", "letter@FY2564.1.prov"]),
    ("letter@FY2564", ["letter@FY2564.1.dept", "letter@FY2564.1.prov"]),
]


@pytest.mark.parametrize(("name", "dated"), DATED)
def test_notify_of_one_of_several_rules(ustm: Office, name: str, dated: list[str]) -> None:
    """The printed id, or the key behind the activity, dates that rule's letter alone; the activity alone all."""
    ustm.plan.write_text(PLAN.replace("ตามที่กรมบัญชีกลางแจ้ง", TWO_LETTERS), "utf-8")
    said = ustm("notify", name, "--due", "2563-12-14", "--letter", "ว 1").out
    assert re.findall(r"letter@[^, ]+", said) == dated
    rows = {id: row["deadline"] for id, row in ustm.due().items() if id.startswith("letter@")}
    assert sorted(id for id, day in rows.items() if day) == dated
    waiting = json.loads(ustm("due", "--awaiting", "--activity", "letter", "--format", "json").out)["obligations"]
    assert len(rows) + len(waiting) == 2
    # what was printed corrects it, and takes its own number again
    for words in ((dated[0],), (name, "--letter", "ว๑")):
        assert "เปลี่ยนจาก" in ustm("notify", *words, "--due", f"2563-12-{16 + len(words)}").out
    assert {day for day in (row["deadline"] for row in ustm.due().values()) if day == "2020-12-19"}
    assert ustm("done", dated[-1]).code == ustm("explain", dated[-1]).code == 0
    assert ustm.due()[dated[-1]]["status"] == "done"
    assert all(f"U7{number}" not in ustm("check").out for number in ("09", "10", "17"))


def test_a_letter_of_one_rule_that_the_plan_cancels(ustm: Office) -> None:
    """It is told, of that rule alone."""
    rules = f"{TWO_LETTERS}, overrides: {{FY2564.prov: {{cancel: true, reason: งดปีนี้}}}}"
    ustm.plan.write_text(PLAN.replace("ตามที่กรมบัญชีกลางแจ้ง", rules), "utf-8")
    assert "งดปีนี้" in ustm("notify", "letter.prov", "--due", "2563-12-14").out
    assert "งดปีนี้" not in ustm("notify", "letter.dept", "--due", "2563-12-14").out


def test_the_same_number_from_two_authorities(ustm: Office) -> None:
    """Two letters, each of its own rule; what is not there is refused with what is near."""
    ustm.plan.write_text(PLAN.replace("ตามที่กรมบัญชีกลางแจ้ง", TWO_LETTERS), "utf-8")
    for key, day in (("dept", 14), ("prov", 15)):
        ustm("notify", f"letter@FY2564.{key}", "--due", f"2563-12-{day}", "--letter", "ว 1")
    rows = {id: row["deadline"] for id, row in ustm.due().items() if id.startswith("letter@")}
    assert rows == {"letter@FY2564.1.dept": "2020-12-14", "letter@FY2564.2.prov": "2020-12-15"}
    assert "U712" not in ustm("check").out
    refused(ustm("notify", "letter@FY2564.1.prov", "--due", "2563-12-14"), "letter@FY2564.")
    refused(ustm("notify", "letter.pro", "--due", "2563-12-14"), "letter.prov")


def test_notify(ustm: Office) -> None:
    """Each letter is an obligation; its number, or its period, names it again; the last date recorded stands."""
    ran = ustm("notify", "letter", "--due", "2563-12-12", "--letter", "กค 99")
    assert ran.out == "บันทึกแล้ว: letter@FY2564.1 กำหนด ส. 12 ธ.ค. 2563 ทำภายใน พ. 9 ธ.ค. 2563 · ตามแจ้ง\n"
    assert "ไม่เปลี่ยนแปลง" in ustm("notify", "letter", "--due", "2563-12-12", "--letter", "กค 99").out
    ustm("notify", "letter", "--due", "2564-01-20")
    assert "เปลี่ยนจาก 12 ธ.ค. 2563" in ustm("notify", "letter", "--due", "2563-12-15", "--letter", "กค 99").out
    told = ustm("check", "--lang", "en").out
    assert "U712" in told
    assert "another letter is recorded by its own number" in told
    assert "เปลี่ยนจาก 20 ม.ค. 2564" in ustm("notify", "letter@FY2564.2", "--due", "2564-01-22").out
    rows = ustm.due()
    assert [rows[f"letter@FY2564.{number}"]["deadline"] for number in (1, 2)] == ["2020-12-15", "2021-01-22"]
    assert "letter@FY2564" not in rows
    ustm("done", "letter@FY2564.2")
    assert ustm.due()["letter@FY2564.2"]["status"] == "done"


def test_overrides_of_what_is_recorded(ustm: Office) -> None:
    """They hold as soon as there is such a period; before, by `check` and all others alike, they are no fault."""
    ustm.plan.write_text(
        PLAN.replace("แจ้ง}", "แจ้ง, overrides: {FY2564.2: {deadline: 2563-12-20, reason: เลื่อน}}}").replace(
            "2 วันทำการ}\n  - {id: answer",
            "2 วันทำการ, overrides: {2563-11.2: {cancel: true, reason: งด}}}\n  - {id: answer",
        ),
        "utf-8",
    )
    ustm("notify", "letter", "--due", "2563-12-12", "--letter", "1")
    early = ustm("check", "--format", "concise")
    assert (early.code, early.out.count("U413")) == (0, 2)
    assert ustm("due").code == 0
    assert ustm("notify", "letter", "--due", "2563-12-15", "--letter", "2").code == 0
    for period, day in (("2563-11", "2563-11-18"), ("2563-11.2", "2563-11-27")):
        assert ustm("event", "set", "meeting", period, day).code == 0
    late = ustm("check", "--format", "concise")
    assert (late.code, late.out.count("U413")) == (0, 0)
    rows = ustm.due()
    assert [rows[f"letter@FY2564.{number}"]["deadline"] for number in (1, 2)] == ["2020-12-12", "2020-12-20"]
    assert [rows[f"slides@{period}"]["status"] for period in ("2563-11", "2563-11.2")] == ["open", "waived"]
    before = ustm("due", "--as-of", "2563-11-01")
    assert (before.code, before.err) == (0, "")


@pytest.mark.parametrize(
    ("more", "act_by"),
    [
        ("overrides: {FY2564: {deadline: 2563-12-02, reason: เร่ง}}", "พ. 2 ธ.ค. 2563"),
        ("overrides: {FY2564.1: {deadline: 2563-12-02, reason: เร่ง, letter: ว 9}}", "พ. 2 ธ.ค. 2563"),
        ("roll: following", "จ. 14 ธ.ค. 2563"),
        ("duty: person", "จ. 14 ธ.ค. 2563"),
    ],
)
def test_a_letter_s_last_day_to_act_is_that_of_its_row(ustm: Office, more: str, act_by: str) -> None:
    """What `notify` answers is the day that `due` has, be it rolled or given by the plan; and `show` tells which."""
    ustm.plan.write_text(PLAN.replace("แจ้ง}", f"แจ้ง, {more}}}"), "utf-8")
    said = ustm("notify", "letter", "--due", "2563-12-12").out
    assert f"กำหนด ส. 12 ธ.ค. 2563 ทำภายใน {act_by} " in said
    instead = " (ว 9)" if "ว 9" in more else ""
    replaced = [f"แต่แผนให้ใช้ {act_by} แทนสำหรับ letter@FY2564.1: เร่ง{instead}"] if "เร่ง" in more else []
    assert said.splitlines()[1:] == replaced
    told = next(line for line in ustm("show", "letter").out.splitlines() if "letter@FY2564.1" in line)
    assert told.strip().startswith(act_by)
    assert ("เร่ง" in told) == ("เร่ง" in more)


def test_a_letter_of_what_the_plan_cancels(ustm: Office) -> None:
    """What was cancelled while it was awaited stays so when the letter comes, and that is said; not of a second one."""
    ustm.plan.write_text(PLAN.replace("แจ้ง}", "แจ้ง, overrides: {FY2564: {cancel: true, reason: งดปีนี้}}}"), "utf-8")
    ran = ustm("notify", "letter", "--due", "2563-12-12", "--letter", "1")
    assert ran.out.splitlines()[1:] == ["แต่แผนงดงานนี้ไว้ใน overrides: งดปีนี้"]
    assert len(ustm("notify", "letter", "--due", "2563-12-15", "--letter", "2").out.splitlines()) == 1
    assert [ustm.due()[f"letter@FY2564.{number}"]["status"] for number in (1, 2)] == ["waived", "open"]
    assert ustm("check").code == 0
    said = json.loads(ustm("explain", "letter@FY2564.1", "--format", "json").out)
    lines = [step.get("line") for step in said["steps"] if "งดปีนี้" in json.dumps(step, ensure_ascii=False)]
    assert lines == [next(number for number, line in enumerate(PLAN.splitlines(), 1) if "id: letter" in line)]


def test_progress(ustm: Office) -> None:
    """Against the plan's target or one's own; stats tell the pace that is needed."""
    assert ustm("progress", "survey", "187").out == "บันทึกแล้ว: survey 187/239 แห่ง · สำรวจ อปท.\n"
    assert "ไม่เปลี่ยนแปลง" in ustm("progress", "survey", "187").out
    assert "ยอดล่าสุดคือ 187" in ustm("progress", "survey", "150", "--on", "2563-11-10").out
    assert "3/12" in ustm("progress", "report", "3", "--of", "12").out
    assert ustm("progress", "bar", "5").out == "บันทึกแล้ว: bar 5 · ต่อเนื่อง\n"
    targets = json.loads(ustm("stats", "--format", "json").out)["targets"]
    assert [(one["activity"], one["count"], one["total"]) for one in targets] == [
        ("report", 3, 12),
        ("survey", 187, 239),
    ]
    assert (targets[1]["left"], targets[1]["workdays_left"], targets[1]["pace"]) == (52, 9, 5.78)


def test_progress_beyond_the_target(ustm: Office) -> None:
    """More than was aimed at is a fact: it is taken as it is, over 100 %, with nothing left; its bar is full."""
    assert ustm("progress", "survey", "250").out == "บันทึกแล้ว: survey 250/239 แห่ง · สำรวจ อปท.\n"
    assert ustm("check").code == 0
    line = next(line for line in ustm("stats").out.splitlines() if line.startswith("survey"))
    assert re.search(r"250/239 +105% .*ครบแล้ว", line)
    target = json.loads(ustm("stats", "--format", "json").out)["targets"][0]
    assert (target["count"], target["total"], target["left"], target["pace"]) == (250, 239, 0, 0)
    page = ustm("render", "dashboard", "--to", "html", "--out", "out")
    assert page.code == 0
    html = (ustm.folder / "out" / "dashboard.html").read_text("utf-8")
    assert '<progress max="239" value="239"' in html
    assert "250 จาก 239 แห่ง" in html


# ---- cases


def test_case_by_the_minute(ustm: Office) -> None:
    """A case has its own clock; on time or late is a matter of the moment, not of the day."""
    ran = ustm("receive", "answer", "--at", "2563-11-16 14:20", "--ref", "LINE 1")
    assert "ให้เสร็จภายใน 16 พ.ย. 2563 14.21 น." in ran.out
    ustm("receive", "answer", "--at", "09:00:30")
    late, early = (json.loads(ustm("cases", "--format", "json").out)["cases"][n]["id"] for n in (0, 1))
    rows = ustm.due()
    assert rows[early]["due_at"] == "2020-11-16T14:21:00+07:00"
    assert (rows[early]["status"], rows[early]["days_left"], rows[early]["ref"]) == ("running", 0, "LINE 1")
    assert (rows[late]["status"], rows[late]["due_at"]) == ("overdue", "2020-11-16T09:01:30+07:00")
    assert "เหลือ 2 ชม. 21 นาที" in ustm("due", "--format", "plain").out
    assert "ทันตามสัญญา" in ustm("close", early, "--at", "14:21").out
    assert "เกินที่สัญญา" in ustm("close", late, "--at", "2563-11-16 09:01:31").out
    assert "ไม่เปลี่ยนแปลง" in ustm("close", late).out
    rows = ustm.due()
    assert (rows[early]["status"], rows[late]["status"]) == ("done", "done_late")
    assert rows[late]["closed_at"] == "2020-11-16T09:01:31+07:00"
    assert json.loads(ustm("cases", "--open", "--format", "json").out)["cases"] == []


def test_case_in_office_hours(ustm: Office) -> None:
    """What is promised in office hours is counted in them: what it took, what is left, the median; the rest is not."""
    line = "  - {id: line, title: ตอบ, when: ภายใน 3 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ}\n"
    two = "  - {id: two, title: สอง, when: [{when: ภายใน 3 ชั่วโมงนับจากรับเรื่อง, key: wall}, \
{when: ภายใน 30 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ, key: office}]}\n"
    ustm.plan.write_text(PLAN + line + two, "utf-8")
    for day, hour in (("13", "15:20"), ("16", "11:30"), ("12", "09:00")):
        ustm("receive", "line", "--at", f"2563-11-{day} {hour}")
    late, early, running = (one["id"] for one in json.loads(ustm("cases", "--format", "json").out)["cases"])
    # Friday 15.20 to Monday 09.10 without a pause of an hour; Thursday 09.00 to Monday 10.00.
    ustm("pause", early, "--at", "2563-11-13 15:30")
    ustm("resume", early, "--at", "2563-11-16 08:30")
    ran = ustm("close", early, "--at", "2563-11-16 09:10")
    assert "ใช้เวลา 50 นาที ในเวลาราชการ ทันตามสัญญา" in ran.out
    assert (
        "after 17 h of office hours, later than promised"
        in ustm("--lang", "en", "close", late, "--at", "2563-11-16 10:00").out
    )
    one = {row["id"]: row for row in json.loads(ustm("cases", "--format", "json").out)["cases"]}
    assert [(one[id]["seconds"], one[id]["seconds_left"], one[id]["office_hours"]) for id in (early, running)] == [
        (50 * 60, None, True),
        (30 * 60, 150 * 60, True),
    ]
    assert "เหลือ 2 ชม. 30 นาที ในเวลาราชการ" in ustm("cases").out
    assert "เกินมา 5 ชม. 30 นาที ในเวลาราชการ" in ustm("cases", USTM_TODAY="2563-11-17").out
    tally = json.loads(ustm("stats", "--format", "json").out)["cases"][0]
    assert (tally["median_seconds"], tally["p90_seconds"], tally["office_hours"]) == (32_100, 61_200, True)
    assert re.search(r"line ตอบ \(นับเวลาราชการ\) .* 8 ชม\. 55 นาที +17 ชม\.", ustm("stats").out)
    ustm("receive", "two", "--at", "2563-11-15 10:00")
    assert "ใช้เวลา 23 ชม. " in ustm("close", "c1115", "--at", "2563-11-16 09:00").out
    tally = json.loads(ustm("stats", "--format", "json").out)["cases"][1]
    assert (tally["activity"], tally["p90_seconds"], tally["median_seconds"], tally["office_hours"]) == (
        "two", 23 * 3600, (23 * 3600 + 1800) / 2, False,
    )  # fmt: skip


def test_steps_in_order(ustm: Office) -> None:
    """Each step is closed by its number; the next is said; JSON has them all with their moments."""
    ustm("receive", "request", "--at", "2563-11-12 09:00", "--ref", "อบ 52")
    id = ustm.case()
    assert ustm.due()[id]["steps"][0] == {"step": 1, "title": "ตรวจสอบ", "closed_at": None, "text": {}}
    ran = ustm("close", id, "--step", "1", "--at", "2563-11-13 10:00")
    assert ran.out == f"บันทึกแล้ว: {id} ขั้นที่ 1/4 ตรวจสอบ · ถัดไป 2) ลงทะเบียน\n"
    assert "ไม่เปลี่ยนแปลง" in ustm("close", id, "--step", "1").out
    assert ustm.due()[id]["steps"][0]["closed_at"] == "2020-11-13T10:00:00+07:00"
    assert "ขั้นที่ 2/4 ลงทะเบียน" in ustm("due", "--format", "plain", "--days", "5").out
    for number in ("2", "3", "4"):
        last = ustm("close", id, "--step", number)
    assert "ครบทุกขั้น" in last.out
    refused(ustm("close", id, "--step", "5"), "4")
    assert ustm.due()[id]["status"] == "running"
    ran = ustm("close", id, "--at", "2563-11-12 08:59")
    refused(ran, f"12 พ.ย. 2563 08.59 น. ก่อนรับเรื่อง {id} (12 พ.ย. 2563 09.00 น.)")
    assert "--at" not in ran.err
    assert ustm("close", id).code == 0
    refused(ustm("done", id), "ustm close")


def test_pause(ustm: Office) -> None:
    """While a case is returned its clock stands still; its deadline moves by the paused days."""
    ustm("receive", "request", "--at", "2563-11-12 09:00")
    id = ustm.case()
    assert ustm.due()[id]["deadline"] == "2020-11-17"
    assert "ไม่เปลี่ยนแปลง" in ustm("resume", id).out
    ustm("pause", id, "--at", "2563-11-13 10:00", "--reason", "ส่งคืนแก้ไข")
    assert "ไม่เปลี่ยนแปลง" in ustm("pause", id).out
    row = ustm.due()[id]
    assert (row["paused"], row["deadline"]) == (True, "2020-11-20")
    assert "พักอยู่" in ustm("cases").out
    refused(ustm("resume", id, "--at", "2563-11-13 09:00"), "13 พ.ย. 2563 09.00", "13 พ.ย. 2563 10.00")
    assert "ศ. 20 พ.ย. 2563" in ustm("resume", id, "--at", "2563-11-16 09:00").out
    row = ustm.due()[id]
    assert (row["paused"], row["deadline"], row["status"]) == (False, "2020-11-20", "running")
    assert "เลื่อนเป็น ศ. 20 พ.ย. 2563" in ustm("explain", id).out
    refused(ustm("pause", id, "--at", "2563-11-14 09:00"), id)


STOPPED = ["ภายใน 3 วัน", "ภายใน 1 วันทำการ", "ภายใน 4 วันทำการ", "ภายใน 30 ชั่วโมง", "ภายใน 1 เดือน"]


@pytest.mark.parametrize("promise", STOPPED)
def test_never_overdue_while_it_is_paused(ustm: Office, promise: str) -> None:
    """While its clock stands a case runs, whatever the day: its last day is none on which it cannot go on."""
    ustm.plan.write_text(PLAN.replace("ภายใน 5 วัน", promise), "utf-8")
    ustm("receive", "request", "--at", "2563-11-12 09:00")
    ustm("pause", ustm.case(), "--at", "2563-11-13 09:00")
    for day in (*range(16, 31), 14, 15):
        row = ustm.due("--today", f"2563-11-{day}")[ustm.case()]
        assert (row["status"], row["days_left"] >= 0) == ("running", True), day


def test_why_a_paused_case_has_that_last_day(ustm: Office) -> None:
    """No working day is left from the day on which it can go on, not from that of its receipt, to its deadline."""
    ustm.plan.write_text(PLAN.replace("ภายใน 5 วัน", "ภายใน 3 วัน"), "utf-8")
    ustm("receive", "request", "--at", "2563-11-12 09:00")
    ustm("pause", ustm.case(), "--at", "2563-11-13 09:00")
    told = ustm("explain", ustm.case(), "--today", "2563-11-21").out
    assert "ไม่มีวันทำการ" not in told
    told = ustm("explain", ustm.case(), "--today", "2563-11-20").out
    assert "ไม่มีวันทำการระหว่าง ศ. 20 พ.ย. 2563 ถึง อา. 22 พ.ย. 2563 จึงยึดวันกำหนด" in told


CLOCK_DAYS = [
    # (span, whether the clock stands in it); received on Friday 13 Nov at 18.00, its 40 hours end on Sunday at 10.00
    ("--day --today 2563-11-13", True),
    ("--day --today 2563-11-14", True),
    ("--from 2563-11-14 --to 2563-11-14 --today 2563-11-13", True),
    ("--from 2563-11-15 --to 2563-11-15 --today 2563-11-13", True),
    ("--from 2563-11-16 --to 2563-11-17 --today 2563-11-14", False),
    ("--from 2563-11-11 --to 2563-11-12 --today 2563-11-14", False),
    ("--open --from 2563-11-11 --to 2563-11-12 --today 2563-11-14", False),
]


@pytest.mark.parametrize(("words", "stands"), CLOCK_DAYS)
def test_a_clock_past_the_last_working_day(ustm: Office, words: str, stands: bool) -> None:
    """A clock that runs over a weekend stands in `due` from its last working day to the day of its moment."""
    ustm.plan.write_text(PLAN.replace("ภายใน 1 นาที", "ภายใน 40 ชั่วโมง"), "utf-8")
    ustm("receive", "answer", "--at", "2563-11-13 18:00")
    rows = json.loads(ustm("due", *words.split(), "--activity", "answer", "--format", "json").out)["obligations"]
    assert [(row["status"], row["act_by"]) for row in rows] == [("running", "2020-11-13")] * stands


def test_received_twice(ustm: Office) -> None:
    """The same number on the same day is the same case; without a number, each is its own."""
    ustm("receive", "request", "--at", "2563-11-16 09:00", "--ref", "52")
    assert "ไม่เปลี่ยนแปลง" in ustm("receive", "request", "--at", "2563-11-16 09:30", "--ref", "52").out
    ustm("receive", "request", "--at", "2563-11-16 09:00")
    ustm("receive", "request", "--at", "2563-11-16 09:00")
    assert len({record["case"] for record in ustm.records}) == 3


def test_case_named_by_its_beginning(ustm: Office) -> None:
    """The code, or its beginning where it is the only one, is enough; two that fit are told."""
    ustm("receive", "request", "--at", "2563-11-13 09:00")
    ustm("receive", "request", "--at", "2563-11-13 10:00")
    refused(ustm("close", "c1113"), "request@FY2564.c1113")
    code = ustm.case(0).partition(".")[2]
    assert ustm("close", code).code == 0
    assert ustm("reopen", ustm.case(0)).code == 0
    assert ustm("waive", ustm.case(0), "--reason", "ถอนเรื่อง").code == 0
    assert ustm.due()[ustm.case(0)]["status"] == "waived"


def test_a_case_is_named_by_its_beginning_everywhere(ustm: Office) -> None:
    """Where obligations are named as well: one that fits is meant, of two it is asked which, too short is not taken."""
    ustm("receive", "request", "--at", "2563-11-13 09:00")
    case = ustm.case()
    period = case.partition("@")[2]
    code = period.partition(".")[2]
    ustm("close", code[:6])
    for name in (code[:5], code, period[:12], period, case):
        assert case in ustm("reopen", name).out
        assert case in ustm("waive", name, "--reason", f"ถอน {name}").out
        assert case in ustm("show", name).out
        assert "รับเรื่อง" in ustm("explain", name).out
        assert case in ustm("explain", name).out
    refused(ustm("done", code[:5]), f"ustm close {case}")
    for words in (["reopen"], ["show"], ["explain"]):
        refused(ustm(*words, code[:2]), case)
    refused(ustm("explain", code[:5], "--year", "2564"), "U201")
    assert ustm("explain", "continuously").code == 0
    ustm("receive", "request", "--at", "2563-11-13 10:00")
    for words in (["reopen"], ["show"], ["explain"], ["waive", "--reason", "ถอน"]):
        refused(ustm(*words, "c1113"), case, ustm.case(0), ustm.case(1))


def test_an_activity_names_its_only_case(ustm: Office) -> None:
    """Its only one, or its only open one, in every command; of several open ones it is asked which."""
    refused(ustm("close", "request"), "request ไม่มีเรื่องที่เปิดอยู่")
    ustm("receive", "request", "--at", "2563-11-13 09:00")
    first = ustm.case()
    for words in (["pause", "--at", "10:00"], ["resume", "--at", "11:00"], ["close", "--step", "1"], ["close"]):
        assert first in ustm(words[0], "request", *words[1:]).out
    assert f"{first} ปิดแล้วเมื่อ" in ustm("close", "request").out
    refused(ustm("pause", "request"), f"เรื่อง {first} ปิดแล้ว")
    assert first in ustm("reopen", "request").out
    ustm("receive", "request", "--at", "2563-11-13 10:00")
    for word in ("close", "pause", "resume"):
        refused(ustm(word, "request"), "request ตรงกับหลายเรื่อง", first, ustm.case())
    ustm("waive", first, "--reason", "ถอนเรื่อง")
    second = ustm.case()
    assert second != first
    assert second in ustm("close", "request").out
    refused(ustm("close", "request"), "request ไม่มีเรื่องที่เปิดอยู่")


def test_an_activity_names_all_clocks_of_its_only_case(ustm: Office, clocks: tuple[str, str]) -> None:
    """Where it is reopened or waived as where it is closed."""
    for words in (["close"], ["reopen"], ["waive", "--reason", "ถอนเรื่อง"], ["reopen"]):
        said = ustm(words[0], "answer", *words[1:]).out
        assert all(id in said for id in clocks)


CLOCKS = "[{rule: on_receipt, count: 1, unit: day, key: first}, {rule: on_receipt, count: 9, unit: day, key: last}]"


@pytest.fixture
def clocks(ustm: Office) -> tuple[str, str]:
    """A case of two clocks, received on Monday 16 Nov at 9.00."""
    ustm.plan.write_text(PLAN.replace("ภายใน 1 นาทีนับจากรับเรื่อง", CLOCKS), "utf-8")
    said = ustm("receive", "answer", "--at", "2563-11-16 09:00").out
    first, last = re.findall(r"answer@\S+", said)
    assert "ให้เสร็จภายใน อ. 17 พ.ย. 2563" in said
    assert "ให้เสร็จภายใน พ. 25 พ.ย. 2563" in said
    return first, last


def test_each_clock_of_a_case_is_listed(ustm: Office, clocks: tuple[str, str]) -> None:
    """`cases` lists those ids that `due` does, with the time of each."""
    assert set(clocks) <= ustm.due().keys()
    cases = json.loads(ustm("cases", "--format", "json").out)["cases"]
    assert [(one["id"], one["deadline"]) for one in cases] == [(clocks[0], "2020-11-17"), (clocks[1], "2020-11-25")]
    assert all(id in ustm("cases").out for id in clocks)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("spelled", ["whole", "period", "code", "case"])
def test_a_case_is_one_by_whichever_clock_it_is_named(
    ustm: Office, clocks: tuple[str, str], number: int, spelled: str
) -> None:
    """It is paused, goes on, is closed and handed in as a whole; each clock is told, the pause holds for all."""
    id = clocks[number]
    period = id.partition("@")[2]
    case = id.rpartition(".")[0]
    name = {"whole": id, "period": period, "code": period.partition(".")[2], "case": case}[spelled]
    assert f"พักเรื่อง {case} ตั้งแต่" in ustm("pause", name, "--at", "10:00").out
    assert all(row["paused"] for one, row in ustm.due().items() if one in clocks)
    said = ustm("resume", name, "--at", "11:00").out
    assert re.findall(r"answer@\S+", said) == [*clocks]
    assert ustm("reviewed", name).code == 0
    assert re.findall(r"answer@\S+", ustm("close", name, "--at", "11:30").out) == [*clocks]
    rows = [ustm.due()[one] for one in clocks]
    assert [(row["status"], row["reviewed_on"]) for row in rows] == [("done", "2020-11-16")] * 2
    assert ustm("reopen", name).code == 0
    assert [ustm.due()[one]["status"] for one in clocks] == ["running"] * 2
    kinds = [record["kind"] for record in ustm.records]
    assert kinds == ["received", "paused", "resumed", "reviewed", "closed", "reopened"]
    assert {record.get("case") or record["of"] for record in ustm.records} == {case}
    assert "U7" not in ustm("check").out


def test_the_hint_for_a_clock_is_a_command(ustm: Office, clocks: tuple[str, str]) -> None:
    """What `done` says instead can be typed as it stands."""
    hint = ustm("done", clocks[1]).err.partition("ustm close ")[2].split()[0]
    assert ustm("close", hint).code == 0


def test_a_clock_waived_by_itself(ustm: Office, clocks: tuple[str, str]) -> None:
    """The other runs on; the case closed and reopened, the one that was waived stays so; by the case's id, all are."""
    first, last = clocks
    case = first.rpartition(".")[0]

    def statuses() -> list[str]:
        return [ustm.due()[id]["status"] for id in clocks]

    ustm("waive", first, "--reason", "ไม่ใช้")
    assert statuses() == ["waived", "running"]
    assert [one["id"] for one in json.loads(ustm("cases", "--open", "--format", "json").out)["cases"]] == [last]
    assert first not in ustm("pause", case, "--at", "10:00").out
    told = ustm("cases").out.splitlines()
    assert [line.split()[1] for line in told if line.startswith("answer@")] == ["ยกเว้น", "พักอยู่"]
    assert first not in ustm("resume", case, "--at", "11:00").out
    assert first not in ustm("close", case).out
    assert statuses() == ["waived", "done"]
    ustm("reopen", last)
    assert statuses() == ["waived", "running"]
    assert "ไม่ใช้" in ustm("show", first).out
    ustm("reopen", first)
    assert statuses() == ["running", "running"]
    ustm("waive", case, "--reason", "ถอน")
    assert statuses() == ["waived", "waived"]
    ustm("reopen", case)
    assert statuses() == ["running", "running"]
    assert ustm("show", case).code == 0
    assert "U7" not in ustm("check").out


def test_what_ends_a_waived_case_says_so(ustm: Office, clocks: tuple[str, str]) -> None:
    """A case all of whose clocks are waived goes on and is closed no more silently than another."""
    case = clocks[0].rpartition(".")[0]
    ustm("pause", case, "--at", "10:00")
    ustm("waive", case, "--reason", "ถอน")
    for words in (("resume", case, "--at", "10:30"), ("close", case, "--at", "11:00")):
        assert re.findall(r"answer@\S+", ustm(*words).out) == [*clocks]


def test_what_was_waived_without_a_day_is_listed(ustm: Office) -> None:
    """`--all` has a letter that is awaited no more in every span, a case without a promise in that of its receipt."""
    text = PLAN.replace("ภายใน 1 นาทีนับจากรับเรื่อง", "เมื่อรับเรื่อง")
    ustm.plan.write_text(text.replace("แจ้ง}", "แจ้ง, overrides: {FY2564: {cancel: true, reason: งด}}}"), "utf-8")
    ustm("receive", "answer", "--at", "2563-11-10 09:00")
    ustm("waive", ustm.case(), "--reason", "ถอน")
    for words, found in (
        (("--day",), ["letter@FY2564"]),
        (("--from", "2563-11-09", "--to", "2563-11-15"), [ustm.case(), "letter@FY2564"]),
    ):
        for more in ("--all", "--status=waived"):
            rows = json.loads(ustm("due", *words, more, "--format", "json").out)["obligations"]
            assert [row["id"] for row in rows if row["status"] == "waived"] == found
        assert "waived" not in ustm("due", *words, "--format", "json").out


@pytest.mark.parametrize(
    ("when", "listed", "unlisted"),
    [
        ("ก่อนการประชุม 2 วันทำการ", ["09-29", "10-01"], ["09-28", "10-02"]),
        # Open from a day that nobody knows: in its place to the first of its year.
        ("ภายใน 1 วันหลังการประชุม, review: ล่วงหน้า 5 วัน", ["09-25", "10-01"], ["09-24", "10-02"]),
        ("ภายใน 5 วันหลังการประชุม", ["10-06"], ["10-01", "10-05", "10-07"]),
    ],
)
def test_a_year_has_what_was_to_be_known_before_it(
    when: str, listed: list[str], unlisted: list[str], ustm: Office
) -> None:
    """Work for a meeting that is not held: from the day by which its date was needed to the day it would open."""
    ustm.plan.write_text(PLAN.replace("ก่อนการประชุม 2 วันทำการ", when), "utf-8")
    assert ustm.due()["slides@2563-10"]["status"] == "awaiting"
    ustm("event", "cancel", "meeting", "2563-10", "--reason", "งดประชุม")
    assert ustm.due()["slides@2563-10"]["status"] == "waived"
    for day in listed + unlisted:
        words = ("--from", f"2563-{day}", "--to", f"2563-{day}", "--status", "waived", "--format", "jsonl")
        assert bool(ustm("due", *words).out) == (day in listed), day


def test_a_case_without_a_promise_is_listed_by_its_status(ustm: Office) -> None:
    """It never falls due, and still `due --status running` has it from its receipt on."""
    ustm.plan.write_text(PLAN.replace("ภายใน 1 นาทีนับจากรับเรื่อง", "เมื่อรับเรื่อง"), "utf-8")
    ustm("receive", "answer", "--at", "2563-11-16 09:00")
    for words, count in ((["--day"], 1), (["--from", "2563-11-09", "--to", "2563-11-15"], 0)):
        found = ustm("due", "--status", "running", *words, "--format", "json")
        assert len(json.loads(found.out)["obligations"]) == count


def test_a_case_that_was_waived_as_a_whole(ustm: Office, clocks: tuple[str, str]) -> None:
    """As registers had it before a clock could be waived by itself: all its clocks are, and open again together."""
    case = clocks[0].rpartition(".")[0]
    ustm("waive", clocks[0], "--reason", "ถอน")
    ustm.register.write_text(
        ustm.register.read_text("utf-8").replace(f'"of": "{clocks[0]}"', f'"of": "{case}"'), "utf-8"
    )
    assert [ustm.due()[id]["status"] for id in clocks] == ["waived", "waived"]
    ustm("reopen", clocks[1])
    assert [ustm.due()[id]["status"] for id in clocks] == ["running", "running"]


def test_cases_as_csv(ustm: Office) -> None:
    """A row a case; a text that a spreadsheet would run stays text."""
    ustm("receive", "request", "--at", "2563-11-13 09:00", "--ref", "=1+1")
    (row,) = csv.DictReader(io.StringIO(ustm("cases", "--format", "csv").out))
    assert (row["ref"], row["status"], row["steps"], row["steps_closed"]) == ("'=1+1", "running", "4", "0")


# ---- the file


def test_activity_that_is_gone(ustm: Office) -> None:
    """Its records stay in the file, check shows them, and everything else goes on."""
    ustm("done", "monthly@2563-09", "--on", "2563-10-14")
    before = ustm.register.read_bytes()
    ustm.plan.write_text("\n".join(line for line in PLAN.split("\n") if "id: monthly" not in line), "utf-8")
    checked = ustm("check", "--format", "concise")
    assert checked.code == 0
    column = before.decode().index('"monthly@2563-09"') + 1
    assert f"plans/fy2564.register.jsonl:1:{column}: U709" in checked.out
    assert ustm("done", "report@2563-09").code == 0
    assert ustm.register.read_bytes().startswith(before)


def test_what_a_changed_rule_no_longer_takes(ustm: Office) -> None:
    """An open case and letter are never silently gone: check tells them at their lines, every command on stderr."""
    ustm("receive", "request", "--at", "2563-11-12 09:00", "--ref", "52")
    ustm("notify", "letter", "--due", "2563-12-12")
    case = ustm.case()
    ustm("close", case, "--step", "1", "--at", "2563-11-12 10:00")
    assert ustm("cases").err == ustm("due").err == ""
    ustm.plan.write_text(
        PLAN.replace("ภายใน 5 วันนับจากรับเรื่อง, steps: [ตรวจสอบ, ลงทะเบียน, เสนอ, ส่ง]", "ทุกเดือน").replace(
            "when: ตามที่กรมบัญชีกลางแจ้ง", "when: ทุกเดือน"
        ),
        "utf-8",
    )
    found = json.loads(ustm("check", "--format", "json").out)["findings"]
    assert [(one["code"], one["line"]) for one in found if one["code"] >= "U7"] == [("U717", 1), ("U717", 2)]
    for words in (["cases"], ["due"], ["show", "request"]):
        ran = ustm(*words)
        assert ran.code == 0
        assert f"plans/fy2564.register.jsonl:1:75: U717 แผนไม่นับ `{case}` เป็นงาน" in ran.err
        assert "U717 แผนไม่นับ `letter@FY2564.1` เป็นงาน" in ran.err
        assert "บันทึกมีข้อผิดหรือไม่มีผล 2 แห่ง" in ran.err
    # Finished before the rule was changed: nothing is left to be done.
    ustm.plan.write_text(PLAN, "utf-8")
    ustm("close", case)
    ustm("waive", "letter@FY2564.1", "--reason", "งด")
    ustm.plan.write_text(
        PLAN.replace("ภายใน 5 วันนับจากรับเรื่อง", "ทุกเดือน").replace("ตามที่กรมบัญชีกลางแจ้ง", "ทุกเดือน"), "utf-8"
    )
    assert ustm("due").err == ""
    assert ustm("check").out.count("U717") == 2


def test_an_open_case_of_an_activity_that_is_gone(ustm: Office) -> None:
    """It is told by every command as well."""
    ustm("receive", "answer", "--at", "2563-11-16 11:40")
    case = ustm.case()
    ustm.plan.write_text(PLAN.replace("id: answer", "id: replies"), "utf-8")
    assert "U709 แผนไม่มีกิจกรรม `answer` แล้ว" in ustm("due").err
    ustm.plan.write_text(PLAN, "utf-8")
    ustm("close", case, "--at", "11:40:30")
    ustm.plan.write_text(PLAN.replace("id: answer", "id: replies"), "utf-8")
    assert ustm("due").err == ""


def test_show_tells_what_became_of_it(ustm: Office) -> None:
    """By when a date must be known; why and by which letter the plan moves or cancels a period; a meeting not held."""
    changes = (
        "2563-10: {deadline: 2563-11-12, reason: ขยาย, letter: ว 100}, 2563-11: {cancel: true, reason: งด, letter: ว 1}"
    )
    overrides = f"overrides: {{{changes}, 2563-12: {{deadline: 2564-01-11}}}}"
    ustm.plan.write_text(PLAN.replace("review: ล่วงหน้า 2 วันทำการ", overrides), "utf-8")
    ustm("event", "cancel", "meeting", "2563-12", "--reason", "ติดเลือกตั้ง")
    report, slides = (ustm("show", name).out.splitlines() for name in ("report", "slides"))
    for line in (
        "  พฤ. 12 พ.ย. 2563  เกินกำหนด  report@2563-10  แผนให้ใช้ พฤ. 12 พ.ย. 2563 แทน: ขยาย (ว 100)",
        "  พ. 9 ธ.ค. 2563  กำหนด พฤ. 10 ธ.ค. 2563  ยกเว้น  report@2563-11  (งด) (ว 1)",
        "  จ. 11 ม.ค. 2564  ยังไม่ทำ  report@2563-12  แผนให้ใช้ จ. 11 ม.ค. 2564 แทน",
        "  พ. 10 ก.พ. 2564  ยังไม่ทำ  report@2564-01",
    ):
        assert line in report
    assert "  รอวัน  ควรรู้วันภายใน อ. 29 ธ.ค. 2563  slides@2564-01" in slides
    assert "  ยกเว้น  slides@2563-12  (ติดเลือกตั้ง)" in slides


def test_show_tells_of_what_a_record_is(ustm: Office) -> None:
    """Records of an activity say of which period, case or letter they are, as it is called now; those of what was
    asked for outright, and those of the activity itself, need not.
    """
    ustm("done", "monthly@2563-09", "--on", "2563-10-14")
    ustm("done", "monthly@2563-10", "--on", "2563-11-12")
    ustm("reopen", "monthly@2563-10")
    lines = ustm("show", "monthly").out.partition("บันทึก:\n")[2].splitlines()
    assert [line.split(" · ")[:2] for line in lines] == [
        ["  14 ต.ค. 2563 เสร็จ", "monthly@2563-09"],
        ["  12 พ.ย. 2563 เสร็จ", "monthly@2563-10"],
        ["  16 พ.ย. 2563 เปิดใหม่", "monthly@2563-10"],
    ]
    (line,) = ustm("show", "monthly@2563-09").out.partition("บันทึก:\n")[2].splitlines()
    assert line.startswith("  14 ต.ค. 2563 เสร็จ · ")
    assert "monthly" not in line
    ustm("progress", "survey", "7")
    assert " · survey" not in ustm("show", "survey").out
    ustm("receive", "request", "--at", "2563-11-13 09:00")
    case = ustm.case()
    assert f"  13 พ.ย. 2563 09.00 น. รับเรื่อง · {case} · " in ustm("show", "request", "--width", "200").out
    assert " · request" not in ustm("show", case).out
    assert " · request" not in ustm("show", case.partition(".")[2]).out
    ustm("notify", "letter", "--due", "2563-12-15", "--letter", "ว 2")
    ustm("done", "letter@FY2564.1")
    ustm("notify", "letter", "--due", "2563-12-20", "--letter", "ว 1")
    # As a merge may bring it: another letter, recorded before.
    *lines, last = ustm.register.read_text("utf-8").splitlines()
    moved = json.dumps(json.loads(last) | {"recorded": "2020-11-15T09:00:00+07:00"})
    ustm.register.write_text("\n".join([*lines, moved, ""]), "utf-8")
    assert "เสร็จ · letter@FY2564.2 · " in ustm("show", "letter", "--width", "200").out


def test_what_was_recorded_beside_is_shown(ustm: Office) -> None:
    """An activity that was moved to another file of the folder keeps what was recorded of it, in show as well."""
    ustm("done", "monthly@2563-10", "--on", "2563-11-12", "--evidence", "กค 7")
    ustm("reviewed", "report@2563-10")
    line = next(line for line in PLAN.splitlines() if "id: monthly" in line)
    ustm.plan.write_text(PLAN.replace(line + "\n", ""), "utf-8")
    other = ustm.plan.with_name("other.yaml")
    other.write_text(PLAN.partition("events:")[0] + PLAN[PLAN.index("groups:") : PLAN.index("  - {id")] + line, "utf-8")
    for name in ("monthly", "monthly@2563-10"):
        out = ustm("show", name).out
        assert out.count("12 พ.ย. 2563 เสร็จ หลักฐาน กค 7") == 1
        assert [one["kind"] for one in json.loads(ustm("show", name, "--format", "json").out)["records"]] == ["done"]
    assert "หลักฐาน" not in ustm("show", "monthly@2563-09").out
    assert "หลักฐาน" not in ustm("show", "monthly@2563-10", "--as-of", "2563-11-15").out
    ustm("reopen", "monthly@2563-10")
    told = json.loads(ustm("show", "monthly", "--format", "json").out)["records"]
    assert [one["kind"] for one in told] == ["done", "reopened"]


def test_a_case_closed_on_two_days(ustm: Office) -> None:
    """What is advised closes it; an earlier moment of the same day is no other day."""
    ustm("receive", "answer", "--at", "2563-11-13 11:30")
    case = ustm.case()
    ustm("close", case, "--at", "2563-11-16 11:31")
    ustm("close", case, "--at", "2563-11-16 11:20")
    assert "U711" not in ustm("check").out
    ustm("close", case, "--at", "2563-11-13 11:31")
    assert f"ustm reopen {case} แล้ว ustm close {case} --at …" in ustm("check").out
    ustm("reopen", case)
    assert ustm("close", case, "--at", "2563-11-16 11:20").code == 0
    assert "U711" not in ustm("check").out


def test_advice_that_was_followed_ends_the_doubt(ustm: Office) -> None:
    """Done twice, or done and waived: reopened and recorded anew, check has nothing to say."""
    for id, last in (
        ("report@2563-10", ["done", "--on", "2563-11-12"]),
        ("monthly@2563-10", ["waive", "--reason", "งด"]),
    ):
        ustm("waive", id, "--reason", "งด")
        ustm("done", id, "--on", "2563-11-10")
        ustm("done", id, "--on", "2563-11-05")
        assert {"U711", "U716"} <= {line.split()[1] for line in ustm("check", "--format", "concise").out.splitlines()}
        ustm("reopen", id)
        ustm(last[0], id, *last[1:])
        assert "U71" not in ustm("check").out


def test_faults_of_a_register(ustm: Office) -> None:
    """Unreadable lines are told beside every answer and by check with a caret; all other records count."""
    ustm("done", "report@2563-09")
    with ustm.register.open("a", encoding="utf-8") as file:
        file.write('{"recorded": "2020-11-16T12:00:00+07:00", "kind": "doen"}\n{"torn')
    ran = ustm("due", "--format", "json")
    assert ran.code == 0
    assert "plans/fy2564.register.jsonl:2:51: U704" in ran.err
    assert "U701" in ran.err
    assert "ustm check" in ran.err
    assert "register: 2; " in ustm("due", "--lang", "en").err
    checked = ustm("check")
    assert checked.code == 1
    assert "write" not in checked.out
    assert "ลองเขียน: done" in checked.out
    assert "^^^^^^" in checked.out
    assert ustm("done", "report@2563-10").code == 0
    rows = ustm.due()
    assert [rows[f"report@2563-{number}"]["status"] for number in ("09", "10")] == ["done_late", "done_late"]


def test_accepted_doubt(ustm: Office) -> None:
    """A plan may accept a doubt about its register, so that --strict goes on."""
    ustm("event", "set", "meeting", "2564-01", "2564-01-28")
    ustm("event", "set", "meeting", "2564-01", "2564-01-21")
    ustm.plan.write_text("accepts: {U712: ที่ประชุมเลื่อนได้}\n" + PLAN, "utf-8")
    assert "U712" not in ustm("check", "--format", "concise").out
    assert "U712" in ustm("check", "--format", "concise", "--verbose").out


def test_escapes_never_reach_the_terminal(ustm: Office) -> None:
    """Controls in what was typed or stands in the file are blanks."""
    ran = ustm("waive", "report@2563-10", "--reason", "งด\x1b[31m\u202e\nสอง")
    assert "(งด [31m สอง)" in ran.out
    assert "\x1b" not in ustm.register.read_text("utf-8")


def test_folder_in_the_place_of_the_register(ustm: Office) -> None:
    """What cannot be written or read: exit 3, its sentence, nothing on stdout."""
    ustm.register.mkdir()
    refused(ustm("done", "report@2563-09"), "fy2564.register.jsonl", code=3)
    refused(ustm("due"), "fy2564.register.jsonl", code=3)


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_full_disk(ustm: Office, run_process: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    """A disk that takes only half of the record: exit 3, told, and the file is as it was."""
    ustm("done", "report@2563-09")
    before = ustm.register.read_bytes()
    limit = len(before) + 40
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    program = f"{limited}; from ustm_cli.cli import main; main()"
    ran = run_process(
        "done", "report@2563-10", "--by", "ก", cwd=ustm.folder, python=["-B", "-c", program], env={"USTM_NO_CACHE": "1"}
    )
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert "แฟ้มยังเหมือนเดิม" in ran.stderr.decode()
    assert ustm.register.read_bytes() == before


# ---- views


def test_show_tells_the_record(ustm: Office) -> None:
    """What was recorded of an activity stands below its year, of a period below that."""
    ustm("done", "report@2563-09", "--evidence", "กค 1")
    ustm("done", "report@2563-10")
    assert ustm("show", "report").out.count("สมชาย บันทึก") == 2
    shown = ustm("show", "report@2563-09").out
    assert "16 พ.ย. 2563 เสร็จ หลักฐาน กค 1 · สมชาย บันทึก 16 พ.ย. 2563 12.00 น." in shown
    first = json.loads(ustm("show", "report", "--format", "json").out)["records"][0]
    moment = {"on": "16 พ.ย. 2563", "recorded": "16 พ.ย. 2563 12.00 น."}
    assert first == ustm.records[0] | {"on": "2020-11-16", "text": moment}


def dated(found: Any) -> list[tuple[str, str, str | None]]:
    """(key, date, the text beside it) of every date in what stands below the top of a JSON document."""
    if isinstance(found, list):
        return [one for item in found for one in dated(item)]
    if not isinstance(found, dict):
        return []
    own = [
        (name, value, found.get("text", {}).get(name))
        for name, value in found.items()
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d", value)
    ]
    return own + [one for name, value in found.items() if name != "text" for one in dated(value)]


def test_dates_in_json(ustm: Office) -> None:
    """All are ISO Gregorian with a Buddhist text beside them, in Thai and Arabic digits whatever is wanted."""
    for words in (
        ["done", "report@2563-10"],
        ["reviewed", "monthly@2563-10"],
        ["event", "set", "meeting", "2564-01", "2564-01-28"],
        ["event", "set", "meeting", "2564-02", "2564-02"],
        ["notify", "letter", "--due", "2563-12-12"],
        ["progress", "survey", "187"],
        ["receive", "answer", "--at", "11:40:30"],
        ["receive", "request", "--at", "2563-11-12 09:00"],
    ):
        assert ustm(*words).code == 0
    ustm("close", ustm.case(), "--at", "11:41")
    ustm("close", ustm.case(0), "--step", "1", "--at", "2563-11-13 10:00")
    every = (["due", "--all", "--open"], ["cases"], ["event", "list"], ["stats"])
    shown = [["show", id] for id in ("report", "monthly", "survey", "letter", "answer", "request")]
    found: dict[str, str | None] = {}
    for words in (*every, *shown):
        document = json.loads(ustm(*words, "--format", "json", "--lang", "en", "--digits", "thai").out)
        document.pop("rules", None)  # as a plan has them
        own = dated([value for value in document.values() if isinstance(value, list)])
        assert own
        for name, value, text in own:
            assert value.startswith(("2020-", "2021-")), (words, name)
            assert text, (words, name)
            assert re.fullmatch(r"\d+ [ก-ฮเิี.]+ 256[34]( \d\d\.\d\d(\.\d\d)? น\.)?", text), (words, name)
            found[name] = text
    assert {
        "due_at",
        "received_at",
        "closed_at",
        "reviewed_on",
        "on",
        "due",
        "at",
        "date",
        "needed_by",
        "by",
        "from",
    } <= {*found}
    months = json.loads(ustm("event", "list", "--format", "json").out)["events"]
    assert [one["text"]["month"] for one in months if one["month"] == "2021-02"] == ["ก.พ. 2564"]


def test_two_plans_of_one_folder_share_a_meeting(ustm: Office) -> None:
    """An event that several plans of a folder have is dated for all of them; in another folder it is another."""
    other = PLAN.replace("id: ", "id: other-").replace("other-other-", "other-")
    (ustm.plan.parent / "fy2564-other.yaml").write_text(other, "utf-8")
    assert ustm("event", "set", "meeting", "2564-03", "2565-03-28").err.count("อยู่นอกปีงบประมาณ 2564") == 1
    assert len(ustm("event", "set", "meeting", "2564-01", "2564-01-28").out.splitlines()) == 2
    rows = ustm.due()
    assert rows["slides@2564-01"]["act_by"] == rows["other-slides@2564-01"]["act_by"] == "2021-01-26"
    ustm("done", "other-slides@2564-01", "--on", "2563-11-16", "--force")
    assert [path.name for path in sorted(ustm.plan.parent.glob("*.jsonl"))] == [
        "fy2564-other.register.jsonl",
        "fy2564.register.jsonl",
    ]
    (ustm.folder / "far").mkdir()
    (ustm.folder / "far" / "fy2564.yaml").write_text(PLAN, "utf-8")
    both = ("--plan", "plans/fy2564.yaml", "--plan", "far/fy2564.yaml")
    refused(ustm("done", "report@2563-09", *both), "far/fy2564.yaml")
    refused(ustm("event", "set", "meeting", "2564-02", "2564-02-25", *both), "far/fy2564.yaml")


def test_stats(ustm: Office) -> None:
    """Table, JSON and CSV hold the same numbers."""
    ustm("done", "report@2563-09", "--on", "2563-10-09")
    ustm("done", "report@2563-10", "--on", "2563-11-12")
    ustm("waive", "monthly@2563-09", "--reason", "งด")
    ustm("receive", "answer", "--at", "09:00")
    ustm("close", ustm.case(), "--at", "09:00:40")
    found = json.loads(ustm("stats", "--format", "json").out)
    whole = found["whole"]
    assert (whole["on_time"], whole["late"], whole["waived"], whole["overdue"]) == (2, 1, 1, 1)
    assert found["cases"] == [
        {"activity": "answer", "title": "ตอบข้อหารือ", "count": 1, "open": 0, "overdue": 0, "median_seconds": 40,
         "p90_seconds": 40, "promised": 1, "kept": 1, "share": 1.0, "office_hours": False}
    ]  # fmt: skip
    table = ustm("stats").out
    assert "ทันกำหนด 2 · ช้า 1" in table
    assert "40 วินาที" in table
    rows = list(csv.DictReader(io.StringIO(ustm("stats", "--format", "csv").out)))
    assert (rows[0]["section"], rows[0]["on_time"], rows[0]["late"]) == ("whole", "2", "1")
    # The Thai text of days is of JSON alone: in a cell it would be a mapping.
    assert "text" not in rows[0]
    assert not any("{" in cell for row in rows for cell in row.values())
    assert [row["from"] for row in rows if row["section"] == "weeks"] == [one["from"] for one in found["weeks"]]
    assert {row["section"] for row in rows} == {
        "whole",
        "groups",
        "owners",
        "activities",
        "months",
        "cases",
        "targets",
        "weeks",
    }
    assert json.loads(ustm("stats", "--activity", "answer", "--format", "json").out)["whole"]["on_time"] == 1


ENGLISH = [
    ["done", "survey"],
    ["event", "set", "meeting", "2564-01", "2564-01-28"],
    ["event", "list"],
    ["cases"],
    ["stats"],
    *([*words.split(), "--help"] for words in (
        "done", "reviewed", "waive", "reopen", "progress", "event", "event set", "event cancel", "event list", "notify",
        "receive", "close", "pause", "resume", "cases", "stats",
    )),
]  # fmt: skip


@pytest.mark.parametrize("words", ENGLISH, ids=[" ".join(words) for words in ENGLISH])
def test_english(ustm: Office, words: list[str]) -> None:
    """Every command speaks English when asked to; Thai is only what the plan itself says."""
    ustm("receive", "request", "--at", "2563-11-12 09:00")
    out = ustm(*words, "--lang", "en").out
    assert out
    for title in ("สำรวจ อปท.", "การประชุม", "กลุ่มงาน", "ตรวจเงินอุดหนุน", "ตรวจสอบ", "แห่ง"):
        out = out.replace(title, "")
    assert not [line for line in out.splitlines() if any("\u0e01" <= char <= "\u0e5b" for char in line)]


# ---- at the edges


CASE = "request@FY2564.c1113"
EDGES = [
    # (lines before, the line, exit code, what is said)
    ([], "pause {case} --at '2563-11-12 09:00'", 2, "13 พ.ย. 2563"),
    (["close {case}"], "pause {case}", 2, "16 พ.ย. 2563"),
    (["close {case}"], "resume {case}", 2, "16 พ.ย. 2563"),
    (["close {case}"], "close {case} --step 1", 0, "16 พ.ย. 2563"),
    ([], "receive nowhere", 2, "nowhere"),
    ([], "notify nowhere --due 2563-12-01", 2, "nowhere"),
    ([], "reviewed later", 2, "1 ธ.ค. 2563"),
    (["reviewed later --force"], "reviewed later --force", 0, "16 พ.ย. 2563"),
    (["event cancel meeting 2564-01 --reason งด"], "event cancel meeting 2564-01 --reason งด", 0, "งด"),
    ([], "event set lonely 2564-01 2564-01-20", 0, "ลำพัง"),
    ([], "cases --activity nowhere", 2, "nowhere"),
    ([], "stats --activity nowhere", 2, "nowhere"),
    ([], "stats --format xml", 2, "table, json, csv"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "code", "said"), EDGES, ids=[row[1] for row in EDGES])
def test_edges(ustm: Office, before: list[str], line: str, code: int, said: str) -> None:
    """Refused with a reason and nothing recorded, or told to stand already and recorded once."""
    text = PLAN.replace("events:\n", "events:\n  lonely: {name: ลำพัง, every: month}\n")
    ustm.plan.write_text(text + "  - {id: later, title: ภายหลัง, when: ธ.ค. 2563, review: ล่วงหน้า 2 วันทำการ}\n", "utf-8")
    ustm("receive", "request", "--at", "2563-11-13 09:00")
    case = ustm.case()
    for one in before:
        assert ustm(*shlex.split(one.format(case=case))).code == 0
    kept = ustm.records
    ran = ustm(*shlex.split(line.format(case=case)))
    assert (ran.code, bool(ran.out)) == (code, code == 0)
    assert said in ran.out + ran.err
    assert ustm.records == kept or (line.startswith("event set") and len(ustm.records) == len(kept) + 1)


def test_the_same_activity_in_plans_of_other_years(ustm: Office) -> None:
    """Nobody guesses to which of two plans a case belongs where neither is of its day's year."""
    text = "\n".join(line for line in PLAN.split("\n") if "survey" not in line)
    for year in (2563, 2565):
        (ustm.plan.parent / f"fy{year}.yaml").write_text(text.replace("2564", str(year)), "utf-8")
    assert ustm("receive", "request").code == 0
    ustm.register.unlink()
    ustm.plan.unlink()
    refused(ustm("receive", "request"), "plans/fy2563.yaml", "plans/fy2565.yaml")


@pytest.mark.parametrize(
    ("git", "by"), [("exit 1", "login"), ("echo กานดา", "กานดา"), ("sleep 60", "login"), (None, "login")]
)
def test_who_it_is(ustm: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git: str | None, by: str) -> None:
    """Without USTM_BY it is git's name; without git, or where git has none or is slow, the login."""
    programs = tmp_path / "programs"
    programs.mkdir()
    if git:
        (programs / "git").write_text(f"#!/bin/sh\n{git}\n", "utf-8")
        (programs / "git").chmod(0o755)
    monkeypatch.setattr("ustm_cli.cli.recording.SECONDS", 0.2 if git == "sleep 60" else 10)
    assert ustm("done", "report@2563-09", USTM_BY="", USER="login", PATH=f"{programs}:/usr/bin:/bin" if git else "").code == 0  # fmt: skip
    assert ustm.records[0]["by"] == by


def test_cases_tell_how_they_stand(ustm: Office) -> None:
    """Every state of a case in its words: running, paused, all steps closed, closed; in columns and, narrow, in blocks."""
    ustm.plan.write_text(PLAN + "  - {id: vague, title: ไม่มีกำหนด, when: เมื่อรับเรื่อง}\n", "utf-8")
    for hour in ("08", "09", "10", "11"):
        ustm("receive", "request", "--at", f"2563-11-13 {hour}:30", "--ref", hour)
    ustm("receive", "vague", "--at", "2563-11-13 12:30", "--ref", "12")
    whole = json.loads(ustm("cases", "--format", "json").out)["cases"]
    running, paused, stepped, closed = (one["id"] for one in whole if one["activity"] == "request")
    ustm("pause", paused, "--at", "2563-11-13 15:00")
    for step in "1234":
        ustm("close", stepped, "--step", step)
    ustm("close", closed, "--at", "2563-11-14 13:30")
    for wide in ("100", "24"):
        told = " ".join(ustm("cases", "--width", wide).out.split())
        for said in ("เหลือ 2 วัน", "พักอยู่", "ครบ 4 ขั้น", "ใช้ 1 วัน 2 ชม."):
            assert said in told
    assert running in ustm("due", "--week").out
    assert "พักอยู่" in ustm("due", "--week", "--all").out


@pytest.mark.parametrize("wide", [60, 80])
def test_cases_keep_their_days_whole(ustm: Office, wide: int) -> None:
    """No day stands apart from its weekday, no clock from its น.; a block is headed by its case."""
    ustm.plan.write_text(PLAN + "  - {id: hours, title: ตอบ, when: ภายใน 3 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ}\n", "utf-8")
    for activity in ("request", "hours"):
        ustm("receive", activity, "--at", "2563-11-13 09:00", "--ref", "กค 0403/1234")
    told = ustm("cases", "--width", str(wide)).out
    assert max(map(width, told.splitlines())) <= wide
    for whole in ("พ. 18 พ.ย. 2563", "13 พ.ย. 2563 12.00 น.", "รับ 13 พ.ย. 2563 09.00 น."):
        assert whole in told
    assert all(one in told.splitlines() for one in (ustm.case(0), ustm.case())) == (wide == 60)


def test_reviewed_ahead_of_a_work_that_opens_later(ustm: Office) -> None:
    """A work of one day is handed in before that day: recorded without --force, on the day of review or earlier."""
    ustm.plan.write_text(PLAN + "  - {id: day, title: วันเดียว, when: 18 พ.ย. 2563, review: ล่วงหน้า 1 วันทำการ}\n", "utf-8")
    for day in ("2563-11-16", "2563-11-13"):
        assert ustm("reviewed", "day", "--on", day).code == 0
    assert ustm.due()["day@FY2564"]["reviewed_on"] == "2020-11-13"
    refused(ustm("done", "day", "--on", "2563-11-16"), "18 พ.ย. 2563")


NOT_MEANT = [
    # (command line, what is said)
    ("done", "consult-line", "consult-line ยังไม่มีงานที่มีวันกำหนดหรือเรื่องที่รับไว้"),
    ("done", "consult-line@FY2564", "consult-line ยังไม่มีงานที่มีวันกำหนดหรือเรื่องที่รับไว้"),
    ("done", "provincial-meeting@2563-10", "provincial-meeting เป็นเหตุการณ์ ไม่ใช่กิจกรรม"),
    ("done", "b1@2563-10", "ไม่รู้จัก b1@2563-10\n"),
    ("done", "", "ขาดรหัส"),
    ("close", "", "ขาดรหัส"),
    ("close", "subsidy-check", "subsidy-check ไม่มีเรื่องที่เปิดอยู่"),
    ("close", "ktb-reconcile@2563-10", "ktb-reconcile@2563-10 ไม่ใช่เรื่องที่รับไว้ บันทึกว่าเสร็จด้วย: ustm done ktb-rec"),
    ("pause", "ktb-reconcile", "ktb-reconcile ไม่ใช่เรื่องที่รับไว้"),
    ("close", "zzz", "ไม่รู้จัก zzz\n"),
]


@pytest.mark.parametrize(("command", "id", "said"), NOT_MEANT)
def test_an_id_of_something_else(command: str, id: str, said: str, run: Run) -> None:
    """What it is, and which command is meant; no other id that merely looks a little like it."""
    out, err, code = run(command, id, "--by", "ก")
    assert (out, code) == ("", 2)
    assert err.startswith(f"ustm: {said}")


def test_thai_digits_name_what_arabic_ones_do(run: Run, plan: Plan, tmp_path: Path) -> None:
    """The record holds the id that the plan has."""
    plan("- {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}")
    out, _, code = run("done", "report@๒๕๖๓-๑๐", "--by", "ก", cwd=tmp_path)
    assert (code, "report@2563-10" in out) == (0, True)


IN_THAI = [
    # (the words, of which each that follows `--` or names a thing may have Thai digits)
    ("progress act-๑ ๕", "progress act-1 5"),
    ("receive case-๑ --at 2563-11-16", "receive case-1 --at 2563-11-16"),
    ("notify letter-๑ --due 2563-12-15", "notify letter-1 --due 2563-12-15"),
    ("notify letter-๑@FY๒๕๖๔.๑ --due 2563-12-16", "notify letter-1@FY2564.1 --due 2563-12-16"),
    ("event set meet-๑ ๒๕๖๔-๐๑ ๒๕๖๔-๐๑-๒๘", "event set meet-1 2564-01 2564-01-28"),
    ("event set ประชุม๑ 2564-01 2564-01-28", "event set meet-1 2564-01 2564-01-28"),
    ("event cancel meet-๑ ๒๕๖๔-๐๒ --reason งด", "event cancel meet-1 2564-02 --reason งด"),
]


@pytest.mark.parametrize(("thai", "arabic"), IN_THAI, ids=[thai for thai, _ in IN_THAI])
def test_every_command_that_records_takes_thai_digits(
    thai: str, arabic: str, run: Run, plan: Plan, tmp_path: Path
) -> None:
    """The same is recorded, of the same id, as with Arabic digits."""
    recorded: list[dict[str, Any]] = []
    activities = (
        "- {id: act-1, title: ก, when: พ.ย. 2563}\n"
        "- {id: case-1, title: ก, when: ภายใน 5 วันนับจากรับเรื่อง}\n"
        "- {id: letter-1, title: ก, when: ตามที่กรมบัญชีกลางแจ้ง}"
    )
    register = plan(activities, top="events: {meet-1: {name: ประชุม๑, every: month}}\n").with_suffix(".register.jsonl")
    for words in (thai, arabic):
        register.unlink(missing_ok=True)
        if "FY" in arabic:
            run("notify", "letter-1", "--due", "2563-12-15", "--by", "ก", cwd=tmp_path)
        ran = run(*words.split(), "--by", "ก", cwd=tmp_path)
        assert ran.code == 0, ran.err
        record = json.loads(register.read_text("utf-8").splitlines()[-1])
        recorded.append({key: value for key, value in record.items() if key not in ("id", "letter_id")})
    ids = [str(one.pop("case", "")).rpartition(".")[0] for one in recorded]
    assert recorded[0] == recorded[1]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("words", ["due --days 30", "calendar", "export csv", "stats", "cases"])
def test_the_activity_of_a_report_may_have_thai_digits(words: str, run: Run, plan: Plan, tmp_path: Path) -> None:
    """`--activity` names what it does in Arabic digits."""
    plan("- {id: act-1, title: ก, when: ทุกเดือน ภายในวันที่ 20}")
    thai, arabic = (run(*words.split(), "--activity", id, cwd=tmp_path) for id in ("act-๑", "act-1"))
    assert thai == arabic
    assert thai.code == 0


def test_nothing_is_missing_of_a_plan_at_fault(ustm: Office) -> None:
    """A record of an activity that cannot be read is not told as one that the plan has not, until the plan is mended."""
    assert ustm("done", "monthly@2563-10").code == 0
    good = ustm.plan.read_text("utf-8")
    ustm.plan.write_text(good.replace("id: monthly,", "id: monthly, priority: 1,"), "utf-8")
    assert [code for code in ("U112", "U709", "U710") if code in ustm("check").out] == ["U112"]
    ustm.plan.write_text(good.replace("id: monthly,", "id: montly,"), "utf-8")
    assert [code for code in ("U112", "U709", "U710") if code in ustm("check").out] == ["U709"]


@pytest.mark.parametrize(
    "data", [PLAN.encode("cp874"), b"", b"groups: [", b"\0" * (33 << 20)], ids=["U101", "U105", "U107", "U106"]
)
def test_nothing_is_missing_beside_a_plan_that_cannot_be_read(ustm: Office, data: bytes) -> None:
    """Neither for check nor, of open cases and letters, for any other command: it may stand in that plan."""
    assert ustm("done", "monthly@2563-10").code == ustm("receive", "answer", "--at", "2563-11-16 11:40").code == 0
    good = ustm.plan.read_text("utf-8")
    ustm.plan.write_text(good.replace("id: monthly,", "id: montly,").replace("id: answer", "id: replies"), "utf-8")
    assert ("U709" in ustm("check").out, "U709" in ustm("due").err) == (True, True)
    other = ustm.plan.with_name("fy2565.yaml")
    other.write_bytes(data)
    assert ("U709" in ustm("check").out, ustm("check").code) == (False, 1)
    assert ("U709" in ustm("due").err, ustm("due").code) == (False, 4)
