"""The servers on loopback for every test here."""

from __future__ import annotations

from loopback import api, authority, line_api, smtp

__all__ = ["api", "authority", "line_api", "smtp"]
