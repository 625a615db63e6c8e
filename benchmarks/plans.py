"""Thai plans of any size: a province's, a province's ten times over, one of 50,000 lines, a country's."""

from __future__ import annotations

import re
from pathlib import Path

from ustm_cli.dates.holidays import provinces

REAL = Path(__file__).parent.parent / "plans" / "fy2564.yaml"
LOCAL_ADMINISTRATIONS = 7_850

_ID = re.compile(r"\bid: ([A-Za-z0-9_-]+)")
_GROUP = re.compile(r"^(    title: .+)$", re.MULTILINE)


def province(name: str = "อุบลราชธานี", times: int = 1) -> str:
    """The office's real plan for another province, its groups repeated `times` times under ids of their own."""
    head, groups = REAL.read_text(encoding="utf-8").split("\ngroups:\n", 1)
    head = head.replace("อุบลราชธานี", name)
    return (
        "\n".join([head, "groups:", groups.rstrip("\n"), *(_copy(groups, copy) for copy in range(2, times + 1))]) + "\n"
    )


def _copy(groups: str, number: int) -> str:
    renamed = _ID.sub(lambda match: f"id: {match[1]}-{number}", groups)
    return _GROUP.sub(rf"\1 {number}", renamed).rstrip("\n")


def of_lines(count: int) -> str:
    """A plan of at least `count` lines."""
    return province(times=-(-count // REAL.read_text(encoding="utf-8").count("\n")))


# A local administration's five divisions: what is done every day makes most of its obligations.
_DUTIES = {
    "กองคลัง": (
        ("ทะเบียนคุมเงินรายวัน", "ทุกวันทำการ"),
        ("รายงานสถานะการเงินประจำวัน", "ทุกวันทำการ"),
        ("นำส่งเงินรายได้ฝากธนาคาร", "ทุกวันทำการ"),
        ("รายงานสถานะการเงินประจำสัปดาห์", "ทุกสัปดาห์ วันทำการแรก"),
        ("ประชุมกองคลัง", "ทุกวันจันทร์"),
        ("งบทดลองประจำเดือน", "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป"),
        ("นำส่งภาษีหัก ณ ที่จ่าย", "ทุกเดือน ภายในวันที่ 7 ของเดือนถัดไป"),
        ("นำส่งเงินสมทบกองทุนประกันสังคม", "ทุกเดือน ภายในวันที่ 15 ของเดือนถัดไป"),
        ("กระทบยอดเงินฝากธนาคาร", "ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน"),
        ("เบิกเงินเดือน", "ทุกเดือน วันทำการสุดท้าย"),
        ("ตรวจนับพัสดุคงคลัง", "ทุกไตรมาส"),
        ("รายงานผลการเบิกจ่าย", "ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส"),
        ("แผนการใช้จ่ายเงิน", "ทุกไตรมาส ในเดือนแรกของไตรมาส"),
        ("จัดเก็บภาษีที่ดินและสิ่งปลูกสร้าง", "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย."),
        ("งบการเงินประจำปี", "ภายใน 90 วันนับแต่สิ้นปีงบประมาณ"),
        ("แผนการจัดหาพัสดุ", "ต.ค. 2563"),
        ("ข้อบัญญัติงบประมาณ", "ส.ค.-ก.ย. 2564"),
        ("ตอบข้อหารือ", "ภายใน 5 วันนับจากรับเรื่อง"),
    ),
    "สำนักปลัด": (
        ("ทะเบียนหนังสือรับส่ง", "ทุกวันทำการ"),
        ("บัญชีลงเวลาปฏิบัติราชการ", "ทุกวันทำการ"),
        ("ประชุมหัวหน้าส่วนราชการ", "ทุกวันจันทร์"),
        ("ตารางการใช้รถส่วนกลาง", "ทุกวันศุกร์"),
        ("จ่ายเบี้ยยังชีพผู้สูงอายุ", "ทุกเดือน ภายในวันที่ 10"),
        ("สรุปวันลา", "ทุกเดือน ภายในวันที่ 5 ของเดือนถัดไป"),
        ("รายงานต่อที่ประชุมสภา", "ก่อนการประชุมสภาท้องถิ่น 3 วัน"),
    ),
    "กองช่าง": (
        ("บันทึกการใช้เครื่องจักรกล", "ทุกวันทำการ"),
        ("ตรวจสอบระบบประปาหมู่บ้าน", "ทุกวันพุธ"),
        ("รายงานความก้าวหน้างานก่อสร้าง", "ทุกเดือน ภายใน 5 วันทำการหลังสิ้นเดือน"),
    ),
    "กองการศึกษา": (
        ("รายงานนมโรงเรียนและอาหารกลางวัน", "ทุกวันทำการ"),
        ("รายงานศูนย์พัฒนาเด็กเล็ก", "ทุกเดือน ภายในวันที่ 5 ของเดือนถัดไป"),
    ),
    "กองสาธารณสุข": (("รายงานการเก็บขยะมูลฝอย", "ทุกสัปดาห์ วันทำการสุดท้าย"),),
}


def local_administration(name: str, in_province: str) -> str:
    """The plan of one local administration: 31 activities, some 2,100 obligations."""
    lines = [
        "fiscal_year: 2564",
        f"office: {name}",
        f"province: {in_province}",
        "events:",
        "  council: {name: การประชุมสภาท้องถิ่น, every: quarter}",
        "groups:",
    ]
    number = 0
    for division, duties in _DUTIES.items():
        lines += [f"  - title: {division}", "    activities:"]
        for title, when in duties:
            number += 1
            lines.append(f"      - {{id: duty-{number}, title: {title}, when: {when}}}")
    return "\n".join(lines) + "\n"


def country(folder: Path, locals_: int = LOCAL_ADMINISTRATIONS) -> int:
    """Write the plans of 77 provinces and of `locals_` local administrations, in turn; returns how many there are."""
    names = sorted({province.th for province in provinces().values()})
    for name in names:
        _write(folder / name / "plans" / "fy2564.yaml", province(name))
    for number in range(locals_):
        name, own = names[number % len(names)], f"อบต. {number + 1}"
        _write(folder / name / own / "plans" / "fy2564.yaml", local_administration(own, name))
    return len(names) + locals_


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
