"""Sentences of the day's letter, of its delivery and of its schedule."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the letter
    "digest_title_own": ("งานของท่าน", "Your work"),
    "digest_title_office": ("สรุปงาน", "Work of the office:"),
    "digest_title_head": ("งานล่าช้า", "Late work:"),
    "digest_title_director": ("งานล่าช้าที่ต้องทราบ", "Late work to be known:"),
    "digest_subject": ("{said} ({day}) {office}", "{said} ({day}) {office}"),
    "digest_greeting": ("เรียน {name}", "Dear {name},"),
    "digest_covers": ("รวมวันที่ {days}", "with {days}"),
    "digest_nothing": ("ไม่มีงานค้างหรือถึงกำหนด", "Nothing is due or overdue"),
    "digest_overdue": ("เกินกำหนด", "Overdue"),
    "digest_today": ("ครบกำหนดวันนี้", "Due today"),
    "digest_review": ("ต้องเสนอผู้บังคับบัญชา ถึง {until}", "To be reviewed, to {until}"),
    "digest_week": ("ครบกำหนดถึง {until}", "Due to {until}"),
    "digest_awaiting": ("รอวันหรือหนังสือ ควรรู้แล้วภายใน {until}", "Awaiting a date, needed by {until}"),
    "digest_cases": ("เรื่องกำลังทำ", "Cases running"),
    "digest_count_outside": ("ไม่มีแผนของปีนี้ ค้าง {count}", "no plan for this year, {count} left over"),
    "digest_count_overdue": ("เกินกำหนด {count}", "{count} overdue"),
    "digest_count_today": ("วันนี้ {count}", "{count} today"),
    "digest_count_review": ("เสนอ {count}", "{count} to review"),
    "digest_count_week": ("เร็ว ๆ นี้ {count}", "{count} soon"),
    "digest_count_awaiting": ("รอวัน {count}", "{count} awaiting"),
    "digest_count_cases": ("เรื่องกำลังทำ {count}", "{count} case{count:|s}"),
    "digest_late": ("ช้า {days} วันทำการ", "{days} working day{days:|s} late"),
    "digest_fresh": ("เพิ่งเกินกำหนด", "newly overdue"),
    "digest_owners": ("ใครช้า กี่วันทำการ", "Who is late, by how many working days"),
    "digest_owner_late": (
        "{count} งาน ช้าที่สุด {days} วันทำการ",
        "{count} item{count:|s}, the oldest {days} working day{days:|s} late",
    ),
    "digest_owners_owner": ("ผู้รับผิดชอบ", "Owner"),
    "digest_owners_count": ("งาน", "Items"),
    "digest_owners_days": ("ช้าที่สุด (วันทำการ)", "Oldest (working days)"),
    "digest_day_word": ("วันที่", "DATE"),
    "digest_beside_awaiting": (
        "ยังมีที่รอวันหรือหนังสืออีก {count} รายการ ยังไม่ถึงเวลาต้องรู้ ดูได้ที่ ustm due --awaiting",
        "{count} more {count:awaits|await} a date that is not needed yet; see: ustm due --awaiting",
    ),
    "digest_missing": (
        "แผน {file} มีข้อผิดพลาด งานในแผนนั้นไม่อยู่ในฉบับนี้",
        "the plan {file} has faults; its work is missing from this letter",
    ),
    "digest_more": ("และอีก {count} รายการ ดูทั้งหมด: {command}", "and {count} more; see all: {command}"),
    "digest_left_out": (
        "ยังมีอีก {count} รายการที่ไม่ได้แสดงในฉบับนี้ ดูทั้งหมด: {command}",
        "{count} more {count:item is|items are} not shown here; see all: {command}",
    ),
    "digest_type": (
        "เสร็จแล้วพิมพ์บรรทัดใต้งานนั้น หรือแจ้งผู้ดูแลแผนให้บันทึก",
        "When it is done type the line below it, or have the keeper of the plan record it.",
    ),
    "digest_foot": (
        "จดหมายนี้ ustm ส่งจากแผนปฏิบัติงาน ตอบกลับไม่ได้",
        "Sent by ustm from the annual work plan. Replies are not read.",
    ),
    # what became of it
    "fate_sent": ("ส่งแล้ว {who}", "sent: {who}"),
    "fate_sent_unrecorded": (
        "ส่งแล้ว {who} แต่บันทึกว่าส่งไม่ได้ ({reply}) ถ้าสั่งซ้ำอาจได้รับสองฉบับ",
        "sent: {who}; but it could not be recorded ({reply}), so a second run may send it twice",
    ),
    "fate_already": ("ส่งไปแล้ววันนี้ ไม่ส่งซ้ำ {who}", "already sent today, not sent again: {who}"),
    "fate_nothing": ("ไม่มีอะไรต้องบอก {who}", "nothing to say to {who}"),
    "fate_failed": ("ส่งไม่ได้ {who}: {why}", "not sent: {who}: {why}"),
    "fate_unsure": (
        "ไม่แน่ว่าถึงหรือไม่ {who}: {why} ไม่ส่งซ้ำในรอบนี้",
        "may or may not have arrived: {who}: {why}; not tried again in this run",
    ),
    "fate_would": ("จะส่ง {who}", "would send: {who}"),
    "fate_broken_off": (
        "รอบก่อนขาดตอนขณะส่งถึง {who} จึงส่งอีก อาจได้รับสองฉบับ",
        "an earlier run broke off while sending to {who}; sending again, it may come twice",
    ),
    "post_no_variable": ("ไม่มีตัวแปร {reply} ในสภาพแวดล้อม", "the environment has no {reply}"),
    "post_no_secret": (
        "อ่านแฟ้มรหัสลับ {reply} ไม่ได้หรือว่างเปล่า",
        "the secret's file {reply} is missing, unreadable or empty",
    ),
    "post_open_secret": (
        "แฟ้มรหัสลับ {reply} คนอื่นอ่านได้ (ใช้ chmod 600 {reply})",
        "others may read the secret's file {reply} (chmod 600 {reply})",
    ),
    "post_login": ("เซิร์ฟเวอร์ไม่รับชื่อผู้ใช้หรือรหัส ({reply})", "the server refused the login ({reply})"),
    "post_refused": ("เซิร์ฟเวอร์ไม่รับ ({reply})", "the server refused it ({reply})"),
    "post_unsupported": ("เซิร์ฟเวอร์ไม่มีสิ่งที่ตั้งค่าไว้ ({reply})", "the server lacks what the settings ask for ({reply})"),
    "post_hung_up": ("เซิร์ฟเวอร์ตัดสายกลางคัน ({reply})", "the server hung up ({reply})"),
    "post_certificate": ("ใบรับรองของเซิร์ฟเวอร์ใช้ไม่ได้ ({reply})", "the server's certificate is not valid ({reply})"),
    "post_slow": ("เซิร์ฟเวอร์ไม่ตอบใน {reply} วินาที", "the server did not answer within {reply} s"),
    "post_unreachable": ("ติดต่อเซิร์ฟเวอร์ไม่ได้ ({reply})", "the server cannot be reached ({reply})"),
    "post_no_answer": ("เซิร์ฟเวอร์ไม่ตอบตามแบบ HTTP", "the server's answer is not HTTP"),
    "post_chat_unreachable": ("ติดต่อบริการแชตไม่ได้", "the chat service cannot be reached"),
    "post_chat_unsure": ("บริการแชตรับคำขอแล้วไม่ตอบ", "the chat service took the request and did not answer"),
    "post_quota": ("โควตาข้อความของเดือนนี้หมด ({reply})", "this month's quota of messages is used up ({reply})"),
    "post_no_apprise": (
        'ยังไม่ได้ติดตั้งส่วนแชต (pip install "ustm[chat]")',
        'the chat extra is not installed (pip install "ustm[chat]")',
    ),
    "post_bad_url": ("URL ในรหัสลับใช้ไม่ได้", "the URL in the secret cannot be used"),
    "post_cannot_write": ("เขียนแฟ้มไม่ได้ ({reply})", "cannot write ({reply})"),
    "post_no_folder": ("{reply} ไม่ใช่โฟลเดอร์", "{reply} is no folder"),
    "post_outside": (
        "{reply} อยู่นอกโฟลเดอร์ของสำนักงาน หรือในโฟลเดอร์ซ่อน",
        "{reply} is outside the office's folder, or in a hidden one",
    ),
    "post_taken": (
        "มี {reply} อยู่แล้ว และไม่ใช่จดหมายตามที่สมุดส่งบันทึกไว้ จึงไม่เขียนทับ ย้ายหรือลบแฟ้มนั้นก่อน",
        "{reply} is there already and is no letter as the ledger knows it, so it is kept; move or delete it first",
    ),
    "post_no_ca": ("อ่านใบรับรอง {reply} (ca:) ไม่ได้", "the certificates of {reply} (ca:) cannot be read"),
    "post_bug": ("ustm ทำงานผิดพลาดเอง ({reply}) โปรดแจ้งผู้ดูแล", "ustm itself failed ({reply}); please report it"),
    "post_ledger": ("บันทึกสมุดส่งไม่ได้ จึงไม่ส่ง ({reply})", "the ledger cannot be written, so nothing was sent ({reply})"),
    "post_unrecorded": ("บันทึกว่าส่งไม่ได้ ({reply})", "could not be recorded ({reply})"),
    "post_clock": ("นาฬิกาย้อนหลัง", "the clock stands back"),
    "post_ping": ("แจ้ง ping ไม่ได้ ({reply})", "the ping failed ({reply})"),
    # the command
    "digest_off": (
        "{day} ไม่ใช่วันทำการ ไม่ส่ง (ส่งเลย: --any-day)",
        "{day} is no working day, nothing is sent (send: --any-day)",
    ),
    "digest_none_sent": ("ส่งไม่ได้เลยสักฉบับ ({count})", "nothing could be delivered ({count})"),
    "digest_no_settings": (
        "ไม่มี {file} จึงไม่รู้ว่าส่งให้ใคร (ดู docs/digest.md)",
        "there is no {file} that says whom to send to (see docs/digest.md)",
    ),
    "digest_bad_settings": ("ตั้งค่าใน {file} มีข้อผิดพลาด แก้ก่อนด้วย ustm check", "{file} has faults; see ustm check"),
    "cannot_write_ledger": (
        "เขียนสมุดส่ง .ustm/ ไม่ได้: {problem} จึงไม่ส่ง",
        "cannot write the ledger .ustm/: {problem}; nothing was sent",
    ),
    "digest_busy": ("มีรอบส่งอื่นกำลังทำงานอยู่", "another run is sending"),
    "digest_nobody": ("ไม่มีผู้รับทาง {channel}{who}", "nobody is to be written to by {channel}{who}"),
    "digest_no_channel": ("ไม่มีช่องทาง “{value}” ใช้ได้: {known}", "no channel “{value}”; there are: {known}"),
    "digest_folders": (
        "แผนอยู่หลายโฟลเดอร์ ส่งทีละสำนักงาน",
        "the plans lie in several folders; send for one office at a time",
    ),
    "digest_torn": (
        "สมุดส่งมี {count} บรรทัดที่ขาด ข้ามไป",
        "{count} torn line{count:|s} of the ledger {count:was|were} passed over",
    ),
    "digest_no_ics": ("แนบปฏิทินไม่ได้: {reply}", "no calendar could be attached: {reply}"),
    # doctor
    "doctor_letters_server_good": (
        "ช่องทาง {channel}: เซิร์ฟเวอร์ {server}:{port} ตอบ",
        "channel {channel}: the server {server}:{port} answers",
    ),
    "doctor_letters_server_bad": (
        "ช่องทาง {channel}: เซิร์ฟเวอร์ {server}:{port} {why}\nดู server, port และ security ใน ustm.yaml หรือถามผู้ดูแลเครือข่าย",
        (
            "channel {channel}: the server {server}:{port}: {why}\n"
            "see server, port and security in ustm.yaml, or ask who keeps the network"
        ),
    ),
    "doctor_letters_secret_good": ("ช่องทาง {channel}: มีรหัสลับ", "channel {channel}: its secret is there"),
    "doctor_letters_secret_bad": (
        "ช่องทาง {channel}: {why}\nตั้งตามข้อ 4 ของ docs/digest.md",
        "channel {channel}: {why}\nset it as section 4 of docs/digest.md says",
    ),
    "doctor_letters_clock_good": ("นาฬิกาไม่ย้อนหลังจดหมายฉบับก่อน", "the clock is not behind the last letter"),
    "doctor_letters_clock_bad": (
        "นาฬิกาอยู่ก่อนจดหมายฉบับล่าสุดของ {last}\nตรวจเวลาเครื่อง: timedatectl",
        "the clock stands before the last letter, of {last}\ncheck the machine's time: timedatectl",
    ),
}

HELP: dict[str, str] = {
    "จดหมายของวัน: เกินกำหนด วันนี้ สัปดาห์นี้ ที่ต้องเสนอ และที่รอวัน": "The day's letter: overdue, due, to be reviewed, awaiting.",
    "เฉพาะผู้รับผิดชอบ กลุ่ม หรือบุคคลใน ustm.yaml": "only this owner, group, or person of ustm.yaml",
    "ส่งทางช่องทางใน ustm.yaml (ซ้ำได้) แทนการพิมพ์": "send by this channel of ustm.yaml (repeatable) instead of printing",
    "ไม่ส่งฉบับที่ว่าง และไม่พิมพ์ในวันหยุด": "no empty letters, and none on a day off",
    "พิมพ์ทุกไบต์ที่จะส่ง โดยไม่ส่งและไม่บันทึก": "print every byte that would be sent; send and record nothing",
    "ส่งแม้วันนี้ไม่ใช่วันทำการ": "send although today is no working day",
    "ส่งอีกแม้วันนี้ส่งไปแล้ว": "send although it was sent today",
    "รูปแบบที่พิมพ์: text md html": "what to print: text md html",
}
