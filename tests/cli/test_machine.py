"""What is found on the machine, whichever it is: browsers, fonts, shells' caches, files that cannot be written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ustm_cli import cache
from ustm_cli.cli import chromium, files, machine
from ustm_cli.cli.faults import RunFault

Run = Callable[..., Any]
Plan = Callable[..., Path]
TOP = Path(__file__).parents[2]


# ---- the browser


@pytest.mark.parametrize("system", ["mac", "ProgramFiles", "ProgramFiles(x86)", "LocalAppData", "path"])
def test_where_a_browser_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    """By name in PATH, else in the places where macOS and Windows put it."""
    program = tmp_path.joinpath(*chromium.WINDOWS[1].split("\\"))
    monkeypatch.setattr(chromium, "MAC", (str(program if system == "mac" else tmp_path / "none"),))
    if system == "path":
        program = tmp_path / chromium.NAMES[2]
    program.parent.mkdir(parents=True, exist_ok=True)
    program.touch(0o755)
    env = {"PATH": str(tmp_path)} if system == "path" else {system: str(tmp_path)}
    assert chromium.find(env) == str(program)


@pytest.mark.parametrize(
    ("script", "said"),
    [("#!/bin/sh\nexec sleep 60\n", "> 0.2 s"), ("", os.strerror(errno.ENOEXEC)), ("#!/bin/sh\nexit 7\n", "exit 7")],
)
@pytest.mark.skipif(os.name == "nt", reason="scripts of POSIX")
def test_a_browser_that_prints_nothing(
    run: Run, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    """One that hangs, is no program, or says nothing: exit 3 with the reason, and no page left."""
    plan("- {id: a, title: ก, when: 6 ต.ค. 2563}")
    program = tmp_path / "browser"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setattr(chromium, "PATIENCE", 0.2 if "sleep" in script else 60)
    ran = run("render", "table", "--to", "pdf", cwd=tmp_path, env={"CHROMIUM": str(program)})
    assert ran.code == 3
    assert said in ran.err
    assert not list((tmp_path / "out").iterdir())


# ---- doctor


@pytest.mark.parametrize(
    ("platform", "there", "found"),
    [
        ("win32", ["tahoma.ttf", "cordia.ttc"], ("tahoma", "cordia")),
        ("win32", [], ()),
        ("darwin", ["Thonburi.ttc"], ("Thonburi",)),
        ("linux", [], None),
    ],
)
def test_fonts_without_a_list_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, there: list[str], found: Any
) -> None:
    """Where the system has no fc-list the fonts that come with it are looked for; elsewhere nothing is claimed."""
    folder = tmp_path / "Fonts"
    folder.mkdir()
    for name in there:
        (folder / name).touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(machine, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(machine, "MAC_FONTS", (str(folder / "Thonburi.ttc"), str(folder / "none.ttc")))
    session: Any = SimpleNamespace(env={"WINDIR": str(tmp_path)})
    assert machine._fonts(session) == found


def test_a_machine_that_has_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser, no git, no font list: doctor says so of each, and how to get it; it fails for none."""
    monkeypatch.setattr(chromium, "MAC", ())
    ran = run("doctor", "--lang", "en", cwd=tmp_path, env={"PATH": "", "CHROMIUM": "", "HOME": str(tmp_path)})
    assert ran.code in (0, 1)
    assert ran.err == ""
    for word in ("Chromium", "git"):
        assert word in ran.out


def test_a_folder_that_no_crontab_can_name(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A line end in the folder's name would end the line of a crontab: exit 2."""
    plan("- {id: a, title: ก, when: 6 ต.ค. 2563}")
    folder = tmp_path / "a\nb"
    folder.mkdir()
    (tmp_path / "plans").rename(folder / "plans")
    ran = run("doctor", "--cron", cwd=folder)
    assert (ran.code, ran.out) == (2, "")


# ---- what the shell is told is kept


@pytest.mark.parametrize(
    ("env", "platform", "folder"),
    [
        ({"XDG_CACHE_HOME": "/x", "HOME": "/home/a"}, "linux", "/x/ustm"),
        ({"LOCALAPPDATA": "/y", "HOME": "/home/a"}, "win32", "/y/ustm"),
        ({"LOCALAPPDATA": "/y"}, "linux", None),
        ({"HOME": "/home/a"}, "linux", "/home/a/.cache/ustm"),
        ({"XDG_CACHE_HOME": "here", "HOME": "/home/a"}, "linux", "/home/a/.cache/ustm"),
        ({"XDG_CACHE_HOME": "here"}, "linux", None),
        ({"HOME": ""}, "linux", None),
        ({}, "win32", None),
    ],
)
def test_where_answers_are_kept(
    env: dict[str, str], platform: str, folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the user's cache, never in the folder that one stands in."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache.folder() == folder


def test_old_answers_are_forgotten(run: Run, plan: Plan, tmp_path: Path) -> None:
    """An answer that nobody asked for in a week goes when another is kept; without plans there is none."""
    folder = tmp_path / "cache" / "ustm"
    folder.mkdir(parents=True)
    for name, age in (("complete-old", 8), ("complete-new", 6), ("other", 400)):
        (folder / name).touch()
        moment = 1_600_000_000 if name == "other" else (tmp_path.stat().st_mtime - age * 86_400)
        os.utime(folder / name, (moment, moment))
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "USTM_NO_CACHE": ""}
    assert run("_complete", "--next", "--", "show", cwd=tmp_path, env=env).out == ""
    plan("- {id: a, title: ก, when: 6 ต.ค. 2563}")
    assert "a@FY2564" in run("_complete", "--next", "--", "show", cwd=tmp_path, env=env).out
    names = {path.name for path in folder.iterdir()}
    assert {"complete-new", "other"} < names
    assert "complete-old" not in names


# ---- files


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text("เดิม", "utf-8")
    return path


def refused(name: str, attempt: Callable[[], object]) -> RunFault:
    with pytest.raises(RunFault) as caught:
        attempt()
    assert caught.value.facts["file"] == name
    return caught.value


def test_a_disk_without_hard_links(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new file is whole there too, and takes no name that is taken."""

    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    files.create(tmp_path / "new.yaml", "ใหม่", "new.yaml")
    assert (tmp_path / "new.yaml").read_text("utf-8") == "ใหม่"
    assert refused("plan.yaml", lambda: files.create(file, "ใหม่", "plan.yaml")).key == "exists_already"
    assert file.read_text("utf-8") == "เดิม"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.yaml", "plan.yaml"]


@pytest.mark.skipif(os.name == "nt", reason="a lock of POSIX")
def test_a_file_that_another_holds(file: Path) -> None:
    """While another ustm lays out a plan it is not written over."""
    import fcntl

    with file.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        fault = refused("plan.yaml", lambda: files.rewrite(file, "เดิม".encode(), "ใหม่", "plan.yaml"))
    assert (fault.key, file.read_text("utf-8")) == ("changed_meanwhile", "เดิม")


@pytest.mark.parametrize(("before", "after"), [("เดิม", "ใหม่"), ("อย่างอื่น", "เดิม")])
def test_without_locks(file: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str) -> None:
    """On a system without locks the comparison with what was read has to do."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    if after == "ใหม่":
        files.rewrite(file, before.encode(), "ใหม่", "plan.yaml")
    else:
        refused("plan.yaml", lambda: files.rewrite(file, before.encode(), "ใหม่", "plan.yaml"))
    assert file.read_text("utf-8") == after


@pytest.mark.usefixtures("ordinary")
def test_a_folder_that_may_only_be_read(file: Path) -> None:
    """Neither made, nor put, nor written over: each is told by the file's name, and the folder is as it was."""
    file.parent.chmod(0o555)
    try:
        for attempt in (
            lambda: files.create(file.with_name("new"), "ใหม่", "it"),
            lambda: files.create(file.parent / "below" / "new", "ใหม่", "it"),
            lambda: files.put(file, "ใหม่".encode(), "it"),
            lambda: files.rewrite(file, "เดิม".encode(), "ใหม่", "it"),
        ):
            assert refused("it", attempt).key == "cannot_write"
    finally:
        file.parent.chmod(0o755)
    assert [path.name for path in file.parent.iterdir()] == ["plan.yaml"]


# ---- questions


def test_no_answer_on_a_terminal(tmp_path: Path) -> None:
    """Who ends the input instead of answering is told which option says it: exit 2, nothing written."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    os.write(ours, b"\x04")
    env = os.environ | {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "ustm_cli", "init"], cwd=tmp_path, stdin=theirs, capture_output=True, env=env,
        check=False, timeout=60,
    )  # fmt: skip
    os.close(ours)
    os.close(theirs)
    assert (ran.returncode, ran.stdout, list(tmp_path.iterdir())) == (2, b"", [])
    assert b"--province" in ran.stderr
