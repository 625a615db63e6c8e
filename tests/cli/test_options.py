"""The options of every command, the environment, and streams that are not UTF-8 or go away."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from ustm_cli import __version__
from ustm_cli.cli.session import PLAIN_SIGNS, encodes, write
from ustm_cli.dates.holidays import days_off
from ustm_cli.obligations import expand
from ustm_cli.plan.findings import CATALOGUE
from ustm_cli.plan.load import load
from ustm_cli.register.standing import NOTHING_RECORDED, row_of
from ustm_cli.render import table
from ustm_cli.render.texts import TEXTS
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width
from ustm_cli.views.agenda import Agenda, Span, Wanted, agenda

TOP = Path(__file__).parent.parent.parent
Run = Callable[..., Any]
Plan = Callable[..., Path]
RunProcess = Callable[..., "subprocess.CompletedProcess[bytes]"]


def today_of(run: Run, *words: str, **more: Any) -> str:
    out, _, code = run(*words, "due", "--format", "json", **more)
    assert code == 0
    return str(json.loads(out)["today"])


# ---- where an option stands


COMMON = [
    ("--today", "2563-12-01"),
    ("--today=2563-12-01",),
    ("--lang", "en"),
    ("--lang=en",),
    ("--digits", "thai"),
    ("--width", "60"),
    ("--width=60",),
    ("--plan", "plans/fy2564.yaml"),
    ("--plan=plans/fy2564.yaml",),
    ("--as-of", "2563-10-01"),
]
COMMANDS = [("due",), ("due", "--month"), ("show", "fs-annual"), ("explain", "fs-annual@FY2563"), ("check",)]


PAIRS = [(option, ("due",)) for option in COMMON] + [
    (option, command) for option in COMMON[2:7:2] for command in COMMANDS
]


@pytest.mark.parametrize(("option", "command"), PAIRS, ids=" ".join)
def test_before_or_after_the_command(option: tuple[str, ...], command: tuple[str, ...], run: Run) -> None:
    """A common option means the same before the command's name, after it, and at the end."""
    before = run(*option, *command)
    assert before == run(command[0], *option, *command[1:])
    assert before == run(*command, *option)
    assert before.code in (0, 2)


def test_the_last_of_two_counts(run: Run) -> None:
    """Given twice, the later value counts; --plan alone is repeatable."""
    assert today_of(run, "--today", "2563-10-01", "--today", "2563-12-01") == "2020-12-01"


def test_two_dashes_end_the_options(run: Run) -> None:
    """After `--` a word is an argument, whatever it looks like."""
    _, err, code = run("show", "--", "--plan")
    assert code == 2
    assert "--plan" in err


EMPTY = [
    "done fs-annual@FY2563 --on",
    "receive consult-line --at",
    "close c1116 --at",
    "notify gfms-briefing --due",
    "event set meeting 2564-01 2564-01-28 --letter",
    "due --from",
    "due --owner ก --group",
    "due --format",
    "digest --for",
    "explain fs-annual@FY2563 --province",
    "init --office",
    "render sheets --out",
    "stats --group",
]


@pytest.mark.parametrize("words", EMPTY)
@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_text_is_wrong_use(words: str, nothing: str, run: Run, tmp_path: Path) -> None:
    """Of every command: the empty variable of a script is neither today nor everybody, and nothing is written."""
    out, err, code = run(*words.split(), nothing, cwd=tmp_path)
    assert (out, code) == ("", 2)
    assert err.endswith("ข้อความว่างหรือไม่ใช่ UTF-8\n")
    assert not list(tmp_path.iterdir())


# ---- the day to stand on


DAYS = [
    ("2563-11-16", "2020-11-16"),
    ("๒๕๖๓-๑๑-๑๖", "2020-11-16"),
    ("2020-11-16", "2020-11-16"),
    ("16 พ.ย. 2563", "2020-11-16"),
    ("16 พฤศจิกายน 2563", "2020-11-16"),
    ("๑๖ พ.ย. ๖๓", "2020-11-16"),
    ("16 Nov 2563", "2020-11-16"),
    ("2563-2-29", "2020-02-29"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_days_as_people_type_them(text: str, day: str, run: Run) -> None:
    """--today and USTM_TODAY take Buddhist and Gregorian days, in Thai or Arabic digits, in numbers or words."""
    assert today_of(run, "--today", text) == day
    assert today_of(run, env={"USTM_TODAY": text}) == day


NO_DAYS = ["2564-02-29", "2563-13-01", "16", "พรุ่งนี้", "2563-11-16x", "2400-01-01", "ทุกสิ้นเดือน", "2563/11/16"]


@pytest.mark.parametrize("text", NO_DAYS)
@pytest.mark.parametrize("option", ["--today", "--as-of"])
def test_what_is_no_day_is_refused(text: str, option: str, run: Run) -> None:
    """A text that is no day, or no day of the calendar, is wrong use that names it and explains itself."""
    out, err, code = run("due", option, text)
    assert (out, code) == ("", 2)
    assert text in err
    assert not re.search(r"\(U\d{3}\)", err), "a code alone explains nothing"


@pytest.mark.parametrize(
    "words",
    [
        "due --group กลุ่มกํากับ",
        "due --owner สํานัก",
        "stats --group กํากับ",
        "calendar --owner สํานัก",
        "export csv --owner สํานัก",
        "digest --for สํานัก --today 2563-11-16",
        "explain ทุกเดือน --province อํานาจเจริญ",
        "event set ประชุมนํ้าท่วม 2563-11 2563-11-20",
    ],
)
def test_a_letter_in_two_pieces(words: str, run: Run, tmp_path: Path) -> None:
    """A name with ำ typed as two signs is the name of the plan, where it is one."""
    assert "\u0e4d" in words
    text = """fiscal_year: 2564
province: อำนาจเจริญ
events: {flood: {name: ประชุมน้ำท่วม, every: month}}
groups:
  - {title: กลุ่มกำกับ, activities: [{id: a, title: ก, owner: สำนัก, when: ก่อนประชุมน้ำท่วม 3 วัน}]}
"""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "fy2564.yaml").write_text(text, "utf-8")
    out, err, code = run(*words.split(), cwd=tmp_path)
    assert code == 0, err
    assert out


def test_the_option_beats_the_environment(run: Run) -> None:
    """--today counts before USTM_TODAY, --lang before USTM_LANG."""
    assert today_of(run, "--today", "2563-12-01", env={"USTM_TODAY": "2563-10-01"}) == "2020-12-01"
    assert "Due" in run("due", "--lang", "en", env={"USTM_LANG": "th"}).out


def test_a_wrong_day_in_the_environment_is_told(run: Run) -> None:
    """USTM_TODAY that is no day is refused, not passed over."""
    out, err, code = run("due", env={"USTM_TODAY": "เมื่อวาน"})
    assert (out, code) == ("", 2)
    assert "เมื่อวาน" in err


def test_an_empty_environment_is_none(run: Run) -> None:
    """USTM_LANG empty or unknown is as if it were not set: Thai, whatever the locale."""
    for lang in ("", "fr"):
        assert "งานที่ต้องทำ" in run("due", env={"USTM_LANG": lang, "LANG": "en_US.UTF-8", "LC_ALL": "C"}).out
    assert "Due" in run("due", env={"USTM_LANG": "en"}).out


# ---- how it speaks


def test_english_has_no_thai_words_of_ours(run: Run, plan: Plan) -> None:
    """With --lang en everything but the plan's own texts is English."""
    path = plan("- {id: a, title: A report, when: 'every month, by day 20', send_to: [CGD]}", group="Group")
    for words in (["due", "--open"], ["due", "--format", "md"], ["due", "--format", "plain"], ["show", "a"], ["check"]):
        out, err, code = run(*words, "--lang", "en", "--today", "2563-11-12", cwd=path.parent)
        assert code == 0
        assert not re.findall(r"[\u0e01-\u0e5b]+", out + err), words
    out, _, _ = run("explain", "a@2563-11", "--lang", "en", "--width", "200", cwd=path.parent)
    assert set(re.findall(r"[\u0e01-\u0e5b]+", out)) <= {"มติ", "ครม", "ก", "ย", "พ"}, "only the cited source is Thai"


def test_thai_digits_are_everywhere_or_nowhere(run: Run) -> None:
    """--digits thai writes the table, plain list and Markdown in Thai digits, ids and commands excepted."""
    for form in ("table", "plain", "md"):
        out, _, _ = run("due", "--digits", "thai", "--format", form)
        assert "พ.ย. ๒๕๖๓" in out
        assert "2563" not in re.sub(r"\S+@\S+|plans/\S+", "", out).replace("พ.ศ. 2563", "") or form == "md"
        assert "fs-annual@FY2563" in out
    assert "๑๖ พ.ย. ๒๕๖๓" not in run("due").out
    assert "ม.๑๙๓/๓: " in run("explain", "fs-annual@FY2563", "--digits", "thai").out


@pytest.mark.parametrize(
    "words", ["due --format json", "due --format csv", "check --format json", "show fs-annual --format json"]
)
def test_machine_formats_have_arabic_digits(words: str, run: Run) -> None:
    """Machine formats do not change with --digits."""
    plain = run(*words.split())
    assert run(*words.split(), "--digits", "thai").code == plain.code
    if "check" not in words:
        assert run(*words.split(), "--digits", "thai") == plain


def test_colour_only_on_a_terminal(run: Run) -> None:
    """A pipe gets no colour, with NO_COLOR or without."""
    for env in ({}, {"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "xterm-256color", "CLICOLOR_FORCE": "1"}):
        for words in (["due"], ["check"], ["explain", "fs-annual@FY2563"]):
            assert "\x1b" not in run(*words, env=env).out


TERMINAL = """
import os, pty, sys
def read(fd):
    try:
        data = os.read(fd, 65536)
    except OSError:
        return b""
    return data
sys.exit(os.waitstatus_to_exitcode(pty.spawn([sys.executable, "-m", "ustm_cli", *sys.argv[1:]], read)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no pty")
@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_has_red_for_what_is_late(env: dict[str, str], coloured: bool, run_process: RunProcess) -> None:
    """On a terminal the overdue are red, unless NO_COLOR or a dumb terminal says otherwise."""
    ran = run_process("due", "--width", "100", env={"TERM": "xterm", "NO_COLOR": "", **env}, python=("-c", TERMINAL))
    assert ran.returncode == 0
    assert "เกินมา" in ran.stdout.decode()
    assert (b"\x1b[1;31m" in ran.stdout) == coloured


# ---- how wide


@pytest.mark.parametrize("cells", [20, 40, 60, 100, 1000])
def test_width_is_kept(cells: int, run: Run) -> None:
    """No line of the table, of an explanation or of `show` is wider than asked."""
    words_of = [
        ["due"], ["due", "--open"], ["explain", "fs-annual@FY2563"], ["explain", "fs-annual"], ["show", "ef-monitor"],
    ]  # fmt: skip
    for words in words_of:
        out, _, code = run(*words, "--width", str(cells))
        assert code == 0
        assert max(map(width, out.split("\n"))) <= cells, words


@pytest.mark.parametrize("text", ["19", "1001", "abc", "-5", "", "60.5", "๖๐"])
def test_a_width_that_cannot_be(text: str, run: Run) -> None:
    """A width outside 20 to 1000, or that is no number, is wrong use."""
    out, err, code = run("due", "--width", text)
    assert (out, code) == ("", 2)
    assert "--width" in err


@pytest.fixture(scope="module")
def year(run: Run) -> list[dict[str, Any]]:
    """Every obligation of the real plan's year."""
    words = ("due", "--from", "2563-10-01", "--to", "2564-09-30", "--open", "--all", "--format", "json")
    found: list[dict[str, Any]] = json.loads(run(*words).out)["obligations"]
    return found


@pytest.mark.parametrize("cells", range(40, 161, 10))
def test_no_line_is_too_wide_and_no_title_is_cut(cells: int, run: Run, year: list[dict[str, Any]]) -> None:
    """Over the whole real year at every width, no line is wider than asked and no text of a title is lost."""
    words = ("due", "--from", "2563-10-01", "--to", "2564-09-30", "--open", "--all")
    out, _, code = run(*words, "--width", str(cells))
    assert code == 0
    lines = out.split("\n")
    assert max(map(width, lines)) <= cells
    assert "…" not in out
    work = "".join(work_column(lines, cells))
    for row in year:
        assert "".join(row["title"].split()) in work, (cells, row["title"])
        assert row["id"] in work


def work_column(lines: list[str], cells: int) -> list[str]:
    """What stands in the column of the work, line after line, without blanks."""
    head = next(line for line in lines if line.lstrip().startswith("ทำภายใน"))
    start = width(head[: head.index("งาน")])
    at = head.find("กลุ่มงาน")
    end = width(head[:at]) if at > 0 else cells
    return ["".join(slice_of(line, start, end).split()) for line in lines]


def slice_of(line: str, start: int, end: int) -> str:
    """The characters of a line in the cells start..end."""
    found, cell = "", 0
    for char in line:
        wide = width(char)
        if start <= cell - (not wide) < end:
            found += char
        cell += wide
    return found


@pytest.fixture(scope="module")
def one_week() -> Agenda:
    """All that the real plan has in the week of 16 Nov 2563."""
    plan = load(TOP / "plans" / "fy2564.yaml", "plans/fy2564.yaml").plan
    assert plan is not None
    today = date(2020, 11, 16)
    obligations = expand(plan, days_off(plan.province).workdays)
    rows = [row_of(item, NOTHING_RECORDED, today) for item in obligations]
    span = Span(date(2020, 11, 16), date(2020, 11, 22), explicit=True)
    return agenda(rows, today, span, Wanted(open=True, all=True), years=[2564])


def test_every_width_keeps_to_itself(one_week: Agenda) -> None:
    """At each width of 40 to 160 cells no line of the table is wider than asked."""
    for cells in range(40, 161):
        text = table.render(one_week, Wanted(), Voice(), cells, colour=False)
        assert max(map(width, text.split("\n"))) <= cells, cells


# ---- streams


@pytest.mark.parametrize("encoding", ["cp874", "ascii", "latin-1", "utf-8", "utf-16"])
@pytest.mark.parametrize("form", ["table", "plain", "json", "jsonl", "csv", "tsv", "md"])
def test_streams_that_are_not_utf8(form: str, encoding: str, run: Run) -> None:
    """A stream of another encoding never fails, and JSON loses nothing in it."""
    out, err, code = run("due", "--format", form, encoding=encoding)
    assert (code, err) == (0, "")
    if form == "json":
        assert json.loads(out) == json.loads(run("due", "--format", form).out)
    if form == "jsonl":
        assert [json.loads(line) for line in out.splitlines()] == [
            json.loads(line) for line in run("due", "--format", form).out.splitlines()
        ]


def test_thai_windows_reads_thai(run: Run) -> None:
    """On cp874 the table is in Thai, drawn without the lines that cp874 lacks."""
    out, _, _ = run("due", encoding="cp874")
    assert "รายงานกระทบยอดเงินฝากธนาคารกรุงไทย" in "".join(out.split())
    assert "─" not in out
    assert "\\u" not in out


def test_every_sign_has_a_plain_one() -> None:
    """Whatever sign a sentence, a finding or a letter's template holds, cp874 has it or a plain one stands for it."""
    texts = [*chain(*TEXTS.values()), repr(CATALOGUE), *(path.read_text("utf-8") for path in TOP.glob("templates/*"))]
    lacking = {sign for sign in "".join(texts) if not encodes(io.TextIOWrapper(io.BytesIO(), "cp874"), sign)}
    assert lacking <= PLAIN_SIGNS.keys()
    assert all(sign.isascii() for sign in PLAIN_SIGNS.values())


@pytest.mark.parametrize(
    ("text", "encoding", "written"),
    [
        ("ก · ข → “ค”…", "cp874", "ก - ข -> “ค”…"),
        ("a · b → “c”…", "latin-1", "a · b -> \"c\"..."),
        ("a · b → “c”…", "ascii", "a - b -> \"c\"..."),
        ("กé·\u200b\udc80", "cp874", "ก\\xe9-\\udc80"),
        ("กé·\u200b\udc80", "utf-8", "กé·\u200b\\udc80"),
    ],
)  # fmt: skip
def test_plain_signs(text: str, encoding: str, written: str) -> None:
    """A sign that the encoding lacks is written as a plain one, any other character that it lacks as an escape."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    write(stream, text)
    assert stream.buffer.getvalue().decode(encoding) == written  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "words",
    [
        "due", "due --format md", "show fs-annual", "explain fs-annual@FY2563", "check --verbose", "stats", "digest", "calendar",
        "digest --format md", "event list", "rollover 2565 --dry-run", "doctor", "due --bogus", "explain งานที่ไม่มี",
    ],
)  # fmt: skip
def test_thai_windows_has_no_escapes(words: str, run: Run) -> None:
    """On cp874 no command writes an escape for a sign, on either stream."""
    ran = run(*words.split(), encoding="cp874")
    assert not re.search(r"\\[xu]", ran.out + ran.err)


@pytest.mark.parametrize("encoding", ["cp874", "ascii"])
@pytest.mark.parametrize(
    "words", ["due", "check", "show fs-annual", "explain fs-annual@FY2563", "due --bogus", "--help"]
)
def test_a_process_with_another_encoding(words: str, encoding: str, run_process: RunProcess) -> None:
    """In a process whose PYTHONIOENCODING is cp874 or ASCII every command ends as it does in UTF-8."""
    ran = run_process(*words.split(), env={"PYTHONIOENCODING": encoding})
    assert ran.returncode == (2 if "bogus" in words else 0)
    assert b"Traceback" not in ran.stderr
    assert b"UnicodeEncodeError" not in ran.stderr
    (ran.stderr if "bogus" in words else ran.stdout).decode(encoding)


HEAD = """
import subprocess, sys
command = [sys.executable, "-m", "ustm_cli", *sys.argv[1:]]
ran = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
ran.stdout.readline()
ran.stdout.close()
error = ran.stderr.read()
print(ran.wait(), error.decode(), end="")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise")
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_reader_that_goes_away(form: str, run_process: RunProcess, plan: Plan) -> None:
    """`ustm due | head -1` ends quietly: no traceback, no message."""
    path = plan("\n".join(f"- {{id: a{n}, title: {'งาน ' * 20}, when: ทุกวันทำการ}}" for n in range(8)))
    words = ("due", "--plan", path, "--from", "2563-10-01", "--to", "2564-09-30", "--format", form)
    ran = run_process(*words, python=("-c", HEAD))
    assert ran.stdout.decode().split()[0] in ("141", "0")
    assert ran.stdout.decode().split()[1:] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no shell")
def test_no_stdout_at_all(run_process: RunProcess) -> None:
    """With stdout closed there is no traceback."""
    ran = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m ustm_cli due --format json >&-"],
        cwd=TOP, capture_output=True, check=False, timeout=60, env={"PYTHONPATH": str(TOP), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert b"Traceback" not in ran.stderr


# ---- help, version, wrong use


def test_version(run: Run, run_process: RunProcess) -> None:
    """--version says the version and nothing else, wherever it stands."""
    assert run("--version") == (f"ustm {__version__}\n", "", 0)
    assert run("--version", "due") == (f"ustm {__version__}\n", "", 0)
    assert run_process("--version").stdout.decode() == f"ustm {__version__}\n"


def test_no_command_is_wrong_use_with_help(run: Run) -> None:
    """`ustm` alone shows the commands on stderr and exits 2."""
    out, err, code = run()
    assert (out, code) == ("", 2)
    for name in ("due", "show", "explain", "check", "schema"):
        assert name in err


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], ["due", "--help"], ["due", "-h"], ["explain", "--help"]], ids=" ".join
)
def test_help_is_an_answer(words: list[str], run: Run, tmp_path: Path) -> None:
    """Help goes to stdout, exit 0, with no plan in sight."""
    out, err, code = run(*words, cwd=tmp_path)
    assert (code, err) == (0, "")
    assert "ustm" in out


UNKNOWN = [
    (["dew"], "dew", "due"),
    (["chekc"], "chekc", "check"),
    (["zzz"], "zzz", ""),
    (["due", "--formt", "json"], "--formt", "--format"),
    (["due", "--bogus"], "--bogus", ""),
    (["check", "--stict"], "--stict", "--strict"),
    (["--tody", "2563-11-16", "due"], "--tody", "--today"),
    (["due", "--lang", "fr"], "fr", "th, en"),
    (["due", "--digits", "roman"], "roman", "thai, arabic"),
    (["due", "--today"], "--today", ""),
    (["due", "--plan"], "--plan", ""),
    (["due", "--plan="], "--plan", ""),
    (["due", "--days", "x"], "--days", ""),
    (["due", "--format"], "--format", "ustm due --help"),
    (["event", "set", "--letter"], "--letter", "ustm event set --help"),
    (["due", "--week=3"], "--week", "ustm due --help"),
    (["due", "extra", "more"], "extra more", "ustm due --help"),
    (["progress", "x", "many"], "COUNT", "ustm progress --help"),
    (["progress", "x", "-5"], "-5", "ustm progress --help"),
]
SENTENCES = r"No such|is not a valid|Missing|argument|requires|does not take|Option |Usage:|Options:|Commands:"
"""Of the library's own."""


@pytest.mark.parametrize(("words", "wrong", "near"), UNKNOWN, ids=[" ".join(row[0]) for row in UNKNOWN])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_unknown_words_in_both_languages(words: list[str], wrong: str, near: str, lang: str, run: Run) -> None:
    """An unknown command, option or value is told in the reader's language, with the nearest; 2, nothing on stdout."""
    out, err, code = run(*words, env={"USTM_LANG": lang})
    assert (out, code) == ("", 2)
    assert err.startswith("ustm: ")
    assert wrong in err
    assert near in err
    thai = re.findall(r"[\u0e01-\u0e5b]+", err)
    if lang == "en":
        assert not thai
    else:
        assert thai
        assert not re.search(SENTENCES, err)


@pytest.mark.parametrize("words", [[], ["event"]])
def test_a_command_that_is_missing(words: list[str], run: Run) -> None:
    """The program, or a group of commands, alone shows its help page on stderr, in the reader's language."""
    out, err, code = run(*words)
    assert (out, code) == ("", 2)
    assert err == run(*words, "--help").out
    assert not re.search(SENTENCES, err)


@pytest.mark.parametrize("words", [[], ["due"], ["event"], ["event", "set"]])
@pytest.mark.parametrize("wide", [40, 60, 200])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_help_within_the_width(words: list[str], wide: int, lang: str, run: Run) -> None:
    """`--width` holds for help pages too, which are never wider than 80 cells."""
    out, _, code = run(*words, "--help", "--width", str(wide), "--lang", lang)
    assert code == 0
    assert max(map(width, out.splitlines())) <= min(wide, 80)


def test_a_failure_of_ours_is_no_traceback(run_process: RunProcess, plan: Plan) -> None:
    """Should the program itself fail, the user reads one sentence and the exit code is 3."""
    script = (
        "import sys\nfrom ustm_cli.cli import run\nimport ustm_cli.cli.world as world\n"
        "def fail(session):\n    raise ZeroDivisionError('boom')\n"
        "world.world_of = fail\nsys.exit(run(sys.argv[1:]))"
    )
    ran = run_process("due", "--plan", plan("- {id: a, title: ก, when: ทุกเดือน}"), python=("-c", script))
    assert (ran.stdout, ran.returncode) == (b"", 3)
    assert "boom" in ran.stderr.decode()
    assert b"Traceback" not in ran.stderr


# ---- plans


def test_plans_by_option_pattern_and_place(run: Run, plan: Plan, tmp_path: Path) -> None:
    """--plan takes files and patterns, repeatedly; without it, the plans of the nearest plans/ upward."""
    text = "- {id: a, title: รายงาน, when: ทุกสิ้นเดือน}"
    plan(text)
    plan(text, "fy2565.yaml", year=2565)
    words = ("due", "--from", "2563-10-01", "--to", "2565-09-30", "--all", "--format", "json")

    def years(*more: str, cwd: Path = tmp_path) -> list[int]:
        out, _, code = run(*words, *more, cwd=cwd)
        assert code == 0
        return sorted({row["fiscal_year"] for row in json.loads(out)["obligations"]})

    assert years() == [2564, 2565]
    assert years(cwd=tmp_path / "plans") == [2564, 2565]
    assert years("--plan", "plans/fy2565.yaml") == [2565]
    assert years("--plan", "plans/*.yaml") == [2564, 2565]
    assert years("--plan", "plans/fy2564.yaml", "--plan", "plans/fy2565.yaml") == [2564, 2565]
    assert years("--plan", "**/fy2564.yaml") == [2564]


FOUND = [
    # (the file beside two plans, its text, the folder; what a pattern or the folder takes it for)
    ("fy2564.register.jsonl", '{"kind": "done"}\n', "plans", "nothing"),
    ("notes.txt", "fiscal_year: 2564 ก\n", "plans", "nothing"),
    ("shared.yaml", "events: {}\n", "plans", "nothing"),
    ("shared.yaml", "  events: {}\n  holidays: []\n", "plans", "nothing"),
    ("shared.yaml", "# ก\r\nevents: {}\r\n", "plans", "nothing"),
    ("c.yaml", "fiscal_year: 2564\nprovince: เลย\n", "plans", "plan"),
    ("c.yml", "# ก\n\n  fiscal_year: 2564\n  province: เลย\n", "plans", "plan"),
    ("c.yaml", "--- # ก\n 'fiscal_year' : 2564\n province: เลย\n", "other", "plan"),
    ("c.yaml", "groups: []\n", "plans", "faulty"),
    ("c.yaml", "", "plans", "faulty"),
    ("c.yaml", "# ยังไม่ได้เขียน\n\n", "plans", "faulty"),
    ("c.yaml", "- รายงาน\n", "plans", "faulty"),
    ("ci.yaml", "groups: []\n", "other", "nothing"),
    ("ci.yaml", "job:\n  fiscal_year: 2564\n", "other", "nothing"),
    ("ci.yaml", "", "other", "nothing"),
    ("ci.yaml", "# job\n", "other", "nothing"),
]


@pytest.mark.parametrize(("name", "text", "folder", "taken"), FOUND)
def test_what_a_pattern_takes_for_a_plan(
    name: str, text: str, folder: str, taken: str, run: Run, plan: Plan, tmp_path: Path
) -> None:
    """YAML with fiscal_year at its top level; in plans/ also what forgot it, so that it is told; the rest is no fault."""
    for id in "ab":
        plan(f"- {{id: {id}, title: รายงาน, when: ทุกสิ้นเดือน}}", f"{id}.yaml")
    (tmp_path / "plans").rename(tmp_path / folder)
    (tmp_path / folder / name).write_text(text, "utf-8", newline="")
    files = {"nothing": "(2 files)", "plan": "(3 files)", "faulty": name}[taken]
    for words in (("--plan", f"{folder}/*"), ("--plan", "**"), *([()] if folder == "plans" else [])):
        ran = run("check", "--lang", "en", *words, cwd=tmp_path)
        assert (ran.code, files in ran.out) == (int(taken == "faulty"), True), words
        assert run("due", *words, cwd=tmp_path).code == (4 if taken == "faulty" else 0)
    if taken == "nothing":
        assert run("check", f"{folder}/{name}", cwd=tmp_path).code == 1


INCLUDED = [
    # (an included file beside its plan, what is told of it)
    ("evnts: {}\n", ["U112"]),
    ("events: {}\nnote: ก\n", ["U112"]),
    ("# ว่าง\n", ["U105"]),
    ("events: [\n", ["U107"]),
]


@pytest.mark.parametrize(("text", "codes"), INCLUDED)
def test_what_a_plan_includes_is_no_plan_for_its_faults(
    text: str, codes: list[str], run: Run, plan: Plan, tmp_path: Path
) -> None:
    """They are told once, as those of a file that needs no fiscal year."""
    path = plan("- {id: a, title: รายงาน, when: ทุกสิ้นเดือน}")
    path.write_text("include: [shared.yaml]\n" + path.read_text("utf-8"), "utf-8")
    path.with_name("shared.yaml").write_text(text, "utf-8")
    for words in ((), ("--plan", "plans/*")):
        found = json.loads(run("check", "--format", "json", *words, cwd=tmp_path).out)["findings"]
        assert [one["code"] for one in found if one["file"] == "plans/shared.yaml"] == codes
    assert run("due", cwd=tmp_path).code == 3


def test_a_plan_indented_as_a_whole_is_one(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Every line one step in is the same plan: found, answered, laid out."""
    path = plan("- {id: a, title: รายงาน, when: ทุกสิ้นเดือน}")
    straight = run("due", "--all", cwd=tmp_path).out
    path.write_text("".join(f"  {line}\n" for line in path.read_text("utf-8").splitlines()), "utf-8")
    assert run("due", "--all", cwd=tmp_path) == (straight, "", 0)
    assert run("fmt", cwd=tmp_path).code == 0
    assert path.read_text("utf-8").startswith("fiscal_year: 2564\n")


@pytest.mark.usefixtures("ordinary")
def test_one_plan_that_cannot_be_read(run: Run, plan: Plan, tmp_path: Path) -> None:
    """It is told and the rest is answered, exit 4, or 1 with findings; where none can be read, exit 3."""
    plan("- {id: a, title: รายงาน, when: 16 พ.ย. 2563}")
    plan("- {id: b, title: สรุป, when: ทุกเดือน ภายในวันที่ 32}", "fy2565.yaml", year=2565)
    closed = [plan(f"- {{id: {id}, title: ลับ, when: 16 พ.ย. 2563}}", f"{id}.yaml") for id in "yz"]
    for path in closed:
        path.chmod(0)
    lines = (("due", 4, "รายงาน"), ("stats", 4, "2564"), ("check", 1, "U204"), ("fmt --check", 1, "fy2564.yaml"))
    for line, code, said in (
        *lines,
        ("fmt", 4, "fy2564.yaml"),
        ("check --plan plans/[!f]* --plan plans/fy2564.yaml", 4, "no faults"),
    ):
        ran = run(*line.split(), "--lang", "en", cwd=tmp_path)
        assert (ran.code, said in ran.out) == (code, True), line
        assert [row for row in ran.err.splitlines() if "no permission" in row] == [
            f"ustm: no permission to read plans/{id}.yaml" for id in "yz"
        ]
    ran = run("check", *closed, "--lang", "en", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err.count("no permission")) == (3, "", 2)


def test_file_is_named_from_the_folder_of_plans(run: Run, plan: Plan, tmp_path: Path) -> None:
    """`file` is given from the folder that holds plans/; from the current folder where no folder is so named."""
    path = plan("- {id: a, title: รายงาน, when: 16 พ.ย. 2563}")
    elsewhere = tmp_path / "other" / "x.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(path.read_bytes())

    def file(plan_: Path, cwd: Path) -> str:
        return str(json.loads(run("due", "--plan", plan_, "--format", "json", cwd=cwd).out)["obligations"][0]["file"])

    for cwd in (tmp_path, tmp_path / "plans", tmp_path / "other"):
        assert file(path, cwd) == "plans/fy2564.yaml"
    assert file(elsewhere, tmp_path) == "other/x.yaml"
    assert file(elsewhere, tmp_path / "other") == "x.yaml"
    assert file(elsewhere, tmp_path / "plans") == "../other/x.yaml"
