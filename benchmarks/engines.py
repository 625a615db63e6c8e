"""What the template engine and the workbook writer take alone: their import, and the work that no plan can spare them.

`python -m benchmarks.engines html|xlsx` prints the seconds; run in a folder that holds `plans/` and `plan.xlsx`.
"""

from __future__ import annotations

import os
import sys
import time


def html() -> float:
    """Jinja alone: the documents of views that are ready."""
    from ustm_cli.cli.commands.render import papers, shipped_templates
    from ustm_cli.cli.session import session_of, voice_of
    from ustm_cli.cli.world import world_of

    common = {"--today": ("2563-11-16",)}
    world = world_of(session_of(common, voice_of(common, os.environ), os.environ))
    ready, shipped = list(papers(world, ("sheets", "table", "year", "dashboard"))), shipped_templates()
    start = time.perf_counter()
    from ustm_cli.render.document import document

    for paper in ready:
        document(paper.kind, "html", paper.view, world.session.voice, shipped, {})
    return time.perf_counter() - start


def xlsx() -> float:
    """XlsxWriter alone: the cells of the finished workbook, without any format, once more."""
    from io import BytesIO

    from openpyxl import load_workbook

    sheets = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in load_workbook("plan.xlsx")]
    start = time.perf_counter()
    from xlsxwriter import Workbook

    book = Workbook(BytesIO(), {"in_memory": True, "remove_timezone": True, "default_date_format": "yyyy-mm-dd"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return time.perf_counter() - start


if __name__ == "__main__":
    print({"html": html, "xlsx": xlsx}[sys.argv[1]]())
