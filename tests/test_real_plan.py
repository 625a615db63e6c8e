"""The office's plan of fiscal year 2564 holds the office's document, and comes to the days reckoned from it by hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.plan.load import Placed, Plan, load

REAL = Path(__file__).parent.parent / "plans" / "fy2564.yaml"
YEAR = ("--from", "2563-10-01", "--to", "2564-09-30")
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def plan() -> Plan:
    found = load(REAL, "plans/fy2564.yaml").plan
    assert found is not None
    return found


@pytest.fixture(scope="module")
def activities(plan: Plan) -> dict[str, Placed]:
    return {item.id: item for item in plan.activities}


@pytest.fixture(scope="module")
def year(run: Run) -> list[dict[str, Any]]:
    """What `due` lists of the whole year."""
    out, err, code = run("due", *YEAR, "--format", "json")
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)["obligations"]
    return found


# ---- what the document has

SHEETS = [
    "แผนการปฏิบัติงานด้านระเบียบกฎหมายการเงิน การคลัง และพัสดุ (USTM)",
    "แผนการปฏิบัติงานด้านการอบรมพัฒนาบุคลากร (USTM)",
    "แผนการปฏิบัติงานด้านการตรวจสอบภายในตามโครงการธรรมาภิบาลฯ (USTM)",
    "แผนการปฏิบัติงานด้านการบริหารความเสี่ยงและการควบคุมภายในตามโครงการธรรมาภิบาลฯ (USTM)",
    "แผนการปฏิบัติงานด้านบัญชีองค์กรปกครองส่วนท้องถิ่น (USTM)",
    "แผนการปฏิบัติงานด้านตรวจสอบประเมินผลและรายงานการใช้จ่ายเงินอุดหนุนรายปีของจังหวัด (USTM)",
    "แผนการปฏิบัติงานด้านตรวจสอบเครื่องมือ เครื่องจักร และอุปกรณ์การก่อสร้างของผู้ประกอบการ (USTM)",
    "แผนการปฏิบัติงานโครงการความโปร่งใสในการก่อสร้างภาครัฐ CoST (USTM)",
    "แผนการปฏิบัติงานการกำหนดพื้นที่พิเศษ (USTM)",
    "แผนการปฏิบัติงานการเร่งรัดเบิกจ่ายเงินอุดหนุนเฉพาะกิจ อปท./สรก. (USTM)",
    "แผนการปฏิบัติงาน Function รายรับ-รายจ่าย งบรายปี ของ อปท (USTM)",
]


def test_three_groups_and_eleven_sheets(plan: Plan) -> None:
    """The plan has the academic group with its 11 sheets, and the two groups of the office table."""
    academic, treasury, policy = plan.body.groups
    assert academic.title == "กลุ่มงานวิชาการ"
    assert [sheet.title for sheet in academic.work_plans] == SHEETS
    assert (treasury.title, policy.title) == ("กลุ่มงานระบบการคลัง", "กลุ่มงานนโยบายและเศรษฐกิจการคลังจังหวัด")
    assert [section.number for section in treasury.work_plans] == ["๑", "๒", "๓"]


# How many obligations each activity has in the year by the document; `None`: it has a time, but none without a
# receipt; "-": the document gives it none.
COUNTS: dict[str, int | str | None] = {
    # sheets 1-2
    "consult-line": None, "consult-letter": None, "regulation-topics": 1, "km-training": 1, "media-training": 1,
    "motivation-training": 1, "lao-report-training": 1, "innovation-training": 1, "heads-training": 1,
    # sheets 3-4
    "audit-notify": 1, "audit-briefing": 1, "audit-forms-first": 1, "audit-site-selection": "-", "audit-seminar": 1,
    "audit-assessment": 1, "audit-forms-second": 1, "audit-advice-sign": 1, "audit-summary": 1,
    "risk-notify": 1, "risk-briefing": 1, "risk-seminar": 1, "risk-summary": 1,
    # sheets 5-8
    "accounts-notify": 1, "accounts-survey": 1, "accounts-groups": 1, "accounts-followup": 1,
    "subsidy-check": None, "machinery-inspection": None,
    "cost-select": 1, "cost-checklist": 1, "cost-site-visit": 4, "cost-report": 4,
    # sheets 9-11
    "area-announce": 1, "area-requests": 1, "area-visit": 1, "area-scoring": 1, "area-committee": 1, "area-results": 1,
    "area-report": 1,
    "commit-small": 1, "commit-medium": 1, "commit-large": "-", "spending-quarterly": 4, "spending-monthly": 24,
    "revenue-monthly": 12, "revenue-quarterly": 3, "revenue-cfs": "-", "lao-fs-annual": 1, "lao-fs-cfs": 1,
    "lao-audit-results": 1, "lao-control": 1,
    # the office table
    "gfms-approve": None, "gfms-credit-line": None, "gfms-briefing": 1,
    "speedup-orders": 1, "speedup-meeting": 4, "speedup-visits": 4, "spending-weekly": 52, "spending-meeting": 12,
    "yearend-briefing": 1,
    "fs-annual": 1, "internal-control": 1, "accounting-criteria": 1, "ktb-reconcile": 12, "ci-reconcile": 13,
    "it-service": 12, "other-duties": 1,
    "ef-monthly": 12, "ef-report": 12, "ef-board": 12, "ef-monitor": 12, "ef-publish": 12, "management-chart": 4,
    "economic-index": 12, "gpp-report": 1, "economic-survey": 2, "fact-sheet": 1, "jppcc-report": "-",
    "jppcc-monthly": 12, "jppcc-quarterly": 4,
}  # fmt: skip
AWAITING = {
    "km-training", "gfms-briefing", "spending-meeting", "accounting-criteria", "other-duties", "ef-board", "gpp-report",
    "fact-sheet", "jppcc-monthly", "jppcc-quarterly",
}  # fmt: skip


def test_every_activity_of_the_document(activities: dict[str, Placed]) -> None:
    """The plan has just the activities of the document: nothing dropped, nothing invented."""
    assert sorted(activities) == sorted(COUNTS)
    untimed = [id for id, item in activities.items() if not item.timings]
    assert sorted(untimed) == sorted(id for id, count in COUNTS.items() if count == "-")


def test_every_dated_obligation_is_due_in_the_year(year: list[dict[str, Any]]) -> None:
    """`due` over the fiscal year lists every dated obligation of the document, and no other."""
    dated = Counter(row["activity"] for row in year if row["status"] != "awaiting")
    assert dated == {id: n for id, n in COUNTS.items() if isinstance(n, int) and id not in AWAITING}
    assert all(row["act_by"] and row["deadline"] for row in year if row["status"] != "awaiting")
    assert all("2020-10-01" <= row["deadline"] <= "2021-09-30" for row in year if row["deadline"])


def test_what_awaits_a_date_is_there(run: Run) -> None:
    """What hangs on meetings and letters awaits them, one obligation a period; none is lost."""
    rows = json.loads(run("due", "--awaiting", "--format", "json").out)["obligations"]
    assert Counter(row["activity"] for row in rows) == {id: COUNTS[id] for id in AWAITING}
    assert {row["deadline"] for row in rows} == {None}


# ---- what every activity cites


def test_every_activity_cites_the_document(activities: dict[str, Placed]) -> None:
    """Every activity says where it stands in the document and what is printed there."""
    for id, item in activities.items():
        sources = item.activity.source
        assert sources, id
        assert all(source.at for source in sources), id
        assert any(source.printed for source in sources) or any(source.why for source in sources), id
    places = [source.at for item in activities.values() for source in item.activity.source]
    assert all(re.match(r"แผ่นที่ \d+ |ตารางสำนักงาน หน้า [1-3] ", place) for place in places)


def test_every_place_of_the_table_is_its_number(activities: dict[str, Placed]) -> None:
    """A row of the office table cites the number that it has."""
    for id, item in activities.items():
        for source in item.activity.source:
            if source.at.startswith("ตารางสำนักงาน"):
                assert source.at.endswith(f"แถว {item.activity.number}"), id


def test_what_differs_is_told_with_its_reason(activities: dict[str, Placed]) -> None:
    """Where something was read other than printed, the reason stands beside."""
    for id, item in activities.items():
        for source in item.activity.source:
            assert source.why or not source.read or source.read in (source.printed or ""), id


# The doubts that the document is known to hold: (activity, words that its source must have).
DOUBTS = [
    ("media-training", ["ต.ค. 2564", "ต.ค. 2563"]),
    ("motivation-training", ["ธ.ค. 2564", "ธ.ค. 2563"]),
    ("cost-select", ["2564", "พ.ย. 2563"]),
    ("cost-checklist", ["พ.ย. 2564", "พ.ย. 2563"]),
    ("cost-site-visit", ["ธ.ค. 2564", "ธ.ค. 2563"]),
    ("economic-survey", ["ธันวาคม ๖๔ และ เมษายน ๖๕", "ธันวาคม ๖๓ และ เมษายน ๖๔", "ลูกศร", "ก.พ. ส.ค."]),
    ("accounts-survey", ["ธ.ค. 64", "ย้อนหลัง"]),
    ("area-report", ["30 พ.ย. 3", "30 พ.ย. 2563"]),
    ("commit-small", ["29 ตุลาคม 3", "2563"]),
    ("area-scoring", ["วันอาทิตย์"]),
    ("area-committee", ["วันอาทิตย์"]),
    ("lao-fs-cfs", ["วันเสาร์"]),
    ("lao-audit-results", ["วันเสาร์"]),
    ("fs-annual", ["๕๐", "๖๐", "19 พ.ย. 2563", "คณะรัฐมนตรี"]),
    ("commit-large", ["5,000,001", "ไม่มีวัน"]),
    ("accounting-criteria", ["๓.๔", "๓.๓"]),
    ("ef-monthly", ["๔๕ วัน", "๑.๑"]),
    ("ef-report", ["๑๕", "๔๕ วัน"]),
    ("ef-board", ["วันเดียวกับวันส่ง"]),
    ("ef-monitor", ["ล่วงหน้า ๓ วัน ของเดือนถัดไป", "วันที่ ๓"]),
    ("management-chart", ["ต.ค. ธ.ค. ก.พ. พ.ค.", "ถ้อยคำ"]),
    ("jppcc-monthly", ["หลังวันส่ง"]),
    ("jppcc-quarterly", ["หลังวันส่ง", "ต.ค. ธ.ค. มี.ค. ก.ค."]),
    ("jppcc-report", ["รายปี"]),
    ("yearend-briefing", ["ส.ค."]),
    ("speedup-meeting", ["สองเดือน"]),
    ("speedup-visits", ["สองเดือน"]),
    ("ci-reconcile", ["ทุกสิ้นปี"]),
    ("internal-control", ["๙๐ วัน", "หนังสือ"]),
    ("revenue-cfs", ["เจ็ดบรรทัด", "หกเวลา"]),
    ("revenue-quarterly", ["ไตรมาส 4"]),
]


@pytest.mark.parametrize(("id", "words"), DOUBTS)
def test_the_doubts_of_the_document_are_recorded(id: str, words: list[str], activities: dict[str, Placed]) -> None:
    """Every contradiction of the document is recorded where it stands: printed, read, and why."""
    text = " ".join(
        part
        for source in activities[id].activity.source
        for part in (source.printed, source.read, source.why, source.arrows)
        if part
    )
    for word in words:
        assert word in text


FIELDS = [
    ("audit-notify", "target", "239"),
    ("risk-notify", "target", "239"),
    ("revenue-monthly", "target", "239"),
    ("regulation-topics", "topics", "โครงการความโปร่งใสในการก่อสร้างฯ CoST"),
    ("regulation-topics", "laws", "ว 845"),
    ("regulation-topics", "laws", "ว 693"),
    ("regulation-topics", "systems", "e-GP"),
    ("heads-training", "topics", "ความรับผิดชอบทางละเมิด"),
    ("consult-line", "systems", "LINE"),
    ("km-training", "systems", "KM"),
    ("gfms-credit-line", "systems", "DIMM"),
    ("revenue-cfs", "systems", "CFS"),
    ("cost-report", "systems", "CoST"),
    ("accounts-notify", "laws", "มาตรา 70"),
    ("ktb-reconcile", "send_to", "สำนักงานคลังเขต 3"),
    ("ktb-reconcile", "follow_up", "คลังจังหวัด/หัวหน้ากลุ่มงาน"),
    ("fs-annual", "follow_up", "คลังจังหวัด"),
    ("ef-publish", "follow_up", "๑๓"),
    ("subsidy-check", "steps", "จัดส่งรายงานให้กรมบัญชีกลาง"),
    ("machinery-inspection", "steps", "โหลดข้อมูล excel file"),
]


@pytest.mark.parametrize(("id", "field", "text"), FIELDS)
def test_recipients_targets_topics_laws_and_systems(
    id: str, field: str, text: str, activities: dict[str, Placed]
) -> None:
    """Recipients, follow-up, target counts, topics, laws, systems and steps stand where the document has them."""
    assert text in str(getattr(activities[id].activity, field))


def test_steps_of_cases_are_in_their_order(activities: dict[str, Placed]) -> None:
    """The four steps of the subsidy check and the six of the machinery inspection stand in order."""
    subsidy, machinery = activities["subsidy-check"].activity.steps, activities["machinery-inspection"].activity.steps
    assert [step.split()[0][:9] for step in subsidy] == ["ตรวจสอบกา", "จัดทะเบีย", "เสนอหัวหน", "จัดส่งราย"]
    assert len(machinery) == 6
    assert machinery[0].startswith("โหลดข้อมูล")
    assert machinery[-1].startswith("จัดทำรายงาน")


# ---- the days, reckoned by hand

# (obligation, deadline, act_by, review_by). Weekends aside, days off are 13 and 23 Oct, 19-20 Nov, 10-11 Dec and
# 31 Dec 2563; 1 Jan, 12 and 26 Feb, 6 and 12-15 Apr, 4, 10 and 26 May, 3 Jun, 26 and 28 Jul, 12 Aug, 24 Sep 2564.
DAYS = [
    ("regulation-topics@FY2564", "31 ธ.ค. 2563", "30 ธ.ค. 2563", None),
    ("media-training@FY2564", "31 ต.ค. 2563", "30 ต.ค. 2563", None),
    ("heads-training@FY2564", "30 ก.ย. 2564", "30 ก.ย. 2564", None),
    ("accounts-survey@FY2564", "31 ม.ค. 2564", "29 ม.ค. 2564", None),
    ("area-announce@FY2564", "6 ต.ค. 2563", "6 ต.ค. 2563", None),
    ("area-visit@FY2564", "4 พ.ย. 2563", "4 พ.ย. 2563", None),
    ("area-scoring@FY2564", "8 พ.ย. 2563", "6 พ.ย. 2563", None),
    ("area-committee@FY2564", "15 พ.ย. 2563", "13 พ.ย. 2563", None),
    ("area-report@FY2564", "30 พ.ย. 2563", "30 พ.ย. 2563", None),
    ("commit-medium@FY2564", "15 พ.ย. 2563", "13 พ.ย. 2563", None),
    ("spending-quarterly@2564-Q2", "31 ม.ค. 2564", "29 ม.ค. 2564", None),
    ("spending-quarterly@2564-Q4", "31 ก.ค. 2564", "30 ก.ค. 2564", None),
    ("spending-monthly@2563-11.w2", "14 พ.ย. 2563", "13 พ.ย. 2563", None),
    ("spending-monthly@2563-11.w4", "28 พ.ย. 2563", "27 พ.ย. 2563", None),
    ("revenue-quarterly@2564-Q1", "31 ม.ค. 2564", "29 ม.ค. 2564", None),
    ("lao-fs-cfs@FY2564", "30 ม.ค. 2564", "29 ม.ค. 2564", None),
    ("cost-report@2563-Q4", "5 ต.ค. 2563", "5 ต.ค. 2563", None),
    ("cost-report@2564-Q2", "5 เม.ย. 2564", "5 เม.ย. 2564", None),
    ("speedup-orders@FY2564", "31 ธ.ค. 2563", "30 ธ.ค. 2563", None),
    ("speedup-meeting@2564-Q3", "30 มิ.ย. 2564", "30 มิ.ย. 2564", None),
    ("spending-weekly@2564-W15", "16 เม.ย. 2564", "16 เม.ย. 2564", None),
    ("spending-weekly@2564-W19", "11 พ.ค. 2564", "11 พ.ค. 2564", None),
    ("yearend-briefing@2564-09", "30 ก.ย. 2564", "30 ก.ย. 2564", None),
    ("fs-annual@FY2563", "19 พ.ย. 2563", "18 พ.ย. 2563", None),
    ("internal-control@FY2563", "29 ธ.ค. 2563", "29 ธ.ค. 2563", None),
    ("ktb-reconcile@2563-09", "10 ต.ค. 2563", "9 ต.ค. 2563", None),
    ("ktb-reconcile@2563-12", "10 ม.ค. 2564", "8 ม.ค. 2564", None),
    ("ktb-reconcile@2564-04", "10 พ.ค. 2564", "7 พ.ค. 2564", None),
    ("ci-reconcile@2564-02", "28 ก.พ. 2564", "25 ก.พ. 2564", None),
    ("ci-reconcile@FY2564", "30 ก.ย. 2564", "30 ก.ย. 2564", None),
    ("ef-monthly@2563-08", "15 ต.ค. 2563", "15 ต.ค. 2563", None),
    ("ef-monthly@2563-09", "14 พ.ย. 2563", "13 พ.ย. 2563", None),
    ("ef-monthly@2564-07", "14 ก.ย. 2564", "14 ก.ย. 2564", None),
    ("ef-report@2563-11", "15 ธ.ค. 2563", "15 ธ.ค. 2563", "9 ธ.ค. 2563"),
    ("ef-report@2564-04", "15 พ.ค. 2564", "14 พ.ค. 2564", "7 พ.ค. 2564"),
    ("ef-monitor@2563-10", "5 พ.ย. 2563", "5 พ.ย. 2563", "2 พ.ย. 2563"),
    ("ef-monitor@2563-12", "5 ม.ค. 2564", "5 ม.ค. 2564", "30 ธ.ค. 2563"),
    ("ef-publish@2563-10", "15 พ.ย. 2563", "13 พ.ย. 2563", "13 พ.ย. 2563"),
    ("ef-publish@2564-03", "15 เม.ย. 2564", "9 เม.ย. 2564", "9 เม.ย. 2564"),
    ("management-chart@2563-Q4", "5 ต.ค. 2563", "5 ต.ค. 2563", "2 ต.ค. 2563"),
    ("management-chart@2564-Q2", "5 เม.ย. 2564", "5 เม.ย. 2564", "2 เม.ย. 2564"),
    ("economic-index@2563-11", "20 พ.ย. 2563", "18 พ.ย. 2563", "17 พ.ย. 2563"),
    ("economic-index@2563-12", "20 ธ.ค. 2563", "18 ธ.ค. 2563", "17 ธ.ค. 2563"),
    ("economic-survey@2563-12", "31 ธ.ค. 2563", "30 ธ.ค. 2563", "28 ธ.ค. 2563"),
    ("economic-survey@2564-04", "30 เม.ย. 2564", "30 เม.ย. 2564", "27 เม.ย. 2564"),
]


@pytest.mark.parametrize(("id", "deadline", "act_by", "review_by"), DAYS)
def test_days_reckoned_by_hand(
    id: str, deadline: str, act_by: str, review_by: str | None, year: list[dict[str, Any]]
) -> None:
    """The days of the plan are those that a person reckons from the document and the list of holidays."""
    (row,) = [row for row in year if row["id"] == id]
    text = row["text"]
    assert (text["deadline"], text["act_by"], text.get("review_by")) == (deadline, act_by, review_by)


KNOWN_BY = [
    ("gpp-report@FY2564", "2021-05-05"),
    ("fact-sheet@FY2564", "2021-04-01"),
    ("accounting-criteria@FY2564", "2020-12-01"),
    ("spending-meeting@2563-11", "2020-10-29"),
    ("ef-board@2563-11", "2020-10-30"),
    ("jppcc-quarterly@2564-Q2", "2020-12-30"),
    ("km-training@FY2564", None),
]


@pytest.mark.parametrize(("id", "day"), KNOWN_BY)
def test_when_a_date_should_be_known(id: str, day: str | None, run: Run) -> None:
    """What awaits says by when its date should be known: from the event's expected month, or its period."""
    rows = json.loads(run("due", "--awaiting", "--format", "json").out)["obligations"]
    assert next(row["known_by"] for row in rows if row["id"] == id) == day


def test_the_week_of_the_readme(run: Run) -> None:
    """The week of 16 พ.ย. 2563: what falls due in it, and the review that does."""
    rows = json.loads(run("due", "--status", "open", "--format", "json").out)["obligations"]
    assert [(row["id"], row["act_by"]) for row in rows] == [
        ("spending-weekly@2563-W47", "2020-11-16"),
        ("area-results@FY2564", "2020-11-18"),
        ("fs-annual@FY2563", "2020-11-18"),
        ("economic-index@2563-11", "2020-11-18"),
    ]


# ---- what check says of it

WARNINGS = [
    ("U401", "area-scoring"),
    ("U401", "area-committee"),
    ("U401", "lao-fs-cfs"),
    ("U401", "lao-audit-results"),
    ("U403", "ef-monitor"),
    ("U402", "jppcc-monthly"),
    ("U402", "jppcc-quarterly"),
]


def findings(run: Run, *words: str) -> list[dict[str, Any]]:
    out, err, code = run("check", "--format", "json", "--today", "2562-10-01", *words)
    assert (code, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)["findings"]
    return found


def id_above(line: int) -> str:
    lines = REAL.read_text("utf-8").split("\n")
    return next(found[1] for text in reversed(lines[:line]) if (found := re.match(r" +- id: (\S+)", text)))


def test_check_finds_no_error_and_the_real_contradictions(run: Run) -> None:
    """No error; warnings only for the contradictions of the document that the office could still mend."""
    assert [(one["code"], id_above(one["line"])) for one in findings(run)] == WARNINGS
    assert {one["severity"] for one in findings(run)} == {"warning"}


def test_what_cannot_be_helped_is_accepted_with_its_reason(run: Run) -> None:
    """Doubts that the office can do nothing about are accepted, each with a reason, and --verbose lists them."""
    accepted = [one for one in findings(run, "--verbose") if one["severity"] == "info"]
    assert {one["code"] for one in accepted} == {"U401"}
    assert len(accepted) == 12
    assert all(len(one["help"]) > 30 for one in accepted)


def test_the_file_is_a_pleasure_to_read() -> None:
    """A schema line for editors; phrases in Thai; short readable ids; a dated row of the table in six lines or so."""
    text = REAL.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    assert "rule:" not in text
    ids = re.findall(r"^ +- id: (\S+)$", text, re.MULTILINE)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+){0,2}", id) for id in ids)
    assert len(set(ids)) == len(ids)
    assert max(map(len, text.split("\n"))) <= 190
