"""Files that are no plan, or no text at all: each a clear finding with its place, never a traceback, never a hang."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests_plan import GOOD_PLAN
