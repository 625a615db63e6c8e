"""The power goes at any step of any command that writes: nothing is lost that was there or was told to be written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from disk import Disk
from test_faults import WRITERS, ids, office

from tests.conftest import Ran
from ustm_cli.cli.files import create, put
from ustm_cli.register import store

Run = Callable[..., Ran]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="folders are synced on POSIX")
__all__ = ["office"]

# Made by whoever sends, before a letter goes; without it nothing is lost.
UNIMPORTANT = {"digest.lock"}


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def matters(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return last not in UNIMPORTANT and not last.endswith((".new", ".tmp"))


def spoiled(left: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[str]:
    """The files that are neither as they were nor as they were to be; a register may end in a torn line."""
    found = []
    for name in {*left, *old}:
        data = left.get(name)
        if not matters(name) or data in (old.get(name), new.get(name)):
            continue
        grown = name.endswith((".jsonl", ".gitignore")) and data is not None
        if not (grown and new[name].startswith(data) and data.startswith(old.get(name, b""))):  # type: ignore[arg-type]
            found.append(name)
    return found


def trial(folder: Path, work: Callable[[], object]) -> int:
    """Lets the work be done, and the power go at each of its steps. Returns how many outcomes there were."""
    old = files(folder)
    disk = Disk(folder)
    with disk.recording():
        work()
    new = files(folder)
    assert list(disk.after(0)) == [old]
    outcomes = 0
    for count in range(len(disk.steps) + 1):
        for left in disk.after(count):
            outcomes += 1
            assert spoiled(left, old, new) == [], (count, disk.steps[:count], left)
    for left in disk.after(len(disk.steps)):
        lost = [name for name in new if matters(name) and left.get(name) != new[name]]
        assert lost == [], "told to be done, and gone"
    return outcomes


@pytest.mark.parametrize("words", WRITERS, ids=ids)
def test_the_power_goes(words: list[str], office: Path, run: Run) -> None:
    """Of every command: each file is the old one or the whole new one, and all are the new ones once it has ended."""
    if words[0] == "digest":
        run("receive", "answer", cwd=office, env={"USTM_BY": "ก"})
    outcomes = trial(office, lambda: run(*words, cwd=office, env={"USTM_BY": "ก"}))
    print(f"{ids(words)}: {outcomes} outcomes")
    assert outcomes > 5


def test_a_torn_record_is_told_and_the_next_is_whole(office: Path, run: Run) -> None:
    """Whatever is left of a register, it is read, what it had is there, and the next record stands on a line of its own."""
    register = office / "plans" / "fy2564.register.jsonl"
    run("receive", "answer", cwd=office, env={"USTM_BY": "ก"})
    old = register.read_bytes()
    disk = Disk(office)
    with disk.recording():
        assert run("done", "report@2563-10", cwd=office, env={"USTM_BY": "ก"}).code == 0
    for count in range(len(disk.steps) + 1):
        for left in disk.after(count):
            register.write_bytes(left["plans/fy2564.register.jsonl"])
            assert run("cases", cwd=office).code == 0
            assert run("done", "slides@2564-01", "--force", cwd=office, env={"USTM_BY": "ก"}).code == 0
            lines = register.read_bytes().splitlines()
            assert lines[0] + b"\n" == old
            assert b"slides@2564-01" in lines[-1]
            assert run("show", "slides@2564-01", cwd=office).code == 0


def test_what_is_written_carelessly_is_found_out(tmp_path: Path) -> None:
    """A disk on which nothing could go wrong would prove nothing: writing in place, or unsynced, fails the trial."""

    def in_place() -> None:
        (tmp_path / "a").write_bytes(b"new")

    def unsynced() -> None:
        (tmp_path / "b").write_bytes(b"new")
        (tmp_path / "b").replace(tmp_path / "a")

    def without_the_folder() -> None:
        with (tmp_path / "b").open("wb") as file:
            file.write(b"new")
            file.flush()
            os.fsync(file.fileno())
        (tmp_path / "b").replace(tmp_path / "a")

    for way in (in_place, unsynced, without_the_folder):
        (tmp_path / "a").write_bytes(b"old")
        with pytest.raises(AssertionError):
            trial(tmp_path, way)


def test_the_ways_to_write(tmp_path: Path) -> None:
    """A new file, a file of ours, a line of a register, one after a torn line."""
    (tmp_path / "mine").write_bytes(b"old")
    (tmp_path / "a.jsonl").write_bytes(b"{}\n{")
    assert trial(tmp_path, lambda: create(tmp_path / "new", "text", "new")) > 5
    assert trial(tmp_path, lambda: put(tmp_path / "mine", b"new", "mine")) > 5
    assert trial(tmp_path, lambda: store.append(tmp_path / "a.jsonl", ["{1}", "{2}"])) > 2
    assert trial(tmp_path, lambda: store.append(tmp_path / "b.jsonl", ["{1}"])) > 2
