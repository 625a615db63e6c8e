"""`ustm digest --send` from a plan and its settings to real servers on loopback."""

from __future__ import annotations

import email
import email.policy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from loopback import PASSWORD, USER, Api, Inbox

from ustm_cli.post.chat import length
from ustm_cli.settings.model import CHAT_LIMIT

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")
TOP = Path(__file__).parents[2]
OWNER = "กลุ่มงานวิชาการ"
ACTIVITY = """
- {id: report, title: "รายงานประจำเดือน", when: "ทุกเดือน ภายในวันที่ 16"}
"""
PEOPLE = """
people:
  somchai: {name: สมชาย ใจดี, owns: [กลุ่มงานวิชาการ], to: {%s}}
"""


@pytest.fixture
def office(
    plan: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[str, str, str], Path]:
    """A folder with a plan and settings; nothing waits."""
    monkeypatch.setattr("ustm_cli.cli.commands.digest.time.sleep", lambda _: None)

    def make(to: str, channels: str, activities: str = ACTIVITY, more: str = "") -> Path:
        plan(activities)
        text = PEOPLE % to + f"channels:\n{channels}\nretry: {{times: 1, wait: 1}}\n{more}"
        (tmp_path / "ustm.yaml").write_text(text, "utf-8")
        return tmp_path

    return make


def mail_channel(inbox: Inbox, more: str = "") -> str:
    return (
        f"  mail: {{kind: smtp, from: ustm@example.go.th, server: {inbox.host}, port: {inbox.port}, timeout: 2{more}}}"
    )


def body(data: bytes, kind: str = "plain") -> str:
    found: Any = email.message_from_bytes(data, policy=email.policy.default)
    return str(found.get_body((kind,)).get_content()).replace("\r\n", "\n")


def test_dry_run_is_what_is_sent(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """--dry-run prints byte for byte what the server then gets, sends nothing and records nothing."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox))
    dry = run("digest", "--send", "mail", "--dry-run", cwd=folder)
    assert (dry.code, inbox.mails, (folder / ".ustm").exists()) == (0, [], False)
    sent = run("digest", "--send", "mail", cwd=folder)
    assert (sent.code, sent.out) == (0, "")
    assert "ส่งแล้ว mail: สมชาย ใจดี <a@example.go.th>" in sent.err
    assert inbox.mails[0][1].replace(b"\r\n", b"\n") == dry.out.encode().replace(b"\r\n", b"\n")


def test_twice_sends_once(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """Cron that runs twice sends one letter; the second run says so and is fine."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox))
    run("digest", "--send", "mail", cwd=folder)
    second = run("digest", "--send", "mail", cwd=folder)
    assert (second.code, len(inbox.mails)) == (0, 1)
    assert "ไม่ส่งซ้ำ" in second.err


def test_missed_days_are_covered(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """After days on which nothing ran, one letter speaks for all of them."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox))
    run("digest", "--send", "mail", "--today", "2563-11-10", cwd=folder)
    run("digest", "--send", "mail", "--today", "2563-11-17", cwd=folder)
    assert "รวมวันที่ 11-16 พ.ย. 2563" in body(inbox.mails[1][1])


def test_day_off(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """Nothing is sent on a Sunday unless asked."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox))
    quiet = run("digest", "--send", "mail", "--today", "2563-11-15", cwd=folder)
    assert (quiet.code, inbox.mails) == (0, [])
    assert "ไม่ใช่วันทำการ" in quiet.err
    run("digest", "--send", "mail", "--any-day", "--today", "2563-11-15", cwd=folder)
    assert len(inbox.mails) == 1


def test_some_failed(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """One refused recipient of two: exit 4, each fate on stderr; the next run tries only the one."""
    inbox = smtp()
    inbox.answers["b@example.go.th"] = ["552 5.2.2 mailbox full", "250 OK"]
    folder = office("mail: [a@example.go.th, b@example.go.th]", mail_channel(inbox))
    first = run("digest", "--send", "mail", cwd=folder)
    assert first.code == 4
    assert "ส่งแล้ว mail: สมชาย ใจดี <a@example.go.th>" in first.err
    assert "ส่งไม่ได้ mail: สมชาย ใจดี <b@example.go.th>: เซิร์ฟเวอร์ไม่รับ (552 5.2.2 mailbox full)" in first.err
    inbox.answers.clear()
    second = run("digest", "--send", "mail", cwd=folder)
    assert second.code == 0
    assert [recipients for recipients, _ in inbox.mails] == [["a@example.go.th"], ["b@example.go.th"]]


def test_all_failed(office: Any, run: Any) -> None:
    """No server: exit 3, nothing on stdout, the fate on stderr."""
    folder = office("mail: a@example.go.th", mail_channel(Inbox(port=1)))
    ran = run("digest", "--send", "mail", cwd=folder)
    assert (ran.code, ran.out) == (3, "")
    assert "ติดต่อเซิร์ฟเวอร์ไม่ได้" in ran.err


def test_passing_fault_is_retried(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """A server that hangs up once in the middle gets the same letter again, under the same Message-ID."""
    inbox = smtp()
    inbox.hang_up = 1
    folder = office("mail: a@example.go.th", mail_channel(inbox))
    assert run("digest", "--send", "mail", cwd=folder).code == 0
    assert (inbox.tries, len(inbox.mails)) == (2, 1)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_login_by_secret_file(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """STARTTLS and login with a password from a file; a file that others may read is refused; nothing shows it."""
    inbox = smtp("starttls", login=True)
    more = f", security: starttls, user: {USER}, password: 'file:smtp.secret', ca: ca.pem"
    folder = office("mail: a@example.go.th", mail_channel(inbox, more))
    secret = folder / "smtp.secret"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    refused = run("digest", "--send", "mail", cwd=folder)
    assert refused.code == 3
    assert "chmod 600 smtp.secret" in refused.err
    secret.chmod(0o600)
    good = run("digest", "--send", "mail", cwd=folder)
    assert (good.code, len(inbox.mails)) == (0, 1)
    whole = refused.err + good.err + (folder / ".ustm" / "digest.jsonl").read_text("utf-8")
    assert PASSWORD not in whole


def test_wrong_password(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """A wrong password is told as such, without the password, though the server repeats it."""
    inbox = smtp("starttls", login=True)
    more = f", security: starttls, user: {USER}, password: 'env:USTM_SMTP', ca: ca.pem"
    folder = office("mail: a@example.go.th", mail_channel(inbox, more))
    ran = run("digest", "--send", "mail", cwd=folder, env={"USTM_SMTP": "not the right one"})
    assert ran.code == 3
    assert "535" in ran.err
    ledger = (folder / ".ustm" / "digest.jsonl").read_text("utf-8")
    assert "not the right one" not in ran.err + ran.out + ledger


def test_injection_from_a_plan(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """A title with line ends, tags and escapes is text in every part and adds no header and no recipient."""
    inbox = smtp()
    title = r'"x\nBcc: evil@example.com\n\n<script>alert(1)</script>{{ 7*7 }}"'
    folder = office(
        "mail: a@example.go.th", mail_channel(inbox), f'- {{id: r, title: {title}, when: "ทุกเดือน ภายในวันที่ 16"}}\n'
    )
    assert run("digest", "--send", "mail", cwd=folder).code == 0
    [(recipients, data)] = inbox.mails
    assert recipients == ["a@example.go.th"]
    assert b"evil" not in data.partition(b"\r\n\r\n")[0]
    assert "<script>" not in body(data, "html")
    assert "{{ 7*7 }}" in body(data)


MANY = "".join(
    f'- {{id: a{number}, title: "งานที่ {number} ซึ่งมีชื่อยาวพอสมควรเพื่อให้จดหมายยาว", when: "ทุกเดือน ภายในวันที่ 16"}}\n'
    for number in range(500)
)


def test_500_obligations_by_line(office: Any, line_api: Api, run: Any) -> None:
    """500 items due today and more overdue: one request, at most 5,000 characters, the rest counted and pointed at."""
    folder = office("line: U4af4980629", "  line: {kind: chat, url: 'env:USTM_LINE'}", MANY)
    ran = run("digest", "--send", "line", cwd=folder, env={"USTM_LINE": "line://channel-access-token"})
    assert ran.code == 0
    [(path, _, sent)] = line_api.requests
    text = sent["messages"][0]["text"]
    assert path == "/v2/bot/message/push"
    assert length(text) <= CHAT_LIMIT
    assert "วันนี้ 500" in text
    shown = text.count("\n   > ustm done ")
    assert f"ยังมีอีก {1000 - shown} รายการ" in text
    assert "ustm digest --for somchai" in text


def test_500_obligations_by_mail(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """The same by mail: both parts whole, sections of readable length with the count of the rest."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox), MANY)
    assert run("digest", "--send", "mail", cwd=folder).code == 0
    for kind in ("plain", "html"):
        assert "อีก 470 รายการ" in body(inbox.mails[0][1], kind)
    assert len(inbox.mails[0][1]) < 150_000


def test_line_quota(office: Any, line_api: Api, run: Any) -> None:
    """A used-up quota is told in LINE's words, once, without the token."""
    line_api.answers = [(429, '{"message":"You have reached your monthly limit."}')]
    folder = office("line: U4af4980629", "  line: {kind: chat, url: 'env:USTM_LINE'}")
    ran = run("digest", "--send", "line", cwd=folder, env={"USTM_LINE": "line://channel-access-token"})
    assert (ran.code, len(line_api.requests)) == (3, 1)
    assert "monthly limit" in ran.err
    assert "channel-access-token" not in ran.err + (folder / ".ustm" / "digest.jsonl").read_text("utf-8")


def test_file_channel_and_partial(office: Any, run: Any) -> None:
    """A channel that works beside one that does not: exit 4; the file is whole and only its place is new."""
    folder = office("archive: true, mail: a@example.go.th", "  archive: {kind: file}\n" + mail_channel(Inbox(port=1)))
    ran = run("digest", "--send", "archive", "--send", "mail", cwd=folder)
    assert ran.code == 4
    assert [path.name for path in (folder / "letters").iterdir()] == ["2563-11-16-somchai.md"]
    assert "ustm done report@2563-11" in (folder / "letters" / "2563-11-16-somchai.md").read_text("utf-8")


def test_if_any(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """An empty letter is sent as it is, and with --if-any not; the day then counts as covered."""
    inbox = smtp()
    quiet = '- {id: yearly, title: "ปลายปี", when: "30 ก.ย. 2564"}\n'
    folder = office("mail: a@example.go.th", mail_channel(inbox), quiet)
    ran = run("digest", "--send", "mail", "--if-any", cwd=folder)
    assert (ran.code, inbox.mails) == (0, [])
    assert "ไม่มีอะไรต้องบอก" in ran.err
    run("digest", "--send", "mail", "--today", "2563-11-17", cwd=folder)
    assert "ไม่มีงานค้าง" in body(inbox.mails[0][1])
    assert "รวมวันที่" not in body(inbox.mails[0][1])


def test_ping(office: Any, smtp: Callable[..., Inbox], api: Api, run: Any) -> None:
    """The switch hears start and success, and fail when a letter failed; a dry run is silent."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox), more="ping: env:USTM_PING\n")
    env = {"USTM_PING": f"{api.url}/uuid"}
    run("digest", "--send", "mail", "--dry-run", cwd=folder, env=env)
    run("digest", "--send", "mail", cwd=folder, env=env)
    inbox.answers["a@example.go.th"] = ["550 no"]
    run("digest", "--send", "mail", "--again", cwd=folder, env=env)
    assert [path for path, _, _ in api.requests] == ["/uuid/start", "/uuid", "/uuid/start", "/uuid/fail"]


def test_faulty_plan_is_not_silent(office: Any, smtp: Callable[..., Inbox], api: Api, run: Any) -> None:
    """A plan with faults: exit 3, its faults on stderr, the switch told."""
    folder = office("mail: a@example.go.th", mail_channel(smtp()), more="ping: env:USTM_PING\n")
    (folder / "plans" / "fy2564.yaml").write_text("fiscal_year: 2564\ngroups: 5\n", "utf-8")
    ran = run("digest", "--send", "mail", cwd=folder, env={"USTM_PING": f"{api.url}/uuid"})
    assert (ran.code, [path for path, _, _ in api.requests]) == (3, ["/uuid/start", "/uuid/fail"])


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--send", "maill"], 2, "ไม่มีช่องทาง “maill”"),
        (["--for", "ใครก็ไม่รู้"], 2, "ไม่รู้จัก"),
        (["--send", "archive"], 3, "ไม่มีผู้รับทาง archive"),
        (["--format", "pdf"], 2, "pdf"),
    ],
)
def test_refusals(office: Any, run: Any, args: list[str], code: int, said: str) -> None:
    """Wrong use exits 2, nobody to write to exits 3; stdout stays empty."""
    folder = office("mail: a@example.go.th", mail_channel(Inbox(port=1)) + "\n  archive: {kind: file}")
    ran = run("digest", *args, cwd=folder)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_no_settings(plan: Callable[..., Path], tmp_path: Path, run: Any) -> None:
    """Without settings the letter prints, and sending says what is missing."""
    plan(ACTIVITY)
    assert "รายงานประจำเดือน" in run("digest", cwd=tmp_path).out
    ran = run("digest", "--send", "mail", cwd=tmp_path)
    assert (ran.code, ran.out) == (3, "")
    assert "ustm.yaml" in ran.err


@pytest.mark.skipif(os.name != "posix", reason="cron is POSIX")
def test_bare_environment(office: Any, smtp: Callable[..., Inbox], api: Api) -> None:
    """With cron's environment (no HOME, LANG=C, no terminal) the letter goes out by mail, Thai and all."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox))
    # Bytecode is not written, so that the checkout stays as it is.
    env = {"LANG": "C", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(TOP), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-m", "ustm_cli", "digest", "--send", "mail", "--if-any", "--today", "2563-11-16"]
    done = subprocess.run(
        ["env", "-i", *(f"{name}={value}" for name, value in env.items()), *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert "รายงานประจำเดือน" in body(inbox.mails[0][1])


def test_no_place_for_the_ledger(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """Where the ledger cannot be written nothing is sent: exit 3 with the reason."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox))
    (folder / ".ustm").write_text("in the way")
    ran = run("digest", "--send", "mail", cwd=folder)
    assert (ran.code, ran.out, inbox.mails) == (3, "", [])
    assert ".ustm" in ran.err


def test_escalation(office: Any, smtp: Callable[..., Inbox], run: Any, tmp_path: Path) -> None:
    """The owner hears at once, the head after three working days, the director after five."""
    inbox = smtp()
    folder = office("mail: own@example.go.th", mail_channel(inbox), more="escalate: {head: 3, director: 5}\n")
    path = folder / "ustm.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "channels:",
            "  head: {name: หัวหน้า, letter: head, to: {mail: head@example.go.th}}\n"
            "  director: {name: คลังจังหวัด, letter: director, to: {mail: director@example.go.th}}\nchannels:",
            1,
        ),
        "utf-8",
    )
    # October's was due on Friday 16 Oct; 23 Oct is a day off.
    heard = {}
    for day in ("2563-10-19", "2563-10-21", "2563-10-26"):
        run("digest", "--send", "mail", "--today", day, cwd=folder)
        heard[day] = sorted(recipients[0].partition("@")[0] for recipients, _ in inbox.mails)
        inbox.mails.clear()
    assert heard == {
        "2563-10-19": ["own"],
        "2563-10-21": ["head", "own"],
        "2563-10-26": ["director", "head", "own"],
    }


def test_ledger_names_the_content(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """Each line tells day, channel, person, address, outcome and the hash of what was said."""
    folder = office("mail: a@example.go.th", mail_channel(smtp()))
    run("digest", "--send", "mail", cwd=folder)
    lines = [json.loads(line) for line in (folder / ".ustm" / "digest.jsonl").read_text("utf-8").splitlines()]
    assert [line["state"] for line in lines] == ["trying", "sent"]
    assert {line["day"] for line in lines} == {"2020-11-16"}
    assert all(line["content"].startswith("sha256:") for line in lines)


def test_calendar_attached(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """With attach_ics the letter's obligations come as a calendar beside it."""
    inbox = smtp()
    folder = office("mail: a@example.go.th", mail_channel(inbox, ", attach_ics: true"))
    assert run("digest", "--send", "mail", cwd=folder).code == 0
    found: Any = email.message_from_bytes(inbox.mails[0][1], policy=email.policy.default)
    [calendar] = found.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert "DTSTART;VALUE=DATE:20201116" in calendar.get_content()


def test_attached_calendar_knows_what_moved(office: Any, smtp: Callable[..., Inbox], run: Any) -> None:
    """An event has the same identity and count of moves in the letter as in the export: neither is older news."""
    inbox = smtp()
    activity = ACTIVITY.replace("}", ", overrides: {2563-11: {deadline: 2563-11-17}}}")
    folder = office("mail: a@example.go.th", mail_channel(inbox, ", attach_ics: true"), activity)
    assert run("digest", "--send", "mail", cwd=folder).code == 0
    found: Any = email.message_from_bytes(inbox.mails[0][1], policy=email.policy.default)
    [calendar] = found.iter_attachments()

    def told(text: str) -> list[str]:
        return [line for line in text.splitlines() if line.startswith(("UID", "SEQUENCE", "DTSTART"))]

    exported = told(run("due", "--from", "2563-11-17", "--to", "2563-11-17", "--format", "ics", cwd=folder).out)
    assert told(calendar.get_content()) == exported
    assert "SEQUENCE:1" in exported


def test_what_was_recorded_is_no_longer_asked_for(office: Any, run: Any) -> None:
    """The line that the letter gives, typed, takes the item out of the next letter."""
    folder = office("mail: a@example.go.th", mail_channel(Inbox(port=1)))
    assert "ustm done report@2563-11" in run("digest", cwd=folder).out
    assert run("done", "report@2563-11", "--on", "2563-11-16", "--by", "สมชาย", cwd=folder).code == 0
    assert "report@2563-11" not in run("digest", cwd=folder).out
