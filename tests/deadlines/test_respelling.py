"""Common slips: what is offered is what was meant, and never another date; what cannot be meant gets no offer."""

from __future__ import annotations

import pytest

from ustm_cli.dates.era import to_arabic
from ustm_cli.deadlines.base import Event
from ustm_cli.deadlines.facts import facts, is_faithful
from ustm_cli.deadlines.phrase import PhraseError, parse, parse_review, say
from ustm_cli.deadlines.respelling import renamed, respelled

EVENTS = {
    event.id: event
    for event in (
        Event("board", "การประชุมกรมการจังหวัด", "month"),
        Event("monthly", "การประชุมประจำเดือนของจังหวัด", "month"),
        Event("big", "ประชุมใหญ่", "year"),
    )
}

# What was written: what the language has for it.
SLIPS = {
    "ทุกๆ เดือน": "ทุกเดือน",
    "ทุก ๆ ไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส": "ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส",
    "ภายในวันที่ 5 ของทุกเดือน": "ทุกเดือน ภายในวันที่ 5",
    "ภายในวันที่ 10 ของทุก ๆ เดือน": "ทุกเดือน ภายในวันที่ 10",
    "ทุกเดือน วันที่ 10 ของทุกเดือน": "ทุกเดือน ภายในวันที่ 10",
    "ทุกไตรมาส ภายในวันที่ 5 ของทุกเดือนแรกของไตรมาส": "ทุกไตรมาส ภายในวันที่ 5 ของเดือนแรกของไตรมาส",
    "ภายในครึ่งชั่วโมงนับจากรับเรื่อง": "ภายใน 30 นาทีนับจากรับเรื่อง",
    "within half an hour of receipt": "within 30 minutes of receipt",
    "ภายใน 1 ชั่วโมงครึ่งนับจากรับเรื่อง": "ภายใน 90 นาทีนับจากรับเรื่อง",
    "ทุกวันทำการแรกของเดือน": "ทุกเดือน วันทำการแรก",
    "วันทำการสุดท้ายของสัปดาห์": "ทุกสัปดาห์ วันทำการสุดท้าย",
    "วันทำการแรกของทุกไตรมาส": "ทุกไตรมาส วันทำการแรก",
    "ทุกสัปดาห์ ภายในวันทำการแรก": "ทุกสัปดาห์ วันทำการแรก",
    "last working day of every month": "every month, last working day",
    "every first working day of the week": "every week, first working day",
    "every Mon": "every Monday",
    "every Tues.": "every Tuesday",
    "every Thurs.": "every Thursday",
    "all year round": "continuously",
    "ทุกเดือน สัปดาห์แรก": "ทุกเดือน สัปดาห์ที่ 1",
    "สัปดาห์ที่ 2 ของเดือน": "ทุกเดือน สัปดาห์ที่ 2",
    "ทุกสัปดาห์ที่ 2 ของทุกเดือน": "ทุกเดือน สัปดาห์ที่ 2",
    "ทุกเดือน ภายในสัปดาห์ที่ 2": "ทุกเดือน สัปดาห์ที่ 2",
    "ทุกวันศุกร์ของทุกสัปดาห์": "ทุกวันศุกร์",
    "ทุกวันศุกร์ สัปดาห์ที่ 2": "ทุกวันศุกร์ที่ 2 ของเดือน",
    "ทุกวันศุกร์ของสัปดาห์ที่ 2 ของเดือน": "ทุกวันศุกร์ที่ 2 ของเดือน",
    "ทุกวันศุกร์ ครั้งที่ 3 ของเดือน": "ทุกวันศุกร์ที่ 3 ของเดือน",
    "ทุกเดือน ทุกวันศุกร์": "ทุกวันศุกร์",
    "ทุกเดือน สิ้นเดือน": "ทุกสิ้นเดือน",
    "ทุกไตรมาส ต้นไตรมาส": "ทุกต้นไตรมาส",
    "ทุกไตรมาสที่ 1": "ภายในไตรมาส 1",
    "ทุกไตรมาส 2": "ภายในไตรมาส 2",
    "ทุกไตรมาสแรก": "ภายในไตรมาส 1",
    "ภายในปีงบประมาณนี้": "ทุกปีงบประมาณ",
    "ทุกไตรมาส ภายในวันที่ 15 ของเดือนแรกของไตรมาสถัดไป": "ทุกไตรมาส ภายในวันที่ 15 ของเดือนถัดจากสิ้นไตรมาส",
    "ทุกไตรมาส ภายในเดือนถัดไป": "ทุกไตรมาส ในเดือนถัดจากสิ้นไตรมาส",
    "ภายใน 5 วันแรกของเดือน": "ทุกเดือน ภายในวันที่ 5",
    "ทุกเดือน ภายใน 5 วันทำการแรกของเดือน": "ทุกเดือน ภายใน 5 วันทำการหลังสิ้นเดือน",
    "ทุกเดือน ภายใน 5 วันนับจากวันสิ้นสุดเดือน": "ทุกเดือน ภายใน 5 วันนับจากวันสิ้นเดือน",
    "ภายใน 5 วันนับถัดจากสิ้นปีงบประมาณ": "ภายใน 5 วันนับจากสิ้นปีงบประมาณ",
    "หลังสิ้นไตรมาส 15 วัน": "ทุกไตรมาส ภายใน 15 วันหลังสิ้นไตรมาส",
    "ทุกเดือน หลังวันสิ้นเดือน 3 วันทำการ": "ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน",
    "ทุกรอบ 6 เดือน": "ในเดือน มี.ค. และ ก.ย.",
    "ราย 3 เดือน": "ทุกไตรมาส",
    "ครึ่งปีละ 1 ครั้ง": "ในเดือน มี.ค. และ ก.ย.",
    "อย่างน้อย 2 ครั้ง/ไตรมาส": "อย่างน้อย ไตรมาสละ 2 ครั้ง",
    "2 ครั้งต่อเดือน": "อย่างน้อยเดือนละ 2 ครั้ง",
    "ทุกเดือนๆ ละ 1 ครั้ง": "อย่างน้อยเดือนละ 1 ครั้ง",
    "ทุกเดือน อย่างน้อย 1 ครั้ง": "อย่างน้อยเดือนละ 1 ครั้ง",
    "เดือนละ 1 ครั้ง": "อย่างน้อยเดือนละ 1 ครั้ง",
    "ปีงบประมาณละ 2 ครั้ง": "อย่างน้อยปีละ 2 ครั้ง",
    "once a month": "at least once a month",
    "at least 2 a month": "at least 2 times a month",
    "ตลอดทั้งเดือน": "ทุกเดือน",
    "ตามที่กรมบัญชีกลางสั่งการ": "ตามที่กรมบัญชีกลางแจ้ง",
    "3 days before the board": "3 days before board",
    "วันที่ ๖ เดือน ตุลาคม พ.ศ. ๒๕๖๓": "วันที่ 6 ตุลาคม พ.ศ. 2563",
    "ตามที่กรมบัญชีกลางแจ้ง ประมาณเดือนธันวาคม 2563": "ตามที่กรมบัญชีกลางแจ้ง ประมาณ ธันวาคม 2563",
    "รายไตรมาส": "ทุกไตรมาส",
    "ราย เดือน": "ทุกเดือน",
    "ประจำสัปดาห์ วันทำการแรก": "ทุกสัปดาห์ วันทำการแรก",
    "ทุกปี": "ทุกปีงบประมาณ",
    "รายปี": "ทุกปีงบประมาณ",
    "ทุก ปี ภายใน 50 วันหลังสิ้น ปี": "ทุกปีงบประมาณ ภายใน 50 วันหลังสิ้นปีงบประมาณ",
    "ทุกสิ้นปี": "ทุกสิ้นปีงบประมาณ",
    "ทุกปี ในเดือน ธ.ค.": "ในเดือน ธ.ค.",
    "ทุกปี เดือนธันวาคม": "ในเดือนธันวาคม",
    "yearly": "every fiscal year",
    "Annually": "every fiscal year",
    "weekly": "every week",
    "ทุกเดือน ไม่เกินวันที่ 10 ของเดือนถัดไป": "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "ก่อนการประชุมกรมการจังหวัดอย่างน้อย 3 วัน": "ก่อนการประชุมกรมการจังหวัด ไม่น้อยกว่า 3 วัน",
    "ภายใน 5 วันทำงานนับจากรับเรื่อง": "ภายใน 5 วันทำการนับจากรับเรื่อง",
    "ทุกเดือน ภายใน 3 วันราชการหลังสิ้นเดือน": "ทุกเดือน ภายใน 3 วันทำการหลังสิ้นเดือน",
    "within 5 business days of receipt": "within 5 working days of receipt",
    "within 5 workdays of receipt": "within 5 working days of receipt",
    "within 3 hrs of receipt": "within 3 hours of receipt",
    "within 45 mins. of receipt": "within 45 minutes of receipt",
    "within 3 hurs of receipt": "within 3 hours of receipt",
    "within 30 Minuts of receipt": "within 30 minutes of receipt",
    "within 3 dayss of receipt": "within 3 days of receipt",
    "within 3 mounths of receipt": "within 3 months of receipt",
    "ภายใน 3 ชัวโมงนับจากรับเรื่อง": "ภายใน 3 ชั่วโมงนับจากรับเรื่อง",
    "ภายใน 3 ชม นับจากรับเรื่อง": "ภายใน 3 ชั่วโมง นับจากรับเรื่อง",
    "ภายใน 3 ช.ม. นับจากรับเรื่อง": "ภายใน 3 ชั่วโมง นับจากรับเรื่อง",
    "ภายใน 30 นาฑีนับจากรับเรื่อง": "ภายใน 30 นาทีนับจากรับเรื่อง",
    "ภายใน 30 นาที่นับจากรับเรื่อง": "ภายใน 30 นาทีนับจากรับเรื่อง",
    "each Friday": "every Friday",
    "เดือนละ 2 ครั้ง อาทิตย์ที่ 1 และ 3": "เดือนละ 2 ครั้ง สัปดาห์ที่ 1 และ 3",
    "ก่อนวันประชุมใหญ่ 3 วัน": "ก่อนประชุมใหญ่ 3 วัน",
    "ภายใน 3 วันหลังวันประชุมใหญ่": "ภายใน 3 วันหลังประชุมใหญ่",
    "ทุกเดือน ภายในวันที่ 10 ของเดือนหน้า": "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "ทุกเดือน ภายในวันที่ 10 ของเดือนต่อไป": "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "every month, by day 10 of the next month": "every month, by day 10 of the following month",
    "ทุกไตรมาส ภายในวันที่ 5 ของเดือนถัดไป": "ทุกไตรมาส ภายในวันที่ 5 ของเดือนถัดจากสิ้นไตรมาส",
    "every quarter, by day 5 of the following month": "every quarter, by day 5 of the month after quarter end",
    "every fiscal year, in the next month": "every fiscal year, in the month after fiscal year end",
    "ทุกวันที่ 10": "ทุกเดือน ภายในวันที่ 10",
    "ทุกวันที่ 10 ของทุกเดือน": "ทุกเดือน ภายในวันที่ 10",
    "ทุกเดือน วันที่ 10 ของเดือนถัดไป": "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "ทุกเดือน วันแรก": "ทุกเดือน ภายในวันที่ 1",
    "วันแรกของเดือน": "ทุกเดือน ภายในวันที่ 1",
    "ทุกเดือน วันสุดท้าย": "ทุกสิ้นเดือน",
    "วันสุดท้ายของเดือน": "ทุกสิ้นเดือน",
    "ภายในสิ้นเดือน": "ทุกสิ้นเดือน",
    "ทุกเดือน ภายในสิ้นเดือน": "ทุกสิ้นเดือน",
    "ตลอดปี": "ต่อเนื่อง",
    "ต่อเนื่องตลอดทั้งปีงบประมาณ": "ต่อเนื่อง",
    "ก่อนประชุมใหญ่ สาม วันทำการ": "ก่อนประชุมใหญ่ 3 วันทำการ",
    "ทุกไตรมาส ภายในวันสิ้นไตรมาส": "ทุกสิ้นไตรมาส",
    "by the end of the month": "every month end",
    "by quarter end": "every quarter end",
    "ทุก 3 เดือน ภายใน 5 วันหลังสิ้นไตรมาส": "ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส",
    "ทุก 6 เดือน": "ในเดือน มี.ค. และ ก.ย.",
    "ทุกครึ่งปี": "ในเดือน มี.ค. และ ก.ย.",
    "ปีละ 2 ครั้ง ทุกครึ่งปี": "ในเดือน มี.ค. และ ก.ย.",
    "อย่างน้อยเดือนละครั้ง": "อย่างน้อยเดือนละ 1 ครั้ง",
    "ทุกวันจันทร์แรกของเดือน": "ทุกวันจันทร์ที่ 1 ของเดือน",
    "ทุกวันศุกร์ที่สามของเดือน": "ทุกวันศุกร์ที่ 3 ของเดือน",
    "every first Friday of the month": "every 1st Friday of the month",
    "every second Friday of the month": "every 2nd Friday of the month",
    "every third Friday of the month": "every 3rd Friday of the month",
    "every fourth Friday of the month": "every 4th Friday of the month",
    "ภายในห้าวันหลังสิ้นปีงบประมาณ": "ภายใน 5 วันหลังสิ้นปีงบประมาณ",
    "ทุกเดือน ภายในวันที่สิบของเดือนถัดไป": "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "within three months after fiscal year end": "within 3 months after fiscal year end",
    "within one day of receipt": "within 1 day of receipt",
    "ภายใน Five วันนับจากรับเรื่อง": "ภายใน 5 วันนับจากรับเรื่อง",
    "ภายใน 1 ชั่วโมง 30 นาทีนับจากรับเรื่อง": "ภายใน 90 นาทีนับจากรับเรื่อง",
    "within 2 hours and 5 minutes of receipt": "within 125 minutes of receipt",
    "ก่อนประชุมใหญ่ 1 สัปดาห์": "ก่อนประชุมใหญ่ 7 วัน",
    "within 2 weeks of receipt": "within 14 days of receipt",
    "ตามที่แจ้ง": "ตามที่ได้รับแจ้ง",
    "ตามที่กำหนด": "ตามที่ได้รับแจ้ง",
    "ตามที่กรมบัญชีกลางกำหนด": "ตามที่กรมบัญชีกลางแจ้ง",
    "ตามที่ กรมบัญชีกลาง กำหนด": "ตามที่ กรมบัญชีกลางแจ้ง",
    "ตามที่ได้รับแจ้งจากกรมบัญชีกลาง": "ตามที่กรมบัญชีกลางแจ้ง",
    "6/10/2563": "6 ต.ค. 2563",
    "6/1/2563": "6 ม.ค. 2563",
    "ภายใน 31/12/63": "ภายใน 31 ธ.ค. 63",
    "15 กรกฏาคม 2564": "15 กรกฎาคม 2564",
    "ในเดือนตุลาคน": "ในเดือนตุลาคม",
    "ในเดือน ธันวา": "ในเดือน ธันวาคม",
    "15 Septmber 2564": "15 September 2564",
    "15 Mavch 2564": "15 March 2564",
    "15 Octo 2564": "15 October 2564",
    "by Jan 30, 2564": "by 30 Jan 2564",
    "January 30 2564": "30 January 2564",
    "เดือนพฤศจิกายน 2563": "พฤศจิกายน 2563",
    "ภายในเดือน พ.ย. 2563": "พ.ย. 2563",
    "ช่วงเดือนกันยายน": "ในเดือนกันยายน",
    "ในเดือน ต.ค.-ธ.ค.": "ในเดือน ต.ค. พ.ย. และ ธ.ค.",
    "in ต.ค. - ธ.ค.": "in Oct, Nov and Dec",
    "in Nov - Feb": "in Nov, Dec, Jan and Feb",
    "ภายใน 2 ชั่วโมงทำการนับจากรับเรื่อง": "ภายใน 2 ชั่วโมงในเวลาราชการนับจากรับเรื่อง",
    "ภายใน 2 ชม. ราชการนับจากรับเรื่อง": "ภายใน 2 ชม.ในเวลาราชการนับจากรับเรื่อง",
    "ภายใน 30 นาทีทำการนับจากรับเรื่อง": "ภายใน 30 นาทีในเวลาราชการนับจากรับเรื่อง",
    "ทุกเดือน ภายในสิ้นเดือนถัดไป": "ทุกเดือน ในเดือนถัดไป",
    "every quarter, by the end of the next month": "every quarter, in the month after quarter end",
    "ทุกวันศุกร์ของเดือน": "ทุกวันศุกร์",
    "ทันทีที่ได้รับเรื่อง": "เมื่อได้รับเรื่อง",
    "ทันทีเมื่อรับเรื่อง": "เมื่อรับเรื่อง",
    "ณ วันที่ 30 กันยายน 2564": "30 กันยายน 2564",
    "on 6 Oct 2563": "6 Oct 2563",
    "ระหว่าง 1-5 ธ.ค. 63": "1-5 ธ.ค. 63",
    "ระหว่างวันที่ 1-5 ธ.ค. 63": "1-5 ธ.ค. 63",
    "ตั้งแต่เดือน ต.ค. 63 ถึง ก.ย. 64": "ต.ค. 63 ถึง ก.ย. 64",
    "ตามที่จังหวัดกำหนด ประมาณ ธ.ค. 2563": "ตามที่จังหวัดแจ้ง ประมาณ ธ.ค. 2563",
    "ล่วงหน้า ก่อนประชุมใหญ่ 3 วัน": "ก่อนประชุมใหญ่ 3 วัน",
    "by the 10th of each month": "every month, by day 10",
    "on the 3rd day of the month": "every month, by day 3",
    "2 working days prior to big": "2 working days before big",
    "twice monthly, weeks 2 and 4": "twice a month, weeks 2 and 4",
    "ภายใน 15 วันทำการนับจากวันที่ได้รับเอกสารที่ถูกต้องและครบถ้วน": "ภายใน 15 วันทำการนับจากวันที่ได้รับเรื่อง",
    "ภายใน 5 วันนับจากรับคำขอ": "ภายใน 5 วันนับจากรับเรื่อง",
    "within one week of receipt": "within 7 days of receipt",
    "ทุกสามเดือน": "ทุกไตรมาส",
    "every three months": "every quarter",
    "ทุกหกเดือน": "ในเดือน มี.ค. และ ก.ย.",
    "every six months": "in Mar and Sep",
    "semi-annually": "in Mar and Sep",
    "Semiannually": "in Mar and Sep",
    "half-yearly": "in Mar and Sep",
    "every half year": "in Mar and Sep",
    "at least 7 days before big": "not less than 7 days before big",
    "at least 1 working day before big": "not less than 1 working day before big",
    "at least 2 months before big": "not less than 2 months before big",
    "throughout the year": "continuously",
    "ongoing": "continuously",
    "Q1": "within quarter 1",
    "during quarter 3": "within quarter 3",
    "by the end of Q4": "within quarter 4",
    "ภายในเดือนธันวาคม": "ในเดือนธันวาคม",
    "ภายในเดือนมกราคมของทุกปี": "ในเดือนมกราคม",
    "ในเดือน ธ.ค. และ เม.ย. ของทุกปีงบประมาณ": "ในเดือน ธ.ค. และ เม.ย.",
    "every December and April": "in December and April",
    "เมื่อได้รับแจ้ง": "ตามที่ได้รับแจ้ง",
    "when received": "on receipt",
    "1 day after receipt": "within 1 day after receipt",
    "2 months after fiscal year end": "within 2 months after fiscal year end",
    "from 2 to 4 Nov 2563": "2 to 4 Nov 2563",
    "from 2-4 Nov 2563": "2-4 Nov 2563",
    "between 2 and 4 Nov 2563": "2 - 4 Nov 2563",
    "between Nov and Dec 2563": "Nov - Dec 2563",
    "ภายใน 5 วันแรกของเดือนถัดไป": "ทุกเดือน ภายในวันที่ 5 ของเดือนถัดไป",
    "ภายใน 5 วันทำการแรกของเดือนถัดไป": "ทุกเดือน ภายใน 5 วันทำการหลังสิ้นเดือน",
    "ภายใน 5 วันทำการของเดือนถัดไป": "ทุกเดือน ภายใน 5 วันทำการหลังสิ้นเดือน",
    "at the end of each month": "every month end",
    "ทุกไตรมาศ ภายใน 5 วันหลังสิ้นไตรมาศ": "ทุกไตรมาส ภายใน 5 วันหลังสิ้นไตรมาส",
    "ทุกเดือน ภายในวันที 10": "ทุกเดือน ภายในวันที่ 10",
    "ภายในวันรับเรื่อง": "ภายในวันที่รับเรื่อง",
    "ภายในวันได้รับเรื่อง": "ภายในวันที่ได้รับเรื่อง",
    "ทุกเดือน ภายใน 10 ของเดือนถัดไป": "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "ทุกเดือน ภายในวันที่ 10 เดือนหน้า": "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    "ทุกไตรมาส ภายในวันที่ 5 เดือนแรกของไตรมาส": "ทุกไตรมาส ภายในวันที่ 5 ของเดือนแรกของไตรมาส",
    "ทุกไตรมาส ภายใน 15 วันหลังไตรมาส": "ทุกไตรมาส ภายใน 15 วันหลังสิ้นไตรมาส",
    "ภายใน 2 เดือนนับจากปีงบประมาณ": "ภายใน 2 เดือนนับจากสิ้นปีงบประมาณ",
    "2 วันทำการก่อนประชุมใหญ่": "ก่อนประชุมใหญ่ 2 วันทำการ",
    "อย่างน้อย 7 วัน ก่อน ประชุมใหญ่": "ก่อนประชุมใหญ่ ไม่น้อยกว่า 7 วัน",
    "หลังประชุมใหญ่ 3 วัน": "ภายใน 3 วันหลังประชุมใหญ่",
    "ทุกเดือน ก่อนการประชุมกรมการจังหวัด 3 วัน": "ก่อนการประชุมกรมการจังหวัด 3 วัน",
    "ทุกปีงบประมาณ ก่อนประชุมใหญ่ 1 เดือน": "ก่อนประชุมใหญ่ 1 เดือน",
    "วันจันทร์ที่ 5 มกราคม 2569": "5 มกราคม 2569",
    "วันศุกร์ที่ ๖ พ.ย. ๖๓": "6 พ.ย. 63",
    "Friday, 6 Nov 2563": "6 Nov 2563",
    "ภายในสิ้นเดือน ม.ค. 2564": "ม.ค. 2564",
    "สิ้นเดือนธันวาคม 2563": "ธันวาคม 2563",
    "ภายในสิ้นเดือนมกราคม": "ในเดือนมกราคม",
    "last day of the quarter": "every quarter end",
}
# An event called otherwise.
NAMES = {
    # Their heads are found by other means.
    "the third Monday every month": "every 3rd Monday of the month",
    "ภายใน 2 สัปดาห์หลังสิ้นเดือน": "ทุกเดือน ภายใน 14 วันนับจากสิ้นเดือน",
    "ภายใน 5 วันนับจากวันสิ้นสุดเดือน": "ทุกเดือน ภายใน 5 วันนับจากสิ้นเดือน",
    "ภายใน 5 วันทำการ": "ภายใน 5 วันทำการนับจากรับเรื่อง",
    "within 10 days after the big": "within 10 days after big",
    "ก่อนประชุมกรมการจังหวัด 3 วัน": "ก่อนการประชุมกรมการจังหวัด 3 วัน",
    "ภายใน 5 วันหลังประชุมกรมการจังหวัด": "ภายใน 5 วันหลังการประชุมกรมการจังหวัด",
    "ก่อนการประชุมประจำเดือนจังหวัด 2 วันทำการ": "ก่อนการประชุมประจำเดือนของจังหวัด 2 วันทำการ",
    "3 days before boards": "3 days before board",
    # A day before its month is no year.
    "by Dec 15": "by 15 Dec 2563",
    "on January 31": "31 Jan 2564",
    "last Friday of each month": "every last Friday of the month",
    "within Q2": "within quarter 2",
    "no later than 3 days before board": "3 days before board",
    "ตามที่กรมบัญชีกลางแจ้งเป็นหนังสือ": "ตามที่กรมบัญชีกลางแจ้ง",
    "by 10th of next month": "every month, by day 10 of the following month",
    "within a week after month end": "every month, within 7 days after month end",
    "3 working days after month end": "every month, within 3 working days after month end",
    "ภายใน 15 วันหลังไตรมาส": "ทุกไตรมาส ภายใน 15 วันนับจากสิ้นไตรมาส",
    "หลังประชุมประจำเดือนของจังหวัด 3 วันทำการ": "ภายใน 3 วันทำการหลังการประชุมประจำเดือนของจังหวัด",
    "first Monday of each month": "every 1st Monday of the month",
    "within a month of receipt": "within 1 month of receipt",
    "within an hour of receipt": "within 1 hour of receipt",
    "ภายใน 30 กันยายนของทุกปี": "ภายใน 30 ก.ย. 2564",
}


def offer_of(phrase: str) -> str | None:
    with pytest.raises(PhraseError) as caught:
        parse(phrase, EVENTS)
    return caught.value.offer


@pytest.mark.parametrize(("phrase", "offer"), SLIPS.items())
def test_a_slip_is_put_right(phrase: str, offer: str) -> None:
    """Whole, with nothing left for what else finds offers."""
    assert list(respelled(to_arabic(phrase)))[-1] == offer


@pytest.mark.parametrize(("phrase", "offer"), [*SLIPS.items(), *NAMES.items()])
def test_what_was_meant_is_offered(phrase: str, offer: str) -> None:
    """The phrase is refused; blanks around it change nothing."""
    assert offer_of(phrase) == offer
    assert offer_of(f"  {phrase} ") == offer
    parse(offer, EVENTS)


@pytest.mark.parametrize(
    "phrase",
    [
        "ทุกเดือน ก่อนวันที่ 10",
        "ทุกวัน",
        "every day",
        "daily",
        "ทุกวันหยุด",
        "2563",
        # Days, months, hours: whoever wrote it knows.
        "ภายใน 5 วนัั นับจากรับเรื่อง",
        "within 5 units of receipt",
        "6/13/2563",
        "6/0/2563",
        "ก่อนการประชุมสภา 3 วัน",
        "ภายใน 7 ปีหลังสิ้นเดือน",
        "ทุกปีงบประมาณ ในเดือนที่ 3 ของปีงบประมาณ",
        "ทุกเดือน วันทำการที่สาม",
        "ทุกเดือน ภายในสิบห้าวันหลังสิ้นเดือน",
        "ทุกเดือน ภายในห้าสิบวันหลังสิ้นเดือน",
        "ทุกเดือน ภายในวันที่สิบห้า",
        "within fifteen days after fiscal year end",
        "within twenty-one days of receipt",
        "every month, by day fifteen",
        "ทุกไตรมาส ภายในสิ้นเดือน",
        "ทุกสัปดาห์ ภายในสิ้นเดือน",
        "every 2 weeks",
        "ทุก 2 สัปดาห์",
        "กลางเดือน",
        "ต้นเดือน ธ.ค. 2563",
        "ภายในต้นเดือน ธ.ค. 2563",
        "ภายในปี 2564",
        "ภายในปีงบประมาณ 2564",
        "ภายใน 5 วันนับถัดจากวันเกิด",
        "ภายใน 15 วันนับแต่สิ้นปีปฏิทิน",
        "ทุกสิ้นปีปฏิทิน",
        "ทุกปีปฏิทิน",
        "ภายหลัง 30 กันยายน 2564",
        "หลังวันที่ 30 กันยายน 2564",
        "ก่อนวันที่ 10 ของทุกเดือน",
        "วันละ 1 ครั้ง",
        "อย่างน้อยวันละ 1 ครั้ง",
        "ทุกวันพระ",
        "every half hour",
        "within half a day of receipt",
        "every calendar month",
        "every month, in the middle",
        "ทุกวันจันทร์เว้นจันทร์",
        "every other Monday",
        "ก่อนงานเลี้ยง 5 วันครับ",
        "ก่อนสิ้นเดือน 3 วัน",
        "ปลายเดือน",
        "ปลายไตรมาส",
        "every month, early",
        "every month, late",
        "ทุกเดือนคู่",
        "ทุกเดือนคี่",
        "every odd month",
        "every even month",
        "every second month",
        "every second working day",
        "every second Friday",
        "every third month",
        "every fourth Friday",
        "within the fourth quarter",
        "within the second quarter",
        "every quarter, second month",
        "the next working day",
        "ทุกสุดสัปดาห์",
        "every weekend",
        "every weekday",
        "ภายในไตรมาสนี้",
        "within this quarter",
        "ประมาณ ธ.ค. 2563",
        "around March 2564",
        "about 15 March 2564",
        "ราววันที่ 10 ของเดือน",
        "ทุกเดือน ประมาณวันที่ 10",
        "ตั้งแต่ 1 ต.ค. 63",
        "ตั้งแต่ 2563-10-06",
        "ตั้งแต่ 2563-10",
        "from 2563-10-06",
        "จนถึง 30 ก.ย. 64",
        "since October 2563",
        "until 30 September 2564",
        "till March 2564",
        "at most once a month",
        "no more than twice a year",
        "ประมาณเดือนละ 2 ครั้ง",
        "ทุกเช้าวันจันทร์",
        "every Monday morning",
        "ทุกปีการศึกษา",
        "ทุกปีบัญชี",
        "ภายใน 150 วันนับแต่วันสิ้นปีบัญชี",
        "ภายใน 30 วันนับจากสิ้นปีการศึกษา",
        "ตามที่ได้รับมอบหมาย",
        "ตามแผน",
        "as needed",
        "as soon as notified",
        "ทันทีที่ได้รับแจ้ง",
        "previous month",
        "วันศุกร์ของเดือน",
        "ทุกเดือน วันศุกร์",
        "ก่อน ก.ย. 64",
        # Of which the weekday or the day may be the slip.
        "วันอังคารที่ 5 มกราคม 2569",
        "Tuesday, 5 January 2569",
        "วันจันทร์ที่ 31 กุมภาพันธ์ 2569",
        "3 วันก่อนสิ้นเดือน",
    ],
)
def test_what_the_language_cannot_say_gets_no_offer(phrase: str) -> None:
    """Rather none than one that means another date."""
    assert offer_of(phrase) is None


@pytest.mark.parametrize(
    "phrase",
    [
        "within 3 days after board meeting",
        "by day 5 of the month of board meeting",
        "ก่อนการประชุม คณะกรรมการ ไม่น้อยกว่า 3 วัน",
        "ก่อนเดือนกันยายน 2564",
        "ก่อน ก.ย. 70",
        # Which Thai could not say.
        "5 months before วันที่",
    ],
)
def test_without_a_plan_no_name_is_cut(phrase: str) -> None:
    """How many words name the event, nobody can tell."""
    with pytest.raises(PhraseError) as caught:
        parse(phrase)
    assert caught.value.offer is None


@pytest.mark.parametrize(
    "phrase",
    [
        "ภายในกำหนด",
        "ภายในวันที่ กงค. กำหนด",
        "ไม่เร็วกว่าวันที่ 10",
        "ล่วงหน้าไม่เกิน 3 วัน",
        "ล่วงหน้าไม่น้อยกว่า 3 วัน",
        "ล่วงหน้าอย่างน้อย 3 วัน",
        "ล่วงหน้าก่อนการประชุมสภา 3 วัน",
        "bi-weekly",
        "biweekly, week 1 or 2",
        "by Q1",
        "this month",
        "the first day of each month",
        "beginning of the month",
    ],
)
def test_what_a_review_cannot_say_gets_no_offer(phrase: str) -> None:
    """No day is made up, no bound turned round, no event dropped."""
    for every in ("month", "quarter"):
        with pytest.raises(PhraseError) as caught:
            parse_review(phrase, EVENTS, every)
        assert caught.value.offer is None


@pytest.mark.parametrize(
    ("phrase", "same"),
    [
        ("ทุกไตรมาส ในเดือนที่ 3 ของไตรมาส", "ทุกไตรมาส ในเดือนสุดท้ายของไตรมาส"),
        ("ในเดือนที่สามของไตรมาส", "ทุกไตรมาส ในเดือนสุดท้ายของไตรมาส"),
        ("ทุกไตรมาส ภายในวันที่ 5 ของเดือนที่ ๓ ของไตรมาส", "ทุกไตรมาส ภายในวันที่ 5 ของเดือนสุดท้ายของไตรมาส"),
        ("every quarter, in its third month", "ทุกไตรมาส ในเดือนสุดท้ายของไตรมาส"),
        ("every quarter, in the third month of the quarter", "ทุกไตรมาส ในเดือนสุดท้ายของไตรมาส"),
        ("every quarter, by day 5 of the third month of the quarter", "ทุกไตรมาส ภายในวันที่ 5 ของเดือนสุดท้ายของไตรมาส"),
    ],
)
def test_the_third_month_of_a_quarter_is_its_last(phrase: str, same: str) -> None:
    if not phrase.startswith(("ทุก", "every")):
        phrase = f"ทุกไตรมาส {phrase}"
    assert say(parse(phrase)) == same


THAI_NUMBERS = ["หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ"]
ENGLISH_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize(
    ("number", "thai", "english"), [*zip(range(1, 11), THAI_NUMBERS, ENGLISH_NUMBERS, strict=True)], ids=ENGLISH_NUMBERS
)
def test_a_number_in_words(number: int, thai: str, english: str) -> None:
    assert offer_of(f"ภายใน{thai}วันนับจากรับเรื่อง") == f"ภายใน {number} วันนับจากรับเรื่อง"
    assert offer_of(f"within {english} days of receipt") == f"within {number} days of receipt"


@pytest.mark.parametrize(
    ("lead", "offer"),
    [
        ("3 วันทำการ", "ล่วงหน้า 3 วันทำการ"),
        ("ก่อน 3 วัน", "ล่วงหน้า 3 วัน"),
        ("3 working days", "3 working days ahead"),
        ("1 day before", "1 day ahead"),
        ("2 days in advance", "2 days ahead"),
        ("ก่อนครบกำหนด 3 วัน", "ล่วงหน้า 3 วัน"),
        ("5 วันก่อนกำหนด", "ล่วงหน้า 5 วัน"),
    ],
)
def test_a_lead_is_one_only_of_a_review(lead: str, offer: str) -> None:
    with pytest.raises(PhraseError) as caught:
        parse_review(lead, EVENTS, "month")
    assert caught.value.offer == offer == list(respelled(lead))[-1]
    assert offer_of(lead) is None


def test_after_the_last_slip_the_rest_is_found() -> None:
    assert offer_of("ภายใน 5 วันทำงานนับจากวันสิ้นสุดเดือน") == "ทุกเดือน ภายใน 5 วันทำการนับจากสิ้นเดือน"
    assert offer_of("ส่งทุก ๆ เดือน ไม่เกินวันที่ 10") == "ทุกเดือน ภายในวันที่ 10"


def test_one_slip_after_the_other() -> None:
    """Each is tried upon what those before it have made of the text, so that several in one phrase are put right."""
    assert list(respelled("ทุกๆ เดือน ไม่เกินวันที่ 10 ของเดือนหน้า")) == [
        "ทุกเดือน ไม่เกินวันที่ 10 ของเดือนหน้า",
        "ทุกเดือน ภายในวันที่ 10 ของเดือนหน้า",
        "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป",
    ]
    assert next(respelled("3 วันก่อนวันหยุด")) == "ก่อนวันหยุด 3 วัน"
    assert list(respelled("ทุกวันศุกร์แรก ของเดือน")) == ["ทุกวันศุกร์ที่ 1 ของเดือน"]
    for text in ("ทุกเดือน", "6/13/2563", "6/0/2563", "วันจันทร์ที่ 31 กุมภาพันธ์ 2569"):
        assert list(respelled(text)) == []


def test_an_event_is_named_only_where_it_is_nearly_so_called() -> None:
    assert list(renamed("ก่อน bord 3 วัน", 5, 9, EVENTS)) == ["ก่อน board 3 วัน"]
    assert list(renamed("ก่อน sea 3 วัน", 5, 8, EVENTS)) == []
    assert list(renamed("ก่อน sea 3 วัน", 5, 8, {})) == []
    # Half way between two: one of them, the same whatever their order.
    alike = [Event("boards", "", "month"), Event("boardz", "", "month")]
    for events in (alike, alike[::-1]):
        assert list(renamed("board", 0, 5, {event.id: event for event in events})) == ["boardz"]


@pytest.mark.parametrize(
    ("text", "words", "numbers"),
    [
        ("ภายใน 5 วันทำการ", {"workday"}, {5}),
        ("within 1 working day", {"workday"}, {1}),
        ("ภายใน 2 ชม. 5 นาที", {"hour", "minute"}, {2, 5}),
        ("2 hours, 5 minutes of receipt", {"hour", "minute", "receipt", "after"}, {2, 5}),
        ("วันพุธสุดท้าย ของเดือนถัดไป", {"weekday 2", "last", "following", "month"}, set()),
        ("last Wednesday of the following month", {"weekday 2", "last", "following", "month"}, set()),
        ("ก่อนรับเรื่อง", {"before", "receipt"}, set()),
        ("3 days in advance", {"before", "days"}, {3}),
        ("ภายใน วันนับจาก", {"days", "after"}, set()),
        ("5 วัน", {"days"}, {5}),
        ("5 วันที่ 6 วัน สิ้น 7 วันจันทร์", {"weekday 0", "end"}, {5, 6, 7}),
        ("ก่อนวัน 1 เดือน", {"before", "months", "month"}, {1}),
        ("within months", {"months", "month"}, set()),
        ("daily, 1 dayl, 2 monthly", {"daily", "month"}, {1, 2}),
        ("ม.ค. มีนาคม และ ธ.ค. 63", {"month 1", "month 3", "month 12"}, {63}),
        ("Jan, March and Sept.", {"month 1", "month 3", "month 9"}, set()),
        ("Maybe marching, decided", set(), set()),
        ("twice a month", {"times", "month"}, {2}),
        ("every day", {"daily"}, set()),
        ("ทุกวันหยุด", {"holiday"}, set()),
        ("วันละ", {"daily"}, set()),
        ("ครึ่ง กลาง", {"half"}, set()),
        ("half, mid, middle, midday", {"half"}, set()),
        ("ปีปฏิทิน", {"year", "calendar"}, set()),
        ("calendar years", {"year", "calendar"}, set()),
        ("ต้นสัปดาห์", {"start", "week"}, set()),
        ("week start, restarted", {"start", "week"}, set()),
        ("แรก firstly ถัด", {"first", "following"}, set()),
        ("first month after the end of a quarter", {"first", "following", "month", "after", "end", "quarter"}, set()),
        ("ไตรมาสละ 2 ครั้ง", {"quarter", "times"}, {2}),
        ("once, 3 times a fiscal year", {"times", "year"}, {3}),
        ("หลัง from", {"after"}, set()),
        ("2 ชั่วโมงทำการ", {"hour", "office hours"}, {2}),
        ("2 ชม. ในเวลาราชการ", {"hour", "office hours"}, {2}),
        ("นาทีราชการ", {"minute", "office hours"}, set()),
        ("in office hours, working hour, business hours", {"hour", "office hours"}, set()),
        ("Q2, faq1", {"quarter"}, {1, 2}),
        ("beginning", {"start"}, set()),
        ("next second, third, fourth", {"following", "second", "third", "fourth"}, set()),
        ("nextly secondly thirdly fourthly", set(), set()),
        ("every third", {"third", "every n"}, set()),
        ("อย่างน้อย", {"at least"}, set()),
        ("ไม่น้อยกว่า", {"at least"}, set()),
        ("at least", {"at least"}, set()),
        ("not less than", {"at least"}, set()),
        ("ปีงบประมาณ", {"year"}, set()),
        ("ประมาณ", {"about"}, set()),
        ("ราววัน", {"about"}, set()),
        ("about", {"about"}, set()),
        ("around", {"about"}, set()),
        ("แจ้ง", {"notified"}, set()),
        ("notified", {"notified"}, set()),
        ("เดือนคู่", {"month", "alternate"}, set()),
        ("คู่มือ", set(), set()),
        ("odd", {"alternate"}, set()),
        ("even", {"alternate"}, set()),
        ("event", set(), set()),
        ("biweekly", {"alternate"}, set()),
        ("นี้", {"this"}, set()),
        ("this", {"this"}, set()),
        ("ตั้งแต่", {"since"}, set()),
        ("นับตั้งแต่", {"after"}, set()),
        ("จนถึง", {"since"}, set()),
        ("since", {"since"}, set()),
        ("until", {"since"}, set()),
        ("till", {"since"}, set()),
        ("ไม่เกิน", {"at most"}, set()),
        ("at most", {"at most"}, set()),
        ("no more than", {"at most"}, set()),
        ("เร็วกว่า", {"not before"}, set()),
        ("กำหนด", {"as set"}, set()),
        ("ก่อนกำหนด", {"before"}, set()),
        ("ครบกำหนด", set(), set()),
        ("first day", {"first", "first day"}, set()),
        ("สุดสัปดาห์", {"week", "weekend"}, set()),
        ("weekends", {"week", "weekend"}, set()),
        ("weekday", {"week", "weekend"}, set()),
        ("เช้า", {"hour of day"}, set()),
        ("previous", {"previous"}, set()),
        ("ทันที", {"at once"}, set()),
        ("as soon as", {"at once"}, set()),
        ("วันศุกร์ที่", {"weekday 4", "nth"}, set()),
        ("morning", {"hour of day"}, set()),
        ("ปลาย", {"half"}, set()),
        ("early", {"half"}, set()),
        ("late, later", {"half"}, set()),
        ("ปีบัญชี", {"year", "calendar"}, set()),
        ("ปีการศึกษา", {"year", "calendar"}, set()),
        ("ธค. ตค", {"month 12", "month 10"}, set()),
        ("หนึ่ง", {"spelled"}, set()),
        ("เดือนที่ 3", {"month", "third"}, {3}),
        ("เดือน ที่สาม", {"month", "third", "spelled"}, set()),
        ("ninety", {"spelled"}, set()),
        ("3 ปี", {"year", "years"}, {3}),
        ("2 years", {"year", "years"}, {2}),
        ("2 ปีงบประมาณ", {"year"}, {2}),
    ],
)
def test_what_a_text_states(text: str, words: set[str], numbers: set[int]) -> None:
    assert facts(text) == (words, numbers)


@pytest.mark.parametrize(
    ("text", "offer", "stops", "faithful"),
    [
        ("ภายใน 5 วันทำงาน", "ภายใน 5 วัน", False, True),
        ("ภายใน 5 วันทำการ", "ภายใน 5 วัน", False, False),
        ("ภายใน 5 วัน", "ภายใน 6 วัน", False, False),
        ("ภายใน 5 วนั", "ภายใน 5 วัน", False, False),
        ("ภายใน 5", "ภายใน 5 วัน", True, True),
        ("ภายใน 5 วัน", "ภายใน 5 วัน 6", False, False),
        ("ภายใน 5", "ภายใน 5 วัน 6", True, True),
        ("ภายในวันที่ ของ", "ภายในวันที่ 10", False, True),
        ("6 ต.ค.", "6 ต.ค. 2563", False, True),
        ("6 ต.ค. 63", "6 ต.ค. 2563", False, True),
        ("6 ต.ค. 2564", "6 ต.ค. 64", False, True),
        ("ปีละ 2 ครั้ง", "ปีละ 2 ครั้ง ในเดือน ธ.ค.", True, True),
        ("ปีละ 2 ครั้ง นะ", "ปีละ 2 ครั้ง ในเดือน ธ.ค.", False, False),
        ("ทุก", "ทุกวันพุธ", True, False),
        ("3 days", "3 days before board", True, False),
        ("ทุก", "อย่างน้อยเดือนละ 1 ครั้ง", True, False),
        ("ภายใน 5 วันหลัง", "ภายใน 5 วันหลังสิ้นเดือน", False, False),
        ("3 days ahead", "3 days before board", False, True),
        ("ตาม", "ตามที่กรมแจ้ง", True, False),
        ("ทุกวันศุกร์", "ทุกวันศุกร์ที่ 2 ของเดือน", True, False),
        ("ทุกวันศุกร์", "ทุกวันศุกร์สุดท้ายของเดือน", True, False),
        ("ตามที่กรมแจ้ง", "ตามที่กรมแจ้ง ประมาณ ธ.ค. 2563", True, False),
        ("เดือนละ 1 ครั้ง", "อย่างน้อยเดือนละ 1 ครั้ง", True, False),
        ("อย่างน้อยเดือนละ", "อย่างน้อยเดือนละ 1 ครั้ง", True, False),
        ("within 2 hours", "within 2 hours of receipt, in office hours", True, False),
    ],
)
def test_what_an_offer_may_add(text: str, offer: str, stops: bool, faithful: bool) -> None:
    """All that was written, and more only where the text stops too early: no weekday, nor before what."""
    assert is_faithful(text, offer, {2563}, stops=stops) is faithful
