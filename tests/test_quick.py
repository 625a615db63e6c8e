"""The quick way gives what the slow way gives, byte for byte, or gives way to it."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ustm_cli import cache

ROOT = Path(__file__).parent.parent
PROGRAM = "from ustm_cli.quick import main; main()"
LINES = [
    ["due", "--today", "2563-11-16"],
    ["due", "--week", "--today", "2563-11-16", "--format", "json"],
    ["due", "--today", "2563-11-16", "--lang", "en", "--width", "60"],
    ["due", "--today=2563-11-16", "--format", "csv", "--all"],
    ["due", "--month", "--format", "plain"],
    ["due", "--month", "--format", "ics"],
    ["calendar", "--month", "พ.ย. 2563"],
    ["show", "fs-annual", "--today", "2563-11-16"],
    ["explain", "fs-annual@FY2563", "--format", "json"],
    ["explain", "ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป", "--year", "2564"],
    ["cases", "--today", "2563-11-16"],
    ["stats", "--today", "2563-11-16", "--lang", "en"],
    ["event", "list", "--today", "2563-11-16"],
    ["--help"],
    ["event", "set", "--help"],
    ["due", "--days", "0"],
    ["explain", "nonsense", "--year", "2564"],
]


SMALL = """\
fiscal_year: 2564
province: อุบลราชธานี
groups:
- title: ก
  activities:
  - {id: x, title: หนึ่ง, when: 16 พ.ย. 2563}
"""


class Office:
    """A folder with a plan, and a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "office"
        self.cache = folder / "cache"
        (self.folder / "plans").mkdir(parents=True)
        self.plan = Path(shutil.copy(ROOT / "plans" / "fy2564.yaml", self.folder / "plans"))

    def run(self, *words: str, code: str = PROGRAM, **env: str) -> tuple[int, bytes, bytes]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("USTM_")}
        clean |= {"XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **env}
        done = subprocess.run(
            [sys.executable, "-c", code, *words], cwd=self.folder, env=clean, capture_output=True, check=False
        )
        return done.returncode, done.stdout, done.stderr

    def slow(self, *words: str) -> tuple[int, bytes, bytes]:
        return self.run(*words, USTM_NO_CACHE="1")

    @property
    def entries(self) -> list[Path]:
        folder = self.cache / "ustm"
        return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_the_answer_is_the_same(office: Office, line: list[str]) -> None:
    """The first answer, the second, and the one without a cache are equal in code, stdout and stderr."""
    assert office.run(*line) == office.run(*line) == office.slow(*line)


def test_what_changed_is_seen(office: Office) -> None:
    """An edit of the plan, a register, another plan, a nearer folder of plans: each is in the next answer."""
    line = ["due", "--today", "2563-11-16", "--format", "json"]

    def fresh() -> bytes:
        found = office.run(*line)
        assert found == office.run(*line) == office.slow(*line)
        return found[1]

    seen = [fresh()]
    text = office.plan.read_text(encoding="utf-8")
    office.plan.write_text(text.replace("ภายใน 50 วันนับแต่สิ้นปีงบประมาณ", "ภายใน 51 วันนับแต่สิ้นปีงบประมาณ"), encoding="utf-8")
    seen.append(fresh())
    assert office.run("done", "fs-annual@FY2563", "--on", "2563-11-16", "--by", "สมชาย", code=PROGRAM)[0] == 0
    seen.append(fresh())
    (office.folder / "plans" / "second.yaml").write_text(SMALL, encoding="utf-8")
    seen.append(fresh())
    assert len(set(seen)) == len(seen)


def test_a_plan_of_any_name_is_watched(office: Office) -> None:
    """A plan given by --plan without the usual ending is read again when it changed."""
    other = office.folder / "plan.txt"
    text = SMALL
    line = ["due", "--plan", "plan.txt", "--today", "2563-11-16", "--format", "plain"]
    other.write_text(text, encoding="utf-8")
    first = office.run(*line)
    assert first == office.run(*line)
    other.write_text(text.replace("หนึ่ง", "สอง"), encoding="utf-8")
    assert "สอง" in office.run(*line)[1].decode()


def test_the_register_beside_is_watched(office: Office) -> None:
    """One plan asked for alone is answered anew when a plan beside it records a day of the event that both include."""
    plans = office.folder / "plans"
    (plans / "shared.yaml").write_text("events: {m: {name: ประชุม, every: month}}\n", encoding="utf-8")
    for name in "ab":
        text = SMALL.replace("16 พ.ย. 2563", "ก่อนประชุม 1 วัน").replace("id: x", f"id: {name}")
        (plans / f"{name}.yaml").write_text("include: [shared.yaml]\n" + text, encoding="utf-8")
    line = ["due", "--plan", "plans/a.yaml", "--today", "2563-11-16", "--all", "--month", "--format", "csv"]
    seen = [office.run(*line)]
    for day in ("2563-11-20", "2563-11-25"):
        words = ("event", "set", "m", "2563-11", day, "--plan", "plans/b.yaml", "--by", "ก")
        assert office.run(*words)[0] == 0
        seen.append(office.run(*line))
        assert seen[-1] == office.run(*line) == office.slow(*line)
    assert len(set(seen)) == 3


PIPED = "import os; r, w = os.pipe(); os.write(w, {text!r}.encode()); os.close(w); os.dup2(r, 0); "
REDIRECTED = "import os; open({name!r}, 'wb').write({text!r}.encode()); os.dup2(os.open({name!r}, os.O_RDONLY), 0); "


@pytest.mark.skipif(os.name != "posix", reason="streams by name")
@pytest.mark.parametrize("stdin", [PIPED, REDIRECTED], ids=["a pipe", "a file"])
def test_what_comes_through_stdin_is_read_each_time(office: Office, stdin: str) -> None:
    """A plan on stdin is another the next time, though it bears the same name."""
    for name in ("หนึ่ง", "สอง"):
        given = stdin.format(text=SMALL.replace("หนึ่ง", name), name=f"{name}.yaml")
        code, out, _ = office.run("due", "--plan", "/dev/stdin", "--today", "2563-11-16", code=given + PROGRAM)
        assert (code, name in out.decode()) == (0, True)
    assert office.entries == []


@pytest.mark.parametrize("pattern", ["*/plans/*.yaml", "**/fy*.yaml"])
def test_a_plan_that_a_pattern_comes_to_name_is_seen(office: Office, pattern: str) -> None:
    """In a folder that was there, in one that was not, or below one that was empty: each is in the next answer."""
    shutil.rmtree(office.folder / "plans")
    line = ["due", "--plan", pattern, "--today", "2563-11-16", "--format", "csv"]
    (office.folder / "d").mkdir()
    (office.folder / "c" / "plans").mkdir(parents=True)
    for number, folder in enumerate("abcd"):
        plan = office.folder / folder / "plans" / "fy2564.yaml"
        plan.parent.mkdir(parents=True, exist_ok=True)
        plan.write_text(SMALL, encoding="utf-8")
        found = office.run(*line)
        assert found[1].count(b"x@FY2564") == number + 1
    assert found == office.run(*line, code=SPEECHLESS + PROGRAM) == office.slow(*line)
    shutil.rmtree(office.folder / "a")
    assert office.run(*line)[1].count(b"x@FY2564") == 3


@pytest.mark.parametrize("empty", [False, True], ids=["none before", "an empty one before"])
def test_a_nearer_folder_of_plans_is_seen(office: Office, empty: bool) -> None:
    """Where a folder of plans comes to stand, or to be filled, nearer than the one that was read, that one is read."""
    inner = office.folder / "inner"
    inner.mkdir()
    office.folder = inner
    line = ["due", "--today", "2563-11-16", "--format", "json"]
    if empty:
        (inner / "plans").mkdir()
    before = office.run(*line)
    (inner / "plans").mkdir(exist_ok=True)
    (inner / "plans" / "fy2564.yaml").write_text("fiscal_year: 2564\ngroups: []\n", encoding="utf-8")
    after = office.run(*line)
    assert before[1] != after[1]
    assert after == office.slow(*line)


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
@pytest.mark.parametrize("pattern", ["plans/*.yaml", "plans*/*.yaml"], ids=["alone", "of many"])
def test_an_included_file_is_watched_where_it_is_named(office: Office, pattern: str) -> None:
    """One that came to stand in a folder, and a link that leads elsewhere, are each in the next answer."""
    for number in range(1, 33 if "s*" in pattern else 1):  # from so many on, plans are not held all at once
        (office.folder / f"plans{number}").mkdir()
        (office.folder / f"plans{number}" / "fy2564.yaml").write_text(SMALL, encoding="utf-8")
    plans = office.folder / "plans"
    (plans / "sub").mkdir()
    (plans / "a.yaml").write_text(SMALL, encoding="utf-8")
    text = SMALL.replace("id: x", "id: y") + "include: [sub/link.yaml]\n"
    (plans / "fy2564.yaml").write_text(text, encoding="utf-8")
    for day in (16, 17):
        (plans / "sub" / f"{day}").write_text(f"holidays: [{{date: 2563-11-{day}}}]\n", encoding="utf-8")
    line = ["due", "--plan", pattern, "--today", "2563-11-16", "--format", "csv"]
    seen = [office.run(*line)]
    assert (seen[0][0], b"U116" in seen[0][2]) == (4, True)
    for day in (16, 17):
        (plans / "sub" / "link.yaml").unlink(missing_ok=True)
        (plans / "sub" / "link.yaml").symlink_to(f"{day}")
        seen.append(office.run(*line))
        assert seen[-1] == office.slow(*line)
    assert len(set(seen)) == 3


@pytest.mark.parametrize("harm", [b"", b"x" * 40, None, b"half"], ids=["empty", "other bytes", "one byte", "half"])
def test_a_corrupted_entry_is_harmless(office: Office, harm: bytes | None) -> None:
    """Whatever stands in the cache, the answer is right."""
    line = ["due", "--today", "2563-11-16", "--format", "json"]
    good = office.run(*line)
    (entry,) = office.entries
    data = entry.read_bytes()
    flipped = data[:60] + bytes([data[60] ^ 1]) + data[61:]
    entry.write_bytes(flipped if harm is None else data[: len(data) // 2] if harm == b"half" else harm)
    assert office.run(*line) == good


def test_a_cache_that_cannot_be_written_is_harmless(office: Office) -> None:
    """A file in the place of the cache folder, or no home at all, costs nothing but time."""
    office.cache.write_text("in the way", encoding="utf-8")
    line = ["due", "--today", "2563-11-16", "--format", "json"]
    assert office.run(*line) == office.slow(*line) == office.run(*line, XDG_CACHE_HOME="", HOME="")


def test_the_cache_is_bounded_and_private(office: Office) -> None:
    """No more entries than the bound, none that others may read, none beside the plan."""
    code = f"import ustm_cli.quick as quick; quick.MOST_ENTRIES = 3; {PROGRAM}"
    for width in range(60, 66):
        assert office.run("due", "--today", "2563-11-16", "--width", str(width), code=code)[0] == 0
    assert len(office.entries) == 3
    if os.name == "posix":
        assert all(entry.stat().st_mode & 0o077 == 0 for entry in office.entries)
    assert sorted(path.name for path in office.folder.rglob("*")) == ["fy2564.yaml", "plans"]


def test_only_a_command_that_looks_is_kept(office: Office) -> None:
    """A word that is also a command's name, as the value of another command's option, is no reason to keep anything."""
    office.run("done", "fs-annual@FY2563", "--note", "due", "--by", "due", "--on", "2563-11-16")
    office.run("--lang", "en", "check", "--format", "show")
    office.run("reopen", "fs-annual@FY2563", "--note", "--help")
    office.run("done", "fs-annual@FY2563", "--note", "-h")
    office.run("_complete", "--help")
    office.run("event", "set", "list", "2564-01", "2563-11-16")
    office.run("event", "--lang", "en")
    assert office.entries == []


def test_turned_off_there_is_no_cache(office: Office) -> None:
    office.slow("due", "--today", "2563-11-16")
    assert office.entries == []


def test_the_warm_way_imports_little(office: Office) -> None:
    """At most 40 modules (a bare interpreter has 26): independent of the machine."""
    line = ["due", "--today", "2563-11-16", "--format", "json"]
    office.run(*line)
    count = "import sys, atexit; atexit.register(lambda: sys.stderr.write(str(len(sys.modules)))); "
    code, _, err = office.run(*line, code=count + PROGRAM, COVERAGE_PROCESS_CONFIG="")
    assert code == 0
    assert int(err) <= 40


def test_another_day_is_another_answer(office: Office) -> None:
    """Without a day of its own, an entry holds for one day in Bangkok."""
    office.run("due", "--format", "json")
    before = office.entries[0].read_bytes()
    tomorrow = "import time; real = time.time; time.time = lambda: real() + 86400; "
    assert office.run("due", "--format", "json", code=tomorrow + PROGRAM)[0] == 0
    assert office.entries[0].read_bytes() != before


# ---- over many plans


@pytest.fixture
def country(office: Office) -> Path:
    """Forty offices: more files than are read again to see whether they changed."""
    for number in range(40):
        plan = office.folder / "country" / f"o{number}" / "plans" / "fy2564.yaml"
        plan.parent.mkdir(parents=True)
        plan.write_text(SMALL.replace("หนึ่ง", f"งาน {number}"), encoding="utf-8")
    time.sleep(0.05)
    return office.folder / "country"


MANY = ["--plan", "country/**/*.yaml", "due", "--today", "2563-11-16", "--format", "csv"]


def test_of_many_plans_the_times_tell(office: Office, country: Path) -> None:
    """An edit of the same length whose time is put back, a register, a plan come or gone: each is in the next answer."""
    plan = country / "o7" / "plans" / "fy2564.yaml"

    def fresh() -> bytes:
        time.sleep(0.05)
        found = office.run(*MANY)
        warm = office.run(*MANY, code=SPEECHLESS + PROGRAM)
        assert found == warm == office.slow(*MANY)
        return found[1]

    seen = [fresh()]
    before = plan.stat()
    plan.write_text(plan.read_text("utf-8").replace("งาน 7", "งาน x"), encoding="utf-8")
    os.utime(plan, ns=(before.st_atime_ns, before.st_mtime_ns))
    seen.append(fresh())
    shutil.copytree(country / "o7", country / "o8" / "deeper" / "o77")
    seen.append(fresh())
    done = ("done", "x@FY2564", "--by", "ก", "--on", "2563-11-16", "--plan", str(country / "o9/plans/fy2564.yaml"))
    assert office.run(*done)[0] == 0
    seen.append(fresh())
    plan.unlink()
    seen.append(fresh())
    plan.parent.joinpath("fy2564.yaml").write_text("fiscal_year: 2564\ngroups: 7\n", encoding="utf-8")
    assert office.run(*MANY)[0] == 4
    seen.append(fresh())
    assert len(set(seen)) == len(seen) - 1, "all differ, but that a faulty plan says as little as none"


SPEECHLESS = "import sys; sys.modules['ustm_cli.cli'] = None; "
"""Without the slow way: only an answer that was kept can be given."""


def test_content_is_read_until_times_tell_all(office: Office, country: Path) -> None:
    """Of files changed just before, the content is compared once more; found the same, their times are enough."""

    def digests() -> int:
        (entry,) = (path for path in office.entries if path.is_file())
        *_, prints, _ = marshal.loads(entry.read_bytes()[cache.SEAL :])
        return sum(digest is not None for _, _, digest in prints)

    set_racy = "import ustm_cli.cache as cache; cache.RACY_NS = {}; "
    soon, later = set_racy.format(10**18), set_racy.format(-(10**15))
    first = office.run(*MANY, code=soon + PROGRAM)
    fresh = digests()
    assert fresh >= 40
    assert office.run(*MANY, code=SPEECHLESS + soon + PROGRAM) == first
    assert digests() == fresh
    assert office.run(*MANY, code=SPEECHLESS + later + PROGRAM) == first
    assert digests() == 0
    plan = country / "o7" / "plans" / "fy2564.yaml"
    plan.write_text(plan.read_text("utf-8").replace("งาน 7", "งาน x"), encoding="utf-8")
    assert office.run(*MANY)[1] != first[1]


def test_a_long_answer_is_given_but_not_kept(office: Office, country: Path) -> None:
    """What is larger than an entry may be is answered whole, and answered anew."""
    code = f"import ustm_cli.quick as quick; quick.LARGEST_ENTRY = 1000; {PROGRAM}"
    assert office.run(*MANY, code=code) == office.run(*MANY, code=code) == office.slow(*MANY)
    assert not [entry for entry in office.entries if entry.is_file()]


CLOSED = """
import os, subprocess, sys
read, write = os.pipe()
os.close(read)
print(subprocess.run([sys.executable, "-c", {program!r}, *sys.argv[1:]], stdout=write).returncode)
"""


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
@pytest.mark.parametrize("line", [["--version"], ["due", "--today", "2563-11-16"], ["due"]], ids=" ".join)
def test_a_reader_that_went_away(office: Office, line: list[str]) -> None:
    """An answer that nobody reads, made or kept, ends with 141 and no word, and spoils no later one."""
    office.run(*line)
    for nothing_kept in (False, True):
        if nothing_kept:
            shutil.rmtree(office.cache, ignore_errors=True)
        assert office.run(*line, code=CLOSED.format(program=PROGRAM)) == (0, b"141\n", b"")
    assert office.run(*line) == office.slow(*line)


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_a_terminal_s_width_is_part_of_the_question(office: Office) -> None:
    """On a terminal of another width the answer is another, kept beside the first."""
    import fcntl
    import pty
    import struct
    import termios

    env = {name: value for name, value in os.environ.items() if not name.startswith(("USTM_", "COLUMNS", "LINES"))}
    env |= {"XDG_CACHE_HOME": str(office.cache), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    told = []
    office.plan.write_text(SMALL, encoding="utf-8")  # what a terminal holds unread
    for width in (60, 100, 60):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        command = [sys.executable, "-c", PROGRAM, "due", "--today", "2563-11-16"]
        subprocess.run(command, cwd=office.folder, env=env, stdin=theirs, stdout=theirs, check=False, timeout=60)
        told.append(os.read(ours, 1 << 20))
        os.close(ours)
        os.close(theirs)
    assert told[0] == told[2] != told[1]
    assert len(office.entries) == 2


def test_what_has_no_command_is_not_kept(office: Office) -> None:
    """Options alone are answered the slow way, an answer larger than an entry too, and neither leaves an entry."""
    assert office.run("--lang", "en")[0] == 2
    small = f"import ustm_cli.quick as quick; quick.LARGEST_ENTRY = 100; {PROGRAM}"
    line = ["due", "--today", "2563-11-16"]
    assert office.run(*line, code=small) == office.slow(*line)
    assert office.run("due", "--today", "2563-11-16", "--format", "ics", code=small)[0] == 0
    assert office.entries == []


@pytest.mark.skipif(os.name != "posix", reason="a folder that is stood in can go")
def test_a_folder_that_is_gone(office: Office) -> None:
    """Where the folder that one stands in was removed, the slow way says what is wrong."""
    gone = f"import os; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); {PROGRAM}"
    code, out, err = office.run("due", "--today", "2563-11-16", code=gone)
    assert (code, out) == (3, b"")
    assert b"Traceback" not in err


def test_an_installed_program_is_known_by_one_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Below site-packages nothing changes but by an installation; in a checkout every file counts."""
    from ustm_cli import cache

    here = tmp_path / "site-packages" / "ustm_cli" / "cache.py"
    here.parent.mkdir(parents=True)
    here.write_text("", "utf-8")
    checkout = cache.program()
    assert isinstance(checkout, list)
    assert len(checkout) > 100
    monkeypatch.setattr(cache, "__file__", str(here))
    assert cache.program() == here.stat().st_mtime_ns
