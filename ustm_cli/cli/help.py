"""Help in the reader's language: Thai as declared, English from a list that a test keeps complete."""

from __future__ import annotations

import click

from ustm_cli.dates.era import Lang

ENGLISH = {
    "แผนปฏิบัติงานประจำปีงบประมาณ เป็นงานที่มีวันกำหนด": "An office's annual work plan, as dated obligations.",
    "แฟ้มแผน (ซ้ำได้)": "plan file (repeatable)",
    "วันที่ยืนดู เช่น 2563-11-16": "the day to stand on, like 2563-11-16",
    "เฉพาะสิ่งที่รู้ในวันนั้น": "only what was known on that day",
    "ภาษา": "language",
    "ตัวเลข": "digits",
    "ความกว้างจอ": "width of the screen",
    "รุ่นของโปรแกรม": "the program's version",
    "งานที่ต้องทำในช่วงวัน": "What is due in a span of days.",
    "วันนี้": "today",
    "สัปดาห์นี้ จันทร์-อาทิตย์ (ค่าปริยาย)": "this week, Monday to Sunday (default)",
    "เดือนนี้": "this month",
    "ไตรมาสนี้ของปีงบประมาณ": "this quarter of the fiscal year",
    "N วันนับจากวันนี้": "N days, today being the first",
    "ตั้งแต่วันที่": "from this day",
    "ถึงวันที่": "to this day",
    "เฉพาะที่เกินกำหนด": "only what is overdue",
    "เฉพาะที่รอวัน": "only what awaits a date",
    "รวมงานที่เปิดให้ทำอยู่": "also windows that are open",
    "รวมงานที่เสร็จแล้ว": "also what is finished",
    "เฉพาะกลุ่มงาน": "only this group",
    "เฉพาะผู้รับผิดชอบ": "only this owner",
    "เฉพาะกิจกรรม": "only this activity",
    "เฉพาะสถานะ": "only this status",
    "ตรวจแผน: ข้อผิดพลาดและข้อสังเกตทั้งหมดในครั้งเดียว": "Check the plans: every fault and doubt in one run.",
    "แฟ้มแผน (ค่าปริยาย: แผนที่พบ)": "plan file (default: those found)",
    "คำเตือนก็ถือว่าไม่ผ่าน": "warnings fail too",
    "แสดงคำเตือนที่แผนรับทราบแล้วด้วย": "also show warnings that the plan accepts",
    "กิจกรรมหนึ่ง: ข้อความ กฎ งานตลอดปี": "One activity: its text, its rule, its year.",
    "ทำไมจึงเป็นวันนี้: กฎ งวด การนับ วันหยุดที่ข้าม และกฎหมาย": "Why this date: rule, period, count, days off, the law.",
    "JSON Schema ของแฟ้มแผน สำหรับโปรแกรมแก้ไข": "The JSON Schema of a plan file, for editors.",
    "รหัสกิจกรรม หรือ กิจกรรม@งวด": "an activity, or ACTIVITY@PERIOD",
    "กิจกรรม@งวด หรือวลีกำหนดเวลา": "ACTIVITY@PERIOD, or a phrase",
    "ปีงบประมาณ (สำหรับวลี)": "fiscal year (for a phrase)",
    "จังหวัด (สำหรับวลี)": "province (for a phrase)",
    "ตัวเลือกร่วมของทุกคำสั่ง (--plan --today --as-of --lang --digits --width): ustm --help": (
        "Options of every command (--plan --today --as-of --lang --digits --width): ustm --help"
    ),
    "แสดงวิธีใช้": "show this help",
}
COMMON_HINT = "ตัวเลือกร่วมของทุกคำสั่ง (--plan --today --as-of --lang --digits --width): ustm --help"


def localized(command: click.Command, lang: Lang) -> click.Command:
    """The command, its options and its subcommands with their help in `lang`."""
    command.help = _said(command.help, lang)
    if not isinstance(command, click.Group):
        command.epilog = _said(COMMON_HINT, lang)
    for parameter in command.params:
        if isinstance(getattr(parameter, "help", None), str):
            parameter.help = _said(parameter.help, lang)  # type: ignore[attr-defined]
    for child in getattr(command, "commands", {}).values():
        localized(child, lang)
    return command


def _said(text: str | None, lang: Lang) -> str | None:
    return ENGLISH.get(text, text) if text and lang == "en" else text
