"""Inputs gone astray: real phrases, plans, registers and settings with things done to them that people and programs do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

TOP = Path(__file__).parents[2]
PLAN = TOP / "plans" / "fy2564.yaml"

SIGNS = [*"-:?,[]{}#&*!|>'\"%@`~<=", "---", "...", "- ", ": ", " #", "<<: ", "&a ", "*a", "!!str ", "!x ", ">-\n", "|\n", "? "]  # fmt: skip
ODD = [
    "\0", "\t", "\r", "\r\n", "\x0b", "\x1b[31m", "\x7f", "\x85", "\x9b", "\xa0", "\xad", "\u0301", "\u061c", "\u200b", "\u200d",
    "\u200e", "\u2028", "\u2029", "\u202e", "\u2066", "\u3000", "\ufeff", "\ufffd", "\ufffe", "\uffff", "\U0001f600", "\U0010ffff",
    "ำ", "ํา", "่", "เ", "ๆ", "๐", "๙", "²", "٣", "𝟛", "İ", "ß", "ﬁ", "กำ่", "é", "e\u0301", "ฯ", "–", "…",
]  # fmt: skip
NUMBERS = [
    "0", "-1", "1", "2", "7", "12", "13", "28", "29", "30", "31", "32", "53", "99", "100", "365", "366", "400", "2484", "2483", "2540",
    "2563", "2564", "2565", "2580", "2581", "2600", "9999", "10000", "99999", "1e9", "0x10", "1_000", "1.5", ".5", "NaN", "inf", "๑๐", "๒๕๖๔",
    "9" * 30, "9" * 5000, "0" * 400,
]  # fmt: skip
DATES = [
    "2563-02-29", "2564-02-29", "2564-13-01", "2564-00-00", "2020-10-06", "2563-10-06", "10000-01-01", "2483-04-01", "2484-04-01",
    "29 ก.พ. 2564", "29 ก.พ. 2563", "31 เม.ย. 64", "16 พ.ย. 2563", "32 ธ.ค. 2563", "9999-12-31", "543-01-01", "544-01-01", "2800-01-01", "๑๖ พ.ย. ๒๕๖๓",
]  # fmt: skip
SCALARS = [
    *NUMBERS, *DATES, "", "~", "null", "true", "no", "''", '""', "[]", "{}", "[[]]", "{a: b}", "[a, b]", "a: b", '"\\x1b[2J"', '"\\0"', '"\\uD800"',
    '"\\N"', '"\\L"', '"\\x85"', '"a\\nb"', "../../x", "/etc/passwd", "x/../..", "CON", "NUL", "con.yaml", "{rule: period}", "{rule: []}", "{rule: on_date, date: 2563-11-31}",
    "{rule: rrule, rrule: FREQ=SECONDLY}", "{rule: rrule, rrule: FREQ=DAILY;COUNT=1}", "{rule: rrule, rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'}",
    "{rule: rrule, rrule: x}", "{rule: after_period_end, every: year, count: 99999, unit: month}", "{rule: on_receipt, count: 99999999, unit: day}",
    "{quarter: {q1: 1}, when: x}", "{2563-11: 1 พ.ย. 2563}", "{2563-11: {skip: x}}", "{year: 1}", "ทุกเดือน", "ทุก", "เสมอ", "เมื่อรับเรื่อง",
    "{count: 5}", "{count: -5, unit: x}", "{at: x, printed: y}", "roll", "forward", "back", "none", "previous", "next", "week", "month", "quarter", "year", "once",
]  # fmt: skip
SEPARATORS = ["", " ", "  ", "\u200b", ", ", " และ ", "-", "/", "."]


@cache
def phrases() -> tuple[str, ...]:
    """Every phrase of the plan and of the manual of the language."""
    plan = re.findall(r"^\s+(?:when|review|from|until): (?!\{|\[)(.+)$", PLAN.read_text("utf-8"), re.MULTILINE)
    manual = re.findall(r"`([^`\n]+)`", (TOP / "docs" / "deadlines.md").read_text("utf-8"))
    return tuple(dict.fromkeys([one.strip("\"'") for one in plan] + manual))


@cache
def words() -> tuple[str, ...]:
    return tuple(sorted({word for phrase in phrases() for word in phrase.split()}))


def phrase(chance: Random) -> str:
    """A phrase with some things done to it, or words in any order, or any characters at all."""
    kind = chance.random()
    if kind < 0.15:
        return chance.choice(SEPARATORS[:3]).join(_word(chance) for _ in range(chance.randint(0, 9)))
    if kind < 0.25:
        return "".join(_character(chance) for _ in range(chance.choice([0, 1, 2, 5, 20, 100, 399, 400, 401])))
    text = chance.choice(phrases())
    for _ in range(chance.choice([1, 1, 1, 2, 3, 6])):
        text = chance.choice(_PHRASE_STEPS)(text, chance)
    return text


def _character(chance: Random) -> str:
    return chr(chance.choice([chance.randrange(0x0E01, 0x0E5C), chance.randrange(0x80), chance.randrange(0x110000)]))


def _word(chance: Random) -> str:
    return chance.choice(chance.choice([words(), words(), NUMBERS, DATES, ODD]))


def _at(text: str, chance: Random) -> int:
    return chance.randint(0, len(text))


def _put_word(text: str, chance: Random) -> str:
    parts = re.split(r"(\s+)", text)
    parts[chance.randrange(len(parts))] = _word(chance)
    return "".join(parts)


def _drop_word(text: str, chance: Random) -> str:
    parts = text.split()
    if parts:
        del parts[chance.randrange(len(parts))]
    return " ".join(parts)


def _swap_words(text: str, chance: Random) -> str:
    parts = text.split()
    chance.shuffle(parts)
    return " ".join(parts)


def _number(text: str, chance: Random) -> str:
    spots = list(re.finditer(r"[0-9๐-๙]+", text))
    if not spots:
        return text
    spot = chance.choice(spots)
    return text[: spot.start()] + chance.choice(NUMBERS) + text[spot.end() :]


def _insert(text: str, chance: Random) -> str:
    at = _at(text, chance)
    return text[:at] + chance.choice([*ODD, *SIGNS, *SEPARATORS, _character(chance)]) + text[at:]


def _delete(text: str, chance: Random) -> str:
    at = _at(text, chance)
    return text[:at] + text[at + chance.choice([1, 1, 2, 5]) :]


def _double(text: str, chance: Random) -> str:
    one, other = sorted((_at(text, chance), _at(text, chance)))
    return text[:other] + text[one:other] + text[other:]


def _join(text: str, chance: Random) -> str:
    return text + chance.choice(SEPARATORS) + chance.choice(phrases())


def _squeeze(text: str, chance: Random) -> str:
    return text.replace(" ", chance.choice(SEPARATORS))


def _case(text: str, chance: Random) -> str:
    return chance.choice([text.upper, text.lower, text.title, text.swapcase])()


_PHRASE_STEPS: list[Callable[[str, Random], str]] = [
    _put_word, _put_word, _drop_word, _swap_words, _number, _number, _insert, _insert, _delete, _double, _join, _squeeze, _case,
]  # fmt: skip


# ---- plans


@cache
def _pieces(text: str) -> tuple[str, tuple[str, ...]]:
    """(what stands above the first activity, each activity's lines)."""
    spots = [match.start() for match in re.finditer(r"^ +- id: ", text, re.MULTILINE)]
    return text[: spots[0]], tuple(text[one:other] for one, other in zip(spots, [*spots[1:], len(text)], strict=True))


def fragment(chance: Random) -> str:
    """Some activities of the real plan below its head, each as it is written there; now and then one of our examples."""
    if chance.random() < 0.3:
        return chance.choice(_examples())
    _, all_of_them = _pieces(_plan())
    head = _plan().split("groups:")[0] if chance.random() < 0.9 else "fiscal_year: 2564\n"
    some = "".join(_left(chance.choice(all_of_them)) for _ in range(chance.randint(1, 4)))
    return f"{head}groups:\n- title: กลุ่มงานวิชาการ\n  activities:\n{some}"


@cache
def _plan() -> str:
    return PLAN.read_text("utf-8")


@cache
def _examples() -> tuple[str, ...]:
    places = [*(TOP / "tests" / "plans" / "ok").glob("*.yaml"), *(TOP / "tests" / "plans" / "bad").glob("*.yaml")]
    found = [path.read_bytes().decode("utf-8", "replace") for path in sorted(places)]
    return tuple(text for text in found if len(text) < 4000)


def _left(piece: str) -> str:
    """The activity at the indentation of two, without what follows it at a lesser one."""
    lines = piece.split("\n")
    own = len(lines[0]) - len(lines[0].lstrip())
    kept = [lines[0]]
    for line in lines[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= own:
            break
        kept.append(line)
    return "".join(f"  {line[own:]}\n" for line in kept if line.strip())


def plan(chance: Random) -> bytes:
    """A fragment with some things done to its lines, its values and its bytes."""
    text = fragment(chance)
    for _ in range(chance.choice([0, 1, 1, 1, 2, 2, 3, 5, 9])):
        text = chance.choice(_TEXT_STEPS)(text, chance)
    data = text.encode("utf-8", "surrogatepass")
    return _bytes(data, chance) if chance.random() < 0.05 else data


def _bytes(data: bytes, chance: Random) -> bytes:
    way = chance.randrange(6)
    if way == 0:
        return b"\xef\xbb\xbf" + data
    if way == 1:
        return data.decode("utf-8", "replace").encode("utf-16")
    if way == 2:
        return data.decode("utf-8", "replace").encode("cp874", "replace")
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.choice([0, 1, 4])) + data[at + chance.choice([0, 1, 3]) :]


def _lines(step: Callable[[list[str], Random], None]) -> Callable[[str, Random], str]:
    def on_text(text: str, chance: Random) -> str:
        lines = text.split("\n")
        step(lines, chance)
        return "\n".join(lines)

    return on_text


def _delete_line(lines: list[str], chance: Random) -> None:
    if len(lines) > 1:
        del lines[chance.randrange(len(lines))]


def _repeat_line(lines: list[str], chance: Random) -> None:
    lines.insert(chance.randint(0, len(lines)), chance.choice(lines))


def _swap_lines(lines: list[str], chance: Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[str], chance: Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = " " * chance.choice([1, 2, 4, 8]) + lines[at] if chance.random() < 0.5 else lines[at].lstrip()


def _value(lines: list[str], chance: Random) -> None:
    spots = [number for number, line in enumerate(lines) if re.search(r"[\w\"'-]:( |$)", line)]
    if spots:
        at = chance.choice(spots)
        key, _, _ = lines[at].partition(": ")
        lines[at] = f"{key.rstrip(':')}: {_scalar(chance)}"


def _scalar(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.6:
        return chance.choice(SCALARS)
    if kind < 0.9:
        return phrase(chance)
    return "ก" * chance.choice([300, 5000])


def _key(lines: list[str], chance: Random) -> None:
    keys = [match[0] for line in lines for match in re.finditer(r"[\w-]+(?=:( |$))", line)]
    spots = [number for number, line in enumerate(lines) if re.search(r"[\w-]+:( |$)", line)]
    if spots:
        at = chance.choice(spots)
        other = chance.choice([*keys, "<<", "zz", "when", "review", "overrides", "roll", "until", "accepts", "steps", "events", "include", "holidays"])  # fmt: skip
        lines[at] = re.sub(r"[\w-]+(?=:( |$))", lambda _: other, lines[at], count=1)


def _add(lines: list[str], chance: Random) -> None:
    at = chance.randrange(len(lines))
    space = re.match(r"[ -]*", lines[at])[0].replace("-", " ")  # type: ignore[index]
    key = chance.choice(["when", "review", "from", "until", "roll", "duty", "basis", "overrides", "owner", "accepts", "target", "steps", "source", "confirm", "include", "holidays", "events", "zz"])  # fmt: skip
    lines.insert(at + 1, f"{space}{key}: {_scalar(chance)}")


def _nest(text: str, chance: Random) -> str:
    at, depth = _at(text, chance), chance.choice([3, 39, 40, 41, 500])
    return text[:at] + chance.choice(["[", "{a: ", "- ", "? ", "[["]) * depth + text[at:]


_TEXT_STEPS: list[Callable[[str, Random], str]] = [
    *map(_lines, [_delete_line, _repeat_line, _swap_lines, _indent, _value, _value, _value, _key, _add, _add]),
    _insert, _insert, _delete, _number, _double, _nest,
]  # fmt: skip


# ---- registers and settings

REGISTER = """\
{"recorded": "2020-11-16T12:00:00.000+07:00", "kind": "done", "of": "ktb-reconcile@2563-10", "on": "2563-11-09", "evidence": "กค 1", "by": "สมชาย", "id": "a1"}
{"recorded": "2020-11-16T12:00:01.000+07:00", "kind": "reviewed", "of": "ktb-reconcile@2563-10", "on": "2563-11-09", "by": "สมชาย", "id": "a2"}
{"recorded": "2020-11-16T12:00:02.000+07:00", "kind": "waived", "of": "fs-annual@FY2563", "on": "2563-11-09", "reason": "งด", "by": "สมชาย", "id": "a3"}
{"recorded": "2020-11-16T12:00:03.000+07:00", "kind": "reopened", "of": "fs-annual@FY2563", "on": "2563-11-10", "by": "สมชาย", "id": "a4"}
{"recorded": "2020-11-16T12:00:04.000+07:00", "kind": "progress", "activity": "consult-line", "on": "2563-11-09", "reached": 187, "total": 239, "by": "ก", "id": "a5"}
{"recorded": "2020-11-16T12:00:05.000+07:00", "kind": "event", "event": "provincial-meeting", "period": "2564-01", "date": "2564-01-28", "on": "2563-11-16", "by": "ก", "id": "a6"}
{"recorded": "2020-11-16T12:00:06.000+07:00", "kind": "event_cancelled", "event": "provincial-meeting", "period": "2564-02", "reason": "งด", "on": "2563-11-16", "by": "ก", "id": "a7"}
{"recorded": "2020-11-16T12:00:07.000+07:00", "kind": "letter", "activity": "km-training", "due": "2563-12-01", "on": "2563-11-16", "letter": "กค 2", "by": "ก", "id": "a8"}
{"recorded": "2020-11-16T12:00:08.000+07:00", "kind": "received", "case": "consult-line@FY2564.c1116k7", "at": "2563-11-16 09:00", "by": "ก", "id": "a9"}
{"recorded": "2020-11-16T12:00:09.000+07:00", "kind": "paused", "case": "consult-line@FY2564.c1116k7", "at": "2563-11-16 09:10", "by": "ก", "id": "b1"}
{"recorded": "2020-11-16T12:00:10.000+07:00", "kind": "resumed", "case": "consult-line@FY2564.c1116k7", "at": "2563-11-16 09:20", "by": "ก", "id": "b2"}
{"recorded": "2020-11-16T12:00:11.000+07:00", "kind": "step", "case": "consult-line@FY2564.c1116k7", "step": 1, "at": "2563-11-16 09:30", "by": "ก", "id": "b3"}
{"recorded": "2020-11-16T12:00:12.000+07:00", "kind": "closed", "case": "consult-line@FY2564.c1116k7", "at": "2563-11-16 09:40", "by": "ก", "id": "b4"}
"""
JSON = [
    "null", "true", "-0", "1e999", "NaN", "-Infinity", "1.5", "[]", "{}", '""', '"\\u0000"', '"\\ud800"', '"\\u001b[31m"', "9" * 30, "9" * 5000, "[" * 5000,
    '{"a":' * 5000, '"2563-02-29"', '"2564-02-29"', '"2020-11-16"', '"9999-12-31"', '"2563-11-16 25:00"', '"2563-11-16 09:00:61"', '"9999-12-31T23:59:59+00:00"',
    '"0001-01-01T00:00:00+07:00"', '"0001-01-01T00:00:00+23:00"', '"2020-11-16T12:00:00"', '"2020-11-16T12:00:00-23:59"', '"2564-01.2"', '"2564-01.99999"', '"2563-11"', '"2800-01"', '"x@y"', '"@"',
]  # fmt: skip
MARKERS = ["<<<<<<< HEAD", "=======", ">>>>>>> main", "", "{", "}", "[]", "null", "\ufeff"]


def register(chance: Random) -> bytes:
    """A register of every kind of record, lines and values of which went astray."""
    lines = REGISTER.splitlines()
    chance.shuffle(lines)
    lines = lines[: chance.randint(1, len(lines))]
    for _ in range(chance.choice([0, 1, 1, 2, 3, 6])):
        at = chance.randrange(len(lines))
        way = chance.randrange(6)
        if way == 0:
            lines[at] = re.sub(r'(?<=": )("[^"]*"|\d+)', lambda found: found[0] if chance.random() < 0.8 else chance.choice(JSON), lines[at])  # fmt: skip
        elif way == 1:
            lines[at] = chance.choice([_insert, _delete, _double, _number])(lines[at], chance)
        elif way == 2:
            lines.insert(at, chance.choice([*MARKERS, *lines]))
        elif way == 3:
            lines[at] = lines[at] + chance.choice(lines)
        elif way == 4:
            key = chance.choice(re.findall(r'"(\w+)": ', lines[at]) or ["id"])
            lines[at] = lines[at].replace(
                f'"{key}"', f'"{chance.choice(["zz", "kind", "id", "on", "at", "case", "of", "period"])}"'
            )
        else:
            lines[at] = chance.choice(JSON)
    data = ("\n".join(lines) + chance.choice(["", "\n", "\r\n"])).encode("utf-8", "surrogatepass")
    return _bytes(data, chance) if chance.random() < 0.1 else data


SETTINGS = """\
people:
  somchai:
    name: สมชาย ใจดี
    owns: [กลุ่มงานวิชาการ]
    to: {mail: somchai@example.go.th, line: U1}
  office: {name: สำนักงาน, letter: office, to: {mail: [a@example.go.th, b@example.go.th], archive: true}}
channels:
  mail:
    kind: smtp
    from: ustm@example.go.th
    server: mail.example.go.th
    security: starttls
    user: ustm
    password: env:USTM_SMTP_PASSWORD
    attach_ics: true
  line: {kind: chat, url: "file:line.secret"}
  archive: {kind: file, path: "letters/{day}/{person}.html", format: html}
escalate: {head: 3, director: 10}
retry: {times: 5, wait: 2}
ping: env:USTM_PING
"""
PATHS = [
    "../{person}", "/x/{person}", "{person.__class__}", "{0}{person}", "{}{person}", "{person", "{person!r}", "{person:>99999999999}", "{day:%Y}{person}",
    "C:\\{person}", "\\\\x\\{person}", "a/../{person}", "{person[0]}", "{person:\n}", "~/{person}", "{{person}}", "{person}\\0",
]  # fmt: skip
ADDRESSES = [
    "@",
    "a@",
    "@b",
    "a@b@c",
    "a@-",
    "a@" + "x" * 300,
    "a@" + "x." * 200,
    "ก@ข",
    "a@ก..ข",
    "a\\nb@c",
    "a@xn--",
    "a@\u200b",
    "a@[1.2.3.4]",
    "true",
    "'a@b, c@d'",
]


def settings(chance: Random) -> bytes:
    """Settings whose lines and values went astray."""
    text = SETTINGS
    for _ in range(chance.choice([0, 1, 1, 2, 3, 6])):
        if chance.random() < 0.3:
            odd = chance.choice([*PATHS, *ADDRESSES, *SCALARS])
            old = chance.choice(
                [
                    "letters/{day}/{person}.html",
                    "ustm@example.go.th",
                    "env:USTM_PING",
                    "U1",
                    "a@example.go.th",
                    "file:line.secret",
                ]
            )
            text = text.replace(old, odd)
        else:
            text = chance.choice(_TEXT_STEPS)(text, chance)
    data = text.encode("utf-8", "surrogatepass")
    return _bytes(data, chance) if chance.random() < 0.05 else data


# ---- command lines

VALUES = [
    *NUMBERS, *DATES, "", "-", "--", "x", "กลุ่มงาน", "report", "report@2563-10", "slides", "meeting", "answer", "request", "request@FY2564.c1", "letter", "survey",
    "report@", "@", "2564-01", "2564-01.2", "table", "json", "csv", "md", "ics", "xlsx", "html", "plain", "th", "en", "thai", "open", "overdue", "done", "awaiting",
    "plans/fy2564.yaml", "plans/*.yaml", "nowhere.yaml", "plans", "**", "[", "a.out", "out", "../astray", "stdout", "archive", "09:00", "2563-11-16 09:00", "c1116",
    "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", "every month, by day 10", "full", "github", "sheets", "all", "x" * 300, "ก\x1b[31m", "\udcff", "a\nb", "{0}", "%s", "{x.__class__}", "HEAD", "อุบลราชธานี",
]  # fmt: skip


FITTING = {
    "--format": ["table", "json", "csv", "md", "ics", "plain", "tsv", "jsonl", "full", "concise", "github", "text", "html"],
    "--plan": ["plans/fy2564.yaml", "plans/*.yaml"], "--today": ["2563-11-16", "16 พ.ย. 2563", "2564-09-30", "2566-01-01", "2020-11-16"],
    "--as-of": ["2563-11-15", "2563-11-16"], "--lang": ["th", "en"], "--digits": ["thai", "arabic"], "--width": ["20", "40", "41", "100", "1000"],
    "--on": ["2563-11-09", "2563-11-16"], "--at": ["09:00", "2563-11-16 09:30"], "--from": ["2563-10-01"], "--to": ["2564-09-30", "md", "html"],
    "--due": ["2563-12-01"], "--reason": ["งด"], "--days": ["7", "400"], "--month": ["11", "พ.ย. 2563"], "--group": ["กลุ่มงาน"], "--owner": ["กลุ่มงาน", "ไม่มี"],
    "--activity": ["report", "request"], "--status": ["open", "overdue", "running"], "--step": ["1", "4"], "--year": ["2564", "2565"], "--send": ["archive"],
    "--out": ["a.out", "out", "-"], "--of": ["239"], "--weeks": ["1", "53"], "--by": ["สมชาย"], "--note": ["ก"], "--evidence": ["กค 1"], "--letter": ["กค 2"],
}  # fmt: skip
WORDS = {
    "due": [], "show": ["report", "report@2563-10", "slides", "request"], "explain": ["report@2563-10", "ทุกเดือน", "slides@2564-01"], "check": ["plans/fy2564.yaml"],
    "done": ["report@2563-11", "report@2563-12", "survey@FY2564"], "reviewed": ["report@2563-11"], "waive": ["report@2563-11"], "reopen": ["report@2563-09"],
    "progress": ["survey", "187"], "set": ["meeting", "2564-02", "2564-02-25"], "cancel": ["meeting", "2564-02"], "notify": ["letter"], "receive": ["answer", "request"],
    "close": ["c1116"], "pause": ["c1116xkfbgzjx"], "resume": ["c1116xkfbgzjx"], "render": ["sheets", "table", "year", "dashboard"], "export": ["ics", "xlsx", "csv", "json"],
    "rollover": ["2565"], "diff": ["plans/fy2564.yaml", "plans/fy2564.yaml"], "fmt": ["plans/fy2564.yaml"], "completion": ["bash"], "init": ["new"],
}  # fmt: skip


def argv(chance: Random, commands: Sequence[tuple[tuple[str, ...], Sequence[str], int]]) -> list[str]:
    """A command line: of each command its words, its options, and how many arguments it takes."""
    words_, options, arguments = chance.choice(commands)
    good = chance.random() < 0.7
    fitting = WORDS.get(words_[-1], []) if words_ else []
    wanted = max(0, arguments + chance.choice([0, 0, 0, 0, -1, 1]))
    rest: list[str] = [_argument(chance) for _ in range(wanted)]
    if good and fitting:
        rest = fitting if arguments > 1 and len(fitting) == arguments else [chance.choice(fitting)]
        rest = list(rest)
    for _ in range(chance.choice([0, 1, 1, 2, 3, 5])):
        option = chance.choice([*options, "--plan", "--today", "--as-of", "--lang", "--digits", "--width"])
        way = chance.random()
        given = chance.choice(FITTING[option]) if good and option in FITTING else _argument(chance)
        if good and option not in FITTING:
            way = 1.0
        value = (
            [option, given] if way < 0.6 or (good and way < 0.9) else [f"{option}={given}"] if way < 0.8 else [option]
        )
        at = chance.randint(0, len(rest))
        rest[at:at] = value
    line = [*words_, *rest]
    if chance.random() < 0.05:
        chance.shuffle(line)
    if chance.random() < 0.05:
        line.insert(chance.randint(0, len(line)), chance.choice(["--help", "-h", "--version", "--bogus", "-x", "-"]))
    return line


def _argument(chance: Random) -> str:
    return phrase(chance).replace("\0", "") if chance.random() < 0.1 else chance.choice(VALUES)
