"""Common slips put right: what people write for a word of the language. It is offered, never taken as said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher, get_close_matches

from ustm_cli.dates.era import (
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    THAI_MONTHS,
    THAI_SHORT_MONTHS,
    THAI_WEEKDAYS,
    Lang,
    month_name,
)
from ustm_cli.deadlines.base import Event
from ustm_cli.deadlines.slot_dates import DASH, MONTH, join, month_number, read_date

# A word that is less like a month or an event is another word.
LEAST_LIKENESS = 0.8

_THAI_COUNTS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ")
_ENGLISH_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: number for words in (_THAI_COUNTS, _ENGLISH_COUNTS) for number, word in enumerate(words, 1)}
_NTHS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th"}
_ANY_COUNT, _ANY_NTH = "|".join(_COUNTS), "|".join(_NTHS)
_UNITS = ("days", "months", "hours", "minutes")
_THAI_DAYS, _ENGLISH_DAYS = "|".join(THAI_WEEKDAYS), "|".join(ENGLISH_WEEKDAYS)


def _counted(match: re.Match[str]) -> str:
    return f"{match[1].strip()} {_COUNTS[match[2].lower()]} "


def _minutes(match: re.Match[str]) -> str:
    return f"{int(match[1]) * 60 + int(match[3])} {match[4]}"


def _weeks(match: re.Match[str]) -> str:
    return f"{int(match[1]) * 7} {'days' if match[0].isascii() else 'วัน'}"


def _numbered(match: re.Match[str]) -> str:
    """`6/10/2563`: the day first, as it is written in Thailand."""
    number = int(match[2])
    return f"{match[1]} {THAI_SHORT_MONTHS[number - 1]} {match[3]}" if 1 <= number <= 12 else match[0]


def _dated(match: re.Match[str]) -> str:
    """`วันจันทร์ที่ 6 …`: the day without its weekday, where it falls on that."""
    weekday = THAI_WEEKDAYS.index(match[1]) if match[1] else ENGLISH_WEEKDAYS.index(match[2].capitalize())
    days = (day for _, day in read_date("", match[3], 0, None) if isinstance(day, date))
    return match[3] if any(day.weekday() == weekday for day in days) else match[0]


def _listed(match: re.Match[str]) -> str:
    """Months from one to another, which may lie in the next year."""
    first, last = month_number(match[2]), month_number(match[3])
    lang: Lang = "en" if match[1].isascii() else "th"
    names = [month_name((first - 1 + further) % 12 + 1, lang=lang) for further in range((last - first) % 12 + 1)]
    return match[1] + join(names, lang)


def _month(match: re.Match[str]) -> str:
    """The month that a word is short for, or nearly is."""
    word = match[2]
    names = ENGLISH_MONTHS if word.isascii() else THAI_MONTHS
    likeness, name = max((_month_likeness(word.lower(), name.lower()), name) for name in names)
    return match[1] + name if likeness >= LEAST_LIKENESS else match[0]


def _unit(match: re.Match[str]) -> str:
    return match[1] + next(iter(get_close_matches(match[2].lower(), _UNITS, 1, LEAST_LIKENESS)), match[2])


def _month_likeness(word: str, name: str) -> float:
    return 1.0 if name.startswith(word) else SequenceMatcher(None, word, name).ratio()


_HALVES, _ENGLISH_HALVES = "ในเดือน มี.ค. และ ก.ย.", "in Mar and Sep"
_PERIOD = r"(สัปดาห์|เดือน|ไตรมาส|ปีงบประมาณ)"
_NUMBER_OF_DAYS = r"\d+\s*(?:วันทำการ|วัน|เดือน)"
_WEEKDAY = {name[:length].lower(): name for name in ENGLISH_WEEKDAYS for length in (3, 4, 5)}
_Slip = tuple[str, str | Callable[[re.Match[str]], str]]
# What was written, and what it is in the language; each is tried upon what those before it have made of the text.
_SLIPS: tuple[_Slip, ...] = (
    # words
    (r"\s*ๆ\s*", ""),
    (r"ไตรมาศ", "ไตรมาส"),
    (r"วันที(?=\s*\d)", "วันที่"),
    (r"ภายในวัน\s*(?=(?:ได้)?รับเรื่อง)", "ภายในวันที่"),
    (r"(?<!ล่วงหน้า)ไม่\s*เกิน", "ภายใน"),
    (r"นับ\s*ถัด\s*จาก", "นับจาก"),
    (r"สิ้นสุด\s*(?=สัปดาห์|เดือน|ไตรมาส|ปี)", "สิ้น"),
    (r"วัน\s*(?:ทำงาน|ราชการ)", "วันทำการ"),
    (r"\b(?:work|business|office)\s*days?\b|\bworkdays?\b", "working days"),
    (r"(\d\s*)(?:ชัวโมง|ชม(?![.\u0e01-\u0e4e])|ช\.ม\.)", r"\1ชั่วโมง"),
    (r"(\d\s*)(?:นาฑี|นาที่)", r"\1นาที"),
    (r"\bhrs?\b\.?", "hours"),
    (r"\bmins?\b\.?", "minutes"),
    (r"\beach\b", "every"),
    (r"\bof every (?=week|month|quarter|fiscal year)", "of the "),
    (r"\bprior to\b", "before"),
    (r"\btwice monthly\b", "twice a month"),
    (r"(?<=รับ)(?:เอกสาร|หนังสือ|คำขอ|คำร้อง|เรื่อง)\s*(?:ที่)?\s*(?:ถูกต้อง)?\s*(?:และ)?\s*(?:ครบถ้วน)?$", "เรื่อง"),
    (r"อาทิตย์\s*ที่(?=\s*\d)", "สัปดาห์ที่"),
    (r"สัปดาห์\s*แรก", "สัปดาห์ที่ 1"),
    (rf"({_THAI_DAYS})\s*แรก", r"\1ที่ 1 "),
    # Without its month, every second Friday may be every other one.
    (rf"(?<!every )\b(?:{_ANY_NTH})(?=\s+(?:{_ENGLISH_DAYS})\b)", lambda match: _NTHS[match[0].lower()]),
    (rf"\b(?:{_ANY_NTH})(?=\s+(?:{_ENGLISH_DAYS}) of\b)", lambda match: _NTHS[match[0].lower()]),
    (rf"\b({'|'.join(_WEEKDAY)})\b\.?", lambda match: _WEEKDAY[match[1].lower()]),
    # numbers
    (r"ละครั้ง", "ละ 1 ครั้ง"),
    (rf"(ภายใน|ที่|ละ|ก่อน|ล่วงหน้า)\s*({_ANY_COUNT})(?!\s*(?:{_ANY_COUNT}|เอ็ด|ร้อย|พัน))\s*", _counted),
    (rf"(\s)({_ANY_COUNT})\s*(?=วัน|เดือน|ชั่วโมง|นาที|ครั้ง)", _counted),
    (
        rf"(?<!-)\b({_ANY_COUNT}) +(?=working|day|week|month|hour|minute|time)",
        lambda match: f"{_COUNTS[match[1].lower()]} ",
    ),
    (r"\bwithin an? (?=day|week|month|hour|minute)", "within 1 "),
    (r"ครึ่ง\s*ชั่วโมง", " 30 นาที"),
    (r"\bhalf an hour\b", "30 minutes"),
    (r"(\d+)\s*ชั่วโมง\s*ครึ่ง", r"\1 ชั่วโมง 30 นาที"),
    (r"(\d+)\s*(ชั่วโมง|ชม\.|hours?)\s*(?:and\s*)?(\d+)\s*(นาที|minutes?)", _minutes),
    (r"(ชั่วโมง|ชม\.|นาที)\s*(?:ทำการ|ราชการ)", r"\1ในเวลาราชการ"),
    (r"(?<!ทุก)(?<!ทุก )(?<!every )\b(\d+)\s*(?:สัปดาห์(?!\s*ที่)|weeks?\b)", _weeks),
    # how often
    (r"(\d+)\s*ครั้ง\s*(?:ต่อ|/)\s*(สัปดาห์|เดือน|ไตรมาส|ปี)", r"\2ละ \1 ครั้ง"),
    (r"^ทุก\s*(สัปดาห์|เดือน|ไตรมาส|ปี)\s*(?:ละ|อย่างน้อย)\s*(?=\d+\s*ครั้ง)", r"อย่างน้อย\1ละ "),
    (r"^(?:ครึ่งปี|6\s*เดือน)ละ\s*1\s*ครั้ง$", _HALVES),
    (r"^(สัปดาห์|เดือน|ไตรมาส|ปี)(?:งบประมาณ)?ละ\s*(\d+)\s*ครั้ง$", r"อย่างน้อย\1ละ \2 ครั้ง"),
    (r"^((?:once|twice|\d+ times) an? (?:week|month|quarter|fiscal year|year))$", r"at least \1"),
    (r"\bat least (\d+) (?=an? )", r"at least \1 times "),
    (r"อย่าง\s*น้อย(?=\s*\d+\s*(?:วัน|เดือน))", " ไม่น้อยกว่า"),
    (r"\bat least (?=\d+ (?:working )?days? before\b|\d+ months? before\b)", "not less than "),
    (r"^(?:ราย|ประจำ)\s*(?=สัปดาห์|เดือน|ไตรมาส|ปี)", "ทุก"),
    (r"^(?:yearly|annually)\b", "every fiscal year"),
    (r"^weekly\b", "every week"),
    (r"^ทุก\s*ปี(?!งบ|ปฏิทิน|บัญชี|การศึกษา)", "ทุกปีงบประมาณ"),
    (r"สิ้น\s*ปี(?!งบ|ปฏิทิน|บัญชี|การศึกษา)", "สิ้นปีงบประมาณ"),
    (r"^(?:ทุก|ราย)\s*(?:รอบ\s*)?(?:3|สาม)\s*เดือน", "ทุกไตรมาส"),
    (r"^every 3 months\b", "every quarter"),
    (r"^(?:ทุก|ราย)\s*(?:รอบ\s*)?(?:(?:6|หก)\s*เดือน|ครึ่งปี)$", _HALVES),
    (r"^(?:every 6 months|every half year|half-yearly|semi-?annually)$", _ENGLISH_HALVES),
    (r"^ปีละ\s*2\s*ครั้ง\s*(?:ทุก)?\s*ครึ่งปี$", _HALVES),
    (r"^(?:ต่อเนื่อง\s*)?(?:ตลอด|ทั้ง)\s*(?:ทั้ง)?ปี(?:งบประมาณ)?$", "ต่อเนื่อง"),
    (r"^(?:all year(?: round)?|throughout the (?:fiscal )?year|ongoing)$", "continuously"),
    (r"^ตลอด\s*(?:ทั้ง)?(?=สัปดาห์|เดือน|ไตรมาส)", "ทุก"),
    # weeks, months, quarters
    (r"เดือนแรกของไตรมาส\s*(?:ถัดไป|ต่อไป|หน้า)", "เดือนถัดจากสิ้นไตรมาส"),
    (r"เดือน\s*(?:หน้า|ต่อไป|ถัดมา)", "เดือนถัดไป"),
    (r"\bnext month\b", "following month"),
    (r"\bof (?=following month)", "of the "),
    (r"ภายใน\s*(?:สิ้น)?(?=เดือน\s*ถัด)", "ใน"),
    (r"ภายใน\s*(?=\d+\s*ของเดือน)", "ภายในวันที่ "),
    (r"(วันที่\s*\d+)\s*(?=เดือน(?:ถัด|แรก|สุดท้าย))", r"\1 ของ"),
    (rf"(หลัง|นับจาก|นับแต่)\s*(?={_PERIOD}$)", r"\1สิ้น"),
    (r"\bby the end of the following month\b", "in the following month"),
    (r"(ทุก\s*(ไตรมาส|ปีงบประมาณ).*เดือน)\s*ถัดไป", r"\1ถัดจากสิ้น\2"),
    (r"(every (quarter|fiscal year).*) the following month\b", r"\1 the month after \2 end"),
    (r"^ทุก\s*ไตรมาส\s*(?:ที่\s*)?(\d)$", r"ภายในไตรมาส \1"),
    (r"^ทุก\s*ไตรมาส\s*แรก$", "ภายในไตรมาส 1"),
    (r"^(?:(?:during|in|within|by (?:the )?end of) )?(?:q|quarter )([1-4])$", r"within quarter \1"),
    (r"^ภายใน\s*ปีงบประมาณ\s*(?:นี้)?$", "ทุกปีงบประมาณ"),
    (rf"^ทุกปีงบประมาณ\s*(?:ใน)?\s*(?=เดือน\s*(?:{MONTH}))", "ใน"),
    (r"^(ทุก\s*เดือน)\s*(?:ภายใน|ใน)\s*(?=สัปดาห์)", r"\1 "),
    (r"^(?:ทุก|ภายใน|ใน)?\s*(สัปดาห์\s*ที่\s*\d)\s*ของ\s*(?:ทุก\s*)?เดือน$", r"ทุกเดือน \1"),
    # days
    (r"^ทุก\s*เดือน\s*(?=ทุก\s*วัน)", ""),
    (rf"^(ทุกวัน(?:{_THAI_DAYS}))\s*ของ\s*(?:ทุก\s*)?(?:สัปดาห์|เดือน)$", r"\1"),
    (rf"^(ทุกวัน(?:{_THAI_DAYS}))\s*(?:ครั้ง|(?:ของ\s*)?สัปดาห์)\s*ที่\s*(\d)(?:\s*ของ\s*เดือน)?$", r"\1ที่ \2 ของเดือน"),
    (rf"^(?:ทุก\s*)?(วันทำการ(?:แรก|สุดท้าย))\s*ของ\s*(?:ทุก\s*)?{_PERIOD}$", r"ทุก\2 \1"),
    (rf"^ทุก\s*{_PERIOD}\s*ภายใน\s*(?=วันทำการ)", r"ทุก\1 "),
    (
        r"^(?:every )?(first|last) working days? of (?:the |every )?(week|month|quarter|fiscal year)$",
        r"every \2, \1 working day",
    ),
    (r"ของ\s*ทุก\s*เดือน", "ของเดือน"),
    (r"^(?:ทุก\s*เดือน\s*|ทุก\s*)?(?:ภายใน\s*)?วันที่\s*(\d+)(?:\s*ของ\s*เดือน)?$", r"ทุกเดือน ภายในวันที่ \1"),
    (r"^ทุก\s*เดือน\s*วันที่", "ทุกเดือน ภายในวันที่"),
    (r"^(?:ทุก\s*เดือน|ทุก)?\s*วันแรก(?:\s*ของ\s*เดือน)?$", "ทุกเดือน ภายในวันที่ 1"),
    (r"^(?:ทุก\s*เดือน|ทุก)?\s*วันสุดท้าย(?:\s*ของ\s*เดือน)?$", "ทุกสิ้นเดือน"),
    (r"^(?:ทุก\s*เดือน\s*)?ภายใน\s*(\d+)\s*วัน\s*แรก\s*ของ\s*เดือน$", r"ทุกเดือน ภายในวันที่ \1"),
    (r"^(?:ทุก\s*เดือน\s*)?ภายใน\s*(\d+)\s*วัน\s*แรก\s*ของ\s*เดือนถัดไป$", r"ทุกเดือน ภายในวันที่ \1 ของเดือนถัดไป"),
    (
        r"^(?:ทุก\s*เดือน\s*)?(ภายใน\s*\d+\s*วันทำการ)\s*(?:แรก\s*ของ\s*เดือน(?:ถัดไป)?|ของ\s*เดือนถัดไป)$",
        r"ทุกเดือน \1หลังสิ้นเดือน",
    ),
    (r"\b(?:by|on) (?:the )?(\d+)(?:st|nd|rd|th)(?: day)?(?= of the (?:following )?month\b)", r"by day \1"),
    (r"^by day (\d+) of the month$", r"every month, by day \1"),
    (rf"^ทุก\s*{_PERIOD}\s*(?:ภายใน)?\s*(?:วัน)?(สิ้น|ต้น)\s*\1", r"ทุก\2\1"),
    (rf"^ภายใน\s*(?:วัน)?สิ้น(?!เดือน\s*(?:{MONTH}))", "ทุกสิ้น"),
    (r"^by (?:the )?(?=(?:month|quarter|fiscal year) end$)", "every "),
    (r"^(?:(?:by|at|on) )?(?:the )?(?:end|last day) of (?:the )?(month|quarter|fiscal year)$", r"every \1 end"),
    (rf"^(?:ทุก\s*\S+\s+)?หลัง\s*(?:วัน)?สิ้น{_PERIOD}\s*({_NUMBER_OF_DAYS})$", r"ทุก\1 ภายใน \2หลังสิ้น\1"),
    # before and after
    (rf"^(ไม่น้อยกว่า\s*)?({_NUMBER_OF_DAYS})\s*ก่อน\s*(\S.*)$", r"ก่อน\3 \1\2"),
    (rf"^หลัง\s*(\S.*?)\s*({_NUMBER_OF_DAYS})$", r"ภายใน \2หลัง\1"),
    (r"^ทุก(?:เดือน|ไตรมาส|ปีงบประมาณ)\s*(?=ก่อน\D*\d+\s*(?:วัน|เดือน))", ""),
    (r"(ก่อน|หลัง)\s*วัน(?=\D)(?!ทำการ|ที่)", r"\1"),
    (r"\b(before|after) the (?!first|last|second|third|end|month|following)", r"\1 "),
    (r"ล่วงหน้า\s*(?=ก่อน)", ""),
    (r"^ก่อน\s*(?:ครบ)?กำหนด\s*(?=\d)", "ล่วงหน้า "),
    (r"^(?:ก่อน\s*)?(\d+\s*วัน(?:\s*ทำการ)?)$", r"ล่วงหน้า \1"),
    (r"^(\d+ (?:working )?days?)(?: before| in advance)?$", r"\1 ahead"),
    (r"^(ตามที่\s*\S+?)\s*(?:กำหนด|สั่งการ|สั่ง)(?=$|\s*ประมาณ)", r"\1แจ้ง"),
    (r"^ตามที่\s*(?:แจ้ง|กำหนด|$)", "ตามที่ได้รับแจ้ง"),
    (r"^ตามที่\s*ได้รับ\s*แจ้ง\s*จาก\s*(\S+)", r"ตามที่\1แจ้ง"),
    (r"^ทันที(?:ที่|เมื่อ)\s*(?=(?:ได้)?รับเรื่อง)", "เมื่อ"),
    (r"^เมื่อ\s*(?:ได้)?รับแจ้ง$", "ตามที่ได้รับแจ้ง"),
    (r"^when received$", "on receipt"),
    (r"^(?=\d+ (?:working )?(?:days?|months?) after )", "within "),
    # dates
    (r"\s*ของ\s*ทุก\s*ปี(?:งบประมาณ)?$", ""),
    (r"^(?:ณ\s*วันที่|on)\s*(?=\d)", ""),
    (rf"^(?:วัน({_THAI_DAYS})\s*ที่|({_ENGLISH_DAYS}),?)\s*(\d.*)$", _dated),
    # A dash may be that of one day, `2563-10-06`, from which on something holds.
    (rf"^(?:(?:ตั้งแต่|ระหว่าง)\s*(?:วันที่|เดือน)?|from )\s*(?!\d{{4}}-[\d-]+$)(?=\S.*{DASH})", ""),
    (rf"^between (\S.*) and (?=\d|{MONTH})", r"\1 - "),
    (r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?![\d/])", _numbered),
    (r"(เดือน\s*|\d\s*)([\u0e01-\u0e2e][\u0e01-\u0e4e]{3,})", _month),
    (r"(\b)([a-z]{4,})", _month),
    (r"(\d )([a-z]{4,})", _unit),
    (rf"({MONTH})\s+(\d{{1,2}})\s*,?\s+(\d{{4}}|\d\d)\b", r"\2 \1 \3"),
    (rf"^by ({MONTH}) (\d\d?)$", r"by \2 \1"),
    (rf"^on ({MONTH}) (\d\d?)$", r"\2 \1"),
    (rf"(\d|ประมาณ)\s*เดือน\s*(?={MONTH})", r"\1 "),
    (rf"^(?:ภายใน|ใน|ช่วง)?\s*(?:สิ้น)?\s*เดือน\s*({MONTH})\s*(\d{{2,4}})$", r"\1 \2"),
    (r"^ช่วง\s*เดือน", "ในเดือน"),
    (rf"^ภายใน\s*(?:สิ้น)?(?=เดือน\s*(?:{MONTH})$)", "ใน"),
    (rf"^every (?=(?:{MONTH})\b)", "in "),
    (rf"(เดือน\s*|\bin )({MONTH})\s*{DASH}\s*({MONTH})$", _listed),
)


def respelled(text: str) -> Iterator[str]:
    """The text with one slip after the other put right; whether it is then understood is not looked at."""
    for pattern, instead in _SLIPS:
        mended = re.sub(pattern, instead, text, flags=re.IGNORECASE)
        if mended != text:
            text = re.sub(r"  +", " ", mended).strip()
            yield text


def renamed(text: str, start: int, end: int, events: Mapping[str, Event]) -> Iterator[str]:
    """The text with the event named that is most like the words from start to end."""
    names = {name.lower(): name for event in events.values() for name in (event.name, event.id)}
    for like in get_close_matches(text[start:end].lower(), names, 1, LEAST_LIKENESS):
        yield f"{text[:start]}{names[like]}{text[end:]}".strip()
