"""`ustm render`: which files it writes, how it checks them, and what it says when it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TOP, Ran

Run = Callable[..., Ran]
NAMES = {"sheets-2564", "table-2564", "year-2564", "dashboard"}
HOSTILE = (
    r'- {id: a, title: "<script>alert(1)</script>\n{{ 7*7 }} {% x %} =cmd \u202e| ../../x", when: ทุกเดือน,'
    r' owner: "\"><img src=x>", follow_up: "</style>", note: "`a`", send_to: ["<b>"], target: {count: 1, unit: "<i>"}}'
)


@pytest.fixture
def made(plan: Callable[..., Path], run: Run) -> Callable[..., Ran]:
    """Render a small plan in a folder of its own."""
    place = plan("- {id: a, title: งาน, when: ทุกเดือน ภายในวันที่ 20}").parent.parent

    def render(*args: str, **env: str) -> Ran:
        return run("render", *args, cwd=place, env=env)

    return render


def test_files_have_fixed_names(made: Callable[..., Ran], tmp_path: Path) -> None:
    """A document a kind and year, one dashboard, in `out`, HTML by default; each is told."""
    ran = made()
    assert ran.code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.html" for name in NAMES}
    assert ran.out.splitlines() == [
        "เขียน out/sheets-2564.html",
        "เขียน out/table-2564.html",
        "เขียน out/year-2564.html",
        "เขียน out/dashboard.html",
    ]


def test_documents_and_formats_are_chosen(made: Callable[..., Ran], tmp_path: Path) -> None:
    """Several documents and formats may be asked for; others are not written."""
    assert made("table", "year", "--to", "md", "--to", "html", "--out", "a/b").code == 0
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == [
        "table-2564.html",
        "table-2564.md",
        "year-2564.html",
        "year-2564.md",
    ]


def test_years_have_their_own_documents(plan: Callable[..., Path], run: Run, tmp_path: Path) -> None:
    """Plans of two years make two of each, and one dashboard."""
    plan("- {id: a, title: งาน, when: ทุกเดือน}")
    plan("- {id: a, title: งาน, when: ทุกเดือน}", name="fy2565.yaml", year=2565)
    assert run("render", cwd=tmp_path).code == 0
    assert {path.stem for path in (tmp_path / "out").iterdir()} == NAMES | {"sheets-2565", "table-2565", "year-2565"}


def test_the_same_plan_gives_the_same_bytes(made: Callable[..., Ran], tmp_path: Path) -> None:
    """A second run changes nothing and says so."""
    made("--to", "html", "--to", "md")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "out").iterdir()}
    ran = made("--to", "html", "--to", "md")
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (tmp_path / "out").iterdir()}
    assert {line.split()[0] for line in ran.out.splitlines()} == {"คงเดิม"}


def test_the_day_matters_only_where_status_is_shown(made: Callable[..., Ran]) -> None:
    """Sheets and table stay current when the day passes; the year and the dashboard do not."""
    made()
    ran = made("--check", USTM_TODAY="2563-12-01")
    assert ran.code == 1
    assert ran.out.splitlines() == ["ไม่เป็นปัจจุบัน out/year-2564.html", "ไม่เป็นปัจจุบัน out/dashboard.html"]


def test_check_tells_what_is_missing_and_writes_nothing(made: Callable[..., Ran], tmp_path: Path) -> None:
    """Exit 1 with the files that are stale or missing, exit 0 when all are current."""
    ran = made("table", "--check")
    assert (ran.code, ran.out) == (1, "ยังไม่มี out/table-2564.html\n")
    assert not (tmp_path / "out").exists()
    made("table")
    assert made("table", "--check").code == 0
    (tmp_path / "out" / "table-2564.html").write_text("เก่า")
    assert made("table", "--check").out == "ไม่เป็นปัจจุบัน out/table-2564.html\n"


def test_a_hostile_plan_is_harmless(plan: Callable[..., Path], run: Run, tmp_path: Path) -> None:
    """Whatever a plan says is text in every document, and never a part of a file's name."""
    plan(HOSTILE, group='"ก <script>"')
    assert run("render", "--to", "html", "--to", "md", cwd=tmp_path).code == 0
    assert {path.stem for path in (tmp_path / "out").iterdir()} == NAMES
    for path in (tmp_path / "out").iterdir():
        text = path.read_text("utf-8")
        assert "\u202e" not in text
        assert not re.search("<img|<b>|<i>", text)
        assert text.count("</style>") == (path.suffix == ".html")
        assert text.count("<script>") == (path.name == "dashboard.html")
        if path.suffix == ".md":
            rows = [line for line in text.splitlines() if line.startswith("|")]
            tables = re.split(r"\n(?!\|)", text)
            assert rows or "sheets" in path.name
            for table in (part.splitlines() for part in tables):
                widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table if line.startswith("|")}
                assert len(widths) <= 1


def test_english_and_thai_digits(made: Callable[..., Ran], tmp_path: Path) -> None:
    """The language of the page is told; numbers are in Thai digits throughout, ids apart."""
    made("--lang", "en", "table", "--out", "en")
    english = (tmp_path / "en" / "table-2564.html").read_text("utf-8")
    assert '<html lang="en">' in english
    assert "every month, by day 20" in english
    made("--digits", "thai", "--out", "th")
    for name in NAMES:
        text = (tmp_path / "th" / f"{name}.html").read_text("utf-8")
        body = re.sub(r"<(style|script|svg)\b.*?</\1>|<code>.*?</code>|<[^>]*>", " ", text, flags=re.DOTALL)
        assert not re.search("[0-9]", body), re.findall(".{20}[0-9].{20}", body)


STARS = [
    ("2-4 พ.ย. 2563", [("2-4", "↔2-4")]),
    ("2-7 พ.ย. 2563", [("2-7*", "↔2-7†")]),
    ("ปีละ 1 ครั้ง ในเดือน ต.ค.", [("31*", "↔31†")]),
    ("ปีละ 1 ครั้ง ในเดือน พ.ย.", [("", "↔")]),
    ("พ.ย. 2563 - ก.พ. 2564", [("", "←"), ("", "─"), ("", "─"), ("28*", "→28†")]),
]


@pytest.mark.parametrize(("phrase", "shown"), STARS)
def test_a_stretch_that_ends_on_a_day_off_has_a_star(
    plan: Callable[..., Path], run: Run, tmp_path: Path, phrase: str, shown: list[tuple[str, str]]
) -> None:
    """Within a month or over several, its last day is told with the sign, in HTML and in Markdown."""
    plan(f"- {{id: a, title: งาน, when: {phrase}}}")
    assert run("render", "table", "--to", "html", "--to", "md", cwd=tmp_path).code == 0
    page = (tmp_path / "out" / "table-2564.html").read_text("utf-8")
    days = re.findall(r'<span class="days" aria-hidden="true">(.*?)</span>\s*<span class="said">', page, re.DOTALL)
    assert [re.sub(r"<[^>]*>|\s", "", text) for text in days] == [html for html, _ in shown]
    row = (tmp_path / "out" / "table-2564.md").read_text("utf-8").strip().splitlines()[-1]
    assert [cell.strip() for cell in row.split("|")[4:-2] if cell.strip()] == [md for _, md in shown]


# ---- templates


def test_own_templates_go_first(made: Callable[..., Ran], tmp_path: Path) -> None:
    """A template of the same name is used instead; what it lacks is ours."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "table.html.j2").write_text(
        "{% extends 'base.html.j2' %}{% block main %}ของเรา{% endblock %}", "utf-8"
    )
    assert made("table", "--templates", "own").code == 0
    page = (tmp_path / "out" / "table-2564.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert "ของเรา" in page


TEMPLATES = [
    (b"\n{{ nosuch }}", "own/table.html.j2:2: 'nosuch' is undefined"),
    (b"{% if %}", "own/table.html.j2:1:"),
    ("{{ 'ก'.__class__ }}".encode(), "own/table.html.j2:1: access to attribute '__class__'"),
    ("ก".encode("cp874"), "own/table.html.j2"),
    (b" " * (1 << 20) + b"x", "own/table.html.j2"),
]


@pytest.mark.parametrize(("template", "told"), TEMPLATES)
def test_bad_templates_are_told(made: Callable[..., Ran], tmp_path: Path, template: bytes, told: str) -> None:
    """Exit 3 with file and line on stderr, nothing on stdout, nothing written."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "table.html.j2").write_bytes(template)
    ran = made("--templates", "own")
    assert (ran.code, ran.out) == (3, "")
    assert told in ran.err
    assert not (tmp_path / "out").exists()


def test_a_folder_without_templates_is_told(made: Callable[..., Ran], tmp_path: Path) -> None:
    """A folder that replaces nothing is likely a slip: the names that count are told, and ours are used."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "tabel.html.j2").write_text("x")
    ran = made("table", "--templates", "own")
    assert ran.code == 0
    assert "table.html.j2" in ran.err


# ---- failures


def refused(ran: Ran, code: int, told: str) -> None:
    assert (ran.code, ran.out) == (code, ""), ran
    assert told in ran.err


def test_wrong_use_is_refused(made: Callable[..., Ran]) -> None:
    """Unknown documents and formats: exit 2, with those that are known."""
    refused(made("tabel"), 2, "sheets, table, year, dashboard, all")
    refused(made("--to", "docx"), 2, "md, html, pdf")


def test_places_that_cannot_be_written(made: Callable[..., Ran], tmp_path: Path) -> None:
    """A file in the way, a folder in a file's place, templates that are not there: exit 3 with the name."""
    (tmp_path / "file").write_text("x")
    refused(made("--out", "file"), 3, "file")
    refused(made("--out", "file/below"), 3, "file/below")
    (tmp_path / "out" / "table-2564.html").mkdir(parents=True)
    assert made("table").code == 3
    refused(made("--templates", "nosuch"), 3, "nosuch")
    refused(made("--templates", "file"), 3, "file")


@pytest.mark.usefixtures("ordinary")
def test_a_folder_without_permission(made: Callable[..., Ran], tmp_path: Path) -> None:
    """No permission: exit 3 and no file left beside."""
    (tmp_path / "locked").mkdir(mode=0o500)
    refused(made("--out", "locked"), 3, "locked")
    assert not list((tmp_path / "locked").iterdir())


def test_without_a_browser_it_is_said_how_to_get_one(made: Callable[..., Ran], tmp_path: Path) -> None:
    """No Chromium: exit 3, a word on how to get one, nothing written; a wrong CHROMIUM is named."""
    ran = made("--to", "pdf", CHROMIUM="/no/such/program")
    refused(ran, 3, "/no/such/program")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("lang", "told"), [("th", "apt install chromium"), ("en", "was found: install one")])
def test_no_browser_anywhere(made: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, lang: str, told: str) -> None:
    """Neither by name nor in the usual places."""
    from ustm_cli.cli import chromium

    monkeypatch.setattr(chromium, "MAC", ())
    monkeypatch.delenv("CHROMIUM", raising=False)
    places = dict.fromkeys(chromium.WINDOWS_FOLDERS, "")
    refused(made("--to", "pdf", "--lang", lang, PATH="", CHROMIUM="", **places), 3, told)


def test_a_browser_that_fails_is_told(made: Callable[..., Ran], tmp_path: Path) -> None:
    """A program that prints nothing: exit 3 with what it said last, and nothing left in the folder."""
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\necho out of paper >&2\nexit 1\n")
    program.chmod(0o755)
    ran = made("table", "--to", "pdf", CHROMIUM=str(program))
    assert ran.code == 3
    assert "out of paper" in ran.err
    assert not list((tmp_path / "out").iterdir())


# ---- samples and their documentation


def test_the_samples_are_current(run: Run, tmp_path: Path) -> None:
    """docs/samples holds what the command in its README makes of the office's plan today."""
    readme = (TOP / "docs" / "samples" / "README.md").read_text("utf-8")
    [command] = re.findall(r"^USTM_TODAY=(\S+) ustm (.*) --out docs/samples$", readme, re.MULTILINE)
    plan = tmp_path / "plans" / "fy2564.yaml"
    plan.parent.mkdir()
    plan.write_bytes((TOP / "plans" / "fy2564.yaml").read_bytes())
    ran = run(
        *command[1].split(), "--out", TOP / "docs" / "samples", "--check", cwd=tmp_path, env={"USTM_TODAY": command[0]}
    )
    assert ran.code == 0, f"{ran.out}\nmake them again: {' '.join(command)}"


def test_what_a_template_gets_is_documented() -> None:
    """Every field of every view, every filter and every shipped template has its place in docs/templates.md."""
    from ustm_cli.cli.commands.render import shipped_templates
    from ustm_cli.render import charts, document
    from ustm_cli.render.voice import Voice
    from ustm_cli.views import dashboard, entry, sheets, table, year

    text = (TOP / "docs" / "templates.md").read_text("utf-8")
    views = [vars(module).values() for module in (charts, dashboard, entry, sheets, table, year)]
    kinds = {kind for values in views for kind in values if isinstance(kind, type) and hasattr(kind, "_fields")}
    fields = {
        field for kind in kinds if "views" in kind.__module__ or "charts" in kind.__module__ for field in kind._fields
    }
    names = fields | set(document._filters(Voice())) | {"t", "lang", "thai_digits", "page", "kind"}
    names |= {name for name in shipped_templates() if not name.startswith("digest.")}
    assert not [name for name in sorted(names) if f"`{name}`" not in text]
