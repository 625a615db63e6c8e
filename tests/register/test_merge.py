"""Two branches of a real git repository that both recorded things merge without a conflict, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran
from ustm_cli.render.texts.starter import ATTRIBUTES

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")

PLAN = """\
fiscal_year: 2564
province: อุบลราชธานี
events:
  meeting: {name: การประชุม, every: month}
groups:
- title: กลุ่มงาน
  activities:
  - {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}
  - {id: slides, title: เอกสารประชุม, when: ก่อนการประชุม 2 วันทำการ}
  - {id: request, title: ตอบข้อหารือ, when: ภายใน 5 วันนับจากรับเรื่อง}
  - {id: letter, title: ตามแจ้ง, when: ตามที่ได้รับแจ้ง}
"""


class Office:
    """A repository with a plan; `ustm` runs a command on the branch that is checked out."""

    def __init__(self, folder: Path, run: Callable[..., Ran]) -> None:
        self.folder = folder
        self.run = run
        self.register = folder / "plans" / "fy2564.register.jsonl"
        (folder / "plans").mkdir()
        (folder / "plans" / "fy2564.yaml").write_text(PLAN, "utf-8", newline="\n")

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        who = ["-c", "user.name=ก", "-c", "user.email=k@example.go.th", "-c", "core.autocrlf=false"]
        return subprocess.run(
            ["git", *who, *words], cwd=self.folder, env=env, capture_output=True, check=False, encoding="utf-8"
        )

    def commit(self, words: str) -> None:
        assert self.git("add", "-A").returncode == 0
        assert self.git("commit", "-qm", words).returncode == 0

    def ustm(self, *words: str, today: str = "2563-11-16") -> Ran:
        return self.run(*words, cwd=self.folder, env={"USTM_TODAY": today, "USTM_BY": "สมชาย"})

    def records(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.register.read_text("utf-8").splitlines()]


@pytest.fixture
def office(tmp_path: Path, run: Callable[..., Ran]) -> Office:
    office = Office(tmp_path, run)
    (tmp_path / ".gitattributes").write_text(ATTRIBUTES, "utf-8")
    assert office.git("init", "-q", "-b", "main").returncode == 0
    assert office.ustm("done", "report@2563-09", "--on", "2563-10-09").code == 0
    office.commit("first")
    return office


def both_record(office: Office) -> None:
    """On each branch a few records, some of the same things."""
    office.git("checkout", "-qb", "theirs")
    office.ustm("done", "report@2563-10", "--on", "2563-11-10", today="2563-11-11")
    office.ustm("event", "set", "meeting", "2564-01", "2564-01-21", today="2563-11-12")
    office.ustm("receive", "request", "--at", "2563-11-16 09:00", "--ref", "1")
    office.ustm("notify", "letter", "--due", "2563-12-15", "--letter", "ว 1", today="2563-11-12")
    office.commit("theirs")
    office.git("checkout", "-q", "main")
    office.ustm("done", "report@2563-10", "--on", "2563-11-09", today="2563-11-13")
    office.ustm("event", "set", "meeting", "2564-01", "2564-01-28", today="2563-11-13")
    office.ustm("receive", "request", "--at", "2563-11-16 09:00", "--ref", "2")
    office.ustm("notify", "letter", "--due", "2563-12-20", "--letter", "ว 2", today="2563-11-14")
    office.ustm("done", "letter@FY2564.1", today="2563-11-16")
    office.commit("ours")


def test_two_branches_merge(office: Office) -> None:
    """No conflict, every record there once, two cases of the same minute, and the same picture from either side."""
    both_record(office)
    merged = office.git("merge", "-q", "-m", "merge", "theirs")
    assert (merged.returncode, merged.stderr) == (0, "")
    records = office.records()
    assert len(records) == 10
    assert len({record["id"] for record in records}) == 10
    assert len({record["case"] for record in records if record["kind"] == "received"}) == 2
    rows = due(office)
    assert rows["report@2563-10"]["done_on"] == "2020-11-09"
    assert rows["slides@2564-01"]["act_by"] == "2021-01-26"
    assert rows["letter@FY2564.1"]["deadline"] == "2020-12-15"
    assert (rows["letter@FY2564.2"]["deadline"], rows["letter@FY2564.2"]["done_on"]) == ("2020-12-20", "2020-11-16")
    assert rows["letter@FY2564.1"]["status"] == "open"
    office.git("checkout", "-q", "theirs")
    office.git("merge", "-q", "-m", "merge", "main~1")
    assert due(office) == rows


def test_check_tells_what_the_branches_said_differently(office: Office) -> None:
    """Two days of one report and two days of one meeting are told at the records that do not stand."""
    both_record(office)
    office.git("merge", "-q", "-m", "merge", "theirs")
    told = office.ustm("check", "--format", "concise").out
    codes = [line.split()[1] for line in told.splitlines() if "register" in line]
    assert sorted(codes) == ["U711", "U712"]


def test_without_the_attribute(office: Office) -> None:
    """Where the attribute is missing git leaves markers; both sides count, and check says what to do."""
    (office.folder / ".gitattributes").unlink()
    office.commit("no attribute")
    both_record(office)
    assert office.git("merge", "-q", "-m", "merge", "theirs").returncode == 1
    checked = office.ustm("check", "--format", "concise")
    assert checked.code == 1
    assert "U703" in checked.out
    rows = due(office)
    assert rows["report@2563-10"]["done_on"] == "2020-11-09"
    assert len([id for id in rows if id.startswith("request@")]) == 2


def due(office: Office) -> dict[str, dict[str, str]]:
    words = ["due", "--from", "2563-10-01", "--to", "2564-09-30", "--all", "--open", "--format", "json"]
    found = json.loads(office.ustm(*words).out)
    return {row["id"]: row for row in found["obligations"]}
