"""What goes wrong around the program: killed, no room, no permission, no streams, other zones, two at once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TOP, Ran

Run = Callable[..., Ran]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]

PLAN = """\
fiscal_year: 2564   # ปี
province:   อุบลราชธานี
events:
  meeting: {name: การประชุม, every: month}
groups:
- title: กลุ่มงาน
  activities:
  - {id: report, title: รายงาน, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป, review: ล่วงหน้า 2 วันทำการ}
  - {id: slides, title: เอกสารประชุม, when: ก่อนการประชุม 2 วันทำการ}
  - {id: answer, title: ตอบข้อหารือ, when: ภายใน 5 วันนับจากรับเรื่อง}
"""
SETTINGS = """\
people: {a: {name: ก, letter: office, to: {archive: true}}}
channels: {archive: {kind: file, path: "letters/{person}.md"}}
"""
WRITERS = [
    ["done", "report@2563-10"], ["receive", "answer"], ["event", "set", "meeting", "2564-02", "2564-02-25"], ["fmt"], ["rollover", "2565"],
    ["render", "--to", "html", "--to", "md"], ["export", "ics", "--out", "a.ics"], ["export", "xlsx", "--out", "a.xlsx"], ["schema", "--write"],
    ["init", "new", "--province", "ตราด", "--year", "2564"], ["digest", "--send", "archive", "--again"],
]  # fmt: skip
FORMATS = [
    "due --all --open --format json", "due --format jsonl", "due --format csv", "due --format md", "due --format ics", "due --format table", "export xlsx", "export ics",
    "calendar --year", "check --format json", "explain report@2563-10", "stats", "event list", "schema",
]  # fmt: skip
LISTS = ["due --all", "due --format json", "show report", "explain report@2563-10", "calendar --year", "check --verbose", "stats", "cases", "event list", "schema", "--help", "completion bash", "export csv", "digest"]  # fmt: skip
posix = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    here = tmp_path / "office"
    (here / "plans").mkdir(parents=True)
    (here / "plans" / "fy2564.yaml").write_text(PLAN, "utf-8", newline="\n")
    (here / "ustm.yaml").write_text(SETTINGS, "utf-8", newline="\n")
    return here


def ids(words: list[str]) -> str:
    return " ".join(words[:2])


@posix
@pytest.mark.parametrize("words", WRITERS, ids=ids)
def test_killed_while_it_writes(words: list[str], office: Path) -> None:
    """At whatever moment it is killed, every file is the old one or the whole new one, and no record is lost."""
    command = [sys.executable, TOP / "tests" / "faults" / "killer.py", office, os.environ.get("USTM_KILLS", "6"), "1"]
    done = subprocess.run([*command, *words], capture_output=True, check=False, text=True, timeout=3000)
    assert done.returncode == 0, done.stderr
    killed, torn = map(int, done.stdout.split()[-2:])
    print(f"{ids(words)}: killed {killed} times, {torn} files spoiled")
    assert torn == 0


LIMITED = """
import atexit, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
before = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)), before[1]))
atexit.register(resource.setrlimit, resource.RLIMIT_FSIZE, before)  # who measures this process writes after it
from ustm_cli.cli import main; main()
"""


@posix
@pytest.mark.parametrize("room", [0, 50])
@pytest.mark.parametrize("words", WRITERS, ids=ids)
def test_no_room(words: list[str], room: int, office: Path, run_process: Process) -> None:
    """A disk that takes nothing, or a little: told, exit 3 (4 for letters), and every file that stood there is as it was."""
    plan = (office / "plans" / "fy2564.yaml").read_bytes()
    ran = run_process(*words, cwd=office, python=["-B", "-c", LIMITED, str(room)], env={"USTM_BY": "ก"})
    assert ran.returncode in (3, 4), (ran.stdout.decode(), ran.stderr.decode())
    assert ran.stdout == b"" or ran.returncode == 4 or "init" in words or "render" in words
    assert ran.stderr.strip()
    assert b"Traceback" not in ran.stderr
    assert (office / "plans" / "fy2564.yaml").read_bytes() == plan
    leavings = [path.name for path in office.rglob("*") if path.is_file() and path.stat().st_size and path.name not in ("fy2564.yaml", "ustm.yaml", ".gitignore")]  # fmt: skip
    assert leavings == []


@pytest.mark.usefixtures("ordinary")
@pytest.mark.parametrize("words", WRITERS, ids=ids)
def test_no_permission(words: list[str], office: Path, run: Run) -> None:
    """A folder that may only be read: told, exit 3 or 4."""
    for folder in (office / "plans", office):
        folder.chmod(0o555)
    try:
        ran = run(*words, cwd=office, env={"USTM_BY": "ก"})
    finally:
        for folder in (office, office / "plans"):
            folder.chmod(0o755)
    assert ran.code in (3, 4)


def test_a_plan_that_changes_while_it_is_read(office: Path, run: Run) -> None:
    """Rewritten over and over by a program that does not rename: every answer is whole, or a refusal."""
    path = office / "plans" / "fy2564.yaml"
    stop = threading.Event()

    def scribble() -> None:
        while not stop.is_set():
            with path.open("wb") as file:
                for line in PLAN.encode().splitlines(keepends=True):
                    file.write(line)
                    file.flush()

    writer = threading.Thread(target=scribble)
    writer.start()
    try:
        codes = {run("due", "--format", "json", cwd=office).code for _ in range(30)}
    finally:
        stop.set()
        writer.join()
    assert codes <= {0, 3}


@posix
def test_two_writers(office: Path) -> None:
    """Eight processes that record at once: eight whole lines, ids all different."""
    command = [sys.executable, "-m", "ustm_cli", "receive", "answer"]
    env = os.environ | {"PYTHONPATH": str(TOP), "USTM_TODAY": "2563-11-16", "USTM_BY": "ก"}
    runs = [subprocess.Popen(command, cwd=office, env=env, stdout=subprocess.DEVNULL) for _ in range(8)]
    assert [one.wait(60) for one in runs] == [0] * 8
    lines = (office / "plans" / "fy2564.register.jsonl").read_text("utf-8").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == len({json.loads(line)["case"] for line in lines}) == 8


@posix
def test_two_that_lay_out(office: Path) -> None:
    """Of several `fmt` at once none spoils the plan, whatever each of them says."""
    command = [sys.executable, "-m", "ustm_cli", "fmt"]
    env = os.environ | {"PYTHONPATH": str(TOP), "USTM_TODAY": "2563-11-16"}
    runs = [subprocess.Popen(command, cwd=office, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(4)]  # fmt: skip
    assert {one.wait(60) for one in runs} <= {0, 3}
    check = subprocess.run([*command, "--check"], cwd=office, env=env, capture_output=True, check=False)
    assert check.returncode == 0


# ---- streams


@posix
@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"])
@pytest.mark.parametrize(
    "words", ["due", "due --format json", "export csv", "check", "due --bogus", "--help", "init new"]
)
def test_streams_that_are_not_there(words: str, streams: str, office: Path) -> None:
    """No stdin, no stdout, no stderr, or a full one: no traceback, and the usual exit codes."""
    env = {"PYTHONPATH": str(TOP), "PATH": "/usr/bin:/bin", "USTM_TODAY": "2563-11-16", "USTM_NO_CACHE": "1"}
    ran = subprocess.run(["sh", "-c", f"{sys.executable} -m ustm_cli {words} {streams}"], cwd=office, env=env, capture_output=True, check=False, timeout=60)  # fmt: skip
    assert b"Traceback" not in ran.stderr + ran.stdout, ran.stderr.decode()
    assert b"Exception ignored" not in ran.stderr
    assert ran.returncode in (0, 2, 3)


@posix
@pytest.mark.parametrize("streams", [">&-", "2>&-", ">/dev/full", "2>/dev/full"])
@pytest.mark.parametrize("words", ["due", "--lang en due --format json", "stats", "due --help"])
def test_streams_that_are_not_there_for_an_answer_given_before(words: str, streams: str, office: Path) -> None:
    """The exit code and what is said are those of an answer that is made anew."""
    env = {"PYTHONPATH": str(TOP), "PATH": "/usr/bin:/bin", "USTM_TODAY": "2563-11-16"}
    env["XDG_CACHE_HOME"] = str(office / "kept")

    def ran(behind: str, **more: str) -> tuple[int, bytes]:
        line = f"{sys.executable} -m ustm_cli {words} {behind}"
        one = subprocess.run(
            ["sh", "-c", line], cwd=office, env=env | more, capture_output=True, check=False, timeout=60
        )
        return one.returncode, one.stderr

    anew = ran(streams, USTM_NO_CACHE="1")
    assert ran(">/dev/null") == (0, b"")
    assert list((office / "kept").rglob("*"))
    assert ran(streams) == anew


HEAD = """
import subprocess, sys
ran = subprocess.Popen([sys.executable, "-m", "ustm_cli", *sys.argv[1:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
ran.stdout.close()
error = ran.stderr.read().decode()
print(ran.wait(), "Traceback" in error, "Exception" in error)
"""


@posix
@pytest.mark.parametrize("words", LISTS)
def test_a_reader_that_never_reads(words: str, office: Path, run_process: Process) -> None:
    """`ustm … | true` ends as others do: without a traceback, with 0 or 141."""
    ran = run_process(*words.split(), python=["-c", HEAD], cwd=office)
    assert ran.stdout.decode().split() in (["0", "False", "False"], ["141", "False", "False"])


# ---- the same bytes wherever it runs

PLACES = [
    {"TZ": "UTC"}, {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}, {"TZ": "America/Anchorage", "PYTHONHASHSEED": "2"},
    {"LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "3"}, {"LANG": "th_TH.UTF-8", "LC_ALL": "th_TH.UTF-8", "TZ": "Asia/Bangkok", "PYTHONHASHSEED": "4"},
]  # fmt: skip
ALL = "\n".join([
    "import contextlib, hashlib, io, sys",
    "from ustm_cli.cli import run",
    "for words in sys.argv[1:]:",
    "    raw = io.BytesIO()",
    "    kept, sys.stdout = sys.stdout, io.TextIOWrapper(raw, encoding='utf-8', newline='')",
    "    code = run(words.split()); sys.stdout.flush(); inner, sys.stdout = sys.stdout, kept",
    "    print(code, words, hashlib.sha256(raw.getvalue()).hexdigest(), len(raw.getvalue()) > 20)",
])  # fmt: skip


def test_the_same_bytes_everywhere(office: Path, run_process: Process) -> None:
    """Whatever the zone, the locale and the seed of hashes, every format of the real plan has the same bytes."""
    shutil.copy(TOP / "plans" / "fy2564.yaml", office / "plans" / "fy2564.yaml")
    commands = [words.replace("report@2563-10", "fs-annual@FY2563") for words in FORMATS]
    seen = set()
    for place in PLACES:
        ran = run_process(
            *commands, "render --to html --to md", cwd=office, python=["-X", "utf8", "-c", ALL], env=place
        )
        assert ran.returncode == 0, ran.stderr.decode()
        pages = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((office / "out").iterdir())]
        assert b"False" not in ran.stdout
        seen.add((ran.stdout, *pages))
        shutil.rmtree(office / "out")
    assert len(seen) == 1


@pytest.mark.parametrize("encoding", ["cp874", "ascii", "latin-1"])
@pytest.mark.parametrize(
    "words", [*FORMATS[:6], *FORMATS[8:], "stats", "cases", "digest", "done report@2563-10", "render year --to md"]
)
def test_streams_of_other_encodings(words: str, encoding: str, office: Path, run: Run) -> None:
    """No command fails for the encoding of its streams, and JSON stays JSON."""
    ran = run(*words.split(), cwd=office, encoding="utf-8" if "ics" in words else encoding, env={"USTM_BY": "ก"})
    assert ran.code in (0, 1)
    if words.endswith("json"):
        json.loads(ran.out)
