"""Sentences of rollup, and of long work over many plans."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # bars
    "progress_folders": ("อ่านแผน", "Reading plans"),
    "progress_partitions": ("เขียนชุดข้อมูล", "Writing the data set"),
}

HELP: dict[str, str] = {}
