"""`ustm explain` and `ustm show`: why a date, what an activity is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.dates.era import to_thai

TOP = Path(__file__).parent.parent.parent
REAL = TOP / "plans" / "fy2564.yaml"
Run = Callable[..., Any]
Plan = Callable[..., Path]


def line_with(text: str, *, path: Path = REAL) -> int:
    lines = path.read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


# ---- an obligation of the real plan


def test_why_the_annual_report_is_due_when_it_is(run: Run) -> None:
    """Why 19 พ.ย. 2563 is the deadline, why 18 พ.ย. the day to act, by which resolution, by which line of the plan."""
    out, err, code = run("explain", "fs-annual@FY2563")
    assert (code, err) == (0, "")
    assert "กำหนด พฤ. 19 พ.ย. 2563 ทำภายใน พ. 18 พ.ย. 2563" in out
    assert "ภายใน 50 วันนับแต่สิ้นปีงบประมาณ" in out
    assert "งวด FY2563 (อ. 1 ต.ค. 2562 - พ. 30 ก.ย. 2563)" in out
    assert re.search(r"นับ 50 วัน ถัดจาก พ\. 30 ก\.ย\. 2563 .*ได้ พฤ\. 19 พ\.ย\. 2563", out)
    assert "193/3" in out
    assert re.search(r"พฤ\. 19 พ\.ย\. 2563 ไม่ใช่วันทำการ: .*มติ ครม\. 22 ก\.ย\. 2563", out)
    assert "ม.64" in out
    assert f"plans/fy2564.yaml:{line_with('ภายใน 50 วันนับแต่สิ้นปีงบประมาณ')}" in out


def test_the_same_in_english_and_as_json(run: Run) -> None:
    """English says the same; JSON holds the row of `due` and the steps, each with its line of the plan."""
    out, _, _ = run("explain", "fs-annual@FY2563", "--lang", "en", "--width", "200")
    assert "deadline Thu 19 Nov 2563, act by Wed 18 Nov 2563" in out
    assert "22 Sep 2563" in out
    found = json.loads(run("explain", "fs-annual@FY2563", "--format", "json").out)
    assert found["schema_version"] == 1
    assert found["obligation"]["deadline"] == "2020-11-19"
    assert found["obligation"]["act_by"] == "2020-11-18"
    due = json.loads(run("due", "--activity", "fs-annual", "--format", "json").out)["obligations"]
    assert [found["obligation"]] == due
    where = {(step["file"], step["line"]) for step in found["steps"] if step["file"]}
    assert where == {("plans/fy2564.yaml", line_with("ภายใน 50 วันนับแต่สิ้นปีงบประมาณ"))}
    (skipped,) = [day for step in found["steps"] for day in step["days_off"]]
    assert skipped["date"] == "2020-11-19"
    assert any("ครม." in source for source in skipped["sources"])


STEPS = [
    # (obligation, what its explanation says)
    ("ktb-reconcile@2563-09", ["วันที่ 10 ของเดือนนั้นคือ ส. 10 ต.ค. 2563", "ศ. 9 ต.ค. 2563", "วันเสาร์"]),
    ("ktb-reconcile@2563-10", ["กำหนด อ. 10 พ.ย. 2563 ทำภายใน อ. 10 พ.ย. 2563"]),
    ("management-chart@2563-Q4", ["นับ 5 วัน ถัดจาก พ. 30 ก.ย. 2563", "จ. 5 ต.ค. 2563", "193/3"]),
    ("spending-weekly@2564-W19", ["วันทำการแรก", "อ. 11 พ.ค. 2564", "จ. 10 พ.ค. 2564 ไม่ใช่วันทำการ"]),
    ("spending-monthly@2563-11.w2", ["สัปดาห์ที่ 2 ของเดือนคือวันที่ 8-14", "ส. 14 พ.ย. 2563", "ศ. 13 พ.ย. 2563"]),
    ("ef-publish@2563-10", ["ผู้บังคับบัญชา", "ศ. 13 พ.ย. 2563"]),
    ("speedup-meeting@2564-Q1", ["พฤ. 31 ธ.ค. 2563", "วันสิ้นปี", "พ. 30 ธ.ค. 2563"]),
    ("jppcc-monthly@2563-11", ["ยังไม่รู้วัน", "การประชุมกรอ.จังหวัด"]),
    ("accounting-criteria@FY2564", ["หนังสือ", "อ. 1 ธ.ค. 2563"]),
]


@pytest.mark.parametrize(("id", "said"), STEPS)
def test_explanations_of_the_real_plan(id: str, said: list[str], run: Run) -> None:
    """An explanation tells rule, period, count and the days off that were passed over."""
    out, err, code = run("explain", id, "--width", "300")
    assert (code, err) == (0, "")
    for words in said:
        assert words in out, out


def test_obligations_of_the_real_plan_can_be_explained(run: Run) -> None:
    """Obligations all over the year have an explanation that comes to the same days as `due`."""
    words = ("due", "--from", "2563-10-01", "--to", "2564-09-30", "--all", "--open", "--format", "json")
    rows = {row["activity"]: row for row in json.loads(run(*words).out)["obligations"]}
    for row in list(rows.values())[::4]:
        found = json.loads(run("explain", row["id"], "--format", "json").out)
        assert found["obligation"] == row
        assert found["steps"][0]["file"] == row["file"]


SPECIAL = """
- {id: moved, title: เลื่อน, when: ทุกเดือน ภายในวันที่ 10, duty: person}
- {id: rolled, title: เลื่อน, when: ทุกเดือน ภายในวันที่ 10, roll: preceding, basis: ระเบียบ ข้อ 5}
- id: letter
  title: ข้อยกเว้น
  when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป
  overrides:
    2563-10: {deadline: 2563-11-12, reason: ขยายเวลา, letter: กค 0414/ว 99}
    2563-11: {cancel: true, reason: งดส่ง, letter: กค 0414/ว 100}
- {id: own-holiday, title: วันหยุดของเรา, when: ทุกเดือน ภายในวันที่ 17}
"""
HOLIDAY = "holidays:\n  - {date: 2563-11-17, name: วันสถาปนา, letter: ที่ อบ 1}\n"
SPECIAL_ROWS = [
    # (obligation, words, what stands on the line that the step points at)
    ("moved@2563-10", ["กำหนด จ. 12 ต.ค. 2563", "เลื่อนเป็น จ. 12 ต.ค. 2563", "193/8"], "duty: person"),
    ("rolled@2563-10", ["กำหนด ศ. 9 ต.ค. 2563", "ฐาน: ระเบียบ ข้อ 5"], "roll: preceding"),
    ("letter@2563-10", ["กำหนด พฤ. 12 พ.ย. 2563", "ขยายเวลา", "กค 0414/ว 99"], "2563-10:"),
    ("letter@2563-11", ["งดส่ง", "กค 0414/ว 100"], "2563-11:"),
    ("own-holiday@2563-11", ["จ. 16 พ.ย. 2563", "วันสถาปนา", "ที่ อบ 1"], "date: 2563-11-17"),
]


@pytest.mark.parametrize(("id", "said", "where"), SPECIAL_ROWS)
def test_each_step_points_at_its_line(id: str, said: list[str], where: str, run: Run, plan: Plan) -> None:
    """Rolls, overrides and the plan's own holidays are told with the reason, the letter and their line."""
    path = plan(SPECIAL, top=HOLIDAY)
    out, _, code = run("explain", id, "--width", "300", cwd=path.parent)
    assert code == 0
    for words in said:
        assert words in out, out
    assert f"plans/fy2564.yaml:{line_with(where, path=path)}]" in out, out


def test_an_included_holiday_is_told_where_it_stands(run: Run, plan: Plan) -> None:
    """A step that passes over a day of an included file points at its line there, the plan's own days at theirs."""
    included = "include: [shared.yaml]\n"
    path = plan(SPECIAL, top=included + "holidays:\n  - {date: 2563-12-17, name: ของแผน}\n")
    shared = path.with_name("shared.yaml")
    shared.write_text("# วันหยุดร่วม\n" + HOLIDAY, "utf-8")
    for id, where, line in (
        ("own-holiday@2563-11", shared, "date: 2563-11-17"),
        ("own-holiday@2563-12", path, "date: 2563-12-17"),
    ):
        out = run("explain", id, "--width", "300", cwd=path.parent).out
        assert f"plans/{where.name}:{line_with(line, path=where)}]" in out, out


def test_what_is_cancelled_asks_for_nothing(run: Run, plan: Plan) -> None:
    """The explanation of a cancelled obligation names no day to act by."""
    path = plan(SPECIAL, top=HOLIDAY)
    out, _, _ = run("explain", "letter@2563-11", cwd=path.parent)
    assert "ทำภายใน" not in out
    assert "ต้องลงมือ" not in out


# ---- an activity, a phrase


def test_an_activity_alone_is_its_whole_year(run: Run) -> None:
    """`explain ACTIVITY` tells its rule and every period of the year."""
    out, _, code = run("explain", "ktb-reconcile")
    assert code == 0
    assert "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป" in out
    assert out.count("กำหนด ") == 12


ANNUAL = "ภายใน 50 วันนับแต่สิ้นปีงบประมาณ"
# Reckoned by hand; the table of phrases is tests/deadlines' matter.
PHRASES = [
    ("ทุกสิ้นเดือน", "period_end", "every month end", 12, ("2020-10-31", "2020-10-30")),
    ("every month end", "period_end", "every month end", 12, ("2020-10-31", "2020-10-30")),
    ("ทุกสัปดาห์ วันทำการแรก", "weekly", "every week, first working day", 52, ("2020-10-05", "2020-10-05")),
    (ANNUAL, "after_period_end", "within 50 days after fiscal year end", 1, ("2020-11-19", "2020-11-18")),
    ("6 ตุลาคม 2563", "on_date", "6 Oct 2563", 1, ("2020-10-06", "2020-10-06")),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "rule", "english", "count", "first"), PHRASES)
def test_a_phrase_with_and_without_a_plan(
    phrase: str, rule: str, english: str, count: int, first: tuple[str, str], run: Run, tmp_path: Path
) -> None:
    """A phrase is explained in any folder, with a plan or none, by Ubon's days; JSON has the promised keys."""
    for cwd in (TOP, tmp_path):
        out, err, code = run("explain", phrase, "--year", "2564", "--format", "json", cwd=cwd)
        assert (code, err) == (0, "")
        found = json.loads(out)
        assert list(found)[:5] == ["schema_version", "rule", "phrase", "obligations", "steps"]
        assert found["rule"]["rule"] == rule
        assert list(found["phrase"]) == ["th", "en"]
        assert found["phrase"]["en"] == english
        days = [row["deadline"] for row in found["obligations"]]
        assert len(days) == count
        assert days == sorted(days)
        assert (days[0], found["obligations"][0]["act_by"]) == first
        assert list(found["obligations"][0])[:4] == ["period", "opens", "deadline", "act_by"]
        text, _, code = run("explain", phrase, "--year", "2564", cwd=cwd)
        assert code == 0
        assert found["phrase"]["th"] in text


@pytest.mark.parametrize(
    ("phrase", "mapping"),
    [
        ("ภายใน 30 ม.ค. 2564", "{rule: on_date, date: 2564-01-30, by: true}"),
        ("ทุกสิ้นเดือน", "{rule: period_end, every: month}"),
        (ANNUAL, "{rule: after_period_end, every: year, count: 50}"),
    ],
)
def test_a_rule_is_told_as_a_plan_takes_it(phrase: str, mapping: str, run: Run, plan: Plan) -> None:
    """The mapping that stands under the phrase is YAML, and means the same."""
    out = run("explain", phrase, "--year", "2564").out
    told = next(line.partition(": ")[2] for line in out.splitlines() if line.startswith("กฎ: "))
    assert told == mapping
    path = plan(f"- {{id: a, title: ก, when: {told}}}")
    assert out.splitlines()[0] in run("explain", "a", "--plan", path).out


def test_an_rrule_of_the_plan_has_no_phrase(run: Run, plan: Plan) -> None:
    """`phrase` is null for an rrule."""
    path = plan('- {id: a, title: ก, when: {rule: rrule, rrule: "FREQ=MONTHLY;BYDAY=1MO"}}')
    found = json.loads(run("explain", "a", "--format", "json", cwd=path.parent).out)
    assert found["phrase"] is None
    assert [row["period"] for row in found["obligations"]][:2] == ["2563-10-05", "2563-11-02"]
    assert "กำหนดเวลา: RRULE FREQ=MONTHLY;BYDAY=1MO\n" in run("show", "a", cwd=path.parent).out


REFUSED = [
    ("ทุกเดือน ภายในวันที่ 32", 22, "U204", "ทุกเดือน ภายในวันที่ 31"),
    ("ทุกเดือน ภายในวันที่ 10 ของเดือนหน้า", 33, "U201", "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"),
    ("2020-10-06", 1, "U203", "2563-10-06"),
    ("2564-02-29", 9, "U205", "2564-02-28"),
    ("ทุกวันศุกร์ที่ 5 ของเดือน", 16, "U209", "ทุกวันศุกร์สุดท้ายของเดือน"),
    ("ปีละ 3 ครั้ง ในเดือน ธ.ค. และ เม.ย.", 6, "U210", "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย."),
    ("every month, by day 32", 21, "U204", "every month, by day 31"),
    ("", 1, "U201", ""),
    ("พรุ่งนี้", 1, "U201", ""),
    ("x" * 500, 1, "U222", ""),
]


@pytest.mark.parametrize(("phrase", "column", "code", "offer"), REFUSED)
def test_a_refused_phrase_is_2_with_its_column(
    phrase: str, column: int, code: str, offer: str, run: Run, tmp_path: Path
) -> None:
    """A phrase not understood: exit 2, the column of the first word at fault, the nearest phrase, stdout empty."""
    for cwd in (TOP, tmp_path):
        for form in ("table", "json"):
            out, err, ends = run("explain", phrase, "--year", "2564", "--format", form, cwd=cwd)
            assert (out, ends) == ("", 2)
            assert f":{column}: {code} " in err
            assert offer in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("ทุกเดือน ภายในวันที่ 10", 'ustm explain "ทุกเดือน ภายในวันที่ 10"'),
        ("every month --lang en", 'in quotes: ustm explain "every month"'),
        ("every moon --lang en", 'in quotes: ustm explain "every moon"'),
        ("fs-annual@FY2563 ktb-reconcile@2563-10", "เกินมา: ktb-reconcile@2563-10"),
    ],
)
def test_a_phrase_without_quotes(words: str, said: str, run: Run) -> None:
    """Words apart are told to be put in quotes; two obligations are one too many."""
    out, err, code = run("explain", *words.split())
    assert (out, code) == ("", 2)
    assert said in err


@pytest.mark.parametrize("what", ["consult-line", "ภายใน 5 วันนับจากรับเรื่อง"])
def test_what_is_counted_from_receipt_has_no_days_of_its_own(what: str, run: Run) -> None:
    """Without a case it says so, instead of nothing below its heading."""
    out = run("explain", what).out
    assert out.splitlines()[-1] == "แต่ละเรื่องมีเวลาของตัวเอง นับจากเมื่อรับเรื่อง (ustm receive)"


def test_a_refused_phrase_in_thai_digits(run: Run) -> None:
    """What is said of it has the wanted digits; its column is a place, which has not."""
    err = run("explain", "ทุกเดือน ภายในวันที่ 32", "--digits", "thai").err
    assert ":22: U204 " in err
    assert "๓๒" in err
    assert "32" not in err.split("U204")[1]


YEARS = [
    ("2564", 0, "2564"),
    ("๒๕๖๔", 0, "2564"),
    ("64", 0, "2564"),
    ("2560", 0, "2560"),
    ("2575", 0, "2575"),
    ("2559", 2, "2560-2575"),
    ("2576", 2, "2560-2575"),
    ("2021", 2, "2564"),
    ("2400", 2, "2400"),
    ("สองพัน", 2, "สองพัน"),
    ("", 2, "ustm: "),
]


@pytest.mark.parametrize(("year", "ends", "said"), YEARS)
def test_years_of_phrases(year: str, ends: int, said: str, run: Run) -> None:
    """Years that the holiday table covers are answered; others, Gregorian ones and no years are refused with a word."""
    out, err, code = run("explain", "ทุกสิ้นเดือน", "--year", year)
    assert code == ends
    assert bool(out) == (ends == 0)
    assert said in (out if ends == 0 else err)


def test_without_a_year_it_is_that_of_today(run: Run) -> None:
    """`--year` left out is the fiscal year of today."""
    out, _, _ = run("explain", "ทุกสิ้นไตรมาส", "--today", "2564-10-01", "--format", "json")
    assert json.loads(out)["obligations"][0]["period"] == "2565-Q1"


PROVINCES = [
    ("อุบลราชธานี", 0, "2021-07-28"),
    ("จังหวัดยะลา", 0, ""),
    ("Yala", 0, ""),
    ("chiangmai", 0, ""),
    (" Chiang  mai ", 0, ""),
    ("Chaingmai", 2, "หมายถึง Chiang Mai หรือไม่"),
    ("chiang r", 2, "หมายถึง Chiang Rai หรือไม่"),
    ("เชียงใหม", 2, "หมายถึง เชียงใหม่ หรือไม่"),
    ("อุบล", 2, "อุบลราชธานี"),
    ("เมืองทอง", 2, "เมืองทอง"),
]


@pytest.mark.parametrize(("name", "ends", "said"), PROVINCES)
def test_provinces(name: str, ends: int, said: str, run: Run, tmp_path: Path) -> None:
    """A province is known by its Thai or English name; an unknown one is refused with the nearest."""
    out, err, code = run("explain", "ทุกเดือน วันทำการสุดท้าย", "--year", "2564", "--province", name, cwd=tmp_path)
    assert code == ends
    if ends:
        assert said in err
        assert out == ""


def test_a_province_in_english(run: Run) -> None:
    """`--lang en` says the province by its English name, whichever was typed."""
    out, _, _ = run("explain", "ทุกเดือน วันทำการสุดท้าย", "--year", "2564", "--province", "เชียงใหม่", "--lang", "en")
    assert "In fiscal year 2564 (Chiang Mai)" in out


def act_by(run: Run, day: str, *words: str) -> str:
    """The day to act by for a deadline of FY2564, in Gregorian ISO."""
    out, _, _ = run("explain", f"ภายใน {day}", "--year", "2564", "--format", "json", *words)
    return str(json.loads(out)["obligations"][0]["act_by"])


def test_provinces_differ(run: Run) -> None:
    """The regional holiday of 26 Mar 2564 was one in the north alone."""
    assert act_by(run, "2564-03-26", "--province", "เชียงใหม่") == "2021-03-25"
    for province in ("อุบลราชธานี", "ยะลา", "กรุงเทพมหานคร"):
        assert act_by(run, "2564-03-26", "--province", province) == "2021-03-26"


@pytest.mark.parametrize("command", ["explain", "show"])
@pytest.mark.parametrize("id", ["act-1", "act-1@2563-10"])
def test_an_id_in_thai_digits(command: str, id: str, run: Run, plan: Plan, tmp_path: Path) -> None:
    """Thai digits are read in ids as they are in days."""
    plan("- {id: act-1, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10}")
    ran = run(command, to_thai(id), cwd=tmp_path)
    assert ran == run(command, id, cwd=tmp_path)
    assert ran.code == 0


NOT_THERE = [
    # (what is asked for, what is said)
    (("show", "ktb-reconcile@bad"), "ไม่มี ktb-reconcile@bad มี: ktb-reconcile@2563-09, ktb-reconcile@2563-10, "),
    (("show", "ktb-reconcile@"), "ไม่มี ktb-reconcile@ มี: ktb-reconcile@2563-09"),
    (("explain", "ktb-reconcile@bad"), "ไม่มี ktb-reconcile@bad มี: ktb-reconcile@2563-09"),
    (("show", "consult-line@FY2564"), "consult-line ยังไม่มีงาน"),
    (("show", "ktb"), "ไม่รู้จัก ktb หมายถึง ktb-reconcile หรือไม่"),
    (("show", "zzz@2563-10"), "ไม่รู้จัก zzz@2563-10\n"),
    (("show", "@"), "ไม่รู้จัก @\n"),
    (("show", ""), "ขาดรหัส"),
    (("show", "provincial-meeting"), "provincial-meeting เป็นเหตุการณ์ ไม่ใช่กิจกรรม"),
    (("explain", "provincial-meeting@2563-10"), "provincial-meeting เป็นเหตุการณ์ ไม่ใช่กิจกรรม"),
    (("explain", "ทุกสิ้นเดือน", "--province", "nowhere"), "ไม่รู้จัก nowhere\n"),
    (("explain", "ktb-reconcile", "--province", "กระบี่"), "--province ใช้กับวลีเท่านั้น"),
    (("explain", "ktb-reconcile", "--year", "2564"), "--year ใช้กับวลีเท่านั้น"),
    (("explain", "fs-annual@FY2563", "--year", "2564", "--province", "กระบี่"), "--year --province ใช้กับวลีเท่านั้น"),
]


@pytest.mark.parametrize(("words", "said"), NOT_THERE, ids=[" ".join(words) for words, _ in NOT_THERE])
def test_what_is_said_of_a_name_that_is_not_there(words: tuple[str, ...], said: str, run: Run) -> None:
    """What there is, or what it is instead; never a name that has little in common with it."""
    out, err, code = run(*words)
    assert (out, code) == ("", 2)
    assert err.startswith(f"ustm: {said}")


@pytest.mark.parametrize("words", [("show",), ("show", "--format", "json"), ("explain",)])
@pytest.mark.parametrize("id", ["report", "report@2563-10"])
def test_what_several_offices_have_is_chosen(
    id: str, words: tuple[str, ...], run: Run, offices: Callable[[str], str], tmp_path: Path
) -> None:
    """An id that several offices have is answered for none of them, but for the one that `--plan` names."""
    pattern = offices("- {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป}")
    out, err, code = run(*words, id, "--plan", pattern, cwd=tmp_path)
    assert (out, code) == ("", 2)
    assert f"มี {id} ในหลายแผน (" in err
    assert "เหนือ/plans/fy2564.yaml" in err
    assert run(*words, id, "--plan", "ใต้/plans/fy2564.yaml", cwd=tmp_path).code == 0


def test_a_phrase_on_an_unknown_event(run: Run) -> None:
    """It is explained all the same, and stderr says of what it speaks."""
    out, err, code = run("explain", "ก่อน x1 3 วัน")
    assert (bool(out), code) == (True, 0)
    assert err.startswith("วลี:6: U202 ")


@pytest.mark.parametrize(
    ("id", "near"),
    [
        ("fs-anual@FY2563", "fs-annual@FY2563"),
        ("fs-annual@FY2564", "fs-annual@FY2563"),
        ("ktb-reconcile@2563-9", "ktb-reconcile@2563-09"),
    ],
)
@pytest.mark.parametrize("command", ["explain", "show"])
def test_an_unknown_id_offers_the_nearest(id: str, near: str, command: str, run: Run) -> None:
    """An id that is not there: exit 2 with the nearest one that is."""
    out, err, code = run(command, id)
    assert (out, code) == ("", 2)
    assert near.partition("@")[0] in err


KNOWN = [
    # (deadline, as of, act_by): announced 29 Dec 2563; announced then and cancelled 29 Jun 2564; moved on 22 Sep 2563
    ("2564-02-12", None, "2021-02-11"),
    ("2564-02-12", "2563-10-01", "2021-02-12"),
    ("2564-02-12", "2563-12-28", "2021-02-12"),
    ("2564-02-12", "2563-12-29", "2021-02-11"),
    ("2564-07-27", None, "2021-07-27"),
    ("2564-07-27", "2564-07-01", "2021-07-27"),
    ("2564-07-27", "2564-06-29", "2021-07-27"),
    ("2564-07-27", "2564-06-28", "2021-07-23"),
    ("2563-12-07", None, "2020-12-07"),
    ("2563-12-07", "2563-09-21", "2020-12-04"),
    ("2563-12-11", None, "2020-12-09"),
    ("2563-12-11", "2563-09-21", "2020-12-11"),
]


@pytest.mark.parametrize(("day", "as_of", "acted"), KNOWN)
def test_as_of_is_what_was_known(day: str, as_of: str | None, acted: str, run: Run) -> None:
    """`--as-of` leaves out holidays announced, and cancellations made, after that day; the day itself counts."""
    assert act_by(run, day, *(("--as-of", as_of) if as_of else ())) == acted


def test_what_is_known_does_not_hang_on_today(run: Run) -> None:
    """Without `--as-of` all that is known counts, whatever `--today` is."""
    assert act_by(run, "2564-02-12", "--today", "2563-10-01") == "2021-02-11"


# ---- show


def test_show_tells_all_that_the_plan_says(run: Run) -> None:
    """`show` has the text, where it stands, rule, review, recipients, follow-up, source and the year's obligations."""
    out, err, code = run("show", "ef-monitor")
    assert (code, err) == (0, "")
    flat = " ".join(out.split())
    for words in (
        "รายงาน Monitor เศรษฐกิจ ส่งสำนักงานคลังเขต ๓",
        "กลุ่มงานนโยบายและเศรษฐกิจการคลังจังหวัด",
        "ทุกเดือน ภายในวันที่ 5 ของเดือนถัดไป",
        "ล่วงหน้า 3 วัน",
        "สำนักงานคลังเขต 3",
        "ตารางสำนักงาน หน้า 3 แถว ๑.๓",
        "พิมพ์ว่า",
        f"plans/fy2564.yaml:{line_with('id: ef-monitor')}",
    ):
        assert words in flat
    assert len(re.findall(r"ef-monitor@\d{4}-\d\d", out)) == 12


def test_show_one_period(run: Run) -> None:
    """`show ACTIVITY@PERIOD` lists that obligation alone."""
    out, _, _ = run("show", "ef-monitor@2563-10")
    assert re.findall(r"ef-monitor@\d{4}-\d\d", out) == ["ef-monitor@2563-10"]
    found = json.loads(run("show", "ef-monitor@2563-10", "--format", "json").out)
    assert [row["id"] for row in found["obligations"]] == ["ef-monitor@2563-10"]


def test_show_any_activity(run: Run) -> None:
    """Activities all over the real plan can be shown, as text and as JSON, dated or not."""
    lines = REAL.read_text("utf-8").split("\n")
    ids = [found[1] for line in lines if (found := re.match(r" {10,}- id: (\S+)", line))][::5]
    assert len(ids) > 12
    for id in ids:
        out, _, code = run("show", id, "--format", "json")
        assert code == 0
        found = json.loads(out)
        assert found["schema_version"] == 1
        assert found["activity"] == id
        assert found["source"]
        text, _, code = run("show", id)
        assert code == 0
        assert found["title"].replace(" ", "") in re.sub(r"\s", "", text)


def test_show_without_a_time(run: Run) -> None:
    """A duty with no time at all says so, and has no obligation."""
    out, _, code = run("show", "commit-large")
    assert code == 0
    assert "ไม่มีกำหนดเวลา" in out
    assert json.loads(run("show", "commit-large", "--format", "json").out)["obligations"] == []


@pytest.mark.parametrize("command", ["explain", "show"])
@pytest.mark.parametrize("words", ["", "--format xml ktb-reconcile", "ktb-reconcile extra"])
def test_wrong_use_of_explain_and_show(command: str, words: str, run: Run) -> None:
    """A missing or spare argument and an unknown format: 2, a word on stderr."""
    out, err, code = run(command, *words.split())
    assert (out, code) == ("", 2)
    assert err.startswith("ustm: ")


# ---- every kind of reason

KINDS = """
- {id: bar, title: ก, when: ต่อเนื่อง}
- {id: undated, title: ก}
- {id: second, title: ก, when: ทุกวันจันทร์ที่ 2 ของเดือน}
- {id: last, title: ก, when: ทุกวันศุกร์สุดท้ายของเดือน}
- {id: weekly, title: ก, when: ทุกวันศุกร์}
- {id: vague, title: ก, when: เมื่อรับเรื่อง}
- {id: own, title: ก, when: {rule: rrule, rrule: "FREQ=MONTHLY;BYMONTHDAY=5"}}
- {id: feast, title: ก, when: ทุกไตรมาส ภายใน 3 วันนับจากสิ้นไตรมาส}
- {id: minutes, title: ก, when: ภายในวันที่ 31 ของเดือนที่ประชุม}
- {id: slides, title: ก, when: ก่อนประชุม 2 วัน}
"""
MEETING = "events: {m: {name: ประชุม, every: month}}\n"
REASONS = [
    # (what is explained, the result, a reason)
    ("bar", "FY2564: ไม่มีวันครบกำหนด", "ทำต่อเนื่องตลอดปี"),
    ("vague", "ไม่มีวันครบกำหนด", "ไม่มีเวลาที่สัญญาไว้"),
    ("second@2563-11", "กำหนด จ. 9 พ.ย. 2563", "วันจันทร์ที่ 2 ของ 2563-11 คือ จ. 9 พ.ย. 2563"),
    ("last@2563-11", "กำหนด ศ. 27 พ.ย. 2563", "วันศุกร์สุดท้าย ของ 2563-11 คือ ศ. 27 พ.ย. 2563"),
    ("weekly@2564-W05", "กำหนด ศ. 5 ก.พ. 2564", "วันศุกร์ของสัปดาห์ 2564-W05 คือ ศ. 5 ก.พ. 2564"),
    ("own@2563-11-05", "กำหนด พฤ. 5 พ.ย. 2563", "FREQ=MONTHLY;BYMONTHDAY=5"),
    # 1-3 January 2564 are a holiday and a weekend.
    ("feast@2564-Q1", "กำหนด อา. 3 ม.ค. 2564 ทำภายใน อา. 3 ม.ค. 2564", "ไม่มีวันทำการระหว่าง ศ. 1 ม.ค. 2564"),
    ("minutes@2563-11", "กำหนด จ. 30 พ.ย. 2563", "เดือนนั้นไม่มีวันที่ 31 จึงเป็นวันสุดท้าย จ. 30 พ.ย. 2563"),
    ("minutes@2563-12", "ยังไม่รู้วัน", "ยังไม่รู้วันของประชุม"),
    ("minutes@2564-01", "ยกเว้น", "งดประชุม"),
    ("slides@2563-11", "ยังไม่รู้วัน", "ประชุม"),
]


@pytest.mark.parametrize(("what", "result", "reason"), REASONS, ids=[row[0] for row in REASONS])
def test_every_kind_of_reason(run: Run, plan: Plan, tmp_path: Path, what: str, result: str, reason: str) -> None:
    """Each kind of rule is explained by the day it gives, and by why; what has no day is not said to await one."""
    plan(KINDS, top=MEETING)
    for words in (
        ("event", "set", "m", "2563-11", "พ.ย. 2563"), ("event", "cancel", "m", "2564-01", "--reason", "งดประชุม"),
        ("receive", "vague"),
    ):  # fmt: skip
        assert run(*words, "--by", "ก", cwd=tmp_path).code == 0
    out, _, code = run("explain", what, "--width", "300", cwd=tmp_path)
    assert code == 0
    assert result in out
    assert reason in out, out
    told = json.loads(run("explain", what, "--format", "json", cwd=tmp_path).out)
    assert any(reason in step["text"] for step in told["steps"])


def test_what_has_no_time_or_no_event_yet(run: Run, plan: Plan, tmp_path: Path) -> None:
    """An activity without `when` says so; a phrase on an event that no plan has is explained, undated, and doubted."""
    path = plan(KINDS, top=MEETING)
    assert run("explain", "undated", cwd=tmp_path).out == "ไม่มีกำหนดเวลา\n"
    ran = run("explain", "ก่อนประชุมลับ 2 วันทำการ", cwd=tmp_path)
    assert (ran.code, "U202" in ran.err) == (0, True)
    assert "FY2564: ยังไม่รู้วัน" in ran.out
    assert run("explain", "--plan", path, "ก่อนประชุม 1 วัน", cwd=tmp_path).err == ""


def test_a_period_that_an_activity_has_not() -> None:
    """Nothing is explained where there is nothing."""
    from ustm_cli.dates.fiscal import fiscal_year
    from ustm_cli.dates.holidays import days_off
    from ustm_cli.deadlines.base import Known, Scene
    from ustm_cli.obligations import expand
    from ustm_cli.plan.load import load
    from ustm_cli.views.explanation import of_obligation

    plan = load(REAL, "plan.yaml").plan
    assert plan is not None
    off = days_off("อุบลราชธานี")
    item = next(iter(expand(plan, off.workdays)))
    placed = next(one for one in plan.activities if one.id == item.activity)
    scene = Scene(placed.id, fiscal_year(2564), off.workdays, Known(), plan.events)
    assert of_obligation(item, plan, placed, scene, off) is not None
    assert of_obligation(item._replace(period="2599-13"), plan, placed, scene, off) is None


def test_an_id_of_a_faulty_plan_is_not_just_a_phrase_that_nobody_understands(run: Run, tmp_path: Path) -> None:
    """Where the plans could not be read, their faults are told beside the phrase's."""
    plan = tmp_path / "plans" / "fy2564.yaml"
    plan.parent.mkdir()
    plan.write_text(
        "fiscal_year: 2564\ngroups:\n- title: ก\n  activities: [{id: report, title: x, when: ทุกเดือด}]\n", "utf-8"
    )
    ran = run("explain", "report", cwd=tmp_path)
    assert (ran.out, ran.code) == ("", 2)
    assert "fy2564.yaml:4" in ran.err
    assert "report" in ran.err
    assert run("explain", "ทุกเดือน ภายในวันที่ 10", "--year", "2564", cwd=tmp_path).err == ""


FAULTY_SISTER = "fiscal_year: 2563\ngroups:\n- {title: ก, activities: [{id: old, title: x, when: ทุกเดือด}]}\n"
BESIDE = [("fy2563.yaml", FAULTY_SISTER, 4), ("fy2564.register.jsonl", '{"id": \n', 0)]


@pytest.mark.parametrize(("name", "text", "code"), BESIDE, ids=["a plan", "a register"])
def test_what_is_wrong_beside_an_activity_is_told(
    name: str, text: str, code: int, run: Run, plan: Plan, tmp_path: Path
) -> None:
    """A faulty plan of the folder, or register: told of an activity as of one period, with the same exit code."""
    plan("- {id: report, title: x, when: ทุกเดือน ภายในวันที่ 10}").with_name(name).write_text(text, "utf-8")
    one, all_, phrase = (run("explain", what, cwd=tmp_path) for what in ("report@2563-10", "report", "ทุกสิ้นเดือน"))
    assert one.err
    assert (all_.err, all_.code) == (one.err, one.code)
    assert one.code == code
    assert (phrase.err, phrase.code) == ("", 0)
