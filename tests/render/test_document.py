"""Documents through templates: harmless whatever the plan says, and every fault of a template told with its place."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ustm_cli.cli.commands.render import shipped_templates
from ustm_cli.render import charts
from ustm_cli.render.digits import in_digits
from ustm_cli.render.document import Source, TemplateFault, document
from ustm_cli.render.voice import Voice
from ustm_cli.views.dashboard import MonthCount, WeekCount
from ustm_cli.views.sheets import ContextLine, Sheet, SheetRow, Sheets, Strategy

TITLE = "รายงาน\u202e<script>alert(1)</script>\n{{ 7 * 7 }} \u2028\x07| [x](javascript:y) *ดาว* \u200f"


def sheets_of(text: str) -> Sheets:
    strategy = Strategy("a", text, (), (text,), (text,), text, None)
    return Sheets(
        2564, (Sheet(text, text, text, (SheetRow("1", text, (ContextLine(text, (text,)),), text, (strategy,)),)),)
    )


def rendered(template: str, *, view: Any = None, format_: Any = "html", name: str = "") -> str:
    own = {name or f"sheets.{format_}.j2": Source(template, "own/x.j2")}
    return document("sheets", format_, view or Sheets(2564, ()), Voice(), shipped_templates(), own)


# ---- hostile text


def test_html_holds_a_plan_as_text_only() -> None:
    """No tag, no template, no control character and no turn of direction comes out of a plan."""
    page = document("sheets", "html", sheets_of(TITLE), Voice(), shipped_templates(), {})
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}" in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\x07]", page)


def test_markdown_holds_a_plan_as_text_only() -> None:
    """Marks of Markdown are escaped, a line break cannot begin a block, a tag is text."""
    text = document("sheets", "md", sheets_of(TITLE), Voice(), shipped_templates(), {})
    assert "<script" not in text
    assert "\\{\\{ 7 \\* 7 \\}\\}" in text
    assert r"\| \[x\](javascript:y) \*ดาว\*" in text
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\x07]", text)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("- ก", "\\- ก"),
        ("+ ก", "\\+ ก"),
        ("1. ก", "1\\. ก"),
        ("12) ก", "12\\) ก"),
        ("---", "\\---"),
        ("# ก", "\\# ก"),
        ("> ก", "&gt; ก"),
        ("1.1", "1.1"),
        ("2-4 พ.ย.", "2-4 พ.ย."),
        ("กก - ข", "กก - ข"),
    ],
)
def test_markdown_text_begins_no_block(title: str, shown: str) -> None:
    """A title that looks like a list, a rule or a heading stays a title."""
    assert rendered("{{ page.sheets[0].title }}", view=sheets_of(title), format_="md") == f"{shown}\n"


@pytest.mark.parametrize("format_", ["html", "md"])
def test_a_very_long_title_is_whole(format_: Any) -> None:
    """Ten thousand characters come out as they went in."""
    text = document("sheets", format_, sheets_of("ก" * 10_000), Voice(), shipped_templates(), {})
    assert "ก" * 10_000 in text


def test_text_keeps_the_spaces_that_a_template_means() -> None:
    """Made harmless is not made shorter at its ends."""
    assert rendered("{% set no = none %}[{{ ' ' ~ page.fiscal_year }}|{{ no }}]") == "[ 2564|]"


# ---- faults of templates

FAULTS = [
    ("syntax", "ก\n{% if %}", 2),
    ("not closed", "ก\n{% for x in page.sheets %}", 2),
    ("unknown filter", "ก\n\n{{ 1 | nosuch }}", 3),
    ("unknown tag", "{% nosuch %}", 1),
    ("undefined", "ก\n{{ nosuch }}", 2),
    ("undefined field", "ก\n\n\n{{ page.nosuch }}", 4),
    ("undefined compared", "{% if page.nosuch %}{% endif %}", 1),
    ("sandbox", "\n{{ ''.__class__ }}", 2),
    ("sandbox of a tuple", "\n{{ page._replace(fiscal_year=1) }}", 2),
    ("sandbox of a sentence", "{{ t.__globals__ }}", 1),
    ("unknown sentence", "\n{{ t('nosuch') }}", 2),
    ("a sentence without its facts", "{{ t('fiscal_year') }}", 1),
    ("wrong type", "\n{{ 5 | day }}", 2),
    ("division", "\n{{ 1 / 0 }}", 2),
    ("no such template", "\n{% include 'nosuch.j2' %}", 2),
    ("no such base", "{% extends 'nosuch.j2' %}", 1),
    ("too long a range", "\n{% for x in range(999999999) %}{% endfor %}", 2),
    ("itself", "{% include 'sheets.html.j2' %}", 1),
]


@pytest.mark.parametrize(("template", "line"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_is_told_with_file_and_line(template: str, line: int) -> None:
    """Whatever is wrong in a template is one kind of failure with a place and a reason."""
    with pytest.raises(TemplateFault) as caught:
        rendered(template)
    assert (caught.value.file, caught.value.line) == ("own/x.j2", line)
    assert caught.value.problem


def test_a_fault_in_an_included_template_is_told_there() -> None:
    """The place is the innermost template, not the one that included it."""
    with pytest.raises(TemplateFault) as caught:
        rendered("a{\n\n{{ nosuch }}", name="style.css.j2")
    assert (caught.value.file, caught.value.line) == ("own/x.j2", 3)


# ---- an office's own templates


def test_an_own_template_may_extend_the_one_it_replaces() -> None:
    """`ustm/NAME` is always the shipped one."""
    page = rendered("{% extends 'ustm/sheets.html.j2' %}{% block title %}ของเรา{% endblock %}")
    assert "<title>ของเรา</title>" in page
    assert page.startswith("<!doctype html>")


def test_a_style_alone_may_be_replaced() -> None:
    """The other templates stay as shipped."""
    assert "<style>\nbody { color: red }</style>" in rendered("body { color: red }", name="style.css.j2")


def test_own_expressions_are_escaped_too() -> None:
    """Autoescape is not the shipped templates' own merit."""
    assert rendered("{{ page.sheets[0].title }}", view=sheets_of("<b>&")) == "&lt;b&gt;&amp;"


# ---- digits


@pytest.mark.parametrize(
    ("text", "thai"),
    [
        ("ภายใน 5 วัน", "ภายใน ๕ วัน"),
        ("ว 845", "ว ๘๔๕"),
        ("พ.ศ.2560", "พ.ศ.๒๕๖๐"),
        ("โควิด-19", "โควิด-๑๙"),
        ("COVID-19", "COVID-19"),
        ("ktb-reconcile@2563-10", "ktb-reconcile@2563-10"),
        ("A4 1 แผ่น", "A4 ๑ แผ่น"),
        ("500,001 – 5,000,000", "๕๐๐,๐๐๑ – ๕,๐๐๐,๐๐๐"),
        ("1.1", "๑.๑"),
    ],
)
def test_numbers_in_a_text(text: str, thai: str) -> None:
    """Numbers are in the wanted digits; names and codes in Latin letters are left alone."""
    assert in_digits(text, "thai") == thai
    assert in_digits(thai, "arabic") == text


# ---- charts


def test_bars_are_as_high_as_their_counts() -> None:
    """A column's parts stand on one another and together reach the height of their sum."""
    chart = charts.punctuality([MonthCount(None, 2, 1, 0, 1), MonthCount(None, 0, 0, 2, 0)])  # type: ignore[arg-type]
    assert [bar.kind for bar in chart.bars] == ["on_time", "late", "ahead", "overdue"]
    first, second, third, other = chart.bars
    assert first.y + first.height == pytest.approx(chart.base)
    assert (second.y + second.height, third.y + third.height) == pytest.approx((first.y, second.y), abs=0.2)
    assert other.height == pytest.approx(first.height, abs=0.2)
    assert chart.ticks[-1].value == 4
    assert third.y == chart.ticks[-1].y


def test_charts_of_nothing_are_empty() -> None:
    """A year without work still has a scale, and no division by nought."""
    assert charts.load([]).bars == ()
    assert [tick.value for tick in charts.punctuality([]).ticks] == [0, 1, 2]


def test_the_week_of_today_is_marked() -> None:
    """The current week is of its own kind."""
    from datetime import date

    weeks = [WeekCount(date(2020, 11, 9), 1, current=False), WeekCount(date(2020, 11, 16), 2, current=True)]
    assert [bar.kind for bar in charts.load(weeks).bars] == ["week", "current"]
