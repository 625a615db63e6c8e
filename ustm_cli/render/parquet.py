"""Rows as columns of Arrow, for a data set of Parquet files: a kind of column for each of `COLUMNS`.

Dates are days, `due_at` a moment, `send_to` a list of texts, everything that is null is null. The fiscal year and the
province stand in the names of the folders (as Hive, Spark, DuckDB and others read them), all else in the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ustm_cli.register.standing import Row
from ustm_cli.render.rows import COLUMNS, DATES

if TYPE_CHECKING:
    import pyarrow as pa

NUMBERS = ("days_left", "line")
OF_ROWS = ("status", "days_left", "done_on")
"""Columns of the row; the others are the obligation's."""

FOLDER = "folder"
REPEATED = ("activity", "period", "office", "title", "group", "owner", "follow_up", "status", "file", FOLDER)
"""Texts that many rows share: one copy of each is kept in memory, and one a row group in the file."""

ORDER = ("act_by", "deadline", "id", FOLDER)
"""As `due` has them, what has no date last; a folder has an id once."""

NOT_STATED = "ไม่ระบุ"
"""The province of plans that state none: a text, since readers differ in what folder name they take for null."""

_PATH = re.compile(r"fiscal_year=[0-9]+/province=[^/\\]+")
_UNSAFE = re.compile(r"[\x00-,./:-@\[-^`{-\x7f]")


class Partition(NamedTuple):
    """What the obligations of one file share."""

    fiscal_year: int
    province: str

    @property
    def path(self) -> str:
        """`fiscal_year=2564/province=อุบลราชธานี`; what a file name cannot hold, or means otherwise, is escaped."""
        return "/".join(f"{name}={_escaped(str(value))}" for name, value in self._asdict().items())


def is_path(text: str) -> bool:
    """Whether a text is a partition's path, and leads nowhere else."""
    return _PATH.fullmatch(text) is not None


def _escaped(value: str) -> str:
    """Escaped as Hive does it: bytes of ASCII as `%3D`; all others stand as they are."""
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", value) or NOT_STATED


@cache
def schema() -> pa.Schema:
    """The columns of a file: those of `COLUMNS` but the partition's, and the folder that a row came from."""
    import pyarrow as pa

    def kind(name: str) -> pa.DataType:
        if name in DATES:
            return pa.date32()
        if name in NUMBERS:
            return pa.int32()
        if name == "due_at":
            return pa.timestamp("us", tz="Asia/Bangkok")
        return pa.list_(pa.string()) if name == "send_to" else pa.string()

    return pa.schema([(name, kind(name)) for name in (*COLUMNS, FOLDER) if name not in Partition._fields])


@cache
def compact_schema() -> pa.Schema:
    """The same, repeated texts as numbers: how they are kept in memory."""
    import pyarrow as pa

    def compact(field: pa.Field) -> pa.Field:
        return field.with_type(pa.dictionary(pa.int32(), pa.string())) if field.name in REPEATED else field

    return pa.schema([compact(field) for field in schema()])


def tables(found: Iterable[tuple[str, Sequence[Row]]]) -> dict[Partition, pa.Table]:
    """The rows of several folders, each with its name, as compact tables by partition, in order."""
    rows: dict[Partition, list[Row]] = {}
    folders: dict[Partition, list[str]] = {}
    for folder, own in found:
        for row in own:
            partition = Partition(row.obligation.fiscal_year, row.obligation.province)
            rows.setdefault(partition, []).append(row)
            folders.setdefault(partition, []).append(folder)
    return {partition: in_order(_table(own, folders[partition])) for partition, own in rows.items()}


def _table(rows: Sequence[Row], folders: Sequence[str]) -> pa.Table:
    import pyarrow as pa

    obligations = [row.obligation for row in rows]
    values: Mapping[str, Sequence[Any]] = {
        **dict(zip(obligations[0]._fields, zip(*obligations, strict=True), strict=True)),
        **{name: [getattr(row, name) for row in rows] for name in OF_ROWS},
        FOLDER: folders,
    }
    return pa.table([_column(values[field.name], field.type) for field in compact_schema()], schema=compact_schema())


def _column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    try:
        column = pa.array(values, plain)
    except UnicodeEncodeError:
        column = pa.array([_encodable(value) for value in values], plain)
    return column.dictionary_encode() if plain is not kind else column


def _encodable(value: Any) -> Any:
    """Lone surrogates, which no UTF-8 holds, as escapes."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return [_encodable(one) for one in cast("Sequence[object]", value)] if isinstance(value, list | tuple) else value


def in_order(table: pa.Table) -> pa.Table:
    """The rows of a compact table in `ORDER`."""
    return table.take(_places(table))


def _places(table: pa.Table) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    keys: dict[str, pa.Array] = {name: _ranks(table[name]) if name in ("id", FOLDER) else table[name] for name in ORDER}
    return pc.sort_indices(pa.table(keys), sort_keys=[(name, "ascending") for name in ORDER])


def _ranks(column: pa.ChunkedArray) -> pa.Array:
    """Numbers in the order of the texts, since numbers are sorted much faster."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    texts = column.unify_dictionaries().combine_chunks()
    if isinstance(texts, pa.ChunkedArray):  # without a single row
        return pa.array([], pa.int32())
    ranks = pc.rank(texts.dictionary, "ascending").cast(pa.int32())
    return ranks.take(texts.indices)
