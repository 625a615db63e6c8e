"""What a screen says of changes, cases, columns, months and counts, case by case."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from made_rows import row

from ustm_cli.dates.era import to_arabic
from ustm_cli.obligations import Obligation
from ustm_cli.register.standing import Clock
from ustm_cli.render import changes as diff
from ustm_cli.render.columns import columns
from ustm_cli.render.digest import _days
from ustm_cli.render.due import dates, left
from ustm_cli.render.register import spell, time_left
from ustm_cli.render.texts import TEXTS
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width, wrap
from ustm_cli.views.agenda import Span
from ustm_cli.views.changes import changes

TODAY = date(2020, 11, 16)
THAI, ENGLISH = Voice(), Voice("en")
Run = Callable[..., Any]
Plan = Callable[..., Path]


# ---- lengths of time


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=3), "3 วัน"),
        (timedelta(days=3, minutes=5), "3 วัน"),
        (timedelta(days=3, hours=2, minutes=5), "3 วัน 2 ชม."),
        (timedelta(hours=2, minutes=5, seconds=9), "2 ชม. 5 นาที"),
        (timedelta(hours=2, seconds=9), "2 ชม."),
        (timedelta(minutes=5, seconds=9), "5 นาที"),
        (timedelta(seconds=9), "9 วินาที"),
        (timedelta(0), "0 วินาที"),
        (timedelta(seconds=-9), "0 วินาที"),
    ],
)
def test_a_length_of_time(length: timedelta, said: str) -> None:
    """Its two largest units where they follow each other; seconds alone; never less than nothing."""
    assert spell(length, THAI) == said


@pytest.mark.parametrize(("days", "said"), [(None, ""), (-2, "เกินมา 2 วัน"), (0, "วันนี้"), (1, "พรุ่งนี้"), (5, "เหลือ 5 วัน")])
def test_what_is_left_of_a_case(days: int | None, said: str) -> None:
    """A case that is promised by days says days, one without a promise nothing."""
    assert said in time_left(row("running", left=days), THAI)
    assert bool(time_left(row("running", left=days), THAI)) == bool(said)


def clock(*steps: bool, paused: bool = False) -> Clock:
    from datetime import UTC, datetime

    moment = datetime(2020, 11, 13, 2, tzinfo=UTC)
    return Clock(moment, "กค 1", paused, tuple(moment if closed else None for closed in steps))


@pytest.mark.parametrize(
    ("steps", "paused", "said", "how"),
    [
        ((True, False), False, "ขั้น 2/2", "เหลือ 3 วัน"),
        ((True, True), False, "", "เหลือ 3 วัน"),
        ((False, False), True, "ขั้น 1/2", "พักอยู่"),
    ],
)
def test_the_steps_of_a_case(steps: tuple[bool, ...], paused: bool, said: str, how: str) -> None:
    """The next step is told until all are closed; a case that is paused has no time left to tell."""
    case = row("running", left=3, steps=("ตรวจ", "ส่ง"))._replace(clock=clock(*steps, paused=paused))
    told = " ".join(dates(case, TODAY, THAI)).replace("ขั้นที่ ", "ขั้น ")
    assert ("ตรวจ" in told or "ส่ง" in told) == bool(said)
    assert "กค 1" in told
    assert left(case, THAI) == how


# ---- columns


def test_columns_that_have_no_room() -> None:
    """Where the other columns leave no room each row is a block: its first cell, then each under its head."""
    text = columns(["รหัส", "งาน", ""], [["a", "ตรวจเงินทดรอง", "10"], ["b", "", ""]], 1, 14, below=["หมายเหตุ", ""])
    assert text.split("\n") == [
        "a", "  งาน: ตรวจเงิน", "  ทดรอง", "  10", "  หมายเหตุ", "b",
    ]  # fmt: skip
    assert max(map(width, text.split("\n"))) <= 14


def test_no_break_beside_a_joiner() -> None:
    """A word joiner holds together what stands on its two sides, in the middle of Latin and of Thai."""
    for text in ("aaaa bbbb\u2060-cccc dddd", "กขคง กขคง\u2060กขคง กขคง"):
        for room in range(4, 12):
            lines = wrap(text, room)
            assert "".join(lines).replace(" ", "") == text.replace(" ", "")
            if room >= 9:
                assert not any(line.endswith("\u2060") or line.startswith("\u2060") for line in lines)


# ---- changes


def made(deadline: date | None = date(2020, 12, 10), **more: object) -> Obligation:
    days = {"deadline": deadline, "act_by": deadline, "state": "dated" if deadline else "awaiting"}
    item: Obligation = row(id="a@2563-10", activity="a").obligation
    return item._replace(**(days | more))  # type: ignore[arg-type]


CHANGES = [
    # (the old one, the new one, what the table says)
    (made(), made(date(2020, 11, 9)), ["จ. 9 พ.ย. 2563", "ผ่านไปแล้ว!"]),
    (made(None, known_by=date(2020, 12, 1)), made(None), ["รอวัน", "อ. 1 ธ.ค. 2563"]),
    (made(None, state="ongoing", opens=date(2020, 10, 1)), made(), ["ต่อเนื่อง", "พฤ. 10 ธ.ค. 2563"]),
    (made(), made(review_by=date(2020, 12, 8)), ["อ. 8 ธ.ค. 2563"]),
    (made(), made(opens=date(2020, 12, 1)), ["อ. 1 ธ.ค. 2563"]),
    (made(), made(act_by=date(2020, 12, 9)), ["พ. 9 ธ.ค. 2563"]),
    (made(), made(cancelled="งดประชุม"), ["งดประชุม"]),
    (made(), None, ["พฤ. 10 ธ.ค. 2563"]),
]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES)
@pytest.mark.parametrize("voice", [THAI, ENGLISH], ids=["th", "en"])
def test_a_change_in_words(old: Obligation, new: Obligation | None, said: list[str], voice: Voice) -> None:
    """Each side says its days, what it awaits or that it goes on; the table and Markdown say the same."""
    found = changes([old], [new] if new else [], TODAY)
    table = diff.table(found, "เดิม", "ใหม่", voice, 200, colour=False)
    marked = diff.markdown(found, "เดิม", "ใหม่", voice)
    if voice.lang == "th":
        assert said[0] in table
        for words in said:
            assert words in marked
    assert "a@2563-10" in table
    assert "a@2563-10" in marked


def test_no_change_in_words() -> None:
    """Nothing that changed is one line, whatever the format."""
    found = changes([made()], [made()], TODAY)
    table = diff.table(found, "เดิม", "ใหม่", THAI, 80, colour=False)
    assert table.strip() == "เดิม → ใหม่: ไม่มีวันใดเปลี่ยน"
    assert "ไม่มีวันใดเปลี่ยน" in diff.markdown(found, "เดิม", "ใหม่", THAI)


def test_a_plan_s_dates_as_lines() -> None:
    """What awaits, goes on or is waived has a line too."""
    lines = list(diff.dated_lines(
        [made(), made(None, known_by=TODAY), made(None, state="ongoing"), made(cancelled="งด", act_by=TODAY)], THAI
    ))  # fmt: skip
    assert [line.split("  ")[1] for line in lines] == [
        "พฤ. 10 ธ.ค. 2563", f"รอวัน · {THAI.say('diff_known_by', day='จ. 16 พ.ย. 2563')}", "ต่อเนื่อง",
        f"พฤ. 10 ธ.ค. 2563 · {THAI.say('diff_act_by', day='จ. 16 พ.ย. 2563')} · {THAI.status('waived')}: งด",
    ]  # fmt: skip


# ---- spans


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2020, 11, 10), date(2020, 11, 10), "อ. 10 พ.ย. 2563"),
        (date(2020, 11, 10), date(2020, 11, 15), "10-15 พ.ย. 2563"),
        (date(2020, 10, 30), date(2020, 11, 2), "30 ต.ค. 2563 - 2 พ.ย. 2563"),
        (date(2020, 12, 30), date(2021, 1, 4), "30 ธ.ค. 2563 - 4 ม.ค. 2564"),
    ],
)
def test_the_days_that_a_letter_covers(start: date, end: date, said: str) -> None:
    """What both ends share is said once, and only that."""
    assert _days(Span(start, end), THAI) == said


# ---- as they are typed


def test_a_month_of_the_calendar(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A deadline that was acted on in the month before stands by itself; more than a cell holds is a sign and a plus."""
    when = ("17 พ.ย. 2563", "18 พ.ย. 2563, review: ล่วงหน้า 1 วันทำการ")
    many = "\n".join(f"- {{id: a{number}, title: งาน, when: {when[number % 2]}}}" for number in range(240))
    plan(f"{many}\n- {{id: late, title: สาย, when: 1 พ.ย. 2563}}")
    out = run("calendar", "--month", "พ.ย. 2563", "--width", "60", cwd=tmp_path).out
    grid, _, list_ = out.partition("อา. 1 พ.ย. 2563\n")
    assert list_.startswith("  ◆ สาย (ครบกำหนด) late@FY2564\n")
    assert "●+" in grid
    assert "○120" not in grid
    shown = run("calendar", "--month", "พ.ย. 2563", "--status", "open", cwd=tmp_path)
    assert shown.code == 0
    assert "late" not in shown.out


def test_counts_of_the_year(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Done after the day to act but by the deadline is told apart; a target that is reached says so."""
    plan(
        "- {id: survey, title: สำรวจ, when: พ.ย. 2563, target: {count: 2, unit: แห่ง}}\n"
        "- {id: feast, title: งาน, when: 15 พ.ย. 2563}"
    )
    assert run("done", "feast", "--on", "2563-11-15", "--by", "ก", cwd=tmp_path).code == 0
    assert run("progress", "survey", "2", "--by", "ก", cwd=tmp_path).code == 0
    told = run("stats", cwd=tmp_path).out
    assert THAI.say("stats_between", count=1) in told
    assert THAI.say("pace_done") in told
    found = json.loads(run("stats", "--format", "json", cwd=tmp_path).out)
    assert (found["whole"]["on_time"], found["targets"][0]["left"]) == (1, 0)


def test_a_letter_tells_what_was_reviewed(run: Run, plan: Plan, tmp_path: Path) -> None:
    """The day on which the superior had it stands in the place of the day on which it is to be had."""
    plan("- {id: a, title: งาน, when: 18 พ.ย. 2563, review: ล่วงหน้า 1 วันทำการ}")
    assert THAI.say("reviewed_on", day="").strip() not in run("digest", cwd=tmp_path).out
    assert run("reviewed", "a", "--on", "2563-11-16", "--by", "ก", cwd=tmp_path).code == 0
    assert THAI.say("reviewed_on", day="16 พ.ย. 2563") in run("digest", cwd=tmp_path).out


@pytest.mark.parametrize("wide", [20, 40, 60, 80, 100])
@pytest.mark.parametrize("lang", ["th", "en"])
def test_statistics_within_the_width(run: Run, wide: int, lang: str) -> None:
    """No line is wider than asked; where there is room the weeks have bars, else the numbers alone."""
    told = run("stats", "--width", str(wide), "--lang", lang).out
    assert max(map(width, told.splitlines())) <= wide
    assert ("█" in told) == (wide >= 80)
    assert "2564-W01" in told


COUNTS: list[tuple[str, dict[str, int | str], str]] = [
    ("count", {"count": "1"}, "1 item"),
    ("count", {"count": "1,200"}, "1,200 items"),
    ("left", {"days": -2}, "-2 days left"),
    ("left", {"days": 1}, "1 day left"),
    ("left", {"days": 0}, "0 days left"),
    ("left", {"days": 21}, "21 days left"),
    ("digest_owner_late", {"count": 1, "days": 1}, "1 item, the oldest 1 working day late"),
    ("check_summary", {"errors": 0, "warnings": 1, "infos": 1}, "0 errors, 1 warning, 1 accepted"),
    ("event_waives", {"count": 1}, " · 1 obligation is waived with it"),
    ("event_waives", {"count": 2}, " · 2 obligations are waived with it"),
    ("rollover_left", {"count": 1}, "1 thing left behind in the old plan"),
    *[("nth", {"n": n}, text) for n, text in enumerate(("1st", "2nd", "3rd", "4th"), 1)],
]


@pytest.mark.parametrize(("key", "facts", "said"), COUNTS)
def test_english_counts(key: str, facts: dict[str, int | str], said: str) -> None:
    """The words beside a number go with it, whatever digits it is in."""
    assert Voice("en").say(key, **facts) == said
    assert to_arabic(Voice("en", "thai").say(key, **facts)) == said


def test_no_english_count_has_one_form() -> None:
    """Where a sentence counts (its words in the plural right behind the number), it has a singular too."""
    counting = re.compile(
        r"\{(count|days|errors|warnings|files|plans|folders|obligations|moved|expanded|partitions)\} (\w+ )?\w+s\b"
    )
    always_many = {"roundup_rows", "rollover_several", "dashboard_next", "dashboard_none_next"}
    not_nouns = {"calendar_ongoing", "rollup_faulty"}
    assert [
        key for key, (_, text) in TEXTS.items() if counting.search(text) and key not in always_many | not_nouns
    ] == []
