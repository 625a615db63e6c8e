"""`ustm diff` as it is typed, with real git."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.render.wrap import width as cells_of

Run = Callable[..., Any]
Plan = Callable[..., Path]
TOP = Path(__file__).parents[2]
REPORT = "- {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}"
LATER = REPORT.replace("10 ของ", "12 ของ")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run git in a repository of the test's own, untouched by the machine's settings."""
    for name, value in {
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "ก", "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "ก", "GIT_COMMITTER_EMAIL": "a@b", "GIT_AUTHOR_DATE": "2020-10-01T09:00:00+07:00",
        "GIT_COMMITTER_DATE": "2020-10-01T09:00:00+07:00", "PYTHONPATH": str(TOP),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def call(*words: str, code: int = 0) -> str:
        found = subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, check=False)
        assert found.returncode == code, found.stderr.decode()
        return found.stdout.decode()

    call("init", "-q", "-b", "main")
    return call


@pytest.fixture
def repository(git: Callable[..., str], plan: Plan) -> Callable[..., str]:
    """One commit with one plan."""
    plan(REPORT)
    git("add", ".")
    git("commit", "-qm", "one")
    return git


def changed(run: Run, cwd: Path, *words: str) -> list[tuple[str, str, str | None, str | None]]:
    """(kind, id, old deadline, new deadline) of every change."""
    ran = run("diff", *words, "--format", "json", cwd=cwd)
    assert ran.code == 0, ran.err
    return [
        (one["change"], one["id"], *(one[side] and one[side]["deadline"] for side in ("old", "new")))
        for one in json.loads(ran.out)["changes"]
    ]


def test_work_tree_against_head(run: Run, plan: Plan, repository: Any, tmp_path: Path) -> None:
    """By default: what is not committed yet, as dates."""
    assert changed(run, tmp_path) == []
    plan(LATER)
    found = changed(run, tmp_path)
    assert len(found) == 12
    assert found[0] == ("moved", "report@2563-09", "2020-10-10", "2020-10-12")
    assert changed(run, tmp_path, "HEAD") == found


def test_two_revisions(run: Run, plan: Plan, repository: Any, tmp_path: Path) -> None:
    """A..B compares commits, whatever stands in the work tree; either end may be left out."""
    plan(LATER)
    repository("commit", "-qam", "two")
    plan(REPORT + "\n- {id: new, title: ใหม่, when: 1 ธ.ค. 2563}")
    assert len(changed(run, tmp_path, "HEAD~1..HEAD")) == 12
    assert changed(run, tmp_path, "HEAD~1..") == changed(run, tmp_path, "HEAD~1..HEAD")
    assert [one[:2] for one in changed(run, tmp_path, "HEAD~1")] == [("added", "new@FY2564")]


def test_three_dots_are_what_a_branch_did(run: Run, plan: Plan, repository: Any, tmp_path: Path) -> None:
    """main...branch leaves out what main did since."""
    repository("checkout", "-qb", "branch")
    plan(REPORT + "\n- {id: new, title: ใหม่, when: 1 ธ.ค. 2563}")
    repository("commit", "-qam", "branch")
    repository("checkout", "-q", "main")
    plan(LATER)
    repository("commit", "-qam", "main")
    assert [one[:2] for one in changed(run, tmp_path, "main...branch")] == [("added", "new@FY2564")]
    assert len(changed(run, tmp_path, "main..branch")) == 13


def test_a_file_that_is_new_or_gone(run: Run, plan: Plan, repository: Any, tmp_path: Path) -> None:
    """A whole plan may be added or removed."""
    other = plan("- {id: old, title: เก่า, when: 1 ต.ค. 2562}", "fy2563.yaml", year=2563)
    assert changed(run, tmp_path) == [("added", "old@FY2563", None, "2019-10-01")]
    repository("add", ".")
    repository("commit", "-qm", "two")
    other.unlink()
    assert changed(run, tmp_path) == [("removed", "old@FY2563", "2019-10-01", None)]


@pytest.mark.parametrize("name", ["shared.yaml", "shared.txt", "sub/events"])
def test_includes_are_of_their_revision(name: str, run: Run, plan: Plan, git: Any, tmp_path: Path) -> None:
    """A shared file, whatever it is called, is read as it stood then, not as it stands now."""
    shared = tmp_path / "plans" / name
    plan("- {id: paper, title: เอกสาร, when: ก่อนประชุม 1 วัน}", top=f"include: [first.txt, {name}]\n")
    shared.parent.mkdir(exist_ok=True)
    (tmp_path / "plans" / "first.txt").write_text("include: [second.txt]\n", "utf-8")
    (tmp_path / "plans" / "second.txt").write_text("holidays: [{date: 2564-03-01}]\n", "utf-8")
    shared.write_text("events: {m: {name: ประชุม, every: year, expected: 2564-03-10}}\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "one")
    shared.write_text("events: {m: {name: ประชุม, every: year, expected: 2564-03-17}}\n", "utf-8")
    ran = json.loads(run("diff", "--format", "json", cwd=tmp_path).out)["changes"]
    assert [(one["old"]["known_by"], one["new"]["known_by"]) for one in ran] == [("2021-03-09", "2021-03-16")]


def test_recorded_events_date_both_sides(run: Run, plan: Plan, git: Any, tmp_path: Path) -> None:
    """What is recorded now holds for the old plan too, so that only the plan's change shows."""
    top = "events: {m: {name: ประชุม, every: month}}\n"
    plan("- {id: paper, title: เอกสาร, when: ก่อนประชุม 3 วัน}", top=top)
    git("add", ".")
    git("commit", "-qm", "one")
    assert run("event", "set", "m", "2563-12", "2563-12-17", "--by", "ก", cwd=tmp_path).code == 0
    assert changed(run, tmp_path) == []
    plan("- {id: paper, title: เอกสาร, when: ก่อนประชุม 2 วัน}", top=top)
    assert ("moved", "paper@2563-12", "2020-12-14", "2020-12-15") in changed(run, tmp_path)


def test_two_files(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Two files need no git; of two years, the same day is no change."""
    one = plan(REPORT + "\n- {id: day, title: ก, when: 6 ต.ค. 2563}")
    two = plan(REPORT + "\n- {id: day, title: ก, when: 8 ต.ค. 2564}", "fy2565.yaml", year=2565)
    found = changed(run, tmp_path, str(one), str(two))
    assert ("moved", "day@FY2565", "2020-10-06", "2021-10-08") in found
    assert all(old and new and old[5:] == new[5:] for _, id, old, new in found if id.startswith("report"))


@pytest.mark.parametrize(
    ("day", "ids"),
    [
        # A working day that becomes a holiday; 12 Nov 2563 is a Thursday.
        ("2563-11-10", [("report@2563-10", "2020-11-10", "2020-11-09", True)]),
        # A Gregorian year is understood.
        ("2020-11-10", [("report@2563-10", "2020-11-10", "2020-11-09", True)]),
        # 10 Dec 2563 is Constitution Day: cancelled, the work can wait for it.
        ("2563-12-10", [("report@2563-11", "2020-12-09", "2020-12-10", False)]),
        # Nothing falls on it.
        ("2563-11-04", []),
    ],
)
def test_a_holiday_more_or_less(run: Run, plan: Plan, tmp_path: Path, day: str, ids: list[Any]) -> None:
    """Every obligation that moves, and whether it lost the very day; no git needed."""
    plan(REPORT)
    found = json.loads(run("diff", "--holiday", day, "--format", "json", cwd=tmp_path).out)["changes"]
    assert [(one["id"], one["old"]["act_by"], one["new"]["act_by"], one["lost_day"]) for one in found] == ids


def test_a_holiday_over_offices_with_the_same_ids(run: Run, offices: Callable[[str], str], tmp_path: Path) -> None:
    """Each office's obligation is compared with its own, and the lines say whose they are."""
    words = ("diff", "--holiday", "2563-11-10", "--plan", offices(REPORT))
    ran = run(*words, "--format", "json", cwd=tmp_path)
    found = json.loads(ran.out)
    assert {(one["change"], one["id"], one["office"]) for one in found["changes"]} == {
        ("moved", "report@2563-10", "เหนือ"), ("moved", "report@2563-10", "ใต้"),
    }  # fmt: skip
    assert found["summary"]["moved"] == 2
    for more in ((), ("--format", "md"), ("--width", "50")):
        out = run(*words, *more, cwd=tmp_path).out
        assert "report@2563-10 · เหนือ" in out
        assert "report@2563-10 · ใต้" in out


def test_the_real_plan_and_a_holiday(run: Run) -> None:
    """27 July 2564 was made a holiday and unmade again; if it were one, two obligations would lose it."""
    ran = run("diff", "--holiday", "2564-07-27", "--format", "json")
    found = json.loads(ran.out)["changes"]
    assert sorted(one["id"] for one in found if one["lost_day"]) == [
        "spending-monthly@2564-07.w4", "spending-weekly@2564-W30",
    ]  # fmt: skip


def test_formats_say_the_same(run: Run, plan: Plan, repository: Any, tmp_path: Path) -> None:
    """Table, Markdown and JSON name the same obligations; a title's bars stay inside its cell."""
    plan(LATER.replace("title: รายงาน", "title: 'ก | <b> ข'"))
    ids = [one[1] for one in changed(run, tmp_path)]
    table = run("diff", cwd=tmp_path).out
    marked = run("diff", "--format", "md", cwd=tmp_path).out
    assert all(id in table and id in marked for id in ids)
    assert r"ก \| &lt;b&gt; ข" in marked
    assert len({line.count(" | ") for line in marked.splitlines() if line.startswith("| ")}) == 1


@pytest.mark.parametrize("width", [30, 60, 80, 100, 140])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_table_fits(run: Run, plan: Plan, repository: Any, tmp_path: Path, width: int, lang: str) -> None:
    """No line is wider than the screen."""
    plan(LATER)
    ran = run("diff", "--width", str(width), "--lang", lang, cwd=tmp_path)
    assert ran.code == 0
    assert max(map(cells_of, ran.out.splitlines())) <= width


def test_git_diff_shows_dates(run: Run, plan: Plan, repository: Any, tmp_path: Path) -> None:
    """As a textconv driver: plain `git diff` shows the words and the dates that change."""
    (tmp_path / ".gitattributes").write_text("plans/*.yaml diff=ustm\n", "utf-8")
    repository("config", "diff.ustm.textconv", f"'{sys.executable}' -m ustm_cli diff --textconv")
    plan(LATER)
    found = repository("diff")
    assert "-      - {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}" in found
    assert "-report@2563-10  อ. 10 พ.ย. 2563" in found
    assert "+report@2563-10  พฤ. 12 พ.ย. 2563" in found


def test_textconv_of_a_faulty_plan_is_its_text(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A plan that cannot be expanded must not break `git diff`; the same plan gives the same bytes on any day."""
    path = plan("- {id: a, title: ก, when: ทุกวันหยุด}")
    ran = run("diff", "--textconv", path, cwd=tmp_path)
    assert (ran.code, ran.out) == (0, path.read_text("utf-8"))
    path = plan(REPORT)
    days = [
        run("diff", "--textconv", path, cwd=tmp_path, env={"USTM_TODAY": day}).out
        for day in ("2563-10-01", "2570-01-01")
    ]
    assert days[0] == days[1]
    assert days[0].startswith(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nope"], 2),
        (["HEAD..nope"], 2),
        (["-x"], 2),
        (["--", "--upload-pack=x"], 2),
        (["HEAD:plans"], 2),
        (["HEAD\n"], 2),
        (["a", "b", "c"], 2),
        (["HEAD", "--holiday", "2563-11-10"], 2),
        (["--holiday", "2563-13-10"], 2),
        (["--holiday", "2563-11-15"], 2),
        (["--format", "xml"], 2),
        (["nowhere.yaml", "plans/fy2564.yaml"], 3),
        (["--textconv", "nowhere.yaml"], 3),
        (["--textconv", "plans"], 3),
    ],
)
def test_bad_input_is_refused(run: Run, repository: Any, tmp_path: Path, words: list[str], code: int) -> None:
    """With the promised code, a sentence, and nothing on stdout."""
    ran = run("diff", *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.strip()


def test_without_a_repository_or_a_commit(
    run: Run, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said as what it is, exit 3, or 2 where only the revision is missing."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    plan(REPORT)
    assert run("diff", cwd=tmp_path).code == 3
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert run("diff", cwd=tmp_path).code == 2
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("diff", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")


def test_a_faulty_old_side(run: Run, plan: Plan, git: Any, tmp_path: Path) -> None:
    """Faults of the plan as it stood are told with the revision's name, exit 3."""
    plan("- {id: a, title: ก, when: ทุกวันหยุด}")
    git("add", ".")
    git("commit", "-qm", "bad")
    plan(REPORT)
    ran = run("diff", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "HEAD:plans/fy2564.yaml:6:" in ran.err


# ---- sides that are not whole


def test_a_partly_faulty_old_side(run: Run, plan: Plan, git: Any, tmp_path: Path) -> None:
    """Of two plans as they stood the whole one is compared, the other's faults are told: exit 4."""
    plan("- {id: a, title: ก, when: ทุกวันหยุด}", "fy2563.yaml", year=2563)
    plan(REPORT)
    git("add", ".")
    git("commit", "-qm", "one")
    (tmp_path / "plans" / "fy2563.yaml").unlink()
    plan(LATER)
    ran = run("diff", "--format", "json", cwd=tmp_path)
    assert ran.code == 4
    assert "HEAD:plans/fy2563.yaml:6:" in ran.err
    assert len(json.loads(ran.out)["changes"]) == 12


def test_faulty_plans_of_now_do_not_hide_two_revisions(run: Run, plan: Plan, repository: Any, tmp_path: Path) -> None:
    """A..B is compared though the work tree's plans, or their record, cannot be read, or are gone."""
    plan(LATER)
    repository("commit", "-qam", "two")
    found = changed(run, tmp_path, "HEAD~1..HEAD")
    register = tmp_path / "plans" / "fy2564.register.jsonl"
    register.mkdir()
    assert changed(run, tmp_path, "HEAD~1..HEAD") == found
    register.rmdir()
    plan("- {id: a, title: ก, when: ทุกวันหยุด}").unlink()
    assert changed(run, tmp_path, "HEAD~1..HEAD") == found
    assert len(found) == 12


@pytest.mark.parametrize(("words", "code", "said"), [
    (["main...orphan"], 2, "ไม่มี"),
    (["--plan", "plans/fy2564.yaml", "--plan", "other/fy2564.yaml"], 3, "คนละโฟลเดอร์"),
    (["--plan", "nowhere.yaml"], 3, "nowhere.yaml"),
])  # fmt: skip
def test_no_common_ground(run: Run, repository: Any, tmp_path: Path, words: list[str], code: int, said: str) -> None:
    """Branches that never parted, plans of two folders, a plan that is not there: refused with a reason."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "fy2564.yaml").write_bytes((tmp_path / "plans" / "fy2564.yaml").read_bytes())
    repository("checkout", "-q", "--orphan", "orphan")
    repository("commit", "-qm", "alone")
    ran = run("diff", *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_a_repository_whose_work_tree_is_elsewhere(run: Run, repository: Any, tmp_path: Path) -> None:
    """Where git keeps these plans for another folder there is nothing here to compare: exit 3."""
    (tmp_path / "elsewhere").mkdir()
    repository("config", "core.worktree", str(tmp_path / "elsewhere"))
    ran = run("diff", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")


def test_a_git_that_does_not_answer(run: Run, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that hangs is given up: exit 3 with its name and the time."""
    plan(REPORT)
    program = tmp_path / "programs" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr("ustm_cli.cli.git.SECONDS", 0.2)
    ran = run("diff", cwd=tmp_path, env={"PATH": f"{program.parent}:/usr/bin:/bin"})
    assert (ran.code, ran.out) == (3, "")
    assert "0.2 s" in ran.err


def test_textconv_away_from_any_plans(run: Run, plan: Plan, tmp_path: Path) -> None:
    """git gives a copy in its own folder: dated there too; with an include that is nowhere, it is its text."""
    text = plan(REPORT).read_text("utf-8")
    away = tmp_path / "away"
    away.mkdir()
    (tmp_path / "plans").rename(tmp_path / "gone")
    (away / "copy.yaml").write_text(text, "utf-8")
    assert "report@2563-10" in run("diff", "--textconv", "copy.yaml", cwd=away).out
    (away / "copy.yaml").write_text("include: [shared.yaml]\n" + text, "utf-8")
    assert run("diff", "--textconv", "copy.yaml", cwd=away).out == "include: [shared.yaml]\n" + text


@pytest.mark.usefixtures("ordinary")
def test_textconv_without_permission(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A file that may not be read: exit 3 with its name."""
    path = plan(REPORT)
    path.chmod(0)
    ran = run("diff", "--textconv", path, cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "fy2564.yaml" in ran.err
