"""The options that every command has, taken out of the command line wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence

from ustm_cli.cli.faults import UseFault

COMMON = ("--plan", "--today", "--as-of", "--lang", "--digits", "--width")


def split(argv: Sequence[str]) -> tuple[dict[str, list[str]], list[str]]:
    """(values of the common options by name, the rest of the command line). Raises UseFault."""
    common: dict[str, list[str]] = {}
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        if word == "--":
            rest += [word, *words]
            break
        name, equals, value = word.partition("=")
        if name not in COMMON:
            rest.append(word)
            continue
        if not equals:
            value = next(words, "")
        if value == "":
            raise UseFault("value_missing", option=name)
        common.setdefault(name, []).append(value)
    return common, rest
