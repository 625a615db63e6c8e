"""The long run: `python tests/fuzz/long.py [TARGET|all] [COUNT] [FIRST SEED]`; `make fuzz` runs all of them.

Each input is made from its seed, so that a failure can be had again. What fails is told and put into the corpus.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]

from targets import CORPUS, TARGETS, Target  # noqa: E402 (the path is set above)

COUNTS = {"phrase": 1_000_000, "plan": 100_000, "register": 100_000, "settings": 100_000, "argv": 50_000}
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


def settle(place: str) -> None:
    """Each process makes its folders below one that is removed at the end."""
    tempfile.tempdir = place


def tried(target: Target, first: int, place: str) -> bool:
    """Whether the target failed for any of its inputs, which is told."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNTS[target.name]
    began, accepted, done, failures = time.monotonic(), 0, 0, {}
    with ProcessPoolExecutor(initializer=settle, initargs=(place,)) as pool:
        chunks = [
            pool.submit(run, target.name, at, min(CHUNK, first + count - at))
            for at in range(first, first + count, CHUNK)
        ]
        for number, chunk in enumerate(chunks, 1):
            good, found = chunk.result()
            accepted, done, failures = accepted + good, min(number * CHUNK, count), found | failures
            if sys.stderr.isatty():
                print(f"\r{target.name}: {done} of {count}", end="\r", file=sys.stderr, flush=True)
    print(f"{target.name}: {count} inputs, {accepted} accepted, {len(failures)} kinds of failure, "
          f"{time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
    for kind, (seed, data, told) in failures.items():
        path = CORPUS / target.name / sha256(data).hexdigest()[:12]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"  {kind}, seed {seed}, kept as {path.name}: {data[:300]!r}\n{told}", flush=True)
    return bool(failures)


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "all"
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    with tempfile.TemporaryDirectory(prefix="ustm-long-") as place:
        failed = [tried(target, first, place) for target in TARGETS if wanted in ("all", target.name)]
    return int(any(failed))


if __name__ == "__main__":
    sys.exit(main())
