"""Files that are no plan, or no text at all: each a clear finding with its place, never a traceback, never a hang."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ustm_cli.plan.findings import CATALOGUE

GOOD = """\
fiscal_year: 2564
province: อุบลราชธานี
groups:
  - title: กลุ่มงานวิชาการ
    activities:
      - {id: a, title: รายงาน, when: ทุกสิ้นเดือน}
"""
THAI = GOOD.encode()


class Row(NamedTuple):
    """A file's bytes; the (code, line, column) of every finding; words that its first message and help must have."""

    name: str
    data: bytes
    found: list[tuple[str, int, int]]
    words: tuple[str, ...] = ()


ROWS = [
    Row("byte order mark", b"\xef\xbb\xbf" + THAI, [("U102", 1, 1)], ("BOM",)),
    Row("CRLF", THAI.replace(b"\n", b"\r\n"), [("U103", 1, 18)], ("CRLF", "6", ".gitattributes")),
    Row("CR alone", THAI.replace(b"\n", b"\r"), [("U103", 1, 18)], ("CR แบบ Mac", "6", ".gitattributes")),
    Row("BOM and CRLF", b"\xef\xbb\xbf" + THAI.replace(b"\n", b"\r\n"), [("U102", 1, 1), ("U103", 1, 18)]),
    Row("cp874", GOOD.encode("cp874"), [("U101", 2, 11)], ("TIS-620", "cp874", "UTF-8")),
    Row("TIS-620 from a later line", THAI + "# รายงาน\n".encode("tis-620"), [("U101", 7, 3)], ("UTF-8",)),
    Row("UTF-16", GOOD.encode("utf-16"), [("U101", 1, 1)], ("UTF-16",)),
    Row("not UTF-8 nor Thai", THAI + b"# caf\xe9\xff\n", [("U101", 7, 6)], ("UTF-8",)),
    Row("cut within a character", THAI.rstrip()[:-2] + "เ".encode()[:2], [("U101", 6, 49)]),
    Row("empty", b"", [("U105", 1, 1)], ("fiscal_year", "groups")),
    Row("blank", b"\n  \n\n", [("U105", 1, 1)]),
    Row("comments alone", "# แผน\n".encode(), [("U105", 1, 1)]),
    Row("a dash line alone", b"---\n", [("U105", 1, 1)]),
    Row("null", b"null\n", [("U105", 1, 1)]),
    Row("a text", "สวัสดี\n".encode(), [("U114", 1, 1)]),
    Row("a list", b"- fiscal_year: 2564\n", [("U114", 1, 1)]),
    Row("tab in the indent", THAI.replace(b"    activities", b"\tactivities"), [("U104", 5, 1)], ("แท็บ", "space")),
    Row("tab after a colon", THAI.replace(b"groups:\n", b"groups:\t\n"), [("U104", 3, 8)]),
    Row("tab in a comment", THAI + b"# a\tb\n", []),
    Row("NUL", GOOD.replace("รายงาน", "ราย\0งาน").encode(), [("U117", 6, 27)], ("U+0000",)),
    Row("terminal escape", GOOD.replace("รายงาน", "ราย\x1b(0\x07งาน").encode(), [("U117", 6, 27)], ("U+001B",)),
    Row("escape by YAML", GOOD.replace("รายงาน", r'"ราย\x1b[31mงาน"').encode(), [("U117", 6, 24)], ("U+001B",)),
    Row("nested too deep", b"groups: " + b"[" * 60 + b"]" * 60, [("U114", 1, 10), ("U110", 1, 48)]),
]  # fmt: skip


def checked(path: Path, run: Callable[..., Any]) -> tuple[list[dict[str, Any]], int]:
    out, err, code = run("check", path.name, "--format", "json", cwd=path.parent)
    assert err == ""
    return json.loads(out)["findings"], code


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_file_is_told_where_it_fails(row: Row, tmp_path: Path, run: Callable[..., Any]) -> None:
    """Every file that is no plan gives its findings at their places, with words that help, and exit code 1."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(row.data)
    findings, code = checked(path, run)
    faults = [one for one in findings if one["severity"] == "error" and one["code"] not in ("U107", "U112", "U113")]
    assert [(one["code"], one["line"], one["column"]) for one in faults][: len(row.found)] == row.found
    assert code == bool(row.found)
    for word in row.words:
        assert word in faults[0]["message"] + faults[0]["help"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.found], ids=[row.name for row in ROWS if row.found])
@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_what_is_told_can_be_shown(row: Row, form: str, tmp_path: Path, run: Callable[..., Any]) -> None:
    """What is told of a broken file is plain text: no character of it steers the terminal, every line has its end."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(row.data)
    out, err, code = run("check", path.name, "--format", form, cwd=tmp_path)
    assert (err, code) == ("", 1)
    assert not [char for char in out if ord(char) < 32 and char != "\n"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.found], ids=[row.name for row in ROWS if row.found])
def test_other_commands_will_not_use_it(row: Row, tmp_path: Path, run: Callable[..., Any]) -> None:
    """`due` with such a file says its faults on stderr, nothing on stdout, and exits 3."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(row.data)
    out, err, code = run("due", "--plan", path.name, cwd=tmp_path)
    assert (out, code) == ("", 3)
    assert row.found[0][0] in err


def test_a_hundred_megabytes(tmp_path: Path, run: Callable[..., Any]) -> None:
    """A file of 100 MB is refused by its size, unread."""
    path = tmp_path / "plan.yaml"
    with path.open("wb") as file:
        file.truncate(100 << 20)
    began = time.process_time()
    findings, code = checked(path, run)
    assert [(one["code"], one["line"]) for one in findings] == [("U106", 1)]
    assert "100" in findings[0]["message"]
    assert code == 1
    assert time.process_time() - began < 5


BOMB = "a0: &a0 [ฮา, ฮา, ฮา, ฮา, ฮา, ฮา, ฮา, ฮา]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 30)
)
SLOW = [
    ("alias bomb", BOMB + GOOD, "U109"),
    ("deep lists", "fiscal_year: 2564\ngroups: " + "[" * 100_000, "U110"),
    ("deep mappings", "fiscal_year: 2564\ngroups: " + "{a: " * 100_000, "U110"),
    ("deep blocks", "".join(" " * n + "a:\n" for n in range(3000)), "U110"),
    ("one line of 5 MB", GOOD + "note: " + "ก" * 1_700_000 + "\n", ""),
    ("20 000 unknown keys", GOOD + "".join(f"k{n}: 1\n" for n in range(20_000)), "U112"),
    ("a long phrase", GOOD.replace("ทุกสิ้นเดือน", "ทุก " * 20_000 + "เดือน"), "U222"),
    ("a phrase of many readings", GOOD.replace("ทุกสิ้นเดือน", "ตามที่" + "ก แจ้ง " * 55 + "ประมาณ"), "U201"),
    ("an event of 20 000 characters", GOOD + f"events: {{board: {{name: {'ก' * 20_000}, every: month}}}}\n", ""),
]


@pytest.mark.parametrize(("name", "text", "code"), SLOW, ids=[row[0] for row in SLOW])
def test_nothing_hangs(name: str, text: str, code: str, tmp_path: Path, run: Callable[..., Any]) -> None:
    """Files made to take all time or memory are told, or read, within seconds."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(text.encode())
    began = time.process_time()
    findings, exit_code = checked(path, run)
    assert time.process_time() - began < 15
    assert exit_code == bool(code)
    assert not code or code in {one["code"] for one in findings}


def test_cp874_is_read_once_saved_anew(tmp_path: Path, run: Callable[..., Any]) -> None:
    """What the help of U101 advises mends the file."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(GOOD.encode("cp874"))
    findings, _ = checked(path, run)
    assert "iconv -f CP874 -t UTF-8" in findings[0]["help"]
    path.write_bytes(path.read_bytes().decode("cp874").encode("utf-8"))
    assert checked(path, run) == ([], 0)


def test_codes_of_files_are_all_here() -> None:
    """Every code of a file that is no text has its row here (the rest have a plan in tests/plans/bad)."""
    here = {code for row in ROWS for code, _, _ in row.found} | {"U106"}
    assert here >= {"U101", "U102", "U103", "U104", "U105", "U106", "U110", "U117"}
    assert here <= set(CATALOGUE)


@pytest.mark.parametrize(
    ("text", "year"),
    [("2564", 2564), ('"2564"', 2564), ("๒๕๖๔", 2564), ("64", 2564)],
)
def test_a_year_as_people_type_it(text: str, year: int, tmp_path: Path, run: Callable[..., Any]) -> None:
    """A fiscal year may be in quotes, in Thai digits or of two digits."""
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD.replace("2564", text, 1), "utf-8")
    assert checked(path, run) == ([], 0)
    out, _, _ = run("due", "--plan", path.name, "--all", "--month", "--format", "json", cwd=tmp_path)
    assert {row["fiscal_year"] for row in json.loads(out)["obligations"]} == {year}


def test_sara_am_in_two_pieces(tmp_path: Path, run: Callable[..., Any]) -> None:
    """`ํ` + `า` is read as `ำ`, in phrases, keys and names alike; titles come out composed."""
    path = tmp_path / "plan.yaml"
    text = GOOD.replace("รายงาน", "งานประจำ").replace("ทุกสิ้นเดือน", "ทุกวันทำการ").replace("ำ", "\u0e4d\u0e32")
    path.write_text(text, "utf-8")
    assert checked(path, run) == ([], 0)
    out, _, _ = run("due", "--plan", path.name, "--day", "--format", "json", cwd=tmp_path)
    assert next(row["title"] for row in json.loads(out)["obligations"]) == "งานประจำ"
