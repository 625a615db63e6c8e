"""Shell completion: what is offered, how it is kept, and the scripts in the shells that are here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.cli.app import COMMANDS
from ustm_cli.cli.commands.completion import SCRIPTS

Run = Callable[..., Any]
Plan = Callable[..., Path]
TOP = Path(__file__).parents[2]
TWO = "- {id: report, title: ก, when: ทุกสิ้นไตรมาส}\n- {id: paper, title: ข, when: ก่อนประชุม 2 วัน}"
TOPPED = "events: {meeting: {name: ประชุม, every: quarter}}\n"


@pytest.fixture
def offered(run: Run, plan: Plan, tmp_path: Path) -> Callable[..., list[str]]:
    """What is offered for a line as it is typed; its last word is the one being typed."""
    plan(TWO, top=TOPPED)

    def ask(line: str, **env: str) -> list[str]:
        *before, typed = line.split(" ")
        words = ["--", *before, typed] if typed else ["--next", "--", *before]
        kept = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "USTM_NO_CACHE": ""}
        ran = run("_complete", *words, cwd=tmp_path, env=kept | env)
        assert (ran.code, ran.err) == (0, "")
        return ran.out.splitlines()

    return ask


def test_commands_and_options(offered: Callable[..., list[str]]) -> None:
    """The first word is a command; a word that begins with - is an option of it, or of all."""
    assert offered("") == list(COMMANDS)
    assert offered("rollo") == ["rollover"]
    assert offered("rollover --t") == ["--to", "--today"]
    assert "--holiday" in offered("diff --")
    assert offered("--plan plans/fy2564.yaml rollo") == ["rollover"]


def test_ids(offered: Callable[..., list[str]]) -> None:
    """Activities, obligations, events and periods, each where the command takes it."""
    assert offered("show re") == ["report", "report@2564-Q1", "report@2564-Q2", "report@2564-Q3", "report@2564-Q4"]
    assert offered("explain report@2564-Q1") == ["report@2564-Q1"]
    assert offered("due --activity pa") == ["paper"]
    assert offered("event set ") == ["meeting"]
    assert offered("event set meeting 2564-Q4") == ["2564-Q4"]
    assert offered("done pap") == [f"paper@2564-Q{number}" for number in (1, 2, 3, 4)]


def test_kept_answers_follow_the_plan(offered: Callable[..., list[str]], plan: Plan, run: Run, tmp_path: Path) -> None:
    """An answer is kept, and asked anew as soon as a plan or a record changes."""
    assert offered("show n") == []
    assert list((tmp_path / "cache" / "ustm").glob("complete-*"))
    plan(TWO.replace("id: report", "id: newer"), top=TOPPED)
    assert offered("show newer@2564-Q1") == ["newer@2564-Q1"]
    assert "newer@2564-Q1" in offered("done newer")
    assert run("done", "newer@2564-Q1", "--on", "2563-12-30", "--force", "--by", "ก", cwd=tmp_path).code == 0
    assert "newer@2564-Q1" not in offered("done newer")


def test_without_a_cache(offered: Callable[..., list[str]], tmp_path: Path) -> None:
    """USTM_NO_CACHE keeps nothing; a cache that cannot be written is no fault."""
    assert offered("due --activity pa", USTM_NO_CACHE="1") == ["paper"]
    assert not (tmp_path / "cache").exists()
    (tmp_path / "cache").write_text("a file in the way", "utf-8")
    assert offered("due --activity pa") == ["paper"]


@pytest.mark.parametrize(
    "line", ["show ", "nothing ", "due --nope ", "--plan", "event set nope ", "show a b c", "--lang xx show "]
)
def test_a_shell_is_never_disturbed(run: Run, plan: Plan, tmp_path: Path, line: str) -> None:
    """With a faulty plan, or words that make no sense: no sound on stderr, exit 0."""
    plan("- {id: a, title: ก, whenn: x}")
    ran = run(
        "_complete",
        "--",
        *line.split(" "),
        cwd=tmp_path,
        env={"XDG_CACHE_HOME": str(tmp_path / "cache"), "USTM_DEBUG": ""},
    )
    assert (ran.code, ran.err) == (0, "")
    assert run("_complete", cwd=tmp_path).code == 0


def test_an_unknown_shell_is_refused(run: Run) -> None:
    """Exit 2, nothing on stdout, those that are known are named."""
    for words in (["tcsh"], []):
        ran = run("completion", *words)
        assert (ran.code, ran.out) == (2, "")
    assert "powershell" in run("completion", "tcsh").err


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_scripts_parse(run: Run, shell: str, tmp_path: Path) -> None:
    """Every shell that is here reads its script without a complaint."""
    text = run("completion", shell).out
    assert "_complete" in text
    program = {"powershell": "pwsh"}.get(shell, shell)
    if shutil.which(program) is None:
        pytest.skip(f"no {program} here")
    script = tmp_path / "script"
    script.write_text(text, "utf-8")
    words = ["-NoProfile", "-File"] if program == "pwsh" else ["-n"]
    found = subprocess.run([program, *words, str(script)], capture_output=True, check=False, timeout=60)
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_ids_across_its_word_breaks(plan: Plan, tmp_path: Path) -> None:
    """bash parts words at @; the answers are cut so that the line reads on."""
    plan(TWO, top=TOPPED)
    script = tmp_path / "try.sh"
    script.write_text(
        f"ustm() {{ '{sys.executable}' -m ustm_cli \"$@\"; }}\n"
        'eval "$(ustm completion bash)"\n'
        'for line in "ustm show rep" "ustm show report@2564-Q1" "ustm event "; do\n'
        '  COMP_LINE="$line" COMP_POINT=${#line}; _ustm; echo "${COMPREPLY[@]}"\n'
        "done\n",
        "utf-8",
    )
    env = os.environ | {"PYTHONPATH": str(TOP), "XDG_CACHE_HOME": str(tmp_path / "cache"), "USTM_TODAY": "2563-11-16"}
    found = subprocess.run(["bash", str(script)], cwd=tmp_path, env=env, capture_output=True, check=True, timeout=60)
    lines = found.stdout.decode().splitlines()
    assert lines == ["report report@2564-Q1 report@2564-Q2 report@2564-Q3 report@2564-Q4", "2564-Q1", "set cancel list"]


EACH = """
- {id: report, title: ก, when: ทุกสิ้นไตรมาส}
- {id: request, title: ข, when: ภายใน 5 วันนับจากรับเรื่อง}
- {id: letter, title: ค, when: ตามที่กรมบัญชีกลางแจ้ง}
- {id: survey, title: ง, when: พ.ย. 2563, target: 2}
"""


def test_each_command_is_offered_what_it_takes(run: Run, plan: Plan, tmp_path: Path) -> None:
    """What is done may be reopened, what runs closed or paused, what starts at a receipt or a letter received or told."""
    plan(EACH)
    by = ("--by", "ก")
    for words in (
        ("done", "report@2564-Q1", "--on", "2563-12-30", "--force"), ("receive", "request", "--at", "2563-11-13 09:00"),
        ("receive", "request", "--at", "2563-11-16 09:00"),
    ):  # fmt: skip
        assert run(*words, *by, cwd=tmp_path).code == 0
    [first, second] = [
        line.split()[0] for line in run("cases", cwd=tmp_path).out.splitlines() if line.startswith("request@")
    ]
    assert run("close", first, *by, cwd=tmp_path).code == 0

    def offered(*words: str) -> list[str]:
        return run("_complete", "--next", "--", *words, cwd=tmp_path).out.splitlines()

    assert offered("reopen") == ["report@2564-Q1", first]
    assert offered("close") == offered("pause") == [second]
    assert offered("receive") == ["request"]
    assert offered("notify") == ["letter"]
    assert "report@2564-Q1" not in offered("waive")
    assert "report@2564-Q2" in offered("waive")
