"""Known faults of what a lock names, by pip-audit: `python scripts/audit.py LOCK`, as `make audit` does.

A mirror may serve one page a package and none a version; that page tells the faults of the newest version, and is
asked where the lock names it. Exit 1 where a fault is known, or where a version could not be looked up.
"""

from __future__ import annotations

import sys
from typing import Any

from pip_audit import _cli
from pip_audit._service import pypi

unknown: list[str] = []


def session(*arguments: Any) -> Any:
    made = connect(*arguments)
    get = made.get

    def ask(url: str, **options: Any) -> Any:
        answer = get(url, **options)
        *front, version, last = url.split("/")
        if answer.status_code != 404:
            return answer
        newest = get("/".join([*front, last]), **options)
        if newest.ok and newest.json()["info"]["version"] == version:
            return newest
        unknown.append(f"{front[-1]} {version}")
        return answer

    made.get = ask
    return made


if __name__ == "__main__":
    connect = pypi.caching_session
    pypi.caching_session = session
    sys.argv[1:] = ["--require-hashes", "--disable-pip", "--requirement", *sys.argv[1:]]
    try:
        _cli.audit()
    finally:
        if unknown:
            sys.exit(f"not looked up: {', '.join(sorted(unknown))}")
