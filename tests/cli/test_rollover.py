"""`ustm rollover` as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.cli.commands.rollover import next_name

Run = Callable[..., Any]
Plan = Callable[..., Path]
DAY = "- {id: day, title: ก, when: 6 ต.ค. 2563}"


def test_the_new_plan_is_asked_about_until_confirmed(run: Run, plan: Plan, tmp_path: Path) -> None:
    """check names a moved date at its mark, strictly too, until the mark is deleted."""
    plan(DAY)
    assert run("rollover", "2565", cwd=tmp_path).code == 0
    new = tmp_path / "plans" / "fy2565.yaml"
    found = json.loads(run("check", "--format", "json", cwd=tmp_path).out)["findings"]
    asked = [one for one in found if one["code"] == "U601"]
    assert [(one["file"], one["line"], one["severity"]) for one in asked] == [("plans/fy2565.yaml", 6, "warning")]
    assert "6 ต.ค. 2563" in asked[0]["message"]
    new.write_text(new.read_text("utf-8").replace(", confirm: 6 ต.ค. 2563", ""), "utf-8")
    assert "U601" not in run("check", cwd=tmp_path).out


def test_a_mark_cannot_be_accepted_away(run: Run, plan: Plan, tmp_path: Path) -> None:
    """`accepts: {U601: …}` is refused: the mark itself is to be deleted."""
    plan("- {id: day, title: ก, when: 6 ต.ค. 2563, confirm: x, accepts: {U601: เพราะ}}")
    ran = run("check", cwd=tmp_path)
    assert ran.code == 1
    assert "U308" in ran.out


def test_each_moved_date_is_told_with_its_own_day(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Rules of one activity do not borrow each other's day to act, nor does its review."""
    plan("""\
- id: contracts
  title: ก
  when:
  - {when: ภายใน 30 พ.ย. 2563, key: small}
  - {rule: on_date, date: 2564-03-31, key: big}
  - ทุกสิ้นเดือน
- {id: paper, title: ข, when: 28 พ.ย. 2563, review: ภายใน 22 พ.ย. 2563}
- {id: told, title: ค, when: ตามที่กรมแจ้ง ประมาณ ธ.ค. 2563}
""")
    assert run("rollover", "2565", "--dry-run", "--width", "200", cwd=tmp_path).out.splitlines()[4:9] == [
        "  contracts: ภายใน 30 พ.ย. 2563 → ภายใน 30 พ.ย. 2564  ทำภายใน อ. 30 พ.ย. 2564",
        "  contracts: 2564-03-31 → 2565-03-31  ทำภายใน พฤ. 31 มี.ค. 2565",
        "  paper: 28 พ.ย. 2563 → 28 พ.ย. 2564  ทำภายใน ศ. 26 พ.ย. 2564",
        "  paper: ภายใน 22 พ.ย. 2563 → ภายใน 22 พ.ย. 2564  เสนอภายใน จ. 22 พ.ย. 2564",
        "  told: ตามที่กรมแจ้ง ประมาณ ธ.ค. 2563 → ตามที่กรมแจ้ง ประมาณ ธ.ค. 2564",
    ]


def test_twice_changes_nothing(run: Run, plan: Plan, tmp_path: Path) -> None:
    """The second run refuses to write over the first one's plan, or over what became of it."""
    plan(DAY)
    assert run("rollover", "2565", cwd=tmp_path).code == 0
    new = tmp_path / "plans" / "fy2565.yaml"
    new.write_text(new.read_text("utf-8") + "# mine\n", "utf-8")
    before = new.read_bytes()
    ran = run("rollover", "2565", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "plans/fy2565.yaml" in ran.err
    assert new.read_bytes() == before
    assert sorted(one.name for one in new.parent.iterdir()) == ["fy2564.yaml", "fy2565.yaml"]


def test_dry_run_writes_nothing(run: Run, plan: Plan, tmp_path: Path) -> None:
    """The report without the file."""
    path = plan(DAY)
    assert "6 ต.ค. 2564" in run("rollover", "2565", "--dry-run", cwd=tmp_path).out
    assert [one.name for one in path.parent.iterdir()] == ["fy2564.yaml"]


def test_to_names_the_file(run: Run, plan: Plan, tmp_path: Path) -> None:
    """--to writes there, and nowhere else."""
    plan(DAY)
    assert run("rollover", "2566", "--to", "plans/new.yaml", cwd=tmp_path).code == 0
    assert "fiscal_year: 2566" in (tmp_path / "plans" / "new.yaml").read_text("utf-8")


def test_what_has_ended_becomes_a_comment(run: Run, plan: Plan, tmp_path: Path) -> None:
    """An activity from which nothing comes any more is kept as a comment and told; the plan has no fault."""
    plan("- {id: old, title: ก, when: ทุกเดือน, until: 2564-03}\n- {id: on, title: ข, when: ทุกเดือน}")
    ran = run("rollover", "2565", cwd=tmp_path)
    assert ran.code == 0
    assert "\n  old\n" in ran.out
    assert "      # - {id: old," in (tmp_path / "plans" / "fy2565.yaml").read_text("utf-8")
    assert run("check", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("every", "words", "over"),
    [
        ("once", ["set", "visit", "FY2564", "15 มี.ค. 2564"], True),
        ("once", ["cancel", "visit", "FY2564", "--reason", "งด"], True),
        ("once", ["set", "visit", "FY2564", "มี.ค. 2564"], False),
        ("once", ["set", "other", "FY2564", "15 มี.ค. 2564"], False),
        ("year", ["set", "visit", "FY2564", "15 มี.ค. 2564"], False),
    ],
)
def test_what_happens_once_is_over(
    run: Run, plan: Plan, tmp_path: Path, every: str, words: list[str], over: bool
) -> None:
    """Work that hangs on an event of once alone has ended with that event's day; with other work, it goes on."""
    events = f"visit: {{name: สตง. ตรวจ, every: {every}}}, other: {{name: สัมมนา, every: once}}"
    plan(
        "- {id: answer, title: ก, when: ภายใน 30 วันหลังสตง. ตรวจ}\n"
        "- {id: both, title: ข, when: [ภายใน 30 วันหลังสตง. ตรวจ, ทุกสิ้นเดือน]}\n"
        "- {id: monthly, title: ค, when: ทุกสิ้นเดือน}\n",
        top=f"events: {{{events}}}\n",
    )
    assert run("event", *words, cwd=tmp_path).code == 0
    assert run("rollover", "2566", cwd=tmp_path).code == 0
    text = (tmp_path / "plans" / "fy2566.yaml").read_text("utf-8")
    assert ("# - {id: answer," in text) == over
    assert text.count("# - {id:") == over
    assert run("check", cwd=tmp_path).code == 0


def test_every_plan_of_the_year(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Each group's file gets its next year's; one of them existing already, none is written."""
    plan(DAY)
    plan("- {id: other, title: ข, when: ทุกเดือน}", "fy2564-policy.yaml")
    assert run("rollover", "2565", "--to", "plans/x.yaml", cwd=tmp_path).code == 2
    taken = tmp_path / "plans" / "fy2565.yaml"
    taken.write_text("# empty\n", "utf-8")
    assert run("rollover", "2565", "--plan", "plans/fy2564*.yaml", cwd=tmp_path).code == 3
    taken.unlink()
    assert run("rollover", "2565", cwd=tmp_path).code == 0
    assert sorted(one.name for one in taken.parent.iterdir()) == [
        "fy2564-policy.yaml", "fy2564.yaml", "fy2565-policy.yaml", "fy2565.yaml",
    ]  # fmt: skip
    assert run("check", cwd=tmp_path).code == 0


def test_the_report_tells_what_is_still_open(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Work of the old year that is neither done nor waived is named; what is done is not."""
    plan("- {id: quarterly, title: ก, when: ทุกสิ้นไตรมาส}")
    assert run("done", "quarterly@2564-Q1", cwd=tmp_path, env={"USTM_TODAY": "2564-09-30"}).code == 0
    out = run("rollover", "2565", cwd=tmp_path, env={"USTM_TODAY": "2564-09-30"}).out
    open_now = out.partition("ยังค้าง")[2]
    assert "quarterly@2564-Q2" in open_now
    assert "quarterly@2564-Q1" not in open_now


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["2564"], 2),
        (["2563"], 2),
        (["2022"], 2),
        (["25x5"], 2),
        (["2599"], 2),
        (["-1"], 2),
        ([], 2),
        (["2565", "--to", "nowhere/x.yaml"], 3),
        (["2565", "--to", "plans"], 3),
        (["2565", "--to", "plans/fy2564.yaml"], 3),
    ],
)
def test_bad_input_is_refused(run: Run, plan: Plan, tmp_path: Path, words: list[str], code: int) -> None:
    """With the promised code, nothing on stdout, a sentence on stderr, and nothing written."""
    path = plan(DAY)
    before = path.read_bytes()
    ran = run("rollover", *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.strip()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["fy2564.yaml"]


def test_a_faulty_plan_is_not_carried(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Its faults on stderr, exit 3, nothing written."""
    path = plan("- {id: a, title: ก, when: ทุกวันหยุด}")
    ran = run("rollover", "2565", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "U201" in ran.err
    assert [one.name for one in path.parent.iterdir()] == ["fy2564.yaml"]


def test_a_new_plan_with_faults_is_not_written(run: Run, plan: Plan, tmp_path: Path) -> None:
    """An include that the new place does not have: refused before anything is written."""
    plan("- {id: a, title: ก, when: ก่อนประชุม 3 วัน}", top="include: [shared.yaml]\n")
    (tmp_path / "plans" / "shared.yaml").write_text("events: {m: {name: ประชุม, every: month}}\n", "utf-8")
    (tmp_path / "other").mkdir()
    ran = run("rollover", "2565", "--to", "other/fy2565.yaml", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "U116" in ran.err
    assert not list((tmp_path / "other").iterdir())
    assert run("rollover", "2565", cwd=tmp_path).code == 0


def test_two_languages_one_plan(run: Run, plan: Plan, tmp_path: Path) -> None:
    """The report speaks English; the plan is the same."""
    plan(DAY)
    thai = run("rollover", "2565", cwd=tmp_path)
    new = tmp_path / "plans" / "fy2565.yaml"
    text = new.read_bytes()
    new.unlink()
    english = run("rollover", "2565", "--lang", "en", cwd=tmp_path)
    assert new.read_bytes() == text
    assert "1 date moved" in english.out
    assert thai.out != english.out


def test_shared_files_are_left_and_told(run: Run, plan: Plan, tmp_path: Path) -> None:
    """An included file serves several years: it is not written, but an expected day of another year is named."""
    plan("- {id: a, title: ก, when: ก่อนประชุม 3 วัน}", top="include: [shared.yaml]\n")
    shared = tmp_path / "plans" / "shared.yaml"
    event = "every: year, expected: พ.ค. 2564"
    shared.write_text(f"events: {{assembly: {{name: ประชุม, {event}}}, unused: {{name: สัมมนา, {event}}}}}\n", "utf-8")
    before = shared.read_bytes()
    out = run("rollover", "2565", cwd=tmp_path).out
    assert "\n  assembly\n" in out
    assert "unused" not in out
    assert shared.read_bytes() == before
    assert "U404" not in run("check", cwd=tmp_path).out
    shared.write_text(before.decode().replace(" 2564", ""), "utf-8")
    assert "assembly" not in run("rollover", "2566", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("name", "new"),
    [("fy2564.yaml", "fy2565.yaml"), ("fy2564-policy.yml", "fy2565-policy.yml"), ("office.yaml", "office-2565.yaml")],
)
def test_next_name(name: str, new: str) -> None:
    """The year in a name becomes the new one; a name without gets it."""
    assert next_name(Path(name), 2564, 2565) == new
