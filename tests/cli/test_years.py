"""A plan lives in git for years: the whole story with real git, and several plans side by side."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Plan = Callable[..., Path]
TOP = Path(__file__).parents[2]
REAL = TOP / "plans" / "fy2564.yaml"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    for name, value in {
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "ก", "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "ก", "GIT_COMMITTER_EMAIL": "a@b",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def call(*words: str) -> str:
        found = subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, check=False)
        assert found.returncode == 0, found.stdout.decode() + found.stderr.decode()
        return found.stdout.decode()

    call("init", "-q", "-b", "main")
    return call


def words_of_comments(text: str) -> Counter[str]:
    """Every comment line by its words, read without our own parser."""
    return Counter(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


def ok(ran: Any) -> str:
    assert ran.code == 0, ran.err + ran.out
    return str(ran.out)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_real_plan_through_the_years(run: Run, git: Any, tmp_path: Path) -> None:
    """Rolled over to 2565 and 2570, reviewed by diff, edited, formatted, merged from two branches, and checked."""

    def ustm(*words: str) -> Any:
        return run(*words, cwd=tmp_path, env={"USTM_TODAY": "2564-09-15"})

    plans = tmp_path / "plans"
    plans.mkdir()
    shutil.copy(REAL, plans)
    shutil.copy(TOP / ".gitattributes", tmp_path)
    git("add", ".")
    git("commit", "-qm", "2564")
    comments = words_of_comments(REAL.read_text("utf-8"))

    # 2565, and 2570 in one step and by way of 2565
    ok(ustm("rollover", "2565"))
    next_plan = plans / "fy2565.yaml"
    ok(ustm("rollover", "2570", "--plan", "plans/fy2564.yaml", "--to", "direct.yaml"))
    ok(ustm("rollover", "2570"))
    assert (plans / "fy2570.yaml").read_bytes() == (tmp_path / "direct.yaml").read_bytes()
    (tmp_path / "direct.yaml").unlink()
    assert words_of_comments((plans / "fy2570.yaml").read_text("utf-8")) == comments
    assert ustm("rollover", "2570").code == 3
    (plans / "fy2570.yaml").unlink()

    # review: nothing lost, only dates of the new year
    found = json.loads(ok(ustm("diff", "--format", "json")))
    assert found["summary"]["removed"] == found["summary"]["moved"] == 0
    assert {one["fiscal_year"] for one in found["changes"]} == {2565}
    across = json.loads(ok(ustm("diff", "plans/fy2564.yaml", "plans/fy2565.yaml", "--format", "json")))
    assert across["summary"]["removed"] == 0
    ok(ustm("fmt"))
    git("add", ".")
    git("commit", "-qm", "2565")

    # two people at once: one confirms and mends a date, the other changes a rule far away; both lay out and check
    git("checkout", "-qb", "dates")
    text = next_plan.read_text("utf-8")
    mended = re.sub(r"when: 6 ต\.ค\. 2564\n +confirm: .*\n", "when: 8 ต.ค. 2564  # เลื่อนตามกรม\n", text, count=1)
    assert mended != text
    next_plan.write_text(mended, "utf-8", newline="\n")
    assert [one["id"] for one in json.loads(ok(ustm("diff", "--format", "json")))["changes"]] == [
        "area-announce@FY2565"
    ]
    ok(ustm("fmt"))
    git("commit", "-qam", "8 October")
    git("checkout", "-q", "main")
    git("checkout", "-qb", "rule")
    rule = "        when: ทุกเดือน ภายใน 45 วันนับจากสิ้นเดือน\n"
    assert text.count(rule) == 1
    # Written carelessly, on purpose: fmt mends it.
    next_plan.write_text(text.replace(rule, "        when:   ทุกเดือน ภายใน 40 วันนับจากสิ้นเดือน\n"), "utf-8", newline="\n")
    assert ustm("fmt", "--check").code == 1
    ok(ustm("fmt"))
    git("commit", "-qam", "40 days")
    git("checkout", "-q", "main")
    git("merge", "-q", "--no-edit", "dates")
    git("merge", "-q", "--no-edit", "rule")

    # the merge is both changes and nothing else
    merged = json.loads(ok(ustm("diff", "HEAD~2", "--format", "json")))
    assert {one["activity"] for one in merged["changes"]} <= {"area-announce", "ef-monthly"}
    assert {one["activity"] for one in json.loads(ok(ustm("diff", "main...rule", "--format", "json")))["changes"]} <= {
        "ef-monthly"
    }
    ok(ustm("fmt", "--check"))
    out = ok(ustm("check", "--format", "concise"))
    assert " U601 " in out
    final = next_plan.read_text("utf-8")
    assert words_of_comments(final) == comments
    assert "# เลื่อนตามกรม" in final
    assert "ภายใน 40 วัน" in final
    ok(ustm("diff", "--holiday", "2564-10-11"))


# ---- several plans


def test_an_id_is_used_once_in_a_year_and_folder(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Two files of one year: told with both places, exit 1; another year, or another folder, may use it again."""
    plan("- {id: same, title: ก, when: ทุกเดือน}")
    plan("- {id: other, title: ก}\n- {id: same, title: ข, when: ทุกเดือน}", "fy2564-policy.yaml")
    ran = run("check", "--format", "concise", cwd=tmp_path)
    assert ran.code == 1
    assert ran.out.count("U301") == 1
    assert re.search(
        r"^plans/fy2564(-policy)?\.yaml:\d+:\d+: U301 .*plans/fy2564(-policy)?\.yaml:\d+", ran.out, re.MULTILINE
    )
    both = set(re.findall(r"plans/fy2564(?:-policy)?\.yaml:\d+", ran.out))
    assert both == {"plans/fy2564.yaml:6", "plans/fy2564-policy.yaml:7"}
    (tmp_path / "plans" / "fy2564-policy.yaml").unlink()
    plan("- {id: same, title: ข, when: ทุกเดือน}", "fy2565.yaml", year=2565)
    assert run("check", cwd=tmp_path).code == 0


def test_an_activity_is_shown_as_the_year_of_today_has_it(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Not as the last plan has it; outside all plans as the nearest one."""
    plan("- {id: a, title: ก, when: ทุกเดือน ภายในวันที่ 10}")
    plan("- {id: a, title: ก, when: ทุกเดือน ภายในวันที่ 20}", "fy2565.yaml", year=2565)
    for today, day in (("2563-09-01", 10), ("2564-09-30", 10), ("2564-10-01", 20), ("2570-01-01", 20)):
        for words in (["show", "a"], ["explain", "a"]):
            found = ok(run(*words, "--format", "json", "--today", today, cwd=tmp_path))
            assert f'"day": {day}' in found
            assert all(one["deadline"].endswith(f"-{day}") for one in json.loads(found)["obligations"])


def test_plans_of_one_folder_are_one_office(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Every group's file is read; events and holidays that they share are written once."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "shared.yaml").write_text(
        "events:\n  meeting: {name: ประชุม, every: month}\nholidays:\n  - {date: 2563-11-13, name: วันสำนักงาน}\n", "utf-8"
    )
    top = "include: [shared.yaml]\n"
    plan("- {id: one, title: ก, when: ก่อนประชุม 2 วัน}", "fy2564-a.yaml", top=top, group="ก")
    plan(
        "- {id: two, title: ข, when: 13 พ.ย. 2563}\n- {id: three, title: ค, when: ก่อนประชุม 3 วัน}",
        "fy2564-b.yaml",
        top=top,
        group="ข",
    )
    found = json.loads(
        ok(run("due", "--from", "2563-10-01", "--to", "2564-09-30", "--all", "--format", "json", cwd=tmp_path))
    )
    rows = {one["id"]: one for one in found["obligations"]}
    assert {one["group"] for one in rows.values()} == {"ก", "ข"}
    assert rows["two@FY2564"]["act_by"] == "2020-11-12"
    ok(run("event", "set", "meeting", "2563-12", "2563-12-17", "--by", "ก", cwd=tmp_path))
    found = json.loads(ok(run("due", "--from", "2563-12-01", "--to", "2563-12-31", "--format", "json", cwd=tmp_path)))
    dated = {
        one["id"]: one["deadline"] for one in found["obligations"] if one["deadline"] and one["id"] != "two@FY2564"
    }
    assert dated == {"one@2563-12": "2020-12-15", "three@2563-12": "2020-12-14"}


def test_the_hooks_are_commands_of_ours(run: Run) -> None:
    """Every hook's entry is a command with options that it has."""
    text = (TOP / ".pre-commit-hooks.yaml").read_text("utf-8")
    entries = re.findall(r"entry: ustm (.+)", text)
    assert entries == ["check", "fmt", "render --check"]
    for entry in entries:
        assert run(*entry.split(), "--help").code == 0
    assert text.count("pass_filenames: false") == len(entries)


FAR = """
- {id: after, title: ก, when: ภายใน 60 วันทำการหลังประชุม}
- {id: letter, title: ข, when: ตามที่ได้รับแจ้ง}
- {id: case, title: ค, when: ภายใน 60 วันทำการนับจากรับเรื่อง}
"""
NOT_REVIEWED = "หมายเหตุ: วันหยุดปีงบประมาณ {} ยังไม่ได้ตรวจทาน\n"
NOT_KNOWN = "หมายเหตุ: ไม่มีข้อมูลวันหยุดปีงบประมาณ {} จึงนับเฉพาะเสาร์อาทิตย์เป็นวันหยุด\n"


def test_years_that_records_lead_into(plan: Plan, run: Run, tmp_path: Path) -> None:
    """A record that leads into a year that nobody reviewed says so at once, and every answer says it after that."""
    plan(FAR, top="events: {m: {name: ประชุม, every: month}}\n")
    words = ("--by", "ก", "--today", "2564-09-29")
    assert run("due", *words[2:], cwd=tmp_path).err == ""
    assert run("event", "set", "m", "2564-09", "2564-09-28", *words, cwd=tmp_path).err == NOT_REVIEWED.format(2565)
    err = run("notify", "letter", "--due", "2580-04-13", *words, cwd=tmp_path).err
    beyond = "13 เม.ย. 2580 อยู่นอกปีงบประมาณ 2564 ถ้าปีผิด บันทึกใหม่ด้วยวันที่ถูก\n"
    assert err == NOT_REVIEWED.format(2565) + beyond + NOT_KNOWN.format(2580)
    both = NOT_REVIEWED.format(2565) + NOT_KNOWN.format(2580)
    assert run("receive", "case", *words, cwd=tmp_path).err == both
    for command in (("due",), ("explain", "after"), ("explain", "after@2564-09"), ("show", "after")):
        assert run(*command, *words[2:], cwd=tmp_path).err == both
    assert run("explain", "after", *words[2:], "--plan", "plans/fy2564.yaml", cwd=tmp_path).err == both


EXPLAINED = [
    # (phrase, year, what is said beside the answer)
    ("15 เม.ย. 2564", "2564", ""),
    ("15 เม.ย. 2565", "2564", NOT_REVIEWED.format(2565)),
    ("15 เม.ย. 2577", "2564", NOT_KNOWN.format(2577)),
    ("15 เม.ย. 2580", "2575", NOT_REVIEWED.format(2575) + NOT_KNOWN.format(2580)),
    ("ทุกเดือน", "2565", NOT_REVIEWED.format(2565)),
    # The first working day on or before it lies in the year before.
    ("ภายใน 3 ต.ค. 2564", "2564", NOT_REVIEWED.format(2565)),
]


@pytest.mark.parametrize(("phrase", "year", "said"), EXPLAINED)
def test_years_that_a_phrase_leads_into(phrase: str, year: str, said: str, run: Run, tmp_path: Path) -> None:
    """The explanation of a phrase names every year that its days lie in and nobody reviewed, or the table lacks."""
    assert run("explain", phrase, "--year", year, cwd=tmp_path).err == said
