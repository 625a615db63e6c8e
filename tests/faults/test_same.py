"""The same plan, register and day give the same bytes in every format, and on paper the same text, wherever it runs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from test_faults import ALL, office

from tests.conftest import TOP

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
__all__ = ["office"]

PLACES = [
    {"TZ": "UTC", "PYTHONHASHSEED": "0"}, {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
    {"TZ": "America/Anchorage", "LANG": "th_TH.UTF-8", "LC_ALL": "th_TH.UTF-8", "PYTHONHASHSEED": "4242"},
]  # fmt: skip
# What the tests of faults do not print already.
COMMANDS = [
    "due --all --open --format plain", "due --all --format tsv", "due --lang en --digits thai", "calendar --format json", "calendar --lang en", "check --format github",
    "check --format concise", "check --format full --verbose", "stats --format json", "stats --format csv", "digest", "digest --format md", "digest --format html", "cases --format json",
    "cases --format csv", "event list --format json", "export csv", "export json", "explain report@2563-10 --format json", "show report --format json",
    "due --help", "completion bash", "diff plans/fy2564.yaml plans/fy2565.yaml --format json", "diff plans/fy2564.yaml plans/fy2565.yaml --format md", "due --as-of 2563-11-01 --format json",
]  # fmt: skip
WRITING = ["rollover 2565", "schema --write", "init new --province ตราด --year 2564", "digest --send archive --again", "fmt", "render --to html --to md --lang en --digits thai"]  # fmt: skip
REGISTER = """\
{"recorded": "2020-11-10T12:00:00.000+07:00", "kind": "done", "of": "report@2563-09", "on": "2563-10-09", "by": "ก", "id": "1"}
{"recorded": "2020-11-10T12:00:01.000+07:00", "kind": "received", "case": "answer@FY2564.c1116k7", "at": "2563-11-10 09:00", "by": "ก", "id": "2"}
{"recorded": "2020-11-10T12:00:02.000+07:00", "kind": "event", "event": "meeting", "period": "2564-01", "date": "2564-01-28", "on": "2563-11-10", "by": "ก", "id": "3"}
"""


def test_every_other_format_everywhere(office: Path, run_process: Process) -> None:
    """What is printed and what is written: letters, next year's plan, the schema, a new folder, pages in English.

    All but `doctor`, whose business is the machine.
    """
    (office / "plans" / "fy2564.register.jsonl").write_text(REGISTER, "utf-8", newline="\n")
    seen: list[set[object]] = []
    for place in PLACES:
        # The folder has one name everywhere: some commands tell it.
        shutil.rmtree(office.parent / "trial", ignore_errors=True)
        here = shutil.copytree(office, office.parent / "trial" / "office")
        env = place | {"USTM_BY": "ก", "USTM_CHROMIUM": "/nowhere", "HOME": str(here.parent)}
        ran = run_process(*WRITING, *COMMANDS, cwd=here, python=["-X", "utf8", "-c", ALL], env=env)
        assert ran.returncode == 0, ran.stderr.decode()
        answers = ran.stdout.decode().splitlines()
        assert len(answers) == len(WRITING) + len(COMMANDS)
        assert [line for line in answers if line[0] not in "01"] == []
        files = sorted(path for path in here.rglob("*") if path.is_file())
        bytes_of = [(path.relative_to(here).as_posix(), sha256(path.read_bytes()).hexdigest()) for path in files]
        assert len(bytes_of) > 15
        seen.append({*answers, *bytes_of})
    assert [one ^ seen[0] for one in seen[1:]] == [set()] * (len(PLACES) - 1)


def test_the_same_text_on_paper(office: Path, run_process: Process) -> None:
    """The year of the real plan, printed to PDF by the browser: its text, and its date."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        pytest.skip("needs Chromium")
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext")
    shutil.copy(TOP / "plans" / "fy2564.yaml", office / "plans" / "fy2564.yaml")
    seen = set()
    for place in PLACES[1:]:
        ran = run_process("render", "year", "table", "--to", "pdf", cwd=office, env=place)
        assert ran.returncode == 0, ran.stderr.decode()
        pages = sorted((office / "out").glob("*.pdf"))
        assert len(pages) == 2
        for tool in (["pdftotext", "-layout", "-enc", "UTF-8"], ["pdfinfo", "-rawdates"]):
            told = [subprocess.run([*tool, path, *(["-"] if "-layout" in tool else [])], capture_output=True, check=True).stdout for path in pages]  # fmt: skip
            assert all(len(text) > 100 for text in told)
            seen.add((tool[0], *told))
        shutil.rmtree(office / "out")
    assert len(seen) == 2
