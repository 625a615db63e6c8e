"""Plans at the edge: without the parser in C, with rules spelled wrong, with comments and dashes in odd places."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ustm_cli.plan import layout
from ustm_cli.plan.carry import carried
from ustm_cli.plan.layout import laid_out
from ustm_cli.plan.load import load
from ustm_cli.plan.moving import day, years_between
from ustm_cli.plan.source import SyntaxFault, decode, events_of
from ustm_cli.plan.syntax import Unwritable, comments, tree_of

Run = Callable[..., Any]
Plan = Callable[..., Path]
PLANS = Path(__file__).parents[1] / "plans"
TOP = "fiscal_year: 2564\nprovince: อุบลราชธานี\ngroups:\n- title: ก\n"


# ---- without the parser in C


@pytest.mark.parametrize("path", sorted(PLANS.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_slow_parser_finds_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the parser in C cannot be had, each example has the same plan, or faults of the same codes and lines."""
    fast = load(path, path.name)
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    slow = load(path, path.name)
    assert [(one.code, one.mark.line) for one in slow.faults] == [(one.code, one.mark.line) for one in fast.faults]
    assert (slow.plan is None) == (fast.plan is None)
    if slow.plan and fast.plan:
        assert slow.plan.body == fast.plan.body


@pytest.mark.parametrize("parser", ["C", "Python"])
@pytest.mark.parametrize("text", ["a: [", "a: b: c", "a: \x01", 'a: "', "\t- a", "%YAML 9\n---\n"])
def test_what_no_parser_takes(text: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken YAML is a fault with a place, whichever parser finds it."""
    if parser == "Python":
        monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    with pytest.raises(SyntaxFault) as caught:
        list(events_of(text))
    assert caught.value.mark.line >= 1


# ---- encodings


@pytest.mark.parametrize(
    ("encoding", "guess"),
    [("utf-32", "UTF-32"), ("utf-32-le", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")],
)
@pytest.mark.parametrize("text", ["fiscal_year: 2564\ngroups: []\n", "fiscal_year: 2564\nprovince: ตราด\ngroups: []\n"])
def test_wide_encodings_are_guessed(text: str, encoding: str, guess: str) -> None:
    """Text of two or four bytes a character, with a mark or without, Thai or not, is told as such."""
    _, [finding] = decode(text.encode(encoding), "plan.yaml")
    assert finding.code == "U101"
    assert guess in str(finding.detail["guess"])


# ---- rules spelled wrong


WRONG = [
    # (the activity, the code, the text that it points at)
    ("when: 5", "U201", "}"),
    ("when: [[ก]]", "U114", "[ก]"),
    ("when: {rule: monthly, key: [a], every: month}", "U114", "[a]"),
    ("when: ทุกเดือน, review: {rule: lead, count: x, unit: day}", "", "x"),
    ("when: ทุกเดือน, review: {rule: leap}", "U223", "leap"),
    ("when: ทุกเดือน, review: [ก]", "U114", "[ก]"),
    ("when: ทุกวันทำการ, review: ล่วงหน้า 1 วันทำการ", None, ""),
    ("when: ทุกเดือน, from: วันหนึ่ง", "U201", "วันหนึ่ง"),
    ("when: ''", "U114", "''"),
    ("when: [{when: ' ', key: k}]", "U114", "' '"),
    ("when: ทุกเดือน, review: ''", "U114", "''"),
    ("when: ทุกเดือน, from: ''", "U114", "''"),
    ("when: {rule: [on_date]}", "U114", "[on_date]"),
    ("when: ทุกเดือน, roll: [following]", "U114", "[following]"),
]


@pytest.mark.parametrize(("activity", "code", "at"), WRONG, ids=[row[0] for row in WRONG])
def test_rules_spelled_wrong(plan: Plan, activity: str, code: str | None, at: str) -> None:
    """Each is a finding at the very text; a review of work on every working day counts from each of its days."""
    path = plan(f"- {{id: a, title: ก, {activity}}}")
    found = load(path, "plan.yaml")
    if code is None:
        assert found.plan is not None
        return
    [finding] = [one for one in found.faults if one.severity == "error"]
    assert finding.code == code or not code
    line = path.read_text("utf-8").split("\n")[finding.mark.line - 1]
    assert line[finding.mark.column - 1 :].startswith(at)


def test_years_between_what_is_no_date() -> None:
    """Texts that hold no date, or are not the same date moved on, lie no years apart."""
    assert years_between("ทุกเดือน", "6 ต.ค. 2563", day) is None
    assert years_between("6 ต.ค. 2563", "ทุกเดือน", day) is None
    assert years_between("6 ต.ค. 2563", "7 ต.ค. 2564", day) is None
    assert years_between("6 ต.ค. 2563", "6 ต.ค. 2565", day) == 2


# ---- what a plan includes


class Included(NamedTuple):
    name: str
    text: str
    code: str
    line: int


INCLUDED = [
    Included("a faulty event", "holidays: []\nevents:\n  m: {name: ประชุม, every: moon}\n", "U114", 3),
    Included("empty", "# ยังไม่มี\n", "U105", 1),
    Included("no mapping", "- a\n", "U114", 1),
]


@pytest.mark.parametrize("row", INCLUDED, ids=[row.name for row in INCLUDED])
def test_faults_of_an_included_file(plan: Plan, row: Included) -> None:
    """A fault in a shared file is told there, once, and does not bring others."""
    path = plan("- {id: a, title: ก, when: ทุกเดือน}", top="include: [shared.yaml]\n")
    path.with_name("shared.yaml").write_text(row.text, "utf-8")
    errors = [one for one in load(path, "plan.yaml").faults if one.severity == "error"]
    assert [(one.file, one.mark.line) for one in errors] == [("shared.yaml", row.line)]


@pytest.mark.usefixtures("ordinary")
def test_an_included_file_without_permission(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A shared file that may not be read: a fault at the line that includes it, in either language."""
    path = plan("- {id: a, title: ก, when: ทุกเดือน}", top="include: [shared.yaml]\n")
    path.with_name("shared.yaml").write_text("events: {}\n", "utf-8")
    path.with_name("shared.yaml").chmod(0)
    for lang, said in (("th", "ไม่มีสิทธิ์อ่าน"), ("en", "no permission")):
        ran = run("check", path, "--format", "json", "--lang", lang, cwd=tmp_path)
        [finding] = json.loads(ran.out)["findings"]
        assert (finding["code"], finding["line"]) == ("U116", 3)
        assert said in finding["message"]


# ---- layout


LAID = [
    "title:   # ชื่อ\n  # ใต้ชื่อ\n  'ก'\nfiscal_year: 2564",
    "note:\nfiscal_year: 2564\nprovince:",
    "groups:\n- # ข้างขีด\n  title: ก\n  activities: []",
    "groups:\n-\n  # ใต้ขีด\n  title: ก\n\n\n  activities: []",
]


@pytest.mark.parametrize("text", LAID)
def test_odd_places_of_comments(text: str) -> None:
    """Comments behind a key, behind a dash and below both stay, whatever their place, and the form is stable."""
    result = laid_out(text)
    assert sorted(comments(result)) == sorted(comments(text + "\n"))
    assert laid_out(result) == result


@pytest.mark.parametrize(
    "text", ["? fiscal_year\n: 2564\n", "a: &x 1\nb: *x\n", "a: 1\n---\nb: 2\n", "- a\n", "a: [\n"]
)
def test_what_is_not_laid_out(text: str) -> None:
    """Keys spelled with a question mark, aliases, several documents, no mapping: refused, not guessed."""
    with pytest.raises(Unwritable):
        laid_out(text)


@pytest.mark.parametrize(
    "spoil",
    [lambda text: text.replace("# ก\n", ""), lambda text: text.replace("2564", "2565"), lambda text: text + "# ข\n"],
)
def test_a_layout_that_would_lose_something_is_refused(
    spoil: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the layout itself have a fault, the guard behind it refuses: a lost comment, another value, no rest."""
    run = layout._Layout.run
    monkeypatch.setattr(layout._Layout, "run", lambda self: spoil(run(self)))
    with pytest.raises(Unwritable):
        laid_out("# ก\nfiscal_year: 2564\n")


def test_a_tree_of_several_documents() -> None:
    """Only a single document has a tree."""
    with pytest.raises(Unwritable):
        tree_of("a: 1\n---\nb: 2\n")


# ---- next year


CARRIED = [
    # (an activity of this year, the same next year)
    ("{accepts: {U401: ก}, overrides: {FY2564: {cancel: true, reason: ข}}, id: a, title: ก}", "{id: a, title: ก}"),
    ("{id: a, overrides: {FY2564: {cancel: true, reason: ข}}, title: ก}", "{id: a, title: ก}"),
    ("{id: a, title: ก, when: {rule: as_notified, by: กรม}}", "{id: a, title: ก, when: {rule: as_notified, by: กรม}}"),
]


@pytest.mark.parametrize(("before", "after"), CARRIED)
def test_keys_of_one_year_leave_a_flow(before: str, after: str) -> None:
    """What was of one year goes from wherever it stands between braces; what has no date stays as it is."""
    text = carried(f"{TOP}  activities:\n  - {before}\n", 2565).text
    assert text == f"{TOP}  activities:\n  - {after}\n".replace("2564", "2565")


@pytest.mark.parametrize("ended", ["- id: a\n    title: ก\n\n    when: ทุกเดือน", "-\n    id: a\n\n    title: ก"])
def test_an_activity_that_has_ended_with_blank_lines(ended: str) -> None:
    """Every line of it becomes a comment, its dash on a line of its own too; blank lines stay blank."""
    text = carried(f"{TOP}  activities:\n  {ended}\n  - {{id: b, title: ข}}\n", 2565, lambda _: frozenset({"a"})).text
    body = text.partition("activities:\n")[2]
    assert [line.strip()[:1] for line in body.splitlines() if line.strip()] == ["#"] * (len(body.splitlines()) - 2) + [
        "-"
    ]
