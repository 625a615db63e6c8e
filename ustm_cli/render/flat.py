"""CSV and TSV: a head and a row each. A text that a spreadsheet would take for a formula stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from ustm_cli.register.standing import Row
from ustm_cli.render.rows import COLUMNS, cells

_NUMBER = re.compile(r"-?\d+")


def safe(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would run (OWASP, "CSV Injection")."""
    dangerous = text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _NUMBER.fullmatch(text)
    return f"'{text}" if dangerous else text


def csv_text(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in cells(row)] for row in rows)
    return out.getvalue()


def tsv_text(rows: Sequence[Row]) -> str:
    lines = ["\t".join(COLUMNS)]
    lines += ["\t".join(safe(" ".join(cell.split())) for cell in cells(row)) for row in rows]
    return "\n".join(lines) + "\n"
