"""`ustm.yaml`: its faults, each at its place, and that no secret is ever shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.plan.findings import CATALOGUE
from ustm_cli.settings import FILE
from ustm_cli.settings.addresses import is_address, is_server
from ustm_cli.settings.load import hidden, load

GOOD = """\
people:
  somchai:
    name: สมชาย ใจดี
    owns: [กลุ่มงานวิชาการ]
    to: {mail: somchai@example.go.th, line: U1}
  office: {name: สำนักงาน, letter: office, to: {mail: [a@example.go.th, b@example.go.th], archive: true}}
channels:
  mail:
    kind: smtp
    from: ustm@example.go.th
    server: mail.example.go.th
    security: starttls
    user: ustm
    password: env:USTM_SMTP_PASSWORD
    attach_ics: true
  line: {kind: chat, url: "file:line.secret"}
  archive: {kind: file, path: "letters/{day}/{person}.html", format: html}
escalate: {head: 3, director: 10}
retry: {times: 5, wait: 2}
ping: env:USTM_PING
"""


def codes(tmp_path: Path, text: str) -> list[tuple[str, int, int]]:
    path = tmp_path / FILE
    path.write_text(text, "utf-8")
    return [(one.code, one.mark.line, one.mark.column) for one in load(path, FILE).faults]


def test_good(tmp_path: Path) -> None:
    """Everything that the settings may say, said at once."""
    path = tmp_path / FILE
    path.write_text(GOOD, "utf-8")
    found = load(path, FILE)
    assert found.faults == ()
    assert found.settings is not None
    mail = found.settings.channels["mail"]
    assert (mail.port_used, mail.password, mail.attach_ics) == (587, ("env", "USTM_SMTP_PASSWORD"), True)
    assert found.settings.people["office"].to["archive"] == ["true"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("password: env:USTM_SMTP_PASSWORD", "password: hunter2hunter2", "U501", 14, 15),
        ("ping: env:USTM_PING", "ping: https://hc.example/uuid-uuid", "U501", 20, 7),
        ('url: "file:line.secret"', 'url: "line://tokentoken/U1"', "U501", 16, 27),
        ("line: U1", "lien: U1", "U502", 5, 39),
        ("mail: somchai@example.go.th", "mail: สมชาย <somchai@example.go.th>", "U503", 5, 16),
        ("b@example.go.th", "b@exa mple.go.th", "U503", 6, 73),
        ("from: ustm@example.go.th", "from: ustm", "U503", 10, 11),
        ("security: starttls", "security: none", "U504", 12, 5),
        ('path: "letters/{day}/{person}.html"', 'path: "../{person}.html"', "U508", 17, 31),
        *(
            ('path: "letters/{day}/{person}.html"', f'path: "{path}"', "U508", 17, 31)
            for path in (
                *("/x/{person}.md", "letters/{day}.html", "plans/{person}.yaml", "plans/{person}.register.jsonl"),
                *("{person}.yaml", ".ustm/{person}.md", ".git/{person}", "letters/.{person}.txt", "letters/{person}"),
            )
        ),
        ('path: "letters/{day}/{person}.html"', 'path: "{person.__class__}"', "U508", 17, 31),
        ("    user: ustm\n", "", "U509", 13, 5),
        ("    owns: [กลุ่มงานวิชาการ]\n", "", "U510", 2, 3),
        ("kind: smtp", "kind: smpt", "U115", 9, 11),
        ("    kind: smtp\n", "", "U113", 9, 5),
        ("    server:", "    sever:", "U112", 11, 5),
        ("name: สมชาย ใจดี", "nam: สมชาย ใจดี", "U112", 3, 5),
        ("escalate: {head: 3", "escalate: {hed: 3", "U112", 18, 12),
        ("wait: 2", "wait: soon", "U114", 19, 25),
        ("wait: 2", '"": 2', "U114", 19, 19),
        ("security: starttls", "security: tls", "U115", 12, 15),
        ("server: mail.example.go.th", "port: 99999", "U211", 11, 11),
        *(
            ("server: mail.example.go.th", f"server: {server}", "U511", 11, 13)
            for server in ('""', "mail..go.th", "mail.go.th:25", "smtp://mail.go.th", "a b", f"{'x' * 64}.th", "-x")
        ),
        ("  somchai:", "  สมชาย:", "U305", 2, 3),
    ],
)
def test_faults(tmp_path: Path, old: str, new: str, code: str, line: int, column: int) -> None:
    """One change to good settings gives one fault, at the place of the change."""
    assert old in GOOD
    assert (code, line, column) in codes(tmp_path, GOOD.replace(old, new, 1))


MANY = """\
people:
  somchai: {name: ส, letter: bos, to: {mail: notmail, fax: "1", line: U1}}
  ying: {name: ญ, owns: {}, to: [[]]}
  office: {letter: office, to: {post: x}}
channels:
  mail: {kind: smtp, from: me, server: mail..th, port: 99999, user: u, security: none}
  line: {kind: chat}
  archive: {kind: file, path: "{day}", format: pdf}
  away: {kind: smtp, from: a@x.th, server: x.th, user: u, password: 'env:P'}
retry: {times: 99, wait: 0}
from: here
"""


def test_all_faults_in_one_run(tmp_path: Path) -> None:
    """Each thing that is wrong is told at once, and nothing of what cannot be known for another fault's sake."""
    assert codes(tmp_path, MANY) == [
        ("U115", 2, 30), ("U503", 2, 46), ("U502", 2, 55), ("U114", 3, 25), ("U114", 3, 33), ("U113", 4, 11),
        ("U502", 4, 33), ("U503", 6, 28), ("U511", 6, 40), ("U211", 6, 56), ("U509", 6, 63), ("U113", 7, 9), ("U508", 8, 31),
        ("U115", 8, 48), ("U504", 9, 50), ("U211", 10, 16), ("U211", 10, 26), ("U112", 11, 1),
    ]  # fmt: skip


def test_keys_that_are_no_settings(tmp_path: Path) -> None:
    """A plan's key, or a name with a dot, is a fault like any other."""
    assert codes(tmp_path, "events: 1\n") == [("U112", 1, 1)]
    dotted = "channels:\n  a.b: {kind: smtp, server: x.th, from: a@b.th, foo: 1}\n"
    assert codes(tmp_path, dotted) == [("U305", 2, 3), ("U112", 2, 49)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{times: 99}", "99 อยู่นอกช่วง 0-10"),
        ("{times: -1}", "-1 อยู่นอกช่วง 0-10"),
        ("{wait: 0}", "0 อยู่นอกช่วง 1-600"),
        ("{wait: 601}", "601 อยู่นอกช่วง 1-600"),
    ],
)
def test_both_bounds_are_told(tmp_path: Path, value: str, said: str) -> None:
    """Whichever bound is overstepped, the sentence has both."""
    path = tmp_path / FILE
    path.write_text(f"retry: {value}\n", "utf-8")
    assert [fault.message("th") for fault in load(path, FILE).faults] == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("people: {a: {name: ก, letter: office, to: {mail: x}}}\n", "ใช้ช่องทางที่มี: ยังไม่มี"),
        ("channels: {x: {kind: file, path: '/x/{person}.md'}}\n", "อยู่นอกโฟลเดอร์"),
        ("", "อย่างน้อยต้องมี `people:`"),
        ("- 1\n", "ดูตัวอย่างใน docs/digest.md"),
        ("a: &b 1\n", "ไม่รับ anchor (&b) ของ YAML\n"),
    ],
)
def test_sentences(tmp_path: Path, text: str, said: str) -> None:
    """They speak of what is wrong with settings, and not with a plan."""
    path = tmp_path / FILE
    path.write_text(text, "utf-8")
    assert said in "\n".join(f"{one.message('th')}\n{one.help('th')}" for one in load(path, FILE).faults)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        *((text, True) for text in ("localhost", "mail_1.go.th", "ทดสอบ.ไทย", "10.0.0.1", "::1", "mail.go.th.")),
        *((text, False) for text in ("", ".", "a..b", "a/b", "[::1]", "a:25", "a@b", " a", "a-")),
    ],
)
def test_servers(text: str, good: bool) -> None:
    """A machine's name or number and nothing else."""
    assert is_server(text) is good


@pytest.mark.parametrize(
    "kind", ["", "[]\n", "people:\n\tx: 1\n", "people: [a]\n", "channels: {mail: 5}\n", "a: &b 1\n"]
)
def test_broken_files(tmp_path: Path, kind: str) -> None:
    """Settings that are no settings are located faults, never a traceback."""
    found = codes(tmp_path, kind)
    assert found
    assert all(code in CATALOGUE for code, _, _ in found)


@pytest.mark.parametrize(
    "line",
    [
        "    password: hunter2hunter2",
        "    pasword: hunter2hunter2",
        "    Password: 'hunter2hunter2'",
        '    "api_token": hunter2hunter2',
        "    password: [hunter2hunter2]",
        "    password:\thunter2hunter2",
        "  line: {kind: chat, url: line://hunter2hunter2}",
        "ping: https://hunter2hunter2",
    ],
)
@pytest.mark.parametrize("format_", ["full", "concise", "json", "github"])
def test_a_secret_in_the_file_is_not_shown(
    plan: Callable[..., Path], tmp_path: Path, run: Any, line: str, format_: str
) -> None:
    """`check` tells that a secret stands in the file, in every format, without showing it; so does `digest --send`."""
    plan('- {id: a, title: "ก", when: "ทุกสิ้นเดือน"}\n')
    text = f"people: {{}}\n{line}\n" if line.startswith("ping") else f"channels:\n  mail:\n    kind: smtp\n{line}\n"
    if line.startswith("  line"):
        text = f"channels:\n{line}\n"
    (tmp_path / FILE).write_text(text, "utf-8")
    ran = run("check", "--format", format_, cwd=tmp_path)
    assert ran.code == 1
    assert FILE in ran.out
    assert "hunter2" not in ran.out + ran.err
    sent = run("digest", "--send", "mail", cwd=tmp_path)
    assert sent.code == 3
    assert "hunter2" not in sent.out + sent.err


@pytest.mark.parametrize(
    "line",
    [
        "รหัสผ่าน: ลับมาก",
        '"my key": ลับมาก',
        "{url: ลับมาก}",
        "smtp-password : ลับมาก",
        "  APIKEY: 'ลับมาก'",
        "a: {token: ลับมาก}",
    ],
)
def test_hidden_whatever_the_key_looks_like(line: str) -> None:
    """Thai, quoted, in braces, in capitals: what it names is starred out."""
    assert "ลับมาก" not in hidden(line)
    assert len(hidden(line)) == len(line)


@pytest.mark.parametrize(
    "text", ["9" * 1_000_000, "key" * 300_000, "key" + " " * 1_000_000], ids=["digits", "keys", "blanks"]
)
def test_hidden_of_a_megabyte(text: str) -> None:
    """A word of a megabyte is looked at once (it would take hours to look at it from each of its letters)."""
    assert hidden(text) == text


def test_a_width_in_a_path_is_refused(tmp_path: Path) -> None:
    """`{person:>99999999999}` would ask for all memory there is."""
    assert ("U508", 17, 31) in codes(tmp_path, GOOD.replace("{person}", "{person:>99999999999}"))


def test_hidden_keeps_places() -> None:
    """Starring keeps every column; where the secret is, and what is no secret, stays."""
    text = "a: 1\n  password: geheim  \n  password: env:X\n"
    assert hidden(text) == "a: 1\n  password: ********\n  password: env:X\n"


def test_doubts_that_need_the_plans(plan: Callable[..., Path], tmp_path: Path, run: Any) -> None:
    """A name that owns nothing, and work that no letter reaches, are warnings of `check`."""
    plan('- {id: a, title: "ก", when: "ทุกสิ้นเดือน"}\n- {id: b, title: "ข", owner: ทีมบัญชี, when: "ทุกสิ้นเดือน"}\n')
    (tmp_path / FILE).write_text(
        "people:\n  s: {name: ส, owns: [ทีมบัญชี, กลุ่มงานวิชากร], to: {f: true}}\nchannels: {f: {kind: file}}\n", "utf-8"
    )
    ran = run("check", "--format", "concise", cwd=tmp_path)
    assert "ustm.yaml:2:33: " in ran.out
    assert "U505" in ran.out
    assert "U506" in ran.out
    assert "“กลุ่มงานวิชาการ”" in ran.out
    assert ran.code == 0


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a@example.go.th", True),
        ("a.b+c@example.go.th", True),
        ("a@ทดสอบ.ไทย", True),
        ("a@localhost", True),
        ("ก@example.go.th", False),
        ("a@b@c", False),
        ("a", False),
        ("@x", False),
        ("a@", False),
        ("a@x, b@x", False),
        ("a@x\nBcc: b@x", False),
        ("<a@x>", False),
        ("a@x>", False),
        # No label of a domain is longer than 63 letters, and none is empty.
        (f"a@{'x' * 64}.th", False),
        ("a@x..th", False),
    ],
)
def test_addresses(text: str, good: bool) -> None:
    """One address and nothing else."""
    assert is_address(text) is good
