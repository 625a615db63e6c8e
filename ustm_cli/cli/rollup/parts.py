"""The two pieces of work of a rollup: folders expanded into part files, the parts of a partition merged into one file.

Either may be done twice, when a process dies: it then writes the same file again. Memory is bounded: a part has the
rows of few folders, and a partition is merged by spans of days.
"""

from __future__ import annotations

import os
import secrets
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ustm_cli.cache import changed
from ustm_cli.cli.country.folder import Asked, Folder, Found, look_into
from ustm_cli.cli.rollup.manifest import Entry, digest_of, digests, name_of, plans_of, program, stood
from ustm_cli.register.store import path_beside
from ustm_cli.render import parquet
from ustm_cli.render.parquet import FOLDER, Partition

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

MOST_ROWS = 250_000
"""Rows of a partition that are merged at a time, those of one day apart."""

ROW_GROUP = 1 << 16
MARK = b"ustm.rollup"
"""What the files of a data set of ours bear."""


class OtherProgram(Exception):
    """A process elsewhere has another version of the program."""


def unseen(folders: Sequence[str]) -> str | None:
    """The first of the folders that this process cannot see."""
    return next((folder for folder in folders if not Path(folder).is_dir()), None)


# ---- folders into parts


class Expanding(NamedTuple):
    """Folders to be expanded, the folder for the parts, the number that names them.

    `program` is the one that asks, where it is another machine's.
    """

    folders: Sequence[Folder]
    asked: Asked
    to: str
    number: int
    program: str


class Told(NamedTuple):
    """A folder that was expanded: what the manifest shall hold of it, what is for stderr, whether no plan is faulty."""

    name: str
    entry: Entry
    told: str
    whole: bool


class Expanded(NamedTuple):
    """The folders of one piece of work, and the part written of each partition."""

    folders: Sequence[Told]
    parts: Mapping[Partition, str]


def expand(work: Expanding) -> Expanded:
    """Raises OtherProgram and OSError."""
    if work.program not in ("", program()):
        raise OtherProgram
    found = [_look_into(folder, work.asked) for folder in work.folders]
    tables = parquet.tables((told.name, rows.rows) for told, rows in found)
    parts: dict[Partition, str] = {}
    for number, (partition, table) in enumerate(tables.items()):
        parts[partition] = f"{work.to}/{work.number}-{number}.part"
        _write(Path(parts[partition]), table)
    return Expanded([told for told, _ in found], parts)


def _look_into(folder: Folder, asked: Asked) -> tuple[Told, Found]:
    since = time.time_ns()
    before = digests(folder, tuple(str(item) for path, _ in folder.files for item in (path, path_beside(Path(path)))))
    found = look_into(folder, asked)
    read = digests(folder, found.read)
    # What is told has to be told again, and what changed while it was read has to be read again.
    unsteady = before.items() - read.items() or any(changed(path) >= since for path in found.read)
    fleeting = found.moving or any(row.time_left is not None for row in found.rows)
    rows = Counter(Partition(row.obligation.fiscal_year, row.obligation.province) for row in found.rows)
    entry = Entry(
        plans_of(folder),
        stood(asked, asked.now if fleeting else None),
        None if found.told or not found.whole or unsteady else read,
        {partition.path: count for partition, count in rows.items()},
        Counter(row.status for row in found.rows),
        found.unreviewed,
    )
    return Told(name_of(folder), entry, found.told, found.whole), found


def _write(path: Path, table: pa.Table) -> None:
    import pyarrow.parquet as pq

    with _whole(path) as beside:
        # Small groups, so that a span of days can be read alone.
        pq.write_table(table, beside, row_group_size=ROW_GROUP // 8, compression="zstd")


@contextmanager
def _whole(path: Path) -> Generator[Path]:
    """A name to write to; the file then has its own, be it written twice at once."""
    beside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    yield beside
    beside.replace(path)


# ---- parts into a file


class Merging(NamedTuple):
    """A partition's parts, and its old file with the folders whose rows in it shall stay; `to` is the new one."""

    partition: str
    parts: Sequence[str]
    old: str
    kept: Sequence[str]
    to: str


def merge(work: Merging) -> str:
    """Write the file of a partition, its rows in order, safely on the disk; returns its digest. Raises OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = parquet.schema().with_metadata({MARK: b"1"})
    path = Path(work.to)
    with _whole(path) as beside:
        with beside.open("wb") as file:
            with pq.ParquetWriter(file, schema, compression="zstd") as writer:
                for table in _groups(_merged(work)):
                    writer.write_table(table.cast(schema), ROW_GROUP)
            file.flush()
            os.fsync(file.fileno())
        digest = digest_of(beside)
    pa.default_memory_pool().release_unused()
    return digest


def bears_mark(path: Path) -> bool:
    """Whether a file is of a data set of ours."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return MARK in (pq.read_metadata(path).metadata or {})
    except (OSError, pa.ArrowInvalid):
        return False


def _groups(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The rows in tables of `ROW_GROUP` rows, whatever tables they came in."""
    import pyarrow as pa

    rest = parquet.compact_schema().empty_table()
    for table in tables:
        rest = pa.concat_tables([rest, table]) if rest.num_rows else table
        while rest.num_rows >= ROW_GROUP:
            yield rest.slice(0, ROW_GROUP)
            rest = rest.slice(ROW_GROUP)
    if rest.num_rows:
        yield rest


def _merged(work: Merging) -> Iterator[pa.Table]:
    """The rows of the parts and those kept of the old file, in order, a span of days at a time."""
    import pyarrow as pa
    import pyarrow.compute as pc

    sources = [_rows(work.parts)]
    if work.kept:
        sources.append(_rows([work.old]).filter(pc.field(FOLDER).isin(work.kept)))
    for span in _spans(sources):
        yield parquet.in_order(pa.concat_tables([rows.to_table(filter=span, use_threads=False) for rows in sources]))


def _rows(paths: Sequence[str]) -> ds.Dataset:
    import pyarrow.dataset as ds

    texts = ds.ParquetReadOptions(dictionary_columns=set(parquet.REPEATED))
    return ds.dataset(list(paths), schema=parquet.compact_schema(), format=ds.ParquetFileFormat(read_options=texts))


def _spans(sources: Iterable[ds.Dataset]) -> Iterator[pc.Expression | None]:
    """Conditions that part the rows by act_by, `MOST_ROWS` or the rows of one day each; None: all of them at once."""
    import pyarrow.compute as pc

    counts: Counter[date | None] = Counter()
    for rows in sources:
        for batch in rows.to_batches(columns=["act_by"], use_threads=False):
            for pair in pc.value_counts(batch["act_by"]).to_pylist():
                counts[pair["values"]] += pair["counts"]
    if counts.total() <= MOST_ROWS:
        yield None
        return
    for first, last in _days({day: count for day, count in counts.items() if day}):
        yield (pc.field("act_by") >= first) & (pc.field("act_by") <= last)
    if counts[None]:
        yield pc.field("act_by").is_null()


def _days(counts: Mapping[date, int]) -> Iterator[tuple[date, date]]:
    """First and last days of spans with at most `MOST_ROWS` rows, where a day alone has no more."""
    days = sorted(counts)
    first, rows = 0, 0
    for number, day in enumerate(days):
        if rows and rows + counts[day] > MOST_ROWS:
            yield days[first], days[number - 1]
            first, rows = number, 0
        rows += counts[day]
    if days:
        yield days[first], days[-1]
