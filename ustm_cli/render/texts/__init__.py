"""Every sentence of the interface, Thai and English, a module a topic.

`TEXTS`: key to (Thai, English). `HELP`: the Thai help that a command declares, to its English. The sentences of
findings are in `plan/findings.py`.
"""

from __future__ import annotations

from ustm_cli.render.texts import core, digest, documents, export, keep, register, rollup, schema, starter

TOPICS = (core, schema, digest, documents, export, keep, register, rollup, starter)
TEXTS: dict[str, tuple[str, str]] = {key: text for topic in TOPICS for key, text in topic.TEXTS.items()}
HELP: dict[str, str] = {thai: english for topic in TOPICS for thai, english in topic.HELP.items()}
