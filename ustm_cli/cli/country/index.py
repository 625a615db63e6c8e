"""What was expanded of many folders, kept in the user's cache: a folder is expanded again when a file of it changed.

Every blob is sealed, and what is not whole counts as not there. Folders are replaced under a new number, so that a
reader never sees half of one. Without a cache (`USTM_NO_CACHE=1`, no folder to write in) the same index lives in a
temporary file, since memory shall not grow with the number of plans.
"""

from __future__ import annotations

import marshal
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ustm_cli import __version__, cache
from ustm_cli.cli.country.folder import Asked, Folder, Found, look_into
from ustm_cli.cli.country.packing import Head, Packed, Shelf, pack
from ustm_cli.dates.holidays import Holiday
from ustm_cli.views.roundup import Place, place_of

FORMAT = 1
MOST_INDEXES = 3
LARGEST = 4 << 30
WAIT_SECONDS = 60.0
_TABLES = """
CREATE TABLE IF NOT EXISTS folder (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, info BLOB NOT NULL, heads BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS holidays (id BLOB PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shelf (
    week INTEGER, kind INTEGER, folder INTEGER, earliest INTEGER, rows INTEGER, data BLOB NOT NULL,
    PRIMARY KEY (week, kind, folder)
) WITHOUT ROWID;
"""


class Info(NamedTuple):
    """What is known of a folder beside its obligations; `prints` is empty where they must be expanded every time."""

    files: tuple[tuple[str, str], ...]
    prints: tuple[cache.Print, ...]
    read: tuple[str, ...]
    years: tuple[int, ...]
    unreviewed: tuple[int, ...]
    told: str
    whole: bool
    holidays: bytes
    places: tuple[Place, ...]

    def fits(self, folder: Folder) -> bool:
        return bool(self.prints) and self.files == folder.files and all(map(cache.unchanged, self.prints))


class Sealed(NamedTuple):
    """A folder as the index takes it, made where it was expanded."""

    path: str
    info: bytes
    heads: bytes
    shelves: tuple[Shelf, ...]
    holidays: tuple[bytes, bytes]


def expand_all(folders: Iterable[Folder], asked: Asked) -> list[Sealed]:
    return [_sealed(folder, asked) for folder in folders]


def _sealed(folder: Folder, asked: Asked) -> Sealed:
    since = time.time_ns()
    found = look_into(folder, asked)
    heads, shelves = pack(found.rows)
    days = marshal.dumps([_plain(day) for day in found.holidays])
    holidays = cache.digest(days)
    info = Info(
        folder.files, _prints(found, since), found.read, found.years, found.unreviewed, found.told, found.whole,
        holidays, tuple(dict.fromkeys(place_of(row.obligation) for row in found.rows)),
    )  # fmt: skip
    return Sealed(
        folder.path,
        cache.seal(marshal.dumps(tuple(info))),
        cache.seal(marshal.dumps(heads)),
        tuple(shelf._replace(data=cache.seal(shelf.data)) for shelf in shelves),
        (holidays, cache.seal(days)),
    )


def _prints(found: Found, since: int) -> tuple[cache.Print, ...]:
    """None of what changed while it was read, or changes by the minute."""
    if found.moving or any(cache.changed(path) >= since for path in found.read):
        return ()
    return tuple(cache.file_print(path, since) for path in found.read)


def _plain(day: Holiday) -> tuple[object, ...]:
    return tuple(value.toordinal() if isinstance(value, date) else value for value in day)


def _holiday(values: tuple[Any, ...]) -> Holiday:
    day, th, en, kind, scope, announced, cancelled, source = values
    known, gone = (date.fromordinal(value) if value else None for value in (announced, cancelled))
    return Holiday(date.fromordinal(day), th, en, kind, scope, known, gone, source)


class Harmed(Exception):
    """The index is not whole, and has to be made again."""


def _whole(sealed: bytes) -> Any:
    plain = cache.unseal(sealed)
    if plain is None:
        raise Harmed
    return marshal.loads(plain)  # noqa: S302 (sealed)


class Index:
    """The kept folders of one way to ask (folder to stand in, language, --as-of) and one state of the program."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.database = sqlite3.connect(path, timeout=WAIT_SECONDS)
        try:
            # A reader sees what was whole when it began, a power cut loses only what was written last.
            self.database.executescript("PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
            self.database.executescript(_TABLES)
        except sqlite3.Error:
            self.close()
            raise

    def hold(self) -> None:
        """From now on read what is there now, whatever others put in its place meanwhile."""
        self.database.execute("BEGIN")

    def infos(self) -> dict[str, tuple[int, Info]]:
        """(number, info) of every folder that is kept, by path. Raises Harmed."""
        rows = self.database.execute("SELECT id, path, info FROM folder")
        return {path: (number, Info(*_whole(info))) for number, path, info in rows}

    def keep(self, folders: Iterable[Sealed]) -> None:
        with self.database:
            for folder in folders:
                self.database.execute("DELETE FROM folder WHERE path = ?", (folder.path,))
                values = (folder.path, folder.info, folder.heads)
                number = self.database.execute(
                    "INSERT INTO folder (path, info, heads) VALUES (?, ?, ?)", values
                ).lastrowid
                self.database.execute("INSERT OR REPLACE INTO holidays VALUES (?, ?)", folder.holidays)
                self.database.executemany(
                    "INSERT INTO shelf VALUES (?, ?, ?, ?, ?, ?)",
                    ((week, kind, number, *rest) for week, kind, *rest in folder.shelves),
                )

    def heads(self, number: int) -> tuple[Head, ...]:
        found: tuple[Head, ...] = _whole(self._one("SELECT heads FROM folder WHERE id = ?", number))
        return found

    def holidays(self, id: bytes) -> list[Holiday]:
        return [_holiday(values) for values in _whole(self._one("SELECT data FROM holidays WHERE id = ?", id))]

    def _one(self, query: str, key: object) -> bytes:
        row = self.database.execute(query, (key,)).fetchone()
        if row is None:
            raise Harmed
        found: bytes = row[0]
        return found

    def weeks(self) -> range:
        """Those in which anything has to be acted on."""
        low, high = self.database.execute("SELECT min(week), max(week) FROM shelf WHERE week > 0").fetchone()
        return range(low, high + 1) if low else range(0)

    def shelves(self, week: int, kind: int, until: int | None = None) -> Iterator[tuple[int, list[Packed]]]:
        """(folder's number, its rows) of a week's shelf; with `until`, where one is open or to be reviewed by then."""
        query = "SELECT folder, data FROM shelf WHERE week = ? AND kind = ?"
        last = () if until is None else (until,)
        for number, data in self.database.execute(query + " AND earliest <= ?" * len(last), (week, kind, *last)):
            yield number, _whole(data)

    def counts(self, weeks: range, kinds: Sequence[int]) -> Iterator[tuple[int, int]]:
        """(folder's number, how many rows) of the shelves of weeks."""
        for week in weeks:
            for kind in kinds:
                query = "SELECT folder, rows FROM shelf WHERE week = ? AND kind = ?"
                yield from self.database.execute(query, (week, kind))

    def tidy(self) -> None:
        """Throw away the rows of folders that were replaced, once they are many."""
        (live,) = self.database.execute("SELECT count(*) FROM folder").fetchone()
        (given,) = self.database.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence").fetchone()
        if given > 4 * live + 1000:
            with self.database:
                self.database.execute("DELETE FROM shelf WHERE folder NOT IN (SELECT id FROM folder)")
                self.database.execute("UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM folder)")

    def close(self) -> None:
        self.database.close()


@contextmanager
def opened(asked: Asked, cwd: str) -> Generator[Index]:
    """The index for a way to ask; where none can be kept, one that is thrown away. Raises Harmed."""
    path = _path(asked, cwd) if cache.wanted() else None
    if path is None:
        with thrown_away() as index:
            yield index
        return
    try:
        index = Index(path)
    except (sqlite3.Error, OSError):
        raise Harmed from None
    try:
        yield index
    finally:
        index.close()
        _bound(path)


@contextmanager
def thrown_away() -> Generator[Index]:
    with tempfile.TemporaryDirectory(prefix="ustm-") as folder:
        index = Index(str(Path(folder, "index")))
        try:
            yield index
        finally:
            index.close()


def _path(asked: Asked, cwd: str) -> str | None:
    own = cache.folder()
    if own is None:
        return None
    folder = Path(own, "country")
    way = (FORMAT, __version__, sys.version, cache.program(), cwd, asked.voice.lang, asked.voice.digits)
    key = repr((*way, asked.as_of)).encode()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return str(folder / cache.digest(key).hex())


def forget(asked: Asked, cwd: str) -> None:
    """Remove a harmed index."""
    path = _path(asked, cwd)
    if path:
        _remove(path)


def _remove(path: str) -> None:
    for end in ("", "-wal", "-shm"):
        with suppress(OSError):
            Path(path + end).unlink()


def _bound(path: str) -> None:
    """Keep the indexes used last, none that grew beyond measure."""
    with suppress(OSError):
        os.utime(path)
        if Path(path).stat().st_size > LARGEST:
            _remove(path)
        with os.scandir(Path(path).parent) as items:
            indexes = [item for item in items if not item.name.endswith(("-wal", "-shm"))]
        for item in sorted(indexes, key=lambda item: item.stat().st_mtime_ns)[:-MOST_INDEXES]:
            _remove(item.path)
