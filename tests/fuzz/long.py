"""The long run: `python tests/fuzz/long.py [TARGET|all] [COUNT] [FIRST SEED]`; `make fuzz` runs all of them.

Each input is made from its seed, so that a failure can be had again. What fails is told and put into the corpus.
"""

from __future__ import annotations

import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from targets import CORPUS, TARGETS  # noqa: E402 (the path is set above)

COUNTS = {"phrase": 100_000, "plan": 100_000, "register": 100_000, "settings": 50_000, "argv": 20_000}
CHUNK = 500
SLOW = 5.0  # seconds of one input


def run(name: str, first: int, count: int) -> tuple[int, dict[str, tuple[int, bytes, str]]]:
    """How many of some seeds were accepted, and one failure of each kind: (seed, input, what happened)."""
    target = next(one for one in TARGETS if one.name == name)
    accepted, failures = 0, {}
    for seed in range(first, first + count):
        data = target.make(Random(seed))
        began = time.process_time()
        try:
            accepted += target.claim(data)
            if time.process_time() - began > SLOW:
                raise TimeoutError  # noqa: TRY301 (a failure like the others)
        except Exception as error:  # noqa: BLE001 (whatever it is is what is looked for)
            at = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} {Path(at.filename).name}:{at.lineno}"
            failures.setdefault(kind, (seed, data, traceback.format_exc()[-1500:]))
    return accepted, failures


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    failed = False
    for target in TARGETS:
        if wanted not in ("all", target.name):
            continue
        count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNTS[target.name]
        began, accepted, failures = time.monotonic(), 0, {}
        with ProcessPoolExecutor() as pool:
            chunks = [
                pool.submit(run, target.name, at, min(CHUNK, first + count - at))
                for at in range(first, first + count, CHUNK)
            ]
            for chunk in chunks:
                good, found = chunk.result()
                accepted += good
                failures = found | failures
        print(f"{target.name}: {count} inputs, {accepted} accepted, {len(failures)} kinds of failure, "
              f"{time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
        for kind, (seed, data, told) in failures.items():
            path = CORPUS / target.name / sha256(data).hexdigest()[:12]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            print(f"  {kind}, seed {seed}, kept as {path.name}: {data[:300]!r}\n{told}", flush=True)
        failed |= bool(failures)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
