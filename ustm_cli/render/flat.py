"""CSV and TSV: a head and a row each. A text that a spreadsheet would take for a formula stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from ustm_cli.register.standing import Row
from ustm_cli.render.rows import COLUMNS, cells

_NUMBER = re.compile(r"-?\d+")


def safe(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run (OWASP, "CSV Injection")."""
    dangerous = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text)
    return f"'{text}" if dangerous else text


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    yield _csv_line(COLUMNS)
    for row in rows:
        yield _csv_line([safe(cell) for cell in cells(row)])


def _csv_line(values: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


def tsv_lines(rows: Iterable[Row]) -> Iterator[str]:
    yield "\t".join(COLUMNS) + "\n"
    for row in rows:
        yield "\t".join(safe(" ".join(cell.split())) for cell in cells(row)) + "\n"
