"""The register's file holds what was acknowledged, whole and for good, whatever happens to writers, disk and lock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ustm_cli.register import store
from ustm_cli.register.store import StoreFault, append, path_beside, read_text

WRITERS = Path(__file__).with_name("writers.py")
posix = pytest.mark.skipif(os.name == "nt", reason="forks, signals and limits of POSIX")


def writers(*words: object, timeout: int = 120) -> list[str]:
    """The lines that the writers told."""
    command = [sys.executable, str(WRITERS), *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=timeout)
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


def ids(path: Path) -> list[str]:
    """The ids of all lines, each of which must be whole."""
    data = path.read_text("utf-8")
    assert data.endswith("\n")
    return [json.loads(line)["id"] for line in data.splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "fy2564.register.jsonl"


def test_beside_the_plan() -> None:
    """The register is named by the plan's stem and stands in its folder."""
    assert path_beside(Path("plans/fy2564.yaml")) == Path("plans/fy2564.register.jsonl")
    assert path_beside(Path("a.b.yml")).name == "a.b.register.jsonl"


def test_union_merge_is_asked_for() -> None:
    """The attribute that lets two branches record without conflict names our suffix."""
    assert store.GITATTRIBUTES.split() == [f"*{store.SUFFIX}", "merge=union", "text", "eol=lf"]


def test_append_and_read(file: Path) -> None:
    """Lines come back in order; a register that is not there is empty."""
    assert read_text(file) == ""
    append(file, ['{"a": "ก"}', '{"b": 2}'])
    append(file, ['{"c": 3}'])
    assert read_text(file) == '{"a": "ก"}\n{"b": 2}\n{"c": 3}\n'
    assert file.read_bytes().count(b"\r") == 0


def test_a_torn_line_keeps_its_neighbours(file: Path) -> None:
    """What another program left without its end does not swallow the next record."""
    file.write_bytes(b'{"a": 1}\n{"b": ')
    append(file, ['{"c": 3}'])
    assert read_text(file) == '{"a": 1}\n{"b": \n{"c": 3}\n'


def test_bom_crlf_and_bytes_that_are_no_utf8(file: Path) -> None:
    """A BOM and CRLF are no hindrance; a byte that is not UTF-8 comes as a lone surrogate."""
    file.write_bytes(b'\xef\xbb\xbf{"a": 1}\r\n{"b": "\xa1"}\r\n')
    assert read_text(file) == '{"a": 1}\n{"b": "\udca1"}\n'


@posix
def test_eight_processes_lose_nothing(file: Path) -> None:
    """8 processes that record 200 things each at once leave 1,600 whole lines, each process's in its order."""
    told = writers("together", file, 8, 200)
    found = ids(file)
    assert len(told) == 1600
    assert sorted(found) == sorted(told)
    for process in range(8):
        own = [int(id.partition("-")[2]) for id in found if id.startswith(f"p{process}-")]
        assert own == list(range(200))


@posix
def test_killed_at_any_moment(file: Path) -> None:
    """200 writers killed at random moments: all that was acknowledged is there, each once; what else is, is whole."""
    told = writers("killed", file, 200, 20)
    append(file, ['{"id": "after"}'])
    lines = file.read_text("utf-8").splitlines()
    whole = []
    for line in lines:
        try:
            whole.append(json.loads(line)["id"])
        except ValueError:
            # A kill in the middle of a write may leave a beginning, on a line of its own.
            assert line.startswith('{"id"')
    # However slow the machine is, some were at it.
    assert len(told) > 20
    assert set(told) <= set(whole)
    assert len(whole) == len(set(whole))
    assert whole[-1] == "after"


@posix
def test_readers_never_see_half_a_record(file: Path) -> None:
    """While others write, every reading ends at the end of a line, and never shrinks."""
    process = subprocess.Popen(
        [sys.executable, str(WRITERS), "together", str(file), "2", "150"], stdout=subprocess.DEVNULL
    )
    seen = 0
    while process.poll() is None:
        text = read_text(file)
        assert text == "" or text.endswith("\n")
        assert len(text) >= seen
        seen = len(text)
    assert process.returncode == 0
    assert len(ids(file)) == 300


@posix
@pytest.mark.parametrize("room", [0, 1, 40, 300])
def test_full_disk(file: Path, room: int) -> None:
    """Where the disk takes only a part of a line, the fault is told and the file is as it was."""
    append(file, ['{"id": "before"}'])
    before = file.read_bytes()
    assert writers("full", file, room) == ["write"]
    assert file.read_bytes() == before


@posix
def test_full_disk_makes_no_file(file: Path) -> None:
    """A register that could not be begun is not left behind empty."""
    assert writers("full", file, 0) == ["write"]
    assert not file.exists()


def test_sync_that_fails_takes_the_line_back(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be put on the disk is not acknowledged, and is not there."""
    append(file, ['{"id": "before"}'])
    before = file.read_bytes()

    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreFault) as fault:
        append(file, ['{"id": "lost"}'])
    assert (fault.value.doing, fault.value.problem) == ("write", "Input/output error")
    assert file.read_bytes() == before


def test_new_file_syncs_its_folder(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first record is acknowledged only when the folder knows of the file, too."""
    synced: list[bool] = []
    real = os.fsync

    def note(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").is_dir())
        real(handle)

    monkeypatch.setattr(os, "fsync", note)
    append(file, ['{"id": "first"}'])
    assert len(synced) == 2 or os.name == "nt"
    if Path("/proc/self/fd").is_dir():
        assert synced == [False, True]


def test_folder_in_the_place_of_the_file(file: Path) -> None:
    """What cannot be written or read is a fault of ours, not a traceback."""
    file.mkdir()
    for attempt in (lambda: append(file, ["{}"]), lambda: read_text(file)):
        with pytest.raises(StoreFault):
            attempt()


@pytest.mark.usefixtures("ordinary")
def test_read_only_folder(file: Path) -> None:
    """A folder that may not be written into: a fault, and nothing new in it."""
    file.parent.chmod(0o555)
    try:
        with pytest.raises(StoreFault):
            append(file, ["{}"])
        assert list(file.parent.iterdir()) == []
    finally:
        file.parent.chmod(0o755)


@posix
def test_lock_of_a_dead_process(file: Path) -> None:
    """A process that was killed while it held the lock blocks nobody."""
    holder = subprocess.Popen([sys.executable, str(WRITERS), "hold", str(file)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    append(file, ['{"id": "next"}'])
    assert ids(file) == ["next"]
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@posix
def test_lock_that_is_never_let_go(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A living process that keeps the lock is given up on, and the file is as it was."""
    monkeypatch.setattr(store, "WAIT_SECONDS", 0.05)
    holder = subprocess.Popen([sys.executable, str(WRITERS), "hold", str(file)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    try:
        with pytest.raises(StoreFault) as fault:
            append(file, ['{"id": "waits"}'])
        assert fault.value.doing == "lock"
        assert file.read_bytes() == b""
        # A reader waits only a moment for the end of a last line.
        monkeypatch.setattr(store, "READER_WAITS_SECONDS", 0.05)
        file.write_bytes(b'{"id": ')
        assert read_text(file) == '{"id": '
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


@posix
def test_file_replaced_while_waiting(file: Path) -> None:
    """A record goes into the file that stands there now, though git or an editor put a new one in its place."""
    append(file, ['{"id": "old"}'])
    with store._locked(file, os.O_RDWR, 10):
        writer = threading.Thread(target=append, args=(file, ['{"id": "late"}']))
        writer.start()
        fresh = file.with_name("fresh")
        fresh.write_text('{"id": "new"}\n')
        fresh.replace(file)
    writer.join()
    assert ids(file) == ["new", "late"]
