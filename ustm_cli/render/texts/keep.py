"""Sentences of the commands that keep a plan for years: init, rollover, diff, fmt, doctor, completion."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # files
    "exists_already": ("มี {file} อยู่แล้ว ไม่เขียนทับ", "{file} is there already and is not written over"),
    "changed_meanwhile": (
        "{file} ถูกแก้ระหว่างนั้น ไม่เขียนทับ ลองอีกครั้ง",
        "{file} was changed meanwhile and is not written over; try again",
    ),
    "no_folder": ("ไม่มีโฟลเดอร์ {folder}", "there is no folder {folder}"),
    # fmt
    "fmt_would": ("{file} ยังไม่เป็นระเบียบ (ustm fmt)", "{file} would be laid out anew (ustm fmt)"),
    "fmt_wrote": ("จัด {file} แล้ว", "laid out {file}"),
    "fmt_good": ("เป็นระเบียบแล้ว ({files} แฟ้ม)", "all in order ({files} files)"),
    "fmt_refused": (
        "{file} บรรทัด {line} เขียนแบบที่จัดใหม่โดยไม่เสี่ยงเปลี่ยนความหมายไม่ได้ จึงไม่แตะต้อง",
        "{file}, line {line}: this cannot be laid out anew without risk to its meaning; left as it is",
    ),
    # rollover
    "rollover_year": ("“{year}” ไม่ใช่ปีงบประมาณ เช่น 2565", "“{year}” is no fiscal year; like 2565"),
    "rollover_gregorian": ("{year} เป็นปี ค.ศ. ใช้ {offer}", "{year} is a Gregorian year; write {offer}"),
    "rollover_backwards": (
        "ไม่มีแผนของปีก่อน {year} ให้ทำต่อ (ปีที่มีถึง {last})",
        "there is no plan of a year before {year} (the last one is of {last})",
    ),
    "rollover_several": (
        "มีแผน {count} แฟ้มในปีนั้น --to ใช้กับแฟ้มเดียว เลือกด้วย --plan",
        "that year has {count} plans and --to names one file; choose with --plan",
    ),
    "rollover_wrote": ("เขียน {file} (ปีงบประมาณ {year}) จาก {old}", "wrote {file} (fiscal year {year}) from {old}"),
    "rollover_would": (
        "จะเขียน {file} (ปีงบประมาณ {year}) จาก {old}",
        "would write {file} (fiscal year {year}) from {old}",
    ),
    "rollover_counts": (
        "{obligations} งาน ย้ายวันที่ระบุปี {moved} แห่ง วันของเหตุการณ์และหนังสือแจ้งเริ่มรอใหม่ทั้งหมด",
        "{obligations} obligations, {moved} dates of a certain year moved; events and letters await anew",
    ),
    "rollover_moved": (
        "วันที่ย้าย {count} แห่ง: ดูทีละแห่ง แก้ถ้าไม่ตรง แล้วลบ confirm: (ustm check บอกจนกว่าจะลบ)",
        "{count} dates moved: look at each, mend it, then delete `confirm:` (ustm check names them until then)",
    ),
    "rollover_left": ("ทิ้งไว้ในแผนเดิม {count} รายการ", "{count} things left behind in the old plan"),
    "rollover_ended": (
        "สิ้นสุดแล้ว {count} กิจกรรม เก็บไว้เป็นหมายเหตุในแผนใหม่",
        "{count} activities have ended; the new plan keeps them as comments",
    ),
    "rollover_mentions": (
        "ข้อความที่ยังเอ่ยถึงปีรอบแผนเดิม {count} บรรทัด (บรรทัดของแผนใหม่)",
        "{count} lines whose words still name years around the old plan (lines of the new one)",
    ),
    "rollover_unreviewed": (
        "วันหยุดของปีงบประมาณ {year} ยังไม่ได้ตรวจทานกับประกาศ วันในรายงานนี้อาจเปลี่ยน",
        "the holidays of fiscal year {year} are not reviewed yet; the days of this report may change",
    ),
    "rollover_weeks": ("สัปดาห์ที่งานมากที่สุด", "The busiest weeks"),
    "rollover_holidays": ("งานรอบวันหยุดยาว", "Work around long holidays"),
    "rollover_before": ("ต้องเสร็จก่อน: {names}", "to be done before: {names}"),
    "rollover_after": ("ครบกำหนดสองวันทำการแรกหลังจากนั้น: {names}", "due on the first two working days after: {names}"),
    "rollover_open": ("งานของปีเดิมที่ยังค้าง {count} งาน", "{count} obligations of the old year are still open"),
    "rollover_more": ("… อีก {count}", "… and {count} more"),
    "rollover_next": (
        "ต่อไป: ustm check แล้ว ustm diff แผนเดิม แผนใหม่ แล้ว git add",
        "next: ustm check, then ustm diff OLD NEW, then git add",
    ),
    # git
    "no_git": ("ไม่พบโปรแกรม git ติดตั้งก่อน (ustm doctor)", "git is not installed (see ustm doctor)"),
    "no_repository": (
        "{folder} ไม่อยู่ใน git (เทียบสองแฟ้มได้ด้วย ustm diff แฟ้ม แฟ้ม)",
        "{folder} is in no git repository (two files can be compared: ustm diff FILE FILE)",
    ),
    "no_revision": ("git ไม่มีรุ่นชื่อ “{revision}”", "git knows no revision “{revision}”"),
    "no_merge_base": ("สองรุ่นนี้ไม่มีต้นทางร่วมกัน", "these two revisions have no common ancestor"),
    "git_failed": ("git ทำไม่สำเร็จ: {problem}", "git failed: {problem}"),
    "several_folders": (
        "แผนอยู่คนละโฟลเดอร์ เลือกด้วย --plan",
        "the plans stand in several folders; choose with --plan",
    ),
    # diff
    "diff_one_thing": (
        "เทียบได้ทีละอย่าง: รุ่นเดียว สองแฟ้ม --holiday หรือ --textconv ({given})",
        "one comparison at a time: a revision, two files, --holiday or --textconv ({given})",
    ),
    "diff_weekend": ("{day} เป็นวันหยุดสุดสัปดาห์อยู่แล้ว", "{day} is a weekend anyway"),
    "diff_work_tree": ("แฟ้มที่แก้อยู่", "working tree"),
    "diff_as_is": ("วันหยุดตามที่รู้", "holidays as known"),
    "diff_if_added": ("ถ้า {day} เป็นวันหยุด", "if {day} is a holiday"),
    "diff_if_cancelled": ("ถ้า {day} ไม่ใช่วันหยุด", "if {day} is no holiday"),
    "diff_title": ("วันที่เปลี่ยนในแผน", "Dates that change in the plan"),
    "diff_none": ("ไม่มีวันใดเปลี่ยน", "no date changes"),
    "diff_years": (
        "เทียบงวดเดียวกันที่ห่างกัน {years} ปี วันเดียวกันของปีไม่นับว่าเปลี่ยน งานรายสัปดาห์และรายวันไม่แสดง",
        "the same period {years} years apart; the same day of the year counts as unchanged; weekly and daily work is left out",
    ),
    "diff_count_added": ("เพิ่ม {count}", "{count} added"),
    "diff_count_removed": ("หายไป {count}", "{count} removed"),
    "diff_count_moved": ("เลื่อน {count}", "{count} moved"),
    "diff_count_waived": ("ยกเว้น {count}", "{count} waived"),
    "diff_count_restored": ("กลับมาทำ {count}", "{count} restored"),
    "diff_count_past": ("ย้ายไปอดีต {count}", "{count} moved into the past"),
    "diff_col_what": ("เปลี่ยน", "Change"),
    "diff_col_work": ("งาน", "Work"),
    "diff_col_old": ("เดิม", "Old"),
    "diff_col_new": ("ใหม่", "New"),
    "diff_added": ("เพิ่ม", "added"),
    "diff_removed": ("หายไป", "removed"),
    "diff_moved": ("เลื่อน", "moved"),
    "diff_waived": ("ยกเว้น", "waived"),
    "diff_restored": ("กลับมาทำ", "restored"),
    "diff_into_past": ("ผ่านไปแล้ว!", "now in the past!"),
    "diff_lost_day": ("เสียวันทำการ", "loses its working day"),
    "diff_act_by": ("ทำภายใน {day}", "act by {day}"),
    "diff_review_by": ("เสนอภายใน {day}", "review by {day}"),
    "diff_known_by": ("ควรรู้วันภายใน {day}", "date known by {day}"),
    "diff_opens": ("เริ่ม {day}", "opens {day}"),
    "diff_dates": ("วันของทุกงานตามแผนนี้", "the dates of this plan"),
}
HELP: dict[str, str] = {
    "สคริปต์ให้เชลล์เติมคำสั่ง ตัวเลือก และรหัสงาน": "A script that lets the shell complete commands, options and ids.",
    "เชลล์ที่ใช้": "your shell",
    "จัดแฟ้มแผนให้เป็นระเบียบเดียวกัน ไม่เปลี่ยนความหมาย ไม่ทิ้งหมายเหตุ": (
        "Lay the plans out in one way; the meaning and every comment stay."
    ),
    "ไม่เขียน เพียงบอกแฟ้มที่ยังไม่เป็นระเบียบ": "write nothing, tell which files would change",
    "ทำแผนปีถัดไปจากแผนปีนี้": "Next year's plan from this one.",
    "ปีงบประมาณของแผนใหม่ เช่น 2565": "fiscal year of the new plan, like 2565",
    "แฟ้มแผนใหม่ (ค่าปริยาย: ข้างแผนเดิม)": "the new plan's file (default: beside the old one)",
    "รายงานโดยไม่เขียน": "report, write nothing",
    "แก้แผนแล้ววันไหนเปลี่ยน": "What a change of the plan does to dates.",
    "รุ่นใน git หรือแฟ้มแผนสองแฟ้ม (ค่าปริยาย: HEAD กับแฟ้มที่แก้อยู่)": (
        "a git revision, or two plan files (default: HEAD and the working tree)"
    ),
    "ถ้าวันนี้เป็นวันหยุด หรือเลิกเป็นวันหยุด (ซ้ำได้)": "if this day became a holiday, or ceased to be one (repeatable)",
    "แผนพร้อมวันของทุกงาน สำหรับ git diff": "the plan with the dates of all its work, for git diff",
}
