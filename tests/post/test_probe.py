"""What `ustm doctor` asks of the post."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from loopback import Api, Inbox

from ustm_cli.post import probe
from ustm_cli.post.ledger import Ledger
from ustm_cli.post.parcel import Parcel, Problem
from ustm_cli.settings.model import Settings, Smtp

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")
NOW = datetime(2020, 11, 16, 7, 30, tzinfo=timezone(timedelta(hours=7)))


def asked(inbox: Inbox, env: dict[str, str], **more: Any) -> list[tuple[str, str | None]]:
    mail = {"kind": "smtp", "from": "a@x", "server": inbox.host, "port": inbox.port or 1, "ca": "ca.pem"} | more
    settings = Settings.model_validate({"channels": {"mail": mail}})
    found = probe.channels(settings, env, inbox.ca.parent)
    return [(one.key, one.problem.key if one.problem else None) for one in found]


def test_good_server(smtp: Callable[..., Inbox]) -> None:
    """A server that greets us, encrypted as the settings want, and a secret that is there; nobody logs in."""
    inbox = smtp("starttls", login=True)
    found = asked(inbox, {"P": "x"}, security="starttls", user="u", password="env:P")  # noqa: S106
    assert found == [("letters_secret", None), ("letters_server", None)]
    assert inbox.logins == []


def test_bad_server_and_secret() -> None:
    """Nobody there, no variable: each is told."""
    found = asked(Inbox(), {}, user="u", password="env:P")  # noqa: S106
    assert found == [("letters_secret", "post_no_variable"), ("letters_server", "post_unreachable")]


def test_clock(tmp_path: Path) -> None:
    """A clock before the day of the last letter is wrong."""
    ledger = Ledger(tmp_path)
    with ledger.held(lambda _: None):
        ledger.record(Parcel(date(2020, 11, 16), "m", "p", "n", ("a",), "", ""), ["a"], "sent", NOW)
    assert probe.clock(NOW, tmp_path).problem is None
    assert probe.clock(NOW - timedelta(days=1), tmp_path).problem is not None


def test_doctor(plan: Callable[..., Path], tmp_path: Path, run: Any, api: Api) -> None:
    """`ustm doctor` tells of the server and the secret; `--cron` prints the line and the units of this folder."""
    plan('- {id: a, title: "ก", when: "ทุกสิ้นเดือน"}\n')
    (tmp_path / "ustm.yaml").write_text(
        "channels: {mail: {kind: smtp, from: a@x, server: 127.0.0.1, port: 1, user: u, password: 'env:NOT_SET'}}\n",
        "utf-8",
    )
    ran = run("doctor", "--width", "200", cwd=tmp_path)
    assert "เซิร์ฟเวอร์ 127.0.0.1:1 ติดต่อเซิร์ฟเวอร์ไม่ได้" in ran.out
    assert "ไม่มีตัวแปร NOT_SET" in ran.out
    cron = run("doctor", "--cron", cwd=tmp_path)
    assert f"cd {tmp_path} && " in cron.out
    assert "--send mail --if-any" in cron.out
    assert "Persistent=true" in cron.out


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n"])
def test_a_server_that_does_not_answer(greeting: bytes) -> None:
    """A port that takes connections and says nothing, or nothing after its greeting, is told to be slow."""
    held: list[socket.socket] = []

    def take() -> None:
        held.append(listening.accept()[0])
        held[0].sendall(greeting)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        taking = threading.Thread(target=take)
        taking.start()
        port = listening.getsockname()[1]
        settings = Smtp.model_validate({"kind": "smtp", "from": "a@x", "server": "127.0.0.1", "port": port})
        assert probe.server(settings, Path(), timeout=1) == Problem("post_slow", "1")
        taking.join()
    held[0].close()


def test_other_channels_are_asked_for_their_secrets() -> None:
    """A chat and the dead man's switch have a secret and no server, a file neither."""
    channels = {"line": {"kind": "chat", "url": "env:L"}, "archive": {"kind": "file"}}
    settings = Settings.model_validate({"channels": channels, "ping": "env:P"})
    found = probe.channels(settings, {"P": "https://example.org/x"}, Path())
    assert [(one.key, one.facts["channel"], one.problem and one.problem.key) for one in found] == [
        ("letters_secret", "line", "post_no_variable"),
        ("letters_secret", "ping", None),
    ]
