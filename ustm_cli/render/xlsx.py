"""A workbook for Excel: the obligations, the twelve-month table of each year, the counts.

Dates are real ones, shown in the Buddhist era by the number format alone: `107` of `[$-107041E]` asks for the Thai
Buddhist calendar (07) in Arabic digits (1), `D07` for Thai digits, `041E` for the Thai language. Texts are written
as strings, never as formulas or links; one that looks like a formula bears Excel's own mark of text, so that it stays
one when its cell is edited. The same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from ustm_cli.dates.era import month_name
from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.register.standing import Row
from ustm_cli.render.harmless import plain
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width as cells_of
from ustm_cli.render.wrap import wrap
from ustm_cli.views.table import Due, Mark, Table
from ustm_cli.views.table import Line as TableLine
from ustm_cli.views.tally import Line, Tally

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FONT = "Tahoma"  # on every Windows, with Thai letters of the same size as Latin ones
LONGEST_TEXT = 32767  # UTF-16 units in one cell of Excel
A4 = 9
LINE_HEIGHT, HIGHEST = 15, 409  # points; Excel has no higher row
_SHAPES = {"whole": "◄─►", "start": "◄──", "middle": "───", "end": "──►"}
_SIGNS = {"point": "●", "awaiting": "○", "continuous": "═══", "cancelled": "×"}

Value = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the obligations: the key of its head, its bounds in characters, and what it shows of a row."""

    key: str
    narrowest: int
    widest: int
    value: Callable[[Row, Voice], Value]


# The columns that are printed come first.
PRINTED = 9
COLUMNS: tuple[Column, ...] = (
    Column("col_act_by", 18, 18, lambda row, voice: row.obligation.act_by),
    Column("col_deadline", 18, 18, lambda row, voice: row.obligation.deadline),
    Column("col_title", 40, 60, lambda row, voice: row.obligation.title),
    Column("col_group", 18, 28, lambda row, voice: row.obligation.group),
    Column("show_owner", 14, 24, lambda row, voice: row.obligation.owner),
    Column("col_send_to", 18, 34, lambda row, voice: ", ".join(row.obligation.send_to)),
    Column("col_review", 20, 20, lambda row, voice: row.obligation.review_by),
    Column("col_status", 12, 12, lambda row, voice: voice.status(row.status)),
    Column("xlsx_days_left", 12, 12, lambda row, voice: row.days_left),
    Column("ics_opens", 18, 18, lambda row, voice: row.obligation.opens),
    Column("ics_known_by", 18, 18, lambda row, voice: row.obligation.known_by),
    Column("xlsx_due_at", 24, 24, lambda row, voice: row.obligation.due_at),
    Column("ics_done", 18, 18, lambda row, voice: row.done_on),
    Column("xlsx_follow_up", 18, 40, lambda row, voice: row.obligation.follow_up),
    Column("xlsx_period", 12, 14, lambda row, voice: row.obligation.period),
    Column("col_id", 18, 34, lambda row, voice: row.obligation.id),
    Column("xlsx_file", 18, 24, lambda row, voice: f"{row.obligation.file}:{row.obligation.line}"),
)


def render(rows: Sequence[Row], tables: Sequence[Table], tally: Tally, voice: Voice) -> bytes:
    """The bytes of the file."""
    from xlsxwriter import Workbook

    out = BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    first = min((table.fiscal_year for table in tables), default=2484)
    created = fiscal_year(first).start
    workbook.set_properties({"created": datetime(created.year, created.month, created.day)})  # noqa: DTZ001
    styles = _Styles(workbook, voice)
    _obligations(_Sheet(workbook, styles, voice.say("xlsx_obligations"), voice), rows, voice)
    for table in tables:
        _table(_Sheet(workbook, styles, voice.say("xlsx_table", year=table.fiscal_year), voice), table, voice)
    _statistics(_Sheet(workbook, styles, voice.say("xlsx_statistics"), voice), tally, voice)
    workbook.close()
    return out.getvalue()


# ---- how cells look


def date_format(voice: Voice) -> str:
    """`จ. 16 พ.ย. 2563`; in English Excel writes `Mon 16 Nov 2563`."""
    digits = "D" if voice.digits == "thai" else "1"
    return f"[$-{digits}07{'0409' if voice.lang == 'en' else '041E'}]ddd d mmm yyyy"


def _number_format(voice: Voice) -> str:
    return "[$-D00041E]0" if voice.digits == "thai" else "0"


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook, voice: Voice) -> None:
        def style(**more: object) -> Format:
            return workbook.add_format({"font_name": FONT, "font_size": 10, "valign": "top", **more})

        boxed = {"border": 1, "border_color": "#999999"}
        self.plain = style()
        self.text = style(text_wrap=True, **boxed)
        self.quoted = style(text_wrap=True, quote_prefix=True, **boxed)
        self.centred = style(text_wrap=True, align="center", valign="vcenter", **boxed)
        self.day = style(num_format=date_format(voice), align="left", **boxed)
        self.moment = style(num_format=f"{date_format(voice)} hh.mm", align="left", **boxed)
        self.number = style(num_format=_number_format(voice), **boxed)
        self.sum = style(bold=True, num_format=_number_format(voice), **boxed)
        self.head = style(bold=True, text_wrap=True, bg_color="#D9E2F3", align="center", **boxed)
        self.group = style(bold=True, bg_color="#EDEDED", **boxed)
        self.part = style(bold=True, text_wrap=True, **boxed)
        self.title = style(bold=True)
        self.statuses = {
            "overdue": style(bold=True, font_color="#B00000", **boxed),
            "awaiting": style(italic=True, **boxed),
            "done": style(font_color="#006100", **boxed),
            "done_late": style(font_color="#7F6000", **boxed),
            "waived": style(font_strikeout=True, **boxed),
        }


class _Sheet:
    """A worksheet that takes values as what they are, and at the end gives them room."""

    def __init__(self, workbook: Workbook, styles: _Styles, name: str, voice: Voice) -> None:
        self.sheet: Worksheet = workbook.add_worksheet(name)
        self.styles = styles
        self.texts: dict[int, list[tuple[int, str]]] = {}
        self.sheet.set_paper(A4)
        self.sheet.set_landscape()
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer(f"&C&{chr(34)}{FONT}{chr(34)}&9{voice.say('xlsx_page', page='&P', pages='&N')}")

    def put(self, row: int, column: int, value: Value, style: Format | None = None) -> None:
        if isinstance(value, datetime):
            self.sheet.write_datetime(row, column, value.replace(tzinfo=None), style or self.styles.moment)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, style or self.styles.day)
        elif isinstance(value, int):
            self.sheet.write_number(row, column, value, style or self.styles.number)
        elif not value:
            self.sheet.write_blank(row, column, None, style or self.styles.text)
        else:
            self._put_text(row, column, value, style)

    def _put_text(self, row: int, column: int, value: str, style: Format | None) -> None:
        text = _fitting(plain(value))
        risky = text.startswith(("=", "+", "-", "@", "'"))
        self.sheet.write_string(row, column, text, style or (self.styles.quoted if risky else self.styles.text))
        self.texts.setdefault(row, []).append((column, text))

    def put_long(self, row: int, column: int, text: str, style: Format) -> None:
        """A text that runs over the empty cells beside it, and so asks for no width."""
        self.sheet.write_string(row, column, _fitting(plain(text)), style)

    def fit(self, widest: Sequence[int], narrowest: Sequence[int]) -> None:
        """Columns as wide as their texts need within these bounds, in Excel's characters, and rows as high.

        Excel would find the heights itself when it opens the file; others do not, and would cut the texts.
        """
        needs = [0] * len(widest)
        for column, text in {cell for texts in self.texts.values() for cell in texts}:
            needs[column] = max(needs[column], *map(cells_of, text.split("\n")))
        sizes = [
            min(max(round(need * 1.1) + 2, low), high) for need, low, high in zip(needs, narrowest, widest, strict=True)
        ]
        for column, size in enumerate(sizes):
            self.sheet.set_column(column, column, size)
        for row, texts in self.texts.items():
            lines = max(_lines(text, sizes[column] - 1) for column, text in texts)
            self.sheet.set_row(row, min(lines * LINE_HEIGHT + 1, HIGHEST))

    def text_may_look_like_numbers(self, rows: int, columns: int) -> None:
        """No green corner on `1` or `2563-10`."""
        from xlsxwriter.utility import xl_range

        self.sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, rows, columns)})


@lru_cache(maxsize=4096)
def _lines(text: str, cells: int) -> int:
    """How many lines a text takes; an activity's title stands in a row for each of its obligations."""
    return len(wrap(text, cells))


def _fitting(text: str) -> str:
    if 2 * len(text) <= LONGEST_TEXT:  # no character takes more than two units
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * LONGEST_TEXT - 2].decode("utf-16-le", "ignore") + "…"


# ---- the sheets


def _obligations(sheet: _Sheet, rows: Sequence[Row], voice: Voice) -> None:
    for number, column in enumerate(COLUMNS):
        sheet.put(0, number, voice.say(column.key), sheet.styles.head)
    for line, row in enumerate(rows, 1):
        for number, column in enumerate(COLUMNS):
            style = sheet.styles.statuses.get(row.status) if column.key == "col_status" else None
            sheet.put(line, number, column.value(row, voice), style)
    last = len(COLUMNS) - 1
    sheet.fit([column.widest for column in COLUMNS], [column.narrowest for column in COLUMNS])
    sheet.sheet.autofilter(0, 0, max(len(rows), 1), last)
    sheet.sheet.freeze_panes(1, 0)
    sheet.sheet.repeat_rows(0)
    sheet.sheet.print_area(0, 0, max(len(rows), 1), PRINTED - 1)
    sheet.text_may_look_like_numbers(len(rows), last)


def _table(sheet: _Sheet, table: Table, voice: Voice) -> None:
    offices = ", ".join(office.name for office in table.offices if office.name)
    sheet.put_long(0, 0, voice.say("xlsx_title", year=table.fiscal_year, office=offices).strip(), sheet.styles.title)
    sheet.put_long(1, 0, voice.say("xlsx_legend"), sheet.styles.plain)
    months = [f"{month_name(day.month, 'short', voice.lang)} {voice.day(day)[-2:]}" for day in table.months]
    heads = [voice.say("xlsx_number"), voice.say("xlsx_activity"), voice.say("xlsx_when"), *months]
    for column, head in enumerate([*heads, voice.say("xlsx_follow_up")]):
        sheet.put(2, column, head, sheet.styles.head)
    line = 3
    for office in table.offices:
        if len(table.offices) > 1:
            line = _heading(sheet, line, office.name or office.province)
        for section in office.sections:
            line = _heading(sheet, line, section.title)
            for item in section.lines:
                _table_line(sheet, line, item, voice)
                line += 1
    sheet.fit([9, 46, 34, *[9] * 12, 30], [9, 30, 20, *[9] * 12, 16])
    sheet.sheet.freeze_panes(3, 2)
    sheet.sheet.repeat_rows(2)
    sheet.text_may_look_like_numbers(line, 15)


def _heading(sheet: _Sheet, line: int, title: str) -> int:
    for column in range(16):
        sheet.put(line, column, "", sheet.styles.group)
    sheet.put_long(line, 1, title, sheet.styles.group)
    return line + 1


def _table_line(sheet: _Sheet, line: int, item: TableLine, voice: Voice) -> None:
    title = sheet.styles.part if item.kind != "activity" else None
    sheet.put(line, 0, voice.number(item.number), sheet.styles.centred)
    sheet.put(line, 1, item.title, title)
    sheet.put(line, 2, "\n".join(_times(item, voice)))
    for number, marks in enumerate(item.months):
        sheet.put(line, 3 + number, "\n".join(_marked(mark, voice) for mark in marks), sheet.styles.centred)
    sheet.put(line, 15, item.follow_up)


def _times(item: TableLine, voice: Voice) -> list[str]:
    said = [voice.number(time.en if voice.lang == "en" else time.th) for time in item.times]
    if item.review:
        review = item.review.en if voice.lang == "en" else item.review.th
        said.append(f"{voice.say('col_review')}: {voice.number(review)}")
    return [*said, *(voice.say("deadline_is", day=voice.day(due.deadline)) for due in item.outside)]


def _marked(mark: Mark, voice: Voice) -> str:
    sign = _SHAPES[mark.part] if mark.kind == "range" else _SIGNS[mark.kind]
    return f"{sign} {_days(mark.due, voice)}".strip()


def _days(due: Sequence[Due], voice: Voice) -> str:
    return ", ".join(voice.number(one.deadline.day) for one in due)


def _statistics(sheet: _Sheet, tally: Tally, voice: Voice) -> None:
    sheet.put_long(0, 0, voice.say("xlsx_stood_on", today=voice.day(tally.today)), sheet.styles.title)
    months = [line._replace(name=_month_of(line, voice)) for line in tally.months]
    line = 2
    for key, lines in (("group", tally.groups), ("owner", tally.owners), ("month", months)):
        line = _block(sheet, line, voice.say(f"xlsx_by_{key}"), lines, tally, voice) + 1
    sheet.fit([48, *[12] * (len(tally.statuses) + 1)], [30, *[12] * (len(tally.statuses) + 1)])
    sheet.sheet.freeze_panes(2, 1)
    sheet.text_may_look_like_numbers(line, len(tally.statuses) + 1)


def _month_of(line: Line, voice: Voice) -> str:
    if line.month is None:
        return voice.say("xlsx_undated")
    return voice.day(line.month.start).partition(" ")[2]


def _block(sheet: _Sheet, line: int, title: str, lines: Sequence[Line], tally: Tally, voice: Voice) -> int:
    heads = [title, *map(voice.status, tally.statuses), voice.say("xlsx_total")]
    for column, head in enumerate(heads):
        sheet.put(line, column, head, sheet.styles.head)
    for own in lines:
        line += 1
        _counts(sheet, line, own.name, own, None)
    _counts(sheet, line + 1, voice.say("xlsx_total"), tally.total, sheet.styles.sum)
    return line + 2


def _counts(sheet: _Sheet, line: int, name: str, own: Line, style: Format | None) -> None:
    sheet.put(line, 0, name, style)
    for column, count in enumerate((*own.counts, own.total), 1):
        sheet.put(line, column, count, style)
