"""Secrets: from where they come, and that they go nowhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ustm_cli.post.parcel import Undelivered
from ustm_cli.post.secrets import redacted, secret
from ustm_cli.settings.model import SecretRef


def test_from_the_environment(tmp_path: Path) -> None:
    """A variable's value, without the line end that a file of variables leaves."""
    assert secret(SecretRef("env", "X"), {"X": "s3cret\n"}, tmp_path) == "s3cret"


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
@pytest.mark.parametrize(
    ("mode", "key"), [(0o600, None), (0o400, None), (0o640, "post_open_secret"), (0o604, "post_open_secret")]
)
def test_file_modes(tmp_path: Path, mode: int, key: str | None) -> None:
    """A file is read only where nobody but its owner can read it."""
    path = tmp_path / "smtp.secret"
    path.write_text("s3cret\n")
    path.chmod(mode)
    ref = SecretRef("file", path.name)
    if key is None:
        assert secret(ref, {}, tmp_path) == "s3cret"
        return
    with pytest.raises(Undelivered) as caught:
        secret(ref, {}, tmp_path)
    assert (caught.value.problem.key, caught.value.problem.reply) == (key, "smtp.secret")


@pytest.mark.parametrize("kind", ["missing", "folder", "empty", "binary"])
def test_no_secret(tmp_path: Path, kind: str) -> None:
    """A missing, empty or unreadable file is a lasting fault that names the file."""
    path = tmp_path / "x"
    if kind == "folder":
        path.mkdir(mode=0o700)
    elif kind != "missing":
        path.write_bytes(b"" if kind == "empty" else b"\xff\xfe")
        path.chmod(0o600)
    with pytest.raises(Undelivered) as caught:
        secret(SecretRef("file", "x"), {}, tmp_path)
    assert (caught.value.problem.key, caught.value.passing) == ("post_no_secret", False)


@pytest.mark.parametrize(
    "said", ["bad password p@ss/word!", "bad p%40ss%2Fword%21", "auth cEBzcy93b3JkIQ== failed", "p%40ss/word%21"]
)
def test_redacted(said: str) -> None:
    """The secret is taken out however the other side spells it."""
    shown = redacted(said, "p@ss/word!")
    assert "***" in shown
    assert "word" not in shown.removeprefix("bad password")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_device_is_no_secret(tmp_path: Path) -> None:
    """What is no ordinary file is not read, however private it is."""
    with pytest.raises(Undelivered) as caught:
        secret(SecretRef("file", "/dev/null"), {}, tmp_path)
    assert caught.value.problem.key == "post_no_secret"


def test_an_empty_secret_hides_nothing() -> None:
    """Redacting nothing leaves the text as it is."""
    assert redacted("535 no", "") == "535 no"
