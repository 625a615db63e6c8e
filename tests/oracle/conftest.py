"""Sums up what was compared with each engine, also over the processes of `-n auto`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from compared import taken

PREFIX = "compared with "


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    taken()
    yield
    item.user_properties += [(PREFIX + engine, count) for engine, count in taken().items()]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    alike: Counter[str] = Counter()
    tests: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for name, count in report.user_properties if report.when == "call" else ():
            if name.startswith(PREFIX):
                alike[name.removeprefix(PREFIX)] += int(str(count))
                tests[name.removeprefix(PREFIX)] += 1
    if alike:
        terminalreporter.section("dates compared with other engines")
        for engine, count in sorted(alike.items()):
            terminalreporter.line(
                f"{engine:16}{count:>12,}".replace(",", " ") + f" dates in {tests[engine]} tests, none differs"
            )
