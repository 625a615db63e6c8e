"""A small country: plans of several offices, with registers, cases, two years in a folder, and texts full of traps."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ustm_cli import cache

FORMULA = '=HYPERLINK(\\"http://x\\") \'; DROP TABLE งาน; -- 😀 [red]'


def office(province: str | None, activities: str, *, year: int = 2564, name: str = "สำนักงาน") -> str:
    lines = "".join(f"      {line}\n" for line in activities.strip("\n").splitlines())
    head = f"fiscal_year: {year}\noffice: {name}\n" + (f"province: {province}\n" if province else "")
    return f"{head}groups:\n  - title: กลุ่มงานวิชาการ\n    activities:\n{lines}"


DUTIES = f"""
- {{id: daily, title: ทะเบียนคุมเงิน, when: ทุกวันทำการ}}
- {{id: report, title: "{FORMULA}", when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป, review: ภายในวันที่ 8 ของเดือนถัดไป, send_to: [กรมบัญชีกลาง, "ก; ข"]}}
- {{id: meeting, title: ติดตาม, when: ก่อนการประชุมสภา 2 วันทำการ}}
- {{id: answer, title: ตอบข้อหารือ, when: ภายใน 5 วันนับจากรับเรื่อง}}
- {{id: urgent, title: เรื่องด่วน, when: ภายใน 3 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ}}
- {{id: always, title: ให้คำปรึกษา, when: ต่อเนื่อง}}
"""
EVENTS = "events:\n  council: {name: การประชุมสภา, every: quarter}\n"
FEW = "- {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 5}\n"


def killed(_work: object) -> None:
    """Work at which a process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return aged(path)


def aged(path: Path) -> Path:
    """The path, once what was just written there is old enough: what is as young as the answer is not trusted."""
    time.sleep(2 * cache.TICK_NS / 1e9)
    return path


def country(folder: Path, run: Callable[..., Any]) -> Path:
    """Five folders of plans below `folder`/country: three provinces and an office without one."""
    top = folder / "country"
    ubon = write(top / "อุบลราชธานี" / "plans" / "fy2564.yaml", office("อุบลราชธานี", DUTIES) + EVENTS)
    write(top / "อุบลราชธานี" / "อบต. 1" / "plans" / "fy2564.yaml", office("อุบลราชธานี", FEW, name="'อบต. \"หนึ่ง\" %41'"))
    write(top / "เลย" / "plans" / "fy2564.yaml", "include: [shared.yaml]\n" + office("เลย", DUTIES))
    write(top / "เลย" / "plans" / "shared.yaml", EVENTS)
    write(top / "เลย" / "plans" / "fy2565.yaml", office("เลย", FEW, year=2565))
    write(top / "กรุงเทพ" / "งาน.yml", office(None, FEW))
    write(top / "เชียงใหม่" / "plans" / "fy2564.yaml", office("เชียงใหม่", FEW))
    write(top / "เชียงใหม่" / "ustm.yaml", "people: {}\n")
    write(top / ".old" / "plans" / "fy2564.yaml", office("เลย", FEW))
    for words in (
        ("done", "report@2563-09", "--on", "2563-10-09"),
        ("done", "daily@2563-10-05", "--on", "2563-10-07"),
        ("waive", "daily@2563-10-06", "--reason", "ไฟดับ"),
        ("event", "set", "council", "2564-Q1", "2563-12-24"),
        ("receive", "urgent", "--at", "2563-11-16 09:20"),
        ("receive", "answer", "--at", "2563-11-10 09:20"),
    ):
        ran = run(*words, "--plan", ubon, cwd=folder, env={"USTM_BY": "สมหญิง"})
        assert ran.code == 0, (words, ran.err)
    return top
