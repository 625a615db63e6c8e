"""`ustm fmt` as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.cli import files
from ustm_cli.cli.faults import RunFault
from ustm_cli.dates.holidays import days_off
from ustm_cli.obligations import expand
from ustm_cli.plan.layout import laid_out
from ustm_cli.plan.load import load

Run = Callable[..., Any]
Plan = Callable[..., Path]
TOP = Path(__file__).parents[2]
UNTIDY = "- title: ก   # ก\n  id: a\n  when: 6 ตุลาคม 2563\n- id: b\n  title: ข"
GOOD = sorted((TOP / "tests" / "plans" / "ok").glob("*.yaml"))


def obligations(path: Path, data: bytes | None = None) -> list[Any]:
    """What a plan expands to, without the line it stands on."""
    plan = load(path, "plan", data).plan
    assert plan is not None
    return [item._replace(line=0) for item in expand(plan, days_off(plan.province).workdays)]


@pytest.mark.parametrize("path", [TOP / "plans" / "fy2564.yaml", *GOOD], ids=lambda path: path.stem)
def test_the_obligations_are_the_same(path: Path) -> None:
    """The real plan and every good example mean exactly what they meant: each obligation, in order."""
    text = path.read_text("utf-8")
    assert obligations(path, laid_out(text).encode()) == obligations(path)


def test_our_own_plan_is_laid_out(run: Run) -> None:
    """The plan of this repository is as fmt would write it."""
    assert run("fmt", "--check").code == 0


def test_check_tells_and_writes_nothing(run: Run, plan: Plan, tmp_path: Path) -> None:
    """--check ends with 1, names the file and leaves it."""
    path = plan(UNTIDY)
    before = path.read_bytes()
    ran = run("fmt", "--check", cwd=tmp_path)
    assert ran.code == 1
    assert "plans/fy2564.yaml" in ran.out
    assert path.read_bytes() == before


def test_it_writes_once(run: Run, plan: Plan, tmp_path: Path) -> None:
    """The file is laid out, its permissions stay, and a second run has nothing to do."""
    path = plan(UNTIDY)
    path.chmod(0o640)
    assert run("fmt", cwd=tmp_path).code == 0
    assert "      - id: a\n        title: ก  # ก\n        when: 6 ต.ค. 2563\n\n      - id: b\n" in path.read_text(
        "utf-8"
    )
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in path.parent.iterdir()] == ["fy2564.yaml"]
    ran = run("fmt", "--check", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize("damage", [lambda data: b"\xef\xbb\xbf" + data, lambda data: data.replace(b"\n", b"\r\n")])
def test_bom_and_crlf_are_mended(run: Run, plan: Plan, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """What a Windows editor left behind is layout, and no reason to refuse."""
    path = plan(UNTIDY)
    assert run("fmt", cwd=tmp_path).code == 0
    good = path.read_bytes()
    path.write_bytes(damage(good))
    assert run("check", cwd=tmp_path).code == 1
    assert run("fmt", cwd=tmp_path).code == 0
    assert path.read_bytes() == good


def test_a_faulty_plan_is_left(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Faults are told on stderr, nothing on stdout, exit 3; the file stays as it is."""
    path = plan("- {id: a, title: ก, whenn: ทุกเดือน}")
    before = path.read_bytes()
    ran = run("fmt", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "U112" in ran.err
    assert path.read_bytes() == before


def test_one_faulty_plan_of_two(run: Run, plan: Plan, tmp_path: Path) -> None:
    """The good one is laid out, the faulty one told, exit 4."""
    plan("- {id: a, title: ก, whenn: ทุกเดือน}", "fy2563.yaml", year=2563)
    good = plan(UNTIDY)
    assert run("fmt", cwd=tmp_path).code == 4
    assert "6 ต.ค. 2563" in good.read_text("utf-8")


def test_included_files_are_laid_out(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Shared events and holidays are part of the plan."""
    plan("- {id: a, title: ก, when: ก่อนประชุม 3 วัน}", top="include: [shared.yaml]\n")
    shared = tmp_path / "plans" / "shared.yaml"
    shared.write_text(
        "holidays:\n- {name: ก,  date: ๒๕๖๔-๐๕-๑๑} # ข\nevents:\n  m:  {every: month, name: ประชุม}\n", "utf-8"
    )
    assert run("fmt", cwd=tmp_path).code == 0
    assert shared.read_text("utf-8") == (
        "events:\n  m: {name: ประชุม, every: month}\n\nholidays:\n  - {date: 2564-05-11, name: ก}  # ข\n"
    )


@pytest.mark.parametrize("item", ["sub/shared.yaml", "sub/../sub/shared.yaml", "./sub/shared.yaml", "sub/inner.yaml"])
def test_included_files_anywhere_are_laid_out(run: Run, plan: Plan, item: str, tmp_path: Path) -> None:
    """By whatever path a file is included, it is laid out once and named by its place."""
    path = plan("- {id: a, title: ก, when: ก่อนประชุม 3 วัน}", top=f"include: [{item}]\n")
    shared = path.parent / "sub" / "shared.yaml"
    shared.parent.mkdir()
    shared.with_name("inner.yaml").write_text("include: [shared.yaml]\n", "utf-8")
    shared.write_text("events:\n  m: {name: ประชุม, every: month}\n", "utf-8")
    assert run("fmt", cwd=tmp_path).code == 0
    shared.write_text("events:\n  m:  {every: month, name: ประชุม}\n", "utf-8")
    ran = run("fmt", "--check", cwd=tmp_path)
    assert (ran.code, ran.out.count("plans/sub/shared.yaml"), ran.out.count("\n")) == (1, 1, 1)
    assert run("fmt", cwd=tmp_path).code == 0
    assert shared.read_text("utf-8") == "events:\n  m: {name: ประชุม, every: month}\n"


def test_what_cannot_be_laid_out_is_left(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A block of text with an indentation number: said with its line, exit 3."""
    path = plan("- id: a\n  title: ก\n  note: |2\n      ข\n    ค")
    before = path.read_bytes()
    ran = run("fmt", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert " 8 " in ran.err
    assert path.read_bytes() == before


def test_nobody_is_written_over(plan: Plan) -> None:
    """Where the file changed since it was read, it is left."""
    path = plan(UNTIDY)
    before = path.read_bytes()
    path.write_text("somebody: else\n", "utf-8")
    with pytest.raises(RunFault) as refused:
        files.rewrite(path, before, "new", "plan")
    assert refused.value.key == "changed_meanwhile"
    assert path.read_text("utf-8") == "somebody: else\n"
    with pytest.raises(RunFault):
        files.create(path, "new", "plan")
    assert sorted(one.name for one in path.parent.iterdir()) == ["fy2564.yaml"]
