"""Text to a tree of plain values that know their place: `Map`, `Seq` and text, every scalar being text or None.

Read from the events of the YAML parser, not through its constructors: dates and numbers stay what was written
(`2563-02-29` is a day of ours, and an error of theirs), and anchors, aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from ustm_cli.deadlines.text import compose
from ustm_cli.plan.findings import START, Both, Finding, Mark

LARGEST = 32 * 1024 * 1024
DEEPEST = 40
_WINDOWS, _OLD_MAC = Both("CRLF แบบ Windows", "CRLF"), Both("CR แบบ Mac รุ่นเก่า", "CR")
_NULLS = {"", "~", "null", "Null", "NULL"}


class Map(dict[str, Any]):
    """A mapping; `keys_at` and `at` are the marks of its keys and values, `mark` its own.

    `path` is set for activities: where they stand in the file.
    """

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.path: tuple[str | int, ...] = ()
        self.keys_at: dict[str, Mark] = {}
        self.at: dict[str, Mark] = {}


class Seq(list[Any]):
    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.at: list[Mark] = []


class NotRegular(Exception):
    """No file: a pipe that nobody may ever write into, a device that may never end."""


def sought(path: Path) -> None:
    """Let whoever watches what an answer comes from know of a file that may not be there, or of a link to one."""
    sys.audit("ustm.sought", str(path))


def regular(path: Path) -> Path:
    """The path of what can be read to its end. Raises NotRegular and OSError."""
    sought(path)
    mode = path.stat().st_mode
    if not S_ISREG(mode) and not S_ISDIR(mode):  # a folder is refused where it is read
        raise NotRegular
    return path


def read_file(path: Path, name: str, *, piped: bool = False) -> tuple[str, list[Finding]]:
    """The text of a file, and what is wrong with it as a file. `piped`: it may be a pipe or a device.

    Raises NotRegular, and OSError where it cannot be read at all.
    """
    with open(path if piped else regular(path), "rb", opener=_opened) as file:
        size = os.fstat(file.fileno()).st_size
        # Nor is a size believed: of a pipe or a device no more is read than a plan may have.
        data = b"" if size > LARGEST else file.read(LARGEST + 1)
    size = max(size, len(data))
    if size > LARGEST:
        return "", [Finding("U106", name, START, detail={"size": -(-size >> 20), "limit": LARGEST >> 20})]
    return decode(data, name)


def _opened(path: str, flags: int) -> int:
    """Open without waiting for somebody to write into a pipe; what is read then waits while somebody may."""
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if os.name == "posix":
        os.set_blocking(handle, True)
    return handle


def decode(data: bytes, name: str) -> tuple[str, list[Finding]]:
    faults: list[Finding] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        begin = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[begin : error.start].decode("utf-8", "replace")) + 1
        guess = _guess(data, data[begin:].partition(b"\n")[0])
        detail = {"guess": guess, "encoding": "CP874" if guess.startswith("TIS") else guess.replace("?", "...")}
        return "", [Finding("U101", name, Mark(line, column, column + 1), detail=detail)]
    if text.count("\0", 0, 200) > 20:
        # UTF-16 or UTF-32 of Latin text is well-formed UTF-8, full of NULs.
        return "", [Finding("U101", name, START, detail={"guess": "UTF-16?", "encoding": "UTF-16"})]
    if text.startswith("\ufeff"):
        faults.append(Finding("U102", name, Mark(1, 1, 2)))
        text = text[1:]
    if "\r" in text:
        end = text.index("\r")
        line, column = text.count("\n", 0, end) + 1, end - text.rfind("\n", 0, end)
        windows = text.count("\r\n")
        ends = {"count": windows or text.count("\r"), "end": _WINDOWS if windows else _OLD_MAC}
        faults.append(Finding("U103", name, Mark(line, column, column + 1), detail=ends))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip() or not any(line.split("#")[0].strip() for line in text.splitlines()):
        faults.append(Finding("U105", name, START))
    return text, faults


def _guess(data: bytes, line: bytes) -> str:
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.count(b"\0", 0, 200) > 20:
        return "UTF-16"
    try:
        thai = any("\u0e01" <= char <= "\u0e5b" for char in line.decode("cp874"))
    except UnicodeDecodeError:
        return "?"
    return "TIS-620 / cp874" if thai else "?"


def read(text: str, name: str) -> tuple[Map | None, list[Finding]]:
    """The tree of a text, or None where there is none, with all faults of its YAML."""
    faults = list(_bad_characters(text, name))
    tabs = any(fault.code == "U104" for fault in faults)
    builder = _Builder(name, text.split("\n"))
    try:
        root = builder.build(events_of(_clean(text)))
    except SyntaxFault as fault:
        if not tabs:
            mark = _inside(fault.mark, builder.lines)
            faults.append(Finding("U107", name, mark, detail={"problem": fault.problem, "advice": fault.advice}))
        root = None
    faults += builder.faults
    if root is None and not faults:
        faults.append(Finding("U105", name, START))
    if root is not None and not isinstance(root, Map):
        got_th, got_en = ("รายการ", "a list") if isinstance(root, Seq) else ("ข้อความ", "a text")
        detail = {"want_th": "คีย์และค่า", "want_en": "keys and values", "got_th": got_th, "got_en": got_en}
        faults.append(Finding("U114", name, START, detail=detail))
        root = None
    return root, faults


# With what YAML takes for an end of line and nobody else does (U+0085, U+2028, U+2029): every place after would be off.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def _bad_characters(text: str, name: str) -> Iterator[Finding]:
    if "\t" not in text and not _CONTROL.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if match := _CONTROL.search(line):
            column = match.start() + 1
            yield Finding("U117", name, Mark(number, column, column + 1), detail={"value": f"U+{ord(match[0]):04X}"})
        at = line.find("\t")
        if at >= 0 and not re.search(r"(^|\s)#", line[:at]) and line.strip():
            yield Finding("U104", name, Mark(number, at + 1, at + 2))


def _clean(text: str) -> str:
    """The text with what was already reported made harmless, every other character in its place."""
    return _CONTROL.sub("\ufffd", text.replace("\t", " "))


def _inside(mark: Mark, lines: list[str]) -> Mark:
    """The parser may stand behind the end of the text when it gives up."""
    if mark.line <= len(lines):
        return mark
    column = len(lines[-1]) + 1
    return Mark(len(lines), column, column + 1)


_LOOK = Both(
    "ตรวจวรรคหน้าบรรทัด เครื่องหมาย : และเครื่องหมายคำพูดของบรรทัดนี้และบรรทัดก่อนหน้า",
    "look at the indentation, the colons and the quotes of this line and the one before",
)
_QUOTE = Both('ใส่เครื่องหมายคำพูดคร่อมข้อความ เช่น title: "* งานเร่งด่วน"', 'put the text into quotes, like title: "* urgent"')
_ESCAPE = Both(
    'ใน "…" เขียน \\\\ แทน \\ หรือใช้ \'…\' แทน "…"', 'within "…" write \\\\ for \\, or use \'…\' instead of "…"'
)
_MARKED = Both(
    "ข้อความขึ้นต้นด้วยเครื่องหมายที่ YAML ใช้เอง (เช่น * & ! | > % @)",
    "the text begins with a sign of YAML's own (like * & ! | > % @)",
)
_UNEVEN = Both("วรรคหน้าบรรทัดไม่ตรงกับบรรทัดก่อนหน้า", "the indentation does not fit the lines before")
# * and &; @, ` and %; ?; | and >; ! and what is no name of a tag; a line that begins with %.
_BY_A_SIGN = (
    "(did not find )?expected alphabetic|found character|mapping keys are not allowed|found an indentation"
    "|(did not find )?expected( a)? (comment|chomping|indentation)|found undefined tag|did not find URI|.*directive"
    "|(did not find )?(the )?expected (whitespace|tag URI|URI|'>')"
)

# How the sentences of the two parsers begin, what is told instead, and what helps. No word of theirs is passed on.
_PROBLEMS = (
    ("mapping values are not allowed", Both("มีเครื่องหมาย : เกินมาในบรรทัด", "a colon too many on the line"), _LOOK),
    ("could not find expected ':'", Both("ขาดเครื่องหมาย : หลังคีย์", "a colon is missing after the key"), _LOOK),
    ("did not find expected key|expected <block end>", _UNEVEN, _LOOK),
    (
        "found unexpected end of stream|found unexpected document",
        Both("เครื่องหมายคำพูดไม่ได้ปิด", "a quote is not closed"),
        _LOOK,
    ),
    (
        "did not find expected '-'",
        Both("ขาด - หรือวรรคหน้าบรรทัดไม่ตรงกัน", "a - is missing, or the indentation is off"),
        _LOOK,
    ),
    (
        "did not find expected ','|expected ','",
        Both("วงเล็บไม่ได้ปิด หรือขาด ,", "a bracket is not closed, or a comma is missing"),
        _LOOK,
    ),
    ("block sequence entries|sequence entries", Both("- อยู่ผิดที่", "a - stands in the wrong place"), _LOOK),
    (
        "did not find expected <document start>|expected '<document start>'",
        Both("มีข้อความเกินมานอกคีย์และค่า", "text stands outside of keys and values"),
        _LOOK,
    ),
    ("did not find expected node content|expected the node content", Both("ขาดค่า", "a value is missing"), _LOOK),
    (
        "found unknown escape|found invalid Unicode|did not find expected hex|expected escape",
        Both("ไม่รู้จัก \\ แบบนี้ในเครื่องหมายคำพูด", "unknown escape in a quoted text"),
        _ESCAPE,
    ),
    (
        "found unexpected ':'",
        Both("มีเครื่องหมาย : ติดกับข้อความใน […] หรือ {…}", "a colon within a text between […] or {…}"),
        _QUOTE,
    ),
    (_BY_A_SIGN, _MARKED, _QUOTE),
)
_UNREADABLE = Both("อ่านตรงนี้เป็น YAML ไม่ได้", "this cannot be read as YAML")


class SyntaxFault(Exception):
    def __init__(self, problem: str, mark: Mark) -> None:
        super().__init__(problem)
        told = ((said, advice) for begin, said, advice in _PROBLEMS if re.match(begin, problem))
        self.problem, self.advice = next(told, (_UNREADABLE, _QUOTE))
        self.mark = mark


def events_of(text: str) -> Iterator[Any]:
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        yield from _parsed(text)
    except MarkedYAMLError as error:
        raise _located(error) from None
    # ValueError and OverflowError: of an escape that is no character, by the parser in Python.
    except (YAMLError, RecursionError, ValueError, OverflowError) as error:
        raise SyntaxFault(str(error).partition("\n")[0], START) from None


def _parsed(text: str) -> Iterator[Any]:
    """By the parser in C, where it was installed."""
    try:
        from _ruamel_yaml import CParser
    except ImportError:
        from ruamel.yaml import YAML

        slow: Any = YAML(typ="safe", pure=True)
        yield from slow.parse(text)
        return
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()


def _located(error: Any) -> SyntaxFault:
    """A MarkedYAMLError as a fault at its place."""
    unclosed = str(error.problem).startswith("found unexpected end of stream")
    mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return SyntaxFault(str(error.problem or error.context), Mark(line, column, column + 1))


_CONTAINERS = frozenset({"MappingStartEvent", "SequenceStartEvent"})
_NODES = frozenset({"ScalarEvent", "AliasEvent", *_CONTAINERS})


class _Builder:
    def __init__(self, name: str, lines: list[str]) -> None:
        self.name = name
        self.lines = lines
        self.faults: list[Finding] = []
        self.stack: list[_Open] = []
        # An alias bomb is told once a line, not once an alias.
        self.aliased: set[int] = set()

    def fault(self, code: str, mark: Mark, **detail: Any) -> None:
        steps = [*(open.under for open in self.stack), self.stack[-1].step if self.stack else None, detail.get("key")]
        dotted = ".".join(str(step) for step in steps if step is not None)
        self.faults.append(Finding(code, self.name, mark, dotted, detail))

    def build(self, events: Iterable[Any]) -> Any:
        """The root of the first document."""
        stack = self.stack
        root: Any = None
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind in _NODES:
                mark = self.mark(event, scalar=kind == "ScalarEvent")
                value = self.value(event, kind, mark)
                opens = kind in _CONTAINERS
                if opens and len(stack) == DEEPEST:
                    # The parser's own work grows with the square of the depth: leave it there.
                    self.fault("U110", mark, limit=DEEPEST)
                    return root
                under = stack[-1].step if opens and stack else None
                if stack:
                    self.put(stack[-1], value, mark, plain=kind == "ScalarEvent")
                elif documents == 1 and root is None:
                    root = value
                if opens:
                    stack.append(_Open(value, under))
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                stack.pop()
            elif kind == "DocumentStartEvent":
                documents += 1
                if documents == 2:
                    self.fault("U111", self.mark(event))
        return root

    def mark(self, event: Any, *, scalar: bool = False) -> Mark:
        start, end = event.start_mark, event.end_mark
        above: int = start.line
        line, column = above + 1, start.column + 1
        if end.line == above and (scalar or end.column > start.column):
            return Mark(line, column, end.column + 1)
        length = len(self.lines[above].rstrip()) if above < len(self.lines) else 0
        return Mark(line, column, max(length + 1, column))

    def value(self, event: Any, kind: str, mark: Mark) -> Any:
        if kind == "ScalarEvent" and event.anchor is None and event.tag is None and event.value.isprintable():
            # As nearly all are: nothing to look for.
            return None if event.value in _NULLS and event.style in (None, "") else event.value
        if kind == "AliasEvent":
            if mark.line not in self.aliased:
                self.fault("U109", mark, what=f"alias (*{event.anchor})")
            self.aliased.add(mark.line)
            return None
        if event.anchor is not None:
            self.fault("U109", mark, what=f"anchor (&{event.anchor})")
        # A quoted scalar carries the tag "!" in some parsers.
        tag = getattr(event, "tag", None)
        if tag is not None and str(tag) not in ("!", "None"):
            self.fault("U109", mark, what=f"tag ({str(tag).replace('tag:yaml.org,2002:', '!!')})")
        if kind == "MappingStartEvent":
            return Map(mark)
        if kind == "SequenceStartEvent":
            return Seq(mark)
        if match := _CONTROL.search(event.value):
            # Written as an escape ("\x1b"): it would steer the terminal of whoever lists the plan.
            self.fault("U117", mark, value=f"U+{ord(match[0]):04X}")
        return None if event.style in (None, "") and event.value in _NULLS else event.value

    def put(self, parent: _Open, value: Any, mark: Mark, *, plain: bool) -> None:
        into = parent.value
        if isinstance(into, Seq):
            into.append(value)
            into.at.append(mark)
        elif parent.key is None:
            parent.key, parent.key_mark = self.key(into, value, mark, plain=plain), mark
        else:
            if parent.key:
                into[parent.key] = value
                into.at[parent.key] = mark if mark.end > mark.column else parent.key_mark
                into.keys_at[parent.key] = parent.key_mark
            parent.key = None

    def key(self, into: Map, value: Any, mark: Mark, *, plain: bool) -> str:
        """The key, or "" (which is none) where it is at fault and its value is to be passed over."""
        if not plain or not value:
            got_th, got_en = ("ค่าว่าง", "nothing") if plain else ("ค่าอื่น", "something else")
            self.fault("U114", mark, want_th="ชื่อคีย์", want_en="a key", got_th=got_th, got_en=got_en)
            return ""
        key = compose(value)
        if key == "<<":
            self.fault("U109", mark, what="merge key (<<)")
            return ""
        if key in into.keys_at:
            self.fault("U108", mark, key=key, first=into.keys_at[key].line)
            return ""
        return key


class _Open:
    """A container that is being filled, with the key that waits for its value; `under`: its own key or number."""

    __slots__ = ("key", "key_mark", "under", "value")

    def __init__(self, value: Map | Seq, under: str | int | None) -> None:
        self.value: Any = value
        self.under = under
        self.key: str | None = None
        self.key_mark = START

    @property
    def step(self) -> str | int | None:
        """Where in the container the reader stands: the key or number of the value that comes next."""
        return self.key if isinstance(self.value, Map) else len(self.value)


def mark_of(tree: Any, path: Iterable[str | int], *, key: bool = False) -> Mark:
    """The mark of the value at a path (or of its key); where the path leads out of the tree, the last that is there."""
    mark: Mark = tree.mark
    for step in path:
        if isinstance(step, int) and isinstance(tree, Map | str):
            continue  # one thing that stands for a list of one
        if isinstance(tree, Map) and step in tree.at:
            name = str(step)
            mark, tree = tree.keys_at[name] if key else tree.at[name], tree[name]
        elif isinstance(tree, Seq) and isinstance(step, int) and step < len(tree):
            mark, tree = tree.at[step], tree[step]
        else:
            break
    return mark
