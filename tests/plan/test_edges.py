"""Plans at the edge: without the parser in C, with rules spelled wrong, with comments and dashes in odd places."""

from __future__ import annotations

import json
import re
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
from ustm_cli.plan.source import SyntaxFault, decode, events_of, read
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
@pytest.mark.parametrize("text", ["a: [", "a: b: c", "a: \x01", 'a: "', "\t- a", "%YAML 9\n---\n", r'a: "\U00110000"'])
def test_what_no_parser_takes(text: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken YAML is a fault with a place, whichever parser finds it."""
    if parser == "Python":
        monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    with pytest.raises(SyntaxFault) as caught:
        list(events_of(text))
    assert caught.value.mark.line >= 1


BROKEN = [
    # (a line of YAML that cannot be, what is told of it, what helps)
    ("title: * งานเร่งด่วน", "begins with a sign", "into quotes"),
    ("title: & ข", "begins with a sign", "into quotes"),
    ("title: !a!b งาน", "begins with a sign", "into quotes"),
    ("title: !<สำคัญ งาน", "begins with a sign", "into quotes"),
    ("title: > ก", "begins with a sign", "into quotes"),
    ("title: |x", "begins with a sign", "into quotes"),
    ("title: |0", "begins with a sign", "into quotes"),
    ("title: @ก", "begins with a sign", "into quotes"),
    ("title: ? ก", "begins with a sign", "into quotes"),
    ("%", "begins with a sign", "into quotes"),
    (r'title: "\xZZ"', "unknown escape", "within"),
    (r'title: "C:\แผน"', "unknown escape", "within"),
    ("title: [ก", "bracket", "indentation"),
    ("title: 'ก", "quote is not closed", "indentation"),
    ("title: 'ก' ข", "indentation", "quotes of this line"),
    ("title: - ก", "wrong place", "indentation"),
    ("title: ]", "value is missing", "indentation"),
    ("title: ก: ข", "colon too many", "quotes of this line"),
    ("%YAML 9.9\n---", "cannot be read", "into quotes"),
]


@pytest.mark.parametrize("parser", ["C", "Python"])
@pytest.mark.parametrize(("line", "said", "helps"), BROKEN, ids=[row[0] for row in BROKEN])
def test_broken_yaml_is_told_in_our_words(
    line: str, said: str, helps: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What either parser stumbles over is told in both languages, with what mends it; no word of the parser's."""
    if parser == "Python":
        monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    [finding] = read(line + "\nfiscal_year: 2564\n", "plan.yaml")[1]
    assert finding.code == "U107"
    assert said in finding.message("en")
    assert helps in finding.help("en")
    thai = finding.message("th") + finding.help("th")
    assert not re.findall(r"[a-z]{4,}", thai.replace("title", ""))


@pytest.mark.parametrize("text", ["[http://x/y.yaml]", "{url: line://x}"])
def test_a_colon_between_brackets(text: str) -> None:
    """An address between brackets has a colon that YAML does not take: quotes help."""
    [finding] = read(f"include: {text}\n", "plan.yaml")[1]
    assert "colon" in finding.message("en")
    assert "quotes" in finding.help("en")


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
    Included("an unknown key", "holidays: []\nevnts:\n  m: {name: ประชุม, every: month}\n", "U112", 2),
    Included("a plan", "events: {}\nfiscal_year: 2564\n", "U112", 2),
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


def test_doubts_of_what_is_whole_have_their_places(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Beside events and days off at fault, the doubts about good ones are told at their own lines."""
    top = """\
holidays:
- {date: 2563-13-01, name: ก}
- {date: 2564-01-01, name: ปีใหม่}
events:
- {id: audit, name: การตรวจสอบ, every: mnth}
- {id: board, name: การประชุม, every: year, expected: ก.ย. 2564, confirm: ก.ย. 2563}
"""
    path = plan("- {id: a, title: ก, when: ก่อนการประชุม 3 วัน}", top=top)
    lines = path.read_text("utf-8").split("\n")
    findings = json.loads(run("check", path, "--format", "json", cwd=tmp_path).out)["findings"]
    told = {one["code"]: lines[one["line"] - 1][one["column"] - 1 :] for one in findings}
    assert told["U408"].startswith("{date: 2564-01-01")
    assert told["U601"].startswith("ก.ย. 2563")
    assert sorted(told) == ["U115", "U207", "U408", "U601"]


EVENTS_AT_FAULT = [
    # (what stands under `events:` beside a good one, the faults, the activities that are whole)
    ("audit: {name: การตรวจสอบ, every: mnth}", ["U115", "U202"], "a"),
    ("audit: {name: การตรวจสอบ, every: month, id: x}", ["U112", "U202"], "a"),
    ("audit: {nam: การตรวจสอบ, every: month}", ["U113", "U112"], "a"),
    ("audit: การตรวจสอบ", ["U114"], "a"),
    ("audit: &x {name: การตรวจสอบ, every: month}", ["U109"], "ab"),
    ("good: {name: การตรวจสอบ, every: month}", ["U108"], "a"),
    ("other: {name: การประชุม, every: month}", ["U307", "U202", "U202"], "a"),
    ("การประชุม: {name: การตรวจสอบ, every: month}", ["U305", "U202"], "a"),
    ("audit: {name: good, every: year, expected: ก.ย. 2564}", ["U202", "U202"], "a"),
]


@pytest.mark.parametrize(("event", "codes", "whole"), EVENTS_AT_FAULT, ids=[row[0] for row in EVENTS_AT_FAULT])
def test_an_event_at_fault_is_known_by_its_names(plan: Plan, event: str, codes: list[str], whole: str) -> None:
    """Phrases that name it are not at fault; what names no event is, unless the fault may hide events; no more is told."""
    activities = "\n".join(
        f"- {{id: {id}, title: ก, when: ก่อน{name} 3 วัน}}"
        for id, name in (("a", "การประชุม"), ("b", "การตรวจสอบ"), ("c", "งานกาชาด"))
    )
    path = plan(activities, top=f"events:\n  good: {{name: การประชุม, every: month}}\n  {event}\n")
    found = load(path, "plan.yaml")
    assert [one.code for one in found.faults] == codes
    assert found.partial is not None
    assert "".join(one.id for one in found.partial.activities) == whole


TAKEN = [
    # (a second event, in a file that is included; the value that is told, where it stands)
    ("events: {good: {name: สัมมนา, every: month}}", "good", "events.good.id"),
    ("events: [{id: good, name: สัมมนา, every: month}]", "good", "events.0.id"),
    ("events: [{id: good, name: การประชุม, every: month}]", "good", "events.0.id"),
    ("events: {other: {name: การประชุม, every: month}}", "การประชุม", "events.other.name"),
    ("events: [{id: other, name: การประชุม, every: month}]", "การประชุม", "events.0.name"),
]


@pytest.mark.parametrize(("text", "value", "path"), TAKEN)
def test_what_another_event_is_called_is_told_where_it_stands(plan: Plan, text: str, value: str, path: str) -> None:
    """An id that is taken at the id, or at the key that is one; a name at the name."""
    file = plan(top="include: [shared.yaml]\nevents: {good: {name: การประชุม, every: month}}\n")
    file.with_name("shared.yaml").write_text(text + "\n", "utf-8")
    (fault,) = load(file, "plan.yaml").faults
    assert (fault.code, fault.path, fault.detail["value"]) == ("U307", path, value)
    assert text[fault.mark.column - 1 : fault.mark.end - 1] == value


class Stands(NamedTuple):
    """How a file is included, and how what is told of it names it."""

    include: str
    told: str


STANDS = [
    Stands("shared.yaml", "plans/shared.yaml"),
    Stands("./shared.yaml", "plans/shared.yaml"),
    Stands("sub/shared.yaml", "plans/sub/shared.yaml"),
    Stands("sub/../shared.yaml", "plans/shared.yaml"),
    Stands("sub/inner.yaml", "plans/shared.yaml"),
    Stands("link.yaml", "plans/sub/shared.yaml"),
]


@pytest.mark.parametrize("row", STANDS, ids=[row.include for row in STANDS])
def test_an_included_file_is_named_as_the_plan_is(run: Run, plan: Plan, row: Stands, tmp_path: Path) -> None:
    """From the folder that holds plans/, by its one place; of two plans that include it, each fault once."""
    for name in ("fy2564.yaml", "fy2565.yaml"):
        path = plan("- {id: a, title: ก, when: ทุกเดือน}", name, year=int(name[2:6]), top=f"include: [{row.include}]\n")
    (path.parent / "sub").mkdir()
    for shared in (path.parent / "shared.yaml", path.parent / "sub" / "shared.yaml"):
        shared.write_text("holidays:\n- {date: 2564-02-30}\n", "utf-8")
    (path.parent / "sub" / "inner.yaml").write_text("include: [../shared.yaml]\n", "utf-8")
    (path.parent / "link.yaml").symlink_to("sub/shared.yaml")
    found = json.loads(run("check", "--format", "json", cwd=tmp_path).out)["findings"]
    assert [(one["file"], one["line"]) for one in found if one["severity"] == "error"] == [(row.told, 2)]
    assert f" {row.told}:2:" in run("due", cwd=tmp_path).err


ROUNDS = [
    # (what the plan, a and b include; the (file, line) of every refusal)
    ("a.yaml, b.yaml", "c.yaml", "c.yaml", []),
    ("a.yaml, a.yaml", "b.yaml", "c.yaml", []),
    ("a.yaml, b.yaml, c.yaml", "b.yaml", "c.yaml", []),
    ("a.yaml", "a.yaml", "", [("plans/a.yaml", 1)]),
    ("a.yaml", "b.yaml", "a.yaml", [("plans/b.yaml", 1)]),
    ("a.yaml, b.yaml", "b.yaml", "a.yaml", [("plans/b.yaml", 1)]),
    ("a.yaml", "fy2564.yaml", "", [("plans/a.yaml", 1)]),
    ("fy2564.yaml", "", "", [("plans/fy2564.yaml", 3)]),
]


@pytest.mark.parametrize(("top", "a", "b", "refused"), ROUNDS)
def test_what_leads_back_is_refused(
    run: Run, plan: Plan, top: str, a: str, b: str, refused: list[tuple[str, int]], tmp_path: Path
) -> None:
    """A file that two include is read once; one that leads back to itself is told where it does."""
    path = plan("- {id: x, title: ก, when: ก่อนประชุม 3 วัน}", top=f"include: [{top}]\n")
    event = "events: {m: {name: ประชุม, every: month}}\n"
    for name, inner in (("a", a), ("b", b), ("c", "")):
        path.with_name(f"{name}.yaml").write_text(f"include: [{inner}]\n" + event * (name == "c"), "utf-8")
    found = json.loads(run("check", "--format", "json", cwd=tmp_path).out)["findings"]
    assert [(one["file"], one["line"]) for one in found if one["code"] == "U116"] == refused
    assert refused or not [one for one in found if one["severity"] == "error"]


def test_a_ladder_of_includes_is_read_at_once(plan: Plan) -> None:
    """Forty files, each including the next two: two to the fortieth ways, forty files."""
    path = plan("- {id: x, title: ก, when: ก่อนประชุม 3 วัน}", top="include: [s0.yaml]\n")
    for number in range(40):
        path.with_name(f"s{number}.yaml").write_text(f"include: [s{number + 1}.yaml, s{number + 2}.yaml]\n", "utf-8")
    for number in (40, 41):
        path.with_name(f"s{number}.yaml").write_text("events: {}\n", "utf-8")
    path.with_name("s41.yaml").write_text("events: {m: {name: ประชุม, every: month}}\n", "utf-8")
    found = load(path, "plan.yaml")
    assert (found.faults, len(found.included)) == ((), 42)


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
