"""Plans, registers and settings made to do harm: read or refused, within bounds, and never more than text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TOP, Ran

Run = Callable[..., Ran]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]
Plan = Callable[..., Path]

# What steers a terminal: every control but the newline, and the characters that turn text around.
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
LISTS = ["due --all --open", "due --format plain", "calendar", "calendar --year", "stats", "cases", "event list", "show a", "explain a@FY2564", "check --verbose", "digest"]  # fmt: skip


# ---- bounds

BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv.pop(1)) << 20,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv.pop(1)),) * 2)
from ustm_cli.cli import main; main()
"""
GOOD = "fiscal_year: 2564\nprovince: อุบลราชธานี\ngroups:\n- title: ก\n  activities:\n  - {id: a, title: ข, when: 6 พ.ย. 2563}\n"
BOMB = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}' if n else 'ฮา'] * 9)}]\n" for n in range(40))
PLANS = [
    ("alias bomb", BOMB + GOOD, 3),
    ("10 MB title", GOOD.replace("ข", "ก" * 3_300_000), 0),
    ("10 MB of quotes", GOOD.replace("ข", '"' + '\\"' * 5_000_000 + '"'), 0),
    ("10 MB phrase", GOOD.replace("6 พ.ย. 2563", "ทุก " * 1_000_000), 3),
    ("10 MB comment", GOOD + "# " + "ก" * 3_300_000, 0),
    ("deep lists", GOOD + "note: " + "[" * 1_000_000, 3),
    ("deep and closed", GOOD + "note: " + "[" * 100_000 + "]" * 100_000, 3),
    ("5 000 activities", GOOD + "".join(f"  - {{id: b{n}, title: ข, when: 6 พ.ย. 2563}}\n" for n in range(5000)), 0),
    ("a duplicate key 100 000 times", GOOD + "note: x\n" * 100_000, 3),
    ("one faulty phrase 1 000 times", GOOD + "".join(f"  - {{id: b{n}, title: ข, when: ทุกเดือนละ}}\n" for n in range(1000)), 3),
    ("many events", GOOD + "events:\n" + "".join(f"  e{n}: {{name: ประชุม {n}, every: month}}\n" for n in range(1000)), 0),
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
@pytest.mark.parametrize(("name", "text", "code"), PLANS, ids=[row[0] for row in PLANS])
def test_within_memory_and_time(name: str, text: str, code: int, tmp_path: Path, run_process: Process) -> None:
    """Half a gigabyte of address space and 20 seconds of processor are enough to answer, or to refuse."""
    (tmp_path / "plan.yaml").write_text(text, "utf-8", newline="\n")
    ran = run_process("due", "--plan", "plan.yaml", "--format", "json", python=["-c", BOUNDED, "768", "20"], cwd=tmp_path)  # fmt: skip
    assert ran.returncode == code, ran.stderr[-600:]
    assert b"Traceback" not in ran.stderr
    assert (ran.stdout == b"") == (code == 3)


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_a_line_of_a_register_within_time(tmp_path: Path, run_process: Process, plan: Plan) -> None:
    """A register of lines that are no records, nested or glued without end, is told within the bounds."""
    plan("- {id: a, title: ข, when: 6 พ.ย. 2563}")
    lines = ['{"a":' * 100_000, "[" * 500_000, '{"id":1}' * 5_000, '{"a":[1,' * 300 + "1," * 200_000, "9" * 1_000_000]
    (tmp_path / "plans" / "fy2564.register.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    ran = run_process("due", "--format", "json", python=["-c", BOUNDED, "768", "20"], cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr[-600:]
    assert b"Traceback" not in ran.stderr


# ---- names and places


def test_includes_stay_in_the_folder(tmp_path: Path, run: Run, plan: Plan) -> None:
    """No path, no link and no circle leads an include out of the plan's folder or round for ever."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("holidays:\n- {date: 2563-11-16, name: ลับสุดยอด}\n", "utf-8")
    path = plan("- {id: a, title: ข, when: 6 พ.ย. 2563}")
    (path.parent / "link.yaml").symlink_to(secret)
    (path.parent / "round.yaml").write_text("include: [round.yaml, again.yaml]\n", "utf-8")
    (path.parent / "again.yaml").write_text("include: [round.yaml]\n", "utf-8")
    (path.parent / "door").symlink_to(tmp_path)
    text = path.read_text("utf-8")
    for item in ("../secret.yaml", str(secret), "link.yaml", "door/secret.yaml", "/dev/zero", "/etc/passwd", "a/../../secret.yaml", "round.yaml", ".", '"x\\0y"', "CON"):  # fmt: skip
        path.write_text(f"include: [{item}]\n{text}", "utf-8")
        ran = run("check", "--format", "json", cwd=tmp_path)
        codes = {one["code"] for one in json.loads(ran.out)["findings"]}
        assert codes & {"U116", "U117"}, (item, codes)
        assert ran.code == 1
        assert "ลับสุดยอด" not in ran.out + ran.err


PIPES = [
    # (where a pipe stands into which nobody writes; the exit codes of check and due; words of what is told)
    ("plans/shared.yaml", 1, 3, "U116"),
    ("plans/fy2564.register.jsonl", 3, 3, "no regular file"),
    ("ustm.yaml", 3, 0, "no regular file"),
    ("plans/fy2565.yaml", 0, 0, ""),
]


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize(("name", "check", "due", "told"), PIPES, ids=[row[0] for row in PIPES])
def test_a_pipe_in_the_place_of_a_file(
    name: str, check: int, due: int, told: str, tmp_path: Path, run_process: Process, plan: Plan
) -> None:
    """A pipe is never waited for: what must be read is refused, what is only found is passed over."""
    plan("- {id: a, title: ข, when: 6 พ.ย. 2563}", top="include: [shared.yaml]\n" if "shared" in name else "")
    os.mkfifo(tmp_path / name)
    for command, code in (("check", check), ("due", due), ("due", due)):
        ran = run_process(
            command, "--lang", "en", cwd=tmp_path, env={"USTM_NO_CACHE": "", "XDG_CACHE_HOME": str(tmp_path / "cache")}
        )
        assert ran.returncode == code, ran.stderr
        assert not code or told in (ran.stdout + ran.stderr).decode()


@pytest.mark.skipif(os.name == "nt", reason="devices of POSIX")
def test_no_more_is_read_than_a_plan_may_have(tmp_path: Path, run_process: Process) -> None:
    """A device without end and a pipe of nothing are told like any file; a plan on stdin is answered."""
    os.mkfifo(tmp_path / "pipe")
    for name, found in (("/dev/zero", "U106"), ("/dev/null", "U105"), ("pipe", "U105")):
        ran = run_process("check", name, python=["-c", BOUNDED, "768", "20"], cwd=tmp_path)
        assert (ran.returncode, found in ran.stdout.decode()) == (1, True), ran.stderr[-600:]
    for command, code in ((["check", "/dev/stdin"], 0), (["fmt", "--plan", "/dev/stdin"], 3)):
        ran = subprocess.run(
            [sys.executable, "-m", "ustm_cli", *command], input=GOOD.encode(), cwd=TOP, capture_output=True, check=False
        )
        assert ran.returncode == code, ran.stderr


@pytest.mark.parametrize(
    "id", ["../../x", "/etc/x", "a/b", "a\\b", ".", "..", "con\\0", "a b", "ก", "", "a@b", "-x", "x" * 500]
)
def test_ids_are_no_paths(id: str, run: Run, plan: Plan, tmp_path: Path) -> None:
    """An id that could lead a file elsewhere is refused."""
    plan(f'- {{id: "{id}", title: ข, when: 6 พ.ย. 2563}}')
    ran = run("render", "--to", "md", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert [path.name for path in tmp_path.iterdir()] == ["plans"]


@pytest.mark.parametrize("id", ["con", "nul", "aux", "com1", "prn"])
def test_device_names_are_only_ids(id: str, run: Run, plan: Plan, tmp_path: Path) -> None:
    """The devices of Windows may name an activity, since no file is named by one."""
    plan(f"- {{id: {id}, title: ข, when: 6 พ.ย. 2563}}")
    assert run("render", "--to", "md", cwd=tmp_path).code == 0
    assert id not in {path.stem for path in (tmp_path / "out").iterdir()}


def test_links_in_the_place_of_outputs(run: Run, plan: Plan, tmp_path: Path) -> None:
    """What a link leads to is never written over by a command that chose the file's name itself."""
    path = plan("- {id: a, title: ข, when: 6 พ.ย. 2563}")
    assert run("render", "--to", "html", cwd=tmp_path).code == 0
    names = [file.name for file in (tmp_path / "out").iterdir()]
    before = path.read_bytes()
    precious = tmp_path / "precious"
    for name in names:
        (tmp_path / "out" / name).unlink()
        (tmp_path / "out" / name).symlink_to(path if "year" in name else precious)
    precious.write_text("ของสำคัญ", "utf-8")
    assert run("render", "--to", "html", cwd=tmp_path).code == 0
    assert path.read_bytes() == before
    assert precious.read_text("utf-8") == "ของสำคัญ"
    assert not any((tmp_path / "out" / name).is_symlink() for name in names)
    for words in (["rollover", "2565", "--to", "plans/link.yaml"], ["export", "csv", "--out", "plans/fy2564.yaml"]):
        if "rollover" in words:
            (tmp_path / "plans" / "link.yaml").symlink_to(tmp_path / "made")
        assert run(*words, cwd=tmp_path).code in (2, 3)
    assert not (tmp_path / "made").exists()
    assert path.read_bytes() == before


def test_a_letter_stays_in_its_folder(run: Run, plan: Plan, tmp_path: Path) -> None:
    """A folder of letters that is a link out of the office's folder gets none; a link in a letter's place is replaced."""
    plan("- {id: a, title: ข, when: 16 พ.ย. 2563}")
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (tmp_path / "letters").symlink_to(outside)
    settings = "people: {a: {name: ก, letter: office, to: {archive: true}}}\nchannels: {archive: {kind: file, path: 'letters/{person}.md'}}\n"
    (tmp_path / "ustm.yaml").write_text(settings, "utf-8")
    assert run("digest", "--send", "archive", cwd=tmp_path).code != 0
    assert list(outside.iterdir()) == []
    (tmp_path / "letters").unlink()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.md").symlink_to(outside / "precious")
    assert run("digest", "--send", "archive", "--again", cwd=tmp_path).code == 0
    assert not (outside / "precious").exists()


# ---- text that steers

EVIL = "\x1b[2J\x1b]0;x\x07\x9b31m\x85\u202e\u2066<script>\r\nBcc: x@evil.example"


def test_escapes_of_a_plan_never_reach_a_terminal(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Raw or written as an escape of YAML, in any place: refused, and what is shown of it is harmless."""
    for text in (
        r"\e[2J",
        r"\x1b[2J",
        r"\u009b31m",
        r"\N",
        r"\0",
        r"\x07",
        r"\u202e",
        "\x1b[2J",
        "\x9b",
        "\u2028",
        "\x85",
    ):
        for line in (f'- {{id: a, title: "ก{text}ข", when: 6 พ.ย. 2563}}', f'- {{id: a, title: ก, "k{text}": 1, when: "ทุก{text}เดือน", accepts: {{U401: "{text}"}}}}'):  # fmt: skip
            plan(line)
            for words in (*LISTS, "check --format github", "check --format json", "check --format concise"):
                ran = run(*words.split(), cwd=tmp_path, env={"USTM_LANG": "en"})
                assert not STEERING.search(ran.out + ran.err), (text, words, STEERING.search(ran.out + ran.err))


def test_escapes_of_a_register_never_reach_a_terminal(run: Run, plan: Plan, tmp_path: Path) -> None:
    """Whatever stands in the words of a record."""
    path = plan("- {id: a, title: ก, when: 6 พ.ย. 2563}\n- {id: c, title: ก, when: ภายใน 5 วันนับจากรับเรื่อง}")
    head = {"recorded": "2020-11-16T12:00:00.000+07:00", "by": EVIL, "note": EVIL}
    records = [
        head | {"id": "1", "kind": "done", "of": "a@FY2564", "on": "2563-11-09", "evidence": EVIL},
        head | {"id": "2" + EVIL, "kind": "received", "case": "c@FY2564.c1", "at": "2563-11-16 09:00", "ref": EVIL},
        head | {"id": "3", "kind": "waived", "of": "a@FY2564" + EVIL, "on": "2563-11-09", "reason": EVIL},
        head | {"id": "4", "kind": EVIL}, head | {"id": "5", EVIL: EVIL, "kind": "done"},
    ]  # fmt: skip
    lines = [json.dumps(one, ensure_ascii=ascii_) for one in records for ascii_ in (True, False)]
    path.with_name("fy2564.register.jsonl").write_text("\n".join([*lines, EVIL]) + "\n", "utf-8")
    for words in (*LISTS, "show a@FY2564", "check --format github", "check --format json", "due --all --format json"):
        ran = run(*words.split(), cwd=tmp_path)
        assert ran.code in (0, 1), (words, ran)
        assert not STEERING.search(ran.out + ran.err), (words, STEERING.search(ran.out + ran.err))


def test_escapes_of_settings_and_names(run: Run, plan: Plan, tmp_path: Path) -> None:
    """In `ustm.yaml`, in the name of a plan's file, on the command line, in the environment."""
    path = plan("- {id: a, title: ก, when: 6 พ.ย. 2563}")
    (tmp_path / "ustm.yaml").write_text(
        'people: {a: {name: "\\e[2J", letter: office, "\\e": 1, to: {x: "\\e"}}}\n', "utf-8"
    )
    odd = path.with_name("fy\x1b[31m.yaml")
    odd.write_text("fiscal_year: 2564\nzz: 1\n", "utf-8")
    lines = [
        ["check"], ["check", "--format", "json"], ["check", "--format", "github"], ["digest"], ["digest", "--send", "x"], ["digest", "--for", "\x1b[2J"],
        ["due"], ["due", "--group", "\x1b[2J"], ["due", "--status", "\x1b"], ["due", "--\x1b[2J"], ["\x1b[2J"], ["show", "\x1b[2J"], ["explain", "\x1b[2J ทุกเดือน"],
        ["due", "--plan", "\x1b.yaml"], ["export", "csv", "--out", "no/\x1b"], ["due", "--lang", "\x1b"], ["due", "--width", "\x9b"], ["diff", "\x1b", "\x1b"], ["fmt", "--check"],
    ]  # fmt: skip
    for words in lines:
        for env in ({}, {"USTM_TODAY": "\x1b[2J"}):
            ran = run(*words, cwd=tmp_path, env={"PATH": os.environ["PATH"], **env})
            assert not STEERING.search(ran.out + ran.err), (words, ran)


# ---- templates

REACHES = [
    "{{ ''.__class__.__mro__ }}", "{{ page.__init__.__globals__ }}", "{{ t.__globals__ }}", "{{ t.__self__.__class__ }}", "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{{ lipsum.__globals__['os'] }}", "{{ joiner.__init__ }}", "{{ namespace.__init__.__globals__ }}",
    "{{ ''['__cl' ~ 'ass__'] }}", "{{ '' | attr('__class__') }}", "{{ '%s' | format(page.__class__) }}", "{{ '{0.__class__}'.format('') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format_map({'0': t}) }}", "{% include '/etc/passwd' %}", "{% include '../../plans/fy2564.yaml' %}", "{% import 'os' as os %}",
    "{% extends '/etc/passwd' %}", "{{ open('/etc/passwd').read() }}", "{{ range(10 ** 9) | list }}", "{{ page.years.append(1) }}", "{{ config }}", "{{ request }}",
    "{{ ().__getitem__.__globals__ }}", "{{ [].__reduce_ex__(2) }}", "{% set x = t.func_globals %}{{ x }}", "{{ day.gi_frame }}",
]  # fmt: skip


@pytest.mark.parametrize("template", REACHES)
def test_a_template_reaches_nothing(template: str, run: Run, plan: Plan, tmp_path: Path) -> None:
    """No class, no module, no file, no network, no change of the data: a fault with its file and line."""
    plan("- {id: a, title: ก, when: 6 พ.ย. 2563}")
    own = tmp_path / "own"
    own.mkdir()
    (own / "table.html.j2").write_text(template, "utf-8")
    ran = run("render", "table", "--to", "html", "--templates", "own", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, ""), ran
    assert "own/table.html.j2:1" in ran.err
    assert not (tmp_path / "out").exists()
    assert "root:" not in ran.err
