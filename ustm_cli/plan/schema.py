"""The plan file as a JSON Schema (draft 2020-12), for editors.

Keys, choices and bounds are read from the models and the kinds of rules. What those decide in code is said again here
as patterns and conditions, and tests compare the two: the schema never refuses what the loader takes. What a schema
cannot know is left to `ustm check`: whether a phrase is understood, an event exists, a span runs forwards.

Alternatives are keywords of one type side by side (`pattern` for text, `items` for lists), or if/then; never anyOf or
oneOf, whose errors tell nothing. `errorMessage` is what editors show; validators pass it over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, fields
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from annotated_types import MinLen
from pydantic import AliasChoices

from ustm_cli.dates.era import FIRST_BE_YEAR, LAST_BE_YEAR, THAI_MONTHS, THAI_SHORT_MONTHS, to_thai
from ustm_cli.dates.holidays import provinces
from ustm_cli.deadlines import REVIEW_RULES, RULES
from ustm_cli.deadlines.after_period_end import AfterPeriodEnd
from ustm_cli.deadlines.base import BeDate, Rule
from ustm_cli.deadlines.months import MONTH_NAMES
from ustm_cli.deadlines.on_receipt import CLOCK
from ustm_cli.deadlines.phrase import LONGEST_PHRASE
from ustm_cli.deadlines.rrule import LONGEST as LONGEST_RRULE
from ustm_cli.deadlines.vocabulary import RESERVED_WORDS
from ustm_cli.plan import model
from ustm_cli.plan.findings import ACCEPTABLE, CATALOGUE

Schema = dict[str, Any]

PHRASES = (
    "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "ทุกสิ้นเดือน",
    "ทุกเดือน วันทำการสุดท้าย",
    "ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส",
    "ภายใน 50 วันนับแต่สิ้นปีงบประมาณ",
    "อย่างน้อยไตรมาสละ 1 ครั้ง",
    "ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.",
    "ทุกสัปดาห์ วันทำการแรก",
    "6 ต.ค. 2563",
    "พ.ย.-ธ.ค. 2563",
    "ภายใน 30 ม.ค. 2564",
    "ภายใน 5 วันนับจากรับเรื่อง",
    "ตามที่กรมบัญชีกลางแจ้ง",
    "ต่อเนื่อง",
)
REVIEW_PHRASES = ("ล่วงหน้า 3 วัน", "ล่วงหน้า 2 วันทำการ", "ทุกเดือน ภายในวันที่ 8 ของเดือนถัดไป")

# `Model.key` or `rule.field` where one word means two things, else the key alone.
DESCRIPTIONS = {
    "about": "เดือนที่คาดว่าจะได้รับแจ้ง เช่น 2563-12",
    "accepts": "ข้อสังเกตที่รับทราบแล้ว: รหัสคำเตือนและเหตุผล",
    "activities": "กิจกรรม",
    "announced": "วันที่ประกาศ ก่อนวันนั้นยังไม่มีใครรู้วันหยุดนี้",
    "arrows": "เดือนที่ลูกศรในเอกสารชี้",
    "as_notified.by": "ผู้แจ้งกำหนด เช่น กรมบัญชีกลาง",
    "at": "ตำแหน่งในเอกสารของสำนักงาน เช่น แผ่นที่ 1 ข้อ 2",
    "basis": "กฎหมายหรือหนังสือที่ให้เลื่อนวันกำหนดตาม roll",
    "clear": "true: ไม่น้อยกว่า คือมีวันเต็มคั่นอยู่ครบจำนวน",
    "confirm": "คำเดิมของวันที่ rollover ย้ายมา ตรวจวันแล้วลบบรรทัดนี้",
    "context": "บริบทการดำเนินงาน",
    "count": "จำนวน",
    "Target.count": "จำนวนเป้าหมาย",
    "date": "วันที่ปี พ.ศ. เช่น 2563-10-06",
    "day": "วันที่ของเดือน 1-31 (เดือนที่ไม่มีวันนั้นใช้วันสิ้นเดือน)",
    "deadline": "วันกำหนดใหม่ของงวดนี้ ถือเป็นที่สุด ไม่เลื่อนตามวันหยุด",
    "duty": "หน้าที่ของใคร: office สำนักงาน, person ผู้อื่นที่ต้องส่งให้สำนักงาน (เลื่อนเป็นวันทำการถัดไป)",
    "end": "วันสุดท้ายของช่วง",
    "event": "รหัสหรือชื่อเหตุการณ์ใน events",
    "events": "เหตุการณ์ที่กำหนดเวลาอ้างถึง วันจริงทราบภายหลัง",
    "every": "งวดที่รายงาน",
    "PlanEvent.every": "เกิดทุกเดือน ทุกไตรมาส ทุกปีงบประมาณ หรือครั้งเดียว",
    "expected": "วันหรือเดือนที่คาด เช่น พ.ค. 2564, พ.ค. หรือ 25 (วันที่ 25 ของทุกเดือน)",
    "fiscal_year": "ปีงบประมาณ พ.ศ. เช่น 2564 (1 ต.ค. 2563 - 30 ก.ย. 2564)",
    "follow_up": "การตรวจติดตาม",
    "from": "เริ่มใช้ตั้งแต่วัน เดือน หรือไตรมาสนี้ (นับด้วย)",
    "groups": "กลุ่มงาน",
    "holidays": "วันหยุดที่สำนักงานเพิ่มหรือยกเลิก นอกจากตารางวันหยุดราชการ",
    "id": "รหัสสั้น ภาษาอังกฤษ ไม่ซ้ำในปีงบประมาณ เช่น ktb-reconcile",
    "include": "แฟ้มเหตุการณ์หรือวันหยุดที่ใช้ร่วมกัน ในโฟลเดอร์เดียวกับแผน",
    "items": "ข้อย่อย",
    "key": "ชื่อสั้นของกำหนดนี้ เมื่อมีหลายกำหนดในงวดเดียวกัน",
    "laws": "กฎหมายและหนังสือเวียนที่อ้าง",
    "letter": "เลขที่หนังสือ",
    "missions": "ภารกิจ",
    "month": "เดือนใดของงวด: same เดือนเดียวกัน, following ถัดจากงวด, first แรก, second ที่สอง, last สุดท้าย",
    "months": "เลขเดือน 1-12 เช่น [12, 4]",
    "name": "ชื่อ (แทน title)",
    "PlanEvent.name": "ชื่อเหตุการณ์ ตามที่เขียนในกำหนดเวลา",
    "PlanHoliday.name": "ชื่อวันหยุด",
    "note": "หมายเหตุ",
    "nth": "ครั้งที่ 1-4 ของเดือน หรือ -1 คือครั้งสุดท้าย",
    "number": "ลำดับที่ในเอกสาร",
    "office": "ชื่อสำนักงาน",
    "office_hours": "true: นับเฉพาะเวลาราชการ 08.30-16.30 น. ของวันทำการ",
    "on": "วันของสัปดาห์ หรือวันทำการแรก/สุดท้ายของสัปดาห์",
    "on_date.by": "true: ภายในวันนั้น, false: วันนั้น",
    "Override.cancel": "true: งวดนี้ไม่ต้องทำ (ต้องมี reason)",
    "overrides": "ข้อยกเว้นรายงวด เช่น 2563-10: {deadline: 2563-11-12, reason: …, letter: …}",
    "owner": "ผู้รับผิดชอบ (ค่าปริยาย: กลุ่มงาน)",
    "PlanHoliday.cancel": "true: ยกเลิกวันหยุดนี้ ทำงานตามปกติ",
    "printed": "คำที่พิมพ์ในเอกสาร",
    "province": "จังหวัดที่ตั้งสำนักงาน ใช้หาวันหยุดประจำภาคและจังหวัด",
    "quarter": "ไตรมาสของปีงบประมาณ 1-4 (1 = ต.ค.-ธ.ค.)",
    "read": "คำที่อ่าน เมื่อต่างจากที่พิมพ์",
    "reason": "เหตุผล",
    "review": "วันที่ผู้บังคับบัญชาต้องได้รับ: วลี เช่น ล่วงหน้า 3 วัน หรือกฎ",
    "roll": "เมื่อวันกำหนดเป็นวันหยุด: unadjusted ไม่เลื่อน, preceding วันทำการก่อน, following วันทำการถัดไป",
    "rrule": "กฎ RRULE ของ RFC 5545 เช่น FREQ=MONTHLY;BYDAY=1MO",
    "rule": "ชนิดของกฎกำหนดเวลา",
    "send_to": "ส่งถึง",
    "side": "before ก่อนเหตุการณ์, after หลังเหตุการณ์",
    "source": "ที่มาในเอกสารของสำนักงาน",
    "start": "วันแรกของช่วง",
    "rrule.start": "วันที่เริ่มนับ (ต้องมีเมื่อใช้ INTERVAL หรือ COUNT)",
    "steps": "ขั้นตอนตามลำดับ",
    "strategy": "รหัสกลยุทธ์ เช่น ES, SI",
    "systems": "ระบบงานที่ใช้ เช่น GFMS",
    "target": "เป้าหมาย เช่น 239 หรือ {count: 239, unit: แห่ง}",
    "text": "ข้อความ",
    "times": "จำนวนครั้งในงวด",
    "title": "ชื่อ",
    "Activity.title": "ชื่องาน",
    "topics": "หัวข้อ",
    "unit": "หน่วยนับ: day วัน, workday วันทำการ, month เดือน",
    "on_receipt.unit": "หน่วยนับ: day วัน, workday วันทำการ, month เดือน, hour ชั่วโมง, minute นาที",
    "Target.unit": "หน่วยนับ เช่น แห่ง",
    "until": "ใช้ถึงวัน เดือน หรือไตรมาสนี้ (นับด้วย)",
    "weekday": "วันของสัปดาห์",
    "weeks": "สัปดาห์ที่ 1-4 ของเดือน เช่น [2, 4]",
    "when": "กำหนดเวลา: วลี กฎ หรือรายการของทั้งสอง (ไม่มีเวลา ไม่ต้องใส่)",
    "Keyed.when": "กำหนดเวลา: วลีหรือกฎ",
    "why": "เหตุผลที่อ่านเช่นนั้น",
    "work_plans": "แผนการปฏิบัติงาน",
    "working": "true: วันทำการแรกหรือสุดท้ายของงวด",
}
KINDS = {
    "on_date": "วันเดียวของปี: 6 ต.ค. 2563 · ภายใน 30 ม.ค. 2564",
    "date_range": "ช่วงวัน: 2-4 พ.ย. 2563 · พ.ย.-ธ.ค. 2563 · ภายในไตรมาส 1",
    "day_of_month": "วันที่ของเดือน: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "period_end": "สิ้นงวด: ทุกสิ้นเดือน · ทุกเดือน วันทำการสุดท้าย",
    "period_start": "ต้นงวด: ทุกต้นเดือน · ทุกเดือน วันทำการแรก",
    "after_period_end": "นับจากสิ้นงวด: ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส",
    "month_of_period": "เดือนหนึ่งของงวด: ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส",
    "weekly": "วันของทุกสัปดาห์: ทุกวันจันทร์ · ทุกสัปดาห์ วันทำการแรก",
    "nth_weekday": "วันของเดือน: ทุกวันศุกร์ที่ 2 ของเดือน",
    "week_of_month": "สัปดาห์ของเดือน: เดือนละ 2 ครั้ง สัปดาห์ที่ 2 และ สัปดาห์ที่ 4",
    "at_least": "อย่างน้อยในงวด: อย่างน้อยไตรมาสละ 1 ครั้ง",
    "in_months": "เดือนของปี: ปีละ 2 ครั้ง ในเดือน ธ.ค. และ เม.ย.",
    "period": "เวลาใดก็ได้ในงวด: ทุกเดือน · ทุกวันทำการ",
    "on_receipt": "นับจากรับเรื่อง: ภายใน 5 วันนับจากรับเรื่อง",
    "relative_to_event": "นับจากเหตุการณ์: ก่อนการประชุม 3 วัน",
    "in_month_of_event": "วันที่ของเดือนที่มีเหตุการณ์: ภายในวันที่ 10 ของเดือนที่ประชุม",
    "as_notified": "ตามที่ได้รับแจ้ง: ตามที่กรมบัญชีกลางแจ้ง",
    "ongoing": "ต่อเนื่องทั้งปี",
    "rrule": "กฎอื่นตาม RFC 5545",
    "lead": "ล่วงหน้าก่อนวันกำหนด (เฉพาะ review): ล่วงหน้า 3 วัน",
}


def plan_schema() -> Schema:
    """The schema of a plan file; `$defs/Shared` is that of a file of shared events and holidays."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "แผนปฏิบัติงานประจำปีงบประมาณ (ustm)",
        "description": "ตรวจทั้งหมด รวมทั้งวลีกำหนดเวลา ด้วย ustm check",
        **_of_model(model.PlanFile),
        "$defs": {
            "phrase": _phrase(),
            "date": _date(),
            "written_date": _written_date(),
            "bound": _bound(),
            "texts": _texts(),
            "context": _context(),
            "sources": _sources(),
            "accepts": _accepts(),
            "timing": _timing(),
            "rule": _rule(RULES),
            "review_rule": _rule(REVIEW_RULES),
            "kinds": {"allOf": [_when_kind(kind) for kind in REVIEW_RULES]},
            **{f"rule_{kind.rule}": _of_kind(kind) for kind in REVIEW_RULES},
            **{each.__name__: _of_model(each) for each in MODELS},
        },
    }


# ---- scalars: the loader reads every one as text, so a YAML number may stand where text is wanted

TEXT = ["string", "number", "boolean"]


def either(pattern: str) -> str:
    """The pattern with every Arabic digit taken in Thai too."""

    def both(found: re.Match[str]) -> str:
        piece = found[0].strip("[]")
        return found[0] if piece.startswith("{") else f"[{piece}{to_thai(piece)}]"

    return re.sub(r"\{[\d,]+\}|\[[\d-]+\]|\d", both, pattern)


def between(low: int, high: int) -> str:
    """A pattern of the numbers low..high (0 or more), without leading zeros."""
    pieces: list[str] = []
    while low <= high:
        last = min(high, 10 ** len(str(low)) - 1)
        pieces.append(_same_length(str(low), str(last)))
        low = last + 1
    return "|".join(pieces)


def _same_length(low: str, high: str) -> str:
    rest = len(low) - 1
    if set(low[1:]) <= {"0"} and set(high[1:]) <= {"9"}:
        first = low[0] if low[0] == high[0] else f"[{low[0]}-{high[0]}]"
        return first + ("" if rest == 0 else "[0-9]" if rest == 1 else f"[0-9]{{{rest}}}")
    if low[0] == high[0]:
        return f"{low[0]}(?:{_same_length(low[1:], high[1:])})"
    pieces = [_same_length(low, low[0] + "9" * rest)]
    if int(low[0]) + 1 <= int(high[0]) - 1:
        pieces.append(_same_length(f"{int(low[0]) + 1}{'0' * rest}", f"{int(high[0]) - 1}{'9' * rest}"))
    return "|".join([*pieces, _same_length(high[0] + "0" * rest, high)])


def _line(pattern: str) -> str:
    """A pattern of the whole text, digits of either kind, blanks around it."""
    return rf"^\s*(?:{either(pattern)})\s*$"


def _refused(pattern: str, message: str) -> Schema:
    return {"not": {"type": "string", "pattern": pattern}, "errorMessage": message}


def _never(message: str) -> Schema:
    # `false` would do, but some validators then tell the place of the mapping.
    return {"not": {}, "errorMessage": message}


def whole(low: int, high: int) -> Schema:
    """A whole number, or text that reads as one."""
    pattern = _line(rf"0*(?:{between(low, high)})")
    return {"type": ["integer", "string"], "minimum": low, "maximum": high, "pattern": pattern}


def _positive() -> Schema:
    return {"type": ["integer", "string"], "minimum": 1, "pattern": _line("0*[1-9][0-9]*")}


def _any_case(word: str) -> str:
    return "".join(f"[{char.upper()}{char}]" if char.upper() != char else char for char in word)


TRUE, FALSE = ("true", "t", "yes", "y", "on", "1"), ("false", "f", "no", "n", "off", "0")


def _words(words: Iterable[str]) -> str:
    return f"^(?:{'|'.join(map(_any_case, words))})$"


BOOL: Schema = {
    "type": ["boolean", "integer", "string"],
    "minimum": 0,
    "maximum": 1,
    "pattern": _words(TRUE + FALSE),
    "errorMessage": "ต้องเป็น true หรือ false",
}
IS_TRUE: Schema = {"not": {"enum": [False, 0]}, "pattern": _words(TRUE)}
IS_GIVEN: Schema = {"not": {"type": "null"}}
ABSENT: Schema = {"type": "null", "errorMessage": "ใช้พร้อมกับคีย์อื่นของกฎนี้ไม่ได้"}

ID = r"[A-Za-z0-9][A-Za-z0-9_\-]{0,63}"
BE_YEAR = between(FIRST_BE_YEAR, LAST_BE_YEAR)
GREGORIAN = "(?:19|2[01])[0-9]{2}"
IS_GREGORIAN = "เป็นปี ค.ศ. ให้เขียนปี พ.ศ. (ค.ศ. + 543)"
# Two-digit years as `fiscal_year: 64`; only four digits are what the plan should say.
YEAR: Schema = {
    "type": ["integer", "string"],
    "minimum": 10,
    "maximum": LAST_BE_YEAR,
    "pattern": _line(rf"0*(?:[1-9][0-9]|{BE_YEAR})"),
    "if": {"type": "integer", "minimum": 100},
    "then": {"minimum": FIRST_BE_YEAR},
    "errorMessage": f"ต้องเป็นปี พ.ศ. {FIRST_BE_YEAR}-{LAST_BE_YEAR} เช่น 2564",
}


def _id() -> Schema:
    message = "ใช้ตัวอังกฤษ ตัวเลข และ - เช่น ktb-reconcile"
    # A number or `yes` is an id too, once it is read as text.
    types = ["string", "integer", "boolean"]
    return {"type": types, "minimum": 0, "pattern": rf"^\s*{ID}\s*$", "errorMessage": message}


def _province() -> Schema:
    names = "|".join(provinces()).replace("ำ", "(?:ำ|ํา)")
    return {
        "type": "string",
        "pattern": rf"^\s*(?:จังหวัด)?\s*(?:{names})\s*$",
        "examples": [name for name, row in provinces().items() if name == row.th],
        "errorMessage": "ไม่ใช่ชื่อจังหวัดใดใน 77 จังหวัด",
    }


# ---- days


def _gap(letters: str) -> str:
    return r"\s*\.?\s*".join(letters)


_SHORT_MONTHS = (rf"{_gap(name.replace('.', '')[:-1])}\s*\.?\s*{name[-2]}\.?" for name in THAI_SHORT_MONTHS)
MONTH = rf"(?:{'|'.join((*THAI_MONTHS, *_SHORT_MONTHS))}|[A-Za-z]{{3,9}}\.?)"
ERA = r"\s*,?\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*"
ISO = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
IN_WORDS = rf"(?:วันที่\s*)?0*(?:{between(1, 31)})\s*{MONTH}{ERA}(?:[0-9]{{4}}|[0-9]{{2}})"
ONE_MONTH = rf"{MONTH}{ERA}(?:[0-9]{{4}}|[0-9]{{2}})"
PERIOD = r"FY[0-9]{4}|[0-9]{4}-(?:Q[1-4]|W[0-9]{2}|[0-9]{1,2})"
QUARTER = rf"(?:ไตรมาส(?:ที่)?|{_any_case('quarter')}|[Qq])\s*[1-4]"
NUMBERED_DAY = rf"(?:วันที่\s*|{_any_case('day')}\s*)?[0-9]{{1,2}}"


def _date() -> Schema:
    """Of `2563-10-06`: every day that was, and no other; of a word's date only its year."""
    leap = "(?!2643|2743)[0-9]{2}(?:[02468][37]|[13579][159])"
    other = "|".join((_same_length("0000", "1899"), between(2200, FIRST_BE_YEAR - 1), between(LAST_BE_YEAR + 1, 9999)))
    return {
        "allOf": [
            _refused(rf"^\s*{either(GREGORIAN)}-|[^0-9๐-๙]{either(GREGORIAN)}\s*$", IS_GREGORIAN),
            _refused(rf"^\s*(?:{either(other)})-", f"ปีต้องอยู่ใน พ.ศ. {FIRST_BE_YEAR}-{LAST_BE_YEAR}"),
            _refused(_line("[0-9]{4}-(?:00?|1[3-9]|[2-9][0-9])-[0-9]{1,2}"), "ไม่มีเดือนนี้"),
            _refused(_line("[0-9]{4}-[0-9]{1,2}-(?:00?|3[2-9]|[4-9][0-9])"), "ไม่มีเดือนใดมีวันที่นี้"),
            _refused(_line("[0-9]{4}-(?:(?:0?[469]|11)-31|0?2-3[01])"), "เดือนนี้ไม่มีวันที่นี้"),
            _refused(_line(rf"(?!{leap})[0-9]{{4}}-0?2-29"), "กุมภาพันธ์ปีนี้ไม่มีวันที่ 29"),
        ]
    }


def _written_date() -> Schema:
    """A day as people write it; `2563-10-06` as strictly as in a rule."""
    return {
        "pattern": _line(f"{ISO}|{IN_WORDS}"),
        "allOf": [{"$ref": "#/$defs/date"}],
        "examples": ["2563-10-06", "6 ต.ค. 2563"],
        "errorMessage": "ต้องเป็นวันที่ปี พ.ศ. เช่น 2563-10-06 หรือ 6 ต.ค. 2563",
    }


def _rule_date() -> Schema:
    message = "ต้องเป็น ปี-เดือน-วัน พ.ศ. เช่น 2563-10-06"
    return {"type": "string", "pattern": _line(ISO), "allOf": [{"$ref": "#/$defs/date"}], "errorMessage": message}


def _bound(*more: str) -> Schema:
    """A day, or a month or quarter."""
    return {
        "pattern": _line("|".join((PERIOD, ISO, IN_WORDS, ONE_MONTH, *more))),
        "allOf": [{"$ref": "#/$defs/date"}, _refused(rf"^\s*FY{either(GREGORIAN)}", IS_GREGORIAN)],
        "examples": ["2563-10-06", "2563-10", "ต.ค. 2563", "2564-Q1"],
        "errorMessage": "ต้องเป็นวัน เดือน หรือไตรมาส เช่น 2563-10-06, ต.ค. 2563, 2564-Q1",
    }


# ---- time


def _phrase() -> Schema:
    """What of a phrase can be told without understanding it."""
    start = r"^\s*(?:ภายใน\s*|[Bb][Yy]\s+)?"
    day = r"(?:(?:วันที่\s*)?(?:[0-9]{1,2}\s*[-–—]\s*)?[0-9]{1,2}\s*)?"
    gregorian = rf"{start}(?:{either(GREGORIAN)}-|{either(day)}{MONTH}{ERA}{either(GREGORIAN)}\s*$)"
    return {"pattern": r"\S", "maxLength": LONGEST_PHRASE, "allOf": [_refused(gregorian, IS_GREGORIAN)]}


def _phrase_or(rule: Schema, examples: Iterable[str]) -> Schema:
    return {
        "type": ["string", "object"],
        "allOf": [{"$ref": "#/$defs/phrase"}],
        "if": {"type": "object"},
        "then": rule,
        "examples": list(examples),
    }


def _without_key(ref: str) -> Schema:
    """A rule where it is the only one."""
    return {"allOf": [{"$ref": ref}], "properties": {"key": _never("กฎเดียวไม่ต้องมี key")}}


def _timing() -> Schema:
    keyed_or_rule = {"if": {"required": ["when"]}, "then": {"$ref": "#/$defs/Keyed"}, "else": {"$ref": "#/$defs/rule"}}
    return _phrase_or(keyed_or_rule, PHRASES)


def _timings() -> Schema:
    return {
        "type": ["string", "array", "object"],
        "items": {"$ref": "#/$defs/timing"},
        "minItems": 1,
        "if": {"type": ["string", "object"]},
        "then": {"$ref": "#/$defs/timing"},
    }


def _rule(kinds: Iterable[type[Rule]]) -> Schema:
    names = [kind.rule for kind in kinds]
    told = {"enum": names, "enumDescriptions": [KINDS[name] for name in names]}
    return {
        "type": "object",
        "required": ["rule"],
        "properties": {"rule": {"description": DESCRIPTIONS["rule"], **told}},
        "allOf": [{"$ref": "#/$defs/kinds"}],
    }


def _when_kind(kind: type[Rule]) -> Schema:
    return _if("rule", {"const": kind.rule}, {"$ref": f"#/$defs/rule_{kind.rule}"})


def _if(key: str, condition: Schema, then: Schema) -> Schema:
    return {"if": {"required": [key], "properties": {key: condition}}, "then": then}


# The numbers whose bounds a kind has in code: those of a list's items, or with a gap.
NTH = r"(?:0*[1-4]|-0*1)"
NUMBERS: Mapping[str, Schema] = {
    "nth_weekday.nth": {**whole(1, 4), "minimum": -1, "not": {"enum": [0]}, "pattern": _line(NTH)},
    "week_of_month.weeks": whole(1, 4),
    "in_months.months": whole(1, 12),
}


def _of_kind(kind: type[Rule]) -> Schema:
    # `Form` is imported for type checkers only.
    hints = get_type_hints(kind, localns={"Form": object}, include_extras=True)
    own = fields(kind)  # type: ignore[arg-type]
    properties: dict[str, Schema] = {"rule": {"const": kind.rule}}
    for field in own:
        schema = _of_field(kind, field.name, hints[field.name])
        properties[field.name] = {**schema, **({} if field.default in (MISSING, None) else {"default": field.default})}
    required = [field.name for field in own if field.default is MISSING]
    found = _object(kind.rule, {**properties, "key": _nullable(_id())}, required)
    conditions = _conditions(kind)
    return {"description": KINDS[kind.rule], **found, **({"allOf": conditions} if conditions else {})}


def _of_field(kind: type[Rule], name: str, hint: Any) -> Schema:
    inner, optional = _without_none(hint)
    own = f"{kind.rule}.{name}"
    schema: Schema
    if name == "by" and inner is str:
        schema = _notifier()
    elif name == "about":
        pattern = either(f"^(?:{BE_YEAR})-(?:0[1-9]|1[0-2])$")
        schema = {"type": "string", "pattern": pattern, "errorMessage": "ต้องเป็นเดือนปี พ.ศ. เช่น 2563-12"}
    elif name == "rrule":
        schema = _rrule()
    elif inner == BeDate:
        schema = _rule_date()
    elif inner is bool:
        schema = dict(BOOL)
    elif inner is int:
        schema = NUMBERS.get(own) or whole(*kind.LIMITS[name][:2])
    elif inner == tuple[int, ...]:
        schema = {"type": "array", "items": NUMBERS[own], "minItems": 1, "uniqueItems": True}
    elif inner is str:
        schema = {"type": TEXT}
    elif get_origin(inner) is Literal:
        schema = {"enum": list(get_args(inner))}
    else:
        raise TypeError(own)
    return _nullable(schema) if optional else schema


def _conditions(kind: type[Rule]) -> list[Schema]:
    """What the fields of a kind ask of each other, as its `__post_init__` does."""
    if kind.rule in ("day_of_month", "month_of_period"):
        return [_months_of(kind, every, names) for every, names in MONTH_NAMES.items()]
    if kind.rule in ("period_end", "period_start"):
        return [_if("working", IS_TRUE, {"properties": {"every": {"not": {"const": "week"}, "errorMessage": WEEK}}})]
    if kind.rule == "date_range":
        days = {"required": ["start", "end"], "properties": {"start": {"type": "string"}, "end": {"type": "string"}}}
        return [{**_if("quarter", IS_GIVEN, {"properties": {"start": ABSENT, "end": ABSENT}}), "else": days}]
    if kind.rule == "relative_to_event":
        return [_if("clear", IS_TRUE, {"properties": {"side": {"const": "before"}}})]
    if kind.rule == "on_receipt":
        return _clocks(kind)
    if kind.rule == "rrule":
        needs_start = {"required": ["start"], "properties": {"start": {"type": "string"}}}
        return [_if("rrule", {"pattern": r"(?:^|;)(?:COUNT=|INTERVAL=(?!1(?:;|$)))"}, needs_start)]
    return []


WEEK = "วันทำการแรกหรือสุดท้ายของสัปดาห์เป็นกฎ weekly"


def _months_of(kind: type[Rule], every: str, names: tuple[str, ...]) -> Schema:
    choice = get_args(get_type_hints(kind, localns={"Form": object})["month"])
    default = next(field.default for field in fields(kind) if field.name == "month")  # type: ignore[arg-type]
    then: Schema = {"properties": {"month": {"enum": [name for name in names if name in choice]}}}
    return _if("every", {"const": every}, then if default in names else {**then, "required": ["month"]})


def _clocks(kind: type[Rule]) -> list[Schema]:
    longest = AfterPeriodEnd.LIMITS["count"][1]

    def counts(low: int, high: int) -> Schema:
        return {"properties": {"count": _nullable(whole(low, high))}}

    on_clock = _if("unit", {"enum": list(CLOCK)}, counts(1, kind.LIMITS["count"][1]))
    in_days = {"if": {"properties": {"unit": {"const": "day"}}}, "then": counts(0, longest), "else": counts(1, longest)}
    some = {"type": ["integer", "string"]}
    in_hours = {"unit": {"enum": list(CLOCK)}, "count": some}
    return [
        {**on_clock, "else": in_days},
        _if("unit", {"enum": ["workday", "month", *CLOCK]}, {"required": ["count"], "properties": {"count": some}}),
        _if("office_hours", IS_TRUE, {"required": ["unit", "count"], "properties": in_hours}),
    ]


def _notifier() -> Schema:
    message = "ชื่อผู้แจ้งมีคำว่า about หรือลงท้ายด้วย , ไม่ได้"
    return {"type": TEXT, "pattern": r"\S", "allOf": [_refused(r"(^|\s)about(\s|$)|,\s*$|^\s*ได้รับ\s*$", message)]}


RRULE_PARTS = (
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST",
)  # fmt: skip


def _rrule() -> Schema:
    part = rf"(?:{'|'.join(RRULE_PARTS)})=[A-Z0-9,+\-]+"
    skips = r"^(?!.*(?:^|;)BYMONTH=).*(?:^|;)BYMONTHDAY=(?:[^;]*,)?[+\-]?(?:29|30|31)(?:[,;]|$)"
    freq = "(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)"
    return {
        "type": "string",
        "maxLength": LONGEST_RRULE,
        "pattern": f"^{part}(?:;{part})*$",
        "allOf": [
            {"pattern": freq, "errorMessage": "ต้องมี FREQ=DAILY WEEKLY MONTHLY หรือ YEARLY"},
            _refused(r"(?:^|;)([A-Z]+)=.*;\1=", "มีส่วนซ้ำ"),
            _refused(skips, "จะข้ามเดือนที่ไม่มีวันนั้น ใช้วลี เช่น ทุกเดือน ภายในวันที่ 30"),
        ],
        "errorMessage": "ต้องเป็น RRULE เช่น FREQ=MONTHLY;BYDAY=1MO",
    }


# ---- the models

MODELS = (
    model.Shared,
    model.Group,
    model.WorkPlan,
    model.Mission,
    model.Activity,
    model.Keyed,
    model.Override,
    model.Target,
    model.ContextItem,
    model.Source,
    model.PlanEvent,
    model.PlanHoliday,
)


def _of_model(kind: type[model.Model]) -> Schema:
    hints = get_type_hints(kind, include_extras=True)
    properties: dict[str, Schema] = {}
    required: list[str] = []
    for name, field in kind.model_fields.items():
        schema = _of_key(kind, name, hints[name])
        if any(isinstance(bound, MinLen) for bound in field.metadata):
            schema = {**schema, "pattern": r"\S", "errorMessage": "ต้องไม่ว่าง"}
        if isinstance(field.default, str | bool):
            schema = {**schema, "default": field.default}
        keys = _keys(field.validation_alias, field.alias or name)
        properties |= dict.fromkeys(keys, schema)
        # An event's id may be its key in a mapping, a section's title its name.
        if field.is_required() and len(keys) == 1 and (kind, name) != (model.PlanEvent, "id"):
            required += keys
    return {**_object(kind.__name__, properties, required), **_between_keys(kind)}


def _keys(alias: object, name: str) -> list[str]:
    return [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else [name]


def _object(owner: str, properties: Mapping[str, Schema], required: Sequence[str]) -> Schema:
    told = {key: {"description": described(owner, key), **schema} for key, schema in properties.items()}
    must = {"required": list(required)} if required else {}
    return {"type": "object", **must, "properties": told, "additionalProperties": False}


def described(owner: str, key: str) -> str:
    return DESCRIPTIONS.get(f"{owner}.{key}") or DESCRIPTIONS[key]


def _between_keys(kind: type[model.Model]) -> Schema:
    """What the keys of a model ask of each other."""
    if issubclass(kind, model.Section):
        named = {"properties": {"title": _never("ใช้ title หรือ name อย่างเดียว")}}
        return {"if": {"required": ["name"]}, "then": named, "else": {"required": ["title"]}}
    if kind is model.Activity:
        return _if("review", IS_GIVEN, {"required": ["when"]})
    if kind is model.Override:
        reason = {"type": TEXT, "pattern": r"\S", "errorMessage": "ยกเลิกต้องมีเหตุผล"}
        cancelled = {"required": ["reason"], "properties": {"deadline": ABSENT, "reason": reason}}
        moved = {"required": ["deadline"], "properties": {"deadline": {"type": "string"}}}
        return {**_if("cancel", IS_TRUE, cancelled), "else": moved}
    if kind is model.PlanEvent:
        # Only an event of every month has a day of the month.
        other = {"type": ["string", "null"], **_refused(_line(NUMBERED_DAY), "ใช้ได้เมื่อ every: month")}
        return {"if": {"properties": {"every": {"const": "month"}}}, "else": {"properties": {"expected": other}}}
    return {}


def _of_key(kind: type[model.Model], name: str, hint: Any) -> Schema:
    if kind is model.PlanEvent and name in ("id", "name"):
        return _event_name(_id() if name == "id" else {"type": TEXT})
    if name in SPECIAL:
        return SPECIAL[name]()
    inner, optional = _without_none(hint)
    schema = _of_annotation(inner)
    return _nullable(schema) if optional else schema


def _of_annotation(hint: Any) -> Schema:
    known: Schema | None = next((schema() for annotation, schema in ANNOTATIONS if annotation == hint), None)
    if known is not None:
        return known
    if hint is bool:
        return dict(BOOL)
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is list:
        return {"type": "array", "items": {"$ref": f"#/$defs/{get_args(hint)[0].__name__}"}}
    raise TypeError(hint)


def _without_none(hint: Any) -> tuple[Any, bool]:
    """(the type, whether null may stand for it)."""
    if get_origin(hint) not in (Union, UnionType) or NoneType not in get_args(hint):
        return hint, False
    inner = tuple(each for each in get_args(hint) if each is not NoneType)
    return (inner[0] if len(inner) == 1 else Union[inner]), True  # noqa: UP007 (made of a tuple)


def _nullable(schema: Schema) -> Schema:
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    types = schema["type"]
    return {**schema, "type": [*([types] if isinstance(types, str) else types), "null"]}


def _texts() -> Schema:
    return {"type": [*TEXT, "array"], "items": {"type": TEXT}}


def _sources() -> Schema:
    source = {"$ref": "#/$defs/Source"}
    return {"type": [*TEXT, "array", "object"], "items": source, "if": {"type": "object"}, "then": source}


def _context() -> Schema:
    item = {"type": [*TEXT, "object"], "if": {"type": "object"}, "then": {"$ref": "#/$defs/ContextItem"}}
    return {**item, "type": [*TEXT, "array", "object"], "items": item}


def _target() -> Schema:
    number = _positive()
    types = [*number["type"], "object", "null"]
    return {**number, "type": types, "if": {"type": "object"}, "then": {"$ref": "#/$defs/Target"}}


def _review() -> Schema:
    return _nullable(_phrase_or(_without_key("#/$defs/review_rule"), REVIEW_PHRASES))


def _expected() -> Schema:
    schema = _bound(MONTH, QUARTER, NUMBERED_DAY)
    message = "ต้องเป็นวันหรือเดือน เช่น พ.ค. 2564, พ.ค. หรือ 25"
    return {**schema, "type": ["string", "integer", "null"], "minimum": 1, "maximum": 31, "errorMessage": message}


def _overrides() -> Schema:
    period = rf"^(?:FY(?:{BE_YEAR})|(?:{BE_YEAR})-(?:Q[1-4]|W[0-9][0-9]|[01][0-9](?:-[0-3][0-9])?))(?:\.{ID})*$"
    message = "ต้องเป็นงวด เช่น 2563-10, 2564-Q1, FY2564"
    return {
        "type": "object",
        "propertyNames": {"pattern": period, "errorMessage": message},
        "additionalProperties": {"$ref": "#/$defs/Override"},
    }


def _accepts() -> Schema:
    told = {code: re.sub(r"\{[^}]*\}", "…", CATALOGUE[code].th) for code in ACCEPTABLE}
    reason = {"type": TEXT, "pattern": r"\S", "errorMessage": "ต้องไม่ว่าง"}
    properties = {code: {**reason, "description": text} for code, text in told.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _event_name(schema: Schema) -> Schema:
    """No word of the language itself, and no number."""
    reserved = "|".join(_any_case(word) for word in RESERVED_WORDS)
    taken = _refused(rf"^\s*(?:{reserved}|{either('[0-9]')}+\s*$)", "เป็นคำของภาษากำหนดเวลา ใช้เป็นชื่อเหตุการณ์ไม่ได้")
    types = [each for each in schema["type"] if each not in ("integer", "number")]
    return {**{key: value for key, value in schema.items() if key != "minimum"}, "type": types, "allOf": [taken]}


def _events() -> Schema:
    """A list of events with their ids, or a mapping from id."""
    event = {"$ref": "#/$defs/PlanEvent"}
    return {
        "type": ["array", "object"],
        "items": {"allOf": [event], "required": ["id"]},
        "propertyNames": _event_name(_id()),
        "additionalProperties": event,
    }


# By annotation; an annotation that is not here is refused, so that none is left out.
ANNOTATIONS: tuple[tuple[Any, Callable[[], Schema]], ...] = (
    (model.Text, lambda: {"type": TEXT}),
    (model.Note, lambda: {"type": TEXT}),
    (model.Texts, lambda: {"$ref": "#/$defs/texts"}),
    (model.Int, _positive),
    (model.Id, _id),
    (model.BeYear, lambda: dict(YEAR)),
    (model.Day, lambda: {"type": "string", "$ref": "#/$defs/written_date"}),
    (model.From, lambda: {"type": "string", "$ref": "#/$defs/bound"}),
    (model.Until, lambda: {"type": "string", "$ref": "#/$defs/bound"}),
    (model.Sources, lambda: {"$ref": "#/$defs/sources"}),
    (model.Context, lambda: {"$ref": "#/$defs/context"}),
    (model.Timings, _timings),
    (model.AnyRule, lambda: _phrase_or(_without_key("#/$defs/rule"), PHRASES)),
)
# By name: those whose annotation says less than their validator.
SPECIAL: Mapping[str, Callable[[], Schema]] = {
    "accepts": lambda: {"$ref": "#/$defs/accepts"},
    "events": _events,
    "expected": _expected,
    "overrides": _overrides,
    "province": lambda: _nullable(_province()),
    "review": _review,
    "target": _target,
}
