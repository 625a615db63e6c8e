"""The edge of the program: interrupted, without streams, told to show its own faults; what the library finds wrong."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from ustm_cli import cli
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.usage import UsageError, as_fault
from ustm_cli.render.voice import Voice

TOP = Path(__file__).parents[2]
Run = Callable[..., Any]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.parametrize("where", ["ustm_cli.cli.session.session_of", "ustm_cli.cli.world.world_of"])
def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Ctrl-C, before the command or in it: exit 130 and nothing on stdout."""

    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(where, pressed)
    ran = run("due")
    assert (ran.code, ran.out) == (130, "")


def test_a_fault_of_ours(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody expected is one sentence and exit 3; with USTM_DEBUG it is raised as it is."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("ustm_cli.cli.world.world_of", broken)
    ran = run("due", env={"USTM_DEBUG": ""})
    assert (ran.code, ran.out) == (3, "")
    assert "ZeroDivisionError: by zero" in ran.err
    with pytest.raises(ZeroDivisionError):
        run("due", env={"USTM_DEBUG": "1"})


def test_streams_of_other_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that is not there leads nowhere; one that has no encoding is left as it is."""
    text = io.StringIO()
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", text)
    cli.prepare_streams()
    with sys.stdout as nowhere:
        nowhere.write("ไม่มีใครอ่าน")
    assert sys.stderr is text


NOBODY = """
import os, subprocess, sys
read, closed = os.pipe()
os.close(read)
streams = {"full": lambda: os.open("/dev/full", os.O_WRONLY), "closed": lambda: closed, "pipe": lambda: subprocess.PIPE}
out, err, *words = sys.argv[1:]
program = "from ustm_cli.cli import main; main()"
ran = subprocess.run([sys.executable, "-c", program, *words], stdout=streams[out](), stderr=streams[err]())
print(ran.returncode, ran.stdout or b"", ran.stderr or b"")
"""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("out", "err", "words", "codes"),
    [
        ("closed", "pipe", ["--version"], ["141"]),
        ("full", "pipe", ["--version"], ["3"]),
        # A shell is told nothing, or goes away.
        ("closed", "pipe", ["_complete", "--", "du"], ["0", "141"]),
        ("pipe", "full", ["due", "--bogus"], ["2"]),
        ("pipe", "closed", ["due", "--bogus"], ["2"]),
    ],
)
def test_what_nobody_takes(
    run_process: Process, out: str, err: str, words: list[str], codes: list[str], unbuffered: str
) -> None:
    """141 where the reader is gone, 3 where stdout has no room, at once or at the end; never a traceback."""
    ran = run_process(*words, python=["-c", NOBODY, out, err], env={"PYTHONUNBUFFERED": unbuffered})
    code, *told = ran.stdout.decode().split()
    assert code in codes
    assert told == ["b''", "b''"]


@pytest.mark.parametrize(
    ("words", "code", "said"), [(["export", "csv"], 0, "report@FY2564"), (["export", "xlsx"], 2, "--out")]
)
def test_exports_to_a_terminal(
    plan: Callable[..., Path], tmp_path: Path, words: list[str], code: int, said: str
) -> None:
    """A terminal gets text as any answer; a spreadsheet is refused with a word on --out."""
    pty = pytest.importorskip("pty")
    plan("- {id: report, title: ก, when: 6 ต.ค. 2563}")
    ours, theirs = pty.openpty()
    env = os.environ | {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1", "USTM_NO_CACHE": "1", "USTM_TODAY": "2563-11-16"}
    ran = subprocess.run([sys.executable, "-m", "ustm_cli", *words], cwd=tmp_path, env=env, stdout=theirs, stderr=theirs, check=False, timeout=60)  # fmt: skip
    told = os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)
    assert ran.returncode == code
    assert said in told


def test_exports_to_a_stream_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that takes no bytes gets the same text, its lines ended as its own."""
    monkeypatch.setenv("USTM_TODAY", "2563-11-16")
    monkeypatch.chdir(TOP)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert cli.run(["export", "csv"]) == 0
    assert "fs-annual@FY2563" in out.getvalue()
    assert "\r" not in out.getvalue()


class NoSuchCommand(UsageError):  # type: ignore[misc]
    """As some versions of the library tell it."""

    def __init__(self, name: str, *near: str) -> None:
        super().__init__(f"No such command {name!r}.")
        self.command_name, self.possibilities = name, near


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NoSuchCommand("dew", "due"), ["dew", "(due?)"]),
        (NoSuchCommand("zzz"), ["zzz"]),
        (UsageError("No such command 'dew'. Did you mean 'due'?"), ["dew", "(due?)"]),
        (UsageError("No such command 'zzz'."), ["zzz"]),
        (UsageError("Got unexpected extra argument (x)"), [": x"]),
        (UsageError("Got unexpected extra arguments (x y)"), [": x y"]),
        (UsageError("Got unexpected extra argument(s) (x (y))"), [": x (y)"]),
        (UsageError("Something new."), ["Something new."]),
        (typer.BadParameter("'x' is not a valid float."), ["'x' is not a valid float."]),
    ],
)
@pytest.mark.parametrize("lang", ["th", "en"])
def test_wrong_use_in_our_words(error: Any, said: list[str], lang: Any) -> None:
    """Whatever version of the library finds it, and however it tells it: one sentence, exit 2."""
    fault = as_fault(error)
    assert isinstance(fault, UseFault)
    sentence = Voice(lang).say(fault.key, **fault.facts)
    for word in said:
        assert word in sentence
    assert "?" in sentence or not getattr(error, "possibilities", None)


def test_imported_it_does_nothing() -> None:
    """Only started does the package run; to import its every module is harmless."""
    module = importlib.import_module("ustm_cli.__main__")
    assert callable(module.main)
