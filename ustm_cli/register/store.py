"""The register's file: the only module that touches files. Appending is durable, reading never sees half a record.

A write is one `write(2)` to a file opened for appending, under an exclusive lock of the operating system, followed by
`fsync` of the file and of its folder; only then is it acknowledged. The lock is on the file itself, so that nothing
is left lying about, and it ends with the process that holds it, however that ends. A write that did not go through
whole (full disk, quota) is taken back to the old length before the lock is let go.
"""

from __future__ import annotations

import contextlib
import errno
import os
import random
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any, Literal

from ustm_cli.plan.source import regular

SUFFIX = ".register.jsonl"
WAIT_SECONDS = 60.0
READER_WAITS_SECONDS = 10.0

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class StoreFault(Exception):
    """The register could not be read or written. The file is as it was."""

    def __init__(self, doing: Literal["read", "write", "lock"], problem: str) -> None:
        super().__init__(problem)
        self.doing = doing
        self.problem = problem


def path_beside(plan: Path) -> Path:
    """`plans/fy2564.yaml` -> `plans/fy2564.register.jsonl`."""
    return plan.with_name(plan.stem + SUFFIX)


def read_text(path: Path) -> str:
    """The register's text, "" where there is none; what is not UTF-8 comes as lone surrogates.

    Raises StoreFault and NotRegular.
    """
    try:
        data = regular(path).read_bytes()
        if data and not data.endswith(b"\n"):
            # A writer may be at it; after it, a last line without its end is really torn.
            data = _read_after_writers(path, data)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise StoreFault("read", error.strerror or str(error)) from None
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    return text.replace("\r\n", "\n") if "\r" in text else text


def _read_after_writers(path: Path, data: bytes) -> bytes:
    try:
        with _locked(path, os.O_RDONLY, READER_WAITS_SECONDS) as file:
            return _whole(file)
    except (OSError, StoreFault):
        return data


def _whole(file: int) -> bytes:
    parts: list[bytes] = []
    while part := os.read(file, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def append(path: Path, lines: Sequence[str]) -> None:
    """Write the lines at the end, all or none. When it returns they are on the disk. Raises StoreFault."""
    data = "".join(line + "\n" for line in lines).encode("utf-8")
    try:
        new = not path.exists()
        with _locked(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, WAIT_SECONDS) as file:
            try:
                _append(file, data)
            except OSError:
                if new and not os.fstat(file).st_size:
                    path.unlink()
                raise
            sync_folder(path.parent)
    except OSError as error:
        raise StoreFault("write", error.strerror or str(error)) from None


def _append(file: int, data: bytes) -> None:
    old = os.fstat(file).st_size
    if old and not _ends_with_newline(file, old):
        # Some other program died in the middle of a line: let ours begin on its own.
        data = b"\n" + data
    try:
        _write_whole(file, data)
        os.fsync(file)
    except OSError:
        os.ftruncate(file, old)
        raise


def _write_whole(file: int, data: bytes) -> None:
    """One write; a short one means that no more room was to be had."""
    if os.write(file, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _ends_with_newline(file: int, size: int) -> bool:
    os.lseek(file, size - 1, os.SEEK_SET)
    return os.read(file, 1) == b"\n"


def sync_folder(folder: Path) -> None:
    """Make a new or changed name last through a power cut; Windows cannot open a folder for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder, and those above it that are not there, so that they last through a power cut. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode, exist_ok=True)
    sync_folder(folder.parent)


# ---- the lock


@contextlib.contextmanager
def _locked(path: Path, flags: int, seconds: float) -> Generator[int]:
    """The file, open and locked; opened anew where another program has put a new file in its place meanwhile."""
    file = _open_locked(path, flags, time.monotonic() + seconds)
    try:
        yield file
    finally:
        if fcntl is None:
            _lock_windows(file, free=True)
        # Closing lets the lock go elsewhere.
        os.close(file)


def _open_locked(path: Path, flags: int, give_up: float) -> int:
    while True:
        file = os.open(path, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), 0o666)
        try:
            _lock(file, give_up)
            if _is_still(path, file):
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)


def _is_still(path: Path, file: int) -> bool:
    if os.name == "nt":
        return True
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _lock(file: int, give_up: float) -> None:
    while not try_lock(file):
        if time.monotonic() > give_up:
            raise StoreFault("lock", "")
        time.sleep(random.uniform(0.001, 0.01))  # noqa: S311 (who waits how long is no secret)


def try_lock(file: int) -> bool:
    """Lock an open file unless another process holds it; the lock ends with whoever holds it, however that ends."""
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            _lock_windows(file)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def _lock_windows(file: int, *, free: bool = False) -> None:
    """Locks of Windows forbid reading what they cover: this one covers a byte that no register reaches."""
    import msvcrt

    windows: Any = msvcrt
    os.lseek(file, 0x7FFFFFF0, os.SEEK_SET)
    windows.locking(file, windows.LK_UNLCK if free else windows.LK_NBLCK, 1)
    os.lseek(file, 0, os.SEEK_SET)
