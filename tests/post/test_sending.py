"""`ustm digest`: whom a letter is for, where it goes, and what is told of a run that others or an accident disturbed."""

from __future__ import annotations

import email
import email.policy
import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from loopback import Api, Inbox

from ustm_cli.post.ledger import FILE, FOLDER, LOCK

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")
ACTIVITIES = """
- {id: report, title: รายงานประจำเดือน, when: "ทุกเดือน ภายในวันที่ 16"}
- {id: seal, title: ตรวจตราประทับ, owner: งานธุรการ, when: "ทุกเดือน ภายในวันที่ 17"}
"""
SETTINGS = """\
people:
  somchai: {name: สมชาย ใจดี, owns: [กลุ่มงานวิชาการ], to: {archive: true}}
  ying: {name: หญิง, owns: [งานธุรการ], to: {archive: true}}
  head: {name: หัวหน้า, letter: head, to: {archive: true}}
channels:
  archive: {kind: file}
  cron: {kind: stdout, format: md}
retry: {times: 0, wait: 1}
"""
Run = Callable[..., Any]


@pytest.fixture
def office(plan: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two owners with a file each and a head who is told of lateness only; nothing waits."""
    monkeypatch.setattr("ustm_cli.cli.commands.digest.time.sleep", lambda _: None)
    plan(ACTIVITIES)
    settings(tmp_path)
    return tmp_path


def settings(folder: Path, text: str = SETTINGS) -> None:
    (folder / "ustm.yaml").write_text(text, "utf-8")


def letters(folder: Path) -> list[str]:
    found = folder / "letters"
    return sorted(path.name for path in found.iterdir()) if found.is_dir() else []


# ---- whom a letter is for


@pytest.mark.parametrize(
    ("wanted", "greeted", "has", "lacks"),
    [
        ("somchai", "เรียน สมชาย ใจดี", "report@2563-11", "หญิง"),
        ("หญิง", "เรียน หญิง", "seal@2563-11", "report@"),
        ("งานธุรการ", "", "seal@2563-11", "report@"),
        ("ธุรการ", "", "seal@2563-11", "report@"),
        ("วิชาการ", "", "report@2563-11", "เรียน"),
    ],
)
def test_for_whom(office: Path, run: Run, wanted: str, greeted: str, has: str, lacks: str) -> None:
    """`--for` takes a person's id or name, an owner or group, or a part that only one of them has."""
    ran = run("digest", "--for", wanted, cwd=office)
    assert ran.code == 0
    assert greeted in ran.out
    assert has in ran.out
    assert lacks not in ran.out


@pytest.mark.parametrize("wanted", ["งาน", " ", "nobody"])
def test_for_nobody_or_several(office: Path, run: Run, wanted: str) -> None:
    """A part that several have, blanks, and a stranger's name are refused: exit 2."""
    ran = run("digest", "--for", wanted, cwd=office)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        (None, ["2563-11-16-somchai.md", "2563-11-16-ying.md"]),
        ("ying", ["2563-11-16-ying.md"]),
        ("สมชาย ใจดี", ["2563-11-16-somchai.md"]),
        ("งานธุรการ", ["2563-11-16-ying.md"]),
    ],
)
def test_sent_to_whom(office: Path, run: Run, wanted: str | None, to: list[str]) -> None:
    """Sending with `--for` writes to that person, or to whoever owns that work; without, to all."""
    ran = run("digest", "--send", "archive", *(["--for", wanted] if wanted else []), cwd=office)
    assert ran.code == 0
    assert [name for name in letters(office) if "head" not in name] == to


def test_sent_to_an_owner_whom_nobody_answers_for(office: Path, run: Run) -> None:
    """Work that no person of the settings owns is written to nobody: told, exit 3."""
    settings(office, SETTINGS.replace("owns: [งานธุรการ]", "letter: office"))
    ran = run("digest", "--send", "archive", "--for", "งานธุรการ", cwd=office)
    assert (ran.code, ran.out) == (3, "")
    assert "(งานธุรการ)" in ran.err


# ---- where it goes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--send", "archive", "--send", "cron"], "## "),
        (["--send", "archive", "--send", "stdout"], "report@2563-11"),
        (["--send", "archive", "--send", "cron", "--for", "ying"], "seal@2563-11"),
    ],
)
def test_printed_beside_what_is_sent(office: Path, run: Run, words: list[str], said: str) -> None:
    """A channel of kind stdout, declared or not, prints the letter in its format; the other channels send theirs."""
    ran = run("digest", *words, cwd=office)
    assert ran.code == 0
    assert said in ran.out
    assert "2563-11-16-ying.md" in letters(office)
    assert "cron" not in (office / FOLDER / FILE).read_text("utf-8")


def test_nothing_to_print(office: Path, run: Run, plan: Callable[..., Path]) -> None:
    """With --if-any an empty letter, and on a day off any letter, prints nothing: cron then mails nothing."""
    assert run("digest", "--if-any", "--today", "2563-11-15", cwd=office).out == ""
    assert run("digest", "--if-any", "--any-day", "--today", "2563-11-15", cwd=office).out != ""
    plan('- {id: yearly, title: ปลายปี, when: "30 ก.ย. 2564"}')
    for words in (["--if-any"], ["--if-any", "--send", "cron"]):
        ran = run("digest", *words, cwd=office)
        assert (ran.code, ran.out) == (0, "")
    assert run("digest", "--send", "cron", cwd=office).out != ""


def test_dry_run_of_files(office: Path, run: Run) -> None:
    """A dry run prints what each file would hold and tells who would get nothing; after a sending, who has it."""
    dry = run("digest", "--send", "archive", "--dry-run", "--today", "2563-10-05", cwd=office)
    assert dry.code == 0
    assert "จะส่ง archive: สมชาย ใจดี" in dry.err
    assert "ไม่มีอะไรต้องบอก archive: หัวหน้า" in dry.err
    assert letters(office) == []
    run("digest", "--send", "archive", cwd=office)
    again = run("digest", "--send", "archive", "--dry-run", cwd=office)
    assert (again.code, again.out) == (0, "")
    assert "ส่งไปแล้ววันนี้ ไม่ส่งซ้ำ archive: หญิง" in again.err
    assert "report@2563-11" in run("digest", "--send", "archive", "--dry-run", "--again", cwd=office).out


def test_chat_to_several(office: Path, line_api: Api, run: Run) -> None:
    """One recipient of a chat that is refused does not keep the other's letter back: exit 4, both told."""
    settings(office, (
        "people: {ying: {name: หญิง, owns: [งานธุรการ], to: {line: [U1, U2]}}}\n"
        "channels: {line: {kind: chat, url: 'env:USTM_LINE'}}\nretry: {times: 0, wait: 1}\n"
    ))  # fmt: skip
    line_api.answers = [(400, '{"message":"no such user"}'), (200, "{}")]
    ran = run("digest", "--send", "line", cwd=office, env={"USTM_LINE": "line://token"})
    assert (ran.code, [sent["to"] for _, _, sent in line_api.requests]) == (4, ["U1", "U2"])
    assert "ส่งไม่ได้ line: หญิง <U1>: เซิร์ฟเวอร์ไม่รับ (400 no such user)" in ran.err
    assert "ส่งแล้ว line: หญิง <U2>" in ran.err


@pytest.mark.parametrize(("lacking", "kind", "code", "said"), [
    ("icalendar", "{kind: smtp, from: a@x.go.th, server: %s, port: %s, attach_ics: true}", 0, "แนบปฏิทินไม่ได้: icalendar"),
    ("apprise", "{kind: chat, url: 'env:USTM_LINE'}", 3, "ustm[chat]"),
])  # fmt: skip
def test_without_a_library(office: Path, smtp: Callable[..., Inbox], run: Run, monkeypatch: pytest.MonkeyPatch,
                           lacking: str, kind: str, code: int, said: str) -> None:  # fmt: skip
    """Without the calendar library the letter goes as it is; without the chat library it is told how to get it."""
    inbox = smtp()
    kind = kind % (inbox.host, inbox.port) if "%s" in kind else kind
    settings(office, (
        f"people: {{ying: {{name: หญิง, owns: [งานธุรการ], to: {{way: y@x.go.th}}}}}}\n"
        f"channels: {{way: {kind}}}\nretry: {{times: 0, wait: 1}}\n"
    ))  # fmt: skip
    monkeypatch.setitem(sys.modules, lacking, None)
    ran = run("digest", "--send", "way", cwd=office, env={"USTM_LINE": "line://token"})
    assert (ran.code, len(inbox.mails)) == (code, int(code == 0))
    assert said in ran.err
    if inbox.mails:
        sent: Any = email.message_from_bytes(inbox.mails[0][1], policy=email.policy.default)
        assert list(sent.iter_attachments()) == []


# ---- a run that was disturbed


@pytest.mark.skipif(os.name != "posix", reason="a lock of POSIX")
def test_another_run_is_sending(office: Path, run: Run) -> None:
    """While another run holds the ledger nothing is sent: exit 3."""
    import fcntl

    (office / FOLDER).mkdir()
    with (office / FOLDER / LOCK).open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        ran = run("digest", "--send", "archive", cwd=office)
    assert (ran.code, ran.out, letters(office)) == (3, "", [])
    assert "มีรอบส่งอื่นกำลังทำงานอยู่" in ran.err


def test_a_run_that_broke_off(office: Path, run: Run) -> None:
    """A try without an outcome, and a torn line: both told; the letter goes out again, once."""
    (office / FOLDER).mkdir()
    tried = {"day": "2020-11-16", "channel": "archive", "person": "ying", "to": "true", "state": "trying"}
    (office / FOLDER / FILE).write_text(json.dumps(tried) + '\n{"day": "2020-11-1\n', "ascii")
    ran = run("digest", "--send", "archive", "--for", "ying", cwd=office)
    assert ran.code == 0
    assert "รอบก่อนขาดตอนขณะส่งถึง archive: หญิง" in ran.err
    assert "1 บรรทัดที่ขาด" in ran.err
    assert letters(office) == ["2563-11-16-ying.md"]
    assert "ไม่ส่งซ้ำ" in run("digest", "--send", "archive", "--for", "ying", cwd=office).err


@pytest.mark.parametrize(("state", "code", "said", "written"), [
    ("sent", 0, "แต่บันทึกว่าส่งไม่ได้", ["2563-11-16-ying.md"]),
    ("trying", 3, "บันทึกสมุดส่งไม่ได้ จึงไม่ส่ง", []),
])  # fmt: skip
def test_a_ledger_that_fills_the_disk(office: Path, run: Run, monkeypatch: pytest.MonkeyPatch, state: str, code: int,
                                      said: str, written: list[str]) -> None:  # fmt: skip
    """What cannot be recorded before is not sent; what cannot be recorded after is told to be out all the same."""
    from ustm_cli.register import store

    append = store.append

    def full(path: Path, lines: list[str]) -> None:
        if path.name == "digest.jsonl" and any(json.loads(line)["state"] == state for line in lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        append(path, lines)

    monkeypatch.setattr(store, "append", full)
    ran = run("digest", "--send", "archive", "--for", "ying", cwd=office)
    assert (ran.code, letters(office)) == (code, written)
    assert said in ran.err
    assert os.strerror(errno.ENOSPC) in ran.err


def test_that_there_is_nothing_to_say_cannot_be_recorded(
    office: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk where a letter is left out for having nothing in it: told, exit 3."""
    from ustm_cli.register import store

    append = store.append

    def full(path: Path, lines: list[str]) -> None:
        if path.name == "digest.jsonl":
            raise store.StoreFault("write", os.strerror(errno.ENOSPC))
        append(path, lines)

    monkeypatch.setattr(store, "append", full)
    ran = run("digest", "--send", "archive", "--for", "head", "--if-any", cwd=office)
    assert (ran.code, ran.out, letters(office)) == (3, "", [])
    assert os.strerror(errno.ENOSPC) in ran.err


@pytest.mark.usefixtures("ordinary")
def test_a_folder_of_letters_that_may_only_be_read(office: Path, run: Run) -> None:
    """No permission where the letters go: told with the file's name, exit 3, nothing left beside."""
    (office / "letters").mkdir(mode=0o500)
    ran = run("digest", "--send", "archive", "--for", "ying", cwd=office)
    assert (ran.code, ran.out, letters(office)) == (3, "", [])
    assert "letters/2563-11-16-ying.md" in ran.err


@pytest.mark.parametrize(
    ("way", "why"),
    [
        ("a file", "letters ไม่ใช่โฟลเดอร์"),
        ("a pipe", "letters ไม่ใช่โฟลเดอร์"),
        ("a name too long", "เขียนแฟ้มไม่ได้ (ying-2563-11-16/"),
        ("a file in the way of one", "letters/ying ไม่ใช่โฟลเดอร์"),
        ("a folder in the way of one", "มี letters/ying/2563-11-16.md อยู่แล้ว"),
    ],
)
def test_no_room_for_a_letter(office: Path, run: Run, way: str, why: str) -> None:
    """A letter whose file cannot be written is told as such, each with its reason; the others go out."""
    here = office / "letters"
    pattern = "{person}-{day}/" + "x" * 300 + ".md" if way == "a name too long" else "letters/{person}/{day}.md"
    settings(office, SETTINGS.replace("{kind: file}", f'{{kind: file, path: "{pattern}"}}'))
    if way == "a file":
        here.write_text("")
    elif way == "a pipe":
        if os.name == "nt":
            pytest.skip("a pipe with a name is POSIX")
        os.mkfifo(here)
    elif way == "a file in the way of one":
        here.mkdir()
        (here / "ying").write_text("")
    elif way == "a folder in the way of one":
        (here / "ying" / "2563-11-16.md").mkdir(parents=True)
    some = way.endswith("of one")
    ran = run("digest", "--send", "archive", cwd=office)
    assert (ran.code, ran.out, ran.err.count("ส่งไม่ได้ archive:")) == (4, "", 1) if some else (3, "", 3)
    assert f"ส่งไม่ได้ archive: หญิง: {why}" in ran.err
    assert "เขียนสมุดส่ง" not in ran.err
    lines = [json.loads(line) for line in (office / FOLDER / FILE).read_text("utf-8").splitlines()]
    assert {line["person"]: line["state"] for line in lines}["ying"] == "failed"


def test_what_is_no_letter_is_kept(office: Path, run: Run) -> None:
    """A file that the office wrote, and a letter that somebody wrote into, is not written over; our own is."""
    settings(office, SETTINGS.replace("{kind: file}", '{kind: file, path: "{person}.md"}'))
    for name in ("ying", "head"):
        (office / f"{name}.md").write_text(f"ของ {name}", "utf-8")
    ran = run("digest", "--send", "archive", cwd=office)
    assert (ran.code, ran.out, ran.err.count("ไม่ใช่จดหมาย")) == (4, "", 2)
    assert "ส่งไม่ได้ archive: หญิง: มี ying.md อยู่แล้ว" in ran.err
    assert [(office / f"{name}.md").read_text("utf-8") for name in ("ying", "head")] == ["ของ ying", "ของ head"]
    mine = office / "somchai.md"
    first = mine.read_text("utf-8")
    run("digest", "--send", "archive", "--for", "somchai", "--today", "2563-11-17", cwd=office)
    second = mine.read_text("utf-8")
    assert first != second
    mine.write_text(second + "โทรแล้ว\n", "utf-8")
    ran = run("digest", "--send", "archive", "--for", "somchai", "--today", "2563-11-18", cwd=office)
    assert (ran.code, mine.read_text("utf-8")) == (3, second + "โทรแล้ว\n")


@pytest.mark.parametrize("folder", [".git", ".ustm", "docs/.hidden"])
def test_no_link_leads_a_letter_into_a_hidden_folder(office: Path, run: Run, folder: str) -> None:
    """A folder of letters that is a link to a hidden one gets none, as a path that names it gets none."""
    (office / folder).mkdir(parents=True)
    (office / "letters").symlink_to(office / folder)
    ran = run("digest", "--send", "archive", cwd=office)
    assert (ran.code, [path for path in (office / folder).iterdir() if path.suffix == ".md"]) == (3, [])
    assert "ในโฟลเดอร์ซ่อน" in ran.err


def test_ping_without_its_secret(office: Path, run: Run) -> None:
    """A dead man's switch that cannot be told is told of, and keeps no letter back."""
    settings(office, SETTINGS + "ping: env:USTM_PING\n")
    ran = run("digest", "--send", "archive", cwd=office)
    assert (ran.code, len(letters(office))) == (0, 3)
    assert "start: ไม่มีตัวแปร USTM_PING" in ran.err
    assert "success: ไม่มีตัวแปร USTM_PING" in ran.err


@pytest.mark.parametrize("url", ["http://[::1", "nonsense", "http://x/ก"])
def test_ping_to_no_place(office: Path, run: Run, url: str) -> None:
    """A URL that is none is told in a sentence and keeps no letter back."""
    settings(office, SETTINGS + "ping: env:USTM_PING\n")
    ran = run("digest", "--send", "archive", cwd=office, env={"USTM_PING": url})
    assert (ran.code, len(letters(office))) == (0, 3)
    assert ran.err.count("แจ้ง ping ไม่ได้ (") == 2
    assert "start: URL ในรหัสลับใช้ไม่ได้" in ran.err


# ---- settings at fault, or not there


def test_a_person_of_faulty_settings(office: Path, run: Run) -> None:
    """`--for` somebody whom only settings with faults name tells those faults; an owner's letter is printed."""
    settings(office, SETTINGS.replace("times: 0", "times: 99"))
    ran = run("digest", "--for", "somchai", cwd=office)
    assert (ran.code, ran.out) == (3, "")
    assert "U211 99 อยู่นอกช่วง 0-10" in ran.err
    assert run("digest", "--for", "งานธุรการ", cwd=office).code == 0


def test_settings_of_two_offices(office: Path, run: Run, tmp_path: Path) -> None:
    """Plans of two folders, each with settings: letters are of one office at a time, exit 3."""
    other = tmp_path / "other" / "plans"
    other.mkdir(parents=True)
    (other / "fy2564.yaml").write_bytes((office / "plans" / "fy2564.yaml").read_bytes())
    settings(other.parent)
    plans = [word for path in (office / "plans", other) for word in ("--plan", path / "fy2564.yaml")]
    ran = run("digest", *plans, cwd=office)
    assert (ran.code, ran.out) == (3, "")
    assert "แผนอยู่หลายโฟลเดอร์" in ran.err


@pytest.mark.parametrize("kind", ["a folder", "locked"])
def test_settings_that_cannot_be_read(office: Path, run: Run, kind: str, ordinary: None) -> None:
    """A folder in the settings' place, and settings that may not be read: exit 3 with the name."""
    path = office / "ustm.yaml"
    if kind == "locked":
        path.chmod(0)
    else:
        path.unlink()
        path.mkdir()
    ran = run("digest", cwd=office)
    assert (ran.code, ran.out) == (3, "")
    assert "ustm.yaml" in ran.err
