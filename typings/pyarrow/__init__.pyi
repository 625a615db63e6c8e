# The library ships no types: whatever it gives may be anything.
from typing import Any

def __getattr__(name: str) -> Any: ...
