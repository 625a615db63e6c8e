"""Letters by SMTP: composed the same way every time, sent with STARTTLS or SSL, each recipient's fate told."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from pathlib import Path

from ustm_cli.post.parcel import Parcel, Problem, Undelivered, one_line
from ustm_cli.post.secrets import redacted
from ustm_cli.settings.model import Smtp

# Written in ASCII whatever the names, in lines of at most 76 characters: every relay takes it.
EOL = "\r\n"
POLICY = SMTP.clone(cte_type="7bit", max_line_length=76, utf8=False)


def address(text: str) -> str:
    """An address as headers and servers take it: a Thai domain in its ASCII form."""
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def _named(text: str, name: str) -> str:
    """`name <address>` in ASCII, in lines that a header may have."""
    name = one_line(name, 100)
    if name.isascii():
        return formataddr((name, address(text)))
    return f"{Header(name, 'utf-8', maxlinelen=70).encode(linesep=EOL)}{EOL} <{address(text)}>"


def message_id(parcel: Parcel, settings: Smtp) -> str:
    """The same for the same letter, so that a second copy after a crash can be known for one."""
    seed = "\n".join((parcel.day.isoformat(), parcel.channel, parcel.person, *sorted(parcel.addresses)))
    domain = address(settings.from_).rpartition("@")[2]
    return f"<ustm.{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{domain}>"


def composed(parcel: Parcel, settings: Smtp, now: datetime, sender: str = "") -> bytes:
    """The letter as it goes to the server (RFC 5322, CRLF), the same bytes for the same letter, day and moment."""
    headers = {
        "From": _named(settings.from_, sender),
        # Written here and not by the library, which loses addresses after a name that is not ASCII.
        "To": f",{EOL} ".join(_named(one, parcel.name) for one in parcel.addresses),
        "Subject": Header(one_line(parcel.subject), "utf-8", header_name="Subject").encode(linesep=EOL),
        "Date": format_datetime(now),
        "Message-ID": message_id(parcel, settings),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    top = "".join(f"{name}: {value}{EOL}" for name, value in headers.items())
    return top.encode("ascii") + _body(parcel, headers["Message-ID"]).as_bytes()


def _body(parcel: Parcel, id: str) -> EmailMessage:
    message = EmailMessage(policy=POLICY)
    message.set_content(parcel.text, cte="base64")
    if parcel.html:
        message.add_alternative(parcel.html, subtype="html", cte="base64")
    if parcel.ics is not None:
        message.add_attachment(
            parcel.ics,
            maintype="text",
            subtype="calendar",
            filename=f"ustm-{parcel.day.isoformat()}.ics",
            params={"charset": "utf-8", "method": "PUBLISH"},
        )
    seed = hashlib.sha256((id + parcel.content).encode()).hexdigest()
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_ustm_{seed[:32]}_{number}")
    return message


def deliver(
    message: bytes, addresses: Sequence[str], settings: Smtp, password: str | None, folder: Path
) -> dict[str, tuple[bool, Problem]]:
    """Send one message; returns the refused addresses, each with whether it may pass and what the server said.

    Raises Undelivered where nobody was served. One whose end was not heard counts as not delivered (RFC 5321
    section 4.5.3.2.6): it is sent again, with the same Message-ID.
    """
    hidden = (password,) if password else ()
    wires = {address(one): one for one in addresses}
    try:
        with connected(settings, folder) as server:
            if settings.user and password:
                server.login(settings.user, password)
            refused = server.sendmail(address(settings.from_), list(wires), message)
    except smtplib.SMTPRecipientsRefused as error:
        refused = error.recipients
    except smtplib.SMTPAuthenticationError as error:
        passing = 400 <= error.smtp_code < 500
        raise Undelivered(Problem("post_login", _said(error, hidden)), passing=passing) from None
    except smtplib.SMTPResponseException as error:
        # A hang-up in the middle of a dialogue comes with the code -1.
        passing = not 500 <= error.smtp_code < 600
        raise Undelivered(Problem("post_refused", _said(error, hidden)), passing=passing) from None
    except smtplib.SMTPNotSupportedError as error:
        raise Undelivered(Problem("post_unsupported", shown(str(error), hidden)), passing=False) from None
    except smtplib.SMTPServerDisconnected as error:
        if was_slow(error):
            raise Undelivered(Problem("post_slow", str(settings.timeout)), passing=True) from None
        raise Undelivered(Problem("post_hung_up", shown(str(error), hidden)), passing=True) from None
    except ssl.SSLCertVerificationError as error:
        raise Undelivered(Problem("post_certificate", shown(error.verify_message, hidden)), passing=False) from None
    except (smtplib.SMTPException, OSError) as error:
        if was_slow(error):
            raise Undelivered(Problem("post_slow", str(settings.timeout)), passing=True) from None
        said = getattr(error, "strerror", None) or str(error)
        raise Undelivered(Problem("post_unreachable", shown(said, hidden)), passing=True) from None
    return {
        wires[one]: (not 500 <= code < 600, Problem("post_refused", _reply(code, text, hidden)))
        for one, (code, text) in refused.items()
    }


def was_slow(error: Exception) -> bool:
    """Whether nobody answered in time: the library calls that a hang-up, once connected."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def connected(settings: Smtp, folder: Path) -> smtplib.SMTP:
    """Raises what smtplib, ssl and socket raise, and Undelivered for the office's own certificate."""
    host, port = settings.server, settings.port_used
    if settings.security == "none":
        return smtplib.SMTP(host, port, timeout=settings.timeout)
    try:
        context = ssl.create_default_context(cafile=str(folder / settings.ca) if settings.ca else None)
    except OSError:
        raise Undelivered(Problem("post_no_ca", settings.ca or ""), passing=False) from None
    if settings.security == "ssl":
        return smtplib.SMTP_SSL(host, port, timeout=settings.timeout, context=context)
    server = smtplib.SMTP(host, port, timeout=settings.timeout)
    try:
        server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server


def _said(error: smtplib.SMTPResponseException, hidden: Sequence[str]) -> str:
    return _reply(error.smtp_code, error.smtp_error, hidden)


def _reply(code: int, text: bytes | str, hidden: Sequence[str]) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return shown(f"{code} {said}" if code > 0 else said, hidden)


def shown(text: str, hidden: Sequence[str]) -> str:
    return one_line(redacted(text, *hidden), 200)
