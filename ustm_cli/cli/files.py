"""Writing people's files: whole or not at all, never over what somebody else wrote meanwhile."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from ustm_cli.cli.faults import RunFault, unreadable
from ustm_cli.plan.source import NotRegular, regular
from ustm_cli.register.store import make_folder, sync_folder


def read(path: Path, name: str) -> bytes:
    """What a regular file holds. Raises RunFault."""
    try:
        return regular(path).read_bytes()
    except (OSError, NotRegular) as error:
        raise unreadable(error, name) from None


def create(path: Path, text: str, name: str) -> None:
    """Write a new file. Raises RunFault where one stands there already, or where it cannot be written."""
    try:
        make_folder(path.parent)
        with beside_it(path, text.encode()) as beside:
            _place(beside, path)
    except FileExistsError:
        raise RunFault("exists_already", file=name) from None
    except OSError as error:
        raise RunFault("cannot_write", file=name, problem=error.strerror or error) from None


def put(path: Path, data: bytes, name: object) -> bool:
    """Write a file that is ours to write, whatever stood there; False where it says so already. Raises RunFault."""
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        with beside_it(path, data) as beside:
            beside.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise RunFault("cannot_write", file=name, problem=error.strerror or error) from None
    return True


def rewrite(path: Path, before: bytes, text: str, name: str) -> None:
    """Write over a file that still holds what was read of it. Raises RunFault."""
    path = path.resolve()
    try:
        with _locked(path) as held, beside_it(path, text.encode()) as beside:
            if not held or path.read_bytes() != before:
                raise RunFault("changed_meanwhile", file=name)
            beside.chmod(path.stat().st_mode & 0o7777)
            beside.replace(path)
            sync_folder(path.parent)
    except OSError as error:
        raise RunFault("cannot_write", file=name, problem=error.strerror or error) from None


@contextmanager
def beside_it(path: Path, data: bytes) -> Generator[Path]:
    """The data in a file of its own in the same folder, safely on the disk; gone afterwards unless it was moved."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _place(beside: Path, path: Path) -> None:
    """Give the file its name, where nobody has taken it. Raises FileExistsError."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links: the name is taken first, then filled.
        path.open("xb").close()
        beside.replace(path)
    sync_folder(path.parent)


@contextmanager
def _locked(path: Path) -> Generator[bool]:
    """Hold the file against another ustm; False where it is held already."""
    try:
        import fcntl
    except ImportError:
        # On Windows the comparison with what was read has to do.
        yield True
        return
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield os.fstat(file.fileno()).st_ino == path.stat().st_ino
