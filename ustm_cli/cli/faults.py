"""Failures that are expected: each class owns its exit code; the sentence is a text of the interface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FINE, FINDINGS, WRONG_USE, COULD_NOT_RUN, PARTLY = 0, 1, 2, 3, 4


class Code(NamedTuple):
    """A finding's code among the facts of a sentence: its own sentence is put there."""

    code: str
    detail: Mapping[str, object]


class Fault(Exception):
    """`key` and `facts` make the sentence that the user reads on stderr."""

    exit_code = COULD_NOT_RUN

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


class UseFault(Fault):
    """Wrong use: an unknown option or id, a span backwards."""

    exit_code = WRONG_USE


class RunFault(Fault):
    """It could not run: no plan, a folder, no permission."""

    exit_code = COULD_NOT_RUN


def unreadable(error: Exception, file: str) -> RunFault:
    """That a file could not be read, and why: an OSError, or that it is no regular file."""
    kinds: dict[type[Exception], str] = {
        PermissionError: "no_permission",
        FileNotFoundError: "no_file",
        IsADirectoryError: "is_folder",
    }
    other = "cannot_read" if isinstance(error, OSError) else "not_regular"
    return RunFault(kinds.get(type(error), other), file=file, problem=getattr(error, "strerror", None) or error)


class FaultyPlans(Fault):
    """Plans with faults, which `text` tells in full."""

    exit_code = COULD_NOT_RUN

    def __init__(self, text: str) -> None:
        super().__init__("faulty_plan")
        self.text = text
