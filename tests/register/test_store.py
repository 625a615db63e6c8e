"""The register's file holds what was acknowledged, whole and for good, whatever happens to writers, disk and lock."""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ustm_cli.plan.source import NotRegular
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
    told: list[str] = []
    for seed in range(20, 40):
        told += writers("killed", file, 200, seed)
        # However slow the machine is, some were at it.
        if len(told) > 20:
            break
    append(file, ['{"id": "after"}'])
    whole = []
    # A letter of Thai, too, may be cut in two.
    for line in read_text(file).splitlines():
        try:
            whole.append(json.loads(line)["id"])
        except ValueError:
            # A kill in the middle of a write may leave a beginning, on a line of its own.
            assert line.startswith('{"id"')
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


# ---- what other systems are like


def system(monkeypatch: pytest.MonkeyPatch, **calls: Any) -> None:
    """Let the store, and nobody else, meet a system that answers so."""
    real = vars(os) | {"name": os.name}
    monkeypatch.setattr(store, "os", SimpleNamespace(**(real | calls)))


def open_files() -> int:
    """How many files this process holds open, 0 where the system does not say."""
    held = Path("/proc/self/fd")
    return len(list(held.iterdir())) if held.is_dir() else 0


class _Msvcrt:
    """Locks of Windows as far as we use them: one byte at a place, refused while somebody else has it."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self, busy: int = 0) -> None:
        self.busy = busy
        self.calls: list[tuple[int, int, int]] = []

    def locking(self, file: int, mode: int, length: int) -> None:
        self.calls.append((mode, os.lseek(file, 0, os.SEEK_CUR), length))
        if mode == self.LK_NBLCK and self.busy:
            self.busy -= 1
            raise OSError(errno.EACCES, "Permission denied")


def test_locks_of_windows(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte past all that a register can hold, tried until it is free, let go before the file is closed."""
    windows = _Msvcrt(busy=2)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setattr(store, "fcntl", None)
    append(file, ['{"id": "first"}'])
    assert windows.calls == [(2, 0x7FFFFFF0, 1)] * 3 + [(0, 0x7FFFFFF0, 1)]
    file.write_bytes(b'{"id": "torn')
    assert read_text(file) == '{"id": "torn'
    assert windows.calls[4:] == [(2, 0x7FFFFFF0, 1), (0, 0x7FFFFFF0, 1)]
    with store._locked(file, os.O_RDONLY, 1) as handle:
        assert os.read(handle, 5) == b'{"id"'


def test_windows_has_no_locks_of_unix(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module loads without them."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    spec = store.__spec__
    assert spec
    assert spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    assert (loaded.fcntl, loaded.SUFFIX) == (None, store.SUFFIX)


def test_windows_cannot_open_folders(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor tell whether a path is still the open file: neither is asked there."""
    append(file, ['{"id": "first"}'])
    handle = os.open(file, os.O_RDONLY)
    system(monkeypatch, name="nt")
    try:
        store.sync_folder(Path(str(file) + ".is.not.there"))
        assert store._is_still(Path(str(file) + ".is.not.there"), handle) is True
    finally:
        os.close(handle)


def test_files_are_text_as_they_stand_and_close_on_exec(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No translated line ends on Windows, no lock that goes on in a child, and the usual rights."""
    asked: list[tuple[int, int]] = []

    def opened(path: Path, flags: int, mode: int = 0o777) -> int:
        asked.append((flags, mode))
        raise OSError(errno.EIO, "")

    system(monkeypatch, open=opened, O_BINARY=1 << 40, O_CLOEXEC=1 << 41)
    with pytest.raises(StoreFault) as fault:
        append(file, ["{}"])
    assert asked == [(os.O_RDWR | os.O_APPEND | os.O_CREAT | 1 << 40 | 1 << 41, 0o666)]
    assert (fault.value.doing, fault.value.problem) == ("write", "[Errno 5] ")


@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EIO])
def test_a_lock_that_is_held_is_no_fault(file: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """It is waited for; whatever else the system says of a lock is a fault, and the file is closed."""
    said = iter([OSError(number, "busy")])

    def flock(*_: object) -> None:
        for error in said:
            raise error

    monkeypatch.setattr(store, "fcntl", SimpleNamespace(flock=flock, LOCK_EX=2, LOCK_NB=4))
    before = open_files()
    if number == errno.EIO:
        with pytest.raises(StoreFault) as fault:
            append(file, ['{"id": "a"}'])
        assert (fault.value.doing, fault.value.problem, str(fault.value)) == ("write", "busy", "busy")
    else:
        append(file, ['{"id": "a"}'])
        assert ids(file) == ["a"]
    assert open_files() == before


def test_locks_exclude_and_do_not_wait(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for alone and at once, so that the waiting is ours and has an end."""
    real, asked = store.fcntl, []
    monkeypatch.setattr(store, "fcntl", SimpleNamespace(flock=lambda _, how: asked.append(how), LOCK_EX=2, LOCK_NB=4))
    append(file, ['{"id": "a"}'])
    assert asked == [2 | 4]
    assert (real.LOCK_EX, real.LOCK_NB) == (2, 4)


def test_how_long_a_lock_is_waited_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer a minute, a reader ten seconds, from when they began; with rests of a few milliseconds."""
    clock, rests = [1000.0], []
    monkeypatch.setattr(store, "try_lock", lambda _: False)

    def rest(seconds: float) -> None:
        rests.append(seconds)
        clock[0] += 0.5

    monkeypatch.setattr(store, "time", SimpleNamespace(monotonic=lambda: clock[0], sleep=rest))
    with pytest.raises(StoreFault) as fault:
        append(file, ["{}"])
    assert (clock[0], fault.value.doing, fault.value.problem) == (1060.5, "lock", "")
    assert 0.001 <= min(rests) <= max(rests) <= 0.01
    file.write_bytes(b'{"torn')
    clock[0] = 0.0
    assert read_text(file) == '{"torn'
    assert clock[0] == 10.5


def test_reading_says_what_stood_in_its_way(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own words; where it has none, its number."""
    file.touch()
    for error, problem in ((OSError(errno.EIO, "Input/output error"), "Input/output error"), (OSError("odd"), "odd")):
        monkeypatch.setattr(Path, "read_bytes", lambda _, error=error: (_ for _ in ()).throw(error))
        with pytest.raises(StoreFault) as fault:
            read_text(file)
        assert (fault.value.doing, fault.value.problem) == ("read", problem)


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_pipe_is_not_waited_for(file: Path) -> None:
    """In the place of a register, a pipe is refused unopened; a folder is what the system says it is."""
    os.mkfifo(file)
    with pytest.raises(NotRegular):
        read_text(file)
    file.unlink()
    file.mkdir()
    with pytest.raises(StoreFault):
        read_text(file)


def test_a_whole_register_is_read_without_a_lock(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a last line without its end makes a reader ask for the lock; an empty file is whole."""
    monkeypatch.setattr(store, "_open_locked", lambda *_: pytest.fail("asked for the lock"))
    file.write_bytes(b"")
    assert read_text(file) == ""
    file.write_bytes(b"{}\n\n")
    assert read_text(file) == "{}\n\n"
    file.write_bytes(b"\xef\xbb\xbf\n")
    assert read_text(file) == "\n"


def test_a_long_torn_register_is_read_whole(file: Path) -> None:
    """However many pieces the system gives it in."""
    text = '{"a": "' + "ก" * (1 << 20) + '"}'
    file.write_text(text, "utf-8")
    assert read_text(file) == text


def test_a_carriage_return_alone_stays(file: Path) -> None:
    """Only the pair is a line's end; bytes that are no UTF-8 stay as they are."""
    file.write_bytes(b"a\rb\r\nc\xff\n")
    assert read_text(file) == "a\rb\nc\udcff\n"


def test_a_sync_that_fails_removes_the_file_that_it_began(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register that was there before, though empty, stays; one that somebody wrote to stays too."""

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    file.write_bytes(b"")
    with monkeypatch.context() as patch:
        system(patch, fsync=fail)
        with pytest.raises(StoreFault):
            append(file, ["{}"])
        assert file.read_bytes() == b""
        file.unlink()
        with pytest.raises(StoreFault):
            append(file, ["{}"])
        assert not file.exists()

        def torn(handle: int, _: int) -> None:
            os.write(handle, b"theirs")
            raise OSError(errno.EIO, "")

        system(patch, fsync=fail, ftruncate=torn)
        with pytest.raises(StoreFault):
            append(file, ["{}"])
        assert file.read_bytes() == b"{}\ntheirs"


def test_a_short_write_is_a_full_disk(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the system's words, and the beginning that was written is taken back."""
    append(file, ['{"id": "a"}'])
    system(monkeypatch, write=lambda handle, data: os.write(handle, data[:3]))
    with pytest.raises(StoreFault) as fault:
        append(file, ['{"id": "b"}'])
    assert fault.value.problem == os.strerror(errno.ENOSPC)
    monkeypatch.undo()
    assert ids(file) == ["a"]


def test_no_file_is_left_open(file: Path) -> None:
    """Neither by writing nor by reading."""
    append(file, ["{}"])
    before = open_files()
    for _ in range(3):
        append(file, ["{}"])
        file.write_bytes(b"{}\n{")
        read_text(file)
    assert open_files() == before


def test_without_what_other_systems_have(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked of a system that it does not know."""
    asked: list[int] = []

    def opened(path: Path, flags: int, mode: int = 0o777) -> int:
        asked.append(flags)
        raise OSError(errno.EIO, "")

    system(monkeypatch, open=opened)
    for name in ("O_CLOEXEC", "O_BINARY"):
        vars(store.os).pop(name, None)
    with pytest.raises(StoreFault):
        append(file, ["{}"])
    assert asked == [os.O_RDWR | os.O_APPEND | os.O_CREAT]


@posix
def test_file_removed_while_waiting(file: Path) -> None:
    """A record goes into a new file where the old one was removed meanwhile, and none stays open."""
    append(file, ['{"id": "old"}'])
    before = open_files()
    with store._locked(file, os.O_RDWR, 10):
        writer = threading.Thread(target=append, args=(file, ['{"id": "late"}']))
        writer.start()
        while open_files() < before + 2:
            time.sleep(0.001)
        file.unlink()
    writer.join()
    assert ids(file) == ["late"]
    assert open_files() == before


def test_folders_that_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those above are made as well, each made known to the one above it; one that is there stays as it is."""
    synced: list[Path] = []
    monkeypatch.setattr(store, "sync_folder", synced.append)
    inner = tmp_path / "a" / "b"
    store.make_folder(inner, 0o700)
    assert inner.is_dir()
    assert synced == [tmp_path, tmp_path / "a"]
    store.make_folder(inner)
    assert len(synced) == 2
    if os.name != "nt":
        mask = os.umask(0)
        os.umask(mask)
        assert [folder.stat().st_mode & 0o777 for folder in (inner, inner.parent)] == [0o700 & ~mask, 0o777 & ~mask]
    store.make_folder(tmp_path / "c")
    assert (tmp_path / "c").stat().st_mode == inner.parent.stat().st_mode


def test_a_folder_that_somebody_makes_at_the_same_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is as good as our own."""
    (tmp_path / "a").mkdir()
    seen = iter([False])
    real = Path.is_dir
    monkeypatch.setattr(Path, "is_dir", lambda path: next(seen, None) is None and real(path))
    store.make_folder(tmp_path / "a")
