"""The files of `ustm init`, whole. `<office>`, `<province>`, `<year>`, `<before>` and `<after>` are filled in."""

from __future__ import annotations

_HEAD = """\
# yaml-language-server: $schema=../ustm.schema.json
# $schema: ../ustm.schema.json
#
"""
_PLAN_TH = (
    _HEAD
    + """\
# แผนปฏิบัติงาน ปีงบประมาณ พ.ศ. <year> (1 ต.ค. <before> - 30 ก.ย. <year>)
#
#   id       รหัสงาน ตัวอังกฤษ ไม่ซ้ำกันทั้งปี และไม่เปลี่ยนเมื่อมีบันทึกแล้ว
#   when     กำหนดเวลาเป็นคำ ลองก่อนได้: ustm explain "ทุกสิ้นเดือน" --year <year>
#   review   วันที่ผู้บังคับบัญชาต้องได้รับ
#   งานที่ไม่มีกำหนด ไม่ต้องมี when
#
# ตรวจ: ustm check   ดูงาน: ustm due   จัดระเบียบ: ustm fmt   ปีหน้า: ustm rollover <after>

fiscal_year: <year>
office: <office>
province: <province>

# เหตุการณ์ที่ทราบวันภายหลัง บันทึกวันด้วย: ustm event set plan-review FY<year> <year>-08-20
events:
  plan-review: {name: การประชุมทบทวนแผน, every: year, expected: ส.ค.}

groups:
  - id: finance
    title: กลุ่มงานระบบการคลัง
    activities:
      # ตัวอย่าง แก้หรือลบได้
      - id: monthly-report
        title: รายงานประจำเดือน
        when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป
        review: ล่วงหน้า 2 วันทำการ
        send_to: [กรมบัญชีกลาง]

      - id: review-paper
        title: เอกสารประกอบการประชุมทบทวนแผน
        when: ก่อนการประชุมทบทวนแผน 2 วันทำการ

      # วันเดียวของปี: when: ภายใน 15 ม.ค. <year>
      # รอหนังสือแจ้ง: when: ตามที่กรมบัญชีกลางแจ้ง
      # ต่อเรื่อง: when: ภายใน 5 วันนับจากรับเรื่อง
"""
)
_PLAN_EN = (
    _HEAD
    + """\
# Work plan of fiscal year B.E. <year> (1 Oct <before> - 30 Sep <year>)
#
#   id       in Latin letters, once in a year, never changed when something was recorded
#   when     the time in words; try it: ustm explain "every month end" --year <year>
#   review   the day by which the superior must have it
#   work without a time has no `when`
#
# check: ustm check   what is due: ustm due   tidy: ustm fmt   next year: ustm rollover <after>

fiscal_year: <year>
office: <office>
province: <province>

# Events whose day is known later; record it: ustm event set plan-review FY<year> <year>-08-20
events:
  plan-review: {name: การประชุมทบทวนแผน, every: year, expected: ส.ค.}

groups:
  - id: finance
    title: กลุ่มงานระบบการคลัง
    activities:
      # Examples, to be changed or deleted
      - id: monthly-report
        title: รายงานประจำเดือน
        when: every month, by day 10 of the following month
        review: 2 working days ahead
        send_to: [กรมบัญชีกลาง]

      - id: review-paper
        title: เอกสารประกอบการประชุมทบทวนแผน
        when: 2 working days before plan-review

      # one day of the year: when: by 15 Jan <year>
      # when a letter comes: when: as notified by กรมบัญชีกลาง
      # a case at a time: when: within 5 days of receipt
"""
)
_SETTINGS_TH = """\
# ผู้รับและช่องทางของจดหมายประจำวัน (ustm digest) ไม่มีรหัสผ่านในแฟ้มนี้: เขียนชื่อตัวแปรแทน เช่น env:SMTP_PASSWORD
channels:
  screen: {kind: stdout}
  # email: {kind: smtp, server: mail.example.go.th, from: plan@example.go.th}

# people:
#   somchai:
#     name: สมชาย
#     owns: [กลุ่มงานระบบการคลัง]
#     to: {email: somchai@example.go.th}
"""
_SETTINGS_EN = """\
# Who gets the day's letter (ustm digest), and how. No password stands here: name a variable, like env:SMTP_PASSWORD
channels:
  screen: {kind: stdout}
  # email: {kind: smtp, server: mail.example.go.th, from: plan@example.go.th}

# people:
#   somchai:
#     name: สมชาย
#     owns: [กลุ่มงานระบบการคลัง]
#     to: {email: somchai@example.go.th}
"""
ATTRIBUTES = """\
* text=auto eol=lf
plans/*.register.jsonl merge=union
plans/*.yaml diff=ustm
"""
_HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: ustm-check
        name: ustm check
        entry: ustm check
        language: system
        files: ^plans/
        pass_filenames: false
      - id: ustm-fmt
        name: ustm fmt
        entry: ustm fmt
        language: system
        files: ^plans/.*\\.ya?ml$
        pass_filenames: false
"""
TEXTS: dict[str, tuple[str, str]] = {
    key: (th.replace("{", "{{").replace("}", "}}"), en.replace("{", "{{").replace("}", "}}"))
    for key, (th, en) in {
        "starter_plan": (_PLAN_TH, _PLAN_EN),
        "starter_settings": (_SETTINGS_TH, _SETTINGS_EN),
        "starter_attributes": (ATTRIBUTES, ATTRIBUTES),
        "starter_hooks": (_HOOKS, _HOOKS),
    }.items()
}
HELP: dict[str, str] = {}
