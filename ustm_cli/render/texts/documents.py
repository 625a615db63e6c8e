"""Sentences of the documents, and of `ustm render`."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # sheets
    "sheets_title": ("แผนการปฏิบัติงานรายภารกิจ", "Mission sheets"),
    "sheets_group": ("แผนปฏิบัติงาน{group}", "Work plan of {group}"),
    "sheets_mission": ("ภารกิจ", "Mission"),
    "sheets_context": ("บริบทการดำเนินงาน", "Context"),
    "sheets_strategy": ("กลยุทธ์", "Strategy"),
    "sheets_none": (
        "แผนนี้ไม่มีภารกิจ งานทั้งหมดอยู่ในตารางแผนปฏิบัติงาน",
        "This plan has no missions; its work stands in the twelve-month table.",
    ),
    "sheets_nav": ("แผ่นงาน", "Sheets"),
    "sheets_target": ("เป้าหมาย {count} {unit}", "target {count} {unit}"),
    # table
    "plan_title": (
        "แผนการปฏิบัติงาน {office} ประจำปีงบประมาณ พ.ศ. {year}",
        "Work plan of {office}, fiscal year {year} (B.E.)",
    ),
    "fiscal_year": ("ปีงบประมาณ พ.ศ. {year}", "fiscal year {year} (B.E.)"),
    "table_number": ("ลำดับที่", "No."),
    "table_work": ("งาน/โครงการ/กิจกรรม", "Work, project, activity"),
    "table_times": ("กำหนดระยะเวลา", "When"),
    "table_months": ("ระยะเวลาดำเนินงาน", "Months"),
    "table_follow_up": ("การตรวจติดตาม ประเมินผลความสำเร็จของงาน", "Follow-up and evaluation"),
    "table_send_to": ("ส่ง {names}", "to {names}"),
    "table_review": ("ผู้บังคับบัญชาได้รับ {when}", "superior has it {when}"),
    "table_no_time": ("ไม่มีกำหนดเวลา", "no time given"),
    "table_outside": ("ครบกำหนดนอกปี {day}", "due outside the year: {day}"),
    "legend": ("คำอธิบายเครื่องหมาย", "Marks"),
    "legend_range": ("ช่วงที่ทำ ถึงวันครบกำหนด", "days to do it in, up to the deadline"),
    "legend_point": ("วันครบกำหนด (เลขคือวันที่)", "deadline (the number is the day)"),
    "legend_early": (
        "วันครบกำหนดเป็นวันหยุด ต้องทำให้เสร็จก่อนถึง (ดูวันในปฏิทินรายปี)",
        "the deadline is a day off: act on the working day before it (see the year)",
    ),
    "legend_awaiting": ("รอวันที่แน่นอน (เดือนที่คาด)", "awaits its date (the month expected)"),
    "legend_continuous": ("ทำต่อเนื่อง หรือทุกครั้งที่รับเรื่อง", "continuous, or whenever received"),
    "legend_cancelled": ("ยกเว้น", "waived"),
    "mark_range": ("ช่วง {span}", "{span}"),
    "mark_point": ("ครบกำหนด {day}", "due {day}"),
    "mark_early": ("ครบกำหนด {day} ทำภายใน {act_by}", "due {day}, act by {act_by}"),
    "mark_awaiting": ("รอวัน คาดว่า {span}", "awaiting, expected {span}"),
    "mark_continuous": ("ต่อเนื่อง {span}", "continuous {span}"),
    "mark_cancelled": ("ยกเว้น {span}", "waived {span}"),
    # year
    "year_title": (
        "ปฏิทินงานรายปี {office} ปีงบประมาณ พ.ศ. {year}",
        "The year's work of {office}, fiscal year {year} (B.E.)",
    ),
    "months": ("เดือน", "Months"),
    "stood_on_long": ("สถานะ ณ วันที่ {today}", "Status as of {today}"),
    "days_off": ("วันหยุดราชการ", "Days off"),
    "year_nothing": ("ไม่มีงานครบกำหนดในเดือนนี้", "Nothing is due in this month."),
    "year_count": ("{count} งาน", "{count} item{count:|s}"),
    "year_awaiting": ("งานที่รอวันที่แน่นอน", "Awaiting a date"),
    "year_cases": ("เรื่องที่รับไว้และไม่มีกำหนดวัน", "Cases without a promised day"),
    "year_undated": ("งานที่ไม่มีวันครบกำหนดในปี", "Work without a date in the year"),
    "col_known_by": ("ควรรู้วันภายใน", "Date needed by"),
    "col_period": ("งวด", "Period"),
    "col_owner": ("ผู้รับผิดชอบ", "Owner"),
    "col_when": ("กำหนดเวลา", "When"),
    # dashboard
    "dashboard_title": ("ภาพรวมงาน {office}", "The work of {office}"),
    "dashboard_overdue": ("เกินกำหนด", "Overdue"),
    "dashboard_week": ("ครบกำหนดสัปดาห์นี้", "Due this week"),
    "dashboard_next": ("ครบกำหนดใน {days} วันข้างหน้า", "Due in the next {days} days"),
    "dashboard_awaiting": ("รอวันที่แน่นอน ต้องรู้วันเร็วๆ นี้", "Awaiting a date that is needed soon"),
    "dashboard_running": ("เรื่องที่กำลังดำเนินการ", "Cases running"),
    "dashboard_later": ("งานภายหลัง", "Later"),
    "dashboard_finished": ("เสร็จแล้วและยกเว้น", "Finished and waived"),
    "dashboard_none_overdue": ("ไม่มีงานเกินกำหนด", "Nothing is overdue."),
    "dashboard_none_week": ("ไม่มีงานครบกำหนดสัปดาห์นี้", "Nothing is due this week."),
    "dashboard_none_next": ("ไม่มีงานครบกำหนดใน {days} วันข้างหน้า", "Nothing is due in the next {days} days."),
    "dashboard_none_awaiting": ("ไม่มีงานที่ต้องรู้วันเร็วๆ นี้", "No date is needed soon."),
    "dashboard_none_running": ("ไม่มีเรื่องที่กำลังดำเนินการ", "No case is running."),
    "dashboard_none_later": ("ไม่มีงานภายหลัง", "Nothing later."),
    "dashboard_none_finished": ("ยังไม่มีงานที่บันทึกว่าเสร็จ", "Nothing is recorded as finished."),
    "dashboard_punctual": ("ทันกำหนด", "In time"),
    "dashboard_punctual_none": ("ยังไม่มีงานครบกำหนด", "nothing has fallen due"),
    "percent": ("ร้อยละ {number}", "{number} %"),
    "dashboard_progress": ("ความก้าวหน้าตามเป้าหมาย", "Progress to targets"),
    "dashboard_not_recorded": ("ยังไม่บันทึก", "not recorded"),
    "dashboard_of": ("{done} จาก {total} {unit}", "{done} of {total} {unit}"),
    "col_target": ("เป้าหมาย", "Target"),
    "col_done": ("ทำแล้ว", "Done"),
    "chart_on_time": ("งานตามเดือนที่ต้องทำ: ทันกำหนดหรือไม่", "Work by month: in time or not"),
    "chart_load": ("จำนวนงานที่ต้องทำในแต่ละสัปดาห์", "Work to be done each week"),
    "chart_numbers": ("ดูเป็นตัวเลข", "As numbers"),
    "count_on_time": ("ทันกำหนด", "in time"),
    "count_late": ("เสร็จช้า", "late"),
    "count_overdue": ("เกินกำหนด", "overdue"),
    "count_ahead": ("ยังไม่ถึงกำหนด", "ahead"),
    "chart_on_time_said": (
        "ทันกำหนด {on_time} เสร็จช้า {late} เกินกำหนด {overdue} ยังไม่ถึงกำหนด {ahead} งาน แยกตามเดือนในตารางตัวเลข",
        "{on_time} in time, {late} late, {overdue} overdue, {ahead} ahead; by month in the table of numbers",
    ),
    "chart_load_said": (
        "มากที่สุด {count} งาน ในสัปดาห์ของวันที่ {day}",
        "at most {count} item{count:|s}, in the week of {day}",
    ),
    "this_week": ("สัปดาห์นี้", "this week"),
    "col_week": ("สัปดาห์ที่เริ่ม", "Week of"),
    "col_count": ("งาน", "Items"),
    "col_month": ("เดือน", "Month"),
    "filters": ("กรองรายการ", "Filter"),
    "filter_any": ("ทั้งหมด", "all"),
    "filter_reset": ("ล้างตัวกรอง", "Clear"),
    "filter_shown": ("แสดง {shown} จาก {all} รายการ", "{shown} of {all} items shown"),
    "filter_none": ("ไม่มีรายการที่ตรงกับตัวกรองในหมวดนี้", "Nothing here passes the filter."),
    "clock_stopped": ("หยุดนับเวลาอยู่", "the clock stands still"),
    # ustm render
    "render_wrote": ("เขียน {file}", "wrote {file}"),
    "render_same": ("คงเดิม {file}", "unchanged {file}"),
    "render_stale": ("ไม่เป็นปัจจุบัน {file}", "stale {file}"),
    "render_missing": ("ยังไม่มี {file}", "missing {file}"),
    "render_current": ("เอกสารเป็นปัจจุบันทั้ง {count} แฟ้ม", "{count} {count:file is|files are all} current"),
    "render_no_own": (
        "หมายเหตุ: {folder} ไม่มีแม่แบบที่ใช้แทน (ชื่อที่ใช้ได้: {names})",
        "note: {folder} replaces no template (names: {names})",
    ),
    "template_fault": ("แม่แบบผิด {file}:{line}: {problem}", "template {file}:{line}: {problem}"),
    "template_unreadable": (
        "อ่านแม่แบบ {file} ไม่ได้: {problem}",
        "cannot read the template {file}: {problem}",
    ),
    "render_no_folder": ("ไม่พบโฟลเดอร์ {folder}", "no such folder: {folder}"),
    "render_not_a_folder": ("{folder} ไม่ใช่โฟลเดอร์", "{folder} is not a folder"),
    "no_browser": (
        (
            "ทำ PDF ต้องมี Chromium, Chrome หรือ Edge แต่ไม่พบในเครื่อง: ติดตั้ง (Debian: apt install chromium) "
            "หรือบอกที่อยู่ด้วย CHROMIUM=โปรแกรม หรือใช้ --to html แล้วสั่งพิมพ์จากเบราว์เซอร์"
        ),
        (
            "a PDF needs Chromium, Chrome or Edge, and none was found: install one (Debian: apt install chromium), "
            "name it by CHROMIUM=PROGRAM, or use --to html and print from a browser"
        ),
    ),
    "browser_missing": (
        "CHROMIUM={program} ไม่มีโปรแกรมนี้",
        "CHROMIUM={program}: there is no such program",
    ),
    "browser_failed": ("{program} ทำ PDF ไม่สำเร็จ: {problem}", "{program} made no PDF: {problem}"),
}

HELP: dict[str, str] = {
    "เอกสารของแผน: แผ่นภารกิจ ตารางสิบสองเดือน ปฏิทินรายปี ภาพรวม": (
        "The plan's documents: mission sheets, twelve-month table, year, dashboard."
    ),
    "sheets table year dashboard all (ค่าปริยาย: all)": "sheets table year dashboard all (default: all)",
    "รูปแบบ md html pdf (ซ้ำได้ ค่าปริยาย: html)": "format: md html pdf (repeatable; default: html)",
    "โฟลเดอร์ที่เขียน (ค่าปริยาย: out)": "folder to write in (default: out)",
    "โฟลเดอร์แม่แบบของสำนักงาน ใช้ก่อนของระบบ": "the office's own templates, used before ours",
    "ไม่เขียน แต่ตรวจว่าแฟ้มเป็นปัจจุบัน (จบด้วย 1 ถ้าไม่)": "write nothing; exit 1 when files are stale",
}
