"""Sentences of `ustm schema`."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "schema_written": ("เขียน {file} แล้ว", "wrote {file}"),
    "schema_current": ("{file} เป็นปัจจุบันอยู่แล้ว", "{file} is current already"),
    "cannot_write": ("เขียน {file} ไม่ได้: {problem}", "cannot write {file}: {problem}"),
}
HELP: dict[str, str] = {
    "เขียนเป็นแฟ้ม ustm.schema.json ข้างโฟลเดอร์ plans": "write ustm.schema.json beside the folder plans",
}
