"""The figures with their goals: what is asked of ustm, of which plan, and at most how many bare interpreters."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from benchmarks import engines, plans
from benchmarks.stopwatch import Program

USTM = str(Path(sys.executable).parent / "ustm")
TODAY = ("--today", "2563-11-16")
WEEK = ("due", "--week", *TODAY)
YEAR = ("due", "--from", "2563-10-01", "--to", "2564-09-30", "--all", *TODAY)
SHORT = ("cases", "stats", "event list")
HUNDRED = "100 times the activities, plain, warm"
DOCUMENTS = {"html": "render all --to html", "xlsx": "export xlsx"}


class Figure(NamedTuple):
    """One row of the table: a program, and the most bare interpreters that it may take (None: no goal of its own)."""

    program: Program
    goal: float | None


class Office:
    """A folder with one plan, and a cache of its own."""

    def __init__(self, folder: Path, text: str) -> None:
        self.folder = folder
        self.plan = folder / "plans" / "fy2564.yaml"
        self.plan.parent.mkdir(parents=True)
        self.plan.write_text(text, encoding="utf-8")

    def asks(self, name: str, *words: str, cached: bool = True) -> Program:
        env = {"XDG_CACHE_HOME": str(self.folder / "cache")} | ({} if cached else {"USTM_NO_CACHE": "1"})
        return Program(name, [USTM, *words], env, self.folder)


def figures(folder: Path) -> list[Figure]:
    """Those that are timed beside the peers; their plans are written below `folder`."""
    one = Office(folder / "one", plans.province())
    edited = Office(folder / "edited", plans.province())
    ten = Office(folder / "ten", plans.province(times=10))
    hundred = Office(folder / "hundred", plans.province(times=100))
    many = Office(folder / "many", plans.province(times=8))
    shown = one.asks("due --week, table on a terminal, warm", *WEEK)
    edit = edited.asks("due --week json, the first after an edit", *WEEK, "--format", "json")
    return [
        Figure(one.asks("due --week plain, warm", *WEEK, "--format", "plain"), 1.8),
        Figure(one.asks("due --week json, warm", *WEEK, "--format", "json"), 1.8),
        Figure(replace(shown, terminal=True), 3),
        Figure(replace(edit, touched=edited.plan), 18),
        Figure(one.asks("due --week json, cold", *WEEK, "--format", "json", cached=False), 18),
        Figure(one.asks("--version", "--version"), 1.8),
        Figure(one.asks("completion of an id, warm", "_complete", "--", "show", "gpp"), 2),
        Figure(one.asks("show, cold", "show", "fs-annual", *TODAY, cached=False), None),
        *(Figure(one.asks(f"{name}, warm", *name.split(), *TODAY), 7) for name in SHORT),
        *(Figure(one.asks(f"{name}, cold", *name.split(), *TODAY, cached=False), 7) for name in SHORT),
        Figure(one.asks("schema, cold", "schema"), 7),
        Figure(one.asks("--help, warm", "--help"), 7),
        Figure(one.asks("--help, cold", "--help", cached=False), 7),
        Figure(one.asks("due --help, cold", "due", "--help", cached=False), 7),
        Figure(many.asks("a year's listing plain, 8 provinces' activities, warm", *YEAR, "--format", "plain"), 3.5),
        Figure(ten.asks("ten times the activities, json, warm", *WEEK, "--format", "json"), None),
        Figure(ten.asks("ten times the activities, json, cold", *WEEK, "--format", "json", cached=False), None),
        Figure(hundred.asks(HUNDRED, *WEEK, "--format", "plain"), None),
        Figure(one.asks("check", "check", "--format", "concise", *TODAY), 18),
        Figure(one.asks(DOCUMENTS["html"], "render", "all", "--to", "html", *TODAY), None),
        Figure(one.asks(DOCUMENTS["xlsx"], "export", "xlsx", "--out", "plan.xlsx", *TODAY), None),
        *(Figure(program, None) for engine in DOCUMENTS for program in _alone(engine, one.folder)),
    ]


def _alone(engine: str, folder: Path) -> list[Program]:
    """The import of an engine in an interpreter of its own, and the work that it is imported for."""
    imported = Program(f"import of {engine}'s engine", [sys.executable, "-c", engines.IMPORTS[engine]])
    words = [sys.executable, "-m", "benchmarks.engines", engine]
    env = {"PYTHONPATH": str(plans.REAL.parents[1])}
    return [imported, Program(f"work of {engine}'s engine", words, env, folder, reports=True)]
