"""`ustm init` and `ustm doctor` as they are typed."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.plan.layout import laid_out
from ustm_cli.render.texts import TEXTS
from ustm_cli.views.health import Machine, Office, examined

Run = Callable[..., Any]
TOP = Path(__file__).parents[2]
FILES = {
    "plans/fy2564.yaml", "plans/fy2564.register.jsonl", "ustm.yaml", "ustm.schema.json", ".gitattributes",
    ".pre-commit-config.yaml",
}  # fmt: skip
UBON = ("--province", "อุบลราชธานี", "--year", "2564")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("lang", ["th", "en"])
def test_what_it_writes_passes_check(run: Run, tmp_path: Path, lang: str) -> None:
    """The files of a new office are all there, strictly without fault, laid out, with obligations and a good digest."""
    ran = run("init", *UBON, "--lang", lang, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert set(files(tmp_path)) == FILES
    assert "ustm check" in ran.out
    checked = run("check", "--strict", cwd=tmp_path)
    assert (checked.code, checked.err) == (0, ""), checked.out
    text = (tmp_path / "plans" / "fy2564.yaml").read_text("utf-8")
    assert laid_out(text) == text
    assert text.startswith("# yaml-language-server: $schema=../ustm.schema.json\n# $schema: ../ustm.schema.json\n")
    assert "สำนักงานคลังจังหวัดอุบลราชธานี" in text
    assert (
        len(
            json.loads(run("due", "--from", "2563-10-01", "--to", "2564-09-30", "--format", "json", cwd=tmp_path).out)[
                "obligations"
            ]
        )
        > 12
    )
    assert run("digest", cwd=tmp_path).code == 0
    assert run("rollover", "2565", cwd=tmp_path).code == 0


def test_nothing_is_written_over(run: Run, tmp_path: Path) -> None:
    """What is there stays, byte for byte, and what is missing is written; twice is once."""
    (tmp_path / ".gitattributes").write_text("mine\n", "utf-8")
    (tmp_path / "ustm.yaml").write_text("# mine\n", "utf-8")
    first = run("init", *UBON, cwd=tmp_path)
    assert "diff=ustm" in first.out
    before = files(tmp_path)
    assert before[".gitattributes"] == b"mine\n"
    assert before["ustm.yaml"] == b"# mine\n"
    assert run("init", *UBON, "--office", "อื่น", cwd=tmp_path).code == 0
    assert files(tmp_path) == before


def test_it_asks_for_no_line_that_is_there(run: Run, tmp_path: Path) -> None:
    """A second time, and where the office has the lines in words of its own, nothing is left to be added."""
    place = ("--province", "chiang mai", "--year", "2564")
    assert run("init", *place, cwd=tmp_path).code == 0
    assert "province: เชียงใหม่\n" in (tmp_path / "plans" / "fy2564.yaml").read_text("utf-8")
    again = run("init", *place, cwd=tmp_path)
    assert ".gitattributes" in again.out
    assert "merge=union" not in again.out
    mine = "*.register.jsonl text merge=union # ours\n  plans/*.yaml   diff=ustm eol=lf\n"
    (tmp_path / ".gitattributes").write_text(mine, "utf-8")
    assert "merge=union" not in run("init", *place, cwd=tmp_path).out
    (tmp_path / ".gitattributes").write_text(f"# {mine}", "utf-8")
    asked = run("init", *place, cwd=tmp_path).out
    assert "เพิ่มใน .gitattributes เอง: plans/*.register.jsonl merge=union\n" in asked


def test_names_stay_text(run: Run, tmp_path: Path) -> None:
    """An office's name with YAML's own signs is quoted; a new folder is made."""
    name = 'คลัง: "ก" # {ข} <year>'
    assert run("init", "new/office", *UBON, "--office", name, cwd=tmp_path).code == 0
    found = run("due", "--all", "--month", "--format", "json", "--plan", "new/office/plans/fy2564.yaml", cwd=tmp_path)
    assert {one["office"] for one in json.loads(found.out)["obligations"]} == {name}


def test_the_year_of_today(run: Run, tmp_path: Path) -> None:
    """Without a year, the fiscal year of today."""
    assert run("init", "--province", "Phuket", cwd=tmp_path, env={"USTM_TODAY": "2569-10-01"}).code == 0
    assert (tmp_path / "plans" / "fy2570.yaml").exists()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--province", "กรุงเทพ"],
        ["--province", "Atlantis"],
        ["--province", "ภูเก็ต", "--year", "2021"],
        ["--province", "ภูเก็ต", "--year", "ปีหน้า"],
        ["--province", "ภูเก็ต", "--year", "2599"],
        ["--province", "ภูเก็ต", "--office", "a\nb"],
        ["--province", "ภูเก็ต", "--office", " "],
        ["a", "b", "--province", "ภูเก็ต"],
    ],
)
def test_bad_input_is_refused(run: Run, tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 2, nothing on stdout, nothing written."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ran = run("init", *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert files(tmp_path) == {}


def test_plans_is_a_file(run: Run, tmp_path: Path) -> None:
    """It is called what it is, and nothing is written."""
    (tmp_path / "plans").write_text("x", "utf-8")
    ran = run("init", *UBON, cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (3, "", "ustm: plans ไม่ใช่โฟลเดอร์\n")
    assert [path.name for path in tmp_path.iterdir()] == ["plans"]


def test_where_no_folder_can_be(run: Run, tmp_path: Path) -> None:
    """A file in the way: exit 3, and it stays."""
    (tmp_path / "office").write_text("x", "utf-8")
    ran = run("init", "office", *UBON, cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert files(tmp_path) == {"office": b"x"}


def test_it_asks_on_a_terminal(tmp_path: Path) -> None:
    """Province, office and year are asked for on stderr; an empty answer takes what is supposed."""
    ours, theirs = pty.openpty()
    os.write(ours, "\nภูเก็ต\n\n๒๕๖๕\n".encode())
    ran = subprocess.run(
        [sys.executable, "-m", "ustm_cli", "init", "--today", "2563-11-16"],
        cwd=tmp_path, stdin=theirs, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1"}, check=False, timeout=60,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert ran.returncode == 0, ran.stderr.decode()
    text = (tmp_path / "plans" / "fy2565.yaml").read_text("utf-8")
    assert "office: สำนักงานคลังจังหวัดภูเก็ต\nprovince: ภูเก็ต\n" in text
    assert "[2564]" in ran.stderr.decode()
    assert "จังหวัด:" not in ran.stdout.decode()


# ---- doctor

WELL = Machine(
    python=(3, 11, 7), system="Linux x86_64", terminal=True, width=100, encoding="utf-8", encodes_thai=True,
    language="th_TH.UTF-8", fonts=("Garuda",), browser="/usr/bin/chromium", git=(2, 39, 5), textconv=True,
    schedulers=("crontab",), utc_offset=timedelta(hours=7),
)  # fmt: skip
GOOD = Office(2564, range(2560, 2576), frozenset({2564}), (2564,), (), "good")


def test_a_well_machine_has_nothing_to_do() -> None:
    """Everything good, and no advice."""
    points = examined(WELL, GOOD)
    assert {point.level for point in points} == {"good"}
    assert all("\n" not in text for point in points for text in TEXTS[f"doctor_{point.key}_good"])


@pytest.mark.parametrize(
    ("ill", "key", "level"),
    [
        ({"python": (3, 10, 1)}, "python", "bad"),
        ({"encodes_thai": False, "encoding": "ascii"}, "encoding", "bad"),
        ({"width": 40}, "terminal", "note"),
        ({"terminal": False}, "piped", "good"),
        ({"language": ""}, "locale", "note"),
        ({"fonts": ()}, "fonts", "bad"),
        ({"fonts": None}, "fonts_unknown", "note"),
        ({"browser": None}, "browser", "note"),
        ({"git": None}, "git", "bad"),
        ({"git": (2, 20)}, "git", "bad"),
        ({"textconv": False}, "textconv", "note"),
        ({"schedulers": ()}, "cron", "note"),
        ({"utc_offset": timedelta(0)}, "zone", "note"),
        ({"reviewed": frozenset()}, "reviewed", "note"),
        ({"fiscal_year": 2575}, "coverage", "bad"),
        ({"years": ()}, "plans", "note"),
        ({"faulty": ("plans/a.yaml",)}, "plans", "bad"),
        ({"settings": "none"}, "settings", "note"),
        ({"settings": "faulty"}, "settings", "bad"),
    ],
)
def test_each_thing_that_can_be_wrong(ill: dict[str, Any], key: str, level: str) -> None:
    """Each is told with its level, its sentence in both languages, and what to do."""
    machine = replace(WELL, **{name: value for name, value in ill.items() if hasattr(WELL, name)})
    office = replace(GOOD, **{name: value for name, value in ill.items() if hasattr(GOOD, name)})
    point = next(one for one in examined(machine, office) if one.key == key)
    assert point.level == level
    for text in TEXTS[f"doctor_{key}_{level}"]:
        sentence, _, advice = text.format(**point.facts).partition("\n")
        assert sentence
        assert bool(advice) == (level != "good")


def test_it_looks_at_this_machine(run: Run, tmp_path: Path) -> None:
    """It ends with 0 whatever it finds, with plans and without, and says the same in JSON."""
    for cwd in (TOP, tmp_path):
        table, data = run("doctor", cwd=cwd), run("doctor", "--format", "json", cwd=cwd)
        assert (table.code, data.code, table.err) == (0, 0, "")
        points = json.loads(data.out)["points"]
        assert {one["point"] for one in points} >= {
            "python",
            "encoding",
            "git",
            "zone",
            "coverage",
            "plans",
            "settings",
        }
        assert "".join(points[0]["message"].split()) in "".join(table.out.split())


def test_a_screen_without_thai_is_told(run: Run, tmp_path: Path) -> None:
    """On an ASCII terminal the advice can still be read."""
    ran = run("doctor", "--lang", "en", cwd=tmp_path, encoding="ascii")
    assert ran.code == 0
    assert "PYTHONUTF8=1" in ran.out


@pytest.mark.parametrize("words", [["--format", "xml"], ["now"], ["--fix"]])
def test_doctor_refuses_what_it_does_not_know(run: Run, words: list[str]) -> None:
    """Exit 2, nothing on stdout."""
    ran = run("doctor", *words)
    assert (ran.code, ran.out) == (2, "")


def test_the_schedule_is_printed(run: Run, tmp_path: Path) -> None:
    """--cron prints a crontab line and a systemd timer for this folder, and installs nothing."""
    assert run("init", *UBON, cwd=tmp_path).code == 0
    before = files(tmp_path)
    ran = run("doctor", "--cron", cwd=tmp_path)
    assert ran.code == 0
    assert f"cd {tmp_path}" in ran.out
    assert "digest --send screen --if-any" in ran.out
    assert "OnCalendar=" in ran.out
    assert files(tmp_path) == before
    found = json.loads(run("doctor", "--cron", "--format", "json", cwd=tmp_path).out)["schedule"]
    assert len(found) == 3
    for part in found:
        assert f"# {part['for']}\n{part['text'].rstrip()}\n" in ran.out
