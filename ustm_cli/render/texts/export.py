"""Sentences of export and calendar."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # calendars of other programs
    "ics_name": ("แผนปีงบประมาณ {years} {office}", "Plan of fiscal year {years} {office}"),
    "ics_review": ("เสนอผู้บังคับบัญชา: {title}", "Review: {title}"),
    "ics_expected": ("ควรรู้วันแล้ว: {title}", "Date needed: {title}"),
    "ics_opens": ("เริ่มได้", "Opens"),
    "ics_known_by": ("ควรรู้วันภายใน", "Date needed by"),
    "ics_letter": ("หนังสือ", "Letter"),
    "ics_cancelled": ("ยกเว้นเพราะ", "Waived because"),
    "ics_done": ("เสร็จเมื่อ", "Done on"),
    "ics_reviewed": ("ผู้บังคับบัญชาได้รับเมื่อ", "With the superior since"),
    # spreadsheets
    "xlsx_obligations": ("งาน", "Obligations"),
    "xlsx_table": ("ตาราง {year}", "Table {year}"),
    "xlsx_statistics": ("สถิติ", "Statistics"),
    "xlsx_period": ("งวด", "Period"),
    "xlsx_due_at": ("เวลา", "Time"),
    "xlsx_days_left": ("เหลือ (วัน)", "Days left"),
    "xlsx_file": ("แฟ้ม", "File"),
    "xlsx_title": ("แผนปฏิบัติงาน ประจำปีงบประมาณ พ.ศ. {year} {office}", "Work plan, fiscal year {year} {office}"),
    "xlsx_number": ("ลำดับที่", "No."),
    "xlsx_activity": ("งาน/โครงการ/กิจกรรม", "Work / project / activity"),
    "xlsx_when": ("กำหนดระยะเวลา", "Time"),
    "xlsx_follow_up": ("การตรวจติดตาม", "Followed up by"),
    "xlsx_legend": (
        "◄─► ช่วงเวลา (เลขท้ายคือวันครบกำหนด)   ● วันครบกำหนด   ○ รอวัน   ═ ต่อเนื่อง หรือทำเมื่อรับเรื่อง   × ยกเว้น",
        "◄─► stretch of days (number: last day)   ● deadline   ○ awaiting   ═ continuous, or on receipt   × waived",
    ),
    "xlsx_stood_on": ("สถานะ ณ วันที่ {today}", "Status as of {today}"),
    "xlsx_by_group": ("ตามกลุ่มงาน", "By group"),
    "xlsx_by_owner": ("ตามผู้รับผิดชอบ", "By owner"),
    "xlsx_by_month": ("ตามเดือนที่ต้องทำ", "By month to act in"),
    "xlsx_total": ("รวม", "Total"),
    "xlsx_undated": ("ไม่มีวัน", "No date"),
    "xlsx_page": ("หน้า {page}/{pages}", "page {page}/{pages}"),
    # files
    "export_wrote": ("เขียน {file} แล้ว ({count} รายการ)", "wrote {file} ({count} item{count:|s})"),
    "export_empty": ("ไม่มีรายการที่ตรงกับที่เลือก", "nothing matches what was chosen"),
    "export_needs_out": (
        "xlsx ไม่ใช่ข้อความ ให้บอกแฟ้ม: ustm export xlsx --out แผน.xlsx",
        "xlsx is no text; name a file: ustm export xlsx --out plan.xlsx",
    ),
    "export_only": ("{option} ใช้ได้กับ {format} เท่านั้น", "{option} is for {format} only"),
    "export_over_plan": (
        "--out: {file} เป็นแฟ้มของแผน จะไม่เขียนทับ",
        "--out: {file} is a file of the plan; it is not overwritten",
    ),
    "export_no_folder": ("เขียน {file} ไม่ได้: ไม่มีโฟลเดอร์ {folder}", "cannot write {file}: there is no folder {folder}"),
    "export_is_folder": ("เขียน {file} ไม่ได้: เป็นโฟลเดอร์", "cannot write {file}: it is a folder"),
    # calendar
    "calendar_year": ("ปฏิทินปีงบประมาณ {year}", "Calendar of fiscal year {year}"),
    "calendar_quarter": ("ไตรมาส {quarter} ปีงบประมาณ {year}", "quarter {quarter} of fiscal year {year}"),
    "calendar_month": ("เดือน", "Month"),
    "calendar_due": ("งาน", "Due"),
    "calendar_overdue": ("เกิน", "Late"),
    "calendar_off": ("หยุด", "Off"),
    "calendar_today": ("{mark} วันนี้ {day}", "{mark} today, {day}"),
    "calendar_legend_month": (
        "{due}n ต้องทำภายในวันนั้น n รายการ  {deadline}n ครบกำหนด n  {review}n เสนอผู้บังคับบัญชา n  {off} วันหยุด  [ ] วันนี้",
        "{due}n n items to act on by that day  {deadline}n n deadlines  {review}n n reviews  {off} day off  [ ] today",
    ),
    "calendar_legend_year": (
        "ตัวเลข จำนวนงานที่ต้องทำภายในวันนั้น (+ มากกว่า {most})  {off} วันหยุดราชการ  {weekend} เสาร์-อาทิตย์  {none} ไม่มีงาน",
        "number: items to act on by that day (+ more than {most})  {off} holiday  {weekend} weekend  {none} nothing",
    ),
    "calendar_deadline": ("ครบกำหนด", "deadline"),
    "calendar_review": ("เสนอผู้บังคับบัญชา", "review"),
    "calendar_awaiting_month": ("ควรรู้วันในเดือนนี้", "dates needed this month"),
    "calendar_nothing": ("ไม่มีงานในเดือนนี้", "nothing is due this month"),
    "calendar_undated": ("ไม่มีวันในปฏิทิน: {parts}", "Without a day in the calendar: {parts}"),
    "calendar_awaiting": ("รอวัน {count} (ustm due --awaiting)", "{count} awaiting (ustm due --awaiting)"),
    "calendar_ongoing": ("ต่อเนื่อง {count}", "{count} continuous"),
    "calendar_outside": (
        "ปีงบประมาณ {year} อยู่นอกแผนทุกปีที่พบ ({years})",
        "fiscal year {year} lies outside every plan found ({years})",
    ),
    "calendar_no_holidays": (
        "ไม่มีข้อมูลวันหยุดของปีงบประมาณ {year} (มี {first}-{last})",
        "no holidays are known for fiscal year {year} (only {first}-{last})",
    ),
    "bad_month": (
        "--month: ไม่เข้าใจเดือน “{text}” เช่น 11, พ.ย., 2563-11, พ.ย. 2563",
        "--month: “{text}” is no month; like 11, Nov, 2563-11, Nov 2563",
    ),
}

HELP: dict[str, str] = {
    "ส่งออกแผนทั้งปีให้โปรแกรมปฏิทินและตารางคำนวณ": "The whole year for calendar programs and spreadsheets.",
    "แฟ้มที่จะเขียน (ไม่บอก: ออกทางจอ)": "the file to write (default: standard output)",
    "ics: วันเสนอผู้บังคับบัญชาเป็นนัดของตัวเอง": "ics: review days as events of their own",
    "ics: งานที่รอวัน เป็นนัดที่ยังไม่แน่ในวันที่ควรรู้วัน": "ics: what awaits a date, as a tentative event",
    "ics: เตือนก่อนกี่วัน เช่น 3 หรือ 7,1,0": "ics: remind this many days before, like 3 or 7,1,0",
    "csv: ใส่ BOM ให้ Excel อ่านไทยได้": "csv: begin with a BOM, so that Excel reads the Thai",
    "N วันนับจากวันนี้ (ไม่บอกช่วง: ทั้งปีของทุกแผน)": "N days, today being the first (default: all years of all plans)",
    "ปฏิทินในจอ: ปีงบประมาณ ต.ค.-ก.ย. หรือเดือนหนึ่งกับวันหยุดและวันที่ต้องทำงาน": (
        "A calendar: the fiscal year Oct-Sep, or a month with days off and days when work is due."
    ),
    "ทั้งปีงบประมาณของวันนี้": "the whole fiscal year of today",
    "เดือนหนึ่ง เช่น 11, พ.ย., 2563-11 (ค่าปริยาย: เดือนนี้)": "one month, like 11, Nov, 2563-11 (default: this month)",
}
