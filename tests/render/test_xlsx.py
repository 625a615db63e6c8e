"""The workbook: real dates in the Buddhist era, text that stays text, the same bytes, opened by others."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from made_rows import row
from openpyxl import Workbook, load_workbook

from ustm_cli.register.standing import Row
from ustm_cli.render.voice import Voice
from ustm_cli.render.xlsx import COLUMNS, LONGEST_TEXT, date_format, render
from ustm_cli.views.tally import tally

SOFFICE = shutil.which("soffice")
KEYS = [column.key for column in COLUMNS]
TITLE, ACT_BY = KEYS.index("col_title") + 1, KEYS.index("col_act_by") + 1
HOSTILE = (
    "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "@SUM(1)", "'x", "http://example.org", "=HYPERLINK(\"http://x\")",
    "a\nb", "\x00\x07\x1b[31mแดง", "_x000D_", "<script>&amp;", "\u202eกลับ", "2563-10", "007",
)  # fmt: skip


def book_of(content: bytes) -> Workbook:
    found: Workbook = load_workbook(BytesIO(content))
    return found


def made(*rows: Row, lang: str = "th", digits: str = "arabic") -> bytes:
    return render(rows, [], tally(rows, date(2020, 11, 16)), Voice(lang, digits))  # type: ignore[arg-type]


def obligations(*rows: Row, **voice: str) -> Any:
    return book_of(made(*rows, **voice)).worksheets[0]


def test_dates_are_dates() -> None:
    """A day is a date for Excel, shown by its number format alone in the Buddhist era; what has none is empty."""
    sheet = obligations(row())
    cell = sheet.cell(2, ACT_BY)
    assert cell.value == datetime(2020, 11, 10)
    assert cell.number_format == "[$-107041E]ddd d mmm yyyy"
    assert sheet.cell(2, KEYS.index("col_review") + 1).value is None


@pytest.mark.parametrize(
    ("lang", "digits", "shown"),
    [
        ("th", "arabic", "[$-107041E]ddd d mmm yyyy"),
        ("th", "thai", "[$-D07041E]ddd d mmm yyyy"),
        ("en", "arabic", "[$-1070409]ddd d mmm yyyy"),
    ],
)
def test_date_format(lang: str, digits: str, shown: str) -> None:
    """The calendar of the format is the Thai one (07) in every language and in both kinds of digits."""
    assert date_format(Voice(lang, digits)) == shown  # type: ignore[arg-type]


def test_a_clock_is_a_local_moment() -> None:
    """due_at stands as the wall clock of Bangkok."""
    due_at = datetime(2020, 11, 10, 14, 21, tzinfo=timezone(timedelta(hours=7)))
    sheet = obligations(row("running", due_at=due_at))
    assert sheet.cell(2, KEYS.index("xlsx_due_at") + 1).value == datetime(2020, 11, 10, 14, 21)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_stays_text(text: str) -> None:
    """No title becomes a formula, a link, a number or a broken file."""
    content = made(row(title=text, group=text, owner=text, follow_up=text, send_to=(text,)))
    cell = book_of(content).worksheets[0].cell(2, TITLE)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert [char for char in cell.value if char != " "] == [
        char for char in text if char >= " " or char == "\n" if char != " "
    ]
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "'"))
    with ZipFile(BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("text", ["ก" * 10_000, "ก" * 40_000, "😀" * 20_000])
def test_very_long_titles(text: str) -> None:
    """A title of ten thousand letters stands whole; one longer than a cell of Excel can be is cut and says so."""
    value = obligations(row(title=text)).cell(2, TITLE).value
    units = len(value.encode("utf-16-le")) // 2
    assert units <= LONGEST_TEXT
    assert value == text if len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT else value.endswith("…")


def test_filters_and_frozen_head() -> None:
    """The head stays in sight and filters every column; on paper it is repeated."""
    sheet = obligations(row(), row(id="b"))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:Q3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9


def test_rows_are_as_high_as_their_text() -> None:
    """A title that takes several lines gets them, within what Excel allows."""
    sheet = obligations(
        row(), row(id="b", title="รายงานกระทบยอดเงินฝากธนาคารกรุงไทย " * 6), row(id="c", title="ก " * 5000)
    )
    heights = [sheet.row_dimensions[number].height for number in (2, 3, 4)]
    assert heights[0] < heights[1] < heights[2] <= 409


def test_english_is_english() -> None:
    """Nothing Thai but what the plan says."""
    mine = {"office": "o", "title": "t", "group": "g", "owner": "o", "province": "p"}
    book = book_of(made(row(**mine), lang="en"))
    texts = [cell.value for sheet in book for line in sheet for cell in line if isinstance(cell.value, str)]
    assert [text for text in [*book.sheetnames, *texts] if any("ก" <= char <= "๛" for char in text)] == []


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, run: Callable[..., Any]) -> Path:
    path = tmp_path_factory.mktemp("xlsx") / "year.xlsx"
    assert run("export", "xlsx", "--out", path).code == 0
    return path


def test_sheets_of_the_whole_plan(year: Path, run: Callable[..., Any]) -> None:
    """Obligations, the twelve months and statistics; the counts of each block add up to the rows."""
    book = load_workbook(year)
    assert book.sheetnames == ["งาน", "ตาราง 2564", "สถิติ"]
    rows = run("export", "csv").out.count("@")
    count = book["งาน"].max_row - 1
    assert 200 < count <= rows
    totals = [line[-1].value for line in book["สถิติ"].iter_rows() if line[0].value == "รวม"]
    assert totals == [count] * 3


def test_table_of_twelve_months(year: Path) -> None:
    """Twelve months from October, every activity of the plan, and a different sign for each kind of mark."""
    sheet = load_workbook(year)["ตาราง 2564"]
    head = [cell.value for cell in sheet[3]]
    assert (head[3], head[14], len(head)) == ("ต.ค. 63", "ก.ย. 64", 16)
    lines = {line[1].value: [cell.value or "" for cell in line[3:15]] for line in sheet.iter_rows(min_row=4)}
    ktb = next(cells for title, cells in lines.items() if str(title).startswith("รายงานกระทบยอดเงินฝากธนาคารกรุงไทย"))
    assert ktb == ["● 10"] * 12
    signs = {sign for cells in lines.values() for cell in cells for sign in "●○═►" if sign in cell}
    assert signs == set("●○═►")
    assert all(sign in sheet["A2"].value for sign in signs)


def test_filter_of_the_table(run: Callable[..., Any], tmp_path: Path) -> None:
    """A group's workbook holds that group only, in every sheet."""
    assert run("export", "xlsx", "--group", "นโยบาย", "--out", tmp_path / "a.xlsx").code == 0
    book = load_workbook(tmp_path / "a.xlsx")
    texts = [str(cell.value) for sheet in book for line in sheet for cell in line if cell.value]
    assert "กลุ่มงานนโยบายและเศรษฐกิจการคลังจังหวัด" in texts
    assert "กลุ่มงานวิชาการ" not in texts


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: the workbook is not opened by it")
def test_libreoffice_shows_it(year: Path, tmp_path: Path) -> None:
    """LibreOffice opens the workbook and prints it on A4; dates show in the Buddhist era, every title is there."""
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    done = subprocess.run(
        [str(SOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(year)],
        capture_output=True,
        check=False,
        timeout=120,
    )
    pdf = tmp_path / "year.pdf"
    assert pdf.exists(), done.stderr.decode()
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: the print is made and not read")
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    assert "16 พ.ย. 2563" in text
    assert "30 ก.ย. 2564" in text
    assert "2020" not in text
    assert "###" not in text
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True).stdout.decode()
    assert "A4" in info


def test_the_table_of_several_offices(run: Callable[..., Any], plan: Callable[..., Path], tmp_path: Path) -> None:
    """Each office of one workbook stands under its own name, or its province where it gives none."""
    plan("- {id: a, title: งานหนึ่ง, when: 6 ต.ค. 2563}", top="office: สำนักงานคลังจังหวัดอุบลราชธานี\n")
    other = plan("- {id: b, title: งานสอง, when: 6 ต.ค. 2563}", name="other.yaml")
    other.write_text(other.read_text("utf-8").replace("province: อุบลราชธานี", "province: ตราด"), "utf-8")
    assert run("export", "xlsx", "--out", "a.xlsx", cwd=tmp_path).code == 0
    [sheet] = [one for one in book_of((tmp_path / "a.xlsx").read_bytes()).worksheets if one.max_column > 14 and one.freeze_panes == "C4"]  # fmt: skip
    told = [cell.value for line in sheet.iter_rows(min_row=4) for cell in line[:3] if cell.value]
    assert [word for word in told if word in ("สำนักงานคลังจังหวัดอุบลราชธานี", "ตราด", "งานหนึ่ง", "งานสอง")] == [
        "สำนักงานคลังจังหวัดอุบลราชธานี", "งานหนึ่ง", "ตราด", "งานสอง",
    ]  # fmt: skip
