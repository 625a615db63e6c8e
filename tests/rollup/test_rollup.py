"""The data set of many offices: what it holds, what is expanded again, and that nothing harms it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

import duckdb
from made_rows import row
from offices import FEW, aged, country, killed, office, write

from ustm_cli.cli.rollup import parts, rollup
from ustm_cli.render import parquet
from ustm_cli.render.rows import COLUMNS, DATES

Run = Callable[..., Any]
ALL = ("--from", "2560-01-01", "--to", "2570-12-31", "--all", "--open", "--format", "json")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    return country(tmp_path_factory.mktemp("made"), run)


@pytest.fixture
def top(tmp_path: Path, made: Path) -> Path:
    return aged(Path(shutil.copytree(made, tmp_path / made.name)))


def rolled(run: Run, top: Path, *words: str, out: str = "ds", code: int = 0) -> dict[str, Any]:
    """What `rollup --format json` says of the country."""
    ran = run("rollup", top.name, "--out", out, "--format", "json", *words, cwd=top.parent)
    assert ran.code == code, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def asked(data: Path, query: str = "SELECT * FROM data") -> list[dict[str, Any]]:
    """The answer of DuckDB, as JSON has it: days as texts."""
    with duckdb.connect() as db:
        db.execute(f"CREATE VIEW data AS FROM read_parquet('{data}/**/*.parquet', hive_partitioning = true)")
        db.execute("SET TimeZone = 'UTC'")
        told = db.execute(query.replace("*", "* REPLACE (epoch_us(due_at) AS due_at)"))
        names = [one[0] for one in told.description]
        return [dict(zip(names, map(_plain, values), strict=True)) for values in told.fetchall()]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def files(data: Path) -> dict[str, bytes]:
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in sorted(data.rglob("*.parquet"))}


def told(run: Run, top: Path, *words: str) -> list[dict[str, Any]]:
    """The obligations of all plans as ustm tells them in JSON, the columns of the data set only."""
    ran = run(*words, "--plan", f"{top.name}/**/fy*.yaml", "--plan", f"{top.name}/**/*.yml", cwd=top.parent)
    assert ran.code == 0, ran.err
    found = [{name: item[name] for name in COLUMNS} for item in json.loads(ran.out)["obligations"]]
    for item in found:
        item["province"] = item["province"] or "ไม่ระบุ"
        item["due_at"] = item["due_at"] and int(datetime.fromisoformat(item["due_at"]).timestamp() * 1e6)
    return found


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(({name: item[name] for name in COLUMNS} for item in rows), key=lambda one: (one["file"], one["id"]))


# ---- what it holds


@pytest.mark.parametrize("words", [("due", *ALL), ("export", "json")], ids=["due", "export"])
def test_it_holds_what_ustm_tells(words: tuple[str, ...], top: Path, run: Run) -> None:
    """DuckDB finds in it every obligation of every plan with the very values of `due` and `export json`."""
    summary = rolled(run, top)
    found, wanted = asked(top.parent / "ds"), told(run, top, *words)
    assert in_order(found) == in_order(wanted)
    assert len(found) == summary["obligations"] > 500
    assert {item["status"] for item in found} == {
        "open",
        "overdue",
        "done",
        "done_late",
        "waived",
        "awaiting",
        "running",
        "ongoing",
    }
    assert {item["province"] for item in found} == {"อุบลราชธานี", "เลย", "เชียงใหม่", "ไม่ระบุ"}


def test_the_week(top: Path, run: Run) -> None:
    """A question in SQL has the answer, in the order, of the same question to ustm."""
    rolled(run, top)
    query = (
        "SELECT id, file, status FROM data WHERE status NOT IN ('done', 'done_late', 'waived') AND (act_by BETWEEN"
        " '2020-11-16' AND '2020-11-22' OR review_by BETWEEN '2020-11-16' AND '2020-11-22' OR (status = 'overdue' AND"
        " act_by <= '2020-11-22') OR (status = 'awaiting' AND known_by <= '2020-11-22'))"
        " ORDER BY act_by NULLS LAST, deadline NULLS LAST, id, file"
    )
    wanted = [(item["act_by"] or "9", item["deadline"] or "9", item["id"], item["file"], item["status"])
              for item in told(run, top, "due", "--week", "--format", "json")]  # fmt: skip
    assert [tuple(item.values()) for item in asked(top.parent / "ds", query)] == [
        (id, file, status) for _, _, id, file, status in sorted(wanted)
    ]
    assert len(wanted) > 20


def test_the_columns(top: Path, run: Run) -> None:
    """The files have the columns of every other output, days as days, a moment as a moment, a list as a list."""
    rolled(run, top)
    with duckdb.connect() as db:
        told = db.execute(
            f"DESCRIBE FROM read_parquet('{top.parent}/ds/**/*.parquet', hive_partitioning = true)"
        ).fetchall()
    kinds = {name: kind for name, kind, *_ in told}
    assert kinds.keys() == {*COLUMNS, "folder"}
    assert {name for name, kind in kinds.items() if kind == "DATE"} == set(DATES)
    assert (kinds["due_at"], kinds["send_to"], kinds["days_left"]) == (
        "TIMESTAMP WITH TIME ZONE",
        "VARCHAR[]",
        "INTEGER",
    )


def test_the_layout(top: Path, run: Run) -> None:
    """There is one file a fiscal year and province, in the folders that every reader knows; nothing else is to be seen."""
    rolled(run, top)
    found = {
        path.relative_to(top.parent / "ds").as_posix() for path in (top.parent / "ds").rglob("*") if path.is_file()
    }
    assert {name for name in found if not name.startswith(".")} == {
        "fiscal_year=2564/province=อุบลราชธานี/obligations.parquet",
        "fiscal_year=2564/province=เลย/obligations.parquet",
        "fiscal_year=2565/province=เลย/obligations.parquet",
        "fiscal_year=2564/province=เชียงใหม่/obligations.parquet",
        "fiscal_year=2564/province=ไม่ระบุ/obligations.parquet",
    }


def test_the_summary(top: Path, run: Run) -> None:
    """Standard output says how many, how they stand and where they are, in both languages."""
    out, _, code = run("rollup", "country", "--out", "ds", cwd=top.parent)
    assert code == 0
    assert "แผน 6 แฟ้ม ใน 5 โฟลเดอร์" in out
    assert "กำลังทำ 1" in out
    out, _, code = run("rollup", "country", "--out", "ds", "--lang", "en", cwd=top.parent)
    assert "folders read anew" in out
    assert "in ds: 5 partitions" in out


# ---- the same bytes


def test_many_processes_write_the_same_bytes(top: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several processes, or one, folders by the dozen or one by one, days together or apart: the same files."""
    rolled(run, top)
    one = files(top.parent / "ds")
    monkeypatch.setattr(rollup, "BATCH", 1)
    monkeypatch.setattr(parts, "MOST_ROWS", 3)
    rolled(run, top, out="apart")
    assert files(top.parent / "apart") == one
    monkeypatch.setattr(rollup, "ALONE", 0)
    rolled(run, top, out="processes")
    assert files(top.parent / "processes") == one


def test_what_is_brought_up_to_date_is_as_made_anew(top: Path, run: Run) -> None:
    """After an edit the data set has the bytes of one made from nothing."""
    rolled(run, top)
    write(top / "เลย" / "plans" / "fy2565.yaml", office("เลย", FEW.replace("5}", "6}"), year=2565))
    write(top / "เลย" / "อบต. 2" / "plans" / "fy2564.yaml", office("เลย", FEW))
    assert rolled(run, top)["expanded"] == 2
    rolled(run, top, out="anew")
    assert files(top.parent / "ds") == files(top.parent / "anew")


# ---- what is expanded again


def edit_plan(top: Path) -> None:
    write(top / "เชียงใหม่" / "plans" / "fy2564.yaml", office("เชียงใหม่", FEW) + "# แก้\n")


def edit_shared(top: Path) -> None:
    path = top / "เลย" / "plans" / "shared.yaml"
    write(path, path.read_text("utf-8") + "\n")


def add_register(top: Path) -> None:
    path = top / "อุบลราชธานี" / "plans" / "fy2564.register.jsonl"
    shutil.copy(path, top / "เชียงใหม่" / "plans")


def add_year(top: Path) -> None:
    write(top / "เชียงใหม่" / "plans" / "fy2563.yaml", office("เชียงใหม่", FEW, year=2563))


def harm(top: Path) -> None:
    path = top.parent / "ds" / "fiscal_year=2564" / "province=เชียงใหม่" / "obligations.parquet"
    path.write_bytes(path.read_bytes()[:-9])


def throw_away(top: Path) -> None:
    shutil.rmtree(top.parent / "ds" / "fiscal_year=2564" / "province=เชียงใหม่")


def harm_manifest(top: Path) -> None:
    (top.parent / "ds" / ".ustm-rollup.json").write_text('{"format": 1', "utf-8")


def nothing(top: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "words", "count"),
    [
        (nothing, (), 0),
        (edit_plan, (), 1),
        (edit_shared, (), 1),
        (add_register, (), 1),
        (add_year, (), 1),
        (harm, (), 1),
        (throw_away, (), 1),
        (harm_manifest, (), 5),
        (nothing, ("--today", "2563-11-17"), 5),
        (nothing, ("--as-of", "2563-11-01"), 5),
        (nothing, ("--lang", "en"), 0),
    ],
)
def test_what_is_expanded_again(
    change: Callable[[Path], None], words: tuple[str, ...], count: int, top: Path, run: Run
) -> None:
    """Only folders of which a file changed are expanded again, on another day all; the answer is that of a new one."""
    time.sleep(0.03)  # a file as young as the answer is not trusted
    rolled(run, top)
    change(top)
    found = rolled(run, top, *words)
    assert found["expanded"] == count
    assert found["unchanged"] == 5 - count
    rolled(run, top, *words, out="anew")
    assert files(top.parent / "ds") == files(top.parent / "anew")


def test_a_running_clock_is_looked_at_again(top: Path, run: Run) -> None:
    """Where a status changes by the minute, the folder is expanded whenever the clock has moved."""
    time.sleep(0.03)
    at_noon = rolled(run, top)
    assert rolled(run, top)["expanded"] == 0
    entry = json.loads((top.parent / "ds" / ".ustm-rollup.json").read_text("utf-8"))["folders"]
    assert {name for name, one in entry.items() if "T" in one["stood"]} == {"country/อุบลราชธานี/plans"}
    assert at_noon["statuses"]["running"] == 1


def test_what_went_is_gone(top: Path, run: Run) -> None:
    """Rows of a folder that is no more go, and the file of a partition without rows; others' files stay."""
    rolled(run, top)
    mine = top.parent / "ds" / "fiscal_year=2564" / "province=เชียงใหม่" / "mine.txt"
    mine.write_text("mine", "utf-8")
    for name in ("เชียงใหม่", "กรุงเทพ", "อุบลราชธานี/อบต. 1"):
        shutil.rmtree(top / name)
    found = rolled(run, top)
    assert (found["gone"], found["folders"], found["partitions"]) == (3, 2, 3)
    assert {item["office"] for item in asked(top.parent / "ds")} == {"สำนักงาน"}
    assert len(files(top.parent / "ds")) == 3
    assert mine.exists()
    assert not (top.parent / "ds" / "fiscal_year=2564" / "province=ไม่ระบุ").exists()


def test_files_of_a_lost_manifest_are_known_by_their_mark(top: Path, run: Run) -> None:
    """Without its manifest a data set is made anew, and what is no more goes; a like-named file of others stays."""
    rolled(run, top)
    data = top.parent / "ds"
    (data / ".ustm-rollup.json").unlink()
    shutil.rmtree(top / "เชียงใหม่")
    other = data / "fiscal_year=2560" / "province=x" / "obligations.parquet"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"PAR1")
    rolled(run, top)
    assert not (data / "fiscal_year=2564" / "province=เชียงใหม่").exists()
    assert other.read_bytes() == b"PAR1"


# ---- what is wrong


def test_a_bad_file_does_not_stop_the_rest(top: Path, run: Run) -> None:
    """It is told on stderr with its place, every time; the others are rolled up, and the exit code says so."""
    write(top / "เชียงใหม่" / "plans" / "fy2564.yaml", office("เชียงใหม่", FEW.replace("5}", "45}")))
    for expanded in (5, 1):
        ran = run("rollup", "country", "--out", "ds", "--format", "json", cwd=top.parent)
        assert ran.code == 4
        assert "country/เชียงใหม่/plans/fy2564.yaml:7:" in ran.err
        assert (json.loads(ran.out)["expanded"], json.loads(ran.out)["faulty"]) == (expanded, 1)
    assert {item["province"] for item in asked(top.parent / "ds")} == {"อุบลราชธานี", "เลย", "ไม่ระบุ"}


def test_none_is_good(top: Path, run: Run) -> None:
    """Where no plan is whole it could not run, says nothing on stdout and leaves the data set."""
    rolled(run, top)
    before = files(top.parent / "ds")
    for path in top.rglob("*.y*ml"):
        if path.name != "shared.yaml":
            path.write_text("fiscal_year: 2564\ngroups: 1\n", "utf-8")
    ran = run("rollup", "country", "--out", "ds", cwd=top.parent)
    assert (ran.out, ran.code) == ("", 3)
    assert ran.err.count("groups: 1") == 7
    assert files(top.parent / "ds") == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nowhere", "--out", "ds"), 3, "nowhere"),
        (("country/เลย/plans/fy2564.yaml", "--out", "ds"), 3, "is no folder"),
        (("empty", "--out", "ds"), 3, "no plan"),
        (("country", "--out", "file"), 3, "file is no folder"),
        (("country", "--out", "."), 2, "lies in ."),
        (("country/เลย", "--out", "country"), 2, "lies in country"),
        (("country",), 2, "--out"),
        (("--out", "ds"), 2, "FOLDER"),
        (("country", "--out", "ds", "--format", "xml"), 2, "text, json"),
        (("country", "--out", "ds", "--plan", "x.yaml"), 2, "--plan"),
    ],
)
def test_what_cannot_be(words: tuple[str, ...], code: int, said: str, top: Path, run: Run) -> None:
    """What cannot be rolled up, or not there, is said in a sentence; nothing is written."""
    (top.parent / "empty").mkdir()
    (top.parent / "file").write_text("", "utf-8")
    before = sorted(top.parent.rglob("*"))
    ran = run("rollup", *words, "--lang", "en", cwd=top.parent)
    assert (ran.out, ran.code) == ("", code)
    assert said in ran.err
    assert sorted(top.parent.rglob("*")) == before


def test_the_data_set_may_lie_among_the_plans(top: Path, run: Run) -> None:
    """A data set below the folder that it is made of is not taken for plans; the same folder named twice counts once."""
    write(top / "ds" / "plans" / "fy2564.yaml", office("เลย", FEW))
    ran = run("rollup", "country", "country/เลย", "--out", "country/ds", "--format", "json", cwd=top.parent)
    assert (json.loads(ran.out)["plans"], ran.code) == (6, 0)


def test_an_extra_that_is_missing(top: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow, or with --dask without distributed, a sentence names what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = run("rollup", "country", "--out", "ds", "--dask", "tcp://127.0.0.1:1", cwd=top.parent)
    assert (ran.out, ran.code) == ("", 3)
    assert "pip install 'ustm[rollup-dask]'" in ran.err
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr("ustm_cli.cli.commands.rollup.find_spec", lambda name: None)
    ran = run("rollup", "country", "--out", "ds", cwd=top.parent)
    assert (ran.out, ran.code) == ("", 3)
    assert "pip install 'ustm[rollup]'" in ran.err


# ---- killed, and two at once


KILLED = """
import os, signal, sys
from pathlib import Path
from ustm_cli.cli.rollup import parts, rollup
from ustm_cli.cli import run

def dies(where, name, after):
    real, left = getattr(where, name), [after]
    def deadly(*args):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)
    setattr(where, name, deadly)

where, name, after = sys.argv[1:4]
dies({"rollup": rollup, "Path": Path}[where], name, int(after))
run(sys.argv[4:])
"""


@pytest.mark.parametrize(
    ("where", "name", "after", "done"),
    [
        ("rollup", "expand", 0, False),
        ("rollup", "merge", 3, False),
        ("rollup", "put", 0, False),
        ("rollup", "sync_folder", 7, True),
        ("rollup", "put", 1, True),
    ],
)
def test_killed(where: str, name: str, after: int, done: bool, top: Path, run: Run, run_process: Run) -> None:
    """Killed on the way, the data set is the old one or the next run makes it the new one; nothing is left behind."""
    rolled(run, top)
    data = top.parent / "ds"
    before = files(data)
    shutil.rmtree(top / "เชียงใหม่")
    ran = run_process("rollup", "country", "--out", "ds", "--today", "2563-11-20", cwd=top.parent,
                         python=("-c", KILLED, where, name, str(after)))  # fmt: skip
    assert ran.returncode == -9, ran.stderr
    now = {name: data for name, data in files(data).items() if not name.startswith(".")}
    assert (now == before) is not done
    found = rolled(run, top, "--today", "2563-11-20")
    assert found["expanded"] == (0 if done else 4)
    rolled(run, top, "--today", "2563-11-20", out="anew")
    assert files(data) == files(top.parent / "anew")
    assert {path.name for path in data.glob(".*")} == {".ustm-rollup.json", ".ustm-rollup.lock"}


def test_processes_end_with_the_one_they_work_for(top: Path, run_process: Run) -> None:
    """When a rollup is killed, the processes that worked for it do not stay."""
    script = (
        "import os, signal, sys\n"
        "from ustm_cli.cli.country.pool import local_processes\n"
        "with local_processes('ustm_cli.cli.rollup.parts') as executor:\n"
        "    print(executor.submit(os.getpid).result(), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ran = run_process(python=("-c", script), cwd=top.parent)
    process = Path("/proc") / ran.stdout.decode().strip()
    for _ in range(500):
        if not process.exists() or "State:\tZ" in (process / "status").read_text():
            return
        time.sleep(0.01)
    pytest.fail("it is still there")


def test_without_processes(top: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there can be no pool of processes the work is done in this one."""

    def none(_preload: str) -> None:
        raise NotImplementedError

    monkeypatch.setattr(rollup, "ALONE", 0)
    monkeypatch.setattr(rollup, "local_processes", none)
    assert rolled(run, top)["expanded"] == 5


def test_a_process_that_dies(top: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a process is killed at its work, a sentence says so, and the data set is the old one."""
    rolled(run, top)
    before = files(top.parent / "ds")
    monkeypatch.setattr(rollup, "ALONE", 0)
    monkeypatch.setattr(rollup, "expand", killed)
    ran = run("rollup", "country", "--out", "ds", "--today", "2563-11-20", "--lang", "en", cwd=top.parent)
    assert (ran.out, ran.code) == ("", 3)
    assert "ended before its work" in ran.err
    assert files(top.parent / "ds") == before
    assert {path.name for path in (top.parent / "ds").glob(".*")} == {".ustm-rollup.json", ".ustm-rollup.lock"}


def test_two_at_once(top: Path, run: Run) -> None:
    """While one writes a data set, another says so and writes nothing; a lock file left behind locks nothing."""
    rolled(run, top)
    script = "import fcntl, sys; file = open(sys.argv[1], 'rb'); fcntl.flock(file, fcntl.LOCK_EX); print(flush=True); input()"
    lock = top.parent / "ds" / ".ustm-rollup.lock"
    before = files(top.parent / "ds")
    with subprocess.Popen([sys.executable, "-c", script, lock], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        ran = run("rollup", "country", "--out", "ds", "--today", "2563-11-20", "--lang", "en", cwd=top.parent)
        other.kill()
    assert (ran.out, ran.code) == ("", 3)
    assert "another ustm rollup is writing ds" in ran.err
    assert files(top.parent / "ds") == before
    assert rolled(run, top, "--today", "2563-11-20")["expanded"] == 5


@pytest.mark.skipif(not Path("/proc").exists(), reason="there is no folder that nobody may write in")
def test_no_permission(top: Path, run: Run) -> None:
    """Where it may not write it says so."""
    ran = run("rollup", "country", "--out", "/proc/ds", cwd=top.parent)
    assert (ran.out, ran.code) == ("", 3)
    assert "/proc/ds" in ran.err


# ---- texts full of traps

ODD = [
    "../../x",
    "a=b",
    'it\'s "q"',
    "😀 x",
    "%41",
    "a/b",
    "a\\b",
    ".",
    "..",
    " lead",
    "a+b",
    "a:b*?<>|",
    "123",
    "\x01\n",
]


@pytest.mark.parametrize("province", [*ODD, "อุบลราชธานี"])
def test_a_province_is_one_folder(province: str) -> None:
    """Whatever a province is called, its partition is one folder below the year's, of letters that every disk takes."""
    path = parquet.Partition(2564, province).path
    year, _, name = path.partition("/")
    assert (year, name[:9]) == ("fiscal_year=2564", "province=")
    assert parquet.is_path(path)
    assert not set(name[9:]) & set("/\\:*?\"<>|=%.' \x01\n") - {"%"}


@pytest.mark.parametrize(
    "path", ["../..", "fiscal_year=2564/../x", "fiscal_year=2564/province=x/y", "/fiscal_year=1/province=x"]
)
def test_a_forged_manifest_leads_nowhere(path: str, top: Path, run: Run) -> None:
    """A path in the data set's own notes that is no partition's is not followed."""
    rolled(run, top)
    other = top.parent / "ds" / path / "obligations.parquet"
    if not path.startswith("/"):
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_bytes(b"others'")
    notes = top.parent / "ds" / ".ustm-rollup.json"
    found = json.loads(notes.read_text("utf-8"))
    found["files"][path] = parts.digest_of(other)
    notes.write_text(json.dumps(found), "utf-8")
    deed = top.parent / "ds" / ".ustm-rollup" / "x" / "deed.json"
    write(deed, json.dumps({"files": {}, "remove": [path], "manifest": found}))
    assert rolled(run, top)["expanded"] == 5
    assert path.startswith("/") or other.read_bytes() == b"others'"


def test_provinces_are_read_back(tmp_path: Path) -> None:
    """Readers of such folders find the provinces that were written, and what stands for none."""
    import polars
    import pyarrow.parquet as pq

    made = {province: row(province=province, title=province) for province in [*ODD, ""]}
    for one in made.values():
        for partition, table in parquet.tables([("x", [one])]).items():
            folder = tmp_path / partition.path
            folder.mkdir(parents=True)
            pq.write_table(table.cast(parquet.schema()), folder / "obligations.parquet")
    wanted = {(province, province or "ไม่ระบุ") for province in made}
    assert {(item["title"], item["province"]) for item in asked(tmp_path)} == wanted
    frame = polars.read_parquet(f"{tmp_path}/**/*.parquet", hive_partitioning=True)
    assert set(frame.select("title", "province").iter_rows()) == wanted
    read = pq.read_table(tmp_path, partitioning="hive").select(["title", "province"])
    assert {(item["title"], item["province"]) for item in read.to_pylist()} == wanted


def test_half_characters_are_escaped() -> None:
    """What no UTF-8 holds stands as an escape, in texts and in lists of them."""
    (table,) = parquet.tables([("x", [row(title="a\ud800", send_to=("b\udc80",))])]).values()
    (found,) = table.select(["title", "send_to"]).to_pylist()
    assert found == {"title": "a\\ud800", "send_to": ["b\\udc80"]}
