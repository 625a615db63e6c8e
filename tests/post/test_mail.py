"""Letters by SMTP against a real server on loopback."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.utils import getaddresses
from pathlib import Path
from typing import Any

import pytest
from loopback import PASSWORD, USER, Inbox

from ustm_cli.post import mail, probe
from ustm_cli.post.parcel import Parcel, Undelivered
from ustm_cli.settings.model import Smtp

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")
NOW = datetime(2020, 11, 16, 7, 30, tzinfo=timezone(timedelta(hours=7)))
PARCEL = Parcel(
    date(2020, 11, 16), "mail", "somchai", "สมชาย ใจดี", ("somchai@example.go.th", "ying@example.go.th"),
    "เกินกำหนด 3", "ข้อความ\n.\n.. จุดหน้าบรรทัด\n", "<p>ข้อความ</p>",
)  # fmt: skip


def settings(inbox: Inbox, **more: Any) -> Smtp:
    found = {
        "kind": "smtp",
        "from": "ustm@example.go.th",
        "server": inbox.host,
        "port": inbox.port or 25,
        "ca": "ca.pem",
    }
    return Smtp.model_validate(found | {"timeout": 2} | more)


def send(inbox: Inbox, parcel: Parcel = PARCEL, password: str | None = None, **more: Any) -> dict[str, Any]:
    found = settings(inbox, **more)
    message = mail.composed(parcel, found, NOW)
    return mail.deliver(message, parcel.addresses, found, password, inbox.ca.parent)


def failing(inbox: Inbox, password: str | None = None, **more: Any) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        send(inbox, password=password, **more)
    return caught.value


def parsed(data: bytes) -> Any:
    return email.message_from_bytes(data, policy=email.policy.default)


Start = Callable[..., Inbox]


@pytest.mark.parametrize("security", ["none", "starttls", "ssl"])
def test_arrives_by_every_security(smtp: Start, security: str) -> None:
    """What reaches the server is byte for byte what was composed, in one transaction for all recipients."""
    inbox = smtp(security, login=security != "none")
    secret = {} if security == "none" else {"user": USER}
    assert send(inbox, password=PASSWORD, security=security, **secret) == {}
    [(recipients, data)] = inbox.mails
    assert recipients == list(PARCEL.addresses)
    assert data == mail.composed(PARCEL, settings(inbox), NOW)


def test_parts_and_headers(smtp: Start) -> None:
    """Text, HTML and calendar parts come out as they went in; names are Thai, every byte on the wire is ASCII."""
    inbox = smtp()
    send(inbox, PARCEL._replace(ics=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"))
    data = inbox.mails[0][1]
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    found = parsed(data)
    raw = email.message_from_bytes(data)["To"]
    assert getaddresses([str(make_header(decode_header(raw)))]) == [
        ("สมชาย ใจดี", "somchai@example.go.th"),
        ("สมชาย ใจดี", "ying@example.go.th"),
    ]
    assert found["Subject"] == "เกินกำหนด 3"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_body(("plain",)).get_content().replace("\r\n", "\n") == PARCEL.text
    assert found.get_body(("html",)).get_content().strip() == PARCEL.html
    [calendar] = found.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() == "ustm-2020-11-16.ics"


def test_composed_twice_is_the_same() -> None:
    """The same letter gives the same bytes, Message-ID and MIME boundaries included; another day, another id."""
    one = settings(Inbox())
    assert mail.composed(PARCEL, one, NOW) == mail.composed(PARCEL, one, NOW)
    assert mail.message_id(PARCEL, one) != mail.message_id(PARCEL._replace(day=date(2020, 11, 17)), one)


@pytest.mark.parametrize(
    "bad", ["a\nBcc: x@evil.example", "a\r\n\r\nbody", "a\u2028Bcc: x@evil.example", "a\x00b", "a\x0bb"]
)
def test_no_header_is_injected(smtp: Start, bad: str) -> None:
    """Line ends in a subject or a name stay in their header and add neither header nor recipient nor body."""
    inbox = smtp()
    send(inbox, PARCEL._replace(subject=bad, name=bad))
    [(recipients, data)] = inbox.mails
    assert recipients == list(PARCEL.addresses)
    found = parsed(data)
    assert found["Bcc"] is None
    assert set(found.keys()) == set(parsed(mail.composed(PARCEL, settings(inbox), NOW)).keys())
    assert "evil" not in found["Subject"] or found["Subject"].startswith("a ")


def test_thai_domain(smtp: Start) -> None:
    """A Thai domain goes out in its ASCII form, and its fate comes back under the name that the settings have."""
    inbox = smtp()
    inbox.answers["a@xn--12c1fe0br.xn--o3cw4h"] = ["550 no such user"]
    refused = send(inbox, PARCEL._replace(addresses=("a@ทดสอบ.ไทย", "b@example.go.th"))) if _idna() else None
    assert refused is None or list(refused) == ["a@ทดสอบ.ไทย"]


def _idna() -> bool:
    return "ทดสอบ.ไทย".encode("idna") == b"xn--12c1fe0br.xn--o3cw4h"


def test_wrong_password(smtp: Start) -> None:
    """A refused login is lasting, and the password is not told though the server repeats it."""
    inbox = smtp("starttls", login=True)
    fault = failing(inbox, "wrong secret word", security="starttls", user=USER)
    assert (fault.problem.key, fault.passing) == ("post_login", False)
    assert "535" in fault.problem.reply
    assert "wrong secret word" not in fault.problem.reply
    assert inbox.mails == []


def test_refused_recipient(smtp: Start) -> None:
    """One refused recipient does not keep the letter from the others; its fate carries the server's words."""
    inbox = smtp()
    inbox.answers["ying@example.go.th"] = ["550 5.1.1 no such user"]
    [(address, (passing, problem))] = send(inbox).items()
    assert (address, passing, problem.key) == ("ying@example.go.th", False, "post_refused")
    assert problem.reply == "550 5.1.1 no such user"
    assert inbox.mails[0][0] == ["somchai@example.go.th"]


@pytest.mark.parametrize(("code", "passing"), [("450 4.2.0 greylisted", True), ("552 5.2.2 mailbox full", False)])
def test_all_refused(smtp: Start, code: str, passing: bool) -> None:
    """Where nobody is served each recipient has a fate; 4xx may pass, 5xx does not."""
    inbox = smtp()
    inbox.answers = {address: [code] for address in PARCEL.addresses}
    refused = send(inbox)
    assert {address: fate[0] for address, fate in refused.items()} == dict.fromkeys(PARCEL.addresses, passing)
    assert {fate[1].reply for fate in refused.values()} == {code}


@pytest.mark.parametrize(
    ("said", "passing"), [("552 5.2.2 mailbox full", False), ("451 4.3.0 try later", True), ("554 spam", False)]
)
def test_refused_after_data(smtp: Start, said: str, passing: bool) -> None:
    """A full mailbox told after the text is lasting; a passing fault told there is passing."""
    inbox = smtp()
    inbox.after = [said]
    fault = failing(inbox)
    assert (fault.problem.key, fault.problem.reply, fault.passing) == ("post_refused", said, passing)


def test_hang_up(smtp: Start) -> None:
    """A server that hangs up in the middle of the letter counts as passing: the letter is to be sent again."""
    inbox = smtp()
    inbox.hang_up = 1
    fault = failing(inbox)
    assert fault.passing
    assert fault.problem.key in ("post_hung_up", "post_refused")


def test_slow(smtp: Start) -> None:
    """A server that does not answer in time is left, and may be better later."""
    inbox = smtp()
    inbox.slow = 3
    fault = failing(inbox, timeout=1)
    assert (fault.problem.key, fault.problem.reply, fault.passing) == ("post_slow", "1", True)


def test_nobody_there() -> None:
    """No server at all is a passing fault."""
    fault = failing(Inbox(port=1))
    assert (fault.problem.key, fault.passing) == ("post_unreachable", True)


@pytest.mark.parametrize("file", ["nowhere.pem", "empty.pem"])
@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_no_certificates_of_the_office(tmp_path: Path, file: str, security: str) -> None:
    """A file of `ca:` that is not there, or holds none, is told by its name; the server is not blamed."""
    (tmp_path / "empty.pem").write_text("")
    fault = failing(Inbox(port=1, ca=tmp_path / "ca.pem"), security=security, ca=file)
    assert (fault.problem, fault.passing) == (("post_no_ca", file), False)
    found = settings(Inbox(port=1), security=security, ca=file)
    assert probe.server(found, tmp_path) == ("post_no_ca", file)


def test_unknown_certificate(smtp: Start, tmp_path: Path) -> None:
    """A certificate that nobody vouches for is refused, before the password is sent."""
    inbox = smtp("starttls", login=True)
    found = settings(inbox, security="starttls", user=USER, ca=None)
    with pytest.raises(Undelivered) as caught:
        mail.deliver(mail.composed(PARCEL, found, NOW), PARCEL.addresses, found, PASSWORD, tmp_path)
    assert (caught.value.problem.key, caught.value.passing) == ("post_certificate", False)
    assert inbox.logins == []


def test_no_starttls(smtp: Start) -> None:
    """A server without STARTTLS is not given the letter in the clear."""
    inbox = smtp()
    fault = failing(inbox, security="starttls")
    assert (fault.problem.key, fault.passing) == ("post_unsupported", False)
    assert inbox.mails == []
