"""A disk that loses its power: every write, sync and name of a command is recorded, and what may be left is replayed.

What a file was given lasts once the file is synced, and what a folder was given (a name made, moved, removed) once the
folder is. Of everything else any part may be lost when the power goes, whatever the order it was written in: that is
less than most disks promise, and all that POSIX does.
"""

from __future__ import annotations

import _pyio
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count, product
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

# More things at once that were not synced than this are tried all kept, all lost, and each alone kept and lost.
MOST_AT_ONCE = 6


class Write(NamedTuple):
    inode: int
    at: int
    data: bytes


class Cut(NamedTuple):
    """A file cut to a length."""

    inode: int
    length: int


class Name(NamedTuple):
    """What a folder calls so from now on; None: nothing."""

    folder: int
    name: str
    inode: int | None
    was: str | None = None  # the name in the same folder that is gone at once


class Sync(NamedTuple):
    inode: int


Step = Write | Cut | Name | Sync


class Disk:
    """All below `root`: what was there, and what was done to it since, in order."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.steps: list[Step] = []
        self._ids: dict[int, int] = {}
        self._fresh = count()
        self._files: dict[int, bytes] = {}
        self._folders: dict[int, dict[str, int]] = {}
        self._top = self._known(root)

    # ---- recording

    def _known(self, path: Path) -> int:
        id = self._new(path)
        if path.is_dir():
            self._folders[id] = {one.name: self._known(one) for one in path.iterdir()}
        else:
            self._files[id] = path.read_bytes()
        return id

    def _new(self, path: Path | int) -> int:
        # The file system gives the number of a file that is gone to the next one.
        id = self._ids[_number(path)] = next(self._fresh)
        return id

    def _id(self, path: Any) -> int:
        return self._ids[_number(path)]

    def _is_mine(self, path: Any) -> bool:
        return isinstance(path, str | Path) and Path(path).absolute().is_relative_to(self.root)

    def _name(self, path: Any, inode: int | None) -> None:
        path = Path(path).absolute()
        self.steps.append(Name(self._id(path.parent), path.name, inode))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Everything that is done through `os` and `open` meanwhile."""
        with mock.patch.multiple(os, **self._doing()), mock.patch("io.open", _pyio.open), mock.patch("builtins.open", _pyio.open):  # fmt: skip
            yield

    def _doing(self) -> dict[str, Callable[..., Any]]:
        do = {name: getattr(os, name) for name in ("open", "write", "ftruncate", "fsync", "replace", "link", "mkdir", "unlink", "rmdir")}  # fmt: skip
        return {**self._with_data(do), **self._with_names(do)}

    def _with_data(self, do: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:

        def open_(path: Any, flags: int, *more: Any, **named: Any) -> int:
            mine = self._is_mine(path)
            new = mine and flags & os.O_CREAT and not os.path.lexists(path)
            file: int = do["open"](path, flags, *more, **named)
            if new:
                self._name(path, self._new(path))
            elif mine and flags & os.O_TRUNC:
                self.steps.append(Cut(self._id(path), 0))
            return file

        def write(file: int, data: Any) -> int:
            inode = self._ids.get(os.fstat(file).st_ino)
            appends = inode is not None and _appends(file)
            at = os.fstat(file).st_size if appends else os.lseek(file, 0, os.SEEK_CUR) if inode is not None else 0
            written: int = do["write"](file, data)
            if inode is not None:
                self.steps.append(Write(inode, at, bytes(data)[:written]))
            return written

        def ftruncate(file: int, length: int) -> None:
            do["ftruncate"](file, length)
            self.steps.append(Cut(self._id(file), length))

        def fsync(file: int) -> None:
            do["fsync"](file)
            inode = self._ids.get(os.fstat(file).st_ino)
            if inode is not None:
                self.steps.append(Sync(inode))

        return {"open": open_, "write": write, "ftruncate": ftruncate, "fsync": fsync}

    def _with_names(self, do: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
        def replace(one: Any, other: Any) -> None:
            inode = self._id(one)
            do["replace"](one, other)
            one, other = Path(one).absolute(), Path(other).absolute()
            assert one.parent == other.parent, "a move to another folder is two steps"
            self.steps.append(Name(self._id(other.parent), other.name, inode, was=one.name))

        def link(one: Any, other: Any) -> None:
            do["link"](one, other)
            self._name(other, self._id(one))

        def mkdir(path: Any, *more: Any, **named: Any) -> None:
            do["mkdir"](path, *more, **named)
            if self._is_mine(path):
                self._name(path, self._new(Path(path)))
                self._folders[self._id(path)] = {}

        def gone(way: str) -> Callable[..., None]:
            def remove(path: Any, *more: Any, **named: Any) -> None:
                do[way](path, *more, **named)
                if self._is_mine(path):
                    self._name(path, None)

            return remove

        removing = {"unlink": gone("unlink"), "remove": gone("unlink"), "rmdir": gone("rmdir")}
        return {"replace": replace, "rename": replace, "link": link, "mkdir": mkdir, **removing}

    # ---- replaying

    def after(self, steps: int) -> Iterator[Mapping[str, bytes]]:
        """Whatever may be left of the files when the power goes after so many steps, by their paths."""
        done = self.steps[:steps]
        synced: set[int] = set()
        loose: list[int] = []
        for number in range(steps - 1, -1, -1):
            step = done[number]
            if isinstance(step, Sync):
                synced.add(step.inode)
            elif (step.folder if isinstance(step, Name) else step.inode) not in synced:
                loose.insert(0, number)
        seen = set()
        for kept in _choices(loose):
            left = self._left(done, dict(zip(loose, kept, strict=True)))
            key = tuple(sorted(left.items()))
            if key not in seen:
                seen.add(key)
                yield left

    def _left(self, done: list[Step], kept: Mapping[int, float]) -> dict[str, bytes]:
        """`kept` says of each loose step how much of it is there: nothing, half (of what was written), all."""
        files, folders = dict(self._files), {id: dict(names) for id, names in self._folders.items()}
        for number, step in enumerate(done):
            part = kept.get(number, 1.0)
            match step:
                case Write(inode, at, data) if part:
                    old = files.get(inode, b"").ljust(at, b"\0")
                    data = data[: round(len(data) * part)]
                    files[inode] = old[:at] + data + old[at + len(data) :]
                case Cut(inode, length) if part:
                    files[inode] = files.get(inode, b"")[:length]
                case Name(folder, name, inode, was) if part:
                    folders[folder].pop(was or "", None)
                    folders[folder].pop(name, None)
                    if inode is not None:
                        folders[folder][name] = inode
        return dict(self._walk(self._top, "", files, folders))

    def _walk(self, id: int, path: str, files: Mapping[int, bytes], folders: Mapping[int, Mapping[str, int]]) -> Iterator[tuple[str, bytes]]:  # fmt: skip
        if id not in folders:
            yield path, files.get(id, b"")
            return
        for name, below in folders[id].items():
            yield from self._walk(below, f"{path}/{name}" if path else name, files, folders)


def _number(path: Any) -> int:
    return os.stat(path).st_ino  # noqa: PTH116 (a descriptor too)


def _appends(file: int) -> bool:
    import fcntl

    return bool(fcntl.fcntl(file, fcntl.F_GETFL) & os.O_APPEND)


def _choices(loose: list[int]) -> Iterator[tuple[float, ...]]:
    if len(loose) <= MOST_AT_ONCE:
        yield from product((0.0, 0.5, 1.0), repeat=len(loose))
        return
    for rest in (0.0, 1.0):
        yield (rest,) * len(loose)
        for one in range(len(loose)):
            for part in (0.0, 0.5, 1.0):
                yield (*(rest,) * one, part, *(rest,) * (len(loose) - one - 1))
