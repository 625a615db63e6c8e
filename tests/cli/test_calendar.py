"""`ustm calendar` as it is typed: a month and a year at every width, in both languages, for people and programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.cli.commands.calendar import month_of
from ustm_cli.cli.faults import UseFault
from ustm_cli.render.wrap import width as cells_of

Run = Callable[..., Any]
WIDTHS = (20, 40, 58, 60, 80, 120, 160)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("form", [["--year"], ["--month", "11"], ["--month", "4"]])
def test_no_line_is_wider_than_the_screen(run: Run, form: list[str], lang: str, width: int) -> None:
    """Every line fits, on the narrowest screen too."""
    ran = run("calendar", *form, "--lang", lang, "--width", str(width))
    assert ran.code == 0
    assert max(map(cells_of, ran.out.split("\n"))) <= width


def test_year_counts_what_is_due(run: Run) -> None:
    """The totals of the twelve months, October first, are those of the obligations to act by in them."""
    due = [one["act_by"][:7] for one in json.loads(run("export", "json").out)["obligations"] if one["act_by"]]
    lines = run("calendar", "--year", "--width", "60").out.split("\n")
    months = [line for line in lines if re.match(r"[ก-๙.]+ 6[34] ", line)]
    assert len(months) == 12
    assert [int(re.split(r"^[^ ]+ 6[34] +", line)[1][33:].split()[0]) for line in months] == [
        due.count(f"{2020 + (number > 12)}-{(number - 1) % 12 + 1:02d}") for number in range(10, 22)
    ]


def test_narrow_and_wide_year_say_the_same(run: Run) -> None:
    """The two grids differ in room only: day for day the same signs, counts over nine apart."""
    grids = []
    for width in ("60", "160"):
        lines = run("calendar", "--year", "--width", width).out.split("\n")
        days = [
            re.split(r"^[^ ]+ 6[34] ", line)[1].removeprefix(" ") for line in lines if re.match(r"[ก-๙.]+ 6[34] ", line)
        ]
        size, gaps = (1, 2) if width == "60" else (3, 0)
        grids.append([day[: 31 * size + gaps] for day in days])
    narrow = [list(day.replace(" ", "")) for day in grids[0]]
    wide = [re.split(r" +", day.strip()) for day in grids[1]]
    assert [["+" if len(sign) > 1 else sign for sign in day] for day in wide] == narrow


def test_month_tells_days_off_and_work(run: Run) -> None:
    """Days off with their names, work on its act_by day with its later deadline, reviews, and what awaits its date."""
    out = run("calendar", "--month", "11", "--width", "100").out
    assert "พฤ. 19 พ.ย. 2563 × วันหยุดพิเศษ (เพิ่มเติม)" in out
    assert "● การจัดทำรายงานการเงินจังหวัดประจำปี (เหลือ 2 วัน, กำหนด พฤ. 19 พ.ย. 2563) fs-annual@FY2563" in out
    assert "○ รายงาน Monitor เศรษฐกิจ ส่งสำนักงานคลังเขต ๓ (เสนอผู้บังคับบัญชา) ef-monitor@2563-10" in out
    assert "[16]" in out
    assert "19 ×" in out
    assert "ควรรู้วันในเดือนนี้:" in out


def test_default_is_the_month_of_today(run: Run) -> None:
    """Without an option, the month that today lies in."""
    assert run("calendar").out == run("calendar", "--month", "2563-11").out


def test_wide_month_stands_side_by_side(run: Run) -> None:
    """At 160 cells the days stand beside the weeks; all that the narrow form tells is there."""
    wide, narrow = (run("calendar", "--width", width).out for width in ("160", "60"))
    assert len(wide.split("\n")) < len(narrow.split("\n"))
    assert set(re.findall(r"[\w-]+@[\w.-]+", wide)) == set(re.findall(r"[\w-]+@[\w.-]+", narrow))


def test_digits(run: Run) -> None:
    """With Thai digits no day, count or year is in Arabic ones."""
    out = run("calendar", "--year", "--digits", "thai").out
    assert not re.search(r"[0-9]", out)
    assert "๒๕๖๔" in out


def test_english(run: Run) -> None:
    """Nothing Thai in the English year."""
    assert not re.search(r"[ก-๙]", run("calendar", "--year", "--lang", "en").out)


@pytest.mark.parametrize("encoding", ["cp874", "ascii", "latin-1"])
@pytest.mark.parametrize("form", ["--year", "--month=11"])
def test_poor_terminals(run: Run, encoding: str, form: str) -> None:
    """Where the signs cannot be written, plain ones are; the grid stays in its place."""
    ran = run("calendar", *form.split("="), "--lang", "en", "--width", "60", encoding=encoding)
    assert ran.code == 0
    assert not set(ran.out) & set("●◆○×─▲")
    if form == "--year":
        assert "\\u" not in ran.out


def test_colour_only_adds(run: Run) -> None:
    """Colours say nothing that a sign does not: without them the text is the same."""
    from datetime import date

    from made_rows import row

    from ustm_cli.dates.fiscal import fiscal_year, month
    from ustm_cli.render.calendar import render
    from ustm_cli.render.voice import Voice
    from ustm_cli.views.calendar import calendar

    for span in (month(2020, 11), fiscal_year(2564)):
        found = calendar([row("overdue", left=-6)], date(2020, 11, 16), span)
        for width in (60, 160):
            plain = render(found, Voice(), width, colour=False, fancy=True)
            coloured = render(found, Voice(), width, colour=True, fancy=True)
            assert "\x1b[" in coloured
            assert re.sub(r" +\n", "\n", re.sub(r"\x1b\[[0-9;]*m", "", coloured)) == plain


def test_json(run: Run) -> None:
    """Every day of the span, its days off and the ids of what falls on it; each obligation once."""
    found = json.loads(run("calendar", "--month", "11", "--format", "json").out)
    assert (found["schema_version"], found["from"], found["to"]) == (1, "2020-11-01", "2020-11-30")
    assert len(found["days"]) == 30
    (off,) = [day for day in found["days"] if day["date"] == "2020-11-19"]
    assert (off["workday"], off["text"], off["deadlines"]) == (False, "19 พ.ย. 2563", ["fs-annual@FY2563"])
    ids = {id for day in found["days"] for key in ("due", "deadlines", "reviews") for id in day[key]}
    ids |= {id for month in found["months"] for id in month["awaiting"]}
    assert ids == {one["id"] for one in found["obligations"]}
    year = json.loads(run("calendar", "--year", "--format", "json").out)
    assert len(year["days"]) == 365
    assert year["months"][0]["month"] == "2563-10"


def test_hostile_titles(run: Run, plan: Callable[..., Path]) -> None:
    """A title with marks that turn writing round, markup or ten thousand letters stays within its lines."""
    path = plan(
        '- {id: a, title: "ก\\u202eข [bold]ค[/] =cmd <script>", when: 6 พ.ย. 2563}\n'
        f"- {{id: b, title: {'ยาว' * 3400}, when: 6 พ.ย. 2563}}"
    )
    ran = run("calendar", "--plan", path, "--width", "60")
    assert ran.code in (0, 3)
    assert "\u202e" not in ran.out
    if ran.code == 0:
        assert "[bold]ค[/] =cmd <script>" in ran.out
        assert max(map(cells_of, ran.out.split("\n"))) <= 60


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("11", "2563-11"), ("๑๑", "2563-11"), ("1", "2564-01"), ("09", "2564-09"), ("10", "2563-10"),
        ("พ.ย.", "2563-11"), ("พย", "2563-11"), ("พฤศจิกายน", "2563-11"), ("Nov", "2563-11"), ("september", "2564-09"),
        ("2563-11", "2563-11"), ("2020-11", "2563-11"), ("๒๕๖๓-๑๑", "2563-11"), ("2563-1", "2563-01"),
        ("พ.ย. 2563", "2563-11"), ("พ.ย. 63", "2563-11"), ("พฤศจิกายน 2565", "2565-11"), ("Nov 2020", "2563-11"),
    ],
)  # fmt: skip
def test_months_as_people_write_them(text: str, id: str) -> None:
    """A number or a name is a month of today's fiscal year; with a year, of either era, it is that one."""
    assert month_of(text, 2564).id == id


@pytest.mark.parametrize(
    "text", ["", "0", "13", "123", "พ", "November!", "2563-13", "1700-01", "พ.ย. 1234", "2563", "-1", "²"]
)
def test_no_months(text: str) -> None:
    """What is no month is refused in words."""
    with pytest.raises(UseFault) as caught:
        month_of(text, 2564)
    assert caught.value.key == "bad_month"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--year", "--month", "11"], "--year --month"),
        (["--month", "13"], "13"),
        (["--format", "ics"], "table, json"),
        (["--status", "late"], "overdue"),
        (["--activity", "ktb-reconcil"], "ktb-reconcile"),
        (["2564"], "calendar --help"),
    ],
)
def test_refused(run: Run, args: list[str], said: str) -> None:
    """Wrong use: exit 2, nothing on stdout, the word that helps on stderr."""
    ran = run("calendar", *args)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_outside_every_plan(run: Run) -> None:
    """A month of a year without a plan is shown, and said to be outside; one without known holidays likewise."""
    assert "2570" in run("calendar", "--month", "พ.ย. 2569").out
    ran = run("calendar", "--month", "พ.ย. 2700")
    assert (ran.code, "2701" in ran.err) == (0, True)


def test_filters(run: Run) -> None:
    """The filters of `due` hold here too."""
    out = run("calendar", "--group", "วิชาการ").out
    assert "area-visit@FY2564" in out
    assert "ktb-reconcile" not in out
