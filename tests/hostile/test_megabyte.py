"""A megabyte of anything is answered, or refused, within the time and the memory that a plan of a megabyte may take."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from test_plans import BOUNDED

from ustm_cli.deadlines.phrase import LONGEST_PHRASE, PhraseError, parse, parse_review

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

MEGABYTE = 1_000_000
MEMORY, SECONDS = "1024", "30"  # megabytes of address space, seconds of processor
HEAD = "fiscal_year: 2564\nprovince: อุบลราชธานี\ngroups:\n- title: ก\n  activities:\n"
SMALL = HEAD + "  - {id: a, title: ข, when: 6 พ.ย. 2563}\n"
RECORD = '{{"recorded": "2020-11-16T12:00:00.000+07:00", "kind": "done", "of": "{of}", "on": "{on}", "by": "ก", "id": "i{n}"}}'  # fmt: skip


def filled(one: Callable[[int], str]) -> str:
    """A megabyte of them."""
    parts, size = [], 0
    while size < MEGABYTE:
        parts.append(one(len(parts)))
        size += len(parts[-1].encode())
    return "".join(parts)


def recorded(n: int, of: str = "a@FY2564", on: str = "2563-11-09", end: str = "\n") -> str:
    return RECORD.format(n=n, of=of, on=on) + end


PLANS = {
    "good": lambda: HEAD + filled(lambda n: f"  - {{id: b{n}, title: รายงาน, when: ทุกเดือน ภายในวันที่ {n % 28 + 1} ของเดือนถัดไป}}\n"),
    "one id": lambda: HEAD + filled(lambda _: "  - {id: b, title: ข, when: 6 พ.ย. 2563}\n"),
    "all on one line": lambda: SMALL + "x: [" + filled(lambda n: f"&a{n} 1, ") + "]\n",
    "faulty dates": lambda: HEAD + filled(lambda n: f"  - {{id: b{n}, title: ข, when: 31 ก.พ. 2564}}\n"),
    "faulty days off": lambda: "fiscal_year: 2564\nholidays:\n" + filled(lambda n: f"  - {{date: {n % 28 + 1}/{n % 12 + 1}/25x{n}, name: ก}}\n"),
    "one phrase": lambda: HEAD + "  - {id: a, title: ข, when: " + filled(lambda _: "ทุกเดือน ") + "}\n",
    "one activity": lambda: HEAD + "  - id: a\n    title: ข\n    when:\n" + filled(lambda n: f"    - {{when: ทุกเดือน ภายในวันที่ {n % 28 + 1}, key: k{n}}}\n"),
    "overrides": lambda: HEAD + "  - id: a\n    title: ข\n    when: ทุกเดือน\n    overrides:\n" + filled(lambda n: f"      {2500 + n}-10: {{cancel: true, reason: x}}\n"),
}  # fmt: skip
REGISTERS = {
    "good": lambda: filled(recorded),
    "glued": lambda: filled(lambda n: recorded(n, end="")),
    "of nothing": lambda: filled(lambda n: recorded(n, of=f"a{n}@FY2564")),
    "no days": lambda: filled(lambda n: recorded(n, on="x")),
    "halves": lambda: filled(lambda n: f'{{"id": "{n}"}}\n'),
    "one record": lambda: recorded(1, end="")[:-1] + filled(lambda n: f', "k{n}": 1') + "}\n",
    "one line": lambda: "9" * MEGABYTE,
    "nested": lambda: "[" * MEGABYTE,
    "nothing": lambda: "\0" * MEGABYTE,
}
SETTINGS = {
    "good": lambda: "people:\n" + filled(lambda n: f"  p{n}: {{name: ก, to: {{mail: a{n}@example.go.th}}}}\n") + "channels:\n  mail: {kind: smtp, from: a@b.go.th, server: x.go.th}\n",
    "faulty": lambda: "people:\n" + filled(lambda n: f"  p{n}: {{name: ก, x{n}: 1, to: {{mail: '@'}}}}\n"),
    "one path": lambda: "people: {a: {name: ก, to: {x: y}}}\nchannels: {x: {kind: file, path: '" + filled(lambda _: "{person}/") + "'}}\n",
    "addresses": lambda: "people: {a: {name: ก, to: {mail: [" + filled(lambda n: f"a{n}@x.go.th, ") + "]}}}\n",
    "nested": lambda: "[" * MEGABYTE,
}  # fmt: skip


def answer(folder: Path, run_process: Process, *words: str) -> None:
    # Not followed by who measures coverage: that takes three times as long.
    ran = run_process(*words, python=["-c", BOUNDED, MEMORY, SECONDS], cwd=folder, env={"COVERAGE_PROCESS_CONFIG": ""})
    assert ran.returncode in (0, 1, 3), (ran.returncode, ran.stderr[-600:])
    assert b"Traceback" not in ran.stderr
    assert (ran.stdout == b"") == (ran.returncode == 3)


def office(folder: Path, plan: str = SMALL) -> Path:
    (folder / "plans").mkdir()
    (folder / "plans" / "fy2564.yaml").write_text(plan, "utf-8", newline="\n")
    return folder


@pytest.mark.parametrize("name", PLANS)
def test_plans(name: str, tmp_path: Path, run_process: Process) -> None:
    """Good ones, and such as have a fault in every line, or all faults in one line."""
    answer(office(tmp_path, PLANS[name]()), run_process, "check")


@pytest.mark.parametrize("name", REGISTERS)
def test_registers(name: str, tmp_path: Path, run_process: Process) -> None:
    """Records, records of nothing, and what is none, in many lines or in one."""
    office(tmp_path)
    (tmp_path / "plans" / "fy2564.register.jsonl").write_text(REGISTERS[name](), "utf-8", newline="\n")
    answer(tmp_path, run_process, "check")


@pytest.mark.parametrize("name", SETTINGS)
def test_settings(name: str, tmp_path: Path, run_process: Process) -> None:
    """Thousands of people, or of faults, or one endless value."""
    office(tmp_path)
    (tmp_path / "ustm.yaml").write_text(SETTINGS[name](), "utf-8", newline="\n")
    answer(tmp_path, run_process, "check")


@pytest.mark.parametrize("unit", ["ทุกเดือน ", "a", "9", " ", "ทุก", "๑", "ก่อน<", "\0", "-", "ํา"])
def test_phrases(unit: str) -> None:
    """A phrase is read up to a length that no phrase has; beyond it, it is refused without being looked at."""
    text = unit * (MEGABYTE // len(unit.encode()))
    for reader in (parse, parse_review):
        with pytest.raises(PhraseError) as refused:
            reader(text)
        assert (refused.value.code, refused.value.start, refused.value.end) == ("U222", 0, len(text))
        with pytest.raises(PhraseError):
            reader(text[:LONGEST_PHRASE])
