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
    "fmt_good": ("เป็นระเบียบแล้ว ({files} แฟ้ม)", "all in order ({files} file{files:|s})"),
    "fmt_refused": (
        "{file} บรรทัด {line} เขียนแบบที่จัดใหม่โดยไม่เสี่ยงเปลี่ยนความหมายไม่ได้ จึงไม่แตะต้อง",
        "{file}, line {line}: this cannot be laid out anew without risk to its meaning; left as it is",
    ),
    # rollover
    "bad_year": ("“{year}” ไม่ใช่ปีงบประมาณ เช่น 2565", "“{year}” is no fiscal year; like 2565"),
    "gregorian_year": ("{year} เป็นปี ค.ศ. ใช้ {offer}", "{year} is a Gregorian year; write {offer}"),
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
        (
            "{obligations} obligation{obligations:|s}, {moved} date{moved:|s} of a certain year moved; "
            "events and letters await anew"
        ),
    ),
    "rollover_moved": (
        "วันที่ย้าย {count} แห่ง: ดูทีละแห่ง แก้ถ้าไม่ตรง แล้วลบ confirm: (ustm check บอกจนกว่าจะลบ)",
        (
            "{count} date{count:|s} moved: look at each, mend it, then delete `confirm:` "
            "(ustm check names {count:it|them} until then)"
        ),
    ),
    "rollover_left": ("ทิ้งไว้ในแผนเดิม {count} รายการ", "{count} thing{count:|s} left behind in the old plan"),
    "rollover_ended": (
        "สิ้นสุดแล้ว {count} กิจกรรม เก็บไว้เป็นหมายเหตุในแผนใหม่",
        "{count} {count:activity has|activities have} ended, kept as {count:a comment|comments} of the new plan",
    ),
    "rollover_mentions": (
        "ข้อความที่ยังเอ่ยถึงปีรอบแผนเดิม {count} บรรทัด (บรรทัดของแผนใหม่)",
        "{count} line{count:|s} whose words still name years around the old plan (lines of the new one)",
    ),
    "rollover_shared": (
        "{count} เหตุการณ์ในแฟ้มที่ include ยังคาดวันของปีอื่น ในแฟ้มนั้นให้เขียนเดือนโดยไม่มีปี เช่น expected: ต.ค. (ใช้ได้ทุกปี)",
        (
            "{count} {count:event of an included file is|events of included files are} still expected in another year; "
            "write the month without a year there, like expected: Oct, which holds for every year"
        ),
    ),
    "rollover_unreviewed": (
        "วันหยุดของปีงบประมาณ {year} ยังไม่ได้ตรวจทานกับประกาศ วันในรายงานนี้อาจเปลี่ยน",
        "the holidays of fiscal year {year} are not reviewed yet; the days of this report may change",
    ),
    "rollover_weeks": ("สัปดาห์ที่งานมากที่สุด", "The busiest weeks"),
    "rollover_holidays": ("งานรอบวันหยุดยาว", "Work around long holidays"),
    "rollover_before": ("ต้องเสร็จก่อน: {names}", "to be done before: {names}"),
    "rollover_after": ("ครบกำหนดสองวันทำการแรกหลังจากนั้น: {names}", "due on the first two working days after: {names}"),
    "rollover_open": (
        "งานของปีเดิมที่ยังค้าง {count} งาน",
        "{count} obligation{count:|s} of the old year {count:is|are} still open",
    ),
    "rollover_more": ("… อีก {count}", "… and {count} more"),
    "rollover_next": (
        "ต่อไป: ustm check แล้ว ustm diff แผนเดิม แผนใหม่ แล้ว git add",
        "next: ustm check, then ustm diff OLD NEW, then git add",
    ),
    # init
    "init_ask_province": ("จังหวัด", "Province"),
    "init_ask_office": ("ชื่อสำนักงาน", "Office"),
    "init_ask_year": ("ปีงบประมาณ", "Fiscal year (B.E.)"),
    "init_needs": ("ต้องบอก {option}", "{option} is needed"),
    "init_office": ("ชื่อสำนักงาน “{office}” ใช้ไม่ได้", "“{office}” cannot name an office"),
    "not_a_folder": ("{folder} ไม่ใช่โฟลเดอร์", "{folder} is no folder"),
    "init_wrote": ("เขียน {file}", "wrote {file}"),
    "init_kept": ("มี {file} อยู่แล้ว ไม่แตะต้อง", "{file} is there already, left as it is"),
    "init_attributes": ("เพิ่มใน .gitattributes เอง: {line}", "add to .gitattributes yourself: {line}"),
    "init_next": (
        (
            "ต่อไป\n"
            "  ustm check                                    ตรวจแผน\n"
            "  ustm due                                      งานของสัปดาห์นี้\n"
            "  git init && git add . && git commit           เก็บใน git\n"
            "  git config diff.ustm.textconv 'ustm diff --textconv'   ให้ git diff แสดงวัน\n"
            "  pre-commit install                            ตรวจก่อนบันทึกทุกครั้ง\n"
            "  ustm doctor                                   ตรวจเครื่อง\n"
            "ก.ย. ปีหน้า: ustm rollover {year}"
        ),
        (
            "next\n"
            "  ustm check                                    check the plan\n"
            "  ustm due                                      this week's work\n"
            "  git init && git add . && git commit           keep it in git\n"
            "  git config diff.ustm.textconv 'ustm diff --textconv'   let git diff show dates\n"
            "  pre-commit install                            check before every commit\n"
            "  ustm doctor                                   look at the machine\n"
            "at the year's end: ustm rollover {year}"
        ),
    ),
    # doctor: what was found, and on the next line what to do
    "doctor_python_good": ("Python {version} บน {system}", "Python {version} on {system}"),
    "doctor_python_bad": (
        "Python {version} เก่าเกินไป\nติดตั้ง Python 3.11 ขึ้นไปจาก python.org",
        "Python {version} is too old\ninstall Python 3.11 or newer from python.org",
    ),
    "doctor_encoding_good": ("รหัสอักขระของจอ {encoding} แสดงไทยได้", "the screen's encoding {encoding} has Thai"),
    "doctor_encoding_bad": (
        ("รหัสอักขระของจอ {encoding} แสดงไทยไม่ได้\nตั้ง PYTHONUTF8=1 (Windows: chcp 65001 ด้วย, Linux: LANG=C.UTF-8)"),
        (
            "the screen's encoding {encoding} has no Thai\n"
            "set PYTHONUTF8=1 (on Windows also chcp 65001, on Linux LANG=C.UTF-8)"
        ),
    ),
    "doctor_terminal_good": ("จอกว้าง {width} ช่อง", "the terminal is {width} cells wide"),
    "doctor_terminal_note": (
        "จอกว้าง {width} ช่อง แคบกว่าที่ตารางอ่านสบาย\nขยายหน้าต่าง หรือใช้ --format plain",
        ("the terminal is {width} cells wide, narrow for tables\nwiden the window, or use --format plain"),
    ),
    "doctor_piped_good": ("ไม่ได้ต่อกับจอ ใช้ความกว้าง {width}", "not on a terminal; {width} cells are used"),
    "doctor_locale_good": ("ภาษาของเครื่อง {language}", "the locale is {language}"),
    "doctor_locale_note": (
        "เครื่องไม่ได้บอกภาษา (ustm พูดไทยเสมอ)\nถ้าอักษรเพี้ยน ตั้ง LANG=C.UTF-8",
        ("the machine names no locale (ustm speaks Thai whatever it is)\nwhere letters are garbled set LANG=C.UTF-8"),
    ),
    "doctor_fonts_good": ("ฟอนต์ไทย {count} แบบ: {names}", "{count} Thai font{count:|s}: {names}"),
    "doctor_fonts_bad": (
        ("ไม่พบฟอนต์ไทย เอกสาร PDF จะเป็นช่องว่าง\nติดตั้ง เช่น apt install fonts-thai-tlwg หรือ TH Sarabun New"),
        (
            "no Thai font; PDF documents would show boxes\n"
            "install one, like apt install fonts-thai-tlwg, or TH Sarabun New"
        ),
    ),
    "doctor_fonts_unknown_note": (
        "ตรวจฟอนต์ไม่ได้ (ไม่มี fc-list)\nติดตั้ง fontconfig แล้วตรวจอีกครั้ง",
        "fonts cannot be listed (no fc-list)\ninstall fontconfig and look again",
    ),
    "doctor_browser_good": ("ทำ PDF ด้วย {program}", "PDF is made by {program}"),
    "doctor_browser_note": (
        ("ไม่พบ Chromium, Chrome หรือ Edge จึงทำ PDF ไม่ได้ (md และ html ได้)\nติดตั้งตัวใดตัวหนึ่ง หรือตั้ง CHROMIUM=ทางเดินแฟ้ม"),
        ("no Chromium, Chrome or Edge: no PDF (Markdown and HTML work)\ninstall one, or set CHROMIUM=PATH"),
    ),
    "doctor_git_good": ("git {version}", "git {version}"),
    "doctor_git_bad": (
        ("git ไม่มีหรือเก่าเกินไป ({version}) จึงใช้ ustm diff กับรุ่นใน git ไม่ได้\nติดตั้ง git 2.24 ขึ้นไป"),
        ("git is missing or too old ({version}): ustm diff knows no revisions\ninstall git 2.24 or newer"),
    ),
    "doctor_textconv_good": ("git diff แสดงวันของแผน", "git diff shows the dates of plans"),
    "doctor_textconv_note": (
        (
            "git diff ยังไม่แสดงวันของแผน\n"
            "git config diff.ustm.textconv 'ustm diff --textconv' และ plans/*.yaml diff=ustm ใน .gitattributes"
        ),
        (
            "git diff does not show the dates of plans yet\n"
            "git config diff.ustm.textconv 'ustm diff --textconv', and plans/*.yaml diff=ustm in .gitattributes"
        ),
    ),
    "doctor_cron_good": (
        "ตั้งเวลาได้ด้วย {names} (ustm doctor --cron)",
        "can be scheduled by {names} (ustm doctor --cron)",
    ),
    "doctor_cron_note": (
        "ไม่พบตัวตั้งเวลา จดหมายประจำวันต้องสั่งเอง\nติดตั้ง cron หรือใช้เครื่องอื่นที่มี",
        ("nothing to schedule by: the day's letter has to be asked for\ninstall cron, or use another machine"),
    ),
    "doctor_zone_good": ("เวลาของเครื่อง {offset} ตรงกับไทย", "the machine's time is {offset}, as Thailand's"),
    "doctor_zone_note": (
        (
            "เวลาของเครื่อง {offset} ไม่ใช่เวลาไทย (ustm ใช้เวลาไทยเสมอ แต่ cron ใช้ของเครื่อง)\n"
            "ใช้บรรทัดจาก ustm doctor --cron ซึ่งแปลงเวลาให้แล้ว"
        ),
        (
            "the machine's time is {offset}, not Thailand's (ustm uses Thai time always, cron the machine's)\n"
            "use the line of ustm doctor --cron, which reckons with it"
        ),
    ),
    "doctor_coverage_good": ("มีวันหยุดปีงบประมาณ {first}-{last}", "holidays of fiscal years {first}-{last} are known"),
    "doctor_coverage_bad": (
        "มีวันหยุดถึงปีงบประมาณ {last} ไม่พอสำหรับปี {year} และปีถัดไป\nปรับรุ่น ustm",
        "holidays are known to fiscal year {last}, too few for {year} and the next\nupdate ustm",
    ),
    "doctor_reviewed_good": ("วันหยุดของปีที่ใช้ตรวจทานกับประกาศแล้ว", "the holidays in use were reviewed"),
    "doctor_reviewed_note": (
        ("วันหยุดปีงบประมาณ {years} ยังไม่ได้ตรวจทาน\nเทียบกับประกาศ แล้วเพิ่มหรือยกเลิกใน holidays: ของแผน"),
        (
            "the holidays of fiscal year {years} were not reviewed\n"
            "compare them with the official list; add or cancel days under `holidays:`"
        ),
    ),
    "doctor_plans_good": ("แผนปีงบประมาณ {years}", "plans of fiscal year {years}"),
    "doctor_plans_note": ("ไม่พบแผนจากที่นี่\nเริ่มด้วย ustm init", "no plan from here\nbegin with ustm init"),
    "doctor_plans_bad": ("แผนมีข้อผิดพลาด: {years}\nดู ustm check", "plans with faults: {years}\nsee ustm check"),
    "doctor_settings_good": ("ustm.yaml ใช้ได้", "ustm.yaml is good"),
    "doctor_settings_note": (
        "ไม่มี ustm.yaml (ใช้ส่งจดหมายประจำวัน)\nustm init เขียนตัวอย่างให้",
        "no ustm.yaml (it is for sending the day's letter)\nustm init writes an example",
    ),
    "doctor_settings_bad": ("ustm.yaml มีข้อผิดพลาด\nดู ustm check", "ustm.yaml has faults\nsee ustm check"),
    "doctor_folder": ("ชื่อโฟลเดอร์นี้ตั้งเวลาไม่ได้", "this folder's name cannot be scheduled"),
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
        "เทียบงวดเดียวกันที่ห่างกัน {years} ปี วันเดียวกันของปีไม่นับว่าเปลี่ยน งานรายสัปดาห์ รายวัน ตามหนังสือแจ้ง และเรื่องที่รับไม่แสดง",
        "periods {years} year{years:|s} apart; the same day is no change; left out: weeks, days, letters, cases",
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
    "เริ่มแผนของสำนักงาน: ถามแล้วเขียนแฟ้มที่ต้องมี ไม่เขียนทับ": "Begin an office's plan; nothing is written over.",
    "โฟลเดอร์ของสำนักงาน (ค่าปริยาย: ที่นี่)": "the office's folder (default: here)",
    "ชื่อสำนักงาน": "the office's name",
    "จังหวัด": "the province",
    "ปีงบประมาณ (ค่าปริยาย: ปีนี้)": "fiscal year (default: this one)",
    "ตรวจเครื่องและแผน: อะไรพร้อม อะไรต้องทำ": "What of the machine and the plans is ready, and what to do.",
    "พิมพ์บรรทัด crontab และ systemd timer ของจดหมายประจำวัน": (
        "print a crontab line and a systemd timer for the day's letter"
    ),
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
