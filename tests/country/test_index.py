"""Many folders of plans: the answer over them is the one that holding all of them gives, whatever changed since."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path

import pytest

from ustm_cli import cache
from ustm_cli.cli.country import atlas, folder, index, packing
from ustm_cli.cli.session import BANGKOK, Session
from ustm_cli.render.voice import Voice
from ustm_cli.views import roundup

LOCAL = """\
fiscal_year: {year}
office: อบต. {number}
{province}events:
  council: {{name: การประชุมสภา, every: quarter}}
groups:
  - title: กองคลัง
    activities:
      - {{id: daily, title: ทะเบียนคุมเงิน, when: ทุกวันทำการ}}
      - {{id: report, title: งบทดลอง, when: ทุกเดือน ภายในวันที่ 10 ของเดือนถัดไป, review: ภายในวันที่ 8 ของเดือนถัดไป}}
      - {{id: own-{number}, title: แผนของ {number}, when: ทุกไตรมาส, send_to: [จังหวัด, "ก; ข"], owner: พัสดุ}}
      - {{id: meeting, title: รายงานสภา, when: ก่อนการประชุมสภา 2 วันทำการ}}
      - {{id: answer, title: ตอบข้อหารือ, when: ภายใน 5 วันนับจากรับเรื่อง, steps: [รับ, ตอบ]}}
      - {{id: urgent, title: เรื่องด่วน, when: ภายใน 3 ชั่วโมงนับจากรับเรื่อง ในเวลาราชการ}}
      - {{id: always, title: ให้คำปรึกษา, when: ต่อเนื่อง}}
"""
RECORDS = (
    ("done", "report@2563-09", "--on", "2563-10-09"),
    ("done", "daily@2563-11-16", "--on", "2563-11-16", "--evidence", "ที่ 1"),
    ("done", "daily@2563-10-05", "--on", "2563-10-07"),
    ("waive", "daily@2563-10-06", "--reason", "ไฟดับ"),
    ("reviewed", "report@2563-10", "--on", "2563-11-06"),
    ("event", "set", "council", "2564-Q1", "2563-11-20"),
    ("event", "cancel", "council", "2564-Q2", "--reason", "เลื่อน"),
    ("receive", "urgent", "--at", "2563-11-16 09:20", "--ref", "ที่ 9"),
    ("receive", "answer", "--at", "2563-11-10 09:20"),
)
COUNT = 12
LINES = (
    ["--week"],
    ["--day", "--all"],
    ["--month", "--open"],
    ["--quarter", "--all", "--open"],
    ["--from", "2563-09-01", "--to", "2563-12-31", "--all"],
    ["--overdue"],
    ["--awaiting"],
    ["--owner", "พัสดุ", "--days", "90"],
    ["--status", "done", "--status", "waived"],
    ["--status", "running", "--open"],
    ["--status", "ongoing"],
    ["--activity", "own-3", "--quarter"],
    ["--group", "คลัง", "--month"],
    ["--week", "--today", "2564-03-31"],
    ["--week", "--today", "2567-01-01"],
    ["--week", "--as-of", "2563-10-01"],
)
FORMATS = ("json", "jsonl", "csv", "tsv", "plain", "table", "md")

Run = Callable[..., tuple[str, str, int]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    """Plans of 12 offices: one with a register, one of two years, one that includes, one without a province."""
    top = tmp_path_factory.mktemp("country")
    for number in range(COUNT):
        province = "" if number == 5 else f"province: {('อุบลราชธานี', 'เลย', 'สงขลา')[number % 3]}\n"
        write(top / f"p{number % 3}" / f"o{number}" / "plans" / "fy2564.yaml", number, province)
    write(top / "p1" / "o1" / "plans" / "fy2565.yaml", 1, "province: เลย\n", year=2565)
    including = top / "p2" / "o2" / "plans" / "fy2564.yaml"
    including.write_text("include: [shared.yaml]\n" + including.read_text("utf-8"), "utf-8")
    (including.parent / "shared.yaml").write_text('holidays: [{date: "2563-11-18", name: วันตลาด}]\n', "utf-8")
    for words in RECORDS:
        out, err, code = run(*words, "--plan", top / "p0" / "o0" / "plans" / "fy2564.yaml", cwd=top)
        assert code == 0, (out, err)
    return top


def write(path: Path, number: int, province: str, year: int = 2564) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LOCAL.format(number=number, province=province, year=year), "utf-8")


@pytest.fixture
def country(made: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(made, tmp_path / "country"))


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MANY", 4)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is expanded in this process, where it can be counted."""
    monkeypatch.setattr(atlas, "ALONE", 1000)


@pytest.fixture
def expanded(monkeypatch: pytest.MonkeyPatch, alone: None) -> list[str]:
    """The folders that were expanded, as they are."""
    found: list[str] = []
    real = index.look_into
    monkeypatch.setattr(index, "look_into", lambda one, asked: (found.append(one.path), real(one, asked))[1])
    return found


def ask(run: Run, top: Path, *words: object, kept: Path | None = None, code: int = 0) -> str:
    env = {"USTM_NO_CACHE": "", "XDG_CACHE_HOME": str(kept)} if kept else {}
    out, err, ended = run("--plan", "**/fy*.yaml", "due", *words, cwd=top, env=env)
    assert ended == code, err
    return out


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_the_answer_is_that_of_holding_all(
    words: list[str], made: Path, run: Run, monkeypatch: pytest.MonkeyPatch, alone: None
) -> None:
    """Read from the index or held all at once: the same bytes in every format but calendars, which have one way."""
    monkeypatch.setattr(roundup, "MOST_ROWS", 10**9)
    for format_ in FORMATS:
        monkeypatch.setattr(folder, "MANY", 4)
        of_many = ask(run, made, *words, "--format", format_)
        monkeypatch.setattr(folder, "MANY", 10**9)
        assert of_many == ask(run, made, *words, "--format", format_), format_


@pytest.mark.parametrize(
    "words", [LINES[0], LINES[3], LINES[4], LINES[12], ["--quarter", "--owner", "พัสดุ"]], ids=" ".join
)
def test_what_is_too_long_to_list_is_counted(
    words: list[str], made: Path, run: Run, monkeypatch: pytest.MonkeyPatch, alone: None
) -> None:
    """The roundup counts what the list would hold, by office and by province, whether or not it looks at each row."""
    rows = json.loads(ask(run, made, *words, "--format", "json"))["obligations"]
    monkeypatch.setattr(roundup, "MOST_ROWS", 3)
    for most, key in ((100, "office"), (2, "province")):
        monkeypatch.setattr(roundup, "MOST_OFFICES", most)
        expected = defaultdict(lambda: [0, 0, 0])
        for row in rows:
            column = {"overdue": 1, "awaiting": 2}.get(row["status"], 0)
            expected[row[key] or "-"][column] += 1
        table = ask(run, made, *words, "--lang", "en").split("\n\n")[1]
        shown = 3 if key == "office" else 5
        lines = [line.rsplit(maxsplit=shown) for line in table.splitlines()[1:]]
        counted = {name: [int(cell.replace(",", "")) for cell in cells] for name, *cells in lines}
        total = counted.pop("Total")
        assert {name: counts[-3:] for name, counts in counted.items() if any(counts[-3:])} == dict(expected)
        assert total[-3:] == [sum(column) for column in zip(*expected.values(), strict=True)]
        late = len({row["office"] for row in rows if row["status"] == "overdue"})
        assert total[:-3] in ([], [COUNT, late])


def test_other_processes_answer_alike(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Expanded by a pool of processes or by this one: the same answer."""
    spread = ask(run, made, "--month", "--format", "json")
    monkeypatch.setattr(atlas, "ALONE", 1000)
    assert spread == ask(run, made, "--month", "--format", "json")


@pytest.mark.parametrize("fault", [BrokenProcessPool, OSError, ImportError])
def test_processes_that_die_are_done_without(
    fault: type[Exception], made: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the pool breaks (no memory, killed) or cannot be had (no semaphores), this process does the work."""

    def broken(*_: object) -> Iterator[None]:
        raise fault
        yield

    monkeypatch.setattr(atlas, "results", broken)
    died = ask(run, made, "--format", "json")
    monkeypatch.undo()
    assert died == ask(run, made, "--format", "json")


# ---- the index


def test_only_what_changed_is_expanded(country: Path, tmp_path: Path, run: Run, expanded: list[str]) -> None:
    """A plan, a register, an included file, a sister plan, a folder come or gone: only what it touches, and rightly."""
    kept = tmp_path / "cache"

    def asked() -> list[str]:
        settle()
        expanded.clear()
        found = ask(run, country, "--month", "--all", "--format", "json", kept=kept)
        changed = [Path(path).parent.name for path in expanded]
        assert found == ask(run, country, "--month", "--all", "--format", "json")
        return changed

    plans = {number: country / f"p{number % 3}" / f"o{number}" / "plans" for number in range(COUNT)}
    assert len(asked()) == COUNT
    assert asked() == []
    plan = plans[4] / "fy2564.yaml"
    plan.write_text(plan.read_text("utf-8").replace("ทุกไตรมาส", "ทุกเดือน"), "utf-8")
    assert asked() == ["o4"]
    assert run("done", "daily@2563-11-02", "--plan", plans[7] / "fy2564.yaml", cwd=country).code == 0
    assert asked() == ["o7"]
    (plans[2] / "shared.yaml").write_text('holidays: [{date: "2563-11-17", name: วันตลาด}]\n', "utf-8")
    assert asked() == ["o2"]
    write(plans[9] / "fy2563.yaml", 9, "", year=2563)
    assert asked() == ["o9"]
    shutil.rmtree(plans[11].parent)
    assert asked() == []


def settle() -> None:
    """Wait until a file's times tell that it was changed before it is read."""
    time.sleep(2 * cache.TICK_NS / 1e9)


def test_a_register_beside_is_watched(country: Path, tmp_path: Path, run: Run, expanded: list[str]) -> None:
    """Of a plan that the pattern does not name, but that shares an event: as it comes, and as its register grows."""
    kept = tmp_path / "cache"
    plan = country / "p0" / "o0" / "plans" / "fy2564.yaml"
    shared = "events:\n  council: {name: การประชุมสภา, every: quarter}\n"
    plan.write_text(plan.read_text("utf-8").replace(shared, "include: [shared.yaml]\n"), "utf-8")
    (plan.parent / "shared.yaml").write_text(shared, "utf-8")
    line = ["--quarter", "--all", "--format", "json"]
    settle()
    seen = [ask(run, country, *line, kept=kept)]
    beside = Path(shutil.copy(plan, plan.with_name("other.yaml")))
    for day in ("2563-12-18", "2563-12-25"):
        assert run("event", "set", "council", "2564-Q1", day, "--plan", beside, cwd=country).code == 0
        settle()
        expanded.clear()
        seen.append(ask(run, country, *line, kept=kept))
        assert [Path(path).parent.name for path in expanded] == ["o0"]
    assert len(set(seen)) == 3


def test_another_question_expands_nothing(made: Path, tmp_path: Path, run: Run, expanded: list[str]) -> None:
    """Another day, span, filter or format is read from the same index."""
    kept = tmp_path / "cache"
    ask(run, made, "--format", "json", kept=kept)
    expanded.clear()
    for words in LINES[:-1]:
        assert ask(run, made, *words, "--format", "csv", kept=kept) == ask(run, made, *words, "--format", "csv")
    expanded_with_cache = len(expanded) - COUNT * len(LINES[:-1])
    assert expanded_with_cache == 0


@pytest.mark.parametrize("harm", ["garbage", "torn", "blob", "empty"])
def test_a_harmed_index_is_made_again(harm: str, made: Path, tmp_path: Path, run: Run, alone: None) -> None:
    """Whatever stands in the index, the answer is right, and the next one too."""
    kept = tmp_path / "cache"
    good = ask(run, made, "--format", "json", kept=kept)
    (path,) = (kept / "ustm" / "country").glob("[0-9a-f]" * 40)
    data = path.read_bytes()
    if harm == "blob":
        place = data.rindex("ทะเบียนคุมเงิน".encode())
        path.write_bytes(data[:place] + b"x" + data[place + 1 :])
    else:
        path.write_bytes({"garbage": b"x" * 5000, "torn": data[: len(data) // 2], "empty": b""}[harm])
    assert ask(run, made, "--format", "json", kept=kept) == good
    assert ask(run, made, "--format", "json", kept=kept) == good


def test_an_index_that_cannot_be_kept_costs_only_time(made: Path, tmp_path: Path, run: Run, alone: None) -> None:
    """A file in the place of the cache folder: the same answer."""
    (tmp_path / "cache").write_text("in the way", "utf-8")
    assert ask(run, made, "--format", "json", kept=tmp_path / "cache") == ask(run, made, "--format", "json")


def test_without_room_it_is_said(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch, alone: None) -> None:
    """A disk that takes no index: exit 3, one sentence, nothing on stdout."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(index.Index, "keep", full)
    out, err, code = run("--plan", "**/fy*.yaml", "due", cwd=made)
    assert (out, code) == ("", 3)
    assert "database or disk is full" in err


def test_indexes_are_bounded(made: Path, tmp_path: Path, run: Run, alone: None) -> None:
    """No more indexes than the bound are kept, those asked last."""
    kept = tmp_path / "cache"
    for day in range(1, 6):
        ask(run, made, "--as-of", f"2563-11-0{day}", "--format", "csv", kept=kept)
    assert len(list((kept / "ustm" / "country").glob("[0-9a-f]" * 40))) == index.MOST_INDEXES


def test_a_reader_is_not_disturbed(made: Path, tmp_path: Path) -> None:
    """What another process replaces and tidies away is still read whole by who began before."""
    folders = [
        folder.Folder(str(path.parent), ((str(path), path.name),)) for path in sorted(made.rglob("fy2564.yaml"))
    ][:3]
    asked = folder.Asked(Voice("th", "arabic"), datetime(2020, 11, 16, 12, tzinfo=BANGKOK), None)
    reader, writer = index.Index(str(tmp_path / "index")), index.Index(str(tmp_path / "index"))
    sealed = index.expand_all(folders, asked)
    writer.keep(sealed)
    reader.hold()
    numbers = {number for number, _ in reader.infos().values()}
    for _ in range(400):
        writer.keep([one._replace(shelves=()) for one in sealed])
    writer.tidy()
    found = [number for week in reader.weeks() for number, _ in reader.shelves(week, packing.SHORT)]
    assert set(found) == numbers
    assert len(found) > 3 * 40
    assert all(reader.heads(number) for number in numbers)
    assert list(writer.weeks()) == []
    reader.close()
    writer.close()


# ---- faulty plans


def test_a_bad_file_does_not_stop_the_rest(country: Path, run: Run, alone: None) -> None:
    """Its faults are told with their place, the others are answered, the exit code is 4; a bad sister does not harm."""
    expected = ask(run, country, "--format", "csv").replace("o3/", "")
    bad = country / "p0" / "o3" / "plans" / "fy2564.yaml"
    bad.write_text(bad.read_text("utf-8").replace("ทุกไตรมาส", "ทุกไตรมาด"), "utf-8")
    out, err, code = run("--plan", "**/fy*.yaml", "due", "--format", "csv", cwd=country)
    assert code == 4
    assert "p0/o3/plans/fy2564.yaml:11" in err
    assert {line for line in expected.splitlines() if "อบต. 3," not in line} == set(out.splitlines())


def test_all_bad_is_no_answer(country: Path, run: Run, alone: None) -> None:
    for plan in country.rglob("fy*.yaml"):
        plan.write_text("fiscal_year: 2564\ngroups: 5\n", "utf-8")
    out, err, code = run("--plan", "**/fy*.yaml", "due", cwd=country)
    assert (out, code) == ("", 3)
    told = [line for line in err.splitlines() if "plans/fy2564.yaml:2" in line]
    assert len(told) == COUNT, "each begins a line of its own"
    assert all(f"o{number}/plans/fy2564.yaml:2" in err for number in range(COUNT))


def test_no_plan_among_many_files_is_no_answer(tmp_path: Path, run: Run, alone: None) -> None:
    for number in range(10):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "a.yaml").write_text("holidays: []\n", "utf-8")
    assert run("--plan", "**/*.yaml", "due", cwd=tmp_path)[::2] == ("", 3)


def test_what_could_not_be_read_is_tried_again(country: Path, tmp_path: Path, run: Run, expanded: list[str]) -> None:
    """A register beside, of a plan that the pattern does not name: once it can be read, nothing tells of it any more."""
    plan = country / "p0" / "o0" / "plans" / "fy2564.yaml"
    shared = "events:\n  council: {name: การประชุมสภา, every: quarter}\n"
    plan.write_text(plan.read_text("utf-8").replace(shared, "include: [shared.yaml]\n"), "utf-8")
    (plan.parent / "shared.yaml").write_text(shared, "utf-8")
    shutil.copy(plan, plan.with_name("other.yaml"))
    line = ("--plan", "**/fy*.yaml", "due", "--format", "csv")
    env = {"USTM_NO_CACHE": "", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    unreadable = plan.with_name("other.register.jsonl")
    unreadable.mkdir()
    settle()
    out, err, code = run(*line, cwd=country, env=env)
    assert code == 4
    assert "other.register.jsonl" in err
    assert Session.watched is not None
    assert not Session.watched.complete
    unreadable.rmdir()
    settle()
    again, err, code = run(*line, cwd=country, env=env)
    assert code == 0
    assert "other.register.jsonl" not in err
    assert len(again) > len(out)


def test_what_a_stopped_clock_moves_is_worked_out_again(
    country: Path, tmp_path: Path, run: Run, expanded: list[str]
) -> None:
    """A case that is paused moves its deadline day by day: its folder is expanded every time."""
    plan = country / "p2" / "o8" / "plans" / "fy2564.yaml"
    out, _, _ = run("receive", "answer", "--at", "2563-11-02 10:00", "--plan", plan, cwd=country)
    case = next(word for word in out.split() if word.startswith("answer@"))
    assert run("pause", case, "--plan", plan, cwd=country, env={"USTM_TODAY": "2563-11-03"}).code == 0
    days = []
    for today in ("2563-11-05", "2563-11-12"):
        expanded.clear()
        rows = ask(run, country, "--today", today, "--open", "--month", "--format", "csv", kept=tmp_path / "cache")
        days.append(next(line for line in rows.splitlines() if line.startswith(case)))
        assert any("o8" in path for path in expanded)
    assert days[0] != days[1]


def test_watched_is_all_that_was_read(made: Path, run: Run, alone: None) -> None:
    """Every plan, register (absent ones too), included file and folder below the pattern is watched for changes."""
    Session.watched = None
    ask(run, made)
    watched = Session.watched
    assert watched is not None
    assert watched.complete
    assert {str(path) for path in made.rglob("*.yaml")} <= watched.files
    assert str(made / "p2" / "o2" / "plans" / "fy2564.register.jsonl") in watched.files
    assert watched.folders == {str(path) for path in [made, *made.rglob("*")] if path.is_dir()}


def test_a_link_is_not_believed_to_stay(country: Path, run: Run, alone: None) -> None:
    """What lies behind a link of a folder is not watched, so the answer is not kept."""
    (country / "link").symlink_to(country / "p0", target_is_directory=True)
    ask(run, country)
    assert Session.watched is not None
    assert not Session.watched.complete


@pytest.fixture(autouse=True)
def _nothing_watched() -> Iterator[None]:
    yield
    Session.watched = None
