"""Findings: located faults and doubts, every code with its sentences in Thai and English (see docs/findings.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, NamedTuple

from ustm_cli.dates.era import ENGLISH_MONTHS, THAI_MONTHS, Lang, format_be

Severity = Literal["error", "warning", "info"]


class Mark(NamedTuple):
    """A place in a file: line and columns count from 1 in code points; `end` is one past the last column."""

    line: int
    column: int
    end: int


START = Mark(1, 1, 1)


class Both(NamedTuple):
    """Words among the facts of a finding, in both languages."""

    th: str
    en: str


class Kind(NamedTuple):
    severity: Severity
    th: str
    en: str
    help_th: str = ""
    help_en: str = ""


@dataclass(frozen=True)
class Finding:
    """One fault or doubt. `offer` is what to write instead; `reason` why the plan accepts it."""

    code: str
    file: str
    mark: Mark
    path: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])
    offer: str | None = None
    reason: str | None = None

    @property
    def severity(self) -> Severity:
        return "info" if self.reason is not None else CATALOGUE[self.code].severity

    def message(self, lang: Lang, number: Callable[[object], str] = str) -> str:
        """The sentence, its numbers and days in the digits that `number` writes."""
        kind = CATALOGUE[self.code]
        return _harmless((kind.th if lang == "th" else kind.en).format_map(_said(self.detail, lang, number)))

    def help(self, lang: Lang, number: Callable[[object], str] = str) -> str:
        """What to do about it, as `message`; what is to be typed stays as it is."""
        if self.reason is not None:
            return {"th": "แผนรับทราบแล้ว: ", "en": "accepted in the plan: "}[lang] + _harmless(self.reason)
        if self.offer:
            return {"th": "ลองเขียน: ", "en": "write instead: "}[lang] + _harmless(self.offer)
        kind = CATALOGUE[self.code]
        words = kind.help_th if lang == "th" else kind.help_en
        return _harmless(words.format_map(_said(self.detail, lang, number)))

    @property
    def order(self) -> tuple[str, int, int, str]:
        return (self.file, self.mark.line, self.mark.column, self.code)

    def accepted(self, reason: str) -> Finding:
        return replace(self, reason=reason)


def each_once(findings: Iterable[Finding]) -> list[Finding]:
    """Sorted; what two plans include is at fault once, and accepted where both accept it."""
    accepted_first = sorted(findings, key=lambda one: one.severity != "info")
    unique = {(one.order, one.path, one.message("en")): one for one in accepted_first}
    return sorted(unique.values(), key=lambda one: one.order)


# What would steer a terminal or turn the text after it around, and what no stream can say; a pattern that is compiled
# where it is needed, which is seldom.
_STEERING = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def _harmless(text: str) -> str:
    """A sentence in one line, whatever words of a file it holds."""
    return text if text.isprintable() else re.sub(_STEERING, " ", text)


# What is said of a plan, where a finding is not of another kind of file and says its own.
_OF_A_PLAN = {
    "must": Both("`fiscal_year:` และ `groups:`", "`fiscal_year:` and `groups:`"),
    "manual": "docs/plan.md",
    "forms": "docs/deadlines.md",
}


class _said(dict[str, Any]):  # noqa: N801 (used like a function)
    def __init__(self, detail: Mapping[str, Any], lang: Lang, number: Callable[[object], str]) -> None:
        super().__init__({name: _word(value, lang, number) for name, value in (_OF_A_PLAN | dict(detail)).items()})
        if lang == "en" and detail.get("month") in THAI_MONTHS:
            self["month"] = ENGLISH_MONTHS[THAI_MONTHS.index(detail["month"])]

    def __missing__(self, name: str) -> str:
        return "?"


def _word(value: Any, lang: Lang, number: Callable[[object], str]) -> Any:
    if isinstance(value, Both):
        return value.th if lang == "th" else value.en
    if isinstance(value, date):
        return number(format_be(value, "short", lang))
    return number(value) if isinstance(value, int) else value


def _error(th: str, en: str, help_th: str = "", help_en: str = "") -> Kind:
    return Kind("error", th, en, help_th, help_en)


def _warning(th: str, en: str, help_th: str = "", help_en: str = "") -> Kind:
    return Kind("warning", th, en, help_th, help_en)


CATALOGUE: dict[str, Kind] = {
    # ---- the file
    "U101": _error(
        "แฟ้มนี้ไม่ใช่ UTF-8 ({guess})",
        "this file is not UTF-8 ({guess})",
        "บันทึกใหม่เป็น UTF-8 เช่น iconv -f {encoding} -t UTF-8",
        "save it as UTF-8, for example: iconv -f {encoding} -t UTF-8",
    ),
    "U102": _error(
        "มี BOM อยู่ต้นแฟ้ม",
        "the file begins with a byte order mark (BOM)",
        "บันทึกเป็น UTF-8 ธรรมดา (ไม่มี BOM)",
        "save it as plain UTF-8 (without BOM)",
    ),
    "U103": _error(
        "บรรทัดจบด้วย {end} ({count} บรรทัด)",
        "lines end in {end} ({count} of them)",
        "บันทึกแบบ LF และใส่ `* text=auto eol=lf` ใน .gitattributes",
        "save with LF, and put `* text=auto eol=lf` into .gitattributes",
    ),
    "U104": _error(
        "มีแท็บ (tab) ใน YAML",
        "a tab stands here",
        "ใช้วรรค (space) แทนแท็บ",
        "use spaces instead of tabs",
    ),
    "U105": _error(
        "แฟ้มว่างเปล่า",
        "the file is empty",
        "อย่างน้อยต้องมี {must}",
        "there is at least {must}",
    ),
    "U106": _error(
        "แฟ้มใหญ่เกินไป ({size} MB เกินกำหนด {limit} MB)",
        "the file is too large ({size} MB; at most {limit} MB are read)",
        "ตรวจว่าเป็นแฟ้มที่ตั้งใจจริง แผนแบ่งเป็นหลายแฟ้มได้",
        "make sure that it is the right one; a plan may be split into several",
    ),
    "U107": _error(
        "YAML ไม่ถูกรูป: {problem}",
        "not well-formed YAML: {problem}",
        "{advice}",
        "{advice}",
    ),
    "U108": _error(
        "คีย์ `{key}` ซ้ำกับบรรทัด {first}",
        "the key `{key}` stands already on line {first}",
        "รวมเป็นคีย์เดียว หรือลบออกหนึ่งแห่ง",
        "make them one, or delete one",
    ),
    "U109": _error(
        "ไม่รับ {what} ของ YAML",
        "YAML's {what} may not be used",
        "เขียนค่าซ้ำตรง ๆ หรือใส่เครื่องหมายคำพูดคร่อมข้อความ",
        "write the value out, or put the text in quotes",
    ),
    "U110": _error(
        "ซ้อนกันลึกเกิน {limit} ชั้น",
        "nested more than {limit} levels deep",
        "จัดให้ตื้นลง",
        "make it less deep",
    ),
    "U111": _error(
        "แฟ้มหนึ่งมีได้เอกสารเดียว แต่มี `---` คั่นอีก",
        "a file is one document, but another begins here",
        "แยกเป็นคนละแฟ้ม",
        "put it into a file of its own",
    ),
    "U112": _error(
        "ไม่รู้จักคีย์ `{key}`",
        "unknown key `{key}`",
        "คีย์ที่ใช้ได้: {known}",
        "known keys: {known}",
    ),
    "U113": _error("ขาดคีย์ `{key}`", "the key `{key}` is missing", "เพิ่ม `{key}:`", "add `{key}:`"),
    "U114": _error(
        "ตรงนี้ต้องเป็น{want_th} แต่ได้{got_th}",
        "expected {want_en} here, found {got_en}",
        "ดูตัวอย่างใน {manual}",
        "see {manual} for an example",
    ),
    "U115": _error(
        "ค่า `{value}` ใช้ไม่ได้",
        "`{value}` cannot stand here",
        "ใช้ได้: {known}",
        "one of: {known}",
    ),
    "U116": _error(
        "อ่านแฟ้มที่ include ไม่ได้: {value} ({problem})",
        "cannot include {value} ({problem})",
        "{advice}",
        "{advice}",
    ),
    "U117": _error(
        "มีอักขระควบคุม {value} ในข้อความ",
        "a control character stands here ({value})",
        "ลบอักขระนั้นออก",
        "delete it",
    ),
    # ---- time
    "U201": _error(
        "ไม่เข้าใจคำว่า “{word}”",
        "“{word}” was not understood",
        "ดูวลีที่ใช้ได้ใน {forms}",
        "see {forms} for the phrases that are understood",
    ),
    "U202": _error(
        "แผนไม่มีเหตุการณ์ชื่อ “{word}”",
        "the plan has no event “{word}”",
        "เพิ่มใน `events:` หรือใช้ชื่อที่มีอยู่",
        "add it under `events:`, or use one of those there",
    ),
    "U203": _error(
        "{year} เป็นปี ค.ศ. (พ.ศ. {offer})",
        "{year} is a Gregorian year (B.E. {offer})",
        "ใช้ปี พ.ศ. {offer}",
        "write the Buddhist year {offer}",
    ),
    "U204": _error(
        "วันที่ {day} ไม่มีในเดือนใด",
        "no month has a day {day}",
        "ใช้ 1 ถึง 31; สิ้นเดือนเขียนว่า ทุกสิ้นเดือน",
        "use 1 to 31; for the last day write: every month end",
    ),
    "U205": _error(
        "{month} {year} ไม่มีวันที่ {day} (มีถึง {last})",
        "{month} {year} has no day {day} (it has {last})",
        "ใช้ 1 ถึง {last}",
        "use 1 to {last}",
    ),
    "U206": _error(
        "ปี {year} อยู่นอกช่วงที่รับ (พ.ศ. 2484-2800)",
        "the year {year} is outside B.E. 2484-2800",
        "ก่อน พ.ศ. 2484 ปีเริ่มในเดือนเมษายน จึงไม่รับ",
        "before B.E. 2484 the year began in April",
    ),
    "U207": _error(
        "ไม่มีเดือนที่ {month}",
        "there is no month {month}",
        "เดือนคือ 1-12 หรือชื่อเดือน",
        "a month is 1 to 12, or its name",
    ),
    "U208": _error(
        "ช่วงวันย้อนหลัง: {start} ถึง {end}",
        "the span runs backwards: {start} to {end}",
        "สลับวันต้นกับวันปลาย หรือตรวจปี",
        "swap the ends, or check the years",
    ),
    "U209": _error(
        "ไม่มีครั้งที่ {value} ในทุกเดือน (ใช้ได้ 1-4 หรือสุดท้าย)",
        "not every month has a number {value} (1 to 4, or the last)",
        "สัปดาห์ใช้ 1-4 วันของสัปดาห์ใช้ 1-4 หรือ สุดท้าย (-1)",
        "weeks are 1 to 4; weekdays 1 to 4, or the last (-1)",
    ),
    "U210": _error(
        "บอกว่า {value} ครั้ง แต่ระบุไว้ {listed}",
        "the count said is {value}, but that of the list is {listed}",
        "แก้จำนวนครั้งให้เท่ากับที่ระบุ",
        "make the count equal to the list",
    ),
    "U211": _error(
        "{value} อยู่นอกช่วง {low}-{high}",
        "{value} is not within {low}-{high}",
        "ใช้จำนวนตั้งแต่ {low} ถึง {high}",
        "use a number from {low} to {high}",
    ),
    "U212": _error(
        "RRULE ใช้ไม่ได้: {value}",
        "this RRULE cannot be used: {value}",
        "FREQ ต้องเป็น DAILY WEEKLY MONTHLY หรือ YEARLY; BYDAY เป็น MO TU WE TH FR SA SU; INTERVAL และ COUNT ต้องมี `start:`",
        "FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; BYDAY of MO TU WE TH FR SA SU; INTERVAL and COUNT need a `start:`",
    ),
    "U213": _error(
        "`{value}` ไม่ใช่ชื่อเดือนของปี",
        "`{value}` names no month of a year",
        "เช่น 2563-12",
        "like 2563-12",
    ),
    "U214": _error(
        "รายการว่างเปล่า",
        "the list is empty",
        "ใส่อย่างน้อยหนึ่งค่า",
        "give at least one",
    ),
    "U215": _error(
        "date_range ต้องมี start กับ end หรือ quarter อย่างใดอย่างหนึ่ง",
        "a date_range has either start and end, or quarter",
        "เช่น {{rule: date_range, start: 2563-11-02, end: 2563-11-04}}",
        "like {{rule: date_range, start: 2563-11-02, end: 2563-11-04}}",
    ),
    "U216": _error(
        "ไม่มีเดือน {value} ของ {every}",
        "a {every} has no {value} month",
        "month ใช้ same, following (รายเดือน) หรือ first, second, last, following",
        "month is same or following (monthly), or first, second, last, following",
    ),
    "U217": _error(
        "วันทำการแรกหรือสุดท้ายของสัปดาห์เป็นกฎ weekly",
        "the first or last working day of a week is a `weekly` rule",
        "เขียน ทุกสัปดาห์ วันทำการแรก",
        "write: every week, first working day",
    ),
    "U218": _error(
        "มีค่าซ้ำในรายการ",
        "the list says one thing twice",
        "ลบค่าที่ซ้ำ",
        "delete the second one",
    ),
    "U219": _error(
        "ค่านี้ใช้กับกฎนี้ไม่ได้",
        "this does not go with the rest of the rule",
        "ลบคีย์นี้ หรือเปลี่ยนกฎ",
        "delete this key, or change the rule",
    ),
    "U220": _error(
        "ชื่อผู้แจ้ง “{value}” ใช้ไม่ได้",
        "“{value}” cannot name who notifies",
        "ใช้ชื่อหน่วยงาน เช่น กรมบัญชีกลาง",
        "use the name of an office, like กรมบัญชีกลาง",
    ),
    "U221": _error(
        "กฎนี้จะข้ามเดือนที่ไม่มีวันนั้นไปเงียบ ๆ: {value}",
        "this rule would silently skip months that have no such day: {value}",
        "ใช้วลี ทุกสิ้นเดือน หรือ ทุกเดือน ภายในวันที่ 30: เดือนที่ไม่มีวันนั้นได้วันสุดท้ายของเดือน",
        "use the phrases: every month end; every month, by day 30: a month without it has its last day",
    ),
    "U222": _error(
        "วลียาวเกิน {limit} ตัวอักษร",
        "the phrase is longer than {limit} characters",
        "ใช้วลีกำหนดเวลาสั้น ๆ รายละเอียดใส่ใน note:",
        "use a short phrase; details belong into note:",
    ),
    "U223": _error("ไม่รู้จักกฎ `{value}`", "unknown rule `{value}`", "กฎที่มี: {known}", "known rules: {known}"),
    "U224": _error(
        "กำหนดของผู้บังคับบัญชาเป็นคนละงวดกับกำหนดส่ง",
        "the review is not on the same period or event as the deadline",
        "ใช้งวดเดียวกัน หรือ ล่วงหน้า N วัน",
        "use the same period, or a lead: 3 days ahead",
    ),
    "U225": _error(
        "กำหนดหลายข้อให้งวดเดียวกันได้ ต้องมี `key:` ทุกข้อ",
        "these rules could give the same period; each needs a `key:`",
        "เขียน - {{when: วลี, key: ชื่อสั้น}}",
        "write - {{when: PHRASE, key: name}}",
    ),
    "U226": _error(
        "`key: {value}` ซ้ำกัน",
        "`key: {value}` stands twice",
        "ตั้งชื่อ key: ให้ต่างกัน",
        "give each its own key:",
    ),
    # ---- what the plan says
    "U301": _error(
        "รหัส `{id}` ซ้ำกับ {first}",
        "the id `{id}` is taken by {first}",
        "รหัสหนึ่งใช้ได้ครั้งเดียวในหนึ่งปีงบประมาณ",
        "an id is used once in a fiscal year",
    ),
    "U302": _error(
        "กิจกรรมนี้มีกำหนดเวลา แต่ไม่เกิดงานใดในปีงบประมาณ {year}",
        "this activity has a time, but nothing comes of it in fiscal year {year}",
        "ดู from, until และวันหยุด",
        "look at from, until and the days off",
    ),
    "U303": _error(
        "กิจกรรมนี้ไม่มีงวด `{value}` ในปีนี้",
        "this activity has no period `{value}` in this year",
        "งวดที่มี: {known}",
        "it has: {known}",
    ),
    "U304": _error(
        "ไม่มีข้อมูลวันหยุดของปีงบประมาณ {year} (มี {first}-{last})",
        "no holidays are known for fiscal year {year} (only {first}-{last})",
        "ปรับรุ่น ustm หรือตรวจปีงบประมาณ",
        "update ustm, or check the fiscal year",
    ),
    "U305": _error(
        "รหัส `{value}` ใช้ไม่ได้",
        "`{value}` cannot be an id",
        "ใช้ตัวอังกฤษ ตัวเลข และ - เช่น ktb-reconcile",
        "use Latin letters, digits and -, like ktb-reconcile",
    ),
    "U306": _error(
        "from อยู่หลัง until",
        "`from` is after `until`",
        "สลับ from กับ until",
        "swap from and until",
    ),
    "U307": _error(
        "ชื่อเหตุการณ์ “{value}” ใช้ไม่ได้ ({problem})",
        "“{value}” cannot name an event ({problem})",
        "ตั้งชื่ออื่น",
        "choose another name",
    ),
    "U308": _error(
        "`accepts: {value}` ไม่ใช่คำเตือนที่รับทราบได้",
        "`accepts: {value}` is no warning that can be accepted",
        "คำเตือนที่รับทราบได้: {known}",
        "warnings that can be accepted: {known}",
    ),
    "U309": _error(
        "ไม่รู้จักจังหวัด “{value}”",
        "“{value}” is none of the 77 provinces",
        "ใช้ชื่อจังหวัดทางการ เช่น อุบลราชธานี",
        "use the official name, like อุบลราชธานี",
    ),
    "U310": _error(
        "ข้อยกเว้นต้องมี deadline หรือ cancel: true อย่างใดอย่างหนึ่ง",
        "an override has either a deadline or `cancel: true`",
        "เช่น 2563-12: {{deadline: 2563-12-09, letter: …}}",
        "like 2563-12: {{deadline: 2563-12-09, letter: …}}",
    ),
    "U311": _error("ยกเลิกต้องมีเหตุผล", "a cancellation needs a `reason:`", "เพิ่ม reason:", "add `reason:`"),
    # ---- doubts
    "U401": _warning(
        "วันกำหนด {day} ไม่ใช่วันทำการ ({why}) ต้องทำภายใน {act_by}",
        "the date {day} is no working day ({why}); act by {act_by}",
        "ถ้าเลื่อนไม่ได้ ให้รับทราบด้วย accepts: {{U401: เหตุผล}}",
        "if it cannot be moved, accept it: accepts: {{U401: reason}}",
    ),
    "U402": _warning(
        "ผู้บังคับบัญชาได้รับหลังกำหนดส่ง{when}",
        "the superior has the paper only after it is due{when}",
        "แก้ review ให้เร็วกว่ากำหนด หรือรับทราบด้วย accepts: {{U402: เหตุผล}}",
        "make the review earlier, or accept it: accepts: {{U402: reason}}",
    ),
    "U403": _warning(
        "ผู้บังคับบัญชาต้องได้รับ {review} ก่อนเริ่มทำได้ {opens} (งวดแรก {period} ทั้งหมด {count} งวด)",
        "the review on {review} is before the work opens on {opens} (first in period {period}, {count} in all)",
        "ให้ review ช้าลง หรือรับทราบด้วย accepts: {{U403: เหตุผล}}",
        "make the review later, or accept it: accepts: {{U403: reason}}",
    ),
    "U404": _warning(
        "วันที่ {day} อยู่นอกปีงบประมาณ {year}",
        "the date {day} is outside fiscal year {year}",
        "แก้ปี หรือรับทราบด้วย accepts: {{U404: เหตุผล}}",
        "mend the year, or accept it: accepts: {{U404: reason}}",
    ),
    "U405": _warning(
        "วันหยุดของปีงบประมาณ {year} ยังไม่ได้ตรวจทาน",
        "the holidays of fiscal year {year} are not reviewed",
        "เทียบกับประกาศวันหยุดราชการ แล้วเพิ่มหรือยกเลิกใน holidays:",
        "compare them with the official list; add or cancel days under `holidays:`",
    ),
    "U406": _warning(
        "ยังไม่รู้วันของ “{event}” งวด {period} ทั้งที่ต้องใช้ภายใน {known_by}",
        "the day of “{event}” in {period} is still unknown and needed by {known_by}",
        "บันทึกด้วย ustm event set {event_id} {period} วันที่",
        "record it: ustm event set {event_id} {period} DATE",
    ),
    "U407": _warning(
        "`{id}` มีทั้งในแผนปี {year} และ {other} ยึดแผนปี {year}",
        "`{id}` stands in the plans of {year} and {other}; the one of {year} has it",
        "ปิดงวดนั้นในแผนปี {other} ด้วย from: หรือรับทราบด้วย accepts: {{U407: เหตุผล}}",
        "leave that period out of the plan of {other} with from:, or accept it: accepts: {{U407: reason}}",
    ),
    "U408": _warning(
        "วันหยุด {day}: {problem}",
        "holiday {day}: {problem}",
        "ลบรายการนี้ หรือรับทราบด้วย accepts: {{U408: เหตุผล}}",
        "delete this entry, or accept it: accepts: {{U408: reason}}",
    ),
    "U409": _warning(
        "accepts: {value} แต่ไม่มีคำเตือนนั้นแล้ว",
        "accepts: {value}, but there is no such warning any more",
        "ลบบรรทัดนี้",
        "delete this line",
    ),
    "U410": _warning(
        "ไม่ได้บอกจังหวัด จึงไม่รวมวันหยุดประจำภาคของปี {year}",
        "no province is given, so the regional holidays of {year} are left out",
        "เพิ่ม province:",
        "add `province:`",
    ),
    "U411": _warning(
        "ไม่มีข้อมูลวันหยุดของปีงบประมาณ {year} จึงนับเฉพาะเสาร์อาทิตย์เป็นวันหยุด",
        "no holidays are known for fiscal year {year}; only weekends count as days off",
        "ตรวจปี เพิ่มวันหยุดใน holidays: หรือรับทราบด้วย accepts: {{U411: เหตุผล}}",
        "look at the year, add days under `holidays:`, or accept it: accepts: {{U411: reason}}",
    ),
    "U412": _warning(
        "กำหนด {day} ไม่อยู่ก่อน{event} ({on})",
        "the date {day} is not before {event} ({on})",
        "ใช้ roll: preceding แก้ข้อยกเว้น หรือรับทราบด้วย accepts: {{U412: เหตุผล}}",
        "use roll: preceding, mend the override, or accept it: accepts: {{U412: reason}}",
    ),
    "U413": _warning(
        "ขณะนี้ไม่มีงวด `{value}` ข้อยกเว้นนี้จึงไม่มีผล",
        "there is no period `{value}` at present, so this override has no effect",
        "งวดนี้มีเมื่อบันทึกหนังสือ เรื่อง หรือการประชุมครั้งนั้น (วันหยุดไม่มีงวด) ดูงวดที่มี: ustm show {id}",
        "it comes with its letter, case or meeting (a day off has none); see what there is: ustm show {id}",
    ),
    # ---- the settings of the day's letter (ustm.yaml)
    "U501": _error(
        "รหัสลับต้องไม่อยู่ในแฟ้มนี้ (หรือเขียนไม่ถูกรูป)",
        "a secret must not stand in this file (or this is not the way to name one)",
        "เขียน env:ชื่อตัวแปร หรือ file:ชื่อแฟ้ม (แฟ้มต้อง chmod 600) และเปลี่ยนรหัสที่เคยเขียนไว้",
        "write env:VARIABLE or file:PATH (chmod 600), and change a secret that stood here",
    ),
    "U502": _error(
        "ไม่มีช่องทาง “{value}” ใน `channels:`",
        "there is no channel “{value}” under `channels:`",
        "เพิ่มใน `channels:` หรือใช้ช่องทางที่มี: {known}",
        "add it under `channels:`, or use one of those there: {known}",
    ),
    "U503": _error(
        "“{value}” ไม่ใช่ที่อยู่อีเมล",
        "“{value}” is no e-mail address",
        "เขียนเฉพาะที่อยู่ เช่น somchai@example.go.th ชื่ออยู่ที่ `name:`",
        "write the address alone, like somchai@example.go.th; the name goes to `name:`",
    ),
    "U504": _error(
        "จะส่งรหัสผ่านไปเครื่องอื่นโดยไม่เข้ารหัส",
        "the password would travel to another machine in the clear",
        "ใช้ security: starttls หรือ security: ssl",
        "use security: starttls, or security: ssl",
    ),
    "U505": _warning(
        "ไม่มีกิจกรรมใดในแผนเป็นของ “{value}”",
        "no activity of the plans belongs to “{value}”",
        "เขียนชื่อเหมือนใน `owner:` หรือชื่อกลุ่มในแผน",
        "write it as `owner:` or the group's title in the plan has it",
    ),
    "U506": _warning(
        "งานของ “{value}” ไม่มีใครได้รับจดหมาย",
        "nobody gets a letter about the work of “{value}”",
        "เพิ่มใน `owns:` ของใครสักคน หรือให้มีผู้รับ letter: office",
        "add it to somebody's `owns:`, or have somebody get letter: office",
    ),
    "U507": _warning(
        "`{person}` ไม่มีที่อยู่ใน `to:` จึงไม่ได้รับอะไร",
        "`{person}` has no address under `to:` and gets nothing",
        "เพิ่ม เช่น to: {{mail: somchai@example.go.th}}",
        "add one, like to: {{mail: somchai@example.go.th}}",
    ),
    "U508": _error(
        "ที่อยู่แฟ้ม “{value}” ใช้ไม่ได้ ({problem})",
        "the path “{value}” cannot be used ({problem})",
        "เขียนเช่น letters/{{day}}-{{person}}.md (ใช้ได้เฉพาะ {{day}} กับ {{person}})",
        "write it like letters/{{day}}-{{person}}.md; only {{day}} and {{person}} are filled in",
    ),
    "U509": _error(
        "ต้องมีทั้ง user และ password หรือไม่มีทั้งคู่",
        "`user` and `password` go together",
    ),
    "U510": _error(
        "`{person}` ไม่มี `owns:` จึงไม่รู้ว่าเป็นงานของใคร",
        "`{person}` has no `owns:`, so it is unknown whose work to write of",
        "เพิ่ม owns: ชื่อผู้รับผิดชอบหรือกลุ่มในแผน หรือใช้ letter: office",
        "add owns: with an owner or group of the plan, or use letter: office",
    ),
    "U511": _error(
        "“{value}” ไม่ใช่ชื่อเครื่อง",
        "“{value}” names no machine",
        "เขียนเฉพาะชื่อ เช่น mail.example.go.th พอร์ตอยู่ที่ `port:`",
        "write the name alone, like mail.example.go.th; the port goes to `port:`",
    ),
    # ---- what is to be confirmed
    "U601": _warning(
        "วันนี้ย้ายมาจาก “{words}” ยังไม่มีใครยืนยัน",
        "this date was moved from “{words}” and nobody has confirmed it",
        "ตรวจวันของปีนี้ แก้ถ้าไม่ตรง แล้วลบ confirm:",
        "look at this year's date, mend it where needed, then delete `confirm:`",
    ),
    # ---- the register
    "U701": _warning(
        "บรรทัดสุดท้ายขาดกลางคัน",
        "the last line was cut off",
        "เขียนต่อให้ครบหรือลบบรรทัดนี้ แล้วบันทึกเรื่องนั้นใหม่",
        "complete the line or delete it, then record that thing again",
    ),
    "U702": _error(
        "ตรงนี้ไม่ใช่บันทึก",
        "this is no record",
        "หนึ่งบรรทัดเป็นหนึ่งบันทึก {{…}} แก้ให้ครบหรือลบบรรทัดนี้",
        "a line is one record {{…}}; complete it or delete it",
    ),
    "U703": _error(
        "git รวมแฟ้มนี้แล้วขัดกัน บันทึกทั้งสองฝั่งยังอ่านได้",
        "git left a merge conflict here; the records of both sides are read",
        "ลบบรรทัด <<<<<<< ======= >>>>>>> เก็บบันทึกทุกบรรทัดไว้ "
        "แล้วใส่ `*.register.jsonl merge=union text eol=lf` ใน .gitattributes",
        "delete the lines <<<<<<< ======= >>>>>>>, keep every record, "
        "and put `*.register.jsonl merge=union text eol=lf` into .gitattributes",
    ),
    "U704": _error("ไม่รู้จักบันทึกชนิด `{value}`", "unknown kind of record `{value}`", "ชนิดที่มี: {known}", "kinds: {known}"),
    "U705": _error(
        "บันทึกชนิดนี้ไม่มีคีย์ `{key}` (ส่วนอื่นยังใช้ได้)",
        "this kind of record has no key `{key}` (the rest counts)",
        "คีย์ที่ใช้ได้: {known}",
        "known keys: {known}",
    ),
    "U706": _error("บันทึกขาดคีย์ `{key}`", "the record has no `{key}`", 'เพิ่ม "{key}": …', 'add "{key}": …'),
    "U707": _error(
        "ค่าของ `{key}` ใช้ไม่ได้: {value}", "`{key}` cannot be {value}", "ต้องเป็นเช่น {want}", "it is like {want}"
    ),
    "U708": _error(
        "รหัสบันทึก `{id}` ซ้ำกับบรรทัด {first} แต่ข้อความต่างกัน (นับทั้งสอง)",
        "the record id `{id}` is that of line {first}, but they differ (both count)",
        "ลบบรรทัดที่ไม่ถูก หรือเปลี่ยน id ของบรรทัดหนึ่ง",
        "delete the wrong one, or change the id of one",
    ),
    "U709": _warning(
        "แผนไม่มีกิจกรรม `{id}` แล้ว บันทึกของกิจกรรมนี้ ({count} บรรทัด) ยังเก็บไว้",
        "the plan no longer has the activity `{id}`; its records (lines: {count}) are kept",
        "ถ้าเปลี่ยนรหัส ให้คืนรหัสเดิมในแผน ไม่ต้องลบบันทึก",
        "if the id was changed, give the activity its old one; do not delete the record",
    ),
    "U710": _warning(
        "ไม่มี `{id}` บันทึกนี้จึงยังไม่มีผล",
        "there is no `{id}`, so this record has no effect",
        "ดูงวดที่มี: ustm {see}",
        "see what there is: ustm {see}",
    ),
    "U711": _warning(
        "`{id}` บันทึกว่าเสร็จสองครั้งต่างวัน ยึดวันก่อน {day} (บรรทัด {other})",
        "`{id}` is recorded as done on two days; the earlier, {day}, stands (line {other})",
        "ถ้าวันนั้นผิด: ustm reopen {id} แล้ว ustm {again} …",
        "if that day is wrong: ustm reopen {id}, then ustm {again} …",
    ),
    "U712": _warning(
        "วันของ {id} เปลี่ยนภายหลัง ยึดที่บันทึกหลังสุด {now} (บรรทัด {other})",
        "the day of {id} was changed; the one recorded last stands: {now} (line {other})",
        "ถ้าตั้งใจเลื่อน ไม่ต้องทำอะไร; ประชุมครั้งที่สองของงวดให้เติม .2 ท้ายงวด เช่น 2564-01.2 "
        "หนังสืออีกฉบับให้บันทึกด้วยเลขของฉบับนั้นเอง (--letter)",
        "nothing is to be done if it was moved; a second meeting of a period has .2 behind it, like 2564-01.2, "
        "and another letter is recorded by its own number (--letter)",
    ),
    "U713": _warning(
        "เรื่อง `{id}` รับไว้แล้วที่บรรทัด {first} ยึดบรรทัดนั้น",
        "the case `{id}` was received already on line {first}, which stands",
    ),
    "U714": _error(
        "บรรทัดนี้ไม่ใช่ UTF-8",
        "this line is not UTF-8",
        "บันทึกแฟ้มใหม่เป็น UTF-8",
        "save the file as UTF-8",
    ),
    "U715": _warning(
        "วันที่เกิด {day} อยู่หลังวันที่บันทึก",
        "it happened on {day}, after the day on which that was recorded",
        "ตรวจปีและเดือนของวันที่",
        "look at the year and the month",
    ),
    "U716": _warning(
        "`{id}` ทั้งเสร็จและยกเว้น ยึดว่าเสร็จ",
        "`{id}` is both done and waived; done stands",
        "ถ้าไม่ได้ทำ: ustm reopen {id} แล้ว ustm waive {id} --reason เหตุผล",
        "if it was not done: ustm reopen {id}, then ustm waive {id} --reason REASON",
    ),
    "U717": _warning(
        "แผนไม่นับ `{id}` เป็นงาน บันทึกนี้จึงไม่มีผล: กฎของกิจกรรมเปลี่ยนไป หรือวันอยู่นอกปีหรือช่วงของกิจกรรม",
        "the plan makes no obligation of `{id}`, so this record has no effect: the activity's rule has changed, "
        "or the day lies outside its year or its bounds",
        "คืนกฎเดิมใน `when:` จนกว่าเรื่องจะเสร็จ หรือแก้วันของบันทึก; ดู: ustm {see}",
        "give the activity its old `when:` until this is finished, or mend the record's day; see: ustm {see}",
    ),
    "U718": _error(
        "บันทึกนี้มีคีย์ `{key}` สองครั้ง ยึดครั้งหลัง",
        "the record has the key `{key}` twice; the latter counts",
        "ลบครั้งที่ไม่ถูก",
        "delete the wrong one",
    ),
}

# A moved date is confirmed by deleting its mark, not by accepting it; settings accept nothing. Of the register only
# that meetings are moved is nothing to be mended.
ACCEPTABLE = tuple(code for code in CATALOGUE if code.startswith("U4") or code == "U712")
