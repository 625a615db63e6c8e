"""The shape of `ustm.yaml`: who gets which letter, by which channel, at which address."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, NamedTuple, cast

from pydantic import AfterValidator, BeforeValidator, Field

from ustm_cli.deadlines.base import RuleError
from ustm_cli.plan.model import Faults, Id, Int, Model, Text, Texts
from ustm_cli.settings.addresses import is_address, is_server, unfit_pattern

# The longest text that LINE takes; the other services take as much or cut it themselves.
CHAT_LIMIT = 5000


class SecretRef(NamedTuple):
    """Where a secret is: a variable of the environment, or a file that only its owner may read. Never the secret."""

    kind: Literal["env", "file"]
    name: str


def _secret(value: Any) -> SecretRef:
    if isinstance(value, str) and (match := re.fullmatch(r"(env|file):\s*([^\s\x00]+)", value.strip())):
        return SecretRef("env" if match[1] == "env" else "file", match[2])
    # The value is not told: it is a secret.
    raise RuleError("U501", "")


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _address(value: str) -> str:
    if not is_address(value):
        raise RuleError("U503", "", value=value[:60])
    return value


def _server(value: str) -> str:
    if not is_server(value):
        raise RuleError("U511", "", value=value[:60])
    return value


def _pattern(value: str) -> str:
    if problem := unfit_pattern(value):
        raise RuleError("U508", "", value=value[:60], problem=problem)
    return value


def _between(low: int, high: int) -> AfterValidator:
    """Not the validator's own bounds: it tells only the one that was overstepped."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise RuleError("U211", "", value=value, low=low, high=high)
        return value

    return AfterValidator(check)


Secret = Annotated[SecretRef, BeforeValidator(_secret)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Seconds = Annotated[Int, _between(1, 600)]
Days = Annotated[Int, _between(1, 365)]


class Smtp(Model):
    """E-mail. `port` by default 25, with STARTTLS 587, with SSL 465; `ca`: a certificate file of the office's own."""

    kind: Literal["smtp"]
    from_: Annotated[Text, AfterValidator(_address)] = Field(alias="from")
    server: Annotated[Text, AfterValidator(_server)] = "localhost"
    port: Annotated[Int, _between(1, 65535)] | None = None
    security: Literal["none", "starttls", "ssl"] = "none"
    user: Text | None = None
    password: Secret | None = None
    ca: Text | None = None
    timeout: Seconds = 30
    attach_ics: Flag = False

    @property
    def port_used(self) -> int:
        return self.port or {"none": 25, "starttls": 587, "ssl": 465}[self.security]


class Chat(Model):
    """A chat service: `url` is a secret in the notation of Apprise, without the recipient."""

    kind: Literal["chat"]
    url: Secret
    limit: Annotated[Int, _between(500, 40000)] = CHAT_LIMIT
    timeout: Seconds = 30


class ToFile(Model):
    """A file below the folder of the settings; `{day}` and `{person}` are filled in."""

    kind: Literal["file"]
    path: Annotated[Text, AfterValidator(_pattern)] = "letters/{day}-{person}.md"
    format: Literal["text", "md", "html"] = "md"


class Stdout(Model):
    kind: Literal["stdout"]
    format: Literal["text", "md", "html"] = "text"


Channel = Smtp | Chat | ToFile | Stdout
KINDS: dict[str, type[Model]] = {"smtp": Smtp, "chat": Chat, "file": ToFile, "stdout": Stdout}


def _channel(value: Any) -> Any:
    if not isinstance(value, dict):
        raise Faults([((), TypeError("dict"))])
    given = cast("dict[str, object]", value)
    kind = given.get("kind")
    if kind is None:
        raise Faults([((), RuleError("U113", "", key="kind"))])
    if not isinstance(kind, str) or kind not in KINDS:
        known = ", ".join(KINDS)
        raise Faults([(("kind",), RuleError("U115", "", value=str(kind)[:40], known=known, options=list(KINDS)))])
    return KINDS[kind].model_validate(value)


class Person(Model):
    """`owns`: owners or groups as the plan names them. `to`: addresses by channel (`true`: the channel's own)."""

    name: Text = Field(min_length=1)
    letter: Literal["own", "office", "head", "director"] = "own"
    owns: Texts = Field(default_factory=list)
    to: dict[str, Texts] = Field(default_factory=dict)


class Escalation(Model):
    """Working days late from which the head, and the director, is told."""

    head: Days = 1
    director: Days = 5


class Retry(Model):
    """How often to try again after a passing fault; `wait`: seconds before the first time, four times longer each."""

    times: Annotated[Int, _between(0, 10)] = 3
    wait: Seconds = 5


class Settings(Model):
    people: dict[Id, Person] = Field(default_factory=dict)
    channels: dict[Id, Annotated[Any, BeforeValidator(_channel)]] = Field(default_factory=dict)
    escalate: Escalation = Escalation()
    retry: Retry = Retry()
    ping: Secret | None = None
