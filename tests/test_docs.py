"""The documentation is true: it names every code, command, format and rule, and its examples do what it says."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ustm_cli.cli.app import COMMANDS
from ustm_cli.cli.commands import check, due
from ustm_cli.dates.era import format_be
from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.dates.holidays import days_off
from ustm_cli.deadlines import REVIEW_RULES
from ustm_cli.deadlines.base import Event, Scene
from ustm_cli.deadlines.phrase import parse, parse_review
from ustm_cli.plan.findings import CATALOGUE
from ustm_cli.views.explanation import of_phrase

TOP = Path(__file__).parent.parent
DOCS = sorted([TOP / "README.md", *(TOP / "docs").glob("*.md")])
FINDINGS = (TOP / "docs" / "findings.md").read_text("utf-8")
DEADLINES = (TOP / "docs" / "deadlines.md").read_text("utf-8")
EVENTS = {
    "meeting": Event("meeting", "การประชุม", "month"),
    "announced": Event("announced", "ประกาศใช้", "year"),
}
Run = Callable[..., Any]


def everything() -> str:
    return "\n".join(path.read_text("utf-8") for path in DOCS)


# ---- what must be named


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    """Every command occurs in the documentation as one types it."""
    assert f"ustm {command}" in everything()


def test_every_format_is_documented() -> None:
    """Every format of `due` and of `check` occurs in the documentation."""
    text = everything()
    assert [name for name in (*due.FORMATS, *check.FORMATS) if not re.search(rf"\b{name}\b", text)] == []


def test_every_rule_is_documented() -> None:
    """Every kind of rule occurs in the table of phrases, or as a mapping where it has no phrase."""
    named = {phrase.rule for phrase in PHRASES} | set(re.findall(r"rule: (\w+)", DEADLINES))
    assert {kind.rule for kind in REVIEW_RULES} <= named


def test_every_code_is_documented_once() -> None:
    """docs/findings.md has one entry a code, in order, and none of a code that is no more."""
    assert re.findall(r"^### (U\d{3})$", FINDINGS, re.MULTILINE) == sorted(CATALOGUE)


def test_every_entry_speaks_both_languages() -> None:
    """An entry says what and why, first in Thai, then in English."""
    for code, text in entries():
        thai, english = re.sub(r"```.*?```", "", text, flags=re.DOTALL).strip().split("\n\n")[:2]
        assert re.search("[\u0e01-\u0e5b]{3}", thai), code
        assert english.startswith("*"), code
        assert english.endswith("*"), code
        assert len(english) > 20, code


def test_documents_that_are_named_exist() -> None:
    """A document that a finding's help, or another document, sends the reader to is there."""
    said = "".join(text for kind in CATALOGUE.values() for text in kind)
    named = set(re.findall(r"\bdocs/[a-z-]+\.md\b", said + everything()))
    named |= {f"docs/{name}" for path in DOCS if path.parent.name == "docs"
              for name in re.findall(r"\]\(([a-z-]+\.md)", path.read_text("utf-8"))}  # fmt: skip
    assert [name for name in sorted(named) if not (TOP / name).exists()] == []


# ---- phrases


class Phrase(NamedTuple):
    """A row of a table of phrases."""

    thai: list[str]
    english: str
    rule: str
    days: str


def phrases() -> list[Phrase]:
    rows = []
    for line in DEADLINES.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) in (3, 4) and re.fullmatch(r"`\w+`", cells[2]) and cells[0].startswith("`"):
            thai = re.findall(r"`([^`]+)`", cells[0])
            rows.append(Phrase(thai, cells[1].strip("`"), cells[2].strip("`"), cells[3] if len(cells) == 4 else ""))
    return rows


PHRASES = phrases()


@pytest.mark.parametrize("row", PHRASES, ids=[row.thai[0] for row in PHRASES])
def test_phrases_of_the_manual_are_understood(row: Phrase) -> None:
    """Every phrase of the manual is understood, in both languages alike, as the rule that it names."""
    read = parse_review if row.rule == "lead" else parse
    rules = [read(text, EVENTS) for text in (*row.thai, row.english)]
    assert {rule.rule for rule in rules} == {row.rule}
    assert len(set(rules)) == 1


@pytest.mark.parametrize("row", [row for row in PHRASES if row.days], ids=[row.thai[0] for row in PHRASES if row.days])
def test_days_of_the_manual_are_true(row: Phrase) -> None:
    """The first days that the manual gives for a phrase are those that come of it."""
    off = days_off("อุบลราชธานี")
    scene = Scene("", fiscal_year(2564), off.workdays, events=EVENTS)
    said = [one.split(" → ") for one in row.days.split(", ")]
    found = of_phrase(parse(row.thai[0], EVENTS), scene, off)[: len(said)]
    days = [(format_be(item.days.deadline), format_be(item.days.act_by)) for item in found
            if item.days.deadline and item.days.act_by]  # fmt: skip
    assert days == [(one[0], one[-1]) for one in said]


def test_the_manual_has_many_phrases() -> None:
    """The tables were found."""
    assert len(PHRASES) > 35


# ---- examples


def entries() -> Iterator[tuple[str, str]]:
    """(code, text) of every entry of docs/findings.md."""
    parts = re.split(r"^### (U\d{3})$", FINDINGS, flags=re.MULTILINE)[1:]
    for code, text in zip(parts[::2], parts[1::2], strict=True):
        yield code, re.split(r"^## ", text, flags=re.MULTILINE)[0]


def examples(text: str) -> list[str]:
    return [block.strip("\n") for block in re.findall(r"^```yaml\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)]


def whole(block: str, *, province: bool = True) -> str:
    """The plan that an example stands in: below `activities:` where it begins with `-`, else at the top."""
    head = "" if "fiscal_year:" in block.partition("---")[0] else "fiscal_year: 2564\n"
    head += "province: อุบลราชธานี\n" if province and "province:" not in block else ""
    if not block.startswith("-"):
        return f"{head}{block}\n"
    lines = "".join(f"      {line}\n" for line in block.split("\n"))
    return f"{head}groups:\n  - title: กลุ่มงานวิชาการ\n    activities:\n{lines}"


def codes_of(block: str, run: Run, folder: Path, *, province: bool = True) -> list[str]:
    path = folder / "plan.yaml"
    path.write_text(whole(block, province=province), "utf-8")
    found = json.loads(run("check", path.name, "--format", "json", cwd=folder).out)["findings"]
    return [one["code"] for one in found]


ENTRIES = [(code, examples(text)) for code, text in entries()]
# What takes a file that is no text, or two plans, or settings, or records, is told in words.
WITHOUT = {"U101", "U102", "U103", "U104", "U105", "U106", "U110", "U407", "U412"}


def test_every_code_of_plans_has_its_example() -> None:
    """Every code that a plan's text can show has an example and, behind it, what to write instead."""
    assert [code for code, blocks in ENTRIES if len(blocks) != 2 and code < "U5" and code not in WITHOUT] == []


@pytest.mark.parametrize(
    ("code", "blocks"), [row for row in ENTRIES if row[1]], ids=[row[0] for row in ENTRIES if row[1]]
)
def test_examples_give_their_code(code: str, blocks: list[str], run: Run, tmp_path: Path) -> None:
    """The first example of an entry gives its code and no other; the second gives nothing at all."""
    bad, good = blocks
    province = code != "U410"
    assert set(codes_of(bad, run, tmp_path, province=province)) == {code}
    assert codes_of(good, run, tmp_path, province=province) == []


@pytest.mark.parametrize("block", [*examples(DEADLINES), *examples((TOP / "docs" / "plan.md").read_text("utf-8"))])
def test_examples_of_the_manual_are_plans(block: str, run: Run, tmp_path: Path) -> None:
    """Every YAML example of the manuals of deadlines and of plans is a plan without faults."""
    if "board" in block and "events:" not in block:
        rows = "".join(f"      {line}\n" for line in block.split("\n"))
        block = f"events:\n  board: {{name: ประชุม, every: month}}\ngroups:\n  - title: ก\n    activities:\n{rows}"
    assert [code for code in codes_of(block, run, tmp_path) if code < "U4"] == []


CONSOLE = [
    (path.name, line[2:].split(" && ")[0])
    for path in DOCS
    for block in re.findall(r"^```console\n(.*?)^```$", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ustm ")
]


@pytest.mark.parametrize(("name", "line"), CONSOLE)
def test_commands_of_the_documents_are_commands(name: str, line: str) -> None:
    """Every console line begins with a command that there is."""
    words = line.split()[1:]
    assert not words or words[0] in COMMANDS or words[0].startswith("-")


def test_explain_lines_run(run: Run) -> None:
    """The `explain` and `due` lines of the manual of deadlines run as they stand."""
    for name, line in CONSOLE:
        words = shlex.split(line)[1:]
        if name == "deadlines.md" and words[0] in ("explain", "due"):
            assert run(*words).code == 0, line
