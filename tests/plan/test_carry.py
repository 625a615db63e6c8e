"""Next year's plan out of this year's: dates move and are marked, what was of one year only stays behind."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from ustm_cli.plan.carry import carried
from ustm_cli.plan.syntax import comments

REAL = (Path(__file__).parents[2] / "plans" / "fy2564.yaml").read_text("utf-8")

PLAN = """\
# แผนปี 2564
fiscal_year: ๒๕๖๔   # ปีงบประมาณ
province: อุบลราชธานี
accepts: {U405: ตรวจแล้ว}
holidays:
  # มติสำนักงาน
  - {date: 2564-05-11, name: วันสำนักงาน}   # ครั้งเดียว
events:
  board: {name: การประชุม, every: month}
  gpp: {name: ประกาศ, every: year, expected: พ.ค. 2564}
groups:
  - title: กลุ่ม
    activities:
      - id: rule
        title: รายงาน
        when: ทุกสิ้นเดือน   # กฎ
        overrides:
          # เลื่อนตามหนังสือ
          2563-10: {deadline: 2563-11-03, letter: กค 1}   # ว 12
        note: ก

      - overrides: {FY2564: {deadline: 2563-10-07}}   # ก่อน id
        # ยังก่อน id
        id: day
        title: วันเดียว
        when: "๖ ต.ค. ๖๓"
        accepts:
          # เสาร์
          U401: เพราะ
      - {id: flow, accepts: {U401: ก}, title: แถว, when: 29 ก.พ. 2567, overrides: {FY2564: {cancel: true, reason: ข}}}
      - id: listed
        title: หลายข้อ
        when:
          - {when: 2-4 พ.ย. 2563, key: a}
          - {rule: on_date, date: 2564-01-15, key: b}
          - {rule: as_notified, by: กรม, about: 2563-12}
      - id: ended
        title: จบแล้ว
        # จบปลายปี
        when: ทุกเดือน   # เคยทำ
        until: 2564-03
"""
NEXT = """\
# แผนปี 2564
fiscal_year: ๒๕๖๕   # ปีงบประมาณ
province: อุบลราชธานี
# มติสำนักงาน
# ครั้งเดียว
events:
  board: {name: การประชุม, every: month}
  gpp: {name: ประกาศ, every: year, expected: พ.ค. 2565, confirm: พ.ค. 2564}
groups:
  - title: กลุ่ม
    activities:
      - id: rule
        title: รายงาน
        when: ทุกสิ้นเดือน   # กฎ
        # เลื่อนตามหนังสือ
        # ว 12
        note: ก

        # ก่อน id
        # ยังก่อน id
      - id: day
        title: วันเดียว
        when: "๖ ต.ค. ๖๔"
        confirm: ๖ ต.ค. ๖๓
        # เสาร์
      - {id: flow, title: แถว, when: 28 ก.พ. 2568, confirm: 29 ก.พ. 2567}
      - id: listed
        title: หลายข้อ
        when:
          - {when: 2-4 พ.ย. 2564, key: a}
          - {rule: on_date, date: 2565-01-15, key: b}
          - {rule: as_notified, by: กรม, about: 2564-12}
        confirm: 2-4 พ.ย. 2563 / 2564-01-15 / 2563-12
      # - id: ended
      #   title: จบแล้ว
      #   # จบปลายปี
      #   when: ทุกเดือน   # เคยทำ
      #   until: 2564-03
"""


def ended(text: str) -> frozenset[str]:
    return frozenset({"ended"}) & frozenset(re.findall(r"^ *- id: (\w+)", text, re.MULTILINE))


def test_a_year_on() -> None:
    """Rules stay, dates move and are marked, one-off things leave only their comments, what has ended is a comment."""
    assert carried(PLAN, 2565, ended).text == NEXT


def test_everything_left_is_listed() -> None:
    """Nothing disappears unsaid: each thing left behind is told with its activity and its words."""
    found = carried(PLAN, 2565, ended)
    assert [(item.id, item.key) for item in found.left] == [
        ("", "accepts"), ("", "holidays"), ("rule", "overrides"), ("day", "overrides"), ("day", "accepts"),
        ("flow", "accepts"), ("flow", "overrides"),
    ]  # fmt: skip
    assert found.left[2].words.endswith("letter: กค 1}")
    assert list(found.ended) == ["ended"]
    assert [(item.id, item.before, item.after) for item in found.moved][:2] == [
        ("day", "๖ ต.ค. ๖๓", "๖ ต.ค. ๖๔"),
        ("flow", "29 ก.พ. 2567", "28 ก.พ. 2568"),
    ]
    assert [item.line for item in found.mentions] == [1, 38]


ROW = "fiscal_year: 2564\ngroups:\n  - title: ก\n    activities:\n      - "


@pytest.mark.parametrize(
    ("activity", "lines"),
    [
        ("{id: a, title: งาน พ.ศ. 2564, when: ทุกสิ้นเดือน}", [5]),
        ("{id: a, when: ทุกสิ้นเดือน, title: งาน พ.ศ. ๒๕๖๔, source: x}", [5]),
        ("{id: a, title: งาน, when: 6 ต.ค. 2563}", []),
        ("{id: a, title: งาน, when: [{when: 6 ต.ค. 2563, key: a}, ภายใน 30 ก.ย. 2564], source: {at: แผน 2564}}", []),
        ("{id: a, title: งาน, when: ทุกเดือน}   # ตามแผน 2564", [5]),
        ("id: a\n        title: งาน\n        when: ทุกเดือน   # ตามแผน 2564", [7]),
        ("id: a\n        title: งาน\n        source:\n          at: |\n            ปี 2563\n            2564\n", []),
        ("id: a\n        source:\n          at: |\n            ปี 2563\n        title: งาน 2564", [9]),
        ('id: a\n        source: "ปี\n          2563"\n        title: งาน 2564', [8]),
    ],
)
def test_words_that_name_the_old_year(activity: str, lines: list[int]) -> None:
    """Each line with the year in words or a comment is told; days, and what documents print, are passed over."""
    found = carried(f"{ROW}{activity}\n", 2565)
    assert [item.line for item in found.mentions] == lines
    assert [item.text for item in found.mentions] == [found.text.split("\n")[line - 1].strip() for line in lines]


@pytest.mark.parametrize("text", [PLAN, REAL], ids=["small", "real"])
def test_in_one_step_or_year_by_year(text: str) -> None:
    """A plan of 2570 made from 2564 is, byte for byte, the one made year by year; 29 February included."""
    stepped = text
    for year in range(2565, 2571):
        stepped = carried(stepped, year, ended).text
    direct = carried(text, 2570, ended)
    assert direct.text == stepped
    assert [item.before for item in direct.moved] == [item.before for item in carried(text, 2565, ended).moved]


def test_a_leap_day_comes_back() -> None:
    """While nobody has confirmed the 28th, the 29th is not forgotten."""
    assert "when: 29 ก.พ. 2571, confirm: 29 ก.พ. 2567" in carried(PLAN, 2568, ended).text


def test_a_mended_date_is_where_the_next_year_starts() -> None:
    """Somebody changed the moved date but forgot the mark: the change is not undone."""
    mended = NEXT.replace('"๖ ต.ค. ๖๔"', '"๘ ต.ค. ๖๔"')
    assert 'when: "๘ ต.ค. ๖๕"' in carried(mended, 2566).text


def test_a_confirmed_date_is_marked_anew() -> None:
    """A mark that was deleted means confirmed; the next year asks again, from this year's words."""
    confirmed = NEXT.replace("        confirm: ๖ ต.ค. ๖๓\n", "")
    assert 'when: "๖ ต.ค. ๖๕"\n        confirm: ๖ ต.ค. ๖๔\n' in carried(confirmed, 2566).text


def test_the_last_activity_of_a_list() -> None:
    """A list whose only activity has ended is an empty list, not a fault."""
    text = "fiscal_year: 2564\ngroups:\n  - title: ก\n    activities:   # งาน\n      - {id: ended, title: ข}\n"
    found = carried(text, 2565, lambda _: frozenset({"ended"})).text
    assert found.endswith("    activities: []   # งาน\n      # - {id: ended, title: ข}\n")


@pytest.mark.parametrize("seed", range(6))
def test_no_comment_of_the_real_plan_is_lost(seed: int) -> None:
    """Comments put anywhere into the real plan, own lines and behind values: all are in next year's plan, by text."""
    draw = random.Random(seed)
    lines: list[str] = []
    for number, line in enumerate(REAL.split("\n")):
        bare = re.fullmatch(r" *(?:- )?(?:when|id|accepts|systems|send_to): [^'\">|]*", line)
        if draw.random() < 0.5 and re.match(r" +(?:- )?(?:when|accepts|owner|source|note|follow_up|number):", line):
            lines.append(f"{line[: len(line) - len(line.lstrip())]}# own {number}")
        lines.append(f"{line}  # tail {number}" if bare and draw.random() < 0.5 else line)
    text = "\n".join(lines)
    wanted = re.findall(r"# (?:own|tail) \d+", text)
    assert len(wanted) > 50
    for year in (2565, 2570):
        found = carried(text, year).text
        assert Counter(re.findall(r"# (?:own|tail) \d+", found)) == Counter(wanted)
        assert sorted(comments(found)) == sorted(comments(text))


def test_the_real_plan_changes_where_it_must_only() -> None:
    """Line by line: dates and their marks, the year, accepts; every other line is as it was, in its place."""
    before, after = REAL.split("\n"), carried(REAL, 2565).text.split("\n")
    changed = ("when:", "confirm:", "accepts:", "fiscal_year:", "gpp-announced:")
    assert [line for line in before if not line.strip().startswith(changed)] == [
        line for line in after if not line.strip().startswith(changed)
    ]
    rules = [line for line in before if line.strip().startswith("when:") and "25" not in line and " 6" not in line]
    assert [line for line in rules if line not in after] == []
