"""What is fuzzed: of each target how an input is made, how it is kept in the corpus, and what must hold for it."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import claims
import strays

from tests.conftest import run_here
from ustm_cli.deadlines.base import Event
from ustm_cli.plan.load import Plan, load

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"


class Target(NamedTuple):
    """`claim` is given an input and says whether it was accepted; `make` draws one; files of `corpus/NAME` hold some."""

    name: str
    make: Callable[[Random], bytes]
    claim: Callable[[bytes], bool]


@cache
def folder() -> Path:
    """A folder of this process, with a plan's shared file in it."""
    here = Path(tempfile.mkdtemp(prefix="ustm-fuzz-"))
    (here / "shared").mkdir()
    for path in (strays.TOP / "tests" / "plans" / "ok" / "shared").iterdir():
        shutil.copy(path, here / "shared")
    return here


@cache
def real_plan() -> Plan:
    plan = load(strays.PLAN, "plan.yaml").plan
    assert plan is not None
    return plan


EVENTS = {
    event.id: event
    for event in (
        Event("meeting", "การประชุม", "month"),
        Event("announced", "ประกาศใช้", "year"),
        Event("opening", "opening of the tender", "once"),
    )
}


def _phrase(data: bytes) -> bool:
    text = data.decode("utf-8", "surrogatepass")
    return claims.is_understood_or_refused(text, None if len(data) % 3 == 0 else EVENTS)


def _plan(data: bytes) -> bool:
    return claims.plan_is_read_or_told(data, folder() / "plan.yaml") is not None


def _register(data: bytes) -> bool:
    return claims.register_is_read_or_told(data, real_plan()) > 0


def _settings(data: bytes) -> bool:
    return claims.settings_are_read_or_told(data, folder() / "ustm.yaml")


# ---- command lines

OFFICE = """\
fiscal_year: 2564
province: อุบลราชธานี
events:
  meeting: {name: การประชุม, every: month}
groups:
- title: กลุ่มงาน
  activities:
  - {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป, review: ล่วงหน้า 2 วันทำการ}
  - {id: slides, title: เอกสารประชุม, when: ก่อนการประชุม 2 วันทำการ}
  - {id: answer, title: ตอบข้อหารือ, when: ภายใน 1 นาทีนับจากรับเรื่อง}
  - {id: request, title: ตรวจเงินอุดหนุน, when: ภายใน 5 วันนับจากรับเรื่อง, steps: [ตรวจสอบ, ลงทะเบียน, เสนอ, ส่ง]}
  - {id: letter, title: ตามแจ้ง, when: ตามที่กรมบัญชีกลางแจ้ง}
  - {id: survey, title: สำรวจ อปท., when: พ.ย. 2563, target: {count: 239, unit: แห่ง}}
"""
LETTERS = """\
people:
  ก: {name: ก, letter: office, to: {archive: true}}
channels:
  archive: {kind: file, path: "letters/{day}-{person}.md"}
"""
ANSWERED, REFUSED = (0, 1, 4), (2, 3)


@cache
def commands() -> Sequence[tuple[tuple[str, ...], Sequence[str], int]]:
    """Of every command its words, its options, and how many arguments it needs."""
    from ustm_cli.cli.app import build

    found: list[tuple[tuple[str, ...], Sequence[str], int]] = []

    def walk(command: Any, words: tuple[str, ...]) -> None:
        for name, below in getattr(command, "commands", {}).items():
            walk(below, (*words, name))
        options = [option for item in command.params for option in item.opts if option.startswith("--")]
        needed = sum(item.param_type_name == "argument" for item in command.params)
        found.append((words, options, needed))

    walk(build("th"), ())
    return found


def _argv(data: bytes) -> bool:
    line = json.loads(data)
    here = folder() / "office"
    shutil.rmtree(here, ignore_errors=True)
    (here / "plans").mkdir(parents=True)
    (here / "plans" / "fy2564.yaml").write_text(OFFICE, "utf-8", newline="\n")
    (here / "ustm.yaml").write_text(LETTERS, "utf-8", newline="\n")
    register = (HERE / "office.register.jsonl").read_bytes()
    (here / "plans" / "fy2564.register.jsonl").write_bytes(register)
    # No browser and no git of the machine: neither is what is tried here.
    env = {"USTM_BY": "ก", "USTM_CHROMIUM": os.devnull, "PATH": ""}
    try:
        out, err, code = run_here(*line, cwd=here, env=env)
    except UnicodeDecodeError:
        # A spreadsheet on stdout.
        return True
    assert code in (*ANSWERED, *REFUSED, 130, 141), code
    if code in REFUSED:
        assert out == "", line
        assert err.strip(), line
    assert "\x1b" not in out + err, line
    assert "Traceback" not in err
    after = (here / "plans" / "fy2564.register.jsonl").read_bytes()
    assert after.startswith(register), "what was recorded stays"
    assert not (folder() / "astray").is_file()
    return code in ANSWERED


def _text(make: Callable[[Random], str]) -> Callable[[Random], bytes]:
    return lambda chance: make(chance).encode("utf-8", "surrogatepass")


TARGETS = (
    Target("phrase", _text(strays.phrase), _phrase),
    Target("plan", strays.plan, _plan),
    Target("register", strays.register, _register),
    Target("settings", strays.settings, _settings),
    Target("argv", lambda chance: json.dumps(strays.argv(chance, commands())).encode(), _argv),
)
